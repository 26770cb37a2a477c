//! What verification found.

use ikrar_log::journal_export::JournalRule;
use ikrar_log::verify::{Detail, FindingRule, LogRule, Signed, StoreFault};

use super::{Message, Tell, cause};
use crate::words::kebab;

impl Tell for LogRule {
    fn message(&self) -> Message {
        Message::named("rule", self.name())
    }
}

impl Tell for JournalRule {
    fn message(&self) -> Message {
        Message::named("rule", self.name())
    }
}

impl Tell for FindingRule {
    fn message(&self) -> Message {
        match self {
            Self::Entry(rule) => rule.message(),
            Self::Log(rule) => rule.message(),
        }
    }
}

impl Tell for Signed {
    fn message(&self) -> Message {
        let statement = Message::named("statement", &kebab(&self.statement));
        cause("finding-signed").told("statement", &statement).with("unit", &self.unit).with("seq", self.seq)
    }
}

impl Tell for StoreFault {
    fn message(&self) -> Message {
        match self {
            Self::Missing { path } => cause("store-missing").with("path", path),
            Self::Malformed { path, fault } => cause("store-malformed").with("path", path).told("fault", fault),
            Self::Unreadable { path, kind } => cause("file-unreadable").with("path", path).told("cause", kind),
            Self::Incoherent => cause("store-incoherent"),
        }
    }
}

impl Tell for Detail {
    fn message(&self) -> Message {
        match self {
            Self::Entry { signed: Some(signed), rule } => {
                cause("finding-of").told("signed", signed).told("meaning", rule)
            }
            Self::Entry { signed: None, rule } => rule.message(),
            Self::PinnedKey(error) => error.message(),
            Self::Checkpoint(error) => error.message(),
            Self::Note(error) => error.message(),
            Self::BeforePin { since, size } => cause("finding-before-pin").count("since", *since).count("size", *size),
            Self::Empty => cause("finding-empty"),
            Self::Policy(error) => error.message(),
            Self::UnknownSigner { name } => cause("finding-unknown-signer").with("name", name),
            Self::NoQuorum => cause("finding-no-quorum"),
            Self::Broken { fault, entries } => cause("finding-broken").told("fault", fault).count("entries", *entries),
            Self::OtherRoot { entries, checkpoint } => cause("finding-other-root")
                .with("entries", ikrar_log::verify::b64(entries))
                .with("checkpoint", ikrar_log::verify::b64(checkpoint)),
            Self::TileMalformed { path, fault } => cause("store-malformed").with("path", path).told("fault", fault),
            Self::TileUnreadable { path, kind } => cause("file-unreadable").with("path", path).told("cause", kind),
            Self::Tile { path, rule } => cause("finding-tile").with("path", path).told("meaning", rule),
            Self::KeyChanged => cause("finding-key-changed"),
            Self::Rotated { entry } => cause("finding-rotated").with("entry", entry),
            Self::NoCheckpoint { file, fault } => {
                cause("finding-no-checkpoint").with("file", file).told("fault", &**fault)
            }
            Self::OtherAuthority => cause("finding-other-authority"),
            Self::OtherOrigin => cause("finding-other-origin"),
            Self::Shrunk { earlier, now } => cause("finding-shrunk").count("earlier", *earlier).count("now", *now),
            Self::NoProof(fault) => fault.message(),
            Self::Rewritten { size, error } => cause("finding-rewritten").count("size", *size).told("error", error),
        }
    }
}
