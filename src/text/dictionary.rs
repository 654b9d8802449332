//! What words mean, as far as a dictionary says so in other words: the stems that explain each.
//!
//! English only: from the synonyms and definitions of `WordNet` 3.0 (Miller 1995), whose license stands beside the list.
//! Two words whose explanations share much are about the same things ("siren", "alarm"): Lesk 1986, Patwardhan & Pedersen 2006.
//!
//! Invariant: nothing is built or allocated: the tables that `build.rs` wrote are searched where they lie in the program.

/// The tables: see `build.rs`.
const TABLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin"));
/// Bytes of a number in the tables.
const NUMBER: usize = 4;
/// Bytes of a stem's number with its weight.
const PART: usize = 2;
/// Weights that a stem may have.
const WEIGHTS: u16 = 9;
/// Words whose places are found by counting on from the first of them.
const BLOCK: usize = 16;

/// How many different stems explain words, at most.
pub const STEMS: usize = (1 << 16) / WEIGHTS as usize;

/// The stems that explain a word, by number, each with its weight from 1 to 9. `stem` is the word's own stem
/// ([`super::stem::Stemmer`]), `language` an ISO 639-1 code. Empty where the dictionary does not have it.
pub fn explanation(language: &str, stem: &str) -> impl Iterator<Item = (u16, u8)> {
    let is_english = language.split(['-', '_']).next() == Some("en");
    let word = is_english.then(|| find(stem.as_bytes())).flatten();
    let parts = word.map_or(&[][..], Word::parts).chunks_exact(PART);
    parts.map(|part| {
        let part = u16::from_le_bytes([part[0], part[1]]);
        (part / WEIGHTS, (part % WEIGHTS) as u8 + 1)
    })
}

/// Where a word lies in the tables.
#[derive(Clone, Copy)]
struct Word {
    /// Its first letter, among the letters.
    letters: usize,
    /// How many letters, in bytes.
    length: usize,
    /// Its first explaining stem, among all of them.
    parts: usize,
    /// How many of them.
    count: usize,
}

impl Word {
    /// The word itself.
    fn letters(self) -> &'static [u8] {
        let from = letters_base() + self.letters;
        TABLES.get(from..from + self.length).unwrap_or_default()
    }

    /// What explains it.
    fn parts(self) -> &'static [u8] {
        let all = blocks().checked_sub(1).and_then(|last| block(last).last());
        let letters = all.map_or(0, |last| last.letters + last.length);
        let from = letters_base() + letters + PART * self.parts;
        TABLES
            .get(from..from + PART * self.count)
            .unwrap_or_default()
    }
}

/// A word, by halving down to the block of it.
fn find(word: &[u8]) -> Option<Word> {
    let first = |at: usize| block(at).next().map_or(&[][..], Word::letters);
    let (mut from, mut to) = (0, blocks());
    while from < to {
        let middle = usize::midpoint(from, to);
        if first(middle) <= word {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    block(from.checked_sub(1)?).find(|known| known.letters() == word)
}

/// The words of a block, in order.
fn block(at: usize) -> impl Iterator<Item = Word> {
    let start = NUMBER + 2 * NUMBER * at;
    let (mut letters, mut parts) = (number(start), number(start + NUMBER));
    let first = lengths_base() + 2 * BLOCK * at;
    let count = BLOCK.min(words().saturating_sub(BLOCK * at));
    let lengths = TABLES.get(first..first + 2 * count).unwrap_or_default();
    lengths.chunks_exact(2).map(move |lengths| {
        let (length, count) = (usize::from(lengths[0]), usize::from(lengths[1]));
        let word = Word {
            letters,
            length,
            parts,
            count,
        };
        letters += length;
        parts += count;
        word
    })
}

fn words() -> usize {
    number(0)
}

fn blocks() -> usize {
    words().div_ceil(BLOCK)
}

/// Where the lengths begin.
fn lengths_base() -> usize {
    NUMBER + 2 * NUMBER * blocks()
}

/// Where the letters begin.
fn letters_base() -> usize {
    lengths_base() + 2 * words()
}

/// The number at a byte of the tables.
fn number(at: usize) -> usize {
    let bytes = TABLES.get(at..).and_then(|rest| rest.first_chunk());
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cosine of two explanations.
    fn nearness(one: &str, other: &str) -> f32 {
        let [one, other] = [one, other].map(|stem| explanation("en", stem).collect::<Vec<_>>());
        let length = |of: &[(u16, u8)]| {
            of.iter()
                .map(|(_, weight)| f32::from(*weight).powi(2))
                .sum::<f32>()
                .sqrt()
        };
        let shared = one.iter().flat_map(|(stem, weight)| {
            let same = other.iter().filter(move |(other, _)| other == stem);
            same.map(move |(_, other)| f32::from(*weight) * f32::from(*other))
        });
        shared.sum::<f32>() / (length(&one) * length(&other)).max(1.0)
    }

    #[test]
    fn words_for_the_same_things_are_explained_alike() {
        for (one, other) in [
            ("doctor", "physician"),
            ("children", "child"),
            ("consult", "advis"),
            ("hospit", "clinic"),
        ] {
            assert!(
                nearness(one, other) > 0.12,
                "{one} {other} {}",
                nearness(one, other)
            );
        }
        for (one, other) in [("siren", "bread"), ("doctor", "bridg"), ("children", "tax")] {
            assert!(
                nearness(one, other) < 0.08,
                "{one} {other} {}",
                nearness(one, other)
            );
        }
    }

    #[test]
    fn every_word_is_found_and_no_other() {
        let (mut letters, mut parts) = (0, 0);
        for word in (0..blocks()).flat_map(block) {
            assert_eq!((word.letters, word.parts), (letters, parts));
            let found = find(word.letters()).unwrap();
            assert_eq!((found.letters, found.parts), (letters, parts));
            letters += word.length;
            parts += word.count;
        }
        assert_eq!(letters_base() + letters + PART * parts, TABLES.len());
        assert!(words() > 30_000);
        for stem in ["", "qqq", "zzzz", "siren2", "сирена"] {
            assert_eq!(explanation("en", stem).count(), 0, "{stem}");
        }
        assert_eq!(explanation("de", "alarm").count(), 0);
        assert!(explanation("en-GB", "alarm").all(|(_, weight)| (1..=9).contains(&weight)));
        assert!(explanation("en", "alarm").count() > 3);
    }
}
