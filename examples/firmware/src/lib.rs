//! Board glue around `ikrar_terminal`: the flash, line and randomness of three boards that an emulator runs.
//!
//! The target chooses the board. Each is one module with the same names: `take` gives its [`Board`](board::Board) once.
#![no_std]

#[cfg_attr(board = "mps2_an386", path = "board/mps2_an386.rs")]
#[cfg_attr(board = "microbit", path = "board/microbit.rs")]
#[cfg_attr(board = "virt", path = "board/virt.rs")]
pub mod board;

#[cfg(not(board = "microbit"))]
mod flash_file;
#[cfg(not(board = "microbit"))]
mod host;
mod register;

// Its features are what static_cell needs.
use portable_atomic as _;
