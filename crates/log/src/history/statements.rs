//! The statements of a unit: a list, of which the beginning may lie on a shelf until somebody looks.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::StatementRecord;
use super::shelf::{Segment, Shelf, put};

/// Statements of a unit, in log order. Used as the slice that they are.
#[derive(Clone, Default)]
pub struct Statements {
    shelved: Option<Box<Shelved>>,
    /// Those after the shelved ones, while nobody has looked at these.
    fresh: Vec<StatementRecord>,
    /// All of them, once somebody has.
    all: OnceLock<Vec<StatementRecord>>,
}

#[derive(Clone, Debug)]
struct Shelved {
    place: Placed,
    shelf: Option<Arc<Shelf>>,
}

/// The last segment, and how many statements there are in it and before it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Placed {
    last: Segment,
    count: u32,
}

impl Statements {
    /// How many; `None` where that is more than a place can name.
    pub(super) fn count(&self) -> Option<u32> {
        u32::try_from(self.unshelved().len()).ok()?.checked_add(self.shelved_count())
    }

    pub(super) fn push(&mut self, statement: StatementRecord) {
        if let Some(all) = self.all.get_mut() {
            return all.push(statement);
        }
        // Most units say little: room for one, and only then for more than is there.
        if self.fresh.is_empty() {
            self.fresh.reserve_exact(1);
        }
        self.fresh.push(statement);
    }

    /// Writes those that are on no shelf yet, or all anew, to the end of a file to be. `None` where there are none.
    pub(super) fn write(&self, file: u64, bytes: &mut Vec<u8>, anew: bool) -> Option<Placed> {
        let (previous, records) = if anew {
            (None, &**self)
        } else {
            (self.shelved.as_ref().map(|shelved| shelved.place.last), self.unshelved())
        };
        let count = self.count()?;
        let last = if records.is_empty() { None } else { put(file, bytes, previous, records) };
        last.map(|last| Placed { last, count })
    }

    /// Lets go of what now lies on a shelf.
    pub(super) fn shelve(&mut self, place: Placed, shelf: &Arc<Shelf>) {
        let shelved = Box::new(Shelved { place, shelf: Some(Arc::clone(shelf)) });
        *self = Self { shelved: Some(shelved), fresh: Vec::new(), all: OnceLock::new() };
    }

    /// Tells where the shelf is, after the places on it were read.
    pub(super) fn attach(&mut self, shelf: &Arc<Shelf>) {
        if let Some(shelved) = &mut self.shelved {
            shelved.shelf = Some(Arc::clone(shelf));
        }
    }

    /// Those in memory that lie on no shelf.
    fn unshelved(&self) -> &[StatementRecord] {
        let Some(all) = self.all.get() else { return &self.fresh };
        let shelved = usize::try_from(self.shelved_count()).unwrap_or(usize::MAX);
        all.get(shelved..).unwrap_or_default()
    }

    fn shelved_count(&self) -> u32 {
        self.shelved.as_ref().map_or(0, |shelved| shelved.place.count)
    }
}

impl Deref for Statements {
    type Target = [StatementRecord];

    fn deref(&self) -> &[StatementRecord] {
        let Some(shelved) = &self.shelved else { return &self.fresh };
        self.all.get_or_init(|| {
            let Placed { last, count } = shelved.place;
            let mut all = shelved.shelf.as_ref().map_or_else(Vec::new, |shelf| shelf.read(last, count));
            all.extend_from_slice(&self.fresh);
            all
        })
    }
}

/// As the list that they are.
impl fmt::Debug for Statements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Where they lie; those that lie nowhere are not written.
impl Serialize for Statements {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shelved.as_ref().map(|shelved| shelved.place).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Statements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let place: Option<Placed> = Option::deserialize(deserializer)?;
        let shelved = place.map(|place| Box::new(Shelved { place, shelf: None }));
        Ok(Self { shelved, ..Self::default() })
    }
}
