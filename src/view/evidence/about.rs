//! More on the entry under the cursor, and what the heading and the status line say of the view.

use super::super::cells;
use super::super::pane::{Shown, draw_row};
use super::Page;
use super::entry::counted;
use crate::analysis::wording::{self, Place};
use crate::app::App;
use crate::app::action::Action;
use crate::app::block::BlockRow;
use crate::app::evidence::lines::{Entry, places};
use crate::app::evidence::{Section, View};
use crate::app::pointed::slot_of;
use crate::corpus::PassageId;
use crate::text::ByteSpan;
use crate::text::wrap::{Row, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Bytes before and after what is shown in its passage that are laid out to show it.
const BYTES_AROUND: usize = 400;

impl Page<'_> {
    /// What is known of the entry under the cursor, and the places where it stands.
    pub(super) fn draw_detail(&self, buffer: &mut Buffer) {
        let area = self.view.plan.detail;
        let Some(entry) = self.view.entry().filter(|_| !area.is_empty()) else {
            return;
        };
        for x in area.x..area.right() {
            cells::sign(
                self.theme,
                buffer,
                x,
                area.y,
                area.right(),
                "─",
                self.theme.quiet,
            );
        }
        let head = format!(" {} ", self.told(entry));
        let limit = area.right().saturating_sub(2);
        let x = area.x + 2.min(area.width);
        cells::label(
            self.theme,
            buffer,
            x,
            area.y,
            limit,
            &head,
            self.theme.heading,
        );
        let below = Rect {
            y: area.y + 1,
            height: area.height - 1,
            ..area
        };
        let places = places(self.evidence, entry);
        match entry {
            Entry::Figure { figure, .. } => self.draw_about_figure(figure, &places, below, buffer),
            Entry::Copy { .. } => self.draw_passage(&places, below, buffer),
            Entry::Speaker { .. }
            | Entry::Unnamed { .. }
            | Entry::Shared { .. }
            | Entry::More { .. }
            | Entry::Only { .. }
            | Entry::Name { .. } => {
                self.draw_places(&places, below, buffer);
            }
        }
    }

    /// An entry in a line.
    fn told(&self, entry: Entry) -> String {
        let words = |side: usize| self.evidence.words.get(side);
        let name = |side: usize| self.side_name(side);
        match entry {
            Entry::Figure { figure, .. } => self.figure_told(figure),
            Entry::Speaker { row, side } => self.speaker_told(row, side),
            Entry::Unnamed { side } => self.unnamed_told(side),
            Entry::Shared { shared, .. } => self.shared_told(shared),
            Entry::More { side, term } => {
                let Some(term) = words(side).and_then(|words| words.more.get(term)) else {
                    return String::new();
                };
                let others = if self.evidence.words.len() == 2 {
                    name(1 - side)
                } else {
                    "the others".to_owned()
                };
                format!(
                    "“{}”: {} in {}, {} in {others} · z {:.1}, where 1.96 is hardly chance",
                    term.text,
                    counted(term.count, "time"),
                    name(side),
                    term.other_count,
                    term.z
                )
            }
            Entry::Only { side, term } => {
                let Some(only) = words(side).and_then(|words| words.only.get(term)) else {
                    return String::new();
                };
                format!(
                    "“{}”: {} in {}, nowhere else here · by chance {}",
                    only.text,
                    counted(only.count, "time"),
                    name(side),
                    wording::chance(only.p)
                )
            }
            Entry::Name { naming, term, side } => {
                let counts = self.evidence.namings.get(naming);
                let term = counts.and_then(|counts| counts.terms.get(term));
                let count =
                    |term: &wording::naming::TermCounts| term.sides.get(side).map_or(0, Vec::len);
                term.map_or_else(String::new, |term| {
                    format!(
                        "“{}”: {} in {}",
                        term.term,
                        counted(count(term), "time"),
                        name(side)
                    )
                })
            }
            Entry::Copy { text, side } => {
                let Some(text) = self.evidence.copies.get(text) else {
                    return String::new();
                };
                let own = text.sides.get(side).and_then(|passages| passages.first());
                let all = text.sides.iter().flatten().chain(&text.elsewhere);
                let others = all.filter(|id| Some(*id) != own);
                let names = own.map(|own| {
                    let name = |id: &PassageId| self.app.name_from(*own, *id);
                    others.map(name).collect::<Vec<_>>().join(", ")
                });
                format!("Same text as {}", names.unwrap_or_default())
            }
        }
    }

    /// The first places, a row of text each.
    fn draw_places(&self, places: &[(usize, Place)], area: Rect, buffer: &mut Buffer) {
        let sides: Vec<usize> = places.iter().map(|(side, _)| *side).collect();
        let several = sides.iter().any(|side| Some(side) != sides.first());
        for (y, (side, place)) in (area.y..area.bottom()).zip(places) {
            let name = if several {
                format!("{} ", self.side_name(*side))
            } else {
                String::new()
            };
            let number = format!("  {name}¶{}  ", place.passage.passage + 1);
            let limit = area.x + area.width / 3;
            let x = cells::label(
                self.theme,
                buffer,
                area.x,
                y,
                limit,
                &number,
                self.theme.quiet,
            );
            let row = Rect {
                x,
                y,
                width: area.right().saturating_sub(x + 1),
                height: 1,
            };
            self.draw_text_around(*place, row, buffer);
        }
    }

    /// The passage of the first place, from its start or around what is shown in it.
    pub(super) fn draw_passage(&self, places: &[(usize, Place)], area: Rect, buffer: &mut Buffer) {
        let Some((_, place)) = places.first() else {
            return;
        };
        let inner = Rect {
            x: area.x + 2.min(area.width),
            width: area.width.saturating_sub(4),
            ..area
        };
        self.draw_text_around(*place, inner, buffer);
    }

    /// The rows of a passage around a place in it, which is set off.
    fn draw_text_around(&self, place: Place, area: Rect, buffer: &mut Buffer) {
        if area.is_empty() {
            return;
        }
        let text = self.app.passage_text(place.passage);
        let rows = rows_around(text, place.span, area.width, usize::from(area.height));
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        let seen = ByteSpan {
            start: first.span.start,
            end: last.span.end,
        };
        let Some(mut look) = Shown::new(self.app, self.theme, None, slot_of(place), seen) else {
            return;
        };
        look.set_off(&[place.span], self.theme.hit);
        for (y, row) in (area.y..).zip(rows) {
            let row = BlockRow::Text { row, first: false };
            draw_row(self.app, self.theme, &look, row, area, y, buffer);
        }
    }
}

/// So many rows of a text that show a stretch of it, of a part around it.
fn rows_around(text: &str, span: ByteSpan, width_cells: u16, height: usize) -> Vec<Row> {
    let mut start = (span.start as usize).saturating_sub(BYTES_AROUND);
    let mut end =
        (span.end as usize + BYTES_AROUND.max(height * usize::from(width_cells))).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    // A part begins with a whole word.
    if start > 0 {
        let rest = text.get(start..span.start as usize).unwrap_or_default();
        start += rest.find(' ').map_or(0, |space| space + 1);
    }
    let rows = wrap(text.get(start..end).unwrap_or_default(), width_cells);
    let shifted = rows.into_iter().map(|row| Row {
        span: ByteSpan {
            start: row.span.start + start as u32,
            end: row.span.end + start as u32,
        },
        ..row
    });
    let rows: Vec<Row> = shifted.collect();
    let at = rows
        .iter()
        .position(|row| row.span.end > span.start)
        .unwrap_or(0);
    // What stands before it is seen as well, where there is room.
    let above = ((height.saturating_sub(1)) / 2).min(at);
    let from = (at - above).min(rows.len().saturating_sub(height));
    rows.into_iter().skip(from).take(height).collect()
}

/// The title of the topic that everything is about.
pub fn topic_title(app: &App) -> &str {
    let topic = app.topic().and_then(|topic| app.topics.get(topic));
    topic.map_or("everything", |topic| topic.title.as_str())
}

/// What counts, in as many words as there may be room for, the longest first.
pub fn states(app: &App, view: &View) -> Vec<String> {
    let copies = if app.copied.count_all {
        Some("every copy counts")
    } else {
        let left_out = view.evidence.iter().flat_map(|evidence| &evidence.counted);
        let left_out: usize = left_out.map(|side| side.copies).sum();
        (left_out > 0).then_some("copies count once")
    };
    let words = (view.look.section == Section::Words).then_some({
        match (app.options.names, app.options.quoted) {
            (false, false) => "without names and quoted speech",
            (true, false) => "without quoted speech",
            (false, true) => "without names",
            (true, true) => "with names and quoted speech",
        }
    });
    let topic = app.topic().and_then(|at| app.corpus.topics.get(at));
    let topic = topic.map(|topic| {
        let key = app.keymap.hint(Action::Everything);
        format!("on {} alone, {key} everything", topic.title)
    });
    let all: Vec<&str> = words.into_iter().chain(copies).collect();
    let with_topic: Vec<&str> = all.iter().copied().chain(topic.as_deref()).collect();
    vec![
        with_topic.join(" · "),
        all.join(" · "),
        words.unwrap_or_default().to_owned(),
        copies.unwrap_or_default().to_owned(),
    ]
}

/// What the status line says: how much was counted.
pub fn place(view: &View) -> String {
    let Some(evidence) = &view.evidence else {
        return String::new();
    };
    let numbers: Vec<String> = evidence
        .counted
        .iter()
        .map(|side| side.passages.to_string())
        .collect();
    let left_out: usize = evidence.counted.iter().map(|side| side.copies).sum();
    let copies = match left_out {
        0 => String::new(),
        1 => ", 1 copy not counted".to_owned(),
        some => format!(", {some} copies not counted"),
    };
    format!("{} passages{copies}", numbers.join(" and "))
}

/// The keys that are most useful in the evidence view.
pub fn hints(app: &App, view: &View, room: usize) -> Vec<(Action, &'static str)> {
    if view.evidence.is_none() || view.lines.is_empty() {
        return vec![
            (Action::Cancel, "back"),
            (Action::Help, "help"),
            (Action::TopicList, "topics"),
        ];
    }
    if room < 40 {
        return vec![
            (Action::Open, "open"),
            (Action::SectionNext, "next part"),
            (Action::Help, "help"),
            (Action::Cancel, "back"),
        ];
    }
    let mut hints = vec![
        (Action::Open, "to the passage"),
        (Action::SectionNext, "next part"),
        (Action::Help, "help"),
    ];
    if view.look.section == Section::Words {
        let names = if app.options.names {
            "without names"
        } else {
            "names too"
        };
        let quoted = if app.options.quoted {
            "without quoted"
        } else {
            "quoted too"
        };
        hints.extend([
            (Action::CountNames, names),
            (Action::CountQuoted, quoted),
            (Action::MarkWords, "mark in the texts"),
        ]);
    }
    hints.push((Action::Cancel, "back"));
    if view.look.section == Section::Figures {
        let why = if view.why {
            "the passage"
        } else {
            "why compared or not"
        };
        hints.push((Action::Why, why));
    }
    if app.copied.known().is_some_and(|copies| !copies.is_empty()) {
        let copies = if app.copied.count_all {
            "copies once"
        } else {
            "all copies"
        };
        hints.push((Action::CountCopies, copies));
    }
    hints.extend([(Action::TopicList, "topics"), (Action::Facing, "facing")]);
    hints
}
