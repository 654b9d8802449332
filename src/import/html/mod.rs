//! Web pages: the article without what stands around it.
//!
//! Invariant: all that the page shows is in a passage or in a notice with the reason why not. Scripts, styles and comments of the
//! markup are not shown. Work is bounded, see `parse.rs` and `select.rs`.

mod area;
mod article;
mod blocks;
pub(super) mod chapter;
mod facts;
mod inline;
mod parse;
mod select;
mod table;
mod tree;
mod xhtml;

use super::{Input, Notice, slug};
use crate::corpus::{Date, Document, DocumentId, Source};
pub(super) use parse::MAX_BYTES;
use url::Url;

/// Why a page is no document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// There is no text on it.
    Empty,
    /// It breaks a bound.
    TooMuch(&'static str),
}

/// Reads a page, fetched at `address` where it was: the document, its source, and what became of what is in no passage.
pub(super) fn read(
    input: &Input<'_>,
    text: &str,
    address: Option<&str>,
) -> Result<(Document, Source, Vec<Notice>), Refusal> {
    let page = parse::parse(text).map_err(Refusal::TooMuch)?;
    let facts = facts::read(&page, address);
    let pieces = blocks::pieces(&page, tree::ROOT, facts.base.as_ref());
    if !pieces.iter().any(|piece| !piece.text.is_empty()) {
        return Err(Refusal::Empty);
    }
    let choice = select::select(&page, &pieces);
    Ok(article::write(input, &page, facts, pieces, &choice))
}

/// What is stated of a text beside its markup: by the feed or the message that it is part of.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub title: String,
    pub authors: Vec<String>,
    pub date: Option<Date>,
    pub url: Option<String>,
    /// Who publishes it.
    pub site: Option<String>,
    pub language: Option<String>,
}

/// Reads markup that is all of it one text, such as an entry of a feed: nothing is selected, only what is not shown and what is known to
/// be no part of any text is left out.
pub(super) fn read_whole(
    input: &Input<'_>,
    text: &str,
    stated: Stated,
) -> Result<(Document, Source, Vec<Notice>), Refusal> {
    let page = parse::parse(&xhtml::expanded(text)).map_err(Refusal::TooMuch)?;
    let title = stated.title;
    let facts = facts::Facts {
        titles: vec![title.clone()],
        authors: stated.authors,
        date: stated.date,
        site: stated.site,
        base: stated.url.as_deref().and_then(|url| Url::parse(url).ok()),
        url: stated.url,
        language: stated.language,
        ..facts::Facts::default()
    };
    let pieces = blocks::pieces(&page, tree::ROOT, facts.base.as_ref());
    if !pieces.iter().any(|piece| !piece.text.is_empty()) {
        return Err(Refusal::Empty);
    }
    let choice = select::whole(&pieces);
    let (mut document, source, notices) = article::write(input, &page, facts, pieces, &choice);
    document.id = DocumentId::from(slug(&title));
    document.meta.title = title;
    Ok((document, source, notices))
}

/// The bare text of markup: of a title, which may hold entities and emphasis.
pub(super) fn bare(markup: &str) -> String {
    if !markup.contains(['<', '&']) {
        return markup.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    parse::parse(markup).map_or_else(|_| String::new(), |page| page.text(tree::ROOT, 2000))
}
