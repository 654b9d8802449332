//! What each side calls the same thing: how often it uses each of some rival names.
//!
//! Invariant: names are found as cues are, in any form of their words, but no word made of another: "protests" are not "protesters",
//! though their stem is one; of overlapping names of one thing the longest counts.

use super::Place;
use crate::analysis::cues::{CueFinder, Remembered};
use crate::corpus::{Document, Naming, PassageId, Topic};
use foldhash::{HashMap, HashMapExt};

/// How often each of some rival names is used.
#[derive(Clone, Debug, PartialEq)]
pub struct NamingCounts {
    /// Index of the group in those given.
    pub naming: usize,
    /// Its names in their order; names that nobody uses among them.
    pub terms: Vec<TermCounts>,
}

/// How often a name is used.
#[derive(Clone, Debug, PartialEq)]
pub struct TermCounts {
    /// The name as given.
    pub term: String,
    /// Where it stands on each side, in reading order, the sides in the order given.
    pub sides: Vec<Vec<Place>>,
}

/// English endings that make one word of another: who does it, the doing, the belief in it.
const MADE_WITH: [&str; 14] = [
    "er", "or", "ment", "ion", "ation", "ist", "ism", "al", "ive", "ant", "ent", "ness", "able",
    "ship",
];

/// Whether words that have the stems of a name are a form of it, and none is made of one of its words or the other way round.
fn is_form_of(words: &str, name: &str) -> bool {
    let mut pairs = words.split_whitespace().zip(name.split_whitespace());
    pairs.all(|(word, of)| {
        let (word, of) = (inflected(word), inflected(of));
        let made = |short: &str, long: &str| {
            let rest = long.strip_prefix(short);
            rest.is_some_and(|rest| MADE_WITH.contains(&rest))
        };
        !made(&word, &of) && !made(&of, &word)
    })
}

/// Whether two phrases have as many words, each beginning like its partner.
fn shares_stems(words: &str, name: &str) -> bool {
    /// Characters that words of one stem have in common at least.
    const BEGINNING: usize = 3;
    let begins_alike = |(word, of): (&str, &str)| {
        let alike = word.chars().zip(of.chars());
        let alike = alike.take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()));
        alike.count() >= BEGINNING
    };
    words.split_whitespace().count() == name.split_whitespace().count()
        && words
            .split_whitespace()
            .zip(name.split_whitespace())
            .all(begins_alike)
}

/// A word in small letters without what only bends it: "protests", "protested", "protester's".
fn inflected(word: &str) -> String {
    let small = word.to_lowercase();
    let bare = small.trim_end_matches(['\'', '’']);
    let bare = ["'s", "’s"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .unwrap_or(bare);
    let base = ["ing", "ed", "s"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .filter(|base| base.chars().count() > 2);
    base.unwrap_or(bare).trim_end_matches('e').to_owned()
}

/// Counts the names of `namings` in the passages of any number of sides. Groups of which no name is used are left out.
pub fn count(
    documents: &[Document],
    language: &str,
    namings: &[Naming],
    sides: &[&[PassageId]],
) -> Vec<NamingCounts> {
    if namings.is_empty() {
        return Vec::new();
    }
    let as_topics: Vec<Topic> = namings
        .iter()
        .map(|naming| Topic {
            cues: naming.terms.clone(),
            ..Topic::default()
        })
        .collect();
    let mut finders: HashMap<&str, (CueFinder, Remembered)> = HashMap::new();
    let mut counts: Vec<NamingCounts> = namings
        .iter()
        .enumerate()
        .map(|(at, naming)| NamingCounts {
            naming: at,
            terms: naming
                .terms
                .iter()
                .map(|term| TermCounts {
                    term: term.clone(),
                    sides: vec![Vec::new(); sides.len()],
                })
                .collect(),
        })
        .collect();
    for (side, passages) in sides.iter().enumerate() {
        for id in *passages {
            let Some(document) = documents.get(id.document) else {
                continue;
            };
            let passage = document
                .passage(id.passage)
                .filter(|passage| passage.kind().is_prose());
            let Some(passage) = passage else { continue };
            let language = match document.meta.language.as_str() {
                "" => language,
                stated => stated,
            };
            let (finder, remembered) = finders
                .entry(language)
                .or_insert_with(|| (CueFinder::new(&as_topics, language), Remembered::default()));
            for found in finder.find(passage.text(), remembered) {
                let place = Place {
                    passage: *id,
                    span: found.span,
                };
                let naming = &mut counts[found.topic as usize];
                let words = found.span.of(passage.text());
                // Elsewhere such endings bend words too: "Kinder".
                let is_english = language.is_empty() || language.starts_with("en");
                let names = |term: &TermCounts| !is_english || is_form_of(words, &term.term);
                let at = found.cue as usize;
                let term = if names(&naming.terms[at]) {
                    Some(at)
                } else {
                    // Another name of the group may have the same stem and be the word.
                    let fits = |term: &TermCounts| shares_stems(words, &term.term) && names(term);
                    naming.terms.iter().position(fits)
                };
                if let Some(term) = term {
                    naming.terms[term].sides[side].push(place);
                }
            }
        }
    }
    counts.retain(|naming| {
        naming
            .terms
            .iter()
            .any(|term| term.sides.iter().any(|side| !side.is_empty()))
    });
    counts
}
