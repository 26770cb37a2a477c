# The report as a page.

page-skip = Skip to the report
page-contents = Contents
page-file = report.html
page-any = all
page-nothing = None.
page-of = { $signed } of { $required }
page-foot = This page stands by itself: it needs no network and sends nothing. Status is told by word and symbol; colour only helps.
page-authority = the authority
page-below-authority = directly below the authority
page-status = Status
page-units = Units
page-persons = Persons
page-share = Share
page-share-owed = Share of the owed
page-owed = Owed
page-whole = Whole pledges
page-pledged = Pledged
page-signed = Signed
page-required = Required
page-category = Category
page-level = Level
page-asn = ASN
page-entry = Entry
page-logged = Logged
page-made = Signed (signer's clock)
page-key = Key
page-key-never = never had a key
page-key-since = since { $since }
page-key-gone = had one from { $since }, has none now
page-col-made = Signed on
page-col-staff = Staff signed
page-days = Days overdue
page-days-late = Days late
page-never = never

page-verdict = The verdict
page-verdict-sentence = { $whole } of { $owed } units { $whole ->
        [one] has
       *[other] have
    } a whole pledge. { $without } { $without ->
        [one] has
       *[other] have
    } none that counts, and { $partial } { $partial ->
        [one] is
       *[other] are
    } partial.
page-verdict-nobody = No unit owes a pledge in this report.
page-verdict-as-of = As of { $at }, tree size { $size }.
page-at-due = How it stood at the due second

page-missing = Who is missing
page-missing-count = { $count ->
        [one] { $count } unit has
       *[other] { $count } units have
    } no pledge that counts. They stand under the units that answer for them.
page-missing-note = Missing means: not in this log by the time of the report. Days overdue are counted from the due second, a begun day as one. A unit that never had a key could not sign: ask the unit above it to enrol one.

page-freshness = Last entry
page-freshness-after = { $time }; { $days ->
        [one] { $days } day
       *[other] { $days } days
    } after the time of this report
page-freshness-value = { $time }; { $days ->
        [one] { $days } day
       *[other] { $days } days
    } before the time of this report
page-anchors = Witnessed time
page-anchors-none = no anchor: times logged are the operator's word
page-anchors-last = { $count ->
        [one] { $count } anchor
       *[other] { $count } anchors
    }; the last, entry { $entry }, proves that the first { $size } entries existed by { $time }
page-checkpoint = The checkpoint to compare
page-checkpoint-note = Origin, tree size and root hash. Whoever holds a checkpoint of this size with another root hash holds proof against the operator.
page-policy = Witness policy in force in the log
page-findings = Findings
page-findings-none = None: verification found nothing that speaks against the log.
page-findings-more = … and { $count } more: `ikrar verify --format json` lists them all.

page-coverage = Coverage
page-coverage-note = A unit counts as covered with a whole pledge, in time or late. Every level owes, the top included: there is no dispensation.
page-people = People, as the units state them
page-people-apart = { $parted } units state their categories apart, { $combined } one combined count. { $none } state that they have no PPNPN: zero is a statement, no count is not.
page-levels = By level
page-tree = By the units above
page-tree-note = Each sum counts the unit itself, where it owes, and all below it that this report is about. Open a unit to see what is below it.

page-list = All units
page-list-noscript = This list is made by the page's own program, which does not run here. The missing and the late stand in full on this page; `ikrar report --format csv` lists every unit.
page-filters = Filter the list
page-filter-text = Name or id
page-under = Below
page-flag = Note
page-reset = Clear filters
page-print-list = Print this list
page-more = Show 100 more
page-evidence = Evidence

page-commitments = Commitments
page-number = No.
page-commitment = Commitment
page-accepted = Accepted
page-matrix = Unit by commitment
page-matrix-all = Also units that accepted every commitment

page-late = Late
page-late-count = { $count ->
        [one] { $count } unit
       *[other] { $count } units
    } pledged, and it was logged after the due second.
page-late-note = Late is judged by the time of logging, never by the date on the form. Units without a network may have signed in time; that is shown and changes nothing.

page-around = Briefing, monitoring, referral
page-around-note = Codes and counts that units state about themselves; never a person. A count of one or two persons is signed as 1–2.
page-said = Who said what
page-said-what = Statement
page-said-briefed = briefed its staff
page-said-not-briefed = pledged, never briefed
page-said-monitored = monitored
page-said-nil = monitored, nil
page-said-silent = said nothing of monitoring
page-said-referred = referred cases
page-briefings = Briefing
page-topics = Units by topic
page-reached = Reached, over all briefings
page-monitoring = Monitoring
page-cases = Cases seen, by category of conduct
page-cases-none = No unit states a case.
page-conduct = Conduct
page-risks = Units by risk factor and the highest level they give it
page-referrals = Referral
page-referrals-none = No unit states a referral.
page-referred = Cases referred, by category and status
page-channels = Where cases were referred
page-follow-up = Follow-up by regime and level
page-regime = Regime
page-sanction = Level
page-by-ancestor = By the units above
page-by-ancestor-note = Units that said nothing, and risk factors F1 to F4 as units with low / medium / high

page-texts = The round: texts and legal bases
page-texts-accepted = Texts accepted
page-texts-foreign = Other texts that units pledged to
page-texts-foreign-note = This round does not accept these texts: such a pledge has no effect.
page-texts-also = of these, pledged to an accepted text too
page-text-unpublished = never published in this log
page-basis = Code
page-validity = Validity
page-in-round = In this round
page-basis-from = from { $day }
page-basis-until = ended { $day }
page-basis-replaced = replaced by { $code }
page-in-force-throughout = in force throughout
page-in-force-partly = in force for part of the round
page-in-force-no = NOT IN FORCE
page-in-force-unknown = not in the catalogue

page-changes = Roster and keys
page-changes-note = What changed on the roster and in keys since the round opened, in log order.
page-change = Change
page-marks = To note
page-change-enrolled = enrolled
page-change-renamed = renamed
page-change-moved = moved
page-change-rekeyed = key changed
page-change-retired = ended
page-change-forced = forced: signed by another
page-change-near = in the last seven days before due
page-change-after = after due
page-change-void = earlier statements void from number { $since }
page-change-successors = taken over by { $units }

page-curve = Pledges over time
page-curve-due = due { $due }
page-curve-summary = { $due } units had pledged by the due second, { $now } by now, of { $owed } that owe.
page-curve-table = The curve as a table
page-compared = Year over year
page-compared-note = Every round as of the same tree size and time. ASN and PPNPN: the share that signed of those who should.
page-map = Map
page-map-placed = { $placed } of the { $listed } listed units state where they are.
page-map-note = Each dot is a unit; its shape is its status. There is no base map: the page needs no network.
page-map-extent = Latitude { $south } to { $north }, longitude { $west } to { $east } degrees.

page-timing-witnessed = in time, by witnessed time
page-timing-on-time = in time, by the operator's clock
page-timing-late = late

page-limits = What this report does not prove
page-limit-arrived = That nobody pledged. Missing means that no pledge stands in this log as of this size and time; one may be on paper, or on its way.
page-limit-conduct = That anybody was neutral. A pledge is a promise; conduct, cases and votes of persons are not in it.
page-limit-counts = That the counts are right. Numbers of staff, of those who signed, of cases and follow-up are each unit's own statement.
page-limit-signer = Who held the pen. A signature proves that the unit's key signed; the roster says whose key that is, not whose hand.
page-limit-time = The hour, by itself. Times logged are the operator's word until an anchor by witnesses covers them; times signed are the signer's clock.
page-limit-history = That everybody sees this log. Without witnesses an operator can show others another history: compare tree size and root hash with those that others hold.
page-limit-trust = That this is the right registry. Compare the trust root's fingerprint with the authority's, over another channel.
page-limit-law = What the law says. Legal bases and their validity are data of a catalogue with named sources, not advice.
page-limit-page = That this file is unchanged. It is signed by nobody: make it again with the command below, and compare.
page-again = Make this page again
page-again-note = With the same log and trust root this command writes the same bytes, whatever the log has taken in since. It never writes over a file: give another name where this one is taken.
page-again-verify = To check the log itself:

page-js-accepted = accepted
page-js-all-shown = Units: { "{" }count{ "}" }, all shown
page-js-at-due = At due
page-js-below = Below
page-js-commitments = Commitments
page-js-content-id = Id of what stands
page-js-copied = Copied
page-js-copy = Copy
page-js-entry = First pledge, entry
page-js-evidence = Evidence
page-js-evidence-of = Evidence of { "{" }unit{ "}" }
page-js-explain = Why this status, entry by entry
page-js-flags = Notes
page-js-form = Form
page-js-key = Key
page-js-key-gone = had one from { "{" }time{ "}" }, has none now
page-js-key-never = never had a key
page-js-key-since = since { "{" }time{ "}" }
page-js-left-out = left out
page-js-list-only = Show these in the list
page-js-logged = Logged
page-js-made = Signed (signer's clock)
page-js-map-at = { "{" }unit{ "}" }: { "{" }status{ "}" }
page-js-monitoring-cases = cases
page-js-monitoring-nil = nil
page-js-none = No unit fits these filters.
page-js-nothing = –
page-js-of = { "{" }signed{ "}" } of { "{" }required{ "}" }
page-js-other = Also stated
page-js-place = Place
page-js-pledge-entry = What stands, entry
page-js-prove = Proof that stands by itself
page-js-role = Signatory
page-js-shown = Units: { "{" }shown{ "}" } of { "{" }count{ "}" } shown
page-js-staff = Signed
page-js-text = Text
page-js-timing = Timing

error-held-html = Held copies are no part of the page, which tells of the log alone. Ask for --format text or json with --held.
