//! Searching: the best passages of each source, with how many there are.
//!
//! The best of each source, not the best of all: whoever writes most would otherwise be all that is seen, and the sides could not be
//! compared. Texts that do not say who published them need not share a publisher: each counts as a source of its own. Invariant: one pass over what matches, and no more is kept of it than is asked for.

use super::fields::{DOCUMENT, NUMBER, SOURCE};
use super::snippet::{self, Marker, Snippet};
use super::{Index, advice};
use crate::corpus::{Date, DocumentId, SourceId};
use crate::library::query::{Query, QueryError};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::schema::Value as _;
use tantivy::{
    DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyDocument, TantivyError,
};

/// Why nothing was searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The query makes no sense.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A filter names nothing.
    #[error("{0}")]
    Filter(String),
    /// The index is damaged.
    #[error("the index is damaged: {0}")]
    Damaged(#[from] TantivyError),
}

/// A passage that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its document.
    pub document: DocumentId,
    /// The title of that.
    pub title: String,
    /// Its date.
    pub date: Option<Date>,
    /// The passage's number, from 1; 0 is the title.
    pub number: usize,
    /// Who speaks.
    pub voice: Option<String>,
    /// How well it fits; comparable inside one search.
    pub score: f32,
    /// Where it fits.
    pub snippet: Snippet,
}

/// What a source says.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The source.
    pub source: SourceId,
    /// Its title; that of the text where it has no source.
    pub title: String,
    /// How many passages of it were found.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// What was found, by source: the one with the best passage first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The sources.
    pub groups: Vec<Group>,
    /// How many passages were found in all.
    pub total: usize,
    /// What to try where nothing was found, a line each.
    pub advice: Vec<String>,
}

impl Index {
    /// The best passages of each source; `most`: of one. A crash of the engine over damaged files is an error.
    pub fn search(&self, query: &Query, most: usize) -> Result<Found, SearchError> {
        let searching = AssertUnwindSafe(|| {
            let mut found = self.find(query, most)?;
            if found.total == 0 {
                found.advice = advice::advice(self, query)?;
            }
            Ok(found)
        });
        catch_unwind(searching).unwrap_or_else(|_| {
            let why = "reading it went wrong".to_owned();
            Err(SearchError::Damaged(TantivyError::InternalError(why)))
        })
    }

    fn find(&self, query: &Query, most: usize) -> Result<Found, SearchError> {
        let compiled = self.compile(query)?;
        let sources = self.catalogue.sources().iter();
        let unnamed = sources.map(|id| !SourceId::from(id.as_str()).is_one_publisher());
        let by_source = BySource {
            most,
            unnamed: unnamed.collect(),
        };
        let best = self.searcher.search(&*compiled, &by_source)?;
        let marker = Marker::new(self, query);
        let mut found = Found {
            total: best.values().map(|best| best.total).sum(),
            ..Found::default()
        };
        let mut best: Vec<(Whose, Best)> = best.into_iter().collect();
        let score = |best: &Best| best.passages.first().map_or(0.0, |passage| passage.score);
        best.sort_by(|(a, one), (b, other)| score(other).total_cmp(&score(one)).then(a.cmp(b)));
        let mut texts = 0;
        best.retain(|(whose, _)| {
            texts += usize::from(matches!(whose, Whose::Text { .. }));
            matches!(whose, Whose::Source(_)) || texts <= MOST_TEXTS
        });
        for (whose, best) in best {
            let hits = best.passages.iter();
            let hits: Result<Vec<Hit>, TantivyError> =
                hits.map(|passage| self.hit(passage, &marker)).collect();
            let hits = hits?;
            let (source, title) = match (whose, hits.first()) {
                (Whose::Text { source, .. }, Some(hit)) => (source, hit.title.clone()),
                (Whose::Text { source, .. } | Whose::Source(source), _) => {
                    let title = self.catalogue.source_title(source as u32);
                    (source, title.to_owned())
                }
            };
            found.groups.push(Group {
                source: self.catalogue.source(source as u32),
                title,
                total: best.total,
                hits,
            });
        }
        let best_of = |group: &Group| group.hits.first().map_or(0.0, |hit| hit.score);
        found.groups.sort_by(|a, b| {
            let by_score = best_of(b).total_cmp(&best_of(a));
            by_score.then_with(|| (&a.source, &a.title).cmp(&(&b.source, &b.title)))
        });
        Ok(found)
    }

    /// How many passages match.
    pub(super) fn count(&self, query: &Query) -> Result<usize, SearchError> {
        let compiled = self.compile(query)?;
        Ok(self
            .searcher
            .search(&*compiled, &tantivy::collector::Count)?)
    }

    /// The text of a record.
    pub(super) fn stored(&self, record: DocAddress) -> Result<String, TantivyError> {
        let record: TantivyDocument = self.searcher.doc(record)?;
        let text = record.get_first(self.fields.stored);
        Ok(text
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned())
    }

    fn hit(&self, passage: &Passage, marker: &Marker) -> Result<Hit, TantivyError> {
        let text = &self.stored(passage.address)?;
        let entry = self.entry(passage.serial);
        let language = entry.map_or("", |entry| self.catalogue.language(entry.read_as));
        let voice = passage
            .voice
            .map(|voice| self.catalogue.voice(voice as u32).to_owned());
        Ok(Hit {
            document: entry.map_or_else(DocumentId::default, |entry| entry.id.clone()),
            title: entry.map_or_else(String::new, |entry| entry.title.clone()),
            date: entry.and_then(|entry| entry.date),
            number: passage.number as usize,
            voice,
            score: passage.score,
            snippet: snippet::cut(text, &marker.marks(self, text, language)),
        })
    }
}

/// A passage that was found, as the engine knows it.
#[derive(Clone, Copy, Debug)]
struct Passage {
    score: Score,
    address: DocAddress,
    serial: u64,
    number: u64,
    voice: Option<u64>,
}

/// Whose passages stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Whose {
    /// Those of a source, by its number.
    Source(u64),
    /// Those of a text that names none.
    Text {
        /// The number of what stands for no source.
        source: u64,
        /// The text's.
        serial: u64,
    },
}

/// Texts without a source that are given, at most: the best.
const MOST_TEXTS: usize = 100;

/// The best passages of a source or a text, and how many there are.
#[derive(Debug, Default)]
struct Best {
    total: usize,
    passages: Vec<Passage>,
}

impl Best {
    /// Keeps a passage if it is among the best `most`.
    fn add(&mut self, most: usize, score: Score, passage: impl FnOnce() -> Passage) {
        self.total += 1;
        let is_full = self.passages.len() >= most;
        // Nearly all passages are turned away here, by one comparison.
        if is_full && self.passages.last().is_none_or(|worst| score < worst.score) {
            return;
        }
        let passage = passage();
        let at = self
            .passages
            .partition_point(|known| better(known, &passage) == Ordering::Less);
        if at < most {
            self.passages.insert(at, passage);
            self.passages.truncate(most);
        }
    }
}

/// The better one first; of equals the earlier document, then the earlier passage.
fn better(a: &Passage, b: &Passage) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| (a.serial, a.number).cmp(&(b.serial, b.number)))
}

#[derive(Clone)]
struct BySource {
    most: usize,
    /// By the number of a source, whether its texts say nobody's name.
    unnamed: Vec<bool>,
}

impl Collector for BySource {
    type Fruit = HashMap<Whose, Best>;
    type Child = OfSegment;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<OfSegment> {
        let fast = reader.fast_fields();
        Ok(OfSegment {
            asked: self.clone(),
            segment,
            source: fast.u64(SOURCE)?,
            serial: fast.u64(DOCUMENT)?,
            number: fast.u64(NUMBER)?,
            voice: fast.u64("voice")?,
            found: Vec::new(),
            texts: HashMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, of_segments: Vec<Vec<(Whose, Best)>>) -> tantivy::Result<Self::Fruit> {
        let mut merged: HashMap<Whose, Best> = HashMap::new();
        for (whose, best) in of_segments.into_iter().flatten() {
            let known = merged.entry(whose).or_default();
            known.total += best.total;
            known.passages.extend(best.passages);
        }
        for best in merged.values_mut() {
            best.passages.sort_by(better);
            best.passages.truncate(self.most);
        }
        Ok(merged)
    }
}

/// Collects the best of each source in one segment.
struct OfSegment {
    asked: BySource,
    segment: SegmentOrdinal,
    source: Column<u64>,
    serial: Column<u64>,
    number: Column<u64>,
    voice: Column<u64>,
    /// By the number of the source.
    found: Vec<Best>,
    /// Of texts without one, by the number of what stands for none and the text's own.
    texts: HashMap<(u64, u64), Best>,
}

impl SegmentCollector for OfSegment {
    type Fruit = Vec<(Whose, Best)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let source = self.source.first(doc).unwrap_or_default();
        let serial = || self.serial.first(doc).unwrap_or_default();
        let at = source as usize;
        let best = if self.asked.unnamed.get(at).copied().unwrap_or_default() {
            self.texts.entry((source, serial())).or_default()
        } else {
            if at >= self.found.len() {
                self.found.resize_with(at + 1, Best::default);
            }
            &mut self.found[at]
        };
        best.add(self.asked.most, score, || Passage {
            score,
            address: DocAddress::new(self.segment, doc),
            serial: serial(),
            number: self.number.first(doc).unwrap_or_default(),
            voice: self.voice.first(doc),
        });
    }

    fn harvest(self) -> Vec<(Whose, Best)> {
        let sources = (0..).map(Whose::Source).zip(self.found);
        let sources = sources.filter(|(_, best)| best.total > 0);
        let texts = self.texts.into_iter();
        let texts = texts.map(|((source, serial), best)| (Whose::Text { source, serial }, best));
        sources.chain(texts).collect()
    }
}
