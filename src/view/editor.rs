//! A note in the making.

use super::cells;
use super::theme::Theme;
use crate::app::App;
use crate::app::action::Action;
use crate::app::editor::Editor;
use crate::text::ByteSpan;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws the editor into its box; where the cursor stands.
pub fn draw(
    app: &App,
    theme: &Theme,
    editor: &Editor,
    area: Rect,
    inner: Rect,
    buffer: &mut Buffer,
) -> Position {
    let title = format!(" Note on {} ", editor.about);
    let limit = area.right() - 2;
    cells::label(
        theme,
        buffer,
        area.x + 2,
        area.y,
        limit,
        &title,
        theme.heading,
    );
    let rows = editor.rows.iter().skip(editor.top);
    for (row, y) in rows.zip(inner.y..inner.bottom()) {
        let text = ByteSpan::of(*row, &editor.text);
        cells::label(theme, buffer, inner.x, y, inner.right(), text, Style::new());
    }
    if editor.text.is_empty() {
        let hint = "type; words with # before them are tags";
        cells::label(
            theme,
            buffer,
            inner.x + 1,
            inner.y,
            inner.right(),
            hint,
            theme.quiet,
        );
    }
    let key = |action| app.keymap.hint(action);
    let relation = editor.relation.map_or_else(String::new, |relation| {
        format!(" {} ({}) ·", relation.name(), key(Action::NoteRelation))
    });
    let (save, own, leave) = (
        key(Action::NoteSave),
        key(Action::NoteInEditor),
        key(Action::NoteLeave),
    );
    // What a narrow screen has no room for is in the help.
    let variants = [
        format!("{relation} {save} keeps it · {own} your editor · {leave} leaves it "),
        format!("{relation} {save} keeps · {own} editor · {leave} leaves "),
        format!("{relation} {save} keeps it "),
    ];
    let keys = cells::longest_that_fits(&variants, limit.saturating_sub(area.x + 1));
    cells::label_right(
        theme,
        buffer,
        area.x + 1,
        area.bottom() - 1,
        limit,
        keys,
        theme.quiet,
    );
    let y = inner.y + editor.row().saturating_sub(editor.top) as u16;
    let x = inner.x + editor.column().min(usize::from(inner.width)) as u16;
    Position::new(
        x.min(inner.right()),
        y.min(inner.bottom().saturating_sub(1)),
    )
}
