//! What is on disk: corpus folders, and the reader's decisions beside them.
//!
//! Invariant: writes only inside the folder it was given, or to the very file that was named, and never over a file that is there; `corpus.toml` alone is
//! changed in place, and only by adding to it; `decisions.jsonl` grows at its end.

pub mod adding;
pub mod anchor;
pub mod decisions;
pub mod file_name;
pub mod folder;
pub mod journal;
pub mod notes;
pub mod session;
mod walk;
pub mod whole_file;
