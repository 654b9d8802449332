//! The topics with their keys, and whether the panes are linked.

use super::cells;
use super::theme::Theme;
use crate::app::App;
use crate::app::action::Action;
use crate::app::following::Bond;
use crate::corpus::Topic;
use crate::text::{safe, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The shortest title worth showing, in cells.
const SHORTEST_TITLE: usize = 5;
/// Cells of a title where only some have one.
const READABLE_TITLE: usize = 14;

pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let limit = draw_panes_mark(app, theme, area, buffer);
    let keyed: Vec<(usize, &Topic)> = app
        .topics
        .iter()
        .enumerate()
        .filter(|(at, topic)| topic.key.is_some() || app.topic() == Some(*at))
        .collect();
    if keyed.is_empty() {
        let text = if app.finding_topics.is_some() {
            "Looking for topics…"
        } else {
            app.corpus.title.as_str()
        };
        cells::label(theme, buffer, area.x + 1, area.y, limit, text, theme.quiet);
        return;
    }
    let room = usize::from(limit.saturating_sub(area.x));
    let title_cells = title_cells(app, &keyed, room);
    let mut x = area.x;
    for ((at, topic), title_cells) in keyed.into_iter().zip(title_cells) {
        let marked = app.topic() == Some(at);
        let style = if marked { theme.selected } else { theme.quiet };
        let title = if marked {
            topic.title.clone()
        } else {
            width::truncate(&safe::line(&topic.title), title_cells)
        };
        let key = topic
            .key
            .map_or_else(|| app.keymap.hint(Action::TopicList), String::from);
        let text = if title.is_empty() {
            format!(" {key} ")
        } else {
            format!(" {key} {title} ")
        };
        if usize::from(x) + width::line(&safe::line(&text)) > usize::from(limit) {
            break;
        }
        x = cells::label(theme, buffer, x, area.y, limit, &text, style);
    }
}

/// How far the panes are linked, and how many of them are seen; the column before it.
fn draw_panes_mark(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let narrow = area.width < 60;
    let right = area.right();
    let words = match (app.marks_words, narrow) {
        (false, _) => "",
        (true, false) => "words marked ",
        (true, true) => "W ",
    };
    let right = if words.is_empty() {
        right
    } else {
        let accent = theme.accent;
        cells::label_right(theme, buffer, area.x, area.y, right, words, accent).saturating_sub(1)
    };
    if app.panes.len() < 2 {
        return right;
    }
    let bond = app.bond();
    let link = bond_mark(bond, narrow);
    let style = match bond {
        Bond::Level | Bond::Shifted(_) | Bond::SeveralShifted => theme.accent,
        Bond::Topics | Bond::Free => theme.quiet,
    };
    let seen = app.screen.panes.len();
    let mark = if seen < app.panes.len() {
        format!("{seen} of {} panes · {link} ", app.panes.len())
    } else {
        format!("{link} ")
    };
    cells::label_right(theme, buffer, area.x, area.y, right, &mark, style).saturating_sub(1)
}

fn bond_mark(bond: Bond, narrow: bool) -> String {
    match (bond, narrow) {
        (Bond::Level, false) => "⇄ linked".to_owned(),
        (Bond::Level, true) => "⇄".to_owned(),
        (Bond::Shifted(rows), false) => format!("⇄ linked {rows:+}"),
        (Bond::Shifted(rows), true) => format!("⇄{rows:+}"),
        (Bond::SeveralShifted, false) => "⇄ linked ±".to_owned(),
        (Bond::SeveralShifted, true) => "⇄±".to_owned(),
        (Bond::Topics, false) => "⇉ topics".to_owned(),
        (Bond::Topics, true) => "⇉".to_owned(),
        (Bond::Free, false) => "⇹ free".to_owned(),
        (Bond::Free, true) => "⇹".to_owned(),
    }
}

/// Cells for the titles: for each that is not marked as many as let all topics fit. Where that is too few to be read, all have their
/// keys, and the first of them titles as far as there is room.
fn title_cells(app: &App, keyed: &[(usize, &Topic)], room: usize) -> Vec<usize> {
    let cells: Vec<(bool, usize)> = keyed
        .iter()
        .map(|(at, topic)| {
            (
                app.topic() == Some(*at),
                width::line(&safe::line(&topic.title)),
            )
        })
        .collect();
    let needed = |most: usize| -> usize {
        let each = |(marked, cells): &(bool, usize)| {
            let title = if *marked { *cells } else { (*cells).min(most) };
            title + if title == 0 { 3 } else { 4 }
        };
        cells.iter().map(each).sum()
    };
    let widest = cells
        .iter()
        .map(|(_, cells)| *cells)
        .max()
        .unwrap_or(0)
        .min(room);
    let for_all = (SHORTEST_TITLE..=widest)
        .rev()
        .find(|most| needed(*most) <= room);
    if let Some(most) = for_all {
        return vec![most; keyed.len()];
    }
    let mut left = room.saturating_sub(needed(0));
    let titled = |(marked, cells): &(bool, usize)| {
        let most = (*cells).min(READABLE_TITLE);
        // And a space.
        let fits = !marked && most < left;
        if fits {
            left -= most + 1;
        } else if !marked {
            // Nothing is named behind what is not.
            left = 0;
        }
        if fits { most } else { 0 }
    };
    cells.iter().map(titled).collect()
}
