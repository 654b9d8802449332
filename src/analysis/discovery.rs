//! Topics for a corpus that has none.
//!
//! Phrases of one to three words, and whole names, that several documents share are ranked by C-value (Frantzi, Ananiadou
//! & Mima 2000: frequent, long, not only part of a longer phrase), by how clustered they are, and by the number of
//! sources. Those that stand in the same passages are made one topic, and topics are taken greedily by the passages that
//! they add. A common noun by itself needs more evidence than a phrase or a name; fewer topics are better than weak ones.
//! Invariant: deterministic; each cue stands in the text; with two documents or more, each topic stands in at least two.

use super::phrases::{self, NONE, Phrase, Phrases};
use super::tagging;
use crate::corpus::{Document, Topic, TopicId};
use crate::text;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The keys of the first ten topics.
const KEYS: &str = "1234567890";

/// How much text is looked at; topics of a larger corpus show in a part of it.
const MAX_BYTES: usize = 3 << 20;

/// Candidates that are compared with each other; the next ones are too rare to make a topic.
const MAX_CANDIDATES: usize = 400;

/// A single word in more passages than this share is the event itself, not a topic in it.
const WORD_EVERYWHERE: f32 = 0.1;

/// Phrases say more and may be in more passages.
const PHRASE_EVERYWHERE: f32 = 0.15;

/// In up to so many passages nothing is everywhere: in short texts shares say little.
const FEW_PASSAGES: usize = 6;

/// A topic must add one passage for so many; at least one and a half, and three in any longer text.
const PASSAGES_FOR_GAIN: f32 = 20.0;

/// How much more a name says than a common noun.
const NAME: f32 = 1.25;

/// How clustered a common noun by itself must be, see [`burst`].
const NOUN_BURST: f32 = 0.1;

/// In fewer passages nothing can be told from how a noun is spread.
const TELLING_PASSAGES: usize = 60;

/// Passages that are looked at together, because a topic goes on for some.
const NEIGHBOURS: u32 = 3;

/// How sure it must be that a word is a noun: adjectives reach about .35 ("a national ..."), nouns .5 and more.
const NOUN_SHARE: f32 = 0.4;

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
    let groups = merge(candidates(documents, &found));
    let min_gain = (found.passages_read as f32 / PASSAGES_FOR_GAIN).clamp(1.5, 3.0);
    let chosen = choose(groups, limit, min_gain, found.passages_read);
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
    score: f32,
}

/// The phrases worth comparing, best first.
fn candidates<'a>(documents: &[Document], found: &'a Phrases) -> Vec<Candidate<'a>> {
    let nested = nested(&found.phrases);
    let names = names_of_speakers(documents);
    let sources = sources(documents);
    let some_documents = sources.iter().collect::<HashSet<_>>().len();
    let read = found.passages_read as f32;
    let mut candidates: Vec<Candidate> = found
        .phrases
        .iter()
        .filter(|phrase| {
            let share = phrase.passages.len() as f32 / read;
            let everywhere = if phrase.words() == 1 {
                WORD_EVERYWHERE
            } else {
                PHRASE_EVERYWHERE
            };
            // A part of a name says less than the name.
            let is_part = phrase.in_name * 2 > phrase.count;
            let is_noun = phrase.as_noun >= NOUN_SHARE * phrase.count as f32;
            // What fills a part of the text may fill more of it than what is spread over all of it.
            // A name may be spread: who acts in all of it is not what all of it is about.
            let least = if phrase.is_name() { 1.0 } else { 0.5 };
            let clustered = (1.0 + 2.0 * burst(phrase, found.passages_read)).clamp(least, 1.25);
            let is_everywhere =
                phrase.passages.len() > FEW_PASSAGES && share > everywhere * clustered;
            is_noun
                && !is_part
                && !is_everywhere
                && has_evidence(phrase, found.passages_read)
                && !is_name(phrase.form(), &names)
        })
        .filter_map(|phrase| {
            let in_sources = phrase
                .documents
                .iter()
                .map(|document| sources[*document as usize])
                .collect::<HashSet<_>>()
                .len();
            if some_documents > 1 && in_sources < 2 {
                return None;
            }
            let frequency = phrase.passages.len() as f32;
            let alone = frequency - nested.get(&phrase.stems).copied().unwrap_or(0.0);
            let score = quality(phrase, found.passages_read) * alone * in_sources as f32;
            (alone > 0.5).then_some(Candidate { phrase, score })
        })
        .collect();
    // Phrases stand in the order of first use, which decides between equals.
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    candidates.truncate(MAX_CANDIDATES);
    candidates
}

/// How much more a phrase says than a common noun that is spread by chance, which has 1.
fn quality(phrase: &Phrase, read: usize) -> f32 {
    let length = (1.0 + phrase.words() as f32).log2();
    let kind = if phrase.is_name() { NAME } else { 1.0 };
    length * kind * (1.0 + burst(phrase, read)).clamp(0.5, 1.5)
}

/// Whether there is enough of a phrase to make a topic. A common noun by itself may be there by chance: it must come
/// back, and in texts long enough to tell, in one document at least, and in clusters.
fn has_evidence(phrase: &Phrase, read: usize) -> bool {
    if phrase.words() > 1 || phrase.is_name() {
        return true;
    }
    if read < TELLING_PASSAGES {
        return phrase.count > 2;
    }
    phrase.passages.len() > phrase.documents.len().max(2) && burst(phrase, read) >= NOUN_BURST
}

/// How clustered a phrase is: residual inverse document frequency (Church & Gale 1995), which is 0 for what chance
/// spreads and 1 where it stands in half as many places; of single passages or of [`NEIGHBOURS`], the larger.
fn burst(phrase: &Phrase, read: usize) -> f32 {
    let residual = |places: usize, of: usize| {
        let (places, of) = (places as f32, of.max(1) as f32);
        let by_chance = 1.0 - (-(phrase.count as f32) / of).exp();
        (of * by_chance / places.max(1.0)).log2()
    };
    let mut blocks: Vec<u32> = phrase.passages.iter().map(|at| at / NEIGHBOURS).collect();
    blocks.dedup();
    residual(phrase.passages.len(), read)
        .max(residual(blocks.len(), read.div_ceil(NEIGHBOURS as usize)))
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

/// A number for the source of each document; where none states one, each document is its own.
fn sources(documents: &[Document]) -> Vec<usize> {
    let mut numbers = HashMap::new();
    let stated: Vec<usize> = documents
        .iter()
        .map(|document| {
            let next = numbers.len();
            *numbers.entry(&document.meta.source).or_insert(next)
        })
        .collect();
    if numbers.len() > 1 {
        stated
    } else {
        (0..documents.len()).collect()
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
    passages: Vec<u32>,
}

/// Groups candidates (best first) by the passages they stand in.
fn merge(candidates: Vec<Candidate>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for Candidate { phrase, .. } in candidates {
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
    if common / all > SAME_PASSAGES || (shares_word && common / own > SAME_PASSAGES) {
        Some(Tie::Cue)
    } else if shares_word && common / own >= SAME_WORD {
        Some(Tie::Part)
    } else {
        None
    }
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
/// counts half for each of them: several topics a passage are normal, but none should repeat another.
fn choose(mut groups: Vec<Group>, limit: usize, min_gain: f32, read: usize) -> Vec<Group> {
    let mut covered: HashMap<u32, i32> = HashMap::new();
    let mut chosen: Vec<Group> = Vec::new();
    while chosen.len() < limit {
        let gain = |group: &Group| -> f32 {
            let worth = |passage| 0.5_f32.powi(covered.get(passage).copied().unwrap_or(0));
            group.passages.iter().map(worth).sum()
        };
        // A phrase says more than a word, so it may cover less.
        let rank = |group: &Group, gain: f32| quality(group.members[0], read) * gain;
        let best = groups
            .iter()
            .enumerate()
            .map(|(place, group)| (place, group, gain(group)))
            .filter(|(_, _, gain)| *gain >= min_gain)
            .map(|(place, group, gain)| (Reverse(place), rank(group, gain)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        let Some((Reverse(place), _)) = best else {
            break;
        };
        let group = groups.remove(place);
        for passage in &group.passages {
            *covered.entry(*passage).or_default() += 1;
        }
        chosen.push(group);
    }
    chosen
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
        .flat_map(|phrase| [Some(phrase.form()), phrase.acronym.as_deref()])
        .flatten()
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
