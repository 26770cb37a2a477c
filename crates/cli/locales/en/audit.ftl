# Going on from what was verified before.

arg-resume = Read only what is new since the last time, and keep what is verified now for the next (in the state folder)

audit-other-rules = What was verified before was verified by another version of this program or under another trust root: all of the log is read again.
audit-resumed = The entries before { $first } were verified earlier and not read again; the first entry read is { $first }.
audit-resumed-none = The { $first } entries were verified earlier and not read again; there are no new ones.
audit-evidence = This checkpoint does not go on from the one that was verified before: an older copy, or a log that was written anew. Both are kept, as evidence:
verdict-good-resumed = The log verifies: it goes on from what was verified earlier, and every new entry, signature, chain and tile does.

append-replays = All of the log is read, for what was kept of it cannot be used. { $cause }
append-not-kept = What is known of the log could not be kept: the next append reads it again. { $cause }

audit-locked = another verification of this log is running
audit-damaged = { $path } is not what was written there
audit-foreign = { $path } is of { $origin }, another log or registry

error-no-audit-folder = There is no folder for what was verified. Set IKRAR_STATE to one of your own, or verify without --resume.
error-audit-locked = The audit state { $path } is in use: { $cause }. Try again when it is done, or verify without --resume.
error-audit-refused = The audit state { $path } cannot be used: { $cause }. Remove the files state and statements-* there, never checkpoint-*, and run the command again to verify all of the log.
error-audit-unreadable = The audit state { $path } could not be read: { $cause }. Try again, or verify without --resume.
error-audit-unwritable = The audit state { $path } could not be written: { $cause }. The verdict stands; the next time goes on from what was kept before.
error-audit-statements = Statements that were put aside in { $path } could not be read: { $cause }, so nothing is built on them. Remove the files state and statements-* there, and run the command again, which then reads all of the log.
verdict-journal-resume = The export of a journal is always read as a whole: leave --resume out.
error-audit-evidence = The two checkpoints that do not go together could not be kept in { $path }: { $cause }. The verdict stands. Make room there and run the command again, or keep the log's checkpoint yourself before it is replaced.
error-append-state = What is kept of the log in { $path } cannot be used: { $cause }.
