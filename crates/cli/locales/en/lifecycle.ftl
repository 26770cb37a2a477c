# How units, keys, the witness policy and the log itself change.

about-amend = Sign that a unit has another name, or stands below another unit
about-policy = Sign the witness policy that is in force in the log

arg-amend-name = The unit's new name
arg-parent = The unit that it stands below from now on; root for the top
arg-witness-policy = The policy's file (C2SP tlog-policy)

example-amend = Example:
      ikrar amend --unit wil:33.74.02 --name "Semarang Utara" --from log --keys keys --key root.key --out amend.ikrar
      ikrar amend --unit wil:33.74.02 --parent wil:33.75 --from log --keys keys --key root.key --out move.ikrar
example-policy = Example:
      ikrar policy witnesses.txt --from log --keys keys --key root.key --out policy.ikrar

no-effect-of = { $of } ({ $rule }): { $meaning }
error-no-effect = Nothing was signed: in the log at hand it would have no effect ({ $rule }): { $meaning }. If the log has moved on since, take a fresh copy of it.
error-no-effect-batch = Nothing was signed: { $count } of { $of } statements would have no effect in the log at hand. Take them out; if the log has moved on since, take a fresh copy of it.
error-unit-name = The name cannot be used: { $cause }. A unit's name has 1 to 128 bytes on one line.
error-own-dispute = A unit cannot dispute its own statements. The unit above it does, with --compromised-since and its own key; for the root, the recovery key does.
error-key-of-other-log = The key is of "{ $key }", but the log is { $origin }. Make one with `ikrar keygen --log { $origin }`.
error-policy = { $path }, line { $line }: { $cause }. Nothing was signed.
append-refused-file = { $path }: REFUSED, nothing of it was logged: { $cause }
verdict-key-changed = The log has a new key, by the authority's own statement in entry { $entry }. Your trust root still pins the old one. Get the new trust.toml from the authority or the operator, and compare its fingerprint over another channel. With this key it is { $fingerprint }.
verdict-since-unusable = The log itself verifies, but what --since names is no checkpoint of it, so it was compared with nothing. Give the file "checkpoint" that was kept from before.
finding-rotated = RekeyLog in entry { $entry } gave the log another key than the pinned one, and that key signed
finding-no-checkpoint = { $file }: { $fault }
rule-since-unusable = what was given as an earlier checkpoint is none of this log's
