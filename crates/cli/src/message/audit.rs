//! Errors of an audit state.

use ikrar_log::audit::AuditError;
use ikrar_log::history::ShelfError;

use super::{Message, Tell, cause};

impl Tell for AuditError {
    fn message(&self) -> Message {
        match self {
            Self::Locked => cause("audit-locked"),
            Self::Damaged { path } => cause("audit-damaged").with("path", path),
            Self::Foreign { path, origin } => cause("audit-foreign").with("path", path).with("origin", origin),
            Self::Unreadable { path, source } => cause("file-unreadable").with("path", path).told("cause", source),
            Self::Unwritable { path, source } => cause("file-unwritable").with("path", path).told("cause", source),
        }
    }
}

impl Tell for ShelfError {
    fn message(&self) -> Message {
        match self {
            Self::Damaged { file } => cause("audit-damaged").with("path", file),
            Self::Unreadable { file, kind } => cause("file-unreadable").with("path", file).told("cause", kind),
        }
    }
}
