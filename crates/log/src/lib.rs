//! Ikrar on a host: where a log lies, what its entries come to, and what is built from it.

#[macro_use]
mod named;

pub mod anchor;
pub mod audit;
pub mod batch;
mod by_start;
pub mod catalogue;
pub mod census;
pub mod device_roster;
pub mod document;
mod durable;
pub mod envelope;
pub mod evidence;
pub mod forms;
pub mod held;
pub mod history;
pub mod intake;
pub mod journal_export;
pub mod keys;
pub mod kind;
pub mod medium;
pub mod names;
pub mod output;
pub mod path;
pub mod proof_bundle;
pub mod published;
pub mod receipt;
pub mod report;
pub mod request;
pub mod roster;
pub mod signer;
pub mod status;
pub mod store;
pub mod tiles;
pub mod trust;
pub mod verify;
pub mod zone;
