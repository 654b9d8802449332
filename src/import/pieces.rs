//! Cuts passages that are too long to lay out in one go.
//!
//! Invariant: nothing but white space at a cut is left out, and no cut is inside a character.

use super::Notice;
use crate::corpus::{Document, Kind, Mark, Passage, PassageDraft};
use crate::text::ByteSpan;
use std::ops::Range;

/// A passage longer than this, in bytes, is cut near it, so that wrapping one stays cheap.
pub(super) const MAX_PASSAGE: usize = 16 * 1024;

/// Cuts the document's long passages; a remark says how many there were.
pub(super) fn cut(document: Document, notices: &mut Vec<Notice>) -> Document {
    let is_long = |passage: &Passage<'_>| passage.text().len() > MAX_PASSAGE;
    let long = document.passages().filter(is_long).count();
    if long == 0 {
        return document;
    }
    let mut cut = Document::new(document.id.clone(), document.meta.clone());
    for passage in document.passages() {
        if is_long(&passage) {
            push_pieces(&mut cut, &passage);
        } else {
            cut.push(passage.to_draft());
        }
    }
    let pieces = cut.len() - document.len() + long;
    let kilobytes = MAX_PASSAGE >> 10;
    let remark = match long {
        1 => format!("a passage longer than {kilobytes} KB was cut into {pieces}"),
        _ => format!("{long} passages longer than {kilobytes} KB were cut into {pieces}"),
    };
    notices.push(Notice::remark(0, "", remark));
    cut
}

fn push_pieces(document: &mut Document, passage: &Passage<'_>) {
    let text = passage.text();
    for (piece, at) in pieces(text).into_iter().zip(0..) {
        let kind = match passage.kind() {
            kind if at == 0 => kind,
            kind @ (Kind::Quote | Kind::Table | Kind::Code) => kind,
            // What goes on is no heading, entry or picture of its own.
            _ => Kind::Paragraph,
        };
        document.push(PassageDraft {
            kind,
            voice: passage.voice().map(str::to_owned),
            text: text.get(piece.clone()).unwrap_or_default().to_owned(),
            marks: marks(passage.marks(), &piece),
            topics: passage.topics().to_vec(),
            address: passage.address().filter(|_| at == 0).map(str::to_owned),
        });
    }
}

/// The spans of the pieces, each at most [`MAX_PASSAGE`] long, without white space at their cuts.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while text.len() - start > MAX_PASSAGE {
        let end = cut_near(text, start);
        let piece = text.get(start..end).unwrap_or_default();
        if !piece.trim().is_empty() {
            pieces.push(start..start + piece.trim_end().len());
        }
        let rest = text.get(end..).unwrap_or_default();
        start = text.len() - rest.trim_start().len();
    }
    if start < text.len() {
        pieces.push(start..text.len());
    }
    pieces
}

/// Where a passage that starts at `start` is cut: after the last line end in the second half of the bound, else after
/// the last sentence, else after the last space, else at the bound.
pub(super) fn cut_near(text: &str, start: usize) -> usize {
    let bound = start + MAX_PASSAGE;
    let half = start + MAX_PASSAGE / 2;
    let window = &text.as_bytes()[half..bound];
    let sentence = || {
        memchr::memrchr_iter(b' ', window)
            .find(|at| *at > 0 && matches!(window[at - 1], b'.' | b'!' | b'?'))
    };
    memchr::memrchr(b'\n', window)
        .or_else(sentence)
        .or_else(|| memchr::memrchr(b' ', window))
        .map_or_else(
            || super::lines::first_bytes(text, bound).len(),
            |at| half + at + 1,
        )
}

/// The marks inside a piece, by their places in it.
fn marks(all: &[Mark], piece: &Range<usize>) -> Vec<Mark> {
    all.iter()
        .filter_map(|mark| {
            let span = mark.span.range();
            let start = span.start.max(piece.start);
            let end = span.end.min(piece.end);
            (start < end).then(|| Mark {
                span: ByteSpan::new(start - piece.start, end - piece.start),
                style: mark.style.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        pieces(text)
            .into_iter()
            .map(|piece| text.get(piece).unwrap())
            .collect()
    }

    #[test]
    fn pieces_end_at_sentences_and_hold_all_of_the_text() {
        let text = "The river rose, and rose. Then it fell ".repeat(2000);
        let found = pieces(&text);
        assert!(found.len() > 2);
        let (last, others) = found.split_last().unwrap();
        assert!(
            others
                .iter()
                .all(|piece| text.get(piece.clone()).unwrap().ends_with("rose."))
        );
        assert!(last.len() <= MAX_PASSAGE);
        assert_eq!(joined(&text).replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn text_without_spaces_is_cut_between_characters() {
        let text = "あ".repeat(20_000);
        assert_eq!(joined(&text), text);
        assert!(pieces(&text).iter().all(|piece| piece.len() <= MAX_PASSAGE));
    }

    #[test]
    fn marks_go_with_their_pieces() {
        let text = format!("{} end", "word. ".repeat(4000));
        let mut document = Document::default();
        document.push(PassageDraft {
            kind: Kind::Heading(2),
            marks: vec![Mark {
                span: ByteSpan::new(0, text.len()),
                style: crate::corpus::MarkStyle::Strong,
            }],
            text,
            ..PassageDraft::default()
        });
        let mut notices = Vec::new();
        let document = cut(document, &mut notices);
        assert_eq!((document.len(), notices.len()), (2, 1));
        for passage in document.passages() {
            assert_eq!(passage.marks()[0].span.len(), passage.text().len());
        }
        assert_eq!(document.passage(1).unwrap().kind(), Kind::Paragraph);
    }
}
