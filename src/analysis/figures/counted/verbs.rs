//! Verbs that their form or their place tells: participles behind an auxiliary, endings that only verbs have.
//!
//! Invariant: looks at a few tokens around the word; the endings are those of a language, never of a subject.

use super::super::words::{
    ADJECTIVE, ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, CURRENCY, DETERMINER, FATE, Language, OF,
    PREPOSITION, PRONOUN, SCALE, SMALL, VAGUE,
};
use super::Reading;

/// Prefixes that stand before the "ge" of a German participle: "niedergelegt".
const SEPARABLE: &[&str] = &[
    "ab", "an", "auf", "aus", "bei", "ein", "fest", "fort", "frei", "her", "hin", "los", "mit",
    "nach", "nieder", "statt", "teil", "um", "vor", "weg", "wieder", "zu", "zurück", "zusammen",
];

/// How many words stand between an auxiliary and its participle at most, beside adverbs.
const BETWEEN: usize = 3;

impl Reading<'_, '_> {
    /// Whether a lower-case German word has the form of a verb.
    pub(super) fn is_german_verb(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let plain = !token.is_capital() && token.lower.len() > 4;
        let noun_follows = self
            .get(at + 1)
            .is_some_and(|next| next.is_word() && next.is_capital());
        let after_pronoun = self.before(at).is_some_and(|before| {
            matches!(
                before.lower.as_str(),
                "er" | "sie" | "es" | "wir" | "ich" | "man"
            )
        }) && ["t", "en", "e"]
            .iter()
            .any(|ending| token.lower.ends_with(ending));
        plain
            && (self.is_german_participle(at)
                || after_pronoun
                || token.lower.ends_with("ten")
                || token.lower.ends_with("te")
                || token.is(FATE))
            && !noun_follows
    }

    /// "gezählt", "niedergelegt", and at the end of a clause "verloren", "bewilligt".
    pub(super) fn is_german_participle(&self, at: usize) -> bool {
        let Some(token) = self.get(at).filter(|token| token.is_word()) else {
            return false;
        };
        if token.is_capital()
            || token.is(AUXILIARY | ADVERB | PREPOSITION | DETERMINER | CONJUNCTION | PRONOUN)
        {
            return false;
        }
        let word = token.lower.as_str();
        if !(word.ends_with('t') || word.ends_with("en")) || word.len() < 5 {
            return false;
        }
        let opens = |word: &str| word.starts_with("ge") && word.len() > 5;
        let separable = SEPARABLE
            .iter()
            .any(|prefix| word.strip_prefix(prefix).is_some_and(opens));
        let joined = ["be", "emp", "ent", "er", "ver", "zer", "miss"]
            .iter()
            .any(|prefix| word.starts_with(prefix))
            && self
                .get(at + 1)
                .is_none_or(|next| next.is_any_mark() || next.is(AUXILIARY | CONJUNCTION));
        opens(word) || separable || joined
    }

    /// "ont été évacués", "perdu", "han sido detenidas": a participle behind its auxiliary; endings that only verbs have.
    pub(super) fn is_romance_verb(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        if token.is(FATE) {
            return true;
        }
        if token.is(DETERMINER | ARTICLE | PRONOUN | CONJUNCTION | SMALL | SCALE | VAGUE | OF)
            || token.is_capital()
        {
            return false;
        }
        let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
        let (finite, participle) = match self.language {
            Language::French => (
                word.len() > 5 && ends(&["aient", "èrent", "irent", "urent"]),
                ends(&[
                    "é", "ée", "és", "ées", "i", "ie", "is", "ies", "it", "ite", "its", "ites",
                    "u", "ue", "us", "ues", "ert", "erts", "erte", "ertes", "eint", "eints",
                ]),
            ),
            Language::Spanish => (
                word.len() > 4 && ends(&["aron", "eron", "ó", "aban"]),
                ends(&[
                    "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "cho", "chos",
                    "cha", "chas", "erto", "ertos", "erta", "ertas", "sto", "stos", "crito",
                ]),
            ),
            Language::English | Language::German | Language::Continental | Language::Other => {
                (false, false)
            }
        };
        finite || participle && word.len() > 2 && self.has_auxiliary_before(at)
    }

    /// "broken", "shown", "led" right behind "had been".
    pub(super) fn is_english_participle(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let word = token.lower.as_str();
        let form = word.len() > 4 && word.ends_with("en")
            || word.len() > 4 && (word.ends_with("wn") || word.ends_with("orn"));
        form && !token.is(ADJECTIVE | DETERMINER | PRONOUN | CONJUNCTION | SMALL)
            && !matches!(
                word,
                "children" | "women" | "often" | "seven" | "eleven" | "citizen"
            )
            && self.has_auxiliary_before(at)
    }

    /// Whether a form of "be" or "have" stands before a word, with nothing but adverbs between.
    fn has_auxiliary_before(&self, at: usize) -> bool {
        let mut before = at;
        for _ in 0..BETWEEN {
            let Some(next) = before.checked_sub(1) else {
                return false;
            };
            before = next;
            let token = &self.tokens[before];
            if token.is(AUXILIARY) {
                return true;
            }
            let is_filling = token.is(ADVERB | PRONOUN) && !token.is(DETERMINER)
                || token.lower.ends_with("ment")
                || token.lower.ends_with("ly")
                || matches!(token.lower.as_str(), "jamais" | "tous" | "toutes" | "nunca");
            if !is_filling {
                return false;
            }
        }
        false
    }

    /// "The register lists 97 names", "the square measures 130 metres": a word in s between its subject and a number.
    pub(super) fn is_verb_before_number(&self, at: usize) -> bool {
        if self.language != Language::English {
            return false;
        }
        let Some(token) = self.get(at).filter(|token| token.is_word()) else {
            return false;
        };
        let word = token.lower.as_str();
        let form = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        let is_other = token.is(ADVERB
            | PREPOSITION
            | AUXILIARY
            | DETERMINER
            | CONJUNCTION
            | PRONOUN
            | SMALL
            | SCALE
            | VAGUE)
            || token.is_capital();
        let subject = self.before(at).is_some_and(|before| {
            before.is_word()
                && !before.is(PREPOSITION | ARTICLE | ADJECTIVE | OF | CONJUNCTION | AUXILIARY)
                && (!before.is(DETERMINER) || before.is(PRONOUN))
                && !before.lower.ends_with('s')
                && !before.lower.ends_with("ed")
                && !before.is(SMALL | SCALE | VAGUE)
        });
        let is_first = || !(self.clause_start(at)..at).any(|at| self.is_verb(at));
        form && !is_other && subject && self.opens_amount(at + 1) && is_first()
    }

    /// Whether a number opens at a token, a hedge of up to two words before it.
    fn opens_amount(&self, at: usize) -> bool {
        (at..at + 4)
            .find(|at| {
                !self.get(*at).is_some_and(|token| {
                    token.is(ADVERB | ARTICLE | CURRENCY)
                        || matches!(
                            token.lower.as_str(),
                            "over" | "up" | "to" | "under" | "between"
                        )
                })
            })
            .is_some_and(|at| self.is_number(at))
    }
}
