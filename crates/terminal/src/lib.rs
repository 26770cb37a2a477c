//! The pledge terminal: what a device does with the bytes on its line.
//!
//! `no_std`, no allocation, no clock. The board gives flash, randomness at the first boot, and the bytes; the language on
//! the line, which the host speaks too, is in [`wire`]. Bytes and meaning are specified in `docs/spec.md` §14.
#![no_std]
#![forbid(unsafe_code)]

mod answer;
pub mod frame;
mod keys;
mod path;
mod receipt;
mod terminal;
pub mod wire;

pub use keys::KEYS_LENGTH;
pub use terminal::{BootError, Layout, Memory, Terminal};
