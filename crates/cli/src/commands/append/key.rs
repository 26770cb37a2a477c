//! Which key signs the checkpoint: the pinned one, or the one that the authority has given the log since.

use std::path::Path;

use ikrar_core::state::LogState;
use ikrar_log::history::History;
use ikrar_log::keys::PrivateKey;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{open_checkpoint, rotation};

use super::super::log::{self, Pinned};
use super::super::registry::log_key;
use crate::args::Append;
use crate::context::Context;
use crate::failure::{Failure, unchecked, usage};

/// The key in force, before anything is judged. None where the next one is given: who takes over a log does not have the
/// one before. An append that changed the log's key and was cut off before the trust root was renewed is finished here.
pub(super) fn in_force(args: &Append, trust: &mut Pinned, context: &Context) -> Result<Option<PrivateKey>, Failure> {
    if args.next_key.is_none() {
        return pinned(args, trust, context).map(Some);
    }
    let store = log::open(&args.log)?;
    let bytes = store.checkpoint().map_err(|error| log::store_failure(&args.log, &error))?;
    if open_checkpoint(&bytes, &trust.root).is_ok() {
        return Ok(None);
    }
    let Some(rotation) = rotation(&store, &bytes, &trust.root) else { return Ok(None) };
    let renewed = rotation.renewed(&trust.root);
    // Who holds its private half may pin it.
    let key = next(args, &renewed, context)?;
    renew(&renewed, &trust.folder, context)?;
    trust.root = renewed;
    Ok(Some(key))
}

/// The private half of the pinned key.
pub(super) fn pinned(args: &Append, trust: &Pinned, context: &Context) -> Result<PrivateKey, Failure> {
    log_key(args.key.as_deref(), &trust.folder, &trust.root, &args.unlock, context)
}

/// The private half of the log's next key: the checkpoint of this very batch is its first.
pub(super) fn next(args: &Append, renewed: &TrustRoot, context: &Context) -> Result<PrivateKey, Failure> {
    let path = args.next_key.as_deref().ok_or_else(|| usage("error-next-key"))?;
    log_key(Some(path), path, renewed, &args.unlock, context)
}

/// The trust root to pin from here on, where the batch changed the log's key.
pub(super) fn renewed(trust: &TrustRoot, state: &LogState<History>) -> Option<TrustRoot> {
    let history = state.store();
    let log_key = history.key_for_size(state.chain().size()).filter(|key| *key != trust.log_key)?;
    Some(TrustRoot { log_key, log_since: history.log_key_since(), ..trust.clone() })
}

/// Pins it, and says so.
pub(super) fn renew(renewed: &TrustRoot, folder: &Path, context: &Context) -> Result<(), Failure> {
    renewed.renew(folder).map_err(|error| unchecked("error-trust-renewal").because(&error))?;
    context.say("append-renewed", &[("fingerprint", renewed.fingerprint_text().into())]);
    Ok(())
}
