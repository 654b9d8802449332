//! Whether a passage goes on with what the passage before it was about, from its form alone.
//!
//! The words are pronouns and demonstratives that open a sentence and point back (closed classes, by language).

use crate::text::segment;

/// Words a passage may have and still count as short. On the tuning half of `tests/labelled` shortness of 7 words or
/// more only added wrong tags (4 at 12 words, 11 at 30) and no right one.
pub const SHORT_WORDS: usize = 6;

/// Whether the passage ends in a question.
pub fn is_question(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | ')' | ']' | '»' | '«' | '\u{201c}'
                    ..='\u{201f}' | '\u{2018}' | '\u{2019}'
            )
    });
    end.ends_with(['?', '؟', '？', '\u{37e}', '⁇', '⁈'])
}

/// Whether the passage has few words.
pub fn is_short(text: &str, short_words: usize) -> bool {
    segment::words(text).nth(short_words).is_none()
}

/// Whether the passage opens with a word that points back, in the language (ISO 639-1).
pub fn points_back(text: &str, language: &str) -> bool {
    let Some((_, first)) = segment::words(text).next() else {
        return false;
    };
    let first = first.to_lowercase();
    // "It's", "that's", "they'd" point back as "it" does.
    let first = first.split(['\'', '\u{2019}']).next().unwrap_or(&first);
    openers(language).contains(&first)
}

fn openers(language: &str) -> &'static [&'static str] {
    // The region (`en-GB`) changes no word.
    match language.split(['-', '_']).next().unwrap_or_default() {
        "en" => &[
            "it", "its", "this", "that", "these", "those", "they", "their", "them", "he", "his",
            "him", "she", "her", "such", "both", "neither", "none", "some",
        ],
        "de" => &[
            "er", "sie", "es", "sein", "seine", "ihr", "ihre", "dies", "diese", "dieser", "dieses",
            "diesem", "diesen", "jene", "jener", "jenes", "solche", "beide", "keiner", "deren",
            "dessen", "dabei", "damit", "daran", "darauf", "dafür", "dagegen",
        ],
        "fr" => &[
            "il", "elle", "ils", "elles", "ce", "cet", "cette", "ces", "c", "cela", "ceci", "leur",
            "leurs", "celui", "celle", "ceux", "celles", "tous", "aucun", "aucune",
        ],
        "es" => &[
            "él", "ella", "ellos", "ellas", "esto", "eso", "este", "esta", "estos", "estas", "ese",
            "esa", "esos", "esas", "aquel", "aquella", "aquellos", "su", "sus", "ambos", "ninguno",
        ],
        "it" => &[
            "egli", "esso", "essa", "essi", "esse", "questo", "questa", "questi", "queste",
            "quello", "quella", "quelli", "quelle", "ciò", "entrambi", "nessuno", "loro", "lui",
            "lei",
        ],
        "pt" => &[
            "ele", "ela", "eles", "elas", "isto", "isso", "este", "esta", "estes", "estas", "esse",
            "essa", "esses", "essas", "aquele", "aquela", "seu", "sua", "seus", "suas", "ambos",
            "nenhum",
        ],
        "nl" => &[
            "het", "hij", "zij", "ze", "dit", "dat", "deze", "die", "hun", "haar", "zijn", "zulke",
            "beide", "geen",
        ],
        "ru" => &[
            "он",
            "она",
            "оно",
            "они",
            "это",
            "этот",
            "эта",
            "эти",
            "тот",
            "та",
            "те",
            "его",
            "её",
            "их",
            "такой",
            "такая",
            "такие",
            "оба",
        ],
        "tr" => &[
            "bu", "bunlar", "bunun", "o", "onlar", "onun", "onların", "şu", "şunlar",
        ],
        "fa" => &["این", "آن", "اینها", "آنها", "او", "ایشان", "همین", "همان"],
        "ar" => &[
            "هذا",
            "هذه",
            "هؤلاء",
            "ذلك",
            "تلك",
            "أولئك",
            "هو",
            "هي",
            "هم",
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_is_seen_through_closing_marks() {
        assert!(is_question("Why?\u{201d} "));
        assert!(is_question("چرا؟"));
        assert!(!is_question("Why? Nobody knew."));
    }

    #[test]
    fn pronouns_point_back_and_articles_do_not() {
        assert!(points_back("It\u{2019}s over.", "en"));
        assert!(points_back("\u{201c}They left.\u{201d}", "en"));
        assert!(points_back("Diese Zahl ist umstritten.", "de"));
        assert!(!points_back("The minister left.", "en"));
        assert!(!points_back("", "en"));
    }

    #[test]
    fn shortness_counts_words() {
        assert!(is_short("one two three", 3));
        assert!(!is_short("one two three four", 3));
    }
}
