//! The arithmetic of tagging: how much each cue weighs, what a passage has of itself, what it inherits.
//!
//! Weights are idf over the prose passages of all documents, ln(1 + (N - n + .5)/(n + .5)), as in BM25 (Robertson &
//! Zaragoza 2009), with a background of passages without cues. Reads a passage's text once; holds only matches.

use super::context;
use super::cues::{self, CueFinder, CueMatch, Remembered};
use super::tagging::{Origin, Rules, Tag};
use crate::corpus::{Document, Kind, Passage, PassageIndex, Topic, parallel};
use std::collections::{HashMap, HashSet};

/// Passages without any cue that every corpus is taken to have besides its own, so that cues keep their weight where
/// there are two short texts and all of both is on the topic.
const BACKGROUND_PASSAGES: f32 = 25.0;

/// How much a phrase weighs against a single word.
const PHRASE_WEIGHT: f32 = 2.0;

/// The tagged passages of each document, in order, with their tags, strongest first.
pub(super) fn tags_of_documents(
    rules: &Rules,
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
) -> impl Iterator<Item = Vec<(PassageIndex, Vec<Tag>)>> {
    let found = find_cues(documents, topics, default_language);
    let weights = weights_of(&found, topics);
    tags_by_weights(
        rules,
        weights,
        documents,
        topics,
        default_language,
        found.documents,
    )
}

/// What cues weigh in a corpus: tags made with the same weights do not depend on which documents are tagged together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CueWeights {
    /// Of each cue of each topic.
    pub by_topic: Vec<Vec<f32>>,
    /// What a tag by hand adds: a person's word is stronger than any cue in the passage.
    pub by_hand: f32,
}

/// What the cues weigh in these documents.
pub(super) fn weigh_cues(
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
) -> CueWeights {
    weights_of(&find_cues(documents, topics, default_language), topics)
}

/// As [`tags_of_documents`], with weights that are known.
pub(super) fn tags_of_more_documents(
    rules: &Rules,
    weights: &CueWeights,
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
) -> impl Iterator<Item = Vec<(PassageIndex, Vec<Tag>)>> {
    let found = find_cues(documents, topics, default_language).documents;
    let weights = weights.clone();
    tags_by_weights(rules, weights, documents, topics, default_language, found)
}

type Matches = Vec<(PassageIndex, Vec<CueMatch>)>;

fn tags_by_weights(
    rules: &Rules,
    weights: CueWeights,
    documents: &[Document],
    topics: &[Topic],
    default_language: &str,
    found: Vec<Matches>,
) -> impl Iterator<Item = Vec<(PassageIndex, Vec<Tag>)>> {
    documents.iter().zip(found).map(move |(document, matches)| {
        let scoring = Scoring {
            rules,
            topics,
            weights: &weights.by_topic,
            by_hand: weights.by_hand,
            language: language_of(document, default_language),
        };
        scoring.tag_document(document, &matches)
    })
}

fn weights_of(found: &Found, topics: &[Topic]) -> CueWeights {
    let idf = Idf {
        passages: found.prose_passages as f32 + BACKGROUND_PASSAGES,
    };
    CueWeights {
        by_topic: weigh(idf, found, topics),
        by_hand: PHRASE_WEIGHT * idf.of(0),
    }
}

/// The language a document is read in.
fn language_of<'a>(document: &'a Document, default: &'a str) -> &'a str {
    match document.meta.language.as_str() {
        "" => default,
        stated => stated,
    }
}

/// The cues of each document by passage, in order, and how many prose passages there are.
struct Found {
    documents: Vec<Matches>,
    prose_passages: usize,
}

fn find_cues(documents: &[Document], topics: &[Topic], default_language: &str) -> Found {
    let mut finders: HashMap<&str, CueFinder> = HashMap::new();
    for document in documents {
        let language = language_of(document, default_language);
        finders
            .entry(language)
            .or_insert_with(|| CueFinder::new(topics, language));
    }
    let bytes = documents.iter().map(|document| document.text().len()).sum();
    let found = parallel::map_with(
        documents,
        bytes,
        HashMap::<&str, Remembered>::new,
        |remembered, document| {
            let language = language_of(document, default_language);
            let remembered = remembered.entry(language).or_default();
            find_in_document(document, &finders[language], remembered)
        },
    );
    let prose_passages = found.iter().map(|(_, prose)| prose).sum();
    Found {
        documents: found.into_iter().map(|(matches, _)| matches).collect(),
        prose_passages,
    }
}

/// The cues of a document by passage, in order, and how many prose passages it has.
fn find_in_document(
    document: &Document,
    finder: &CueFinder,
    remembered: &mut Remembered,
) -> (Vec<(PassageIndex, Vec<CueMatch>)>, usize) {
    let mut matches = Vec::new();
    let mut prose_passages = 0;
    for passage in document.passages() {
        prose_passages += usize::from(passage.kind().is_prose());
        let is_heading = matches!(passage.kind(), Kind::Heading(_));
        if !is_heading && !passage.kind().is_prose() {
            continue;
        }
        let found = finder.find(passage.text(), remembered);
        if !found.is_empty() {
            matches.push((passage.index(), found));
        }
    }
    (matches, prose_passages)
}

/// idf times weight of each cue of each topic. Headings count as passages that have the cue, for lack of harm.
fn weigh(idf: Idf, found: &Found, topics: &[Topic]) -> Vec<Vec<f32>> {
    let mut passages_with: Vec<Vec<u32>> = topics
        .iter()
        .map(|topic| vec![0; topic.cues.len()])
        .collect();
    for (_, matches) in found.documents.iter().flatten() {
        let mut seen: Vec<(u32, u32)> = matches.iter().map(|m| (m.topic, m.cue)).collect();
        seen.sort_unstable();
        seen.dedup();
        for (topic, cue) in seen {
            passages_with[topic as usize][cue as usize] += 1;
        }
    }
    topics
        .iter()
        .zip(passages_with)
        .map(|(topic, passages_with)| {
            topic
                .cues
                .iter()
                .zip(passages_with)
                .map(|(cue, with)| {
                    idf.of(with)
                        * if cues::is_phrase(cue) {
                            PHRASE_WEIGHT
                        } else {
                            1.0
                        }
                })
                .collect()
        })
        .collect()
}

/// How rare a cue is among the passages.
#[derive(Clone, Copy)]
struct Idf {
    passages: f32,
}

impl Idf {
    fn of(self, passages_with: u32) -> f32 {
        let with = (passages_with as f32).min(self.passages);
        (1.0 + (self.passages - with + 0.5) / (with + 0.5)).ln()
    }
}

/// What a passage hands on to the one that continues it.
struct Thread {
    tags: Vec<Tag>,
    steps: usize,
    voice: Option<String>,
    is_question: bool,
    /// The passage is part of an answer to a tagged question; so is what the same voice says next.
    is_answer: bool,
}

/// Tags the documents of one language.
struct Scoring<'a> {
    rules: &'a Rules,
    topics: &'a [Topic],
    weights: &'a [Vec<f32>],
    /// What a tag by hand adds: a person's word is stronger than any cue in the passage.
    by_hand: f32,
    language: &'a str,
}

impl Scoring<'_> {
    fn tag_document(
        &self,
        document: &Document,
        matches: &[(PassageIndex, Vec<CueMatch>)],
    ) -> Vec<(PassageIndex, Vec<Tag>)> {
        let mut tagged = Vec::new();
        let mut matches = matches.iter().peekable();
        let mut heading: Option<Thread> = None;
        let mut thread: Option<Thread> = None;
        for passage in document.passages() {
            let own = matches
                .next_if(|(index, _)| *index == passage.index())
                .map_or(&[][..], |(_, found)| found);
            match passage.kind() {
                Kind::Heading(_) => {
                    thread = None;
                    heading = self.thread(&passage, self.tags_of(&passage, own), 0);
                }
                Kind::Rule => {
                    thread = None;
                    heading = None;
                }
                Kind::Image | Kind::Code => {}
                Kind::Paragraph
                | Kind::Bullet { .. }
                | Kind::Numbered { .. }
                | Kind::Quote
                | Kind::Table => {
                    let tags = self.tags_of(&passage, own);
                    if tags.is_empty() {
                        let inherited = self.inherit(&passage, thread.take(), heading.as_mut());
                        if let Some(inherited) = &inherited {
                            tagged.push((passage.index(), inherited.tags.clone()));
                        }
                        thread = inherited;
                    } else {
                        thread = self.thread(&passage, tags.clone(), 0);
                        tagged.push((passage.index(), tags));
                    }
                }
            }
        }
        tagged
    }

    /// The tags a passage has of itself, strongest first.
    fn tags_of(&self, passage: &Passage, matches: &[CueMatch]) -> Vec<Tag> {
        let mut tags: Vec<Tag> = matches
            .chunk_by(|a, b| a.topic == b.topic)
            .map(|matches| self.cue_tag(passage.text(), matches))
            .collect();
        let best = tags.iter().map(|tag| tag.score).fold(0.0, f32::max);
        let floor = self.rules.threshold.max(best * self.rules.share_of_best);
        for id in passage.topics() {
            // A tag for a topic that the corpus does not have is a problem of the file, reported where it is read.
            let Some(topic) = self.topics.iter().position(|topic| topic.id == *id) else {
                continue;
            };
            match tags.iter_mut().find(|tag| tag.topic == topic) {
                Some(tag) => tag.origin = Origin::Author,
                None => tags.push(Tag {
                    topic,
                    score: 0.0,
                    cues: Vec::new(),
                    spans: Vec::new(),
                    origin: Origin::Author,
                }),
            }
        }
        for tag in &mut tags {
            if tag.origin == Origin::Author {
                tag.score += best + self.by_hand;
            }
        }
        tags.retain(|tag| tag.origin == Origin::Author || tag.score >= floor);
        tags.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.topic.cmp(&b.topic)));
        tags
    }

    /// The tag that the matches of one topic, by place, amount to.
    fn cue_tag(&self, text: &str, matches: &[CueMatch]) -> Tag {
        let topic = matches[0].topic as usize;
        let mut counted: Vec<(u32, u32)> = matches.iter().map(|m| (m.sentence, m.cue)).collect();
        counted.sort_unstable();
        counted.dedup();
        let score = counted
            .iter()
            .map(|(_, cue)| self.weights[topic][*cue as usize])
            .sum();
        let mut seen = HashSet::new();
        let cues = matches
            .iter()
            .map(|found| found.span.of(text))
            .filter(|words| seen.insert(*words))
            .map(str::to_owned)
            .collect();
        Tag {
            topic,
            score,
            cues,
            spans: matches.iter().map(|m| m.span).collect(),
            origin: Origin::Cue,
        }
    }

    fn thread(&self, passage: &Passage, tags: Vec<Tag>, steps: usize) -> Option<Thread> {
        (self.rules.context && !tags.is_empty()).then(|| Thread {
            tags,
            steps,
            voice: passage.voice().map(str::to_owned),
            is_question: context::is_question(passage.text()),
            is_answer: false,
        })
    }

    /// What a passage without tags of its own takes over, from the passage before or else from the heading.
    fn inherit(
        &self,
        passage: &Passage,
        thread: Option<Thread>,
        heading: Option<&mut Thread>,
    ) -> Option<Thread> {
        if let Some(before) = thread.filter(|before| self.continues(passage, before)) {
            let is_answer = before.is_answer || before.voice.as_deref() != passage.voice();
            let mut thread = self.thread(passage, self.hand_on(&before.tags), before.steps + 1)?;
            thread.is_answer = is_answer;
            return Some(thread);
        }
        let heading = heading.filter(|heading| heading.steps < self.rules.context_steps)?;
        heading.steps += 1;
        self.thread(passage, self.hand_on(&heading.tags), heading.steps)
    }

    fn continues(&self, passage: &Passage, before: &Thread) -> bool {
        if before.steps >= self.rules.context_steps {
            return false;
        }
        if before.voice.as_deref() != passage.voice() {
            return before.is_question;
        }
        before.is_answer
            || context::is_short(passage.text(), self.rules.short_words)
            || context::points_back(passage.text(), self.language)
    }

    fn hand_on(&self, tags: &[Tag]) -> Vec<Tag> {
        tags.iter()
            .map(|tag| Tag {
                score: tag.score * self.rules.context_share,
                spans: Vec::new(),
                origin: Origin::Context,
                ..tag.clone()
            })
            .collect()
    }
}
