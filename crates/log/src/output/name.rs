//! File names that every system takes: what we write travels by stick between Windows and Linux.

use std::path::Path;

/// Why a file name would not survive the journey.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NameFault {
    /// A character that Windows takes for something else, or takes nowhere.
    #[error("the character {0:?} is in no file name on Windows")]
    Character(char),
    /// The name of a device, with any ending.
    #[error("Windows keeps this name for a device")]
    Device,
    /// Windows drops a dot or space at the end.
    #[error("Windows drops a dot or a space at the end of a file name")]
    End,
    /// No name at all, or one that is not UTF-8.
    #[error("this is no file name")]
    NoName,
}

/// Names of devices; COM and LPT go with a digit, superscripts included.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
const DIGITS: [&str; 13] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\u{b9}", "\u{b2}", "\u{b3}"];

/// Checks the last part of a path on every system by the rules of the strictest. Folders are the user's own.
///
/// # Errors
/// The first [`NameFault`].
pub fn check_name(path: &Path) -> Result<(), NameFault> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(NameFault::NoName)?;
    let unfit = |c: &char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*');
    if let Some(character) = name.chars().find(unfit) {
        return Err(NameFault::Character(character));
    }
    if name.ends_with(['.', ' ']) {
        return Err(NameFault::End);
    }
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let port = ["com", "lpt"].iter().find_map(|port| stem.strip_prefix(port));
    if DEVICES.contains(&stem.as_str()) || port.is_some_and(|digit| DIGITS.contains(&digit)) {
        return Err(NameFault::Device);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lost_between_two_systems() {
        let of = |name: &str| check_name(Path::new(name));
        for good in
            ["pledge.ikrar", "wil-33.74.key", "a/b c.ikrar", ".hidden", "com", "com10", "console.txt", "ikrar ö"]
        {
            assert_eq!(of(good), Ok(()), "{good}");
        }
        for device in ["CON", "nul", "aux.txt", "a/Prn.tar.gz", "com1", "LPT9.ikrar", "com\u{b9}", "nul .txt", "CONIN$"]
        {
            assert_eq!(of(device), Err(NameFault::Device), "{device}");
        }
        for (name, character) in [("wil:33.key", ':'), ("a?b", '?'), ("a\tb", '\t'), ("a|b", '|'), ("a*", '*')] {
            assert_eq!(of(name), Err(NameFault::Character(character)), "{name}");
        }
        for end in ["a.", "a ", "folder/a. ."] {
            assert_eq!(of(end), Err(NameFault::End), "{end}");
        }
        for none in ["", "..", "/"] {
            assert_eq!(of(none), Err(NameFault::NoName), "{none}");
        }
    }
}
