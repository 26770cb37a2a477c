//! Ikrar on a host: where a log lies, what its entries come to, and what is built from it.

pub mod medium;
pub mod published;
pub mod roster;
pub mod store;
pub mod tiles;
