//! What a figure counts, and what is said of it.
//!
//! Invariant: a phrase that is named stands in the passage; what is elided is taken from an earlier figure of the same
//! passage, never from another.

mod beside;
mod carried;
mod kinds;
mod parts;
mod predicate;
mod verbs;

pub use parts::is_counting;

use super::FigureKind;
use super::grammar::Raw;
use super::tokens::Token;
use super::words::{
    ADJECTIVE, ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, FATE, FEW, Language, MONTH, OF,
    PEOPLE, PERCENT, PREPOSITION, PRONOUN, SAYING, SCALE, SMALL, TIME_UNIT, VAGUE, VERB, WEEKDAY,
};

/// Furthest a phrase or a verb is looked for, in tokens.
const REACH: usize = 40;

/// Most words of a phrase.
const PHRASE: usize = 6;

/// A phrase in tokens, and its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// First token.
    pub start: usize,
    /// One past its last.
    pub end: usize,
    /// Its head.
    pub head: usize,
}

/// A figure that was read before in the passage.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Its kind.
    pub kind: FigureKind,
    /// What it counts.
    pub noun: Option<Noun>,
    /// One past its last token.
    pub end: usize,
}

/// The tokens of a passage, with what reading them needs.
#[derive(Clone, Copy)]
pub struct Reading<'a, 't> {
    /// All of them.
    pub tokens: &'a [Token<'t>],
    /// Their language.
    pub language: Language,
}

impl<'t> Reading<'_, 't> {
    fn get(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at)
    }

    fn lower(&self, at: usize) -> &str {
        self.get(at).map_or("", |token| token.lower.as_str())
    }

    fn before(&self, at: usize) -> Option<&Token<'t>> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            token.digits().is_some() || token.is(SMALL | SCALE | VAGUE) && token.lower != "one"
        })
    }

    /// Whether a token may be a verb with a subject or a participle.
    pub fn is_verb(&self, at: usize) -> bool {
        let Some(token) = self.get(at).filter(|token| token.is_word()) else {
            return false;
        };
        if token.is_capital()
            && at > 0
            && !self.tokens[at - 1].is_any_mark()
            && !token.is(VERB | SAYING)
        {
            return false;
        }
        if token.is(VERB | SAYING) && !(token.is(SAYING) && token.is(PREPOSITION)) {
            // "the reports", "a claim", "the cost of", "22 counts": nouns of the same form.
            return !self.before(at).is_some_and(|before| {
                before.is(DETERMINER | ARTICLE | ADJECTIVE | OF)
                    && !matches!(before.lower.as_str(), "that" | "this" | "das" | "dies")
                    || (before.digits().is_some() || before.is(SMALL | SCALE))
                        && token.is(SAYING)
                        && token.lower.ends_with('s')
            });
        }
        if token.is(AUXILIARY | ADVERB | PREPOSITION) || token.is(TIME_UNIT | PERCENT) {
            return false;
        }
        let after_modal = self.before(at).is_some_and(|before| {
            matches!(
                before.lower.as_str(),
                "to" | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "must"
                    | "should"
                    | "shall"
            ) && !token.is_capital()
        });
        match self.language {
            Language::English => {
                let noun = self.before(at).is_some_and(|before| before.lower == "to")
                    && (token.lower.ends_with('s')
                        || self.get(at + 1).is_none_or(|next| {
                            next.is_any_mark() || next.is(CONJUNCTION | AUXILIARY)
                        }));
                if after_modal
                    && !noun
                    && !token.is(DETERMINER | ARTICLE | PRONOUN | SMALL | SCALE | VAGUE)
                {
                    return true;
                }
                let participle = token.lower.len() > 4
                    && (token.lower.ends_with("ed") && !token.lower.ends_with("eed"))
                    || token.is(FATE)
                        && matches!(
                            token.lower.as_str(),
                            "dead" | "hurt" | "missing" | "slain" | "homeless" | "wounded"
                        );
                participle && !self.is_attribute(at)
                    || self.is_english_participle(at)
                    || self.is_verb_before_number(at)
            }
            Language::German => self.is_german_verb(at),
            Language::French | Language::Spanish => self.is_romance_verb(at),
            Language::Continental | Language::Other => token.is(FATE),
        }
    }

    /// "armoured vehicles": a participle before a noun that no verb "be" or subject makes a verb.
    fn is_attribute(&self, at: usize) -> bool {
        let next = self.get(at + 1);
        let noun_follows = next.is_some_and(|next| {
            next.is_word()
                && !next.is(PREPOSITION
                    | CONJUNCTION
                    | DETERMINER
                    | ARTICLE
                    | PRONOUN
                    | AUXILIARY
                    | ADVERB
                    | SMALL
                    | SCALE
                    | VAGUE
                    | WEEKDAY)
                && next.lower.ends_with('s')
        });
        let opened = self.before(at).is_some_and(|before| {
            before.is(DETERMINER | ARTICLE | ADJECTIVE | PREPOSITION | SMALL | SCALE | VAGUE)
                || before.digits().is_some()
        });
        let in_phrase = self
            .before(at)
            .is_some_and(|before| before.is(DETERMINER | ARTICLE | OF));
        opened && (noun_follows || in_phrase)
    }

    /// Whether a token can stand inside a noun phrase.
    fn is_nominal(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| {
            token.is_word()
                && (!token.is(PREPOSITION
                    | CONJUNCTION
                    | DETERMINER
                    | ARTICLE
                    | PRONOUN
                    | AUXILIARY
                    | WEEKDAY
                    | OF
                    | FEW)
                    || token.is(ADJECTIVE) && !token.is(PRONOUN | PREPOSITION))
                && (!token.is(ADVERB) || token.is(ADJECTIVE))
                && !token.is(SMALL | SCALE | VAGUE | PERCENT)
                && !(token.is(MONTH) && token.is_capital())
        })
    }

    /// The noun phrase that opens at a token, after articles.
    pub fn noun_after(&self, at: usize) -> Option<Noun> {
        let mut start = at;
        while self.get(start).is_some_and(|token| {
            token.is_word() && token.is(DETERMINER | ARTICLE) && !token.is(PRONOUN)
        }) && start < at + 3
        {
            start += 1;
        }
        match self.language {
            Language::German => self.german_noun(start),
            Language::English => self.english_noun(start),
            Language::French | Language::Spanish | Language::Continental | Language::Other => {
                self.romance_noun(start)
            }
        }
    }

    fn english_noun(&self, start: usize) -> Option<Noun> {
        let mut end = start;
        let mut head = None;
        while end < start + PHRASE && self.is_nominal(end) {
            let token = &self.tokens[end];
            // "dozens of dead brought to hospitals".
            if head.is_none() && end > start && token.is(VERB) && self.tokens[end - 1].is(FATE) {
                return None;
            }
            if head.is_some()
                && (self.is_verb(end) || token.is(VERB) && !token.lower.ends_with('s'))
            {
                break;
            }
            if head.is_some()
                && token.is(VERB)
                && token.lower.ends_with('s')
                && self.tokens[end - 1].lower.ends_with('s')
            {
                break;
            }
            if head.is_some() && (token.is_capital() && !self.tokens[end - 1].is_capital()) {
                break;
            }
            if head.is_some()
                && (token.lower.ends_with("ly")
                    || token.lower.ends_with("ing") && self.tokens[end - 1].lower.ends_with('s'))
            {
                break;
            }
            // Nothing comes after "people" in its phrase.
            if head.is_some_and(|head: usize| {
                self.tokens[head].is(PEOPLE) && !self.tokens[head].lower.ends_with("er")
            }) && end > start
            {
                break;
            }
            let adjective = token.is(ADJECTIVE)
                || (token.lower.ends_with("ed") || token.is(FATE) && !token.lower.ends_with('s'));
            let noun_next = self.is_nominal(end + 1) && !self.is_verb(end + 1);
            // "two critically, one of them": how, and not what.
            if head.is_none() && is_manner(&token.lower) && !noun_next {
                return None;
            }
            if adjective && !noun_next {
                head?;
                break;
            }
            if token.is(VERB | SAYING)
                && head.is_none()
                && !noun_next
                && self.is_verb(end)
                && !token.lower.ends_with('s')
            {
                return None;
            }
            if !adjective {
                head = Some(end);
            }
            end += 1;
            // "armoured-vehicle crews", "health-workers".
            if self
                .get(end)
                .is_some_and(|token| token.is_dash() && token.glued)
                && self
                    .get(end + 1)
                    .is_some_and(|token| token.glued && token.is_word())
            {
                head = Some(end + 1);
                end += 2;
            }
        }
        let head = head?;
        Some(Noun {
            start,
            end: head + 1,
            head,
        })
    }

    fn german_noun(&self, start: usize) -> Option<Noun> {
        for at in start..start + 4 {
            let token = self.get(at).filter(|token| token.is_word())?;
            if token.is_capital()
                && !token.is(PREPOSITION | CONJUNCTION | PRONOUN | MONTH | WEEKDAY)
            {
                return Some(Noun {
                    start,
                    end: at + 1,
                    head: at,
                });
            }
            let adjective = ["e", "en", "er", "es", "em"]
                .iter()
                .any(|ending| token.lower.ends_with(ending));
            if !adjective
                || token.is(PREPOSITION | CONJUNCTION | PRONOUN | AUXILIARY | VERB | ADVERB)
            {
                return None;
            }
        }
        None
    }

    fn romance_noun(&self, start: usize) -> Option<Noun> {
        let token = self.get(start).filter(|token| token.is_word())?;
        if token.is(PREPOSITION
            | CONJUNCTION
            | PRONOUN
            | AUXILIARY
            | VERB
            | ADVERB
            | OF
            | SMALL
            | SCALE)
        {
            return None;
        }
        // "deux petites maisons", "cinco nuevos casos": the noun stands behind its adjective.
        let mut head = start;
        while head < start + 2
            && self.tokens[head].is(ADJECTIVE)
            && self.is_nominal(head + 1)
            && !self.is_verb(head + 1)
        {
            head += 1;
        }
        if self.tokens[head].is(ADJECTIVE) {
            return None;
        }
        let mut end = head + 1;
        while end < head + 3
            && self.is_nominal(end)
            && !self.is_verb(end)
            && !self.tokens[end].is(VERB | FATE)
        {
            end += 1;
        }
        Some(Noun { start, end, head })
    }

    /// The noun phrase that ends right before a token.
    pub fn noun_before(&self, end: usize) -> Option<Noun> {
        let mut start = end;
        while start > 0
            && start + PHRASE > end
            && self.is_nominal(start - 1)
            && (start == end || !self.is_verb(start - 1) || self.is_attribute(start - 1))
        {
            start -= 1;
            // "the ten-year bond".
            if start >= 2 && self.tokens[start - 1].is_dash() && self.tokens[start - 1].glued {
                start -= 2;
            }
        }
        (start < end).then(|| Noun {
            start,
            end,
            head: end - 1,
        })
    }

    /// Where the clause opens that a token stands in: after a full stop, a semicolon, or a quotation mark that opens.
    pub fn clause_start(&self, at: usize) -> usize {
        let floor = at.saturating_sub(REACH);
        let sentence = self.get(at).map_or(0, |token| token.sentence);
        (floor..at)
            .rev()
            .find(|before| {
                let token = &self.tokens[*before];
                token.sentence != sentence
                    || matches!(token.text, ";" | ":" | "\u{2014}" | "\u{2013}") && !token.glued
                    || matches!(token.text, ";" | ":")
            })
            .map_or(floor, |before| before + 1)
    }

    /// Where the clause ends that a token stands in.
    pub fn clause_end(&self, at: usize) -> usize {
        let sentence = self.get(at).map_or(0, |token| token.sentence);
        (at..self.tokens.len().min(at + REACH))
            .find(|after| {
                let token = &self.tokens[*after];
                token.sentence != sentence
                    || matches!(token.text, ";" | ":" | "." | "\u{2014}" | "!" | "?")
            })
            .unwrap_or_else(|| self.tokens.len().min(at + REACH))
    }

    /// Whether a phrase says what became of those it counts: "injured people", "the dead".
    pub fn has_fate(&self, noun: Noun) -> bool {
        let words = self.tokens.get(noun.start..noun.end).unwrap_or_default();
        words.iter().any(|token| token.is(FATE))
    }

    /// "forty dead and three hundred injured people": whether what became of some stands before a figure whose own noun says what became
    /// of these.
    pub fn is_fate_of_another(&self, raw: &Raw, verb: usize, own: Option<Noun>) -> bool {
        let is_before = verb < raw.start && self.tokens[verb].is(FATE);
        is_before && own.is_some_and(|noun| self.has_fate(noun))
    }

    /// Whether what is counted stands right after the figure, with nothing but articles and "of" between.
    pub fn follows(&self, raw: &Raw, noun: Noun) -> bool {
        noun.start >= raw.end
            && (raw.end..noun.start).all(|at| self.tokens[at].is(OF | DETERMINER | ARTICLE))
    }

    /// A noun phrase, or "(the) civilian dead".
    fn dead_or_noun(&self, at: usize) -> Option<Noun> {
        self.noun_after(at).or_else(|| {
            let at = at + usize::from(self.get(at)?.is(DETERMINER));
            if self.get(at)?.is(PRONOUN | AUXILIARY | PREPOSITION) {
                return None;
            }
            let end = (at..at + 3).find(|at| self.get(*at).is_some_and(|token| token.is(FATE)))?;
            Some(Noun {
                start: at,
                end: end + 1,
                head: end,
            })
        })
    }
}

/// "critically", "seriously", "badly": words of manner by their ending, which few nouns share.
fn is_manner(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ically", "atally", "ously", "erely", "avely", "ghtly", "ently", "antly", "badly", "mildly",
    ];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}
