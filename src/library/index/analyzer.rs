//! Text as it is indexed: the words of UAX #29, each folded and stemmed by the language of its document; scripts without spaces
//! between words, and Korean, by pairs of characters.
//!
//! Invariant: what a document holds is cut up as a query is, so that a word finds itself in any spelling that [`stem::fold`] makes
//! equal.

use crate::text::stem::{self, Stemmer};
use crate::text::{char_boundary_at_or_before, segment};
use foldhash::{HashMap, HashMapExt as _};

/// Words whose forms are kept, per language; with more, that begins afresh.
const KEPT_WORDS: usize = 1 << 16;
/// Longer words are cut: they are no words.
const LONGEST_WORD_BYTES: usize = 96;

/// Separates the terms of a text on their way into the index: no word holds it.
pub const SEPARATOR: char = '\n';

/// A text in terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Folded and stemmed, in order: what words and phrases are looked for among. Pairs of characters where words are not told apart.
    pub stems: String,
    /// Folded, not stemmed: what the start of a word is looked for among. Single characters besides their pairs. On its way into the
    /// index only what is not among the stems as it is, and that once.
    pub words: String,
}

/// The forms of a word.
struct Forms {
    stem: Box<str>,
    folded: Box<str>,
    is_own_stem: bool,
    /// The last text in which it stood, by its number among those that this analyzer has cut up.
    stood_in: u64,
}

impl Forms {
    /// Whether a text has not had the word so far.
    fn is_new_in(&mut self, text_number: u64) -> bool {
        std::mem::replace(&mut self.stood_in, text_number) != text_number
    }
}

struct Language {
    code: String,
    stemmer: Stemmer,
    /// Where the forms of a word stand among `forms`.
    known: HashMap<Box<str>, usize>,
    forms: Vec<Forms>,
}

/// Cuts up texts; not shared between threads, so that none waits for another.
#[derive(Default)]
pub struct Analyzer {
    languages: Vec<Language>,
    texts: u64,
}

impl Analyzer {
    /// A text in a language (ISO 639-1; anything else is not stemmed).
    pub fn analyze(&mut self, text: &str, code: &str) -> Terms {
        self.cut_up(text, code, None)
    }

    /// As [`Analyzer::analyze`], with a spelling of a word among the unstemmed ones only where it is not its own stem, and once: the index
    /// asks there only whether it stands in a text at all, and putting a term into it is what takes longest.
    pub fn analyze_for_index(&mut self, text: &str, code: &str) -> Terms {
        self.texts += 1;
        self.cut_up(text, code, Some(self.texts))
    }

    /// `text_number`: of a text that is on its way into the index.
    fn cut_up(&mut self, text: &str, code: &str, text_number: Option<u64>) -> Terms {
        let language = self.language(code);
        let mut terms = Terms {
            stems: String::with_capacity(text.len()),
            words: String::with_capacity(text.len()),
        };
        let mut run: Option<(usize, usize)> = None;
        for (span, word) in segment::words(text) {
            let (start, end) = (span.start as usize, span.end as usize);
            let is_unspaced = word.chars().next().is_some_and(is_unspaced);
            if let Some((from, to)) = run {
                if is_unspaced && to == start {
                    run = Some((from, end));
                    continue;
                }
                let run_of = text.get(from..to).unwrap_or_default();
                language.add_pairs(run_of, text_number, &mut terms);
                run = None;
            }
            if is_unspaced {
                run = Some((start, end));
                continue;
            }
            let word = word
                .get(..char_boundary_at_or_before(word, LONGEST_WORD_BYTES))
                .unwrap_or_default();
            let forms = language.forms(word);
            push(&mut terms.stems, &forms.stem);
            if text_number.is_none_or(|number| !forms.is_own_stem && forms.is_new_in(number)) {
                push(&mut terms.words, &forms.folded);
            }
        }
        if let Some((from, to)) = run {
            let run_of = text.get(from..to).unwrap_or_default();
            language.add_pairs(run_of, text_number, &mut terms);
        }
        terms
    }

    fn language(&mut self, code: &str) -> &mut Language {
        let at = self
            .languages
            .iter()
            .position(|language| language.code == code);
        let at = at.unwrap_or_else(|| {
            self.languages.push(Language {
                code: code.to_owned(),
                stemmer: Stemmer::new(code),
                known: HashMap::new(),
                forms: Vec::new(),
            });
            self.languages.len() - 1
        });
        &mut self.languages[at]
    }
}

impl Language {
    fn forms(&mut self, word: &str) -> &mut Forms {
        // A word that is known, as nearly all are, is looked up once, and not copied.
        let at = match self.known.get(word) {
            Some(at) => *at,
            None => self.learn(word),
        };
        &mut self.forms[at]
    }

    fn learn(&mut self, word: &str) -> usize {
        if self.forms.len() >= KEPT_WORDS {
            self.known.clear();
            self.forms.clear();
        }
        let stem = without_separator(self.stemmer.stem_once(word));
        let folded = without_separator(stem::fold(word, &self.code));
        self.forms.push(Forms {
            is_own_stem: stem == folded,
            stem,
            folded,
            stood_in: 0,
        });
        let at = self.forms.len() - 1;
        self.known.insert(word.into(), at);
        at
    }

    /// Adds the pairs of neighbouring characters in a run of a script without spaces; one that stands alone by itself.
    fn add_pairs(&mut self, run: &str, text_number: Option<u64>, terms: &mut Terms) {
        let folded = stem::fold(run, "");
        let pieces: Vec<&str> = segment::graphemes(&folded)
            .map(|(_, piece)| piece)
            .collect();
        for piece in &pieces {
            // One that stands alone is among the stems.
            let is_new = |number| pieces.len() > 1 && self.forms(piece).is_new_in(number);
            if text_number.is_none_or(is_new) {
                push(&mut terms.words, piece);
            }
        }
        if let [only] = pieces[..] {
            push(&mut terms.stems, only);
        }
        for pair in pieces.windows(2) {
            let pair = pair.concat();
            push(&mut terms.stems, &pair);
            if text_number.is_none() {
                push(&mut terms.words, &pair);
            }
        }
    }
}

/// A word holds no separator by UAX #29; a stemmer could still be wrong one day.
fn without_separator(term: String) -> Box<str> {
    if term.contains(SEPARATOR) {
        return term.replace(SEPARATOR, " ").into();
    }
    term.into()
}

fn push(terms: &mut String, term: &str) {
    if !terms.is_empty() {
        terms.push(SEPARATOR);
    }
    terms.push_str(term);
}

/// Letters of scripts that put no spaces between words, and Korean syllables, to whose words much is joined.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' // Thai, Lao, Burmese, Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' // Kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Han
        | '\u{AC00}'..='\u{D7A3}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str, language: &str) -> String {
        Analyzer::default()
            .analyze(text, language)
            .stems
            .replace('\n', " ")
    }

    #[test]
    fn words_are_stemmed_by_their_language() {
        assert_eq!(
            stems("The protesters’ anti-war protests", "en"),
            "the protest anti war protest"
        );
        assert_eq!(stems("Häfen", "de"), stems("Hafen", "de"));
        assert_eq!(stems("L’armée", "fr"), stems("armées", "fr"));
        assert_eq!(stems("ايراني کتاب", "fa"), stems("ایرانی كتاب", "fa"));
    }

    #[test]
    fn unstemmed_words_are_kept_beside_the_stems() {
        let terms = Analyzer::default().analyze("Protesting loudly", "en");
        assert_eq!(terms.words, "protesting\nloudly");
    }

    #[test]
    fn a_spelling_that_is_not_its_own_stem_stands_once_among_the_unstemmed_words_of_the_index() {
        let mut analyzer = Analyzer::default();
        for _ in 0..2 {
            let terms = analyzer.analyze_for_index("protest protests Protest protests", "en");
            assert_eq!(terms.stems, "protest\nprotest\nprotest\nprotest");
            assert_eq!(terms.words, "protests");
        }
        assert_eq!(analyzer.analyze("port port", "en").words, "port\nport");
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(
            stems("他来了。Python 示威者", "zh"),
            "他来 来了 python 示威 威者"
        );
        assert_eq!(stems("抗", "zh"), "抗");
        assert_eq!(stems("ひらがなカタ", "ja"), "ひら らが がな なカ カタ");
        assert_eq!(stems("시위대가 왔다", "ko"), "시위 위대 대가 왔다");
        let terms = Analyzer::default().analyze_for_index("示威示威", "zh");
        assert_eq!(terms.stems, "示威\n威示\n示威");
        assert_eq!(terms.words, "示\n威");
        let terms = Analyzer::default().analyze("示威", "zh");
        assert_eq!(
            terms.words.split('\n').collect::<Vec<_>>(),
            ["示", "威", "示威"]
        );
    }

    #[test]
    fn a_word_of_a_million_letters_is_cut() {
        let long = "é".repeat(1 << 20);
        assert!(Analyzer::default().analyze(&long, "en").stems.len() <= LONGEST_WORD_BYTES);
    }
}
