//! Ikrar's tests. Here is what several of them share: the targets that take any bytes.

#![allow(clippy::missing_panics_doc, reason = "a target is there to panic")]

pub mod targets;
