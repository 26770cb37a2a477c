//! `ikrar completions` and `ikrar manual`: what shells and `man` read, made from the command line itself.

mod page;

use std::path::Path;

use clap::Command;

use crate::args::{self, Completions, Manual};
use crate::context::Context;
use crate::failure::{Exit, Failure, unchecked};

pub(crate) fn completions(args: &Completions, context: &Context) -> Result<Exit, Failure> {
    let mut command = args::command(&context.messages);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "ikrar", &mut script);
    match &args.out {
        Some(path) if path != Path::new("-") => super::sign::write(path, &script)?,
        _ => context.print(&String::from_utf8_lossy(&script))?,
    }
    Ok(Exit::Good)
}

/// Writes one page a command. Pages that are there already are refused, as every file is.
pub(crate) fn manual(args: &Manual, context: &Context) -> Result<Exit, Failure> {
    std::fs::create_dir_all(&args.out)
        .map_err(|error| unchecked("error-write").with("path", args.out.display()).because(&error))?;
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
