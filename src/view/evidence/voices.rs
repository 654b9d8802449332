//! Who gets to speak, in the cells of a side: the name, how often and how much.
//!
//! Invariant: shares are of all words that the side quotes on the topic, also of those whose speaker is not told.

use super::Page;
use super::entry::{Cell, counted};
use crate::analysis::quotes;
use ratatui::buffer::Buffer;
use std::fmt::Write as _;

/// From this many cells on numbers are said in words.
const ROOMY: u16 = 40;

impl Cell<'_> {
    pub(super) fn draw_speaker(&self, row: usize, (x, end): (u16, u16), buffer: &mut Buffer) {
        let Some((name, cell)) = self.page.speaker(row, self.entry.side()) else {
            return;
        };
        let amount = amount(cell, end.saturating_sub(x) >= ROOMY);
        self.draw_pair(x, end, name, &amount, buffer);
    }

    pub(super) fn draw_unnamed(&self, (x, end): (u16, u16), buffer: &mut Buffer) {
        let totals = &self.page.evidence.speech.voices.totals;
        let Some(total) = totals.get(self.entry.side()) else {
            return;
        };
        let share = share(total.unnamed_words, total.quoted_words);
        let amount = if end.saturating_sub(x) >= ROOMY {
            format!("{}  {share:>5}", counted(total.unnamed_quotes, "quotation"))
        } else {
            format!("{} · {share}", total.unnamed_quotes)
        };
        self.draw_pair(x, end, "(not told who)", &amount, buffer);
    }

    pub(super) fn draw_shared(&self, shared: usize, (x, end): (u16, u16), buffer: &mut Buffer) {
        let text = self.page.shared_text(shared, self.entry.side());
        self.draw_pair(x, end, &text, "", buffer);
    }
}

impl Page<'_> {
    /// A speaker's name, and how much he or she says on a side.
    fn speaker(&self, row: usize, side: usize) -> Option<(&str, &quotes::Cell)> {
        let row = self.evidence.speech.voices.rows.get(row)?;
        let cell = row.cells.iter().find(|cell| cell.column == side)?;
        Some((&row.name, cell))
    }

    /// What a side quotes that others quote too, with the number of its passage.
    fn shared_text(&self, shared: usize, side: usize) -> String {
        let speech = &self.evidence.speech;
        let quotes = speech.shared.get(shared).map(|shared| &shared.quotes);
        let mut own = quotes.into_iter().flatten();
        let Some(at) = own.find(|at| speech.sides.get(**at) == Some(&side)) else {
            return String::new();
        };
        let quote = &speech.quotes[*at];
        let text = quote.whole.of(self.app.passage_text(quote.passage));
        format!("¶{}  {text}", quote.passage.passage + 1)
    }

    /// A speaker on a side, in a line.
    pub(super) fn speaker_told(&self, row: usize, side: usize) -> String {
        let Some((name, cell)) = self.speaker(row, side) else {
            return String::new();
        };
        let whose = self.side_name(side);
        let mut told = format!("{name} in {whose}: ");
        if cell.quotes > 0 || cell.quoted_words > 0 {
            let _ = write!(
                told,
                "{} of {}, {} of all words quoted",
                counted(cell.quotes, "quotation"),
                counted(cell.quoted_words, "word"),
                percent(cell.share)
            );
        }
        if cell.spoken_words > 0 {
            if cell.quoted_words > 0 {
                told += "; ";
            }
            let _ = write!(told, "{} as a voice", counted(cell.spoken_words, "word"));
        }
        told
    }

    /// What is quoted without a speaker on a side.
    pub(super) fn unnamed_told(&self, side: usize) -> String {
        let total = self.evidence.speech.voices.totals.get(side);
        let total = total.copied().unwrap_or_default();
        format!(
            "{} in {} whose speaker the text does not tell, or we did not find",
            counted(total.unnamed_quotes, "quotation"),
            self.side_name(side)
        )
    }

    /// Who is said to say what several sides quote.
    pub(super) fn shared_told(&self, shared: usize) -> String {
        let speech = &self.evidence.speech;
        let quotes = speech.shared.get(shared).map(|shared| &shared.quotes);
        let said = quotes.into_iter().flatten().map(|at| {
            let whose = self.side_name(speech.sides[*at]);
            let speaker = speech.quotes[*at].speaker.as_ref();
            let name = speaker.map_or("nobody named", |speaker| speaker.name.as_str());
            format!("{name} in {whose}")
        });
        let mut said: Vec<String> = said.collect();
        said.dedup();
        format!("The same words: {}", said.join(", "))
    }
}

/// `3 quotations  45 %`, `450 words as a voice`.
fn amount(cell: &quotes::Cell, is_roomy: bool) -> String {
    let mut parts = Vec::new();
    if cell.spoken_words > 0 {
        let words = counted(cell.spoken_words, "word");
        parts.push(if is_roomy {
            format!("{words} as a voice")
        } else {
            words
        });
    }
    if cell.quotes > 0 || cell.quoted_words > 0 {
        let share = percent(cell.share);
        parts.push(if is_roomy {
            format!("{}  {share:>5}", counted(cell.quotes, "quotation"))
        } else {
            format!("{} · {share}", cell.quotes)
        });
    }
    parts.join(" · ")
}

fn share(part: usize, all: usize) -> String {
    percent(part as f64 / all.max(1) as f64)
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
