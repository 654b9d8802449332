//! What the words around a name tell of whom it is for: titles, roles, "who", "he", what somebody does.
//!
//! Invariant: looks no further than the sentence of the name and the start of the next.

use super::super::chinese;
use super::super::clause::{Gender, REACH, Stream, Subject};
use super::super::lexicon::{
    AUXILIARY, BE, CALLED, HE, MAN, NUMBER, OPENS, PEOPLE, PREPOSITION, PRONOUN, RELATIVE, REPORTS,
    SHE, THE, TITLES, VERB, WOMAN, WORK, WRITING,
};
use super::super::names::{Run, name_text};
use super::super::tokens::TokenKind;
use super::{At, People, PersonId};

impl People {
    /// Reads what stands around a name: its titles, the noun before it, what follows between commas.
    pub(in crate::analysis::quotes) fn learn_around(
        &mut self,
        stream: &Stream<'_>,
        run: &Run,
        passage: usize,
        person: PersonId,
    ) {
        let at = At {
            passage,
            span: run.span(stream.tokens),
        };
        self.vote(person, Stream::gender_of_titles(run.titles), 3);
        for title in run.first..run.bare {
            self.called(stream, title, at, person);
        }
        self.learn_given_name(stream, run, person);
        self.persons[person].is_somebody |= acts(stream, run);
        self.learn_marriage(stream, run, at, person);
        if stream.lexicon.grammar.no_spaces {
            let (role, gender) = chinese::role_before(stream.text, at.span.start as usize);
            if !role.is_empty() {
                self.add_role(role, at, person);
                self.vote(person, gender, 2);
            }
            return;
        }
        if stream.tokens[run.last].is_possessive {
            return;
        }
        let before = run.first.checked_sub(1);
        if let Some(before) = before.filter(|_| !stream.tokens[run.first].opens_sentence) {
            let token = &stream.tokens[before];
            if token.is_word() && !token.opens_sentence && is_noun(stream, before) {
                self.called(stream, before, at, person);
            }
            // "A man named Ada Field"
            let noun = before.saturating_sub(1);
            if token.is(CALLED) && !token.opens_sentence && stream.is(noun, PEOPLE | MAN | WOMAN) {
                self.called(stream, noun, at, person);
            }
            // "The owner, Ada Field,", "his widow, the historian Ada Field": the head of what stands before the comma.
            let comma = (before.saturating_sub(3)..=before)
                .rev()
                .take_while(|at| *at == before || stream.is(at + 1, OPENS | TITLES | PEOPLE))
                .find(|at| stream.kind(*at) == Some(TokenKind::Comma));
            if let Some(Subject::Described(phrase)) = comma
                .and_then(|comma| comma.checked_sub(1))
                .and_then(|last| stream.phrase_before(last))
                && stream.is(phrase.first, OPENS)
            {
                self.called(stream, phrase.head, at, person);
            }
        }
        // "Near Field, a clerk": a place.
        let is_place = run.len() == 1
            && run.titles == 0
            && run
                .first
                .checked_sub(1)
                .is_some_and(|before| PLACES.contains(&stream.word(before)));
        if is_place {
            return;
        }
        // "Ada Field, the owner", "Claire Champ, boulangère"
        if stream.kind(run.last + 1) == Some(TokenKind::Comma) {
            let first = run.last + 2;
            let noun = (first..first + 4).find(|at| stream.is(*at, PEOPLE | TITLES));
            let opens = stream.is(first, OPENS) && !stream.is(first, PRONOUN);
            if let Some(noun) = noun
                && (opens || noun == first)
                && !stream.tokens[noun].is_capital
            {
                self.called(stream, noun, at, person);
            }
        }
    }

    /// What the ending of the given name makes likely.
    pub(in crate::analysis::quotes) fn learn_given_name(
        &mut self,
        stream: &Stream<'_>,
        run: &Run,
        person: PersonId,
    ) {
        let person = &mut self.persons[person];
        let has_given = run.len() > 1 || !person.is_full();
        if person.likely == Gender::Unknown && has_given {
            let given = name_text(stream.text, stream.tokens[run.bare].span);
            person.likely = match stream.lexicon.grammar.endings.name(given) {
                Some(true) => Gender::Woman,
                Some(false) => Gender::Man,
                None => Gender::Unknown,
            };
        }
    }

    /// "She married Ada Field": who is spoken of as "her husband", "the widow" from then on.
    pub(in crate::analysis::quotes) fn learn_marriage(
        &mut self,
        stream: &Stream<'_>,
        run: &Run,
        at: At,
        person: PersonId,
    ) {
        let is_married = (run.first.saturating_sub(4)..run.first)
            .any(|before| MARRIED.contains(&stream.word(before)));
        if is_married {
            for role in SPOUSES {
                self.add_role(role, at, person);
            }
        }
    }

    /// Reads whether the sentence goes on with "he" or "she": "Ada Field put the kettle on, as she did every day".
    pub(in crate::analysis::quotes) fn learn_pronouns(
        &mut self,
        stream: &Stream<'_>,
        run: &Run,
        person: PersonId,
    ) {
        // The subject of its sentence, or its last word.
        let is_subject = !(run.first.saturating_sub(REACH)..run.first)
            .rev()
            .take_while(|at| !stream.tokens[at + 1].opens_sentence)
            .any(|at| stream.tokens[at].is_capital && stream.run(at).is_some());
        let is_last = stream
            .token(run.last + 1)
            .is_none_or(|next| next.opens_sentence);
        // "Née à Oran, elle …": a place.
        let is_place = run.len() == 1
            && run.titles == 0
            && run
                .first
                .checked_sub(1)
                .is_some_and(|at| stream.is(at, PREPOSITION));
        if stream.tokens[run.last].is_possessive || is_place || !(is_subject || is_last) {
            return;
        }
        let mut at = run.last + 1;
        let mut sentences = 0;
        let mut commas = 0;
        let end = at + 2 * REACH;
        while let Some(token) = stream.token(at).filter(|_| at < end) {
            // “…”, he said: only what the next sentence opens with, a quotation aside.
            let mut opens = token.opens_sentence;
            if opens {
                sentences += 1;
                if sentences > 1 {
                    return;
                }
                if token.is_hole() {
                    at += 1;
                    at += usize::from(stream.kind(at) == Some(TokenKind::Comma));
                    opens = stream.token(at).is_some_and(|next| !next.opens_sentence);
                }
            }
            let Some(token) = stream
                .token(at)
                .filter(|token| opens || !token.opens_sentence)
            else {
                return;
            };
            commas += usize::from(token.kind == TokenKind::Comma);
            let is_place = PLACES.contains(&stream.word(at - 1))
                || (stream.is(at - 1, THE) && at > 1 && PLACES.contains(&stream.word(at - 2)));
            if (token.is_capital
                && !is_place
                && !stream.is(at - 1, TITLES)
                && stream.run(at).is_some_and(|run| run.first == at))
                || (token.is(PEOPLE) && token.is(MAN | WOMAN))
            {
                return;
            }
            // "Ada Field, whom he married": somebody else.
            if token.is(HE | SHE) && stream.is(at - 1, RELATIVE) {
                return;
            }
            let is_near = commas == 0;
            let gender = match (token.is(HE), token.is(SHE), stream.word(at)) {
                (true, true, _) => Gender::Unknown,
                (true, ..) | (_, _, "himself") => Gender::Man,
                (_, true, _) | (_, _, "herself") => Gender::Woman,
                (.., "his") if is_near => Gender::Man,
                (.., "her") if is_near => Gender::Woman,
                _ => Gender::Unknown,
            };
            if gender != Gender::Unknown && (sentences == 0 || opens) {
                self.vote(person, gender, 1);
                return;
            }
            if sentences == 1 {
                return;
            }
            at += 1;
        }
    }

    pub(in crate::analysis::quotes) fn called(
        &mut self,
        stream: &Stream<'_>,
        noun: usize,
        at: At,
        person: PersonId,
    ) {
        self.add_role(stream.word(noun), at, person);
        let gender = match (stream.is(noun, MAN), stream.is(noun, WOMAN)) {
            (true, false) => Gender::Man,
            (false, true) => Gender::Woman,
            _ => stream.gender_of_noun(noun),
        };
        self.vote(person, gender, 2);
    }
}

/// Verbs of marrying, and what a spouse is called.
const MARRIED: [&str; 8] = [
    "married",
    "marries",
    "épouse",
    "épousa",
    "épousé",
    "heiratete",
    "geheiratet",
    "casó",
];
const SPOUSES: [&str; 12] = [
    "husband", "wife", "widow", "widower", "mari", "veuve", "veuf", "ehemann", "ehefrau", "witwe",
    "marido", "esposa",
];

/// Prepositions that a place follows.
pub(in crate::analysis::quotes) const PLACES: [&str; 12] = [
    "in", "at", "on", "from", "near", "since", "à", "en", "dans", "aus", "bei", "sur",
];

/// The text has somebody of that name do, say or be something that only people do, are or say.
fn acts(stream: &Stream<'_>, run: &Run) -> bool {
    let is_before = |class| {
        let before = run.first.checked_sub(1);
        let before = before.filter(|_| !stream.tokens[run.first].opens_sentence);
        before.is_some_and(|before| stream.is(before, class))
    };
    if stream.tokens[run.last].is_possessive {
        return false;
    }
    if is_before(REPORTS) {
        return true;
    }
    let next = run.last + 1;
    let Some(token) = stream.token(next) else {
        return false;
    };
    let age_or_who = token.kind == TokenKind::Comma && stream.is(next + 1, RELATIVE | NUMBER);
    let verb_after = token.is_word()
        && !token.opens_sentence
        && !token.is_capital
        && !is_before(PREPOSITION)
        && (stream.is(next, REPORTS | VERB | AUXILIARY | BE)
            || stream.ends_in_ed(next)
            || stream.ends_like_verb(next));
    age_or_who || verb_after
}

/// A word in small letters that is no function word.
fn is_noun(stream: &Stream<'_>, at: usize) -> bool {
    let token = &stream.tokens[at];
    (!token.is_capital || stream.lexicon.grammar.capital_nouns)
        && (token.class & !(PEOPLE | TITLES | WRITING | WORK) == 0)
        && !token.is_possessive
}
