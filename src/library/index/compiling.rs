//! A query as the engine takes it.
//!
//! A word is looked for by its stem in every language that the corpus has texts in. Filters weigh nothing: they say which passages are
//! meant, not how well they fit. Invariant: a filter that names nothing is told, with what there is.

use super::Index;
use super::analyzer::Terms;
use super::catalogue::Catalogue;
use super::excluding::Excluded;
use super::fields::DOCUMENT;
use super::searching::SearchError;
use super::writing::days;
use crate::corpus::{Date, Topic};
use crate::library::query::{Filter, Literal, Query};
use foldhash::HashSet;
use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Occur, PhraseQuery, Query as Compiled, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term};

/// Names that a message lists.
const LISTED_NAMES: usize = 12;

impl Index {
    /// A query, for the engine.
    pub(super) fn compile(&self, query: &Query) -> Result<Box<dyn Compiled>, SearchError> {
        Ok(match query {
            Query::Text(literal) => self.literal(self.fields.text, literal),
            Query::Title(literal) => self.in_titles(literal)?,
            Query::Filter(filter) => {
                Box::new(ConstScoreQuery::new(self.filter(filter)?, 0.0)) as Box<dyn Compiled>
            }
            Query::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, everything()),
                (Occur::MustNot, self.excluded(inner)?),
            ])),
            Query::Any(parts) => {
                let parts: Result<Vec<_>, _> =
                    parts.iter().map(|part| self.compile(part)).collect();
                Box::new(BooleanQuery::union(parts?))
            }
            Query::All(parts) => {
                let clause = |part: &Query| match part {
                    Query::Not(inner) => Ok((Occur::MustNot, self.excluded(inner)?)),
                    other => Ok((Occur::Must, self.compile(other)?)),
                };
                let mut clauses: Vec<(Occur, Box<dyn Compiled>)> = parts
                    .iter()
                    .map(clause)
                    .collect::<Result<_, SearchError>>(
                )?;
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, everything()));
                }
                Box::new(BooleanQuery::new(clauses))
            }
        })
    }

    /// The passages of documents in whose titles something is found, none before another.
    fn in_titles(&self, literal: &Literal) -> Result<Box<dyn Compiled>, SearchError> {
        let titles = self.literal(self.fields.title, literal);
        let serials = self.searcher.search(&*titles, &Serials)?;
        if serials.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        let of_title = move |segment: &SegmentReader| {
            let (serials, of) = (serials.clone(), segment.fast_fields().u64(DOCUMENT)?);
            Ok(move |record| {
                of.first(record)
                    .is_some_and(|serial| serials.contains(&serial))
            })
        };
        let passages = DocPredicateQuery::from(FunctionPredicate::from(of_title));
        Ok(Box::new(ConstScoreQuery::new(Box::new(passages), 1.0)))
    }

    fn excluded(&self, query: &Query) -> Result<Box<dyn Compiled>, SearchError> {
        Ok(Box::new(Excluded(self.compile(query)?)))
    }

    fn literal(&self, field: Field, literal: &Literal) -> Box<dyn Compiled> {
        let mut readings: Vec<Box<dyn Compiled>> = Vec::new();
        match literal {
            Literal::Word(text) | Literal::Phrase(text) => {
                for terms in self.readings(text) {
                    readings.extend(self.in_a_row(field, &terms));
                }
            }
            Literal::Prefix(text) => {
                for terms in self.readings(text) {
                    readings.extend(self.starting(field, &terms));
                }
            }
        }
        match readings.len() {
            0 => Box::new(EmptyQuery),
            1 => readings.remove(0),
            _ => Box::new(DisjunctionMaxQuery::new(readings)),
        }
    }

    /// A text cut up in each of the languages of the corpus, each reading once.
    pub(super) fn readings(&self, text: &str) -> Vec<Terms> {
        let mut analyzer = self.analyzer();
        let mut found: Vec<Terms> = Vec::new();
        let languages = self.catalogue.languages();
        let none = [self.catalogue.language.clone()];
        let languages = if languages.is_empty() {
            &none
        } else {
            languages
        };
        for language in languages {
            let terms = analyzer.analyze(text, language);
            if !terms.stems.is_empty() && found.iter().all(|known| known.stems != terms.stems) {
                found.push(terms);
            }
        }
        found
    }

    /// Terms next to each other.
    fn in_a_row(&self, field: Field, terms: &Terms) -> Option<Box<dyn Compiled>> {
        let stems: Vec<&str> = terms.stems.split('\n').collect();
        match stems[..] {
            [] => None,
            [only] => {
                let of = |field: Field, option| -> Box<dyn Compiled> {
                    Box::new(TermQuery::new(Term::from_field_text(field, only), option))
                };
                let found = of(field, IndexRecordOption::WithFreqs);
                // A character of a script without spaces stands in pairs, and by itself among the words.
                let is_character =
                    only.chars().count() == 1 && !only.is_ascii() && terms.words == only;
                if !is_character || field != self.fields.text {
                    return Some(found);
                }
                let alone = of(self.fields.words, IndexRecordOption::Basic);
                Some(Box::new(DisjunctionMaxQuery::new(vec![alone, found])))
            }
            _ => {
                let terms = stems.iter().map(|stem| Term::from_field_text(field, stem));
                Some(Box::new(PhraseQuery::new(terms.collect())))
            }
        }
    }

    /// Words of which the last may go on.
    fn starting(&self, field: Field, terms: &Terms) -> Option<Box<dyn Compiled>> {
        let words: Vec<&str> = terms.words.split('\n').collect();
        let (last, before) = words.split_last()?;
        let stems: Vec<&str> = terms.stems.split('\n').collect();
        if stems.len() != words.len() {
            // A script without spaces: its pairs are there as they are.
            return self.in_a_row(field, terms);
        }
        let mut clauses: Vec<Box<dyn Compiled>> = before
            .iter()
            .zip(&stems)
            .map(|(_, stem)| {
                let term = Term::from_field_text(field, stem);
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Compiled>
            })
            .collect();
        let starts = |field: Field| -> Box<dyn Compiled> {
            let start = Term::from_field_text(field, last);
            Box::new(FuzzyTermQuery::new_prefix(start, 0, true))
        };
        clauses.push(if field == self.fields.text {
            // Who is his own stem stands among the stems alone.
            let of = [self.fields.words, field].map(starts);
            Box::new(DisjunctionMaxQuery::new(of.into()))
        } else {
            starts(field)
        });
        Some(match clauses.len() {
            1 => clauses.remove(0),
            _ => Box::new(BooleanQuery::intersection(clauses)),
        })
    }

    fn filter(&self, filter: &Filter) -> Result<Box<dyn Compiled>, SearchError> {
        let catalogue = &self.catalogue;
        let set = |field: Field, numbers: Vec<usize>| -> Box<dyn Compiled> {
            let terms = numbers
                .into_iter()
                .map(|number| Term::from_field_u64(field, number as u64));
            Box::new(TermSetQuery::new(terms))
        };
        Ok(match filter {
            Filter::Source(wanted) => set(self.fields.source, sources(catalogue, wanted)?),
            Filter::Topic(wanted) => set(self.fields.topic, topics(&catalogue.topics, wanted)?),
            Filter::Voice(wanted) => set(self.fields.voice, voices(catalogue, wanted)?),
            Filter::Document(id) => {
                let serial = self.serial_of(id);
                let serial = serial.ok_or_else(|| {
                    SearchError::Filter(format!("there is no document “{id}” in the index"))
                })?;
                set(self.fields.document, vec![serial as usize])
            }
            Filter::Since(date) => self.since(*date),
            Filter::Until(date) => self.until(*date),
        })
    }

    fn since(&self, date: Date) -> Box<dyn Compiled> {
        let first = Term::from_field_u64(self.fields.last_day, days(date).0);
        Box::new(RangeQuery::new(Bound::Included(first), Bound::Unbounded))
    }

    fn until(&self, date: Date) -> Box<dyn Compiled> {
        let last = Term::from_field_u64(self.fields.first_day, days(date).1);
        Box::new(RangeQuery::new(Bound::Unbounded, Bound::Included(last)))
    }
}

/// Which documents the records are of that are found.
struct Serials;

struct SerialsOfSegment {
    of: Column<u64>,
    found: HashSet<u64>,
}

impl Collector for Serials {
    type Fruit = Arc<HashSet<u64>>;
    type Child = SerialsOfSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SerialsOfSegment> {
        Ok(SerialsOfSegment {
            of: segment.fast_fields().u64(DOCUMENT)?,
            found: HashSet::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, of_segments: Vec<HashSet<u64>>) -> tantivy::Result<Self::Fruit> {
        Ok(Arc::new(of_segments.into_iter().flatten().collect()))
    }
}

impl SegmentCollector for SerialsOfSegment {
    type Fruit = HashSet<u64>;

    fn collect(&mut self, record: DocId, _: Score) {
        self.found.extend(self.of.first(record));
    }

    fn harvest(self) -> HashSet<u64> {
        self.found
    }
}

fn everything() -> Box<dyn Compiled> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}

/// The numbers of the sources that are meant.
fn sources(catalogue: &Catalogue, wanted: &str) -> Result<Vec<usize>, SearchError> {
    let numbered = catalogue.sources().iter().zip(0..);
    let names: Vec<[String; 2]> = numbered
        .map(|(id, number)| [id.clone(), catalogue.source_title(number).to_owned()])
        .collect();
    meant("source", &names, wanted)
}

/// The numbers of the topics that are meant.
fn topics(topics: &[Topic], wanted: &str) -> Result<Vec<usize>, SearchError> {
    let by_key = |topic: &Topic| topic.key.is_some_and(|key| wanted == key.to_string());
    if let Some(at) = topics.iter().position(by_key) {
        return Ok(vec![at]);
    }
    let names = topics
        .iter()
        .map(|topic| [topic.id.to_string(), topic.title.clone()]);
    meant("topic", &names.collect::<Vec<_>>(), wanted)
}

/// The numbers of the voices that are meant.
fn voices(catalogue: &Catalogue, wanted: &str) -> Result<Vec<usize>, SearchError> {
    let names = catalogue
        .voices()
        .iter()
        .map(|name| [name.clone(), String::new()]);
    meant("voice", &names.collect::<Vec<_>>(), wanted)
}

/// The places of the names that are equal to what is wanted but for capitals, or else hold it.
fn meant(what: &str, names: &[[String; 2]], wanted: &str) -> Result<Vec<usize>, SearchError> {
    let wanted_folded = wanted.to_lowercase();
    let places = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let of = names.iter().enumerate();
        of.filter(|(_, names)| names.iter().any(|name| is(&name.to_lowercase())))
            .map(|(at, _)| at)
            .collect()
    };
    let exact = places(&|name| name == wanted_folded);
    if !exact.is_empty() {
        return Ok(exact);
    }
    let parts = places(&|name| name.contains(&wanted_folded));
    if !parts.is_empty() && !wanted.is_empty() {
        return Ok(parts);
    }
    let known: BTreeSet<&str> = names.iter().map(|[name, _]| name.as_str()).collect();
    let listed: Vec<&str> = known.iter().take(LISTED_NAMES).copied().collect();
    let there = match known.len() {
        0 => format!("this corpus has no {what}s"),
        count if count > listed.len() => format!(
            "there are {}, and {} more",
            listed.join(", "),
            count - listed.len()
        ),
        _ => format!("there are {}", listed.join(", ")),
    };
    Err(SearchError::Filter(format!(
        "no {what} “{wanted}”; {there}"
    )))
}
