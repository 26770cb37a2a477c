//! What facts proven from the log do to a head.

use ikrar_core::digest::{Id, attestation_id};

use super::SignerError;
use super::head::{Head, State, place};

/// What a request proves, from the trust root, of the unit whose key this is. The caller has verified all of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Proven {
    /// The epoch in force: id of the attestation that installed this key.
    pub epoch: Id,
    /// Index of that attestation in the log.
    pub installed_at: u64,
    /// Number and id of the unit's last logged attestation in that epoch, if it has one.
    pub logged: Option<(u64, Id)>,
}

/// What [`Signer::sync`](super::Signer::sync) changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Synced {
    /// The head went to another epoch.
    pub moved: bool,
    /// So many bodies are now proven logged, and no longer kept.
    pub logged: usize,
    /// So many bodies are queued under dead epochs: see [`Signer::stale`](super::Signer::stale).
    pub stale: usize,
}

/// Queued under an epoch that is neither in force nor still to begin: the genesis starts the first.
pub(super) fn is_stale(state: &State, body: &[u8]) -> bool {
    let Some(head) = state.head else { return false };
    place(body).is_some_and(|(epoch, _)| epoch != head.epoch) && attestation_id(body) != head.epoch
}

/// What is logged must be what this head signed.
pub(super) fn not_beyond(state: &State, head: Head, logged: Option<(u64, Id)>) -> Result<(), SignerError> {
    let Some((seq, id)) = logged else { return Ok(()) };
    let ours = state.pending.iter().find(|body| place(body) == Some((head.epoch, seq)));
    let same = match ours {
        Some(body) => attestation_id(body) == id,
        None => seq.checked_add(1) != Some(head.next_seq) || head.prev == id,
    };
    if seq >= head.next_seq || !same {
        return Err(SignerError::RestoredBackup { logged: seq, next: head.next_seq });
    }
    Ok(())
}

/// The state after a proof. The head never goes back: neither to an epoch installed earlier nor to one that it has left,
/// wherever in a log its installing attestation is shown once more.
pub(super) fn synced(before: &State, proven: Proven) -> Result<(State, Synced), SignerError> {
    let kept = before.head.filter(|head| head.epoch == proven.epoch);
    match before.head {
        Some(head)
            if kept.is_none() && (head.installed_at >= proven.installed_at || before.left.contains(&proven.epoch)) =>
        {
            return Err(SignerError::OlderEpoch { proven: proven.installed_at, known: head.installed_at });
        }
        _ => {}
    }
    let head = kept.unwrap_or_else(|| Head::fresh(proven.epoch, proven.installed_at));
    not_beyond(before, head, proven.logged)?;
    // What installed the epoch is logged too, where this key signed it, and all of that chain before it.
    let installer = before.pending.iter().find(|body| attestation_id(body) == proven.epoch);
    let installer = installer.and_then(|body| place(body));
    let logged = proven.logged.map(|(seq, _)| (proven.epoch, seq));
    let is_logged = |body: &[u8]| {
        let upto = |(in_epoch, last)| place(body).is_some_and(|(epoch, seq)| epoch == in_epoch && seq <= last);
        installer.is_some_and(upto) || logged.is_some_and(upto)
    };
    let mut state = before.clone();
    state.head = Some(head);
    state.left.extend(before.head.filter(|_| kept.is_none()).map(|head| head.epoch));
    state.pending.retain(|body| !is_logged(body));
    let synced = Synced {
        moved: kept.is_none(),
        logged: before.pending.len().saturating_sub(state.pending.len()),
        stale: state.pending.iter().filter(|body| is_stale(&state, body)).count(),
    };
    Ok((state, synced))
}
