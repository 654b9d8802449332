//! Who does what the verb of a clause says: its subject, by the words around the verb.
//!
//! Invariant: looks no further than [`REACH`] tokens from where it starts, and never past the clause it was given. A
//! subject is a stretch of the text; who that is, is found in [`super::resolve`].

mod behind;
mod phrases;

use super::lexicon::{
    A, ADVERB, AND, AUXILIARY, BE, CALLED, Class, DETERMINER, FIRST, HE, IT, Lexicon, MAN, MISSIS,
    MISTER, NUMBER, OBJECT, OF, OLD, OPENS, PEOPLE, PERSON, PLURAL, POSSESSIVE, PREPOSITION,
    PRONOUN, RELATIVE, REPORTS, SHE, SPEECH, SUBORDINATE, THE, THEY, TIME, TITLES, VAGUE, VERB,
    WOMAN, WRITING,
};
use super::names::{KnownNames, Run, is_english_word, run_at, span_of};
use super::tokens::{Token, TokenKind};
use crate::text::ByteSpan;

/// Tokens looked at in one direction.
pub(super) const REACH: usize = 40;

/// What a pronoun or an article says of whom it stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Gender {
    /// He.
    Man,
    /// She.
    Woman,
    /// They.
    Several,
    /// It does not say.
    #[default]
    Unknown,
}

/// Who a verb is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A name.
    Name(Run),
    /// He, she, they.
    Pronoun(usize, Gender),
    /// "I" and "we": whoever speaks around it.
    First(usize),
    /// It.
    It(usize),
    /// A noun phrase.
    Described(Phrase),
    /// Left out, as Spanish does.
    Dropped,
    /// Somebody, nobody, a passive.
    Nobody,
}

impl Subject {
    /// It stands at the start of a clause; of the role before a name ("entomologist Ada Field wrote") too.
    pub(super) fn starts_near(&self, from: usize) -> bool {
        let first = match self {
            Self::Name(run) => run.first,
            Self::Pronoun(at, _) | Self::First(at) | Self::It(at) => *at,
            Self::Described(phrase) => phrase.first,
            Self::Dropped | Self::Nobody => from,
        };
        first <= from + 3
    }
}

/// A noun phrase without a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its first token.
    pub(super) first: usize,
    /// Its last.
    pub(super) last: usize,
    /// The noun it is about.
    pub(super) head: usize,
    /// What its article or noun says.
    pub(super) gender: Gender,
}

/// One stream with what is needed to read it.
#[derive(Clone, Copy)]
pub(super) struct Stream<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
    pub(super) known: &'a KnownNames,
    /// The name that starts at each token, where they have been looked for.
    pub(super) runs: Option<&'a [Option<Run>]>,
}

impl<'a> Stream<'a> {
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.token(at).is_some_and(|token| token.is(class))
    }

    pub(super) fn kind(&self, at: usize) -> Option<TokenKind> {
        self.token(at).map(|token| token.kind)
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.text))
    }

    pub(super) fn run(&self, at: usize) -> Option<Run> {
        match self.runs {
            Some(runs) => runs.get(at).copied().flatten(),
            None => run_at(self.text, self.tokens, at, self.lexicon, Some(self.known)),
        }
    }

    pub(super) fn text_of(&self, first: usize, last: usize) -> &'a str {
        span_of(self.tokens, first, last).of(self.text)
    }

    pub(super) fn span_of(&self, first: usize, last: usize) -> ByteSpan {
        span_of(self.tokens, first, last)
    }

    /// The name that ends at a token.
    fn run_ending(&self, last: usize) -> Option<Run> {
        let mut found = None;
        for first in (last.saturating_sub(8)..=last).rev() {
            if !self.token(first).is_some_and(Token::is_word) {
                break;
            }
            if let Some(run) = self.run(first) {
                if run.last != last {
                    break;
                }
                found = Some(run);
            }
        }
        found
    }

    /// The subject of the verb at `verb` in a clause that starts at `start`, where it stands before the verb.
    pub(super) fn subject_before(&self, start: usize, verb: usize) -> Option<Subject> {
        let start = start.max(verb.saturating_sub(REACH));
        if self.lexicon.grammar.verb_last {
            return self.subject_at(start, verb);
        }
        let mut at = verb.checked_sub(1).filter(|at| *at >= start)?;
        let skipped = AUXILIARY | ADVERB | OBJECT;
        while self.is(at, skipped) && !self.is(at, PRONOUN) && !self.is_name_at(at) {
            at = at.checked_sub(1).filter(|at| *at >= start)?;
        }
        // "has long told": whatever stands between an auxiliary and its verb.
        if self.lexicon.grammar.has_possessive_s
            && at > start
            && self.is(at - 1, AUXILIARY)
            && self.tokens[at].class == 0
            && !self.tokens[at].is_capital
        {
            at -= 1;
            while self.is(at, skipped) && !self.is(at, PRONOUN) && !self.is_name_at(at) {
                at = at.checked_sub(1).filter(|at| *at >= start)?;
            }
        }
        let is_infinitive = self.word(verb - 1) == "to" && self.lexicon.grammar.has_possessive_s;
        if self.is(at, AND)
            || self.is_verb(at)
            || self.is_participle(verb)
            || (is_infinitive && !self.is(at, OPENS | PRONOUN))
        {
            // "She said that he leaned over and whispered", "marched in yelling": the subject of the first verb.
            let inner = (start..at).rev().find(|at| self.is(*at, SUBORDINATE));
            // "She nodded as the bill was read and called": no bill calls.
            let speaks = |subject: &Subject| !matches!(subject, Subject::Described(phrase) if !self.speaks_by_noun(phrase));
            return inner
                .and_then(|inner| self.subject_at(inner + 1, verb))
                .filter(speaks)
                .or_else(|| self.subject_at(start, verb));
        }
        if self.kind(at) == Some(TokenKind::Comma) {
            return self.before_parenthesis(start, at);
        }
        if self.is(at, RELATIVE) {
            let end = at.checked_sub(1).filter(|at| *at >= start)?;
            let end = if self.kind(end) == Some(TokenKind::Comma) {
                end.checked_sub(1).filter(|at| *at >= start)?
            } else {
                end
            };
            return self.phrase_ending(start, end);
        }
        // "The helmsman, Ada Field, she says"
        if self.is(at, PRONOUN)
            && at > start + 1
            && self.kind(at - 1) == Some(TokenKind::Comma)
            && let Some(Subject::Name(run)) = self.before_parenthesis(start, at - 1)
        {
            return Some(Subject::Name(run));
        }
        let nearest = self.phrase_ending(start, at);
        if let Some(found) = &nearest
            && self.is_object(start, found)
        {
            return self.subject_at(start, verb).or(nearest);
        }
        nearest.or_else(|| self.subject_at(start, verb))
    }

    /// What stands right before a verb belongs to another one, or to a preposition: "a man who had lost his hat said", "an
    /// official quoted in the press said".
    fn is_object(&self, start: usize, found: &Subject) -> bool {
        let first = match found {
            Subject::Name(run) => run.first,
            Subject::Described(phrase) => phrase.first,
            _ => return false,
        };
        let Some(before) = first.checked_sub(1).filter(|before| *before > start) else {
            return false;
        };
        let token = &self.tokens[before];
        // "A man who would rather not use his name said".
        let relative = (start + 1..first).rev().find(|at| self.is(*at, RELATIVE));
        let is_inside = relative.is_some_and(|relative| {
            relative + 1 < first
                && !(relative..first)
                    .any(|at| self.is(at, SUBORDINATE) || self.kind(at) == Some(TokenKind::Comma))
        });
        if is_inside && !self.lexicon.grammar.capital_nouns {
            return true;
        }
        let of_verb = self.is(before, VERB | REPORTS) && self.is_verb(before)
            || self.ends_in_ed(before)
            || self.ends_in_ing(before);
        token.is_word()
            && !token.is_capital
            && (of_verb || (token.is(PREPOSITION) && !token.is(OPENS | SUBORDINATE | ADVERB)))
    }

    /// A form that has its subject from another verb: "yelling", "en scandant", "gritando".
    fn is_participle(&self, verb: usize) -> bool {
        let word = self.word(verb);
        if self.lexicon.grammar.elides {
            return verb > 0 && self.word(verb - 1) == "en";
        }
        let is_alone =
            verb > 0 && !self.is(verb - 1, AUXILIARY | BE) && self.tokens[verb - 1].is_word();
        is_alone
            && if self.lexicon.grammar.has_possessive_s {
                word.ends_with("ing")
            } else {
                self.lexicon.grammar.drops_subject
                    && (word.ends_with("ando") || word.ends_with("endo"))
            }
    }

    /// The subject before commas: "One homeowner, who asked not to be named, said".
    fn before_parenthesis(&self, start: usize, comma: usize) -> Option<Subject> {
        let mut end = comma;
        loop {
            // The stretch before this comma.
            let from = (start..end)
                .rev()
                .find(|at| {
                    matches!(
                        self.kind(*at),
                        Some(TokenKind::Comma | TokenKind::Dash | TokenKind::Colon)
                    )
                })
                .map_or(start, |at| at + 1);
            if from >= end {
                return None;
            }
            let is_aside = self.is(
                from,
                RELATIVE | PREPOSITION | ADVERB | SUBORDINATE | AND | NUMBER,
            ) && !self.is(from, OPENS)
                || self.ends_in_ing(from);
            if from == start {
                return self
                    .subject_at(start, end)
                    .filter(|_| !self.ends_in_ing(from));
            }
            let name = self.name_within(from, end - 1);
            if !is_aside && self.is_addressee(start, from) {
                end = from - 1;
                continue;
            }
            if !is_aside && let Some(run) = name {
                return Some(Subject::Name(run));
            }
            // "Nobody answered, though Ada Field, now 94, said"
            if self.is(from, SUBORDINATE | AND)
                && let Some(run) = self.run(from + 1).filter(|run| run.last + 1 == end)
            {
                return Some(Subject::Name(run));
            }
            if !is_aside && let Some(subject @ Subject::Pronoun(..)) = self.subject_at(from, end) {
                return Some(subject);
            }
            end = from - 1;
        }
    }

    /// What stands between commas from `from` on says who the people before it are, to whom a writing went: "A letter to the engineer,
    /// Ada Field, speaks of". It is the letter that speaks.
    fn is_addressee(&self, start: usize, from: usize) -> bool {
        let Some(last) = from.checked_sub(2).filter(|last| *last > start) else {
            return false;
        };
        // The phrase before the comma, back to what governs it.
        let governs = (start..last)
            .rev()
            .take_while(|at| self.tokens[*at].is_word())
            .find(|at| self.is(*at, PREPOSITION | AUXILIARY | VERB | REPORTS));
        let is_governed =
            governs.is_some_and(|at| at > start && self.is(at, PREPOSITION) && !self.is(at, OF));
        let opening = (start..last).take_while(|at| !self.is(*at, PREPOSITION));
        let mut opening = opening.take(4);
        is_governed
            && self.is(last, PEOPLE)
            && self.is(start, OPENS)
            && opening.any(|at| self.is(at, WRITING))
    }

    /// A name that is a stretch, or that it ends with.
    fn name_within(&self, first: usize, last: usize) -> Option<Run> {
        let run = self
            .run(first)
            .filter(|run| !self.tokens[run.last].is_possessive)
            .or_else(|| self.run_ending(last).filter(|run| run.len() > 1))?;
        Some(run)
    }

    /// The noun phrase that ends at a token.
    fn phrase_ending(&self, start: usize, end: usize) -> Option<Subject> {
        if self.is(end, VAGUE) && !self.is(end, A) {
            return Some(Subject::Nobody);
        }
        if self.is(end, PRONOUN) {
            return self.pronoun(end);
        }
        if let Some(run) = self.run_ending(end)
            && !self.tokens[run.last].is_possessive
            && run.first >= start
            && !self.is_governed(start, run.first)
        {
            return Some(Subject::Name(run));
        }
        // Leftwards to where the phrase opens, through "of the …".
        let mut at = end;
        loop {
            let token = self.token(at)?;
            let stops = !token.is_word()
                || (token.is(RELATIVE | SUBORDINATE) && at != end)
                || (token.is(VAGUE) && !token.is(A | NUMBER));
            if token.is(VAGUE) && !token.is(A | NUMBER) {
                return Some(Subject::Nobody);
            }
            if stops
                || (token.is(PRONOUN) && !token.is(OPENS))
                || (self.is_verb(at) && !self.is_name_at(at))
            {
                at += 1;
                break;
            }
            let opens = token.is(OPENS)
                || (token.is(NUMBER) && !(at > start && self.is(at - 1, OPENS | ADVERB | NUMBER)));
            let is_genitive = self.lexicon.grammar.capital_nouns
                && token.is(OF)
                && at > start
                && self.tokens[at - 1].is_capital
                // "La chambre des comptes jugeait"
                || self.lexicon.grammar.elides
                    && matches!(self.word(at), "des" | "du")
                    && at > start
                    && self.tokens[at - 1].is_word()
                    && !self.is(at - 1, OPENS | PREPOSITION | AND | SUBORDINATE | ADVERB)
                    && !self.is_verb(at - 1)
                    && !self.ends_like_verb(at - 1);
            let goes_on = is_genitive
                || (at > start && self.is(at - 1, PREPOSITION) && !self.tokens[at].opens_sentence);
            if opens && !goes_on && !(at > start && self.is(at - 1, OPENS | NUMBER)) {
                break;
            }
            if at == start || token.opens_sentence {
                break;
            }
            at -= 1;
        }
        while at < end && self.is(at, AND | ADVERB | PREPOSITION) && !self.is(at, OPENS | NUMBER) {
            at += 1;
        }
        if at > end {
            return None;
        }
        self.phrase(at, end)
    }

    /// The name at `first` stands after a preposition that belongs to a noun before it: "a spokesman for Harbor City".
    fn is_governed(&self, start: usize, first: usize) -> bool {
        let Some(before) = first.checked_sub(1).filter(|at| *at >= start) else {
            return false;
        };
        let noun = before.checked_sub(1).filter(|at| *at >= start);
        self.is(before, PREPOSITION) && noun.is_some()
            || (self.is(before, THE)
                && noun.is_some_and(|noun| self.is(noun, PREPOSITION) && noun > start))
    }

    /// The subject of the clause that starts at a token: its first noun phrase, after what only introduces it.
    pub(super) fn subject_at(&self, start: usize, end: usize) -> Option<Subject> {
        let mut at = start;
        let end = end.min(start + REACH);
        if self.has_adverb_first(start) && start + 2 < end {
            return self.subject_after(start + 1, end);
        }
        if let Some(comma) = self.bare_noun_end(start, end) {
            at = comma + 1;
        }
        while at < end {
            while at < end
                && (self.is(at, AND | ADVERB)
                    && !self.is(at, OPENS | PRONOUN)
                    && !self.is_name_at(at)
                    || !self.token(at).is_some_and(super::tokens::Token::is_word))
            {
                at += 1;
            }
            if at >= end {
                return None;
            }
            let introduces = self.is(at, PREPOSITION | SUBORDINATE | TIME | ADVERB)
                && !self.is(at, OPENS | PRONOUN)
                || self.ends_in_ing(at)
                || self.opens_with_participle(at);
            if !introduces {
                break;
            }
            // "Among them was Ada Field": the subject behind the verb.
            if self.is(at, PREPOSITION)
                && let Some(run) = self.name_behind_be(at, end)
            {
                return Some(Subject::Name(run));
            }
            // What introduces ends at a comma, or before the next noun phrase: "In the morning the attendant".
            let comma = (at..end).find(|at| self.kind(*at) == Some(TokenKind::Comma));
            let next = if self.is(at, PREPOSITION) && !self.lexicon.grammar.capital_nouns {
                (at + 2..comma.unwrap_or(end)).find(|at| self.opens_after_noun(*at))
            } else {
                None
            };
            if self.lexicon.grammar.capital_nouns
                && let Some(subject) = self.subject_of_second(at, comma, end)
            {
                return Some(subject);
            }
            at = next.or(comma.map(|comma| comma + 1))?;
            if next.is_some() {
                break;
            }
            // "Pour Ada Field, présidente du club, …": no subject, but what she is.
            let is_bare_noun = self.token(at).is_some_and(|token| {
                token.is_word()
                    && !token.is_capital
                    && token.class & !(PEOPLE | TITLES | MAN | WOMAN) == 0
            });
            if is_bare_noun
                && self.lexicon.grammar.head_first
                && at >= 2
                && self.run_ending(at - 2).is_some()
                && let Some(comma) = (at..end).find(|at| self.kind(*at) == Some(TokenKind::Comma))
            {
                at = comma + 1;
            }
        }
        if self.is(at, VAGUE) && !self.is(at, A) {
            return Some(Subject::Nobody);
        }
        if self.is(at, IT) {
            return self.existential(at, end);
        }
        if self.is(at, PRONOUN) && !self.is(at, OPENS) {
            return self.pronoun(at);
        }
        if let Some(run) = self.run(at)
            && !self.tokens[run.last].is_possessive
        {
            return Some(Subject::Name(run));
        }
        if self.is_verb(at) {
            return None;
        }
        let last = self.phrase_end(at, end, false)?;
        let subject = self.phrase(at, last)?;
        // "The owner, Lucius Vane, says"
        if matches!(subject, Subject::Described(_))
            && !self.is_addressee(at, last + 2)
            && let Some(run) = self
                .apposition(last, end)
                .or_else(|| self.called(last, end))
        {
            return Some(Subject::Name(run));
        }
        Some(subject)
    }

    /// The subject that follows the verb: "said the drama teacher, Ada Field".
    pub(super) fn subject_after(&self, verb: usize, end: usize) -> Option<Subject> {
        let mut at = verb + 1;
        let end = end.min(verb + REACH);
        while at < end
            && self.is(at, ADVERB | OBJECT | AUXILIARY)
            && !self.is(at, PRONOUN | OPENS)
            && !self.is_name_at(at)
            && at < verb + 4
        {
            at += 1;
        }
        let token = self
            .token(at)
            .filter(|token| token.is_word() && !token.opens_sentence)?;
        if at >= end {
            return None;
        }
        if token.is(PRONOUN) && !token.is(OPENS) {
            return self.pronoun(at);
        }
        // "Bromeó señalando al cielo"
        if !token.is_capital && self.is_participle(at) && self.lexicon.grammar.drops_subject {
            return None;
        }
        if let Some(run) = self.run(at).or_else(|| self.bare_name(at))
            && !self.tokens[run.last].is_possessive
        {
            return Some(Subject::Name(run));
        }
        if self.lexicon.grammar.head_first && token.is(PREPOSITION | TIME) {
            return self.name_after_adjunct(at, end).map(Subject::Name);
        }
        if token.is(PREPOSITION | SUBORDINATE | AND | RELATIVE | TIME) && !token.is(OPENS) {
            return None;
        }
        if token.is(OPENS) && self.is(at + 1, TIME) {
            return None;
        }
        let last = self.phrase_end(at, end, true)?;
        let subject = self.phrase(at, last)?;
        if matches!(subject, Subject::Described(_))
            && let Some(run) = self.apposition(last, end)
        {
            return Some(Subject::Name(run));
        }
        Some(subject)
    }
}
