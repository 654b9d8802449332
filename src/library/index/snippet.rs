//! The part of a passage that is shown of it: around the words that were searched for.
//!
//! Invariant: it is a piece of the passage as it stands, cut between graphemes, and the marks lie in it. It passes the gate where it is
//! shown, as every text does.

use super::Index;
use crate::library::query::{Literal, Query};
use crate::text::{ByteSpan, segment, stem};
use std::collections::HashSet;

/// Longest snippet, in bytes.
const LONGEST_BYTES: usize = 320;
/// Of what stands before the first mark, at most.
const BEFORE_BYTES: usize = 70;

/// A part of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text, as it stands.
    pub text: String,
    /// What was searched for in it.
    pub marks: Vec<ByteSpan>,
    /// Where it starts in the passage, in bytes.
    pub start: u32,
    /// Something stands before it.
    pub cut_before: bool,
    /// Something stands after it.
    pub cut_after: bool,
}

/// Finds what was searched for in a text.
pub struct Marker {
    /// Folded words whose stems are meant, with the readings of the query.
    stems: HashSet<String>,
    starts: Vec<String>,
    /// What is searched for as it is written, in scripts without spaces.
    pieces: Vec<String>,
}

impl Marker {
    /// For a query.
    pub fn new(index: &Index, query: &Query) -> Self {
        let mut marker = Self {
            stems: HashSet::new(),
            starts: Vec::new(),
            pieces: Vec::new(),
        };
        for literal in query.literals() {
            let (Literal::Word(text) | Literal::Prefix(text) | Literal::Phrase(text)) = literal;
            let is_start = matches!(literal, Literal::Prefix(_));
            for terms in index.readings(text) {
                let words = terms.words.split('\n').count();
                let is_spaced = words == terms.stems.split('\n').count()
                    && !(words == 1 && terms.words.chars().count() == 1 && !terms.words.is_ascii());
                if !is_spaced {
                    marker
                        .pieces
                        .extend(text.split_whitespace().map(|piece| stem::fold(piece, "")));
                } else if is_start {
                    marker
                        .starts
                        .extend(terms.words.split('\n').map(str::to_owned));
                } else {
                    marker
                        .stems
                        .extend(terms.stems.split('\n').map(str::to_owned));
                }
            }
        }
        marker
    }

    /// What was searched for in a text, in order, without overlaps.
    pub fn marks(&self, index: &Index, text: &str, language: &str) -> Vec<ByteSpan> {
        let mut marks = Vec::new();
        let mut analyzer = index.analyzer();
        if !self.stems.is_empty() || !self.starts.is_empty() {
            for (span, word) in segment::words(text) {
                let terms = analyzer.analyze(word, language);
                let starts = |start: &String| terms.words.starts_with(start.as_str());
                if self.stems.contains(&terms.stems) || self.starts.iter().any(starts) {
                    marks.push(span);
                }
            }
        }
        drop(analyzer);
        for piece in self.pieces.iter().filter(|piece| !piece.is_empty()) {
            let found = text.match_indices(piece.as_str());
            marks.extend(found.map(|(at, found)| ByteSpan::new(at, at + found.len())));
        }
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let mut end = 0;
        marks.retain(|mark| {
            let fits = mark.start >= end;
            if fits {
                end = mark.end;
            }
            fits
        });
        marks
    }
}

/// The part of a text that has most of the marks.
pub fn cut(text: &str, marks: &[ByteSpan]) -> Snippet {
    if text.len() <= LONGEST_BYTES {
        return Snippet {
            text: text.to_owned(),
            marks: marks.to_vec(),
            ..Snippet::default()
        };
    }
    let room = (LONGEST_BYTES - BEFORE_BYTES) as u32;
    let in_reach = |first: &ByteSpan| {
        let reach = marks.iter().filter(|mark| mark.start >= first.start);
        reach
            .take_while(|mark| mark.end <= first.start + room)
            .count()
    };
    // Of those with as many, the first. Few marks are looked at: a passage of a megabyte may have ten thousand.
    let best = marks
        .iter()
        .take(64)
        .rev()
        .max_by_key(|mark| in_reach(mark));
    let from = best.map_or(0, |mark| (mark.start as usize).saturating_sub(BEFORE_BYTES));
    let start = if from == 0 {
        0
    } else {
        word_after(text, from, best.map_or(0, |mark| mark.start as usize))
    };
    let end = word_before(text, start, (start + LONGEST_BYTES).min(text.len()));
    let span = |mark: &ByteSpan| {
        let inside = mark.start as usize >= start && mark.end as usize <= end;
        inside.then(|| ByteSpan::new(mark.start as usize - start, mark.end as usize - start))
    };
    Snippet {
        text: text.get(start..end).unwrap_or_default().to_owned(),
        marks: marks.iter().filter_map(span).collect(),
        start: start as u32,
        cut_before: start > 0,
        cut_after: end < text.len(),
    }
}

/// Where a word starts after `from`, at `limit` at most; where no space stands between, a boundary of graphemes.
fn word_after(text: &str, from: usize, limit: usize) -> usize {
    let from = crate::text::char_boundary_at_or_before(text, from);
    let between = text.get(from..limit).unwrap_or_default();
    match between.find(char::is_whitespace) {
        Some(at) => {
            let rest = between.get(at..).unwrap_or_default();
            limit - rest.trim_start().len()
        }
        None => boundary_before(text, 0, from),
    }
}

/// Where a word ends before `to`; where no space stands there, a boundary of graphemes.
fn word_before(text: &str, from: usize, to: usize) -> usize {
    if to == text.len() {
        return to;
    }
    let to = crate::text::char_boundary_at_or_before(text, to);
    let piece = text.get(from..to).unwrap_or_default();
    match piece.rfind(char::is_whitespace) {
        Some(at) if at > piece.len() / 2 => {
            from + piece.get(..at).unwrap_or_default().trim_end().len()
        }
        Some(_) | None => boundary_before(text, from, to),
    }
}

/// The last boundary of graphemes at or before a byte. Looks at what stands shortly before it only.
fn boundary_before(text: &str, from: usize, to: usize) -> usize {
    let near = crate::text::char_boundary_at_or_before(text, to.saturating_sub(128).max(from));
    let piece = text.get(near..).unwrap_or_default();
    segment::graphemes(piece)
        .map(|(at, _)| near + at)
        .take_while(|at| *at <= to)
        .last()
        .unwrap_or(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, word: &str) -> Vec<ByteSpan> {
        let found = text.match_indices(word);
        found
            .map(|(at, word)| ByteSpan::new(at, at + word.len()))
            .collect()
    }

    #[test]
    fn a_short_passage_is_shown_whole() {
        let text = "One port.";
        let snippet = cut(text, &mark(text, "port"));
        assert_eq!(snippet.text, text);
        assert_eq!(snippet.marks[0].of(text), "port");
    }

    #[test]
    fn a_long_passage_is_cut_around_most_of_the_marks() {
        let filler = "word ".repeat(200);
        let text = format!("{filler}port {filler}port and port again {filler}");
        let snippet = cut(&text, &mark(&text, "port"));
        assert!(snippet.text.len() <= LONGEST_BYTES);
        assert!(snippet.cut_before && snippet.cut_after);
        let marked: Vec<&str> = snippet
            .marks
            .iter()
            .map(|mark| mark.of(&snippet.text))
            .collect();
        assert_eq!(marked, ["port", "port"]);
        assert!(snippet.text.starts_with("word"), "{}", snippet.text);
    }

    #[test]
    fn a_long_passage_without_marks_or_spaces_is_cut_between_graphemes() {
        let text = "e\u{301}".repeat(1000);
        let snippet = cut(&text, &[]);
        assert!(snippet.text.ends_with('\u{301}'));
        let snippet = cut(&text, &[ByteSpan::new(1500, 1503)]);
        assert!(snippet.text.starts_with('e') && snippet.text.ends_with('\u{301}'));
        assert_eq!(snippet.marks.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn marks_lie_in_the_snippet(text in "[ab é中\u{301}\n]{0,600}", at in 0_usize..600) {
            let at = crate::text::char_boundary_at_or_before(&text, at.min(text.len()));
            let end = text.get(at..).and_then(|rest| rest.chars().next()).map_or(at, |c| at + c.len_utf8());
            let snippet = cut(&text, &[ByteSpan::new(at, end)]);
            proptest::prop_assert!(text.contains(&snippet.text));
            for mark in &snippet.marks {
                proptest::prop_assert!(snippet.text.get(mark.range()).is_some());
            }
        }
    }
}
