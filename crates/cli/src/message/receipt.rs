//! Errors of receipts, and why they prove nothing.

use ikrar_core::note::MAX_NOTE;
use ikrar_log::receipt::{CheckError, RECEIPT_MAX, ReceiptError};

use super::{Message, Tell, cause};

impl Tell for ReceiptError {
    fn message(&self) -> Message {
        match self {
            Self::OtherKind(kind) => cause("receipt-other-kind").told("kind", kind),
            Self::Version => cause("receipt-version"),
            Self::TooLong { length } => cause("receipt-too-long").count("length", *length).count("most", RECEIPT_MAX),
            Self::Line { line, .. } => cause("receipt-line").with("line", line),
            Self::Extra => cause("receipt-extra"),
            Self::Bundle(error) => error.message(),
            Self::Entry { index } => cause("receipt-entry").with("entry", index),
            Self::Checkpoint => cause("receipt-checkpoint").count("most", MAX_NOTE),
        }
    }
}

impl Tell for CheckError {
    fn message(&self) -> Message {
        match self {
            Self::Checkpoint(error) => error.message(),
            Self::Witness(error) => cause("checked-witness").told("error", error),
            Self::Policy(error) => cause("checked-policy").told("error", error),
            Self::NotProven(error) => error.message(),
            Self::Path(error) => cause("checked-path").told("error", error),
            Self::NoEntry { index } => cause("checked-no-entry").with("entry", index),
            Self::WrongAuthority => cause("checked-wrong-authority"),
            Self::OtherOrigin => cause("checked-other-origin"),
            Self::LogKeyChanged => cause("checked-log-key-changed"),
            Self::Empty => cause("checked-empty"),
            Self::TooSmall { size, since } => cause("checked-too-small").count("size", *size).count("since", *since),
            Self::RotationNotExcluded { size, since } => {
                cause("checked-rotation").count("size", *size).count("since", *since)
            }
        }
    }
}
