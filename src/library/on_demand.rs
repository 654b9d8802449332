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
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
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

/// Opens a large corpus by its index; `None` where it is small, or has no index that is whole.
pub fn open(folder: &Path) -> Option<OnDemand> {
    let catalogue = index::catalogue_of(folder)?;
    let bytes: u64 = catalogue.entries.iter().map(|entry| entry.bytes).sum();
    (bytes > READ_WHOLE_BYTES).then(|| from_catalogue(folder, catalogue))
}

fn from_catalogue(folder: &Path, mut catalogue: Catalogue) -> OnDemand {
    let manifest = folder::read_text(&folder.join(manifest::FILE), manifest::MAX_BYTES).ok();
    let (mut corpus, _) = updating::read_manifest(manifest.as_deref());
    let is_behind = catalogue.manifest != updating::fingerprint(manifest.as_deref());
    catalogue.entries.retain(|entry| entry.passages > 0);
    catalogue.entries.sort_by(|a, b| a.id.cmp(&b.id));
    corpus.topics.clone_from(&catalogue.topics);
    corpus.language.clone_from(&catalogue.language);
    if corpus.title.is_empty() {
        corpus.title = folder::title_of(folder);
    }
    add_sources(&mut corpus, &catalogue);
    let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let read = reader(root);
    let mut entries = std::mem::take(&mut catalogue.entries);
    let tagging = tagging_of(&catalogue, &mut entries, Arc::clone(&read));
    corpus.documents = entries
        .into_iter()
        .map(|entry| document(entry, &catalogue, &read))
        .collect();
    OnDemand {
        corpus,
        tagging,
        is_behind,
    }
}

/// The sources that documents name and the manifest does not.
fn add_sources(corpus: &mut Corpus, catalogue: &Catalogue) {
    let declared: HashSet<_> = corpus
        .sources
        .iter()
        .map(|source| source.id.clone())
        .collect();
    let used: HashSet<u32> = catalogue.entries.iter().map(|entry| entry.source).collect();
    let mut used: Vec<u32> = used.into_iter().collect();
    used.sort_unstable();
    let undeclared = used.into_iter().map(|number| Source {
        id: catalogue.source(number),
        title: catalogue.source_title(number).to_owned(),
        about: String::new(),
    });
    corpus
        .sources
        .extend(undeclared.filter(|source| !declared.contains(&source.id)));
}

/// A document of an entry, whose texts move into it: a hundred thousand copies would be felt at the start.
fn document(entry: Entry, catalogue: &Catalogue, read: &ReadDocument) -> Document {
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
    Document::unread(entry.id, meta, entry.path, summary, Arc::clone(read))
}

/// Reads documents of a folder by their paths.
fn reader(root: PathBuf) -> ReadDocument {
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

fn tagging_of(catalogue: &Catalogue, entries: &mut [Entry], read: ReadDocument) -> Tagging {
    let known = |entry: &mut Entry| -> KnownPlaces {
        let topics = std::mem::take(&mut entry.topics).into_iter();
        topics
            .map(|(topic, places)| {
                let places = places.into_iter().map(|place| place as usize);
                (topic as usize, places.collect())
            })
            .collect()
    };
    let files: Vec<(String, String)> = entries
        .iter()
        .map(|entry| (entry.path.clone(), entry.language.clone()))
        .collect();
    let places = entries.iter_mut().map(known).collect();
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
