//! The lines on who gets to speak, and where they lead.
//!
//! Invariant: whoever speaks on several sides stands level; every quotation that counts is reached from one speaker, or from
//! what is not told.

use super::lines::{Entry, Line, Note, Page, Title};
use crate::analysis::evidence::Speech;
use crate::analysis::quotes::{Quote, SpeakerRow};
use crate::analysis::wording::Place;
use crate::corpus::PassageId;
use crate::text::ByteSpan;

/// How many speakers there are, on all sides together, each side's own.
pub fn count(speech: &Speech) -> usize {
    speech.voices.rows.iter().map(|row| row.cells.len()).sum()
}

/// Where a speaker is quoted on a side, then where he or she speaks as a voice.
pub fn places_of_speaker(speech: &Speech, row: usize, side: usize) -> Vec<(usize, Place)> {
    let row = speech.voices.rows.get(row);
    let cell = row.and_then(|row| row.cells.iter().find(|cell| cell.column == side));
    let Some(cell) = cell else {
        return Vec::new();
    };
    let quoted = cell.places.iter().filter_map(|at| speech.quotes.get(*at));
    let mut places: Vec<Place> = quoted.map(place_of).collect();
    let is_new = |passage: &&PassageId| places.iter().all(|place| place.passage != **passage);
    let spoken = cell.spoken.iter().filter(is_new).map(|passage| Place {
        passage: *passage,
        span: ByteSpan::default(),
    });
    let spoken: Vec<Place> = spoken.collect();
    places.extend(spoken);
    places.sort_by_key(|place| (place.passage, place.span.start));
    places.into_iter().map(|place| (side, place)).collect()
}

/// The quotations of a side whose speaker the text does not tell.
pub fn places_of_unnamed(speech: &Speech, side: usize) -> Vec<(usize, Place)> {
    let quotes = speech.quotes.iter().zip(&speech.sides);
    quotes
        .filter(|(quote, whose)| **whose == side && quote.speaker.is_none())
        .map(|(quote, _)| (side, place_of(quote)))
        .collect()
}

/// Where something stands that several sides quote, one side first.
pub fn places_of_shared(speech: &Speech, shared: usize, side: usize) -> Vec<(usize, Place)> {
    let quotes = speech.shared.get(shared).into_iter();
    let quotes = quotes.flat_map(|shared| &shared.quotes);
    let place = |at: &usize| Some((*speech.sides.get(*at)?, place_of(speech.quotes.get(*at)?)));
    let mut places: Vec<(usize, Place)> = quotes.filter_map(place).collect();
    places.sort_by_key(|(whose, _)| *whose != side);
    places
}

fn place_of(quote: &Quote) -> Place {
    Place {
        passage: quote.passage,
        span: quote.whole,
    }
}

impl Page {
    /// Who speaks on several sides, what they quote in the same words, then everybody else.
    pub(super) fn voices(&mut self, speech: &Speech) {
        let rows = || speech.voices.rows.iter().enumerate();
        let unnamed: Vec<bool> = (0..self.sides)
            .map(|side| {
                let total = speech.voices.totals.get(side);
                total.is_some_and(|total| total.unnamed_words > 0)
            })
            .collect();
        if speech.voices.rows.is_empty() && !unnamed.contains(&true) {
            self.note(Note::NoVoice);
            return;
        }
        let is_common = |row: &SpeakerRow| row.cells.len() > 1;
        if rows().any(|(_, row)| is_common(row)) {
            self.title(Title::SpeakersOfSides);
            for (at, row) in rows().filter(|(_, row)| is_common(row)) {
                let mut entries = vec![None; self.sides];
                for cell in &row.cells {
                    if let Some(entry) = entries.get_mut(cell.column) {
                        *entry = Some(Entry::Speaker {
                            row: at,
                            side: cell.column,
                        });
                    }
                }
                self.level(entries);
            }
        }
        if !speech.shared.is_empty() {
            self.title(Title::SharedQuotes);
            for (shared, quotes) in speech.shared.iter().enumerate() {
                let entry = |side| {
                    let has = quotes.columns.contains(&side);
                    has.then_some(Entry::Shared { shared, side })
                };
                self.level((0..self.sides).map(entry).collect());
            }
        }
        let mut lists: Vec<Vec<Entry>> = vec![Vec::new(); self.sides];
        for (at, row) in rows().filter(|(_, row)| !is_common(row)) {
            for cell in &row.cells {
                if let Some(list) = lists.get_mut(cell.column) {
                    list.push(Entry::Speaker {
                        row: at,
                        side: cell.column,
                    });
                }
            }
        }
        for (side, list) in lists.iter_mut().enumerate() {
            if unnamed[side] {
                list.push(Entry::Unnamed { side });
            }
        }
        if lists.iter().any(|list| !list.is_empty()) {
            self.title(Title::Speakers);
            self.lists(&lists);
        }
        self.lines.push(Line::Blank);
        self.note(Note::WhatVoicesShow);
    }
}
