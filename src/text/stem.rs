//! Words brought to the form in which they are compared: folded, and stemmed by their language.
//!
//! Invariant: the form of a word depends on the word and the language alone. Folding is: lower case, one form for
//! each apostrophe and hyphen, invisible characters gone, Arabic letters, digits and vowel signs folded, NFC,
//! possessive 's and (French, Italian, Catalan) elided articles dropped. Stemming is Snowball's
//! (`rust-stemmers`), on what follows the last hyphen; Korean loses its particles; a language without a stemmer keeps the folded form.

mod korean;

use foldhash::{HashMap, HashSet, HashSetExt};
use rust_stemmers::Algorithm;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use unicode_normalization::UnicodeNormalization;

/// Words whose stems are kept, per stemmer; with more, it starts afresh. About 10 MB.
const KEPT_WORDS: usize = 1 << 16;
/// Longer words are folded, but neither stemmed nor kept: they are no words.
const LONGEST_WORD_BYTES: usize = 96;

/// The comparing form of words in one language.
pub struct Stemmer {
    language: String,
    snowball: Option<rust_stemmers::Stemmer>,
    stop_words: &'static HashSet<String>,
    known: Mutex<HashMap<Box<str>, Arc<str>>>,
}

impl Stemmer {
    /// For a language by its ISO 639-1 code (`en`, `en-GB`); an unknown one is folded but not stemmed.
    pub fn new(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let language = match primary.to_lowercase().as_str() {
            "nb" | "nn" => "no".to_owned(),
            other => other.to_owned(),
        };
        Self {
            snowball: algorithm(&language).map(rust_stemmers::Stemmer::create),
            stop_words: stop_words(&language),
            language,
            known: Mutex::default(),
        }
    }

    /// NFC, lower case, curly apostrophes folded, possessive 's dropped, stemmed.
    pub fn stem(&self, word: &str) -> String {
        self.shared_stem(word).to_string()
    }

    /// As [`Stemmer::stem`], without keeping it: for callers that remember words themselves, or on several threads.
    pub fn stem_once(&self, word: &str) -> String {
        self.work_out(word)
    }

    /// As [`Stemmer::stem`], without a copy where the word has been seen before.
    pub fn shared_stem(&self, word: &str) -> Arc<str> {
        self.look_up(&mut self.known(), word)
    }

    /// Whether the (unstemmed) word is a stop word of the language.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words
            .contains(fold(word, &self.language).as_str())
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Box<str>, Arc<str>>> {
        // Nothing is half done in the map when a thread ends in the middle of it.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_up(&self, known: &mut HashMap<Box<str>, Arc<str>>, word: &str) -> Arc<str> {
        if let Some(stem) = known.get(word) {
            return Arc::clone(stem);
        }
        let stem: Arc<str> = self.work_out(word).into();
        if word.len() <= LONGEST_WORD_BYTES {
            if known.len() >= KEPT_WORDS {
                known.clear();
            }
            known.insert(word.into(), Arc::clone(&stem));
        }
        stem
    }

    fn work_out(&self, word: &str) -> String {
        let folded = fold(word, &self.language);
        if self.language == "ko" {
            return korean::without_particle(&folded).to_owned();
        }
        let Some(snowball) = &self.snowball else {
            return folded;
        };
        if folded.len() > LONGEST_WORD_BYTES {
            return folded;
        }
        match folded.rsplit_once('-') {
            Some((before, last)) if !last.is_empty() => format!("{before}-{}", snowball.stem(last)),
            Some(_) => folded,
            None => snowball.stem(&folded).into_owned(),
        }
    }
}

/// The form of a word in which two spellings of it are equal, unstemmed. `language` is an ISO 639-1 code.
pub fn fold(word: &str, language: &str) -> String {
    let mut folded = if word.is_ascii() && language != "tr" {
        word.to_ascii_lowercase()
    } else {
        lower(word, language)
            .chars()
            .filter_map(fold_char)
            .nfc()
            .collect()
    };
    for possessive in ["'s", "'"] {
        if let Some(rest) = folded.strip_suffix(possessive)
            && !rest.is_empty()
        {
            folded.truncate(rest.len());
            break;
        }
    }
    match folded.split_once('\'') {
        Some((article, rest)) if elided(language).contains(&article) && !rest.is_empty() => {
            rest.to_owned()
        }
        _ => folded,
    }
}

fn lower(word: &str, language: &str) -> String {
    let lower = if matches!(language, "tr" | "az") {
        word.replace('I', "ı").replace('İ', "i").to_lowercase()
    } else {
        word.to_lowercase()
    };
    // `İ` in lower case is an i with a second dot, which no other spelling of the name has.
    lower.replace("i\u{307}", "i")
}

/// One letter for letters that differ by keyboard only; none for what is not seen or not always written.
fn fold_char(c: char) -> Option<char> {
    Some(match c {
        '’' | '‘' | 'ʼ' | 'ʹ' | '′' | '＇' | '`' | '´' => '\'',
        '‐' | '‑' | '－' => '-',
        _ if is_left_out(c) => return None,
        // To the Arabic letters, not the Persian ones, because Snowball's Arabic knows these.
        'ی' | 'ى' | 'ې' | 'ے' => 'ي',
        'ک' | 'ڪ' => 'ك',
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ۀ' | 'ە' | 'ہ' | 'ھ' => 'ه',
        '\u{660}'..='\u{669}' => digit(c, 0x660)?,
        '\u{6F0}'..='\u{6F9}' => digit(c, 0x6F0)?,
        other => other,
    })
}

/// What is not seen (soft hyphen, joiners, zero-width spaces, bidi controls, variation selectors), and the signs that
/// careful spelling adds (tatweel, harakat, Hebrew points).
fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{610}'..='\u{61A}' | '\u{6D6}'..='\u{6DC}'
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}')
}

fn digit(c: char, zero: u32) -> Option<char> {
    char::from_digit((c as u32).checked_sub(zero)?, 10)
}

/// Articles and the like that lose their vowel before one, without the apostrophe.
fn elided(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &[
            "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
        ],
        "it" => &[
            "l", "un", "d", "c", "s", "dell", "all", "dall", "nell", "sull", "coll", "quell",
            "quest",
        ],
        "ca" => &["l", "d", "m", "t", "s", "n"],
        _ => &[],
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// The stop words of a language, folded; built once for each language a process asks for.
fn stop_words(language: &str) -> &'static HashSet<String> {
    static EMPTY: OnceLock<HashSet<String>> = OnceLock::new();
    static BUILT: Mutex<Vec<(&str, &HashSet<String>)>> = Mutex::new(Vec::new());
    let listed = STOP_WORDS
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .find(|(known, _)| *known == language);
    let Some((known, words)) = listed else {
        return EMPTY.get_or_init(HashSet::new);
    };
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, set)) = built.iter().find(|(built, _)| *built == known) {
        return set;
    }
    let set: HashSet<String> = words.split('\t').map(|word| fold(word, known)).collect();
    // Leaked on purpose: at most one set for each language of the list, for as long as the process runs.
    let set: &'static HashSet<String> = Box::leak(Box::new(set));
    built.push((known, set));
    set
}

/// A line for each language, its code and its words with tabs between them; written by `build.rs`.
const STOP_WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/stop_words.txt"));

#[cfg(test)]
mod tests {
    use super::super::segment;
    use super::*;

    fn stems(language: &str, text: &str) -> Vec<String> {
        let stemmer = Stemmer::new(language);
        segment::hyphenated_words(text)
            .map(|(_, word)| stemmer.stem(word))
            .collect()
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let english = Stemmer::new("en");
        for form in [
            "protest",
            "Protests",
            "PROTESTED",
            "protesting",
            "protest’s",
            "protest's",
        ] {
            assert_eq!(english.stem(form), "protest", "{form}");
        }
        assert_eq!(
            Stemmer::new("de").stem("Häfen"),
            Stemmer::new("de").stem("ha\u{308}fen")
        );
        assert_eq!(
            Stemmer::new("fr").stem("l’armée"),
            Stemmer::new("fr").stem("armées")
        );
    }

    #[test]
    fn hyphenated_words_are_one_and_stemmed_at_their_end() {
        assert_eq!(
            stems("en", "Anti-government follow-ups"),
            ["anti-govern", "follow-up"]
        );
        assert_eq!(stems("en", "1990-95 - yes"), ["1990", "95", "yes"]);
        assert_eq!(
            stems("en", "co\u{2011}operation"),
            stems("en", "co-operation")
        );
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_the_folded_word() {
        assert_eq!(Stemmer::new("xx").stem("Running’s"), "running");
    }

    #[test]
    fn persian_and_arabic_spellings_of_a_word_are_one() {
        let persian = Stemmer::new("fa");
        assert_eq!(persian.stem("ایرانی"), persian.stem("ايراني"));
        assert_eq!(persian.stem("کتاب"), persian.stem("كتاب"));
        assert_eq!(persian.stem("می\u{200C}روم"), persian.stem("میروم"));
        assert_eq!(persian.stem("مُحَمَّد"), persian.stem("محمـــد"));
        assert_eq!(persian.stem("۱۴۰۴"), "1404");
    }

    #[test]
    fn a_region_does_not_change_the_language() {
        assert_eq!(Stemmer::new("en-GB").stem("ports"), "port");
        assert_eq!(
            Stemmer::new("nb").stem("havnene"),
            Stemmer::new("no").stem("havnene")
        );
    }

    #[test]
    fn stop_words_are_known_in_any_spelling_and_content_words_are_none() {
        let english = Stemmer::new("en");
        for word in ["the", "The", "don’t", "don't", "IT’S"] {
            assert!(english.is_stop_word(word), "{word}");
        }
        for word in ["state", "states", "world", "number", "harbour"] {
            assert!(!english.is_stop_word(word), "{word}");
        }
        assert!(Stemmer::new("fa").is_stop_word("از"));
        assert!(!Stemmer::new("xx").is_stop_word("the"));
    }

    #[test]
    fn a_word_keeps_its_stem_when_the_memory_of_words_starts_afresh() {
        let english = Stemmer::new("en");
        let before = english.stem("ports");
        for number in 0..=KEPT_WORDS {
            english.shared_stem(&number.to_string());
        }
        assert!(english.known().len() <= KEPT_WORDS);
        assert_eq!(english.stem("ports"), before);
    }

    #[test]
    fn a_word_of_a_million_letters_is_folded_only() {
        let long = "A".repeat(1_000_000);
        assert_eq!(Stemmer::new("en").stem(&long).len(), long.len());
    }
}
