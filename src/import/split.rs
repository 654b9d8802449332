//! Files that hold several articles: where one ends and the next begins.
//!
//! A cut needs a line that could be a title, and by it what stands at the head of an article: a byline, a date with its year,
//! an address, lines of metadata, a dateline, the title once more; or a title that the file had before; or a divider above
//! it. Each of these has a weight. What stands in comments, lists of links and live blogs looks much the same, so a part
//! has to be as long as an article, and where many are not the file is left whole.
//!
//! Some signs are made to divide and need no length: numbers of documents that count up, and form feeds over what opens as an
//! article does. Under a rule a part may be short where it and the one before have a title and a byline or a day.
//!
//! Invariant: parts are runs of whole lines, in order, and with the dividers between them they are all lines of the file.

use super::block::{self, Block, ends_sentence};
use super::dates::{self, When, date_line};
use super::keys::{Key, key_line};
use super::lines::Line;
use super::{Evidence, address, head, heading, people, plain};
use std::collections::HashMap;
use std::ops::Range;

/// Words of the shortest article, where a sign could be something else.
const FEWEST_WORDS: usize = 90;
/// Words of the shortest one under a rule, or where somebody says that there are several: a report of three sentences.
const FEW_WORDS: usize = 25;
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
/// Most where signs are made to divide.
const MOST_EXPLICIT: usize = 10_000;
/// Blocks over a title that may say when and where it was published.
const BLOCKS_ABOVE: usize = 3;

/// Why a line between two articles is in neither.
pub(super) const DIVIDES: &str = "divides the articles of this file";

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
    /// Words that it and the part before the first cut have at least; 0 where any line is enough.
    fewest: usize,
}

/// Signs of one place, and what they weigh.
#[derive(Default)]
struct Signs {
    names: Vec<&'static str>,
    weight: u32,
    /// A byline or a day stands at the head: what every article has, and an entry of a live blog has only with the hour.
    has_head: bool,
}

impl Signs {
    fn add(&mut self, name: &'static str, weighs: u32) {
        self.weight += weighs;
        self.names.push(name);
    }
}

/// The file, and what is known of its blocks.
struct File<'f, 'a> {
    lines: &'f [Line<'a>],
    blocks: &'f [Block<'a>],
    /// The letters of those that could be titles.
    titled: Vec<Option<String>>,
    /// How often each title stands in it.
    times: HashMap<String, usize>,
    evidence: Evidence,
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

/// The cuts of a file and the parts they make; none and one where it is one article.
pub(super) fn find(
    lines: &[Line<'_>],
    blocks: &[Block<'_>],
    evidence: Evidence,
) -> (Vec<Cut>, Vec<Part>) {
    let numbers = blocks
        .iter()
        .take_while(|block| is_numbered_document(&block.text))
        .count();
    let opens = numbers
        .checked_sub(1)
        .map_or(0, |last| blocks[last].lines.end);
    let whole = || {
        let all = Part {
            divider: 0..opens,
            lines: opens..lines.len(),
        };
        (Vec::new(), vec![all])
    };
    let mut candidates = File::new(lines, blocks, evidence).candidates(numbers);
    let is_doubtful = |candidate: &&Candidate| candidate.fewest >= FEWEST_WORDS;
    let found = candidates.iter().filter(is_doubtful).count();
    keep_articles(blocks, &mut candidates);
    let kept = candidates.iter().filter(is_doubtful).count();
    // Most of what looks like a title is none: they are comments, links or entries.
    let is_list = (found - kept) * 3 > found;
    if is_list {
        candidates.retain(|candidate| candidate.fewest < FEWEST_WORDS);
    }
    if candidates.is_empty() || kept >= MOST_PARTS || candidates.len() >= MOST_EXPLICIT {
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

impl<'f, 'a> File<'f, 'a> {
    fn new(lines: &'f [Line<'a>], blocks: &'f [Block<'a>], evidence: Evidence) -> Self {
        let titled: Vec<Option<String>> = blocks
            .iter()
            .map(|block| could_be_title(block).then(|| head::folded(&block.text)))
            .collect();
        let mut times: HashMap<String, usize> = HashMap::new();
        for title in titled.iter().flatten() {
            *times.entry(title.clone()).or_default() += 1;
        }
        Self {
            lines,
            blocks,
            titled,
            times,
            evidence,
        }
    }

    /// `numbers` are the blocks at the start that only number the first article.
    fn candidates(&self, numbers: usize) -> Vec<Candidate> {
        let blocks = self.blocks;
        let mut found: Vec<Candidate> = Vec::new();
        let mut free = numbers.max(1);
        // How often each was the title of an article so far.
        let mut titles: HashMap<String, usize> = HashMap::new();
        let mut before_has_head = false;
        let heads = self.titled.iter().enumerate().skip(numbers);
        let mut heads = heads.take(HEAD_BLOCKS);
        if let Some((first, Some(title))) = heads.find(|(_, title)| title.is_some()) {
            titles.insert(title.clone(), 1);
            let mut signs = Signs::default();
            let end = self.signs_after(first, title, &mut signs);
            before_has_head = signs.has_head || (numbers..first).any(|at| self.is_head(at));
            free = if numbers > 0 { end } else { first + 1 };
        }
        before_has_head |= has_metadata(blocks, numbers);
        let numbered = numbered(blocks);
        let pages = self.pages_are_articles();
        for at in 1..blocks.len() {
            if at < free {
                continue;
            }
            if numbered[at] {
                let Some((candidate, end)) = self.numbered(at, free) else {
                    // Nothing but numbers and rules follows.
                    break;
                };
                before_has_head = true;
                found.push(candidate);
                free = end;
                continue;
            }
            let has_keys = opens_metadata(blocks, at);
            if !has_keys && self.titled[at].is_none() {
                continue;
            }
            let folded = self.titled[at].clone();
            let folded = folded.unwrap_or_else(|| head::folded(&blocks[at].text));
            let mut signs = Signs::default();
            let start = self.start_over(at, free, &mut signs);
            let divider = self.divider_over(start, free, &mut signs);
            let is_running = self.is_running(&folded);
            let is_again =
                titles.get(&folded).is_some_and(|times| *times == 1) && folded.len() >= 12;
            let has_rule = signs.names.contains(&RULE);
            let has_feed = !is_running && (divider..=start).any(|at| self.is_fed(at));
            if has_feed {
                signs.add("a form feed", 2);
            }
            if is_again && !is_running {
                signs.add("the title of an article before it", ENOUGH);
            }
            if has_keys {
                signs.add("lines of metadata", ENOUGH);
                signs.has_head = true;
            }
            let end = self.signs_after(at, &folded, &mut signs);
            let divides = has_feed && !is_again;
            let is_weak = self.evidence == Evidence::Weak;
            if signs.weight < ENOUGH && !(divides && (pages || is_weak)) {
                continue;
            }
            let fewest = if divides {
                1
            } else if is_weak || (has_rule && signs.has_head && before_has_head) {
                FEW_WORDS
            } else {
                FEWEST_WORDS
            };
            before_has_head = signs.has_head;
            *titles.entry(folded).or_default() += 1;
            found.push(Candidate {
                divider,
                start,
                title: at,
                signs: signs.names,
                fewest,
            });
            free = end;
        }
        found
    }

    /// The article under a number, and the block after its head.
    fn numbered(&self, number: usize, free: usize) -> Option<(Candidate, usize)> {
        let blocks = self.blocks;
        let rest = blocks.iter().enumerate().skip(number + 1);
        let (start, _) = rest.clone().find(|(_, block)| !is_divider(&block.text))?;
        let mut signs = Signs::default();
        let divider = self.divider_over(start, free, &mut signs);
        let near = start..blocks.len().min(start + HEAD_BLOCKS);
        let title = near.clone().find(|at| self.titled[*at].is_some());
        let title = title.unwrap_or(start);
        // The lines of its head are no titles of more articles.
        let end = (start + 1..blocks.len().min(start + 3 * HEAD_BLOCKS))
            .find(|at| is_body(&blocks[*at].text) || is_divider(&blocks[*at].text));
        let candidate = Candidate {
            divider,
            start,
            title,
            signs: signs.names,
            fewest: 0,
        };
        Some((candidate, end.unwrap_or(start + 1)))
    }

    /// Where the head of an article begins whose title is at `title`: what kind of text it is may stand over it, and, right under
    /// what divides, when and by whom it was published.
    fn start_over(&self, title: usize, free: usize, signs: &mut Signs) -> usize {
        let mut start = title;
        while start > free && !self.is_fed(start) && head::is_kind(&self.blocks[start - 1].text) {
            start -= 1;
        }
        let mut above = start;
        while above > free
            && start - above < BLOCKS_ABOVE
            && !self.is_fed(above)
            && self.is_head(above - 1)
        {
            above -= 1;
        }
        let is_divided =
            self.is_fed(above) || (above > free && is_divider(&self.blocks[above - 1].text));
        if above < start && is_divided {
            for block in &self.blocks[above..start] {
                sign_of(&block.text, signs);
            }
            start = above;
        }
        start
    }

    /// Where what divides begins that stands over the block at `start`.
    fn divider_over(&self, start: usize, free: usize, signs: &mut Signs) -> usize {
        let mut divider = start;
        while divider > free && is_divider(&self.blocks[divider - 1].text) {
            divider -= 1;
            if is_numbered_document(&self.blocks[divider].text) {
                signs.add("a number of an article", ENOUGH);
            } else {
                signs.add(RULE, 2);
            }
        }
        divider
    }

    /// Whether a form feed stands before a block.
    fn is_fed(&self, at: usize) -> bool {
        let block = self.blocks.get(at);
        block.is_some_and(|block| self.lines[block.lines.start].feed)
    }

    /// Whether a block says when or by whom a text was published.
    fn is_head(&self, at: usize) -> bool {
        let mut signs = Signs::default();
        self.titled[at].is_none() && sign_of(&self.blocks[at].text, &mut signs)
    }

    /// The same line at the head of several pages is a running head.
    fn is_running(&self, folded: &str) -> bool {
        self.times.get(folded).is_some_and(|times| *times > 2)
    }

    /// Whether form feeds stand before articles and nowhere else: each page opens with a title of its own, has sentences, and ends
    /// with one; and no other line could be a title, so that none of these is a crosshead at the head of a page.
    fn pages_are_articles(&self) -> bool {
        let count = self.blocks.len();
        let mut starts: Vec<usize> = (1..count).filter(|at| self.is_fed(*at)).collect();
        if starts.is_empty() {
            return false;
        }
        starts.insert(0, 0);
        let ends = starts.iter().skip(1).copied().chain([count]);
        starts.iter().zip(ends).all(|(start, end)| {
            let mut page = (*start..end).filter(|at| !is_divider(&self.blocks[*at].text));
            let Some(title) = page.find(|at| !self.is_head(*at)) else {
                return false;
            };
            let is_title = self.titled[title].as_ref().is_some_and(|folded| {
                self.times.get(folded) == Some(&1)
                    && !heading::is_numbered(&self.blocks[title].text)
            });
            let rest: Vec<usize> = page.collect();
            is_title
                && rest.iter().all(|at| self.titled[*at].is_none())
                && rest
                    .last()
                    .is_some_and(|at| is_body(&self.blocks[*at].text))
        })
    }

    /// What stands under a title; the block after the head.
    fn signs_after(&self, title: usize, folded: &str, signs: &mut Signs) -> usize {
        let rest = self.blocks.iter().enumerate().skip(title + 1);
        for (at, block) in rest.take(HEAD_BLOCKS) {
            let text = block.text.trim_matches(['*', '_', ' ']);
            if is_divider(text) || self.is_fed(at) {
                return at;
            }
            if text.chars().count() >= BODY_CHARS || (text.len() >= 80 && ends_sentence(text)) {
                if let Some(dateline) = plain::dateline_of(text) {
                    let is_sure =
                        dateline.agency.is_some() || dates::first(dateline.text).is_some();
                    signs.add("a dateline", if is_sure { ENOUGH } else { 2 });
                    signs.has_head |= is_sure;
                }
                return at;
            }
            if head::folded(text) == *folded {
                signs.add("its title twice", ENOUGH);
            } else {
                sign_of(text, signs);
            }
        }
        title + 1
    }
}

const RULE: &str = "a rule";

/// What a line of a head says of its article; whether it is one.
fn sign_of(text: &str, signs: &mut Signs) -> bool {
    let text = text.trim_matches(['*', '_', ' ']);
    if address::is_address(text) {
        signs.add("an address", 2);
    } else if people::byline(text).is_some() {
        signs.add("a byline", ENOUGH);
        signs.has_head = true;
    } else if let Some(date) = date_line(text) {
        let has_name = !date.before.is_empty();
        if has_name && people::byline(date.before).is_none() && !people::is_name(date.before) {
            return false;
        }
        signs.add("a date", if is_full(date.when) { ENOUGH } else { 1 });
        signs.has_head |= is_full(date.when) && (has_name || !has_clock(text));
    } else {
        return false;
    }
    true
}

/// Whether a line gives a time of the day: `11:05`.
fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_clock = |window: &[u8]| {
        window[0].is_ascii_digit()
            && matches!(window[1], b':' | b'.' | b'h')
            && window[2].is_ascii_digit()
            && window[3].is_ascii_digit()
    };
    bytes.windows(4).enumerate().any(|(at, window)| {
        // The year of `3.5.2019` is none.
        is_clock(window) && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
    })
}

/// Whether a block is a sentence of an article, short or long.
fn is_body(text: &str) -> bool {
    text.chars().count() >= BODY_CHARS
        || (ends_sentence(text) && text.split_whitespace().count() >= 4 && key_line(text).is_none())
}

/// Whether a file opens with lines of metadata, a date or an author among them.
fn has_metadata(blocks: &[Block<'_>], from: usize) -> bool {
    let keys = blocks
        .iter()
        .skip(from)
        .map_while(|block| key_line(&block.text));
    keys.take(HEAD_BLOCKS)
        .any(|(key, value)| matches!(key, Key::Author | Key::Date) && !value.is_empty())
}

/// Which blocks number a document, the second or a later one, of a row of numbers that counts up. A lone `Story 2 of 5` may be a
/// link.
fn numbered(blocks: &[Block<'_>]) -> Vec<bool> {
    let numbers = |at: usize| number_of_document(&blocks[at].text).filter(|_| blocks[at].gap);
    let mut is_numbered = vec![false; blocks.len()];
    let mut last: Option<(u32, u32)> = None;
    let mut has_text = false;
    for at in 0..blocks.len() {
        let Some((number, all)) = numbers(at) else {
            has_text |= !is_divider(&blocks[at].text);
            continue;
        };
        let follows = last.is_some_and(|(before, total)| before < number && total == all);
        if number <= all && (follows || last.is_none()) {
            is_numbered[at] = follows && has_text;
            last = Some((number, all));
        }
    }
    is_numbered
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
    let opening = words(0, first);
    let mut number = 0;
    candidates.retain(|candidate| {
        let end = ends[number];
        number += 1;
        (number > 1 || opening >= candidate.fewest)
            && (candidate.fewest == 0 || words(candidate.start, end) >= candidate.fewest)
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

pub(super) fn is_divider(text: &str) -> bool {
    plain::is_rule(text) || is_numbered_document(text)
}

/// `3 of 12 DOCUMENTS`, `Document 3 of 12`, as press databases write it.
fn is_numbered_document(text: &str) -> bool {
    number_of_document(text).is_some()
}

/// The number of a document, and of how many.
fn number_of_document(text: &str) -> Option<(u32, u32)> {
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
        return None;
    };
    let orders = [
        [first, second, third, fourth],
        [second, third, fourth, first],
    ];
    let [number, _, all, _] = orders.into_iter().find(|[number, of, all, noun]| {
        is_number(number) && of.eq_ignore_ascii_case("of") && is_number(all) && is_noun(noun)
    })?;
    Some((number.parse().ok()?, all.parse().ok()?))
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
