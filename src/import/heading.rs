//! Crossheads: short lines between paragraphs, and section numerals.

use super::block::{Block, Fate, ends_sentence};
use crate::corpus::Kind;

/// Longest crosshead, in characters and words.
const MAX_CHARS: usize = 90;
const MAX_WORDS: usize = 14;
/// Longest heading with a numeral.
const MAX_NUMBERED_CHARS: usize = 160;
/// A block this long is a paragraph even without a stop.
const PARAGRAPH_CHARS: usize = 80;

/// What no crosshead ends in.
const STOPS: [char; 13] = [
    '.', ',', ';', ':', '…', '。', '۔', '،', '-', '–', '—', '&', '!',
];
/// What may stand before the first letter of one.
const OPENERS: [char; 10] = ['"', '\'', '“', '‘', '«', '(', '¿', '¡', '*', '_'];

/// Headings met again that are named; more say no more.
const MAX_REPEATED: usize = 20;

/// Marks headings. Blocks with a voice and blocks for which `is_taken` is true stay what they are.
pub(super) fn mark(blocks: &mut [Block<'_>], is_taken: impl Fn(usize) -> bool) {
    let numbered: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks[*at].is_open() && is_numbered(&blocks[*at].text))
        .collect();
    let level = if numbered.is_empty() { 2 } else { 3 };
    for at in &numbered {
        blocks[*at].fate = Fate::Text(Kind::Heading(2));
    }
    let candidates: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks[*at].is_open() && !is_taken(*at) && is_short(&blocks[*at].text))
        .collect();
    let open = blocks.iter().filter(|block| block.is_open()).count();
    // Where most blocks are short (a poem, a chat, a list of names), being short says nothing.
    if candidates.len() * 5 > open * 2 {
        return;
    }
    let text_after = |blocks: &[Block<'_>], at: usize| {
        let next = blocks[at + 1..]
            .iter()
            .find(|block| matches!(block.fate, Fate::Text(_)));
        next.is_some_and(|block| match block.fate {
            Fate::Text(Kind::Paragraph) => is_paragraph(&block.text) || block.voice.is_some(),
            Fate::Text(kind) => kind.is_prose(),
            Fate::Image | Fate::Caption | Fate::LeftOut(_) | Fate::Used(_) => false,
        })
    };
    // From the end, so that of two short lines in a row the second is a heading before the first is looked at.
    let mut first_level = None;
    for at in candidates.into_iter().rev() {
        let next_is_heading = blocks[at + 1..]
            .iter()
            .find(|block| matches!(block.fate, Fate::Text(_)))
            .is_some_and(|block| matches!(block.fate, Fate::Text(Kind::Heading(_))));
        if text_after(blocks, at) || next_is_heading {
            blocks[at].fate = Fate::Text(Kind::Heading(level));
            first_level = Some(at);
        }
    }
    // What stands before the first numeral is no part of a section.
    if let (Some(_), Some(first)) = (first_level, numbered.first()) {
        for block in &mut blocks[..*first] {
            if block.fate == Fate::Text(Kind::Heading(3)) {
                block.fate = Fate::Text(Kind::Heading(2));
            }
        }
    }
}

/// Headings that stand twice: a sign that a file holds several articles, or one twice.
pub(super) fn repeated<'b>(blocks: &'b [Block<'_>]) -> Vec<(usize, &'b str)> {
    let mut seen = std::collections::HashSet::new();
    let headings = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block.fate, Fate::Text(Kind::Heading(_))));
    headings
        .filter(|(_, block)| !seen.insert(block.body()))
        .map(|(at, block)| (at, block.body()))
        .take(MAX_REPEATED)
        .collect()
}

fn is_paragraph(text: &str) -> bool {
    ends_sentence(text) || text.chars().count() >= PARAGRAPH_CHARS
}

/// `II. A Heading`, `3. A heading`, `Part Two: …` is left to the general rule.
pub(super) fn is_numbered(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | 'L')) {
        return false;
    }
    let Some((numeral, rest)) = text
        .split_once(". ")
        .filter(|(numeral, _)| numeral.len() <= 6)
    else {
        return false;
    };
    let is_roman =
        !numeral.is_empty() && numeral.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    let is_figure = (1..=2).contains(&numeral.len()) && numeral.bytes().all(|b| b.is_ascii_digit());
    let is_headline = rest
        .trim()
        .chars()
        .next()
        .is_some_and(|c| !c.is_lowercase())
        && !text.ends_with(['.', ',', ';', ':', '…']);
    (is_roman || is_figure)
        && is_headline
        && text.len() <= MAX_NUMBERED_CHARS * 4
        && text.chars().count() <= MAX_NUMBERED_CHARS
}

/// Whether a block could be a crosshead by its own looks.
fn is_short(text: &str) -> bool {
    // The cheap questions first: most blocks are sentences.
    if text.len() > MAX_CHARS * 4 {
        return false;
    }
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    let is_quoted_question = text.ends_with(['"', '”', '»']) && bare.ends_with(['?', '؟']);
    if is_quoted_question || bare.ends_with(STOPS) {
        return false;
    }
    let first = text.trim_start_matches(OPENERS).chars().next();
    first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
        && text.chars().count() <= MAX_CHARS
        && text.split_whitespace().count() <= MAX_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_make_headings() {
        for text in [
            "II. What the River Left: a Question?",
            "3. Results",
            "I. A Flood",
        ] {
            assert!(is_numbered(text), "{text}");
        }
        for text in [
            "I. went home",
            "3. The third point is a sentence.",
            "U.S. Army",
            "IV.",
            "1.5 million",
        ] {
            assert!(!is_numbered(text), "{text}");
        }
    }

    #[test]
    fn sentences_and_fragments_are_no_crossheads() {
        for text in ["What the river left", "'Under water'", "A question?", "سیل"] {
            assert!(is_short(text), "{text}");
        }
        for text in [
            "It rained.",
            "and then it",
            "The mayor said:",
            "“Will it rain?”",
            "Yours,",
            "…",
        ] {
            assert!(!is_short(text), "{text}");
        }
    }
}
