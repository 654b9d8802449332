//! What is in the index, a document an entry: enough to list a corpus, to count topics and sources, and to see what has changed,
//! without a text being read.
//!
//! It is one file beside the index, in a format of our own (numbers by seven bits, texts after their length), because it is read
//! at every start: of 100 000 documents in tens of milliseconds. Invariant: a file that is damaged in any place, or was
//! written by another version, is no catalogue; then the index is built anew.

use super::coding::{Reader, Writer};
use crate::analysis::tagging::CueWeights;
use crate::corpus::{Date, DocumentId, SourceId, Topic, TopicId, parallel};
use std::collections::HashMap;

/// Raised with every change of what is written, here or into the index.
pub const VERSION: u64 = 4;
/// Entries that are read at a time, by one thread.
const PART_ENTRIES: usize = 2048;

/// A document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its file: the path in the corpus folder.
    pub path: String,
    /// The file's size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub changed: i64,
    /// Names its records in the index; never given twice.
    pub serial: u64,
    /// Its id.
    pub id: DocumentId,
    /// Title.
    pub title: String,
    /// Authors.
    pub authors: Vec<String>,
    /// Number of the source.
    pub source: u32,
    /// Date.
    pub date: Option<Date>,
    /// Language, as stated.
    pub language: String,
    /// The number of the language by which its words are cut up: as stated, that of the corpus, or the one that its text seems to be in.
    pub read_as: u32,
    /// Kind, as stated.
    pub kind: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// How many passages it has; none where the file could not be used.
    pub passages: u32,
    /// How many of those are prose.
    pub prose: u32,
    /// Bytes of its text.
    pub bytes: u64,
    /// Who speaks in it, by number, each with how many passages.
    pub voices: Vec<(u32, u32)>,
    /// Which topics it is on, by number, each with its passages, from 0, in order.
    pub topics: Vec<(u32, Vec<u32>)>,
}

/// The documents of an index, and what its numbers stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// Which writing of the index it belongs to.
    pub generation: u64,
    /// A fingerprint of the manifest that the topics are from.
    pub manifest: String,
    /// The language of documents that state none.
    pub language: String,
    /// The topics whose numbers are in the index.
    pub topics: Vec<Topic>,
    /// What their cues weigh.
    pub weights: CueWeights,
    /// How many documents there were when that was found out.
    pub weighed_documents: u64,
    /// The serial of the next document.
    pub next_serial: u64,
    /// The documents, by path.
    pub entries: Vec<Entry>,
    /// The titles of sources, by number.
    pub(super) titles: Vec<String>,
    pub(super) sources: Names,
    pub(super) voices: Names,
    pub(super) languages: Names,
}

/// Names by number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Names {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    fn from_names(names: Vec<String>) -> Self {
        let numbers = names.iter().cloned().zip(0..).collect();
        Self { names, numbers }
    }
}

impl Catalogue {
    /// The number of a source, new or known; capitals make no difference, as in a corpus.
    pub fn source_number(&mut self, source: &SourceId, title: &str) -> u32 {
        let name = source.as_str();
        let lower = name.to_lowercase();
        let known = self
            .sources
            .names
            .iter()
            .position(|known| known == name || known.to_lowercase() == lower);
        if let Some(number) = known {
            return number as u32;
        }
        self.titles.push(title.to_owned());
        self.sources.number(name)
    }

    /// The source with a number.
    pub fn source(&self, number: u32) -> SourceId {
        self.sources.name(number).into()
    }

    /// The title of the source with a number.
    pub fn source_title(&self, number: u32) -> &str {
        self.titles.get(number as usize).map_or("", String::as_str)
    }

    /// The ids of all sources, by number.
    pub fn sources(&self) -> &[String] {
        &self.sources.names
    }

    /// The number of a voice.
    pub fn voice_number(&mut self, voice: &str) -> u32 {
        self.voices.number(voice)
    }

    /// The name of a voice.
    pub fn voice(&self, number: u32) -> &str {
        self.voices.name(number)
    }

    /// The names of all voices, by number.
    pub fn voices(&self) -> &[String] {
        &self.voices.names
    }

    /// The number of a language that there are texts in.
    pub fn language_number(&mut self, code: &str) -> u32 {
        self.languages.number(code)
    }

    /// The code of a language.
    pub fn language(&self, number: u32) -> &str {
        self.languages.name(number)
    }

    /// The languages in which there are or were texts.
    pub fn languages(&self) -> &[String] {
        &self.languages.names
    }

    /// As it is kept in a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(VERSION, self.entries.len() * 160);
        out.number(self.generation);
        out.text(&self.manifest);
        out.text(&self.language);
        out.list(&self.topics, write_topic);
        out.list(&self.weights.by_topic, |out, weights| {
            out.list(weights, |out, weight| out.fraction(*weight));
        });
        out.fraction(self.weights.by_hand);
        out.number(self.weighed_documents);
        out.number(self.next_serial);
        let names = [&self.sources, &self.voices, &self.languages].map(|names| &names.names);
        for names in std::iter::once(&self.titles).chain(names) {
            out.list(names, |out, name| out.text(name));
        }
        let parts: Vec<&[Entry]> = self.entries.chunks(PART_ENTRIES).collect();
        out.list(&parts, |out, part| {
            out.part(|out| out.list(part, write_entry));
        });
        out.finish()
    }

    /// From a file; `None` where it is damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (mut catalogue, entries) = Self::read(bytes, |_, entry| Some(entry))?;
        catalogue.entries = entries;
        Some(catalogue)
    }

    /// As [`Catalogue::from_bytes`], with something made of each entry, or nothing, instead of the entries: on all processors, as
    /// there may be a hundred thousand of them, which somebody waits for.
    pub fn read<T: Send>(
        bytes: &[u8],
        make: impl Fn(&Self, Entry) -> Option<T> + Sync,
    ) -> Option<(Self, Vec<T>)> {
        let mut from = Reader::new(bytes, VERSION)?;
        let catalogue = Self {
            generation: from.number()?,
            manifest: from.text()?,
            language: from.text()?,
            topics: from.list(read_topic)?,
            weights: CueWeights {
                by_topic: from.list(|from| from.list(Reader::fraction))?,
                by_hand: from.fraction()?,
            },
            weighed_documents: from.number()?,
            next_serial: from.number()?,
            titles: from.list(Reader::text)?,
            sources: Names::from_names(from.list(Reader::text)?),
            voices: Names::from_names(from.list(Reader::text)?),
            languages: Names::from_names(from.list(Reader::text)?),
            entries: Vec::new(),
        };
        let parts = from.list(Reader::part)?;
        if !from.is_at_end() {
            return None;
        }
        let made = parallel::map(&parts, bytes.len(), |part| {
            let mut part = part.clone();
            let made = part.list(|from| Some(make(&catalogue, read_entry(from)?)))?;
            part.is_at_end().then_some(made)
        });
        let made: Option<Vec<_>> = made.into_iter().collect();
        let made = made?.into_iter().flatten().flatten().collect();
        Some((catalogue, made))
    }
}

fn write_topic(out: &mut Writer, topic: &Topic) {
    out.text(topic.id.as_str());
    out.text(&topic.title);
    out.number(topic.key.map_or(0, u64::from));
    out.list(&topic.cues, |out, cue| out.text(cue));
    out.list(&topic.not, |out, not| out.text(not));
    out.number(u64::from(topic.discovered));
}

fn read_topic(from: &mut Reader<'_>) -> Option<Topic> {
    Some(Topic {
        id: TopicId::from(from.text()?),
        title: from.text()?,
        key: char::from_u32(from.small()?).filter(|key| *key != '\0'),
        cues: from.list(Reader::text)?,
        not: from.list(Reader::text)?,
        discovered: from.number()? != 0,
    })
}

fn write_entry(out: &mut Writer, entry: &Entry) {
    out.text(&entry.path);
    out.number(entry.size);
    out.number(entry.changed.cast_unsigned());
    out.number(entry.serial);
    out.text(entry.id.as_str());
    out.text(&entry.title);
    out.list(&entry.authors, |out, author| out.text(author));
    out.number(u64::from(entry.source));
    let date = entry.date.map_or(0, |date| {
        let (month, day) = (date.month.unwrap_or(0), date.day.unwrap_or(0));
        u64::from(date.year) * 10_000 + u64::from(month) * 100 + u64::from(day)
    });
    out.number(date);
    out.text(&entry.language);
    out.number(u64::from(entry.read_as));
    for stated in [&entry.kind, &entry.url] {
        out.stated(stated.as_deref());
    }
    out.number(u64::from(entry.passages));
    out.number(u64::from(entry.prose));
    out.number(entry.bytes);
    out.list(&entry.voices, |out, (number, passages)| {
        out.number(u64::from(*number));
        out.number(u64::from(*passages));
    });
    out.list(&entry.topics, |out, (number, passages)| {
        out.number(u64::from(*number));
        out.list(passages, |out, passage| out.number(u64::from(*passage)));
    });
}

fn read_entry(from: &mut Reader<'_>) -> Option<Entry> {
    let counts = |from: &mut Reader<'_>| Some((from.small()?, from.small()?));
    Some(Entry {
        path: from.text()?,
        size: from.number()?,
        changed: from.number()?.cast_signed(),
        serial: from.number()?,
        id: DocumentId::from(from.text()?),
        title: from.text()?,
        authors: from.list(Reader::text)?,
        source: from.small()?,
        date: date(from.small()?),
        language: from.text()?,
        read_as: from.small()?,
        kind: from.stated()?,
        url: from.stated()?,
        passages: from.small()?,
        prose: from.small()?,
        bytes: from.number()?,
        voices: from.list(counts)?,
        topics: from.list(|from| Some((from.small()?, from.list(Reader::small)?)))?,
    })
}

fn date(number: u32) -> Option<Date> {
    let part = |part: u32| u8::try_from(part).ok().filter(|part| *part > 0);
    (number > 0).then(|| Date {
        year: (number / 10_000) as u16,
        month: part(number / 100 % 100),
        day: part(number % 100),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        let mut catalogue = Catalogue {
            generation: 7,
            manifest: "m".to_owned(),
            topics: vec![Topic {
                id: "t".into(),
                key: Some('1'),
                cues: vec!["a b".to_owned()],
                ..Topic::default()
            }],
            weights: CueWeights {
                by_topic: vec![vec![1.5]],
                by_hand: 2.0,
            },
            next_serial: 300,
            ..Catalogue::default()
        };
        let source = catalogue.source_number(&"BBC".into(), "The BBC");
        let voice = catalogue.voice_number("Ann");
        let read_as = catalogue.language_number("en");
        catalogue.entries = vec![
            Entry {
                path: "a/b.md".to_owned(),
                id: "a/b".into(),
                changed: -5,
                serial: 299,
                title: "é中".to_owned(),
                source,
                read_as,
                date: "2026-01".parse().ok(),
                url: Some("https://x".to_owned()),
                voices: vec![(voice, 2)],
                topics: vec![(0, vec![3, 200])],
                ..Entry::default()
            },
            Entry::default(),
        ];
        catalogue
    }

    #[test]
    fn a_catalogue_comes_back_as_it_was() {
        let catalogue = catalogue();
        assert_eq!(
            Catalogue::from_bytes(&catalogue.to_bytes()),
            Some(catalogue)
        );
    }

    #[test]
    fn a_source_is_known_whatever_its_capitals() {
        let mut catalogue = catalogue();
        assert_eq!(catalogue.source_number(&"bbc".into(), "x"), 0);
        assert_eq!(catalogue.source(0).as_str(), "BBC");
    }

    #[test]
    fn a_catalogue_that_is_cut_or_changed_anywhere_is_none() {
        let bytes = catalogue().to_bytes();
        for at in 0..bytes.len() {
            assert_eq!(Catalogue::from_bytes(&bytes[..at]), None, "cut at {at}");
            let mut changed = bytes.clone();
            changed[at] ^= 0x41;
            assert_eq!(Catalogue::from_bytes(&changed), None, "changed at {at}");
        }
    }
}
