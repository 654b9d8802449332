//! The five raw copies, which belong to their authors: every line is accounted for, and the metadata are what a careful
//! person would write down. Lines are referred to by number; nothing of their text stands here.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its material is not what it says"
)]

mod accounting;

use diptych::corpus::{Date, Document, Kind};
use diptych::import::{Imported, Input, NoticeKind, import};
use std::path::PathBuf;

/// Imports the copy whose name starts with `start`; `None`, with a line printed, where the copies are missing.
fn seed(start: &str, copied: Option<Date>) -> Option<(String, Imported)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no folder {}", folder.display());
        return None;
    };
    let path = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(start))
        })?;
    let bytes = std::fs::read(&path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let imported = import(&Input {
        name: &name,
        bytes: &bytes,
        copied,
    })
    .unwrap();
    Some((String::from_utf8(bytes).unwrap(), imported))
}

fn used(imported: &Imported) -> Vec<(u32, &'static str)> {
    imported
        .notices
        .iter()
        .filter_map(|notice| {
            if let NoticeKind::Used(key) = notice.kind {
                Some((notice.line, key))
            } else {
                None
            }
        })
        .collect()
}

fn left_out(document: &Document) -> Vec<u32> {
    document
        .meta
        .left_out
        .iter()
        .map(|line| line.line)
        .collect()
}

fn headings(document: &Document) -> Vec<&str> {
    document
        .passages()
        .filter(|passage| matches!(passage.kind(), Kind::Heading(_)))
        .map(|passage| passage.text())
        .collect()
}

/// The line of the file, for comparing without quoting.
fn line(text: &str, number: usize) -> &str {
    text.lines().nth(number - 1).unwrap().trim()
}

#[test]
fn every_line_of_the_seeds_is_in_a_passage_or_a_notice() {
    for start in ["000", "001", "002", "003", "004"] {
        if let Some((text, imported)) = seed(start, None) {
            accounting::account(&text, &imported);
            assert_eq!(imported.encoding, "UTF-8");
            assert_eq!(imported.documents[0].meta.language, "en");
            assert_eq!(
                imported.documents[0].meta.sha256.as_deref().map(str::len),
                Some(64)
            );
        }
    }
}

#[test]
fn seed_000_has_a_title_and_no_comment_remains() {
    let Some((text, imported)) = seed("000", None) else {
        return;
    };
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, line(&text, 1));
    assert_eq!(document.meta.source.as_str(), "not-stated");
    assert_eq!(imported.sources[0].title, "Not stated");
    assert_eq!(
        (
            document.meta.date,
            document.meta.kind.as_deref(),
            document.meta.authors.len()
        ),
        (None, None, 0)
    );
    assert_eq!(left_out(document), [57, 59]);
    assert_eq!(document.len(), 27);
    assert!(
        document
            .passages()
            .all(|passage| passage.kind() == Kind::Paragraph)
    );
}

#[test]
fn seed_001_states_no_title_and_loses_its_fragments() {
    let Some((text, imported)) = seed("001", None) else {
        return;
    };
    let document = &imported.documents[0];
    let made = document.meta.title.trim_end_matches('…');
    assert!(line(&text, 3).starts_with(made) && made.len() > 30);
    assert!(imported.notices.iter().any(|notice| matches!(&notice.kind, NoticeKind::Remark(remark) if remark.contains("no title is stated"))));
    assert_eq!(left_out(document), [1, 2, 16, 17]);
    assert_eq!(document.meta.source.as_str(), "not-stated");
    assert_eq!((document.meta.date, document.meta.authors.len()), (None, 0));
    let expected =
        [14, 22, 28, 36, 44, 58, 81, 89, 94, 119, 123, 129].map(|number| line(&text, number));
    assert_eq!(headings(document), expected);
}

#[test]
fn seed_002_has_its_title_once_and_a_date_only_with_the_day_of_the_copy() {
    let Some((text, imported)) = seed("002", None) else {
        return;
    };
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, line(&text, 1));
    assert_eq!(document.meta.source.as_str(), "theatlantic.com");
    assert_eq!(imported.sources[0].title, "theatlantic.com");
    assert_eq!(
        (document.meta.date, document.meta.url.as_deref()),
        (None, None)
    );
    assert_eq!(left_out(document), [3, 5, 19, 31, 45]);
    assert_eq!(used(&imported), [(1, "title"), (4, "source")]);
    assert_eq!(document.len(), 22);
    let (_, dated) = seed("002", Date::from_ymd(2026, 1, 21)).unwrap();
    assert_eq!(dated.documents[0].meta.date, Date::from_ymd(2026, 1, 21));
    assert_eq!(used(&dated), [(1, "title"), (3, "date"), (4, "source")]);
}

#[test]
fn seed_003_is_dated_and_signed_and_published() {
    let Some((text, imported)) = seed("003", None) else {
        return;
    };
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, line(&text, 1));
    assert_eq!(document.passage(0).unwrap().text(), line(&text, 2));
    assert_eq!(document.meta.date, Date::from_ymd(2026, 1, 30));
    assert_eq!(document.meta.authors, ["Steve Dew-Jones"]);
    assert_eq!(
        (
            document.meta.source.as_str(),
            imported.sources[0].title.as_str()
        ),
        ("wrong-speak", "Wrong Speak")
    );
    assert_eq!(left_out(document), [29]);
    assert_eq!(document.len(), 26);
}

#[test]
fn seed_004_is_an_interview_with_its_voices() {
    let Some((text, imported)) = seed("004", None) else {
        return;
    };
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, line(&text, 1));
    assert_eq!(document.meta.kind.as_deref(), Some("interview"));
    assert_eq!(document.meta.date, Date::from_ymd(2026, 2, 18));
    assert_eq!(document.meta.source.as_str(), "crimethinc.com");
    assert_eq!(
        document.voices(),
        [
            "Palestinian Solidarity Action Network",
            "Roja",
            "Leila Hossein Zadeh"
        ]
    );
    let expected = [5, 14, 34, 124, 164].map(|number| line(&text, number));
    assert_eq!(headings(document), expected);
    assert_eq!(left_out(document), [3, 7]);
    let inferred = |what: &str| {
        imported.notices.iter().any(|notice| matches!(&notice.kind, NoticeKind::Remark(remark) if remark.starts_with(what) && remark.contains("inferred")))
    };
    assert!(inferred("source") && inferred("date"));

    let addresses = text
        .lines()
        .filter(|line| line.trim().strip_suffix(".jpg").is_some())
        .count();
    let pictures: Vec<_> = document
        .passages()
        .filter(|passage| passage.address().is_some_and(|address| !address.is_empty()))
        .collect();
    assert_eq!(pictures.len(), addresses);
    assert!(
        pictures
            .iter()
            .all(|passage| passage.kind() == Kind::Image && passage.text().is_empty())
    );
    assert!(
        document
            .passages()
            .all(|passage| !passage.text().contains(".jpg"))
    );

    // Who speaks, by line: the preface nobody, then question, answer, and what follows an answer.
    let voice_of = |number: usize| {
        let line = line(&text, number);
        document
            .passages()
            .find(|passage| !passage.text().is_empty() && line.ends_with(passage.text()))
            .unwrap()
            .voice()
    };
    for number in [11, 16, 28, 30] {
        assert_eq!(voice_of(number), None, "line {number}");
    }
    for number in [36, 56, 72, 96, 110, 126, 146, 166, 184, 212] {
        assert_eq!(
            voice_of(number),
            Some("Palestinian Solidarity Action Network"),
            "line {number}"
        );
    }
    for number in [38, 52, 54, 64, 206, 224] {
        assert_eq!(voice_of(number), Some("Roja"), "line {number}");
    }
    for number in [40, 42, 48, 58, 62, 174] {
        assert_eq!(
            voice_of(number),
            Some("Leila Hossein Zadeh"),
            "line {number}"
        );
    }
}
