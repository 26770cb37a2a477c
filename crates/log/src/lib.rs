//! Ikrar on a host: where a log lies, and what is built from it.

pub mod medium;
pub mod published;
pub mod store;
pub mod tiles;
