//! How many of the topics that are found a person would name, on pairs of texts that share events and hardly a sentence.
//!
//!     cargo test --test discovery_quality -- --nocapture

#![allow(clippy::print_stdout)] // Its table is for reading.
#![allow(clippy::unwrap_used)] // A test that cannot go on may fail.

use diptych::analysis::discovery::discover;
use diptych::corpus::{Document, DocumentId, Topic, markdown};
use diptych::text::language;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a person would call the topics of a pair.
struct Labels {
    pair: String,
    /// For each subject the beginnings of words that name it.
    subjects: Vec<Vec<String>>,
    /// Beginnings of words that make a title one to keep.
    kept: Vec<String>,
}

/// What became of the titles of a pair.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    titles: usize,
    /// They name a subject that no title before did, or are to be kept.
    good: usize,
    /// They name a subject that one before named.
    again: usize,
    subjects: usize,
    named: usize,
    /// The first title names a subject.
    first: usize,
}

fn labelled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled")
}

fn labels() -> Vec<Labels> {
    let text = std::fs::read_to_string(labelled().join("pairs-topics.txt")).unwrap();
    let list = |part: &str| -> Vec<String> {
        let words = part.split(',').map(|word| word.trim().to_owned());
        words.filter(|word| !word.is_empty()).collect()
    };
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [pair, subjects, kept] = parts[..] else {
                panic!("three parts: {line}")
            };
            Labels {
                pair: pair.to_owned(),
                subjects: subjects.split(';').map(list).collect(),
                kept: list(kept),
            }
        })
        .collect()
}

/// The two texts of a file: `== left | title | kind` and `== right | …`, each with its passages.
fn documents(text: &str) -> Vec<Document> {
    let sides = text.split("\n== ").skip(1).take(2);
    sides
        .enumerate()
        .map(|(at, side)| {
            let (_, body) = side.split_once('\n').unwrap();
            let language = language::detect(body).unwrap_or("en");
            let file = format!("---\ntitle: Text {at}\nlanguage: {language}\n---\n{body}\n");
            markdown::read(DocumentId::from(format!("text-{at}")), "text.md", &file).0
        })
        .collect()
}

/// Whether a word of a title begins so.
fn names(title: &str, beginnings: &[String]) -> bool {
    let title = format!(" {}", title.to_lowercase().replace('-', " "));
    beginnings
        .iter()
        .any(|beginning| title.contains(&format!(" {beginning}")))
}

fn judge(topics: &[Topic], labels: &Labels) -> Found {
    let mut named: BTreeSet<usize> = BTreeSet::new();
    let mut found = Found {
        titles: topics.len(),
        subjects: labels.subjects.len(),
        ..Found::default()
    };
    for (rank, topic) in topics.iter().enumerate() {
        let subjects: Vec<usize> = (0..labels.subjects.len())
            .filter(|at| names(&topic.title, &labels.subjects[*at]))
            .collect();
        let is_new = subjects.iter().any(|at| !named.contains(at));
        found.good +=
            usize::from(is_new || subjects.is_empty() && names(&topic.title, &labels.kept));
        found.again += usize::from(!subjects.is_empty() && !is_new);
        found.first += usize::from(rank == 0 && is_new);
        named.extend(subjects);
    }
    found.named = named.len();
    found
}

#[test]
fn most_topics_of_two_accounts_are_what_a_person_would_name() {
    let folder = labelled().join("pairs/tuning");
    let mut all = Found::default();
    println!("{:<34} topics good again subjects first", "pair");
    for labels in labels() {
        let path = folder.join(format!("{}.txt", labels.pair));
        let text = std::fs::read_to_string(&path).unwrap();
        let topics = discover(&documents(&text), 12);
        let found = judge(&topics, &labels);
        let titles: Vec<&str> = topics.iter().map(|topic| topic.title.as_str()).collect();
        println!(
            "{:<34} {:>6} {:>4} {:>5} {:>4} of {:<2} {:>3}   {}",
            labels.pair,
            found.titles,
            found.good,
            found.again,
            found.named,
            found.subjects,
            found.first,
            titles.join(" · ")
        );
        all.titles += found.titles;
        all.good += found.good;
        all.again += found.again;
        all.subjects += found.subjects;
        all.named += found.named;
        all.first += found.first;
    }
    println!("{all:?}");
    let share = |part: usize, of: usize| part as f32 / of as f32;
    assert!(share(all.good, all.titles) >= 0.8, "{all:?}");
    assert!(share(all.named, all.subjects) >= 0.3, "{all:?}");
    assert!(all.titles >= 60, "{all:?}");
    assert!(all.first >= 7, "{all:?}");
}

#[test]
fn every_subject_is_named_by_a_word_of_its_own() {
    for labels in labels() {
        assert!(labels.subjects.len() >= 8, "{}", labels.pair);
        for subject in &labels.subjects {
            assert!(!subject.is_empty(), "{}", labels.pair);
        }
    }
}
