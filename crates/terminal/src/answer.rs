//! Answers go out as they are encoded: there is no second buffer.

use ikrar_core::codec;
use ikrar_core::field::Time;
use ikrar_journal::{DeviceError, Error, RosterError};

use crate::frame::Sender;
use crate::wire::{Answer, Refusal, RosterFault, VERSION};

/// The device has no clock.
pub(crate) const LOGGED_AT: Time = Time::UNKNOWN;

pub(crate) fn send(number: u8, answer: &Answer<'_>, out: &mut dyn FnMut(&[u8])) {
    let mut sender = Sender::new(out);
    sender.push(&[VERSION, number]);
    // The line takes everything.
    codec::encode_parts(answer, &mut |part| {
        sender.push(part);
        true
    });
    sender.finish();
}

pub(crate) fn refusal<E>(error: DeviceError<E>) -> Refusal {
    match error {
        DeviceError::Journal(error) => journal(error),
        DeviceError::Roster(error) => Refusal::Roster(match error {
            RosterError::Malformed => RosterFault::Malformed,
            RosterError::TooLarge => RosterFault::TooLarge,
            RosterError::Reference => RosterFault::Reference,
            RosterError::Older => RosterFault::Older,
            RosterError::Missing => RosterFault::Missing,
            RosterError::OtherKey => RosterFault::OtherKey,
            RosterError::Left => RosterFault::Left,
            RosterError::Start => RosterFault::Start,
        }),
        DeviceError::Unprovisioned => Refusal::Unprovisioned,
        DeviceError::Provisioning => Refusal::Provisioning,
        DeviceError::NotProvisioning => Refusal::NotProvisioning,
        DeviceError::NotOpened => Refusal::NotOpened,
        DeviceError::Malformed(_) => Refusal::Statement,
        DeviceError::Refused(rule) => Refusal::Rule(rule.number()),
        DeviceError::UnknownUnit | DeviceError::OtherKey => Refusal::NoUnit,
        DeviceError::Unread | DeviceError::Inconsistent(_) => Refusal::Inconsistent,
    }
}

pub(crate) fn journal<E>(error: Error<E>) -> Refusal {
    match error {
        Error::Flash(_) | Error::NotKept | Error::Stopped | Error::Signer => Refusal::Flash,
        Error::Damaged(_) => Refusal::Damaged,
        Error::Full => Refusal::Full,
        Error::TooLong { .. } => Refusal::EntryTooLong,
        // At boot what awaits its signature is signed; where that failed, only another boot helps.
        Error::AwaitsSignature | Error::NothingToSign => Refusal::Inconsistent,
        Error::OtherCheckpoint => Refusal::OtherCheckpoint,
        Error::Absent(_) => Refusal::Absent,
        Error::BufferTooSmall { .. } => Refusal::TooLong,
    }
}
