//! Graphemes, words and sentences (UAX #29), with the repairs running prose needs.
//!
//! Invariant: spans are in order, do not overlap, and lie on grapheme boundaries; `raw_…` is the standard's own
//! segmentation, which the others only join (or, at a bracket, shift). Time is linear in the text.

use super::ByteSpan;
use super::abbreviation::{self, Following};
use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

/// The extended grapheme clusters of `text` and where each starts.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true)
}

/// The pieces between UAX #29's word boundaries, spaces and punctuation included, and where each starts.
pub fn raw_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_word_bound_indices()
}

/// The pieces between UAX #29's sentence boundaries and where each starts.
pub fn raw_sentences(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_sentence_bound_indices()
}

/// The words of `text` (UAX #29, with letters or digits in them) and where each stands.
pub fn words(text: &str) -> impl Iterator<Item = (ByteSpan, &str)> {
    Words {
        text,
        at: 0,
        rules: None,
    }
}

/// As [`words`], but letters, a hyphen, and letters are one word (`anti-war`), which UAX #29 takes apart.
pub fn hyphenated_words(text: &str) -> impl Iterator<Item = (ByteSpan, &str)> {
    let mut words = words(text).peekable();
    std::iter::from_fn(move || {
        let (mut span, mut word) = words.next()?;
        while let Some((next, tail)) = words.peek()
            && word.ends_with(char::is_alphabetic)
            && tail.starts_with(char::is_alphabetic)
            && matches!(
                text.get(span.end as usize..next.start as usize),
                Some("-" | "\u{2010}" | "\u{2011}")
            )
        {
            span.end = next.end;
            word = span.of(text);
            words.next();
        }
        Some((span, word))
    })
}

/// Sentence spans of `text`, in order, without the white space around them.
///
/// UAX #29, mended: no sentence ends at an abbreviation, an initial or a numbered word (`Mr. A`, `J. Smith`,
/// `No. 5`, `Jan. 9`, `9. Januar`), before a small letter (`"Why?" she asked`), or at a piece without letters
/// or digits (`[...]`); an acronym or a company's name ends one before a word that mostly opens sentences only (`the U.S. Navy`,
/// but `the U.S. He`); a bracket opened right after a full stop belongs to what follows, a reference mark
/// (`end.[1]`) to what stands before. Line ends always end a sentence.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    let mut found: Vec<Sentence> = Vec::new();
    for (start, piece) in raw_sentences(text) {
        let end = start + piece.len();
        let has_words = piece.contains(char::is_alphanumeric);
        let Some(last) = found.last_mut() else {
            found.push(Sentence {
                start,
                end,
                has_words,
            });
            continue;
        };
        let before = text.get(last.start..last.end).unwrap_or_default();
        let mut from = start;
        if let Some(mark) = reference_mark(before, piece) {
            from += mark;
            last.end = from;
        } else if let Some(bracket) = opened_after_stop(before) {
            from -= bracket;
            last.end = from;
        } else if !last.has_words || continues(before, piece, has_words) {
            last.end = end;
            last.has_words |= has_words;
            continue;
        }
        if from < end {
            found.push(Sentence {
                start: from,
                end,
                has_words,
            });
        }
    }
    found
        .into_iter()
        .filter_map(|sentence| sentence.trimmed(text))
        .collect()
}

/// Words, plain ones by a scan: between two spaces, ASCII letters and digits with ASCII punctuation around them, where no
/// rule of UAX #29 joins anything else. A test holds it against the rules.
struct Words<'t> {
    text: &'t str,
    at: usize,
    /// The rules at work on one stretch between spaces, and where it starts.
    rules: Option<(usize, UnicodeWordIndices<'t>)>,
}

impl<'t> Iterator for Words<'t> {
    type Item = (ByteSpan, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        loop {
            if let Some((base, rules)) = &mut self.rules {
                if let Some((at, word)) = rules.next() {
                    return Some((ByteSpan::new(*base + at, *base + at + word.len()), word));
                }
                self.rules = None;
            }
            self.at += bytes
                .get(self.at..)?
                .iter()
                .position(|byte| *byte != b' ')?;
            let rest = &bytes[self.at..];
            let stretch = memchr::memchr(b' ', rest).unwrap_or(rest.len());
            let start = self.at;
            self.at += stretch;
            match plain_word(&rest[..stretch]) {
                Stretch::Word(from, to) => {
                    let span = ByteSpan::new(start + from, start + to);
                    return Some((span, span.of(self.text)));
                }
                Stretch::Punctuation => {}
                Stretch::Mixed => {
                    let part = self.text.get(start..self.at)?;
                    self.rules = Some((start, part.unicode_word_indices()));
                }
            }
        }
    }
}

/// What stands between two spaces.
enum Stretch {
    Word(usize, usize),
    Punctuation,
    Mixed,
}

fn plain_word(stretch: &[u8]) -> Stretch {
    let around = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'_';
    let Some(from) = stretch.iter().position(|byte| !around(byte)) else {
        return Stretch::Punctuation;
    };
    let rest = &stretch[from..];
    let length = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    if length > 0 && rest[length..].iter().all(around) {
        Stretch::Word(from, from + length)
    } else {
        Stretch::Mixed
    }
}

/// A sentence as far as it is known.
struct Sentence {
    start: usize,
    end: usize,
    has_words: bool,
}

impl Sentence {
    fn trimmed(&self, text: &str) -> Option<ByteSpan> {
        let whole = text.get(self.start..self.end)?;
        let start = self.start + (whole.len() - whole.trim_start().len());
        let kept = whole.trim();
        (!kept.is_empty()).then(|| ByteSpan::new(start, start + kept.len()))
    }
}

/// The sentence `before` goes on in `after`, which has letters or digits in it or not.
fn continues(before: &str, after: &str, has_words: bool) -> bool {
    let stop = before.trim_end();
    let gap = before.get(stop.len()..).unwrap_or_default();
    if gap.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return false;
    }
    if !has_words {
        return true;
    }
    let Some(first) = after.chars().next() else {
        return true;
    };
    if first.is_lowercase() && !stop.ends_with(['。', '！', '？', '｡']) {
        return true;
    }
    let Some(words) = stop.strip_suffix('.') else {
        return false;
    };
    let word = after
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let following = if first.is_numeric() {
        Following::Number
    } else if word.is_empty() {
        Following::Punctuation
    } else {
        Following::Word(word)
    };
    abbreviation::ends_with_one(words, following)
}

/// Bytes of a reference mark at the start of `after` whose bracket `before` ends with (`.[` and `1] `).
fn reference_mark(before: &str, after: &str) -> Option<usize> {
    before.strip_suffix('[')?;
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = after.len() - rest.len();
    let rest = rest
        .strip_prefix(']')
        .filter(|_| (1..=3).contains(&digits))?;
    Some(after.len() - rest.trim_start_matches([' ', '\u{A0}']).len())
}

/// Bytes of an opening bracket at the end of `before`, right after the sentence's end.
fn opened_after_stop(before: &str) -> Option<usize> {
    let bracket = before.chars().next_back()?;
    let stopped = before.strip_suffix(['(', '[', '{', '“', '‘', '«', '„'])?;
    stopped
        .ends_with(['.', '!', '?', '…', '"', '”', ')', ']'])
        .then_some(bracket.len_utf8())
}
