//! A large corpus, opened from the catalogue of its index: no text is read before somebody asks for it.
//!
//! What is listed and counted is what was indexed; what is read is what the file says now. Invariant: a file that has gone, or leads out
//! of the folder, is a document that says so.

use super::folder;
use super::index::catalogue::{Catalogue, Entry};
use super::index::{self, updating};
use crate::analysis::tagging::{self, KnownPlaces, Tagging};
use crate::corpus::unread::{ReadDocument, Summary};
use crate::corpus::{Corpus, Document, DocumentId, Meta, PassageDraft, Source, manifest, markdown};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Up to this much text a corpus is read whole.
pub const READ_WHOLE_BYTES: u64 = 16 << 20;

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

/// A document of the catalogue, as it is opened.
struct Opened {
    document: Document,
    /// The number of its source.
    source: u32,
    path: Arc<str>,
    bytes: u64,
    places: KnownPlaces,
}

/// Opens a large corpus by its index; `None` where it is small, or has no index that is whole.
pub fn open(folder: &Path) -> Option<OnDemand> {
    let read = reader(folder);
    let (catalogue, opened) =
        index::read_catalogue(folder, |catalogue, entry| opened(entry, catalogue, &read))?;
    let bytes: u64 = opened.iter().map(|opened| opened.bytes).sum();
    (bytes > READ_WHOLE_BYTES).then(|| from_catalogue(folder, &catalogue, opened, read))
}

fn from_catalogue(
    folder: &Path,
    catalogue: &Catalogue,
    mut opened: Vec<Opened>,
    read: ReadDocument,
) -> OnDemand {
    let manifest = folder::read_text(&folder.join(manifest::FILE), manifest::MAX_BYTES).ok();
    let (mut corpus, _) = updating::read_manifest(manifest.as_deref());
    let is_behind = catalogue.manifest != updating::fingerprint(manifest.as_deref());
    // By path they stand in this order already, nearly always.
    if !opened.is_sorted_by(|a, b| a.document.id <= b.document.id) {
        opened.sort_by(|a, b| a.document.id.cmp(&b.document.id));
    }
    corpus.topics.clone_from(&catalogue.topics);
    corpus.language.clone_from(&catalogue.language);
    if corpus.title.is_empty() {
        corpus.title = folder::title_of(folder);
    }
    add_sources(&mut corpus, catalogue, &opened);
    let mut files = Vec::with_capacity(opened.len());
    let mut places = Vec::with_capacity(opened.len());
    corpus.documents.reserve(opened.len());
    for opened in opened {
        files.push((opened.path, opened.document.meta.language.clone()));
        places.push(opened.places);
        corpus.documents.push(opened.document);
    }
    OnDemand {
        corpus,
        tagging: tagging_of(catalogue, files, places, read),
        is_behind,
    }
}

/// The sources that documents name and the manifest does not.
fn add_sources(corpus: &mut Corpus, catalogue: &Catalogue, opened: &[Opened]) {
    let declared: HashSet<_> = corpus
        .sources
        .iter()
        .map(|source| source.id.clone())
        .collect();
    let used: BTreeSet<u32> = opened.iter().map(|opened| opened.source).collect();
    let undeclared = used.into_iter().map(|number| Source {
        id: catalogue.source(number),
        title: catalogue.source_title(number).to_owned(),
        about: String::new(),
    });
    corpus
        .sources
        .extend(undeclared.filter(|source| !declared.contains(&source.id)));
}

/// A document of an entry, whose texts move into it: a hundred thousand copies would be felt at the start. `None` where the file could
/// not be used.
fn opened(entry: Entry, catalogue: &Catalogue, read: &ReadDocument) -> Option<Opened> {
    if entry.passages == 0 {
        return None;
    }
    let voices = entry.voices.iter();
    let summary = Summary {
        passages: entry.passages as usize,
        prose: entry.prose as usize,
        bytes: entry.bytes as usize,
        voices: voices
            .map(|(voice, count)| (catalogue.voice(*voice).to_owned(), *count as usize))
            .collect(),
    };
    let meta = Meta {
        title: entry.title,
        source: catalogue.source(entry.source),
        authors: entry.authors,
        date: entry.date,
        url: entry.url,
        language: entry.language,
        kind: entry.kind,
        ..Meta::default()
    };
    let path: Arc<str> = entry.path.into();
    Some(Opened {
        document: Document::unread(entry.id, meta, Arc::clone(&path), summary, Arc::clone(read)),
        source: entry.source,
        path,
        bytes: entry.bytes,
        places: entry.topics,
    })
}

/// Reads documents of a folder by their paths.
fn reader(folder: &Path) -> ReadDocument {
    let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    Arc::new(move |path| {
        let id = crate::corpus::assemble::document_id(path);
        match text_of(&root, path) {
            Ok(text) => markdown::read_closely(id, path, &text).document,
            Err(why) => unreadable(id, path, &why),
        }
    })
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

fn tagging_of(
    catalogue: &Catalogue,
    files: Vec<(Arc<str>, String)>,
    places: Vec<KnownPlaces>,
    read: ReadDocument,
) -> Tagging {
    let (weights, topics) = (catalogue.weights.clone(), catalogue.topics.clone());
    let default = catalogue.language.clone();
    let tag = move |at: usize| {
        let document = files.get(at).map(|(path, language)| {
            let mut document = read(path);
            document.meta.language.clone_from(language);
            document
        });
        let documents: Vec<Document> = document.into_iter().collect();
        tagging::tag_more(&weights, &documents, &topics, &default)
    };
    Tagging::on_demand(places, Box::new(tag))
}

#[cfg(test)]
mod tests;
