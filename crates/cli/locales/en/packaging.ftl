# Completions and man pages.

about-completions = Print the completions of a shell
about-manual = Write the man pages, one a command
arg-shell = The shell
arg-completions-out = The file to write, or - for standard output; never overwrites
arg-manual-out = The folder to write them to; made if it is not there, and no page is overwritten
example-completions = Example:
      ikrar completions bash --out ikrar.bash
example-manual = Example:
      ikrar manual --out man1
      ikrar --lang id manual --out id/man1

manual-name = NAME
manual-synopsis = SYNOPSIS
manual-description = DESCRIPTION
manual-commands = COMMANDS
manual-arguments = ARGUMENTS
manual-options = OPTIONS
manual-example = EXAMPLE
manual-exit-status = EXIT STATUS
manual-environment = ENVIRONMENT
manual-see-also = SEE ALSO
manual-options-word = options
manual-command-word = command
manual-about = Units of government sign their pledge of neutrality with a key of their own; the log records what they signed, together with the units that owe a pledge and the rounds that ask for it. Anyone can check offline that nothing was altered, and see which units have not pledged. Commands that sign write a file with the signer's key; only init and append use the log's key. Nothing is ever overwritten.
manual-exit-good = Good.
manual-exit-bad = Bad: it does not verify.
manual-exit-usage = Wrong usage or configuration, or no trust root.
manual-exit-unchecked = It could not be checked: something is unreadable or unwritable.
manual-exit-incomplete = Intact, but the witnesses of the trust root have not cosigned.
manual-exit-refused = Refused. What was refused changed nothing.
manual-variable-keys = The folder of the trust root, where --keys is not given.
manual-variable-state = The folder for what was published, which guards against a restored backup. Keep it apart from the log.
manual-variable-language = The first of these that is set decides the language, where --lang is not given.
manual-variable-colour = Any value turns colour off.
