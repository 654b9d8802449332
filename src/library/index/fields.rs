//! What a record of the index holds: a passage, or the title of a document as passage 0.
//!
//! Invariant: numbers stand for names ([`super::catalogue`] has them); a record says nothing that its document's entry does not.

use super::analyzer::{SEPARATOR, Terms};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{Index, TantivyDocument};

/// Bytes that the numbers of a record take, with what is noted of each text.
const ROOM_FOR_NUMBERS: usize = 160;
/// The name of our tokenizer in the schema.
const TOKENIZER: &str = "terms";

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Stems of the text, with their places.
    pub text: Field,
    /// Its words, unstemmed, where that makes a difference, each once.
    pub words: Field,
    /// Stems of the document's title, in the record of that alone.
    pub title: Field,
    /// The text itself.
    pub stored: Field,
    /// The serial of the document.
    pub document: Field,
    /// The passage's number, from 1; 0 is the title.
    pub number: Field,
    /// The number of its source.
    pub source: Field,
    /// The number of its voice.
    pub voice: Field,
    /// The first day on which it may have been published, as YYYYMMDD.
    pub first_day: Field,
    /// The last such day.
    pub last_day: Field,
    /// The numbers of its topics.
    pub topic: Field,
}

/// The schema, and its fields.
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let analyzed = |option| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(option);
        TextOptions::default().set_indexing_options(indexing)
    };
    let number = || NumericOptions::from(FAST | INDEXED);
    // Ranges are found in the column of a number: nothing is looked up by one day.
    let day = || NumericOptions::from(FAST);
    let fields = Fields {
        text: schema.add_text_field("text", analyzed(IndexRecordOption::WithFreqsAndPositions)),
        words: schema.add_text_field("words", analyzed(IndexRecordOption::Basic)),
        title: schema.add_text_field("title", analyzed(IndexRecordOption::WithFreqsAndPositions)),
        stored: schema.add_text_field("stored", STORED),
        document: schema.add_u64_field(DOCUMENT, number()),
        number: schema.add_u64_field(NUMBER, FAST),
        source: schema.add_u64_field(SOURCE, number()),
        voice: schema.add_u64_field("voice", number()),
        first_day: schema.add_u64_field("first_day", day()),
        last_day: schema.add_u64_field("last_day", day()),
        topic: schema.add_u64_field("topic", number()),
    };
    (schema.build(), fields)
}

/// Names of fast fields that are read by name.
pub const DOCUMENT: &str = "document";
/// As [`DOCUMENT`].
pub const NUMBER: &str = "number";
/// As [`DOCUMENT`].
pub const SOURCE: &str = "source";

/// Makes an index able to take our terms apart.
pub fn register(index: &Index) {
    index.tokenizers().register(TOKENIZER, Separated::default());
}

/// What a record is made of, besides its terms.
#[derive(Clone, Debug, Default)]
pub struct Record<'t> {
    /// The text as it is.
    pub text: &'t str,
    /// See [`Fields`].
    pub document: u64,
    /// See [`Fields`].
    pub number: u64,
    /// See [`Fields`].
    pub source: u64,
    /// See [`Fields`].
    pub voice: Option<u64>,
    /// The days between which it was published.
    pub days: Option<(u64, u64)>,
    /// See [`Fields`].
    pub topics: Vec<u64>,
}

impl Record<'_> {
    /// As it is written into the index.
    pub fn into_document(self, fields: &Fields, terms: &Terms) -> TantivyDocument {
        let is_title = self.number == 0;
        // Room for all at once: a record is copied for each time that it outgrows what it has.
        let stems = terms.stems.len() * (1 + usize::from(is_title));
        let bytes = self.text.len() + stems + terms.words.len();
        let mut document = TantivyDocument::with_capacity(bytes + ROOM_FOR_NUMBERS);
        document.add_text(fields.text, &terms.stems);
        document.add_text(fields.words, &terms.words);
        if is_title {
            document.add_text(fields.title, &terms.stems);
        }
        document.add_text(fields.stored, self.text);
        document.add_u64(fields.document, self.document);
        document.add_u64(fields.number, self.number);
        document.add_u64(fields.source, self.source);
        if let Some(voice) = self.voice {
            document.add_u64(fields.voice, voice);
        }
        if let Some((first, last)) = self.days {
            document.add_u64(fields.first_day, first);
            document.add_u64(fields.last_day, last);
        }
        for topic in self.topics {
            document.add_u64(fields.topic, topic);
        }
        document
    }
}

/// Takes apart what [`super::analyzer`] has put together.
#[derive(Clone, Default)]
struct Separated {
    token: Token,
}

struct Apart<'t> {
    rest: Option<&'t str>,
    at: usize,
    token: &'t mut Token,
}

impl Tokenizer for Separated {
    type TokenStream<'t> = Apart<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Apart<'t> {
        self.token.reset();
        Apart {
            rest: (!text.is_empty()).then_some(text),
            at: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for Apart<'_> {
    fn advance(&mut self) -> bool {
        let Some(rest) = self.rest else {
            return false;
        };
        // Terms are short: looking at each byte is the quickest.
        let end = rest.bytes().position(|byte| byte == SEPARATOR as u8);
        let (term, left) = match end.and_then(|end| rest.split_at_checked(end)) {
            Some((term, left)) => (term, left.strip_prefix(SEPARATOR)),
            None => (rest, None),
        };
        self.rest = left;
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.offset_from = self.at;
        self.token.offset_to = self.at + term.len();
        self.at = self.token.offset_to + SEPARATOR.len_utf8();
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
