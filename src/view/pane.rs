//! A pane: title, rule, gutter, text, and the strip that shows where the topic is.

mod row;

use super::cells;
use super::gutter::{self, Gutter};
use super::theme::Theme;
use crate::analysis::alignment::{Link, Origin};
use crate::app::App;
use crate::app::block::{BlockRow, byline, indent, shown_text};
use crate::app::pane::{Pane, VisibleRow};
use crate::app::perspective::{Perspective, Slot, title};
use crate::app::screen::PaneArea;
use crate::corpus::{Document, Kind, Mark, MarkStyle, Passage};
use crate::text::bidi::Paragraph;
use crate::text::{ByteSpan, safe, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use row::draw_text;

pub fn draw(app: &App, theme: &Theme, at: usize, area: &PaneArea, buffer: &mut Buffer) {
    let pane = &app.panes[at];
    let focused = at == app.focus;
    let answers: Vec<(Slot, &Link)> = if focused {
        Vec::new()
    } else {
        app.answers(app.focused().current, at)
    };
    // Only where nothing answers it.
    let near = app.near(app.focused().current, at);
    let near = near.filter(|_| !focused && answers.is_empty());
    draw_title(app, theme, pane, focused, area, buffer);
    draw_rule(app, theme, pane, focused, area, buffer);
    let mut shown: Option<(Slot, Shown)> = None;
    for (row, visible) in pane
        .visible
        .iter()
        .take(usize::from(area.text.height))
        .enumerate()
    {
        let y = area.text.y + row as u16;
        // What a passage's rows have in common is worked out once.
        if shown.as_ref().is_none_or(|(slot, _)| *slot != visible.slot) {
            let seen = bytes_on_screen(pane, visible.slot);
            shown = Shown::new(app, theme, pane.topic, visible.slot, seen)
                .map(|what| (visible.slot, what.marked_in(app, theme, at, visible.slot)));
        }
        let above = row.checked_sub(1).and_then(|above| pane.visible.get(above));
        let first_seen = !above.is_some_and(|above| {
            above.slot == visible.slot && matches!(above.row, BlockRow::Text { .. })
        });
        let sign = if app.is_marked(visible.slot) {
            Some("◆")
        } else {
            let mut signed = answers.iter();
            let answer = signed.find(|(answer, _)| *answer == visible.slot);
            let sign = answer.map(|(_, link)| answer_sign(link.origin));
            sign.or_else(|| (near == Some(visible.slot)).then_some("≈"))
        };
        let in_gutter = Gutter {
            area: area.gutter,
            y,
            sign: sign.filter(|_| first_seen),
            noted: app.noted_sign(visible.slot).filter(|_| first_seen),
        };
        gutter::draw(theme, pane, focused, visible, &in_gutter, buffer);
        draw_signs(app, theme, at, visible, area, y, buffer);
        if let Some((_, what)) = &shown {
            draw_row(app, theme, what, visible.row, area.text, y, buffer);
        }
    }
    gutter::draw_strip(app, theme, pane, area.strip, buffer);
}

/// What stands beside a passage that answers the current one of the focused pane.
fn answer_sign(origin: Origin) -> &'static str {
    match origin {
        Origin::Found => "=",
        Origin::Accepted => "✓",
        Origin::Paired => "◆",
    }
}

/// The date of a document pane, if it has one.
fn date(app: &App, pane: &Pane) -> Option<String> {
    let Perspective::Document(at) = pane.perspective else {
        return None;
    };
    app.corpus
        .documents
        .get(at)?
        .meta
        .date
        .map(|date| date.to_string())
}

pub(super) fn draw_title(
    app: &App,
    theme: &Theme,
    pane: &Pane,
    focused: bool,
    area: &PaneArea,
    buffer: &mut Buffer,
) {
    let row = area.title;
    if row.is_empty() {
        return;
    }
    let style = if focused { theme.accent } else { theme.heading };
    let stacked_place = if area.rule.is_empty() {
        short_place(app, pane)
    } else {
        String::new()
    };
    // One above the other there is room for the place on the topic or the date, not for both.
    let end = if area.rule.is_empty() {
        stacked_place
    } else {
        date(app, pane).unwrap_or_default()
    };
    let limit = if usize::from(row.width) > width::line(&end) + 20 {
        cells::label_right(
            theme,
            buffer,
            row.x,
            row.y,
            row.right().saturating_sub(1),
            &end,
            theme.quiet,
        )
        .saturating_sub(1)
    } else {
        row.right()
    };
    // The mark tells the focus without colour.
    let mark = if focused && app.panes.len() > 1 {
        "▸ "
    } else {
        "  "
    };
    let x = cells::label(theme, buffer, row.x, row.y, limit, mark, style);
    cells::label(
        theme,
        buffer,
        x,
        row.y,
        limit,
        &title(&app.corpus, &pane.perspective),
        style,
    );
    if area.rule.is_empty() && !app.screen.panes.is_empty() {
        cells::paint_row(
            buffer,
            row,
            row.y,
            Style::new().add_modifier(Modifier::UNDERLINED),
        );
    }
}

/// The topic's title and which of its passages the current one is.
fn topic_place(app: &App, pane: &Pane) -> String {
    let Some(topic) = pane.topic.and_then(|topic| app.topics.get(topic)) else {
        return String::new();
    };
    let total = pane.on_topic.len();
    match (total, pane.topic_rank()) {
        (0, _) if app.tagging.is_none() => topic.title.clone(),
        (0, _) => format!("{}: nothing found here", topic.title),
        (_, 0) => format!("{} {total}", topic.title),
        (_, rank) => format!("{} {rank}/{total}", topic.title),
    }
}

/// The same in a few cells, for panes that stand one above the other.
fn short_place(app: &App, pane: &Pane) -> String {
    match (pane.topic, pane.on_topic.len(), pane.topic_rank()) {
        (None, ..) => String::new(),
        (Some(_), 0, _) if app.tagging.is_none() => String::new(),
        (Some(_), 0, _) => "nothing found".to_owned(),
        (Some(_), total, rank) => format!("{rank}/{total}"),
    }
}

fn draw_rule(
    app: &App,
    theme: &Theme,
    pane: &Pane,
    focused: bool,
    area: &PaneArea,
    buffer: &mut Buffer,
) {
    let row = area.rule;
    if row.is_empty() {
        return;
    }
    let (line, style) = if focused {
        ("━", theme.accent)
    } else {
        ("─", theme.quiet)
    };
    let place = topic_place(app, pane);
    let room = usize::from(row.width.saturating_sub(6));
    let place = if width::line(&safe::line(&place)) > room {
        short_place(app, pane)
    } else {
        place
    };
    let place = if place.is_empty() {
        place
    } else {
        format!(" {place} ")
    };
    let limit = cells::label_right(
        theme,
        buffer,
        row.x + 2,
        row.y,
        row.right().saturating_sub(2),
        &place,
        if focused { theme.accent } else { theme.quiet },
    );
    for x in row.x..row.right() {
        let under_label = x >= limit && x < row.right().saturating_sub(2) && !place.is_empty();
        if !under_label {
            cells::sign(theme, buffer, x, row.y, row.right(), line, style);
        }
    }
}

/// What stands beside or above a row for what it holds: the place that the evidence led to, a text that stands elsewhere too.
fn draw_signs(
    app: &App,
    theme: &Theme,
    pane: usize,
    visible: &VisibleRow,
    area: &PaneArea,
    y: u16,
    buffer: &mut Buffer,
) {
    let slot = visible.slot;
    let row = match visible.row {
        BlockRow::Text { row, .. } => row,
        BlockRow::Blank => {
            draw_copy_note(app, theme, slot, area.text, y, buffer);
            return;
        }
        BlockRow::Voice | BlockRow::Title(_) | BlockRow::Byline(_) | BlockRow::Rule => return,
    };
    let Some(gutter_x) = area.gutter.right().checked_sub(2) else {
        return;
    };
    let is_pointed_at = app.pointed_in(pane, slot).is_some_and(|span| {
        meets(span, row.span) || (span == ByteSpan::default() && row.span.start == 0)
    });
    if is_pointed_at {
        cells::sign(
            theme,
            buffer,
            gutter_x,
            y,
            area.gutter.right(),
            "»",
            theme.accent,
        );
    }
}

/// Above a passage: where its text stands as well.
pub(super) fn draw_copy_note(
    app: &App,
    theme: &Theme,
    slot: Slot,
    area: Rect,
    y: u16,
    buffer: &mut Buffer,
) {
    if let Some(note) = app.copy_note(slot) {
        let note = format!("≡ {note}");
        cells::label(theme, buffer, area.x, y, area.right(), &note, theme.quiet);
    }
}

/// What the rows of a slot have in common.
pub(super) struct Shown<'a> {
    document: &'a Document,
    passage: Option<Passage<'a>>,
    text: &'a str,
    bidi: Paragraph,
    /// What is set off in the part that is on the screen.
    styles: Vec<(ByteSpan, Style)>,
    base: Style,
}

impl<'a> Shown<'a> {
    /// What a slot looks like, whose bytes `seen` are on the screen, with the cues of a topic set off.
    pub(super) fn new(
        app: &'a App,
        theme: &Theme,
        topic: Option<usize>,
        slot: Slot,
        seen: ByteSpan,
    ) -> Option<Self> {
        let document = app.corpus.documents.get(slot.document())?;
        let passage = slot
            .passage_index()
            .and_then(|index| document.passage(index));
        let text = passage
            .as_ref()
            .map_or(document.meta.title.as_str(), shown_text);
        let base = match passage.as_ref().map(Passage::kind) {
            None | Some(Kind::Heading(_)) => theme.heading,
            Some(Kind::Image) => theme.quiet.add_modifier(Modifier::ITALIC),
            Some(_) => Style::new(),
        };
        let mut styles: Vec<(ByteSpan, Style)> = Vec::new();
        if let Some(passage) = &passage {
            styles.extend(
                passage
                    .marks()
                    .iter()
                    .map(|mark| (mark.span, mark_style(theme, mark))),
            );
        }
        // The cues of the marked topic, then the hits: what comes later lies on top.
        let cues = app.tag_of(slot, topic).map_or(&[][..], |tag| &tag.spans);
        styles.extend(cues.iter().map(|span| (*span, theme.cue)));
        styles.retain(|(span, _)| meets(*span, seen));
        if let Some(search) = &app.search {
            let (from, window) = around(text, seen);
            let shifted = |span: ByteSpan| ByteSpan {
                start: span.start + from,
                end: span.end + from,
            };
            styles.extend(
                search
                    .spans(window)
                    .into_iter()
                    .map(|span| (shifted(span), theme.hit)),
            );
        }
        Some(Self {
            document,
            passage,
            text,
            bidi: Paragraph::new(text),
            styles,
            base,
        })
    }

    /// With the words of a pane's side set off, where they are marked, and what the evidence led to; the text of a copy is
    /// quiet.
    pub(super) fn marked_in(mut self, app: &App, theme: &Theme, pane: usize, slot: Slot) -> Self {
        if app.is_copy(slot) {
            self.base = self.base.patch(theme.quiet);
        }
        self.set_off(app.words_marked(pane, slot), theme.word);
        self.set_off(&app.noted_spans(slot), theme.noted);
        if let Some(span) = app.selected_in(pane, slot) {
            self.set_off(&[span], theme.hit);
        }
        if let Some(span) = app.pointed_in(pane, slot) {
            self.set_off(&[span], theme.hit);
        }
        self
    }

    /// Sets off further spans of the text.
    pub(super) fn set_off(&mut self, spans: &[ByteSpan], style: Style) {
        self.styles.extend(spans.iter().map(|span| (*span, style)));
    }

    /// What is set off in a row.
    fn styles_in(&self, row: ByteSpan) -> Vec<(ByteSpan, Style)> {
        self.styles
            .iter()
            .filter(|(span, _)| meets(*span, row))
            .copied()
            .collect()
    }
}

/// The bytes of a slot that are on the screen.
fn bytes_on_screen(pane: &Pane, slot: Slot) -> ByteSpan {
    let rows = pane
        .visible
        .iter()
        .filter(|visible| visible.slot == slot)
        .filter_map(|visible| match visible.row {
            BlockRow::Text { row, .. } | BlockRow::Title(row) => Some(row.span),
            BlockRow::Blank | BlockRow::Voice | BlockRow::Byline(_) | BlockRow::Rule => None,
        });
    rows.reduce(|all, row| ByteSpan {
        start: all.start.min(row.start),
        end: all.end.max(row.end),
    })
    .unwrap_or_default()
}

fn meets(one: ByteSpan, other: ByteSpan) -> bool {
    one.start < other.end && other.start < one.end
}

/// Bytes before and after what is on the screen in which a hit that reaches into it may begin or end.
const HIT_MARGIN: usize = 512;

/// A span of a text with some of what stands around it, and where that starts.
fn around(text: &str, span: ByteSpan) -> (u32, &str) {
    let mut start = (span.start as usize).saturating_sub(HIT_MARGIN);
    let mut end = (span.end as usize + HIT_MARGIN).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start as u32, text.get(start..end).unwrap_or_default())
}

fn mark_style(theme: &Theme, mark: &Mark) -> Style {
    match &mark.style {
        MarkStyle::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
        MarkStyle::Strong => Style::new().add_modifier(Modifier::BOLD),
        MarkStyle::Code => theme.quiet,
        MarkStyle::Link(_) => theme.link,
    }
}

pub(super) fn draw_row(
    app: &App,
    theme: &Theme,
    what: &Shown,
    row: BlockRow,
    area: Rect,
    y: u16,
    buffer: &mut Buffer,
) {
    match row {
        BlockRow::Blank => {}
        BlockRow::Voice => {
            let voice = what
                .passage
                .as_ref()
                .and_then(Passage::voice)
                .unwrap_or_default();
            cells::label(theme, buffer, area.x, y, area.right(), voice, theme.voice);
        }
        BlockRow::Title(row) => draw_text(app, what, row, area, y, buffer),
        BlockRow::Byline(row) => {
            let byline = byline(&app.corpus, what.document);
            cells::label(
                theme,
                buffer,
                area.x,
                y,
                area.right(),
                row.span.of(&byline),
                theme.quiet,
            );
        }
        BlockRow::Rule => {
            for x in area.x..area.right().min(area.x + 12) {
                cells::sign(theme, buffer, x, y, area.right(), "─", theme.quiet);
            }
        }
        BlockRow::Text { row, first } => {
            let kind = what.passage.as_ref().map_or(Kind::Paragraph, Passage::kind);
            let set_in = indent(kind).min(area.width.saturating_sub(1));
            draw_marker(
                theme,
                kind,
                first,
                Rect {
                    width: set_in,
                    ..area
                },
                y,
                buffer,
            );
            let text_area = Rect {
                x: area.x + set_in,
                width: area.width - set_in,
                ..area
            };
            draw_text(app, what, row, text_area, y, buffer);
        }
    }
}

/// What stands before the text of a list entry, a quote, an image.
fn draw_marker(theme: &Theme, kind: Kind, first: bool, area: Rect, y: u16, buffer: &mut Buffer) {
    let limit = area.right();
    match kind {
        Kind::Bullet { .. } if first => {
            cells::label_right(theme, buffer, area.x, y, limit, "• ", theme.quiet);
        }
        Kind::Numbered { number, .. } if first => {
            cells::label_right(
                theme,
                buffer,
                area.x,
                y,
                limit,
                &format!("{number}. "),
                theme.quiet,
            );
        }
        Kind::Quote => {
            cells::label(theme, buffer, area.x, y, limit, "│", theme.quiet);
        }
        Kind::Image if first => {
            cells::label(theme, buffer, area.x, y, limit, "▫", theme.quiet);
        }
        Kind::Bullet { .. }
        | Kind::Numbered { .. }
        | Kind::Image
        | Kind::Paragraph
        | Kind::Heading(_)
        | Kind::Table
        | Kind::Code
        | Kind::Rule => {}
    }
}
