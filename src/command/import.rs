//! `diptych import FILES --into DIR`: copies into a corpus folder.
//!
//! Invariant: one file that cannot be read never stops the others, and what became of each is said.

use super::arguments::Splitting;
use super::extract::{NoticeJson, notices};
use super::{output, splitting};
use crate::corpus::Date;
use crate::import::NoticeKind;
use crate::library::adding::{Intake, Outcome};
use anyhow::{Context, anyhow, bail};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What became of an input, or of one of its documents.
#[derive(Serialize)]
struct Row {
    input: String,
    outcome: &'static str,
    document: Option<String>,
    reason: Option<String>,
    notices: Vec<NoticeJson>,
}

/// Imports the files; true when all of them are in the corpus afterwards.
pub fn run(
    files: &[PathBuf],
    into: &Path,
    copied: Option<&str>,
    split: Splitting,
    json: bool,
) -> anyhow::Result<bool> {
    let copied: Option<Date> = copied
        .map(|date| {
            date.parse()
                .map_err(|wrong: String| anyhow!(wrong))
                .context("--copied")
        })
        .transpose()?;
    if into.exists() && !into.is_dir() {
        bail!("{} is a file; --into needs a folder", into.display());
    }
    // Opened by the first file that can be read: where none can, nothing is made.
    let mut intake = None;
    let mut rows: Vec<Row> = Vec::new();
    for file in files {
        let taken = take_in(&mut intake, into, file, (copied, split)).unwrap_or_else(|error| {
            vec![Row {
                input: file.display().to_string(),
                outcome: "failed",
                document: None,
                reason: Some(output::causes(&error)),
                notices: Vec::new(),
            }]
        });
        if !json {
            for row in &taken {
                output::tell(&line(row));
            }
        }
        rows.extend(taken);
    }
    let failed = rows.iter().filter(|row| row.outcome == "failed").count();
    if json {
        output::json(&rows)?;
    } else {
        let added = rows.iter().filter(|row| row.outcome == "imported").count();
        let failures = if failed > 0 {
            format!(", {failed} failed")
        } else {
            String::new()
        };
        let there = rows.len() - added - failed;
        let already = if there > 0 {
            format!(", {there} already there")
        } else {
            String::new()
        };
        let reading = match added + there {
            0 => String::new(),
            1 => format!(" · read it with: diptych {}", into.display()),
            _ => format!(" · read them with: diptych {}", into.display()),
        };
        output::text(&format!("{added} imported{already}{failures}{reading}"))?;
    }
    Ok(failed == 0)
}

fn take_in(
    intake: &mut Option<Intake>,
    into: &Path,
    file: &Path,
    (copied, split): (Option<Date>, Splitting),
) -> anyhow::Result<Vec<Row>> {
    let address = file.to_string_lossy();
    if address.starts_with("https://") || address.starts_with("http://") {
        bail!("addresses cannot be fetched yet: save the page to a file and import that");
    }
    let imported = splitting::import_file(file, copied, split)?;
    let intake = match intake {
        Some(intake) => intake,
        None => intake.insert(Intake::open(into)?),
    };
    let outcomes = intake.add(&imported.documents, &imported.sources)?;
    let mut notices = Some(notices(&imported));
    let remarks: Vec<&str> = imported
        .notices
        .iter()
        .filter_map(|notice| match &notice.kind {
            NoticeKind::Remark(remark) => Some(remark.as_str()),
            NoticeKind::LeftOut(_) | NoticeKind::Used(_) => None,
        })
        .collect();
    let reason = (!remarks.is_empty()).then(|| remarks.join("; "));
    let row = |outcome: Outcome| Row {
        input: file.display().to_string(),
        outcome: match outcome {
            Outcome::Added(_) => "imported",
            Outcome::AlreadyThere(_) => "already there",
        },
        document: Some(outcome.document().to_string()),
        reason: reason.clone(),
        notices: notices.take().unwrap_or_default(),
    };
    Ok(outcomes.into_iter().map(row).collect())
}

/// What became of an input, on one line.
fn line(row: &Row) -> String {
    let document = row
        .document
        .as_ref()
        .map_or_else(String::new, |document| format!(" as {document}"));
    let left_out = row
        .notices
        .iter()
        .filter(|notice| notice.is_left_out())
        .count();
    let left_out = if left_out > 0 && row.outcome == "imported" {
        let lines = output::counted(left_out, "line");
        format!(", {lines} left out (listed in its file)")
    } else {
        String::new()
    };
    let reason = row
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(" ({reason})"));
    format!("{}: {}{document}{left_out}{reason}", row.input, row.outcome)
}
