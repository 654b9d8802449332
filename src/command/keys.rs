//! `diptych keys`: every action and its keys, from the one table.

use super::{open, output};
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

/// Prints the table, with the keys that are in force.
pub fn run(json: bool, markdown: bool) -> anyhow::Result<()> {
    let (config, told) = open::configuration();
    if let Some(told) = told {
        output::tell(&told);
    }
    let keymap = config.keymap;
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
    let from = "Made by `diptych keys --markdown` from the table in `src/app/action.rs`; a test keeps it current.";
    let head = "| keys | action | what it does |\n|---|---|---|\n";
    let entry = |row: &Row| {
        let (action, help) = (row.action, row.help);
        format!("| {} | `{action}` | {help} |\n", keys_of(row))
    };
    format!("# Keys\n\n{from}\n{}", groups(keymap, head, entry))
}

/// The keys in force, as a page to read.
pub fn page(keymap: &Keymap) -> String {
    let from = "These keys are in force; `diptych config` says how to choose others. What has no key is run by its name, with `:`.";
    let entry = |row: &Row| {
        let (help, action) = (row.help, row.action);
        format!("| {} | {help} (`{action}`) |\n", keys_of(row))
    };
    let groups = groups(keymap, "| keys | what it does |\n|---|---|\n", entry);
    format!("# Keys\n\n{from}\n{groups}")
}

/// The keys of an action in a cell of a Markdown table.
fn keys_of(row: &Row) -> String {
    let keys = row.keys.iter();
    let keys: Vec<String> = keys
        .map(|key| format!("`{}`", key.replace('|', "\\|")))
        .collect();
    keys.join(" ")
}

/// A table a group, under a head of its own.
fn groups(keymap: &Keymap, head: &str, entry: impl Fn(&Row) -> String) -> String {
    let mut page = String::new();
    let mut group = None;
    for row in rows(keymap) {
        if group != Some(row.group) {
            group = Some(row.group);
            let _ = write!(page, "\n## {}\n\n{head}", row.group);
        }
        page.push_str(&entry(&row));
    }
    page
}
