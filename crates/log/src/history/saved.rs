//! A history that outlives its program: statements on a [`Shelf`], everything else in one piece.

use std::io;
use std::sync::Arc;

use ikrar_core::statement::{RECOVERY, ROOT};

use super::{History, Shelf, ShelfError};
use crate::census::{Census, UnitIx};

impl History {
    /// Puts the statements in memory on a shelf: all that are on none into a new file, or, `anew`, all that there are.
    /// `write` gets the file's bytes; nothing is written where there are none.
    ///
    /// # Errors
    /// Those of `write`, and of the shelf so far; then nothing is changed.
    pub(super) fn shelve(
        &mut self,
        shelf: &Arc<Shelf>,
        file: u64,
        anew: bool,
        write: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<bool> {
        let mut bytes = Vec::new();
        let places: Vec<_> = self.units.iter().map(|unit| unit.statements.write(file, &mut bytes, anew)).collect();
        if let Some(failure) = self.failure() {
            return Err(io::Error::other(failure.clone()));
        }
        if bytes.is_empty() {
            return Ok(false);
        }
        write(&bytes)?;
        for (unit, place) in self.units.iter_mut().zip(places) {
            if let Some(place) = place {
                unit.statements.shelve(place, shelf);
            }
        }
        self.in_memory = 0;
        self.shelf = Some(Arc::clone(shelf));
        Ok(true)
    }

    /// Statements in memory that lie on no shelf.
    pub fn unshelved(&self) -> usize {
        self.in_memory
    }

    /// What its shelf failed to give. Then whatever was told from this history may be wrong.
    pub fn failure(&self) -> Option<&ShelfError> {
        self.shelf.as_ref()?.failure()
    }

    /// Writes everything but the statements, which must lie on a shelf, after these bytes.
    pub(crate) fn write_to(&self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        postcard::to_extend(self, bytes).ok().filter(|_| self.in_memory == 0)
    }

    /// What [`Self::write_to`] wrote, with its shelf.
    pub(crate) fn from_bytes(bytes: &[u8], shelf: Arc<Shelf>) -> Option<Self> {
        let mut history: Self = postcard::from_bytes(bytes).ok()?;
        for unit in &mut history.units {
            unit.statements.attach(&shelf);
        }
        history.by_id = history.units().map(|(ix, unit)| (unit.id.clone(), ix)).collect();
        history.census = history.census_again();
        history.shelf = Some(shelf);
        Some(history)
    }

    fn census_again(&self) -> Census {
        let mut census = Census::default();
        for (place, unit) in self.units.iter().enumerate().filter(|(_, unit)| matches!(&*unit.id, ROOT | RECOVERY)) {
            let Some(unit_ix) = UnitIx::new(place) else { continue };
            let post = census.post_mut(unit_ix);
            post.alive = true;
            // A later rekey among the changes says the same of its key.
            post.keyed = unit.epoch.is_some();
        }
        for change in &self.changes {
            census.apply(change);
        }
        census
    }
}
