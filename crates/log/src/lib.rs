//! Ikrar on a host: the tile store, files and keys, verification, status and reports.

pub mod roster;
