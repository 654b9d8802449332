//! Numbers in running text brought to one form: digits with separators, scales, number words.
//!
//! Invariant: a number depends on the words given alone; what is not surely a number is none. "1.150" and "1,150" are both
//! read as thousands: a comparison of accounts has counts more often than three decimals.

use crate::text::ByteSpan;

/// Most words of one number ("two hundred and five thousand six hundred").
const MAX_WORDS: usize = 8;
/// Most digits that are kept apart; a longer one is no quantity that anyone compares.
const MAX_DIGITS: usize = 15;

/// A number at the start of some words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// Its value in a form of which two are equal when the values are.
    pub key: String,
    /// How many words it takes.
    pub words: usize,
}

/// The number that `words` begin with. `text` is what their spans count in.
pub(super) fn number_at(text: &str, words: &[(ByteSpan, &str)], language: &str) -> Option<Number> {
    let words = words.get(..MAX_WORDS).unwrap_or(words);
    let spelled = Spelled::of(language);
    let (_, first) = words.first()?;
    let (value, taken) = if first.starts_with(|c| digit(c).is_some()) {
        in_digits(text, words, spelled)?
    } else {
        in_words(text, words, spelled)?
    };
    // "One" is an article or a pronoun more often than a count.
    let is_plain_one = taken == 1 && first.chars().all(char::is_alphabetic) && value <= 1.0;
    (!is_plain_one).then(|| Number {
        key: format!("{value}"),
        words: taken,
    })
}

/// Digits, further groups of three after a space, and the scales that follow.
fn in_digits(text: &str, words: &[(ByteSpan, &str)], spelled: &Spelled) -> Option<(f64, usize)> {
    let (_, first) = words.first()?;
    let mut digits = plain(first)?;
    let has_head = digits.len() <= 3;
    let mut taken = 1;
    while has_head
        && digits.len() <= MAX_DIGITS
        && let Some(group) = words.get(taken).and_then(|(_, word)| plain(word))
        && group.len() == 3
        && group.bytes().all(|byte| byte.is_ascii_digit())
        && is_group_gap(gap(text, words, taken)?)
    {
        digits.push_str(&group);
        taken += 1;
    }
    let mut value = value_of(&digits)?;
    while let Some((_, word)) = words.get(taken)
        && let Some(scale) = spelled.scale(word)
        && matches!(gap(text, words, taken), Some(" " | "\u{A0}" | "-"))
    {
        value *= scale;
        taken += 1;
    }
    Some((value, taken))
}

/// A digit of one of the scripts that people write numbers in, as an ASCII one.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        '\u{966}'..='\u{96F}' => '\u{966}',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

/// A word of digits and separators in ASCII; none for any other, and for those too long to be a quantity.
fn plain(word: &str) -> Option<String> {
    if word.len() > 4 * MAX_DIGITS {
        return None;
    }
    let sign = |c: char| match c {
        '.' | ',' => Some(c),
        '٬' | '،' | '\u{202F}' | '\'' | '’' => Some(','),
        '٫' => Some('.'),
        _ => digit(c),
    };
    word.chars().map(sign).collect()
}

fn is_group_gap(gap: &str) -> bool {
    matches!(gap, " " | "\u{A0}" | "\u{2009}")
}

/// What stands between a word and the one before it.
fn gap<'t>(text: &'t str, words: &[(ByteSpan, &str)], at: usize) -> Option<&'t str> {
    let (before, _) = words.get(at.checked_sub(1)?)?;
    let (span, _) = words.get(at)?;
    text.get(before.end as usize..span.start as usize)
}

/// The value of digits with separators; none for dates, times, versions and codes.
fn value_of(digits: &str) -> Option<f64> {
    if digits.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return None;
    }
    let groups: Vec<&str> = digits.split(['.', ',']).collect();
    let rest = groups.get(1..)?;
    let plain: String = groups.concat();
    if rest.is_empty() {
        return plain.parse().ok();
    }
    let is_thousands = |groups: &[&str]| groups.iter().all(|group| group.len() == 3);
    let has_head = (1..=3).contains(&groups[0].len());
    if has_head && is_thousands(rest) && groups[0] != "0" {
        return plain.parse().ok();
    }
    let (decimals, before) = groups.split_last()?;
    let is_decimal = before.len() == 1 || (has_head && is_thousands(&before[1..]));
    let separators: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let last_differs = separators.len() == 1 || separators.last() != separators.first();
    (is_decimal && last_differs)
        .then(|| format!("{}.{decimals}", before.concat()).parse().ok())
        .flatten()
}

/// "Seventeen", "two hundred and five", "eleven million", "a dozen".
fn in_words(text: &str, words: &[(ByteSpan, &str)], spelled: &Spelled) -> Option<(f64, usize)> {
    let (_, first) = words.first()?;
    let mut current = spelled.small(first).or_else(|| {
        let scale = spelled.scale(first)?;
        (scale <= 12.0).then_some(scale)
    })?;
    let (mut total, mut taken) = (0.0, 1);
    while let Some((_, word)) = words.get(taken) {
        let mut at = taken;
        let mut word = *word;
        if !matches!(gap(text, words, at)?, " " | "-" | "\u{A0}") {
            break;
        }
        // "And" joins what follows a hundred or more, never two counts.
        if spelled.and == word && (current >= 100.0 || total > 0.0) {
            at += 1;
            word = words.get(at).map_or("", |(_, word)| word);
        }
        if let Some(scale) = spelled.scale(word) {
            if scale <= 100.0 {
                current *= scale;
            } else {
                total += current.max(1.0) * scale;
                current = 0.0;
            }
        } else if let Some(more) = spelled.small(word)
            && fits_after(current, more)
        {
            current += more;
        } else {
            break;
        }
        taken = at + 1;
    }
    Some((total + current, taken))
}

/// Whether `more` goes on the number that stands at `current` ("twenty" "four", "two hundred" "five").
fn fits_after(current: f64, more: f64) -> bool {
    current == 0.0
        || current >= 100.0 && more < 100.0
        || current >= 20.0 && current % 10.0 == 0.0 && more < 10.0
}

/// The number words of a language.
struct Spelled {
    and: &'static str,
    /// From zero on.
    units: &'static [&'static str],
    /// From twenty on.
    tens: &'static [&'static str],
    scales: &'static [(&'static str, f64)],
}

impl Spelled {
    fn of(language: &str) -> &'static Self {
        match language.get(..2).unwrap_or_default() {
            "en" => &ENGLISH,
            "de" => &GERMAN,
            "fr" => &FRENCH,
            "es" => &SPANISH,
            _ => &NONE,
        }
    }

    fn small(&self, word: &str) -> Option<f64> {
        let simple = |word: &str| {
            let place = |list: &[&str]| {
                list.iter()
                    .position(|known| word.eq_ignore_ascii_case(known))
            };
            let unit = place(self.units).map(|unit| unit as f64);
            unit.or_else(|| place(self.tens).map(|ten| 20.0 + 10.0 * ten as f64))
        };
        match word.split_once('-') {
            None => simple(word),
            Some((ten, unit)) => {
                let (ten, unit) = (simple(ten)?, simple(unit)?);
                fits_after(ten, unit).then_some(ten + unit)
            }
        }
    }

    fn scale(&self, word: &str) -> Option<f64> {
        let is = |(known, _): &&(&str, f64)| word.eq_ignore_ascii_case(known);
        self.scales.iter().find(is).map(|(_, scale)| *scale)
    }
}

const NONE: Spelled = Spelled {
    and: "",
    units: &[],
    tens: &[],
    scales: &[],
};

const ENGLISH: Spelled = Spelled {
    and: "and",
    units: &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ],
    tens: &[
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ],
    scales: &[
        ("dozen", 12.0),
        ("hundred", 100.0),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
    ],
};

const GERMAN: Spelled = Spelled {
    and: "",
    units: &[
        "null",
        "eins",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
        "dreizehn",
        "vierzehn",
        "fünfzehn",
        "sechzehn",
        "siebzehn",
        "achtzehn",
        "neunzehn",
    ],
    tens: &[
        "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
    ],
    scales: &[
        ("dutzend", 12.0),
        ("hundert", 100.0),
        ("tausend", 1e3),
        ("million", 1e6),
        ("millionen", 1e6),
        ("milliarde", 1e9),
        ("milliarden", 1e9),
        ("billionen", 1e12),
    ],
};

const FRENCH: Spelled = Spelled {
    and: "et",
    units: &[
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize",
    ],
    tens: &["vingt", "trente", "quarante", "cinquante", "soixante"],
    scales: &[
        ("cent", 100.0),
        ("cents", 100.0),
        ("mille", 1e3),
        ("million", 1e6),
        ("millions", 1e6),
        ("milliard", 1e9),
        ("milliards", 1e9),
    ],
};

const SPANISH: Spelled = Spelled {
    and: "y",
    units: &[
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciséis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
    ],
    tens: &[
        "veinte",
        "treinta",
        "cuarenta",
        "cincuenta",
        "sesenta",
        "setenta",
        "ochenta",
        "noventa",
    ],
    scales: &[("mil", 1e3), ("millón", 1e6), ("millones", 1e6)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::segment;

    /// The numbers of a text, in order.
    fn numbers(language: &str, text: &str) -> Vec<String> {
        let words: Vec<_> = segment::words(text).collect();
        let (mut at, mut found) = (0, Vec::new());
        while at < words.len() {
            match number_at(text, &words[at..], language) {
                Some(number) => {
                    at += number.words;
                    found.push(number.key);
                }
                None => at += 1,
            }
        }
        found
    }

    #[test]
    fn spellings_of_a_number_are_one() {
        for text in [
            "12,000",
            "12.000",
            "12 000",
            "12\u{202F}000",
            "twelve thousand",
            "12 thousand",
            "Twelve thousand",
        ] {
            assert_eq!(numbers("en", text), ["12000"], "{text}");
        }
        assert_eq!(
            numbers("en", "twenty-four, 24, Twenty four"),
            ["24", "24", "24"]
        );
        assert_eq!(
            numbers("en", "1.5 million; two hundred and five; a dozen; £80m"),
            ["1500000", "205", "12"]
        );
        assert_eq!(
            numbers("en", "3.5 per cent of 1,250.75"),
            ["3.5", "1250.75"]
        );
        assert_eq!(
            numbers("de", "zwölf tausend, 2,1 Millionen, Dutzend"),
            ["12000", "2100000", "12"]
        );
        assert_eq!(numbers("fr", "vingt et trois cents"), ["20", "300"]);
        assert_eq!(numbers("xx", "seven 7"), ["7"]);
        assert_eq!(numbers("fa", "۱۲٬۰۰۰ و ۵"), ["12000", "5"]);
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        assert_eq!(
            numbers("en", "one of them, no one, v1.2.3, 3rd, hundreds"),
            Vec::<String>::new()
        );
        assert_eq!(numbers("en", "in 2019 300 people"), ["2019", "300"]);
        assert_eq!(numbers("en", "two and three"), ["2", "3"]);
        assert_eq!(numbers("en", &"9".repeat(400)), Vec::<String>::new());
    }
}
