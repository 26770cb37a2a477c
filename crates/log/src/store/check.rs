//! Compares every tile that is present with the entries of the log.
//!
//! A log's root follows from its entries alone, so a verifier that hashes all entries would never notice a wrong tile,
//! and whoever is given a proof built from it would. Nor would it notice that an older, narrower partial tile once
//! said something else.

use std::io;

use ikrar_core::digest::{Hash, leaf_hash};

use crate::medium::Medium;
use crate::tiles::{Kind, LEVELS, Tile, WIDTH, edge_index, range_root};

use super::edge::Edge;
use super::leftovers::{Seen, is_beyond};
use super::{Error, Fault, Head, Store};

/// What is wrong with a file below `tile/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// It says something else than the entries do.
    Mismatch,
    /// The tree needs it and nothing supersedes it.
    Missing,
    /// Its bytes are no tile of its width.
    Malformed(Fault),
    /// The medium failed to read it: not checked, which is no verdict.
    Unreadable(io::ErrorKind),
    /// A warning: it lies beyond the checkpoint, left by an interrupted append. What it shares with the tree is checked.
    Uncommitted,
    /// A warning: its name is no tile's.
    Foreign,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file or folder, relative to the log.
    pub path: String,
    /// What is wrong with it.
    pub kind: FindingKind,
}

impl Finding {
    /// True for what does not speak against the log: leftovers and foreign names.
    pub fn is_warning(&self) -> bool {
        matches!(self.kind, FindingKind::Uncommitted | FindingKind::Foreign)
    }

    fn from_error(tile: &str, error: &Error) -> Self {
        let (path, kind) = match error {
            Error::Unreadable { path, source } => (path.as_str(), FindingKind::Unreadable(source.kind())),
            Error::Malformed { path, fault } => (path.as_str(), FindingKind::Malformed(*fault)),
            Error::Missing { path } => (path.as_str(), FindingKind::Missing),
            // No other error comes from reading a tile.
            _ => (tile, FindingKind::Mismatch),
        };
        Self { path: path.to_owned(), kind }
    }
}

/// Takes the leaf hashes of a log in order and compares all its tiles with them. Holds at most 256 hashes a level.
///
/// It leaves alone the bundles from which the caller takes the leaf hashes (full ones, and the last one in its exact
/// width): the caller compares the root that [`Self::finish`] gives with the checkpoint. Findings go to `report` as
/// they are made, so that a log of nothing but errors takes no memory.
#[derive(Debug)]
pub struct Checker<'a, M, F> {
    store: &'a Store<M>,
    size: u64,
    edge: Edge,
    report: F,
}

impl<M: Medium> Store<M> {
    /// Begins to check the tiles of a tree of `size` entries.
    pub fn check_tiles<F: FnMut(Finding)>(&self, size: u64, report: F) -> Checker<'_, M, F> {
        Checker { store: self, size, edge: Edge::empty(), report }
    }

    /// Goes on to check the tiles of a tree of `size` entries from a part of it that was checked before. `None` where
    /// the tiles no longer give its root.
    ///
    /// # Errors
    /// Those of reading the tiles at the edge of that part.
    pub fn check_tiles_from<F: FnMut(Finding)>(
        &self,
        checked: Head,
        size: u64,
        report: F,
    ) -> Result<Option<Checker<'_, M, F>>, Error> {
        let edge = Edge::read(self, checked.size)?;
        let fits = edge.head() == checked;
        Ok(fits.then(|| Checker { store: self, size, edge, report }))
    }
}

impl<M: Medium, F: FnMut(Finding)> Checker<'_, M, F> {
    /// The next entry's leaf hash.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] after as many as the size.
    pub fn push(&mut self, leaf: Hash) -> Result<(), Error> {
        let beyond = Error::OutOfRange { asked: self.edge.size(), size: self.size };
        if self.edge.size() >= self.size {
            return Err(beyond);
        }
        self.edge.push(leaf).ok_or(beyond)?;
        for level in 0..LEVELS {
            let Some(full) = self.edge.take_full(level) else { break };
            let index = edge_index(Kind::Hashes(level), self.edge.size()).saturating_sub(1);
            self.check_place(level, index, &full);
            if let Some(root) = range_root(&full) {
                self.edge.push_node(level.saturating_add(1), root);
            }
        }
        Ok(())
    }

    /// Checks the last tiles and looks for what does not belong. Gives number and root of the hashes that were pushed:
    /// fewer than the size if the caller's entries broke off, and then the tiles after them are unchecked.
    pub fn finish(mut self) -> Head {
        for level in 0..LEVELS {
            let index = edge_index(Kind::Hashes(level), self.edge.size());
            let row = self.edge.row(level).to_vec();
            self.check_place(level, index, &row);
        }
        let (store, size, report) = (self.store, self.size, &mut self.report);
        let walked = store.walk(&mut |seen| {
            match seen {
                Seen::Tile(tile) if is_beyond(tile, size) => {
                    report(Finding { path: tile.to_string(), kind: FindingKind::Uncommitted });
                }
                Seen::Tile(_) => {}
                Seen::Foreign(path) => report(Finding { path, kind: FindingKind::Foreign }),
                Seen::Failed(error) => report(Finding::from_error("tile", &error)),
            }
            Ok::<(), std::convert::Infallible>(())
        });
        match walked {
            Ok(()) => self.edge.head(),
            Err(never) => match never {},
        }
    }

    /// Everything present at one place of one level, and beside level 0 also of the entries.
    fn check_place(&mut self, level: u8, index: u64, row: &[Hash]) {
        let store = self.store;
        let kind = Kind::Hashes(level);
        let needed = Tile::in_tree(kind, index, self.size);
        let mut served = needed.is_none();
        for tile in self.present(kind, index) {
            let there = self.compare(tile, store.hash_tile(tile), row);
            served |= there && needed.is_some_and(|needed| tile.width() >= needed.width());
        }
        if let Some(needed) = needed.filter(|_| !served) {
            (self.report)(Finding { path: needed.to_string(), kind: FindingKind::Missing });
        }
        if level == 0 {
            let callers = Tile::in_tree(Kind::Entries, index, self.size);
            for tile in self.present(Kind::Entries, index).into_iter().filter(|tile| Some(*tile) != callers) {
                let read = store.bundle_tile(tile).map(|bundle| bundle.iter().map(leaf_hash).collect());
                self.compare(tile, read, row);
            }
        }
    }

    /// The full tile, there or not, and the partial ones that are there.
    fn present(&mut self, kind: Kind, index: u64) -> Vec<Tile> {
        let Some(full) = Tile::new(kind, index, WIDTH) else { return Vec::new() };
        let mut tiles = vec![full];
        match self.store.partials(full) {
            Ok(partials) => tiles.extend(partials),
            Err(error) => (self.report)(Finding::from_error(&full.partial_folder(), &error)),
        }
        tiles
    }

    /// What a tile and the tree share must be the same. Gives whether the tile is there at all.
    fn compare(&mut self, tile: Tile, read: Result<Vec<Hash>, Error>, row: &[Hash]) -> bool {
        let path = tile.to_string();
        match read {
            Err(Error::Missing { .. }) => return false,
            Err(error) => (self.report)(Finding::from_error(&path, &error)),
            Ok(hashes) if row.iter().zip(&hashes).any(|(expected, found)| expected != found) => {
                (self.report)(Finding { path, kind: FindingKind::Mismatch });
            }
            Ok(_) => {}
        }
        true
    }
}
