//! The present comparison as a file.
//!
//! Invariant: a new file, whole or not there; no other is written over.

use crate::app::App;
use crate::app::effect::FileFormat;
use crate::app::facing::rows::Cell;
use crate::app::perspective::title;
use crate::export::comparison::{Given, Place, Subject, report};
use crate::export::{self, Format};
use crate::library::whole_file::{self, FileError};
use crate::text::slug::slug;
use std::path::Path;

/// Names that are tried for a file, each with a higher number.
const MOST_NAMES: usize = 999;

/// Writes what is compared into `folder`; what came of it, in a sentence.
pub fn write(app: &App, format: FileFormat, folder: &Path) -> String {
    let (rows, panes) = app.written_rows();
    let place = |cell: &Cell| match *cell {
        Cell::Empty => Place::Empty,
        Cell::Nothing => Place::Nothing,
        Cell::Whole(id) => Place::Here(id),
        Cell::Again(passage) | Cell::Elsewhere { passage, .. } => Place::Elsewhere(passage),
    };
    let given: Vec<Given<'_>> = rows
        .into_iter()
        .map(|(cells, links)| Given {
            places: cells.iter().map(place).collect(),
            links,
        })
        .collect();
    let sides = panes.iter().filter_map(|at| app.panes.get(*at));
    let subject = Subject {
        corpus: &app.corpus,
        topic: app
            .topic()
            .and_then(|topic| app.topics.get(topic))
            .map(|topic| topic.title.as_str()),
        sides: sides
            .map(|pane| title(&app.corpus, &pane.perspective))
            .collect(),
    };
    let report = report(&subject, &given);
    let format = match format {
        FileFormat::Html => Format::Html,
        FileFormat::Markdown => Format::Markdown,
        FileFormat::Csv => Format::Csv,
    };
    let text = export::write(&report, format);
    let stem = slug(&report.title);
    for number in 1..=MOST_NAMES {
        let name = match number {
            1 => format!("{stem}.{}", format.ending()),
            number => format!("{stem}-{number}.{}", format.ending()),
        };
        match whole_file::create_new(&folder.join(&name), text.as_bytes()) {
            Ok(()) => return format!("Written, {} bytes: {name}", text.len()),
            Err(FileError::IsThere(_)) => {}
            Err(error) => return format!("Not written: {error}"),
        }
    }
    format!("Not written: {MOST_NAMES} files are named {stem} already")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::Effect;
    use crate::app::tests_support::{compared, opened};

    #[test]
    fn a_second_file_gets_another_name_and_the_first_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (mut app, effects) = opened(120, 40);
        for effect in &effects {
            if matches!(effect, Effect::Compare { .. }) {
                let report = compared(&app, effect);
                app.update(report);
            }
        }
        let told = write(&app, FileFormat::Html, folder.path());
        assert!(told.starts_with("Written, "), "{told}");
        let name = told.rsplit_once(": ").unwrap().1.to_owned();
        let first = std::fs::read_to_string(folder.path().join(&name)).unwrap();
        let told = write(&app, FileFormat::Html, folder.path());
        assert!(told.ends_with("-2.html"), "{told}");
        let again = std::fs::read_to_string(folder.path().join(&name)).unwrap();
        assert_eq!(first, again);
        let missing = write(&app, FileFormat::Csv, &folder.path().join("missing"));
        assert!(
            missing.starts_with("Not written: cannot write"),
            "{missing}"
        );
    }
}
