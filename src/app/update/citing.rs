//! Copying what is read with its citation.
//!
//! Invariant: what is copied is what is current on the screen: the passage, or every passage of the row.

use crate::app::App;
use crate::app::effect::Effect;
use crate::corpus::citing::{Cited, cite};
use crate::text::width::truncate;

/// Cells of a title in what is told.
const TITLE_CELLS: usize = 32;

impl App {
    /// `y`: the current passage, in the facing view those of the row, with their citations onto the clipboard.
    pub(super) fn cite(&mut self) -> Vec<Effect> {
        self.refresh_facing();
        let cited = self.cited_here();
        let text = cite(&self.corpus, &cited, self.cite_style);
        if text.is_empty() {
            self.notice = Some("No passage here to cite".to_owned());
            return Vec::new();
        }
        let what = format!("{} as {}", self.told_of(&cited), self.cite_style.title());
        vec![Effect::Copy { text, what }]
    }

    /// `"`: the next style.
    pub(super) fn next_cite_style(&mut self) {
        self.cite_style = self.cite_style.next();
        let key = self.keymap.hint(crate::app::action::Action::Cite);
        self.notice = Some(format!(
            "Citations are written as {} · {key} copies one",
            self.cite_style.title()
        ));
    }

    /// What a key that works on the text is about: the passages of the row from left to right, or the current one.
    pub(super) fn cited_here(&self) -> Vec<Cited> {
        if let Some(facing) = &self.facing {
            let row = facing.rows.get(facing.current);
            let cells = row.into_iter().flat_map(|row| &row.cells);
            let ids = cells.filter_map(|cell| cell.passage());
            return ids.map(Cited::from).collect();
        }
        if let Some(selection) = &self.selection {
            let id = selection.slot.passage_id();
            let span = Some(selection.span);
            return id
                .map(|passage| Cited { passage, span })
                .into_iter()
                .collect();
        }
        let slot = self.focused().current;
        let id = slot.passage_id();
        id.map(Cited::from).into_iter().collect()
    }

    /// `¶9 of “A night of water”`, or `¶9 and ¶6`.
    fn told_of(&self, cited: &[Cited]) -> String {
        let numbers: Vec<String> = cited
            .iter()
            .map(|cited| format!("¶{}", cited.passage.passage + 1))
            .collect();
        let [only] = cited else {
            return numbers.join(" and ");
        };
        let document = self.corpus.documents.get(only.passage.document);
        let title = document.map_or("", |document| document.meta.title.as_str());
        format!("{} of “{}”", numbers.join(""), truncate(title, TITLE_CELLS))
    }
}

#[cfg(test)]
mod tests {
    use crate::app::effect::Effect;
    use crate::app::tests_support::{app, compared, opened, press};

    fn copied(effects: Vec<Effect>) -> (String, String) {
        let copied = effects.into_iter().find_map(|effect| match effect {
            Effect::Copy { text, what } => Some((text, what)),
            _ => None,
        });
        copied.expect("something is copied")
    }

    #[test]
    fn the_current_passage_is_copied_with_its_citation() {
        let mut app = app(120, 40);
        press(&mut app, "g g J");
        let (text, what) = copied(press(&mut app, "y"));
        assert!(text.starts_with("“The river rose four metres"), "{text}");
        assert!(text.contains("The Gazette, 2031-05-02, ¶2"), "{text}");
        assert!(text.contains("[flood#2, sha256 of its text: "), "{text}");
        assert_eq!(what, "¶2 of “A night of water” as plain text");
    }

    #[test]
    fn both_sides_of_a_row_are_copied() {
        let (mut app, effects) = opened(120, 40);
        for effect in &effects {
            if matches!(effect, Effect::Compare { .. }) {
                let report = compared(&app, effect);
                app.update(report);
            }
        }
        press(&mut app, "v n");
        let facing = app.facing.as_ref().unwrap();
        assert!(facing.rows[facing.current].is_paired());
        let (text, what) = copied(press(&mut app, "y"));
        assert!(
            text.contains("[flood#") && text.contains("[voices#"),
            "{text}"
        );
        assert!(what.contains(" and ¶"), "{what}");
    }

    #[test]
    fn the_style_goes_round_and_is_told() {
        let mut app = app(120, 40);
        let styles = ["> ", "@misc{", "[\n", "“"];
        for start in styles {
            press(&mut app, "\"");
            assert!(app.notice.as_ref().unwrap().contains("y copies one"));
            let (text, _) = copied(press(&mut app, "J y"));
            assert!(text.starts_with(start), "{text}");
        }
    }

    #[test]
    fn where_no_passage_is_seen_nothing_is_copied() {
        let mut app = app(120, 40);
        for view in ["C", "e"] {
            press(&mut app, view);
            let effects = press(&mut app, "y");
            let copies = |effect: &Effect| matches!(effect, Effect::Copy { .. });
            assert!(!effects.iter().any(copies), "{view}");
            assert!(app.notice.as_ref().unwrap().contains("returns to them"));
            press(&mut app, view);
        }
    }
}
