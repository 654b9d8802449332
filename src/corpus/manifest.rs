//! `corpus.toml`: title, sources, topics, rival names.
//!
//! Invariant: whatever the file holds, what makes sense in it is used, and the rest is a [`Problem`] with its line.

mod edit;

pub use edit::{add_sources, add_topics, new_text};

use super::markdown::front::NOT_STATED;
use super::{Corpus, DocumentId, Problem, Topic, TopicId, spelling, string_id, title, topic};
use foldhash::HashSetExt as _;
use std::collections::{HashMap, HashSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file in a corpus folder.
pub const FILE: &str = "corpus.toml";

/// Largest manifest that is read, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

string_id! {
    /// Names a source in `corpus.toml` and in documents.
    SourceId
}

impl SourceId {
    /// Whether it stands for one publisher: texts that do not say who published them need not share one.
    pub fn is_one_publisher(&self) -> bool {
        self.as_str() != NOT_STATED
    }
}

/// Who publishes: an outlet, a collective, an institution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its name in files.
    pub id: SourceId,
    /// Its name for the reader.
    pub title: String,
    /// One line on who they are.
    pub about: String,
}

/// A group of rival names for the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Its name in files.
    pub id: String,
    /// What the names stand for.
    pub title: String,
    /// The names.
    pub terms: Vec<String>,
}

/// A feed whose entries belong to the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its address.
    pub url: String,
    /// The source that its entries are of, whatever the feed calls itself.
    pub source: Option<SourceId>,
}

/// Reads `corpus.toml`; what is wrong is listed and the rest is used. The corpus has no documents yet.
pub fn read(file: &str, text: &str) -> (Corpus, Vec<Problem>) {
    let mut corpus = Corpus::default();
    let mut reader = Reader {
        file,
        text,
        problems: Vec::new(),
    };
    if text.len() > MAX_BYTES {
        reader.problem(0, "the file is larger than 16 MB; it is not read");
        return (corpus, reader.problems);
    }
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let start = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().next().unwrap_or("not TOML");
        reader.problem(
            start,
            format!("{message}; what can be read of the rest is used"),
        );
    }
    for (key, value) in by_place(root.get_ref()) {
        match key.get_ref().as_ref() {
            "title" => corpus.title = reader.text(key, value),
            "description" => corpus.description = reader.text(key, value),
            "language" => corpus.language = reader.text(key, value),
            "opening" => {
                let ids = reader.words(key, value);
                corpus.opening = ids.into_iter().map(DocumentId::from).collect();
            }
            "source" => corpus.sources = reader.sources(value),
            "topic" => corpus.topics = reader.topics(value),
            "naming" => corpus.namings = reader.namings(value),
            "feed" => corpus.feeds = reader.feeds(value),
            _ => {
                let known = [
                    "title",
                    "description",
                    "language",
                    "opening",
                    "source",
                    "topic",
                    "naming",
                    "feed",
                ];
                reader.unknown(key, &known);
            }
        }
    }
    reader.problems.sort();
    reader.problems.dedup();
    (corpus, reader.problems)
}

type Key<'a> = Spanned<toml::de::DeString<'a>>;
type Value<'a> = Spanned<DeValue<'a>>;

/// A table's entries in the order of the file.
fn by_place<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Key<'a>, &'t Value<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, offset: usize, problem: impl Into<String>) {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        self.problems.push(Problem {
            file: self.file.to_owned(),
            line: memchr::memchr_iter(b'\n', before).count() as u32 + 1,
            problem: problem.into(),
        });
    }

    fn unknown(&mut self, key: &Key<'_>, known: &[&str]) {
        let name = key.get_ref();
        let hint = match spelling::closest(name, known) {
            Some(meant) => format!("is `{meant}` meant?"),
            None => format!("known are {}", known.join(", ")),
        };
        self.problem(
            key.span().start,
            format!("`{name}` is not known here; {hint}"),
        );
    }

    fn text(&mut self, key: &Key<'_>, value: &Value<'_>) -> String {
        if let DeValue::String(text) = value.get_ref() {
            let whole = text.trim();
            let name = key.get_ref().as_ref();
            let text = match name {
                "title" | "id" | "language" => title::within(whole),
                _ => whole,
            };
            if text.len() < whole.len() {
                let problem = format!("`{name}` {}", title::TOO_LONG);
                self.problem(value.span().start, problem);
            }
            return text.to_owned();
        }
        let problem = format!("`{}` must be a text in quotes", key.get_ref());
        self.problem(value.span().start, problem);
        String::new()
    }

    /// A list of words, none empty, none twice.
    fn words(&mut self, key: &Key<'_>, value: &Value<'_>) -> Vec<String> {
        let name = key.get_ref();
        let DeValue::Array(values) = value.get_ref() else {
            self.problem(
                value.span().start,
                format!("`{name}` must be a list of texts"),
            );
            return Vec::new();
        };
        let mut seen = foldhash::HashSet::with_capacity(values.len());
        let mut words = Vec::with_capacity(values.len());
        for value in values {
            let start = value.span().start;
            match value.get_ref() {
                DeValue::String(word) if word.trim().is_empty() => {
                    self.problem(start, format!("`{name}` holds an empty text"));
                }
                DeValue::String(word) => {
                    if seen.insert(word.trim().to_lowercase()) {
                        words.push(word.trim().to_owned());
                    } else {
                        self.problem(start, format!("`{name}` holds “{}” twice", word.trim()));
                    }
                }
                _ => self.problem(start, format!("`{name}` must hold texts in quotes only")),
            }
        }
        words
    }

    /// The tables of `[[name]]`, each with the place to report it at.
    fn tables<'t, 'a>(
        &mut self,
        name: &str,
        value: &'t Value<'a>,
    ) -> Vec<(usize, &'t DeTable<'a>)> {
        let mut tables = Vec::new();
        match value.get_ref() {
            DeValue::Array(values) => {
                for value in values {
                    let start = value.span().start;
                    if let DeValue::Table(table) = value.get_ref() {
                        tables.push((start, table));
                    } else {
                        self.problem(start, format!("write `[[{name}]]` and its keys below"));
                    }
                }
            }
            DeValue::Table(table) => {
                let start = value.span().start;
                self.problem(start, format!("write `[[{name}]]`, with two brackets"));
                tables.push((start, table));
            }
            _ => self.problem(
                value.span().start,
                format!("write `[[{name}]]` and its keys below"),
            ),
        }
        tables
    }

    /// Whether an id can be used: there is one, and it is new.
    fn is_usable(
        &mut self,
        what: &str,
        id: &str,
        start: usize,
        seen: &mut HashSet<String>,
    ) -> bool {
        if id.is_empty() {
            self.problem(start, format!("a {what} needs an `id`; it is left aside"));
            return false;
        }
        let new = seen.insert(id.to_owned());
        if !new {
            self.problem(
                start,
                format!("the {what} “{id}” is given twice; the first is used"),
            );
        }
        new
    }

    fn sources(&mut self, value: &Value<'_>) -> Vec<Source> {
        let mut seen = HashSet::new();
        let mut sources = Vec::new();
        for (start, table) in self.tables("source", value) {
            let mut source = Source::default();
            for (key, value) in by_place(table) {
                match key.get_ref().as_ref() {
                    "id" => source.id = SourceId::from(self.text(key, value)),
                    "title" => source.title = self.text(key, value),
                    "about" => source.about = self.text(key, value),
                    _ => self.unknown(key, &["id", "title", "about"]),
                }
            }
            if source.title.is_empty() {
                source.title = source.id.to_string();
            }
            if self.is_usable("source", source.id.as_str(), start, &mut seen) {
                sources.push(source);
            }
        }
        sources
    }

    fn topics(&mut self, value: &Value<'_>) -> Vec<Topic> {
        let mut seen = HashSet::new();
        let mut keys: HashMap<char, String> = HashMap::new();
        let mut topics = Vec::new();
        for (start, table) in self.tables("topic", value) {
            let mut topic = self.topic(table);
            let id = topic.id.to_string();
            if !self.is_usable("topic", &id, start, &mut seen) {
                continue;
            }
            if !topic::is_valid_id(&id) {
                let hint = "letters, digits and single hyphens only, as in `death-toll`";
                self.problem(
                    start,
                    format!("“{id}” cannot be a topic's id: {hint}; the topic is left aside"),
                );
                continue;
            }
            if topic.cues.is_empty() {
                self.problem(
                    start,
                    format!("the topic “{id}” has no cues; only hand tags file passages under it"),
                );
            }
            if let Some(key) = topic.key {
                if let Some(other) = keys.get(&key) {
                    let problem =
                        format!("the key {key} of the topic “{id}” is that of “{other}” already");
                    self.problem(start, problem);
                    topic.key = None;
                } else {
                    keys.insert(key, id);
                }
            }
            topics.push(topic);
        }
        topics
    }

    fn topic(&mut self, table: &DeTable<'_>) -> Topic {
        let mut topic = Topic::default();
        for (key, value) in by_place(table) {
            match key.get_ref().as_ref() {
                "id" => topic.id = TopicId::from(self.text(key, value)),
                "title" => topic.title = self.text(key, value),
                "key" => topic.key = self.digit(value),
                "cues" => topic.cues = self.words(key, value),
                "not" => topic.not = self.words(key, value),
                "discovered" => match value.get_ref() {
                    DeValue::Boolean(discovered) => topic.discovered = *discovered,
                    _ => self.problem(value.span().start, "`discovered` must be true or false"),
                },
                _ => self.unknown(key, &["id", "title", "key", "cues", "not", "discovered"]),
            }
        }
        if topic.title.is_empty() {
            topic.title = topic.id.to_string();
        }
        topic
    }

    fn digit(&mut self, value: &Value<'_>) -> Option<char> {
        let written = match value.get_ref() {
            DeValue::String(text) => text.trim(),
            DeValue::Integer(number) => number.as_str(),
            _ => "",
        };
        let mut chars = written.chars();
        let digit = chars
            .next()
            .filter(|c| c.is_ascii_digit() && chars.next().is_none());
        if digit.is_none() {
            self.problem(
                value.span().start,
                "`key` must be one digit, as in `key = \"1\"`",
            );
        }
        digit
    }

    fn namings(&mut self, value: &Value<'_>) -> Vec<Naming> {
        let mut seen = HashSet::new();
        let mut namings = Vec::new();
        for (start, table) in self.tables("naming", value) {
            let mut naming = Naming::default();
            for (key, value) in by_place(table) {
                match key.get_ref().as_ref() {
                    "id" => naming.id = self.text(key, value),
                    "title" => naming.title = self.text(key, value),
                    "terms" => naming.terms = self.words(key, value),
                    _ => self.unknown(key, &["id", "title", "terms"]),
                }
            }
            if naming.title.is_empty() {
                naming.title.clone_from(&naming.id);
            }
            if naming.terms.len() < 2 {
                self.problem(
                    start,
                    format!("the naming “{}” needs at least two terms", naming.id),
                );
            }
            if self.is_usable("naming", &naming.id, start, &mut seen) {
                namings.push(naming);
            }
        }
        namings
    }

    fn feeds(&mut self, value: &Value<'_>) -> Vec<Feed> {
        let mut seen = HashSet::new();
        let mut feeds = Vec::new();
        for (start, table) in self.tables("feed", value) {
            let mut feed = Feed::default();
            for (key, value) in by_place(table) {
                match key.get_ref().as_ref() {
                    "url" => feed.url = self.text(key, value),
                    "source" => feed.source = Some(SourceId::from(self.text(key, value))),
                    _ => self.unknown(key, &["url", "source"]),
                }
            }
            feed.source = feed.source.filter(|source| !source.as_str().is_empty());
            if !feed.url.starts_with("https://") && !feed.url.starts_with("http://") {
                let problem =
                    "a feed needs a `url` that begins with https:// or http://; it is left aside";
                self.problem(start, problem);
            } else if seen.insert(feed.url.clone()) {
                feeds.push(feed);
            } else {
                let problem = format!("the feed {} is given twice; the first is used", feed.url);
                self.problem(start, problem);
            }
        }
        feeds
    }
}

#[cfg(test)]
mod tests;
