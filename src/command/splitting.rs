//! Files of several articles on the command line: cut, kept whole, or as the person at the terminal says.
//!
//! Invariant: nobody is asked who cannot see the question or cannot answer it.

use super::arguments::Splitting;
use super::{open, output};
use crate::corpus::Date;
use crate::import::{self, Cut, Imported, Input};
use anyhow::{Result, bail};
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

/// Reads a file of any supported format; `copied` is the day on which the copy was made.
pub fn import_file(path: &Path, copied: Option<Date>, split: Splitting) -> Result<Imported> {
    if split == Splitting::Ask && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        bail!("--split ask needs a terminal to ask on: use --split auto or --split never");
    }
    let name = open::file_name(path);
    let input = Input {
        name: &name,
        bytes: &open::bytes_of(path)?,
        copied,
    };
    Ok(import::import_parts(&input, |cuts| match split {
        Splitting::Auto => true,
        Splitting::Never => false,
        Splitting::Ask => {
            preview(&name, cuts);
            is_agreed(&mut io::stdin().lock())
        }
    })?)
}

fn preview(name: &str, cuts: &[Cut]) {
    output::tell(&format!(
        "{name} seems to hold {} articles; after the first, these:",
        cuts.len() + 1
    ));
    for cut in cuts {
        let signs = cut.signs.join(", ");
        output::tell(&format!("  line {}: {} ({signs})", cut.line, cut.title));
    }
    output::tell("Make each a document of its own? [y/N]");
}

/// Yes is yes; anything else, an end or an error too, leaves the file whole.
fn is_agreed(answers: &mut impl BufRead) -> bool {
    let mut answer = String::new();
    let is_read = answers.read_line(&mut answer).is_ok();
    is_read && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_cuts() {
        for (answer, agreed) in [
            ("y\n", true),
            ("Yes\n", true),
            ("\n", false),
            ("", false),
            ("no\n", false),
        ] {
            assert_eq!(is_agreed(&mut answer.as_bytes()), agreed, "{answer:?}");
        }
    }
}
