//! What `append` starts from: what the operator's program knew of the log the last time, and the entries since then.

use std::path::Path;

use ikrar_log::audit::{Verified, Whose};
use ikrar_log::medium::Folder;
use ikrar_log::store::Store;
use ikrar_log::trust::TrustRoot;
use ikrar_log::verify::{Plan, Verification};

use super::super::kept::Kept;
use super::super::log;
use crate::context::Context;
use crate::failure::Failure;

/// Entries that are rather read again than kept.
const FEW: u64 = 256;

/// Verifies the log, from what was kept where that serves; any error finding ends it.
pub(super) fn sound(
    path: &Path,
    store: &Store<Folder>,
    trust: &TrustRoot,
    context: &Context,
) -> Result<Verification, Failure> {
    let from = known(trust, context).unwrap_or_else(|failure| {
        context.say("append-replays", &[("cause", context.messages.tell(&failure.message).into())]);
        None
    });
    let resumes = from.is_some();
    let plan = Plan { from: from.map(Box::new), ..Plan::default() };
    let mut verification = log::verified_by(path, store, trust, plan, context)?;
    // The record of what was published guards against an older copy, and only that does.
    if let Some(damage) = verification.history().failure().filter(|_| resumes) {
        context.say("append-replays", &[("cause", context.messages.tell(damage).into())]);
    }
    if resumes && (verification.contradicted.is_some() || verification.history().failure().is_some()) {
        verification = log::verified_by(path, store, trust, Plan::default(), context)?;
    }
    if !verification.is_ok() {
        return Err(log::unsound(path, &verification, context));
    }
    let before = verification.resumed.as_ref().map_or(0, |resumed| resumed.head.size);
    if verification.entries.saturating_sub(before) >= FEW {
        let kept = Kept::open(Whose::Operator, trust).and_then(|kept| kept.keep(trust, &mut verification));
        if let Err(failure) = kept {
            context.say("append-not-kept", &[("cause", context.messages.tell(&failure.message).into())]);
        }
    }
    Ok(verification)
}

fn known(trust: &TrustRoot, context: &Context) -> Result<Option<Verified>, Failure> {
    if !Kept::is_there(Whose::Operator, trust)? {
        return Ok(None);
    }
    Kept::open(Whose::Operator, trust)?.load(trust, context)
}
