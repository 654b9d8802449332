//! The index of a corpus: every passage, found by its words in milliseconds.
//!
//! Of a folder it lies in the cache, in a folder of its own named by the corpus' path; of the built-in corpus, of files laid side
//! by side, and where there is no cache, in memory. Invariant: it is a copy of what the files say and nothing else: it can be deleted
//! at any time, and one that is damaged, or of another version, is made anew. One program writes at a time, under a
//! lock that ends with it; any number read meanwhile, each what was whole when it began.

pub mod advice;
mod analyzer;
pub mod catalogue;
mod coding;
mod compiling;
mod excluding;
mod fields;
pub mod home;
pub mod searching;
pub mod snippet;
/// What is wrong with one file of a corpus folder, by its path in it.
fn problems_of(folder: &Path, path: &str) -> Vec<Problem> {
    match folder::read_text(&folder.join(path), markdown::MAX_BYTES) {
        Ok(text) => Corpus::assemble(None, [(path, text)]).corpus.problems,
        Err(unread) => {
            let line = if let Unread::NotUtf8(line) = unread {
                line
            } else {
                0
            };
            vec![Problem {
                file: path.to_owned(),
                line,
                problem: unread.why(),
            }]
        }
    }
}

#[cfg(test)]
mod tests;
pub mod updating;
mod writing;

use crate::analysis;
use crate::analysis::tagging::Tagging;
use crate::corpus::{Corpus, DocumentId, Problem, Topic, markdown};
use crate::library::folder::{self, FolderError, Unread};
use analyzer::Analyzer;
use catalogue::{Catalogue, Entry, Standing};
use fields::Fields;
use home::{Home, Volume};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::{IndexReader, ReloadPolicy, Searcher, TantivyError};
use writing::{File, Writing};

/// Why there is no index, or none that is up to date.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no folder for caches.
    #[error("there is no home folder to keep an index in; DIPTYCH_CACHE_HOME names one")]
    NoHome,
    /// The cache cannot be written.
    #[error("cannot write the index in {path}: {source}")]
    Write {
        /// The folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// Another program is writing it.
    #[error("another program is updating the index")]
    Busy,
    /// The corpus cannot be read.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The engine reports what should not be.
    #[error("the index does not work: {0}")]
    Engine(#[from] TantivyError),
    /// It was told to stop; what was done by then is kept.
    #[error("indexing was stopped")]
    Stopped,
}

/// An index that can be searched: as it was when it was opened.
pub struct Index {
    searcher: Searcher,
    fields: Fields,
    catalogue: Arc<Catalogue>,
    /// Where the document with a serial stands in the catalogue; `u32::MAX` where there is none.
    by_serial: Vec<u32>,
    /// For cutting up queries; it remembers words.
    analyzer: Mutex<Analyzer>,
}

impl Index {
    /// The index of a corpus, in memory, with the topics that it has or that are found in it.
    pub fn of(corpus: &Corpus) -> Result<Self, IndexError> {
        // A corpus too large to look for topics in can be searched all the same.
        let (topics, tagging) = analysis::topics_of(corpus).unwrap_or_default();
        Self::in_memory(corpus, &topics, &tagging)
    }

    fn in_memory(corpus: &Corpus, topics: &[Topic], tagging: &Tagging) -> Result<Self, IndexError> {
        let (schema, fields) = fields::schema();
        let index = tantivy::Index::create(
            RamDirectory::create(),
            schema,
            tantivy::IndexSettings::default(),
        )?;
        fields::register(&index);
        let catalogue = Catalogue {
            language: corpus.language.clone(),
            topics: topics.to_vec(),
            ..Catalogue::default()
        };
        let mut writing = Writing::new(&index, fields, catalogue, true)?;
        let files = vec![File::default(); corpus.documents.len()];
        writing.add(corpus, tagging, files)?;
        let catalogue = writing.finish_in_memory()?;
        let reader = reader(&index)?;
        Ok(Self::new(&reader, fields, catalogue))
    }

    /// The index of a folder as it lies in the cache, which may be behind the files; `None` where there is none, or none that is
    /// whole.
    pub fn open(folder: &Path) -> Option<Self> {
        Self::open_at(&Home::of(folder)?)
    }

    /// What is wrong with the files that gave no document, read again for it.
    pub fn problems(&self, folder: &Path) -> Vec<Problem> {
        let unusable = self.catalogue.entries.iter();
        let unusable = unusable.filter(|entry| entry.passages == 0);
        let mut problems = Vec::new();
        for entry in unusable {
            problems.extend(problems_of(folder, &entry.path));
        }
        problems
    }

    /// As [`Index::open`], of an index by its place.
    fn open_at(home: &Home) -> Option<Self> {
        // A writer may finish, and clear away what is old, while this reads.
        patiently(home, || Self::try_open(home))
    }

    fn try_open(home: &Home) -> Option<Self> {
        let volume = home.current()?;
        let (index, fields) = open_records(&volume)?;
        let generation = generation(&index)?;
        let catalogue = volume.catalogue(generation)?;
        let reader = reader(&index).ok()?;
        // The engine takes a file that was just cleared away for one that is empty: what it opened counts only where nothing was.
        let is_same = self::generation(&index)? == generation && home.current()? == volume;
        is_same.then(|| Self::new(&reader, fields, catalogue))
    }

    fn new(reader: &IndexReader, fields: Fields, catalogue: Catalogue) -> Self {
        let mut by_serial = vec![u32::MAX; catalogue.next_serial as usize];
        for (entry, at) in catalogue.entries.iter().zip(0..) {
            if let Some(place) = by_serial.get_mut(entry.serial as usize) {
                *place = at;
            }
        }
        Self {
            searcher: reader.searcher(),
            fields,
            catalogue: Arc::new(catalogue),
            by_serial,
            analyzer: Mutex::default(),
        }
    }

    /// What is in it.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// How many records, the titles among them.
    pub fn records(&self) -> u64 {
        self.searcher.num_docs()
    }

    fn entry(&self, serial: u64) -> Option<&Entry> {
        let at = *self.by_serial.get(usize::try_from(serial).ok()?)?;
        self.catalogue.entries.get(at as usize)
    }

    fn serial_of(&self, id: &DocumentId) -> Option<u64> {
        let mut entries = self.catalogue.entries.iter();
        Some(entries.find(|entry| entry.id == *id)?.serial)
    }

    fn analyzer(&self) -> MutexGuard<'_, Analyzer> {
        // It only remembers words.
        self.analyzer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is in the index of a folder, as it lies in the cache, left in its bytes; nothing else of the index is opened. `None` where
/// there is none that is whole.
pub fn standing_catalogue(folder: &Path) -> Option<Standing> {
    let home = Home::of(folder)?;
    let open = || {
        let volume = home.current()?;
        let directory = MmapDirectory::open(volume.records()).ok()?;
        let index = tantivy::Index::open(directory).ok()?;
        volume.standing_catalogue(generation(&index)?)
    };
    patiently(&home, open)
}

/// Tries a few times, while there is something to try. A try that a writer crossed does not count, within reason.
fn patiently<T>(home: &Home, open: impl Fn() -> Option<T>) -> Option<T> {
    let began = std::time::Instant::now();
    let mut failures = 0;
    // A reader waits for it.
    while began.elapsed().as_millis() < 500 {
        let seen = home.mark()?;
        if let Some(opened) = open() {
            return Some(opened);
        }
        if home.mark()? == seen {
            failures += 1;
        }
        if failures == 5 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    None
}

/// The records of an index in the cache.
fn open_records(volume: &Volume) -> Option<(tantivy::Index, Fields)> {
    let records = volume.records();
    if !records.is_dir() {
        return None;
    }
    let (schema, fields) = fields::schema();
    let index = tantivy::Index::open(MmapDirectory::open(&records).ok()?).ok()?;
    if index.schema() != schema {
        return None;
    }
    fields::register(&index);
    Some((index, fields))
}

/// Which writing of an index is the last.
fn generation(index: &tantivy::Index) -> Option<u64> {
    index.load_metas().ok()?.payload?.parse().ok()
}

fn reader(index: &tantivy::Index) -> tantivy::Result<IndexReader> {
    index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()
}
