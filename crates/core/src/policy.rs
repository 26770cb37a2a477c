//! Witness policies (C2SP tlog-policy): which logs and witnesses are trusted, and how many must cosign.
//!
//! ```text
//! log <vkey> [url]
//! witness <name> <vkey> [url]
//! group <name> all|any|<k> <member>…
//! quorum <name>|none
//! ```

mod parse;

use heapless::Vec;

use crate::note::{Note, NoteError, Verified, VerifierKey};

pub use parse::{PolicyError, PolicyRule};

/// Most logs in a policy.
pub const MAX_LOGS: usize = 32;
/// Most witnesses in a policy.
pub const MAX_WITNESSES: usize = 64;
/// Most groups in a policy.
pub const MAX_GROUPS: usize = 64;

/// A policy, read by [`Policy::parse`]. It borrows names and URLs from its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy<'a> {
    logs: Vec<PolicyLog<'a>, MAX_LOGS>,
    witnesses: Vec<Witness<'a>, MAX_WITNESSES>,
    // Members come before the group that they are in.
    groups: Vec<Group<'a>, MAX_GROUPS>,
    quorum: Option<Member>,
}

/// A log of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyLog<'a> {
    /// The log's key, of kind `Ed25519`; its name is the log's origin.
    pub key: VerifierKey<'a>,
    /// Where the log is reached.
    pub url: Option<&'a str>,
}

/// A witness of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness<'a> {
    /// Its name within the policy, which need not be its key's name.
    pub name: &'a str,
    /// Its key, of kind `Cosignature`.
    pub key: VerifierKey<'a>,
    /// Where the witness is reached.
    pub url: Option<&'a str>,
    group: Option<usize>,
}

/// A group and its threshold: how many of its members must have witnessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Group<'a> {
    name: &'a str,
    threshold: usize,
    group: Option<usize>,
}

/// A witness or a group, by its place in the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// What a note's cosignatures amount to under a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// The policy says `quorum none`: nothing is demanded, and so nothing is witnessed.
    None,
    /// The cosignatures don't meet the quorum.
    Missing,
    /// The quorum is met.
    Met {
        /// The least time at which the cosignatures stamped no later meet the quorum, in POSIX seconds.
        timestamp: u64,
    },
}

/// When each witness of a policy cosigned a note, in the policy's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned(Vec<Option<u64>, MAX_WITNESSES>);

impl<'a> Policy<'a> {
    /// The logs, in the text's order.
    pub fn logs(&self) -> &[PolicyLog<'a>] {
        &self.logs
    }

    /// The witnesses, in the text's order.
    pub fn witnesses(&self) -> &[Witness<'a>] {
        &self.witnesses
    }

    /// Verifies the cosignatures of all witnesses of this policy; others are ignored.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] where one of them, known by name and id, fails.
    pub fn cosigned(&self, note: &Note<'_>) -> Result<Cosigned, NoteError> {
        let mut stamps = Vec::new();
        for witness in &self.witnesses {
            let stamp = match note.verify(&witness.key)? {
                Some(Verified::Cosigned { timestamp }) => Some(timestamp),
                Some(Verified::Signed) | None => None,
            };
            // Both lists have the same capacity.
            if stamps.push(stamp).is_err() {
                break;
            }
        }
        Ok(Cosigned(stamps))
    }

    /// Each witness with the time at which it cosigned, `None` where it did not.
    pub fn stamps<'s>(&'s self, cosigned: &'s Cosigned) -> impl Iterator<Item = (&'s Witness<'a>, Option<u64>)> {
        self.witnesses.iter().zip(cosigned.0.iter().copied())
    }

    /// Verifies a note's cosignatures and says when they met the quorum.
    ///
    /// The log's own signature is not looked at: open the note as a
    /// [`VerifiedCheckpoint`](crate::checkpoint::VerifiedCheckpoint) first.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] where a cosignature of a known witness fails.
    pub fn quorum_time(&self, note: &Note<'_>) -> Result<Quorum, NoteError> {
        self.cosigned(note).map(|cosigned| self.quorum(&cosigned))
    }

    /// Says when cosignatures that this policy has verified met its quorum.
    pub fn quorum(&self, cosigned: &Cosigned) -> Quorum {
        let Some(quorum) = self.quorum else { return Quorum::None };
        // A group has witnessed as soon as `threshold` members have: at the time of its member number `threshold`.
        let mut groups = Vec::<Option<u64>, MAX_GROUPS>::new();
        for (index, group) in self.groups.iter().enumerate() {
            let mut times = Vec::<u64, { MAX_WITNESSES + MAX_GROUPS }>::new();
            let witnesses = self.stamps(cosigned).map(|(witness, time)| (witness.group, time));
            let inner = self.groups.iter().map(|inner| inner.group).zip(groups.iter().copied());
            let members = witnesses.chain(inner).filter(|(parent, _)| *parent == Some(index));
            for time in members.filter_map(|(_, time)| time) {
                // Nothing is a member twice, so all fit.
                if times.push(time).is_err() {
                    break;
                }
            }
            times.sort_unstable();
            let time = group.threshold.checked_sub(1).and_then(|last| times.get(last)).copied();
            if groups.push(time).is_err() {
                break;
            }
        }
        let time = match quorum {
            Member::Witness(index) => cosigned.0.get(index),
            Member::Group(index) => groups.get(index),
        };
        time.copied().flatten().map_or(Quorum::Missing, |timestamp| Quorum::Met { timestamp })
    }
}
