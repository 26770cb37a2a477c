//! The journal that Ikrar's devices keep on NOR flash.
//!
//! `no_std`, no allocation, no clock, no randomness; the flash comes in by `embedded_storage`'s `NorFlash`. The bytes on the
//! medium are specified in `docs/spec.md` §13, the reasons stand in `docs/design.md`.
#![no_std]
#![forbid(unsafe_code)]

mod append;
mod base;
mod crc;
mod device;
mod finding;
mod geometry;
mod journal;
mod media;
mod mount;
mod read;
mod record;
mod replay;
mod roster;
mod store;
mod walk;

pub use append::Parts;
pub use base::Chain;
pub use crc::Crc;
pub use device::{Device, DeviceError, DeviceStore, Said, Signed};
pub use finding::Finding;
pub use geometry::{Geometry, GeometryError, PAGE_LIMIT, PAGE_MIN, PAGES_MIN};
pub use journal::{Error, Journal, Mark, TreeHead, WhenFull};
pub use mount::{MountError, NotMounted};
pub use read::{Cursor, Recorded};
pub use roster::{
    ID_MAX, ITEM_MAX, Item, KINDS_MAX, LEFT_MAX, LogItem, ORIGIN_MAX, ROUNDS_MAX, Roster, RosterError, RoundItem,
    Start, TEXTS_MAX, UnitItem,
};
