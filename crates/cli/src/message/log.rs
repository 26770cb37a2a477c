//! Errors of a log's files, of the record of what was published, and of paths of trust.

use ikrar_log::path::PathError;
use ikrar_log::published;
use ikrar_log::store::{self, Fault};
use ikrar_log::tiles::{BundleFault, ENTRY_CAP, HashFault};

use super::{Message, Tell, cause};

impl Tell for store::Error {
    fn message(&self) -> Message {
        match self {
            Self::Missing { path } => cause("store-missing").with("path", path),
            Self::Unreadable { path, source } => cause("file-unreadable").with("path", path).told("cause", source),
            Self::Malformed { path, fault } => cause("store-malformed").with("path", path).told("fault", fault),
            Self::Unwritable { path, source } => cause("file-unwritable").with("path", path).told("cause", source),
            Self::Locked { path } => cause("store-locked").with("path", path),
            Self::Exists => cause("store-exists"),
            Self::NotEmpty { found } => cause("store-not-empty").with("found", found),
            Self::EntryTooLong { index, length } => {
                cause("store-entry-too-long").with("index", index).count("length", *length).count("most", ENTRY_CAP)
            }
            Self::Poisoned => cause("store-poisoned"),
            Self::OutOfRange { asked, size } => cause("store-out-of-range").count("asked", *asked).count("size", *size),
            Self::WrongRoot { head, tiles } => {
                cause("store-wrong-root").count("size", head.size).with("tiles", tiles).with("checkpoint", head.root)
            }
            Self::WrongEntries { path } => cause("store-wrong-entries").with("path", path),
        }
    }
}

impl Tell for Fault {
    fn message(&self) -> Message {
        match self {
            Self::Bundle(BundleFault::CutShort { entry }) => cause("tile-cut-short").with("entry", entry),
            Self::Bundle(BundleFault::TooFew { found, expected }) => {
                cause("tile-too-few").with("found", found).with("expected", expected)
            }
            Self::Bundle(BundleFault::Trailing { expected }) => cause("tile-trailing").with("expected", expected),
            Self::Hashes(HashFault { found, expected }) => {
                cause("tile-hashes").count("found", *found).with("expected", expected)
            }
            Self::TooLong { cap } => cause("tile-too-long").count("most", *cap),
            Self::NotAFile => cause("tile-not-a-file"),
        }
    }
}

impl Tell for published::Error {
    fn message(&self) -> Message {
        match self {
            Self::Behind { origin, recorded, found } => cause("published-behind")
                .with("origin", origin)
                .count("found", found.size)
                .count("recorded", recorded.size),
            Self::Forked { origin, recorded, prefix } => cause("published-forked")
                .with("origin", origin)
                .count("size", recorded.size)
                .with("prefix", prefix)
                .with("recorded", recorded.root),
            Self::Malformed { origin, path } => cause("published-malformed").with("origin", origin).with("path", path),
            Self::Record(source) | Self::Log(source) => source.message(),
        }
    }
}

impl Tell for PathError {
    fn message(&self) -> Message {
        match self {
            Self::Rejected { index, rule } => cause("path-rejected").with("entry", index).told("meaning", rule),
            Self::NoEffect { index } => cause("path-no-effect").with("entry", index),
            Self::Order { index } => cause("path-order").with("entry", index),
        }
    }
}
