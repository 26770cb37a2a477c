//! What files prove together: that a unit signed two versions, or that the log's key vouched for two histories.

use ikrar_core::attestation::Attestation;
use ikrar_core::digest::Hash;
use ikrar_log::verify::b64;
use serde::Serialize;

use super::signed::{Keys, place};
use super::{Judged, Verdict};

/// A proof.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Evidence {
    /// Two bodies of one key at one place of its chain (spec §3.1).
    ForkProof { unit: String, epoch: String, seq: u64, ids: [String; 2], entry: Option<u64> },
    /// Two checkpoints of one size, signed by the log's key, with different roots.
    SplitView { origin: String, tree_size: u64, roots: [String; 2] },
}

impl Evidence {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::ForkProof { .. } => "fork-proof",
            Self::SplitView { .. } => "split-view",
        }
    }
}

pub(super) fn find(judged: &[Judged<'_>], keys: &Keys) -> Vec<Evidence> {
    let mut found = Vec::new();
    let signed: Vec<_> = judged.iter().flat_map(verified).collect();
    for (number, one) in signed.iter().enumerate() {
        let at = place(one);
        let fork = |id: String, entry| Evidence::ForkProof {
            unit: at.0.clone(),
            epoch: at.1.to_string(),
            seq: at.2,
            ids: [one.id().to_string(), id],
            entry,
        };
        let others = signed.iter().skip(number + 1).filter(|other| place(other) == at && other.id() != one.id());
        found.extend(others.map(|other| fork(other.id().to_string(), None)));
        let logged = keys.logged.get(&at).filter(|(id, _)| *id != one.id());
        found.extend(logged.map(|(id, index)| fork(id.to_string(), Some(*index))));
    }
    let heads: Vec<_> = judged.iter().filter_map(head).collect();
    for (number, (origin, size, root)) in heads.iter().enumerate() {
        let others = heads.iter().skip(number + 1).filter(|(_, other, at)| other == size && at != root);
        found.extend(others.map(|(_, _, other)| Evidence::SplitView {
            origin: origin.clone(),
            tree_size: *size,
            roots: [b64(root), b64(other)],
        }));
    }
    found.dedup();
    found
}

/// Attestations whose signature verified under a key that is known.
fn verified<'a>(judged: &'a Judged<'_>) -> Vec<&'a Attestation<'a>> {
    match judged {
        Judged::Receipt(Ok(checked)) => vec![&checked.attestation],
        Judged::Attestations(list) => {
            let good = list.iter().filter(|signed| matches!(signed.verdict, Verdict::Good));
            good.filter_map(|signed| signed.attestation).collect()
        }
        _ => Vec::new(),
    }
}

/// A checkpoint that the log's key signed.
fn head(judged: &Judged<'_>) -> Option<(String, u64, Hash)> {
    match judged {
        Judged::Receipt(Ok(checked)) => {
            let origin = checked.history.registry()?.origin.clone();
            Some((origin, checked.head.size, checked.head.root))
        }
        Judged::Checkpoint(Ok((checkpoint, _))) => {
            Some((checkpoint.origin().to_owned(), checkpoint.size(), *checkpoint.root()))
        }
        _ => None,
    }
}
