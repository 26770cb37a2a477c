//! The narrow seam to the storage below a log: whole files, folders, one lock.
//!
//! What is assumed of a medium, and nothing more: a file that was written with [`Medium::write`] holds all its bytes
//! or has not come into being, also over a power cut; the *names* in a folder, new, replaced or removed, last once
//! [`Medium::sync_dir`] on that folder returned. Until then each of them may or may not be there after a cut, in any
//! combination. After an error of a write or sync nothing is assumed at all.
//!
//! Paths are relative, with `/` between parts; the empty path is the folder itself.

mod folder;

use std::io;

pub use folder::Folder;

/// Files whose names begin so are unfinished writes. They lie directly in the medium's folder; nobody reads them.
pub const TEMPORARY_PREFIX: &str = ".tmp-";

/// What is found in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Its name. One that is no UTF-8 is shown with replacement characters.
    pub name: String,
    /// True for a folder; a link is none.
    pub is_dir: bool,
}

/// Storage of whole files. Every method takes paths relative to the medium.
pub trait Medium {
    /// Held as long as the lock is.
    type Lock;

    /// Reads a whole file of at most `cap` bytes.
    ///
    /// # Errors
    /// `NotFound`; `FileTooLarge` beyond `cap`; `InvalidInput` for what is no regular file; what the medium reports.
    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>>;

    /// Reads some bytes of a file.
    ///
    /// # Errors
    /// As [`Self::read`]; `UnexpectedEof` where the file ends before.
    fn read_range(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let whole = self.read(path, usize::MAX)?;
        let part = usize::try_from(offset).ok().and_then(|offset| whole.get(offset..offset.checked_add(length)?));
        part.map_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()), |part| Ok(part.to_vec()))
    }

    /// Names in a folder, sorted.
    ///
    /// # Errors
    /// `NotFound`, `NotADirectory`, or what the medium reports.
    fn list(&self, path: &str) -> io::Result<Vec<Item>>;

    /// Puts a file in place, whole, in place of any of that name. Its bytes last; its name lasts after
    /// [`Self::sync_dir`] of its folder.
    ///
    /// # Errors
    /// What the medium reports (full, read-only, failed sync). The old file may or may not be there then.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;

    /// Makes a folder, in a folder that exists; one that is already there is fine.
    ///
    /// # Errors
    /// What the medium reports.
    fn create_dir(&self, path: &str) -> io::Result<()>;

    /// Makes the names in a folder last.
    ///
    /// # Errors
    /// What the medium reports.
    fn sync_dir(&self, path: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// `NotFound`, or what the medium reports.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// `NotFound`, `DirectoryNotEmpty`, or what the medium reports.
    fn remove_dir(&self, path: &str) -> io::Result<()>;

    /// Takes an exclusive lock on a file of its own, which is made if need be and stays empty. `None` while another
    /// process, or another part of this one, holds it. The system frees it when its holder dies.
    ///
    /// # Errors
    /// What the medium reports, also where it knows no locks.
    fn lock(&self, path: &str) -> io::Result<Option<Self::Lock>>;
}

impl<M: Medium + ?Sized> Medium for &M {
    type Lock = M::Lock;

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        (**self).read(path, cap)
    }

    fn read_range(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        (**self).read_range(path, offset, length)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        (**self).list(path)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        (**self).write(path, bytes)
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        (**self).create_dir(path)
    }

    fn sync_dir(&self, path: &str) -> io::Result<()> {
        (**self).sync_dir(path)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        (**self).remove(path)
    }

    fn remove_dir(&self, path: &str) -> io::Result<()> {
        (**self).remove_dir(path)
    }

    fn lock(&self, path: &str) -> io::Result<Option<Self::Lock>> {
        (**self).lock(path)
    }
}
