//! The document model: sources, documents, passages, voices, topics. Pure data and its file format.
//!
//! Invariant: reads no file and asks no clock; parsing gives a value and the list of what was wrong with it.

pub mod assemble;
pub mod builtin;
pub mod citing;
pub mod date;
pub mod document;
pub mod manifest;
pub mod markdown;
pub mod note;
pub mod parallel;
pub(crate) mod spelling;
pub mod title;
pub mod topic;
pub mod unread;

pub use date::Date;
pub use document::{
    Document, DocumentId, Kind, LeftOut, Mark, MarkStyle, Meta, Passage, PassageDraft, PassageId,
    PassageIndex,
};
pub use manifest::{Feed, Naming, Source, SourceId};
pub use topic::{Topic, TopicId};

use serde::Serialize;

/// A folder of documents with its sources and topics, or the built-in one.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// What the reader calls it.
    pub title: String,
    /// One or two lines on what is in it.
    pub description: String,
    /// Language of documents that state none (ISO 639-1).
    pub language: String,
    /// Who publishes.
    pub sources: Vec<Source>,
    /// What several sources talk about, in the order of the topic bar.
    pub topics: Vec<Topic>,
    /// The documents that are opened first, next to each other; empty to let the first topic decide.
    pub opening: Vec<DocumentId>,
    /// Rival names for the same thing.
    pub namings: Vec<Naming>,
    /// The feeds that `diptych update` follows.
    pub feeds: Vec<Feed>,
    /// The documents, in the order of their ids.
    pub documents: Vec<Document>,
    /// What could not be read or made no sense; the rest of the corpus stands.
    pub problems: Vec<Problem>,
}

impl Corpus {
    /// Bytes of memory that what was read of it on demand takes, about; nothing where it was read whole. All its documents stand on one
    /// shelf, or none.
    pub fn lent(&self) -> usize {
        Document::lent(&self.documents)
    }

    /// The same corpus, of which nothing has been read but the documents that are `kept` (indices, in order). Who still has the old one
    /// reads on in it.
    #[must_use]
    pub fn given_back(&self, kept: &[usize]) -> Self {
        Self {
            title: self.title.clone(),
            description: self.description.clone(),
            language: self.language.clone(),
            sources: self.sources.clone(),
            topics: self.topics.clone(),
            opening: self.opening.clone(),
            namings: self.namings.clone(),
            feeds: self.feeds.clone(),
            documents: Document::all_given_back(&self.documents, kept),
            problems: self.problems.clone(),
        }
    }
    /// The title of a source; its id where the manifest does not name it.
    pub fn source_title<'a>(&'a self, id: &'a SourceId) -> &'a str {
        self.sources
            .iter()
            .find(|source| source.id == *id)
            .map_or(id.as_str(), |source| &source.title)
    }

    /// What a document is known by in few words: its source; where that is not stated, its file, with its number where the file holds
    /// several, or its title where the file is named after it.
    pub fn source_or_file<'a>(&'a self, document: &'a Document) -> &'a str {
        let source = document.source();
        if source.is_one_publisher() {
            return self.source_title(source);
        }
        let id = document.id.as_str();
        let after_slash = |text: &'a str| {
            text.rsplit_once('/')
                .map_or(0, |(before, _)| before.len() + 1)
        };
        let last = after_slash(id);
        let is_number = last > 0 && id.bytes().skip(last).all(|byte| byte.is_ascii_digit());
        let start = match id.get(..last.saturating_sub(1)) {
            Some(file) if is_number => after_slash(file),
            _ => last,
        };
        let file = id.get(start..).unwrap_or(id);
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let title = document.title();
        if letters(title).contains(&letters(file)) {
            title
        } else {
            file
        }
    }
}

/// Something wrong in a file of a corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Path inside the corpus folder.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u32,
    /// What is wrong and what to do.
    pub problem: String,
}

/// Declares an id: a string that is never mixed up with another kind of string.
macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as written in files and on the command line.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use string_id;
