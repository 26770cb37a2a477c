//! What a device is provisioned with, from a verified log (spec §13.6).

use std::collections::{HashMap, HashSet};

use ikrar_core::codec::{self, BufferTooSmall};
use ikrar_core::digest::{DocumentHash, TextHash};
use ikrar_core::field::{Code, FieldError, Origin, Time, UnitId};
use ikrar_core::state::{Standing, Store as _};
use ikrar_core::statement::RECOVERY;
use ikrar_journal::{
    ID_MAX, ITEM_MAX, Item, KINDS_MAX, LogItem, ROUNDS_MAX, RosterError, RoundItem, Start, TEXTS_MAX, UnitItem,
};

use crate::census::UnitIx;
use crate::history::{History, RoundIx};
use crate::journal_export::HostRoster;
use crate::store::Head;
use crate::trust::TrustRoot;

/// Whom a roster is for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The device's unit.
    pub unit: UnitIx,
    /// With all below it.
    pub subtree: bool,
    /// Others that it is to know, with all above them.
    pub also: Vec<UnitIx>,
    /// Rounds that it is to know.
    pub rounds: Vec<RoundIx>,
}

/// Why no roster can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeviceRosterError {
    /// More units than the device keeps.
    #[error("the roster has {units} units; this device keeps {most}")]
    Units {
        /// How many.
        units: usize,
        /// Of the device.
        most: usize,
    },
    /// More rounds than a device keeps.
    #[error("{rounds} rounds; a device keeps {ROUNDS_MAX}")]
    Rounds {
        /// How many.
        rounds: usize,
    },
    /// More texts than a device keeps.
    #[error("the rounds accept {texts} texts; a device keeps {TEXTS_MAX}")]
    Texts {
        /// How many.
        texts: usize,
    },
    /// More kinds of unit than a device keeps.
    #[error("units and rounds have {kinds} kinds; a device keeps {KINDS_MAX}")]
    Kinds {
        /// How many.
        kinds: usize,
    },
    /// A name that is longer than a device keeps.
    #[error("\"{name}\" is longer than a device keeps")]
    Name {
        /// Which.
        name: String,
    },
    /// The items do not go together: the history is not one of a verified log.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// A name in the history is none.
    #[error(transparent)]
    Field(#[from] FieldError),
}

impl From<BufferTooSmall> for DeviceRosterError {
    fn from(_: BufferTooSmall) -> Self {
        Self::Roster(RosterError::TooLarge)
    }
}

/// A roster as it goes over the line, item by item.
#[derive(Clone, Debug)]
pub struct DeviceRoster {
    /// The items, encoded.
    pub items: Vec<Vec<u8>>,
    /// Its hash.
    pub hash: DocumentHash,
    /// Number of units.
    pub units: usize,
}

/// The rounds that ask the unit and are not over at `now`, in order of opening.
pub fn open_rounds(history: &History, unit: UnitIx, now: Time) -> Vec<RoundIx> {
    let census = history.census();
    let asked = history.rounds().filter(|(_, round)| {
        let over = round.expires.unwrap_or(round.due) < now;
        !over && census.is_within(unit, round.subtree) && round.asks(&census.post(unit).kind)
    });
    asked.map(|(round, _)| round).collect()
}

/// Builds the roster from a history that was verified up to `head`.
///
/// # Errors
/// [`DeviceRosterError`].
pub fn build(
    history: &History,
    trust: &TrustRoot,
    head: Head,
    asked: &Asked,
    units_max: usize,
) -> Result<DeviceRoster, DeviceRosterError> {
    if asked.rounds.len() > ROUNDS_MAX {
        return Err(DeviceRosterError::Rounds { rounds: asked.rounds.len() });
    }
    let units = units(history, asked);
    if units.len() > units_max {
        return Err(DeviceRosterError::Units { units: units.len(), most: units_max });
    }
    let kinds = kinds(history, &units, asked);
    if kinds.len() > KINDS_MAX {
        return Err(DeviceRosterError::Kinds { kinds: kinds.len() });
    }
    let texts = texts(history, asked);
    if texts.len() > TEXTS_MAX {
        return Err(DeviceRosterError::Texts { texts: texts.len() });
    }
    let mut builder = Builder { history, asked, units: &units, kinds: &kinds, texts: &texts, items: Vec::new() };
    builder.give(&Item::Start(Start {
        registry: trust.registry,
        tree_size: head.size,
        root: head.root,
        ..Start::default()
    }))?;
    builder.log(trust)?;
    builder.lists()?;
    let items = builder.items;
    let mut host: Box<HostRoster> = Box::default();
    items.iter().try_for_each(|item| host.push(item))?;
    Ok(DeviceRoster { items, hash: host.hash(), units: units.len() })
}

/// Those that are asked for, and all above them, each after the one above it.
fn units(history: &History, asked: &Asked) -> Vec<UnitIx> {
    let census = history.census();
    let below = |unit: UnitIx| asked.subtree && census.post(unit).alive && census.is_within(unit, asked.unit);
    let mut wanted = vec![asked.unit];
    wanted.extend(history.units().map(|(unit, _)| unit).filter(|unit| below(*unit)));
    wanted.extend(&asked.also);
    for round in asked.rounds.iter().map(|round| history.round_record(*round)) {
        wanted.extend([round.opener, round.subtree]);
    }
    // It signs a rekey of the root.
    wanted.extend(history.unit_by_id(RECOVERY).filter(|unit| history.record(*unit).epoch.is_some()));
    let (mut listed, mut seen) = (Vec::new(), HashSet::new());
    for unit in wanted {
        let mut above: Vec<_> = census.ancestors(unit).collect();
        above.reverse();
        for unit in above.into_iter().chain([unit]) {
            if seen.insert(unit) {
                listed.push(unit);
            }
        }
    }
    listed
}

fn kinds(history: &History, units: &[UnitIx], asked: &Asked) -> Vec<String> {
    let of_units = units.iter().map(|unit| history.census().post(*unit).kind.to_string());
    let of_rounds = asked.rounds.iter().flat_map(|round| history.round_record(*round).kinds.clone());
    let mut kinds: Vec<_> = of_units.chain(of_rounds).filter(|kind| !kind.is_empty()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn texts(history: &History, asked: &Asked) -> Vec<TextHash> {
    let mut texts = Vec::new();
    for text in asked.rounds.iter().flat_map(|round| &history.round_record(*round).texts) {
        if !texts.contains(text) {
            texts.push(*text);
        }
    }
    texts
}

struct Builder<'a> {
    history: &'a History,
    asked: &'a Asked,
    units: &'a [UnitIx],
    kinds: &'a [String],
    texts: &'a [TextHash],
    items: Vec<Vec<u8>>,
}

impl Builder<'_> {
    fn give(&mut self, item: &Item<'_>) -> Result<(), DeviceRosterError> {
        let mut buffer = [0; 2 * ITEM_MAX];
        let bytes = codec::encode(item, &mut buffer)?;
        self.items.push(bytes.to_vec());
        Ok(())
    }

    fn log(&mut self, trust: &TrustRoot) -> Result<(), DeviceRosterError> {
        if trust.origin.len() > ikrar_journal::ORIGIN_MAX {
            return Err(DeviceRosterError::Name { name: trust.origin.clone() });
        }
        let origin = Origin::new(&trust.origin)?;
        self.give(&Item::Log(LogItem { origin, key: trust.log_key, since: trust.log_since }))
    }

    fn lists(&mut self) -> Result<(), DeviceRosterError> {
        let (kinds, texts, units, rounds) = (self.kinds, self.texts, self.units, &self.asked.rounds);
        for kind in kinds {
            self.give(&Item::Kind(Code::new(short(kind)?)?))?;
        }
        for text in texts {
            let commitments = self.history.text_record(text).map_or(0, |record| record.commitments);
            self.give(&Item::Text(*text, commitments))?;
        }
        let places: HashMap<UnitIx, u16> = units.iter().copied().zip(0_u16..).collect();
        for unit in units {
            self.unit(*unit, &places)?;
        }
        for round in rounds {
            self.round(*round, &places)?;
        }
        Ok(())
    }

    fn unit(&mut self, unit: UnitIx, places: &HashMap<UnitIx, u16>) -> Result<(), DeviceRosterError> {
        let (record, post) = (self.history.record(unit), self.history.census().post(unit));
        let kind = self.kinds.iter().position(|kind| **kind == *post.kind);
        let mut pledges = 0_u8;
        for (round, shift) in self.asked.rounds.iter().zip((0_u32..).step_by(2)) {
            let bits = match self.history.pledge(unit, *round) {
                Err(_) => 0_u8,
                Ok(None) => 1,
                Ok(Some(Standing::InForce)) => 2,
                Ok(Some(Standing::Withdrawn)) => 3,
            };
            pledges |= bits.checked_shl(shift).unwrap_or(0);
        }
        self.give(&Item::Unit(UnitItem {
            id: UnitId::new(short(&record.id)?)?,
            parent: post.parent.and_then(|parent| places.get(&parent).copied()),
            kind: kind.and_then(|place| u8::try_from(place).ok()),
            alive: post.alive,
            epoch: record.epoch.map(|epoch| (epoch.id, epoch.key, epoch.next_seq, epoch.head)),
            pledges,
        }))
    }

    fn round(&mut self, round: RoundIx, places: &HashMap<UnitIx, u16>) -> Result<(), DeviceRosterError> {
        let record = self.history.round_record(round);
        let place = |unit| places.get(&unit).copied().ok_or(RosterError::Reference);
        let kinds = record.kinds.iter().filter_map(|kind| self.kinds.iter().position(|known| known == kind));
        let kinds = kinds.filter_map(|bit| 1_u16.checked_shl(u32::try_from(bit).ok()?));
        let texts = record.texts.iter().filter_map(|text| self.texts.iter().position(|known| known == text));
        let texts = texts.filter_map(|bit| 1_u8.checked_shl(u32::try_from(bit).ok()?));
        let item = Item::Round(RoundItem {
            opener: place(record.opener)?,
            id: Code::new(short(&record.id)?)?,
            subtree: place(record.subtree)?,
            opens: record.opens,
            kinds: kinds.fold(0, |bits, bit| bits | bit),
            texts: texts.fold(0, |bits, bit| bits | bit),
        });
        self.give(&item)
    }
}

/// A name that a device keeps.
fn short(name: &str) -> Result<&str, DeviceRosterError> {
    if name.len() > ID_MAX { Err(DeviceRosterError::Name { name: name.to_owned() }) } else { Ok(name) }
}
