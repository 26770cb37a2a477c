//! `ikrar device …`: a pledge terminal at the other end of a line.

mod append;
mod check;
mod export;
mod info;
mod provision;
pub(crate) mod session;

pub(crate) use append::append;
pub(crate) use check::check;
pub(crate) use export::export;
pub(crate) use info::info;
pub(crate) use provision::provision;
