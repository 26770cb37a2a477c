//! A checkpoint that the pinned key did not sign: did the authority give the log another key (spec §10.3)?

use ikrar_core::checkpoint::{Checkpoint, VerifiedCheckpoint};
use ikrar_core::digest::{Hash, PublicKey};
use ikrar_core::note::{KeyKind, Note, VerifierKey};
use ikrar_core::state::{LogState, Outcome};

use crate::history::History;
use crate::medium::Medium;
use crate::store::{Head, Store};
use crate::trust::TrustRoot;

/// A `RekeyLog` that the trust root does not know yet. It only explains: what to pin is for the authority to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rotation {
    /// Index of its entry.
    pub entry: u64,
    /// The log's key from there on.
    pub log_key: PublicKey,
}

impl Rotation {
    /// The trust root that pins the new key.
    pub fn renewed(&self, trust: &TrustRoot) -> TrustRoot {
        TrustRoot { log_key: self.log_key, log_since: self.entry.saturating_add(1), ..trust.clone() }
    }
}

/// Reads the entries up to the size that the checkpoint claims. They bind themselves to the registry by its pinned id,
/// and to the checkpoint by its root; its signature must be by the key that the last `RekeyLog` among them names.
pub fn rotation<M: Medium>(store: &Store<M>, checkpoint: &[u8], trust: &TrustRoot) -> Option<Rotation> {
    let note = Note::parse(checkpoint).ok()?;
    let claimed = Checkpoint::parse(note.text()).ok().filter(|claimed| claimed.origin == trust.origin)?;
    let head = Head { size: claimed.size, root: claimed.root };
    let history = history(store, head, trust)?;
    let log_key = history.key_for_size(head.size).filter(|key| *key != trust.log_key)?;
    let key = VerifierKey::new(&trust.origin, KeyKind::Ed25519, log_key).ok()?;
    VerifiedCheckpoint::open(checkpoint, &key).ok()?;
    Some(Rotation { entry: history.log_key_since().checked_sub(1)?, log_key })
}

fn history<M: Medium>(store: &Store<M>, head: Head, trust: &TrustRoot) -> Option<History> {
    let mut state = LogState::new(trust.registry, History::new());
    for bundle in store.bundles(head.size) {
        for (_, entry) in bundle.ok()?.entries() {
            if matches!(state.apply(entry).outcome, Outcome::Rejected(_) | Outcome::NotCheckable) {
                return None;
            }
        }
    }
    let root: Hash = state.chain().root();
    (root == head.root).then(|| state.into_store())
}
