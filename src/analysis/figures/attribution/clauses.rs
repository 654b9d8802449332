//! Clauses that say whose a figure is or is not: one set against another, a relative one; and roles and owners before a name.
//!
//! Invariant: as in [`super`]; the words are closed classes.

use super::super::counted::Reading;
use super::super::grammar::Raw;
use super::super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, MONTH, OF, PREPOSITION, PRONOUN, SAYING,
    SCALE, SMALL, TIME_UNIT, VAGUE,
};
use super::{is_day, name_after};

/// "…, while the government speaks of 90 million": a clause of somebody else, who says nothing of the figure before it.
pub fn is_set_against(reading: Reading, who: (usize, usize), verb: usize, is_tail: bool) -> bool {
    let tokens = reading.tokens;
    let opens = who.0.checked_sub(1).is_some_and(|before| {
        matches!(
            tokens[before].lower.as_str(),
            "while" | "whereas" | "although" | "though" | "but" | "während" | "mientras"
        )
    });
    let speaks_of = tokens[verb].lower.starts_with("sp")
        && tokens.get(verb + 1).is_some_and(|next| next.is(OF));
    // "…, he said 12 days later" is when, and no number of his.
    let hedges = (verb + 1..verb + 4)
        .take_while(|at| {
            tokens
                .get(*at)
                .is_some_and(|token| token.is(ADVERB | PREPOSITION))
        })
        .count();
    let number = verb + 1 + hedges;
    let says_number = tokens
        .get(number)
        .is_some_and(|next| next.digits().is_some() || next.is(SMALL))
        && tokens
            .get(number + 1)
            .is_none_or(|next| !next.is(TIME_UNIT | MONTH));
    who.1 <= verb && (opens && (!is_tail || says_number) || speaks_of)
}

/// "not the 210 that the union spoke of", "the 34 the office reported": whose number it is that is told again.
pub fn told_in_relative(reading: Reading, raw: &Raw, last: usize) -> Option<(usize, usize)> {
    let tokens = reading.tokens;
    let noun = reading
        .noun_after(raw.end)
        .filter(|noun| noun.start == raw.end && tokens[noun.head].lower.ends_with('s'))
        .map_or(raw.end, |noun| noun.end);
    let is_told = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| matches!(token.lower.as_str(), "that" | "which"))
    };
    let is_the = raw
        .start
        .checked_sub(1)
        .is_some_and(|before| matches!(tokens[before].lower.as_str(), "the" | "those" | "these"));
    let opens = [raw.end, noun].into_iter().find(|at| is_told(*at));
    let opens = match opens {
        Some(at) => at + 1,
        None if is_the => noun,
        None => return None,
    };
    let who = name_after(reading, opens)
        .filter(|who| tokens[who.0].is(DETERMINER | PRONOUN) || tokens[who.0].is_capital())?;
    let verb = (who.1..last.min(who.1 + 4))
        .find(|at| !tokens[*at].is(AUXILIARY | ADVERB) || tokens[*at].is(SAYING))?;
    let closes = |at: usize| {
        at >= last
            || tokens[at].is_any_mark()
            || tokens[at].is(CONJUNCTION | PREPOSITION) && !tokens[at].is(OF)
    };
    let of = usize::from(
        tokens
            .get(verb + 1)
            .is_some_and(|token| token.lower == "of"),
    );
    let is_said =
        tokens[verb].is(SAYING) || matches!(tokens[verb].lower.as_str(), "gave" | "named");
    (is_said && closes(verb + 1 + of)).then_some(who)
}

/// "its director Eva Sand": where the name begins behind a role that says only whose it is.
pub fn role(reading: Reading, who: (usize, usize)) -> Option<usize> {
    let tokens = reading.tokens;
    let opens = matches!(
        tokens.get(who.0)?.lower.as_str(),
        "its" | "their" | "his" | "her" | "our" | "my"
    );
    let name = (who.0 + 1..who.1)
        .rev()
        .take_while(|at| tokens[*at].is_capital() || !tokens[*at].is_word())
        .filter(|at| tokens[*at].is_word())
        .last()?;
    let has_role = name > who.0 + 1 && (who.0 + 1..name).all(|at| !tokens[at].is(OF | CONJUNCTION));
    (opens && has_role).then_some(name)
}

/// "the dockers' union": the apostrophe of several owners, and no mark.
pub fn owns(reading: Reading, mark: usize, end: usize) -> bool {
    let tokens = reading.tokens;
    let is_apostrophe = tokens[mark].is_mark('\'') || tokens[mark].is_mark('\u{2019}');
    let owners = mark.checked_sub(1).map(|at| &tokens[at]);
    is_apostrophe
        && tokens[mark].glued
        && owners.is_some_and(|owners| owners.is_word() && owners.lower.ends_with('s'))
        && mark + 1 < end
        && tokens[mark + 1].is_word()
        && !tokens[mark + 1].is_capital()
        && !reading.is_verb(mark + 1)
}

/// "…; the fishermen say more than 240": whether a verb of saying has a number of its own right behind it.
pub(super) fn tells_a_number(reading: Reading, verb: usize, last: usize) -> bool {
    /// Most words of a hedge between.
    const HEDGE: usize = 4;
    let behind = (verb + 1..last).take(HEDGE + 1);
    for at in behind {
        let token = &reading.tokens[at];
        let is_number = token.digits().is_some() || token.is(SMALL | SCALE | VAGUE);
        if is_number {
            let is_when = reading
                .tokens
                .get(at + 1..last.min(at + 5))
                .is_some_and(|behind| {
                    behind.iter().take(2).any(|token| token.is(TIME_UNIT))
                        || behind.iter().any(|token| {
                            matches!(
                                token.lower.as_str(),
                                "am" | "pm" | "a.m" | "p.m" | "o'clock" | "o’clock"
                            )
                        })
                        || behind
                            .first()
                            .is_some_and(|token| matches!(token.text, ":" | "."))
                            && behind.get(1).is_some_and(|token| token.digits().is_some())
                });
            return !is_when && !is_day(reading, at);
        }
        let is_hedge = token.is(ADVERB | ARTICLE)
            || token.lower == "at"
                && reading
                    .tokens
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.lower.as_str(), "least" | "most"))
            || matches!(
                token.lower.as_str(),
                "least" | "most" | "more" | "than" | "over" | "up" | "to" | "about" | "some"
            );
        if !is_hedge {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::analysis::figures::figures_in;

    /// Who says each figure, and what the text puts before the name.
    fn told(text: &str) -> Vec<(Option<String>, Option<String>)> {
        let figures = figures_in("en", text);
        let who = figures.into_iter().map(|figure| {
            let who = figure.attributed_to.map(|who| who.text);
            (who, figure.attributed_as)
        });
        who.collect()
    }

    fn who(text: &str) -> Vec<Option<String>> {
        told(text).into_iter().map(|(who, _)| who).collect()
    }

    fn names(names: &[Option<&str>]) -> Vec<Option<String>> {
        names.iter().map(|name| name.map(str::to_owned)).collect()
    }

    #[test]
    fn a_number_told_again_is_of_whoever_told_it_first() {
        for (text, wanted) in [
            (
                "The paper counts 150 votes, not the 210 that the mayor spoke of.",
                [Some("The paper"), Some("the mayor")],
            ),
            (
                "Nurses say 61, not the 34 the board reported.",
                [Some("Nurses"), Some("the board")],
            ),
            (
                "It was 61 people, the clinic says, and not 34, as the office reported.",
                [Some("the clinic"), Some("the office")],
            ),
        ] {
            assert_eq!(who(text), names(&wanted), "{text}");
        }
    }

    #[test]
    fn who_is_set_against_a_clause_says_nothing_of_it() {
        for (text, wanted) in [
            (
                "The club wants 20,000 euros for each seat, while the league speaks of 90 million.",
                [None, Some("the league")],
            ),
            (
                "Some 400 marchers came, but the organisers say 2,000.",
                [None, Some("the organisers")],
            ),
            (
                "The army speaks of 40 arrests, while the lawyers' group says 90 were held.",
                [Some("The army"), Some("the lawyers' group")],
            ),
        ] {
            assert_eq!(who(text), names(&wanted), "{text}");
        }
        // At the end of the sentence it is said of all of it.
        assert_eq!(
            who("Some 400 marchers came, while 12 were held, the police said."),
            names(&[Some("the police"), Some("the police")])
        );
        assert_eq!(
            who("The office still speaks of 34 dead."),
            names(&[Some("The office")])
        );
    }

    #[test]
    fn a_role_that_says_only_whose_it_is_stands_aside_from_the_name() {
        let of = |name: &str, role: &str| (Some(name.to_owned()), Some(role.to_owned()));
        assert_eq!(
            told("The office will pay 5,000 euros to each, its director Eva Sand said."),
            [of("Eva Sand", "its director")]
        );
        assert_eq!(
            told("Their spokesman Ivo Bell said 300 had signed."),
            [of("Ivo Bell", "Their spokesman")]
        );
        assert_eq!(
            told("Her lawyer said 12 were held."),
            [(Some("Her lawyer".to_owned()), None)]
        );
    }
}
