# Questions to a log: `ikrar explain`, and the options of `ikrar report`.

about-explain = Verify a log, and tell why a unit has its status in a round, entry by entry

arg-as-of = Answer for the first SIZE entries of the log; all of it is verified all the same
arg-under = Only this unit and the units below it: list, summaries and coverage
arg-only = List only units of these statuses; the summaries stay those of all
arg-compare = Set other rounds beside this one, as of the same point of the log and the same time
arg-csv-delimiter = What separates the fields of CSV: “;” for spreadsheet programs of Indonesian locale, “tab”, … (default “,”)
arg-csv-bom = Begin CSV with the mark by which spreadsheet programs know UTF-8
arg-fail-on-missing = Exit with 4 where a unit of the report is missing or disputed
arg-held = Attestation files that a unit holds: is each logged, and if not, could it be

example-explain = Example:
      ikrar explain examples/kota-semarang/log --unit wil:33.74 --round contoh-2020 --keys keys
      ikrar explain log --unit wil:33.74 --round contoh-2020 --keys keys --at 2020-12-09 --as-of 70 --format json

error-as-of = The log has { $size } entries, so there is no prefix of { $asked }. Give --as-of a size from 1 to { $size }.
error-when = "{ $time }" is not a time. Write a day (2020-12-09: its last second, in the round's zone), a local time in the round's zone (2020-12-09T15:00), or RFC 3339 (2020-12-09T15:00:00+07:00).
error-when-zone = "{ $time }" cannot be read in the round's zone { $zone }, which is not known here. Write it in RFC 3339, as in 2020-12-09T15:00:00+02:00.
error-held = { $path } holds no attestations: { $cause }. Give the files that the signing commands wrote.
error-csv-only = --csv-delimiter and --csv-bom belong to --format csv.
    Next: add --format csv, or leave them out.
error-held-csv = Held copies are no part of the table. Ask for --format text or json with --held.

report-as-of = The first { $prefix } of { $size } entries, with the root { $root }
report-under = Only { $unit } and the units below it
report-only = Only these are listed: { $statuses }; { $unlisted } other units are counted, not listed

held-title = Held copies
held-logged = { $unit }: logged, entry { $entry }
held-logged-no-effect = { $unit }: logged, entry { $entry }, without effect ({ $rule }: { $meaning })
held-appendable = { $unit }: not logged; the log could take it now
held-appendable-no-effect = { $unit }: not logged; the log could take it now, but it would have no effect ({ $rule }: { $meaning })
held-epoch-ended = { $unit }: not logged; its key ended at entry { $entry } before it arrived. No proof against the operator: sign anew under the new key
held-duplicate = { $unit }: the same attestation stands before it in this list
held-refused = { $unit }: not logged, and the log would not take it ({ $rule }: { $meaning })
held-other-in-place = { $unit }: not logged; the unit signed something else at this place, entry { $entry } ({ $rule }: { $meaning })
held-caveat = What is not logged and could be, may not have arrived yet: deliver it, and keep the answer.

explain-below = below { $parent }
explain-entry = entry { $entries }
explain-entries = entries { $entries }
explain-now = { $status }, as of { $at }
explain-at-due = { $status }, at due, { $at }
explain-flags = Flags
explain-evidence = Evidence
explain-logged = logged { $at }
explain-in-force = in force
explain-withdraws = withdraws for good
explain-superseded = superseded by entry { $entry }
explain-void = void by entry { $entry }
explain-anchor = Anchor
explain-anchor-says = the first { $size } entries existed by { $at }
explain-caveat = § are the sections of the specification. Times logged are the operator's word until an anchor covers them; counts are the unit's own.

outcome-applied = applied
outcome-no-effect = no effect ({ $rule }: { $meaning })
outcome-rejected = REJECTED ({ $rule }: { $meaning })
outcome-not-checkable = not checkable

owing-at-opening = Owes a pledge: on the roster and in scope when the round opened, after entry { $opening }
owing-since-opening = Owes a pledge: came, or came into scope, after the round opened and by due
owing-enrolment-void = Owes nothing: its enrolment is void
owing-reserved = Owes nothing: it is no unit of the roster
owing-other-kind = Owes nothing: the round does not ask units of its kind
owing-outside-subtree = Owes nothing: it is outside the subtree that the round asks
owing-retired-before = Owes nothing: it was retired before the round opened
owing-enrolled-after-due = Owes nothing: it was not on the roster by due

ground-no-pledge = there is no pledge
ground-pledge-void = the pledges that there are, are void
ground-pledge-withdrawn = the pledge is withdrawn, for good
ground-first = the first pledge
ground-standing = what stands
ground-commitments-missing = the text's commitments left out: { $missing }
ground-signatures-missing = fewer have signed than are required: { $missing }
ground-duties-missing = required, and not said: { $missing }
ground-duty-done = required, and said
ground-witnessed = in time, by the witnesses' clocks
ground-by-due = in time, by the operator's clock
ground-logged-after-due = logged after due, by the operator's clock
ground-anchored-after-due = late: witnessed time was past due before it was logged
ground-ended = no pledge, and the unit has ended by due: retired, unfulfilled
ground-disputed = no pledge that counts, and one that is void: disputed
ground-not-yet-due = no pledge, and it is not past due: pending
ground-past-due = no pledge, and it is past due: missing
ground-partial = something is left out: partial
ground-late = whole, but late
ground-complete = whole, and in time: complete

missing-pns = PNS
missing-pppk = PPPK
missing-ppnpn = PPNPN
missing-combined = all staff together
