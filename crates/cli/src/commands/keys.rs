//! `ikrar keygen`, `ikrar key show`, `ikrar key adopt`; and opening a private key, for every verb that signs.

use std::path::Path;

use ikrar_core::note::KeyKind;
use ikrar_log::keys::{self, AgentError, KeyFileError, LostHead, PrivateKey, Purpose};
use ikrar_log::output::check_name;
use ikrar_log::signer::{self, Standing};
use serde::Serialize;

use super::sign::signer_failure;
use crate::args::{KeyAdopt, KeyName, KeyShow, Keygen, Unlock, VerdictFormat};
use crate::context::Context;
use crate::failure::{Exit, Failure, refused, unchecked, usage};
use crate::passphrase;

const SCHEMA: &str = "ikrar.key/1";

pub(crate) fn generate(args: &Keygen, context: &Context) -> Result<Exit, Failure> {
    let (name, purpose) = named(&args.name)?;
    check_name(&args.out).map_err(|fault| super::sign::unfit_name(&args.out, fault))?;
    if let Some(folder) = args.out.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        return Err(unchecked("error-no-folder").with("path", folder.display()));
    }
    let failed = |error: KeyFileError| failure(&args.out, &error);
    // Before anybody is asked for a passphrase.
    keys::check_new(&args.out, name, purpose).map_err(failed)?;
    let key = if args.encrypt {
        let passphrase = passphrase::fresh(&args.out, &args.unlock, context)?;
        keys::generate_encrypted(&args.out, name, purpose, &passphrase).map_err(failed)?
    } else if args.unlock.passphrase_fd.is_some() {
        return Err(usage("error-passphrase-unused"));
    } else {
        keys::generate(&args.out, name, purpose).map_err(failed)?
    };
    let verifier = verifier(&key, &args.out)?;
    let next = match (purpose, name) {
        (Purpose::Unit, "root" | "recovery") => "keygen-next-root",
        (Purpose::Unit, _) => "keygen-next-unit",
        (Purpose::Log | Purpose::Witness, _) => "keygen-next-log",
    };
    let path = [("path", args.out.display().to_string().into())];
    context.say("keygen-done", &path);
    context.print(&format!("{verifier}\n"))?;
    context.say(next, &path);
    Ok(Exit::Good)
}

fn named(name: &KeyName) -> Result<(&str, Purpose), Failure> {
    match (&name.unit, &name.log) {
        (Some(unit), _) => Ok((unit, Purpose::Unit)),
        (None, Some(origin)) => Ok((origin, Purpose::Log)),
        (None, None) => Err(usage("error-key-name")),
    }
}

fn verifier(key: &PrivateKey, path: &Path) -> Result<String, Failure> {
    let verifier = key.verifier_key().map(|verifier| verifier.to_string());
    verifier.map_err(|error| usage("error-key").with("path", path.display()).because(&error))
}

pub(crate) fn adopt(args: &KeyAdopt, context: &Context) -> Result<Exit, Failure> {
    let (name, purpose) = named(&args.name)?;
    let lost_head = if args.head_lost { LostHead::Replaced } else { LostHead::Refused };
    let open = |passphrase: Option<&[u8]>| keys::adopt_with(&args.file, name, purpose, lost_head, passphrase);
    let adopted = opened(&args.file, &args.unlock, context, open)?;
    let verifier = verifier(&adopted.key, &args.file)?;
    for path in &adopted.written {
        context.say("key-adopt-wrote", &[("path", path.display().to_string().into())]);
    }
    // Nothing here can tell what a key signed elsewhere, or under another name.
    if adopted.written.iter().any(|path| path.to_string_lossy().ends_with(signer::HEAD_ENDING)) {
        context.say("key-adopt-unused", &[]);
    }
    context.print(&format!("{verifier}\n"))?;
    Ok(Exit::Good)
}

/// The answer for machines (spec §12.5).
#[derive(Serialize)]
struct Answer<'a> {
    schema: &'static str,
    name: &'a str,
    purpose: &'static str,
    key: &'a str,
    head: Option<HeadOut>,
}

#[derive(Serialize)]
struct HeadOut {
    epoch: Option<String>,
    next_seq: u64,
    pending: usize,
    stale: usize,
}

pub(crate) fn show(args: &KeyShow, context: &Context) -> Result<Exit, Failure> {
    let key = load(&args.file, &args.unlock, context)?;
    let verifier = verifier(&key, &args.file)?;
    let standing = Standing::read(&args.file, &verifier).map_err(|error| signer_failure(&error))?;
    match args.format {
        VerdictFormat::Text => {
            context.print(&format!("{verifier}\n"))?;
            tell(standing, context);
        }
        VerdictFormat::Json => {
            let purpose = match (standing, key.kind) {
                (Some(_), _) => "unit",
                (None, KeyKind::Cosignature) => "witness",
                (None, KeyKind::Ed25519) => "log",
            };
            let head = standing.map(|standing| HeadOut {
                epoch: standing.head.map(|head| head.epoch.to_string()),
                next_seq: standing.head.map_or(0, |head| head.next_seq),
                pending: standing.pending,
                stale: standing.stale,
            });
            let answer = Answer { schema: SCHEMA, name: &key.name, purpose, key: &verifier, head };
            // Strings and numbers: nothing here can fail to be JSON.
            context.print(&(serde_json::to_string(&answer).unwrap_or_default() + "\n"))?;
        }
    }
    Ok(Exit::Good)
}

fn tell(standing: Option<Standing>, context: &Context) {
    let Some(standing) = standing else { return context.say("key-no-head", &[]) };
    match standing.head {
        None => context.say("key-unused", &[]),
        Some(head) => {
            let args = [("epoch", head.epoch.to_string().into()), ("seq", head.next_seq.to_string().into())];
            context.say("key-head", &args);
        }
    }
    if standing.pending > 0 {
        context.say("key-pending", &[("count", standing.pending.into())]);
    }
    if standing.stale > 0 {
        context.say("key-stale", &[("count", standing.stale.into())]);
    }
}

/// A private key, its passphrase asked for where it has one.
pub(crate) fn load(path: &Path, unlock: &Unlock, context: &Context) -> Result<PrivateKey, Failure> {
    opened(path, unlock, context, |passphrase| keys::load_with(path, passphrase))
}

fn opened<T>(
    path: &Path,
    unlock: &Unlock,
    context: &Context,
    open: impl Fn(Option<&[u8]>) -> Result<T, KeyFileError>,
) -> Result<T, Failure> {
    let result = match open(None) {
        Err(KeyFileError::Encrypted { .. }) => open(Some(&passphrase::of(path, unlock, context)?)),
        result => result,
    };
    result.map_err(|error| failure(path, &error))
}

/// A key of a `test-only` folder signs for a synthetic registry, and for no other.
pub(crate) fn permit(is_test_only: bool, synthetic: bool) -> Result<(), Failure> {
    if is_test_only && !synthetic { Err(refused("error-test-only")) } else { Ok(()) }
}

/// What a key file's error means: something is in the way, the file cannot be used, or it cannot be reached.
pub(crate) fn failure(path: &Path, error: &keys::KeyFileError) -> Failure {
    use keys::KeyFileError;
    let failure = match error {
        KeyFileError::Exists { .. }
        | KeyFileError::Adopted { .. }
        | KeyFileError::HeadLost { .. }
        | KeyFileError::Head { .. } => refused("error-key"),
        KeyFileError::Missing { .. }
        | KeyFileError::Unreadable { .. }
        | KeyFileError::Unwritable { .. }
        | KeyFileError::Random { .. }
        | KeyFileError::Agent {
            source: AgentError::Unreachable { .. } | AgentError::Silent { .. } | AgentError::Broken(_),
            ..
        } => unchecked("error-key"),
        _ => usage("error-key"),
    };
    failure.with("path", path.display()).because(error)
}
