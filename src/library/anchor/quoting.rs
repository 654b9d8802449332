//! Finding a quote in a document: exactly, or nearly, and by what stands around it.
//!
//! Invariant: a place is given only if no other fits about as well, and none that was another when the quote was made.

use super::nearness::{self, Folded, similarity};
use super::{CHARS_AN_ERROR, Finder, Lost, Quote, char_at, nth_char_from_end};

/// Characters kept before and after a quote.
pub(super) const AROUND_CHARS: usize = 32;
/// Words that were the only ones of their kind and still are need no surroundings when they are at least this many
/// characters: chance does not repeat them.
const TELLING_CHARS: usize = 24;
/// Fewer characters than this are found exactly or not at all.
const FUZZY_CHARS: usize = 20;
/// The surroundings must be alike by this much, from 0 to 1.
const ALIKE_AROUND: f32 = 0.6;
/// For words that stand in several places, both sides must be alike by this much.
const SAME_AROUND: f32 = 0.9;
/// The best place must fit better than the next by this much, from 0 to 1.
const MARGIN: f32 = 0.1;
/// Exact copies of a quote that are looked at in one document.
const MOST_COPIES: usize = 64;
/// Bytes that are searched for exact words in the time of one cell of the table of edit distances.
const BYTES_A_STEP: usize = 4;
/// In documents longer than this, quotes are found exactly or not at all.
const FUZZY_BYTES: usize = 8 << 20;

/// A place that may be the one.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    span: (usize, usize),
    /// How alike the words are, from 0 to 1.
    words: f32,
    /// How alike is what stands before it.
    before: f32,
    /// And after it.
    after: f32,
}

impl Candidate {
    fn fit(&self) -> f32 {
        f32::midpoint(self.words, self.around())
    }

    /// How alike the surroundings are. What stands on one side alone is much: a paragraph is often put in just before, or
    /// just after.
    fn around(&self) -> f32 {
        (2.0 * self.before.max(self.after) + self.before.min(self.after)) / 3.0
    }

    fn meets(&self, other: &Self) -> bool {
        self.span.0 < other.span.1 && other.span.0 < self.span.1
    }
}

impl Finder<'_> {
    /// A quote of a document's own words, and what else in it could be taken for them.
    pub(super) fn quote(&mut self, document: usize, start: usize, end: usize) -> Quote {
        let text = self.documents[document].text();
        let (prefix, suffix) = around(text, start, end);
        let mut quote = Quote {
            exact: text.get(start..end).unwrap_or_default().to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            copies: 0,
            rivals: 0,
            alike: 0,
        };
        let exact = exact_candidates(text, &quote);
        let others = |known: &&Candidate| known.span.0 != start;
        quote.copies = exact.len();
        quote.rivals = exact
            .iter()
            .filter(others)
            .filter(|copy| copy.around() >= ALIKE_AROUND)
            .count();
        // Further apart than what will be found: either may be changed towards the other.
        let copies: Vec<(usize, usize)> = exact.iter().map(|copy| copy.span).collect();
        let near = self.near_candidates(document, &quote, CHARS_AN_ERROR - 2, &copies);
        // What could not be counted is taken to be there.
        quote.alike = near.map_or(1, |near| near.len());
        quote
    }

    pub(super) fn find_quote(
        &mut self,
        document: usize,
        quote: &Quote,
    ) -> Result<(usize, usize), Lost> {
        let text = self.documents[document].text();
        self.spend(text.len() / BYTES_A_STEP)?;
        let mut candidates = exact_candidates(text, quote);
        let exact = candidates.len();
        self.spend(exact * 2 * AROUND_CHARS * AROUND_CHARS)?;
        // Of several copies one that has gone may have left its surroundings to another.
        let is_repeated = quote.copies > 1 || exact > 1;
        if is_repeated && exact < quote.copies && quote.rivals > 0 {
            return Err(Lost::Ambiguous);
        }
        // Where another passage had nearly the same words, nearly the same words prove nothing.
        if quote.alike == 0 {
            let copies: Vec<(usize, usize)> = candidates.iter().map(|copy| copy.span).collect();
            let near = self.near_candidates(document, quote, CHARS_AN_ERROR, &copies)?;
            candidates.extend(near);
        }
        candidates.sort_by(|one, other| {
            let by_fit = other.fit().total_cmp(&one.fit());
            by_fit.then(one.span.cmp(&other.span))
        });
        let best = candidates.first().ok_or(Lost::Words)?;
        if let Some(next) = candidates.get(1)
            && best.fit() - next.fit() < MARGIN
        {
            return Err(Lost::Ambiguous);
        }
        let is_exact = best.words >= 1.0;
        // The very words in one place, and nearly the words where the surroundings are: a passage was moved and another came to be
        // like it, or it was changed and its words were put in elsewhere. Nothing tells which.
        if exact > 0 && !is_exact {
            return Err(Lost::Ambiguous);
        }
        // The only one of its words, then and now, needs nothing around it: it may have been moved.
        let telling = is_exact && !is_repeated && is_telling(quote);
        let both_sides = best.before.min(best.after);
        let in_its_place = match (is_exact, is_repeated, is_telling(quote)) {
            // A word or two that stands in several places tells nothing by itself: only what has not changed around it does.
            (true, true, false) => both_sides >= 1.0,
            (true, true, true) => both_sides >= SAME_AROUND,
            (_, _, false) => both_sides >= ALIKE_AROUND,
            (_, _, true) => best.around() >= ALIKE_AROUND,
        };
        match (telling || in_its_place, is_exact) {
            (true, _) => Ok(best.span),
            (false, true) => Err(Lost::Ambiguous),
            (false, false) => Err(Lost::Words),
        }
    }

    /// Places beside its `copies` with nearly the words of a quote: one in `chars_an_error` characters wrong at most.
    fn near_candidates(
        &mut self,
        document: usize,
        quote: &Quote,
        chars_an_error: usize,
        copies: &[(usize, usize)],
    ) -> Result<Vec<Candidate>, Lost> {
        let text = self.documents[document].text();
        if text.len() > FUZZY_BYTES || char_at(&quote.exact, FUZZY_CHARS - 1).is_none() {
            return Ok(Vec::new());
        }
        let length = Folded::new(&quote.exact).len().max(1);
        let around = Around::new(quote);
        let mut found: Vec<Candidate> = Vec::new();
        let windows = self.shingles(document).windows(text, &quote.exact);
        for window in windows
            .into_iter()
            .flat_map(|window| without(window, copies))
        {
            let most_errors = length / chars_an_error;
            self.spend((window.1 - window.0) * (most_errors + 1))?;
            let nearest = nearness::nearest(text, window, &quote.exact, most_errors);
            let Some((span, errors)) = nearest else {
                continue;
            };
            let near = around.candidate(text, span, 1.0 - errors as f32 / length as f32);
            match found.iter_mut().find(|known| known.meets(&near)) {
                Some(known) if known.words >= near.words => {}
                Some(known) => *known = near,
                None => found.push(near),
            }
        }
        Ok(found)
    }
}

/// What of a window lies outside some spans, which are in order.
fn without(window: (usize, usize), spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut left = Vec::new();
    let mut from = window.0;
    for (start, end) in spans {
        if *end > from && *start < window.1 {
            left.push((from, *start));
            from = *end;
        }
    }
    left.push((from, window.1));
    left.retain(|(start, end)| start < end);
    left
}

/// Whether chance does not repeat the words.
pub(super) fn is_telling(quote: &Quote) -> bool {
    char_at(&quote.exact, TELLING_CHARS - 1).is_some()
}

fn exact_candidates(text: &str, quote: &Quote) -> Vec<Candidate> {
    if quote.exact.is_empty() {
        return Vec::new();
    }
    let around = Around::new(quote);
    memchr::memmem::find_iter(text.as_bytes(), &quote.exact)
        .take(MOST_COPIES)
        .map(|start| around.candidate(text, (start, start + quote.exact.len()), 1.0))
        .collect()
}

/// What stood around a quote, ready to be compared.
struct Around {
    before: Folded,
    after: Folded,
}

impl Around {
    fn new(quote: &Quote) -> Self {
        Self {
            before: Folded::new(&quote.prefix),
            after: Folded::new(&quote.suffix),
        }
    }

    fn candidate(&self, text: &str, span: (usize, usize), words: f32) -> Candidate {
        let (before, after) = around(text, span.0, span.1);
        Candidate {
            span,
            words,
            before: similarity(&self.before, &Folded::new(before)),
            after: similarity(&self.after, &Folded::new(after)),
        }
    }
}

/// The characters before and after a span.
fn around(text: &str, start: usize, end: usize) -> (&str, &str) {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let from = nth_char_from_end(before, AROUND_CHARS);
    let to = char_at(after, AROUND_CHARS).unwrap_or(after.len());
    (
        before.get(from..).unwrap_or_default(),
        after.get(..to).unwrap_or_default(),
    )
}
