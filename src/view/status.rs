//! The last row: where the reader is, what just happened, and which keys are useful next.

use super::cells;
use super::coverage;
use super::evidence;
use super::facing;
use super::theme::Theme;
use crate::analysis::tagging::Origin;
use crate::analysis::watch::Progress;
use crate::app::App;
use crate::app::action::Action;
use crate::app::facing::Facing;
use crate::app::facing::rows::{Cell, Filter};
use crate::app::following::{Bond, Opposite, Whereabouts};
use crate::app::perspective::{Perspective, Slot};
use crate::app::pointed::Pointed;
use crate::app::search::{Counts, Search};
use crate::text::{safe, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

pub fn draw(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    if let Some(search) = app.search.as_ref().filter(|search| search.typing) {
        return Some(draw_prompt(app, theme, search, area, buffer));
    }
    let hint = app.hint_words().filter(|_| app.notice.is_none());
    let told = app.notice.clone().or_else(|| hint.clone());
    let left = told.unwrap_or_else(|| place(app));
    let left_cells = width::line(&safe::line(&left));
    // However long the left side is, the first hints keep a place: they are how a reader gets on. A hint at one key is whole.
    let free = usize::from(area.width).saturating_sub(left_cells + 4);
    let room = match hint {
        Some(_) => free,
        None => free.max(usize::from(area.width) / 3),
    };
    let hints = hints(app, room);
    let limit = cells::label_right(
        theme,
        buffer,
        area.x,
        area.y,
        area.right().saturating_sub(1),
        &hints,
        theme.quiet,
    );
    let style = if app.notice.is_some() {
        theme.heading
    } else if hint.is_some() {
        theme.accent
    } else {
        theme.quiet
    };
    cells::label(
        theme,
        buffer,
        area.x + 1,
        area.y,
        limit.saturating_sub(1),
        &left,
        style,
    );
    None
}

fn draw_prompt(
    app: &App,
    theme: &Theme,
    search: &Search,
    area: Rect,
    buffer: &mut Buffer,
) -> Position {
    let counts = if search.is_on() {
        format!(
            "hits {} · {} keeps them",
            hit_counts(search),
            app.keymap.hint(Action::ListChoose)
        )
    } else {
        format!(
            "type words to find in the panes · {} searches all texts",
            app.keymap.hint(Action::SearchAll)
        )
    };
    let limit = cells::label_right(
        theme,
        buffer,
        area.x,
        area.y,
        area.right().saturating_sub(1),
        &counts,
        theme.quiet,
    );
    let x = cells::label(theme, buffer, area.x + 1, area.y, limit, "/", theme.accent);
    let room = usize::from(limit.saturating_sub(x + 2));
    let scroll = search.input.visual_scroll(room);
    let shown = cells::scrolled(search.input.value(), scroll);
    cells::label(
        theme,
        buffer,
        x,
        area.y,
        limit.saturating_sub(1),
        shown,
        theme.heading,
    );
    let column = x as usize + search.input.visual_cursor().saturating_sub(scroll);
    Position::new((column as u16).min(limit.saturating_sub(1)), area.y)
}

/// Hits in each pane, from left to right.
fn hit_counts(search: &Search) -> String {
    let hits = |of: &Option<Counts>| match of {
        Some(slots) => slots
            .iter()
            .map(|(_, hits)| hits)
            .sum::<usize>()
            .to_string(),
        None => "?".to_owned(),
    };
    search.hits.iter().map(hits).collect::<Vec<_>>().join(" | ")
}

/// Where the reader is in the facing view.
fn facing_place(app: &App, facing: &Facing) -> String {
    let Some(row) = facing.rows.get(facing.current) else {
        return String::new();
    };
    let number = |cell: &Cell| {
        cell.passage()
            .map_or_else(|| "—".to_owned(), |id| format!("¶{}", id.passage + 1))
    };
    let passages: Vec<String> = row.cells.iter().map(number).collect();
    let between = if row.is_paired() { " = " } else { "  " };
    let mut parts = vec![
        format!("row {} of {}", facing.current + 1, facing.rows.len()),
        passages.join(between),
    ];
    if facing.filter != Filter::All {
        parts.push(facing::filter_name(facing.filter, facing.panes.len()));
    }
    if let Some(marked) = app.marked {
        parts.push(format!("◆ ¶{} is marked", marked.passage.passage + 1));
    }
    let mut jobs = app.comparisons.running().iter();
    parts.extend(jobs.find_map(|job| job.progress).map(comparing));
    parts.join(" · ")
}

fn comparing(progress: Progress) -> String {
    format!(
        "comparing {} %",
        progress.done * 100 / progress.total.max(1)
    )
}

/// What stands opposite the current passage in the other panes, as far as they are linked; empty where that is not known.
fn opposite(app: &App) -> String {
    let others = (0..app.panes.len()).filter(|other| *other != app.focus);
    let named: Vec<Option<String>> = others
        .map(|other| match app.opposite(other) {
            Opposite::Unknown => None,
            Opposite::Nothing => Some("= —".to_owned()),
            Opposite::Answer(slot, whereabouts) => Some(format!("= {}", at(slot, whereabouts))),
            Opposite::Near(slot, whereabouts) => Some(format!("≈ {}", at(slot, whereabouts))),
        })
        .collect();
    if named.iter().all(Option::is_none) {
        return String::new();
    }
    let named = named.into_iter().map(Option::unwrap_or_default);
    format!(" {}", named.collect::<Vec<_>>().join(" | "))
}

/// A passage of another pane, and in which direction it is to be looked for.
fn at(slot: Slot, whereabouts: Whereabouts) -> String {
    let arrow = match whereabouts {
        Whereabouts::Seen => "",
        Whereabouts::Above => "↑",
        Whereabouts::Below => "↓",
    };
    format!("{}{arrow}", slot.told())
}

/// Where the reader is.
fn place(app: &App) -> String {
    if let Some(matrix) = &app.coverage {
        return coverage::place(app, matrix);
    }
    if let Some(view) = &app.evidence {
        return evidence::place(view);
    }
    if let Some(facing) = &app.facing {
        return facing_place(app, facing);
    }
    let pane = app.focused();
    let Some(document) = app.corpus.documents.get(pane.current.document()) else {
        return String::new();
    };
    let told = match pane.current.passage_index() {
        Some(_) => pane.current.told(),
        None => "title".to_owned(),
    };
    let of = match pane.perspective {
        Perspective::Document(_) if pane.current.passage_index().is_none() => {
            format!("· {} ¶", document.len())
        }
        Perspective::Document(_) => format!("of {}", document.len()),
        Perspective::Source(_) | Perspective::Voice(_) => format!("of “{}”", document.meta.title),
    };
    if let Some(pointed) = &app.pointed {
        return format!("{} · {told} {of}", pointed.told());
    }
    let mut parts = vec![format!("{told} {of}{}", opposite(app))];
    parts.extend(app.comparisons.slow().map(|progress| {
        let stop = app.keymap.hint(Action::Cancel);
        format!("{} ({stop} stops it)", comparing(progress))
    }));
    parts.extend(app.indexing.progress.map(|progress| {
        let stop = app.keymap.hint(Action::Cancel);
        let share = progress.done * 100 / progress.total.max(1);
        format!("indexing {share}% ({stop} stops it)")
    }));
    if let Some(marked) = app.marked {
        parts.push(format!("◆ ¶{} is marked", marked.passage.passage + 1));
    }
    let passage = pane
        .current
        .passage_index()
        .and_then(|index| document.passage(index));
    parts.extend(
        passage
            .and_then(|passage| passage.voice())
            .map(str::to_owned),
    );
    if let Some(search) = &app.search {
        let words = search.input.value();
        let rank = pane
            .hit
            .and_then(|hit| search.rank(&app.corpus, app.focus, hit));
        let which = rank.map_or_else(String::new, |rank| format!("hit {rank}, "));
        parts.push(format!("“{words}”: {which}hits {}", hit_counts(search)));
    } else if let Some(tag) = app.tag_of(pane.current, pane.topic) {
        let cues = tag.cues.join(", ");
        parts.push(match tag.origin {
            Origin::Cue => format!("on topic by: {cues}"),
            Origin::Author | Origin::Reader | Origin::Context => format!("on topic: {}", tag.why()),
        });
    } else if app.finding_topics.is_some() && app.tagging.is_none() {
        parts.push("looking for topics…".to_owned());
    }
    parts.join(" · ")
}

/// The keys that are most useful now, as many as fit.
fn hints(app: &App, room: usize) -> String {
    if app.selection.is_some() {
        // What the keys do to the chosen words stands on the left side.
        return fitting(app, &[(Action::Help, "help")], room);
    }
    if let Some(matrix) = &app.coverage {
        return fitting(app, &coverage::hints(matrix, room), room);
    }
    if let Some(view) = &app.evidence {
        return fitting(app, &evidence::hints(app, view, room), room);
    }
    let searching = app.search.is_some();
    if let (Some(pointed), None, false) = (&app.pointed, &app.facing, searching) {
        return fitting(app, &pointed_hints(pointed), room);
    }
    let mut wanted: Vec<(Action, &str)> = Vec::new();
    if app.facing.is_some() && !searching {
        wanted = facing_hints(room);
        return fitting(app, &wanted, room);
    }
    let level = (Action::Level, "level");
    let can_level = !searching && wants_level(app);
    if can_level {
        wanted.push(level);
    }
    if searching {
        wanted.extend([(Action::Next, "next hit"), (Action::Cancel, "end search")]);
    } else if app.topic().is_some() {
        wanted.push((Action::Next, "next on topic"));
    }
    wanted.push((Action::Help, "help"));
    if room < 40 {
        // On a narrow screen the ways out come first.
        wanted = vec![
            (Action::Help, "help"),
            (Action::Quit, "quit"),
            (Action::Next, "next"),
        ];
        if can_level {
            wanted.insert(0, level);
        }
    }
    if !searching {
        wanted.push((Action::TopicList, "topics"));
    }
    if app.panes.len() > 1 {
        wanted.push((Action::FocusNext, "other pane"));
    }
    wanted.extend([
        (Action::Facing, "facing"),
        (Action::Evidence, "evidence"),
        (Action::Quit, "quit"),
        (Action::Perspective, "show…"),
        (Action::Coverage, "coverage"),
        (Action::Search, "search"),
    ]);
    fitting(app, &wanted, room)
}

/// The keys that are most useful at what the evidence led to.
fn pointed_hints(pointed: &Pointed) -> Vec<(Action, &'static str)> {
    let mut hints = vec![(Action::Back, "back")];
    if pointed.places.len() > 1 {
        hints.insert(0, (Action::Open, "next place"));
    }
    hints.extend([
        (Action::Cancel, "no mark"),
        (Action::Help, "help"),
        (Action::Evidence, "evidence"),
    ]);
    hints
}

/// Whether another pane would show more of what answers the current passage if it came level.
fn wants_level(app: &App) -> bool {
    let is_away = |other: usize| match app.opposite(other) {
        Opposite::Answer(_, Whereabouts::Above | Whereabouts::Below) => true,
        Opposite::Answer(_, Whereabouts::Seen)
        | Opposite::Near(..)
        | Opposite::Unknown
        | Opposite::Nothing => false,
    };
    match app.bond() {
        Bond::Shifted(_) | Bond::SeveralShifted => true,
        Bond::Level | Bond::Topics | Bond::Free => (0..app.panes.len())
            .filter(|other| *other != app.focus)
            .any(is_away),
    }
}

/// The keys that are most useful in the facing view.
fn facing_hints(room: usize) -> Vec<(Action, &'static str)> {
    if room < 40 {
        return vec![
            (Action::Help, "help"),
            (Action::Next, "next pair"),
            (Action::Why, "why"),
            (Action::Facing, "documents"),
        ];
    }
    vec![
        (Action::Next, "next pair"),
        (Action::Why, "why"),
        (Action::Help, "help"),
        (Action::Open, "open"),
        (Action::Filter, "which rows"),
        (Action::OnlyHere, "only this side"),
        (Action::Facing, "documents"),
        (Action::Evidence, "evidence"),
        (Action::Accept, "accept"),
        (Action::Reject, "reject"),
        (Action::TopicList, "topics"),
        (Action::Quit, "quit"),
    ]
}

/// As many hints as fit.
fn fitting(app: &App, wanted: &[(Action, &str)], room: usize) -> String {
    let mut hints = String::new();
    for (action, words) in wanted {
        let hint = format!("{} {words}", app.keymap.hint(*action));
        let gap = if hints.is_empty() { "" } else { "   " };
        if width::line(&hints) + gap.len() + width::line(&hint) > room {
            break;
        }
        hints.push_str(gap);
        hints.push_str(&hint);
    }
    hints
}
