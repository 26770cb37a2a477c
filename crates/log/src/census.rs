//! Who is on the roster, where, and since when: the fold of structural events (spec §7.2, §8.2).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ikrar_core::digest::Id;
use ikrar_core::state::At;
use serde::{Deserialize, Serialize};

/// Handle of a unit in a [`crate::history::History`]: its place in the order of first enrolment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct UnitIx(u32);

impl UnitIx {
    pub(crate) fn new(place: usize) -> Option<Self> {
        u32::try_from(place).ok().map(Self)
    }

    /// Its place in a list of all units.
    pub fn place(self) -> usize {
        // A u32 fits where a list of units fits into memory.
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// Where in its unit's chain the signer of a change stood.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Signed {
    /// Who signed.
    pub by: UnitIx,
    /// Under which epoch.
    pub epoch: Id,
    /// At which place of it.
    pub seq: u64,
}

/// A change of the roster or of a unit's key, as it was applied.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Where and when it was logged.
    pub at: At,
    /// Whom it is about.
    pub unit: UnitIx,
    /// Who signed it.
    pub signed: Signed,
    /// What it changed.
    pub kind: ChangeKind,
}

/// Kinds of [`Change`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ChangeKind {
    /// The unit came, or came back.
    Enrolled {
        /// The unit above.
        parent: UnitIx,
        /// Its kind.
        kind: Box<str>,
        /// Its name.
        name: Box<str>,
        /// It came with a key.
        keyed: bool,
    },
    /// It got another name, another parent, or both.
    Amended {
        /// The new name.
        name: Option<Box<str>>,
        /// The new parent.
        parent: Option<UnitIx>,
    },
    /// Its key changed.
    Rekeyed {
        /// The epoch that ended.
        ended: Option<Id>,
        /// It has a key now.
        keyed: bool,
        /// From this number of the ended epoch on its statements are void.
        compromised_since: Option<u64>,
    },
    /// It ended.
    Retired {
        /// Who takes over.
        successors: Vec<UnitIx>,
    },
}

impl Change {
    /// A rekey that ended a keyed epoch and that another than the unit signed.
    pub fn is_forced(&self) -> bool {
        matches!(self.kind, ChangeKind::Rekeyed { ended: Some(_), .. }) && self.signed.by != self.unit
    }

    /// The name of what changed in machine output; of an amendment, whether it moved the unit or renamed it.
    pub fn name(&self) -> &'static str {
        match &self.kind {
            ChangeKind::Enrolled { .. } => "enrolled",
            ChangeKind::Amended { parent: Some(_), .. } => "moved",
            ChangeKind::Amended { .. } => "renamed",
            ChangeKind::Rekeyed { .. } => "rekeyed",
            ChangeKind::Retired { .. } => "retired",
        }
    }
}

/// A unit as it stands on the roster at some point.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Post {
    /// The unit above; none for `root` and `recovery`, and before the first enrolment.
    pub parent: Option<UnitIx>,
    /// Kind of unit.
    pub kind: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Enrolled and not retired since.
    pub alive: bool,
    /// It has a key in force.
    pub keyed: bool,
    /// Index of its latest enrolment.
    pub enrolled: Option<u64>,
    /// Who enrolled it last.
    pub enrolled_by: Option<Signed>,
}

/// The roster after some changes.
#[derive(Clone, Debug, Default)]
pub struct Census {
    posts: Vec<Post>,
    /// By unit: those directly below it, ended ones among them.
    below: Vec<BTreeSet<UnitIx>>,
}

impl Census {
    /// A roster with room for this many units, none of them enrolled.
    pub fn new(units: usize) -> Self {
        Self { posts: vec![Post::default(); units], below: vec![BTreeSet::new(); units] }
    }

    /// How a unit stands.
    pub fn post(&self, unit: UnitIx) -> &Post {
        static NOBODY: LazyLock<Post> = LazyLock::new(Post::default);
        self.posts.get(unit.place()).unwrap_or(&NOBODY)
    }

    pub(crate) fn post_mut(&mut self, unit: UnitIx) -> &mut Post {
        if self.posts.len() <= unit.place() {
            self.posts.resize_with(unit.place() + 1, Post::default);
        }
        &mut self.posts[unit.place()]
    }

    /// Takes a change.
    pub fn apply(&mut self, change: &Change) {
        if let ChangeKind::Enrolled { parent, .. } | ChangeKind::Amended { parent: Some(parent), .. } = &change.kind {
            self.put_below(change.unit, *parent);
        }
        let post = self.post_mut(change.unit);
        match &change.kind {
            ChangeKind::Enrolled { parent, kind, name, keyed } => {
                *post = Post {
                    parent: Some(*parent),
                    kind: kind.clone(),
                    name: name.clone(),
                    alive: true,
                    keyed: *keyed,
                    enrolled: Some(change.at.index),
                    enrolled_by: Some(change.signed),
                };
            }
            ChangeKind::Amended { name, parent } => {
                if let Some(name) = name {
                    post.name.clone_from(name);
                }
                if parent.is_some() {
                    post.parent = *parent;
                }
            }
            ChangeKind::Rekeyed { keyed, .. } => post.keyed = *keyed,
            ChangeKind::Retired { .. } => {
                post.alive = false;
                post.keyed = false;
            }
        }
    }

    fn put_below(&mut self, unit: UnitIx, parent: UnitIx) {
        let before = self.post(unit).parent;
        if before == Some(parent) {
            return;
        }
        if let Some(siblings) = before.and_then(|before| self.below.get_mut(before.place())) {
            siblings.remove(&unit);
        }
        if self.below.len() <= parent.place() {
            self.below.resize_with(parent.place() + 1, BTreeSet::new);
        }
        self.below[parent.place()].insert(unit);
    }

    /// The units directly below.
    fn below(&self, unit: UnitIx) -> impl Iterator<Item = UnitIx> + '_ {
        self.below.get(unit.place()).into_iter().flatten().copied()
    }

    /// The unit itself and everything below it, a level at a time.
    pub fn subtree(&self, top: UnitIx) -> Vec<UnitIx> {
        self.levels(top).flatten().collect()
    }

    /// How many levels stand below it.
    pub fn height(&self, top: UnitIx) -> u32 {
        u32::try_from(self.levels(top).count().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    fn levels(&self, top: UnitIx) -> impl Iterator<Item = Vec<UnitIx>> + '_ {
        let next = |level: &Vec<UnitIx>| {
            let below: Vec<_> = level.iter().flat_map(|unit| self.below(*unit)).collect();
            (!below.is_empty()).then_some(below)
        };
        std::iter::successors(Some(vec![top]), next).take(64)
    }

    /// The units above, nearest first.
    pub fn ancestors(&self, unit: UnitIx) -> impl Iterator<Item = UnitIx> + '_ {
        // No unit stands deeper than the limit, so the walk ends; a bound costs nothing.
        std::iter::successors(self.post(unit).parent, |unit| self.post(*unit).parent).take(64)
    }

    /// Is `top` the unit itself, or above it?
    pub fn is_within(&self, unit: UnitIx, top: UnitIx) -> bool {
        unit == top || self.ancestors(unit).any(|above| above == top)
    }
}
