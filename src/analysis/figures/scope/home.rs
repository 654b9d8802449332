//! What a document tells of: its own time, and the names it speaks of most.
//!
//! Invariant: made of the document alone; reading is bounded.

use super::super::words::{Lexicon, MONTH, WEEKDAY};
use crate::corpus::Document;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of a document that are read for it.
const BYTES: usize = 1 << 20;

/// A name that stands in so many passages is the document's own.
const PASSAGES: usize = 2;

/// One in so many passages.
const SHARE: usize = 12;

/// Letters of the shortest name that another one may be made of.
const LETTERS: usize = 4;

/// How many passages open a document.
const LEAD: usize = 1;

/// So much of a passage opens it.
const LEAD_BYTES: usize = 2048;

/// From how many months before the document on something is another time.
const MONTHS: i32 = 6;

/// What a document tells of.
#[derive(Clone, Debug, Default)]
pub struct Home {
    /// Its year and month.
    date: Option<(i32, Option<i32>)>,
    /// Its years, where it has no date.
    years: BTreeSet<i32>,
    /// Its names, in small letters.
    names: BTreeSet<String>,
}

impl Home {
    /// Reads a document.
    pub fn of(document: &Document, lexicon: &Lexicon) -> Self {
        let date = document.meta.date;
        let mut home = Self {
            date: date.map(|date| (i32::from(date.year), date.month.map(i32::from))),
            ..Self::default()
        };
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut read = 0;
        let mut passages = 0;
        home.take(&document.meta.title, lexicon);
        // Outlets are named for where they are.
        for word in words(document.meta.source.as_str()) {
            home.names.insert(word.to_lowercase());
        }
        for passage in document
            .passages()
            .filter(|passage| passage.kind().is_prose())
        {
            let text = passage.text();
            read += text.len();
            if read > BYTES {
                break;
            }
            if passages < LEAD {
                let end = crate::text::char_boundary_at_or_before(text, LEAD_BYTES);
                let lead = text.get(..end).unwrap_or_default();
                let first = crate::text::segment::sentences(lead);
                home.take(first.first().map_or("", |first| first.of(lead)), lexicon);
            }
            passages += 1;
            let mut seen = BTreeSet::new();
            for word in words(text) {
                if let Some(year) = year(word) {
                    *years.entry(year).or_default() += 1;
                } else if is_name(word, lexicon) {
                    seen.insert(word.to_lowercase());
                }
            }
            for name in seen {
                *names.entry(name).or_default() += 1;
            }
        }
        let often = PASSAGES.max(passages / SHARE);
        home.names.extend(
            names
                .into_iter()
                .filter(|(_, count)| *count >= often)
                .map(|(name, _)| name),
        );
        let most = years
            .into_iter()
            .max_by_key(|(year, count)| (*count, *year));
        if home.date.is_none()
            && let Some((year, count)) = most
            && count > 1
        {
            home.years.insert(year);
        }
        home
    }

    /// Takes the names and years of what opens a document.
    fn take(&mut self, text: &str, lexicon: &Lexicon) {
        for word in words(text) {
            if let Some(year) = year(word) {
                self.years.insert(year);
            } else if is_name(word, lexicon) {
                self.names.insert(word.to_lowercase());
            }
        }
    }

    /// Whether a name is the document's own, or one made of it: a land by the name of its people.
    pub fn has(&self, name: &str) -> bool {
        let long = |name: &str| name.chars().count() >= LETTERS;
        self.names.contains(name)
            || long(name)
                && self
                    .names
                    .range(name.to_owned()..)
                    .next()
                    .is_some_and(|own| own.starts_with(name))
            || self
                .names
                .range(..name.to_owned())
                .next_back()
                .is_some_and(|own| long(own) && name.starts_with(own.as_str()))
    }

    /// Whether years, or a month without a year, are another time than the document's.
    pub fn is_another_time(&self, years: &BTreeSet<i32>, months: &BTreeSet<i32>) -> bool {
        let Some((year, month)) = self.date else {
            return !years.is_empty() && years.is_disjoint(&self.years);
        };
        if years.is_empty() {
            // "in June", written in January: the one half a year ago and more.
            return month.is_some_and(|now| {
                !months.is_empty()
                    && months
                        .iter()
                        .all(|month| (now - month).rem_euclid(12) > MONTHS)
            });
        }
        let is_near = |then: &i32| match (month, months.is_empty()) {
            (Some(now), false) => months.iter().any(|month| {
                let back = (year * 12 + now) - (then * 12 + month);
                (-12..=MONTHS).contains(&back)
            }),
            (None, false) | (_, true) => *then == year,
        };
        !years.iter().any(is_near)
    }

    /// The year of the document.
    pub fn year(&self) -> Option<i32> {
        self.date.map(|(year, _)| year)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn is_name(word: &str, lexicon: &Lexicon) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && lexicon.entry(&word.to_lowercase()).roles & (MONTH | WEEKDAY) == 0
}

/// A year by its four digits.
pub fn year(word: &str) -> Option<i32> {
    let is_four = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_four
        .then(|| word.parse().ok())
        .flatten()
        .filter(|year| (1500..2200).contains(year))
}
