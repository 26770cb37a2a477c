# Receipts, and looking into files: prove, check, show.

about-prove = Write a receipt: the proof that an entry is in the log
about-check = Check receipts, attestations, checkpoints and evidence, offline
about-show = Show what a file holds, without judging it
arg-prove-unit = The unit that signed the entry
arg-prove-round = The round whose pledge in force is proven: ID, or OPENER/ID; if not given, the only one that the unit pledged in
arg-entry = The entry to prove, by its index
arg-id = The attestation to prove, by its id
arg-check-files = Receipts, attestation files or checkpoints; several can prove a fork or a split view together
arg-check-from = A log, verified first, whose keys the attestations must be signed with
arg-signer-key = The signer's verifier key, or the file that holds it
arg-show-file = Any file of ours
example-prove = Example:
      ikrar prove log --unit wil:33.74 --round contoh-2020 --keys keys --out semarang.tlog-proof
example-check = Example:
      ikrar check semarang.tlog-proof --keys keys
      ikrar check pledge.ikrar --from log --keys keys
example-show = Example:
      ikrar show semarang.tlog-proof

prove-done = The receipt for entry { $entry } ({ $statement } by { $unit }) is written: { $path }. Whoever has the trust root checks it with `ikrar check`.
prove-no-effect = Warning: in the log this entry has no effect ({ $rule }): { $meaning }. The receipt proves that it was logged, no more.
prove-unwitnessed = Warning: the trust root's witnesses have not cosigned this checkpoint. Write the receipt again once they have.

error-no-entry = There is no entry { $entry }: the log has { $size } entries, numbered from 0.
error-entry-anchor = Entry { $entry } is an anchor: it proves time, nobody signed it as a unit. Name an entry that holds an attestation.
error-entry-of-other = Entry { $entry } was signed by { $signer }, not by { $unit }. Name its signer with --unit.
error-unknown-id = There is no attestation { $id } in this log. Look for a typing error; if it was never logged, hand it to the operator.
error-no-standing-pledge = { $unit } has no pledge in force in that round. Name an entry with --entry, or an attestation with --id.
error-which-round = { $unit } has pledged in several rounds. Name one with --round: { $known }.
error-receipt = The receipt does not hold: { $cause }. Run `ikrar verify` on the log.
error-show = { $path } is damaged: { $cause }. Copy the file again.
error-show-unknown = { $path } is none of our files, or its bytes were changed on the way. Look at the name, and copy it again as a binary file.

check-file-empty = { $path } is empty. Copy the file again.
check-file-request = { $path } is a request. A unit answers it with `ikrar pledge`; `ikrar show` tells what it holds.
check-file-private-key = { $path } is a private key: give it to nobody. `ikrar key show` prints its public key.
check-file-verifier-key = { $path } is a verifier key. Give it with --signer-key to check an attestation file.
check-file-trust-root = { $path } is a trust root. Name its folder with --keys.
check-file-signer-head = { $path } is a signer's head: it stays beside its key. `ikrar key show` reads it.
check-file-form = { $path } is a form. `ikrar publish` signs a text, `ikrar round` a round.
check-file-csv = { $path } is a table. `ikrar enroll` signs the units in it.
check-file-utf16 = { $path } is UTF-16, as PowerShell's `>` makes of a file. Write it again with --out.
check-file-line-ends = The line ends of { $path } were changed on the way. Carry it as a binary file.
check-file-unknown = { $path } is no receipt, attestation file or checkpoint. A log is checked with `ikrar verify`; `ikrar show` tells what a file holds.

check-kind-receipt = receipt
check-kind-attestations = attestation file
check-kind-checkpoint = checkpoint
check-attestation = Attestation { $number }
check-good-receipt = ✓ THE RECEIPT IS GOOD.
check-good-checkpoint = ✓ The checkpoint is signed by the log's key that the trust root pins. Alone it says nothing of the entries: `ikrar verify` does.
check-no-contradiction = ✓ These checkpoints do not contradict each other: no two of one size have different roots. Whether the larger log continues the smaller is shown by `ikrar verify LOG --since CHECKPOINT`.
check-good-attestation = ✓ The signature is good.
check-bad = ✗ DOES NOT VERIFY: { $cause }.
check-incomplete = ◐ Intact, but the trust root's witnesses have not cosigned this checkpoint: nothing shows that everybody sees this log. Ask for a newer one.
check-no-key = ? The signature could not be checked: name the signer's key with --signer-key, or a log with --from.
check-key-of-other = ? The signature could not be checked: the key named is another unit's.
check-unknown-epoch = ? The signature could not be checked: the log knows no key of this epoch. It may come with an attestation that is not logged yet.
check-logged = It is logged, as entry { $entry }.
check-not-logged = It is not in the log.
check-not-cosigned = { $name }: has not cosigned
check-no-effect = On this path the entry has NO EFFECT ({ $rule }): { $meaning }.
check-earlier-key = The checkpoint is signed by an earlier key of the log; the trust root's witnesses vouch for it.
check-proves = It proves: entry { $entry } is in the log under this checkpoint, and { $unit } signed it with the key that its ancestors put in force.
check-proves-genesis = It proves: entry { $entry } is in the log under this checkpoint, and { $unit } started the registry with it.
check-not-excluded = It does not exclude, for a receipt holds a path and not the whole log, that
check-not-no-effect = the entry has no effect in the log, or is rejected there, for what lies between
check-not-rekeys = a key on this path was replaced or revoked
check-not-disputes = the statement was declared void later
check-not-retirement = the unit has ended since
check-not-corrections = the statement was corrected or withdrawn since
check-not-log-rotation = the log's key was replaced since: no quorum of witnesses vouches for this checkpoint
check-whole-log = The status of a unit comes from the whole log only: `ikrar report`.
check-fork = FORK PROOF: { $unit } signed two different statements as number { $seq } of the key epoch { $epoch }: { $one } and { $other }. Keep both files as evidence.
check-fork-logged = FORK PROOF: { $unit } signed another statement as number { $seq } of the key epoch { $epoch } than the log holds as entry { $entry }: { $one }, in the log { $other }. Keep the file and the log as evidence.
check-split = SPLIT VIEW PROVEN: the log's key of { $origin } signed two different trees of size { $size }: { $one } and { $other }. Keep both files as evidence, and tell the authority and other auditors.

show-not-verified = NOTHING OF THIS WAS VERIFIED. Receipts, attestations and checkpoints: `ikrar check`; a log: `ikrar verify`.
show-kind-attestations = attestation file
show-kind-request = request
show-kind-receipt = receipt
show-kind-checkpoint = checkpoint
show-kind-verifier-key = verifier key
show-kind-trust-root = trust root
show-kind-signer-head = signer's head
show-kind-text = form of a text
show-kind-round = form of a round
show-kind-roster = roster
show-kind-private-key = private key; give it to nobody
show-kind-entry-bundle = entries of a log

field-trust-root = Trust root
field-fingerprint = Trust root fingerprint
field-witness = Witness
field-unknown-signature = Signature by an unknown key
field-entry = Entry
field-logged-at = Logged at (operator's clock)
field-unit-name = Unit
field-text-title = Text (title)
field-next-seq = Next number
field-key-id = Key id
field-log-since = Log's key signs from size
field-pending = Signed, not yet seen logged
field-text-ids = Texts accepted
field-units = Units
field-encrypted = Encrypted
field-signature-lines = Signature lines of
none-attestation = no attestation: an anchor, or not decodable

receipt-other-kind = this is { $kind }; expected a receipt, as `ikrar prove` writes
receipt-version = its first line is not `c2sp.org/tlog-proof@v1`; copy the file again
receipt-too-long = the receipt has { $length } bytes; { $most } is the limit
receipt-line = line { $line } of the receipt is malformed; copy the file again
receipt-extra = the receipt holds its entries in a version that this program does not know
receipt-entry = the receipt does not hold entry { $entry } with the proof in its lines; ask for a new one
receipt-checkpoint = the receipt has no checkpoint of 1 to { $most } bytes; copy the file again
checked-witness = the checkpoint's cosignatures: { $error }
checked-policy = the trust root's policy cannot be read: { $error }
checked-path = the path of trust does not hold: { $error }
checked-no-entry = entry { $entry } is not on the path of trust, or is no attestation
checked-wrong-authority = Genesis was signed by another key than the trust root's authority
checked-other-origin = Genesis names another origin than the trust root
checked-log-key-changed = the log was given another key for this size than the trust root pins; renew the trust root
checked-empty = the log is empty: not even a Genesis binds it to the registry
checked-too-small = the pinned log key signs from size { $since }, this checkpoint has { $size }
checked-rotation = an earlier key of the log signed size { $size }, the pinned one signs from { $since }, and the trust root's witnesses did not cosign: a rotation is not excluded; ask for a new receipt
