//! Writing what is on the screen to a file: the comparison, the coverage, the evidence, the notes that are listed.
//!
//! Invariant: no disk; what is to be written is named, `runtime` writes it, and says what came of it.

use crate::analysis::alignment::Link;
use crate::app::action::Action;
use crate::app::effect::{Content, Effect, Order};
use crate::app::facing::Facing;
use crate::app::facing::rows::Cell;
use crate::app::picker::{Choice, Entry, Purpose, about_file};
use crate::app::{App, Overlay};

/// The cells of a row, and the links that make it one.
pub type WrittenRow<'a> = (Vec<Cell>, Vec<&'a Link>);

impl App {
    /// `E`: asks in which format, and into which file, what is on the screen is to be written.
    pub(super) fn open_formats(&mut self) {
        let content = if self.coverage.is_some() {
            Content::Coverage
        } else if self.evidence.is_some() {
            Content::Evidence
        } else {
            Content::Comparison
        };
        if content != Content::Coverage && self.panes.len() < 2 {
            let add = self.keymap.hint(Action::AddPane);
            self.notice = Some(format!("A comparison needs two panes · {add} adds another"));
            return;
        }
        self.ask_for_format(&content);
    }

    /// In the list of notes: those that are shown are to be written.
    pub(super) fn write_shown_notes(&mut self) {
        let Some(Overlay::Picker(picker)) = &self.overlay else {
            return;
        };
        let shown = picker.shown.iter().filter_map(|at| picker.entries.get(*at));
        let ids = shown.filter_map(|entry| match &entry.choice {
            Choice::Note(id) => Some(id.clone()),
            _ => None,
        });
        let ids: Vec<String> = ids.collect();
        if ids.is_empty() {
            self.notice = Some("No note is shown that could be written".to_owned());
            return;
        }
        self.ask_for_format(&Content::Notes(ids));
    }

    fn ask_for_format(&mut self, content: &Content) {
        let entries = content.formats().iter().map(|format| Entry {
            lead: "".into(),
            label: format.title().to_owned(),
            detail: format.about().to_owned(),
            about: about_file(content, None),
            keywords: String::new(),
            choice: Choice::Format(content.clone(), *format),
        });
        let entries = entries.collect();
        self.open(Purpose::Formats, entries, 0);
    }

    /// Has something written, where it is known.
    pub(super) fn write(&mut self, order: Order) -> Vec<Effect> {
        let unknown = match &order.content {
            Content::Comparison => {
                self.refresh_facing();
                let facing = self.keymap.hint(Action::Facing);
                let nothing = self.written_rows().0.is_empty();
                nothing.then(|| format!("Nothing is compared yet · {facing} shows how far it is"))
            }
            Content::Coverage => {
                let matrix = self.coverage.as_ref();
                let is_known = matrix.is_some_and(|matrix| matrix.counts.is_some());
                (!is_known).then(|| "Nothing is counted yet".to_owned())
            }
            Content::Evidence => {
                let nothing = self.evidence_found().is_none();
                nothing.then(|| "The evidence is not all found yet".to_owned())
            }
            Content::Notes(_) => None,
        };
        if unknown.is_some() {
            self.notice = unknown;
            return Vec::new();
        }
        vec![Effect::Write(order)]
    }

    /// The rows of the facing view as they are shown, or in the documents all rows there are, with their links; and the panes that
    /// have a cell in each.
    pub fn written_rows(&self) -> (Vec<WrittenRow<'_>>, Vec<usize>) {
        let mut all = Facing::default();
        all.panes = (0..self.panes.len()).collect();
        all.anchor = if self.panes.len() > 2 { self.focus } else { 0 };
        let (made, of) = match &self.facing {
            Some(facing) => (None, facing),
            None => (Some(self.facing_rows(&all).0), &all),
        };
        let rows = made.as_ref().unwrap_or(&of.rows);
        let link = |cell: usize, at: usize| {
            let (anchor, pane) = (*of.panes.get(of.anchor)?, *of.panes.get(cell)?);
            self.comparison(anchor.min(pane), anchor.max(pane))?
                .links
                .get(at)
        };
        let rows = rows.iter().map(|row| {
            let links = row.links.iter().enumerate();
            let links = links.filter_map(|(cell, at)| link(cell, (*at)?));
            (row.cells.clone(), links.collect())
        });
        (rows.collect(), of.panes.clone())
    }
}

#[cfg(test)]
mod tests {
    use crate::app::effect::{Content, Effect, FileFormat, Order};
    use crate::app::tests_support::{compared, opened, press};

    fn order(content: Content, format: FileFormat, name: Option<&str>) -> Effect {
        let name = name.map(str::to_owned);
        Effect::Write(Order {
            content,
            format,
            name,
        })
    }

    #[test]
    fn the_comparison_is_written_in_the_format_that_is_chosen() {
        let (mut app, effects) = opened(120, 40);
        for effect in &effects {
            if matches!(effect, Effect::Compare { .. }) {
                let report = compared(&app, effect);
                app.update(report);
            }
        }
        let effects = press(&mut app, "E M a r k Enter");
        assert_eq!(
            effects,
            [order(Content::Comparison, FileFormat::Markdown, None)]
        );
        let in_documents = format!("{:?}", app.written_rows());
        press(&mut app, "v");
        let in_rows = format!("{:?}", app.written_rows());
        assert_eq!(in_documents, in_rows, "documents are written as rows are");
        press(&mut app, "o");
        assert!(
            app.written_rows()
                .0
                .iter()
                .all(|(_, links)| !links.is_empty())
        );
    }

    #[test]
    fn what_is_written_follows_what_is_on_the_screen_and_the_ending_says_how() {
        let (mut app, _) = opened(120, 40);
        let effects = press(&mut app, "C E w . j s o n Enter");
        let json = order(Content::Coverage, FileFormat::Json, Some("w.json"));
        assert_eq!(effects.last(), Some(&json));
        press(&mut app, "Esc");
        let before = press(&mut app, "e E Enter");
        let writes = |effect: &Effect| matches!(effect, Effect::Write(_));
        assert!(!before.iter().any(writes), "nothing is found yet");
        assert!(app.notice.as_ref().unwrap().contains("not all found yet"));
        press(&mut app, "Esc");
        press(&mut app, "A h i Ctrl+s J A h o Ctrl+s B Ctrl+s");
        let effects = press(&mut app, "q d Enter");
        let ids = app.notebook.notes.iter().map(|note| note.id.clone());
        let notes = Content::Notes(ids.collect());
        assert_eq!(effects, [order(notes, FileFormat::Qdpx, None)]);
        press(&mut app, "B h o Ctrl+s");
        let effects = press(&mut app, "Enter");
        let one = Content::Notes(vec![app.notebook.notes[1].id.clone()]);
        assert_eq!(effects, [order(one, FileFormat::Html, None)]);
    }

    #[test]
    fn what_is_not_compared_is_not_written() {
        let (mut app, _) = opened(120, 40);
        let effects = press(&mut app, "E Enter");
        assert!(effects.is_empty(), "{effects:?}");
        assert!(app.notice.as_ref().unwrap().contains("Nothing is compared"));
    }
}
