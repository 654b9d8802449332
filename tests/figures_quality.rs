//! How well figures are read, on labelled texts; see `docs/quality.md`.
//!
//! `FIGURES=DIR` reads the labels of another folder, `SHOW=1` prints what was missed and what is wrong.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and fails by panicking"
)]

use diptych::analysis::figures::{self, Figure};
use diptych::analysis::watch::Watch;
use diptych::corpus::{Document, Meta, PassageDraft, PassageId};
use diptych::text::ByteSpan;
use diptych::text::stem::Stemmer;
use std::fs;
use std::path::{Path, PathBuf};

/// One labelled figure.
#[derive(Debug)]
struct Label {
    text: String,
    span: ByteSpan,
    low: Option<f64>,
    high: Option<f64>,
    counts: Option<String>,
    predicate: Option<String>,
    hedge: Option<String>,
    to: Option<String>,
    quoted: bool,
}

/// A labelled text.
struct Labelled {
    language: String,
    passages: Vec<(String, Vec<Label>)>,
}

/// What was right of how many.
#[derive(Default, Clone, Copy)]
struct Tally {
    labels: usize,
    found: usize,
    right: usize,
    counts: usize,
    predicate: usize,
    hedge: usize,
    attribution: usize,
    quoted: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.labels.max(1) as f64
    }

    fn share(&self, right: usize) -> f64 {
        right as f64 / self.right.max(1) as f64
    }

    fn add(&mut self, other: &Self) {
        self.labels += other.labels;
        self.found += other.found;
        self.right += other.right;
        self.counts += other.counts;
        self.predicate += other.predicate;
        self.hedge += other.hedge;
        self.attribution += other.attribution;
        self.quoted += other.quoted;
    }

    fn row(&self, name: &str) -> String {
        format!(
            "| {name} | {} | {} | {} | {:.3} | {:.3} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            self.labels,
            self.found,
            self.right,
            self.precision(),
            self.recall(),
            self.share(self.counts),
            self.share(self.predicate),
            self.share(self.hedge),
            self.share(self.attribution),
            self.share(self.quoted),
        )
    }
}

/// The value of `key` in the fields after `|`, quotation marks taken off.
fn field<'a>(fields: &'a str, key: &str) -> Option<&'a str> {
    let needle = format!("{key}=");
    let at = fields
        .match_indices(&needle)
        .find(|(at, _)| *at == 0 || fields.as_bytes()[at - 1] == b' ')?
        .0;
    let rest = fields.get(at + needle.len()..)?;
    if let Some(quoted) = rest.strip_prefix('"') {
        return quoted.split('"').next();
    }
    rest.split_whitespace().next()
}

fn stated(fields: &str, key: &str) -> Option<String> {
    field(fields, key)
        .filter(|value| *value != "-")
        .map(str::to_owned)
}

fn read(path: &Path) -> Labelled {
    let text = fs::read_to_string(path).unwrap();
    let mut labelled = Labelled {
        language: "en".to_owned(),
        passages: Vec::new(),
    };
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("# ") {
            if let Some((_, language)) = head.rsplit_once("| language ") {
                language.trim().clone_into(&mut labelled.language);
            }
        } else if let Some(passage) = line.strip_prefix("= ") {
            labelled.passages.push((passage.to_owned(), Vec::new()));
        } else if let Some((text, fields)) = line.split_once(" | ") {
            let text = text.trim();
            let (passage, labels) = labelled.passages.last_mut().unwrap();
            let found: Vec<usize> = passage.match_indices(text).map(|(at, _)| at).collect();
            assert_eq!(
                found.len(),
                1,
                "“{text}” stands {} times in “{passage}”",
                found.len()
            );
            labels.push(Label {
                text: text.to_owned(),
                span: ByteSpan::new(found[0], found[0] + text.len()),
                low: stated(fields, "low").map(|low| low.parse().unwrap()),
                high: stated(fields, "high").map(|high| high.parse().unwrap()),
                counts: stated(fields, "counts"),
                predicate: stated(fields, "predicate"),
                hedge: stated(fields, "hedge"),
                to: stated(fields, "to"),
                quoted: field(fields, "quoted") == Some("yes"),
            });
        }
    }
    labelled
}

fn found_in(labelled: &Labelled) -> Vec<Figure> {
    let meta = Meta {
        language: labelled.language.clone(),
        ..Meta::default()
    };
    let mut document = Document::new("labelled".into(), meta);
    for (text, _) in &labelled.passages {
        document.push(PassageDraft {
            text: text.clone(),
            ..PassageDraft::default()
        });
    }
    let ids: Vec<PassageId> = (0..document.len())
        .map(|passage| PassageId {
            document: 0,
            passage,
        })
        .collect();
    figures::find(&[document], "en", &ids, Watch::NOBODY).unwrap()
}

fn overlap(a: ByteSpan, b: ByteSpan) -> bool {
    a.start < b.end && b.start < a.end
}

fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            (a - b).abs() <= 0.005 * b.abs().min(100.0).max(f64::from(b.fract() == 0.0) * 1e-9)
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// The same words, one inside the other, or the same last word by stem.
fn alike(predicted: Option<&str>, label: Option<&str>, language: &str) -> bool {
    // "people/-": the text leaves it open, and nothing is right too.
    let may_be_none = label.is_none_or(|label| label.split('/').any(|one| one == "-"));
    let (Some(predicted), Some(label)) = (predicted, label) else {
        return predicted.is_none() && may_be_none;
    };
    let stemmer = Stemmer::new(language);
    let stems = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
            .map(|word| stemmer.stem(word))
            .collect()
    };
    let ours = stems(predicted);
    label.split('/').any(|alternative| {
        let theirs = stems(alternative);
        let inside = |long: &[String], short: &[String]| {
            !short.is_empty() && long.windows(short.len()).any(|window| window == short)
        };
        ours.last() == theirs.last() || inside(&ours, &theirs) || inside(&theirs, &ours)
    })
}

fn measure(path: &Path, show: bool) -> Tally {
    let labelled = read(path);
    let figures = found_in(&labelled);
    let mut tally = Tally {
        found: figures.len(),
        ..Tally::default()
    };
    for (number, (text, labels)) in labelled.passages.iter().enumerate() {
        let here: Vec<&Figure> = figures
            .iter()
            .filter(|figure| figure.passage.passage == number)
            .collect();
        let mut taken = vec![false; here.len()];
        for label in labels {
            tally.labels += 1;
            let hit = here.iter().enumerate().position(|(at, figure)| {
                !taken[at]
                    && overlap(figure.span, label.span)
                    && same(figure.low, label.low)
                    && same(figure.high, label.high)
            });
            let Some(hit) = hit else {
                if show {
                    println!(
                        "MISSED   {} [{:?}, {:?}]",
                        label.text, label.low, label.high
                    );
                }
                continue;
            };
            taken[hit] = true;
            tally.right += 1;
            score(&mut tally, here[hit], label, &labelled.language, show);
        }
        for (figure, _) in here.iter().zip(&taken).filter(|(_, taken)| !**taken) {
            if show {
                let span = figure.span;
                println!(
                    "WRONG    {} [{:?}, {:?}] in “{}”",
                    span.of(text),
                    figure.low,
                    figure.high,
                    text
                );
            }
        }
    }
    tally
}

/// Counts what else is right of a figure whose value is.
fn score(tally: &mut Tally, figure: &Figure, label: &Label, language: &str, show: bool) {
    let text = |phrase: &Option<figures::Phrase>| phrase.as_ref().map(|phrase| phrase.text.clone());
    let check = |name: &str, ours: Option<&str>, theirs: Option<&str>| {
        let right = alike(ours, theirs, language);
        if show && !right {
            println!("{name:<8} “{}”: {ours:?}, should be {theirs:?}", label.text);
        }
        usize::from(right)
    };
    // The head of a phrase such as "cases of cholera" is its first noun: either the phrase or the head may agree.
    let counts = text(&figure.counts);
    let by_head = figure.head.is_some()
        && label
            .counts
            .as_deref()
            .is_some_and(|label| alike(figure.head.as_deref(), Some(label), language));
    let right = by_head || check("COUNTS", counts.as_deref(), label.counts.as_deref()) == 1;
    tally.counts += usize::from(right);
    tally.predicate += check(
        "VERB",
        text(&figure.predicate).as_deref(),
        label.predicate.as_deref(),
    );
    let fold = |hedge: &Option<String>| hedge.as_ref().map(|hedge| hedge.to_lowercase());
    tally.hedge += check(
        "HEDGE",
        fold(&figure.hedge).as_deref(),
        fold(&label.hedge).as_deref(),
    );
    tally.attribution += check(
        "WHO",
        text(&figure.attributed_to).as_deref(),
        label.to.as_deref(),
    );
    tally.quoted += usize::from(figure.quoted == label.quoted);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

fn measure_folder(folder: &Path) -> Option<Tally> {
    let files = files(folder);
    if files.is_empty() {
        println!("no labelled figures in {}: skipped", folder.display());
        return None;
    }
    let show = std::env::var_os("SHOW").is_some();
    let mut all = Tally::default();
    println!(
        "| text | labels | found | right | precision | recall | counts | predicate | hedge | attribution | quoted |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for file in &files {
        let tally = measure(file, show);
        println!(
            "{}",
            tally.row(&file.file_stem().unwrap().to_string_lossy())
        );
        all.add(&tally);
    }
    println!("{}", all.row("all"));
    Some(all)
}

fn labelled(half: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/labelled/figures")
        .join(half)
}

#[test]
fn figures_are_found_with_their_bounds_and_what_they_count() {
    if let Some(folder) = std::env::var_os("FIGURES") {
        measure_folder(Path::new(&folder));
        return;
    }
    // `validation` was held back at first; its failures have been read since.
    for (half, least_counts, least_verbs) in [
        ("tuning", 0.9, 0.85),
        ("validation", 0.85, 0.83),
        ("held-back", 0.95, 0.8),
        // Scored only: its failures were not read.
        ("third", 0.82, 0.73),
        ("other-hand", 0.72, 0.65),
    ] {
        let Some(tally) = measure_folder(&labelled(half)) else {
            continue;
        };
        assert!(tally.precision() >= 0.9, "{half}: precision of the value");
        assert!(tally.recall() >= 0.9, "{half}: recall of the value");
        assert!(
            tally.share(tally.counts) >= least_counts,
            "{half}: what is counted"
        );
        assert!(tally.share(tally.predicate) >= least_verbs, "{half}: verbs");
        assert!(tally.share(tally.hedge) >= 0.9, "{half}: hedges");
        assert!(tally.share(tally.quoted) >= 0.95, "{half}: inside a quote");
    }
}
