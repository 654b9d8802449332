//! The single scorers that the method is held against: each gives every pair of passages a number, and nothing more.

use super::TextPair;
use diptych::text::segment;
use diptych::text::stem::{Stemmer, fold};
use std::collections::{BTreeMap, BTreeSet};

/// By left place, then right place.
pub type Scores = Vec<Vec<f64>>;

/// A passage as terms with how often they stand in it.
type Bag = BTreeMap<String, f64>;

/// Cosine of TF-IDF over stems without stop words.
pub fn word_cosine(pair: &TextPair) -> Scores {
    cosines(pair, stems)
}

/// Cosine of TF-IDF over the 3- to 5-grams of characters inside words, with the words' edges.
pub fn character_cosine(pair: &TextPair) -> Scores {
    cosines(pair, grams)
}

/// The idf of the stems that both have, over the geometric mean of each side's idf sum.
pub fn shared_mass(pair: &TextPair) -> Scores {
    let (bags, idf) = bags(pair, stems);
    let mass = |bag: &Bag| bag.keys().map(|term| idf[term]).sum::<f64>();
    between(&bags, |left, right| {
        let shared: f64 = left
            .keys()
            .filter(|term| right.contains_key(*term))
            .map(|term| idf[term])
            .sum();
        shared / (mass(left) * mass(right)).sqrt().max(f64::MIN_POSITIVE)
    })
}

/// The place with the highest score opposite one of a side; none where nothing is shared.
pub fn best(scores: &Scores, side: usize, place: usize) -> Option<usize> {
    let own: Vec<f64> = if side == 0 {
        scores[place].clone()
    } else {
        scores.iter().map(|row| row[place]).collect()
    };
    let mut best = None;
    for (other, score) in own.iter().enumerate() {
        if *score > best.map_or(0.0, |best: usize| own[best]) {
            best = Some(other);
        }
    }
    best
}

fn cosines(pair: &TextPair, terms: fn(&Stemmer, &str) -> Bag) -> Scores {
    let (bags, idf) = bags(pair, terms);
    let weight = |bag: &Bag, term: &String| bag.get(term).map_or(0.0, |count| count * idf[term]);
    let length = |bag: &Bag| {
        bag.keys()
            .map(|term| weight(bag, term).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    between(&bags, |left, right| {
        let product: f64 = left
            .keys()
            .map(|term| weight(left, term) * weight(right, term))
            .sum();
        product / (length(left) * length(right)).max(f64::MIN_POSITIVE)
    })
}

fn between(bags: &[Vec<Bag>; 2], score: impl Fn(&Bag, &Bag) -> f64) -> Scores {
    let row = |left| bags[1].iter().map(|right| score(left, right)).collect();
    bags[0].iter().map(row).collect()
}

/// The passages of both sides, and the idf of every term over them.
fn bags(
    pair: &TextPair,
    terms: fn(&Stemmer, &str) -> Bag,
) -> ([Vec<Bag>; 2], BTreeMap<String, f64>) {
    let stemmer = Stemmer::new(&pair.documents[0].meta.language);
    let bags = [0, 1].map(|side| {
        let places = 0..pair.passages(side).len();
        places
            .map(|place| terms(&stemmer, pair.text(side, place)))
            .collect::<Vec<_>>()
    });
    let all = || bags.iter().flatten();
    let count = all().count() as f64;
    let known: BTreeSet<&String> = all().flat_map(BTreeMap::keys).collect();
    let idf = known.into_iter().map(|term| {
        let with = all().filter(|bag| bag.contains_key(term)).count() as f64;
        (
            term.clone(),
            (1.0 + (count - with + 0.5) / (with + 0.5)).ln(),
        )
    });
    let idf = idf.collect();
    (bags, idf)
}

fn stems(stemmer: &Stemmer, text: &str) -> Bag {
    let mut bag = Bag::new();
    for (_, word) in segment::words(text).filter(|(_, word)| !stemmer.is_stop_word(word)) {
        *bag.entry(stemmer.stem(word)).or_default() += 1.0;
    }
    bag
}

fn grams(stemmer: &Stemmer, text: &str) -> Bag {
    let mut bag = Bag::new();
    for (_, word) in segment::words(text).filter(|(_, word)| !stemmer.is_stop_word(word)) {
        let word: Vec<char> = format!("<{}>", fold(word, "en")).chars().collect();
        for gram in (3..=5).flat_map(|length| word.windows(length)) {
            *bag.entry(gram.iter().collect()).or_default() += 1.0;
        }
    }
    bag
}
