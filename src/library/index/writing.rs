//! Putting documents into an index.
//!
//! Invariant: the records and the catalogue change together: a commit names the generation of the catalogue that belongs to it.

use super::IndexError;
use super::analyzer::Analyzer;
use super::catalogue::{Catalogue, Entry};
use super::fields::{Fields, Record};
use super::home::{Lock, Volume};
use crate::analysis::tagging::Tagging;
use crate::corpus::{Corpus, Date, Document, parallel};
use crate::text::language;
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

/// Memory for what is not yet written, of each of the engine's threads.
const MEMORY_BYTES: usize = 160 << 20;
/// As much as the engine needs.
const LITTLE_MEMORY_BYTES: usize = 15 << 20;
/// Threads of the engine at most: the others cut up texts.
const MOST_THREADS: usize = 4;

/// What is known of a document's file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// See [`Entry`].
    pub path: String,
    /// See [`Entry`].
    pub size: u64,
    /// See [`Entry`].
    pub changed: i64,
}

/// An index while it is written.
pub struct Writing {
    fields: Fields,
    writer: IndexWriter,
    merges: bool,
    /// What is in it.
    pub catalogue: Catalogue,
}

impl Writing {
    /// Begins; `little`: for a few documents, which do not make the engine put segments together.
    pub fn new(
        index: &Index,
        fields: Fields,
        catalogue: Catalogue,
        little: bool,
    ) -> Result<Self, IndexError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let writer: IndexWriter = if little {
            index.writer_with_num_threads(1, LITTLE_MEMORY_BYTES)?
        } else {
            let threads = threads.min(MOST_THREADS);
            index.writer_with_num_threads(threads, threads * MEMORY_BYTES)?
        };
        if little {
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        Ok(Self {
            fields,
            writer,
            merges: !little,
            catalogue,
        })
    }

    /// Adds all documents of a corpus, or of a part of it, each with its tags and its file.
    pub fn add(
        &mut self,
        corpus: &Corpus,
        tagging: &Tagging,
        files: Vec<File>,
    ) -> Result<(), IndexError> {
        let documents = &corpus.documents;
        let topics = self.catalogue.topics.len();
        let first = self.catalogue.entries.len();
        for (at, (document, file)) in documents.iter().zip(files).enumerate() {
            let on = (0..topics).filter_map(|topic| {
                let places: Vec<u32> = tagging
                    .places(at, topic)
                    .into_iter()
                    .map(|at| at as u32)
                    .collect();
                (!places.is_empty()).then_some((topic as u32, places))
            });
            let on = on.collect();
            let title = corpus.source_title(&document.meta.source);
            let entry = self.entry(document, title, file, on);
            self.catalogue.entries.push(entry);
        }
        let catalogue = &self.catalogue;
        let entries = catalogue.entries.get(first..).unwrap_or_default();
        let pairs: Vec<(usize, &Entry)> = entries.iter().enumerate().collect();
        let bytes = documents.iter().map(|document| document.text().len()).sum();
        let fields = self.fields;
        let records =
            parallel::map_with(&pairs, bytes, Analyzer::default, |analyzer, (at, entry)| {
                records(
                    &documents[*at],
                    entry,
                    catalogue.language(entry.read_as),
                    analyzer,
                    |passage| {
                        let tags = tagging.of(*at, passage);
                        tags.iter().map(|tag| tag.topic as u64).collect()
                    },
                    &fields,
                )
            });
        for record in records.into_iter().flatten() {
            self.writer.add_document(record)?;
        }
        Ok(())
    }

    /// Takes note of a file that gave no document, so that it is not read again until it changes.
    pub fn add_unusable(&mut self, file: File) {
        let serial = self.serial();
        self.catalogue.entries.push(Entry {
            path: file.path,
            size: file.size,
            changed: file.changed,
            serial,
            ..Entry::default()
        });
    }

    /// Removes the documents of which this is true.
    pub fn remove(&mut self, is_removed: impl Fn(&Entry) -> bool) {
        let (writer, field) = (&self.writer, self.fields.document);
        self.catalogue.entries.retain(|entry| {
            let removed = is_removed(entry);
            if removed {
                writer.delete_term(Term::from_field_u64(field, entry.serial));
            }
            !removed
        });
    }

    /// Makes what was done so far last, and seen by those who open the index from now on.
    pub fn commit(&mut self, volume: &Volume, lock: &Lock) -> Result<(), IndexError> {
        self.catalogue.generation += 1;
        let generation = self.catalogue.generation;
        self.catalogue.entries.sort_by(|a, b| a.path.cmp(&b.path));
        let mut commit = self.writer.prepare_commit()?;
        volume.write_catalogue(&self.catalogue, lock)?;
        commit.set_payload(&generation.to_string());
        commit.commit()?;
        volume.clear_catalogues(generation, lock);
        Ok(())
    }

    /// Ends, when segments are put together that are worth it.
    pub fn finish(self) -> Result<(), IndexError> {
        if self.merges {
            self.writer.wait_merging_threads()?;
        }
        Ok(())
    }

    /// Ends where there is no file to write.
    pub fn finish_in_memory(mut self) -> Result<Catalogue, IndexError> {
        self.writer.commit()?;
        Ok(self.catalogue)
    }

    fn serial(&mut self) -> u64 {
        self.catalogue.next_serial += 1;
        self.catalogue.next_serial - 1
    }

    fn entry(
        &mut self,
        document: &Document,
        source_title: &str,
        file: File,
        topics: Vec<(u32, Vec<u32>)>,
    ) -> Entry {
        let meta = &document.meta;
        let read_as = [&meta.language, &self.catalogue.language];
        let read_as = match read_as.into_iter().find(|language| !language.is_empty()) {
            Some(language) => language.clone(),
            None => language::detect(document.text())
                .unwrap_or_default()
                .to_owned(),
        };
        let read_as = self.catalogue.language_number(&read_as);
        let voices = document.voice_counts().into_iter();
        let voices = voices
            .map(|(voice, said)| (self.catalogue.voice_number(voice), said as u32))
            .collect();
        Entry {
            path: file.path,
            size: file.size,
            changed: file.changed,
            serial: self.serial(),
            id: document.id.clone(),
            title: meta.title.clone(),
            authors: meta.authors.clone(),
            source: self.catalogue.source_number(&meta.source, source_title),
            date: meta.date,
            language: meta.language.clone(),
            read_as,
            kind: meta.kind.clone(),
            url: meta.url.clone(),
            passages: document.len() as u32,
            prose: document.prose_count() as u32,
            bytes: document.text().len() as u64,
            voices,
            topics,
        }
    }
}

/// The records of a document: its title, and each passage that has a word.
fn records(
    document: &Document,
    entry: &Entry,
    language: &str,
    analyzer: &mut Analyzer,
    topics: impl Fn(usize) -> Vec<u64>,
    fields: &Fields,
) -> Vec<TantivyDocument> {
    let title = analyzer.analyze_for_index(&entry.title, language);
    let days = entry.date.map(days);
    let voices = document.voices();
    let voice_of = |name: &str| {
        let at = voices.iter().position(|voice| voice == name)?;
        entry.voices.get(at).map(|(number, _)| u64::from(*number))
    };
    let mut records = Vec::with_capacity(document.len() + 1);
    let record = |number: usize| Record {
        document: entry.serial,
        number: number as u64,
        source: u64::from(entry.source),
        days,
        ..Record::default()
    };
    let head = Record {
        text: &entry.title,
        ..record(0)
    };
    records.push(head.into_document(fields, &title));
    for passage in document.passages() {
        let terms = analyzer.analyze_for_index(passage.text(), language);
        if terms.stems.is_empty() {
            continue;
        }
        let record = Record {
            text: passage.text(),
            voice: passage.voice().and_then(voice_of),
            topics: topics(passage.index()),
            ..record(passage.number())
        };
        records.push(record.into_document(fields, &terms));
    }
    records
}

/// The first and the last day that a date may mean, as YYYYMMDD.
pub fn days(date: Date) -> (u64, u64) {
    let year = u64::from(date.year) * 10_000;
    let of = |month: u8, day: u8| year + u64::from(month) * 100 + u64::from(day);
    let first = of(date.month.unwrap_or(1), date.day.unwrap_or(1));
    let last = of(date.month.unwrap_or(12), date.day.unwrap_or(31));
    (first, last)
}
