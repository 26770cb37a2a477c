//! `ikrar completions` and `ikrar manual`: what shells and `man` read, made from the command line itself.

mod page;

use std::path::Path;

use clap::{Arg, Command, ValueHint};

use crate::args::{self, Completions, Manual};
use crate::context::Context;
use crate::failure::{Exit, Failure, unchecked};

pub(crate) fn completions(args: &Completions, context: &Context) -> Result<Exit, Failure> {
    let mut command = hinted(args::command(&context.messages));
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "ikrar", &mut script);
    match &args.out {
        Some(path) if path != Path::new("-") => super::sign::write(path, &script)?,
        _ => context.print(&String::from_utf8_lossy(&script))?,
    }
    Ok(Exit::Good)
}

/// Tells shells what a value is: a folder, a file, or nothing that they could know.
fn hinted(command: Command) -> Command {
    let command = command.mut_args(|arg| {
        let hint = hint(&arg);
        arg.value_hint(hint)
    });
    command.mut_subcommands(hinted)
}

fn hint(arg: &Arg) -> ValueHint {
    let id = arg.get_id().as_str().to_uppercase();
    let shown = arg.get_value_names().and_then(|names| names.first()).map_or(id.as_str(), |name| name.as_str());
    match (arg.get_value_hint(), shown) {
        (ValueHint::AnyPath, "DIR" | "LOG") => ValueHint::DirPath,
        // A key is given as itself, or as the file that holds it.
        (ValueHint::AnyPath, _) | (ValueHint::Unknown, "KEY") => ValueHint::FilePath,
        (ValueHint::Unknown, _) if arg.get_possible_values().is_empty() => ValueHint::Other,
        (known, _) => known,
    }
}

/// Writes one page a command. Pages that are there already are refused, as every file is.
pub(crate) fn manual(args: &Manual, context: &Context) -> Result<Exit, Failure> {
    std::fs::create_dir_all(&args.out)
        .map_err(|error| unchecked("error-write").with("path", args.out.display()).with("cause", error))?;
    let mut command = args::command(&context.messages);
    command.build();
    pages(&command, &args.out, context)?;
    Ok(Exit::Good)
}

fn pages(command: &Command, folder: &Path, context: &Context) -> Result<(), Failure> {
    let path = folder.join(format!("{}.{}", page::name(command), page::SECTION));
    super::sign::write(&path, page::render(command, context).as_bytes())?;
    command.get_subcommands().try_for_each(|sub| pages(sub, folder, context))
}
