//! Web pages: the article without what stands around it.
//!
//! Invariant: all that the page shows is in a passage or in a notice with the reason why not. Scripts, styles and comments of the
//! markup are not shown. Work is bounded, see `parse.rs` and `select.rs`.

mod area;
mod article;
mod blocks;
mod facts;
mod inline;
mod parse;
mod select;
mod table;
mod tree;

use super::{Input, Notice};
use crate::corpus::{Document, Source};

/// Why a page is no document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no text on it.
    Empty,
    /// It breaks a bound.
    TooMuch(&'static str),
}

/// Reads a page: the document, its source, and what became of what is in no passage.
pub(super) fn read(
    input: &Input<'_>,
    text: &str,
) -> Result<(Document, Source, Vec<Notice>), Refusal> {
    let page = parse::parse(text).map_err(Refusal::TooMuch)?;
    let facts = facts::read(&page);
    let pieces = blocks::pieces(&page, tree::ROOT, facts.base.as_ref());
    if !pieces.iter().any(|piece| !piece.text.is_empty()) {
        return Err(Refusal::Empty);
    }
    let choice = select::select(&page, &pieces);
    Ok(article::write(input, &page, facts, pieces, &choice))
}
