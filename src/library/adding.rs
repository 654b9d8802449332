//! Adding documents to a corpus folder: the disk half of `diptych import`.
//!
//! Invariant: no document is ever written over. `corpus.toml` alone is changed in place, by adding to it. A file is whole
//! or not there, whenever the program ends.

use super::file_name::{folded, sanitised};
use super::folder::{self, Unread, read_text};
use super::walk;
use super::whole_file::{self, create, replace};
use crate::corpus::{Document, DocumentId, Meta, Source, SourceId, Topic, manifest, markdown};
use crate::import::ENTRY_KEY;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Why documents could not be added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The folder cannot be made or looked through.
    #[error("cannot use {path} as a corpus: {source}")]
    Folder {
        /// The folder.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// `corpus.toml` is there but is not a text that could be added to.
    #[error("cannot add to {path}: {reason}")]
    Manifest {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The document is longer than one that a corpus opens.
    #[error("“{title}” is larger than {} MB as one document, the most that a corpus opens; split the file first", markdown::MAX_BYTES >> 20)]
    TooLarge {
        /// Its title.
        title: String,
    },
    /// A link inside the corpus leads out of it.
    #[error("{path} leads out of the corpus; nothing is written there")]
    Outside {
        /// The folder.
        path: String,
    },
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was written under this id.
    Added(DocumentId),
    /// The file it came from is in the corpus already, as this document; or the page of that address, with the same words.
    AlreadyThere(DocumentId),
    /// It was written under this id, beside an older one from the same address, with other words.
    AnotherVersion {
        /// The document.
        id: DocumentId,
        /// The older one, which is kept: somebody may have cited it.
        of: DocumentId,
    },
}

impl Outcome {
    /// The document, new or old.
    pub fn document(&self) -> &DocumentId {
        match self {
            Self::Added(id) | Self::AlreadyThere(id) | Self::AnotherVersion { id, .. } => id,
        }
    }
}

/// Adds the documents of one file, and the sources they name, to a folder. For several files open an [`Intake`] once.
pub fn add(
    folder: &Path,
    documents: &[Document],
    sources: &[Source],
) -> Result<Vec<Outcome>, AddError> {
    Intake::open(folder)?.add(documents, sources)
}

/// Adds topics to the `corpus.toml` of a folder, which is made where it is missing; those it names are left as they are.
pub fn add_topics(folder: &Path, topics: &[Topic]) -> Result<(), AddError> {
    let root = fs::canonicalize(folder).map_err(|source| AddError::Folder {
        path: folder.display().to_string(),
        source,
    })?;
    ensure_manifest(&root)?;
    change_manifest(&root, |text| manifest::add_topics(text, topics))
}

/// A document that came from a file, as the corpus holds it.
#[derive(Clone, Debug)]
struct Held {
    id: DocumentId,
    title: String,
}

/// A document from the same address as another.
#[derive(Clone, Debug)]
enum Older {
    /// With the same words.
    Same(DocumentId),
    /// With others.
    Other(DocumentId),
}

/// A corpus folder that takes documents: it knows which ids are taken and which files have been imported.
#[derive(Debug)]
pub struct Intake {
    root: PathBuf,
    taken: HashSet<String>,
    /// By the hash of the file they came from.
    held: HashMap<String, Vec<Held>>,
    /// Entries of feeds and messages, by what tells them from others.
    entries: HashMap<String, DocumentId>,
    /// Pages by their address, in the order of coming.
    pages: HashMap<String, Vec<DocumentId>>,
    /// Sources that `corpus.toml` is known to have.
    declared: HashSet<SourceId>,
}

impl Intake {
    /// Opens a folder for adding; it is made, with its `corpus.toml`, where it is missing.
    pub fn open(folder: &Path) -> Result<Self, AddError> {
        let failed = |source| AddError::Folder {
            path: folder.display().to_string(),
            source,
        };
        fs::create_dir_all(folder).map_err(failed)?;
        let root = fs::canonicalize(folder).map_err(failed)?;
        let mut intake = Self {
            root,
            taken: HashSet::new(),
            held: HashMap::new(),
            entries: HashMap::new(),
            pages: HashMap::new(),
            declared: HashSet::new(),
        };
        whole_file::clear_drafts(&intake.root);
        for found in walk::walk(&intake.root).map_err(failed)?.documents {
            let id = crate::corpus::assemble::document_id(&found.path);
            intake.taken.insert(folded(&id));
            if let Ok(text) = read_text(&found.place, markdown::MAX_BYTES) {
                intake.remember(id, &text);
            }
        }
        ensure_manifest(&intake.root)?;
        Ok(intake)
    }

    /// Notes the hash that a document's front matter gives.
    fn remember(&mut self, id: DocumentId, text: &str) {
        let yaml = markdown::front::split(text.strip_prefix('\u{FEFF}').unwrap_or(text))
            .yaml
            .unwrap_or_default();
        // Most documents of a large corpus are looked at only this far.
        if !yaml.contains("sha256") {
            return;
        }
        let meta = markdown::front::read("", yaml).meta;
        if let Some(entry) = entry_of(&meta) {
            self.entries.insert(entry, id.clone());
        } else if let Some(address) = &meta.url {
            let pages = self.pages.entry(address.clone()).or_default();
            pages.push(id.clone());
        }
        if let Some(hash) = meta.sha256 {
            let title = meta.title;
            self.held
                .entry(hash.to_ascii_lowercase())
                .or_default()
                .push(Held { id, title });
        }
    }

    /// Adds the documents that one file gave. A document whose file (by its hash) and title are in the folder already
    /// is not added again, whatever it is called there; nor is an entry of a feed that has come in another file, or a page of an
    /// address whose words are as they were (the rest of a page changes with every visit).
    pub fn add(
        &mut self,
        documents: &[Document],
        sources: &[Source],
    ) -> Result<Vec<Outcome>, AddError> {
        let already_there = self.match_held(documents);
        let mut outcomes = Vec::with_capacity(documents.len());
        for (document, same) in documents.iter().zip(already_there) {
            if let Some(id) = same {
                outcomes.push(Outcome::AlreadyThere(id));
                continue;
            }
            let older = self.older(document, documents.len() == 1);
            if let Some(Older::Same(id)) = older {
                outcomes.push(Outcome::AlreadyThere(id));
                continue;
            }
            let id = self.write(document)?;
            if let Some(entry) = entry_of(&document.meta) {
                self.entries.insert(entry, id.clone());
            } else if let Some(address) = &document.meta.url {
                let pages = self.pages.entry(address.clone()).or_default();
                pages.push(id.clone());
            }
            if let Some(hash) = hash_of(document) {
                let title = document.meta.title.clone();
                let held = Held {
                    id: id.clone(),
                    title,
                };
                self.held.entry(hash).or_default().push(held);
            }
            outcomes.push(match older {
                Some(Older::Other(of)) => Outcome::AnotherVersion { id, of },
                _ => Outcome::Added(id),
            });
        }
        self.declare(sources, documents)?;
        Ok(outcomes)
    }

    /// What the folder has of the address of a document that it does not have itself. `is_alone`: nothing else came from there with it.
    fn older(&self, document: &Document, is_alone: bool) -> Option<Older> {
        if entry_of(&document.meta).is_some() {
            return None;
        }
        let pages = self.pages.get(document.meta.url.as_ref()?)?;
        let has_its_words = |id: &&DocumentId| {
            let place = self.root.join(format!("{id}.md"));
            let held = read_text(&place, markdown::MAX_BYTES).ok();
            held.is_some_and(|text| {
                let (held, _) = markdown::read((*id).clone(), "", &text);
                let texts = |of: &Document| -> Vec<String> {
                    of.passages().map(|one| one.text().to_owned()).collect()
                };
                held.meta.title == document.meta.title && texts(&held) == texts(document)
            })
        };
        // Of several articles of one file, which have its address, each is itself.
        let same = pages.iter().find(has_its_words).cloned().map(Older::Same);
        same.or_else(|| {
            let is_version = |id: &&DocumentId| is_alone || self.is_titled(id, document);
            // The last that came has the highest number at the end of its id.
            let versions = pages.iter().filter(is_version);
            let last = versions.max_by_key(|id| (id.as_str().len(), id.as_str()));
            last.cloned().map(Older::Other)
        })
    }

    /// Whether a document of the folder has the title of another.
    fn is_titled(&self, id: &DocumentId, document: &Document) -> bool {
        let mut held = self.held.values().flatten();
        held.any(|held| held.id == *id && held.title == document.meta.title)
    }

    /// For each document the one that the folder holds in its stead: of the same file, by title and id, by title, or,
    /// where the folder holds as many documents of that file, one whose title has been changed since.
    fn match_held(&self, documents: &[Document]) -> Vec<Option<DocumentId>> {
        let mut left: HashMap<String, Vec<Held>> = HashMap::new();
        let mut batch: HashMap<String, usize> = HashMap::new();
        for hash in documents.iter().filter_map(hash_of) {
            *batch.entry(hash.clone()).or_default() += 1;
            left.insert(
                hash.clone(),
                self.held.get(&hash).cloned().unwrap_or_default(),
            );
        }
        let complete = |hash: &str| {
            self.held.get(hash).map_or(0, Vec::len) >= batch.get(hash).copied().unwrap_or(0)
        };
        let by_entry = |document: &Document| {
            let entry = entry_of(&document.meta)?;
            self.entries.get(&entry).cloned()
        };
        let mut found: Vec<Option<DocumentId>> = documents.iter().map(by_entry).collect();
        let rounds: [&Same<'_>; 3] = [
            &|_, document, held| {
                held.title == document.meta.title && held.id == sanitised(document.id.as_str())
            },
            &|_, document, held| held.title == document.meta.title,
            &|hash, _, _| complete(hash),
        ];
        for same in rounds {
            for (document, found) in documents.iter().zip(&mut found) {
                if entry_of(&document.meta).is_some() {
                    continue;
                }
                let (None, Some(hash)) = (&found, hash_of(document)) else {
                    continue;
                };
                let held = left.entry(hash.clone()).or_default();
                if let Some(index) = held.iter().position(|held| same(&hash, document, held)) {
                    *found = Some(held.remove(index).id);
                }
            }
        }
        found
    }

    /// Writes a document under the first id that is free, and gives that id.
    fn write(&mut self, document: &Document) -> Result<DocumentId, AddError> {
        let text = markdown::write(document);
        if text.len() > markdown::MAX_BYTES {
            let title = document.meta.title.clone();
            return Err(AddError::TooLarge { title });
        }
        let wanted = sanitised(document.id.as_str());
        for number in 1.. {
            let id = match number {
                1 => wanted.clone(),
                number => DocumentId::from(format!("{wanted}-{number}")),
            };
            if !self.taken.insert(folded(&id)) {
                continue;
            }
            let place = self.root.join(format!("{id}.md"));
            self.folder_for(&place)?;
            match create(&place, text.as_bytes()) {
                Ok(()) => return Ok(id),
                // Someone else has just made it.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(write_error(&place, source)),
            }
        }
        Ok(wanted)
    }

    /// Makes the folder of a file, and sees that it is inside the corpus.
    fn folder_for(&self, place: &Path) -> Result<(), AddError> {
        let folder = place.parent().unwrap_or(&self.root);
        // From the top: a folder must not be made through a link that leads out.
        let mut path = self.root.clone();
        for part in folder
            .strip_prefix(&self.root)
            .unwrap_or(Path::new(""))
            .components()
        {
            path.push(part);
            match fs::create_dir(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(write_error(&path, source)),
            }
            let real = fs::canonicalize(&path).map_err(|source| write_error(&path, source))?;
            if !real.starts_with(&self.root) {
                return Err(AddError::Outside {
                    path: path.display().to_string(),
                });
            }
        }
        Ok(())
    }

    /// Adds to `corpus.toml` the sources that the documents name and it does not have: those of documents that are there already too,
    /// because an import may have been ended between the two.
    fn declare(&mut self, sources: &[Source], documents: &[Document]) -> Result<(), AddError> {
        let named: HashSet<&SourceId> = documents.iter().map(|one| &one.meta.source).collect();
        let wanted: Vec<Source> = sources
            .iter()
            .filter(|source| named.contains(&source.id) && !self.declared.contains(&source.id))
            .cloned()
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        change_manifest(&self.root, |text| manifest::add_sources(text, &wanted))?;
        self.declared
            .extend(wanted.into_iter().map(|source| source.id));
        Ok(())
    }
}

/// What tells an entry of a feed, or a message, from others: its own id, and, where that could be another's too, its source.
fn entry_of(meta: &Meta) -> Option<String> {
    let id = meta.extra.get(ENTRY_KEY)?.as_str()?;
    let is_unique = id.contains("://") || id.contains('@') || id.len() >= 16;
    Some(if is_unique {
        id.to_owned()
    } else {
        format!("{}\n{id}", meta.source)
    })
}

fn ensure_manifest(root: &Path) -> Result<(), AddError> {
    let place = root.join(manifest::FILE);
    let text = manifest::new_text(&folder::title_of(root), "", "", &[], &[]);
    match create(&place, text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(write_error(&place, error))
        }
        _ => Ok(()),
    }
}

/// Changes the `corpus.toml` of a corpus at once.
fn change_manifest(root: &Path, change: impl FnOnce(&str) -> String) -> Result<(), AddError> {
    let place = root.join(manifest::FILE);
    let text = read_text(&place, manifest::MAX_BYTES).map_err(|unread| AddError::Manifest {
        path: place.display().to_string(),
        reason: match unread {
            Unread::Missing => "it has gone".to_owned(),
            Unread::Refused(error) => error.to_string(),
            Unread::TooLarge(limit) => format!("it is larger than {} MB", limit >> 20),
            Unread::NotUtf8(line) => format!("line {line} is not UTF-8"),
        },
    })?;
    let changed = change(&text);
    if changed == text {
        return Ok(());
    }
    // Where it is a link the file behind it is changed, if that is the corpus' own.
    let real = fs::canonicalize(&place).map_err(|source| write_error(&place, source))?;
    if !real.starts_with(root) {
        return Err(AddError::Outside {
            path: place.display().to_string(),
        });
    }
    replace(&real, changed.as_bytes()).map_err(|source| write_error(&real, source))
}

/// Whether a document (its hash, itself) is one that the folder holds.
type Same<'a> = dyn Fn(&str, &Document, &Held) -> bool + 'a;

fn hash_of(document: &Document) -> Option<String> {
    document
        .meta
        .sha256
        .as_ref()
        .map(|hash| hash.to_ascii_lowercase())
}

fn write_error(place: &Path, source: io::Error) -> AddError {
    AddError::Write {
        path: place.display().to_string(),
        source,
    }
}

#[cfg(test)]
mod tests;
