//! A document whose text is read when somebody asks for it: in a large corpus nearly none is. Nor is its title, and whatever else is
//! stated of it, had in memory before that.
//!
//! Invariant: read once, by whoever asks first, and had until the whole corpus gives way to one of which only what is shown has
//! been read ([`super::Corpus::given_back`]); what is known without reading is what was counted when it was indexed, and gives way to what the text
//! has.

use super::{Document, Meta, SourceId};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Where documents stand until they are read, each at a place.
pub trait Shelf: Send + Sync {
    /// What is known of a document besides its text.
    fn meta(&self, place: usize) -> Meta;
    /// Its title, as in [`Shelf::meta`].
    fn title(&self, place: usize) -> &str;
    /// The source with a number ([`Summary::source`]), as in [`Shelf::meta`].
    fn source(&self, number: u32) -> &SourceId;
    /// Who speaks in it besides the author, and in how many passages.
    fn voices(&self, place: usize) -> Vec<(&str, usize)>;
    /// The document, read.
    fn read(&self, place: usize) -> Document;
    /// Bytes of memory that what was had from it takes, about; counted by those who have it.
    fn lent(&self) -> &AtomicUsize;
}

/// What a document takes besides its text, and a passage of it, about.
const DOCUMENT_BYTES: usize = 1024;
const PASSAGE_BYTES: usize = 64;

/// What is known of a document at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Passages.
    pub passages: u32,
    /// Those of prose.
    pub prose: u32,
    /// Bytes of text.
    pub bytes: u64,
    /// Who published it, by a number of its shelf.
    pub source: u32,
}

/// A document of a shelf, until it is read and then. There may be a hundred thousand: what nobody asked for costs a pointer.
pub(super) struct Unread {
    shelf: Arc<dyn Shelf>,
    place: usize,
    summary: Summary,
    meta: OnceLock<Box<Meta>>,
    names: OnceLock<Box<[String]>>,
    text: OnceLock<Box<Document>>,
}

impl Unread {
    pub(super) fn new(shelf: Arc<dyn Shelf>, place: usize, summary: Summary) -> Self {
        Self {
            shelf,
            place,
            summary,
            meta: OnceLock::new(),
            names: OnceLock::new(),
            text: OnceLock::new(),
        }
    }

    /// The document, read by now.
    pub(super) fn document(&self) -> &Document {
        self.text.get_or_init(|| {
            self.count(self.bytes());
            Box::new(self.shelf.read(self.place))
        })
    }

    fn count(&self, bytes: usize) {
        self.shelf.lent().fetch_add(bytes, Ordering::Relaxed);
    }

    /// What it takes when it is read, about.
    fn bytes(&self) -> usize {
        let Summary {
            bytes, passages, ..
        } = self.summary;
        let text = usize::try_from(bytes).unwrap_or(usize::MAX);
        text.saturating_add(passages as usize * PASSAGE_BYTES + DOCUMENT_BYTES)
    }

    /// Bytes of memory that what was had from its shelf takes, about.
    pub(super) fn lent(&self) -> usize {
        self.shelf.lent().load(Ordering::Relaxed)
    }

    /// Nothing has been had of its shelf but what is `kept`.
    pub(super) fn settle<'a>(&self, kept: impl Iterator<Item = &'a Self>) {
        let kept = kept.map(Self::bytes).sum();
        self.shelf.lent().store(kept, Ordering::Relaxed);
    }

    /// The same document, of which nothing has been read.
    pub(super) fn anew(&self) -> Self {
        Self::new(Arc::clone(&self.shelf), self.place, self.summary)
    }

    /// Whether anything of it has been had from the shelf.
    pub(super) fn is_had(&self) -> bool {
        self.text.get().is_some() || self.meta.get().is_some() || self.names.get().is_some()
    }

    /// The document, where it has been read.
    pub(super) fn if_read(&self) -> Option<&Document> {
        self.text.get().map(AsRef::as_ref)
    }

    pub(super) fn summary(&self) -> &Summary {
        &self.summary
    }

    fn meta(&self) -> &Meta {
        self.meta.get_or_init(|| {
            self.count(DOCUMENT_BYTES / 2);
            Box::new(self.shelf.meta(self.place))
        })
    }

    fn title(&self) -> &str {
        let known = self.meta.get();
        known.map_or_else(|| self.shelf.title(self.place), |meta| &meta.title)
    }

    fn source(&self) -> &SourceId {
        self.shelf.source(self.summary.source)
    }

    pub(super) fn voices(&self) -> Vec<(&str, usize)> {
        self.shelf.voices(self.place)
    }

    pub(super) fn names(&self) -> &[String] {
        self.names.get_or_init(|| {
            let voices = self.voices().into_iter();
            voices.map(|(name, _)| name.to_owned()).collect()
        })
    }
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unread")
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Unread {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && Arc::ptr_eq(&self.shelf, &other.shelf)
    }
}

/// What is known of a document besides its text, used as the [`Meta`] that it is: of a document on a shelf it is made when it is first
/// asked for.
#[derive(Clone)]
pub struct KnownMeta(Origin);

#[derive(Clone)]
enum Origin {
    Own(Box<Meta>),
    Shelf(Arc<Unread>),
}

impl KnownMeta {
    pub(super) fn of(unread: Arc<Unread>) -> Self {
        Self(Origin::Shelf(unread))
    }

    /// The same of a document that is not read any more, where it came with that.
    pub(super) fn given_back(&self, unread: &Arc<Unread>) -> Self {
        match &self.0 {
            Origin::Own(_) => self.clone(),
            Origin::Shelf(_) => Self::of(Arc::clone(unread)),
        }
    }

    /// The title, for which nothing is made: for those who go through all documents.
    pub(super) fn title(&self) -> &str {
        match &self.0 {
            Origin::Own(meta) => &meta.title,
            Origin::Shelf(unread) => unread.title(),
        }
    }

    /// The source, for which nothing is made: for those who go through all documents.
    pub(super) fn source(&self) -> &SourceId {
        match &self.0 {
            Origin::Own(meta) => &meta.source,
            Origin::Shelf(unread) => unread.source(),
        }
    }
}

impl Deref for KnownMeta {
    type Target = Meta;

    fn deref(&self) -> &Meta {
        match &self.0 {
            Origin::Own(meta) => meta,
            Origin::Shelf(unread) => unread.meta(),
        }
    }
}

impl DerefMut for KnownMeta {
    fn deref_mut(&mut self) -> &mut Meta {
        if let Origin::Shelf(unread) = &self.0 {
            self.0 = Origin::Own(Box::new(unread.meta().clone()));
        }
        match &mut self.0 {
            Origin::Own(meta) => meta,
            Origin::Shelf(_) => unreachable!("it has just become its own"),
        }
    }
}

impl From<Meta> for KnownMeta {
    fn from(meta: Meta) -> Self {
        Self(Origin::Own(Box::new(meta)))
    }
}

impl Default for KnownMeta {
    fn default() -> Self {
        Meta::default().into()
    }
}

impl PartialEq for KnownMeta {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for KnownMeta {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
