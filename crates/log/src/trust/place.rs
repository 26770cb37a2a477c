//! Where the trust root lies.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::{FILE, TrustError};

/// The environment variable that names the folder.
pub const VARIABLE: &str = "IKRAR_KEYS";

/// The folder that a trust root is taken from, or made in: the one named on the command line, else by [`VARIABLE`], else
/// `ikrar` in the user's configuration. The first that is named decides; there is no falling back to another.
///
/// # Errors
/// [`TrustError::NoFolder`] where none is named and the user has no configuration.
pub fn folder(flag: Option<&Path>) -> Result<PathBuf, TrustError> {
    folder_in(flag, &|name| std::env::var_os(name)).ok_or(TrustError::NoFolder)
}

/// As [`folder`], and there must be a trust root in it.
///
/// # Errors
/// [`TrustError::NoTrustRoot`] or [`TrustError::NoFolder`].
pub fn locate(flag: Option<&Path>) -> Result<PathBuf, TrustError> {
    let folder = folder(flag)?;
    let file = folder.join(FILE);
    if file.exists() { Ok(folder) } else { Err(TrustError::NoTrustRoot { looked_at: vec![file] }) }
}

pub(super) fn folder_in(flag: Option<&Path>, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let named = |name| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // A relative one would lead to the current folder, which is never looked at unasked.
    let absolute = |name| named(name).filter(|path| path.is_absolute());
    let configuration = || {
        if cfg!(windows) {
            absolute("APPDATA")
        } else {
            absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")))
        }
    };
    flag.map(Path::to_owned).or_else(|| named(VARIABLE)).or_else(|| configuration().map(|folder| folder.join("ikrar")))
}
