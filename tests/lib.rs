//! Ikrar's tests.
