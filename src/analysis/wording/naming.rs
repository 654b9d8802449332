//! What each side calls the same thing: how often it uses each of some rival names.
//!
//! Invariant: names are found as cues are, in any form of their words; of overlapping names of one thing the longest
//! counts.

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
                naming.terms[found.cue as usize].sides[side].push(place);
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
