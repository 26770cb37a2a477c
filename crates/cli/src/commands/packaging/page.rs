//! The man page of a command, in the user's language, `NAME` to `SEE ALSO`.

use clap::{Arg, ArgAction, Command};
use roff::{Inline, Roff, bold, italic, roman};

use crate::context::Context;

/// User commands.
pub(super) const SECTION: &str = "1";
/// The same build gives the same page on any day.
const NO_DATE: &str = "\"\"";
const PROGRAM: &str = "ikrar";

/// `ikrar-key-show`, as the command's page is called.
pub(super) fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or(PROGRAM)
}

/// The page of a command that was built.
pub(super) fn render(command: &Command, context: &Context) -> String {
    let source = concat!("ikrar ", env!("CARGO_PKG_VERSION"));
    let mut page = Page { roff: Roff::new(), context };
    page.roff.control("TH", [name(command).to_uppercase().as_str(), SECTION, NO_DATE, source, "Ikrar"]);
    page.heading("manual-name");
    page.roff.text([roman(format!("{} - {}", name(command), about(command)))]);
    page.heading("manual-synopsis");
    page.synopsis(command);
    if name(command) == PROGRAM {
        page.heading("manual-description");
        page.paragraph("manual-about");
    }
    page.commands(command);
    page.arguments(command);
    page.example(command);
    if name(command) == PROGRAM {
        page.heading("manual-exit-status");
        page.table(&EXITS);
        page.heading("manual-environment");
        page.table(&VARIABLES);
    } else {
        page.heading("manual-see-also");
        page.roff.text([bold(PROGRAM), roman(format!("({SECTION})"))]);
    }
    // Terminals without UTF-8 have no ellipsis.
    page.roff.render().replace('…', "...")
}

/// Exit codes and what they mean (spec §12.3).
const EXITS: [(&str, &str); 6] = [
    ("0", "manual-exit-good"),
    ("1", "manual-exit-bad"),
    ("2", "manual-exit-usage"),
    ("3", "manual-exit-unchecked"),
    ("4", "manual-exit-incomplete"),
    ("5", "manual-exit-refused"),
];

/// Environment variables that the program reads.
const VARIABLES: [(&str, &str); 4] = [
    ("IKRAR_KEYS", "manual-variable-keys"),
    ("IKRAR_STATE", "manual-variable-state"),
    ("LC_ALL, LC_MESSAGES, LANG", "manual-variable-language"),
    ("NO_COLOR", "manual-variable-colour"),
];

struct Page<'a> {
    roff: Roff,
    context: &'a Context,
}

impl Page<'_> {
    fn heading(&mut self, key: &str) {
        self.roff.control("SH", [self.context.text(key, &[]).as_str()]);
    }

    fn paragraph(&mut self, key: &str) {
        self.roff.text([roman(self.context.text(key, &[]))]);
    }

    fn table(&mut self, rows: &[(&str, &str)]) {
        for (term, key) in rows {
            self.roff.control("TP", []);
            self.roff.text([bold(*term)]);
            self.paragraph(key);
        }
    }

    fn synopsis(&mut self, command: &Command) {
        let called = command.get_bin_name().unwrap_or(PROGRAM);
        let mut line = vec![bold(called)];
        let (positional, options): (Vec<_>, Vec<_>) = shown(command).partition(|arg| arg.is_positional());
        if options.iter().any(|option| !option.is_required_set()) {
            line.extend([roman(" ["), italic(self.context.text("manual-options-word", &[])), roman("]")]);
        }
        for option in options.iter().filter(|option| option.is_required_set()) {
            line.push(roman(" "));
            line.extend(term(option));
        }
        for arg in positional {
            line.push(roman(" "));
            line.extend(term(arg));
        }
        if command.has_subcommands() {
            line.extend([roman(" "), italic(self.context.text("manual-command-word", &[]))]);
        }
        self.roff.text(line);
    }

    fn commands(&mut self, command: &Command) {
        if !command.has_subcommands() {
            return;
        }
        self.heading("manual-commands");
        for sub in command.get_subcommands() {
            self.roff.control("TP", []);
            self.roff.text([bold(name(sub)), roman(format!("({SECTION})"))]);
            self.roff.text([roman(about(sub))]);
        }
    }

    fn arguments(&mut self, command: &Command) {
        let (positional, options): (Vec<_>, Vec<_>) = shown(command).partition(|arg| arg.is_positional());
        for (key, args) in [("manual-arguments", positional), ("manual-options", options)] {
            if !args.is_empty() {
                self.heading(key);
            }
            for arg in args {
                self.roff.control("TP", []);
                self.roff.text(term(arg));
                self.roff.text([roman(arg.get_help().map(ToString::to_string).unwrap_or_default())]);
            }
        }
    }

    /// The worked example that ends the command's help; its first line is a heading.
    fn example(&mut self, command: &Command) {
        let Some(example) = command.get_after_help() else { return };
        self.heading("manual-example");
        self.roff.control("EX", []);
        for line in example.to_string().lines().skip(1) {
            self.roff.text([roman(line)]);
        }
        self.roff.control("EE", []);
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn shown(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| !arg.is_hide_set())
}

/// An argument as it is typed.
fn term(arg: &Arg) -> Vec<Inline> {
    let id = arg.get_id().as_str().to_uppercase();
    let value = arg.get_value_names().map_or(id, |names| names.iter().map(|name| name.as_str()).collect());
    let mut term = Vec::new();
    if let Some(short) = arg.get_short() {
        term.extend([bold(format!("-{short}")), roman(", ")]);
    }
    match arg.get_long() {
        Some(long) if arg.get_action().takes_values() => {
            term.extend([bold(format!("--{long}")), roman(" "), italic(value.as_str())]);
        }
        Some(long) => term.push(bold(format!("--{long}"))),
        None => term.push(italic(value.as_str())),
    }
    if matches!(arg.get_action(), ArgAction::Append) && !value.ends_with('…') {
        term.push(roman("…"));
    }
    term
}
