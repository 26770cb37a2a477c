//! The core of Ikrar: what a verifier on a microcontroller needs.
//!
//! `no_std`, no allocation, sans-I/O: no clock, no randomness, no files, and no panic on any input.
//! The bytes and rules implemented here are specified in `docs/spec.md`; section numbers in these docs refer to it.
#![no_std]
#![forbid(unsafe_code)]

pub mod attestation;
pub mod chain;
pub mod checkpoint;
pub mod codec;
pub mod cosignature;
pub mod digest;
pub mod entry;
pub mod field;
mod lines;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod rule;
pub mod signature;
pub mod state;
pub mod statement;
pub mod text;
