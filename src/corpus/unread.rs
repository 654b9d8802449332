//! A document whose text is read when somebody asks for it: in a large corpus nearly none is.
//!
//! Invariant: read once, by whoever asks first, and never forgotten; what is known without reading is what was counted when it was
//! indexed, and gives way to what the text has.

use super::Document;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// How a document is read, by its path.
pub type ReadDocument = Arc<dyn Fn(&str) -> Document + Send + Sync>;

/// What is known of a document without reading it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Passages.
    pub passages: usize,
    /// Those of prose.
    pub prose: usize,
    /// Bytes of text.
    pub bytes: usize,
    /// Who speaks in it besides the author, and in how many passages.
    pub voices: Vec<(String, usize)>,
}

/// The text of a document, until it is read and then.
pub(super) struct Unread {
    path: Arc<str>,
    read: ReadDocument,
    names: Vec<String>,
    summary: Summary,
    /// Boxed, so that a document that nobody reads costs a pointer.
    text: OnceLock<Box<Document>>,
}

impl Unread {
    pub(super) fn new(path: Arc<str>, summary: Summary, read: ReadDocument) -> Self {
        Self {
            path,
            read,
            names: summary
                .voices
                .iter()
                .map(|(name, _)| name.clone())
                .collect(),
            summary,
            text: OnceLock::new(),
        }
    }

    /// The document, read by now.
    pub(super) fn document(&self) -> &Document {
        self.text.get_or_init(|| Box::new((self.read)(&self.path)))
    }

    /// The document, where it has been read.
    pub(super) fn if_read(&self) -> Option<&Document> {
        self.text.get().map(AsRef::as_ref)
    }

    pub(super) fn summary(&self) -> &Summary {
        &self.summary
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unread")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Unread {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.summary == other.summary
    }
}
