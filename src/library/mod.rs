//! What is on disk: corpus folders.
//!
//! Invariant: writes only inside the folder it was given, and never over a file that it did not make in the same run.

pub mod folder;
