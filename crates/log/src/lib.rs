//! Ikrar on a host: where a log lies, what its entries come to, and what is built from it.

mod durable;
pub mod keys;
pub mod medium;
pub mod published;
pub mod roster;
pub mod signer;
pub mod store;
pub mod tiles;
