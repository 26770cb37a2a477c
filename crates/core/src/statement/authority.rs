//! Statements of the authority and of ancestors: the registry, the roster, the rounds (spec §5.0 to §5.7, §5.9).

use heapless::Vec;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use crate::digest::{DocumentHash, Id, PublicKey, TextHash};
use crate::field::{Code, FieldError, Name, Origin, Set, SortKey, Text, Time, UnitId, Zone};

/// `Genesis`: entry 0. Its id is the registry's id and the first epoch of the root and of `recovery` (spec §5.0).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Genesis<'a> {
    /// Name of the registry.
    #[serde(borrow)]
    pub registry: Name<'a>,
    /// Origin of the log, which is the name of its key.
    #[serde(borrow)]
    pub origin: Origin<'a>,
    /// The log's key.
    pub log_key: PublicKey,
    /// The key of the authority, which signs this attestation.
    pub root_key: PublicKey,
    /// The key of the pseudo-unit `recovery`, which may only rekey the root.
    pub recovery_key: Option<PublicKey>,
    /// Everything in this registry is invented; every output says so.
    pub synthetic: bool,
}

/// `PublishText`: a pledge text, stored whole (spec §5.1). Its hash covers the encoding of this structure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PledgeText<'a> {
    /// Short id of the text.
    #[serde(borrow)]
    pub id: Code<'a>,
    /// Version under that id.
    pub version: u16,
    /// Title.
    #[serde(borrow)]
    pub title: Name<'a>,
    /// Language tag, as in `id`.
    #[serde(borrow)]
    pub language: Code<'a>,
    /// What stands before the commitments; may be empty.
    #[serde(borrow)]
    pub opening: Text<'a>,
    /// The commitments, numbered from 1 in this order; 1 to 32.
    #[serde(borrow)]
    pub commitments: Commitments<'a>,
    /// What stands after them; may be empty.
    #[serde(borrow)]
    pub closing: Text<'a>,
    /// Where the text comes from.
    #[serde(borrow)]
    pub source: Option<Name<'a>>,
}

/// One to 32 commitments.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Commitments<'a>(Vec<Text<'a>, 32>);

impl<'a> Commitments<'a> {
    /// Takes them in order.
    ///
    /// # Errors
    /// [`FieldError::Length`] for none or more than 32.
    pub fn new(texts: impl IntoIterator<Item = Text<'a>>) -> Result<Self, FieldError> {
        let mut list = Vec::new();
        for text in texts {
            list.push(text).map_err(|_| FieldError::Length)?;
        }
        Self::checked(list)
    }

    fn checked(list: Vec<Text<'a>, 32>) -> Result<Self, FieldError> {
        if list.is_empty() { Err(FieldError::Length) } else { Ok(Self(list)) }
    }

    /// The commitments with their numbers, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (u8, Text<'a>)> + '_ {
        (1_u8..).zip(self.0.iter().copied())
    }

    /// How many, 1 to 32.
    pub fn count(&self) -> u8 {
        u8::try_from(self.0.len()).unwrap_or(u8::MAX)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Commitments<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::checked(Vec::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A place on the map, approximate, in units of 0.0001 degree.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Place {
    latitude: i32,
    longitude: i32,
}

impl Place {
    /// Checks and wraps; units of 0.0001 degree, north and east positive.
    ///
    /// # Errors
    /// [`FieldError::Range`] beyond ±90 or ±180 degrees.
    pub fn new(latitude: i32, longitude: i32) -> Result<Self, FieldError> {
        if (-900_000..=900_000).contains(&latitude) && (-1_800_000..=1_800_000).contains(&longitude) {
            Ok(Self { latitude, longitude })
        } else {
            Err(FieldError::Range)
        }
    }

    /// Latitude, 0.0001 degree.
    pub fn latitude(&self) -> i32 {
        self.latitude
    }

    /// Longitude, 0.0001 degree.
    pub fn longitude(&self) -> i32 {
        self.longitude
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (latitude, longitude) = <(i32, i32)>::deserialize(deserializer)?;
        Self::new(latitude, longitude).map_err(D::Error::custom)
    }
}

/// `Enroll`: from here the unit is owed, key or no key (spec §5.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Enroll<'a> {
    /// The unit.
    #[serde(borrow)]
    pub unit: UnitId<'a>,
    /// The unit above it; `root` at the top.
    #[serde(borrow)]
    pub parent: UnitId<'a>,
    /// Kind of unit, as in `kecamatan`.
    #[serde(borrow)]
    pub kind: Code<'a>,
    /// Its name.
    #[serde(borrow)]
    pub name: Name<'a>,
    /// The key that speaks for it; none yet for a keyless unit.
    pub key: Option<PublicKey>,
    /// Where it is.
    pub place: Option<Place>,
    /// Its time zone, for display.
    #[serde(borrow)]
    pub zone: Option<Zone<'a>>,
    /// SHA-256 of a letter about the enrolment.
    pub document: Option<DocumentHash>,
}

/// `Amend`: renames or moves a unit (spec §5.5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Amend<'a> {
    /// The unit.
    #[serde(borrow)]
    pub unit: UnitId<'a>,
    /// Its new name.
    #[serde(borrow)]
    pub name: Option<Name<'a>>,
    /// Its new parent.
    #[serde(borrow)]
    pub parent: Option<UnitId<'a>>,
}

/// `Rekey`: ends a key epoch and may start another (spec §5.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rekey<'a> {
    /// The unit whose key changes.
    #[serde(borrow)]
    pub unit: UnitId<'a>,
    /// The epoch that ends; none where the unit has no key in force.
    pub ends: Option<Id>,
    /// The new key; none revokes without a successor.
    pub key: Option<PublicKey>,
    /// From this sequence number of the ended epoch on, the unit's statements are void.
    pub compromised_since: Option<u64>,
    /// SHA-256 of a letter about it.
    pub document: Option<DocumentHash>,
}

/// `Retire`: the unit ends; what it owed stays owed (spec §5.7).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Retire<'a> {
    /// The unit.
    #[serde(borrow)]
    pub unit: UnitId<'a>,
    /// The units that take over its tasks; at most 16.
    #[serde(borrow)]
    pub successors: Set<UnitId<'a>, 16>,
    /// SHA-256 of the act that ends it.
    pub document: Option<DocumentHash>,
}

/// What brings a round about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Cadence {
    /// Every year.
    Annual,
    /// An election.
    Election,
    /// A by-election.
    ByElection,
}

/// Where in an election the round stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Stage {
    /// Before.
    Before,
    /// During.
    During,
    /// After.
    After,
}

/// Kinds of statement that a round can require.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Duty {
    /// A pledge; always among them.
    Pledge,
    /// A briefing.
    Briefing,
    /// A monitoring statement, nil included.
    Monitoring,
    /// A referral.
    Referral,
}

impl SortKey for Duty {
    type Key = Self;
    fn sort_key(&self) -> Self {
        *self
    }
}

/// `OpenRound`: what is owed, by whom, by when (spec §5.9). A round is named by its opener and its id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OpenRound<'a> {
    /// Id of the round under its opener.
    #[serde(borrow)]
    pub id: Code<'a>,
    /// Title.
    #[serde(borrow)]
    pub title: Name<'a>,
    /// What brings it about.
    pub cadence: Cadence,
    /// Its place in an election.
    pub stage: Stage,
    /// When it opens.
    pub opens: Time,
    /// The last second in time.
    pub due: Time,
    /// When its pledges lapse.
    pub expires: Option<Time>,
    /// Zone in which the times are shown.
    #[serde(borrow)]
    pub zone: Option<Zone<'a>>,
    /// The top of the subtree that owes; itself included, unless it is `root`.
    #[serde(borrow)]
    pub subtree: UnitId<'a>,
    /// The kinds of unit that owe; empty means all.
    #[serde(borrow)]
    pub kinds: Set<Code<'a>, 16>,
    /// What they owe.
    pub required: Set<Duty, 4>,
    /// The texts that a pledge may be to.
    pub texts: Set<TextHash, 8>,
    /// The legal bases that the round rests on.
    #[serde(borrow)]
    pub bases: Set<Code<'a>, 16>,
}
