//! The five raw copies, which belong to their authors: every estimate of a number of people killed is in the ledger, at its source,
//! and none is invented. The list was made by reading them; nothing of their text stands here.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where its material is not what it says, and prints what it read"
)]

use diptych::analysis::figures::{find, ledger::ledger};
use diptych::analysis::watch::Watch;
use diptych::corpus::{Document, PassageId};
use diptych::import::{Input, import};
use std::path::PathBuf;

type Bounds = (Option<f64>, Option<f64>);

fn exact(value: f64) -> Bounds {
    (Some(value), Some(value))
}

fn least(value: f64) -> Bounds {
    (Some(value), None)
}

fn between(low: f64, high: f64) -> Bounds {
    (Some(low), Some(high))
}

/// What each copy says, in the order of its text.
fn estimates() -> [(&'static str, Vec<Bounds>); 5] {
    let thousands = between(2_000.0, 9_999.0);
    [
        ("000", vec![thousands, between(12_000.0, 20_000.0)]),
        (
            "001",
            vec![
                least(2_000.0),
                between(200.0, 999.0),
                thousands,
                between(24.0, 99.0),
                least(400.0),
                least(2_000.0),
            ],
        ),
        // The second and third are friends of somebody.
        ("002", vec![least(3_919.0), exact(2.0), exact(9.0)]),
        // The second and third are those of earlier years.
        ("003", vec![exact(35_000.0), least(500.0), exact(1_500.0)]),
        (
            "004",
            vec![
                exact(5_000.0),
                exact(10_000.0),
                exact(20_000.0),
                exact(30_000.0),
                exact(2_000.0),
                exact(1_000.0),
                between(20_000.0, 99_999.0),
                // What would have been, and what was elsewhere.
                exact(1_000_000.0),
                exact(180_000.0),
            ],
        ),
    ]
}

fn seeds() -> Option<Vec<Document>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no folder {}", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let documents = paths.iter().map(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let bytes = std::fs::read(path).unwrap();
        let input = Input {
            name: &name,
            bytes: &bytes,
            copied: None,
        };
        import(&input).unwrap().documents.remove(0)
    });
    Some(documents.collect())
}

#[test]
fn the_ledger_of_the_seeds_holds_every_estimate_of_the_dead_and_no_other() {
    let Some(documents) = seeds() else { return };
    let ids: Vec<PassageId> = documents
        .iter()
        .enumerate()
        .flat_map(|(document, text)| {
            (0..text.len()).map(move |passage| PassageId { document, passage })
        })
        .collect();
    let figures = find(&documents, "en", &ids, Watch::NOBODY).unwrap();
    let column = |at: usize| Some(figures[at].passage.document);
    let ledger = ledger(&figures, column, documents.len());
    let killed = ledger
        .groups
        .iter()
        .filter(|group| group.predicate.as_deref() == Some("killed"));
    // Those of other years and places stand in groups of their own.
    let mut entries: Vec<_> = killed.flat_map(|group| &group.entries).collect();
    entries.sort_by_key(|entry| entry.figure);
    for (column, (name, expected)) in estimates().into_iter().enumerate() {
        let found: Vec<Bounds> = entries
            .iter()
            .filter(|entry| entry.column == column)
            .map(|entry| (figures[entry.figure].low, figures[entry.figure].high))
            .collect();
        assert_eq!(found, expected, "{name}");
    }
}
