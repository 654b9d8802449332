//! How figures of two texts are laid side by side, on labelled pairs; see `docs/quality.md`.
//!
//! `SHOW=1` prints each pair that stands otherwise than its label says.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement prints, and fails by panicking"
)]

use diptych::analysis::figures::ledger::{Ground, Ledger, Standing, ground, ledger, why};
use diptych::analysis::figures::{self, Figure};
use diptych::analysis::watch::Watch;
use diptych::corpus::{Document, Meta, PassageDraft, PassageId};
use std::fs;

/// A label: the values of two figures, left and right, and how they must stand.
struct Label {
    subject: String,
    texts: [String; 2],
    values: [f64; 2],
    standing: String,
}

fn labels(name: &str) -> Vec<Label> {
    let text = fs::read_to_string(format!("tests/labelled/figures-beside/{name}.txt")).unwrap();
    let mut out = Vec::new();
    let (mut subject, mut texts) = (String::new(), [String::new(), String::new()]);
    for line in text.lines() {
        if let Some(named) = line.strip_prefix("# ") {
            named.clone_into(&mut subject);
        } else if let Some(left) = line.strip_prefix("< ") {
            left.clone_into(&mut texts[0]);
        } else if let Some(right) = line.strip_prefix("> ") {
            right.clone_into(&mut texts[1]);
        } else if let Some(label) = line.strip_prefix("= ") {
            let mut words = label.split_whitespace();
            let mut value = || words.next().unwrap().parse().unwrap();
            out.push(Label {
                subject: subject.clone(),
                values: [value(), value()],
                standing: words.next().unwrap().to_owned(),
                texts: texts.clone(),
            });
        }
    }
    out
}

fn read(texts: &[String; 2]) -> (Vec<Figure>, Ledger) {
    let mut documents = Vec::new();
    let mut ids = Vec::new();
    for (document, text) in texts.iter().enumerate() {
        let mut made = Document::new(format!("d{document}").as_str().into(), Meta::default());
        made.push(PassageDraft {
            text: text.clone(),
            ..PassageDraft::default()
        });
        documents.push(made);
        ids.push(PassageId {
            document,
            passage: 0,
        });
    }
    let figures = figures::find(&documents, "en", &ids, Watch::NOBODY).unwrap();
    let ledger = ledger(&figures, |at| Some(figures[at].passage.document), 2);
    (figures, ledger)
}

/// How the two figures of a label stand: `compatible` and `differs` are two ways of being `compared`, `lower` and `upper` two of
/// being compatible.
fn standing(label: &Label) -> Vec<&'static str> {
    let (figures, ledger) = read(&label.texts);
    let find = |side: usize| {
        let is_it = |figure: &Figure| {
            let value = figure.low.filter(|low| *low > 0.0).or(figure.high);
            figure.passage.document == side && value == Some(label.values[side])
        };
        figures.iter().position(is_it)
    };
    let (Some(left), Some(right)) = (find(0), find(1)) else {
        panic!("{}: {:?} not found", label.subject, label.values);
    };
    let reasons = why(&figures, &ledger, left);
    let reason = reasons.iter().find(|reason| reason.other == right);
    match reason.map(|reason| reason.standing) {
        Some(Standing::Compared(verdict)) => {
            let group = ledger
                .groups
                .iter()
                .find(|group| group.entries.iter().any(|entry| entry.figure == left));
            let bound = match ground(&figures, group.unwrap(), (0, 1)) {
                Ground::BothLower => "lower",
                Ground::BothUpper => "upper",
                Ground::OneOpen | Ground::Numbers => "numbers",
            };
            vec!["compared", verdict.name(), bound]
        }
        Some(Standing::Beside(_)) => vec!["beside"],
        Some(Standing::Apart(_)) | None => vec!["apart"],
    }
}

/// How many of those that belong beside each other stand so, how many stand so at all and rightly.
struct Tally {
    wanted: usize,
    found: usize,
    right: usize,
    compared: usize,
    as_labelled: usize,
    labels: usize,
}

fn score(name: &str) -> Tally {
    let is_shown = std::env::var_os("SHOW").is_some();
    let mut tally = Tally {
        wanted: 0,
        found: 0,
        right: 0,
        compared: 0,
        as_labelled: 0,
        labels: 0,
    };
    for label in labels(name) {
        let stands = standing(&label);
        let (is_wanted, is_found) = (label.standing != "apart", !stands.contains(&"apart"));
        tally.labels += 1;
        tally.wanted += usize::from(is_wanted);
        tally.found += usize::from(is_found);
        tally.right += usize::from(is_wanted && is_found);
        tally.compared += usize::from(stands.contains(&"compared"));
        let is_right = stands.contains(&label.standing.as_str());
        tally.as_labelled += usize::from(is_right);
        if !is_right && is_shown {
            println!(
                "{name}, {}: {:?} stand {stands:?}, labelled {}",
                label.subject, label.values, label.standing
            );
        }
    }
    println!(
        "| {name} | {} | {} | {} | {} | {} | {:.2} | {:.2} | {} |",
        tally.labels,
        tally.wanted,
        tally.found,
        tally.compared,
        tally.right,
        tally.right as f64 / tally.found.max(1) as f64,
        tally.right as f64 / tally.wanted.max(1) as f64,
        tally.as_labelled
    );
    tally
}

#[test]
fn what_is_laid_side_by_side_is_of_the_same_thing() {
    println!(
        "| set | labels | belong together | side by side | of these compared | rightly | precision | recall | as labelled |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    let (tuning, check, _) = (score("tuning"), score("check"), score("last"));
    assert!(check.right >= 11 && check.found - check.right <= 1);
    assert_eq!(tuning.found, tuning.right, "nothing is laid beside wrongly");
    assert!(tuning.as_labelled + 1 >= tuning.labels);
}
