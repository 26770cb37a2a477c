//! What a writer removes: leftovers of an interrupted append before its own, superseded partial tiles after it.

use std::collections::BTreeSet;

use crate::medium::{Medium, TEMPORARY_PREFIX};
use crate::store::Error;
use crate::store::leftovers::{Seen, is_beyond};
use crate::tiles::{Kind, Tile, edge_index, encode_hashes};

use super::{Writer, folder_of};

impl<M: Medium> Writer<M> {
    /// Removes what an interrupted writer left: unfinished files, tiles beyond the checkpoint, and partial tiles whose
    /// full tile is there. The removals are synced with the tiles, before the next checkpoint: a tile that came back
    /// later would contradict it.
    pub(super) fn sweep(&mut self, size: u64) -> Result<(), Error> {
        if self.swept {
            return Ok(());
        }
        for item in self.store.medium.list("").map_err(|error| Error::reading("", 0, error))? {
            if item.name.starts_with(TEMPORARY_PREFIX) && !item.is_dir {
                self.store.medium.remove(&item.name).map_err(Error::writing(item.name))?;
            }
        }
        let mut doomed = Vec::new();
        let mut last_full = None;
        let mut edges: BTreeSet<Tile> = Kind::all().filter_map(|kind| Tile::edge(kind, size)).collect();
        self.store.walk(&mut |seen| {
            if let Seen::Tile(tile) = &seen {
                edges.remove(tile);
            }
            match seen {
                Seen::Tile(tile) if is_beyond(tile, size) => doomed.push(tile),
                Seen::Tile(tile) if tile.is_full() => last_full = Some(tile),
                // A full tile comes just before its partial ones.
                Seen::Tile(tile) if last_full == Some(tile.full()) => doomed.push(tile),
                Seen::Tile(_) | Seen::Foreign(_) => {}
                Seen::Failed(error) => return Err(error),
            }
            Ok(())
        })?;
        if doomed.is_empty() && edges.is_empty() {
            self.trust_folders_of(size);
        }
        // Where a wider tile served in place of one that the checkpoint needs, that one is put back first.
        for tile in &edges {
            match tile.kind() {
                Kind::Entries => self.put(*tile, &self.bundle.clone())?,
                Kind::Hashes(level) => self.put(*tile, &encode_hashes(self.edge.row(level)))?,
            }
        }
        if !edges.is_empty() {
            self.sync()?;
        }
        for tile in doomed {
            let path = tile.to_string();
            self.store.medium.remove(&path).map_err(Error::writing(&*path))?;
            let folder = folder_of(&path);
            self.unsynced.insert(folder.to_owned());
            if !tile.is_full() {
                self.remove_if_empty(folder);
            }
        }
        self.swept = true;
        Ok(())
    }

    /// Removes the partial tiles of rows that have grown into a full tile, which is durable by now.
    pub(super) fn remove_superseded(&mut self, old: u64, new: u64) -> Result<(), Error> {
        let grown = Kind::all().filter(|kind| edge_index(*kind, new) > edge_index(*kind, old));
        for edge in grown.filter_map(|kind| Tile::edge(kind, old)) {
            for partial in self.store.partials(edge)? {
                let path = partial.to_string();
                self.store.medium.remove(&path).map_err(Error::writing(path))?;
            }
            self.remove_if_empty(&edge.partial_folder());
        }
        Ok(())
    }

    /// Where nothing was left over, the folders of the partial tiles last: they were synced before the checkpoint that these
    /// belong to. One that was put back since is not among them, for until it is synced the wider tile that served stays.
    fn trust_folders_of(&mut self, size: u64) {
        for tile in Kind::all().filter_map(|kind| Tile::edge(kind, size)) {
            let partials = tile.partial_folder();
            let folders = std::iter::successors(Some(&*partials), |folder| Some(folder_of(folder)));
            self.known.extend(folders.take_while(|folder| !folder.is_empty()).map(str::to_owned));
        }
    }

    /// Removes a folder of partial tiles; one that still holds something stays.
    fn remove_if_empty(&mut self, folder: &str) {
        if self.store.medium.remove_dir(folder).is_ok() {
            self.known.remove(folder);
            self.unsynced.remove(folder);
            self.unsynced.insert(folder_of(folder).to_owned());
        }
    }
}
