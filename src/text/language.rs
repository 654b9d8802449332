//! The language a text is written in.
//!
//! Invariant: looks at no more than the first [`READ_BYTES`] of a text, and gives no answer where it is not sure.

use whatlang::Lang;

/// Bytes looked at; trigrams settle long before.
pub const READ_BYTES: usize = 16 * 1024;

/// Below this a short text could be several languages.
const MIN_CONFIDENCE: f64 = 0.8;

/// The ISO 639-1 code of the language `text` is written in; `None` where the text is too short or too mixed to say.
pub fn detect(text: &str) -> Option<&'static str> {
    let start = text.get(..super::char_boundary_at_or_before(text, READ_BYTES))?;
    let found = whatlang::detect(start)?;
    let is_sure = found.is_reliable() || found.confidence() >= MIN_CONFIDENCE;
    is_sure.then(|| code(found.lang()))
}

/// The ISO 639-1 code of a language given in ISO 639-3 by `whatlang`.
fn code(language: Lang) -> &'static str {
    match language {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_given_its_language() {
        let samples = [
            (
                "en",
                "The harbour was closed for three days because nobody could agree who should pay for the repair of the crane.",
            ),
            (
                "de",
                "Der Hafen blieb drei Tage geschlossen, weil sich niemand einigen konnte, wer den Kran bezahlen sollte.",
            ),
            (
                "fr",
                "Le port est resté fermé pendant trois jours parce que personne ne savait qui devait payer la réparation.",
            ),
            (
                "fa",
                "بندر سه روز بسته بود چون هیچ‌کس نمی‌دانست چه کسی باید هزینه‌ی تعمیر را بپردازد.",
            ),
            ("el", "Το λιμάνι έμεινε κλειστό για τρεις ημέρες."),
        ];
        for (expected, text) in samples {
            assert_eq!(detect(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_without_words_has_no_language() {
        assert_eq!(detect(""), None);
        assert_eq!(detect("12 + 30 = 42"), None);
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(
            detect(&"é".repeat(READ_BYTES)).unwrap_or("none").len() % 2,
            0
        );
    }
}
