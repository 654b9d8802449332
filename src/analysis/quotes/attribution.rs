//! The words around a quotation that say whose it is: a verb that reports speech with its subject, "according to", or
//! what leads up to a colon.
//!
//! Invariant: looks at the sentence that the quotation stands in and the clause after it, no further; what it finds are
//! places in the text, which explain the finding.

mod clues;

use super::clause::{Gender, REACH, Stream, Subject};
use super::lexicon::{
    A, ACCORDING, ADVERB, AND, AUXILIARY, BE, DEEMS, HE, LIGHT, MAY_REPORT, OBJECT, OPENS, PEOPLE,
    POSSESSIVE, PREPOSITION, PRONOUN, QUOTED, RELATIVE, REPORTS, SHE, SPEECH, SUBORDINATE, THE,
    THEY, VERB, WRITING,
};
use super::tokens::{Token, TokenKind};
use crate::text::ByteSpan;

/// Verbs of one clause that are tried.
const MOST_VERBS: usize = 4;

/// Where the words that attribute a quotation stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The verb or the words that report.
    pub(super) cue: Option<ByteSpan>,
    /// Who it is about.
    pub(super) subject: Subject,
    /// The quotation and the verb stand next to each other, parted by no more than the subject: it is speech however short.
    pub(super) is_close: bool,
}

/// What a quotation ends with, before its closing mark and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// A comma or a dash: the sentence goes on.
    Comma,
    /// A question, an exclamation, an ellipsis.
    Open,
    /// A full stop.
    Stop,
    /// Nothing.
    Bare,
}

/// The attribution of the quotation at token `hole`, which holds `inside`; `own` is its own stream.
pub(super) fn attribution(
    stream: &Stream<'_>,
    hole: usize,
    inside: &str,
    own: Option<&Stream<'_>>,
) -> Option<Attribution> {
    let around = Around::new(stream, hole, inside);
    let after = || around.after();
    let close_before = || around.before().filter(|found| found.is_close);
    let within = || {
        own.filter(|own| own.lexicon.grammar.reports_inside)
            .and_then(within)
    };
    if around.ending == Ending::Comma && !around.has_verb_before() {
        return after().or_else(|| around.before()).or_else(within);
    }
    close_before()
        .or_else(after)
        .or_else(|| around.verb_after())
        .or_else(within)
        .or_else(|| around.before())
}

/// What leads up to the end of a passage that ends with a colon.
pub(super) fn leading(stream: &Stream<'_>) -> Option<Attribution> {
    let last = stream.tokens.last()?;
    if last.kind != TokenKind::Colon {
        return None;
    }
    Around::new(stream, stream.tokens.len(), "").before()
}

/// A quotation and the text on both sides of it.
struct Around<'a> {
    stream: &'a Stream<'a>,
    hole: usize,
    ending: Ending,
}

impl<'a> Around<'a> {
    fn new(stream: &'a Stream<'a>, hole: usize, inside: &str) -> Self {
        let comma_after = matches!(
            stream.kind(hole + 1),
            Some(TokenKind::Comma | TokenKind::Dash)
        );
        let ending = match inside.chars().next_back() {
            _ if comma_after => Ending::Comma,
            Some(',' | '،' | '，' | '—' | '–' | '-') => Ending::Comma,
            Some('?' | '!' | '…' | '؟' | '？' | '！') => Ending::Open,
            Some('.' | '。') if inside.ends_with("...") => Ending::Open,
            Some('.' | '。') => Ending::Stop,
            _ => Ending::Bare,
        };
        Self {
            stream,
            hole,
            ending,
        }
    }

    /// `“…,” said Ada Field.`
    fn after(&self) -> Option<Attribution> {
        let stream = self.stream;
        let mut from = self.hole + 1;
        while matches!(stream.kind(from), Some(TokenKind::Comma | TokenKind::Dash)) {
            from += 1;
        }
        let first = stream.token(from).filter(|token| token.is_word())?;
        // `“…,” which is to say …`, `“…,” and he said`: that goes on with something else.
        if first.is(RELATIVE | AND | SUBORDINATE) && !first.is(PRONOUN | OPENS | ADVERB) {
            return None;
        }
        let may_attach = match self.ending {
            Ending::Comma | Ending::Open => true,
            Ending::Stop => !first.opens_sentence,
            Ending::Bare => stream.is_at_start(self.hole) && !first.opens_sentence,
        };
        if !may_attach {
            return None;
        }
        let end = stream.clause_end(from);
        // "“…”. On a placard stood: “…”": that belongs to what follows.
        let stops = stream
            .text
            .get(stream.tokens[self.hole].span.end as usize..first.span.start as usize)
            .is_some_and(|gap| gap.contains(['.', '!', '?', ';']));
        let leads_on = end > from
            && stream.token(end).is_some_and(Token::is_hole)
            && stream.kind(end - 1) == Some(TokenKind::Colon);
        if stops || (leads_on && self.ending != Ending::Comma) {
            return None;
        }
        if let Some(found) = stream.according(from, from + 1, end) {
            return Some(found);
        }
        if let Some(found) = stream.was_their_answer(from) {
            return Some(found);
        }
        if stream.lexicon.is_empty() {
            return stream.name_near(from, end.min(from + 6));
        }
        // "so Field weiter"
        if stream.lexicon.grammar.capital_nouns && stream.word(from) == "so" {
            return Some(Attribution {
                cue: Some(stream.span_of(from, from)),
                subject: stream.subject_after(from, end)?,
                is_close: true,
            });
        }
        let listed = (from..end).find(|at| {
            stream.reports_at(*at, from)
                || (stream.is(*at, MAY_REPORT) && *at < from + 9 && stream.ends_clause(*at + 1))
        });
        let may_be_unlisted = self.ending == Ending::Comma || stream.is_at_start(self.hole);
        let verb = listed.or_else(|| {
            may_be_unlisted
                .then(|| stream.unlisted_verb(from, end))
                .flatten()
        })?;
        let only_close = first.opens_sentence || self.ending == Ending::Bare;
        let before = stream.subject_before_report(from, verb);
        let is_inverted = (from..verb).all(|at| stream.is(at, ADVERB | OBJECT | AUXILIARY));
        let (subject, is_close) = if verb == from || (is_inverted && before.is_none()) {
            let inverted = stream.subject_after(verb, end);
            if inverted.is_none() && !stream.lexicon.grammar.drops_subject {
                return None;
            }
            (inverted.unwrap_or(Subject::Dropped), true)
        } else {
            let subject = before?;
            let is_close = subject.starts_near(from) && verb <= from + 12;
            (subject, is_close)
        };
        if only_close && !is_close {
            return None;
        }
        Some(Attribution {
            cue: Some(stream.span_of(verb, verb)),
            subject,
            is_close,
        })
    }

    /// `Ada Field said, “…”`, `according to Ada Field, “…”`, `Ada Field had a rule: “…”`
    fn before(&self) -> Option<Attribution> {
        let stream = self.stream;
        let mut start = stream.clause_start(self.hole);
        while start < self.hole && !stream.tokens[start].is_word() {
            start += 1;
        }
        // "As the captain put it, “…”"
        if stream.is_as(start) || stream.word(start).eq_ignore_ascii_case("as") {
            start += 1;
        }
        if start >= self.hole {
            return None;
        }
        let mark = stream.kind(self.hole - 1);
        let has_colon = mark == Some(TokenKind::Colon);
        let has_comma = mark == Some(TokenKind::Comma);
        let last_word = (start..self.hole)
            .rev()
            .find(|at| stream.token(*at).is_some_and(Token::is_word))?;
        if stream.lexicon.is_empty() {
            return stream.name_near(start, self.hole).filter(|_| has_colon);
        }
        // "جواب داد": two words are one verb.
        let end_of = |at: usize| {
            let is_light = stream.is(at, LIGHT) && stream.is(at + 1, AUXILIARY);
            at + usize::from(is_light)
        };
        let stands_next = |at: usize| {
            end_of(at) == last_word || stream.is_only_filling(end_of(at) + 1, self.hole)
        };
        let reports = |at: &usize| {
            stream.reports_at(*at, start)
                || (stream.is(*at, DEEMS) && stream.has_plain_object(*at, self.hole))
                || (stream.is(*at, MAY_REPORT)
                    && !stream.tokens[*at].is_joined
                    && !stream.is_noun(*at)
                    && (stands_next(*at) || stream.is_as(last_word)))
        };
        let nearest = (start..self.hole).rev().find(reports);
        let according = (start..self.hole)
            .rev()
            .find_map(|at| Some((at, stream.according(at, at + 1, self.hole)?)));
        if let Some((at, found)) = according
            && nearest.is_none_or(|verb| verb < at || !stands_next(verb))
        {
            return Some(found);
        }
        if let Some(found) = stream.it_says_in(start, self.hole) {
            return Some(found);
        }
        if let Some(found) = stream.their_words_were(start, last_word) {
            return Some(found);
        }
        // A word that only looks like a verb has no subject that could speak.
        let verbs = (start..self.hole).rev().filter(reports).take(MOST_VERBS);
        for nearest in verbs {
            let earlier = stream.told_in_writing(start, nearest);
            let verb = earlier.unwrap_or(nearest);
            let subject = self.subject_of(start, verb);
            if !stream.can_speak(&subject) {
                continue;
            }
            let is_next = earlier.is_some() || stands_next(verb);
            let has_mark = has_colon || has_comma;
            let is_close = is_next || (has_mark && stream.is_addressed(verb, self.hole, has_mark));
            return Some(Attribution {
                cue: Some(stream.span_of(verb, verb)),
                subject: stream.who_wrote(subject),
                is_close,
            });
        }
        if !has_colon {
            return None;
        }
        let subject = stream.subject_at(start, self.hole - 1)?;
        stream.can_speak(&subject).then(|| Attribution {
            cue: None,
            subject: stream.who_wrote(subject),
            is_close: false,
        })
    }

    /// The verb stands right before the mark: a comma inside the marks belongs to the sentence around them.
    fn has_verb_before(&self) -> bool {
        self.hole > 0
            && !self.stream.is_at_start(self.hole)
            && self.stream.reports_at(self.hole - 1, 0)
    }

    /// The subject before, the verb right after: `dessen Leiter Falk Mohr von „Glück“ spricht`, and as a rule in Persian.
    fn verb_after(&self) -> Option<Attribution> {
        let stream = self.stream;
        let grammar = stream.lexicon.grammar;
        let verb = self.hole + 1;
        if !(grammar.verb_last || grammar.capital_nouns)
            || self.ending != Ending::Bare
            || stream.is_at_start(self.hole)
            || !stream.is(verb, REPORTS | DEEMS | LIGHT)
        {
            return None;
        }
        let start = stream.clause_start(self.hole);
        let comma = (start..self.hole)
            .rev()
            .find(|at| stream.kind(*at) == Some(TokenKind::Comma))
            .filter(|_| grammar.capital_nouns);
        let first = comma.map_or(start, |comma| comma + 1);
        Some(Attribution {
            cue: Some(stream.span_of(verb, verb)),
            subject: stream.subject_at(first, self.hole)?,
            is_close: false,
        })
    }

    fn subject_of(&self, start: usize, verb: usize) -> Subject {
        let stream = self.stream;
        // "Vor dem Rathaus riefen rund hundert Schüler": the verb stands second.
        let verb_second = stream.lexicon.grammar.capital_nouns
            && stream.is(start, PREPOSITION | ADVERB)
            && !stream.is(start, OPENS)
            && !(start..verb).any(|at| stream.kind(at) == Some(TokenKind::Comma));
        if verb_second {
            return stream
                .subject_after(verb, self.hole)
                .unwrap_or(Subject::Nobody);
        }
        let found = stream.subject_before_report(start, verb);
        // "Die Kosten bezeichnete Ada Feld als „hoch“": the object first.
        if stream.lexicon.grammar.capital_nouns
            && !matches!(&found, Some(Subject::Name(_) | Subject::Pronoun(..)))
            && !matches!(&found, Some(Subject::Described(phrase)) if stream.speaks_by_noun(phrase))
            && let Some(Subject::Name(run)) = stream.subject_after(verb, self.hole)
            && run.first == verb + 1
        {
            return Subject::Name(run);
        }
        found.unwrap_or_else(|| {
            let inverted = (verb == start)
                .then(|| stream.subject_after(verb, self.hole))
                .flatten();
            // Persian "they have written" is anybody.
            let is_impersonal =
                stream.lexicon.grammar.verb_last && stream.word(verb).ends_with("ند");
            inverted.unwrap_or(if is_impersonal {
                Subject::Nobody
            } else if stream.lexicon.grammar.drops_subject || stream.is(start, AND) {
                Subject::Dropped
            } else {
                Subject::Nobody
            })
        })
    }
}

/// A reporting clause inside the marks: `« Je lis, confie-t-il, à midi. »`
fn within(own: &Stream<'_>) -> Option<Attribution> {
    for from in 1..own.tokens.len() {
        let before = &own.tokens[from - 1];
        // A question may end before it: `« À quel prix ? demanda-t-il. »`
        let asks = || {
            own.text
                .get(before.span.end as usize..own.tokens[from].span.start as usize)
                .is_some_and(|gap| gap.contains(['?', '!', '…']))
        };
        if !(matches!(before.kind, TokenKind::Comma | TokenKind::Dash)
            || (before.is_word() && asks()))
        {
            continue;
        }
        let end = own.clause_end(from);
        let Some(verb) = (from..end.min(from + 4)).find(|at| own.is(*at, REPORTS)) else {
            continue;
        };
        if (from..verb).any(|at| !own.is(at, AUXILIARY | OBJECT) && !own.tokens[at].is_joined) {
            continue;
        }
        // `a-t-il expliqué`, `confie-t-il`: a pronoun joined by a hyphen is never anything else.
        let joined = (from..(verb + 3).min(own.tokens.len()))
            .filter(|at| own.tokens[*at].is_joined)
            .find_map(|at| own.subject_at(at, at + 1));
        let is_parted = before.kind == TokenKind::Dash;
        let closes = |at: usize| {
            own.token(at)
                .is_none_or(|token| !token.is_word() || token.opens_sentence)
        };
        let subject = match joined {
            Some(subject) => subject,
            None => match own.subject_after(verb, end) {
                Some(Subject::Name(run)) if closes(run.last + 1) || is_parted => Subject::Name(run),
                Some(Subject::Described(phrase)) if closes(phrase.last + 1) => {
                    Subject::Described(phrase)
                }
                _ if own.lexicon.grammar.drops_subject && (closes(verb + 1) || is_parted) => {
                    Subject::Dropped
                }
                _ => continue,
            },
        };
        return Some(Attribution {
            cue: Some(own.span_of(verb, verb)),
            subject,
            is_close: true,
        });
    }
    None
}
