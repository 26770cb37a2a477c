//! Where a command puts what it made: a new file, whole and durable, or standard output.

mod name;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::durable::{self, Access};

pub use name::{NameFault, check_name};

/// Why a result was not written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The file is there already. Nothing was changed.
    #[error("{} exists already; choose another name, nothing is overwritten", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The medium failed to write.
    #[error("{} cannot be written", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What it reported.
        #[source]
        source: io::Error,
    },
    /// Its name is lost on one of the systems that files travel between. Nothing was written.
    #[error("{} is no name that every system takes: {fault}", path.display())]
    Name {
        /// The file.
        path: PathBuf,
        /// Why.
        fault: NameFault,
    },
    /// Standard output failed; a broken pipe among others.
    #[error("standard output cannot be written")]
    Stdout(#[source] io::Error),
}

/// Writes to a file, or to standard output where `to` is `-`. A file that exists is refused.
///
/// # Errors
/// An [`OutputError`].
pub fn write_out(to: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    if to == Path::new("-") {
        let mut out = io::stdout().lock();
        return out.write_all(bytes).and_then(|()| out.flush()).map_err(OutputError::Stdout);
    }
    fit(to)?;
    durable::create(to, bytes, Access::Shared).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => OutputError::Exists { path: to.to_owned() },
        _ => OutputError::Unwritable { path: to.to_owned(), source },
    })
}

/// Can a new file be made where `to` is to be? Asked before what cannot be taken back.
///
/// # Errors
/// [`OutputError::Name`], [`OutputError::Unwritable`].
pub fn probe(to: &Path) -> Result<(), OutputError> {
    fit(to)?;
    let unwritable = |source| OutputError::Unwritable { path: to.to_owned(), source };
    durable::probe(to).map_err(unwritable)
}

fn fit(to: &Path) -> Result<(), OutputError> {
    check_name(to).map_err(|fault| OutputError::Name { path: to.to_owned(), fault })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_exists_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        write_out(&path, b"first").unwrap();
        assert!(matches!(write_out(&path, b"second"), Err(OutputError::Exists { .. })));
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
        assert!(matches!(write_out(&path.join("x"), b""), Err(OutputError::Unwritable { .. })));
        assert!(matches!(probe(&path.join("x")), Err(OutputError::Unwritable { .. })));
        probe(&folder.path().join("new")).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "asking leaves nothing");
    }
}
