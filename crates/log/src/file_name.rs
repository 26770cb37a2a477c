//! Names that Windows gives to no file: devices, streams of another file, and what loses its last character.

use std::io;
use std::path::Path;

/// Refuses on Windows what would not become a file of that name; units' ids have colons, so people will try.
pub(crate) fn check(path: &Path) -> io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if cfg!(windows) && !is_plain(&name) {
        let why = "Windows has no files of such a name; avoid < > : \" | ? *, a dot or space at the end, and names of \
                   devices such as CON, NUL and COM1";
        return Err(io::Error::new(io::ErrorKind::InvalidFilename, why));
    }
    Ok(())
}

fn is_plain(name: &str) -> bool {
    let refused = |c: char| c.is_control() || "<>:\"|?*".contains(c);
    !is_device(name) && !name.ends_with(['.', ' ']) && !name.contains(refused)
}

/// Devices have their names with every ending: `aux.key` is one on Windows before 11.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_ascii_uppercase();
    let numbered = |port| stem.strip_prefix(port).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&&*stem) || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_or_stream_passes_for_a_file() {
        for name in ["NUL", "con", "aux.key", "Com1.ikrar", "lpt9", "nul .txt", "conin$"] {
            assert!(is_device(name) && !is_plain(name), "{name}");
        }
        for name in ["wil:33.74.key", "a?", "*.ikrar", "a\u{1}", "root.key.", "root.key "] {
            assert!(!is_plain(name), "{name}");
        }
        for name in ["root.key", "wil-33.74.key", ".tmp-x", "console", "com", "COM10", "naskah 2020.toml", "ikrar·é"]
        {
            assert!(is_plain(name), "{name}");
        }
    }

    #[test]
    fn linux_is_held_to_the_names_of_windows() {
        assert_eq!(check(Path::new("keys/wil:33.74.key")).is_ok(), !cfg!(windows));
    }
}
