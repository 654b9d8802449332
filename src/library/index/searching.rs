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
        for (number, best) in best {
            let is_unnamed = by_source.is_unnamed(number as usize);
            let parts = if is_unnamed {
                best.by_document(most)
            } else {
                vec![best]
            };
            for part in parts {
                let hits = part.passages.iter();
                let hits: Result<Vec<Hit>, TantivyError> =
                    hits.map(|passage| self.hit(passage, &marker)).collect();
                let hits = hits?;
                let title = match hits.first() {
                    Some(hit) if is_unnamed => hit.title.clone(),
                    _ => self.catalogue.source_title(number as u32).to_owned(),
                };
                found.groups.push(Group {
                    source: self.catalogue.source(number as u32),
                    title,
                    total: part.total,
                    hits,
                });
            }
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

/// The best passages of a source, and how many there are.
#[derive(Debug, Default)]
struct Best {
    total: usize,
    passages: Vec<Passage>,
    /// How many each document has, where documents are told apart.
    documents: HashMap<u64, usize>,
}

impl Best {
    /// Each document by itself, with `most` passages at most; of more documents than there are passages kept, the best.
    fn by_document(self, most: usize) -> Vec<Self> {
        let mut parts: Vec<(u64, Self)> = Vec::new();
        for passage in self.passages {
            let serial = passage.serial;
            let known = parts.iter().position(|(of, _)| *of == serial);
            let at = known.unwrap_or_else(|| {
                let total = self.documents.get(&serial).copied().unwrap_or_default();
                let part = Self {
                    total,
                    ..Self::default()
                };
                parts.push((serial, part));
                parts.len() - 1
            });
            let kept = &mut parts[at].1.passages;
            if kept.len() < most {
                kept.push(passage);
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

/// The better one first; of equals the earlier document, then the earlier passage.
fn better(a: &Passage, b: &Passage) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| (a.serial, a.number).cmp(&(b.serial, b.number)))
}

/// Of texts without a source, so many times the passages of one are kept: they are many sources.
const UNNAMED: usize = 8;

#[derive(Clone)]
struct BySource {
    most: usize,
    /// By the number of a source, whether its texts say nobody's name.
    unnamed: Vec<bool>,
}

impl BySource {
    fn is_unnamed(&self, source: usize) -> bool {
        self.unnamed.get(source).copied().unwrap_or_default()
    }

    /// Passages that are kept of a source.
    fn most_of(&self, source: usize) -> usize {
        if self.is_unnamed(source) {
            self.most.saturating_mul(UNNAMED)
        } else {
            self.most
        }
    }
}

impl Collector for BySource {
    type Fruit = HashMap<u64, Best>;
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
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, of_segments: Vec<Vec<Best>>) -> tantivy::Result<Self::Fruit> {
        let mut merged: HashMap<u64, Best> = HashMap::new();
        for (source, best) in of_segments.into_iter().flat_map(|found| (0..).zip(found)) {
            if best.total == 0 {
                continue;
            }
            let known = merged.entry(source).or_default();
            known.total += best.total;
            known.passages.extend(best.passages);
            for (document, total) in best.documents {
                *known.documents.entry(document).or_default() += total;
            }
        }
        for (source, best) in &mut merged {
            best.passages.sort_by(better);
            best.passages.truncate(self.most_of(*source as usize));
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
}

impl SegmentCollector for OfSegment {
    type Fruit = Vec<Best>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let source = self.source.first(doc).unwrap_or_default() as usize;
        if source >= self.found.len() {
            self.found.resize_with(source + 1, Best::default);
        }
        let most = self.asked.most_of(source);
        let best = &mut self.found[source];
        best.total += 1;
        if self.asked.is_unnamed(source) {
            let document = self.serial.first(doc).unwrap_or_default();
            *best.documents.entry(document).or_default() += 1;
        }
        let is_full = best.passages.len() >= most;
        // Nearly all passages are turned away here, by one comparison.
        if is_full && best.passages.last().is_none_or(|worst| score < worst.score) {
            return;
        }
        let passage = Passage {
            score,
            address: DocAddress::new(self.segment, doc),
            serial: self.serial.first(doc).unwrap_or_default(),
            number: self.number.first(doc).unwrap_or_default(),
            voice: self.voice.first(doc),
        };
        let at = best
            .passages
            .partition_point(|known| better(known, &passage) == Ordering::Less);
        if at < most {
            best.passages.insert(at, passage);
            best.passages.truncate(most);
        }
    }

    fn harvest(self) -> Vec<Best> {
        self.found
    }
}
