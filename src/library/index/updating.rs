//! Bringing the index of a folder up to date: what was added, edited and removed since it was written.
//!
//! A file counts as edited when its size or its time of change is another. Where the topics have been edited, or there are many more
//! documents than when it was found out what cues weigh, all is done anew. Invariant: what is committed is whole; a run that is
//! stopped or killed is gone on with by the next.

use super::catalogue::Catalogue;
use super::home::{Home, Lock, Volume};
use super::writing::{File, Writing};
use super::{Index, IndexError, fields, generation, open_records};
use crate::analysis::tagging::{self, CueWeights, Tagging};
use crate::analysis::watch::Watch;
use crate::analysis::{DISCOVERED_BYTES, DISCOVERED_TOPICS, discovery};
use crate::corpus::assemble::document_id;
use crate::corpus::{Corpus, Topic, manifest, markdown, parallel};
use crate::library::folder::{self, FolderError};
use crate::library::walk::{self, Found};
use crate::text::digest::sha256;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::{Instant, UNIX_EPOCH};
use tantivy::TantivyError;
use tantivy::directory::MmapDirectory;

/// Documents that the weights of cues are found out from, at most; of more, evenly spread ones.
const WEIGHED_DOCUMENTS: usize = 2000;
/// Text in memory at once.
const BATCH_BYTES: u64 = 4 << 20;
/// Files in memory at once.
const BATCH_FILES: usize = 1024;
/// Text between commits: what is done again, at most, when the program is killed.
const COMMITTED_BYTES: u64 = 160 << 20;
/// Batches that are read and tagged while others are put into the index.
const BATCHES_AHEAD: usize = 4;
/// Up to this much is written without putting segments together.
const LITTLE_BYTES: u64 = 4 << 20;
/// With more segments than this, they are put together all the same.
const MOST_SEGMENTS: usize = 16;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Updated {
    /// Documents that are new.
    pub added: usize,
    /// Documents that had changed.
    pub changed: usize,
    /// Documents that have gone.
    pub removed: usize,
    /// Everything was done anew.
    pub rebuilt: bool,
}

/// A file of the folder, as it is now.
struct Present {
    found: Found,
    size: u64,
    changed: i64,
}

/// Brings the index of a folder up to date and opens it. `waits`: for another program that is writing it.
pub fn update(
    corpus: &Path,
    waits: bool,
    watch: Watch<'_>,
) -> Result<(Index, Updated), IndexError> {
    let home = Home::of(corpus).ok_or(IndexError::NoHome)?;
    update_at(&home, corpus, waits, watch)
}

/// Makes the index of a folder anew, whatever there is of it.
pub fn rebuild(corpus: &Path, watch: Watch<'_>) -> Result<(Index, Updated), IndexError> {
    let home = Home::of(corpus).ok_or(IndexError::NoHome)?;
    let lock = home.lock(true)?;
    let updated = Updating::new(&home, &lock, corpus, watch)?.anew(true)?;
    Ok((opened(&home)?, updated))
}

/// As [`update`], of an index by its place.
pub(in crate::library) fn update_at(
    home: &Home,
    corpus: &Path,
    waits: bool,
    watch: Watch<'_>,
) -> Result<(Index, Updated), IndexError> {
    let began = Instant::now();
    let lock = home.lock(waits)?;
    let updating = Updating::new(home, &lock, corpus, watch)?;
    let updated = updating.bring_up_to_date()?;
    log::info!(
        "the index is up to date after {:?}: {updated:?}",
        began.elapsed()
    );
    if let Some(index) = Index::open_at(home) {
        return Ok((index, updated));
    }
    // What was just written and cannot be read is done once more, from nothing.
    let updated = updating.anew(true)?;
    Ok((opened(home)?, updated))
}

fn opened(home: &Home) -> Result<Index, IndexError> {
    let broken = || TantivyError::InternalError("it cannot be opened".to_owned());
    Index::open_at(home).ok_or_else(|| broken().into())
}

/// A corpus folder as it is now, and its index.
struct Updating<'u> {
    home: &'u Home,
    lock: &'u Lock,
    manifest: Option<String>,
    fingerprint: String,
    present: Vec<Present>,
    watch: Watch<'u>,
}

impl<'u> Updating<'u> {
    fn new(
        home: &'u Home,
        lock: &'u Lock,
        corpus: &Path,
        watch: Watch<'u>,
    ) -> Result<Self, IndexError> {
        let manifest = folder::read_text(&corpus.join(manifest::FILE), manifest::MAX_BYTES).ok();
        Ok(Self {
            home,
            lock,
            fingerprint: fingerprint(manifest.as_deref()),
            manifest,
            present: present(corpus)?,
            watch,
        })
    }

    fn bring_up_to_date(&self) -> Result<Updated, IndexError> {
        let known = self.home.current().and_then(|volume| {
            let (index, fields) = open_records(&volume)?;
            let catalogue = volume.catalogue(generation(&index)?)?;
            Some((volume, index, fields, catalogue))
        });
        let Some((volume, index, fields, catalogue)) = known else {
            return self.anew(true);
        };
        let (was, is) = (catalogue.weighed_documents, self.present.len() as u64);
        if catalogue.manifest != self.fingerprint || was.abs_diff(is) * 10 > was.max(is) {
            return self.anew(false);
        }
        let (stale, fresh, updated) = changes(&catalogue, &self.present);
        if stale.is_empty() && fresh.is_empty() {
            return Ok(updated);
        }
        let segments = index.searchable_segment_ids().map_or(0, |ids| ids.len());
        let little = bytes(&fresh) <= LITTLE_BYTES && segments <= MOST_SEGMENTS;
        let changing = || {
            let mut writing = Writing::new(&index, fields, catalogue, little)?;
            writing.remove(|entry| stale.contains(&entry.serial));
            self.add_all(&mut writing, &volume, &fresh, false)?;
            writing.finish()
        };
        match changing() {
            // Damage that opening did not come upon.
            Err(IndexError::Engine(_)) => self.anew(true),
            done => done.map(|()| updated),
        }
    }

    /// Makes an index beside the one that is there. `at_once`: it is read as soon as something is in it.
    fn anew(&self, at_once: bool) -> Result<Updated, IndexError> {
        let volume = self.home.next(self.lock)?;
        let (schema, fields) = fields::schema();
        let directory = MmapDirectory::open(volume.records()).map_err(TantivyError::from)?;
        let index = tantivy::Index::create(directory, schema, tantivy::IndexSettings::default())?;
        fields::register(&index);
        let catalogue = begin(self.manifest.as_deref(), &self.fingerprint, &self.present);
        let all: Vec<&Present> = self.present.iter().collect();
        let mut writing = Writing::new(&index, fields, catalogue, bytes(&all) <= LITTLE_BYTES)?;
        self.add_all(&mut writing, &volume, &all, at_once)?;
        self.home.settle(&volume, self.lock)?;
        writing.finish()?;
        Ok(Updated {
            added: self.present.len(),
            rebuilt: true,
            ..Updated::default()
        })
    }

    /// Adds files, a batch at a time, and commits now and then and at the end.
    fn add_all(
        &self,
        writing: &mut Writing,
        volume: &Volume,
        files: &[&Present],
        settles: bool,
    ) -> Result<(), IndexError> {
        let total = bytes(files);
        let (mut done, mut uncommitted) = (0, 0);
        let reading = Reading::new(self.manifest.as_deref(), &writing.catalogue);
        let commit = |writing: &mut Writing| {
            writing.commit(volume, self.lock)?;
            if settles {
                self.home.settle(volume, self.lock)?;
            }
            Ok(())
        };
        let (sender, receiver) = sync_channel(BATCHES_AHEAD);
        std::thread::scope(|scope| {
            // While a batch is put into the index, and while a commit is waited for, the next are read.
            scope.spawn(move || {
                let mut rest = files;
                while !rest.is_empty() {
                    let (batch, left) = rest.split_at(batch_length(rest));
                    rest = left;
                    // Nobody takes it where the work was stopped.
                    if sender.send((batch, reading.read(batch))).is_err() {
                        return;
                    }
                }
            });
            for (batch, (part, tagging)) in receiver {
                add_batch(writing, batch, &part, &tagging)?;
                done += bytes(batch);
                uncommitted += bytes(batch);
                self.watch.report(done as usize, total as usize);
                if self.watch.is_stopped() {
                    commit(writing)?;
                    return Err(IndexError::Stopped);
                }
                if uncommitted >= COMMITTED_BYTES && done < total {
                    commit(writing)?;
                    uncommitted = 0;
                }
            }
            commit(writing)
        })
    }
}

/// Reads files and tags them, by what is known of the whole corpus.
struct Reading<'m> {
    manifest: Option<&'m str>,
    weights: CueWeights,
    topics: Vec<Topic>,
    language: String,
}

impl<'m> Reading<'m> {
    fn new(manifest: Option<&'m str>, catalogue: &Catalogue) -> Self {
        Self {
            manifest,
            weights: catalogue.weights.clone(),
            topics: catalogue.topics.clone(),
            language: catalogue.language.clone(),
        }
    }

    fn read(&self, batch: &[&Present]) -> (Corpus, Tagging) {
        let part = read(self.manifest, batch);
        let documents = &part.documents;
        let tagging = tagging::tag_more(&self.weights, documents, &self.topics, &self.language);
        (part, tagging)
    }
}

fn bytes(files: &[&Present]) -> u64 {
    files.iter().map(|file| file.size).sum()
}

/// How many of the first files are read at once.
fn batch_length(files: &[&Present]) -> usize {
    let mut bytes = 0;
    let fits = |file: &&&Present| {
        bytes += file.size;
        bytes <= BATCH_BYTES
    };
    let first = files.iter().take(BATCH_FILES);
    first.take_while(fits).count().max(1)
}

/// The files that a corpus is made of, one for each id, by path.
fn present(corpus: &Path) -> Result<Vec<Present>, IndexError> {
    let walk = walk::walk(corpus).map_err(|source| FolderError::Read {
        path: corpus.display().to_string(),
        source,
    })?;
    let mut ids = HashSet::with_capacity(walk.documents.len());
    let mut found = walk.documents;
    found.retain(|found| ids.insert(document_id(&found.path)));
    let states = parallel::map(&found, usize::MAX, |found| {
        let metadata = fs::metadata(&found.place).ok()?;
        let changed = metadata.modified().ok()?;
        let changed = match changed.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |n| -n),
        };
        Some((metadata.len(), changed))
    });
    let states = found.into_iter().zip(states);
    Ok(states
        .filter_map(|(found, state)| {
            // A file that goes away while it is looked at has gone.
            let (size, changed) = state?;
            Some(Present {
                found,
                size,
                changed,
            })
        })
        .collect())
}

/// The serials of what is no longer so, and the files to read.
fn changes<'p>(
    catalogue: &Catalogue,
    present: &'p [Present],
) -> (HashSet<u64>, Vec<&'p Present>, Updated) {
    let mut known: HashMap<&str, &super::catalogue::Entry> = catalogue
        .entries
        .iter()
        .map(|entry| (entry.path.as_str(), entry))
        .collect();
    let (mut stale, mut fresh) = (HashSet::new(), Vec::new());
    let mut updated = Updated::default();
    for file in present {
        match known.remove(file.found.path.as_str()) {
            Some(entry) if (entry.size, entry.changed) == (file.size, file.changed) => {}
            Some(entry) => {
                stale.insert(entry.serial);
                fresh.push(file);
                updated.changed += 1;
            }
            None => {
                fresh.push(file);
                updated.added += 1;
            }
        }
    }
    updated.removed = known.len();
    stale.extend(known.into_values().map(|entry| entry.serial));
    (stale, fresh, updated)
}

/// Changes where anything changes that the tags of passages or the sources of documents depend on.
pub(in crate::library) fn fingerprint(manifest: Option<&str>) -> String {
    let (corpus, _) = read_manifest(manifest);
    let of = format!(
        "{:?}{:?}{:?}{}",
        corpus.language,
        corpus.sources,
        corpus.topics,
        manifest.is_some()
    );
    sha256(of)
}

/// The manifest of a corpus, without documents; an empty corpus where there is none.
pub(in crate::library) fn read_manifest(
    manifest: Option<&str>,
) -> (Corpus, Vec<crate::corpus::Problem>) {
    manifest.map_or_else(Default::default, |text| {
        manifest::read(manifest::FILE, text)
    })
}

/// A catalogue without documents: the topics, and what their cues weigh in a fair part of the texts.
fn begin(manifest: Option<&str>, fingerprint: &str, present: &[Present]) -> Catalogue {
    let (corpus, _) = read_manifest(manifest);
    let bytes: u64 = present.iter().map(|present| present.size).sum();
    let discovers = corpus.topics.is_empty() && bytes <= DISCOVERED_BYTES as u64;
    let step = if discovers {
        1
    } else {
        present.len().div_ceil(WEIGHED_DOCUMENTS).max(1)
    };
    let mut topics = corpus.topics;
    let mut weights = CueWeights::default();
    if discovers || !topics.is_empty() {
        let sample: Vec<&Present> = present.iter().step_by(step).collect();
        let part = read(manifest, &sample);
        if discovers {
            topics = discovery::discover(&part.documents, DISCOVERED_TOPICS);
        }
        weights = tagging::weigh(&part.documents, &topics, &part.language);
    }
    Catalogue {
        manifest: fingerprint.to_owned(),
        language: corpus.language,
        topics,
        weights,
        weighed_documents: present.len() as u64,
        ..Catalogue::default()
    }
}

/// Some files as a corpus.
fn read(manifest: Option<&str>, files: &[&Present]) -> Corpus {
    let texts = files.iter().filter_map(|file| {
        let text = folder::read_text(&file.found.place, markdown::MAX_BYTES).ok()?;
        Some((file.found.path.as_str(), text))
    });
    Corpus::assemble(manifest, texts).corpus
}

fn add_batch(
    writing: &mut Writing,
    batch: &[&Present],
    part: &Corpus,
    tagging: &Tagging,
) -> Result<(), IndexError> {
    let mut files: HashMap<_, File> = batch
        .iter()
        .map(|present| {
            let file = File {
                path: present.found.path.clone(),
                size: present.size,
                changed: present.changed,
            };
            (document_id(&present.found.path), file)
        })
        .collect();
    let of_documents = part
        .documents
        .iter()
        .map(|document| files.remove(&document.id).unwrap_or_default());
    let of_documents = of_documents.collect();
    writing.add(part, tagging, of_documents)?;
    let mut unusable: Vec<File> = files.into_values().collect();
    unusable.sort_by(|a, b| a.path.cmp(&b.path));
    for file in unusable {
        writing.add_unusable(file);
    }
    Ok(())
}
