# Texts for people, in English. `id.ftl` has the same keys with the same variables; a test compares them.

## Status of a unit in a round

status-complete = complete
status-partial = partial
status-late = late
status-missing = missing
status-pending = pending
status-retired = retired, unfulfilled
status-disputed = disputed

## Flags beside a status

flag-corrected = corrected
flag-withdrawn = withdrawn
flag-signed-earlier = signed earlier, logged late
flag-foreign-text = foreign text
flag-forced-rekey = forced rekey
flag-no-key = no key
flag-disputed = disputed
flag-expired = expired
flag-self-reported = self-reported counts

## Integrity box

box-title = Integrity
box-registry = Registry
box-registry-id = Registry id
box-origin = Origin
box-tree-size = Tree size
box-root-hash = Root hash
box-trust-root = Trust root
box-fingerprint = Trust root fingerprint
box-signatures = Signatures checked
box-chains = Chains checked
box-as-of = As of
box-synthetic = SYNTHETIC REGISTRY: an example. No pledge in it was ever made.

## Kinds of unit

kind-provinsi = province
kind-kabupaten = regency
kind-kota = city
kind-kecamatan = district
kind-kelurahan = ward

## Errors in a roster: where, what, and the next step

roster-at = line { $line }, column { $column }
roster-byte-order-mark = The file begins with a byte-order mark. Save it as UTF-8 without one ("UTF-8", not "UTF-8 with BOM").
roster-carriage-return = The lines end in CR LF. Save the file with Unix line ends (LF).
roster-not-utf8 = The byte { $value } is not UTF-8; the file is probably Windows-1252. Save it as UTF-8.
roster-quote = A quotation mark is misplaced in { $value }. A field with a comma or a quotation mark is quoted whole, and a quotation mark inside it is doubled; a field ends on its line.
roster-blank-line = The line is blank. Delete it.
roster-field-count = The line has { $found } { $found ->
    [one] field
   *[other] fields
  }, the first line names { $expected }: { $value }. Look for a comma too many or too few; a name that holds a comma is quoted.
roster-missing-column = The column "{ $value }" is missing. The first line must name unit, parent, kind and name, separated by commas.
roster-unknown-column = Rosters have no column "{ $value }". The columns are unit, parent, kind, name, key, latitude, longitude and timezone, separated by commas.
roster-duplicate-column = The column "{ $value }" stands twice; "code" and "unit" are the same column. Delete one.
roster-no-units = The roster holds no unit. Put one unit on each line after the first.
roster-unit = "{ $value }" is not a unit id: 1 to 64 characters of a-z, 0-9, ".", ":" and "-", as in wil:33.74.
roster-reserved-unit = "{ $value }" is reserved. Delete the line; units directly under the root have an empty parent.
roster-duplicate-unit = The unit { $value } stands on line { $first } already. Delete one of the two.
roster-unknown-parent = The parent { $value } is neither in this roster nor in the log. Correct it, or enrol it too.
roster-cycle = The units stand above each other in a circle: { $value }. Correct one parent.
roster-too-deep = { $value } stands more than 32 units below the root. Correct the parents above it.
roster-kind = "{ $value }" is not a kind of unit: 1 to 32 characters of a-z, 0-9 and "-", as in kecamatan.
roster-name = "{ $value }" cannot be a name: 1 to 128 bytes, without control or bidirectional characters.
roster-key = "{ $value }" is not a verifier key. Copy the whole line that "ikrar key show" prints, or leave the field empty.
roster-duplicate-key = The key stands on line { $first } already: { $value }. Each unit needs a key of its own.
roster-degrees = "{ $value }" is not a number of degrees. Write it with a decimal point, as in -6.9817.
roster-out-of-range = { $value } is out of range: latitudes run from -90 to 90, longitudes from -180 to 180. Perhaps they are swapped.
roster-half-place = { $value } stands alone. Give both latitude and longitude, or neither.
roster-personal-number = "{ $value }" could be a personal number (NIK or NIP): 16 or 18 digits in a row. Remove it.
roster-other-key = "{ $value }" is the key of another unit. Its name must be the unit's id.
roster-zone = "{ $value }" is not a time zone, as in Asia/Jakarta. Correct it, or leave the field empty.

## More flags, and the rest of the integrity box

flag-rekeyed = rekeyed
flag-enrolled-late = enrolled after the opening
flag-retired = retired since
flag-moved = moved
flag-renamed = renamed
box-chains-value = { $units } unit chains, { $entries } links of the log
box-witnesses = Witnesses
box-witnesses-unasked = none asked for by this trust root
box-witnesses-met = the policy's quorum has cosigned
box-witnesses-unmet = THE POLICY'S QUORUM IS NOT MET

## Verdict and findings

verdict-good = The log verifies: every entry, signature, chain and tile.
verdict-bad = THE LOG DOES NOT VERIFY. Keep this copy as evidence, and ask the operator and other auditors for theirs.
verdict-mismatch = The log does not match the trust root. Compare the fingerprint above with the authority's, over another channel; if the trust root is another registry's, name the right one with --keys.
verdict-unchecked = The log could not be checked: a file could not be read. Try again, or from another medium.
verdict-incomplete = The log verifies, but the trust root's witnesses have not cosigned this checkpoint.
finding-error = error:
finding-warning = warning:
finding-entry = entry { $entry }
finding-log = log
finding-more = … and { $count } more; --format json lists them all.

## Report

report-head = Round { $round }: { $title }
    Opens { $opens } · due { $due } · as of { $at }, tree size { $size }
report-owed = { $count } units owe a pledge:
report-coverage = Whole pledges, in time or late, down the tree:
report-partial = { $signed } of { $required } have signed, { $commitments }
report-caveat = Counts are self-reported. Late means logged late, whatever the form says. A status is as of the size and time above; `ikrar verify` tells what this log proves.

## Signing and files

keygen-done = Wrote the private key { $path }, and beside it { $path }.pub, which may be shown to anyone:
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
request-done = Wrote the request for { $unit }: { $path }. The unit answers it with `ikrar pledge`.
request-no-key = { $unit } has no key in force, so it cannot sign an answer yet.
pledge-head = { $unit } is asked for a pledge: { $title }, due { $due }.
    { $text }
    (text { $hash })
pledge-pending = This round's pledge was signed before and is not in the log as the request shows it. It is written again, not signed anew.
pledge-content = Signed/required: { $counts } (PNS, PPPK, PPNPN; or combined) · commitments { $commitments } · form { $form } · role { $role }
pledge-confirm = Sign this pledge? [y/N]
withdraw-confirm = Withdraw the pledge for good? No other can take its place in this round. [y/N]
init-done = Started the log { $path }.
    Registry id   { $registry }
    Trust root    { $trust }
    Fingerprint   { $fingerprint }
    Read the fingerprint to whoever will verify, over another channel.
append-no-effect = { $place }: logged as entry { $entry }, without effect ({ $rule }): { $meaning }
append-duplicate = { $place }: is in the log already; nothing to do
append-refused = { $place }: REFUSED ({ $rule }): { $meaning }
append-held-back = Nothing was logged: --all-or-nothing, and not all could be.
append-done = { $count ->
    [one] One attestation logged; the log has { $size } entries.
   *[other] { $count } attestations logged; the log has { $size } entries.
  }

## Errors, each with the next step

genesis-done = Signed the genesis: { $path }. Hand it to the operator, who runs `ikrar init`.
append-renewed = The log has a new key. Your trust root was renewed; its fingerprint is now { $fingerprint }. Hand the new trust.toml to everyone who verifies.
error-label = Error:
error-write = { $path } cannot be written: { $cause }. Nothing was half-written; make room or choose another place, and run the command again.
error-signed-not-written = { $path } cannot be written: { $cause }. What was signed is not lost: it is kept beside the key, and the next file that is made with a fresh request, or with --from LOG, carries it.
error-read = { $path } cannot be read: { $cause }.
error-not-text = { $path } is not a text in UTF-8. Save it as UTF-8.
error-trust-root = There is no usable trust root: { $cause }. Name its folder with --keys DIR, or with IKRAR_KEYS.
error-other-trust-root = The folder { $path } holds the trust root of another registry. Name another folder with --keys.
error-no-log = { $path } is no folder. Name the folder of the log itself, which holds the file "checkpoint".
error-log = The log { $path } could not be checked: { $cause }.
error-log-damaged = The log { $path } is damaged: { $cause }. Run `ikrar verify` on it, and get another copy.
error-not-sound = The log { $path } does not verify, so nothing is built on it. { $finding }. Run `ikrar verify` for all findings.
error-not-good = Warning: the log { $path } has findings; run `ikrar verify` on it before you rely on this report.
error-since = { $path } is no checkpoint of this log: { $cause }. Give the file "checkpoint" that was kept from before.
error-no-report = The entries of { $path } are not what its checkpoint vouches for, so there is no report. Run `ikrar verify` on it, and get another copy.
error-unknown-round = There is no round "{ $round }" in this log. It has: { $known }.
error-ambiguous-round = "{ $round }" could be several rounds. Name one as OPENER/ID: { $known }.
error-time = "{ $time }" is not a time in RFC 3339, as in 2020-12-09T00:00:00+07:00.
error-key = The key { $path } cannot be used: { $cause }.
error-key-name = Name the key: --unit UNIT or --log ORIGIN for a new one, --new-key KEY for a change.
error-key-of-other = The key is of "{ $key }", not of { $unit }. Make one with `ikrar keygen --unit { $unit }`.
error-verifier-key = "{ $key }" is not a verifier key: { $cause }. Give the line that `ikrar key show` prints, or the .pub file.
error-recovery-name = The recovery key is named "{ $name }". Make it with `ikrar keygen --unit recovery`.
error-not-root = This is a key of { $unit }; only the root's may sign this.
error-registry-name = The name cannot be used: { $cause }. A registry's name has 1 to 128 bytes on one line.
error-no-genesis = { $path } is not a single genesis: { $cause }. Make one with `ikrar genesis`.
error-genesis-refused = The genesis is refused ({ $rule }): { $meaning }.
error-not-log-key = { $path } is not the private key of the log { $origin } that the trust root pins. Give it with --key.
error-no-state-folder = There is no folder for what was published. Set IKRAR_STATE to one that is backed up apart from the log.
error-published = The record of what was published: { $cause }. The log itself is durable; mend the cause before the next append.
error-checkpoint = The checkpoint could not be signed, so nothing was logged: { $cause }.
error-next-key = This batch changes the log's key. Give the new private key with --next-key FILE: it signs from here on. Nothing was logged.
error-trust-renewal = The log is signed by its new key, but the trust root was not renewed: { $cause }. Put the new verifier key and the size from which it signs into trust.toml.
error-started-before = A log of this registry, { $origin }, was published with { $size } entries. A second one would be another history. Find the newest copy, or fetch it from a mirror.
error-locked = Another program is writing to { $path }. Wait until it is done, and run the command again.
error-log-exists = There is a log in { $path } already. Append to it, or choose another folder.
error-not-empty = The folder { $path } is not empty: it holds { $found }. Choose an empty one; what an interrupted `ikrar init` left can be removed.
error-restored = This copy of the log must not be appended to: { $cause }. It looks like a restored backup. Find the newest copy, or fetch it from a mirror.
error-not-attestations = { $path } holds no attestations: { $cause }. Nothing was logged.
error-roster = { $path }, { $place }: { $cause } Nothing was written.
error-form = { $path }: { $cause }. Nothing was signed.
error-unknown-unit = There is no unit { $unit } in this log. Look for a typing error, or enrol it first.
error-unit-id = "{ $unit }" is not a unit id ({ $cause }): 1 to 64 characters of a-z, 0-9, ".", ":" and "-".
error-no-epoch = The log knows no key of { $unit } in force. Ask an ancestor for a rekey.
error-other-key = The log knows another key of { $unit }. Use that one, or ask an ancestor for a rekey.
error-from-needed = The epoch to be ended is not known. Give the log with --from LOG.
error-successors = The successors cannot be used: { $cause }. Name each once, at most 16.
error-signer = { $cause }.
error-exists = { $path } exists already, and nothing is overwritten. Choose another name with --out.
error-hash = "{ $text }" is not a SHA-256 in 64 hexadecimal digits.
error-request-too-large = The request cannot be made: { $cause }.
error-not-request = { $path } is no request: { $cause }.
error-request-forged = The request does not prove what it says, so nothing was signed: { $cause }. Ask the operator for a new one, and compare the trust root's fingerprint.
error-request-other-unit = The request is for { $unit }, the key is of { $key }. Nothing was signed.
error-no-round = The request is for no round. Ask the operator for one made with --round.
error-which-text = The round accepts several texts. Choose one with --text: { $known }.
error-text-not-in-request = The request does not hold the text { $text }. Choose one that the round accepts.
error-no-target = The request shows no pledge in force to correct. Ask for a new request, or name it with --target.
error-not-confirmed = Nothing was signed.
error-commitment = The text has no commitment { $number }: it has { $count }.
error-accept = The commitments cannot be used: { $cause }. Name each once.
error-coverage = Say who is covered: --pns, --pppk and --ppnpn, each SIGNED/REQUIRED (0/0 where there is nobody), or --combined.
error-count = "{ $text }" is not SIGNED/REQUIRED, as in 59/80, with no more signed than required.

## Commands

about-ikrar = A tamper-evident log of neutrality attestations: sign, append, verify, and name the units that are missing
about-keygen = Make a private key for a unit or a log
about-key = Look at keys
about-key-show = Print a key's verifier key, and where its chain stands
about-genesis = Sign the start of a registry, as its authority
about-init = Start a log from a genesis, as its operator
about-enroll = Sign the enrolment of the units of a roster
about-rekey = Sign a change of key, of a unit or of the log
about-retire = Sign that a unit has ended
about-publish = Sign a pledge text
about-round = Sign the opening of a round
about-request = Write what an offline unit needs in order to pledge
about-pledge = Answer a request with a signed pledge
about-correct = Correct or withdraw a pledge
about-append = Log attestations, as the operator
about-verify = Verify a whole log
about-report = Verify a log, and tell which units are missing, late or partial in a round

arg-lang = Language of all texts
arg-unit = The unit
arg-log = The log's folder
arg-keygen-log = Make a log's key, for this origin
arg-keygen-unit = Make a unit's key
arg-keygen-out = File for the private key; beside it go FILE.pub and, for a unit, FILE.head
arg-rekey-log = Change the log's own key
arg-out = File to write, or - for standard output; never overwritten
arg-file = The private key
arg-key = Private key to sign with
arg-init-key = The log's private key; else log.key beside the trust root
arg-append-key = The log's private key; else log.key beside the trust root
arg-name = Name of the registry
arg-log-key = The log's verifier key, or the file that holds it
arg-recovery-key = Verifier key of the unit "recovery", which may only rekey the root
arg-synthetic = Everything in this registry is invented, and every output says so
arg-genesis = The file that `ikrar genesis` wrote
arg-keys = Folder of the trust root; else IKRAR_KEYS, else your configuration
arg-units = The roster, CSV: unit, parent, kind, name, and if known key, latitude, longitude, timezone
arg-from = A log to learn the key's place and the roster from; it is verified first
arg-new-key = The new verifier key, or the file that holds it
arg-revoke = Leave the unit without a key
arg-compromised-since = First number of the ended epoch that is not the unit's own
arg-document = A document whose SHA-256 is recorded; it stays with you
arg-successor = A unit that takes over; may be repeated
arg-text = Hash of the text, where the round accepts several
arg-publish-text = The text's TOML file
arg-round = The round: ID, or OPENER/ID
arg-round-round = The round's TOML file
arg-round-text = TOML file of a text that the round names; may be repeated
arg-request = The request file
arg-pns = Civil servants, as in 59/80
arg-pppk = Contract employees, as in 3/3
arg-ppnpn = Workers who are not ASN, as in 0/0
arg-combined = All together, where a category is too small to stand alone
arg-accept = Numbers of the commitments accepted; all, if not given
arg-form = Form of the pledge
arg-role = Role of the signatory: the head, or acting
arg-yes = Do not ask
arg-target = Id of the statement to correct; if not given, the pledge in force
arg-reason = Why
arg-withdraw = Withdraw it for good
arg-files = Files that signing commands wrote, or - for standard input
arg-next-key = The log's new private key, where the batch changes it
arg-all-or-nothing = Log nothing unless everything can be logged
arg-format = Form of the output
arg-since = A checkpoint kept from before, which this log must contain
arg-at = Evaluate as of this time (RFC 3339); else the last entry's, or just past due

example-keygen = Example:
      ikrar keygen --unit wil:33.74 --out semarang.key
      ikrar keygen --log example.org/ikrar --out keys/log.key
example-key-show = Example:
      ikrar key show semarang.key
example-genesis = Example:
      ikrar keygen --unit root --out root.key
      ikrar genesis --name "Netralitas 2026" --log-key keys/log.key.pub --key root.key --out genesis.ikrar
example-init = Example:
      ikrar init log genesis.ikrar --keys keys
example-enroll = Example:
      ikrar enroll units.csv --key root.key --out enrol.ikrar
      ikrar append log enrol.ikrar --keys keys
example-rekey = Example:
      ikrar rekey --unit wil:33.74 --new-key new.key.pub --from log --keys keys --key root.key --out rekey.ikrar
example-retire = Example:
      ikrar retire --unit wil:33.74.01 --successor wil:33.74.02 --key root.key --out retire.ikrar
example-publish = Example:
      ikrar publish naskah-2020.toml --key root.key --out text.ikrar
example-round = Example:
      ikrar round contoh-2020.toml --text naskah-2020.toml --key root.key --out round.ikrar
example-request = Example:
      ikrar request log --unit wil:33.74 --round contoh-2020 --keys keys --out semarang.request
example-pledge = Example:
      ikrar pledge semarang.request --key semarang.key --keys keys --pns 59/80 --pppk 3/3 --ppnpn 0/0 --out pledge.ikrar
example-correct = Example:
      ikrar correct semarang.request --key semarang.key --keys keys --reason progress --pns 80/80 --pppk 3/3 --ppnpn 0/0 --out more.ikrar
example-append = Example:
      ikrar append log pledge.ikrar more.ikrar --keys keys
example-verify = Example:
      ikrar verify examples/kota-semarang/log --keys keys
      ikrar verify log --keys keys --since checkpoint-of-last-month
example-report = Example:
      ikrar report examples/kota-semarang/log --round contoh-2020 --keys keys
      ikrar report log --round contoh-2020 --keys keys --format csv --out report.csv
