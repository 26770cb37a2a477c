//! Ikrar on a host: where a log lies, what its entries come to, and what is built from it.

pub mod census;
pub mod history;
pub mod intake;
pub mod medium;
pub mod path;
pub mod published;
pub mod report;
pub mod roster;
pub mod status;
pub mod store;
pub mod tiles;
pub mod trust;
pub mod verify;
