//! Ikrar on a host.
pub mod store {}
