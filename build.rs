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
    leave_names_out();
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={DICTIONARY}");
}

/// On Linux with the GNU C library, where the linker can resolve the tens of thousands of pointers in the tables of our libraries
/// (names of HTML, suffixes of stemmers) once and for all: a program that may lie anywhere has them resolved at every
/// start, which is a third of the time to the first frame (docs/benchmarks.md). The libraries it loads, its stack and its heap
/// lie at random places still.
fn link_at_a_fixed_address() {
    let features = std::env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}

/// Leaves the names of functions out of the released program, a tenth of it. Cargo's own `strip` is lost where the package has a profile
/// of its own (Cargo.toml).
fn leave_names_out() {
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--strip-all");
    }
}

/// Whether cargo says so of the build.
fn is(name: &str, value: &str) -> bool {
    std::env::var(name).is_ok_and(|is| is == value)
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

/// Words of the dictionary whose places are found by counting on from the first of them.
const BLOCK: usize = 16;

/// The dictionary as bytes, numbers little-endian: how many words (4 bytes); for the first of each 16, how many letters and how many
/// explaining stems are before it (4 bytes each); how many letters and stems each word has (1 byte each); the letters; the
/// stems, each its number by 9 and its weight less 1, added (2 bytes).
fn dictionary(text: &str) -> Vec<u8> {
    let mut words: Vec<(&str, Vec<(&str, u16)>)> = Vec::new();
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
    let (mut letters, mut parts) = (0, 0);
    for (at, (word, explanation)) in words.iter().enumerate() {
        if at % BLOCK == 0 {
            bytes.extend(number(letters));
            bytes.extend(number(parts));
        }
        letters += word.len();
        parts += explanation.len();
    }
    for (word, explanation) in &words {
        let lengths = [word.len(), explanation.len()];
        bytes.extend(lengths.map(|length| u8::try_from(length).expect("a word is short")));
    }
    for (word, _) in &words {
        bytes.extend(word.bytes());
    }
    for (stem, weight) in words.iter().flat_map(|(_, explanation)| explanation) {
        let stem = stems.binary_search(stem).expect("every stem is listed");
        let part = u16::try_from(stem).ok().and_then(|stem| {
            let weight = weight.checked_sub(1).filter(|weight| *weight < 9)?;
            stem.checked_mul(9)?.checked_add(weight)
        });
        bytes.extend(part.expect("few stems explain").to_le_bytes());
    }
    bytes
}
