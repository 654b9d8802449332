//! Where a word may be divided at the end of a row, by its language.
//!
//! Source: F. M. Liang, Word Hy-phen-a-tion by Com-put-er (1983); the patterns are those of TeX, as `hypher` has them. Invariant: a place is
//! between two letters, and enough of the word stands on both sides of it, as its language wants.

use hypher::Lang;

/// The languages whose words are divided (ISO 639-1).
const LANGUAGES: [(&str, Lang); 6] = [
    ("de", Lang::German),
    ("en", Lang::English),
    ("es", Lang::Spanish),
    ("fr", Lang::French),
    ("it", Lang::Italian),
    ("pt", Lang::Portuguese),
];

/// Shorter words stay whole, in characters.
const SHORTEST: usize = 5;
/// Longer ones are no words, in bytes.
const LONGEST: usize = 120;

/// Divides the words of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hyphenation(Lang);

impl Hyphenation {
    /// Of a language (ISO 639-1, or a tag that begins with it); `None` where its words are not divided.
    pub fn of(language: &str) -> Option<Self> {
        let code = language.split(['-', '_']).next()?;
        let known = LANGUAGES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(code));
        known.map(|(_, language)| Self(*language))
    }

    /// The places in a word with its punctuation at which it may be divided, in bytes, in order. Only what is nothing but letters is: no
    /// address, no number, nothing with a hyphen or an apostrophe of its own.
    pub fn points(self, word: &str) -> Vec<usize> {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        let start = word.len() - word.trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let is_word = bare.len() <= LONGEST
            && bare.chars().all(char::is_alphabetic)
            && bare.chars().count() >= SHORTEST;
        let lower = bare.to_lowercase();
        // A place in the one is a place in the other only where no letter changes its length.
        if !is_word || lower.len() != bare.len() {
            return Vec::new();
        }
        let mut at = 0;
        let syllables = hypher::hyphenate(&lower, self.0);
        let ends = syllables.map(|syllable| {
            at += syllable.len();
            at
        });
        let points = ends.filter(|end| *end < bare.len() && bare.is_char_boundary(*end));
        points.map(|end| start + end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str, language: &str) -> String {
        let hyphenation = Hyphenation::of(language).unwrap();
        let mut shown = word.to_owned();
        for point in hyphenation.points(word).into_iter().rev() {
            shown.insert(point, '-');
        }
        shown
    }

    #[test]
    fn words_are_divided_as_their_language_wants() {
        assert_eq!(divided("hyphenation", "en"), "hy-phen-ation");
        assert_eq!(divided("“Government,", "en-GB"), "“Gov-ern-ment,");
        assert_eq!(
            divided("Regierungssprecherin", "de"),
            "Re-gie-rungs-spre-che-rin"
        );
        assert_eq!(divided("gouvernement", "fr"), "gou-ver-ne-ment");
    }

    #[test]
    fn what_is_no_plain_word_stays_whole() {
        for word in [
            "dam",
            "https://example.org",
            "well-known",
            "l’armée",
            "12,000",
            "İstanbul",
            "",
        ] {
            assert_eq!(divided(word, "en"), word);
        }
        assert_eq!(Hyphenation::of("zh"), None);
        assert_eq!(Hyphenation::of(""), None);
    }
}
