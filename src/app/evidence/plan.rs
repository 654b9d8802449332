//! How the screen is divided in the evidence view. Pure: sizes in, areas out.
//!
//! Invariant: every area lies inside the screen; titles and what is said of the entry under the cursor stay where they are
//! while lines scroll.

use super::Section;
use crate::app::screen::Area;
use crate::text::{safe, width};
use std::ops::Range;

/// What the heading starts with.
pub const TITLE: &str = " Evidence ";

/// The narrowest side beside another, alone and where a scale takes its part of the screen.
const NARROWEST_SIDE: u16 = 34;
const NARROWEST_BESIDE_SCALE: u16 = 22;

/// The narrowest and the widest scale.
const NARROWEST_SCALE: u16 = 20;
const WIDEST_SCALE: u16 = 72;

/// Lines about the entry under the cursor, the rule above them included, by the height of the screen.
fn detail_height(rows: u16) -> u16 {
    match rows {
        0..10 => 0,
        10..20 => 3,
        20..36 => 5,
        36.. => 8,
    }
}

/// What there is to show.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// How many sides.
    pub sides: usize,
    /// Which part.
    pub section: Section,
    /// The parts there are, and what their tabs say.
    pub tabs: Vec<(Section, String)>,
    /// Whether there is more to say of the entry under the cursor: how a figure stands to others.
    pub why: bool,
}

/// A part's name in the heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The part.
    pub section: Section,
    /// What it says.
    pub text: String,
    /// Where.
    pub columns: Range<u16>,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The tabs.
    pub heading: Area,
    /// The parts in the heading.
    pub tabs: Vec<Tab>,
    /// The names of the sides; empty where each line names its own.
    pub titles: Area,
    /// The rule under them.
    pub rule: Area,
    /// The lines.
    pub body: Area,
    /// About the entry under the cursor.
    pub detail: Area,
    /// The screen columns of each side; those of all where they stand below each other.
    pub columns: Vec<Range<u16>>,
    /// Those of the scale that figures are drawn on; empty where there are none.
    pub scale: Range<u16>,
    /// Whether the sides stand below each other.
    pub stacked: bool,
}

/// Divides a screen; its first row is the topic bar's, its last the status line's.
pub fn plan(size: Area, wanted: &Wanted) -> Plan {
    let bars = u16::from(size.height >= 4);
    let top = size.y + bars;
    let height = size
        .height
        .saturating_sub(bars + u16::from(size.height >= 2));
    let heading = u16::from(height >= 3);
    let sides = u16::try_from(wanted.sides.max(1)).unwrap_or(u16::MAX);
    let gaps = sides - 1;
    let (scale, narrowest) = match wanted.section {
        Section::Figures => {
            let scale = (size.width / 5 * 2).clamp(NARROWEST_SCALE, WIDEST_SCALE);
            (scale.min(size.width / 2), NARROWEST_BESIDE_SCALE)
        }
        Section::Voices | Section::Words | Section::Copies => (0, NARROWEST_SIDE),
    };
    let scale = size.right() - scale..size.right();
    let width = scale.start - size.x;
    let side = width.saturating_sub(gaps) / sides;
    let stacked = sides > 1 && side < narrowest;
    let titles = u16::from(!stacked && height >= 7);
    let rule = u16::from(titles == 1 && height >= 12);
    let is_more = wanted.why && wanted.section == Section::Figures;
    let wanted_detail = detail_height(size.height) * (1 + u16::from(is_more));
    let detail = wanted_detail.min(height.saturating_sub(heading + titles + rule + 3));
    let part = |y: u16, height: u16| Area { y, height, ..size };
    let heading = part(top, heading);
    let titles = part(heading.bottom(), titles);
    let rule = part(titles.bottom(), rule);
    let body_height = (top + height).saturating_sub(rule.bottom() + detail);
    let body = part(rule.bottom(), body_height);
    let columns = (0..sides).map(|at| {
        let start = size.x + at * (side + 1);
        // What is left over is the last one's.
        let end = if at + 1 == sides {
            scale.start
        } else {
            start + side
        };
        if stacked {
            size.x..scale.start
        } else {
            start..end
        }
    });
    Plan {
        heading,
        tabs: tabs(size, &wanted.tabs),
        titles,
        rule,
        body,
        detail: part(body.bottom(), detail),
        columns: columns.collect(),
        scale,
        stacked,
    }
}

/// Where the tabs stand: after the title of the view where there is room for it, as many as fit.
fn tabs(size: Area, wanted: &[(Section, String)]) -> Vec<Tab> {
    let cells = |text: &str| u16::try_from(width::line(&safe::line(text))).unwrap_or(u16::MAX);
    let all: u16 = wanted.iter().map(|(_, text)| cells(text)).sum();
    let has_title = size.width >= all.saturating_add(cells(TITLE));
    let mut x = size.x + if has_title { cells(TITLE) } else { 0 };
    let mut tabs = Vec::new();
    for (section, text) in wanted {
        let end = x.saturating_add(cells(text));
        if end > size.right() {
            break;
        }
        tabs.push(Tab {
            section: *section,
            text: text.clone(),
            columns: x..end,
        });
        x = end;
    }
    tabs
}

impl Plan {
    /// The side at a column of the screen.
    pub fn side_at(&self, column: u16) -> Option<usize> {
        self.columns.iter().position(|side| side.contains(&column))
    }

    /// The part whose tab stands at a place of the screen.
    pub fn tab_at(&self, column: u16, row: u16) -> Option<Section> {
        let is_there = self.heading.contains((column, row).into());
        let tab = self.tabs.iter().find(|tab| tab.columns.contains(&column));
        tab.filter(|_| is_there).map(|tab| tab.section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(sides: usize, section: Section) -> Wanted {
        let tab = |section: Section| (section, format!(" {} 12 ", section.title()));
        Wanted {
            sides,
            section,
            tabs: Section::ALL.map(tab).to_vec(),
            why: sides > 4,
        }
    }

    #[test]
    fn nothing_lies_outside_the_screen_at_any_size() {
        for width in 0..200 {
            for height in 0..60 {
                for sides in 0..=8 {
                    let size = Area::new(0, 0, width, height);
                    let section = [Section::Figures, Section::Words][sides % 2];
                    let plan = plan(size, &wanted(sides / 2, section));
                    let parts = [plan.heading, plan.titles, plan.rule, plan.body, plan.detail];
                    for part in parts {
                        let inside = part.is_empty() || size.union(part) == size;
                        assert!(inside, "{width}x{height}: {part:?}");
                    }
                    for (one, other) in parts.iter().zip(&parts[1..]) {
                        let apart = one.bottom() <= other.y || other.is_empty();
                        assert!(apart, "{width}x{height}");
                    }
                    assert!(plan.columns.iter().all(|side| side.end <= plan.scale.start));
                    assert!(plan.scale.end <= width);
                    assert!(plan.tabs.iter().all(|tab| tab.columns.end <= width));
                }
            }
        }
    }

    #[test]
    fn two_sides_stand_beside_each_other_from_80_columns_on() {
        for section in [Section::Figures, Section::Words] {
            let plan = |width, height| plan(Area::new(0, 0, width, height), &wanted(2, section));
            assert!(!plan(80, 24).stacked && plan(50, 15).stacked);
            assert!(plan(80, 24).body.height >= 12 && plan(50, 15).body.height >= 8);
        }
    }
}
