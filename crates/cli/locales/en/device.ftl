# Devices: pledge terminals at the other end of a line.

about-device = Work with a pledge terminal, which keeps a unit's key and journal
about-device-info = Tell whose a device is, and where it stands
about-device-provision = Give a device what it needs to know of a log
about-device-pledge = Answer a request with a pledge that the device signs
about-device-append = Give a device attestations of other units for its journal
about-device-export = Read a device's journal into a file, for `ikrar append`
about-device-check = Have a device verify a receipt

arg-device = Where the device is: tcp:HOST:PORT, a serial port such as /dev/ttyACM0 or COM3, or a Unix socket
arg-baud = Speed of a serial port
arg-device-info-unit = The unit that the key is to serve, where the device does not know it yet
arg-public = Also write the unit's public key to this file, as `ikrar enroll` and `ikrar rekey` take it
arg-device-provision-unit = The device's unit
arg-device-provision-round = A round that the device is to know; may be repeated. Without it, those open now that ask the unit
arg-also = Another unit that the device is to know; may be repeated
arg-alone = Leave out the units below the device's own
arg-device-export-from = Index of the first entry to write; without it, the first that the device still has
arg-acknowledge = Once the file is written, tell the device so: when it is full it may then give up these entries
arg-receipt = The receipt

value-address = ADDRESS
value-baud = BAUD
value-index = INDEX
value-receipt = RECEIPT

example-device-info = Example:
      ikrar device info --device /dev/ttyACM0 --unit wil:33.74.01 --pub terminal.pub
example-device-provision = Example:
      ikrar device provision log --unit wil:33.74.01 --device /dev/ttyACM0 --keys keys --out open.ikrar
example-device-pledge = Example:
      ikrar device pledge unit.request --device /dev/ttyACM0 --keys keys --combined 12/12 --out pledge.ikrar
example-device-append = Example:
      ikrar device append pledge.ikrar --device /dev/ttyACM0
example-device-export = Example:
      ikrar device export --device /dev/ttyACM0 --out terminal.journal --acknowledge
example-device-check = Example:
      ikrar device check pledge.receipt --device /dev/ttyACM0

device-unit-key = Key of the unit
device-journal-key = Key of the journal
device-stage = State
device-stage-fresh = new: not provisioned
device-stage-provisioning = provisioning was cut short: provision it again
device-stage-not-opened = the opening of its journal was not recorded: provision it again
device-stage-ready = ready: it signs and takes attestations
device-roster-size = Roster taken at log size
device-roster-units = Units in the roster, of at most
device-size = Size of the journal
device-acknowledged = Exported and acknowledged up to
device-findings = Findings when it was switched on
device-damaged = THE JOURNAL IS DAMAGED: the device only reads from now on. Keep it as evidence, and have an ancestor rekey the unit.
device-found = What was found is kept in place and was stepped over, as after a power cut. Export the journal to have it verified.
device-pub-done = Wrote the public key to { $path }. An ancestor enrols the unit with it, or gives it in a rekey; then the device is provisioned.

device-provision-done = The device of { $unit } knows { $units } units as of log size { $size }. Its signed opening is in { $path }: the operator takes it with `ikrar append`.
device-provision-round = It knows the round { $round }.
device-provision-no-round = It knows no round: none that is open asks the unit. It signs pledges all the same, but only the log can judge them.

device-signed-else = it is not what was asked for

device-taken = entry { $index } of the journal, { $verdict }
device-taken-refused = refused: { $cause }
device-mark-applied = applied
device-mark-no-effect = authentic, without effect
device-mark-not-checkable = authentic; whether it counts the device cannot judge
device-mark-hashed = not checkable: only hashed, for its unit, key or number is not the one that the device knows

device-export-done = { $count ->
        [one] Wrote 1 entry
       *[other] Wrote { $count } entries
    } from index { $first } of a journal of { $size } to { $path }. Checked here: chain, tree, checkpoint, signatures.
device-export-unchecked = { $count ->
        [one] 1 signature could
       *[other] { $count } signatures could
    } not be checked with the device's roster; the log can.
device-acknowledged-done = The device was told that the first { $size } entries are exported.

device-check-good = The device says: entry { $index } of the log is by { $unit }, and is in the log of { $size } entries (id { $id }).

error-device = No answer from { $address }: { $cause }.
error-device-address = "{ $address }" is no address of a device: { $cause }.
error-device-unable = The device at { $address } cannot do that: { $cause }.
error-device-refused = The device at { $address } refused, and nothing changed there: { $cause }.
error-device-no-unit-name = The device does not know its unit yet. Name it with --unit, and the key is written under that name.
error-device-other-unit = The device is that of { $unit }, not of { $asked }. Nothing was done; use the right device.
error-device-other-registry = The device is provisioned for the registry { $found }; the trust root pins { $pinned }. Nothing was done; a device serves one registry.
error-device-other-key = In the log, { $unit } has another key than this device. Nothing was done. If this is its device, write the key with `ikrar device info --pub`, and have an ancestor rekey the unit.
error-device-no-key = In the log, { $unit } has no key. Nothing was done. Write the device's key with `ikrar device info --pub`, and have it enrolled or rekeyed with that.
error-device-other-epoch = The device signs under a key epoch of { $unit } that the request does not show in force. Nothing was signed. Provision the device again from the log, or ask for a new request.
error-device-not-ready = The device is not provisioned, or its provisioning was cut short. Run `ikrar device provision` first.
error-device-restored = The log shows more of { $unit } than this device knows, or other statements: number { $logged } against { $next } on the device. A restored copy of its memory would sign numbers twice. Nothing was signed: put the device away, and have an ancestor rekey the unit.
error-device-given-up = The device signed numbers of { $unit } from { $next } on that the request does not show, and keeps them only from { $first } on. Nothing was signed. Give the operator the journal export from before, and ask for a new request.
error-device-subtree = No roster for { $unit }: { $cause }. Leave out the units below with --alone, and name those that the device is to know with --also.
error-device-rounds = No roster for { $unit }: { $cause }. Name the rounds that the device is to know with --round.
error-device-roster = No roster for { $unit }: { $cause }. Leave units out with --alone, name fewer with --also, or fewer rounds with --round.
error-device-ahead = The device was provisioned from a log of { $before } entries; this one has { $size }. Nothing was done; use the current log.
error-device-small = The device takes messages of { $most } bytes; this needs { $needed }. Nothing was done; use a device with more memory.
error-device-long = The statement is longer than any that is signed.
error-device-not-written = { $path } cannot be written: { $cause }. What was signed is not lost: the device keeps it. The same command gives a pledge once more, and `ikrar device export` gives all.
error-device-open-journal = The device's opening of its journal does not verify, so it is not written: { $cause }. Check that the line leads to the right device, and provision again.
error-device-signed = What the device signed does not verify, so it is not written: { $cause }. Check that the line leads to the right device; `ikrar device export` shows what is in its journal.
error-device-not-attestations = { $path } holds no attestations: { $cause }
error-device-not-receipt = { $path } is no receipt: { $cause }
error-device-receipt = By the device's verdict the receipt { $path } is not good: { $cause }.
error-device-receipt-unchecked = The device cannot check the receipt { $path }: { $cause }. `ikrar check` can.
error-device-journal = What the device gave does not verify, so it is not written, and nothing was acknowledged: { $rule }, { $cause }. Run the command again; if it is said again, keep the device as evidence.
error-device-journal-long = The journal does not fit into a file: { $cause }
error-device-from = There is no entry { $asked }: the device has those from { $first } on, and { $size } in all. Give --from an index in between.
error-device-acknowledge-stdout = --acknowledge needs a file in --out: only that is known to be written.

line-address = expected tcp:HOST:PORT, a serial port, or a Unix socket
line-open = it cannot be opened ({ $cause }). Check the address, that the device is switched on, that no other program holds the port, and on Linux that you are in the group of the port
line-silent = not a byte came in time. Check that the device is switched on, the cable, and the speed (--baud). Nothing is lost: run the command again
line-closed = the other end hung up. Nothing is lost: run the command again
line-failed = the line failed ({ $cause }). Nothing is lost: run the command again
line-garbled = what came is not the answer of a device. Check the cable and the speed (--baud). Nothing is lost: run the command again
line-request-too-long = the request has more than { $length } bytes

refusal-garbled = what was sent arrived damaged; run the command again
refusal-too-long = this is longer than the device takes
refusal-version = it speaks another version of the language; update the program or the device
refusal-malformed = it does not know this request; update the program or the device
refusal-unprovisioned = it is not provisioned; run `ikrar device provision`
refusal-provisioning = it is being provisioned; run `ikrar device provision` to the end
refusal-not-provisioning = it is not being provisioned
refusal-not-opened = the opening of its journal is not recorded; run `ikrar device provision` again
refusal-checkpoint = the checkpoint is not that of the roster's log, signed by its key
refusal-statement = it is no attestation, or no statement that a unit signs on a device
refusal-rule-unknown = rule { $number } is broken
refusal-no-unit = its key is not that of a unit in force in the roster; have the unit enrolled or rekeyed with it, and provision the device
refusal-full = its journal is full; run `ikrar device export` with --acknowledge
refusal-entry-too-long = this is longer than the pages of its journal take
refusal-damaged = its journal is damaged, and is only read
refusal-other-checkpoint = its journal went on in the meantime; export it again
refusal-absent = the entry is damaged, given up, or longer than a message
refusal-flash = its memory failed, or did not keep what was written; switch it off and on, and look with `ikrar device info`
refusal-inconsistent = its journal and its roster do not go together; keep it as evidence

refusal-roster-malformed = an item of the roster does not decode
refusal-roster-too-large = the roster is larger than the device keeps, or has longer names
refusal-roster-reference = an item of the roster names what is not there, or is there twice
refusal-roster-older = the roster is of another registry, or its log is not proven to be a later state of the same
refusal-roster-missing = the roster leaves out a unit whose numbers the device keeps
refusal-roster-other-key = the roster gives the epoch of a unit another key than the device knows
refusal-roster-start = the roster does not begin with its start and its log

refusal-receipt-not-begun = no receipt was begun
refusal-receipt-checkpoint = the checkpoint is of another log, or not signed by its key
refusal-receipt-rotation = an earlier key of the log would have signed its checkpoint
refusal-receipt-inclusion = an entry is not in the log
refusal-receipt-order = the entries do not come in the order of the log
refusal-receipt-rejected = an entry of its path is rejected: { $rule }
refusal-receipt-no-effect = an entry of its path has no effect: { $rule }
refusal-receipt-too-large = there are more units or keys on its path than the device follows
refusal-receipt-log-key = by the path, the log has another key than the device was provisioned with; provision it again
refusal-receipt-empty = it shows nothing that could be proven

device-roster-units-max = the roster has { $units } units, and the device keeps { $most }
device-roster-rounds-max = there are { $rounds } rounds, and a device keeps { $most }
device-roster-texts-max = the rounds accept { $texts } texts, and a device keeps { $most }
device-roster-kinds-max = there are { $kinds } kinds of unit, and a device keeps { $most }
device-roster-name = "{ $name }" is longer than the names that a device keeps
