//! Findings over the model: pure functions from documents and topics.
//!
//! Invariant: deterministic, no IO, and every finding carries the words that produced it.

pub mod alignment;
mod context;
pub mod copies;
pub mod coverage;
pub mod cues;
pub mod discovery;
pub mod evidence;
pub mod figures;
mod phrases;
mod plain_words;
pub mod quotes;
mod scoring;
pub mod tagging;
pub mod watch;
pub mod wording;

use crate::corpus::{Corpus, Document, Topic};
use tagging::Tagging;

/// Topics are looked for in at most this much text; above it a person names them in `corpus.toml`.
pub const DISCOVERED_BYTES: usize = 16 << 20;

/// How many topics are looked for: what fits the digit keys, and a few more.
pub const DISCOVERED_TOPICS: usize = 12;

/// The texts are too large to look for topics in.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{megabytes} MB are too much text to look for topics in; name them in corpus.toml")]
pub struct TooLarge {
    /// How large they are.
    pub megabytes: usize,
}

/// The topics of a corpus, discovered where it names none, and which passages are on them.
pub fn topics_of(corpus: &Corpus) -> Result<(Vec<Topic>, Tagging), TooLarge> {
    let mut topics = corpus.topics.clone();
    if topics.is_empty() {
        let bytes: usize = corpus.documents.iter().map(Document::bytes).sum();
        if bytes > DISCOVERED_BYTES {
            return Err(TooLarge {
                megabytes: bytes >> 20,
            });
        }
        topics = discovery::discover(&corpus.documents, DISCOVERED_TOPICS);
    }
    let tagging = tagging::tag(&corpus.documents, &topics, &corpus.language, true);
    Ok((topics, tagging))
}
