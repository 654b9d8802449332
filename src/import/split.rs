//! Files that hold several articles: where one ends and the next begins.
//!
//! A cut needs a line that could be a title, and by it what stands at the head of an article: a byline, a date with its year,
//! an address, lines of metadata, a dateline, the title once more; or a title that the file had before; or a divider above
//! it. Each of these has a weight. What stands in comments, lists of links and live blogs looks much the same, so a part
//! has to be as long as an article, and where many are not the file is left whole.
//!
//! Invariant: parts are runs of whole lines, in order, and with the dividers between them they are all lines of the file.

use super::block::{self, Block, ends_sentence};
use super::dates::{self, When, date_line};
use super::keys::{Key, key_line};
use super::lines::Line;
use super::{address, head, people, plain};
use std::collections::HashMap;
use std::ops::Range;

/// Words of the shortest article.
const FEWEST_WORDS: usize = 90;
/// What the signs at a cut weigh together, at least.
const ENOUGH: u32 = 3;
/// Blocks after the title in which signs are looked for.
const HEAD_BLOCKS: usize = 4;
/// Longest title, in bytes.
const TITLE_BYTES: usize = 240;
/// A block this long is the article itself.
const BODY_CHARS: usize = 140;
/// Most articles of a file; a file with more is a table or a log.
const MOST_PARTS: usize = 500;

/// Where an article begins that is not the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The line it begins with, from 1.
    pub line: u32,
    /// That line, or the title.
    pub title: String,
    /// What tells so.
    pub signs: Vec<&'static str>,
}

/// A run of lines that is one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Indices of the lines that divide it from the one before.
    pub divider: Range<usize>,
    /// Indices of its own lines.
    pub lines: Range<usize>,
}

/// A place where the file could be cut.
struct Candidate {
    /// First block of the divider; the same as `start` where there is none.
    divider: usize,
    /// First block of the article.
    start: usize,
    /// The block that is its title.
    title: usize,
    signs: Vec<&'static str>,
}

/// The parts of a file in one.
pub(super) fn joined(parts: Vec<Part>) -> Vec<Part> {
    let end = parts.last().map_or(0, |part| part.lines.end);
    let whole = parts.into_iter().next().map(|first| Part {
        lines: first.lines.start..end,
        ..first
    });
    whole.into_iter().collect()
}

/// The cuts of a file and the parts they make; none and one where it is one article. `feeds` are the lines with a form feed, in
/// order.
pub(super) fn find(
    lines: &[Line<'_>],
    blocks: &[Block<'_>],
    feeds: &[u32],
) -> (Vec<Cut>, Vec<Part>) {
    let opens = blocks
        .iter()
        .take_while(|block| is_numbered_document(&block.text));
    let opens = opens.last().map_or(0, |block| block.lines.end);
    let whole = || {
        let all = Part {
            divider: 0..opens,
            lines: opens..lines.len(),
        };
        (Vec::new(), vec![all])
    };
    let mut candidates = candidates(lines, blocks, feeds);
    let found = candidates.len();
    keep_articles(blocks, &mut candidates);
    let is_list = (found - candidates.len()) * 3 > found;
    if candidates.is_empty() || is_list || candidates.len() >= MOST_PARTS {
        return whole();
    }
    let line_of = |block: usize| {
        blocks
            .get(block)
            .map_or(lines.len(), |block| block.lines.start)
    };
    let cuts = candidates.iter().map(|candidate| Cut {
        line: lines[line_of(candidate.start)].number,
        title: blocks[candidate.title].text.trim().to_owned(),
        signs: candidate.signs.clone(),
    });
    let mut parts = Vec::with_capacity(candidates.len() + 1);
    let mut divider = 0..opens;
    for candidate in &candidates {
        parts.push(Part {
            lines: divider.end..line_of(candidate.divider),
            divider,
        });
        divider = line_of(candidate.divider)..line_of(candidate.start);
    }
    parts.push(Part {
        lines: divider.end..lines.len(),
        divider,
    });
    (cuts.collect(), parts)
}

fn candidates(lines: &[Line<'_>], blocks: &[Block<'_>], feeds: &[u32]) -> Vec<Candidate> {
    let titled: Vec<Option<String>> = blocks
        .iter()
        .map(|block| could_be_title(block).then(|| head::folded(&block.text)))
        .collect();
    // The same line at the head of several pages is a running head.
    let mut times: HashMap<&str, usize> = HashMap::new();
    for title in titled.iter().flatten() {
        *times.entry(title).or_default() += 1;
    }
    let mut found: Vec<Candidate> = Vec::new();
    let mut free = 1;
    // How often each was the title of an article so far.
    let mut titles: HashMap<String, usize> = HashMap::new();
    if let Some(first) = titled.iter().take(HEAD_BLOCKS).position(Option::is_some) {
        titles.extend(titled[first].clone().map(|title| (title, 1)));
        free = first + 1;
    }
    for at in 1..blocks.len() {
        if at < free {
            continue;
        }
        let has_keys = opens_metadata(blocks, at);
        if !has_keys && titled[at].is_none() {
            continue;
        }
        let title = titled[at].clone();
        let folded = title.unwrap_or_else(|| head::folded(&blocks[at].text));
        let mut signs = Vec::new();
        let mut weight = 0;
        let mut add = |sign: &'static str, weighs: u32| {
            weight += weighs;
            signs.push(sign);
        };
        let (mut divider, mut start) = (at, at);
        while start > 1 && head::is_kind(&blocks[start - 1].text) {
            start -= 1;
        }
        divider = divider.min(start);
        while divider > 1 && is_divider(&blocks[divider - 1].text) {
            divider -= 1;
            let numbered = is_numbered_document(&blocks[divider].text);
            add(
                if numbered {
                    "a number of an article"
                } else {
                    "a rule"
                },
                if numbered { ENOUGH } else { 2 },
            );
        }
        let number = lines[blocks[start].lines.start].number;
        let before = lines[blocks[divider - 1].lines.end - 1].number;
        let is_running = times.get(folded.as_str()).is_some_and(|times| *times > 2);
        let feed = feeds.get(feeds.partition_point(|feed| *feed < before));
        if !is_running && feed.is_some_and(|feed| *feed <= number) {
            add("a form feed", 2);
        }
        if titles.get(&folded).is_some_and(|times| *times == 1) && folded.len() >= 12 && !is_running
        {
            add("the title of an article before it", ENOUGH);
        }
        if has_keys {
            add("lines of metadata", ENOUGH);
        }
        let end = signs_after(blocks, at, &folded, &mut add);
        if weight < ENOUGH {
            continue;
        }
        *titles.entry(folded).or_default() += 1;
        found.push(Candidate {
            divider,
            start,
            title: at,
            signs,
        });
        free = end;
    }
    found
}

/// What stands under a title; the block after the head.
fn signs_after(
    blocks: &[Block<'_>],
    title: usize,
    folded: &str,
    add: &mut impl FnMut(&'static str, u32),
) -> usize {
    for (at, block) in blocks.iter().enumerate().skip(title + 1).take(HEAD_BLOCKS) {
        let text = block.text.trim_matches(['*', '_', ' ']);
        if text.chars().count() >= BODY_CHARS || (text.len() >= 80 && ends_sentence(text)) {
            if let Some(dateline) = plain::dateline_of(text) {
                let is_sure = dateline.agency.is_some() || dates::first(dateline.text).is_some();
                add("a dateline", if is_sure { ENOUGH } else { 2 });
            }
            return at;
        }
        if head::folded(text) == *folded {
            add("its title twice", ENOUGH);
        } else if address::is_address(text) {
            add("an address", 2);
        } else if people::byline(text).is_some() {
            add("a byline", ENOUGH);
        } else if let Some(date) = date_line(text) {
            let has_name = !date.before.is_empty();
            if has_name && people::byline(date.before).is_none() && !people::is_name(date.before) {
                continue;
            }
            add("a date", if is_full(date.when) { ENOUGH } else { 1 });
        }
    }
    title + 1
}

/// Drops cuts that would leave a part shorter than an article.
fn keep_articles(blocks: &[Block<'_>], candidates: &mut Vec<Candidate>) {
    let words = |from: usize, to: usize| -> usize {
        let body = blocks.get(from..to).unwrap_or_default().iter();
        let body =
            body.filter(|block| ends_sentence(&block.text) || block.text.len() >= BODY_CHARS);
        body.map(|block| plain_words(&block.text)).sum()
    };
    let ends: Vec<usize> = candidates
        .iter()
        .skip(1)
        .map(|candidate| candidate.divider)
        .chain([blocks.len()])
        .collect();
    let first = candidates.first().map_or(0, |candidate| candidate.divider);
    let opens = words(0, first) >= FEWEST_WORDS;
    let mut number = 0;
    candidates.retain(|candidate| {
        let end = ends[number];
        number += 1;
        (number > 1 || opens) && words(candidate.start, end) >= FEWEST_WORDS
    });
}

/// Words; a long run of letters, as scripts without spaces have them, counts for about a third of its letters.
fn plain_words(text: &str) -> usize {
    text.split_whitespace()
        .map(|word| {
            if word.is_ascii() {
                1
            } else {
                1 + word.chars().count() / 24 * 8
            }
        })
        .sum()
}

/// A short line of its own that ends no sentence, and is no entry of a list and no name alone.
fn could_be_title(block: &Block<'_>) -> bool {
    let text = block.text.trim_matches(['*', '_', ' ']);
    block.gap
        && text.len() <= TITLE_BYTES
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 8
        && !text.ends_with(['.', ',', ';', ':', '…', '。', '۔', '،'])
        && block::bullet(text).is_none()
        && !is_numbered_document(text)
        && !people::is_name(text)
        && people::byline(text).is_none()
        && date_line(text).is_none()
        && key_line(text).is_none()
        && !address::is_address(text)
        && !text.chars().next().is_some_and(char::is_lowercase)
}

/// Two lines of metadata of different kinds in a row, the first of such a row, with a title or a date among them.
fn opens_metadata(blocks: &[Block<'_>], at: usize) -> bool {
    let key = |at: usize| {
        let (key, value) = key_line(&blocks.get(at)?.text)?;
        let counts = !value.is_empty() && value.len() <= TITLE_BYTES && !ends_sentence(value);
        (counts && key != Key::Labels).then_some(key)
    };
    let (Some(first), Some(second)) = (key(at), key(at + 1)) else {
        return false;
    };
    first != second && key(at - 1).is_none() && blocks[at].gap
}

fn is_divider(text: &str) -> bool {
    plain::is_rule(text) || is_numbered_document(text)
}

/// `3 of 12 DOCUMENTS`, `Document 3 of 12`, as press databases write it.
fn is_numbered_document(text: &str) -> bool {
    const NOUNS: [&str; 6] = [
        "document",
        "documents",
        "article",
        "articles",
        "story",
        "stories",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &&str| {
        !word.is_empty() && word.len() <= 6 && word.bytes().all(|b| b.is_ascii_digit())
    };
    let is_noun = |word: &&str| NOUNS.contains(&word.to_lowercase().as_str());
    let [first, second, third, fourth] = words.as_slice() else {
        return false;
    };
    let orders = [
        [first, second, third, fourth],
        [second, third, fourth, first],
    ];
    orders.iter().any(|[number, of, all, noun]| {
        is_number(number) && of.eq_ignore_ascii_case("of") && is_number(all) && is_noun(noun)
    })
}

/// A month or a day with its year, or a distance from the day of the copy ("4 hours ago"): what stands over an article. A day without its
/// year may be a crosshead of a chronicle.
fn is_full(when: When) -> bool {
    match when {
        When::Absolute(date) | When::EitherWay(date) => date.month.is_some(),
        When::DaysAgo(_) => true,
        When::NoYear { .. } => false,
    }
}
