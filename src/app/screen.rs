//! How the screen is divided. Pure: sizes in, rectangles out.

use ratatui::layout::{Margin, Rect};

/// A rectangle of cells.
pub type Area = Rect;

/// Below this many columns panes stand one above the other.
pub const STACK_BELOW: u16 = 80;

/// The widest text column, in cells: about 12 words, what book typography settled on.
pub const TEXT_WIDTH: u16 = 72;

/// Rows of a list's box that are not entries: its frame, the line to type in, the line about the selected entry.
pub const OVERLAY_FRAME: u16 = 4;

/// The narrowest pane beside another.
const NARROWEST_PANE: u16 = 36;

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
    /// Columns and rows.
    pub size: Rect,
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
    /// Divides `columns` × `rows` among `panes` panes, of which only the focused one is seen when `zoomed`.
    pub fn plan(columns: u16, rows: u16, panes: usize, focus: usize, zoomed: bool) -> Self {
        let size = Rect::new(0, 0, columns, rows);
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
            .zip(areas.into_iter().map(|area| divide(area, stacked)))
            .collect();
        Self {
            size,
            topic_bar,
            panes,
            status,
            stacked,
        }
    }

    /// The pane under a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<usize> {
        let under = |(_, area): &&(usize, PaneArea)| area.whole.contains((column, row).into());
        self.panes.iter().find(under).map(|(pane, _)| *pane)
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
            height: height.min(wanted.max(8)),
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

fn divide(whole: Rect, stacked: bool) -> PaneArea {
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
    let gutter_width = if whole.width >= 56 { 6 } else { 2 }.min(body.width.saturating_sub(1));
    let strip_width = u16::from(body.width > 12);
    let room = body
        .width
        .saturating_sub(gutter_width + strip_width + 1)
        .max(1);
    let text_width = room.min(TEXT_WIDTH);
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

    #[test]
    fn nothing_lies_outside_the_screen_at_any_size() {
        for columns in 0..200 {
            for rows in 0..60 {
                for panes in 1..=4 {
                    let screen = Screen::plan(columns, rows, panes, panes - 1, false);
                    for (_, area) in &screen.panes {
                        for part in [area.title, area.rule, area.gutter, area.text, area.strip] {
                            let inside = part.is_empty()
                                || (screen.size.union(part) == screen.size
                                    && area.whole.union(part) == area.whole);
                            assert!(inside, "{columns}x{rows}: {part:?}");
                        }
                    }
                    assert!(screen.size.union(screen.overlay(rows.into())) == screen.size);
                }
            }
        }
    }

    #[test]
    fn narrow_screens_stack_the_panes() {
        assert!(Screen::plan(79, 24, 2, 0, false).stacked);
        assert!(!Screen::plan(80, 24, 2, 0, false).stacked);
        assert!(!Screen::plan(50, 15, 2, 0, true).stacked);
    }

    #[test]
    fn wide_panes_keep_a_measured_text_column() {
        let screen = Screen::plan(200, 50, 2, 0, false);
        assert_eq!(screen.panes[0].1.text.width, TEXT_WIDTH);
        assert!(screen.panes[0].1.gutter.x > 0);
    }

    #[test]
    fn the_focused_pane_is_always_seen() {
        for focus in 0..4 {
            let screen = Screen::plan(80, 24, 4, focus, false);
            assert!(screen.panes.iter().any(|(pane, _)| *pane == focus));
        }
    }
}
