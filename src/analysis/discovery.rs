//! Topics for a corpus that has none.
//!
//! Phrases of one to three words, and whole names, that several documents share are ranked by C-value (Frantzi, Ananiadou
//! & Mima 2000: frequent, long, not only part of a longer phrase), by how clustered they are, and by the number of
//! sources. Those that stand in the same passages, and those made of one another, are one topic, and topics are taken
//! greedily by what they say, the passages that they add, and how evenly the sources speak of them; so the first is the one
//! that a pair of texts is best opened on. A common noun by itself needs more evidence than a phrase or a name; fewer
//! topics are better than weak ones.
//! Invariant: deterministic; each cue stands in the text; with two documents or more, each topic stands in at least two.

mod weight;

use super::coverage::publisher_of;
use super::phrases::{self, NONE, Phrase, Phrases};
use super::tagging;
use crate::corpus::{Document, Topic, TopicId};
use crate::text;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use weight::Reading;

/// The keys of the first ten topics.
const KEYS: &str = "1234567890";

/// How much text is looked at; topics of a larger corpus show in a part of it.
const MAX_BYTES: usize = 3 << 20;

/// Candidates that are compared with each other; the next ones are too rare to make a topic.
const MAX_CANDIDATES: usize = 400;

/// A topic must add one passage for so many; at least one and a half, and three in any longer text.
const PASSAGES_FOR_GAIN: f32 = 20.0;

/// How much the passages that a topic adds count beside what it says: twice as many, half as much again.
const GAIN: f32 = 0.6;

/// How much it counts that both sides speak of it.
const BALANCE: f32 = 1.25;

/// The shortest root that two words of one topic share ("terror", "terrorists"), in letters.
const SHORTEST_ROOT: usize = 4;

/// Candidates whose passages overlap more than this (Jaccard) are one topic.
const SAME_PASSAGES: f32 = 0.5;

/// A candidate that shares a word with a topic is no topic of its own when this share of its passages are that topic's.
const SAME_WORD: f32 = 0.3;

/// Cues a discovered topic has at most; a reader edits them.
const MAX_CUES: usize = 8;

/// Up to `limit` topics that several of the documents speak of, best first, marked as discovered, with keys.
pub fn discover(documents: &[Document], limit: usize) -> Vec<Topic> {
    let languages: Vec<&str> = documents.iter().map(language_of).collect();
    let min_documents = if documents.len() > 1 { 2 } else { 1 };
    let found = phrases::collect(documents, &languages, min_documents, 2, MAX_BYTES);
    let reading = Reading::of(&found);
    let sources = Sources::new(documents);
    let names = names_of_speakers(documents);
    let groups = merge(candidates(&found, &reading, &sources, &names));
    let min_gain = (found.passages_read as f32 / PASSAGES_FOR_GAIN).clamp(1.5, 3.0);
    let chosen = choose(groups, limit, min_gain, &found.document_of, &sources);
    let mut topics = Vec::new();
    for group in &chosen {
        let topic = name(group, &topics);
        topics.push(topic);
    }
    let bytes: usize = documents.iter().map(|document| document.text().len()).sum();
    if bytes <= MAX_BYTES {
        keep_shared(documents, &languages, &mut topics, min_documents as usize);
    }
    for (topic, key) in topics.iter_mut().zip(KEYS.chars()) {
        topic.key = Some(key);
    }
    topics
}

/// The language a document states, or the one it is written in as far as that can be told.
fn language_of(document: &Document) -> &str {
    // The region (`en-GB`) changes no word.
    let stated = document
        .meta
        .language
        .split(['-', '_'])
        .next()
        .unwrap_or_default();
    if !stated.is_empty() {
        return stated;
    }
    text::language::detect(document.text()).unwrap_or("en")
}

/// A phrase that may become a topic or one of its cues.
struct Candidate<'a> {
    phrase: &'a Phrase,
    /// What it says, see [`Reading::worth`].
    worth: f32,
    /// That, by how often it stands alone and in how many sources.
    score: f32,
}

/// The phrases worth comparing, best first.
fn candidates<'a>(
    found: &'a Phrases,
    reading: &Reading,
    sources: &Sources,
    names: &HashSet<String>,
) -> Vec<Candidate<'a>> {
    let nested = nested(&found.all);
    let is_topic =
        |phrase: &&Phrase| reading.may_be_topic(phrase) && !is_name(phrase.form(), names);
    let mut candidates: Vec<Candidate> = found
        .all
        .iter()
        .filter(is_topic)
        .filter_map(|phrase| {
            let in_sources = sources.of(&phrase.documents).len();
            if sources.count > 1 && in_sources < 2 {
                return None;
            }
            let frequency = phrase.passages.len() as f32;
            let alone = frequency - nested.get(&phrase.stems).copied().unwrap_or(0.0);
            let worth = reading.worth(phrase);
            let score = worth * alone * in_sources as f32;
            (alone > 0.5).then_some(Candidate {
                phrase,
                worth,
                score,
            })
        })
        .collect();
    // Phrases stand in the order of first use, which decides between equals.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    candidates.truncate(MAX_CANDIDATES);
    candidates
}

/// For each phrase, in how many passages it stands on average as a part of a longer one.
fn nested(phrases: &[Phrase]) -> HashMap<phrases::Stems, f32> {
    let mut longer: HashMap<phrases::Stems, (f32, f32)> = HashMap::new();
    for phrase in phrases {
        let words = phrase.words();
        for length in 1..words {
            for from in 0..=words - length {
                let mut part = [NONE; phrases::MAX_WORDS];
                part[..length].copy_from_slice(&phrase.stems[from..from + length]);
                let (sum, count) = longer.entry(part).or_default();
                *sum += phrase.passages.len() as f32;
                *count += 1.0;
            }
        }
    }
    longer
        .into_iter()
        .map(|(part, (sum, count))| (part, sum / count))
        .collect()
}

/// Who publishes each document.
struct Sources {
    /// A number for each document's source; where none states one, each document is its own.
    of_document: Vec<usize>,
    /// How many there are.
    count: usize,
}

impl Sources {
    fn new(documents: &[Document]) -> Self {
        let mut numbers = HashMap::new();
        let stated: Vec<usize> = documents
            .iter()
            .enumerate()
            .map(|(at, document)| {
                let next = numbers.len();
                let publisher = publisher_of(at, &document.meta.source);
                *numbers.entry(publisher).or_insert(next)
            })
            .collect();
        if numbers.len() > 1 {
            Self {
                of_document: stated,
                count: numbers.len(),
            }
        } else {
            Self {
                of_document: (0..documents.len()).collect(),
                count: documents.len(),
            }
        }
    }

    /// How often each source stands among these documents.
    fn of(&self, documents: &[u32]) -> HashMap<usize, usize> {
        let mut counts = HashMap::new();
        for document in documents {
            *counts
                .entry(self.of_document[*document as usize])
                .or_default() += 1;
        }
        counts
    }

    /// How evenly two sides speak of what stands in these passages' documents: 1 where two sources or more have as many as
    /// each other, less where hardly any but one has.
    fn balance(&self, documents: &[u32]) -> f32 {
        let counts = self.of(documents);
        let all = documents.len().max(1) as f32;
        let roots: f32 = counts.values().map(|count| (*count as f32).sqrt()).sum();
        (roots * roots / (all * self.count.clamp(1, 2) as f32)).min(1.0)
    }
}

/// The words of outlets', authors' and voices' names, in lower case.
fn names_of_speakers(documents: &[Document]) -> HashSet<String> {
    let mut names = HashSet::new();
    for document in documents {
        let authors = document.meta.authors.iter().map(String::as_str);
        let voices = document.voices().iter().map(String::as_str);
        for name in authors.chain(voices).chain([document.meta.source.as_str()]) {
            names.extend(text::segment::words(name).map(|(_, word)| word.to_lowercase()));
        }
    }
    names
}

/// Whether a form is nothing but such names. Common words count only where they are written as names.
fn is_name(form: &str, names: &HashSet<String>) -> bool {
    text::segment::words(form).all(|(_, word)| {
        word.starts_with(|c: char| !c.is_lowercase()) && names.contains(&word.to_lowercase())
    })
}

/// Candidates that are one topic; the first gives it its title.
struct Group<'a> {
    members: Vec<&'a Phrase>,
    /// What the first says.
    worth: f32,
    passages: Vec<u32>,
}

/// Groups candidates (best first) by the passages they stand in.
fn merge(candidates: Vec<Candidate>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for Candidate { phrase, worth, .. } in candidates {
        let joined = groups
            .iter_mut()
            .find_map(|group| Some((tie(phrase, group.members[0])?, group)));
        match joined {
            Some((Tie::Cue, group)) => {
                group.passages = union(&group.passages, &phrase.passages);
                group.members.push(phrase);
            }
            Some((Tie::Part, _)) => {}
            None => groups.push(Group {
                members: vec![phrase],
                worth,
                passages: phrase.passages.clone(),
            }),
        }
    }
    groups
}

/// What a candidate is to a topic that it is not apart from.
enum Tie {
    /// It stands for the topic.
    Cue,
    /// It is a part of the title that stands for other things as often ("President"): neither topic nor cue.
    Part,
}

fn tie(phrase: &Phrase, title: &Phrase) -> Option<Tie> {
    let common = common(&phrase.passages, &title.passages) as f32;
    let own = phrase.passages.len() as f32;
    let all = own + title.passages.len() as f32 - common;
    let shares_word = phrase
        .stems
        .iter()
        .any(|stem| *stem != NONE && title.stems.contains(stem));
    let overlap = common / own;
    if common / all > SAME_PASSAGES || (shares_word && overlap > SAME_PASSAGES) {
        Some(Tie::Cue)
    } else if overlap < SAME_WORD {
        None
    } else if is_related(phrase, title) {
        Some(Tie::Cue)
    } else {
        shares_word.then_some(Tie::Part)
    }
}

/// Whether one word is made of the other ("terror", "terrorists").
fn is_related(one: &Phrase, other: &Phrase) -> bool {
    if one.words() > 1 || other.words() > 1 {
        return false;
    }
    let (one, other) = (one.form().to_lowercase(), other.form().to_lowercase());
    let (short, long) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let root = short.trim_end_matches('s');
    root.chars().count() >= SHORTEST_ROOT && long.starts_with(root)
}

/// How many numbers two rising lists share.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                i += 1;
                j += 1;
                count += 1;
            }
        }
    }
    count
}

fn union(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut all = [a, b].concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// Takes the groups that add most, until one adds less than `min_gain` passages. A passage that earlier topics have
/// counts half for each of them: several topics a passage are normal, but none should repeat another. What both sides speak
/// of comes before what one side hardly mentions.
fn choose<'a>(
    mut groups: Vec<Group<'a>>,
    limit: usize,
    min_gain: f32,
    document_of: &[u32],
    sources: &Sources,
) -> Vec<Group<'a>> {
    let balances: Vec<f32> = groups
        .iter()
        .map(|group| {
            let documents = group.passages.iter().map(|at| document_of[*at as usize]);
            sources.balance(&documents.collect::<Vec<_>>())
        })
        .collect();
    let mut covered: HashMap<u32, i32> = HashMap::new();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < limit {
        let gain = |group: &Group| -> f32 {
            let worth = |passage| 0.5_f32.powi(covered.get(passage).copied().unwrap_or(0));
            group.passages.iter().map(worth).sum()
        };
        let rank = |place: usize, gain: f32| {
            groups[place].worth * gain.powf(GAIN) * balances[place].powf(BALANCE)
        };
        let best = (0..groups.len())
            .filter(|place| !chosen.contains(place))
            .map(|place| (place, gain(&groups[place])))
            .filter(|(_, gain)| *gain >= min_gain)
            .map(|(place, gain)| (Reverse(place), rank(place, gain)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let Some((Reverse(place), _)) = best else {
            break;
        };
        for passage in &groups[place].passages {
            *covered.entry(*passage).or_default() += 1;
        }
        chosen.push(place);
    }
    let mut taken: Vec<(usize, Group)> = Vec::new();
    for (place, group) in groups.drain(..).enumerate() {
        if let Some(rank) = chosen.iter().position(|one| *one == place) {
            taken.push((rank, group));
        }
    }
    taken.sort_by_key(|(rank, _)| *rank);
    taken.into_iter().map(|(_, group)| group).collect()
}

/// A group as a topic, its id unlike those of `others`.
fn name(group: &Group, others: &[Topic]) -> Topic {
    let title = capitalised(group.members[0].form());
    let slug = text::slug::slug(&title);
    let same = others
        .iter()
        .filter(|topic| text::slug::slug(&topic.title) == slug);
    let id = match same.count() {
        0 => slug,
        before => format!("{slug}-{}", before + 1),
    };
    let cues = group
        .members
        .iter()
        .flat_map(|phrase| {
            std::iter::once(phrase.form()).chain(phrase.short.iter().map(String::as_str))
        })
        .take(MAX_CUES)
        .map(str::to_owned)
        .collect();
    Topic {
        id: TopicId::from(id),
        title,
        key: None,
        cues,
        not: Vec::new(),
        discovered: true,
    }
}

/// With a capital at the beginning; the rest as people write it.
fn capitalised(form: &str) -> String {
    let mut chars = form.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    first + chars.as_str()
}

/// Drops topics that tagging does not find in at least `min_documents` documents.
fn keep_shared(
    documents: &[Document],
    languages: &[&str],
    topics: &mut Vec<Topic>,
    min_documents: usize,
) {
    let default = languages.first().copied().unwrap_or("en");
    loop {
        let tagging = tagging::tag(documents, topics, default, false);
        let shared: Vec<bool> = (0..topics.len())
            .map(|topic| {
                let with =
                    (0..documents.len()).filter(|document| tagging.count(*document, topic) > 0);
                with.take(min_documents).count() >= min_documents
            })
            .collect();
        if shared.iter().all(|shared| *shared) {
            return;
        }
        let mut shared = shared.into_iter();
        topics.retain(|_| shared.next().unwrap_or(false));
    }
}
