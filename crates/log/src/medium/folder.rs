//! A folder of the local file system as a [`Medium`].

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Item, Medium, TEMPORARY_PREFIX};

/// A folder of the local file system.
///
/// A file is written directly in the folder under a temporary name, synced, and renamed into place. On Windows folders cannot be synced; there the file system's own journal decides when a name lasts.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder at `root`. Nothing is read or made yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn path(&self, path: &str) -> PathBuf {
        let mut full = self.root.clone();
        full.extend(path.split('/').filter(|part| !part.is_empty()));
        full
    }
}

impl Medium for Folder {
    type Lock = File;

    fn read(&self, path: &str, cap: usize) -> io::Result<Vec<u8>> {
        let full = self.path(path);
        // Asked before it is opened: opening a pipe would wait for ever.
        if !fs::metadata(&full)?.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::new();
        let limit = u64::try_from(cap).unwrap_or(u64::MAX).saturating_add(1);
        File::open(&full)?.take(limit).read_to_end(&mut bytes)?;
        if bytes.len() > cap { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn read_range(&self, path: &str, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(path))?;
        // Before there is room for it: a length that the file does not have takes no memory.
        if file.metadata()?.len() < offset.saturating_add(u64::try_from(length).unwrap_or(u64::MAX)) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        file.seek(io::SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, path: &str) -> io::Result<Vec<Item>> {
        let mut items = Vec::new();
        for item in fs::read_dir(self.path(path))? {
            let item = item?;
            let name = item.file_name().to_string_lossy().into_owned();
            items.push(Item { name, is_dir: item.file_type()?.is_dir() });
        }
        items.sort_unstable();
        Ok(items)
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = temporary().tempfile_in(&self.root)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(self.path(path)).map_err(|refused| refused.error)?;
        Ok(())
    }

    fn create_dir(&self, path: &str) -> io::Result<()> {
        let full = self.path(path);
        match fs::create_dir(&full) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && full.is_dir() => Ok(()),
            // The folder above the medium is out of reach of `sync_dir`.
            Ok(()) if path.is_empty() => sync_parent(&self.root),
            done => done,
        }
    }

    #[cfg(unix)]
    fn sync_dir(&self, path: &str) -> io::Result<()> {
        File::open(self.path(path))?.sync_all()
    }

    #[cfg(not(unix))]
    fn sync_dir(&self, _path: &str) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.path(path))
    }

    fn remove_dir(&self, path: &str) -> io::Result<()> {
        fs::remove_dir(self.path(path))
    }

    fn lock(&self, path: &str) -> io::Result<Option<File>> {
        let file = File::options().write(true).create(true).truncate(false).open(self.path(path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

#[cfg(unix)]
fn sync_parent(folder: &Path) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_parent(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A log is there to be published: its files get the permissions that the user's umask leaves, not a private file's.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
