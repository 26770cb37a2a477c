//! What a device was provisioned with, and where its units stand (spec §13.6): a table of fixed capacity.

mod row;

use heapless::{String, Vec};
use ikrar_core::codec;
use ikrar_core::digest::{DocumentHash, Hash, Id, PublicKey, RosterHasher, TextHash};
use ikrar_core::field::{Code, Origin, Time, UnitId};
use ikrar_core::state::Epoch;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub(crate) use row::{Kept, UnitRow};

/// Longest id of a unit or round that a device keeps, in bytes.
pub const ID_MAX: usize = 32;
/// Longest origin of a log that a device keeps, in bytes.
pub const ORIGIN_MAX: usize = 96;
/// Kinds of unit that a device keeps.
pub const KINDS_MAX: usize = 16;
/// Texts that a device keeps.
pub const TEXTS_MAX: usize = 8;
/// Rounds that a device keeps.
pub const ROUNDS_MAX: usize = 4;
/// Epochs of its own unit that a device can leave.
pub const LEFT_MAX: usize = 4;
/// Longest encoding of an item.
pub const ITEM_MAX: usize = 224;

/// A roster that a device can't be provisioned with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RosterError {
    /// Not the canonical encoding of an item.
    #[error("an item of the roster does not decode")]
    Malformed,
    /// More units, kinds, texts or rounds, or longer ids, than this device keeps.
    #[error("the roster is larger than this device keeps")]
    TooLarge,
    /// An item names a unit, kind or text that no item before it has given, or one is given twice.
    #[error("an item of the roster names what is not there, or is there twice")]
    Reference,
    /// Of another registry, or its checkpoint is not a later one of the same log.
    #[error("the roster's checkpoint is not proven to be a later one of the same log")]
    Older,
    /// It leads the device's own unit back into an epoch that it has left, or that has no number left: numbers would be
    /// used again.
    #[error("the roster leads the device's unit back into an epoch that it has left, or whose numbers are used up")]
    Left,
    /// It gives an epoch that the device knows another key.
    #[error("the roster gives a unit's epoch another key than the device knows")]
    OtherKey,
    /// A unit that the device knows with a key is not in it: its numbers would be forgotten.
    #[error("the roster leaves out a unit whose numbers the device keeps")]
    Missing,
    /// The first items are not the start and the log, or another one is.
    #[error("a roster begins with its start and its log, and has only one of each")]
    Start,
}

/// One item of a roster. They come in this order; numbers count the items of a kind from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item<'a> {
    /// 0: where it was taken from.
    Start(Start),
    /// 1: the log, once.
    #[serde(borrow)]
    Log(LogItem<'a>),
    /// 2: a kind of unit.
    #[serde(borrow)]
    Kind(Code<'a>),
    /// 3: a published text, and how many commitments it has.
    Text(TextHash, u8),
    /// 4: a unit. The units above it come before it.
    #[serde(borrow)]
    Unit(UnitItem<'a>),
    /// 5: a round.
    #[serde(borrow)]
    Round(RoundItem<'a>),
    /// 6: an epoch that the device's own unit has left. Only the device writes it, into its table.
    Left(Id),
}

impl Item<'_> {
    /// Without what changes as the units go on.
    fn at_rest(self) -> Self {
        match self {
            Self::Start(start) => Self::Start(Start { entries: 0, opened: None, before: None, ..start }),
            Self::Unit(unit) => {
                let epoch = unit.epoch.map(|(id, key, ..)| (id, key, 0, id));
                Self::Unit(UnitItem { epoch, pledges: 0, ..unit })
            }
            item => item,
        }
    }
}

/// Where a roster was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Start {
    /// Id of the registry.
    pub registry: Id,
    /// Size of the log's checkpoint.
    pub tree_size: u64,
    /// Its root hash.
    pub root: Hash,
    /// Number of the journal's entries that the heads go with; 0 as a host gives it.
    pub entries: u64,
    /// Unit and key of the journal, once its `OpenJournal` for this roster is recorded; none as a host gives it.
    pub opened: Option<(u16, PublicKey)>,
    /// Size and root of the checkpoint of the `OpenJournal` before; none as a host gives it.
    pub before: Option<(u64, Hash)>,
}

impl Start {
    const NONE: Self =
        Self { registry: Id([0; 32]), tree_size: 0, root: Hash([0; 32]), entries: 0, opened: None, before: None };
}

/// The log that the device is for, as its provisioner's trust root has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogItem<'a> {
    /// Its origin.
    #[serde(borrow)]
    pub origin: Origin<'a>,
    /// Its key.
    pub key: PublicKey,
    /// The size from which on that key signs.
    pub since: u64,
}

/// A unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitItem<'a> {
    /// Its id.
    #[serde(borrow)]
    pub id: UnitId<'a>,
    /// The unit above; none for `root` and `recovery`.
    pub parent: Option<u16>,
    /// Its kind; none for `root` and `recovery`.
    pub kind: Option<u8>,
    /// Enrolled, and not retired since.
    pub alive: bool,
    /// Id of the epoch in force, its key, next number and head.
    pub epoch: Option<(Id, PublicKey, u64, Id)>,
    /// What is known of its pledge in each round, two bits a round, the first lowest: 0 not known, 1 none, 2 in force,
    /// 3 withdrawn.
    pub pledges: u8,
}

/// A round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundItem<'a> {
    /// The unit that opened it.
    pub opener: u16,
    /// Its id.
    #[serde(borrow)]
    pub id: Code<'a>,
    /// The top of what owes.
    pub subtree: u16,
    /// When it opens.
    pub opens: Time,
    /// The kinds that owe, bit n for kind n; none for all.
    pub kinds: u16,
    /// The texts that it accepts, bit n for text n.
    pub texts: u8,
}

/// The log as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct LogRow {
    pub(crate) origin: String<ORIGIN_MAX>,
    pub(crate) key: PublicKey,
    pub(crate) since: u64,
}

/// A round as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct RoundRow {
    pub(crate) opener: u16,
    pub(crate) id: Kept,
    pub(crate) subtree: u16,
    pub(crate) opens: Time,
    pub(crate) kinds: u16,
    pub(crate) texts: u8,
}

/// A roster of at most `N` units: the memory of a device's state machine.
#[derive(Clone, Debug, Default)]
pub struct Roster<const N: usize> {
    start: Start,
    /// The start was given. Apart, so that an empty roster is all zeros, and costs a device no flash.
    started: bool,
    pub(crate) log: Option<LogRow>,
    pub(crate) kinds: Vec<Kept, KINDS_MAX>,
    pub(crate) texts: Vec<(TextHash, u8), TEXTS_MAX>,
    pub(crate) units: Vec<UnitRow, N>,
    pub(crate) rounds: Vec<RoundRow, ROUNDS_MAX>,
    /// The key that the device signs with.
    own: Option<PublicKey>,
    /// Epochs that the unit of this key has left: never entered again.
    left: Vec<Id, LEFT_MAX>,
}

fn kept(text: &str) -> Result<Kept, RosterError> {
    Kept::try_from(text).map_err(|_| RosterError::TooLarge)
}

/// Does a list of this length have item `number`?
fn has(length: usize, number: impl Into<u16>) -> Result<(), RosterError> {
    if usize::from(number.into()) < length { Ok(()) } else { Err(RosterError::Reference) }
}

/// No bits beyond the first `length`.
fn only(bits: impl Into<u32>, length: usize) -> Result<(), RosterError> {
    let beyond = u32::try_from(length).ok().and_then(|length| bits.into().checked_shr(length)).unwrap_or(0);
    if beyond == 0 { Ok(()) } else { Err(RosterError::Reference) }
}

impl<const N: usize> Roster<N> {
    /// Empty.
    pub const fn new() -> Self {
        Self {
            start: Start::NONE,
            started: false,
            log: None,
            kinds: Vec::new(),
            texts: Vec::new(),
            units: Vec::new(),
            rounds: Vec::new(),
            own: None,
            left: Vec::new(),
        }
    }

    /// Forgets everything, where it lies, but for what no new roster changes: the own key, and the epochs left.
    pub(crate) fn clear(&mut self) {
        self.started = false;
        self.log = None;
        self.kinds.clear();
        self.texts.clear();
        self.units.clear();
        self.rounds.clear();
    }

    /// Decodes the next item and takes it.
    ///
    /// # Errors
    /// [`RosterError`]; then the roster is of no use.
    pub fn push(&mut self, item: &[u8]) -> Result<(), RosterError> {
        if item.len() > ITEM_MAX {
            return Err(RosterError::TooLarge);
        }
        let item = codec::decode::<Item<'_>>(item).map_err(|_| RosterError::Malformed)?;
        let placed = match item {
            Item::Start(_) => !self.started,
            Item::Log(_) => self.started && self.log.is_none(),
            _ => self.log.is_some(),
        };
        if !placed {
            return Err(RosterError::Start);
        }
        match item {
            Item::Start(start) => (self.start, self.started) = (start, true),
            Item::Log(LogItem { origin, key, since }) => {
                let origin = String::try_from(origin.as_str()).map_err(|_| RosterError::TooLarge)?;
                self.log = Some(LogRow { origin, key, since });
            }
            Item::Kind(kind) => self.kinds.push(kept(kind.as_str())?).map_err(|_| RosterError::TooLarge)?,
            Item::Text(hash, commitments) => {
                if self.texts.iter().any(|(known, _)| *known == hash) {
                    return Err(RosterError::Reference);
                }
                self.texts.push((hash, commitments)).map_err(|_| RosterError::TooLarge)?;
            }
            Item::Unit(unit) => self.push_unit(&unit)?,
            Item::Round(round) => self.push_round(&round)?,
            Item::Left(_) => return Err(RosterError::Start),
        }
        Ok(())
    }

    /// Takes an item of a recorded table.
    pub(crate) fn restore(&mut self, item: &[u8]) -> Result<(), RosterError> {
        match codec::decode(item) {
            Ok(Item::Left(epoch)) => self.leave(epoch),
            _ => self.push(item),
        }
    }

    /// Whose device this is; forgets what epochs were left, which the table says.
    pub(crate) fn own(&mut self, key: PublicKey) {
        self.own = Some(key);
        self.left.clear();
    }

    /// Where the unit of the own key stands.
    pub(crate) fn own_epoch(&self) -> Option<Epoch> {
        let own = self.own?;
        self.units.iter().find(|row| row.is_key(&own))?.epoch()
    }

    pub(crate) fn is_own(&self, key: &PublicKey) -> bool {
        self.own == Some(*key)
    }

    pub(crate) fn has_left(&self, epoch: &Id) -> bool {
        self.left.contains(epoch)
    }

    /// The device's own epoch has a number that it may sign: it was not left, and is not used up.
    pub(crate) fn goes_on(&self, epoch: &Epoch) -> Result<(), RosterError> {
        if self.has_left(&epoch.id) || epoch.next_seq == u64::MAX { Err(RosterError::Left) } else { Ok(()) }
    }

    /// The own unit's epoch ends.
    pub(crate) fn leave(&mut self, epoch: Id) -> Result<(), RosterError> {
        if self.has_left(&epoch) { Ok(()) } else { self.left.push(epoch).map_err(|_| RosterError::TooLarge) }
    }

    /// The own unit's chain goes on from here, if this is further on.
    pub(crate) fn keep_own(&mut self, before: &Epoch) {
        if let Some(own) = self.own
            && let Some(row) = self.units.iter_mut().find(|row| row.is_key(&own))
            && row.epoch().is_some_and(|listed| listed.id == before.id && listed.next_seq < before.next_seq)
        {
            row.set_epoch(Some(*before));
        }
    }

    fn push_unit(&mut self, unit: &UnitItem<'_>) -> Result<(), RosterError> {
        unit.parent.map_or(Ok(()), |parent| has(self.units.len(), parent))?;
        unit.kind.map_or(Ok(()), |kind| has(self.kinds.len(), kind))?;
        if self.place(unit.id.as_str()).is_some() {
            return Err(RosterError::Reference);
        }
        let known = |row: &UnitRow| {
            let pair = row.epoch().zip(unit.epoch);
            pair.is_some_and(|(known, (id, key, ..))| known.id == id || known.key == key)
        };
        if self.units.iter().any(known) {
            return Err(RosterError::Reference);
        }
        self.units.push(UnitRow::new(unit)?).map_err(|_| RosterError::TooLarge)
    }

    fn push_round(&mut self, round: &RoundItem<'_>) -> Result<(), RosterError> {
        has(self.units.len(), round.opener)?;
        has(self.units.len(), round.subtree)?;
        only(round.kinds, self.kinds.len())?;
        only(round.texts, self.texts.len())?;
        let RoundItem { opener, subtree, opens, kinds, texts, .. } = *round;
        let id = kept(round.id.as_str())?;
        if self.rounds.iter().any(|known| known.opener == opener && known.id == id) {
            return Err(RosterError::Reference);
        }
        self.rounds.push(RoundRow { opener, id, subtree, opens, kinds, texts }).map_err(|_| RosterError::TooLarge)
    }

    pub(crate) fn place(&self, unit: &str) -> Option<u16> {
        let place = self.units.iter().position(|row| row.id.as_str() == unit)?;
        u16::try_from(place).ok()
    }

    /// A unit's epoch in force: where it stands in its chain.
    pub fn epoch(&self, unit: &str) -> Option<Epoch> {
        self.units.iter().find(|row| row.id.as_str() == unit)?.epoch()
    }

    /// Where it was taken from.
    pub fn start(&self) -> Option<&Start> {
        self.started.then_some(&self.start)
    }

    pub(crate) fn start_mut(&mut self) -> Option<&mut Start> {
        self.started.then_some(&mut self.start)
    }

    /// The log that it is of.
    pub fn log(&self) -> Option<LogItem<'_>> {
        let LogRow { origin, key, since } = self.log.as_ref()?;
        Some(LogItem { origin: Origin::new(origin).ok()?, key: *key, since: *since })
    }

    /// The unit that this key speaks for.
    pub fn unit_of(&self, key: &PublicKey) -> Option<UnitId<'_>> {
        let row = self.units.iter().find(|row| row.is_key(key))?;
        UnitId::new(&row.id).ok()
    }

    /// Number of items.
    pub fn item_count(&self) -> u16 {
        let lists = [self.kinds.len(), self.texts.len(), self.units.len(), self.rounds.len()];
        let ones = u16::from(self.started).saturating_add(u16::from(self.log.is_some()));
        u16::try_from(lists.iter().sum::<usize>()).unwrap_or(u16::MAX).saturating_add(ones)
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Is nobody in it?
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The roster hash (spec §3.4, §13.6): over the items without what changes as the units go on.
    pub fn hash(&self) -> DocumentHash {
        let mut hasher = RosterHasher::new();
        self.encode(|item| item.at_rest(), &mut |item| {
            hasher.update(&[u8::try_from(item.len()).unwrap_or(u8::MAX)]);
            hasher.update(item);
        });
        hasher.finish()
    }

    /// Gives each item's encoding, with the heads as they are now: what [`push`](Self::push) takes.
    pub fn items(&self, sink: &mut dyn FnMut(&[u8])) {
        self.encode(|item| item, sink);
    }

    fn encode(&self, form: fn(Item<'_>) -> Item<'_>, sink: &mut dyn FnMut(&[u8])) {
        let mut buffer = [0; ITEM_MAX];
        // Every item fits: their ids do.
        let mut give = |item: Item<'_>| {
            if let Ok(bytes) = codec::encode(&form(item), &mut buffer) {
                sink(bytes);
            }
        };
        self.start().into_iter().for_each(|start| give(Item::Start(*start)));
        self.log().into_iter().for_each(|log| give(Item::Log(log)));
        self.kinds.iter().filter_map(|kind| Code::new(kind).ok()).for_each(|kind| give(Item::Kind(kind)));
        self.texts.iter().for_each(|(hash, commitments)| give(Item::Text(*hash, *commitments)));
        for row in &self.units {
            let Ok(id) = UnitId::new(&row.id) else { continue };
            let epoch = row.epoch().map(|epoch| (epoch.id, epoch.key, epoch.next_seq, epoch.head));
            let (parent, kind, alive, pledges) = (row.parent(), row.kind, row.alive, row.pledges);
            give(Item::Unit(UnitItem { id, parent, kind, alive, epoch, pledges }));
        }
        for row in &self.rounds {
            let Ok(id) = Code::new(&row.id) else { continue };
            let RoundRow { opener, subtree, opens, kinds, texts, .. } = *row;
            give(Item::Round(RoundItem { opener, id, subtree, opens, kinds, texts }));
        }
    }

    /// The table on the medium: each item after its length, in one byte.
    pub(crate) fn table(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut give = |item: &[u8]| {
            sink(&[u8::try_from(item.len()).unwrap_or(u8::MAX)]);
            sink(item);
        };
        self.items(&mut give);
        let mut buffer = [0; ITEM_MAX];
        for epoch in &self.left {
            if let Ok(bytes) = codec::encode(&Item::Left(*epoch), &mut buffer) {
                give(bytes);
            }
        }
    }
}
