//! One entry of the evidence view: what was found, in the cells of its side.

use super::super::cells;
use super::Page;
use crate::analysis::wording::{self, OnlyHere, Term};
use crate::app::evidence::lines::Entry;
use crate::text::{safe, width};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use std::ops::Range;

/// From this many cells on there is room for more than a word and its count.
const ROOMY: u16 = 44;
/// Cells of the longest bar.
const BAR: u16 = 12;
/// Cells for the name of a side before an entry, where sides stand below each other.
const SIDE_NAME: u16 = 14;
/// The same where a scale takes its part of the screen.
const SHORT_SIDE_NAME: u16 = 8;

/// Where and how an entry is drawn.
pub struct Cell<'p> {
    pub page: &'p Page<'p>,
    pub entry: Entry,
    pub columns: Range<u16>,
    pub y: u16,
    pub is_current: bool,
}

impl Cell<'_> {
    pub fn draw(&self, buffer: &mut Buffer) {
        let theme = self.page.theme;
        let Range { start, end } = self.columns;
        // The last column is that of the arrows, or the gap between two sides.
        let end = end.saturating_sub(1);
        let mark = if self.is_current { "▸ " } else { "  " };
        let mut x = cells::label(theme, buffer, start, self.y, end, mark, theme.accent);
        if self.page.view.plan.stacked {
            let name = self.page.side_name(self.entry.side());
            let cells = if self.page.view.plan.scale.is_empty() {
                SIDE_NAME
            } else {
                SHORT_SIDE_NAME
            };
            let limit = end.min(x + cells);
            cells::label(theme, buffer, x, self.y, limit, &name, theme.quiet);
            x = end.min(limit + 1);
        }
        self.draw_content(x, end, buffer);
    }

    pub(super) fn style(&self) -> Style {
        if self.is_current {
            self.page.theme.heading
        } else {
            Style::new()
        }
    }

    /// Writes what stands at the right, then the rest up to it.
    pub(super) fn draw_pair(&self, x: u16, end: u16, text: &str, right: &str, buffer: &mut Buffer) {
        let theme = self.page.theme;
        let limit = cells::label_right(theme, buffer, x, self.y, end, right, theme.quiet);
        let limit = limit.saturating_sub(u16::from(limit < end));
        cells::label(theme, buffer, x, self.y, limit, text, self.style());
    }

    fn draw_content(&self, x: u16, end: u16, buffer: &mut Buffer) {
        let room = end.saturating_sub(x);
        let evidence = self.page.evidence;
        match self.entry {
            Entry::Figure { figure, .. } => self.draw_figure(figure, (x, end), buffer),
            Entry::Speaker { row, .. } => self.draw_speaker(row, (x, end), buffer),
            Entry::Unnamed { .. } => self.draw_unnamed((x, end), buffer),
            Entry::Shared { shared, .. } => self.draw_shared(shared, (x, end), buffer),
            Entry::More { side, term } => {
                let words = evidence.words.get(side);
                if let Some(term) = words.and_then(|words| words.more.get(term)) {
                    self.draw_pair(x, end, &term.text, &more(term, room), buffer);
                }
            }
            Entry::Only { side, term } => {
                let words = evidence.words.get(side);
                if let Some(only) = words.and_then(|words| words.only.get(term)) {
                    self.draw_pair(x, end, &only.text, &alone(only, room), buffer);
                }
            }
            Entry::Name { naming, term, side } => {
                self.draw_name(naming, term, side, (x, end), buffer);
            }
            Entry::Copy { text, side } => {
                let passages = evidence
                    .copies
                    .get(text)
                    .and_then(|text| text.sides.get(side));
                let Some(first) = passages.and_then(|passages| passages.first()) else {
                    return;
                };
                let numbers: Vec<String> = passages
                    .into_iter()
                    .flatten()
                    .map(|id| format!("¶{}", id.passage + 1))
                    .collect();
                let opening = self.page.app.passage_text(*first);
                let text = format!("{}  {opening}", numbers.join(" and "));
                self.draw_pair(x, end, &text, "", buffer);
            }
        }
    }

    /// A name and how often it is used, with a bar as long as that is often among its rivals.
    fn draw_name(
        &self,
        naming: usize,
        term: usize,
        side: usize,
        (x, end): (u16, u16),
        buffer: &mut Buffer,
    ) {
        let Some(counts) = self.page.evidence.namings.get(naming) else {
            return;
        };
        let Some(own) = counts.terms.get(term) else {
            return;
        };
        let uses =
            |of: &wording::naming::TermCounts| of.sides.iter().map(Vec::len).max().unwrap_or(0);
        let most = counts.terms.iter().map(uses).max().unwrap_or(0);
        let count = own.sides.get(side).map_or(0, Vec::len);
        let used = counts.terms.iter().filter(|term| uses(term) > 0);
        let longest = used
            .map(|term| width::line(&safe::line(&term.term)))
            .max()
            .unwrap_or(0);
        let theme = self.page.theme;
        let names_end =
            (x + 1 + u16::try_from(longest).unwrap_or(u16::MAX)).min(end.saturating_sub(5));
        let style = if count > 0 { self.style() } else { theme.quiet };
        cells::label(theme, buffer, x, self.y, names_end, &own.term, style);
        let number = if count > 0 {
            format!("{count:>4} ")
        } else {
            "   · ".to_owned()
        };
        let x = cells::label(theme, buffer, names_end, self.y, end, &number, style);
        let full = BAR.min(end.saturating_sub(x));
        let bar = bar(count, most, full);
        cells::label(theme, buffer, x, self.y, end, &bar, theme.shade);
    }
}

/// A bar of a mark for each, or where `most` is too long for that, as long as its part of that.
pub fn bar(count: usize, most: usize, full: u16) -> String {
    let full = usize::from(full);
    let cells = if most <= full {
        count
    } else {
        (count * full).div_ceil(most)
    };
    "▪".repeat(cells.min(full))
}

fn more(term: &Term, room: u16) -> String {
    let counts = format!("{} : {}", term.count, term.other_count);
    if room < ROOMY {
        return counts;
    }
    let documents = counted(term.documents, "document");
    format!("{counts:>9}   z {:<4.1}  in {documents:<12}", term.z)
}

fn alone(only: &OnlyHere, room: u16) -> String {
    if room < ROOMY {
        return only.count.to_string();
    }
    let documents = counted(only.documents, "document");
    let chance = wording::chance(only.p);
    format!("{:>4}   {chance:<22}  in {documents:<12}", only.count)
}

/// `1 document`, `2 documents`.
pub fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
