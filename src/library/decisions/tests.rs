//! Decisions are kept, found again, and lost honestly.

use super::*;
use crate::corpus::{Corpus, Meta, PassageDraft};
use crate::library::folder;
use std::fs::{self, File};

const LEFT: [&str; 3] = [
    "The river rose four metres in one night and the dam above the town gave way before dawn.",
    "Officials speak of twelve dead. Rescue teams searched the lower streets by boat.",
    "Shops stayed closed for a week, and the market moved to the school yard.",
];
const RIGHT: [&str; 3] = [
    "We heard the dam break before we saw any water, says a neighbour.",
    "My neighbours counted nineteen dead on our street alone, she says.",
    "Nobody from the ministry came to the town at all, that week or the next.",
];

fn document(id: &str, source: &str, passages: &[&str]) -> Document {
    let meta = Meta {
        source: source.into(),
        ..Meta::default()
    };
    let mut document = Document::new(id.into(), meta);
    for text in passages {
        document.push(PassageDraft {
            text: (*text).to_owned(),
            ..PassageDraft::default()
        });
    }
    document
}

fn documents() -> Vec<Document> {
    vec![
        document("a", "gazette", &LEFT),
        document("b", "herald", &RIGHT),
    ]
}

fn decide(left: usize, right: usize, verdict: Option<Verdict>) -> Decision {
    Decision {
        left: PassageId {
            document: 0,
            passage: left,
        },
        right: PassageId {
            document: 1,
            passage: right,
        },
        verdict,
    }
}

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::beside(folder.path());
    (folder, store)
}

#[test]
fn decisions_survive_a_restart_and_what_was_taken_back_is_gone() {
    let (_folder, store) = store();
    let documents = documents();
    assert_eq!(
        store.load(&documents).unwrap(),
        (Decisions::default(), vec![])
    );
    let said = [
        decide(0, 0, Some(Verdict::Accepted)),
        decide(1, 1, Some(Verdict::Accepted)),
        decide(1, 1, Some(Verdict::Rejected)),
        decide(2, 2, Some(Verdict::Paired)),
        decide(0, 0, None),
    ];
    let mut expected = Decisions::default();
    for decision in said {
        store.keep(&documents, decision).unwrap();
        expected.apply(decision);
    }
    let (decisions, lost) = store.load(&documents).unwrap();
    assert_eq!((decisions, lost), (expected, vec![]));
}

#[test]
fn decisions_follow_their_passages_through_a_changed_text() {
    let (_folder, store) = store();
    store
        .keep(&documents(), decide(1, 1, Some(Verdict::Accepted)))
        .unwrap();
    store
        .keep(&documents(), decide(0, 2, Some(Verdict::Rejected)))
        .unwrap();
    let changed =
        "Officials speak of fifteen dead. Rescue teams searched the lower streets by boats.";
    let mut now = [
        document("b", "herald", &[RIGHT[2], "A new one.", RIGHT[1]]),
        document(
            "a",
            "gazette",
            &["An introduction.", LEFT[0], changed, LEFT[2]],
        ),
    ];
    let id = |document, passage| PassageId { document, passage };
    let (decisions, lost) = store.load(&now).unwrap();
    assert_eq!(lost, []);
    assert_eq!(decisions.accepted, [(id(1, 2), id(0, 2))]);
    assert_eq!(decisions.rejected, [(id(1, 1), id(0, 0))]);
    // What was joined with more is accepted still, and rejected no longer.
    let joined = format!("{} {}", LEFT[0], LEFT[1]);
    now[1] = document("a", "gazette", &["An introduction.", &joined, LEFT[2]]);
    let (decisions, lost) = store.load(&now).unwrap();
    assert_eq!(decisions.accepted, [(id(1, 1), id(0, 2))]);
    assert_eq!(decisions.rejected, []);
    assert!(
        matches!(
            &lost[..],
            [Lost {
                line: 2,
                why: Why::Joined { .. }
            }]
        ),
        "{lost:?}"
    );
}

#[test]
fn what_was_said_last_of_a_pair_stands_or_nothing_does() {
    let accepted = decide(1, 1, Some(Verdict::Accepted));
    let id = |document, passage| PassageId { document, passage };
    // Rejected and taken back, in the text as it was and in one that has changed in between.
    let changed =
        "Officials speak of fifteen dead. Rescue teams searched the lower streets by boats.";
    let edited = [
        document("a", "gazette", &["A new one.", LEFT[0], changed, LEFT[2]]),
        document("b", "herald", &RIGHT),
    ];
    for (documents, left) in [(&documents()[..], 1), (&edited[..], 2)] {
        for last in [Some(Verdict::Rejected), None] {
            let (_folder, store) = store();
            store.keep(&self::documents(), accepted).unwrap();
            store.keep(documents, decide(left, 1, last)).unwrap();
            // Its passage is joined with a neighbour, or goes.
            let words = documents[0].passage(left).unwrap().text();
            let joined = format!("{words} {}", LEFT[2]);
            for now in [&[LEFT[0], &joined][..], &[LEFT[0], LEFT[2]]] {
                let now = [
                    document("a", "gazette", now),
                    document("b", "herald", &RIGHT),
                ];
                let (decisions, lost) = store.load(&now).unwrap();
                assert_eq!(decisions, Decisions::default(), "{last:?} {lost:?}");
                assert_eq!(lost.len(), usize::from(last.is_some()));
            }
        }
    }
    // Of two pairs whose left passages were joined each stands for itself.
    let (_folder, store) = store();
    store.keep(&documents(), accepted).unwrap();
    let other = decide(2, 1, Some(Verdict::Accepted));
    store.keep(&documents(), other).unwrap();
    store.keep(&documents(), decide(2, 1, None)).unwrap();
    let joined = format!("{} {}", LEFT[1], LEFT[2]);
    let now = [
        document("a", "gazette", &[LEFT[0], &joined]),
        document("b", "herald", &RIGHT),
    ];
    let (decisions, _) = store.load(&now).unwrap();
    assert_eq!(decisions.accepted, [(id(0, 1), id(1, 1))]);
}

#[test]
fn a_file_made_to_keep_us_busy_does_not() {
    let (folder, store) = store();
    let documents = documents();
    store
        .keep(&documents, decide(0, 0, Some(Verdict::Accepted)))
        .unwrap();
    let path = folder.path().join(FILE);
    let line = fs::read_to_string(&path).unwrap();
    // A quote of a megabyte in place of a passage's words: time would grow with its square.
    let long = line.replace(LEFT[0], &"the river rose ".repeat(70_000));
    let around = line.replace("\"suffix\":\"", &format!("\"suffix\":\"{}", "x".repeat(33)));
    // Lines about passages that are not there, each another one.
    let other = |at: usize| line.replace("four metres", &format!("{at} metres"));
    let many: String = (0..20_000).map(other).collect();
    fs::write(&path, format!("{long}{around}{many}{line}")).unwrap();
    let (decisions, lost) = store.load(&documents).unwrap();
    assert_eq!(decisions.accepted.len(), 1);
    let damaged = lost
        .iter()
        .filter(|lost| matches!(lost.why, Why::Damaged(_)));
    let lines: Vec<usize> = damaged.map(|lost| lost.line).collect();
    assert_eq!(lines, [1, 2]);
}

#[test]
fn a_decision_on_a_removed_passage_is_reported_until_it_is_taken_back() {
    let (_folder, store) = store();
    store
        .keep(&documents(), decide(1, 1, Some(Verdict::Accepted)))
        .unwrap();
    let now = [
        document("a", "gazette", &[LEFT[0], LEFT[2]]),
        document("b", "herald", &RIGHT),
    ];
    let (decisions, lost) = store.load(&now).unwrap();
    assert_eq!(decisions, Decisions::default());
    let told = in_a_sentence(&lost).unwrap();
    assert!(
        told.contains("line 1") && told.contains("Officials speak"),
        "{told}"
    );
    store.keep(&documents(), decide(1, 1, None)).unwrap();
    assert_eq!(store.load(&now).unwrap().1, []);
    assert_eq!(in_a_sentence(&[]), None);
}

#[test]
fn damaged_lines_are_reported_and_kept_and_spoil_nothing_else() {
    let (_folder, store) = store();
    let documents = documents();
    store
        .keep(&documents, decide(0, 0, Some(Verdict::Paired)))
        .unwrap();
    let place = store.place().unwrap();
    let mut damaged = fs::read(place).unwrap();
    damaged.extend(b"\xff\xfe nonsense\n{\"verdict\":\"loved\"}\n\n{\"verdict\":\"acce");
    fs::write(place, &damaged).unwrap();
    store
        .keep(&documents, decide(1, 1, Some(Verdict::Accepted)))
        .unwrap();
    assert!(fs::read(place).unwrap().starts_with(&damaged));
    let (decisions, lost) = store.load(&documents).unwrap();
    assert_eq!((decisions.paired.len(), decisions.accepted.len()), (1, 1));
    let lines: Vec<usize> = lost.iter().map(|lost| lost.line).collect();
    assert_eq!(lines, [2, 3, 5]);
}

#[test]
fn programs_that_write_at_once_lose_nothing() {
    let (_folder, store) = store();
    let documents = documents();
    std::thread::scope(|scope| {
        for left in 0..3 {
            for right in 0..3 {
                let (store, documents) = (&store, &documents);
                scope.spawn(move || {
                    let decision = decide(left, right, Some(Verdict::Accepted));
                    store.keep(documents, decision).unwrap();
                });
            }
        }
    });
    let (decisions, lost) = store.load(&documents).unwrap();
    assert_eq!((decisions.accepted.len(), lost), (9, vec![]));
}

#[test]
fn a_file_that_is_held_by_another_is_not_waited_for_without_end() {
    let (_folder, store) = store();
    let documents = documents();
    let decision = decide(0, 0, Some(Verdict::Accepted));
    store.keep(&documents, decision).unwrap();
    let held = File::open(store.place().unwrap()).unwrap();
    held.lock().unwrap();
    let refused = store.keep(&documents, decision);
    assert!(
        matches!(refused, Err(DecisionError::Busy { .. })),
        "{refused:?}"
    );
    drop(held);
    store.keep(&documents, decision).unwrap();
}

#[cfg(unix)]
#[test]
fn what_is_no_file_of_the_corpus_is_neither_written_nor_waited_for() {
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("target");
    fs::write(&target, "").unwrap();
    let (folder, store) = store();
    std::os::unix::fs::symlink(&target, folder.path().join(FILE)).unwrap();
    let decision = decide(0, 0, Some(Verdict::Accepted));
    let refused = store.keep(&documents(), decision).unwrap_err();
    assert!(
        refused.to_string().contains("not a file inside the corpus"),
        "{refused}"
    );
    assert_eq!(fs::read(&target).unwrap(), b"");
}

#[test]
fn where_nothing_can_be_written_the_file_and_the_reason_are_named() {
    let folder = tempfile::tempdir().unwrap();
    // A file where a folder should be: even a superuser cannot write below it.
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let store = Store::beside(&blocked);
    let refused = store.keep(&documents(), decide(0, 0, None)).unwrap_err();
    assert!(refused.to_string().starts_with("cannot "), "{refused}");
    assert!(refused.to_string().contains(FILE), "{refused}");
}

#[test]
fn of_files_only_what_is_about_them_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store(Place {
        root: None,
        shared: true,
        ..Place::beside(folder.path(), FILE)
    });
    store
        .keep(&documents(), decide(1, 1, Some(Verdict::Accepted)))
        .unwrap();
    let others = [
        document("c", "x", &["Something else."]),
        document("d", "y", &["And more."]),
    ];
    assert_eq!(store.load(&others).unwrap(), (Decisions::default(), vec![]));
    // The same files under other names, the other way round.
    let renamed = [
        document("new/b", "herald", &RIGHT),
        document("new/a", "gazette", &LEFT),
    ];
    let (decisions, lost) = store.load(&renamed).unwrap();
    assert_eq!((decisions.accepted.len(), lost), (1, vec![]));
}

#[test]
fn the_file_is_no_document_of_its_corpus_and_no_problem() {
    let (folder, store) = store();
    fs::write(
        folder.path().join("a.md"),
        "---\nsource: s\n---\nText of a.\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("b.md"),
        "---\nsource: s\n---\nText of b.\n",
    )
    .unwrap();
    let corpus: Corpus = folder::open(folder.path()).unwrap();
    store
        .keep(&corpus.documents, decide(0, 0, Some(Verdict::Paired)))
        .unwrap();
    let again = folder::open(folder.path()).unwrap();
    assert_eq!(
        (again.documents.len(), again.problems.len()),
        (2, corpus.problems.len())
    );
    assert_eq!(store.load(&again.documents).unwrap().0.paired.len(), 1);
}
