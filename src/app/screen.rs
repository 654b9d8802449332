//! How the screen is divided. Pure: sizes in, rectangles out.

use ratatui::layout::{Margin, Rect};

/// A rectangle of cells.
pub type Area = Rect;

/// Below this many columns panes stand one above the other.
pub const STACK_BELOW: u16 = 80;

/// The widest text column, in cells: about 12 words, what book typography settled on.
pub const TEXT_WIDTH: u16 = 72;

/// Rows of a list's box for what there is to say about the selected entry.
pub fn overlay_about_rows(area: Rect) -> u16 {
    if area.height >= 16 { 3 } else { 1 }
}

/// Rows inside the box.
pub fn overlay_rows(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(2)).max(1)
}

/// Entries of a list that are seen at once: what is left after the line to type in and the words about the entry.
pub fn overlay_entries(area: Rect) -> usize {
    overlay_rows(area)
        .saturating_sub(usize::from(1 + overlay_about_rows(area)))
        .max(1)
}

/// The most rows of the box that are not entries.
const OVERLAY_FRAME: u16 = 6;

/// The narrowest pane beside another.
const NARROWEST_PANE: u16 = 36;

/// What there is to show.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// How many panes there are.
    pub panes: usize,
    /// Which of them has the focus.
    pub focus: usize,
    /// Whether only that one is seen.
    pub zoomed: bool,
    /// The highest passage number in any of them.
    pub highest: usize,
    /// The widest text column, in cells.
    pub text_width: u16,
}

/// One pane's part of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaneArea {
    /// Everything.
    pub whole: Rect,
    /// The row with the title.
    pub title: Rect,
    /// The rule under it, with the place on the topic.
    pub rule: Rect,
    /// Passage numbers and marks.
    pub gutter: Rect,
    /// The text.
    pub text: Rect,
    /// Where in the document the topic is.
    pub strip: Rect,
}

/// The whole screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Columns and rows of everything but the strip of the tour.
    pub size: Rect,
    /// The strip of the tour, under everything.
    pub guide: Rect,
    /// Topics and their keys.
    pub topic_bar: Rect,
    /// Each pane that is seen, with its index.
    pub panes: Vec<(usize, PaneArea)>,
    /// Where the reader is, and what to press.
    pub status: Rect,
    /// Whether the panes stand one above the other.
    pub stacked: bool,
}

impl Screen {
    /// Divides `columns` × `rows` among the panes, less the rows of the tour's strip.
    pub fn plan(columns: u16, rows: u16, shown: Shown, guide_rows: u16) -> Self {
        let guide_rows = guide_rows.min(rows);
        let guide = Rect::new(0, rows - guide_rows, columns, guide_rows);
        let rows = rows - guide_rows;
        let Shown {
            panes,
            focus,
            zoomed,
            highest,
            text_width,
        } = shown;
        let size = Rect::new(0, 0, columns, rows);
        // A passage number, the gap and the mark after it.
        let number_cells = (highest.max(100).ilog10() + 1) as u16;
        let bars = rows >= 4;
        let topic_bar = Rect {
            height: u16::from(bars),
            ..size
        };
        let status = Rect {
            y: rows.saturating_sub(1),
            height: u16::from(rows >= 2),
            ..size
        };
        let middle = Rect {
            y: topic_bar.height,
            height: rows.saturating_sub(topic_bar.height + status.height),
            ..size
        };
        let seen: Vec<usize> = if zoomed || panes <= 1 {
            vec![focus]
        } else {
            fit(panes, focus, middle)
        };
        let stacked = seen.len() > 1 && columns < STACK_BELOW;
        let areas = if stacked {
            stack(middle, seen.len())
        } else {
            beside(middle, seen.len())
        };
        let panes = seen
            .into_iter()
            .zip(
                areas
                    .into_iter()
                    .map(|area| divide(area, stacked, number_cells, text_width)),
            )
            .collect();
        Self {
            size,
            guide,
            topic_bar,
            panes,
            status,
            stacked,
        }
    }

    /// All cells, the strip of the tour among them.
    pub fn whole(&self) -> Rect {
        Rect {
            height: self.size.height + self.guide.height,
            ..self.size
        }
    }

    /// The pane under a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<usize> {
        let under = |(_, area): &&(usize, PaneArea)| area.whole.contains((column, row).into());
        self.panes.iter().find(under).map(|(pane, _)| *pane)
    }

    /// The box in which a note is written: a few rows at the bottom, so that the text that it is on stays in sight.
    pub fn editor(&self) -> Rect {
        const ROWS: u16 = 9;
        let above_status = self.size.height.saturating_sub(1);
        let height = ROWS.min(above_status);
        let width = self.size.width.min(116);
        Rect {
            x: (self.size.width - width) / 2,
            y: above_status - height,
            width,
            height,
        }
    }

    /// The box in which lists and help are drawn: as high as `entries` need, as wide as is comfortable.
    pub fn overlay(&self, entries: usize) -> Rect {
        let roomy = Margin::new(
            self.size.width / 10,
            if self.size.height >= 30 { 3 } else { 1 },
        );
        let tight = Margin::new(0, 0);
        let inner = self
            .size
            .inner(if self.size.width >= 100 && self.size.height >= 12 {
                roomy
            } else {
                tight
            });
        // The status row stays in sight.
        let height = inner
            .height
            .min(self.size.height.saturating_sub(1 + inner.y));
        let wanted = u16::try_from(entries)
            .unwrap_or(u16::MAX)
            .saturating_add(OVERLAY_FRAME);
        let width = inner.width.min(116);
        Rect {
            x: inner.x + (inner.width - width) / 2,
            width,
            height: height.min(wanted.max(16)),
            ..inner
        }
    }
}

/// Which panes can be seen at once: as many as have room, the focused one among them.
fn fit(panes: usize, focus: usize, area: Rect) -> Vec<usize> {
    let most = if area.width < STACK_BELOW {
        usize::from(area.height / 5)
    } else {
        usize::from(area.width / NARROWEST_PANE)
    };
    let most = most.clamp(1, panes);
    let first = focus.saturating_sub(most - 1).min(panes - most);
    (first..first + most).collect()
}

fn beside(area: Rect, count: usize) -> Vec<Rect> {
    let count = count.max(1) as u16;
    // One free column between panes.
    let width = area.width.saturating_sub(count - 1) / count;
    let left_over = area.width.saturating_sub(count - 1) % count;
    let mut x = area.x;
    (0..count)
        .map(|at| {
            let width = width + u16::from(at < left_over);
            let pane = Rect { x, width, ..area };
            x += width + 1;
            pane
        })
        .collect()
}

fn stack(area: Rect, count: usize) -> Vec<Rect> {
    let count = count.max(1) as u16;
    let (height, left_over) = (area.height / count, area.height % count);
    let mut y = area.y;
    (0..count)
        .map(|at| {
            let height = height + u16::from(at < left_over);
            let pane = Rect { y, height, ..area };
            y += height;
            pane
        })
        .collect()
}

fn divide(whole: Rect, stacked: bool, number_cells: u16, widest: u16) -> PaneArea {
    let title = Rect {
        height: whole.height.min(1),
        ..whole
    };
    // Stacked panes are short: the rule is spared and the title row does its work.
    let rule_height = u16::from(!stacked && whole.height > 6);
    let rule = Rect {
        y: whole.y + title.height,
        height: rule_height,
        ..whole
    };
    let body = Rect {
        y: rule.y + rule.height,
        height: whole.height.saturating_sub(title.height + rule.height),
        ..whole
    };
    let gutter_width = if whole.width >= 56 {
        number_cells + 3
    } else {
        2
    }
    .min(body.width.saturating_sub(1));
    let strip_width = u16::from(body.width > 12);
    let room = body
        .width
        .saturating_sub(gutter_width + strip_width + 1)
        .max(1);
    let text_width = room.min(widest);
    // Spare room is shared out on both sides, so that a wide pane has margins.
    let margin = (room - text_width) / 2;
    let gutter = Rect {
        x: body.x + margin,
        width: gutter_width,
        ..body
    };
    let text = Rect {
        x: gutter.x + gutter_width,
        width: text_width.min(body.width),
        ..body
    };
    let strip = Rect {
        x: body.x + body.width.saturating_sub(strip_width),
        width: strip_width,
        ..body
    };
    PaneArea {
        whole,
        title,
        rule,
        gutter,
        text,
        strip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(panes: usize, focus: usize, zoomed: bool) -> Shown {
        Shown {
            panes,
            focus,
            zoomed,
            highest: 47,
            text_width: TEXT_WIDTH,
        }
    }

    #[test]
    fn nothing_lies_outside_the_screen_at_any_size() {
        for columns in 0..200 {
            for rows in 0..60 {
                for panes in 1..=4 {
                    let screen = Screen::plan(columns, rows, shown(panes, panes - 1, false), 0);
                    for (_, area) in &screen.panes {
                        for part in [area.title, area.rule, area.gutter, area.text, area.strip] {
                            let inside = part.is_empty()
                                || (screen.size.union(part) == screen.size
                                    && area.whole.union(part) == area.whole);
                            assert!(inside, "{columns}x{rows}: {part:?}");
                        }
                    }
                    assert!(screen.size.union(screen.overlay(rows.into())) == screen.size);
                    assert!(screen.size.union(screen.editor()) == screen.size);
                }
            }
        }
    }

    #[test]
    fn narrow_screens_stack_the_panes() {
        assert!(Screen::plan(79, 24, shown(2, 0, false), 0).stacked);
        assert!(!Screen::plan(80, 24, shown(2, 0, false), 0).stacked);
        assert!(!Screen::plan(50, 15, shown(2, 0, true), 0).stacked);
    }

    #[test]
    fn wide_panes_keep_a_measured_text_column() {
        let screen = Screen::plan(200, 50, shown(2, 0, false), 0);
        assert_eq!(screen.panes[0].1.text.width, TEXT_WIDTH);
        assert!(screen.panes[0].1.gutter.x > 0);
    }

    #[test]
    fn the_focused_pane_is_always_seen() {
        for focus in 0..4 {
            let screen = Screen::plan(80, 24, shown(4, focus, false), 0);
            assert!(screen.panes.iter().any(|(pane, _)| *pane == focus));
        }
    }
}
