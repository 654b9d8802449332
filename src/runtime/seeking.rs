//! Searching the corpus for the reader: the index is brought up to date by one job, and asked by others.
//!
//! Invariant: a search waits for no update. It asks the index as it is; where there is none yet, a small corpus is indexed in memory
//! first, and of a large one it is said that the index is being made.

use crate::analysis::watch::Watch;
use crate::app::message::{Finding, Stage};
use crate::app::perspective::Slot;
use crate::app::results::{Found, Group, Hit};
use crate::corpus::{Corpus, Document, DocumentId};
use crate::library::index::searching::{self, SearchError};
use crate::library::index::{Index, updating};
use crate::library::query;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Up to this much text is indexed in memory while there is no other index: less than a second.
const SMALL_BYTES: usize = 4 << 20;
/// Passages of a source that are listed.
const MOST_OF_A_SOURCE: usize = 12;

/// The index of what is read, and where it comes from.
pub struct Seeking {
    /// The corpus folder; nothing for a corpus that is only in memory.
    folder: Option<PathBuf>,
    known: Mutex<Known>,
}

/// The index, and the corpus it was made from where that is in memory.
#[derive(Default)]
struct Known {
    index: Option<Arc<Index>>,
    of: Option<Arc<Corpus>>,
}

impl Seeking {
    /// Of a folder, or of what is in memory alone.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            known: Mutex::default(),
        }
    }

    /// Brings the index of the folder up to date.
    pub fn update(&self, watch: Watch<'_>) -> Stage {
        let Some(folder) = &self.folder else {
            return Stage::Finished(Finding::Indexed);
        };
        match updating::update(folder, false, watch) {
            Ok((index, _)) => {
                let mut known = self.known();
                known.index = Some(Arc::new(index));
                known.of = None;
                Stage::Finished(Finding::Indexed)
            }
            Err(error) => Stage::Failed(error.to_string()),
        }
    }

    /// Finds passages. `corpus`: what the reader shows, whose passages the answer names.
    pub fn search(&self, corpus: &Arc<Corpus>, text: &str) -> Stage {
        let query = match query::parse(text) {
            Ok(query) if text.ends_with(char::is_alphanumeric) => query.unfinished(),
            Ok(query) => query,
            Err(error) => return Stage::Failed(error.to_string()),
        };
        let index = match self.index(corpus) {
            Ok(index) => index,
            Err(why) => return Stage::Failed(why),
        };
        match index.search(&query, MOST_OF_A_SOURCE) {
            Ok(found) => Stage::Finished(Finding::Found(shown(found, corpus))),
            Err(SearchError::Damaged(_)) if self.folder.is_some() => self.repaired(corpus, &query),
            Err(error) => Stage::Failed(error.to_string()),
        }
    }

    /// Makes a damaged index anew and asks it.
    fn repaired(&self, corpus: &Arc<Corpus>, query: &query::Query) -> Stage {
        let Some(folder) = &self.folder else {
            return Stage::Cancelled;
        };
        let again = updating::rebuild(folder, Watch::NOBODY);
        let again = again
            .map_err(|error| error.to_string())
            .and_then(|(index, _)| {
                let found = index.search(query, MOST_OF_A_SOURCE);
                self.known().index = Some(Arc::new(index));
                found.map_err(|error| error.to_string())
            });
        match again {
            Ok(found) => Stage::Finished(Finding::Found(shown(found, corpus))),
            Err(why) => Stage::Failed(why),
        }
    }

    /// The index as it is.
    fn index(&self, corpus: &Arc<Corpus>) -> Result<Arc<Index>, String> {
        let mut known = self.known();
        let is_of_this = known.of.as_ref().is_none_or(|of| Arc::ptr_eq(of, corpus));
        if let Some(index) = known.index.as_ref().filter(|_| is_of_this) {
            return Ok(Arc::clone(index));
        }
        let of_folder = self.folder.as_deref().and_then(Index::open);
        let index = if let Some(index) = of_folder {
            known.of = None;
            index
        } else {
            let texts = corpus.documents.iter().map(Document::bytes);
            if self.folder.is_some() && texts.sum::<usize>() > SMALL_BYTES {
                return Err(
                    "the texts are being indexed; what is found is shown as soon as they are"
                        .to_owned(),
                );
            }
            known.of = Some(Arc::clone(corpus));
            Index::of(corpus).map_err(|error| error.to_string())?
        };
        let index = Arc::new(index);
        known.index = Some(Arc::clone(&index));
        Ok(index)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // A job that panicked has not changed half of it.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was found, of the texts that the reader has. A text that has come since is left out, and said so.
fn shown(found: searching::Found, corpus: &Corpus) -> Found {
    let mut shown = Found {
        total: found.total,
        advice: found.advice,
        ..Found::default()
    };
    let mut unknown = 0;
    for group in found.groups {
        let all = group.hits.len();
        let hits: Vec<Hit> = group
            .hits
            .into_iter()
            .filter_map(|hit| hit_in(corpus, hit))
            .collect();
        unknown += all - hits.len();
        if !hits.is_empty() {
            shown.groups.push(Group {
                title: group.title,
                total: group.total,
                hits,
            });
        }
    }
    if shown.groups.is_empty() && unknown > 0 {
        shown.advice = vec![format!(
            "{unknown} found in texts that have been added or changed since this was opened; open it again to read them"
        )];
    }
    shown
}

fn hit_in(corpus: &Corpus, hit: searching::Hit) -> Option<Hit> {
    let document = place_of(corpus, &hit.document)?;
    let slot = match hit.number.checked_sub(1) {
        None => Slot::head(document),
        Some(passage) => {
            corpus.documents.get(document)?.passage(passage)?;
            Slot::passage(document, passage)
        }
    };
    Some(Hit {
        slot,
        title: hit.title,
        date: hit.date,
        voice: hit.voice,
        start: hit.snippet.start,
        text: hit.snippet.text,
        marks: hit.snippet.marks,
        cut_after: hit.snippet.cut_after,
    })
}

/// Where a document stands in the corpus. Those of a folder are in the order of their ids.
fn place_of(corpus: &Corpus, id: &DocumentId) -> Option<usize> {
    let documents = &corpus.documents;
    documents
        .binary_search_by(|document| document.id.cmp(id))
        .ok()
        .or_else(|| documents.iter().position(|document| document.id == *id))
}
