//! Subjects that stand behind their verb, or behind other words for them: "In the yard stood Ada Field", "the owner, Ada Field".
//!
//! Invariant: looks no further than the clause that it is asked about.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// Tokens of a phrase of place or time between a verb and its subject.
const ADJUNCT: usize = 8;

impl Stream<'_> {
    /// German: the verb stands second, its subject after it. "In einem Hinterhof steht Ada Feld".
    pub(super) fn subject_of_second(
        &self,
        first: usize,
        comma: Option<usize>,
        end: usize,
    ) -> Option<Subject> {
        let is_verb = |at: usize| {
            let token = &self.tokens[at];
            token.is_word()
                && !token.is_capital
                && !token.is(OPENS
                    | PRONOUN
                    | PREPOSITION
                    | AND
                    | SUBORDINATE
                    | OBJECT
                    | NUMBER
                    | RELATIVE)
                && (!token.is(ADVERB) || token.is(VERB | AUXILIARY))
        };
        let verb = if self.is(first, SUBORDINATE) {
            comma
                .map(|comma| comma + 1)
                .filter(|at| *at < end && is_verb(*at))
        } else {
            (first + 1..comma.unwrap_or(end))
                .find(|at| is_verb(*at) && self.tokens[*at - 1].is_capital)
        }?;
        self.subject_after(verb, end)
    }

    /// The full name right behind the first form of "be" of a clause.
    pub(super) fn name_behind_be(&self, first: usize, end: usize) -> Option<Run> {
        let be = (first + 2..end).find(|at| {
            self.is(*at, BE | VERB | AUXILIARY | REPORTS) || !self.tokens[*at].is_word()
        })?;
        let run = self.run(be + 1).filter(|_| self.is(be, BE))?;
        let is_passive = self.is(be + 1, REPORTS | VERB);
        (!is_passive && run.len() > 1 && !self.tokens[run.last].is_possessive).then_some(run)
    }

    /// A noun phrase opens here, right after another one.
    pub(super) fn opens_after_noun(&self, at: usize) -> bool {
        let before = at - 1;
        let after_noun = !self.is(at, IT)
            && self.tokens[before].is_word()
            && !self.is(
                before,
                OPENS | PREPOSITION | AND | SUBORDINATE | REPORTS | VERB | AUXILIARY,
            )
            && !self.tokens[before].is_possessive;
        let opens = self.is(at, OPENS | PRONOUN) && !self.is(at, PREPOSITION | RELATIVE)
            || (self.tokens[at].is_capital
                && !self.tokens[before].is_capital
                && self.is_name_at(at));
        after_noun && opens
    }

    /// "There was a little girl, Ada Field": who is introduced. "This" and "that" alone are nobody.
    pub(super) fn existential(&self, at: usize, end: usize) -> Option<Subject> {
        if !self.is(at + 1, BE | AUXILIARY) {
            return Some(Subject::It(at));
        }
        let first = at + 2;
        // "It was Ada Field."
        if let Some(run) = self
            .run(first)
            .filter(|run| run.len() > 1 || run.titles != 0)
        {
            let closes = self
                .token(run.last + 1)
                .is_none_or(|next| !next.is_word() || next.opens_sentence);
            if closes && !self.tokens[run.last].is_possessive {
                return Some(Subject::Name(run));
            }
        }
        if first >= end || !self.is(first, A) {
            return Some(Subject::It(at));
        }
        let last = self.phrase_end(first, end, false)?;
        if let Some(run) = self.apposition(last, end) {
            return Some(Subject::Name(run));
        }
        self.phrase(first, last)
    }

    /// "Le conducteur s’appelle Ada Field", "a man called Field": the name that a noun phrase is given.
    pub(super) fn called(&self, last: usize, end: usize) -> Option<Run> {
        let verb = (last + 1..end.min(last + 4))
            .find(|at| !self.is(*at, AUXILIARY | BE | OBJECT) || self.is(*at, CALLED))?;
        let calls = self.is(verb, CALLED)
            || matches!(
                self.word(verb),
                "appelle" | "appelait" | "llama" | "llamaba"
            );
        let run = self.run(verb + 1).filter(|_| calls)?;
        (!self.tokens[run.last].is_possessive).then_some(run)
    }

    /// German: an adverb, then the verb, then the subject. "Oben wartete Ada Feld".
    pub(super) fn has_adverb_first(&self, start: usize) -> bool {
        self.lexicon.grammar.capital_nouns
            && self.is(start, ADVERB)
            && !self.is(start, OPENS | PRONOUN)
            && self.token(start + 1).is_some_and(|verb| {
                verb.is_word()
                    && !verb.is_capital
                    && (verb.class == 0 || verb.is(VERB | AUXILIARY | REPORTS | BE))
            })
    }

    /// "Auteur du but, Ada Field …": the comma after what the subject is, where that stands before it.
    pub(super) fn bare_noun_end(&self, start: usize, end: usize) -> Option<usize> {
        let grammar = self.lexicon.grammar;
        let is_bare_noun = grammar.head_first
            && !grammar.no_capitals
            && !grammar.capital_nouns
            && self.token(start).is_some_and(|token| {
                token.opens_sentence && token.is(PEOPLE | TITLES) && !token.is(OPENS | PRONOUN)
            })
            && self.run(start).is_none();
        is_bare_noun
            .then(|| {
                (start..end.min(start + ADJUNCT))
                    .find(|at| self.kind(*at) == Some(TokenKind::Comma))
            })
            .flatten()
    }

    /// The name between commas after a noun phrase.
    pub(in crate::analysis::quotes) fn apposition(&self, last: usize, end: usize) -> Option<Run> {
        if self.kind(last + 1) != Some(TokenKind::Comma) {
            return None;
        }
        let first = last + 2;
        // "a Mr Field", "der Programmierer Falk Mohr", "a lady by the name of Rosa Bell"
        let close =
            (first..end.min(first + 10)).find(|at| !self.token(*at).is_some_and(Token::is_word));
        let run = self
            .run(first)
            .or_else(|| {
                let run = self.run_ending(close?.checked_sub(1)?)?;
                let is_whole = self.is(first, OPENS) && !self.is(first, RELATIVE);
                (is_whole && (run.len() > 1 || run.titles != 0)).then_some(run)
            })
            .filter(|run| run.last < end.max(last + 3))?;
        let closes = self
            .token(run.last + 1)
            .is_none_or(|next| !next.is_word() || next.opens_sentence || next.is(RELATIVE | OF));
        (closes && !self.tokens[run.last].is_possessive).then_some(run)
    }

    /// "a déclaré à la barre Ada Field", "a dit jeudi Ada Field": a full name behind where or when it was said.
    pub(super) fn name_after_adjunct(&self, at: usize, end: usize) -> Option<Run> {
        for next in at + 1..end.min(at + ADJUNCT) {
            if !self.token(next)?.is_word() {
                return None;
            }
            let stands_alone = !self.is(next - 1, PREPOSITION | OPENS | AND);
            if let Some(run) = self.run(next).filter(|_| stands_alone)
                && (run.last > run.first || run.titles > 0)
            {
                return Some(run);
            }
        }
        None
    }
}
