//! What single words do around numbers, by language: number words, units, and the little words of the grammar.
//!
//! Invariant: the tables are about language, never about an event; a word not in them has no role.

mod tables;

use foldhash::{HashMap, HashMapExt};

/// What a word can do; a set of the constants below.
pub type Roles = u32;

/// A number below a hundred, or in languages that have them one such as "doscientos".
pub const SMALL: Roles = 1;
/// "hundred", "thousand", "dozen": multiplies what stands before it.
pub const SCALE: Roles = 1 << 1;
/// "dozens", "hundreds": bounds only.
pub const VAGUE: Roles = 1 << 2;
/// "third", "quarter": a part.
pub const PART: Roles = 1 << 3;
/// "a", "an".
pub const ARTICLE: Roles = 1 << 4;
/// "the", "its": opens a noun phrase.
pub const DETERMINER: Roles = 1 << 5;
/// A preposition.
pub const PREPOSITION: Roles = 1 << 6;
/// Joins clauses or words.
pub const CONJUNCTION: Roles = 1 << 7;
/// A pronoun.
pub const PRONOUN: Roles = 1 << 8;
/// A form of "be", "have" or a modal.
pub const AUXILIARY: Roles = 1 << 9;
/// A finite verb whose form does not show it.
pub const VERB: Roles = 1 << 10;
/// An adverb, which ends no phrase and is no noun.
pub const ADVERB: Roles = 1 << 11;
/// A month.
pub const MONTH: Roles = 1 << 12;
/// A day of the week.
pub const WEEKDAY: Roles = 1 << 13;
/// A unit of time.
pub const TIME_UNIT: Roles = 1 << 14;
/// A unit of measure.
pub const MEASURE_UNIT: Roles = 1 << 15;
/// A currency, or a hundredth of one.
pub const CURRENCY: Roles = 1 << 16;
/// "percent".
pub const PERCENT: Roles = 1 << 17;
/// A noun that takes a number as its name: "section", "page".
pub const NUMBERED: Roles = 1 << 18;
/// A verb of saying.
pub const SAYING: Roles = 1 << 19;
/// People, whatever they do.
pub const PEOPLE: Roles = 1 << 20;
/// What was done to the people: "killed", "injured".
pub const FATE: Roles = 1 << 21;
/// A noun that stands for the number: "toll", "figure", "number".
pub const TALLY: Roles = 1 << 22;
/// "few", "several" before a scale.
pub const FEW: Roles = 1 << 23;
/// "half".
pub const HALF: Roles = 1 << 24;
/// An adjective that its form does not show.
pub const ADJECTIVE: Roles = 1 << 25;
/// Ends the name of a street.
pub const STREET: Roles = 1 << 26;
/// "of" and what does its work.
pub const OF: Roles = 1 << 27;

/// A word's roles, and the value or unit it stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
    /// What it can do.
    pub roles: Roles,
    /// Of a number word, scale or part; the lower bound of a vague one.
    pub value: f64,
    /// The upper bound of a vague one.
    pub high: f64,
    /// What a unit is called.
    pub unit: &'static str,
}

/// The words of a language.
pub struct Lexicon {
    /// Its language, two letters.
    pub language: Language,
    entries: HashMap<&'static str, Entry>,
}

/// The languages that have tables; others share what needs no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Any other that writes 1.234,5.
    Continental,
    /// Any other.
    Other,
}

impl Language {
    /// By its ISO 639-1 code, a region after it or not.
    pub fn of(code: &str) -> Self {
        match code.get(..2).unwrap_or_default() {
            // Where nobody knows the language, English words are looked for.
            "en" | "" => Self::English,
            "de" => Self::German,
            "fr" => Self::French,
            "es" => Self::Spanish,
            "it" | "pt" | "nl" | "da" | "nb" | "no" | "sv" | "fi" | "pl" | "cs" | "tr" | "ru"
            | "uk" | "el" | "ro" | "hu" | "id" | "ca" => Self::Continental,
            _ => Self::Other,
        }
    }

    /// Whether a comma opens the decimals.
    pub fn has_decimal_comma(self) -> bool {
        match self {
            Self::German | Self::French | Self::Spanish | Self::Continental => true,
            Self::English | Self::Other => false,
        }
    }
}

impl Lexicon {
    /// The tables of a language.
    pub fn new(language: Language) -> Self {
        let mut lexicon = Self {
            language,
            entries: HashMap::with_capacity(2048),
        };
        lexicon.add(tables::COMMON);
        match language {
            Language::English => lexicon.add(tables::ENGLISH),
            Language::German => lexicon.add(tables::GERMAN),
            Language::French => lexicon.add(tables::FRENCH),
            Language::Spanish => lexicon.add(tables::SPANISH),
            Language::Continental | Language::Other => {}
        }
        lexicon
    }

    /// What a word, in lower case, does.
    pub fn entry(&self, word: &str) -> Entry {
        if let Some(entry) = self.entries.get(word) {
            return *entry;
        }
        if self.language == Language::German
            && let Some(value) = german_compound(self, word)
        {
            return Entry {
                roles: if value < 100.0 { SMALL } else { SMALL | SCALE },
                value,
                ..Entry::default()
            };
        }
        Entry::default()
    }

    fn add(&mut self, table: &tables::Table) {
        for (roles, words) in table.words {
            for word in words.split_whitespace() {
                self.entries.entry(word).or_default().roles |= roles;
            }
        }
        for (roles, values) in table.values {
            for (words, value, high) in *values {
                for word in words.split_whitespace() {
                    let entry = self.entries.entry(word).or_default();
                    entry.roles |= roles;
                    entry.value = *value;
                    entry.high = *high;
                }
            }
        }
        for (roles, units) in table.units {
            for (words, unit, factor) in *units {
                for word in words.split_whitespace() {
                    let entry = self.entries.entry(word).or_default();
                    entry.roles |= roles;
                    entry.unit = unit;
                    entry.high = *factor;
                }
            }
        }
    }
}

/// "fünfundzwanzig", "dreihundert", "zweitausend": the parts are in the table.
fn german_compound(lexicon: &Lexicon, word: &str) -> Option<f64> {
    if word.len() > 64 {
        return None;
    }
    let plain = |part: &str| {
        let entry = lexicon.entries.get(part)?;
        (entry.roles & SMALL != 0).then_some(entry.value)
    };
    for (name, scale) in [("tausend", 1000.0), ("hundert", 100.0)] {
        if let Some((before, after)) = word.split_once(name) {
            let before = if before.is_empty() {
                1.0
            } else {
                plain(before).or_else(|| german_compound(lexicon, before))?
            };
            let after = after.strip_prefix("und").unwrap_or(after);
            let after = if after.is_empty() {
                0.0
            } else {
                plain(after).or_else(|| german_compound(lexicon, after))?
            };
            return Some(before * scale + after);
        }
    }
    let (ones, tens) = word.split_once("und")?;
    let (ones, tens) = (plain(ones)?, plain(tens)?);
    (ones < 10.0 && tens >= 20.0).then_some(ones + tens)
}
