//! What is on the line to a device, and what a device refuses.

use ikrar_core::rule::Rule;
use ikrar_journal::{KINDS_MAX, ROUNDS_MAX, RosterError, TEXTS_MAX};
use ikrar_log::device_roster::DeviceRosterError;
use ikrar_terminal::wire::{ReceiptFault, Refusal, RosterFault};

use super::{Message, Tell, cause};
use crate::line::LineError;

impl Tell for LineError {
    fn message(&self) -> Message {
        match self {
            Self::Address => cause("line-address"),
            Self::Open(error) => cause("line-open").told("cause", error),
            Self::Silent => cause("line-silent"),
            Self::Closed => cause("line-closed"),
            Self::Failed(error) => cause("line-failed").told("cause", error),
            Self::Garbled => cause("line-garbled"),
            Self::RequestTooLong { length } => cause("line-request-too-long").count("length", *length),
        }
    }
}

/// The rule with this number, which another version's device may not share.
fn rule(number: u8) -> Message {
    let known = Rule::ALL.iter().find(|rule| rule.number() == number);
    known.map_or_else(|| cause("refusal-rule-unknown").with("number", number), Tell::message)
}

impl Tell for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::Garbled => cause("refusal-garbled"),
            Self::TooLong => cause("refusal-too-long"),
            Self::Version => cause("refusal-version"),
            Self::Malformed => cause("refusal-malformed"),
            Self::Unprovisioned => cause("refusal-unprovisioned"),
            Self::Provisioning => cause("refusal-provisioning"),
            Self::NotProvisioning => cause("refusal-not-provisioning"),
            Self::NotOpened => cause("refusal-not-opened"),
            Self::Roster(fault) => fault.message(),
            Self::Checkpoint => cause("refusal-checkpoint"),
            Self::Statement => cause("refusal-statement"),
            Self::Rule(number) => rule(*number),
            Self::NoUnit => cause("refusal-no-unit"),
            Self::Full => cause("refusal-full"),
            Self::EntryTooLong => cause("refusal-entry-too-long"),
            Self::Damaged => cause("refusal-damaged"),
            Self::OtherCheckpoint => cause("refusal-other-checkpoint"),
            Self::Absent => cause("refusal-absent"),
            Self::Flash => cause("refusal-flash"),
            Self::Receipt(fault) => fault.message(),
            Self::Inconsistent => cause("refusal-inconsistent"),
        }
    }
}

impl Tell for RosterFault {
    fn message(&self) -> Message {
        cause(match self {
            Self::Malformed => "refusal-roster-malformed",
            Self::TooLarge => "refusal-roster-too-large",
            Self::Reference => "refusal-roster-reference",
            Self::Older => "refusal-roster-older",
            Self::Missing => "refusal-roster-missing",
            Self::OtherKey => "refusal-roster-other-key",
            Self::Left => "refusal-roster-left",
            Self::Start => "refusal-roster-start",
        })
    }
}

impl Tell for ReceiptFault {
    fn message(&self) -> Message {
        match self {
            Self::NotBegun => cause("refusal-receipt-not-begun"),
            Self::Checkpoint => cause("refusal-receipt-checkpoint"),
            Self::Rotation => cause("refusal-receipt-rotation"),
            Self::Inclusion => cause("refusal-receipt-inclusion"),
            Self::Order => cause("refusal-receipt-order"),
            Self::Rejected(number) => cause("refusal-receipt-rejected").told("rule", &rule(*number)),
            Self::NoEffect(number) => cause("refusal-receipt-no-effect").told("rule", &rule(*number)),
            Self::TooLarge => cause("refusal-receipt-too-large"),
            Self::LogKey => cause("refusal-receipt-log-key"),
            Self::Empty => cause("refusal-receipt-empty"),
        }
    }
}

impl Tell for DeviceRosterError {
    fn message(&self) -> Message {
        match self {
            Self::Units { units, most } => cause("device-roster-units-max").count("units", *units).count("most", *most),
            Self::Rounds { rounds } => {
                cause("device-roster-rounds-max").count("rounds", *rounds).count("most", ROUNDS_MAX)
            }
            Self::Texts { texts } => cause("device-roster-texts-max").count("texts", *texts).count("most", TEXTS_MAX),
            Self::Kinds { kinds } => cause("device-roster-kinds-max").count("kinds", *kinds).count("most", KINDS_MAX),
            Self::Name { name } => cause("device-roster-name").with("name", name),
            Self::Roster(error) => error.message(),
            Self::Field(error) => error.message(),
        }
    }
}

impl Tell for RosterError {
    fn message(&self) -> Message {
        cause(match self {
            Self::Malformed => "refusal-roster-malformed",
            Self::TooLarge => "refusal-roster-too-large",
            Self::Reference => "refusal-roster-reference",
            Self::Older => "refusal-roster-older",
            Self::Missing => "refusal-roster-missing",
            Self::OtherKey => "refusal-roster-other-key",
            Self::Left => "refusal-roster-left",
            Self::Start => "refusal-roster-start",
        })
    }
}
