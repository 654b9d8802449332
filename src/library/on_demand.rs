//! A large corpus, opened from the catalogue of its index: no text is read before somebody asks for it.
//!
//! What is listed and counted is what was indexed; what is read is what the file says now. Invariant: a file that has gone, or leads out
//! of the folder, is a document that says so.

use super::folder;
use super::index::catalogue::{Catalogue, Entry, Standing};
use super::index::{self, updating};
use crate::analysis::tagging::{self, KnownPlaces, Tagging};
use crate::corpus::assemble::document_id;
use crate::corpus::unread::{Shelf, Summary};
use crate::corpus::{
    Corpus, Document, DocumentId, Meta, PassageDraft, Source, SourceId, manifest, markdown,
    parallel,
};
use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Up to this much text a corpus is read whole.
pub const READ_WHOLE_BYTES: u64 = 16 << 20;

/// What the tags of a passage take, about.
const TAG_BYTES: usize = 128;

/// A corpus whose texts are read on demand.
#[derive(Debug)]
pub struct OnDemand {
    /// The corpus.
    pub corpus: Corpus,
    /// Which passages are on its topics.
    pub tagging: Tagging,
    /// Topics or sources have been edited since it was indexed.
    pub is_behind: bool,
}

/// Opens a large corpus by its index; `None` where it is small, or has no index that is whole.
pub fn open(folder: &Path) -> Option<OnDemand> {
    let opened = Opened::of(folder, index::standing_catalogue(folder)?)?;
    (opened.bytes > READ_WHOLE_BYTES).then(|| opened.finish(folder))
}

/// The documents of a corpus, all or a part, on their shelf.
#[derive(Default)]
struct Part {
    documents: Vec<Document>,
    /// Where each stands on the shelf.
    shelved: Vec<usize>,
    /// Where each ends in `numbers`.
    ends: Vec<usize>,
    /// The passages on their topics ([`KnownPlaces`]).
    numbers: Vec<u32>,
    /// Which sources have some.
    has_source: Vec<bool>,
    bytes: u64,
}

/// A corpus of which nothing has been read.
struct Opened {
    shelf: Arc<CatalogueShelf>,
    parts: Vec<Part>,
    bytes: u64,
}

impl Opened {
    /// By the catalogue: on all processors, as there may be a hundred thousand documents, which somebody waits for. `None` where it is
    /// damaged.
    fn of(folder: &Path, standing: Standing) -> Option<Self> {
        let catalogue = &standing.catalogue;
        let sources = (0..catalogue.sources().len() as u32).map(|number| catalogue.source(number));
        let shelf = Arc::new(CatalogueShelf {
            sources: sources.collect(),
            unknown: SourceId::default(),
            root: fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()),
            standing,
            lent: AtomicUsize::new(0),
        });
        let standing = &shelf.standing;
        let parts = parallel::map(&standing.parts, standing.bytes(), |part| {
            Part::read(&shelf, part)
        });
        let parts: Vec<Part> = parts.into_iter().collect::<Option<_>>()?;
        Some(Self {
            bytes: parts.iter().map(|part| part.bytes).sum(),
            parts,
            shelf,
        })
    }

    fn finish(self, folder: &Path) -> OnDemand {
        let catalogue = &self.shelf.standing.catalogue;
        let manifest = folder::read_text(&folder.join(manifest::FILE), manifest::MAX_BYTES).ok();
        let (mut corpus, _) = updating::read_manifest(manifest.as_deref());
        let is_behind = catalogue.manifest != updating::fingerprint(manifest.as_deref());
        corpus.topics.clone_from(&catalogue.topics);
        corpus.language.clone_from(&catalogue.language);
        if corpus.title.is_empty() {
            corpus.title = folder::title_of(folder);
        }
        add_sources(&mut corpus, catalogue, &self.parts);
        let count = |of: fn(&Part) -> usize| self.parts.iter().map(of).sum();
        let documents = count(|part| part.documents.len());
        let mut places = KnownPlaces::with_room(documents, count(|part| part.numbers.len()));
        let mut shelved = Vec::with_capacity(documents);
        corpus.documents.reserve_exact(documents);
        for mut part in self.parts {
            corpus.documents.append(&mut part.documents);
            shelved.extend_from_slice(&part.shelved);
            places.extend(&part.ends, &part.numbers);
        }
        // By path they stand in the order of their ids already, nearly always.
        let documents = &mut corpus.documents;
        if !documents.is_sorted_by(|a, b| a.id <= b.id) {
            let mut order: Vec<usize> = (0..documents.len()).collect();
            order.sort_by(|a, b| documents[*a].id.cmp(&documents[*b].id));
            places = places.in_order(&order);
            shelved = order.iter().map(|at| shelved[*at]).collect();
            documents.sort_by(|a, b| a.id.cmp(&b.id));
        }
        OnDemand {
            corpus,
            tagging: tagging_of(self.shelf, shelved, places),
            is_behind,
        }
    }
}

impl Part {
    /// The documents of a part of the catalogue. Files that could not be used are none.
    fn read(shelf: &Arc<CatalogueShelf>, part: &Range<usize>) -> Option<Self> {
        // Every document counts who has its shelf: for those of a part that is their own, so that no two threads count at once.
        let of_part: Arc<dyn Shelf> = Arc::new(Arc::clone(shelf));
        let standing = &shelf.standing;
        let mut read = Self {
            has_source: vec![false; shelf.sources.len()],
            ..Self::default()
        };
        let mut numbers = Vec::new();
        standing.heads(part, &mut numbers, |head, numbers| {
            if head.passages == 0 {
                numbers.truncate(read.ends.last().copied().unwrap_or(0));
                return;
            }
            let summary = Summary {
                passages: head.passages,
                prose: head.prose,
                bytes: head.bytes,
                source: head.source,
            };
            read.documents.push(Document::unread(
                head.id(),
                Arc::clone(&of_part),
                head.place,
                summary,
            ));
            read.shelved.push(head.place);
            read.ends.push(numbers.len());
            if let Some(has) = read.has_source.get_mut(head.source as usize) {
                *has = true;
            }
            read.bytes += head.bytes;
        })?;
        read.numbers = numbers;
        Some(read)
    }
}

/// The sources that documents name and the manifest does not.
fn add_sources(corpus: &mut Corpus, catalogue: &Catalogue, parts: &[Part]) {
    let declared: HashSet<_> = corpus
        .sources
        .iter()
        .map(|source| source.id.clone())
        .collect();
    let is_used = |number: &u32| {
        let mut parts = parts.iter();
        parts.any(|part| part.has_source.get(*number as usize) == Some(&true))
    };
    let numbers = 0..catalogue.sources().len() as u32;
    let undeclared = numbers.filter(is_used).map(|number| Source {
        id: catalogue.source(number),
        title: catalogue.source_title(number).to_owned(),
        about: String::new(),
    });
    corpus
        .sources
        .extend(undeclared.filter(|source| !declared.contains(&source.id)));
}

/// The documents of a folder, as its catalogue has them.
struct CatalogueShelf {
    standing: Standing,
    /// By number.
    sources: Vec<SourceId>,
    /// Of a number that the catalogue has no name for.
    unknown: SourceId,
    root: PathBuf,
    lent: AtomicUsize,
}

impl CatalogueShelf {
    fn entry(&self, place: usize) -> Entry {
        // The bytes were found to be whole, so that nothing but another's mistake makes this the empty one.
        self.standing.entry(place).unwrap_or_default()
    }
}

impl Shelf for Arc<CatalogueShelf> {
    fn meta(&self, place: usize) -> Meta {
        let entry = self.entry(place);
        Meta {
            title: entry.title,
            source: self.source(entry.source).clone(),
            authors: entry.authors,
            date: entry.date,
            url: entry.url,
            language: entry.language,
            kind: entry.kind,
            ..Meta::default()
        }
    }

    fn title(&self, place: usize) -> &str {
        self.standing.title(place).unwrap_or_default()
    }

    fn source(&self, number: u32) -> &SourceId {
        self.sources.get(number as usize).unwrap_or(&self.unknown)
    }

    fn voices(&self, place: usize) -> Vec<(&str, usize)> {
        let catalogue = &self.standing.catalogue;
        let voices = self.standing.voices(place).into_iter();
        voices
            .map(|(voice, passages)| (catalogue.voice(voice), passages as usize))
            .collect()
    }

    fn read(&self, place: usize) -> Document {
        let path = self.standing.path(place).unwrap_or_default();
        let id = document_id(path);
        match text_of(&self.root, path) {
            Ok(text) => markdown::read_closely(id, path, &text).document,
            Err(why) => unreadable(id, path, &why),
        }
    }

    fn lent(&self) -> &AtomicUsize {
        &self.lent
    }
}

fn text_of(root: &Path, path: &str) -> Result<String, String> {
    let place = root.join(path);
    let real = fs::canonicalize(&place).map_err(|error| error.to_string())?;
    // It may have become a link since it was indexed.
    if !real.starts_with(root) {
        return Err("it leads out of the folder".to_owned());
    }
    folder::read_text(&place, markdown::MAX_BYTES).map_err(folder::Unread::why)
}

fn unreadable(id: DocumentId, path: &str, why: &str) -> Document {
    let mut document = Document::new(id, Meta::default());
    document.push(PassageDraft {
        text: format!("This text cannot be read now ({path}: {why})."),
        ..PassageDraft::default()
    });
    document
}

fn tagging_of(shelf: Arc<CatalogueShelf>, shelved: Vec<usize>, places: KnownPlaces) -> Tagging {
    let tag = move |at: usize| {
        let catalogue = &shelf.standing.catalogue;
        let document = shelved.get(at).map(|place| {
            let mut document = shelf.read(*place);
            document.meta.language = shelf.entry(*place).language;
            // Its tags are kept.
            let tags = document.len() * TAG_BYTES;
            shelf.lent.fetch_add(tags, Ordering::Relaxed);
            document
        });
        let documents: Vec<Document> = document.into_iter().collect();
        let (weights, topics) = (&catalogue.weights, &catalogue.topics);
        tagging::tag_more(weights, &documents, topics, &catalogue.language)
    };
    Tagging::on_demand(places, Arc::new(tag))
}

#[cfg(test)]
mod tests;
