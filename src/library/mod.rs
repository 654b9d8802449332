//! What is on disk: corpus folders, and the reader's decisions beside them.
//!
//! Invariant: writes only inside the folder it was given, and never over a file that is there; `corpus.toml` alone is
//! changed in place, and only by adding to it; `decisions.jsonl` grows at its end. What can be made again lies in the cache.

pub mod adding;
pub mod anchor;
pub mod decisions;
pub mod file_name;
pub mod folder;
pub mod index;
pub mod on_demand;
pub mod query;
mod walk;
mod whole_file;
