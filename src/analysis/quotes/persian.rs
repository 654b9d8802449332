//! Names in a script without capitals, by where they stand: after a title, between commas, as the subject of a verb that
//! reports speech. Written for Persian.
//!
//! Invariant: no list of names; a word is a name where the document itself uses it as one, and in no list of the language.

use super::lexicon::{LIGHT, PEOPLE, PREPOSITION, REPORTS, TITLES, VERB};
use super::names::KnownNames;
use super::reading::ReadPassage;
use super::tokens::{Token, TokenKind, sentences};
use foldhash::{HashSet, HashSetExt};

/// Words of the longest name.
const LONGEST: usize = 3;

/// Learns which words of the passages are names.
pub(super) fn learn_names(passages: &[ReadPassage<'_>], known: &mut KnownNames) {
    let pages = || {
        passages.iter().flat_map(|passage| {
            passage.streams.iter().map(|tokens| Page {
                text: passage.text,
                tokens,
            })
        })
    };
    for page in pages() {
        page.learn(known);
    }
    // A first name stands before a name that is known by now.
    let mut met = HashSet::new();
    for page in pages() {
        page.learn_first_names(known, &mut met);
    }
}

struct Page<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Page<'_> {
    fn learn(&self, known: &mut KnownNames) {
        for range in sentences(self.tokens) {
            let start = range.start;
            let subject = self.plain_words(start);
            // "Maryam Salehi, the director,"
            if subject > 0
                && self.is_comma(start + subject)
                && self.is(start + subject + 1, PEOPLE | TITLES)
            {
                self.add(start, subject, known);
            }
            // "Salehi said", "Rastgar told reporters after the match"
            let reports = range.clone().any(|at| self.is(at, REPORTS | LIGHT));
            if subject == 1
                && (self.is(start + 1, REPORTS) || (reports && self.is(start + 1, PREPOSITION)))
                && !self.is_plural(start)
            {
                self.add(start, 1, known);
            }
        }
        for at in 0..self.tokens.len() {
            // A title before a name.
            if self.is(at, TITLES) {
                let words = self.plain_words(at + 1).min(2);
                let ends = self.is(at + 1 + words, REPORTS | VERB) || self.ends(at + 1 + words);
                self.add(at + 1, if ends { words } else { words.min(1) }, known);
            }
            let words = self.plain_words(at + 1);
            if words == 0 {
                continue;
            }
            let closes = self.is_comma(at + 1 + words);
            // "the coach of the team, Farhad Danesh, laughed"
            let is_between =
                self.is_comma(at) && (closes || self.is(at + 1 + words, REPORTS | VERB));
            if is_between && self.has_person_before(at) {
                self.add(at + 1, words, known);
            }
            // "according to Bahram Kaveh, the architect,"
            if self.is_according(at) && (closes || self.ends(at + 1 + words)) {
                self.add(at + 1, words, known);
            }
            // "…", Salehi says.
            let after_quotation = at > 0 && self.is_comma(at) && self.tokens[at - 1].is_hole();
            if after_quotation && words == 1 && self.is(at + 2, REPORTS) && !self.is_plural(at + 1)
            {
                self.add(at + 1, 1, known);
            }
        }
    }

    /// The word before a name where that stands for the first time.
    fn learn_first_names(&self, known: &mut KnownNames, met: &mut HashSet<String>) {
        for at in 0..self.tokens.len() {
            let word = self.word(at);
            if !self.is_plain(at) || !known.holds(word) || !met.insert(word.to_owned()) {
                continue;
            }
            let first = at.wrapping_sub(1);
            if self.is_plain(first)
                && !self.tokens[at].opens_sentence
                && !self.is_plural(first)
                && !self.has_ezafe(first)
            {
                known.add_word(self.word(first));
                met.insert(self.word(first).to_owned());
            }
        }
    }

    fn add(&self, first: usize, words: usize, known: &mut KnownNames) {
        for at in first..first + words {
            known.add_word(self.word(at));
        }
    }

    /// How many words in a row from a token on are in no list; 0 where they are too many for a name.
    fn plain_words(&self, first: usize) -> usize {
        let words = (first..first + LONGEST + 1)
            .take_while(|at| {
                self.is_plain(*at) && (*at == first || !self.tokens[*at].opens_sentence)
            })
            .count();
        if words > LONGEST { 0 } else { words }
    }

    fn is_plain(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_word() && token.class == 0)
            && self.word(at).chars().count() > 1
    }

    fn is(&self, at: usize, class: super::lexicon::Class) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(class))
    }

    fn is_comma(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.kind == TokenKind::Comma)
    }

    fn ends(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_none_or(|token| !token.is_word() || token.opens_sentence)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .map_or("", |token| token.span.of(self.text))
    }

    /// A noun for a person, its possessive ending aside, opens the sentence shortly before a comma.
    fn has_person_before(&self, comma: usize) -> bool {
        let from = comma.saturating_sub(5);
        (from..comma)
            .rev()
            .take_while(|at| self.tokens[*at].is_word())
            .any(|at| self.is(at, PEOPLE | TITLES) || self.is_owned_person(at))
    }

    /// "Her apprentice" is one word.
    fn is_owned_person(&self, at: usize) -> bool {
        self.tokens[at].opens_sentence && self.word(at).ends_with(['ش', 'م'])
    }

    fn is_plural(&self, at: usize) -> bool {
        let word = self.word(at);
        word.ends_with("ها") || word.ends_with("های") || word.ends_with("ان")
    }

    /// Written with the sign that ties a noun to the next word.
    fn has_ezafe(&self, at: usize) -> bool {
        self.word(at).ends_with(['ٔ', 'ۀ']) || self.word(at).ends_with("\u{200c}ی")
    }

    fn is_according(&self, at: usize) -> bool {
        at > 0 && self.word(at - 1) == "به" && self.word(at).starts_with("گفته")
    }
}
