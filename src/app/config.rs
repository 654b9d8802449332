//! The reader's configuration: the text of `config.toml` to settings. Pure: the file is found and read elsewhere.
//!
//! Invariant: whatever is wrong is reported with its line and left at its default; the rest is used. Nothing in a corpus or a
//! document is ever read as configuration.

mod keys;
mod page;
mod theme;

pub use page::page;
pub use theme::{Base, Colour, ThemeChoice};

use super::block::Typesetting;
use super::keymap::Keymap;
use crate::app::screen::TEXT_WIDTH;
use crate::corpus::spelling;
use crate::text::bidi;
use std::fmt;
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// How many lines that are no TOML are left out before the rest is.
const MOST_BROKEN_LINES: usize = 50;

/// The narrowest text column that may be asked for, in cells.
const NARROWEST_TEXT: u16 = 20;

/// What the reader set.
#[derive(Clone, Debug)]
pub struct Config {
    /// The widest text column, in cells; `u16::MAX` for as wide as the pane.
    pub text_width: u16,
    /// How texts are set.
    pub typesetting: Typesetting,
    /// Who puts right-to-left text into visual order.
    pub bidi: bidi::Ordering,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// Whether two files open in the facing view rather than in their documents.
    pub files_face: bool,
    /// Whether who is new gets hints.
    pub hints: bool,
    /// What marks, bars and borders are drawn with.
    pub icons: Icons,
    /// The colours.
    pub theme: ThemeChoice,
    /// The keys.
    pub keymap: Keymap,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            text_width: TEXT_WIDTH,
            typesetting: Typesetting::default(),
            bidi: bidi::Ordering::App,
            mouse: true,
            files_face: true,
            hints: true,
            icons: Icons::Unicode,
            theme: ThemeChoice::default(),
            keymap: Keymap::default(),
        }
    }
}

/// What marks, bars and borders are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Icons {
    /// Whatever says it best.
    #[default]
    Unicode,
    /// ASCII, for fonts and terminals that have nothing else.
    Ascii,
}

/// Something in the file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what to write instead.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.problem)
    }
}

/// An option, for the page that explains them all.
struct OptionSpec {
    table: &'static str,
    name: &'static str,
    /// As it is written in the file.
    default: &'static str,
    help: &'static str,
}

/// Every option but the keys and the reader's own themes.
const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        table: "text",
        name: "width",
        default: "72",
        help: "The widest text column, in cells (20 or more); 0 for as wide as the pane.",
    },
    OptionSpec {
        table: "text",
        name: "hyphenate",
        default: "false",
        help: "Whether long words are divided at the end of a row, in English, French, German, Italian, Portuguese and Spanish texts.",
    },
    OptionSpec {
        table: "text",
        name: "justify",
        default: "false",
        help: "Whether the rows of a paragraph are made equally wide by wider gaps between words; best together with hyphenate.",
    },
    OptionSpec {
        table: "text",
        name: "bidi",
        default: "\"app\"",
        help: "Who puts right-to-left text into visual order: \"app\" (Diptych), \"terminal\", or \"off\".",
    },
    OptionSpec {
        table: "view",
        name: "files",
        default: "\"facing\"",
        help: "What two files open in: \"facing\" (rows that belong together) or \"documents\" (whole texts).",
    },
    OptionSpec {
        table: "view",
        name: "mouse",
        default: "true",
        help: "Whether clicks and the wheel are Diptych's; false leaves the mouse to the terminal.",
    },
    OptionSpec {
        table: "view",
        name: "hints",
        default: "true",
        help: "Whether keys that you have not used yet are hinted at, one at a time in the last row, until you have.",
    },
    OptionSpec {
        table: "view",
        name: "icons",
        default: "\"unicode\"",
        help: "What Diptych's own marks, bars and borders are drawn with: \"unicode\", or \"ascii\" for fonts and terminals that have nothing else.",
    },
    OptionSpec {
        table: "theme",
        name: "name",
        default: "\"auto\"",
        help: "\"auto\" (by what the terminal says of its background), \"dark\", \"light\", \"high-contrast\", \"colour-blind\", \
               \"monochrome\", or a name under [themes].",
    },
];

/// Reads a configuration.
pub fn parse(text: &str) -> (Config, Vec<Mistake>) {
    let mut reading = Reading {
        text: text.to_owned(),
        config: Config::default(),
        mistakes: Vec::new(),
    };
    if let Some(document) = reading.document() {
        reading.read(document.as_table());
    }
    reading.mistakes.sort_by_key(|mistake| mistake.line);
    (reading.config, reading.mistakes)
}

/// What has been read so far.
struct Reading {
    text: String,
    config: Config,
    mistakes: Vec<Mistake>,
}

impl Reading {
    /// The file as TOML, without the lines that are none.
    fn document(&mut self) -> Option<Document<String>> {
        for _ in 0..MOST_BROKEN_LINES {
            let error = match Document::parse(self.text.clone()) {
                Ok(document) => return Some(document),
                Err(error) => error,
            };
            let at = error.span().map_or(0, |span| span.start);
            self.mistake(at, &format!("this is no TOML: {}", error.message()));
            self.blank_line(at);
        }
        let at = self.text.len();
        self.mistake(at, "too much here is no TOML: all of it is left out");
        None
    }

    /// Makes the line of a byte empty, so that lines after it keep their number.
    fn blank_line(&mut self, at: usize) {
        let at = at.min(self.text.len());
        let start = self.text.get(..at).and_then(|text| text.rfind('\n'));
        let start = start.map_or(0, |end| end + 1);
        let rest = self.text.get(start..).unwrap_or_default();
        let end = start + rest.find('\n').unwrap_or(rest.len());
        if start < end {
            self.text.replace_range(start..end, "");
        } else {
            // An error at the end of the file is of the last line with anything in it.
            let last = self.text.trim_end().rfind('\n').unwrap_or(0);
            self.text.truncate(last);
        }
    }

    fn mistake(&mut self, at: usize, problem: &str) {
        let before = self.text.get(..at.min(self.text.len())).unwrap_or_default();
        self.mistakes.push(Mistake {
            line: before.matches('\n').count() + 1,
            problem: problem.to_owned(),
        });
    }

    fn read(&mut self, root: &dyn TableLike) {
        let tables = ["text", "view", "theme", "themes", "keys"];
        for (name, at, item) in entries(root) {
            let Some(table) = item.as_table_like() else {
                let known = tables.contains(&name);
                self.mistake(
                    at,
                    &if known {
                        format!("`{name}` is a table: write [{name}] and its options under it")
                    } else {
                        unknown("table", name, &tables)
                    },
                );
                continue;
            };
            match name {
                "text" | "view" | "theme" => self.options(name, table),
                // Read below, when all tables are known to be tables.
                "themes" | "keys" => {}
                _ => self.mistake(at, &unknown("table", name, &tables)),
            }
        }
        let table = |name: &str| root.get(name).and_then(Item::as_table_like);
        theme::read(self, table("theme"), table("themes"));
        if let Some(keys) = table("keys") {
            keys::read(self, keys);
        }
    }

    /// The plain options of a table.
    fn options(&mut self, table: &str, options: &dyn TableLike) {
        let known = OPTIONS.iter().filter(|option| option.table == table);
        let known: Vec<&str> = known.map(|option| option.name).collect();
        for (name, at, item) in entries(options) {
            let right = match (table, name) {
                ("text", "width") => self.width(item),
                ("text", "hyphenate") => item
                    .as_bool()
                    .map(|divides| self.config.typesetting.hyphenates = divides),
                ("text", "justify") => item
                    .as_bool()
                    .map(|justifies| self.config.typesetting.justifies = justifies),
                ("text", "bidi") => item
                    .as_str()
                    .and_then(ordering)
                    .map(|bidi| self.config.bidi = bidi),
                ("view", "files") => item
                    .as_str()
                    .and_then(|word| one_of(word, "documents", "facing"))
                    .map(|faces| self.config.files_face = faces),
                ("view", "mouse") => item.as_bool().map(|mouse| self.config.mouse = mouse),
                ("view", "hints") => item.as_bool().map(|hints| self.config.hints = hints),
                ("view", "icons") => item
                    .as_str()
                    .and_then(|word| one_of(word, "unicode", "ascii"))
                    .map(|ascii| {
                        self.config.icons = if ascii { Icons::Ascii } else { Icons::Unicode };
                    }),
                // Read when all themes are known.
                ("theme", "name") => Some(()),
                _ => {
                    self.mistake(at, &unknown("option", name, &known));
                    continue;
                }
            };
            let option = OPTIONS
                .iter()
                .find(|option| (option.table, option.name) == (table, name));
            if let (None, Some(option)) = (right, option) {
                self.mistake(at, &format!("`{name}` cannot be that. {}", option.help));
            }
        }
    }

    fn width(&mut self, item: &Item) -> Option<()> {
        let width = u16::try_from(item.as_integer()?).ok()?;
        self.config.text_width = match width {
            0 => u16::MAX,
            NARROWEST_TEXT.. => width,
            _ => return None,
        };
        Some(())
    }
}

/// Names, where they stand in the file, and what they are given.
fn entries(table: &dyn TableLike) -> Vec<(&str, usize, &Item)> {
    let start = |span: Option<Range<usize>>| span.map(|span| span.start);
    let entry = |(name, item)| {
        let of_key = table.key(name).and_then(|key| start(key.span()));
        (name, of_key.or(start(Item::span(item))).unwrap_or(0), item)
    };
    table.iter().map(entry).collect()
}

fn ordering(word: &str) -> Option<bidi::Ordering> {
    match word {
        "app" => Some(bidi::Ordering::App),
        "terminal" => Some(bidi::Ordering::Terminal),
        "off" => Some(bidi::Ordering::Off),
        _ => None,
    }
}

/// False for the first word, true for the second.
fn one_of(word: &str, no: &str, yes: &str) -> Option<bool> {
    (word == no || word == yes).then_some(word == yes)
}

/// That there is nothing of a name, and what may have been meant.
fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match spelling::closest(name, known) {
        Some(meant) => format!("there is no {what} `{name}`; did you mean `{meant}`?"),
        None if known.len() > 12 => {
            format!("there is no {what} `{name}`; `diptych keys` lists them")
        }
        None => format!(
            "there is no {what} `{name}`; there are: {}",
            known.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests;
