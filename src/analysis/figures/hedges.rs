//! Words that bound or soften a number: "at least", "up to", "about", "or more".
//!
//! Invariant: a hedge stands right before or right after its number, in the same sentence.

use super::tokens::Token;
use super::words::Language;

/// What a hedge does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is the least.
    Least,
    /// It is the most.
    Most,
    /// It is about that.
    About,
}

type Table = &'static [(Bound, &'static [&'static str])];

const ENGLISH: Table = &[
    (
        Bound::Least,
        &[
            "at least",
            "more than",
            "greater than",
            "higher than",
            "over",
            "no less than",
            "no fewer than",
            "not less than",
            "not fewer than",
            "a minimum of",
            "minimum",
            "upwards of",
            "upward of",
            "above",
            "in excess of",
            "exceeding",
            "exceeds",
            "exceed",
            "exceeded",
            "well over",
            "just over",
            "slightly over",
            "slightly more than",
            "well above",
            "just above",
            "little more than",
            "surpassed",
            "surpassing",
            "topped",
            "well more than",
            "far more than",
            "much more than",
            "past",
            "beyond",
            "not under",
            "passed",
        ],
    ),
    (
        Bound::Most,
        &[
            "up to",
            "under",
            "fewer than",
            "less than",
            "at most",
            "as many as",
            "as much as",
            "no more than",
            "not more than",
            "below",
            "just under",
            "a maximum of",
            "maximum",
            "well under",
            "just below",
            "slightly less than",
            "slightly fewer than",
            "slightly under",
            "lower than",
            "at the most",
            "far fewer than",
            "far less than",
            "well below",
            "as high as",
            "not exceeding",
            "little less than",
            "much less than",
        ],
    ),
    (
        Bound::About,
        &[
            "about",
            "nearly",
            "roughly",
            "some",
            "almost",
            "an estimated",
            "around",
            "perhaps",
            "barely",
            "approximately",
            "estimated",
            "close to",
            "circa",
            "hardly",
            "scarcely",
            "approx",
            "near",
            "something like",
            "in the region of",
            "on the order of",
            "probably",
            "possibly",
            "maybe",
            "or so",
            "just about",
            "an average of",
            "an approximate",
            "somewhere around",
            "an expected",
            "a reported",
            "a projected",
            "reportedly",
            "virtually",
            "ca",
            "nearer",
            "closer to",
            "the estimated",
        ],
    ),
];

const GERMAN: Table = &[
    (
        Bound::Least,
        &[
            "mindestens",
            "mehr als",
            "über",
            "wenigstens",
            "nicht weniger als",
            "zumindest",
            "gut",
        ],
    ),
    (
        Bound::Most,
        &[
            "bis zu",
            "höchstens",
            "weniger als",
            "unter",
            "maximal",
            "nicht mehr als",
        ],
    ),
    (
        Bound::About,
        &[
            "rund",
            "etwa",
            "circa",
            "ca",
            "ungefähr",
            "knapp",
            "fast",
            "annähernd",
            "nahezu",
            "schätzungsweise",
            "gegen",
            "beinahe",
            "kaum",
            "um die",
        ],
    ),
];

const FRENCH: Table = &[
    (
        Bound::Least,
        &[
            "au moins",
            "plus de",
            "plus d'",
            "pas moins de",
            "au minimum",
        ],
    ),
    (
        Bound::Most,
        &[
            "jusqu'à",
            "jusqu' à",
            "moins de",
            "moins d'",
            "au plus",
            "au maximum",
            "pas plus de",
        ],
    ),
    (
        Bound::About,
        &[
            "environ",
            "près de",
            "près d'",
            "quelque",
            "autour de",
            "presque",
            "à peu près",
            "à peine",
            "approximativement",
        ],
    ),
];

const SPANISH: Table = &[
    (
        Bound::Least,
        &[
            "al menos",
            "más de",
            "por lo menos",
            "no menos de",
            "como mínimo",
        ],
    ),
    (
        Bound::Most,
        &["hasta", "menos de", "como máximo", "no más de"],
    ),
    (
        Bound::About,
        &[
            "unos",
            "unas",
            "cerca de",
            "alrededor de",
            "casi",
            "aproximadamente",
            "en torno a",
            "apenas",
        ],
    ),
];

fn table(language: Language) -> Table {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::French => FRENCH,
        Language::Spanish => SPANISH,
        Language::Continental | Language::Other => &[],
    }
}

/// The hedge that ends right before a token, not before `floor`: where it opens, and what it does. The longest counts.
pub fn before(
    tokens: &[Token],
    end: usize,
    floor: usize,
    language: Language,
) -> Option<(usize, Bound)> {
    let mut best: Option<(usize, Bound)> = None;
    for (bound, phrases) in table(language) {
        for phrase in *phrases {
            if let Some(from) = ends_with(tokens, end, floor, phrase)
                && best.is_none_or(|(best, _)| from < best)
            {
                best = Some((from, *bound));
            }
        }
    }
    let (from, bound) = best?;
    // "down from more than", "the highest so far above": "above" and "past" bound only after a verb or an opening.
    let opener = from
        .checked_sub(1)
        .map_or("", |before| tokens[before].lower.as_str());
    let doubtful = matches!(
        tokens[from].lower.as_str(),
        "past" | "near" | "below" | "above" | "beyond"
    );
    if doubtful && matches!(opener, "the" | "in" | "for" | "over" | "during") {
        return None;
    }
    Some((from, bound))
}

/// Where a phrase opens that ends before `end`.
fn ends_with(tokens: &[Token], end: usize, floor: usize, phrase: &str) -> Option<usize> {
    let mut at = end;
    for word in phrase.rsplit(' ') {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        if tokens[at].lower != word {
            return None;
        }
    }
    Some(at)
}

/// "150 or more", "20 or so", "500+", "and counting".
pub fn after(tokens: &[Token], at: usize, language: Language) -> Option<((usize, usize), Bound)> {
    let word = |n: usize| tokens.get(at + n).map_or("", |token| token.lower.as_str());
    if word(0) == "+" && tokens[at].glued {
        return Some(((at, at + 1), Bound::Least));
    }
    let bound = match (language, word(0), word(1)) {
        (Language::English, "or", "more")
        | (Language::German, "oder", "mehr")
        | (Language::French, "ou", "plus")
        | (Language::Spanish, "o", "más")
        | (Language::English, "at", "least") => Bound::Least,
        (Language::English, "or", "fewer" | "less")
        | (Language::German, "oder", "weniger")
        | (Language::French, "ou", "moins")
        | (Language::English, "at", "most") => Bound::Most,
        (Language::English, "or", "so" | "thereabouts") => Bound::About,
        _ => return None,
    };
    Some(((at, at + 2), bound))
}
