# The report.

report-head = Round { $round }: { $title }
    Opens { $opens } · due { $due } · as of { $at }, tree size { $size }
report-owed = { $count } units owe a pledge:
report-coverage = Whole pledges, in time or late, down the tree:
report-partial = { $signed } of { $required } have signed, { $commitments }
report-caveat = Counts are self-reported. Late means logged late, whatever the form says. A status is as of the size and time above; `ikrar verify` tells what this log proves.
