//! What is on disk: corpus folders, and the reader's decisions beside them; and what is fetched from the web, when it is asked for.
//!
//! Invariant: writes only inside the folder it was given, and never over a file that is there; `corpus.toml` alone is
//! changed in place, and only by adding to it; `decisions.jsonl` grows at its end.

pub mod adding;
pub mod anchor;
pub mod confined;
pub mod decisions;
pub mod fetching;
pub mod file_name;
pub mod folder;
pub mod inputs;
mod walk;
mod whole_file;
