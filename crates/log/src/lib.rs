//! Ikrar on a host.
pub mod roster;
pub mod store {}
