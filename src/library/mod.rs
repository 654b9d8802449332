//! What is on disk: corpus folders, and the reader's decisions beside them; and what is fetched from the web, when it is asked for.
//!
//! Invariant: writes only inside the folder it was given, or to the very file that was named, and never over a file that is
//! there; `corpus.toml` alone is changed in place, and only by adding to it; `decisions.jsonl` and `notes.jsonl` grow at their
//! end. What can be made again lies in the cache.

pub mod adding;
pub mod anchor;
pub mod config_file;
pub mod confined;
pub mod decisions;
pub mod fetching;
pub mod file_name;
pub mod folder;
pub mod homes;
pub mod index;
pub mod inputs;
pub mod journal;
pub mod notes;
pub mod on_demand;
pub mod places;
pub mod query;
pub mod session;
pub mod used;
mod walk;
pub mod whole_file;
