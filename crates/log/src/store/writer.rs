//! The one writer of a log: durable before acknowledged, the checkpoint last.

mod sweep;

use std::collections::BTreeSet;

use ikrar_core::digest::leaf_hash;

use crate::medium::{Item, Medium, TEMPORARY_PREFIX};
use crate::tiles::{ENTRY_CAP, Kind, Tile, edge_index, encode_entry, encode_hashes};

use super::edge::Edge;
use super::leftovers::{Seen, TILES, is_beyond};
use super::{CHECKPOINT, CHECKPOINT_CAP, Error, Fault, Head, LOCK, Store};

/// Appends to a log. Holds its lock until it is dropped.
///
/// After the first failed write or sync it writes no more: data can look durable after a failed sync. Open the log
/// again; its checkpoint then says what was recorded.
#[derive(Debug)]
pub struct Writer<M: Medium> {
    store: Store<M>,
    edge: Edge,
    /// Bytes of the last, partial entry bundle.
    bundle: Vec<u8>,
    /// Folders that are known to be there and to last, or to be synced, and folders whose names have changed since they were.
    known: BTreeSet<String>,
    unsynced: BTreeSet<String>,
    /// What an interrupted append may have left is gone.
    swept: bool,
    poisoned: bool,
    _lock: M::Lock,
}

impl<M: Medium> Writer<M> {
    /// Starts a log with its first entries (none is allowed) in a folder that is yet to be made, is empty, or holds what
    /// an interrupted start with as many entries left.
    ///
    /// `make_checkpoint` is called as in [`Self::append`].
    ///
    /// # Errors
    /// [`Error::Exists`] and [`Error::NotEmpty`] change nothing; then as [`Self::append`]. An interrupted start leaves a
    /// folder without a checkpoint: no log was acknowledged; start again.
    pub fn init<E: From<Error>>(
        medium: M,
        entries: &[Vec<u8>],
        make_checkpoint: impl FnOnce(Head) -> Result<Vec<u8>, E>,
    ) -> Result<Self, E> {
        medium.create_dir("").map_err(Error::writing(""))?;
        refuse_if_used(&medium, entries.len())?;
        let lock = take_lock(&medium)?;
        // Again, now that nobody else can start one.
        refuse_if_used(&medium, entries.len())?;
        let mut writer = Self::new(Store::open(medium), Edge::empty(), Vec::new(), lock);
        writer.append(entries, make_checkpoint)?;
        Ok(writer)
    }

    /// Opens a log to append to. Reads its checkpoint and the right edge of its tree, and checks that they agree.
    ///
    /// `verify` gets the checkpoint's bytes while the lock is held, and says what size and root they vouch for. It is
    /// the place for the guard against a restored backup ([`crate::published::Published::admit`]): the first append
    /// removes what lies beyond the checkpoint.
    ///
    /// # Errors
    /// Whatever `verify` refuses; [`Error::Locked`]; [`Error::WrongRoot`], [`Error::WrongEntries`] and the errors of
    /// reading if the edge of the tree is damaged; [`Error::Unwritable`] on a read-only medium. Nothing is changed.
    pub fn open<E: From<Error>>(
        medium: M,
        verify: impl FnOnce(&Store<M>, &[u8]) -> Result<Head, E>,
    ) -> Result<Self, E> {
        let store = Store::open(medium);
        // Before a lock file is made in a folder that is no log.
        store.checkpoint()?;
        let lock = take_lock(&store.medium)?;
        // What is built upon must last: an interrupted append may have renamed the checkpoint and not synced.
        store.medium.sync_dir("").map_err(Error::writing(""))?;
        let head = verify(&store, &store.checkpoint()?)?;
        let edge = Edge::read(&store, head.size)?;
        let tiles = edge.head();
        if tiles.root != head.root {
            return Err(Error::WrongRoot { head, tiles: tiles.root }.into());
        }
        let bundle = edge_bundle(&store, &edge)?;
        Ok(Self::new(store, edge, bundle, lock))
    }

    fn new(store: Store<M>, edge: Edge, bundle: Vec<u8>, lock: M::Lock) -> Self {
        let known = BTreeSet::from([String::new()]);
        let unsynced = BTreeSet::new();
        Self { store, edge, bundle, known, unsynced, swept: false, poisoned: false, _lock: lock }
    }

    /// The log as a reader sees it.
    pub fn store(&self) -> &Store<M> {
        &self.store
    }

    /// Size and root of what is recorded.
    pub fn head(&self) -> Head {
        self.edge.head()
    }

    /// Records entries, all or none, and returns when they are durable.
    ///
    /// `make_checkpoint` is called once, when the entries and tiles are durable, and gives the signed checkpoint of the
    /// new head. If it fails, nothing was recorded and the writer goes on. What it signed may be seen by readers from
    /// the moment its file is in place, shortly before it is durable and this returns. No entries at all is allowed: the
    /// checkpoint alone is replaced, as when cosignatures were collected.
    ///
    /// # Errors
    /// [`Error::EntryTooLong`], [`Error::OutOfRange`] (a full tree) and [`Error::Poisoned`] change nothing.
    /// [`Error::Unwritable`] and errors of reading poison the writer: whether the entries were recorded is seen when
    /// the log is opened again.
    pub fn append<E: From<Error>>(
        &mut self,
        entries: &[Vec<u8>],
        make_checkpoint: impl FnOnce(Head) -> Result<Vec<u8>, E>,
    ) -> Result<Head, E> {
        if self.poisoned {
            return Err(Error::Poisoned.into());
        }
        if let Some((index, entry)) = entries.iter().enumerate().find(|(_, entry)| entry.len() > ENTRY_CAP) {
            return Err(Error::EntryTooLong { index, length: entry.len() }.into());
        }
        let old = self.edge.size();
        let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
        let full = Error::OutOfRange { asked: u64::MAX, size: old };
        let (edge, tiles) = self.edge.grow(&leaves).ok_or(full)?;
        let head = edge.head();

        // Lifted where the work ends well; until then also a panic in the caller's closure leaves it set.
        self.poisoned = true;
        self.sweep(old)?;
        let bundle = self.put_entries(old, entries)?;
        for (tile, hashes) in &tiles {
            self.put(*tile, &encode_hashes(hashes))?;
        }
        self.sync()?;
        let made = make_checkpoint(head).and_then(|made| within_cap(made).map_err(E::from));
        if made.is_err() {
            // What was put in place is now a leftover like any other.
            (self.poisoned, self.swept) = (false, false);
        }
        let checkpoint = made?;
        self.put_checkpoint(&checkpoint)?;
        (self.edge, self.bundle) = (edge, bundle);
        // Recorded. A failure to tidy up is no failure of the append; it only ends this writer.
        self.poisoned = self.remove_superseded(old, head.size).is_err();
        Ok(head)
    }

    fn put_entries(&mut self, old: u64, entries: &[Vec<u8>]) -> Result<Vec<u8>, Error> {
        let mut bytes = self.bundle.clone();
        let mut size = old;
        for entry in entries {
            let index = edge_index(Kind::Entries, size);
            if !encode_entry(&mut bytes, entry) {
                return Err(Error::EntryTooLong { index: 0, length: entry.len() });
            }
            size += 1;
            if let Some(full) = Tile::in_tree(Kind::Entries, index, size).filter(Tile::is_full) {
                self.put(full, &bytes)?;
                bytes.clear();
            }
        }
        if let Some(tile) = Tile::edge(Kind::Entries, size).filter(|_| size > old) {
            self.put(tile, &bytes)?;
        }
        Ok(bytes)
    }

    fn put(&mut self, tile: Tile, bytes: &[u8]) -> Result<(), Error> {
        let path = tile.to_string();
        let folder = folder_of(&path);
        self.enter(folder)?;
        self.unsynced.insert(folder.to_owned());
        self.store.medium.write(&path, bytes).map_err(Error::writing(path))
    }

    /// Makes a folder and those above it. One that was there may be an interrupted writer's, its name not yet durable.
    fn enter(&mut self, folder: &str) -> Result<(), Error> {
        if !self.known.contains(folder) {
            self.enter(folder_of(folder))?;
            self.store.medium.create_dir(folder).map_err(Error::writing(folder))?;
            self.unsynced.insert(folder_of(folder).to_owned());
            self.known.insert(folder.to_owned());
        }
        Ok(())
    }

    fn sync(&mut self) -> Result<(), Error> {
        while let Some(folder) = self.unsynced.pop_last() {
            self.store.medium.sync_dir(&folder).map_err(Error::writing(folder))?;
        }
        Ok(())
    }

    fn put_checkpoint(&self, checkpoint: &[u8]) -> Result<(), Error> {
        let medium = &self.store.medium;
        medium.write(CHECKPOINT, checkpoint).and_then(|()| medium.sync_dir("")).map_err(Error::writing(CHECKPOINT))
    }
}

/// The last bundle's bytes, checked against the leaf hashes beside it: it is written again when it grows.
fn edge_bundle<M: Medium>(store: &Store<M>, edge: &Edge) -> Result<Vec<u8>, Error> {
    let size = edge.size();
    let Some(tile) = Tile::edge(Kind::Entries, size) else { return Ok(Vec::new()) };
    let bundle = store.bundle(tile.index(), size)?;
    if !bundle.iter().map(leaf_hash).eq(edge.row(0).iter().copied()) {
        return Err(Error::WrongEntries { path: tile.to_string() });
    }
    Ok(bundle.into_bytes())
}

fn within_cap(checkpoint: Vec<u8>) -> Result<Vec<u8>, Error> {
    if checkpoint.len() > CHECKPOINT_CAP {
        return Err(Error::Malformed { path: CHECKPOINT.into(), fault: Fault::TooLong { cap: CHECKPOINT_CAP } });
    }
    Ok(checkpoint)
}

fn take_lock<M: Medium>(medium: &M) -> Result<M::Lock, Error> {
    let lock = medium.lock(LOCK).map_err(Error::writing(LOCK))?;
    lock.ok_or_else(|| Error::Locked { path: LOCK.into() })
}

/// Is there a log, or anything that a start with so many entries does not leave when it is interrupted? Tiles of more
/// entries are those of a log that lost its checkpoint.
fn refuse_if_used<M: Medium>(medium: &M, entries: usize) -> Result<(), Error> {
    let items = medium.list("").map_err(|error| Error::reading("", 0, error))?;
    if items.iter().any(|item| item.name == CHECKPOINT) {
        return Err(Error::Exists);
    }
    let is_leftover = |item: &Item| item.name == LOCK || item.name.starts_with(TEMPORARY_PREFIX);
    for item in items.into_iter().filter(|item| !is_leftover(item)) {
        if !(item.is_dir && item.name == TILES) {
            return Err(Error::NotEmpty { found: item.name });
        }
        let size = u64::try_from(entries).unwrap_or(u64::MAX);
        Store::open(medium).walk(&mut |seen| match seen {
            Seen::Tile(tile) if !is_beyond(tile, size) => Ok(()),
            Seen::Tile(tile) => Err(Error::NotEmpty { found: tile.to_string() }),
            Seen::Foreign(found) => Err(Error::NotEmpty { found }),
            Seen::Failed(error) => Err(error),
        })?;
    }
    Ok(())
}

/// The folder that a path lies in.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
