# Exports of a device's journal.

file-journal = the export of a journal
show-kind-journal = export of a device's journal
field-roster-items = Items of the device's roster
field-first-entry = First entry
check-file-journal = { $path } is the export of a journal. `ikrar verify` checks it; `ikrar append` takes its attestations into a log.

export-other-kind = This is { $kind }; expected the export of a journal, as `ikrar device export` writes.
export-head = The export ends before its first entry; copy the file again.
export-range = The export's head has a length or a count out of range; copy the file again.
export-truncated = The export ends inside entry { $entry }; copy the file again.
export-mark = Entry { $entry } has an unknown mark; copy the file again.
error-journal = { $path } is not a whole export of a journal: { $cause }

rule-journal-roster = the roster's items do not decode, or do not go together
rule-journal-registry = the roster is of another registry or log than the trust root's
rule-journal-not-opened = no `OpenJournal` for the roster is shown, and the roster names none
rule-journal-other-roster = the last `OpenJournal` names another roster, checkpoint or registry
rule-journal-base = what stands for the entries before the first is no compact range of so many
rule-journal-checkpoint = the checkpoint does not decode, or is not signed by the journal's key
rule-journal-root = the entries are not those that the checkpoint signs
rule-journal-unchecked = the roster has no key for this attestation, so its signature was not checked

journal-unit = Device of unit
journal-origin = Origin of the journal
journal-key = Key of the journal
journal-size = Size of the journal
journal-first = First entry in the export
journal-roster-size = Roster taken at log size
journal-checked = Signatures checked
journal-unchecked = Signatures not checked

verdict-journal-good = The export is sound: chain, tree, checkpoint, and each signature under the keys of the device's roster.
verdict-journal-unchecked = Chain, tree and checkpoint of the export hold together, but not every signature could be checked. The log can: take it in with `ikrar append`.
verdict-journal-bad = THE EXPORT DOES NOT VERIFY. Keep it as evidence, and read the device out again.
verdict-journal-limits = What this does not show: that the roster is the log's, that an attestation counts, or when anything was signed. Only the log decides that.
verdict-journal-since = --since compares logs; an export of a journal has no earlier checkpoint here.
