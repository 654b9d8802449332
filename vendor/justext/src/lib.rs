//! Stands in for the crate `justext` (`[patch.crates-io]` in the program's `Cargo.toml`), and finds no paragraph in any page.
//!
//! `trafilatura` asks `justext` last, where its own search and the one by readability found next to nothing. The crate brings the commonest
//! words of a hundred languages for it: 2.4 MB, a tenth of the program, that cannot be switched off by a feature and that
//! [`html::select`](../../../src/import/html/select.rs) does not need, because it keeps by the page's elements what no search found. Only what
//! `trafilatura` 0.6 calls is here; where a newer one calls more, the compiler says so, and this folder can be deleted together
//! with the `[patch]` at any time.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Thresholds that nothing is measured against.
#[derive(Debug, Default, Clone)]
pub struct Config;

impl Config {
    #[must_use]
    pub fn with_length_low(self, _: usize) -> Self {
        self
    }
    #[must_use]
    pub fn with_length_high(self, _: usize) -> Self {
        self
    }
    #[must_use]
    pub fn with_stopwords_low(self, _: f64) -> Self {
        self
    }
    #[must_use]
    pub fn with_stopwords_high(self, _: f64) -> Self {
        self
    }
    #[must_use]
    pub fn with_max_link_density(self, _: f64) -> Self {
        self
    }
    #[must_use]
    pub fn with_max_heading_distance(self, _: usize) -> Self {
        self
    }
}

/// A paragraph of a page. None is ever made.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub text: String,
}

impl Paragraph {
    #[must_use]
    pub fn is_boilerplate(&self) -> bool {
        true
    }
}

/// There is no list for any language.
#[derive(Debug)]
pub struct NoSuchList;

/// The commonest words of a language.
pub fn get_stoplist(_language: &str) -> Result<HashSet<String>, NoSuchList> {
    Err(NoSuchList)
}

/// The commonest words of all languages.
#[must_use]
pub fn get_all_stoplists() -> &'static HashSet<String> {
    static NONE: LazyLock<HashSet<String>> = LazyLock::new(HashSet::new);
    &NONE
}

/// The paragraphs of a page that are text.
#[must_use]
pub fn justext(_html: &str, _stoplist: &HashSet<String>, _config: &Config) -> Vec<Paragraph> {
    Vec::new()
}
