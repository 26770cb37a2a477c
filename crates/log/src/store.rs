//! A log in a folder, as C2SP `tlog-tiles` lays it out. What entries and checkpoints mean is the caller's business.
//!
//! ```text
//! LOG/checkpoint            an opaque signed note; its size and root come from the caller, who verified it
//! LOG/tile/…                entries and hashes, see crate::tiles
//! LOG/.lock                 empty; held by the one writer, absent where nobody ever wrote
//! LOG/.tmp-…                an unfinished write of an interrupted writer; the next append removes it
//! ```
//!
//! The lock lies in the log because two writers can only meet there: a path elsewhere would have to be derived from
//! the log's, which links and mounts make ambiguous. It holds nothing.
//!
//! **Order of an append.** Leftovers of an interrupted one are removed; bundles and tiles are written, each synced and
//! renamed into place; their folders are synced; the checkpoint is made by the caller, written, synced, renamed, its
//! folder synced; only then the append is acknowledged, and partial tiles whose full tile is there are removed.
//! At any cut the checkpoint in place is the old or the new one, and all that it needs is durable.

mod check;
mod edge;
mod entries;
mod error;
mod leftovers;
mod proof;
mod writer;

use std::io;

use ikrar_core::digest::Hash;

use crate::medium::Medium;
use crate::tiles::{BUNDLE_CAP, Bundle, Kind, Tile, WIDTH, decode_hashes};

pub use check::{Checker, Finding, FindingKind};
pub use entries::{Bundles, Entries, LogBundle};
pub use error::{Error, Fault};
pub use proof::Tree;
pub use writer::Writer;

/// Name of the checkpoint's file.
pub const CHECKPOINT: &str = "checkpoint";
/// Name of the lock's file.
pub const LOCK: &str = ".lock";
/// Longest checkpoint that is read or written, with all its signature lines.
pub const CHECKPOINT_CAP: usize = 1 << 20;
/// A full tile of hashes, in bytes.
const HASHES_CAP: usize = 256 * 32;

/// Size and root of a tree: what a checkpoint vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root hash over them.
    pub root: Hash,
}

/// Reads a log. It keeps nothing in memory and trusts nothing: what it hands out is only as good as what the caller
/// verifies it against.
#[derive(Clone, Debug)]
pub struct Store<M> {
    medium: M,
}

impl<M: Medium> Store<M> {
    /// A reader of the log on this medium. Nothing is read yet.
    pub fn open(medium: M) -> Self {
        Self { medium }
    }

    /// The medium below.
    pub fn medium(&self) -> &M {
        &self.medium
    }

    /// The bytes of the checkpoint, unverified.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Unreadable`], [`Error::Malformed`] if it is over-long or no file.
    pub fn checkpoint(&self) -> Result<Vec<u8>, Error> {
        self.read(CHECKPOINT, CHECKPOINT_CAP)
    }

    /// The hashes of a tile as it is in a tree of `size` entries.
    ///
    /// Where that partial tile is gone, the full tile or a wider partial one serves, cut to its first hashes.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if the tree has no such tile; [`Error::Missing`], [`Error::Unreadable`],
    /// [`Error::Malformed`] name the file.
    pub fn hashes(&self, level: u8, index: u64, size: u64) -> Result<Vec<Hash>, Error> {
        let tile = Tile::in_tree(Kind::Hashes(level), index, size).ok_or(Error::OutOfRange { asked: index, size })?;
        let mut hashes = self.first_of(tile, |found| self.hash_tile(found))?;
        hashes.truncate(usize::from(tile.width()));
        Ok(hashes)
    }

    /// The entries of a bundle as it is in a tree of `size` entries, found as [`Self::hashes`] finds hashes.
    ///
    /// # Errors
    /// As [`Self::hashes`].
    pub fn bundle(&self, index: u64, size: u64) -> Result<Bundle, Error> {
        let tile = Tile::in_tree(Kind::Entries, index, size).ok_or(Error::OutOfRange { asked: index, size })?;
        let mut bundle = self.first_of(tile, |found| self.bundle_tile(found))?;
        bundle.truncate(tile.width());
        Ok(bundle)
    }

    /// Exactly this hash tile.
    pub(crate) fn hash_tile(&self, tile: Tile) -> Result<Vec<Hash>, Error> {
        let path = tile.to_string();
        let bytes = self.read(&path, HASHES_CAP)?;
        decode_hashes(&bytes, tile.width()).map_err(|fault| Error::Malformed { path, fault: fault.into() })
    }

    /// Exactly this entry bundle.
    pub(crate) fn bundle_tile(&self, tile: Tile) -> Result<Bundle, Error> {
        let path = tile.to_string();
        let bytes = self.read(&path, BUNDLE_CAP)?;
        Bundle::decode(bytes, tile.width()).map_err(|fault| Error::Malformed { path, fault: fault.into() })
    }

    /// Reads `tile`, or what supersedes it: the full tile, else the narrowest partial one that is wider.
    fn first_of<T>(&self, tile: Tile, read: impl Fn(Tile) -> Result<T, Error>) -> Result<T, Error> {
        let missing = match read(tile) {
            Err(missing @ Error::Missing { .. }) if !tile.is_full() => missing,
            done => return done,
        };
        match read(tile.full()) {
            Err(Error::Missing { .. }) => {}
            done => return done,
        }
        let wider = self.partials(tile)?.into_iter().find(|found| found.width() > tile.width());
        wider.map_or(Err(missing), read)
    }

    /// The partial tiles in place of `tile`, narrowest first. Other names in their folder are passed over.
    pub(crate) fn partials(&self, tile: Tile) -> Result<Vec<Tile>, Error> {
        let folder = tile.partial_folder();
        let items = match self.medium.list(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::reading(folder, 0, error)),
            Ok(items) => items,
        };
        let mut found: Vec<Tile> = items
            .iter()
            .filter_map(|item| Tile::from_path(&format!("{folder}/{}", item.name)))
            .filter(|found| found.width() < WIDTH)
            .collect();
        found.sort_unstable();
        Ok(found)
    }

    pub(crate) fn read(&self, path: &str, cap: usize) -> Result<Vec<u8>, Error> {
        self.medium.read(path, cap).map_err(|error| Error::reading(path, cap, error))
    }
}
