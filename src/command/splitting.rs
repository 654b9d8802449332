//! Files of several articles or chapters on the command line: cut, kept whole, or as the person at the terminal says.
//!
//! Invariant: nobody is asked who cannot see the question or cannot answer it.

use super::arguments::Splitting;
use super::output;
use crate::corpus::Date;
use crate::import::{self, Cut, Division, Evidence, Imported, Input, Means, pdf};
use crate::library::{confined, fetching};
use anyhow::{Result, bail};
use std::io::{self, BufRead, IsTerminal};

/// How files are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// The day on which the copies were made.
    pub copied: Option<Date>,
    /// Whether files of several articles are cut.
    pub split: Splitting,
    /// Who published what does not say it itself.
    pub publisher: Option<&'a str>,
}

/// Reads a file of any supported format; `name` is its address, where it was fetched.
pub(super) fn import_bytes(name: &str, bytes: &[u8], reading: Reading<'_>) -> Result<Imported> {
    let is_asked = reading.split == Splitting::Ask;
    if is_asked && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        bail!(
            "--split ask needs a terminal to ask on: use --split auto, --split always or --split never"
        );
    }
    let input = Input {
        name,
        bytes,
        copied: reading.copied,
    };
    let mut means = Asking {
        name,
        split: reading.split,
        publisher: reading.publisher,
    };
    Ok(import::import_by(&input, &mut means)?)
}

struct Asking<'a> {
    name: &'a str,
    split: Splitting,
    publisher: Option<&'a str>,
}

impl Means for Asking<'_> {
    fn evidence(&self) -> Evidence {
        match self.split {
            Splitting::Always => Evidence::Weak,
            Splitting::Auto | Splitting::Never | Splitting::Ask => Evidence::Sure,
        }
    }

    fn publisher(&self) -> Option<&str> {
        self.publisher
    }

    fn address(&self) -> Option<&str> {
        fetching::is_address(self.name).then_some(self.name)
    }

    fn sheets(&mut self, bytes: &[u8]) -> Result<pdf::Sheets, pdf::Fault> {
        confined::sheets(bytes)
    }

    fn divides(&mut self, division: Division, cuts: &[Cut]) -> bool {
        match (self.split, division) {
            (Splitting::Always, _) | (Splitting::Auto, Division::Articles) => true,
            (Splitting::Never, _) | (Splitting::Auto, Division::Chapters) => false,
            (Splitting::Ask, _) => {
                preview(self.name, division, cuts);
                is_agreed(&mut io::stdin().lock())
            }
        }
    }
}

fn preview(name: &str, division: Division, cuts: &[Cut]) {
    let count = cuts.len() + 1;
    output::tell(&match division {
        Division::Articles => {
            format!("{name} seems to hold {count} articles; after the first, these:")
        }
        Division::Chapters => {
            format!("{name} is a book of {count} chapters; after the first, these:")
        }
    });
    for cut in cuts {
        let signs = cut.signs.join(", ");
        output::tell(&match division {
            Division::Articles => format!("  line {}: {} ({signs})", cut.line, cut.title),
            Division::Chapters => format!("  {}", cut.title),
        });
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
