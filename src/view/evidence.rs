//! The evidence view: tabs, the names of the sides, lines of what each has, and more on the entry under the cursor.
//!
//! Invariant: cursor, bars and marks can be seen without colour; what was not found is said in words.

mod about;
mod entry;
mod figures;
mod scale;
mod voices;

pub use about::{hints, place};

use super::cells;
use super::sides;
use super::theme::Theme;
use crate::analysis::evidence::Evidence;
use crate::analysis::watch::Progress;
use crate::analysis::wording::WHAT_IT_SHOWS;
use crate::app::App;
use crate::app::action::Action;
use crate::app::copied::Search;
use crate::app::evidence::lines::{Line, Note, Title};
use crate::app::evidence::plan::TITLE;
use crate::app::evidence::{View, told};
use crate::app::perspective::title;
use crate::text::wrap::wrap;
use entry::Cell;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::ops::Range;

pub fn draw(app: &App, theme: &Theme, view: &View, buffer: &mut Buffer) {
    draw_heading(app, theme, view, buffer);
    draw_titles(app, theme, view, buffer);
    let Some(evidence) = view.evidence.as_deref() else {
        draw_waiting(app, theme, view, buffer);
        return;
    };
    if evidence.counted.iter().all(|side| side.passages == 0) {
        let topic = about::topic_title(app);
        let key = app.keymap.hint(Action::TopicList);
        let lines = [
            format!("Nothing found on “{topic}” in these texts"),
            format!("{key} chooses another topic, with how much each source says on it"),
        ];
        draw_words(theme, view.plan.body, &lines, buffer);
        return;
    }
    let page = Page {
        app,
        theme,
        view,
        evidence,
    };
    page.draw_lines(buffer);
    page.draw_detail(buffer);
}

/// The parts, how much is in each, and what counts.
fn draw_heading(app: &App, theme: &Theme, view: &View, buffer: &mut Buffer) {
    let area = view.plan.heading;
    if area.is_empty() {
        return;
    }
    let first = view.plan.tabs.first().map_or(0, |tab| tab.columns.start);
    if first > area.x {
        cells::label(theme, buffer, area.x, area.y, first, TITLE, theme.heading);
    }
    let mut x = area.x;
    for tab in &view.plan.tabs {
        let style = if tab.section == view.look.section {
            theme.selected
        } else {
            theme.quiet
        };
        let Range { start, end } = tab.columns;
        x = cells::label(theme, buffer, start, area.y, end, &tab.text, style);
    }
    for state in about::states(app, view) {
        let limit = area.right().saturating_sub(1);
        let start = cells::label_right(theme, buffer, x + 2, area.y, limit, &state, theme.quiet);
        if start < limit {
            return;
        }
    }
}

/// Whose each column is, with the cursor's set off.
fn draw_titles(app: &App, theme: &Theme, view: &View, buffer: &mut Buffer) {
    let (titles, rule) = (view.plan.titles, view.plan.rule);
    if titles.is_empty() {
        return;
    }
    for (at, (columns, pane)) in view.plan.columns.iter().zip(&app.panes).enumerate() {
        let is_current = at == view.cursor.1;
        let style = if is_current {
            theme.accent
        } else {
            theme.heading
        };
        let mark = if is_current { "▸ " } else { "  " };
        let (start, end) = (columns.start, columns.end);
        let x = cells::label(theme, buffer, start, titles.y, end, mark, style);
        let name = title(&app.corpus, &pane.perspective);
        cells::label(theme, buffer, x, titles.y, end, &name, style);
        if rule.is_empty() {
            continue;
        }
        let (line, style) = if is_current {
            ("━", theme.accent)
        } else {
            ("─", theme.quiet)
        };
        for x in start..end {
            cells::sign(theme, buffer, x, rule.y, end, line, style);
        }
    }
}

/// What is being looked for, or why there is nothing.
fn draw_waiting(app: &App, theme: &Theme, view: &View, buffer: &mut Buffer) {
    let topic = about::topic_title(app);
    let key = app.keymap.hint(Action::Cancel);
    let percent = |progress: Option<Progress>| {
        progress.map_or_else(String::new, |progress| {
            format!(" {} %", progress.done * 100 / progress.total.max(1))
        })
    };
    let refusal = app.evidence_asked();
    let refusal = refusal
        .as_ref()
        .and_then(|asked| app.requests.refusal(asked));
    let lines = if let Some(why) = refusal {
        let choose = app.keymap.hint(Action::TopicList);
        let again = app.keymap.hint(Action::Evidence);
        [
            format!("The evidence on “{topic}” was not gathered: {why}"),
            format!("{again} twice tries again · {choose} chooses a topic, which is less to read"),
        ]
    } else if app.finding_topics.is_some() {
        [
            "Looking for what these texts speak of…".to_owned(),
            format!("The evidence follows as soon as it is known · {key} returns to the texts"),
        ]
    } else if let Search::Running(_, progress) = app.copied.search {
        [
            format!("Looking for texts that stand twice…{}", percent(progress)),
            format!("They count once · {key} returns to the texts"),
        ]
    } else {
        let progress = app.requests.running().and_then(|running| running.progress);
        [
            format!(
                "Gathering what the texts say on “{topic}”…{}",
                percent(progress)
            ),
            format!("{key} stops it and returns to the texts"),
        ]
    };
    draw_words(theme, view.plan.body, &lines, buffer);
}

/// Lines in place of entries.
fn draw_words(theme: &Theme, area: Rect, lines: &[String], buffer: &mut Buffer) {
    let top = area.y + u16::from(area.height > 5);
    for (y, text) in (top..area.bottom()).zip(lines) {
        let x = area.x + 2.min(area.width);
        cells::label(theme, buffer, x, y, area.right(), text, theme.quiet);
    }
}

/// What all parts of the picture are drawn from.
struct Page<'a> {
    app: &'a App,
    theme: &'a Theme,
    view: &'a View,
    evidence: &'a Evidence,
}

impl Page<'_> {
    fn draw_lines(&self, buffer: &mut Buffer) {
        let body = self.view.plan.body;
        let seen = self.view.lines.iter().enumerate().skip(self.view.first);
        for (y, (at, line)) in (body.y..body.bottom()).zip(seen) {
            match line {
                Line::Blank => {}
                Line::Title(title) => self.draw_title(*title, y, buffer),
                Line::Scale(group) => self.draw_scale(*group, y, buffer),
                Line::Note(note) => self.draw_note(*note, y, buffer),
                Line::Silent(sides) => self.draw_silence(sides, y, buffer),
                Line::Entries(entries) => {
                    for (side, entry) in entries.iter().enumerate() {
                        let columns = self.view.plan.columns.get(side);
                        if let (Some(entry), Some(columns)) = (entry, columns) {
                            let cell = Cell {
                                page: self,
                                entry: *entry,
                                columns: columns.clone(),
                                y,
                                is_current: (at, side) == self.view.cursor,
                            };
                            cell.draw(buffer);
                        }
                    }
                }
            }
        }
        self.draw_more_mark(buffer);
    }

    /// Of each side that has nothing in this part, that it has not.
    fn draw_silence(&self, sides: &[usize], y: u16, buffer: &mut Buffer) {
        let nothing = told::silence(self.view.look.section);
        for side in sides {
            let Some(columns) = self.view.plan.columns.get(*side) else {
                continue;
            };
            let text = if self.view.plan.stacked {
                format!("{}: {nothing}", self.side_name(*side))
            } else {
                nothing.to_owned()
            };
            let (x, end) = (columns.start + 2, columns.end);
            cells::label(self.theme, buffer, x, y, end, &text, self.theme.quiet);
        }
    }

    /// A note, on as many rows as it needs.
    fn draw_note(&self, note: Note, y: u16, buffer: &mut Buffer) {
        let body = self.view.plan.body;
        let text = self.note(note);
        let x = body.x + 2.min(body.width);
        let rows = wrap(&text, body.width.saturating_sub(4));
        for (y, row) in (y..body.bottom()).zip(rows) {
            let row = row.span.of(&text);
            cells::label(
                self.theme,
                buffer,
                x,
                y,
                body.right(),
                row,
                self.theme.quiet,
            );
        }
    }

    /// An arrow where lines go on above or below.
    fn draw_more_mark(&self, buffer: &mut Buffer) {
        let (body, first) = (self.view.plan.body, self.view.first);
        if body.is_empty() {
            return;
        }
        let x = body.right() - 1;
        let mut mark = |y, shown| {
            cells::sign(
                self.theme,
                buffer,
                x,
                y,
                body.right(),
                shown,
                self.theme.quiet,
            );
        };
        if first > 0 {
            mark(body.y, "↑");
        }
        if first + usize::from(body.height) < self.view.lines.len() {
            mark(body.bottom() - 1, "↓");
        }
    }

    /// A title, with what the lines under it are in quiet words after it.
    fn draw_title(&self, title: Title, y: u16, buffer: &mut Buffer) {
        let (text, explained) = self.title(title);
        let body = self.view.plan.body;
        let is_inner = matches!(title, Title::Naming(_));
        let style = if is_inner {
            self.theme.quiet
        } else {
            self.theme.heading
        };
        let start = body.x + if is_inner { 2 } else { 0 };
        let x = cells::label(self.theme, buffer, start, y, body.right(), &text, style);
        let gap = x.saturating_add(2);
        cells::label(
            self.theme,
            buffer,
            gap,
            y,
            body.right(),
            &explained,
            self.theme.quiet,
        );
    }

    /// A title, and what the lines under it are.
    fn title(&self, title: Title) -> (String, String) {
        match title {
            Title::Figures(group) => self.group_title(group),
            Title::Naming(naming) => {
                let namings = &self.evidence.namings;
                let title = told::naming_title(&self.app.corpus, namings, naming);
                (title, String::new())
            }
            Title::OtherFigures
            | Title::SpeakersOfSides
            | Title::Speakers
            | Title::SharedQuotes
            | Title::More
            | Title::Only
            | Title::Namings
            | Title::CopiesOfSides
            | Title::CopiesElsewhere => {
                let two_sides = self.evidence.counted.len() == 2;
                let (text, explained) = told::titled(title, two_sides);
                (text.to_owned(), explained.to_owned())
            }
        }
    }

    fn note(&self, note: Note) -> String {
        match note {
            Note::NoFigure => {
                let topic = about::topic_title(self.app);
                format!("No figures on “{topic}” in these texts")
            }
            Note::HowFiguresAreDrawn => {
                format!("{} {}", figures::HOW_THEY_ARE_DRAWN, told::WHAT_IS_COMPARED)
            }
            Note::WhyNothingIsDrawn => told::NOTHING_IS_COMPARED.to_owned(),
            Note::NoVoice => {
                let topic = about::topic_title(self.app);
                format!("Nobody is quoted on “{topic}” in these texts")
            }
            Note::WhatVoicesShow => told::WHAT_VOICES_SHOW.to_owned(),
            Note::NoWord => told::NO_WORD.to_owned(),
            Note::OneSide => {
                let key = self.app.keymap.hint(Action::AddPane);
                format!("The words of one side differ from nothing · {key} adds another pane")
            }
            Note::WhatWordsShow => WHAT_IT_SHOWS.to_owned(),
            Note::NoCopy => "No text stands twice here".to_owned(),
            Note::WhatCopiesShow => {
                let key = self.app.keymap.hint(Action::CountCopies);
                let what = told::WHAT_COPIES_SHOW;
                format!("{what}; unless {key} counts copies, each text counts once a side.")
            }
        }
    }

    /// A side in few words.
    fn side_name(&self, side: usize) -> String {
        let panes: Vec<usize> = (0..self.app.panes.len()).collect();
        sides::name(self.app, &panes, side)
    }
}
