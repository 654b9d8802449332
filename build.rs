//! Brings the word lists into the form in which they are compiled in: stop words as one text, the dictionary as tables. Says how
//! the program is linked.
//!
//! The stop words come from the `stop-words` crate. Linked into the program, its tens of thousands of string slices would each
//! be relocated at every start: a millisecond of the six that a start takes. For the same reason the dictionary is bytes
//! that are searched where they lie (`src/text/dictionary.rs` says how).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

/// Languages with a stemmer, and some without one that are read often (ISO 639-1).
const LANGUAGES: [&str; 30] = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id",
    "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
];

/// Words and the stems that explain them.
const DICTIONARY: &str = "src/text/dictionary/en.txt";

fn main() {
    let folder = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(Path::new(&folder).join(name), bytes).expect("OUT_DIR can be written to");
    };
    write("stop_words.txt", stop_words().as_bytes());
    let text = std::fs::read_to_string(DICTIONARY).expect("the dictionary is part of the package");
    write("dictionary.bin", &dictionary(&text));
    link_at_a_fixed_address();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={DICTIONARY}");
}

/// On Linux with the GNU C library, where the linker can resolve the tens of thousands of pointers in the tables of our libraries
/// (names of HTML, suffixes of stemmers) once and for all: a program that may lie anywhere has them resolved at every
/// start, which is a third of the time to the first frame (docs/benchmarks.md). The libraries it loads, its stack and its heap
/// lie at random places still.
fn link_at_a_fixed_address() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|is| is == value);
    let features = std::env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

fn stop_words() -> String {
    let mut text = String::new();
    for language in LANGUAGES {
        if let Some(words) = stop_words::lookup(language) {
            // A line for a language: its code, then its words, none of which has a tab or a line end in it.
            let _ = writeln!(text, "{language}\t{}", words.join("\t"));
        }
    }
    text
}

/// The dictionary as bytes, numbers little-endian: how many words (4 bytes); where each word ends among the letters (4 bytes each); where
/// its explanation ends among the explanations (4 bytes each); the letters; the explanations, each the number of a
/// stem (2 bytes) and its weight (1 byte).
fn dictionary(text: &str) -> Vec<u8> {
    let mut words: Vec<(&str, Vec<(&str, u8)>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (word, explanation) = line.split_once(' ').expect("a word is explained");
        let weighed = explanation.split(' ').map(|stem| {
            let (stem, weight) = stem.split_at(stem.len() - 1);
            (stem, weight.parse().expect("a weight is a digit"))
        });
        words.push((word, weighed.collect()));
    }
    words.sort_unstable();
    let stems: BTreeSet<&str> = words
        .iter()
        .flat_map(|(_, explanation)| explanation.iter().map(|(stem, _)| *stem))
        .collect();
    let stems: Vec<&str> = stems.into_iter().collect();
    let number = |count: usize| {
        u32::try_from(count)
            .expect("the dictionary is small")
            .to_le_bytes()
    };
    let mut bytes = number(words.len()).to_vec();
    let mut end = 0;
    for (word, _) in &words {
        end += word.len();
        bytes.extend(number(end));
    }
    end = 0;
    for (_, explanation) in &words {
        end += explanation.len();
        bytes.extend(number(end));
    }
    for (word, _) in &words {
        bytes.extend(word.bytes());
    }
    for (stem, weight) in words.iter().flat_map(|(_, explanation)| explanation) {
        let stem = stems.binary_search(stem).expect("every stem is listed");
        bytes.extend(
            u16::try_from(stem)
                .expect("few stems explain")
                .to_le_bytes(),
        );
        bytes.push(*weight);
    }
    bytes
}
