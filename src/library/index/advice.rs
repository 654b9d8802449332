//! What to try where nothing was found.
//!
//! Invariant: says only what was counted: a word is proposed because it is in the index, a filter because passages are found without it.

use super::Index;
use super::analyzer::Terms;
use super::searching::SearchError;
use crate::corpus::spelling;
use crate::library::query::{Filter, Literal, Query};
use crate::text::segment;
use std::collections::HashMap;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet as _, TERMINATED, TantivyError};

/// Words that are proposed for one.
const MOST_WORDS: usize = 3;
/// Stems that are looked at closely for one, each in this many texts.
const MOST_STEMS: usize = 8;
const MOST_TEXTS: usize = 12;
/// Words of the index that are looked at for one.
const MOST_LOOKED_AT: usize = 200_000;

/// What was searched, and what to try, a line each.
pub fn advice(index: &Index, query: &Query) -> Result<Vec<String>, SearchError> {
    let documents = index
        .catalogue()
        .entries
        .iter()
        .filter(|entry| entry.passages > 0)
        .count();
    let passages: usize = index
        .catalogue()
        .entries
        .iter()
        .map(|entry| entry.passages as usize)
        .sum();
    let mut lines = vec![format!(
        "nothing found in {} of {}",
        counted(passages, "passage"),
        counted(documents, "document")
    )];
    let mut literals = query.literals();
    // A word that may not be typed to its end is looked for as the start of one too.
    let words: Vec<&Literal> = literals.clone();
    literals.retain(|literal| {
        let Literal::Prefix(start) = literal else {
            return true;
        };
        !words.contains(&&Literal::Word(start.clone()))
    });
    let mut found_alone = Vec::new();
    for literal in &literals {
        let count = index.count(&Query::Text((*literal).clone()))?;
        let written = written(literal);
        if count > 0 {
            found_alone.push(format!("{written} in {}", counted(count, "passage")));
            continue;
        }
        let near = index.words_near(literal)?;
        lines.push(match near[..] {
            [] => format!("no passage has {written}"),
            _ => format!("no passage has {written}; there are: {}", near.join(", ")),
        });
    }
    if found_alone.len() > 1 && found_alone.len() == literals.len() {
        lines.push(format!(
            "each is found, but not together: {}; OR between them finds any",
            found_alone.join(", ")
        ));
    }
    lines.extend(without_filters(index, query)?);
    Ok(lines)
}

/// What is found when a filter is dropped.
fn without_filters(index: &Index, query: &Query) -> Result<Vec<String>, SearchError> {
    let mut lines = Vec::new();
    let filters: Vec<&Filter> = query.filters();
    for filter in &filters {
        let Some(rest) = query.without(filter) else {
            continue;
        };
        let count = index.count(&rest)?;
        if count > 0 {
            lines.push(format!(
                "without {}: {}",
                filter.written(),
                counted(count, "passage")
            ));
        }
    }
    let mut bare = Some(query.clone());
    for filter in &filters {
        bare = bare.and_then(|query| query.without(filter));
    }
    if let (true, Some(bare)) = (lines.is_empty() && filters.len() > 1, bare) {
        let count = index.count(&bare)?;
        if count > 0 {
            lines.push(format!(
                "without all of source, topic, voice and dates: {}",
                counted(count, "passage")
            ));
        }
    }
    Ok(lines)
}

fn written(literal: &Literal) -> String {
    match literal {
        Literal::Word(text) => format!("“{text}”"),
        Literal::Prefix(text) => format!("“{text}…”"),
        Literal::Phrase(text) => format!("“{text}” word for word"),
    }
}

fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// A term that is near to a word: in how many records, and some of these.
#[derive(Default)]
struct Near {
    records: u32,
    some: Vec<DocAddress>,
}

impl Index {
    /// Words of the index that are a slip or two away from a word, the most frequent first. A phrase has none: its words may all
    /// be there.
    fn words_near(&self, literal: &Literal) -> Result<Vec<String>, SearchError> {
        let (Literal::Word(text) | Literal::Prefix(text)) = literal else {
            return Ok(Vec::new());
        };
        let mut near: HashMap<String, u32> = HashMap::new();
        for terms in self.readings(text) {
            let word = terms.words;
            if word.contains('\n') {
                continue;
            }
            for (known, found) in self.terms_near(self.fields.words, &word)? {
                *near.entry(known).or_default() += found.records;
            }
            // Words that are their own stems stand among the stems, with some that are no words.
            let mut stems: Vec<(String, Near)> = self
                .terms_near(self.fields.text, &word)?
                .into_iter()
                .collect();
            stems.sort_by(|(a, of_a), (b, of_b)| {
                let by_records = of_b.records.cmp(&of_a.records);
                by_records.then_with(|| a.cmp(b))
            });
            for (stem, found) in stems.into_iter().take(MOST_STEMS) {
                if near.contains_key(&stem) || self.is_written_in(&stem, &found.some)? {
                    *near.entry(stem).or_default() += found.records;
                }
            }
        }
        let mut near: Vec<(String, u32)> = near.into_iter().collect();
        near.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
        near.truncate(MOST_WORDS);
        Ok(near.into_iter().map(|(word, _)| word).collect())
    }

    /// The terms of a field that are a slip or two away from a word.
    fn terms_near(&self, field: Field, word: &str) -> Result<HashMap<String, Near>, TantivyError> {
        let mut near: HashMap<String, Near> = HashMap::new();
        // Slips in the first letter are rare, and the whole dictionary is long.
        let Some(first) = word.chars().next() else {
            return Ok(near);
        };
        let start = first.to_string();
        for (segment, ordinal) in self.searcher.segment_readers().iter().zip(0..) {
            let inverted = segment.inverted_index(field)?;
            let terms = inverted.terms().range().ge(start.as_bytes());
            let mut terms = terms.into_stream()?;
            let mut looked_at = 0;
            while let Some((term, info)) = terms.next() {
                let term = std::str::from_utf8(term).ok();
                let Some(known) = term.filter(|known| known.starts_with(first)) else {
                    break;
                };
                looked_at += 1;
                if looked_at > MOST_LOOKED_AT {
                    break;
                }
                if !spelling::is_near(word, known) {
                    continue;
                }
                let found = near.entry(known.to_owned()).or_default();
                found.records += info.doc_freq;
                let basic = IndexRecordOption::Basic;
                let mut records = inverted.read_postings_from_terminfo(info, basic)?;
                while found.some.len() < MOST_TEXTS && records.doc() != TERMINATED {
                    // What was edited or has gone is still there until segments are put together.
                    if !segment.is_deleted(records.doc()) {
                        found.some.push(DocAddress::new(ordinal, records.doc()));
                    }
                    records.advance();
                }
            }
        }
        Ok(near)
    }

    /// Whether one of some records has a stem as a word of its own.
    fn is_written_in(&self, stem: &str, records: &[DocAddress]) -> Result<bool, TantivyError> {
        for record in records {
            let text = self.stored(*record)?;
            let mut words = segment::words(&text);
            let is_stem = |terms: &Terms| terms.words == stem && terms.stems == stem;
            if words.any(|(_, word)| self.readings(word).iter().any(is_stem)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
