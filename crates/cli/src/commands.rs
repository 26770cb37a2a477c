//! One module a group of verbs.

mod append;
mod authority;
mod check;
mod device;
mod explain;
mod kept;
mod keys;
mod letter;
mod log;
mod packaging;
mod prove;
mod question;
mod registry;
mod report;
mod resend;
mod show;
mod sign;
mod stale;
mod unit;
mod verify;

use crate::args::{Command, DeviceCommand, KeyCommand};
use crate::context::Context;
use crate::failure::{Exit, Failure};

/// A word of a command line as a POSIX shell takes it.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:,=+@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Does what was asked.
pub(crate) fn run(command: Command, context: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Keygen(args) => keys::generate(&args, context),
        Command::Key { command: KeyCommand::Show(args) } => keys::show(&args, context),
        Command::Key { command: KeyCommand::Adopt(args) } => keys::adopt(&args, context),
        Command::Genesis(args) => registry::genesis(&args, context),
        Command::Init(args) => registry::init(&args, context),
        Command::Enroll(args) => authority::enroll(&args, context),
        Command::Amend(args) => authority::amend(&args, context),
        Command::Rekey(args) => authority::rekey(&args, context),
        Command::Retire(args) => authority::retire(&args, context),
        Command::Publish(args) => authority::publish(&args, context),
        Command::Policy(args) => authority::policy(&args, context),
        Command::Round(args) => authority::round(&args, context),
        Command::Request(args) => unit::request(&args, context),
        Command::Pledge(args) => unit::pledge(&args, context),
        Command::Brief(args) => unit::brief(&args, context),
        Command::Monitor(args) => unit::monitor(&args, context),
        Command::Refer(args) => unit::refer(&args, context),
        Command::Correct(args) => unit::correct(&args, context),
        Command::Resend(args) => resend::resend(&args, context),
        Command::Append(args) => append::run(&args, context),
        Command::Verify(args) => verify::run(&args, context),
        Command::Report(args) => report::run(&args, context),
        Command::Letter(args) => letter::run(&args, context),
        Command::Prove(args) => prove::run(&args, context),
        Command::Check(args) => check::run(&args, context),
        Command::Show(args) => show::run(&args, context),
        Command::Explain(args) => explain::run(&args, context),
        Command::Device { command: DeviceCommand::Info(args) } => device::info(&args, context),
        Command::Device { command: DeviceCommand::Provision(args) } => device::provision(&args, context),
        Command::Device { command: DeviceCommand::Pledge(args) } => unit::pledge_on_device(&args, context),
        Command::Device { command: DeviceCommand::Append(args) } => device::append(&args, context),
        Command::Device { command: DeviceCommand::Export(args) } => device::export(&args, context),
        Command::Device { command: DeviceCommand::Check(args) } => device::check(&args, context),
        Command::Completions(args) => packaging::completions(&args, context),
        Command::Manual(args) => packaging::manual(&args, context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_more_than_one_argument() {
        assert_eq!(shell_word("examples/kota-semarang/log"), "examples/kota-semarang/log");
        assert_eq!(shell_word("wil:33.74"), "wil:33.74");
        assert_eq!(shell_word("log baru"), "'log baru'");
        assert_eq!(shell_word("$(rm -r x)"), "'$(rm -r x)'");
        assert_eq!(shell_word("o'clock"), r"'o'\''clock'");
        assert_eq!(shell_word(""), "''");
    }
}
