//! Searching inside the panes: what was asked, and where it stands.
//!
//! Invariant: linear in the text (a finite automaton, no backtracking), and bounded in memory by the pattern.

use super::block::shown_text;
use super::pane::{Pane, Place};
use super::perspective::Slot;
use crate::corpus::Corpus;
use crate::text::ByteSpan;
use regex::{Regex, RegexBuilder};
use tui_input::Input;

/// Above this much text hits are found as one goes, not counted.
const COUNTED_BYTES: usize = 8 << 20;

/// A search that is on.
#[derive(Debug)]
pub struct Search {
    /// What was typed.
    pub input: Input,
    /// Still typing: keys go to the line.
    pub typing: bool,
    /// Where each pane was when the search began, to return to on Esc.
    pub origin: Vec<(Place, Slot)>,
    /// Slots with hits in each pane with the number of hits, where they were counted.
    pub hits: Vec<Option<Vec<(Slot, usize)>>>,
    pattern: Option<Regex>,
}

impl Search {
    /// A search about to be typed.
    pub fn new(panes: &[Pane]) -> Self {
        let origin = panes.iter().map(|pane| (pane.top, pane.current)).collect();
        Self {
            input: Input::default(),
            typing: true,
            origin,
            hits: Vec::new(),
            pattern: None,
        }
    }

    /// Takes over what was typed.
    pub fn compile(&mut self) {
        self.pattern = pattern(self.input.value());
    }

    /// Byte spans of the hits in a text.
    pub fn spans(&self, text: &str) -> Vec<ByteSpan> {
        let Some(pattern) = &self.pattern else {
            return Vec::new();
        };
        pattern
            .find_iter(text)
            .map(|hit| ByteSpan::new(hit.start(), hit.end()))
            .collect()
    }

    /// Counts the hits of every pane whose text is not too large for that.
    pub fn count(&mut self, corpus: &Corpus, panes: &[Pane]) {
        self.hits = panes
            .iter()
            .map(|pane| self.count_pane(corpus, pane))
            .collect();
    }

    fn count_pane(&self, corpus: &Corpus, pane: &Pane) -> Option<Vec<(Slot, usize)>> {
        let bytes: usize = pane
            .contents
            .documents()
            .iter()
            .map(|at| corpus.documents[*at].text().len())
            .sum();
        if bytes > COUNTED_BYTES {
            return None;
        }
        let slots = (0..pane.contents.len()).filter_map(|at| pane.contents.get(at));
        Some(
            slots
                .map(|slot| (slot, self.spans(slot_text(corpus, slot)).len()))
                .filter(|(_, hits)| *hits > 0)
                .collect(),
        )
    }

    /// The slot with the next (or previous) hit from a position in a pane, that position included if `here`.
    pub fn find(
        &self,
        corpus: &Corpus,
        pane: &Pane,
        from: Slot,
        forward: bool,
        here: bool,
    ) -> Option<(Slot, u32)> {
        let pattern = self.pattern.as_ref()?;
        let start = pane.contents.position(from);
        let hit = |at: usize| {
            let slot = pane.contents.get(at)?;
            let found = pattern.find(slot_text(corpus, slot))?;
            Some((slot, ByteSpan::new(found.start(), found.end()).start))
        };
        if forward {
            (start + usize::from(!here)..pane.contents.len()).find_map(hit)
        } else {
            (0..start + usize::from(here)).rev().find_map(hit)
        }
    }

    /// Whether something is searched for.
    pub fn is_on(&self) -> bool {
        self.pattern.is_some()
    }
}

fn slot_text(corpus: &Corpus, slot: Slot) -> &str {
    let Some(document) = corpus.documents.get(slot.document()) else {
        return "";
    };
    match slot.passage_index() {
        None => &document.meta.title,
        Some(index) => document
            .passage(index)
            .map_or("", |passage| shown_text(&passage)),
    }
}

/// The words as typed, as a pattern: small letters find capitals (smart case), a straight apostrophe or quotation mark finds
/// curly ones, white space finds any.
fn pattern(words: &str) -> Option<Regex> {
    if words.trim().is_empty() {
        return None;
    }
    let mut source = String::new();
    for character in words.chars() {
        match character {
            '\'' | '’' => source.push_str("['’‘]"),
            '"' => source.push_str("[\"“”«»„]"),
            c if c.is_whitespace() => source.push_str(r"\s"),
            c => source.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    let ignore_case = !words.chars().any(char::is_uppercase);
    RegexBuilder::new(&source)
        .case_insensitive(ignore_case)
        .size_limit(4 << 20)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str, text: &str) -> bool {
        pattern(words).is_some_and(|pattern| pattern.is_match(text))
    }

    #[test]
    fn smart_case_and_curly_marks() {
        assert!(found("river", "The River rose"));
        assert!(!found("River", "the river rose"));
        assert!(found("don't", "they don’t say"));
        assert!(found("two words", "two\nwords"));
        assert!(found("a.b", "a.b") && !found("a.b", "axb"));
        assert!(!found("  ", "  "));
    }
}
