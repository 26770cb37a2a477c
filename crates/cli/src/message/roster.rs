//! Errors in a roster, each with its next step.

use ikrar_log::roster::{Fault, RosterError};

use super::{Message, Tell, cause};

impl Tell for RosterError {
    fn message(&self) -> Message {
        let told = Message::named("roster", self.fault.name()).with("value", &self.value);
        match self.fault {
            Fault::FieldCount { expected, found } => told.count("expected", expected).count("found", found),
            Fault::DuplicateUnit { first } | Fault::DuplicateKey { first } => told.with("first", first),
            _ => told,
        }
    }
}

/// Where in the file.
pub(crate) fn place(error: &RosterError) -> Message {
    cause("roster-at").with("line", error.line).with("column", error.column)
}
