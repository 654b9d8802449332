//! A document and its passages.
//!
//! Invariant: the text of all passages is one string; passages are consecutive spans of it, so that a text of
//! 100 MB costs its bytes and 16 more for each passage.

use super::unread::{KnownMeta, Shelf, Summary, Unread};
use super::{Date, SourceId, TopicId, string_id};
use crate::text::ByteSpan;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

string_id! {
    /// A document's path inside its corpus, without the ending, `/` between folders.
    DocumentId
}

/// A passage's place in its document, from 0. Readers see [`Passage::number`], from 1.
pub type PassageIndex = usize;

/// A passage of a corpus. In reading order: by document, then by passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId {
    /// Index of the document in the corpus.
    pub document: usize,
    /// The passage in it.
    pub passage: PassageIndex,
}

/// What is known of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// Title; where none is stated, what the importer made of the first words or the file's name.
    pub title: String,
    /// Who published it; `not-stated` where the text does not say.
    pub source: SourceId,
    /// Authors as stated.
    pub authors: Vec<String>,
    /// Date of publication as far as stated.
    pub date: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// ISO 639-1; empty where unknown (the corpus' language counts then).
    pub language: String,
    /// Report, interview, opinion …, as stated.
    pub kind: Option<String>,
    /// The file it was imported from.
    pub imported_from: Option<String>,
    /// SHA-256 of that file's bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// Lines that the importer left out of the passages.
    pub left_out: Vec<LeftOut>,
    /// Keys of the front matter that are not ours; kept when the file is written back.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A line that an importer left out of the passages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct LeftOut {
    /// Line in the file it came from, from 1.
    pub line: u32,
    /// The line itself.
    pub text: String,
    /// Why it was left out.
    pub reason: String,
}

/// What a passage is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An entry of a bulleted list, nested `depth` levels (0 is outermost).
    Bullet {
        /// Nesting.
        depth: u8,
    },
    /// An entry of a numbered list.
    Numbered {
        /// Nesting.
        depth: u8,
        /// The number as written.
        number: u16,
    },
    /// A block quote.
    Quote,
    /// An image: its text is the caption, its address stands in [`Passage::address`].
    Image,
    /// A table as text: a line a row, cells separated by ` | `; the first row is the header.
    Table,
    /// Preformatted text.
    Code,
    /// A thematic break; its text is empty.
    Rule,
}

impl Kind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading(_) => "heading",
            Self::Bullet { .. } | Self::Numbered { .. } => "list",
            Self::Quote => "quote",
            Self::Image => "image",
            Self::Table => "table",
            Self::Code => "code",
            Self::Rule => "rule",
        }
    }

    /// Whether it is prose that can be on a topic; headings, images, code and rules cannot.
    pub fn is_prose(self) -> bool {
        match self {
            Self::Paragraph
            | Self::Bullet { .. }
            | Self::Numbered { .. }
            | Self::Quote
            | Self::Table => true,
            Self::Heading(_) | Self::Image | Self::Code | Self::Rule => false,
        }
    }
}

/// How a span of a passage is set off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkStyle {
    /// Emphasis (`*…*`).
    Emphasis,
    /// Strong emphasis (`**…**`).
    Strong,
    /// Code (`` `…` ``).
    Code,
    /// A link to this address.
    Link(String),
}

/// A span set off inside a passage; bytes count from the passage's start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes.
    pub span: ByteSpan,
    /// How.
    pub style: MarkStyle,
}

/// A passage on its way into a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageDraft {
    /// What it is.
    pub kind: Kind,
    /// Who speaks, when it is not the author.
    pub voice: Option<String>,
    /// Its text, without markup.
    pub text: String,
    /// Spans set off in it, by start.
    pub marks: Vec<Mark>,
    /// Topics given to it by hand.
    pub topics: Vec<TopicId>,
    /// Address of an image.
    pub address: Option<String>,
}

/// One article, interview, report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its path in the corpus.
    pub id: DocumentId,
    /// Title, source, date and the rest.
    pub meta: KnownMeta,
    /// Aside, so that a document that is not read is small: there may be a hundred thousand.
    content: Option<Box<Content>>,
    /// The text, where it is read only when it is asked for; there is no content then.
    unread: Option<Arc<Unread>>,
}

/// The text of a document.
#[derive(Clone, Debug, Default, PartialEq)]
struct Content {
    text: String,
    passages: Vec<Record>,
    voices: Vec<String>,
    /// Where each voice stands in `voices`.
    voice_indices: BTreeMap<String, u16>,
    details: BTreeMap<u32, Details>,
}

/// Of a document without passages.
static EMPTY: Content = Content {
    text: String::new(),
    passages: Vec::new(),
    voices: Vec::new(),
    voice_indices: BTreeMap::new(),
    details: BTreeMap::new(),
};

/// A passage in the table: 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Record {
    start: u32,
    end: u32,
    kind: Kind,
    voice: u16,
}

/// What few passages have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Details {
    marks: Vec<Mark>,
    topics: Vec<TopicId>,
    address: Option<String>,
}

/// `Record::voice` of a passage in which the author speaks.
const AUTHOR: u16 = u16::MAX;

impl Content {
    fn voice_index(&mut self, name: String) -> u16 {
        if let Some(index) = self.voice_indices.get(&name) {
            return *index;
        }
        let index = u16::try_from(self.voices.len())
            .ok()
            .filter(|index| *index != AUTHOR)
            .expect("readers of files limit the number of voices");
        self.voices.push(name.clone());
        self.voice_indices.insert(name, index);
        index
    }
}

impl Document {
    /// A document without passages.
    pub fn new(id: DocumentId, meta: impl Into<KnownMeta>) -> Self {
        Self {
            id,
            meta: meta.into(),
            content: None,
            unread: None,
        }
    }

    /// A document that stands on a shelf until its text is asked for.
    pub fn unread(id: DocumentId, shelf: Arc<dyn Shelf>, place: usize, summary: Summary) -> Self {
        let unread = Arc::new(Unread::new(shelf, place, summary));
        Self {
            id,
            meta: KnownMeta::of(Arc::clone(&unread)),
            content: None,
            unread: Some(unread),
        }
    }

    /// Whether its text is read only when it is asked for, read by now or not.
    pub fn is_read_on_demand(&self) -> bool {
        self.unread.is_some()
    }

    /// The same document, of which nothing has been read that its shelf has; one that stands on no shelf is as it was.
    fn given_back(&self) -> Self {
        let Some(unread) = self.unread.as_ref().filter(|unread| unread.is_had()) else {
            return self.clone();
        };
        let unread = Arc::new(unread.anew());
        Self {
            id: self.id.clone(),
            meta: self.meta.given_back(&unread),
            content: None,
            unread: Some(unread),
        }
    }

    /// Bytes of memory that the documents read on demand of those it stands among take, about.
    pub(super) fn lent(documents: &[Self]) -> usize {
        let first = documents.first().and_then(|first| first.unread.as_ref());
        first.map_or(0, |unread| unread.lent())
    }

    /// Documents of which nothing has been read but what is `kept` (indices, in order).
    pub(super) fn all_given_back(documents: &[Self], kept: &[usize]) -> Vec<Self> {
        let is_kept = |at: &usize| kept.binary_search(at).is_ok();
        let given: Vec<Self> = documents
            .iter()
            .enumerate()
            .map(|(at, document)| {
                if is_kept(&at) {
                    document.clone()
                } else {
                    document.given_back()
                }
            })
            .collect();
        let of_kept = kept
            .iter()
            .filter_map(|at| given.get(*at)?.unread.as_deref());
        if let Some(unread) = given.first().and_then(|first| first.unread.as_ref()) {
            unread.settle(of_kept);
        }
        given
    }

    /// Who published it: as its `meta` has it, but nothing is made for it where many documents are gone through.
    pub fn source(&self) -> &SourceId {
        self.meta.source()
    }

    /// Its title: as its `meta` has it, but nothing is made for it where many documents are gone through.
    pub fn title(&self) -> &str {
        self.meta.title()
    }

    fn content(&self) -> &Content {
        self.content.as_deref().unwrap_or(&EMPTY)
    }

    /// Itself, read.
    fn whole(&self) -> &Self {
        self.unread
            .as_ref()
            .map_or(self, |unread| unread.document())
    }

    /// Its text, if that can be had without reading; else what is known of it.
    fn known(&self) -> Result<&Content, &Unread> {
        match &self.unread {
            None => Ok(self.content()),
            Some(unread) => match unread.if_read() {
                None => Err(unread),
                Some(read) => Ok(read.content()),
            },
        }
    }

    /// Everything that its file states besides the text, for which that is read.
    pub fn stated(&self) -> &Meta {
        &self.whole().meta
    }

    /// Bytes of its text; nothing is read for it.
    pub fn bytes(&self) -> usize {
        self.known().map_or_else(
            |unread| unread.summary().bytes as usize,
            |known| known.text.len(),
        )
    }

    /// Bytes of a passage of it; nothing is read for it, so that of a document that is not read it is what its passages have on average.
    pub fn bytes_of(&self, passage: PassageIndex) -> usize {
        match self.known() {
            Ok(known) => {
                let record = known.passages.get(passage);
                record.map_or(0, |record| (record.end - record.start) as usize)
            }
            Err(unread) => {
                let summary = unread.summary();
                (summary.bytes / u64::from(summary.passages.max(1))) as usize
            }
        }
    }

    /// How many passages of prose it has; nothing is read for it.
    pub fn prose_count(&self) -> usize {
        let count = |known: &Content| {
            let prose = known
                .passages
                .iter()
                .filter(|passage| passage.kind.is_prose());
            prose.count()
        };
        self.known()
            .map_or_else(|unread| unread.summary().prose as usize, count)
    }

    /// Who speaks in it besides the author, each with how many passages; nothing is read for it.
    pub fn voice_counts(&self) -> Vec<(&str, usize)> {
        match self.known() {
            Err(unread) => unread.voices(),
            Ok(known) => {
                let mut counts: Vec<(&str, usize)> =
                    known.voices.iter().map(|name| (name.as_str(), 0)).collect();
                for record in &known.passages {
                    if let Some((_, count)) = counts.get_mut(usize::from(record.voice)) {
                        *count += 1;
                    }
                }
                counts
            }
        }
    }

    /// A document over a text that is kept as it is: `spans` are its passages, all paragraphs, in order.
    pub fn over(
        id: DocumentId,
        meta: Meta,
        text: String,
        spans: impl IntoIterator<Item = ByteSpan>,
    ) -> Self {
        let record = |span: ByteSpan| Record {
            start: span.start,
            end: span.end,
            kind: Kind::Paragraph,
            voice: AUTHOR,
        };
        let mut passages: Vec<Record> = spans.into_iter().map(record).collect();
        passages.shrink_to_fit();
        let content = Content {
            text,
            passages,
            ..Content::default()
        };
        Self {
            content: Some(Box::new(content)),
            ..Self::new(id, meta)
        }
    }

    /// Adds a passage at the end.
    ///
    /// # Panics
    /// When the text would pass 4 GiB, or the document has over 65 534 voices; readers of files refuse both earlier.
    pub fn push(&mut self, draft: PassageDraft) {
        let content = self.content.get_or_insert_default();
        let start = content.text.len();
        content.text.push_str(&draft.text);
        let span = ByteSpan::new(start, content.text.len());
        let voice = draft.voice.map_or(AUTHOR, |name| content.voice_index(name));
        let details = Details {
            marks: draft.marks,
            topics: draft.topics,
            address: draft.address,
        };
        if details != Details::default() {
            let passage = content.passages.len() as u32;
            content.details.insert(passage, details);
        }
        content.passages.push(Record {
            start: span.start,
            end: span.end,
            kind: draft.kind,
            voice,
        });
    }

    /// All passages' text, one after the other.
    pub fn text(&self) -> &str {
        &self.whole().content().text
    }

    /// How many passages there are; nothing is read for it, so that it may be another number once the text has been read.
    pub fn len(&self) -> usize {
        self.known().map_or_else(
            |unread| unread.summary().passages as usize,
            |known| known.passages.len(),
        )
    }

    /// True for a document without passages.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One passage.
    pub fn passage(&self, index: PassageIndex) -> Option<Passage<'_>> {
        let content = self.whole().content();
        content.passages.get(index).map(|record| Passage {
            content,
            record,
            index,
        })
    }

    /// The passages in order.
    pub fn passages(&self) -> impl ExactSizeIterator<Item = Passage<'_>> + DoubleEndedIterator {
        let content = self.whole().content();
        content
            .passages
            .iter()
            .enumerate()
            .map(move |(index, record)| Passage {
                content,
                record,
                index,
            })
    }

    /// Everyone who speaks in it besides the author, in the order of first speaking; nothing is read for it.
    pub fn voices(&self) -> &[String] {
        self.known()
            .map_or_else(Unread::names, |known| &known.voices)
    }

    /// Whether somebody speaks in it; nothing is read for it.
    pub fn has_voice(&self, name: &str) -> bool {
        match self.known() {
            Err(unread) => unread.voices().iter().any(|(voice, _)| *voice == name),
            Ok(known) => known.voices.iter().any(|voice| voice == name),
        }
    }

    /// Words in all prose passages ([`Kind::is_prose`]).
    pub fn word_count(&self) -> usize {
        self.passages()
            .filter(|passage| passage.kind().is_prose())
            .map(|passage| crate::text::segment::words(passage.text()).count())
            .sum()
    }
}

/// A passage of a document: the unit of every link, tag and note.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    content: &'a Content,
    record: &'a Record,
    index: PassageIndex,
}

impl<'a> Passage<'a> {
    /// Its place in the document, from 0.
    pub fn index(&self) -> PassageIndex {
        self.index
    }

    /// Its number for readers, from 1 (¶).
    pub fn number(&self) -> usize {
        self.index + 1
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.record.kind
    }

    /// Its bytes in [`Document::text`].
    pub fn span(&self) -> ByteSpan {
        ByteSpan {
            start: self.record.start,
            end: self.record.end,
        }
    }

    /// Its text, without markup.
    pub fn text(&self) -> &'a str {
        self.span().of(&self.content.text)
    }

    /// Who speaks, when it is not the author.
    pub fn voice(&self) -> Option<&'a str> {
        self.content
            .voices
            .get(usize::from(self.record.voice))
            .map(String::as_str)
    }

    /// Spans set off in it.
    pub fn marks(&self) -> &'a [Mark] {
        self.details().map_or(&[], |details| &details.marks)
    }

    /// Topics given to it by hand.
    pub fn topics(&self) -> &'a [TopicId] {
        self.details().map_or(&[], |details| &details.topics)
    }

    /// Address of an image.
    pub fn address(&self) -> Option<&'a str> {
        self.details()
            .and_then(|details| details.address.as_deref())
    }

    /// The passage as a draft, to be put into another document.
    pub fn to_draft(&self) -> PassageDraft {
        PassageDraft {
            kind: self.kind(),
            voice: self.voice().map(str::to_owned),
            text: self.text().to_owned(),
            marks: self.marks().to_vec(),
            topics: self.topics().to_vec(),
            address: self.address().map(str::to_owned),
        }
    }

    fn details(&self) -> Option<&'a Details> {
        self.content.details.get(&(self.index as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passage_table_is_compact() {
        assert!(size_of::<Record>() <= 16);
    }
}
