//! `diptych export`: the coverage or the evidence as a page, Markdown, a table or JSON, on standard output or into a new file.
//!
//! Invariant: the same texts give the same bytes; a file that is there is never written over.

use super::arguments::{ExportFormat, Exported, Global};
use super::sides::{self, Sides, sides};
use super::{coverage, evidence, naming, output};
use crate::analysis::evidence::Options;
use crate::export::{self, Format, Report};
use crate::library::whole_file;
use anyhow::Result;
use serde::Serialize;
use std::path::Path;

/// Hands over what was asked for.
pub fn run(
    global: &Global,
    what: &Exported,
    format: ExportFormat,
    output: Option<&Path>,
) -> Result<()> {
    match what {
        Exported::Coverage { by, copies, .. } => {
            let corpus = naming::corpus_or_files(global)?;
            let counted = coverage::Counted::new(&corpus, (*by).into(), *copies)?;
            hand_over(
                || counted.report(&corpus),
                || counted.json(&corpus),
                format,
                output,
            )
        }
        Exported::Evidence { left, right, topic } => {
            let Sides { corpus, pair, .. } =
                sides(global.corpus.as_deref(), left, right.as_deref())?;
            let topic = sides::on_topic(&corpus, topic.as_deref())?;
            let [left, right] = &pair;
            let options = Options::default();
            let page = evidence::Page::new(&corpus, [left, right], topic.as_ref(), options)?;
            hand_over(|| page.report(), || page.json(), format, output)
        }
    }
}

/// Prints or writes one of two forms of the same thing.
fn hand_over<J: Serialize>(
    report: impl Fn() -> Report,
    json: impl Fn() -> J,
    format: ExportFormat,
    place: Option<&Path>,
) -> Result<()> {
    let format = match format {
        ExportFormat::Html => Format::Html,
        ExportFormat::Markdown => Format::Markdown,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Json => {
            return match place {
                None => output::json(&json()),
                Some(place) => write(place, &format!("{}\n", output::json_text(&json())?)),
            };
        }
    };
    let text = export::write(&report(), format);
    match place {
        None => output::passed(text.trim_end()),
        Some(place) => write(place, &text),
    }
}

/// Writes a new file, and tells so.
pub(super) fn write(place: &Path, text: &str) -> Result<()> {
    whole_file::create_new(place, text.as_bytes())?;
    output::tell(&format!("{} with {} bytes", place.display(), text.len()));
    Ok(())
}
