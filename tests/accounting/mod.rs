//! Holds an importer to account: each line of a file is in one passage or in one notice, in order, and no passage says more.

use diptych::corpus::{Document, Kind};
use diptych::import::{Imported, NoticeKind};
use std::collections::HashMap;

/// Separators at which a line of a file may be cut.
const BREAKS: [char; 5] = ['\u{c}', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Panics with the number of the first line of `text` that is lost, doubled or changed.
pub fn account(text: &str, imported: &Imported) {
    let [document] = imported.documents.as_slice() else {
        panic!("one document expected");
    };
    let mut notices: HashMap<(u32, &str), usize> = HashMap::new();
    for notice in &imported.notices {
        match notice.kind {
            NoticeKind::LeftOut(_) | NoticeKind::Used(_) => {
                *notices.entry((notice.line, &notice.text)).or_default() += 1;
            }
            NoticeKind::Remark(_) => {}
        }
    }
    let stream: String = document.passages().map(|passage| said(&passage)).collect();
    let rules = document
        .passages()
        .filter(|passage| passage.kind() == Kind::Rule)
        .count();
    let (mut rest, mut silent) = (stream.as_str(), 0);
    for (line, number) in text.lines().zip(1..) {
        for piece in line
            .split(BREAKS)
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
        {
            if let Some(count) = notices
                .get_mut(&(number, piece))
                .filter(|count| **count > 0)
            {
                *count -= 1;
                continue;
            }
            let letters = letters(piece);
            silent += usize::from(letters.is_empty());
            rest = without(rest, &letters)
                .or_else(|| after_label(piece).find_map(|said| without(rest, &said)))
                .unwrap_or_else(|| {
                    panic!("line {number} is in no passage and no notice, or out of order")
                });
        }
    }
    assert!(
        rest.is_empty(),
        "passages say {} bytes more than the file",
        rest.len()
    );
    assert!(rules <= silent, "more rules than lines without letters");
    let unclaimed: Vec<_> = notices
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|((line, _), _)| line)
        .collect();
    assert!(
        unclaimed.is_empty(),
        "notices name lines that are in passages too: {unclaimed:?}"
    );
    assert_eq!(
        document.meta.left_out.len(),
        left_out(imported),
        "left_out and notices agree"
    );
    has_consecutive_spans(document);
}

fn left_out(imported: &Imported) -> usize {
    imported
        .notices
        .iter()
        .filter(|notice| matches!(notice.kind, NoticeKind::LeftOut(_)))
        .count()
}

fn has_consecutive_spans(document: &Document) {
    let mut end = 0;
    for passage in document.passages() {
        assert_eq!(passage.span().start, end);
        end = passage.span().end;
    }
}

/// What a passage says, with its number and address, letters and figures only.
fn said(passage: &diptych::corpus::Passage<'_>) -> String {
    let number = match passage.kind() {
        Kind::Numbered { number, .. } => number.to_string(),
        _ => String::new(),
    };
    letters(&format!(
        "{number}{}{}",
        passage.address().unwrap_or_default(),
        passage.text()
    ))
}

/// White space, marks and hyphens at line ends may change; letters and figures may not.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A turn of an interview: its label has become the passage's voice.
fn after_label(line: &str) -> impl Iterator<Item = String> + '_ {
    [":", "：", ". "]
        .into_iter()
        .filter_map(move |mark| line.split_once(mark).map(|(_, said)| letters(said)))
}

fn without<'a>(rest: &'a str, start: &str) -> Option<&'a str> {
    rest.strip_prefix(start)
}
