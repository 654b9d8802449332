//! Which colours the reader wants, as data: the styles are made of it where they are drawn.

use super::{Reading, entries, unknown};
use crate::corpus::spelling;
use toml_edit::{Item, TableLike};

/// A built-in theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Base {
    /// By what the terminal says of its background.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light one.
    Light,
    /// The terminal's foreground only, bold and underlined; nothing is dimmed.
    HighContrast,
    /// Blue and orange, which can be told apart in all common kinds of colour blindness.
    ColourBlind,
    /// No colour.
    Monochrome,
}

impl Base {
    /// Each with its name in the file.
    pub const ALL: [(&'static str, Self); 6] = [
        ("auto", Self::Auto),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::HighContrast),
        ("colour-blind", Self::ColourBlind),
        ("monochrome", Self::Monochrome),
    ];
}

/// A colour that the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// 24 bits.
    Rgb(u8, u8, u8),
    /// Of the terminal's table of 256.
    Indexed(u8),
}

/// The colours that the reader wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThemeChoice {
    /// What the rest is taken from.
    pub base: Base,
    /// Of the topic's marks and the focus.
    pub accent: Option<Colour>,
    /// Of the names of voices.
    pub voice: Option<Colour>,
    /// Of secondary text.
    pub quiet: Option<Colour>,
}

/// Reads `[theme]` and `[themes.NAME]`.
pub(super) fn read(
    reading: &mut Reading,
    theme: Option<&dyn TableLike>,
    themes: Option<&dyn TableLike>,
) {
    let mut known: Vec<(String, ThemeChoice)> = Base::ALL
        .iter()
        .map(|(name, base)| {
            let choice = ThemeChoice {
                base: *base,
                ..ThemeChoice::default()
            };
            ((*name).to_owned(), choice)
        })
        .collect();
    for (name, at, item) in themes.map(entries).unwrap_or_default() {
        let Some(table) = item.as_table_like() else {
            reading.mistake(at, &format!("`{name}` is a table: write [themes.{name}]"));
            continue;
        };
        let choice = own(reading, table, &known);
        // A later one may build on it, and be chosen in place of a built-in one of the same name.
        known.insert(0, (name.to_owned(), choice));
    }
    for (name, at, item) in theme.map(entries).unwrap_or_default() {
        if name != "name" {
            continue;
        }
        let found = item
            .as_str()
            .and_then(|wanted| known.iter().find(|(known, _)| known == wanted));
        if let Some((_, choice)) = found {
            reading.config.theme = *choice;
            continue;
        }
        let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let wanted = item.as_str().unwrap_or_default();
        reading.mistake(at, &unknown("theme", wanted, &names));
    }
}

/// One of the reader's own themes.
fn own(
    reading: &mut Reading,
    table: &dyn TableLike,
    known: &[(String, ThemeChoice)],
) -> ThemeChoice {
    let based_on = table.get("based_on").and_then(Item::as_str);
    let base = known
        .iter()
        .find(|(name, _)| Some(name.as_str()) == based_on);
    let mut choice = base.map_or_else(ThemeChoice::default, |(_, choice)| *choice);
    for (name, at, item) in entries(table) {
        let place = match name {
            "accent" => &mut choice.accent,
            "voice" => &mut choice.voice,
            "quiet" => &mut choice.quiet,
            "based_on" => {
                if base.is_none() {
                    let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
                    reading.mistake(at, &unknown("theme", based_on.unwrap_or_default(), &names));
                }
                continue;
            }
            _ => {
                let names = ["based_on", "accent", "voice", "quiet"];
                reading.mistake(at, &unknown("option", name, &names));
                continue;
            }
        };
        match colour(item) {
            Some(colour) => *place = Some(colour),
            None => reading.mistake(
                at,
                &format!("`{name}` is no colour: write \"#2f6f9f\", a number from 0 to 255, or one of {}{}", NAMES.join(", "), meant(item)),
            ),
        }
    }
    choice
}

fn meant(item: &Item) -> String {
    let closest = item
        .as_str()
        .and_then(|word| spelling::closest(word, &NAMES));
    closest.map_or_else(String::new, |name| format!("; did you mean \"{name}\"?"))
}

/// The terminal's own sixteen, in the order of its table.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

fn colour(item: &Item) -> Option<Colour> {
    if let Some(number) = item.as_integer() {
        return u8::try_from(number).ok().map(Colour::Indexed);
    }
    let written = item.as_str()?;
    if let Some(place) = NAMES.iter().position(|name| *name == written) {
        return u8::try_from(place).ok().map(Colour::Indexed);
    }
    let digits = written
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = value.to_be_bytes();
    Some(Colour::Rgb(red, green, blue))
}
