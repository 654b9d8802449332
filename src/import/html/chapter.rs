//! A chapter of a book: all that it shows is text, so nothing is selected.
//!
//! Invariant: each piece is a passage or one notice. What a reading system shows only when asked (footnotes that pop up) is text too.

use super::area::Area;
use super::blocks::{self, Piece};
use super::tree::{NodeId, Page, ROOT};
use super::{Refusal, parse, xhtml};
use crate::corpus::{Kind, PassageDraft};
use crate::import::{Notice, NoticeKind};
use std::collections::HashSet;

/// A chapter read.
#[derive(Debug, Default)]
pub(in crate::import) struct Chapter {
    /// Its passages.
    pub drafts: Vec<PassageDraft>,
    /// For each place that was asked for, by its name, before which passage it stands.
    pub places: Vec<(String, usize)>,
    /// What is in no passage.
    pub notices: Vec<Notice>,
}

/// Reads a chapter; `wanted` are names of places in it, as in `chapter.xhtml#name`.
pub(in crate::import) fn read(text: &str, wanted: &[&str]) -> Result<Chapter, Refusal> {
    let page = parse::parse(&xhtml::expanded(text)).map_err(Refusal::TooMuch)?;
    let mut chapter = Chapter::default();
    let mut anchors = anchors(&page, wanted).into_iter().peekable();
    for piece in blocks::pieces(&page, ROOT, None) {
        while let Some((name, _)) = anchors.next_if(|(_, node)| piece.node >= *node) {
            chapter.places.push((name, chapter.drafts.len()));
        }
        match reason(&page, &piece) {
            Some(reason) => leave_out(piece, reason, &mut chapter.notices),
            None => chapter.drafts.push(draft(piece)),
        }
    }
    Ok(chapter)
}

/// The nodes that carry the wanted names, each name once, in the order of the page.
fn anchors(page: &Page, wanted: &[&str]) -> Vec<(String, NodeId)> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut wanted: HashSet<&str> = wanted.iter().copied().collect();
    let mut found: Vec<(String, NodeId)> = page
        .below(ROOT)
        .filter_map(|id| {
            let name = page
                .attribute(id, "id")
                .or_else(|| page.attribute(id, "name"))?;
            wanted.remove(name).then(|| (name.to_owned(), id))
        })
        .collect();
    // Broken markup moves nodes, so that their numbers and their order may differ.
    found.sort_by_key(|(_, node)| *node);
    found
}

/// Why a piece is in no passage.
fn reason(page: &Page, piece: &Piece) -> Option<&'static str> {
    if piece.kind == Kind::Image && piece.text.is_empty() {
        return Some("a picture without words");
    }
    match piece.area {
        Some((Area::Navigation, node)) if page.name(node) == "nav" => {
            Some("the table of contents of the book")
        }
        _ => None,
    }
}

fn leave_out(piece: Piece, reason: &str, notices: &mut Vec<Notice>) {
    let text = if piece.text.is_empty() {
        piece.address.unwrap_or_default()
    } else {
        piece.text.replace('\n', " ")
    };
    let kind = NoticeKind::LeftOut(reason.to_owned());
    match notices.last_mut().filter(|last| {
        last.kind == kind && last.text.len() + text.len() < super::article::MAX_NOTICE
    }) {
        Some(last) => {
            last.text.push_str(" · ");
            last.text.push_str(&text);
        }
        None => notices.push(Notice {
            line: 0,
            text,
            kind,
        }),
    }
}

fn draft(piece: Piece) -> PassageDraft {
    PassageDraft {
        kind: piece.kind,
        text: if piece.kind == Kind::Rule {
            String::new()
        } else {
            piece.text
        },
        marks: piece.marks,
        address: piece.address.filter(|_| piece.kind == Kind::Image),
        ..PassageDraft::default()
    }
}
