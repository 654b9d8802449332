//! Searching inside the panes: what was asked, and where it stands.
//!
//! Invariant: linear in the text (a finite automaton, no backtracking), and bounded in memory by the pattern.

use super::Station;
use super::block::shown_text;
use super::pane::{Pane, Place};
use super::perspective::Slot;
use crate::corpus::Corpus;
use crate::text::ByteSpan;
use regex::{Regex, RegexBuilder};
use tui_input::Input;

/// Above this much text hits are found as one goes, not counted.
const COUNTED_BYTES: usize = 8 << 20;

/// A hit: the passage (or head) and the byte in it.
pub type Hit = (Slot, u32);

/// The slots with hits and how many each has.
pub type Counts = Vec<(Slot, usize)>;

/// A search that is on.
#[derive(Debug)]
pub struct Search {
    /// What was typed.
    pub input: Input,
    /// Still typing: keys go to the line.
    pub typing: bool,
    /// Where each pane was when the search began, to return to on Esc.
    pub origin: Vec<(Place, Slot)>,
    /// The same as a place to go back to, once the search is kept.
    pub station: Station,
    /// What each pane holds, where it was counted.
    pub hits: Vec<Option<Counts>>,
    pattern: Option<Regex>,
}

impl Search {
    /// A search about to be typed.
    pub fn new(panes: &[Pane], station: Station) -> Self {
        let origin = panes.iter().map(|pane| (pane.top, pane.current)).collect();
        Self {
            input: Input::default(),
            typing: true,
            origin,
            station,
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

    fn count_pane(&self, corpus: &Corpus, pane: &Pane) -> Option<Counts> {
        let bytes: usize = pane
            .contents
            .documents()
            .iter()
            .map(|at| corpus.documents[*at].bytes())
            .sum();
        if bytes > COUNTED_BYTES {
            return None;
        }
        let slots = (0..pane.contents.len()).filter_map(|at| pane.contents.get(at));
        let counted = slots.map(|slot| (slot, self.spans(slot_text(corpus, slot)).len()));
        Some(counted.filter(|(_, hits)| *hits > 0).collect())
    }

    /// Which hit of a pane this is, from 1; `None` where hits are not counted.
    pub fn rank(&self, corpus: &Corpus, pane: usize, hit: Hit) -> Option<usize> {
        let counts = self.hits.get(pane)?.as_ref()?;
        let before: usize = counts
            .iter()
            .take_while(|(slot, _)| *slot < hit.0)
            .map(|(_, count)| count)
            .sum();
        let here = self
            .spans(slot_text(corpus, hit.0))
            .iter()
            .take_while(|span| span.start <= hit.1)
            .count();
        Some(before + here)
    }

    /// The next hit after (or previous one before) a place in a pane; the place itself counts when `here`.
    pub fn find(
        &self,
        corpus: &Corpus,
        pane: &Pane,
        from: Hit,
        forward: bool,
        here: bool,
    ) -> Option<Hit> {
        let pattern = self.pattern.as_ref()?;
        let start = pane.contents.position(from.0);
        let shown_here = pane.contents.get(start) == Some(from.0);
        let in_slot = |at: usize| {
            let slot = pane.contents.get(at)?;
            let mut hits = pattern
                .find_iter(slot_text(corpus, slot))
                .map(|hit| ByteSpan::new(hit.start(), hit.end()).start);
            let is_start = at == start && shown_here;
            let byte = if forward {
                hits.find(|byte| !is_start || *byte > from.1 || (here && *byte == from.1))
            } else {
                hits.take_while(|byte| !is_start || *byte < from.1 || (here && *byte == from.1))
                    .last()
            };
            byte.map(|byte| (slot, byte))
        };
        if forward {
            (start..pane.contents.len()).find_map(in_slot)
        } else {
            (0..=start).rev().find_map(in_slot)
        }
    }

    /// Whether something is searched for.
    pub fn is_on(&self) -> bool {
        self.pattern.is_some()
    }
}

/// The text of a slot in which hits are looked for.
pub fn slot_text(corpus: &Corpus, slot: Slot) -> &str {
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
