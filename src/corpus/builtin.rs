//! The built-in corpus, compiled into the program.

use super::Corpus;

/// The built-in corpus.
pub fn corpus() -> Corpus {
    Corpus::default()
}
