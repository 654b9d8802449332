//! `diptych config`: the configuration with every default, where it is looked for, and what is wrong with it.

use super::output;
use crate::app::config::{self, Mistake};
use crate::library::{config_file, homes};
use anyhow::{Result, anyhow};
use serde::Serialize;

#[derive(Serialize)]
struct Report<'a> {
    file: String,
    exists: bool,
    mistakes: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    line: usize,
    problem: &'a str,
}

/// Prints the defaults, or the place, or the mistakes; true where there is none.
pub fn run(path: bool, check: bool, json: bool) -> Result<bool> {
    if !path && !check && !json {
        output::text(config::page().trim_end())?;
        return Ok(true);
    }
    let place = homes::config_file().ok_or_else(|| {
        anyhow!(
            "there is no home folder to look for config.toml in; {} names a file",
            homes::CONFIG_VARIABLE
        )
    })?;
    let text = config_file::read()?.map(|(_, text)| text);
    let mistakes: Vec<Mistake> = text
        .as_deref()
        .map_or_else(Vec::new, |text| config::parse(text).1);
    let file = place.display().to_string();
    if json {
        let line = |mistake| {
            let Mistake { line, problem }: &Mistake = mistake;
            Line {
                line: *line,
                problem,
            }
        };
        output::json(&Report {
            file,
            exists: text.is_some(),
            mistakes: mistakes.iter().map(line).collect(),
        })?;
    } else if path {
        output::text(&file)?;
    } else if text.is_none() {
        output::text(&format!("there is no {file}: every default holds"))?;
    } else if mistakes.is_empty() {
        output::text(&format!("{file}: no mistakes"))?;
    } else {
        let line = |mistake: &Mistake| format!("{file}:{}: {}", mistake.line, mistake.problem);
        output::text(&mistakes.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(mistakes.is_empty())
}
