//! The texts of the command line, from the catalogue: what clap would say in English is said by us.

use std::collections::HashMap;

use clap::builder::Styles;
use clap::{Arg, ArgAction, Command, CommandFactory as _, ValueHint};

use super::Args;
use crate::messages::Messages;

/// The command line with its texts in the user's language.
pub(crate) fn command(messages: &Messages) -> Command {
    let command = described(Args::command(), "ikrar", messages);
    let mut usages = HashMap::new();
    let mut built = command.clone();
    built.build();
    usage(&mut built, "ikrar", messages, &mut usages);
    with_usage(command, "ikrar", &usages)
}

/// A command's name in the catalogue, below its parent's.
fn path_of(parent: &str, name: &str) -> String {
    if parent == "ikrar" { name.to_owned() } else { format!("{parent}-{name}") }
}

fn names_below(command: &Command) -> Vec<String> {
    command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect()
}

fn described(mut command: Command, path: &str, messages: &Messages) -> Command {
    let text = |key: &str| messages.text(key, &[]);
    let ids: Vec<_> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        command = command.mut_arg(id, |arg| explained(arg, path, messages));
    }
    for name in names_below(&command) {
        let path = path_of(path, &name);
        command = command.mut_subcommand(name, |sub| described(sub, &path, messages));
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(text("usage-help"));
    command = command.disable_help_flag(true).arg(help);
    if path == "ikrar" {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.disable_version_flag(true).arg(version.help(text("usage-version")));
    }
    if !command.has_subcommands() {
        command = command.after_help(copyable(&text(&format!("example-{path}"))));
    }
    let layout = layout(&command, messages);
    let value_name = text("value-command");
    command.about(text(&format!("about-{path}"))).subcommand_value_name(value_name).help_template(layout)
}

/// Help, value name, default and choices of an argument.
fn explained(arg: Arg, path: &str, messages: &Messages) -> Arg {
    let id = arg.get_id().as_str().replace('_', "-");
    // An argument whose meaning differs by command has a text for that command.
    let own = messages.known(&format!("arg-{path}-{id}"));
    let mut help = own.unwrap_or_else(|| messages.text(&format!("arg-{id}"), &[]));
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        help = format!("{help} {}", messages.text("usage-default", &[("value", defaults.join(", ").into())]));
    }
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let choices: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !choices.is_empty() {
        help = format!("{help} {}", messages.text("usage-choices", &[("values", choices.join(", ").into())]));
    }
    let name = value_name(&arg);
    let hint = hint(&arg, &name);
    let shown = messages.known(&value_key(&name)).unwrap_or(name);
    arg.help(help).value_name(shown).value_hint(hint).hide_default_value(true).hide_possible_values(true)
}

/// What shells complete a value with: a folder, a file, or nothing that they could know.
fn hint(arg: &Arg, value_name: &str) -> ValueHint {
    match (arg.get_value_hint(), value_name) {
        (ValueHint::AnyPath, "DIR" | "LOG") => ValueHint::DirPath,
        // A key is given as itself, or as the file that holds it.
        (ValueHint::AnyPath, _) | (ValueHint::Unknown, "KEY") => ValueHint::FilePath,
        (ValueHint::Unknown, _) if arg.get_possible_values().is_empty() => ValueHint::Other,
        (known, _) => known,
    }
}

fn value_name(arg: &Arg) -> String {
    let named = arg.get_value_names().and_then(<[_]>::first);
    named.map_or_else(|| arg.get_id().as_str().to_uppercase(), ToString::to_string)
}

/// The key of a placeholder's name: `FILE` has `value-file`, `SIGNED/REQUIRED` has `value-signed-required`.
fn value_key(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    format!("value-{}", words.collect::<Vec<_>>().join("-").to_lowercase())
}

/// The parts of a help text under headings of the catalogue.
fn layout(command: &Command, messages: &Messages) -> String {
    let styles = Styles::styled();
    let header = styles.get_header();
    let heading = |key: &str| format!("{header}{}{header:#}", messages.text(key, &[]));
    let mut out = format!("{{about-with-newline}}\n{} {{usage}}", heading("usage-usage"));
    if command.has_subcommands() {
        out.push_str(&format!("\n\n{}\n{{subcommands}}", heading("usage-commands")));
    }
    if command.get_positionals().next().is_some() {
        out.push_str(&format!("\n\n{}\n{{positionals}}", heading("usage-arguments")));
    }
    out.push_str(&format!("\n\n{}\n{{options}}{{after-help}}", heading("usage-options")));
    out
}

/// The usage lines that clap makes, without its English words.
fn usage(built: &mut Command, path: &str, messages: &Messages, usages: &mut HashMap<String, String>) {
    let line = built.render_usage().to_string();
    let line = line.trim_start_matches("Usage:").trim().replace("[OPTIONS]", &messages.text("value-options", &[]));
    usages.insert(path.to_owned(), line);
    for name in names_below(built) {
        if let Some(sub) = built.find_subcommand_mut(&name) {
            usage(sub, &path_of(path, &name), messages, usages);
        }
    }
}

fn with_usage(mut command: Command, path: &str, usages: &HashMap<String, String>) -> Command {
    for name in names_below(&command) {
        let path = path_of(path, &name);
        command = command.mut_subcommand(name, |sub| with_usage(sub, &path, usages));
    }
    match usages.get(path) {
        Some(line) => command.override_usage(line.clone()),
        None => command,
    }
}

/// A worked example that survives copying: a long command is broken before an option here, not by clap anywhere.
fn copyable(example: &str) -> String {
    const WIDTH: usize = 76;
    let mut out = String::new();
    for line in example.lines() {
        let mut width = 0;
        for (number, part) in line.trim().split(" --").enumerate() {
            let part = match number {
                0 if part.starts_with("ikrar ") => format!("  {part}"),
                0 => part.to_owned(),
                _ => format!(" --{part}"),
            };
            if width + part.len() > WIDTH {
                out.push_str(" \\\n     ");
                width = 5;
            }
            width += part.len();
            out.push_str(&part);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

    fn every_key(command: &Command, path: &str, keys: &mut Vec<String>) {
        keys.push(format!("about-{path}"));
        if !command.has_subcommands() {
            keys.push(format!("example-{path}"));
        }
        for arg in command.get_arguments() {
            keys.push(format!("arg-{}", arg.get_id().as_str().replace('_', "-")));
            if arg.get_action().takes_values() {
                keys.push(value_key(&value_name(arg)));
            }
        }
        for sub in command.get_subcommands() {
            every_key(sub, &path_of(path, sub.get_name()), keys);
        }
    }

    #[test]
    fn a_command_an_argument_or_a_placeholder_lacks_its_text() {
        for lang in [Lang::En, Lang::Id] {
            let messages = Messages::new(lang);
            let mut keys = Vec::new();
            every_key(&Args::command(), "ikrar", &mut keys);
            let missing: Vec<_> = keys.iter().filter(|key| messages.text(key, &[]) == **key).collect();
            assert!(missing.is_empty(), "{missing:?}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        for lang in [Lang::En, Lang::Id] {
            command(&Messages::new(lang)).debug_assert();
        }
    }

    #[test]
    fn clap_speaks_english_in_an_indonesian_help() {
        fn check(command: &mut Command) {
            let help = command.render_long_help().to_string();
            for english in
                ["Usage", "Options", "OPTIONS", "Commands", "COMMAND", "Arguments", "default", "possible", "Print"]
            {
                assert!(!help.contains(english), "{english}: {help}");
            }
            for name in names_below(command) {
                check(command.find_subcommand_mut(&name).unwrap());
            }
        }
        let mut command = command(&Messages::new(Lang::Id));
        command.build();
        check(&mut command);
    }
}
