# The report.

report-head = Round { $round }: { $title }
    Opens { $opens } · due { $due } · as of { $at }, tree size { $size }
report-owed = { $count } units owe a pledge:
report-coverage = Whole pledges, in time or late, down the tree:
report-partial = { $signed } of { $required } have signed, { $commitments }
report-overdue = { $days ->
        [one] 1 day overdue
       *[other] { $days } days overdue
    }
report-text = Text: { $title } ({ $hash })
report-text-unknown = a text that was never published
report-foreign-text = ! Foreign text: { $title } ({ $hash }), pledged to by { $units } units, without effect; { $pledged } of them have also pledged to an accepted one
report-logged-after = ! Entry { $first } was logged after this time; { $count ->
        [one] it is counted.
       *[other] it and what follows, { $count } entries, are counted.
    }
report-leave-out = --as-of { $first } leaves them out.
report-lapsed = ! All pledges of this round lapsed at { $time }: { $count } that were made are no longer in force.
report-basis-partly = ! Legal basis { $code }, { $title }: in force for a part of this round only ({ $validity })
report-basis-no = ! Legal basis { $code }, { $title }: not in force in this round ({ $validity })
report-basis-unknown = ! Legal basis { $code }: not in the catalogue, so its validity is unknown
report-signed = Signed: { $counts }
report-combined = combined { $count } ({ $units } units)
report-briefings = Briefing: { $briefed } units · pledged but not briefed: { $not-briefed } units
report-monitoring = Monitoring: { $monitored } units, { $nil } of them nil · silent: { $silent } units
report-referrals = Referral: { $units } units · { $cases } persons by category and status · past the time limit: { $overdue } persons
report-changes = Changes of roster and keys since the opening: { $changes }, of these by the deadline: { $timely } · forced rekeys: { $forced }, by the deadline: { $coerced } · rekeyed near the deadline: { $near }
report-compared = Other rounds, whole pledges at the same point and time:
report-caveat = Counts are self-reported. Late means logged late, whatever the form says. A status is as of the size and time above; `ikrar verify` tells what this log proves.
