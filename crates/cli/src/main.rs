//! Ikrar.
mod messages;

fn main() {}
