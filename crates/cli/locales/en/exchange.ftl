# Requests, the statements that answer them, and what becomes of what was signed and not delivered.

about-brief = Answer a request with a signed briefing: staff were told the rules
about-monitor = Answer a request with a signed monitoring statement: cases by category, or nil
about-refer = Answer a request with a signed referral: cases handed to the bodies that examine them
about-resend = Write once more what a key has signed and was not seen logged

arg-stale = What to do with statements whose key epoch ended before they were logged; else you are asked, or they are kept
arg-again = Sign it although the same was said before
arg-held-on = Day of the briefing, as in 2026-08-26
arg-topic = What it was about
arg-material = The material, whose SHA-256 is recorded; it stays with you
arg-brief-pns = Civil servants reached, as in 59/80
arg-brief-pppk = Contract employees reached, as in 3/3
arg-brief-ppnpn = Workers who are not ASN reached, as in 0/0
arg-brief-combined = All together reached, where a category is too small to stand alone
arg-to = Last day watched, as in 2026-09-30
arg-monitor-from = First day watched, as in 2026-09-01
arg-correct-from = First day watched, as in 2026-09-01
arg-case = Persons in cases of a category, A to N; may be repeated. 1 or 2 persons are signed as “1–2”
arg-monitor-case = Persons in cases of a category, A to N, as in A:asn=3,ppnpn=0; may be repeated. 1 or 2 are signed as “1–2”
arg-refer-case = Persons in cases of a category, A to N, by status, as in A:reported=3,examined=1; may be repeated. 1 or 2 are signed as “1–2”
arg-nil = There is nothing to report: a statement, which silence is not
arg-risk = A risk factor of the unit, F1 to F4, and its level: low, medium or high; may be repeated
arg-channel = To whom the cases were handed
arg-overdue = Persons whose cases are past the body's own time limit
arg-sanction = Persons sanctioned, by regime and level, as in pp-94-2021-severe=3; may be repeated
arg-kind = Kind of the statement to correct, where the round has one of it in force
arg-clear = Take away what the statement had; may be repeated
arg-correct-accept = Numbers of the commitments accepted; else as they were
arg-correct-form = Form of the pledge; else as it was
arg-correct-role = Role of the signatory; else as it was
arg-correct-text = Hash of the text; else as it was
arg-resend-key = Private key whose signed statements are written

example-brief = Example:
      ikrar brief semarang.request --held-on 2020-09-01 --topic rules --pns 59/80 --pppk 3/3 --ppnpn 0/0 --material slides.pdf --key semarang.key --keys keys --out briefing.ikrar
example-monitor = Example:
      ikrar monitor semarang.request --from 2020-09-01 --to 2020-09-30 --nil --key semarang.key --keys keys --out september.ikrar
      ikrar monitor semarang.request --from 2020-10-01 --to 2020-10-31 --case A:asn=3,ppnpn=0 --risk F3=medium --key semarang.key --keys keys --out october.ikrar
example-refer = Example:
      ikrar refer semarang.request --channel bawaslu --case A:reported=3,examined=1 --overdue 0 --key semarang.key --keys keys --out referral.ikrar
      ikrar refer semarang.request --channel inspectorate --nil --key semarang.key --keys keys --out nil.ikrar
example-resend = Example:
      ikrar resend --key semarang.key --out again.ikrar
      ikrar resend --key root.key --from log --keys keys --out again.ikrar

request-verbs = In this round the unit answers it with { $verbs }.
request-no-round = It is for no round: the unit can only bring its key up to date with it.
round-trust = Trust root fingerprint, to compare with the one that the authority published: { $fingerprint }
round-head = { $unit } is asked in the round { $title }, due { $due }:
round-duty = - { $kind } (`{ $verb }`): { $state }
round-duty-open = not yet in the log, as this request shows it
round-duty-signed = signed here, and not yet in the log as this request shows it
round-duty-logged = in the log, entry { $entry }
pledge-text = The text: { $text } ({ $hash })
warn-not-open = Warning: the round opens at { $time }. What is logged before has no effect.
warn-past-due = Warning: the round was due at { $time }. What is logged now is late.
warn-expired = Warning: the pledges of this round lapsed at { $time }.
warn-future-day = Warning: a day named here lies in the future.
note-bucket = One or two persons are signed as “1–2”, so that no case can be traced to a person.
sign-confirm = Sign this? [y/N]
signed-before = The same was signed before ({ $id }) and is not in the log as the request shows it. It is written again, not signed anew:
correct-before = What stands:
correct-after = What is to be signed:
correct-one-of = --target { $id }:
written-again = { $count ->
    [one] Wrote once more one attestation that was signed before: { $path }. Hand it to the operator, who runs `ikrar append`.
   *[other] Wrote once more { $count } attestations that were signed before: { $path }. Hand them to the operator, who runs `ikrar append`.
  }
sign-done-with = Signed { $count ->
    [one] one attestation
   *[other] { $count } attestations
  }; { $before } signed before and not seen logged { $before ->
    [one] goes
   *[other] go
  } along: { $path }. Hand the file to the operator, who runs `ikrar append`.
statements-more = … and { $count } more.
genesis-again = This genesis was signed before. It is written once more, not signed anew: { $path }. Hand it to the operator, who runs `ikrar init`.

stale-head = { $count ->
    [one] One statement was signed under a key epoch that has ended, and is not in the log as it is shown here. It can no longer be logged as it is:
   *[other] { $count } statements were signed under a key epoch that has ended, and are not in the log as it is shown here. They can no longer be logged as they are:
  }
stale-moot = { $count ->
    [one] One can have no effect any more, and is not signed anew:
   *[other] { $count } can have no effect any more, and are not signed anew:
  }
stale-ask = Sign anew (s), discard for good (d), or keep for later (anything else)?
stale-no-terminal = Nobody is at a terminal to ask.
stale-kept = { $count ->
    [one] It is kept beside the key, and not delivered. Decide with --stale sign or --stale discard.
   *[other] They are kept beside the key, and not delivered. Decide with --stale sign or --stale discard.
  }
stale-discarded = { $count ->
    [one] Discarded one statement.
   *[other] Discarded { $count } statements.
  }
stale-signed = { $count ->
    [one] Signed one statement anew; it goes into the file with whatever else is signed.
   *[other] Signed { $count } statements anew; they go into the file with whatever else is signed.
  }
stale-declined = { $count ->
    [one] The new statement was not signed. The one that was signed anew before is delivered.
   *[other] The new statement was not signed. The { $count } that were signed anew before are delivered.
  }
resend-nothing = There is nothing to write: all that this key signed in its epoch was seen logged, or nothing was signed.
resend-genesis = The genesis is not in this file: `ikrar genesis` with the same content writes it again.
resend-stale = { $count ->
    [one] One statement of an ended key epoch is not in this file. Give the log with --from, or answer a request, to decide on it.
   *[other] { $count } statements of an ended key epoch are not in this file. Give the log with --from, or answer a request, to decide on them.
  }

error-folder = { $path } is a folder. Name a file in it.
error-no-folder = There is no folder { $path }. Make it first, or name another file.
error-file-name = { $path } is not written: { $cause }. Files travel between systems; choose another name.
name-character = a file name must not have the character "{ $character }", which Windows does not take
name-device = Windows keeps this name for a device, whatever its ending
name-end = Windows drops a dot or a space at the end of a file name
name-none = this is no file name
error-other-genesis = This key has signed a genesis of other content, and signs no second one. Give the same name, log key, recovery key and --synthetic as then to have its file again, or start with a new key.
error-request-retired = { $unit } has been retired, so it cannot answer. No request was made.
error-request-no-key = { $unit } has no key in force, so it cannot answer. Enrol it with a key, or give it one with `ikrar rekey`, and make the request then.
error-request-not-below = { $unit } is not asked in the round { $round }: it is not in { $subtree } or below. No request was made.
error-request-kind = { $unit } is not asked in the round { $round }: it is for these kinds of unit: { $kinds }. No request was made.
error-request-other-log = The request is of the log { $found }; the trust root pins { $pinned }, so nothing was signed. Use the trust root of that log, if it is yours, or ask your operator for a request.
error-request-other-registry = The request is of another registry, { $found }; the trust root pins { $pinned }, so nothing was signed. Ask your operator for a request.
error-request-checkpoint = The pinned key of the log has not signed this request's checkpoint, so nothing was signed: { $cause }. Ask the operator for a new request, and compare the trust root's fingerprint.
error-pledged = The pledge of this round is in the log already ({ $id }), so nothing was signed. Change it with `ikrar correct`.
error-withdrawn = It was withdrawn for good ({ $id }): nothing can take its place in this round. Nothing was signed.
error-said-already = The same is in the log already, entry { $entry }, so nothing was signed. If it happened once more, say --again.
error-needed = Say { $options }.
error-day = "{ $text }" is not a day, as in 2026-08-26, from 1970-01-01 on.
error-period = The first day watched comes after the last.
error-nil = Say the cases with --case, or --nil where there were none: nil is a statement, silence is not. Not both.
error-nil-referral = Say what was referred with --case, --overdue or --sanction, or --nil where there was nothing: nil is a statement, silence is not. Not both.
error-case-monitoring = "{ $text }" is not a category from A to N with both counts of persons, as in A:asn=3,ppnpn=0.
error-case-referral = "{ $text }" is not a category from A to N with counts of persons by status, as in A:reported=3,examined=1. Statuses: { $known }.
error-case-nobody = "{ $text }" counts nobody. Leave it out; --nil says that there was nothing at all.
error-persons = { $option } takes a number of persons, not "{ $text }".
error-sanction = "{ $text }" is not a sanction with a number of persons, as in pp-94-2021-severe=3. Sanctions: { $known }.
error-risk = "{ $text }" is not a risk factor with its level, as in F1=low. Factors: { $factors }. Levels: { $levels }.
error-twice = "{ $text }" says what was said already. Name each once.
error-accept-anew = In another text the numbers stand for other commitments. Say which are accepted with --accept.
error-target-unknown = The request does not show { $target } in its round. Ask for a request for the round in which it was said.
error-target-corrected = { $target } was corrected already, by { $by }. Correct that one; nothing was signed.
error-which-target = Several of this kind are in force. Choose one of the { $count } with --target.
error-nothing-changes = This would change nothing in { $target }. Nothing was signed.
error-not-progress = With the reason "progress" nothing may shrink: a pledge of the same text, with all its commitments, the same categories, and no count lower. Give another --reason.
error-option-kind = { $option } is not said in what `{ $kind }` signs. Leave it out, or choose another statement with --kind or --target.
error-withdraw-content = { $option } says something, and --withdraw takes all back. Give one of them.
