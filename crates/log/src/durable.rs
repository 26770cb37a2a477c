//! Single files of the user's own (keys, heads, trust roots, what signing verbs write): whole, durable, never
//! overwritten by accident.
//!
//! A file is written under a temporary name in its own folder, synced, and moved into place; then the folder is synced
//! (not on Windows, where folders cannot be). After a power cut it is there whole, or not there at all.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Who may read a new file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Access {
    /// Its owner alone.
    Private,
    /// Whoever the user's umask lets.
    Shared,
}

/// Makes a file; `AlreadyExists` where anything has that name.
pub(crate) fn create(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    // Asked first so that a taken name needs no writable folder to be reported; the move below asks again.
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    write_beside(path, bytes, access)?.persist_noclobber(path).map_err(|refused| refused.error)?;
    // What may not last is not left for the next try to meet.
    sync_folder(path).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Puts a file in place, instead of any that has that name.
pub(crate) fn replace(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    write_beside(path, bytes, access)?.persist(path).map_err(|refused| refused.error)?;
    sync_folder(path)
}

/// Fails where no file can be made beside `path`.
pub(crate) fn probe(path: &Path) -> io::Result<()> {
    tempfile::Builder::new().prefix(".tmp-").tempfile_in(folder_of(path)).map(drop)
}

/// Reads a regular file of at most `cap` bytes; `FileTooLarge` beyond.
pub(crate) fn read(path: &Path, cap: u64) -> io::Result<Vec<u8>> {
    // Asked before it is opened: opening a pipe would wait for ever.
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    // Room for all of it at once: a private key leaves no copies in memory that was let go.
    let room = usize::try_from(found.len().min(cap)).unwrap_or_default().saturating_add(1);
    let mut bytes = Vec::with_capacity(room);
    let read = File::open(path)?.take(cap.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= cap) { Ok(bytes) } else { Err(io::ErrorKind::FileTooLarge.into()) }
}

/// Takes the lock on an empty file of its own; `None` while another holds it.
pub(crate) fn lock(path: &Path) -> io::Result<Option<File>> {
    let file = File::options().write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The file beside `path` whose name is longer by `ending`, as in `unit.key` and `unit.key.pub`.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn write_beside(path: &Path, bytes: &[u8], access: Access) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tmp-");
    #[cfg(unix)]
    {
        let mode = if access == Access::Private { 0o600 } else { 0o666 };
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = access;
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(folder_of(path))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
