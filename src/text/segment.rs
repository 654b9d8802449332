//! Graphemes, words and sentences (UAX #29), with the repairs running prose needs.
//!
//! Invariant: spans are in order, do not overlap, and lie on grapheme boundaries; `raw_…` is the standard's own
//! segmentation, which the others only join (or, at a bracket, shift). Time is linear in the text.

use super::ByteSpan;
use super::abbreviation::{self, Following};
use unicode_segmentation::{UnicodeSegmentation, UnicodeWordIndices};

/// The extended grapheme clusters of `text` (UAX #29) and where each starts.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let piece = first_grapheme(text.get(at..)?)?;
        at += piece.len();
        Some((at - piece.len(), piece))
    })
}

/// The first grapheme of a text that starts at a grapheme boundary. Two characters that never join are told by a look at
/// both, several times as fast as the rules; a test holds one against the other.
pub(super) fn first_grapheme(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if stands_alone(first) && chars.next().is_none_or(stands_alone) {
        text.get(..first.len_utf8())
    } else {
        text.graphemes(true).next()
    }
}

/// A visible character that joins no neighbour; true for nearly all of most texts.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' // Latin
        | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{58A}' // Greek, Cyrillic, Armenian
        | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{660}'..='\u{66F}' // Hebrew, Arabic
        | '\u{671}'..='\u{6D5}' | '\u{6EE}'..='\u{6FF}' // Persian and more
        | '\u{E01}'..='\u{E30}' | '\u{1E00}'..='\u{1FFF}' // Thai, more Latin and Greek
        | '\u{2010}'..='\u{2027}' | '\u{202F}'..='\u{205E}' | '\u{20A0}'..='\u{20C0}' // punctuation, currencies
        | '\u{2100}'..='\u{23FF}' | '\u{2460}'..='\u{2BFF}' // symbols
        | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}' // CJK
        | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{FF01}'..='\u{FF9D}'
        | '\u{1F300}'..='\u{1F3FA}' | '\u{1F400}'..='\u{1FAFF}' // emoji
    )
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
/// but `the U.S. He`); a stop behind a word ends one before a figure, whatever follows that; a bracket opened right after a full stop belongs to what follows, a reference mark
/// (`end.[1]`) to what stands before. Line ends always end a sentence.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    let mut found: Vec<Sentence> = Vec::new();
    let pieces = raw_sentences(text).flat_map(|(start, piece)| before_numbers(start, piece));
    for (start, piece) in pieces {
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
            let mut start = self.at;
            let rest = bytes.get(start..)?;
            if let Some((word, space)) = plain_word(rest) {
                self.at += space;
                let span = ByteSpan::new(start + word.start, start + word.end);
                return Some((span, span.of(self.text)));
            }
            self.at += memchr::memchr(b' ', rest).unwrap_or(rest.len());
            // A mark on a space is not torn off.
            let before = start.saturating_sub(1);
            if bytes[before] == b' ' && first_grapheme(self.text.get(before..)?) != Some(" ") {
                start = before;
            }
            let stretch = self.text.get(start..self.at)?;
            self.rules = Some((start, stretch.unicode_word_indices()));
        }
    }
}

/// The word at the start of `bytes`, where nothing but ASCII punctuation is around it, and the space or end after it.
fn plain_word(bytes: &[u8]) -> Option<(std::ops::Range<usize>, usize)> {
    let is_around =
        |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b'_');
    let start = run_end(bytes, 0, is_around);
    let end = run_end(bytes, start, |byte| byte.is_ascii_alphanumeric());
    let space = run_end(bytes, end, is_around);
    (end > start && bytes.get(space).is_none_or(|byte| *byte == b' '))
        .then_some((start..end, space))
}

/// Where the run of bytes that starts at `from` ends.
fn run_end(bytes: &[u8], from: usize, of: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest
        .iter()
        .position(|byte| !of(*byte))
        .unwrap_or(rest.len())
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
    } else if after.starts_with(&format!("{first}.")) {
        Following::Initial
    } else {
        Following::Word(word)
    };
    abbreviation::ends_with_one(words, following)
}

/// A piece cut where a stop, a space and a figure stand behind a word: `… were killed. 187 were on board`, where UAX #29 takes the stop
/// for that of an abbreviation if the next letter is small.
fn before_numbers(start: usize, piece: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = piece.get(at..).filter(|rest| !rest.is_empty())?;
        let from = at;
        let ends = rest.match_indices(". ").map(|(stop, _)| stop + 2);
        let end = ends
            .filter(|end| {
                let word = rest.get(..end - 2).unwrap_or_default();
                let last = word.chars().rev().take(3);
                let ends_a_word = last.filter(|c| c.is_alphabetic()).count() == 3;
                // "rose to 31. 142 were saved", and not "1. 30 eggs".
                let ends_a_word = ends_a_word
                    || word.ends_with(|c: char| c.is_ascii_digit()) && word.contains(' ');
                let next = rest.get(*end..).unwrap_or_default();
                ends_a_word && next.starts_with(|c: char| c.is_ascii_digit())
            })
            .find(|end| *end < rest.len());
        let end = end.unwrap_or(rest.len());
        at += end;
        Some((start + from, rest.get(..end)?))
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentences_of: &[&str]) {
        let text = sentences_of.join(" ");
        let found: Vec<&str> = sentences(&text)
            .into_iter()
            .map(|span| span.of(&text))
            .collect();
        assert_eq!(found, sentences_of);
    }

    #[test]
    fn no_sentence_ends_at_an_abbreviation() {
        check(&["Mr. Smith met Dr. Jones and Gen. Lee.", "They left."]);
        check(&["See No. 5 and pp. 12 ff. of Vol. 2.", "It helps."]);
        check(&["On Jan. 9 and Sept. 11 it rained.", "On Feb. 3, Rain fell."]);
        check(&["Prices rose, e.g. Bread, i.e. Food.", "So be it."]);
        check(&["Er kam am 9. Januar z. B. Köln an.", "Es war kalt."]);
        check(&[
            "Le discours de M. Dupont et Mme. Durand a plu.",
            "Il est parti.",
        ]);
        check(&["El Sr. García llegó.", "Él habló."]);
        check(&["А. С. Пушкин родился в Москве.", "Он жил там."]);
    }

    #[test]
    fn an_acronym_ends_a_sentence_before_an_opener_only() {
        check(&["The U.S. Navy left the U.S.", "The rest stayed."]);
        check(&["They met at 5 p.m. Monday.", "It was 6 p.m.", "He slept."]);
        check(&[
            "Acme Inc. Chairman Bo spoke.",
            "He works for Acme Inc.",
            "They pay well.",
        ]);
    }

    #[test]
    fn initials_belong_to_a_name() {
        check(&[
            "J. A. Smith and George W. Brown spoke.",
            "So did I.",
            "Nobody heard.",
        ]);
        check(&["J.-P. Martin wrote it.", "It sold."]);
        check(&["That was plan B.", "The other failed."]);
    }

    #[test]
    fn a_quotation_goes_on_with_a_small_letter() {
        check(&["“Who is it?” she asked.", "“Me!” he said."]);
        check(&["He said: “Go.”", "She went."]);
        check(&["(They left.)", "We stayed."]);
    }

    #[test]
    fn numbers_and_ellipses_are_inside_a_sentence() {
        check(&["It grew by 3.5 per cent to 1.2 million.", "Then it fell."]);
        check(&["Well ... maybe not.", "Fine."]);
        check(&["It was said [...] and done. [...]", "It was done."]);
    }

    #[test]
    fn a_sentence_may_open_with_a_figure() {
        for text in [
            "The fire killed 31 people. 187 people were on board.",
            "The toll rose to 31. 142 people were saved.",
            "Nobody was hurt there. 40 % of the houses stood empty.",
            "La crue a fait trois morts. 12 personnes sont portées disparues.",
        ] {
            assert_eq!(sentences(text).len(), 2, "{text}");
        }
        for text in [
            "He cites Art. 5 of the law and fig. 12 of the report.",
            "It weighed approx. 40 tons and cost min. 5 million.",
            "He lived in Hauptstr. 12 and paid incl. 3 lodgers avg. 40 a month.",
            "They met on Jan. 9 and on Sept. 12 in the hall.",
            "Er kam um Mitternacht, vgl. 3 Zeugen und Abs. 2 dort.",
        ] {
            assert_eq!(sentences(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_reference_mark_stays_with_its_sentence() {
        check(&["It is so.[1]", "It is not.[23]", "Who knows?"]);
        check(&["It ends here.", "It begins."]);
    }

    #[test]
    fn a_line_end_ends_a_sentence() {
        let text = "A title by Mr.\nsmith and so on";
        assert_eq!(sentences(text).len(), 2);
    }

    #[test]
    fn sentences_of_other_scripts_end_at_their_own_stops() {
        let text = "他来了。她走了！为什么？";
        assert_eq!(sentences(text).len(), 3);
        let text = "او آمد. چرا؟ نمی‌دانم.";
        assert_eq!(sentences(text).len(), 3);
    }

    #[test]
    fn hyphens_join_letters_only() {
        let of = |text| {
            hyphenated_words(text)
                .map(|(_, word)| word)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("state-of-the-art 2025-26 x - y"),
            ["state-of-the-art", "2025", "26", "x", "y"]
        );
        assert_eq!(of("well‑known, don’t"), ["well‑known", "don’t"]);
    }

    #[test]
    fn words_are_those_of_the_rules() {
        for text in [
            "plain (words), \"quoted\" 3.14 e.g. can't x_y a:b 50% end",
            " \u{301}a \u{200D}b é’s “curly” — 日本語 カタカナ\u{AD}x سلام",
            "tab\tand\nline ' ' '",
        ] {
            let fast: Vec<&str> = words(text).map(|(_, word)| word).collect();
            let rules: Vec<&str> = text.unicode_words().collect();
            assert_eq!(fast, rules);
        }
    }

    #[test]
    fn characters_that_stand_alone_join_nothing() {
        let probes = [
            "\u{1100}",
            "\u{AC00}",
            "\u{1F1E6}",
            "©",
            "क",
            "a",
            "\u{C9A}",
            "\u{600}",
        ];
        for c in crate::text::kinds_of_character().filter(|c| stands_alone(*c)) {
            // A prefix joins whatever follows; it never stands alone, and so is never asked about what follows.
            for probe in probes {
                let text = format!("{c}{probe}");
                assert_eq!(text.graphemes(true).count(), 2, "{:X} {probe}", c as u32);
            }
        }
    }
}
