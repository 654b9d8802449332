//! What is in the index, a document an entry: enough to list a corpus, to count topics and sources, and to see what has changed,
//! without a text being read.
//!
//! It is one file beside the index, in a format of our own (numbers by seven bits, texts after their length), because it is read
//! at every start: of 100 000 documents in tens of milliseconds. What the first screen needs of each stands first in its entry
//! ([`Head`]); the rest is left in the bytes ([`Standing`]) until somebody asks. Invariant: a file that is damaged in any place, or
//! was written by another version, is no catalogue; then the index is built anew.

use super::coding::{Reader, Writer};
use crate::analysis::tagging::CueWeights;
use crate::corpus::assemble::document_id;
use crate::corpus::{Date, DocumentId, SourceId, Topic, TopicId, parallel};
use std::collections::HashMap;
use std::ops::Range;

/// Raised with every change of what is written, here or into the index.
pub const VERSION: u64 = 5;
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
            out.part(|out| out.list(part, |out, entry| out.part(|out| write_entry(out, entry))));
        });
        out.finish()
    }

    /// From a file; `None` where it is damaged or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (mut catalogue, parts) = Self::without_entries(bytes)?;
        let read = parallel::map(&parts, bytes.len(), |part| {
            let mut part = Reader::within(bytes, part.clone())?;
            let entries = part.list(|from| read_entry(&mut from.part()?))?;
            part.is_at_end().then_some(entries)
        });
        let read: Option<Vec<_>> = read.into_iter().collect();
        catalogue.entries = read?.into_iter().flatten().collect();
        Some(catalogue)
    }

    /// What stands before the entries, and where parts of these lie.
    fn without_entries(bytes: &[u8]) -> Option<(Self, Vec<Range<usize>>)> {
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
        let parts = from.list(|from| Some(from.part()?.places()))?;
        from.is_at_end().then_some((catalogue, parts))
    }
}

/// What of an entry is read at every start.
#[derive(Clone, Copy, Debug)]
pub struct Head<'b> {
    /// Where the entry stands, for [`Standing`].
    pub place: usize,
    /// How many passages the document has; none where its file could not be used.
    pub passages: u32,
    /// How many of those are prose.
    pub prose: u32,
    /// Bytes of its text.
    pub bytes: u64,
    /// Number of the source.
    pub source: u32,
    /// Its file: the path in the corpus folder.
    pub path: &'b str,
    /// Its id, where that is not what the path says.
    pub id: Option<&'b str>,
}

impl Head<'_> {
    /// Its id.
    pub fn id(&self) -> DocumentId {
        self.id
            .map_or_else(|| document_id(self.path), DocumentId::from)
    }
}

/// A catalogue that is left in its bytes, where entries are read one by one.
#[derive(Debug)]
pub struct Standing {
    /// The catalogue without its entries.
    pub catalogue: Catalogue,
    /// Where parts of the entries lie, each to be gone through by [`Standing::heads`].
    pub parts: Vec<Range<usize>>,
    bytes: Vec<u8>,
}

impl Standing {
    /// From a file; `None` where it is damaged or of another version.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let (catalogue, parts) = Catalogue::without_entries(&bytes)?;
        Some(Self {
            catalogue,
            parts,
            bytes,
        })
    }

    /// How many bytes it takes.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Goes through the heads of a part. The numbers of the topics of each are put at the end of `topics` as one row: of each topic its
    /// number, how many passages are on it, and these. `None` where the part is damaged.
    pub fn heads(
        &self,
        part: &Range<usize>,
        topics: &mut Vec<u32>,
        mut take: impl FnMut(Head<'_>, &mut Vec<u32>),
    ) -> Option<()> {
        let mut part = Reader::within(&self.bytes, part.clone())?;
        for _ in 0..part.number()? {
            let mut entry = part.part()?;
            let head = read_head(&mut entry, |number| topics.push(number), |_| ())?;
            take(head, topics);
        }
        part.is_at_end().then_some(())
    }

    /// Who speaks in a document, by number, each with how many passages.
    pub fn voices(&self, place: usize) -> Vec<(u32, u32)> {
        let mut voices = Vec::new();
        let mut from = self.from(place);
        let read = from
            .as_mut()
            .and_then(|from| read_head(from, |_| (), |voice| voices.push(voice)).map(|_| ()));
        read.map_or_else(Vec::new, |()| voices)
    }

    /// The path of a document.
    pub fn path(&self, place: usize) -> Option<&str> {
        Some(read_head(&mut self.from(place)?, |_| (), |_| ())?.path)
    }

    /// The title of a document.
    pub fn title(&self, place: usize) -> Option<&str> {
        let mut from = self.from(place)?;
        read_head(&mut from, |_| (), |_| ())?;
        // Its size, when it was changed, its serial number.
        for _ in 0..3 {
            from.number()?;
        }
        from.text_there()
    }

    /// All that is known of a document.
    pub fn entry(&self, place: usize) -> Option<Entry> {
        read_entry(&mut self.from(place)?)
    }

    fn from(&self, place: usize) -> Option<Reader<'_>> {
        Reader::within(&self.bytes, place..self.bytes.len())
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

impl Entry {
    /// The topics as one row of numbers: of each its number, how many passages are on it, and these.
    fn flat_topics(&self) -> Vec<u32> {
        let mut flat = Vec::new();
        for (topic, passages) in &self.topics {
            flat.extend([*topic, passages.len() as u32]);
            flat.extend(passages);
        }
        flat
    }
}

/// The topics of such a row; `None` where it is none.
fn topics_of(mut flat: &[u32]) -> Option<Vec<(u32, Vec<u32>)>> {
    let mut topics = Vec::new();
    while let [topic, count, rest @ ..] = flat {
        let (passages, rest) = rest.split_at_checked(*count as usize)?;
        topics.push((*topic, passages.to_vec()));
        flat = rest;
    }
    flat.is_empty().then_some(topics)
}

/// An entry: first what the start needs ([`read_head`]).
fn write_entry(out: &mut Writer, entry: &Entry) {
    out.number(u64::from(entry.source));
    out.number(u64::from(entry.passages));
    out.number(u64::from(entry.prose));
    out.number(entry.bytes);
    out.list(&entry.flat_topics(), |out, number| {
        out.number(u64::from(*number));
    });
    out.list(&entry.voices, |out, (number, passages)| {
        out.number(u64::from(*number));
        out.number(u64::from(*passages));
    });
    out.text(&entry.path);
    let is_by_path = entry.id == document_id(&entry.path);
    out.stated((!is_by_path).then_some(entry.id.as_str()));
    out.number(entry.size);
    out.number(entry.changed.cast_unsigned());
    out.number(entry.serial);
    out.text(&entry.title);
    out.list(&entry.authors, |out, author| out.text(author));
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
}

fn read_head<'b>(
    from: &mut Reader<'b>,
    topics: impl FnMut(u32),
    voices: impl FnMut((u32, u32)),
) -> Option<Head<'b>> {
    let place = from.place();
    let (source, passages, prose) = (from.small()?, from.small()?, from.small()?);
    let bytes = from.number()?;
    from.each(Reader::small, topics)?;
    from.each(|from| Some((from.small()?, from.small()?)), voices)?;
    Some(Head {
        place,
        passages,
        prose,
        bytes,
        source,
        path: from.text_there()?,
        id: from.stated_there()?,
    })
}

fn read_entry(from: &mut Reader<'_>) -> Option<Entry> {
    let (mut topics, mut voices) = (Vec::new(), Vec::new());
    let head = read_head(
        from,
        |number| topics.push(number),
        |voice| voices.push(voice),
    )?;
    Some(Entry {
        path: head.path.to_owned(),
        id: head.id(),
        source: head.source,
        passages: head.passages,
        prose: head.prose,
        bytes: head.bytes,
        voices,
        topics: topics_of(&topics)?,
        size: from.number()?,
        changed: from.number()?.cast_signed(),
        serial: from.number()?,
        title: from.text()?,
        authors: from.list(Reader::text)?,
        date: date(from.small()?),
        language: from.text()?,
        read_as: from.small()?,
        kind: from.stated()?,
        url: from.stated()?,
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
