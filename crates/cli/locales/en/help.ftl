# Help: commands, arguments, worked examples.

about-ikrar = A tamper-evident log of neutrality attestations: sign, append, verify, and name the units that are missing
about-keygen = Make a private key for a unit or a log
about-key = Look at keys, and take on keys made elsewhere
about-key-show = Print a key's verifier key, and where its chain stands
about-genesis = Sign the start of a registry, as its authority
about-init = Start a log from a genesis, as its operator
about-enroll = Sign the enrolment of the units of a roster
about-rekey = Sign a change of key, of a unit or of the log
about-retire = Sign that a unit has ended
about-publish = Sign a pledge text
about-round = Sign the opening of a round
about-request = Write what an offline unit needs in order to answer a round
about-pledge = Answer a request with a signed pledge
about-correct = Correct or withdraw what was said; what is not given anew stays as it was
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
arg-key = Private key to sign with, or the OpenSSH public key of one that ssh-agent holds
arg-init-key = The log's private key; else log.key beside the trust root
arg-append-key = The log's private key; else log.key beside the trust root
arg-name = Name of the registry
arg-log-key = The log's verifier key, or the file that holds it
arg-recovery-key = Verifier key of the unit "recovery", which may only rekey the root
arg-synthetic = Everything in this registry is invented, and every output says so
arg-genesis = The file that `ikrar genesis` wrote
arg-keys = Folder of the trust root; else IKRAR_KEYS, else your configuration
arg-units = The roster, CSV: `unit`, `parent`, `kind`, `name`, and if known `key`, `latitude`, `longitude`, `timezone`
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
arg-form = Form of the pledge; ikrar, if not given
arg-role = Role of the signatory, the head or acting; the head, if not given
arg-yes = Do not ask
arg-target = Id of the statement to correct; if not given, the one of --kind in force
arg-reason = Why
arg-withdraw = Withdraw it for good
arg-files = Files that signing commands wrote, or - for standard input
arg-next-key = The log's new private key, where the batch changes it
arg-all-or-nothing = Log nothing unless everything can be logged
arg-format = Form of the output
arg-since = A checkpoint kept from before, which this log must contain
arg-threads = Threads that check at the same time; without it, as many as there are processors. The verdict is the same
arg-at = Evaluate as of this time: a day (2020-12-09, its last second) or a local time in the round's zone, or RFC 3339; else the last entry's, or just past due

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
      ikrar correct semarang.request --key semarang.key --keys keys --reason progress --pns 80/80 --out more.ikrar
      ikrar correct semarang.request --kind monitoring --key semarang.key --keys keys --reason error --case B:asn=4,ppnpn=0 --out better.ikrar
example-append = Example:
      ikrar append log pledge.ikrar more.ikrar --keys keys
example-verify = Example:
      ikrar verify examples/kota-semarang/log --keys keys
      ikrar verify log --keys keys --since checkpoint-of-last-month
example-report = Example:
      ikrar report examples/kota-semarang/log --round contoh-2020 --keys keys
      ikrar report log --round contoh-2020 --keys keys --format csv --out report.csv
      ikrar report log --round contoh-2020 --keys keys --under wil:33.74.01 --only missing,late --fail-on-missing
