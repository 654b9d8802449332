//! What each side's words are: the words that one of two perspectives uses more than the other, those that it alone uses, and
//! what each calls the same thing.
//!
//! Log-odds with an informative Dirichlet prior (B. Monroe, M. Colaresi, K. Quinn, Fightin' Words, Political Analysis 16,
//! 2008) over the whole corpus, and exact binomial chances for words of one side only. Invariant: counts are of the
//! passages given and nothing else; every word comes with each place where it stands; so few are listed that chance alone
//! would list less than one ([`significance::EXPECTED_BY_CHANCE`]). It describes these texts and proves nothing.

pub mod naming;
pub mod significance;
mod tally;

pub use tally::Background;

use crate::corpus::{Document, PassageId};
use crate::text::ByteSpan;
use significance::{Cutoff, Observed, log_odds, only_here};
use tally::{Counted, Tally};

/// Of terms that are found, the strongest are weighed against each other; of hundreds, few would be shown.
const MOST_WEIGHED: usize = 200;

/// The weight of the prior, in words. A flat prior fails at the length of articles; 500 is what METHODS of this project gives.
pub const PRIOR_WORDS: f64 = 500.0;
/// Terms that stand less often, on both sides together, are not looked at.
const FEWEST: usize = 3;
/// The most terms in a list.
const MOST_LISTED: usize = 12;
/// A word is left out where so much of it stands in a listed pair of words.
const TAKEN_BY_A_PAIR: f64 = 0.8;

/// What a list of words does and does not show, in one line for the reader.
pub const WHAT_IT_SHOWS: &str = "These are counts in these texts: they show which words each side chose, not why, and prove nothing.";

/// A chance as a reader says it: `1 in 250`.
pub fn chance(p: f64) -> String {
    if p <= 1e-6 {
        "less than 1 in a million".to_owned()
    } else {
        format!("1 in {:.0}", 1.0 / p)
    }
}

/// Where a term stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The passage.
    pub passage: PassageId,
    /// Its bytes there.
    pub span: ByteSpan,
}

/// A word, or two that follow each other, that one side uses more.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// As it mostly stands on this side.
    pub text: String,
    /// How often on this side.
    pub count: usize,
    /// How often on the other.
    pub other_count: usize,
    /// How far from what chance gives, in standard deviations; above 1.96.
    pub z: f64,
    /// In how many documents of this side.
    pub documents: usize,
    /// Where it stands on this side, in reading order.
    pub places: Vec<Place>,
    /// Where it stands on the other.
    pub other_places: Vec<Place>,
}

/// A word that stands on one side only.
#[derive(Clone, Debug, PartialEq)]
pub struct OnlyHere {
    /// As it mostly stands.
    pub text: String,
    /// How often.
    pub count: usize,
    /// The chance that all of them fall on this side, if both sides used it alike: exact, binomial.
    pub p: f64,
    /// In how many documents.
    pub documents: usize,
    /// Where it stands.
    pub places: Vec<Place>,
}

/// What is counted besides words that are no names and stand in no quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Included {
    /// Names of people, places and outlets, as far as the writing tells them.
    pub names: bool,
    /// Words inside quotation marks.
    pub quoted: bool,
}

/// What is compared.
pub struct Question<'a> {
    /// All documents.
    pub documents: &'a [Document],
    /// The language of documents that state none (ISO 639-1).
    pub language: &'a str,
    /// The passages of the left perspective, in reading order.
    pub left: &'a [PassageId],
    /// Those of the right one.
    pub right: &'a [PassageId],
    /// What is counted besides.
    pub included: Included,
    /// The quoted spans of a text in a language, in order.
    pub quoted: &'a dyn Fn(&str, &str) -> Vec<ByteSpan>,
}

/// The words of two sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wording {
    /// What the left side uses more, the clearest first.
    pub left: Vec<Term>,
    /// What the right side uses more.
    pub right: Vec<Term>,
    /// What the left side alone uses.
    pub only_left: Vec<OnlyHere>,
    /// What the right side alone uses.
    pub only_right: Vec<OnlyHere>,
    /// How many words were counted on the left and on the right.
    pub words: [usize; 2],
}

/// Compares the words of two sides. `background` is how frequent each word is in general; without it the two sides stand
/// for that.
pub fn wording(question: &Question<'_>, background: Option<&Background>) -> Wording {
    let [left, right] = tally::sides(question);
    let own;
    let background = if let Some(background) = background {
        background
    } else {
        own = Background::of_tallies(&left, &right);
        &own
    };
    let observed = observed(&left, &right, background);
    let more = Cutoff::of_log_odds(&observed);
    let only = Cutoff::of_only_here(&observed);
    let mut wording = Wording {
        words: [left.words, right.words],
        ..Wording::default()
    };
    for seen in &observed {
        let (one, other) = (left.counted(seen.key), right.counted(seen.key));
        let z = log_odds(&seen.counts).1;
        match (one, other) {
            (Some(one), None) if only.admits(seen) => wording.only_left.push(alone(one, seen)),
            (None, Some(other)) if only.admits(seen) => wording.only_right.push(alone(other, seen)),
            _ if !more.admits(seen) => {}
            (Some(one), other) if z > 0.0 => wording.left.push(term(one, other, z)),
            (one, Some(other)) if z < 0.0 => wording.right.push(term(other, one, -z)),
            _ => {}
        }
    }
    for list in [&mut wording.left, &mut wording.right] {
        list.sort_by(|one, other| {
            let z = other.z.total_cmp(&one.z);
            z.then(other.count.cmp(&one.count))
                .then(one.text.cmp(&other.text))
        });
    }
    for list in [&mut wording.only_left, &mut wording.only_right] {
        list.sort_by(|one, other| one.p.total_cmp(&other.p).then(one.text.cmp(&other.text)));
    }
    drop_parts(&mut wording);
    wording
}

fn observed<'t>(left: &'t Tally, right: &'t Tally, background: &Background) -> Vec<Observed<'t>> {
    // Summed up once, not once a term.
    let spreads = [left, right].map(|tally| [false, true].map(|pairs| tally.spread(pairs)));
    let keys = left
        .keys()
        .chain(right.keys().filter(|key| left.counted(key).is_none()));
    let mut observed: Vec<Observed<'t>> = keys
        .filter_map(|key| {
            let (one, other) = (left.counted(key), right.counted(key));
            let count =
                |counted: Option<&Counted>| counted.map_or(0, |counted| counted.places.len());
            let spread = |counted: Option<&Counted>| counted.map_or(0, Counted::passages);
            let is_pair = tally::is_pair(key);
            let total = |tally: &Tally| if is_pair { tally.pairs } else { tally.words };
            let [left_spread, right_spread] = spreads.map(|of| of[usize::from(is_pair)]);
            if count(one) + count(other) < FEWEST || spread(one) + spread(other) < 2 {
                return None;
            }
            let share = background.share(key);
            Some(Observed {
                key,
                counts: significance::Counts {
                    left: count(one),
                    right: count(other),
                    left_words: total(left),
                    right_words: total(right),
                    share,
                },
                spread: significance::Counts {
                    left: spread(one),
                    right: spread(other),
                    left_words: left_spread,
                    right_words: right_spread,
                    share,
                },
            })
        })
        .collect();
    observed.sort_by(|one, other| one.key.cmp(other.key));
    observed
}

fn term(own: &Counted, other: Option<&Counted>, z: f64) -> Term {
    Term {
        text: own.form(),
        count: own.places.len(),
        other_count: other.map_or(0, |other| other.places.len()),
        z,
        documents: own.documents(),
        places: own.places.clone(),
        other_places: other.map_or_else(Vec::new, |other| other.places.clone()),
    }
}

fn alone(own: &Counted, seen: &Observed<'_>) -> OnlyHere {
    OnlyHere {
        text: own.form(),
        count: own.places.len(),
        p: only_here(&seen.counts),
        documents: own.documents(),
        places: own.places.clone(),
    }
}

/// Shows a word or the pair it stands in, not both; and no more than a reader looks at.
fn drop_parts(wording: &mut Wording) {
    wording.left.truncate(MOST_WEIGHED);
    wording.right.truncate(MOST_WEIGHED);
    wording.only_left.truncate(MOST_WEIGHED);
    wording.only_right.truncate(MOST_WEIGHED);
    let mut lists = [
        places_of(&wording.left, |term| &term.places),
        places_of(&wording.right, |term| &term.places),
        places_of(&wording.only_left, |term| &term.places),
        places_of(&wording.only_right, |term| &term.places),
    ]
    .map(|places| redundant(&places).into_iter());
    let [left, right, only_left, only_right] = &mut lists;
    wording.left.retain(|_| !left.next().unwrap_or(false));
    wording.right.retain(|_| !right.next().unwrap_or(false));
    wording
        .only_left
        .retain(|_| !only_left.next().unwrap_or(false));
    wording
        .only_right
        .retain(|_| !only_right.next().unwrap_or(false));
    wording.left.truncate(MOST_LISTED);
    wording.right.truncate(MOST_LISTED);
    wording.only_left.truncate(MOST_LISTED);
    wording.only_right.truncate(MOST_LISTED);
}

fn places_of<T>(terms: &[T], places: impl Fn(&T) -> &Vec<Place>) -> Vec<Vec<Place>> {
    terms.iter().map(|term| places(term).clone()).collect()
}

/// Which terms are said by another: a word most of whose places lie in those of a pair, or a pair that adds little to
/// its words.
fn redundant(terms: &[Vec<Place>]) -> Vec<bool> {
    let inside = |inner: &Place, outer: &Place| {
        inner.passage == outer.passage
            && inner.span.start >= outer.span.start
            && inner.span.end <= outer.span.end
    };
    let is_part = |word: &[Place], pair: &[Place]| {
        let within = word.iter().filter(|place| {
            // Places are in reading order, and a pair that holds a word starts at it or shortly before.
            let from = pair.partition_point(|outer| {
                (outer.passage, outer.span.end) < (place.passage, place.span.end)
            });
            pair.get(from).is_some_and(|outer| inside(place, outer))
        });
        within.count()
    };
    (0..terms.len())
        .map(|at| {
            (0..terms.len()).filter(|other| *other != at).any(|other| {
                let (own, its) = (&terms[at], &terms[other]);
                let as_word = is_part(own, its) as f64 >= TAKEN_BY_A_PAIR * own.len() as f64;
                // As a pair: the word is frequent without it as well, and is shown instead.
                let words_inside = is_part(its, own);
                let as_pair = words_inside == own.len()
                    && (words_inside as f64) < TAKEN_BY_A_PAIR * its.len() as f64;
                as_word || as_pair
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
