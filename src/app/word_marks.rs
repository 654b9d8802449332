//! The words of each side marked in the panes.
//!
//! Invariant: marked is what the evidence lists for a pane's side, and only where it was counted.

use super::App;
use super::perspective::Slot;
use crate::analysis::evidence::Evidence;
use crate::analysis::wording::Place;
use crate::text::ByteSpan;
use std::collections::HashMap;
use std::sync::Arc;

/// Where words are marked.
#[derive(Debug, Default)]
pub struct WordMarks {
    /// What they were taken from.
    of: Option<Arc<Evidence>>,
    /// By pane and passage.
    spans: HashMap<(usize, Slot), Vec<ByteSpan>>,
}

impl WordMarks {
    fn new(evidence: &Arc<Evidence>) -> Self {
        let mut spans: HashMap<(usize, Slot), Vec<ByteSpan>> = HashMap::new();
        let mut mark = |side: usize, place: &Place| {
            let slot = Slot::passage(place.passage.document, place.passage.passage);
            spans.entry((side, slot)).or_default().push(place.span);
        };
        for (side, words) in evidence.words.iter().enumerate() {
            let more = words.more.iter().flat_map(|term| &term.places);
            let only = words.only.iter().flat_map(|only| &only.places);
            more.chain(only).for_each(|place| mark(side, place));
        }
        Self {
            of: Some(Arc::clone(evidence)),
            spans,
        }
    }
}

impl App {
    /// Brings the marks up to date with what was found.
    pub(super) fn prepare_word_marks(&mut self) {
        let found = self.evidence_found().filter(|_| self.marks_words).cloned();
        let is_same = match (&self.word_marks.of, &found) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !is_same {
            self.word_marks = found
                .as_ref()
                .map_or_else(WordMarks::default, WordMarks::new);
        }
    }

    /// The words of its side in a passage that a pane shows; none where they are not marked.
    pub fn words_marked(&self, pane: usize, slot: Slot) -> &[ByteSpan] {
        let spans = self.word_marks.spans.get(&(pane, slot));
        spans.map_or(&[], Vec::as_slice)
    }
}
