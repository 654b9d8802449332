//! Writing what is compared to a file.
//!
//! Invariant: no disk; what is to be written is named, `runtime` writes it, and says what came of it.

use crate::analysis::alignment::Link;
use crate::app::App;
use crate::app::effect::{Effect, FileFormat};
use crate::app::facing::Facing;
use crate::app::facing::rows::Cell;
use crate::app::picker::{Choice, Entry, Purpose};

/// The cells of a row, and the links that make it one.
pub type WrittenRow<'a> = (Vec<Cell>, Vec<&'a Link>);

impl App {
    /// `E`: asks in which format.
    pub(super) fn open_formats(&mut self) {
        if self.panes.len() < 2 {
            self.notice = Some("A comparison needs two panes · a adds another".to_owned());
            return;
        }
        let entries = FileFormat::ALL.into_iter().map(|format| Entry {
            lead: String::new(),
            label: format.title().to_owned(),
            detail: format.about().to_owned(),
            about: "Into a new file in the folder that Diptych was started in; nothing is written over."
                .to_owned(),
            keywords: String::new(),
            choice: Choice::Format(format),
        });
        self.open(Purpose::Formats, entries.collect(), 0);
    }

    /// Has the present comparison written.
    pub(super) fn write_comparison(&mut self, format: FileFormat) -> Vec<Effect> {
        self.refresh_facing();
        if self.written_rows().0.is_empty() {
            self.notice = Some("Nothing is compared yet · v shows how far it is".to_owned());
            return Vec::new();
        }
        vec![Effect::WriteComparison(format)]
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
    use crate::app::effect::{Effect, FileFormat};
    use crate::app::tests_support::{compared, opened, press};

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
        assert_eq!(effects, [Effect::WriteComparison(FileFormat::Markdown)]);
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
    fn what_is_not_compared_is_not_written() {
        let (mut app, _) = opened(120, 40);
        let effects = press(&mut app, "E Enter");
        assert!(effects.is_empty(), "{effects:?}");
        assert!(app.notice.as_ref().unwrap().contains("Nothing is compared"));
    }
}
