//! The command line. Its texts come from the catalogue: `about-*` for commands, `arg-*` for arguments, `example-*` for
//! the worked examples that end a command's help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Command as ClapCommand, CommandFactory as _, Parser, Subcommand, ValueEnum};

use crate::messages::{Lang, Messages};

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
    Rekey(Rekey),
    Retire(Retire),
    Publish(Publish),
    Round(Round),
    Request(Request),
    Pledge(Pledge),
    Correct(Correct),
    Append(Append),
    Verify(Verify),
    Report(Report),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    Show { file: PathBuf },
}

#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false, id = "name")]
pub(crate) struct KeyName {
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: Option<String>,
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) log: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Keygen {
    #[command(flatten)]
    pub(crate) name: KeyName,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// What every verb that signs takes.
#[derive(Debug, ClapArgs)]
pub(crate) struct Signing {
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
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
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Trust {
    #[arg(long, value_name = "DIR")]
    pub(crate) keys: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Genesis {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) log_key: String,
    #[arg(long, value_name = "KEY")]
    pub(crate) recovery_key: Option<String>,
    #[arg(long)]
    pub(crate) synthetic: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Init {
    pub(crate) log: PathBuf,
    pub(crate) genesis: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Enroll {
    pub(crate) units: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Rekey {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "UNIT", required_unless_present = "log", conflicts_with = "log")]
    pub(crate) unit: Option<String>,
    #[arg(long)]
    pub(crate) log: bool,
    #[arg(long, value_name = "KEY", required_unless_present = "revoke")]
    pub(crate) new_key: Option<String>,
    #[arg(long, conflicts_with_all = ["new_key", "log"])]
    pub(crate) revoke: bool,
    #[arg(long, value_name = "SEQ", conflicts_with = "log")]
    pub(crate) compromised_since: Option<u64>,
    #[arg(long, value_name = "FILE", conflicts_with = "log")]
    pub(crate) document: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Retire {
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "UNIT")]
    pub(crate) successor: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Publish {
    pub(crate) text: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Round {
    pub(crate) round: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) source: Source,
    #[arg(long, value_name = "TEXT.toml")]
    pub(crate) text: Vec<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Request {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "UNIT")]
    pub(crate) unit: String,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Ikrar,
    Pakta,
    Deklarasi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    Head,
    Plt,
    Plh,
    Pj,
}

/// What a pledge says.
#[derive(Debug, ClapArgs)]
pub(crate) struct PledgeContent {
    #[arg(long, value_name = "SIGNED/REQUIRED")]
    pub(crate) pns: Option<String>,
    #[arg(long, value_name = "SIGNED/REQUIRED")]
    pub(crate) pppk: Option<String>,
    #[arg(long, value_name = "SIGNED/REQUIRED")]
    pub(crate) ppnpn: Option<String>,
    #[arg(long, value_name = "SIGNED/REQUIRED", conflicts_with_all = ["pns", "pppk", "ppnpn"])]
    pub(crate) combined: Option<String>,
    #[arg(long, value_name = "N,N…", value_delimiter = ',')]
    pub(crate) accept: Vec<u8>,
    #[arg(long, value_enum, default_value = "ikrar")]
    pub(crate) form: Form,
    #[arg(long, value_enum, default_value = "head")]
    pub(crate) role: Role,
    #[arg(long, value_name = "FILE")]
    pub(crate) document: Option<PathBuf>,
    #[arg(long, value_name = "HASH")]
    pub(crate) text: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Pledge {
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[command(flatten)]
    pub(crate) content: PledgeContent,
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reason {
    Progress,
    Error,
    NewInformation,
    Withdrawn,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Correct {
    pub(crate) request: PathBuf,
    #[command(flatten)]
    pub(crate) signing: Signing,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    #[arg(long, value_enum)]
    pub(crate) reason: Reason,
    #[arg(long)]
    pub(crate) withdraw: bool,
    #[command(flatten)]
    pub(crate) content: PledgeContent,
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Append {
    pub(crate) log: PathBuf,
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "FILE")]
    pub(crate) key: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) next_key: Option<PathBuf>,
    #[arg(long)]
    pub(crate) all_or_nothing: bool,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum VerdictFormat {
    Text,
    Json,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Verify {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "CHECKPOINT")]
    pub(crate) since: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: VerdictFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
    Csv,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Report {
    pub(crate) log: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
    #[arg(long, value_name = "ROUND")]
    pub(crate) round: String,
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ReportFormat,
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
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
