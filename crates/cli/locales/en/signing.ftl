# What commands say when they have done their work.

keygen-done = Wrote the private key { $path }, and beside it { $path }.pub, which may be shown to anyone:
keygen-next-unit = Next: send { $path }.pub to the unit above you, or to the authority. Keep { $path } secret, and { $path }.head beside it.
keygen-next-root = Next: `ikrar genesis`, or `ikrar rekey` in a registry that has begun. Keep { $path } secret, and { $path }.head beside it.
keygen-next-log = Next: send { $path }.pub to the authority. Keep { $path } secret.
key-unused = This key has not signed yet.
key-head = Epoch { $epoch }, next number { $seq }.
sign-done = { $count ->
    [one] Signed one attestation: { $path }. Hand it to the operator, who runs `ikrar append`.
   *[other] Signed { $count } attestations: { $path }. Hand them to the operator, who runs `ikrar append`.
  }
sign-stale = { $count ->
    [one] One attestation was signed under an epoch that has ended, and was never seen logged.
   *[other] { $count } attestations were signed under an epoch that has ended, and were never seen logged.
  }
publish-done = The text's hash is { $hash }
request-done = Wrote the request for { $unit }: { $path }.
pledge-confirm = Sign this pledge? [y/N]
withdraw-confirm = Withdraw this for good? Nothing can take its place. [y/N]
init-done = Started the log in { $path }.
    Registry id   { $registry }
    Trust root    { $trust }
    Fingerprint   { $fingerprint }
    Read the fingerprint to whoever will verify, over another channel.
append-no-effect = { $place }: logged as entry { $entry }, without effect ({ $rule }): { $meaning }
append-duplicate = { $place }: is in the log already; nothing to do
append-refused = { $place }: REFUSED ({ $rule }): { $meaning }. { $advice }
append-held-back = Nothing was logged: --all-or-nothing, and not all could be.
append-done = { $count ->
    [one] One attestation logged; the log has { $size } entries.
   *[other] { $count } attestations logged; the log has { $size } entries.
  }
genesis-done = Signed the genesis: { $path }. Hand it to the operator, who runs `ikrar init`.
append-renewed = The log has a new key. Your trust root was renewed; its fingerprint is now { $fingerprint }. Hand the new trust.toml to everyone who verifies.
