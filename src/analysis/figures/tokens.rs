//! A passage as tokens: words, numbers in digits, and marks, each with what the lexicon knows of it.
//!
//! Invariant: tokens stand in the order of the text and do not overlap; reading is linear in the text.

use super::words::{Entry, Language, Lexicon, Roles};

/// A token of a passage.
#[derive(Clone, Debug)]
pub struct Token<'t> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// As it stands.
    pub text: &'t str,
    /// In lower case, curly apostrophes and a possessive s gone.
    pub lower: String,
    /// What it is.
    pub shape: Shape,
    /// What the lexicon knows of it.
    pub entry: Entry,
    /// No space stands before it.
    pub glued: bool,
    /// Which sentence it stands in.
    pub sentence: u32,
    /// It stands inside quotation marks.
    pub quoted: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Letters.
    Word,
    /// Digits: the value, and how they are written.
    Number(Digits),
    /// Anything else that is no space.
    Mark(char),
}

/// A number in digits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Digits {
    /// Its value.
    pub value: f64,
    /// It has separators between its thousands.
    pub grouped: bool,
    /// How many decimals it has.
    pub decimals: usize,
    /// How many digits stand before the decimals.
    pub whole: usize,
    /// It opens with a needless 0.
    pub zero: bool,
    /// It has more parts than a number has: a date, a section.
    pub broken: bool,
}

impl Token<'_> {
    /// Whether it has any of these roles.
    pub fn is(&self, roles: Roles) -> bool {
        self.entry.roles & roles != 0
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.shape == Shape::Mark(mark)
    }

    /// Whether it is any mark.
    pub fn is_any_mark(&self) -> bool {
        matches!(self.shape, Shape::Mark(_))
    }

    /// Whether it is a hyphen or a dash.
    pub fn is_dash(&self) -> bool {
        matches!(
            self.shape,
            Shape::Mark('-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}' | '\u{2212}')
        )
    }

    /// Whether it is a hyphen between the parts of one word.
    pub fn is_hyphen(&self) -> bool {
        self.glued && matches!(self.shape, Shape::Mark('-' | '\u{2010}' | '\u{2011}'))
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.shape == Shape::Word
    }

    /// Whether it opens with a capital.
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// The number it is, in digits.
    pub fn digits(&self) -> Option<Digits> {
        match self.shape {
            Shape::Number(digits) => Some(digits),
            Shape::Word | Shape::Mark(_) => None,
        }
    }
}

/// The value of a decimal digit in any of the three scripts that are read.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => None,
    }
}

/// The tokens of a text.
pub fn tokens<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<Token<'t>> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut glued = false;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
            glued = false;
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let (shape, length) = if digit(c).is_some() {
            let (digits, length) = number(rest, lexicon.language);
            (Shape::Number(digits), length)
        } else if c.is_alphanumeric() {
            (Shape::Word, word(rest, lexicon.language))
        } else {
            (Shape::Mark(c), c.len_utf8())
        };
        let piece = rest.get(..length).unwrap_or_default();
        let lower = match shape {
            Shape::Word => lowered(piece),
            Shape::Number(_) => String::new(),
            Shape::Mark(_) => piece.to_owned(),
        };
        let entry = match shape {
            Shape::Word | Shape::Mark(_) => lexicon.entry(&lower),
            Shape::Number(_) => Entry::default(),
        };
        out.push(Token {
            start: at,
            end: at + length,
            text: piece,
            lower,
            shape,
            entry,
            glued,
            sentence: 0,
            quoted: false,
        });
        glued = true;
        at += length.max(1);
    }
    out
}

/// In lower case, without a possessive s.
fn lowered(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare = ["'s", "\u{2019}s", "'", "\u{2019}"]
        .iter()
        .find_map(|ending| lower.strip_suffix(ending));
    bare.map_or(lower.clone(), str::to_owned)
}

/// How long the word is that opens `rest`: letters, digits after them, and apostrophes between letters.
fn word(rest: &str, language: Language) -> usize {
    let mut letters = 0;
    for (at, c) in rest.char_indices() {
        if c.is_alphanumeric() || matches!(c, '\u{200c}') {
            letters += 1;
            continue;
        }
        let after = rest
            .get(at + c.len_utf8()..)
            .and_then(|rest| rest.chars().next());
        let apostrophe = matches!(c, '\'' | '\u{2019}');
        if apostrophe && language == Language::French && letters <= 2 {
            return at + c.len_utf8();
        }
        let combining = !c.is_ascii() && !c.is_whitespace() && is_mark_of_a_letter(c);
        if combining || (apostrophe && after.is_some_and(char::is_alphabetic)) {
            continue;
        }
        // "U.S." is one word.
        if c == '.' && is_initialism(rest, at) {
            continue;
        }
        // Addresses of pages and mail are one word, so that no number is read out of them.
        if matches!(c, '.' | '@' | '_')
            && after.is_some_and(char::is_alphanumeric)
            && is_address(rest)
        {
            continue;
        }
        return at;
    }
    rest.len()
}

/// Whether the full stop at a byte stands in "U.S." or ends it.
fn is_initialism(rest: &str, at: usize) -> bool {
    let bytes = rest.as_bytes();
    let capital = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let stop = |at: usize| bytes.get(at) == Some(&b'.');
    let single = |at: usize| capital(at) && (at == 0 || stop(at - 1));
    let Some(letter) = at.checked_sub(1).filter(|letter| single(*letter)) else {
        return false;
    };
    let goes_on = capital(at + 1) && stop(at + 2);
    goes_on || letter >= 2
}

fn is_mark_of_a_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

fn is_address(rest: &str) -> bool {
    let head = rest
        .char_indices()
        .nth(48)
        .map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default());
    let head = head.split_whitespace().next().unwrap_or_default();
    head.starts_with("www.") || head.contains('@') || head.starts_with("http")
}

/// The number in digits that opens `rest`, and how long it is.
fn number(rest: &str, language: Language) -> (Digits, usize) {
    let mut digits = Digits::default();
    let mut at = 0;
    let run = |from: usize| {
        let run = rest.get(from..).unwrap_or_default();
        let end = run
            .char_indices()
            .find(|(_, c)| digit(*c).is_none())
            .map_or(run.len(), |(end, _)| end);
        let run = run.get(..end).unwrap_or_default();
        (run, run.chars().count())
    };
    let append = |value: f64, run: &str| {
        run.chars()
            .filter_map(digit)
            .fold(value, |value, digit| value * 10.0 + f64::from(digit))
    };
    let (first, count) = run(0);
    digits.value = append(0.0, first);
    digits.whole = count;
    digits.zero = count > 1 && first.starts_with(|c| digit(c) == Some(0));
    at += first.len();
    let mut separator = None;
    while let Some(mark) = rest.get(at..).and_then(|rest| rest.chars().next()) {
        let (next, count) = run(at + mark.len_utf8());
        if count == 0 || digits.broken {
            break;
        }
        let is_group = count == 3 && digits.decimals == 0 && separator.is_none_or(|s| s == mark);
        let opens = is_group && (digits.grouped || (1..=3).contains(&digits.whole)) && !digits.zero;
        let comma = language.has_decimal_comma();
        let grouping = match mark {
            ',' => !comma,
            '.' => comma || (separator == Some('.') && digits.grouped) || is_million(rest, at),
            '\'' | '\u{2019}' => language == Language::German,
            '\u{66c}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => true,
            _ => false,
        };
        if grouping && opens && (digits.value > 0.0) {
            digits.value = append(digits.value, next);
            digits.whole += count;
            digits.grouped = true;
            separator = Some(mark);
        } else if matches!(mark, '.' | '\u{66b}') || (mark == ',' && comma) {
            if digits.decimals > 0 {
                digits.broken = true;
            } else {
                let scale = 10f64.powi(i32::try_from(count).unwrap_or(i32::MAX));
                digits.value += append(0.0, next) / scale;
                digits.decimals = count;
            }
        } else {
            break;
        }
        at += mark.len_utf8() + next.len();
    }
    (digits, at)
}

/// "1.000.000": full stops that group whatever the language.
fn is_million(rest: &str, at: usize) -> bool {
    let bytes = rest.as_bytes().get(at..).unwrap_or_default();
    bytes.len() >= 8
        && bytes[4] == b'.'
        && bytes[1..4].iter().all(u8::is_ascii_digit)
        && bytes[5..8].iter().all(u8::is_ascii_digit)
        && !bytes.get(8).is_some_and(u8::is_ascii_digit)
}
