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
const PART: usize = 3;

/// How many different stems explain words, at most.
pub const STEMS: usize = 1 << 16;

/// The stems that explain a word, by number, each with its weight from 1 to 9. `stem` is the word's own stem
/// ([`super::stem::Stemmer`]), `language` an ISO 639-1 code. Empty where the dictionary does not have it.
pub fn explanation(language: &str, stem: &str) -> impl Iterator<Item = (u16, u8)> {
    let is_english = language.split(['-', '_']).next() == Some("en");
    let place = if is_english {
        find(stem.as_bytes())
    } else {
        None
    };
    let parts = place.and_then(|place| {
        let base = NUMBER * (1 + 2 * words()) + letters_end(words());
        let from = base + PART * parts_end(place);
        let to = base + PART * parts_end(place + 1);
        TABLES.get(from..to)
    });
    let parts = parts.unwrap_or_default().chunks_exact(PART);
    parts.map(|part| (u16::from_le_bytes([part[0], part[1]]), part[2]))
}

/// The place of a word, by halving.
fn find(word: &[u8]) -> Option<usize> {
    let (mut from, mut to) = (0, words());
    while from < to {
        let middle = usize::midpoint(from, to);
        match letters(middle).cmp(word) {
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Greater => to = middle,
        }
    }
    None
}

fn words() -> usize {
    number(0)
}

fn letters(place: usize) -> &'static [u8] {
    let base = NUMBER * (1 + 2 * words());
    let letters = TABLES.get(base + letters_end(place)..base + letters_end(place + 1));
    letters.unwrap_or_default()
}

/// Where the letters of the first `count` words end.
fn letters_end(count: usize) -> usize {
    if count == 0 { 0 } else { number(count) }
}

/// Where the explanations of the first `count` words end.
fn parts_end(count: usize) -> usize {
    if count == 0 {
        0
    } else {
        number(words() + count)
    }
}

/// The number at a place of the tables, counted in numbers.
fn number(place: usize) -> usize {
    let bytes = TABLES
        .get(NUMBER * place..)
        .and_then(|rest| rest.first_chunk());
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
        for place in 0..words() {
            assert_eq!(find(letters(place)), Some(place));
        }
        assert!(words() > 30_000);
        for stem in ["", "qqq", "zzzz", "siren2", "сирена"] {
            assert_eq!(explanation("en", stem).count(), 0, "{stem}");
        }
        assert_eq!(explanation("de", "alarm").count(), 0);
        assert!(explanation("en-GB", "alarm").all(|(_, weight)| (1..=9).contains(&weight)));
        assert!(explanation("en", "alarm").count() > 3);
    }
}
