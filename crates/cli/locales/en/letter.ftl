# Reminders: ikrar letter.

about-letter = Check a log, and write reminders to the units above those that still owe something
arg-letter-to = Address the nearest unit above of this kind, such as kota; by default the unit directly above
arg-letter-out = A new folder for the letters: a page and a table for each addressee, and letters.csv, which lists them all
example-letter = Example:
      ikrar letter log --round contoh-2020 --keys keys --lang id --out surat
      ikrar letter log --round contoh-2020 --keys keys --to kota --csv-delimiter ';' --out surat-kota

letter-done = { $letters } reminders about { $units } units in the round { $round } are written to { $path }; letters.csv lists them.
letter-none = No unit owes anything more in the round { $round }: there is no letter but an empty letters.csv in { $path }.

letter-title = Reminder: { $round }
letter-number = Number
letter-annex = Annexes
letter-annex-none = none; the list stands below
letter-subject = Subject
letter-salutation = To the head of
letter-salutation-root = To those responsible for the registry
letter-body-overdue = By the audit log { $origin } at tree size { $size }, as of { $at }, { $count } units below { $to } have not done what they owe in this round. It was due on { $due }.
letter-body-before-due = By the audit log { $origin } at tree size { $size }, as of { $at }, { $count } units below { $to } have yet to do what they owe in this round. It is due on { $due }.
letter-caption = Units that still owe
letter-column-number = No.
letter-column-unit = Unit
letter-column-kind = Kind
letter-column-status = Status
letter-column-lacks = What is missing
letter-request = Please have each unit of this list complete its pledge and hand it to the operator of the log. A unit that has signed already is asked to show its copy. A unit without a key is asked to turn to the unit above it.
letter-closing = Thank you for your attention and cooperation.
letter-signature = Place, date, position, signature:
letter-caveat = This letter was made from the audit log. It does not prove that a unit refuses to pledge: a pledge may have been signed and not have arrived. Counts of persons are self-reported.
letter-source-log = Log
letter-source-size = Tree size
letter-source-root = Root hash
letter-source-trust = Trust root fingerprint
letter-source-command = Command

letter-lacks-pledge = the pledge
letter-lacks-commitments = commitments { $commitments }
letter-lacks-signatures = signatures: { $signed } of { $required }
letter-lacks-duty = { $duty }

error-letter-kind = No unit above those that still owe is of the kind { $kind }. Kinds above them: { $kinds }.
