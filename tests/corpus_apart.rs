//! The built-in corpus is in our own words: no run of eight words of the original texts is in it, outside names and
//! titles.
//!
//! The originals belong to their authors and are no part of the project; where they are not at hand the test skips.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says why it skips, and fails by panicking"
)]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

/// So many words in a row are a borrowed sentence.
const RUN: usize = 8;

#[derive(Debug, PartialEq, Eq)]
struct Word {
    folded: String,
    capitalised: bool,
    line: usize,
}

/// The words of a text: letters and digits of any script; apostrophes and hyphens part words, case does not count.
fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let parts = line
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        found.extend(parts.map(|word| Word {
            folded: word.to_lowercase(),
            capitalised: word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()),
            line: index + 1,
        }));
    }
    found
}

fn folded(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.folded.as_str()).collect()
}

/// Small words that stand between names: "the Office of the High Commissioner for Human Rights".
const BETWEEN_NAMES: [&str; 12] = [
    "a", "an", "and", "at", "by", "de", "for", "in", "of", "on", "the", "to",
];

/// Whether a run is a list of names: capitals throughout, but for the small words between.
fn is_names(run: &[Word]) -> bool {
    let small = |word: &Word| BETWEEN_NAMES.contains(&word.folded.as_str());
    let capitals = run
        .iter()
        .filter(|word| word.capitalised && !small(word))
        .count();
    run.iter().all(|word| word.capitalised || small(word)) && capitals * 2 > run.len()
}

/// Titles that a document gives: its own, and the work that it says it is a digest of.
fn titles(text: &str) -> Vec<String> {
    let named = |line: &str| line.strip_prefix("title:").map(str::to_owned);
    let own = text.lines().filter_map(named);
    let note = text
        .lines()
        .find_map(|line| line.strip_prefix("note:"))
        .unwrap_or_default();
    let quoted = note
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split('”').next());
    own.chain(quoted.map(str::to_owned)).collect()
}

fn contains(text: &[&str], run: &[&str]) -> bool {
    text.windows(run.len()).any(|window| window == run)
}

/// Runs of a corpus file that an original has too, with the line in the corpus file.
fn shared(file: &str, originals: &HashMap<Vec<String>, String>) -> Vec<String> {
    let words = words(file);
    let titles: Vec<Vec<Word>> = titles(file)
        .iter()
        .map(|title| self::words(title))
        .collect();
    let mut found = Vec::new();
    for run in words.windows(RUN) {
        let key: Vec<String> = run.iter().map(|word| word.folded.clone()).collect();
        let Some(original) = originals.get(&key) else {
            continue;
        };
        let is_title = titles
            .iter()
            .any(|title| contains(&folded(title), &folded(run)));
        if !is_title && !is_names(run) {
            found.push(format!(
                "line {} as in {original}: {}",
                run[0].line,
                key.join(" ")
            ));
        }
    }
    found
}

fn runs(text: &str) -> HashSet<Vec<String>> {
    words(text)
        .windows(RUN)
        .map(|run| run.iter().map(|word| word.folded.clone()).collect())
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_sentence_of_the_originals_is_in_the_corpus() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = package.join("../shared/seeds");
    if !seeds.is_dir() {
        println!("skipped: {} is not there", seeds.display());
        return;
    }
    let mut originals = HashMap::new();
    for seed in files(&seeds) {
        let text = String::from_utf8_lossy(&fs::read(&seed).unwrap()).into_owned();
        let name = seed.file_name().unwrap().to_string_lossy().into_owned();
        originals.extend(runs(&text).into_iter().map(|run| (run, name.clone())));
    }
    assert!(!originals.is_empty(), "the originals hold no text");
    let mut found = Vec::new();
    for file in files(&package.join("corpus")) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(package).unwrap().display();
        found.extend(
            shared(&text, &originals)
                .iter()
                .map(|run| format!("{name}, {run}")),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_borrowed_sentence_is_found_and_a_name_or_a_title_is_not() {
    let original = "It was a dark and stormy night, the rain fell. The Office of the United Nations High Commissioner for \
                    Human Rights. On the Long Road to Nowhere and Back Again";
    let originals: HashMap<Vec<String>, String> = runs(original)
        .into_iter()
        .map(|run| (run, "o".to_owned()))
        .collect();
    assert_eq!(
        shared("x\nIt was a DARK and\nstormy night – the", &originals).len(),
        1
    );
    assert_eq!(
        shared("a dark and stormy night, the rain", &originals).len(),
        0
    );
    assert_eq!(
        shared(
            "the Office of the United Nations High Commissioner for Human Rights",
            &originals
        )
        .len(),
        0
    );
    let title = "title: \"on the long road to nowhere and back again\"";
    assert_eq!(shared(title, &originals).len(), 0);
    assert_ne!(
        shared("on the long road to nowhere and back again", &originals).len(),
        0
    );
}
