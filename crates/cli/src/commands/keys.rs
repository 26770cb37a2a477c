//! `ikrar keygen` and `ikrar key show`.

use std::path::Path;

use ikrar_log::keys::{self, Purpose};
use ikrar_log::signer;

use crate::args::Keygen;
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, unchecked, usage};

pub(crate) fn generate(args: &Keygen, context: &Context) -> Result<Exit, Failure> {
    let (name, purpose) = match (&args.name.unit, &args.name.log) {
        (Some(unit), _) => (unit, Purpose::Unit),
        (None, Some(origin)) => (origin, Purpose::Log),
        (None, None) => return Err(usage("error-key-name")),
    };
    let key = keys::generate(&args.out, name, purpose).map_err(|error| failure(&args.out, &error))?;
    let verifier = key.verifier_key().map_err(|error| usage("error-key").because(&error))?;
    context.say("keygen-done", &[("path", args.out.display().to_string().into())]);
    context.print(&format!("{verifier}\n"))?;
    Ok(Exit::Good)
}

pub(crate) fn show(path: &Path, context: &Context) -> Result<Exit, Failure> {
    let key = keys::load(path).map_err(|error| failure(path, &error))?;
    let verifier = key.verifier_key().map_err(|error| usage("error-key").because(&error))?;
    context.print(&format!("{verifier}\n"))?;
    if signer::head_path(path).exists()
        && let Ok(signer) = signer::Signer::open(path)
    {
        match signer.head() {
            None => context.say("key-unused", &[]),
            Some(head) => {
                let args = [("epoch", head.epoch.to_string().into()), ("seq", head.next_seq.to_string().into())];
                context.say("key-head", &args);
            }
        }
    }
    Ok(Exit::Good)
}

/// What a key file's error means: something is in the way, the file cannot be used, or it cannot be reached.
pub(crate) fn failure(path: &Path, error: &keys::KeyFileError) -> Failure {
    use keys::KeyFileError;
    let failure = match error {
        KeyFileError::Exists { .. } => refused("error-key"),
        KeyFileError::Missing { .. }
        | KeyFileError::Unreadable { .. }
        | KeyFileError::Unwritable { .. }
        | KeyFileError::Random { .. } => unchecked("error-key"),
        _ => usage("error-key"),
    };
    failure.with("path", path.display()).because(error)
}
