//! Ikrar.
fn main() {}
