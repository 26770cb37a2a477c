//! Room for statements: files into which a history lets go of them.

use std::io;
use std::sync::Arc;

use super::{History, Shelf};
use crate::medium::{Folder, Medium, TEMPORARY_PREFIX};

/// Statements in memory above which a history looks for room elsewhere.
const IN_MEMORY: usize = 1 << 16;

/// Files of statements on a medium.
#[derive(Debug)]
pub struct Room<M> {
    in_memory: usize,
    lasts: bool,
    medium: M,
    shelf: Arc<Shelf>,
    files: Vec<u64>,
    next: u64,
}

impl<M: Medium + Clone + Send + Sync + 'static> Room<M> {
    /// On a medium where these files are in use. Whatever else is there stays as it is.
    ///
    /// # Errors
    /// What the medium reports.
    pub fn new(medium: M, files: Vec<u64>) -> io::Result<Self> {
        let taken = medium.list("")?.into_iter().filter_map(|item| Shelf::file_number(&item.name));
        let next = taken.chain(files.iter().copied()).max().map_or(0, |last| last.saturating_add(1));
        let shelf = Arc::new(Shelf::new(medium.clone()));
        Ok(Self { in_memory: IN_MEMORY, lasts: true, shelf, medium, files, next })
    }

    /// The shelf, from which a history of these files reads.
    pub fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Are its files still there when the program has ended?
    pub fn lasts(&self) -> bool {
        self.lasts
    }

    /// The files in use, in the order in which they were written.
    pub fn files(&self) -> &[u64] {
        &self.files
    }

    /// Takes statements as soon as so many are in memory.
    pub fn above(self, in_memory: usize) -> Self {
        Self { in_memory, ..self }
    }

    /// Takes what a history has in memory, where that is much.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn relieve(&mut self, history: &mut History) -> io::Result<()> {
        if history.unshelved() >= self.in_memory { self.take(history, false) } else { Ok(()) }
    }

    /// Takes what a history has in memory; `anew`, also what lies in the files so far, and lets go of these.
    ///
    /// # Errors
    /// What the medium reports; then the history is as it was.
    pub fn take(&mut self, history: &mut History, anew: bool) -> io::Result<()> {
        let name = Shelf::file_name(self.next);
        let shelved = history.shelve(&self.shelf, self.next, anew, |bytes| {
            self.medium.write(&name, bytes).and_then(|()| self.medium.sync_dir(""))
        })?;
        if anew {
            self.files.clear();
        }
        if shelved {
            self.files.push(self.next);
            self.next = self.next.saturating_add(1);
        }
        Ok(())
    }

    /// Removes the files that are not in use, and what an interrupted write left. Nobody else writes here.
    ///
    /// # Errors
    /// What the medium reports.
    pub fn tidy(&self) -> io::Result<()> {
        for item in self.medium.list("")? {
            let unused = Shelf::file_number(&item.name).is_some_and(|file| !self.files.contains(&file));
            if unused || item.name.starts_with(TEMPORARY_PREFIX) {
                self.medium.remove(&item.name)?;
            }
        }
        Ok(())
    }
}

impl Room<Folder> {
    /// In a folder of its own, which is gone with the last history that reads from it.
    ///
    /// # Errors
    /// What the system reports.
    pub fn temporary() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("ikrar-").tempdir()?;
        let medium = Folder::new(folder.path());
        let shelf = Arc::new(Shelf::new(medium.clone()).keeping(folder));
        Ok(Self { in_memory: IN_MEMORY, lasts: false, medium, shelf, files: Vec::new(), next: 0 })
    }
}
