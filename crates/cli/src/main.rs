//! The `ikrar` program: sign, append, verify, and name the units that are missing.

mod args;
mod commands;
mod context;
mod failure;
mod input;
mod line;
mod message;
mod messages;
mod passphrase;
mod words;

use std::io::Write as _;
use std::process::ExitCode;

use clap::FromArgMatches as _;
use clap::error::ErrorKind;

use crate::args::{Args, asked_language};
use crate::context::Context;
use crate::failure::Exit;
use crate::messages::{Lang, Messages};

fn main() -> ExitCode {
    // Shells of Windows leave wildcards to the program; elsewhere these are the arguments as they are.
    let given: Vec<_> = wild::args_os().collect();
    let messages = Messages::new(Lang::choose(asked_language(given.iter().cloned())));
    let parsed =
        args::command(&messages).try_get_matches_from(given).and_then(|matches| Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        // Help and version are answers, not errors. Nobody is left to hear of a closed pipe.
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return Exit::Good.into();
        }
        Err(error) => {
            let _ = match error.kind() {
                ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.print(),
                _ => write!(std::io::stderr(), "{}", args::told(&error, &messages)),
            };
            return Exit::Usage.into();
        }
    };
    let context = Context::new(messages);
    match commands::run(args.command, &context) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            context.complain(&failure);
            failure.exit.into()
        }
    }
}
