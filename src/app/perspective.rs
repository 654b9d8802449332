//! What a pane shows: a document, all of a source, or one voice, as a sequence of slots.
//!
//! Invariant: slots are in ascending order, so that any slot is found by binary search.

use crate::corpus::{Corpus, Document, PassageId, PassageIndex, SourceId};

/// What a pane shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Perspective {
    /// One document, by its index in the corpus.
    Document(usize),
    /// Every document of a source.
    Source(SourceId),
    /// Every passage a voice speaks, in any document.
    Voice(String),
}

/// A passage, or the head (title and byline) of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    document: u32,
    /// 0 is the head, n the passage with number n.
    part: u32,
}

impl Slot {
    /// The head of a document.
    pub fn head(document: usize) -> Self {
        Self {
            document: document as u32,
            part: 0,
        }
    }

    /// `¶9`, or that it is the title.
    pub fn told(self) -> String {
        match self.passage_index() {
            Some(passage) => format!("¶{}", passage + 1),
            None => "the title".to_owned(),
        }
    }

    /// A passage of a document.
    pub fn passage(document: usize, passage: PassageIndex) -> Self {
        Self {
            document: document as u32,
            part: passage as u32 + 1,
        }
    }

    /// Index of the document in the corpus.
    pub fn document(self) -> usize {
        self.document as usize
    }

    /// The passage; `None` for a head.
    pub fn passage_index(self) -> Option<PassageIndex> {
        (self.part as usize).checked_sub(1)
    }

    /// The passage, by its document; `None` for a head.
    pub fn passage_id(self) -> Option<PassageId> {
        Some(PassageId {
            document: self.document(),
            passage: self.passage_index()?,
        })
    }
}

/// The slots of a perspective.
#[derive(Clone, Debug)]
pub enum Contents {
    /// A whole document: nothing is stored for its passages, there may be millions.
    Whole {
        /// Index in the corpus.
        document: usize,
        /// Passages in it.
        passages: usize,
    },
    /// Listed one by one.
    Listed(Vec<Slot>),
}

impl Contents {
    /// The slots of a perspective in reading order.
    pub fn new(corpus: &Corpus, perspective: &Perspective) -> Self {
        let documents = || corpus.documents.iter().enumerate();
        match perspective {
            Perspective::Document(document) => {
                // The text is about to be seen: how many passages it has, not how many it had.
                let shown = corpus.documents.get(*document);
                let passages = shown.map_or(0, |document| document.passages().len());
                Self::Whole {
                    document: *document,
                    passages,
                }
            }
            Perspective::Source(source) => {
                let of_source = documents().filter(|(_, document)| document.source() == source);
                Self::Listed(
                    of_source
                        .flat_map(|(at, document)| with_head(at, 0..document.len()))
                        .collect(),
                )
            }
            Perspective::Voice(voice) => {
                let spoken = documents()
                    .filter(|(_, document)| document.has_voice(voice))
                    .flat_map(|(at, document)| {
                        let said = document
                            .passages()
                            .filter(|passage| passage.voice() == Some(voice));
                        with_head(at, said.map(|passage| passage.index()))
                    });
                Self::Listed(spoken.collect())
            }
        }
    }

    /// Its passages, in reading order.
    pub fn passages(&self) -> Vec<PassageId> {
        let slots = (0..self.len()).filter_map(|at| self.get(at));
        slots.filter_map(Slot::passage_id).collect()
    }

    /// How many slots.
    pub fn len(&self) -> usize {
        match self {
            Self::Whole { passages, .. } => passages + 1,
            Self::Listed(slots) => slots.len(),
        }
    }

    /// True where there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The slot at a position.
    pub fn get(&self, position: usize) -> Option<Slot> {
        match self {
            Self::Whole { document, passages } => {
                (position <= *passages).then(|| match position.checked_sub(1) {
                    None => Slot::head(*document),
                    Some(passage) => Slot::passage(*document, passage),
                })
            }
            Self::Listed(slots) => slots.get(position).copied(),
        }
    }

    /// The position of a slot; of the nearest one after it (or the last) where it is not shown here.
    pub fn position(&self, slot: Slot) -> usize {
        match self {
            Self::Whole { document, passages } => match slot.document().cmp(document) {
                std::cmp::Ordering::Less => 0,
                std::cmp::Ordering::Equal => (slot.part as usize).min(*passages),
                std::cmp::Ordering::Greater => *passages,
            },
            Self::Listed(slots) => slots
                .partition_point(|at| *at < slot)
                .min(slots.len().saturating_sub(1)),
        }
    }

    /// Whether the slot is shown here.
    pub fn contains(&self, slot: Slot) -> bool {
        self.get(self.position(slot)) == Some(slot)
    }

    /// Bytes of the passages shown.
    pub fn bytes(&self, corpus: &Corpus) -> usize {
        let text = |document: usize| corpus.documents.get(document);
        match self {
            Self::Whole { document, .. } => text(*document).map_or(0, Document::bytes),
            // Nothing is read to find out whether it is too much.
            Self::Listed(_) if corpus.documents.iter().any(Document::is_read_on_demand) => {
                let documents = self.documents().into_iter();
                documents.filter_map(text).map(Document::bytes).sum()
            }
            Self::Listed(slots) => {
                let passages = slots
                    .iter()
                    .filter_map(|slot| text(slot.document())?.passage(slot.passage_index()?));
                passages.map(|passage| passage.text().len()).sum()
            }
        }
    }

    /// The documents shown, in order.
    pub fn documents(&self) -> Vec<usize> {
        match self {
            Self::Whole { document, .. } => vec![*document],
            Self::Listed(slots) => slots
                .iter()
                .filter(|slot| slot.passage_index().is_none())
                .map(|slot| slot.document())
                .collect(),
        }
    }
}

fn with_head(
    document: usize,
    passages: impl Iterator<Item = PassageIndex>,
) -> impl Iterator<Item = Slot> {
    std::iter::once(Slot::head(document))
        .chain(passages.map(move |passage| Slot::passage(document, passage)))
}

/// The name of a perspective in titles and lists: source and title of a document, a source, a voice.
pub fn title(corpus: &Corpus, perspective: &Perspective) -> String {
    match perspective {
        Perspective::Document(at) => {
            corpus
                .documents
                .get(*at)
                .map_or_else(String::new, |document| {
                    let (name, title) = (corpus.source_or_file(document), document.title());
                    if name == title {
                        title.to_owned()
                    } else {
                        format!("{name} — {title}")
                    }
                })
        }
        Perspective::Source(id) => format!("{} — all documents", corpus.source_title(id)),
        Perspective::Voice(name) => format!("{name} — everything they say"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tests_support::corpus;

    #[test]
    fn a_document_without_a_source_is_known_by_its_file() {
        let mut corpus = corpus();
        let mut name = |id: &str, source: &str| {
            let document = &mut corpus.documents[0];
            document.id = id.into();
            document.meta.source = source.into();
            document.meta.title = "What’s next?".to_owned();
            title(&corpus, &Perspective::Document(0))
        };
        let with = |file: &str| format!("{file} — What’s next?");
        assert_eq!(name("here/alpha.txt", "not-stated"), with("alpha.txt"));
        assert_eq!(name("alpha.txt/2", "not-stated"), with("alpha.txt/2"));
        assert_eq!(name("a/b/alpha.txt/12", "not-stated"), with("alpha.txt/12"));
        assert_eq!(name("2026", "not-stated"), with("2026"));
        assert_eq!(name("here/whats-next", "not-stated"), "What’s next?");
        assert_eq!(name("here/alpha.txt", "the-herald"), with("the-herald"));
    }

    #[test]
    fn whole_and_listed_contents_agree_on_a_document_and_its_only_source() {
        let corpus = corpus();
        let whole = Contents::new(&corpus, &Perspective::Document(0));
        let listed = Contents::new(
            &corpus,
            &Perspective::Source(corpus.documents[0].meta.source.clone()),
        );
        for at in 0..whole.len() {
            let slot = whole.get(at).unwrap();
            assert_eq!(listed.get(at), Some(slot));
            assert_eq!((whole.position(slot), listed.position(slot)), (at, at));
        }
        assert_eq!(whole.get(whole.len()), None);
    }

    #[test]
    fn a_voice_shows_its_passages_under_the_heads_of_their_documents() {
        let corpus = corpus();
        let contents = Contents::new(&corpus, &Perspective::Voice("Ada".into()));
        let slots: Vec<_> = (0..contents.len())
            .map(|at| contents.get(at).unwrap())
            .collect();
        assert_eq!(slots[0].passage_index(), None);
        assert!(slots.len() > 1);
        for slot in &slots[1..] {
            let passage = corpus.documents[slot.document()]
                .passage(slot.passage_index().unwrap())
                .unwrap();
            assert_eq!(passage.voice(), Some("Ada"));
        }
    }
}
