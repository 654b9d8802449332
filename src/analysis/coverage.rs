//! Who speaks of what: topics by sources, documents or voices, how much each says, and what nobody else speaks of.
//!
//! A cell counts the passages that are tagged; nothing is read of the texts for that, so that a matrix costs one step for
//! each document and topic (and for voices one for each tagged passage). Words are counted only where they are asked for.
//! Invariant: a passage counts in one column at most; texts that do not say who published them are a column each, since
//! they need not share a publisher.

use super::copies::Copies;
use super::tagging::Tagging;
use crate::corpus::{Document, Passage, PassageId, SourceId};
use crate::text::segment;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum By {
    /// Who publishes.
    #[default]
    Sources,
    /// Each text.
    Documents,
    /// Who speaks in the texts besides their authors.
    Voices,
}

/// Whom a column is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// All documents of a publisher.
    Source(SourceId),
    /// One document, by its index.
    Document(usize),
    /// All that a voice says, in any document.
    Voice(String),
}

/// A column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Whom it is about.
    pub speaker: Speaker,
    /// Its prose passages, on a topic or not.
    pub passages: usize,
    /// Those on at least one topic.
    pub on_any: usize,
}

/// How a topic is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// Passages on it in all columns.
    pub passages: usize,
    /// Columns that have any.
    pub speakers: usize,
    /// The one column that speaks of it, where there are others that could.
    pub only: Option<usize>,
    /// From 0, where every column gives it the same share of its passages, to 1, where one column alone speaks of it.
    pub unevenness: f32,
}

/// The matrix.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// What the columns are.
    pub by: By,
    /// The columns, in the order in which they first appear in the corpus.
    pub columns: Vec<Column>,
    /// How each topic is covered.
    pub topics: Vec<Spread>,
    /// Passages, topic after topic.
    cells: Vec<u32>,
    /// Of these, how many have a text that another column has on the topic too; empty where copies are not told apart.
    shared: Vec<u32>,
}

/// Counts. `documents` are those that were tagged, with so many `topics`.
pub fn coverage(documents: &[Document], tagging: &Tagging, topics: usize, by: By) -> Coverage {
    let places = Places::new(documents, by);
    let width = places.speakers.len();
    let mut columns: Vec<Column> = places
        .speakers
        .iter()
        .map(|speaker| Column {
            speaker: speaker.clone(),
            passages: 0,
            on_any: 0,
        })
        .collect();
    let mut cells = vec![0u32; topics * width];
    for (at, document) in documents.iter().enumerate() {
        if let Some(place) = places.of_document(at) {
            columns[place].passages += document.prose_count();
            columns[place].on_any += tagging.tagged_count(at);
            for topic in 0..topics {
                cells[topic * width + place] += tagging.count(at, topic) as u32;
            }
            continue;
        }
        let prose = document
            .passages()
            .filter(|passage| passage.kind().is_prose());
        for place in prose.filter_map(|passage| places.of_voice(&passage)) {
            columns[place].passages += 1;
        }
        for (index, tags) in tagging.tagged(at) {
            let passage = document.passage(index);
            let Some(place) = passage.and_then(|passage| places.of_voice(&passage)) else {
                continue;
            };
            columns[place].on_any += 1;
            for tag in tags.iter().filter(|tag| tag.topic < topics) {
                cells[tag.topic * width + place] += 1;
            }
        }
    }
    let topics = (0..topics)
        .map(|topic| spread(&columns, &cells[topic * width..(topic + 1) * width]))
        .collect();
    Coverage {
        by,
        columns,
        topics,
        cells,
        shared: Vec::new(),
    }
}

impl Coverage {
    /// Counts each text once: in a cell, in what a column has, and in what is said on a topic in all. A column keeps a text
    /// that another one has too, since it does speak of the topic ([`Self::shared`]).
    pub fn count_once(&mut self, documents: &[Document], tagging: &Tagging, copies: &Copies) {
        let places = Places::new(documents, self.by);
        let (width, topics) = (self.columns.len(), self.topics.len());
        self.shared = vec![0; self.cells.len()];
        let mut repeated = vec![0; topics];
        for (original, others) in copies.groups() {
            let mut columns: BTreeMap<usize, Repeats> = BTreeMap::new();
            for id in std::iter::once(&original).chain(others) {
                let Some(place) = places.of(documents, *id) else {
                    continue;
                };
                let repeats = columns.entry(place).or_default();
                repeats.passages += 1;
                let tags = tagging.of(id.document, id.passage);
                repeats.on_any += usize::from(!tags.is_empty());
                for tag in tags.iter().filter(|tag| tag.topic < topics) {
                    *repeats.on_topics.entry(tag.topic).or_default() += 1;
                }
            }
            let mut speakers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (place, repeats) in columns {
                let column = &mut self.columns[place];
                column.passages -= repeats.passages - 1;
                column.on_any -= repeats.on_any.saturating_sub(1);
                for (topic, count) in repeats.on_topics {
                    self.cells[topic * width + place] -= count - 1;
                    speakers.entry(topic).or_default().push(place);
                }
            }
            for (topic, places) in speakers.into_iter().filter(|(_, places)| places.len() > 1) {
                repeated[topic] += places.len() - 1;
                for place in places {
                    self.shared[topic * width + place] += 1;
                }
            }
        }
        for (topic, repeated) in repeated.into_iter().enumerate() {
            let counts = &self.cells[topic * width..(topic + 1) * width];
            self.topics[topic] = spread(&self.columns, counts);
            self.topics[topic].passages -= repeated;
        }
    }

    /// How many of the passages of a cell have a text that another column has on the topic too; 0 where all copies count.
    pub fn shared(&self, topic: usize, column: usize) -> usize {
        let at = topic * self.columns.len() + column;
        self.shared.get(at).map_or(0, |count| *count as usize)
    }

    /// How many passages a column has on a topic; 0 outside the matrix.
    pub fn passages(&self, topic: usize, column: usize) -> usize {
        let width = self.columns.len();
        if topic >= self.topics.len() || column >= width {
            return 0;
        }
        self.cells
            .get(topic * width + column)
            .map_or(0, |count| *count as usize)
    }

    /// The most passages in any cell.
    pub fn most(&self) -> usize {
        self.cells.iter().max().map_or(0, |count| *count as usize)
    }

    /// The topics that nobody but this column speaks of.
    pub fn only_here(&self, column: usize) -> impl Iterator<Item = usize> + '_ {
        let topics = self.topics.iter().enumerate();
        topics
            .filter(move |(_, spread)| spread.only == Some(column))
            .map(|(topic, _)| topic)
    }

    /// The column of a speaker.
    pub fn column_of(&self, speaker: &Speaker) -> Option<usize> {
        let is_it = |column: &Column| column.speaker == *speaker;
        self.columns.iter().position(is_it)
    }
}

/// How often a text stands in a column.
#[derive(Default)]
struct Repeats {
    passages: usize,
    on_any: usize,
    /// Its passages on each topic.
    on_topics: BTreeMap<usize, u32>,
}

/// The column that a document counts in as a text of its source.
pub fn publisher_of(document: usize, source: &SourceId) -> Speaker {
    if source.is_one_publisher() {
        Speaker::Source(source.clone())
    } else {
        Speaker::Document(document)
    }
}

/// The words of the passages that a speaker has on a topic, of `copies` one; `None` where they are more than `most_bytes` of
/// text.
pub fn words(
    documents: &[Document],
    tagging: &Tagging,
    copies: Option<&Copies>,
    topic: usize,
    speaker: &Speaker,
    most_bytes: usize,
) -> Option<usize> {
    let mut bytes = 0;
    let mut words = 0;
    let mut counted = HashSet::new();
    for (at, document) in documents.iter().enumerate() {
        let is_theirs = match speaker {
            Speaker::Source(source) => document.source() == source,
            Speaker::Document(only) => at == *only,
            Speaker::Voice(voice) => document.has_voice(voice),
        };
        if !is_theirs {
            continue;
        }
        let passages = tagging
            .on_topic(at, topic)
            .filter_map(|(index, _)| document.passage(index));
        for passage in passages {
            if matches!(speaker, Speaker::Voice(voice) if passage.voice() != Some(voice)) {
                continue;
            }
            let id = PassageId {
                document: at,
                passage: passage.index(),
            };
            if copies.is_some_and(|copies| !counted.insert(copies.representative(id))) {
                continue;
            }
            bytes += passage.text().len();
            if bytes > most_bytes {
                return None;
            }
            words += segment::words(passage.text()).count();
        }
    }
    Some(words)
}

/// The words of every cell, by topic and column; of `copies` one in each.
pub fn words_of_cells(
    documents: &[Document],
    tagging: &Tagging,
    copies: Option<&Copies>,
    coverage: &Coverage,
) -> Vec<Vec<usize>> {
    let places = Places::new(documents, coverage.by);
    let mut counted = HashSet::new();
    let mut cells = vec![vec![0; coverage.columns.len()]; coverage.topics.len()];
    for (at, document) in documents.iter().enumerate() {
        for (index, tags) in tagging.tagged(at) {
            let Some(passage) = document.passage(index) else {
                continue;
            };
            let id = PassageId {
                document: at,
                passage: index,
            };
            let Some(place) = places.of(documents, id) else {
                continue;
            };
            let copied = copies.filter(|copies| copies.is_shared(id));
            let words = segment::words(passage.text()).count();
            for tag in tags {
                let text = copied.map(|copies| (copies.representative(id), tag.topic, place));
                if text.is_some_and(|text| !counted.insert(text)) {
                    continue;
                }
                if let Some(cell) = cells.get_mut(tag.topic).and_then(|row| row.get_mut(place)) {
                    *cell += words;
                }
            }
        }
    }
    cells
}

/// Which column a passage counts in.
struct Places<'a> {
    by: By,
    speakers: Vec<Speaker>,
    /// The column of each document; empty for voices.
    documents: Vec<usize>,
    voices: HashMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    fn new(documents: &'a [Document], by: By) -> Self {
        let mut places = Self {
            by,
            speakers: Vec::new(),
            documents: Vec::new(),
            voices: HashMap::new(),
        };
        let mut sources: foldhash::HashMap<&SourceId, usize> = foldhash::HashMap::default();
        for (at, document) in documents.iter().enumerate() {
            let next = places.speakers.len();
            match by {
                By::Documents => {
                    places.documents.push(next);
                    places.speakers.push(Speaker::Document(at));
                }
                By::Sources => {
                    let source = document.source();
                    let place = if source.is_one_publisher() {
                        *sources.entry(source).or_insert(next)
                    } else {
                        next
                    };
                    places.documents.push(place);
                    if place == next {
                        places.speakers.push(publisher_of(at, source));
                    }
                }
                By::Voices => {
                    for voice in document.voices() {
                        let next = places.speakers.len();
                        if *places.voices.entry(voice).or_insert(next) == next {
                            places.speakers.push(Speaker::Voice(voice.clone()));
                        }
                    }
                }
            }
        }
        places
    }

    /// The column of all passages of a document; `None` where it goes by who speaks in them.
    fn of_document(&self, document: usize) -> Option<usize> {
        match self.by {
            By::Sources | By::Documents => self.documents.get(document).copied(),
            By::Voices => None,
        }
    }

    /// The column of a passage.
    fn of(&self, documents: &[Document], id: PassageId) -> Option<usize> {
        let of_document = self.of_document(id.document);
        of_document.or_else(|| {
            let document = documents.get(id.document)?;
            self.of_voice(&document.passage(id.passage)?)
        })
    }

    fn of_voice(&self, passage: &Passage<'_>) -> Option<usize> {
        self.voices.get(passage.voice()?).copied()
    }
}

/// A topic's row summed up. Unevenness is 1 less Pielou's evenness (1966): the entropy of the columns' shares over that of
/// equal ones. The shares are of rates, passages on the topic in each passage a column has, so that who writes most is not
/// held to speak of everything most.
fn spread(columns: &[Column], counts: &[u32]) -> Spread {
    let passages = counts.iter().map(|count| *count as usize).sum();
    let speaking = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let speakers = speaking.clone().count();
    let able = columns.iter().filter(|column| column.passages > 0).count();
    let only = speaking.map(|(column, _)| column).next();
    let rates: Vec<f64> = columns
        .iter()
        .zip(counts)
        .filter(|(column, count)| column.passages > 0 && **count > 0)
        .map(|(column, count)| f64::from(*count) / column.passages as f64)
        .collect();
    let sum: f64 = rates.iter().sum();
    let entropy: f64 = rates
        .iter()
        .map(|rate| -(rate / sum) * (rate / sum).ln())
        .sum();
    let unevenness = if able < 2 || rates.is_empty() {
        0.0
    } else {
        (1.0 - entropy / (able as f64).ln()).clamp(0.0, 1.0)
    };
    Spread {
        passages,
        speakers,
        only: only.filter(|_| speakers == 1 && able > 1),
        unevenness: unevenness as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tagging::tag;
    use crate::analysis::watch::Watch;
    use crate::corpus::{Kind, Meta, PassageDraft, Topic};

    /// A document from lines; `Ada: …` gives a passage to a voice, `# …` is a heading.
    fn document(id: &str, source: &str, lines: &[&str]) -> Document {
        let meta = Meta {
            source: source.into(),
            ..Meta::default()
        };
        let mut document = Document::new(id.into(), meta);
        for line in lines {
            let (kind, line) = match line.strip_prefix("# ") {
                Some(heading) => (Kind::Heading(2), heading),
                None => (Kind::Paragraph, *line),
            };
            let (voice, text) = match line.split_once(": ") {
                Some((voice, text)) => (Some(voice.to_owned()), text),
                None => (None, line),
            };
            document.push(PassageDraft {
                kind,
                voice,
                text: text.to_owned(),
                ..PassageDraft::default()
            });
        }
        document
    }

    fn topics() -> Vec<Topic> {
        let topic = |cue: &str| Topic {
            id: cue.into(),
            cues: vec![cue.to_owned()],
            ..Topic::default()
        };
        ["dam", "harvest", "election"].map(topic).to_vec()
    }

    fn documents() -> Vec<Document> {
        vec![
            document(
                "a",
                "gazette",
                &[
                    "# The dam",
                    "The dam broke.",
                    "The dam had cracks.",
                    "A quiet harvest.",
                ],
            ),
            document(
                "b",
                "herald",
                &[
                    "Ada: The dam, they said, was safe.",
                    "Ben: No election was held.",
                    "A poor harvest.",
                ],
            ),
            document("c", "gazette", &["Ada: The dam is gone for good now."]),
            document("d", "not-stated", &["No harvest here at all."]),
            document("e", "not-stated", &["The dam stood in the rain."]),
        ]
    }

    fn matrix(by: By) -> (Vec<Document>, Tagging, Coverage) {
        let documents = documents();
        let tagging = tag(&documents, &topics(), "en", false);
        let coverage = coverage(&documents, &tagging, topics().len(), by);
        (documents, tagging, coverage)
    }

    fn cells(coverage: &Coverage) -> Vec<Vec<usize>> {
        let row = |topic| {
            (0..coverage.columns.len())
                .map(|column| coverage.passages(topic, column))
                .collect()
        };
        (0..coverage.topics.len()).map(row).collect()
    }

    #[test]
    fn sources_gather_their_documents_and_texts_of_unknown_publishers_stand_alone() {
        let (.., coverage) = matrix(By::Sources);
        let speakers: Vec<&Speaker> = coverage
            .columns
            .iter()
            .map(|column| &column.speaker)
            .collect();
        assert_eq!(
            speakers,
            [
                &Speaker::Source("gazette".into()),
                &Speaker::Source("herald".into()),
                &Speaker::Document(3),
                &Speaker::Document(4)
            ]
        );
        assert_eq!(cells(&coverage), [[3, 1, 0, 1], [1, 1, 1, 0], [0, 1, 0, 0]]);
        let gazette = &coverage.columns[0];
        assert_eq!(
            (gazette.passages, gazette.on_any),
            (4, 4),
            "a heading is no prose"
        );
    }

    #[test]
    fn every_cell_counts_what_a_walk_over_all_passages_finds() {
        for by in [By::Sources, By::Documents, By::Voices] {
            let (documents, tagging, coverage) = matrix(by);
            for topic in 0..topics().len() {
                for (at, column) in coverage.columns.iter().enumerate() {
                    let mut found = 0;
                    for (number, document) in documents.iter().enumerate() {
                        for passage in document.passages() {
                            let is_theirs = match &column.speaker {
                                Speaker::Source(source) => document.source() == source,
                                Speaker::Document(only) => number == *only,
                                Speaker::Voice(voice) => passage.voice() == Some(voice),
                            };
                            let tagged = tagging.tag_of(number, passage.index(), topic).is_some();
                            found += usize::from(is_theirs && tagged);
                        }
                    }
                    assert_eq!(
                        coverage.passages(topic, at),
                        found,
                        "{by:?} {topic} {column:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_topic_that_one_column_alone_speaks_of_is_named_by_it() {
        let (.., coverage) = matrix(By::Sources);
        assert_eq!(coverage.topics[2].only, Some(1));
        assert_eq!(coverage.only_here(1).collect::<Vec<_>>(), [2]);
        assert_eq!(coverage.only_here(0).count(), 0);
        assert_eq!(coverage.topics[0].only, None);
        let alone = [document("a", "gazette", &["The dam broke."])];
        let tagging = tag(&alone, &topics(), "en", false);
        let alone = super::coverage(&alone, &tagging, 3, By::Sources);
        assert_eq!(alone.topics[0].only, None, "there is nobody else who could");
    }

    #[test]
    fn unevenness_goes_from_equal_shares_to_one_speaker() {
        let (.., coverage) = matrix(By::Sources);
        assert!((coverage.topics[2].unevenness - 1.0).abs() < 1e-6);
        let equal =
            ["gazette", "herald"].map(|source| document(source, source, &["The dam broke."]));
        let tagging = tag(&equal, &topics(), "en", false);
        let equal = super::coverage(&equal, &tagging, 3, By::Sources);
        assert!(equal.topics[0].unevenness.abs() < 1e-6);
        assert!(coverage.topics[0].unevenness < coverage.topics[2].unevenness);
    }

    #[test]
    fn words_are_those_of_the_cells_passages() {
        let (documents, tagging, _) = matrix(By::Sources);
        let gazette = Speaker::Source("gazette".into());
        assert_eq!(
            words(&documents, &tagging, None, 0, &gazette, 1000),
            Some(3 + 4 + 7)
        );
        assert_eq!(words(&documents, &tagging, None, 0, &gazette, 30), None);
        let ada = Speaker::Voice("Ada".into());
        assert_eq!(
            words(&documents, &tagging, None, 0, &ada, 1000),
            Some(6 + 7)
        );
        assert_eq!(words(&documents, &tagging, None, 2, &ada, 1000), Some(0));
        for by in [By::Sources, By::Documents, By::Voices] {
            let (documents, tagging, coverage) = matrix(by);
            let cells = words_of_cells(&documents, &tagging, None, &coverage);
            for (topic, row) in cells.iter().enumerate() {
                for (column, found) in coverage.columns.iter().zip(row) {
                    let one = words(&documents, &tagging, None, topic, &column.speaker, 1000);
                    assert_eq!(one, Some(*found), "{by:?} {topic} {column:?}");
                }
            }
        }
    }

    #[test]
    fn without_topics_or_documents_there_is_nothing() {
        let mut empty = coverage(&[], &Tagging::default(), 0, By::Voices);
        empty.count_once(&[], &Tagging::default(), &Copies::default());
        assert_eq!((empty.columns.len(), empty.most()), (0, 0));
        let (documents, _, _) = matrix(By::Documents);
        let untagged = coverage(&documents, &Tagging::default(), 2, By::Documents);
        assert_eq!(
            (untagged.most(), untagged.topics[1]),
            (0, Spread::default())
        );
        assert_eq!(untagged.passages(7, 0) + untagged.passages(0, 70), 0);
    }

    const WIRE: &str = "The dam above the town gave way before dawn and took the lower bridge with it, the office said.";

    fn repeated() -> (Vec<Document>, Tagging, Coverage) {
        let documents = vec![
            document("a", "gazette", &[WIRE, "The dam had cracks.", WIRE]),
            document("b", "herald", &[WIRE, "A quiet harvest."]),
            document("c", "post", &["The dam was built in spring."]),
        ];
        let tagging = tag(&documents, &topics(), "en", false);
        let coverage = coverage(&documents, &tagging, topics().len(), By::Sources);
        (documents, tagging, coverage)
    }

    #[test]
    fn a_text_that_stands_twice_counts_once_in_a_column_and_once_in_all() {
        let (documents, tagging, mut counts) = repeated();
        assert_eq!(cells(&counts)[0], [3, 1, 1]);
        assert_eq!(counts.topics[0].passages, 5);
        let copies = crate::analysis::copies::find(&documents, Watch::NOBODY).unwrap();
        counts.count_once(&documents, &tagging, &copies);
        assert_eq!(cells(&counts)[0], [2, 1, 1]);
        assert_eq!(counts.topics[0].passages, 3, "one of the two texts is one");
        assert_eq!([0, 1, 2].map(|column| counts.shared(0, column)), [1, 1, 0]);
        let had: Vec<usize> = counts
            .columns
            .iter()
            .map(|column| column.passages)
            .collect();
        assert_eq!(had, [2, 2, 1]);
        let any: Vec<usize> = counts.columns.iter().map(|column| column.on_any).collect();
        assert_eq!(any, [2, 2, 1]);
        let words = |copies| words_of_cells(&documents, &tagging, copies, &counts)[0][0];
        let wire = segment::words(WIRE).count();
        assert_eq!(words(None) - words(Some(&copies)), wire);
        let gazette = Speaker::Source("gazette".into());
        let of_cell = super::words(&documents, &tagging, Some(&copies), 0, &gazette, usize::MAX);
        assert_eq!(of_cell, Some(words(Some(&copies))));
    }

    #[test]
    fn without_copies_counting_once_changes_nothing() {
        for by in [By::Sources, By::Documents, By::Voices] {
            let (documents, tagging, counts) = matrix(by);
            let mut once = counts.clone();
            once.count_once(&documents, &tagging, &Copies::default());
            assert_eq!(cells(&once), cells(&counts));
            assert_eq!((once.columns, once.topics), (counts.columns, counts.topics));
        }
    }
}
