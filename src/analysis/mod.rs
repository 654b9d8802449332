//! Findings over the model: pure functions from documents and topics.
//!
//! Invariant: deterministic, no IO, and every finding carries the words that produced it.

pub mod discovery;
pub mod tagging;
