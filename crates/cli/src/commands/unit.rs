//! Requests, and what a unit signs in answer.

mod activity;
mod answer;
mod correct;
mod on_device;
mod parse;
mod pledge;
mod proven;
mod request;
mod said;

pub(crate) use activity::{brief, monitor, refer};
pub(crate) use correct::correct;
pub(crate) use pledge::{pledge, pledge_on_device};
pub(crate) use request::request;

use ikrar_core::statement::Duty;

/// The name of a kind of statement in the catalogue, and the verb that makes it.
fn words(duty: Duty) -> (&'static str, &'static str) {
    match duty {
        Duty::Pledge => ("duty-pledge", "ikrar pledge"),
        Duty::Briefing => ("duty-briefing", "ikrar brief"),
        Duty::Monitoring => ("duty-monitoring", "ikrar monitor"),
        Duty::Referral => ("duty-referral", "ikrar refer"),
    }
}

/// The verb that makes a kind of statement.
fn verb(duty: Duty) -> &'static str {
    words(duty).1
}
