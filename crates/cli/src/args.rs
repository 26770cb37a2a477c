//! The command line. Its texts come from the catalogue: `about-*` for commands, `arg-*` for arguments, `example-*` for
//! the worked examples that end a command's help.

mod authority;
mod device;
mod files;
mod keys;
mod log;
mod packaging;
mod refusal;
mod texts;
mod unit;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::messages::Lang;

pub(crate) use authority::*;
pub(crate) use device::*;
pub(crate) use files::*;
pub(crate) use keys::*;
pub(crate) use log::*;
pub(crate) use packaging::*;
pub(crate) use refusal::told;
pub(crate) use texts::command;
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
    Letter(Letter),
    Prove(Prove),
    Check(Check),
    Show(Show),
    Explain(Explain),
    Device {
        #[command(subcommand)]
        command: DeviceCommand,
    },
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
