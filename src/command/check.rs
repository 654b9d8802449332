//! `diptych check DIR`: what is wrong with a corpus.

use super::{open, output};
use crate::library::folder;
use std::path::Path;

/// Prints the problems; true where there is none.
pub fn run(path: Option<&Path>, json: bool) -> anyhow::Result<bool> {
    let Some(path) = path else {
        let wrong = "which folder is to be checked? `diptych check FOLDER`";
        return Err(open::WrongUsage(wrong.to_owned()).into());
    };
    let problems = folder::check(path)?;
    if json {
        output::json(&problems)?;
    } else if problems.is_empty() {
        output::text("no problems found")?;
    } else {
        let line = |problem: &crate::corpus::Problem| match problem.line {
            0 => format!("{}: {}", problem.file, problem.problem),
            line => format!("{}:{line}: {}", problem.file, problem.problem),
        };
        output::text(&problems.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    }
    Ok(problems.is_empty())
}
