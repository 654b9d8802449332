//! `diptych help`: what a command takes, or a chapter of the book in `docs/`, which is compiled in.
//!
//! Invariant: the chapters are the files that the book is made of; the one of keys is made of the keys in force.

mod page;

use super::arguments::Arguments;
use super::open::{self, WrongUsage};
use super::{arguments, keys, output};
use crate::corpus::spelling;
use anyhow::{Result, bail};

/// Something to read about.
struct Chapter {
    /// Its name on the command line.
    name: &'static str,
    /// Other names for it.
    also: &'static [&'static str],
    /// What it is about, in a few words.
    about: &'static str,
    /// As CommonMark; nothing for the one that is made.
    text: Option<&'static str>,
}

macro_rules! chapter {
    ($name:literal, $file:literal, $also:expr, $about:literal) => {
        Chapter {
            name: $name,
            also: &$also,
            about: $about,
            text: Some(include_str!(concat!("../../../docs/", $file))),
        }
    };
}

/// The book, in reading order.
const CHAPTERS: &[Chapter] = &[
    chapter!(
        "start",
        "start.md",
        ["begin", "starting"],
        "from nothing to two texts side by side"
    ),
    chapter!(
        "reading",
        "reading.md",
        ["panes", "reader"],
        "panes, topics, marks, panes that follow each other"
    ),
    chapter!(
        "comparing",
        "comparing.md",
        ["facing", "comparison"],
        "what stands opposite what, the evidence, the coverage"
    ),
    chapter!(
        "corpora",
        "corpus.md",
        ["corpus", "folder"],
        "a corpus folder: documents, topics, cues"
    ),
    chapter!(
        "formats",
        "formats.md",
        ["importing", "files"],
        "what files are read, what an import leaves out"
    ),
    chapter!(
        "search",
        "search.md",
        ["searching", "queries"],
        "finding passages in all texts"
    ),
    chapter!(
        "notes",
        "notes.md",
        ["tags"],
        "notes, and what becomes of them when a text changes"
    ),
    chapter!(
        "citing",
        "citing.md",
        ["citations", "clipboard"],
        "citations, and pages to hand over"
    ),
    Chapter {
        name: "keys",
        also: &["keyboard", "actions"],
        about: "every key in force",
        text: None,
    },
    chapter!(
        "command-line",
        "command-line.md",
        ["commands", "options"],
        "every command"
    ),
    chapter!(
        "configuration",
        "configuration.md",
        ["themes", "colours", "icons"],
        "keys, colours, icons, where things are kept"
    ),
    chapter!(
        "scripting",
        "scripting.md",
        ["scripts", "json", "jq"],
        "JSON, with jq"
    ),
];

/// The widest line that is printed, in cells.
const WIDEST: u16 = 84;

/// Where it is not known how wide a line may be.
const USUAL: u16 = 80;

/// Prints the help on a command, a chapter, or both where both have the name; without one, what there is. `columns`: of the
/// terminal, where it is one.
pub fn run(words: &[String], columns: Option<u16>, colours: bool) -> Result<()> {
    let [first, rest @ ..] = words else {
        let usage = usage(&[]).unwrap_or_default();
        return output::text(&format!("{}\n\n{}", usage.trim_end(), contents()));
    };
    let name = first.to_lowercase();
    let is_named = |chapter: &&Chapter| chapter.name == name || chapter.also.contains(&&*name);
    let chapter = CHAPTERS.iter().find(is_named);
    let command = usage(words);
    if command.is_none() && (chapter.is_none() || !rest.is_empty()) {
        bail!(WrongUsage(unknown(&words.join(" "))));
    }
    if let Some(usage) = command {
        let text = usage.trim_end();
        output::text(&match chapter {
            Some(_) => format!("{text}\n"),
            None => text.to_owned(),
        })?;
    }
    let Some(chapter) = chapter.filter(|_| rest.is_empty()) else {
        return Ok(());
    };
    let layout = if output::is_plain() {
        page::Layout::Labelled
    } else {
        page::Layout::Wrapped {
            columns: columns.unwrap_or(USUAL).min(WIDEST),
            colours,
        }
    };
    output::inked(&page::lines(&text(chapter), layout), colours)
}

/// What a command takes, as its `--help` says; nothing where there is no such command.
fn usage(words: &[String]) -> Option<String> {
    let whole = arguments::shown();
    let mut found = &whole;
    for word in words {
        found = found.find_subcommand(word)?;
    }
    let asked = std::iter::once("diptych")
        .chain(words.iter().map(String::as_str))
        .chain(std::iter::once("--help"));
    // Help is an error, as clap has it.
    let help = Arguments::read(asked.map(Into::into)).err()?;
    Some(help.render().to_string())
}

fn text(chapter: &Chapter) -> String {
    match chapter.text {
        Some(text) => text.to_owned(),
        None => keys::page(&open::configuration().0.keymap),
    }
}

/// The chapters, for the end of the general help.
fn contents() -> String {
    let mut lines = vec!["Topics to read about, with `diptych help TOPIC`:".to_owned()];
    let line = |chapter: &Chapter| format!("  {:<15} {}", chapter.name, chapter.about);
    lines.extend(CHAPTERS.iter().map(line));
    lines.join("\n")
}

/// That there is no help on something, and what may have been meant.
fn unknown(name: &str) -> String {
    let command = arguments::shown();
    let commands = command.get_subcommands().map(clap::Command::get_name);
    let chapters = CHAPTERS.iter().flat_map(|chapter| {
        let also = chapter.also.iter().copied();
        std::iter::once(chapter.name).chain(also)
    });
    let names: Vec<&str> = chapters.chain(commands).collect();
    if let Some(meant) = spelling::closest(name, &names) {
        format!("there is no help on “{name}”; did you mean `diptych help {meant}`?")
    } else {
        let chapters: Vec<&str> = CHAPTERS.iter().map(|chapter| chapter.name).collect();
        format!(
            "there is no help on “{name}”; there is on every command, and on: {}",
            chapters.join(", ")
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;
    use std::collections::HashSet;

    #[test]
    fn every_name_leads_to_one_chapter() {
        let mut seen = HashSet::new();
        for chapter in CHAPTERS {
            for name in std::iter::once(&chapter.name).chain(chapter.also) {
                assert!(seen.insert(name), "{name} is two chapters");
            }
        }
    }

    #[test]
    fn every_chapter_fits_any_terminal_and_shows_no_mark_up() {
        for chapter in CHAPTERS {
            let text = text(chapter);
            for columns in [24, 50, 80] {
                for colours in [false, true] {
                    let layout = page::Layout::Wrapped { columns, colours };
                    for line in page::lines(&text, layout) {
                        let line: String = line.into_iter().map(|(_, text)| text).collect();
                        // Lines of code stand as they are: broken they would be others.
                        let fits = width::line(&line) <= usize::from(columns);
                        assert!(fits || line.starts_with("    "), "{columns}: {line}");
                        let marks = ["](", "|---", "```"];
                        let has_marks = marks.iter().any(|mark| line.contains(mark));
                        assert!(!has_marks || line.starts_with("    "), "{line}");
                    }
                }
            }
        }
    }
}
