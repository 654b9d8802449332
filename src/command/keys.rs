//! `diptych keys`: every action and its keys, from the one table.

use super::output;
use crate::app::action::{ACTIONS, Context};
use crate::app::keymap::Keymap;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct Row {
    action: &'static str,
    title: &'static str,
    keys: Vec<String>,
    context: &'static str,
    group: &'static str,
    help: &'static str,
}

/// Prints the table.
pub fn run(json: bool, markdown: bool) -> anyhow::Result<()> {
    let keymap = Keymap::default();
    if markdown {
        return output::text(self::markdown(&keymap).trim_end());
    }
    if json {
        return output::json(&rows(&keymap));
    }
    let head = ["keys", "action", "what it does"];
    let lines = rows(&keymap).into_iter().map(|row| {
        vec![
            row.keys.join("  "),
            row.action.to_owned(),
            row.help.to_owned(),
        ]
    });
    output::text(&output::table(&head, lines))
}

fn rows(keymap: &Keymap) -> Vec<Row> {
    let row = |spec: &crate::app::action::ActionSpec| Row {
        action: spec.name,
        title: spec.title,
        keys: keymap.keys(spec.action),
        context: match spec.context {
            Context::Reading => "reading",
            Context::Matrix => "matrix",
            Context::Evidence => "evidence",
            Context::Selecting => "selecting",
            Context::Writing => "writing",
            Context::List => "list",
            Context::Results => "results",
        },
        group: spec.group.title(),
        help: spec.help,
    };
    ACTIONS.iter().map(row).collect()
}

/// The table as `docs/keys.md`.
pub fn markdown(keymap: &Keymap) -> String {
    let mut page = String::from(
        "# Keys\n\nMade by `diptych keys --markdown` from the table in `src/app/action.rs`; a test keeps it current.\n",
    );
    let mut group = None;
    for row in rows(keymap) {
        if group != Some(row.group) {
            group = Some(row.group);
            let _ = write!(
                page,
                "\n## {}\n\n| keys | action | what it does |\n|---|---|---|\n",
                row.group
            );
        }
        let keys: Vec<String> = row.keys.iter().map(|key| format!("`{key}`")).collect();
        let _ = writeln!(
            page,
            "| {} | `{}` | {} |",
            keys.join(" "),
            row.action,
            row.help
        );
    }
    page
}
