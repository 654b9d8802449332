//! Findings over the model: pure functions from documents and topics.
//!
//! Invariant: deterministic, no IO, and every finding carries the words that produced it.

mod context;
pub mod cues;
pub mod discovery;
mod phrases;
mod plain_words;
mod scoring;
pub mod tagging;
