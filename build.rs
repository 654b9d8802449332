//! Writes the stop words of the languages we read into one text, which is compiled in.
//!
//! The lists come from the `stop-words` crate. Linked into the program, its tens of thousands of string slices would each
//! be relocated at every start: a millisecond of the six that a start takes.

use std::fmt::Write as _;
use std::path::Path;

/// Languages with a stemmer, and some without one that are read often (ISO 639-1).
const LANGUAGES: [&str; 30] = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id",
    "it", "ja", "ko", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk", "vi", "zh",
];

fn main() {
    let mut text = String::new();
    for language in LANGUAGES {
        if let Some(words) = stop_words::lookup(language) {
            // A line for a language: its code, then its words, none of which has a tab or a line end in it.
            let _ = writeln!(text, "{language}\t{}", words.join("\t"));
        }
    }
    let folder = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    std::fs::write(Path::new(&folder).join("stop_words.txt"), text)
        .expect("OUT_DIR can be written to");
    println!("cargo::rerun-if-changed=build.rs");
}
