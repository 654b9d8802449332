//! Blocks: the lines that are one paragraph, heading or list entry on the page, and what becomes of each.
//!
//! Three layouts are met in copies: paragraphs between blank lines, one paragraph a line, and lines broken at a fixed width.
//! Only the last needs joining; in the others each line is a block.

use super::lines::Line;
use crate::corpus::Kind;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

/// What becomes of a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fate {
    /// A passage; its text is the block's without the first `skip` bytes.
    Text(Kind),
    /// A picture's address; a caption may follow.
    Image,
    /// The caption of the picture before.
    Caption,
    /// In no passage, for this reason.
    LeftOut(Cow<'static, str>),
    /// Became the metadata of this key.
    Used(&'static str),
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block<'a> {
    /// Indices of its lines.
    pub lines: Range<usize>,
    /// Its text; lines joined.
    pub text: Cow<'a, str>,
    /// Indent of its first line, in columns.
    pub indent: u16,
    /// Something blank stands before it.
    pub gap: bool,
    /// What becomes of it.
    pub fate: Fate,
    /// Bytes at its start that are a bullet, a number or a speaker's name.
    pub skip: usize,
    /// Index into the voices of the interview.
    pub voice: Option<u16>,
}

impl Block<'_> {
    /// Whether it is still running text: nothing has claimed it.
    pub fn is_open(&self) -> bool {
        self.fate == Fate::Text(Kind::Paragraph)
    }

    /// Its text without what `skip` covers.
    pub fn body(&self) -> &str {
        self.text.get(self.skip..).unwrap_or_default()
    }

    /// Takes it out of the passages.
    pub fn leave_out(&mut self, reason: &'static str) {
        self.fate = Fate::LeftOut(Cow::Borrowed(reason));
    }
}

/// The blocks of a text and what joining them did.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    /// In order; they cover all lines.
    pub blocks: Vec<Block<'a>>,
    /// The width at which lines were broken, where they were.
    pub width: Option<usize>,
    /// Words put together again that were divided at a line end.
    pub mended: usize,
}

/// Lines looked at for the layout.
const SAMPLE_LINES: usize = 4000;

/// Puts lines together.
pub(super) fn blocks<'a>(lines: &[Line<'a>]) -> Layout<'a> {
    let Some(width) = wrap_width(lines) else {
        let single = |(index, line): (usize, &Line<'a>)| Block {
            lines: index..index + 1,
            text: Cow::Borrowed(unquoted(line.text)),
            indent: line.indent,
            gap: line.gap,
            fate: Fate::Text(start_kind(line.text)),
            skip: 0,
            voice: None,
        };
        return Layout {
            blocks: lines.iter().enumerate().map(single).collect(),
            ..Layout::default()
        };
    };
    let divided = divided_words(lines);
    let mut found = Layout {
        width: Some(width),
        ..Layout::default()
    };
    let mut start = 0;
    for end in 1..=lines.len() {
        if end < lines.len() && !is_break(lines, start, end, width) {
            continue;
        }
        let first = &lines[start];
        found.blocks.push(Block {
            lines: start..end,
            text: join(&lines[start..end], &divided, &mut found.mended),
            indent: first.indent,
            gap: first.gap,
            fate: Fate::Text(start_kind(first.text)),
            skip: 0,
            voice: None,
        });
        start = end;
    }
    found
}

/// Quoted mail is told here, because its mark stands on each line.
fn start_kind(line: &str) -> Kind {
    if line.starts_with('>') && !unquoted(line).is_empty() {
        Kind::Quote
    } else {
        Kind::Paragraph
    }
}

/// A line without the `>` of quoted mail; a line of nothing else stays.
fn unquoted(line: &str) -> &str {
    let rest = line.trim_start_matches(['>', ' ']);
    if line.starts_with('>') && !rest.is_empty() {
        rest
    } else {
        line
    }
}

/// The width at which lines were broken by a program, `None` where line ends are meant.
///
/// A line was broken when the next line's first word had no room on it, and when sentences run on across line ends.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let sample = &lines[..lines.len().min(SAMPLE_LINES)];
    let mut lengths: Vec<usize> = sample.iter().map(columns).collect();
    lengths.sort_unstable();
    // A stray long line (an address) does not hide the width.
    let width = *lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 50))?;
    if !(40..=140).contains(&width) {
        return None;
    }
    let (mut pairs, mut full, mut runs_on) = (0_usize, 0_usize, 0_usize);
    for pair in sample.windows(2) {
        let [line, next] = pair else { continue };
        if next.gap || has_marker(next.text) {
            continue;
        }
        pairs += 1;
        if columns(line) + 1 + first_word_columns(next) > width {
            full += 1;
            runs_on += usize::from(!ends_sentence(line.text));
        }
    }
    let is_wrapped = pairs >= 3
        && full * 2 >= pairs
        && runs_on * 10 >= full * 6
        && pairs * 10 >= sample.len() * 3;
    is_wrapped.then_some(width)
}

/// Whether a new block starts at line `at`; `start` is the first line of the block so far.
fn is_break(lines: &[Line<'_>], start: usize, at: usize, width: usize) -> bool {
    let (first, before, line) = (&lines[start], &lines[at - 1], &lines[at]);
    if line.gap || has_marker(line.text) || start_kind(line.text) != start_kind(first.text) {
        return true;
    }
    let hangs = has_marker(first.text) && line.indent > first.indent;
    if line.indent >= before.indent + 2 && !hangs && at - 1 > start {
        return true;
    }
    // There was room, so the line end was meant, unless the sentence goes on.
    let room = width.saturating_sub(columns(before) + 1 + first_word_columns(line));
    let starts_small = line.text.chars().next().is_some_and(char::is_lowercase);
    if room > width / 6 {
        !starts_small
    } else {
        room > 8 && ends_sentence(before.text) && !starts_small
    }
}

fn columns(line: &Line<'_>) -> usize {
    usize::from(line.indent) + line.text.chars().count()
}

fn first_word_columns(line: &Line<'_>) -> usize {
    line.text
        .split_whitespace()
        .next()
        .map_or(0, |word| word.chars().count())
}

/// Whether a text ends in a full stop or the like, quotation marks and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches([
        '"', '\'', '”', '’', '“', '»', '›', '«', ')', ']', '*', '_', '」', '』',
    ]);
    text.ends_with([
        '.', '!', '?', '…', ':', ';', '؟', '۔', '؛', '。', '！', '？', '।',
    ])
}

/// Whether a line opens with a bullet or a number of a list.
pub(super) fn has_marker(line: &str) -> bool {
    bullet(line).is_some() || numbered(line).is_some()
}

/// Bytes of a bullet and the space after it; all of the line where nothing follows.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    let mark = chars.next()?;
    if !matches!(
        mark,
        '•' | '‣'
            | '◦'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '■'
            | '·'
            | '∙'
            | '*'
            | '-'
            | '–'
            | '\u{f0b7}'
            | '➤'
            | '►'
    ) {
        return None;
    }
    let rest = chars.as_str();
    let text = rest.trim_start();
    // A dash may open direct speech, a star may be emphasis: they need the space.
    (text.is_empty() || rest.len() > text.len() || matches!(mark, '•' | '●' | '▪' | '\u{f0b7}'))
        .then_some(line.len() - text.len())
}

/// The number that opens a line (`3. `, `3) `) and its bytes with the space after it.
pub(super) fn numbered(line: &str) -> Option<(u16, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line.get(..digits)?.parse().ok().filter(|_| digits <= 3)?;
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    let text = rest.trim_start();
    (rest.len() > text.len() && !text.is_empty()).then(|| (number, line.len() - text.len()))
}

/// Words that stand undivided somewhere in the text, of those that joining at a hyphen would give.
pub(super) fn divided_words<'a>(lines: &[Line<'a>]) -> Divided<'a> {
    let mut candidates = HashSet::new();
    let mut hyphens = 0;
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if let Some((head, tail)) = divided(line.text, next.text) {
            candidates.insert(format!("{head}{tail}"));
            candidates.insert(format!("{head}-{tail}"));
            candidates.insert(head.to_owned());
            candidates.insert(tail.to_owned());
            hyphens += 1;
        }
    }
    let mut seen = HashSet::new();
    if hyphens > 0 {
        for line in lines {
            for word in line.text.split_whitespace() {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                if candidates.contains(word) {
                    seen.insert(word);
                }
            }
        }
    }
    Divided { seen, hyphens }
}

/// What is known of words divided at line ends.
pub(super) struct Divided<'a> {
    /// Words met whole elsewhere.
    seen: HashSet<&'a str>,
    /// How many line ends divide a word.
    hyphens: usize,
}

impl Divided<'_> {
    /// Whether a hyphen at a line end goes: not where the word is written with it elsewhere. Where the word is met nowhere else,
    /// a single such line end is more likely a compound, many are the habit of the text.
    fn drops_hyphen(&self, head: &str, tail: &str) -> bool {
        if self.seen.contains(format!("{head}{tail}").as_str()) {
            return true;
        }
        // Both halves are words of this text ("well-known"); short ones may be so by chance ("an-other").
        let is_compound = [head, tail]
            .iter()
            .all(|half| half.chars().count() >= 4 && self.seen.contains(half));
        !is_compound && !self.seen.contains(format!("{head}-{tail}").as_str()) && self.hyphens >= 3
    }
}

/// What divides a word at the end of a line: a hyphen as it is typed, or as typesetters set it.
pub(super) const HYPHENS: [char; 2] = ['-', '\u{2010}'];

/// The halves of a word divided between two lines: letters and a hyphen, then a small letter.
fn divided<'t>(line: &'t str, next: &'t str) -> Option<(&'t str, &'t str)> {
    let head = line.strip_suffix(HYPHENS)?;
    let head = head.rsplit(|c: char| !c.is_alphabetic()).next()?;
    let tail = next.split(|c: char| !c.is_alphabetic()).next()?;
    (head.chars().count() >= 2 && tail.chars().next().is_some_and(char::is_lowercase))
        .then_some((head, tail))
}

/// Puts the lines of a paragraph together.
pub(super) fn join<'a>(
    lines: &[Line<'a>],
    divided_words: &Divided<'_>,
    mended: &mut usize,
) -> Cow<'a, str> {
    let [first, rest @ ..] = lines else {
        return Cow::Borrowed("");
    };
    if rest.is_empty() {
        return Cow::Borrowed(unquoted(first.text));
    }
    let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
    text.push_str(unquoted(first.text));
    for line in rest {
        let next = unquoted(line.text);
        if text.ends_with('\u{ad}') {
            text.pop();
            *mended += 1;
        } else if let Some((head, tail)) = divided(&text, next) {
            if divided_words.drops_hyphen(head, tail) {
                text.pop();
                *mended += 1;
            }
        } else if !(text.chars().next_back().is_some_and(is_unspaced)
            && next.chars().next().is_some_and(is_unspaced))
        {
            text.push(' ');
        }
        text.push_str(next);
    }
    Cow::Owned(text)
}

/// Chinese and Japanese, written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lines = lines(text);
        let found = blocks(&lines);
        let texts: Vec<&str> = found.blocks.iter().map(|block| &*block.text).collect();
        assert_eq!(texts, expected);
    }

    const WRAPPED: &str = "The committee met on Tuesday to hear what the two engin-\n\
        eers had found under the old bridge, and why the well-\n\
        known report of last year had missed it. The engineers\n\
        said that the sand had moved under all of the pillars.\n\
        \x20 A second hearing, said the chair, is to follow in the\n\
        spring, when the water is low enough to see the ground\n\
        again. The well-known report will be read there.\n\
        - a list entry that is long enough to be continued on\n\
        \x20 the next line\n\
        - another";

    #[test]
    fn wrapped_lines_are_joined_by_paragraph() {
        check(
            WRAPPED,
            &[
                "The committee met on Tuesday to hear what the two engineers had found under the old bridge, and why the \
                 well-known report of last year had missed it. The engineers said that the sand had moved under all of the pillars.",
                "A second hearing, said the chair, is to follow in the spring, when the water is low enough to see the ground again. \
                 The well-known report will be read there.",
                "- a list entry that is long enough to be continued on the next line",
                "- another",
            ],
        );
    }

    #[test]
    fn a_hyphen_as_typesetters_set_it_divides_words_too() {
        let set = WRAPPED.replace("-\n", "\u{2010}\n");
        let lines = lines(&set);
        let text = blocks(&lines).blocks[0].text.to_string();
        assert!(text.contains("the two engineers had"), "{text}");
        assert!(text.contains("well\u{2010}known"), "{text}");
    }

    #[test]
    fn lines_that_end_sentences_stay_apart() {
        let text = "A short line that is a paragraph of its own, as sites write.\nAnother one that is about as long as the first one was.\n\
                    And a third of very much the same length as the others are.\nAnd the last one, as long as the three lines before it.";
        check(text, &text.lines().collect::<Vec<_>>());
        check(
            "Roses are red\nViolets are blue\nSugar is sweet\nAnd so are you",
            &[
                "Roses are red",
                "Violets are blue",
                "Sugar is sweet",
                "And so are you",
            ],
        );
    }

    #[test]
    fn bullets_and_numbers_need_their_space() {
        assert_eq!(bullet("• a"), Some(4));
        assert_eq!(bullet("•"), Some(3));
        assert_eq!(bullet("-5 degrees"), None);
        assert_eq!(bullet("*emphasis* first"), None);
        assert_eq!(numbered("12. twelve"), Some((12, 4)));
        assert_eq!(numbered("12.5 percent"), None);
        assert_eq!(numbered("2026. "), None);
    }
}
