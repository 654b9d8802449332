//! What is on the screen as a file.
//!
//! Invariant: a new file, whole or not there; no other is written over.

use crate::app::App;
use crate::app::effect::Order;
use crate::command::hand_over::{Annotations, hand_over};
use crate::command::output;
use crate::library::whole_file::{self, FileError};
use crate::text::slug::slug;
use std::path::{Path, PathBuf};

/// Names that are tried for a file, each with a higher number.
const MOST_NAMES: usize = 999;

/// Writes what is asked for into `folder`, or where its name says; what came of it, in a sentence.
pub fn write(app: &App, order: &Order, annotations: Annotations<'_>, folder: &Path) -> String {
    let handed = match hand_over(app, &order.content, order.format, annotations) {
        Ok(handed) => handed,
        Err(error) => return format!("Not written: {}", output::causes(&error)),
    };
    let bytes = &handed.bytes;
    let written = |name: &str| {
        let more = handed
            .told
            .as_ref()
            .map_or_else(String::new, |told| format!(" · {told}"));
        let what = order.content.name();
        format!("Written: {name} · {what}, {} bytes{more}", bytes.len())
    };
    if let Some(name) = &order.name {
        return match whole_file::create_new(&folder.join(from_home(name)), bytes) {
            Ok(()) => written(name),
            Err(error) => format!("Not written: {error}"),
        };
    }
    let (stem, ending) = (slug(&handed.title), order.format.endings()[0]);
    for number in 1..=MOST_NAMES {
        let name = match number {
            1 => format!("{stem}.{ending}"),
            number => format!("{stem}-{number}.{ending}"),
        };
        match whole_file::create_new(&folder.join(&name), bytes) {
            Ok(()) => return written(&name),
            Err(FileError::IsThere(_)) => {}
            Err(error) => return format!("Not written: {error}"),
        }
    }
    format!("Not written: {MOST_NAMES} files are named {stem} already")
}

/// A name as a shell reads it: `~/` is the reader's home.
fn from_home(name: &str) -> PathBuf {
    let home = name.strip_prefix("~/").zip(std::env::home_dir());
    home.map_or_else(|| PathBuf::from(name), |(rest, home)| home.join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::effect::{Content, Effect, FileFormat};
    use crate::app::tests_support::{compared, opened};

    fn written(app: &App, format: FileFormat, name: Option<&str>, folder: &Path) -> String {
        let order = Order {
            content: Content::Comparison,
            format,
            name: name.map(str::to_owned),
        };
        write(app, &order, &|| Ok(Vec::new()), folder)
    }

    /// Does the comparisons that are asked for.
    fn compare(app: &mut App, effects: &[Effect]) {
        for effect in effects {
            if matches!(effect, Effect::Compare { .. }) {
                let report = compared(app, effect);
                app.update(report);
            }
        }
    }

    #[test]
    fn a_second_file_gets_another_name_and_the_first_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (mut app, effects) = opened(120, 40);
        compare(&mut app, &effects);
        let told = written(&app, FileFormat::Html, None, folder.path());
        assert!(told.starts_with("Written: "), "{told}");
        let name = told.strip_prefix("Written: ").unwrap().split_once(" · ");
        let name = name.unwrap().0.to_owned();
        let first = std::fs::read_to_string(folder.path().join(&name)).unwrap();
        let told = written(&app, FileFormat::Html, None, folder.path());
        assert!(told.contains("-2.html · "), "{told}");
        let again = std::fs::read_to_string(folder.path().join(&name)).unwrap();
        assert_eq!(first, again);
        let missing = written(&app, FileFormat::Csv, None, &folder.path().join("missing"));
        assert!(
            missing.starts_with("Not written: cannot write"),
            "{missing}"
        );
    }

    #[test]
    fn a_name_of_the_readers_own_is_taken_and_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let (mut app, effects) = opened(120, 40);
        compare(&mut app, &effects);
        let json = || written(&app, FileFormat::Json, Some("own.json"), folder.path());
        assert!(json().starts_with("Written: own.json · the comparison, "));
        let text = std::fs::read_to_string(folder.path().join("own.json")).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rows = value["rows"].as_array().unwrap();
        assert!(rows.iter().any(|row| row["score"].is_number()));
        assert!(value["wording"].is_object() && value["figures"].is_array());
        let told = json();
        assert!(
            told.starts_with("Not written: ") && told.contains("is there already"),
            "{told}"
        );
        assert_eq!(
            text,
            std::fs::read_to_string(folder.path().join("own.json")).unwrap()
        );
    }

    #[test]
    fn of_three_panes_the_rows_have_three_cells_and_the_evidence_is_of_two() {
        use crate::app::tests_support::{press, settle};
        let folder = tempfile::tempdir().unwrap();
        let (mut app, effects) = opened(160, 40);
        settle(&mut app, effects);
        let effects = press(&mut app, "a Enter");
        compare(&mut app, &effects);
        assert_eq!(app.panes.len(), 3);
        let told = written(&app, FileFormat::Json, Some("rows.json"), folder.path());
        assert!(told.contains(" · the comparison, "), "{told}");
        let read = |name: &str| -> serde_json::Value {
            let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
            serde_json::from_str(&text).unwrap()
        };
        let rows = read("rows.json");
        assert_eq!(rows["sides"].as_array().unwrap().len(), 3);
        let rows = rows["rows"].as_array().unwrap();
        let cells = |row: &serde_json::Value| row["cells"].as_array().unwrap().len();
        assert!(!rows.is_empty() && rows.iter().all(|row| cells(row) == 3));
        let effects = press(&mut app, "e");
        settle(&mut app, effects);
        let order = Order {
            content: Content::Evidence,
            format: FileFormat::Json,
            name: Some("evidence.json".to_owned()),
        };
        let told = write(&app, &order, &|| Ok(Vec::new()), folder.path());
        assert!(
            told.contains(" · the evidence, ") && told.contains(" alone"),
            "{told}"
        );
        let evidence = read("evidence.json");
        assert_ne!(evidence["left"], evidence["right"]);
    }
}
