//! The matrix in words: about the cell under the cursor, and what the status line says.

use crate::analysis::coverage::{By, Coverage};
use crate::app::App;
use crate::app::action::Action;
use crate::app::coverage::names::noun;
use crate::app::coverage::{Matrix, Shown};
use crate::text::{safe, width};

/// What nobody else speaks of.
pub const ONLY: &str = "◇";
/// What waits for its partner.
pub const MARKED: &str = "◆";

/// What is told from.
pub struct About<'a> {
    /// The reader.
    pub app: &'a App,
    /// The view.
    pub matrix: &'a Matrix,
    /// Its counts.
    pub counts: &'a Coverage,
}

impl About<'_> {
    /// The cursor's topic, and who speaks of it.
    pub fn topic(&self) -> String {
        let topic = self.matrix.look.spot.topic;
        let spread = &self.counts.topics[topic];
        let noun = noun(self.counts.by);
        let title = self.app.topics.get(topic).map_or("", |topic| &topic.title);
        let columns = self.counts.columns.len();
        let said = match (
            spread.passages,
            spread.only.and_then(|only| self.matrix.names.get(only)),
        ) {
            (0, _) => format!("nothing found in any {noun}"),
            (passages, Some(only)) => {
                format!(
                    "{} · {ONLY} only {} speaks of it",
                    counted(passages, "passage"),
                    only.full
                )
            }
            (passages, None) => {
                format!(
                    "{} in {} of {}",
                    counted(passages, "passage"),
                    spread.speakers,
                    counted(columns, noun)
                )
            }
        };
        format!("{title}: {said}")
    }

    /// What the cursor's column says on it, and in all, for a line of so many cells.
    pub fn column(&self, room: usize) -> String {
        let spot = self.matrix.look.spot;
        let column = &self.counts.columns[spot.column];
        let name = &self.matrix.names[spot.column];
        let said = [&name.full, &name.short].map(|name| format!("{name}: {}", self.said()));
        // The count matters more than whose text it is, where there is no room for both.
        let [full, short] = said;
        let fits = width::line(&safe::line(&full)) <= room;
        let mut parts = vec![
            if fits { full } else { short },
            format!(
                "{} of {} on any topic",
                column.on_any,
                counted(column.passages, "passage")
            ),
        ];
        let only = self.counts.only_here(spot.column).count();
        if only > 0 {
            parts.push(format!(
                "{ONLY} {} nobody else speaks of",
                counted(only, "topic")
            ));
        }
        parts.join(" · ")
    }

    /// Both on one line.
    pub fn cell(&self) -> String {
        let spot = self.matrix.look.spot;
        let title = self
            .app
            .topics
            .get(spot.topic)
            .map_or("", |topic| &topic.title);
        format!(
            "{} · {title}: {}",
            self.matrix.names[spot.column].full,
            self.said()
        )
    }

    /// How much the cell holds.
    fn said(&self) -> String {
        let spot = self.matrix.look.spot;
        let shared = match self.counts.shared(spot.topic, spot.column) {
            0 => String::new(),
            shared => format!(" ({shared} the same as elsewhere)"),
        };
        match (
            self.counts.passages(spot.topic, spot.column),
            self.matrix.words,
        ) {
            (0, _) => "nothing found on it".to_owned(),
            (passages, None) => format!("{}{shared} on it", counted(passages, "passage")),
            (passages, Some(words)) => {
                format!(
                    "{}{shared}, {} on it",
                    counted(passages, "passage"),
                    counted(words, "word")
                )
            }
        }
    }
}

/// `1 passage`, `2 passages`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// What the status line says of the matrix: what it shows, and what waits.
pub fn place(app: &App, matrix: &Matrix) -> String {
    let Some(counts) = &matrix.counts else {
        return String::new();
    };
    let noun = noun(counts.by);
    if let Some(marked) = matrix.marked {
        let title = app
            .topics
            .get(marked.topic)
            .map_or("", |topic| &topic.title);
        let name = matrix
            .names
            .get(marked.column)
            .map_or("", |name| &name.short);
        let key = app.keymap.hint(Action::CellMark);
        return format!("{MARKED} marked, {key} on another cell opens both: {name}, {title}");
    }
    let all = counted(counts.topics.len(), "topic");
    match matrix.look.shown {
        Shown::All => match (app.copied.known(), app.copied.count_all) {
            (_, true) => "every copy counts".to_owned(),
            (Some(copies), false) if !copies.is_empty() => {
                "a text that stands several times counts once".to_owned()
            }
            (Some(_) | None, false) => String::new(),
        },
        Shown::OnlyOne => format!(
            "{} of {all}: only one {noun} speaks of them",
            matrix.topics.len()
        ),
        Shown::Only(column) => {
            let name = matrix.names.get(column).map_or("", |name| &name.short);
            format!(
                "{} of {all}: only {name} speaks of them",
                matrix.topics.len()
            )
        }
    }
}

/// The keys that are most useful in the matrix.
pub fn hints(matrix: &Matrix, room: usize) -> Vec<(Action, &'static str)> {
    if matrix.topics.is_empty() || matrix.columns.is_empty() {
        return vec![
            (Action::Cancel, "back"),
            (Action::Help, "help"),
            (Action::ColumnsNext, next_columns(matrix.look.by)),
        ];
    }
    if room < 40 {
        return vec![
            (Action::CellOpen, "open"),
            (Action::Help, "help"),
            (Action::Cancel, "back"),
        ];
    }
    let filter = match matrix.look.shown {
        Shown::All => "only one speaks",
        Shown::OnlyOne | Shown::Only(_) => "all topics",
    };
    let mark = if matrix.marked.is_some() {
        "open both"
    } else {
        "pair"
    };
    vec![
        (Action::CellOpen, "open"),
        (Action::Help, "help"),
        (Action::CellFilter, filter),
        (Action::OnlyHere, "only here"),
        (Action::CellMark, mark),
        (Action::ColumnsNext, next_columns(matrix.look.by)),
        (Action::Cancel, "back"),
        (Action::SortTopics, "sort"),
        (Action::SortColumns, "sort columns"),
        (Action::Transpose, "turn"),
    ]
}

fn next_columns(by: By) -> &'static str {
    match by {
        By::Sources => "documents",
        By::Documents => "voices",
        By::Voices => "sources",
    }
}
