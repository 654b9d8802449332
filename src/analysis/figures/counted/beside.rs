//! What a figure counts where no noun follows it: the body that has so many, the noun it stands beside, a pronoun, what is estimated.
//!
//! Invariant: looks no further than the clause of the figure.

use super::super::grammar::Raw;
use super::super::words::{
    ARTICLE, AUXILIARY, DETERMINER, FATE, Language, MONTH, OF, PEOPLE, PREPOSITION, PRONOUN, TALLY,
    TIME_UNIT, WEEKDAY,
};
use super::{Noun, Reading};

impl Reading<'_, '_> {
    /// "four hundred of us", "tens of thousands of them".
    pub(super) fn of_pronoun(&self, raw: &Raw) -> Option<Noun> {
        let at = raw.end + 1;
        let is_of = self.get(raw.end).is_some_and(|token| token.is(OF));
        let is_pronoun = self.get(at).is_some_and(|token| token.is(PRONOUN));
        (is_of && is_pronoun).then_some(Noun {
            start: at,
            end: at + 1,
            head: at,
        })
    }

    /// Whoever speaks: no noun before stands for them.
    pub(super) fn is_speaker(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "us" | "uns" | "nous" | "nosotros" | "nosotras"
        )
    }

    /// "est passée", "ont détruit": the participle after its auxiliary.
    pub(super) fn is_compound_past(&self, at: usize) -> bool {
        let is_participle = ["é", "ée", "és", "ées"]
            .iter()
            .any(|ending| self.lower(at).ends_with(ending));
        is_participle && self.before(at).is_some_and(|token| token.is(AUXILIARY))
    }

    /// "donkeys, about sixty, …", "the population, 118,000 at the count": the noun that the number stands beside.
    pub(super) fn apposition(&self, raw: &Raw) -> Option<Noun> {
        let comma = raw.start.checked_sub(1)?;
        let next = self.get(raw.end);
        let is_closed = next.is_none_or(|token| token.is_any_mark() || token.is(PREPOSITION));
        if self.lower(comma) != "," || !is_closed {
            return None;
        }
        let noun = self.noun_before(comma)?;
        let mut before = noun.start;
        while before > 0 && self.tokens[before - 1].is(DETERMINER | ARTICLE) {
            before -= 1;
        }
        let is_told_of = self
            .before(before)
            .is_none_or(|token| !token.is(PREPOSITION | OF));
        let is_plain = !self.is_period(noun.head)
            && !self.is_verb(noun.head)
            && !self.is_number(noun.head)
            && !self.tokens[noun.head].is(MONTH | WEEKDAY)
            && !self.tokens[noun.head].is_capital();
        (is_told_of && is_plain).then_some(noun)
    }

    /// French: "évalue la surface brûlée à 61.500 hectares", "estime à 3 tonnes le carbone": what is estimated.
    pub(super) fn estimated(&self, raw: &Raw) -> Option<Noun> {
        if self.language != Language::French {
            return None;
        }
        let start = self.clause_start(raw.start);
        let verb = (start..raw.start).rev().find(|at| {
            matches!(
                self.lower(*at),
                "évalue" | "évaluent" | "estime" | "estiment" | "chiffre" | "chiffrent"
            )
        })?;
        let object = if self.lower(verb + 1) == "à" {
            raw.end
        } else {
            verb + 1
        };
        self.noun_after(object)
    }

    /// "a crew of 28", "an army of 3,000": what has so many.
    pub(super) fn body(&self, raw: &Raw) -> Option<Noun> {
        let noun = self.named_before(raw)?;
        let is_told_of = self
            .before(noun.start)
            .is_some_and(|token| token.is(DETERMINER | ARTICLE));
        let is_body = is_told_of
            && !self.tokens[noun.head].is(TALLY | FATE | PEOPLE | TIME_UNIT)
            && !self.kind_of_measure(noun.head)
            && !self.is_period(noun.head);
        is_body.then_some(noun)
    }
}
