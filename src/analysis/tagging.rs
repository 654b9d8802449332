//! Files passages under topics by cues and by context.
//!
//! The score of a topic in a passage is the sum, over its sentences and the distinct cues in each, of the cue's
//! idf times its weight (phrases weigh double). Only prose is tagged. Invariant: the tags of a passage depend on
//! the documents, the topics and the [`Rules`] alone, and each says which words or which passage it rests on.

use super::context::SHORT_WORDS;
use super::scoring;
pub use super::scoring::CueWeights;
use crate::corpus::{Document, PassageIndex, SourceId, Topic};
use crate::text::ByteSpan;
use foldhash::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Where a tag comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written in the document's file by hand.
    Author,
    /// Set by the reader.
    Reader,
    /// Cues in the passage.
    Cue,
    /// The passage continues one that is tagged.
    Context,
}

impl Origin {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Author => "author",
            Self::Reader => "reader",
            Self::Cue => "cue",
            Self::Context => "context",
        }
    }
}

/// A passage is on a topic, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Index into the topics given to [`tag`].
    pub topic: usize,
    /// Strength; comparable inside one corpus.
    pub score: f32,
    /// The words of the passage that did it, as they stand in the text; for context, those of the passage it continues.
    pub cues: Vec<String>,
    /// Byte spans of the cues in the passage (from the passage's start); empty for context, and for hand tags on a
    /// passage without a cue.
    pub spans: Vec<ByteSpan>,
    /// Where it comes from.
    pub origin: Origin,
}

impl Tag {
    /// Why the passage has this tag, as one line for the reader.
    pub fn why(&self) -> String {
        let words: Vec<String> = self
            .cues
            .iter()
            .map(|cue| format!("\u{201c}{cue}\u{201d}"))
            .collect();
        let words = words.join(", ");
        match (self.origin, words.is_empty()) {
            (Origin::Author, true) => "tagged by hand in the file".to_owned(),
            (Origin::Author, false) => format!("tagged by hand in the file; it has {words}"),
            (Origin::Reader, true) => "tagged by you".to_owned(),
            (Origin::Reader, false) => format!("tagged by you; it has {words}"),
            (Origin::Cue, _) => format!("it has {words}"),
            (Origin::Context, true) => "it continues a passage tagged by hand".to_owned(),
            (Origin::Context, false) => format!("it continues a passage or heading with {words}"),
        }
    }
}

/// What tagging goes by. The defaults were set on the tuning half of `tests/labelled` (see `docs/quality.md`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Score below which a topic is not kept.
    pub threshold: f32,
    /// Share of the passage's best score below which a topic is not kept. A half, as first planned, took "killed 557"
    /// from paragraphs that also hold one rarer phrase: on 100 paragraphs of news recall .65, against .74 with .15 (and
    /// precision .75 against .76).
    pub share_of_best: f32,
    /// Whether passages without a cue inherit from the ones they continue.
    pub context: bool,
    /// What is left of the score at each step of inheritance.
    pub context_share: f32,
    /// How many passages in a row may inherit.
    pub context_steps: usize,
    /// Up to how many words make a passage short.
    pub short_words: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            threshold: 0.5,
            share_of_best: 0.15,
            context: true,
            context_share: 0.5,
            context_steps: 2,
            short_words: SHORT_WORDS,
        }
    }
}

/// Tags every prose passage of `documents`. `context` allows tags inherited from the passage before.
pub fn tag(
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
    context: bool,
) -> Tagging {
    let rules = Rules {
        context,
        ..Rules::default()
    };
    tag_by(&rules, documents, topics, default_language)
}

/// Tags by other rules than the default ones.
pub fn tag_by(
    rules: &Rules,
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
) -> Tagging {
    let documents = scoring::tags_of_documents(rules, documents, topics, default_language)
        .map(|tags| DocumentTags::new(tags, topics.len()))
        .collect();
    Tagging {
        documents,
        on_demand: None,
    }
}

/// What the cues of topics weigh in a corpus, or in a fair part of a large one.
pub fn weigh(documents: &[Document], topics: &[Topic], default_language: &str) -> CueWeights {
    scoring::weigh_cues(documents, topics, default_language)
}

/// As [`tag`] with context, by weights that were found before: for documents that come to a corpus, or a part of it at a time.
pub fn tag_more(
    weights: &CueWeights,
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
) -> Tagging {
    let rules = Rules::default();
    let documents =
        scoring::tags_of_more_documents(&rules, weights, documents, topics, default_language)
            .map(|tags| DocumentTags::new(tags, topics.len()))
            .collect();
    Tagging {
        documents,
        on_demand: None,
    }
}

/// The tags of a corpus, by document and passage.
#[derive(Clone, Debug, Default)]
pub struct Tagging {
    documents: Vec<DocumentTags>,
    /// Where documents are tagged only when their tags are asked for; `documents` is empty then.
    on_demand: Option<Arc<OnDemand>>,
}

/// How a document is tagged, by its index.
pub type TagDocument = Arc<dyn Fn(usize) -> Tagging + Send + Sync>;

/// The passages on each topic of each document as they were known earlier, all in two rows of numbers: a hundred thousand documents
/// are had by as many numbers, not by as many tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownPlaces {
    /// Where each document ends in `numbers`.
    ends: Vec<usize>,
    /// Of each topic that a document is on: its number, how many passages are on it, and these, in order.
    numbers: Vec<u32>,
}

impl KnownPlaces {
    /// Of no document yet, with room for some, and some numbers.
    pub fn with_room(documents: usize, numbers: usize) -> Self {
        Self {
            ends: Vec::with_capacity(documents),
            numbers: Vec::with_capacity(numbers),
        }
    }

    /// The next documents, by the numbers of all, and where each ends in those.
    pub fn extend(&mut self, ends: &[usize], numbers: &[u32]) {
        let before = self.numbers.len();
        self.ends.extend(ends.iter().map(|end| before + end));
        self.numbers.extend_from_slice(numbers);
    }

    /// The same in another order.
    #[must_use]
    pub fn in_order(&self, order: &[usize]) -> Self {
        let mut other = Self::with_room(self.ends.len(), self.numbers.len());
        for document in order {
            let numbers = self.numbers(*document);
            other.extend(&[numbers.len()], numbers);
        }
        other
    }

    /// How many documents.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True of no documents.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn numbers(&self, document: usize) -> &[u32] {
        let start = document
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let span = start.zip(self.ends.get(document).copied());
        span.and_then(|(start, end)| self.numbers.get(start..end))
            .unwrap_or_default()
    }

    /// The topics of a document, each with its passages.
    fn of(&self, document: usize) -> impl Iterator<Item = (u32, &[u32])> {
        let mut rest = self.numbers(document);
        std::iter::from_fn(move || {
            let [topic, count, more @ ..] = rest else {
                return None;
            };
            let (places, after) = more.split_at_checked(*count as usize)?;
            rest = after;
            Some((*topic, places))
        })
    }
}

/// Tags that are found when they are asked for.
struct OnDemand {
    places: Arc<KnownPlaces>,
    /// Boxed, so that a document that nobody asked about costs a pointer.
    tags: Vec<OnceLock<Box<DocumentTags>>>,
    tag: TagDocument,
}

impl fmt::Debug for OnDemand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnDemand")
            .field("documents", &self.tags.len())
            .finish_non_exhaustive()
    }
}

impl OnDemand {
    fn tags(&self, document: usize) -> Option<&DocumentTags> {
        let cell = self.tags.get(document)?;
        let tag = || Box::new((self.tag)(document).documents.pop().unwrap_or_default());
        Some(cell.get_or_init(tag))
    }

    /// The tags, where they have been asked for.
    fn if_known(&self, document: usize) -> Option<&DocumentTags> {
        self.tags.get(document)?.get().map(AsRef::as_ref)
    }

    fn places(&self, document: usize, topic: usize) -> &[u32] {
        let mut of_topic = self.places.of(document);
        of_topic
            .find(|(of, _)| *of as usize == topic)
            .map_or(&[], |(_, places)| places)
    }
}

/// The tags of one document, by passage and by topic.
#[derive(Clone, Debug, Default)]
struct DocumentTags {
    /// Tagged passages in order.
    passages: Vec<(PassageIndex, Vec<Tag>)>,
    /// For each topic the places in `passages`, in order.
    by_topic: Vec<Vec<u32>>,
}

impl DocumentTags {
    fn new(passages: Vec<(PassageIndex, Vec<Tag>)>, topics: usize) -> Self {
        let mut by_topic = vec![Vec::new(); topics];
        for ((_, tags), at) in passages.iter().zip(0..) {
            for tag in tags {
                by_topic[tag.topic].push(at);
            }
        }
        Self { passages, by_topic }
    }

    fn places(&self, topic: usize) -> &[u32] {
        self.by_topic.get(topic).map_or(&[], Vec::as_slice)
    }
}

impl Tagging {
    /// Tags that are found, document by document, when they are asked for. `places`: what is known of each until then.
    pub fn on_demand(places: KnownPlaces, tag: TagDocument) -> Self {
        Self::asked_nothing(Arc::new(places), tag)
    }

    /// The same tags, of which those that are found on demand have been asked for of no document.
    #[must_use]
    pub fn given_back(&self) -> Self {
        match &self.on_demand {
            None => self.clone(),
            Some(of) => Self::asked_nothing(Arc::clone(&of.places), Arc::clone(&of.tag)),
        }
    }

    fn asked_nothing(places: Arc<KnownPlaces>, tag: TagDocument) -> Self {
        let mut tags = Vec::new();
        tags.resize_with(places.len(), OnceLock::new);
        Self {
            documents: Vec::new(),
            on_demand: Some(Arc::new(OnDemand { places, tags, tag })),
        }
    }

    fn document(&self, document: usize) -> Option<&DocumentTags> {
        match &self.on_demand {
            None => self.documents.get(document),
            Some(on_demand) => on_demand.tags(document),
        }
    }

    /// The passages of a document on a topic, in order; no document is read for it.
    pub fn places(&self, document: usize, topic: usize) -> Vec<PassageIndex> {
        let known = match &self.on_demand {
            None => self.documents.get(document),
            Some(on_demand) => match on_demand.if_known(document) {
                None => {
                    let places = on_demand.places(document, topic).iter();
                    return places.map(|place| *place as PassageIndex).collect();
                }
                known => known,
            },
        };
        let of = known.map_or(&[][..], |tags| tags.places(topic));
        let passages = known.map_or(&[][..], |tags| &tags.passages);
        of.iter().map(|&place| passages[place as usize].0).collect()
    }

    /// How many passages of a document are on any topic; no document is read for it.
    pub fn tagged_count(&self, document: usize) -> usize {
        match &self.on_demand {
            None => self.tagged(document).len(),
            Some(on_demand) => {
                if let Some(tags) = on_demand.if_known(document) {
                    return tags.passages.len();
                }
                let places = on_demand.places.of(document);
                let mut passages: Vec<u32> =
                    places.flat_map(|(_, places)| places).copied().collect();
                passages.sort_unstable();
                passages.dedup();
                passages.len()
            }
        }
    }

    /// The tags of one passage (indices into the documents and their passages), strongest first.
    pub fn of(&self, document: usize, passage: PassageIndex) -> &[Tag] {
        let Some(DocumentTags { passages, .. }) = self.document(document) else {
            return &[];
        };
        passages
            .binary_search_by_key(&passage, |(index, _)| *index)
            .map_or(&[], |at| &passages[at].1)
    }

    /// The tag that puts a passage on a topic.
    pub fn tag_of(&self, document: usize, passage: PassageIndex, topic: usize) -> Option<&Tag> {
        self.of(document, passage)
            .iter()
            .find(|tag| tag.topic == topic)
    }

    /// The passages of a document on a topic, in order, each with its tag.
    pub fn on_topic(
        &self,
        document: usize,
        topic: usize,
    ) -> impl Iterator<Item = (PassageIndex, &Tag)> {
        self.document(document)
            .into_iter()
            .flat_map(move |document| {
                document.places(topic).iter().filter_map(move |&place| {
                    let (index, tags) = &document.passages[place as usize];
                    let tag = tags.iter().find(|tag| tag.topic == topic)?;
                    Some((*index, tag))
                })
            })
    }

    /// The passages of a document that are on any topic, in order, each with its tags, strongest first.
    pub fn tagged(&self, document: usize) -> impl ExactSizeIterator<Item = (PassageIndex, &[Tag])> {
        let of = self.document(document);
        let passages = of.map_or(&[][..], |document| &document.passages);
        passages.iter().map(|(index, tags)| (*index, &tags[..]))
    }

    /// How many passages of a document are on a topic; no document is read for it.
    pub fn count(&self, document: usize, topic: usize) -> usize {
        let known = match &self.on_demand {
            None => self.documents.get(document),
            Some(on_demand) => match on_demand.if_known(document) {
                None => return on_demand.places(document, topic).len(),
                known => known,
            },
        };
        known.map_or(0, |document| document.places(topic).len())
    }

    /// How many passages each source has on a topic, in the order in which the sources first publish a document;
    /// sources without any are left out. `documents` are those that were tagged.
    pub fn passages_by_source(
        &self,
        documents: &[Document],
        topic: usize,
    ) -> Vec<(SourceId, usize)> {
        let mut counts: Vec<(SourceId, usize)> = Vec::new();
        let mut places: HashMap<&SourceId, usize> = HashMap::default();
        for (index, document) in documents.iter().enumerate() {
            let count = self.count(index, topic);
            if count == 0 {
                continue;
            }
            let source = document.source();
            let place = *places.entry(source).or_insert_with(|| {
                counts.push((source.clone(), 0));
                counts.len() - 1
            });
            counts[place].1 += count;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{DocumentId, Kind, Meta, PassageDraft, TopicId};

    fn topic(id: &str, cues: &[&str]) -> Topic {
        Topic {
            id: TopicId::from(id),
            cues: cues.iter().map(|&cue| cue.to_owned()).collect(),
            ..Topic::default()
        }
    }

    fn topics() -> Vec<Topic> {
        vec![
            topic("shutdown", &["blackout", "internet shutdown"]),
            topic("toll", &["killed", "death toll"]),
        ]
    }

    /// A document from lines: `# ` a heading, `---` a rule, `! ` an image, `Name: ` a voice, `[id] ` a hand tag.
    fn document(lines: &[&str]) -> Document {
        let mut document = Document::new(DocumentId::from("test"), Meta::default());
        for line in lines {
            let mut draft = PassageDraft::default();
            let mut text = *line;
            if let Some(rest) = text.strip_prefix('[') {
                let (id, rest) = rest.split_once("] ").expect("a fixture closes its tag");
                draft.topics.push(TopicId::from(id));
                text = rest;
            }
            if let Some(rest) = text.strip_prefix("# ") {
                draft.kind = Kind::Heading(2);
                text = rest;
            } else if let Some(rest) = text.strip_prefix("! ") {
                draft.kind = Kind::Image;
                text = rest;
            } else if text == "---" {
                draft.kind = Kind::Rule;
                text = "";
            } else if let Some((name, rest)) = text.split_once(": ") {
                draft.voice = Some(name.to_owned());
                text = rest;
            }
            draft.text = text.to_owned();
            document.push(draft);
        }
        document
    }

    /// For each passage the topics it is tagged with: `toll` by its cues, `~toll` by context, `!toll` by hand.
    fn tags(lines: &[&str]) -> Vec<String> {
        let document = [document(lines)];
        let tagging = tag(&document, &topics(), "en", true);
        let name = |tag: &Tag| {
            let mark = match tag.origin {
                Origin::Author | Origin::Reader => "!",
                Origin::Cue => "",
                Origin::Context => "~",
            };
            format!("{mark}{}", topics()[tag.topic].id)
        };
        (0..lines.len())
            .map(|passage| {
                let names: Vec<String> = tagging.of(0, passage).iter().map(name).collect();
                names.join(" ")
            })
            .collect()
    }

    #[test]
    fn passage_is_tagged_by_its_cues_with_their_words_and_places() {
        let text = "The Blackout came after an internet shutdown.";
        let tagging = tag(&[document(&[text])], &topics(), "en", true);
        let [tag] = tagging.of(0, 0) else {
            panic!("one topic")
        };
        assert_eq!(tag.cues, ["Blackout", "internet shutdown"]);
        let words: Vec<&str> = tag.spans.iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["Blackout", "internet shutdown"]);
        assert_eq!(tag.origin, Origin::Cue);
        assert!(tag.why().contains("internet shutdown"));
    }

    #[test]
    fn cue_counts_once_a_sentence_and_phrases_count_double() {
        let lines = [
            "Blackout, blackout.",
            "Blackout. Blackout!",
            "An internet shutdown.",
            "An ox.",
        ];
        let tagging = tag(
            &[document(&lines)],
            &[topic("x", &["blackout", "internet shutdown", "rain"])],
            "en",
            false,
        );
        let score = |passage: usize| tagging.of(0, passage)[0].score;
        assert!((score(1) - 2.0 * score(0)).abs() < 1e-4);
        assert!(
            score(2) > 2.0 * score(0),
            "the phrase is rarer and weighs double"
        );
    }

    #[test]
    fn weak_second_topic_is_dropped_beside_a_strong_one() {
        let tags = tags(&[
            "An internet shutdown. Internet shutdown! A blackout. An internet shutdown? Blackout. \
            The internet shutdown. One killed.",
        ]);
        assert_eq!(tags, ["shutdown"]);
    }

    #[test]
    fn two_topics_of_like_strength_both_count() {
        assert_eq!(tags(&["A blackout; nine killed."])[0].split(' ').count(), 2);
    }

    #[test]
    fn headings_images_and_rules_are_never_tagged() {
        assert_eq!(
            tags(&["# Blackout", "! A blackout seen from space", "---"]),
            ["", "", ""]
        );
    }

    #[test]
    fn hand_tag_wins_and_keeps_the_cues() {
        let lines = [
            "[nonesuch] Rain.",
            "[toll] The blackout.",
            "[toll] Forty killed.",
        ];
        let tagging = tag(&[document(&lines)], &topics(), "en", true);
        assert!(tagging.of(0, 0).is_empty());
        let both = tagging.of(0, 1);
        assert_eq!((both[0].topic, both[0].origin), (1, Origin::Author));
        assert_eq!((both[1].topic, both[1].origin), (0, Origin::Cue));
        assert_eq!(tagging.of(0, 2)[0].cues, ["killed"]);
    }

    #[test]
    fn pointing_back_inherits_for_two_steps() {
        let tags = tags(&[
            "Nine people were killed on the bridge.",
            "They had come from the villages to the north of the town to ask for the return of their land.",
            "This was known.",
            "This was known too.",
        ]);
        assert_eq!(tags, ["toll", "~toll", "~toll", ""]);
    }

    #[test]
    fn long_passage_that_starts_anew_does_not_inherit() {
        let tags = tags(&[
            "Nine people were killed on the bridge.",
            "The ministry of agriculture published its yearly figures for wheat, barley and rye on Tuesday morning.",
        ]);
        assert_eq!(tags, ["toll", ""]);
    }

    #[test]
    fn answer_inherits_from_its_question_and_not_from_another_voice() {
        let tags = tags(&[
            "Q: How many were killed?",
            "A: We never knew.",
            "B: Nonsense.",
        ]);
        assert_eq!(tags, ["toll", "~toll", ""]);
    }

    #[test]
    fn heading_hands_its_topic_to_two_passages_below() {
        let long = "The city lay still for a week and the buses stood in the depot with flat batteries and open doors.";
        let tags = tags(&["# The blackout", long, long, long, "# Afterwards", long]);
        assert_eq!(tags, ["", "~shutdown", "~shutdown", "", "", ""]);
    }

    #[test]
    fn inheritance_stops_at_headings_and_rules() {
        assert_eq!(
            tags(&["Nine were killed.", "# Weather", "It rained."])[2],
            ""
        );
        assert_eq!(tags(&["Nine were killed.", "---", "It rained."])[2], "");
    }

    #[test]
    fn context_tags_are_weaker_and_explain_themselves() {
        let tagging = tag(
            &[document(&["Nine were killed.", "It rained."])],
            &topics(),
            "en",
            true,
        );
        let (cue, context) = (&tagging.of(0, 0)[0], &tagging.of(0, 1)[0]);
        assert!(context.score < cue.score);
        assert_eq!(context.cues, ["killed"]);
        assert!(context.spans.is_empty());
        assert!(context.why().contains("continues"));
        assert!(
            tag(
                &[document(&["Nine were killed.", "It rained."])],
                &topics(),
                "en",
                false
            )
            .of(0, 1)
            .is_empty()
        );
    }

    #[test]
    fn cue_found_everywhere_still_files_passages() {
        let lines: Vec<String> = (0..60).map(|n| format!("The internet shutdown, day {n}, brought hardship and long queues at every shop.")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert!(tags(&lines).iter().all(|tag| tag == "shutdown"));
    }

    #[test]
    fn counts_follow_the_topic() {
        let documents = [
            document(&[
                "A blackout.",
                "The rain fell on all the fields of the long valley that evening and night.",
                "A blackout.",
            ]),
            document(&["One killed."]),
        ];
        let tagging = tag(&documents, &topics(), "en", true);
        assert_eq!(tagging.count(0, 0), 2);
        assert_eq!(
            tagging.passages_by_source(&documents, 0),
            [(SourceId::default(), 2)]
        );
        assert_eq!(tagging.on_topic(0, 0).count(), 2);
        assert!(tagging.of(7, 0).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn tagging_never_panics_and_spans_hold_the_cues(text in r"(blackout|internet|shutdown|killed|[ .?\n]|\PC){0,40}", cue in r"\PC{0,12}") {
            let documents = [document(&[&text.replace(['[', '#'], "")])];
            let topics = [topic("a", &[&cue, "internet shutdown"]), topic("b", &["killed"])];
            let tagging = tag(&documents, &topics, "en", true);
            for tag in tagging.of(0, 0) {
                proptest::prop_assert!(tag.score > 0.0);
                let text = documents[0].passage(0).map_or("", |passage| passage.text());
                for span in &tag.spans {
                    proptest::prop_assert!(tag.cues.iter().any(|cue| cue == span.of(text)));
                }
            }
        }
    }
}
