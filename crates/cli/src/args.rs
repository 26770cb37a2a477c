//! The command line. Its texts come from the catalogue: `about-*` for commands, `arg-*` for arguments, `example-*` for
//! the worked examples that end a command's help.

mod authority;
mod keys;
mod log;
mod packaging;
mod unit;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Command as ClapCommand, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::messages::{Lang, Messages};

pub(crate) use authority::*;
pub(crate) use keys::*;
pub(crate) use log::*;
pub(crate) use packaging::*;
pub(crate) use unit::*;

#[derive(Debug, Parser)]
#[command(name = "ikrar", version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Keygen(Keygen),
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    Genesis(Genesis),
    Init(Init),
    Enroll(Enroll),
    Amend(Amend),
    Rekey(Rekey),
    Retire(Retire),
    Publish(Publish),
    Policy(WitnessPolicy),
    Round(Round),
    Request(Request),
    Pledge(Pledge),
    Brief(Brief),
    Monitor(Monitor),
    Refer(Refer),
    Correct(Box<Correct>),
    Resend(Resend),
    Append(Append),
    Verify(Verify),
    Report(Report),
    Explain(Explain),
    Completions(Completions),
    Manual(Manual),
}

/// What every verb that signs takes.
#[derive(Debug, ClapArgs)]
pub(crate) struct Signing {
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    #[command(flatten)]
    pub(crate) unlock: Unlock,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Where a signer that is not the root's learns what the log knows.
#[derive(Debug, ClapArgs)]
pub(crate) struct Source {
    #[arg(long, value_name = "LOG")]
    pub(crate) from: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_enum, requires = "from")]
    pub(crate) stale: Option<Stale>,
}

/// What becomes of statements whose epoch ended before they were logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stale {
    Sign,
    Discard,
    Keep,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Trust {
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerdictFormat {
    Text,
    Json,
}

/// The command line with its texts in the user's language.
pub(crate) fn command(messages: &Messages) -> ClapCommand {
    described(Args::command(), "ikrar", messages)
}

fn described(mut command: ClapCommand, path: &str, messages: &Messages) -> ClapCommand {
    let text = |key: String| messages.text(&key, &[]);
    command = command.about(text(format!("about-{path}")));
    if !command.has_subcommands() {
        command = command.after_help(copyable(&text(format!("example-{path}"))));
    }
    let ids: Vec<_> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        let id_in_words = id.replace('_', "-");
        // An argument whose meaning differs by command has a text for that command.
        let own = format!("arg-{path}-{id_in_words}");
        let help = messages.known(&own).unwrap_or_else(|| text(format!("arg-{id_in_words}")));
        command = command.mut_arg(id, |arg| arg.help(help));
    }
    let names: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let path = if path == "ikrar" { name.clone() } else { format!("{path}-{name}") };
        command = command.mut_subcommand(name, |sub| described(sub, &path, messages));
    }
    command
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

/// `--lang` before the command line is parsed: errors of parsing are told in it too.
pub(crate) fn asked_language(args: impl Iterator<Item = OsString>) -> Option<Lang> {
    let mut args = args.map(|arg| arg.to_string_lossy().into_owned()).take_while(|arg| arg != "--");
    while let Some(arg) = args.next() {
        let value = if arg == "--lang" { args.next() } else { arg.strip_prefix("--lang=").map(str::to_owned) };
        if let Some(lang) = value.and_then(|value| Lang::from_str(&value, true).ok()) {
            return Some(lang);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_key(command: &ClapCommand, path: &str, keys: &mut Vec<String>) {
        keys.push(format!("about-{path}"));
        if !command.has_subcommands() {
            keys.push(format!("example-{path}"));
        }
        keys.extend(command.get_arguments().map(|arg| format!("arg-{}", arg.get_id().as_str().replace('_', "-"))));
        for sub in command.get_subcommands() {
            let name = sub.get_name();
            every_key(sub, &if path == "ikrar" { name.to_owned() } else { format!("{path}-{name}") }, keys);
        }
    }

    #[test]
    fn no_command_or_argument_lacks_its_help() {
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
        command(&Messages::new(Lang::En)).debug_assert();
    }
}
