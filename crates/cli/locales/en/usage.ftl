# The command line: headings and placeholders of the help, and what is said of one that is not understood.

usage-usage = Usage:
usage-commands = Commands:
usage-arguments = Arguments:
usage-options = Options:
usage-help = Print this help
usage-version = Print the version
usage-default = [default: { $value }]
usage-choices = [possible values: { $values }]
usage-see-help = For more, try --help.

usage-unknown-argument = "{ $arg }" is not expected here.
usage-unknown-command = There is no command "{ $command }".
usage-missing-command = A command is missing. There are: { $commands }.
usage-missing-argument = What is missing: { $args }.
usage-missing-value = { $arg } needs a value.
usage-invalid-value = "{ $value }" is not a choice for { $arg }.
usage-unfit-value = "{ $value }" does not fit { $arg }.
usage-conflict = { $arg } cannot go together with { $other }.
usage-twice = { $arg } is given more than once.
usage-no-equals = { $arg } takes its value after an equals sign, without a space.
usage-too-many-values = "{ $value }" is one value too many for { $arg }.
usage-number-of-values = { $arg } has another number of values than it needs.
usage-not-utf8 = An argument is not UTF-8.
usage-other = The command line is not understood.
usage-tip-choices = Possible values: { $values }
usage-tip-similar = Similar: { $suggested }
usage-tip-trailing = To give "{ $arg }" as a value, write -- before it.

value-options = [OPTIONS]
value-command = COMMAND
value-checkpoint = CHECKPOINT
value-dir = DIR
value-file = FILE
value-files = FILES
value-form = FORM
value-format = FORMAT
value-genesis = GENESIS
value-hash = HASH
value-id = ID
value-key = KEY
value-lang = LANG
value-log = LOG
value-n-n = N,N…
value-name = NAME
value-origin = ORIGIN
value-reason = REASON
value-request = REQUEST
value-role = ROLE
value-round = ROUND
value-seq = SEQ
value-signed-required = SIGNED/REQUIRED
value-text = TEXT
value-text-toml = TEXT.toml
value-time = TIME
value-unit = UNIT
value-units = UNITS
value-n = N
value-stale = STALE
value-n-required = N/REQUIRED
value-date = DATE
value-topic = TOPIC
value-factor-level = FACTOR=LEVEL
value-category-name-n = CATEGORY:NAME=N,…
value-channel = CHANNEL
value-sanction-n = SANCTION=N
value-kind = KIND
value-clear = CLEAR
value-char = CHAR
value-size = SIZE
value-status = STATUS
value-shell = SHELL
