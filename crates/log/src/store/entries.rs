//! Entries in order, bundle by bundle: each bundle is read once, and one at a time is held.

use std::ops::Range;

use crate::medium::Medium;
use crate::tiles::{Bundle, Kind, WIDTH, edge_index};

use super::{Error, Store};

/// A bundle and where in the log its entries lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogBundle {
    index: u64,
    bundle: Bundle,
}

impl LogBundle {
    /// Position in the log of its first entry.
    pub fn first(&self) -> u64 {
        self.index * u64::from(WIDTH)
    }

    /// How many entries it holds.
    pub fn width(&self) -> usize {
        self.bundle.width()
    }

    /// Length of its file.
    pub fn bytes(&self) -> usize {
        self.bundle.bytes().len()
    }

    /// Its entries with their positions in the log.
    pub fn entries(&self) -> impl Iterator<Item = (u64, &[u8])> {
        (self.first()..).zip(self.bundle.iter())
    }
}

/// The bundles of a log in order; ends after the first error. Made by [`Store::bundles`].
#[derive(Debug)]
pub struct Bundles<'a, M> {
    store: &'a Store<M>,
    range: Range<u64>,
    size: u64,
}

impl<M: Medium> Iterator for Bundles<'_, M> {
    type Item = Result<LogBundle, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.range.next()?;
        let read = self.store.bundle(index, self.size).map(|bundle| LogBundle { index, bundle });
        if read.is_err() {
            self.range = 0..0;
        }
        Some(read)
    }
}

/// Entries with their positions; ends after the first error. Made by [`Store::entries`].
#[derive(Debug)]
pub struct Entries<'a, M> {
    bundles: Bundles<'a, M>,
    current: Option<LogBundle>,
    range: Range<u64>,
}

impl<M: Medium> Iterator for Entries<'_, M> {
    type Item = Result<(u64, Vec<u8>), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.range.is_empty() {
            if let Some(current) = &self.current {
                let place = self.range.start.checked_sub(current.first()).and_then(|at| usize::try_from(at).ok());
                if let Some(entry) = place.and_then(|place| current.bundle.entry(place)) {
                    let at = self.range.start;
                    self.range.start += 1;
                    return Some(Ok((at, entry.to_vec())));
                }
            }
            match self.bundles.next()? {
                Ok(bundle) => self.current = Some(bundle),
                Err(error) => {
                    self.range = 0..0;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

impl<M: Medium> Store<M> {
    /// All bundles of a tree of `size` entries, without a copy of each entry.
    pub fn bundles(&self, size: u64) -> Bundles<'_, M> {
        Bundles { store: self, range: 0..size.div_ceil(u64::from(WIDTH)), size }
    }

    /// The bundles with the entries from `first` on; the first of them may begin before it.
    pub fn bundles_from(&self, first: u64, size: u64) -> Bundles<'_, M> {
        let range = edge_index(Kind::Entries, first)..size.div_ceil(u64::from(WIDTH));
        Bundles { store: self, range, size }
    }

    /// The entries at `range` in a tree of `size` entries.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the range ends beyond `size`. The iterator yields errors of the medium.
    pub fn entries(&self, range: Range<u64>, size: u64) -> Result<Entries<'_, M>, Error> {
        if range.end > size {
            return Err(Error::OutOfRange { asked: range.end, size });
        }
        let first = edge_index(Kind::Entries, range.start);
        let bundles = Bundles { store: self, range: first..range.end.div_ceil(u64::from(WIDTH)), size };
        Ok(Entries { bundles, current: None, range })
    }

    /// The entry at `index` in a tree of `size` entries.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] beyond `size`, and errors of the medium.
    pub fn entry(&self, index: u64, size: u64) -> Result<Vec<u8>, Error> {
        let beyond = Error::OutOfRange { asked: index, size };
        if index >= size {
            return Err(beyond);
        }
        self.entries(index..index + 1, size)?.next().map_or(Err(beyond), |read| read.map(|(_, entry)| entry))
    }
}
