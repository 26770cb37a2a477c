//! Ikrar's examples.
