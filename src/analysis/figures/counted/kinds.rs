//! What a figure counts, by its kind.
//!
//! Invariant: looks at no more than the sentence before.

use super::super::FigureKind;
use super::super::grammar::Raw;
use super::super::words::{
    ADJECTIVE, ADVERB, ARTICLE, AUXILIARY, CURRENCY, DETERMINER, FATE, Language, OF, PEOPLE,
    PERCENT, PREPOSITION, PRONOUN, SAYING, TALLY, TIME_UNIT,
};
use super::carried::Object;
use super::{Noun, REACH, Reading, Told};

/// How many figures back an elided noun is looked for.
pub(super) const REMEMBERED: usize = 16;

impl Reading<'_, '_> {
    /// What stands before "of", "at", "was" and a figure: "a depth of 11 km", "the toll stood at 671".
    pub(super) fn named_before(&self, raw: &Raw) -> Option<Noun> {
        let at = raw.start.checked_sub(1)?;
        let token = self.get(at)?;
        if token.is(OF) && !token.is(DETERMINER) || matches!(token.lower.as_str(), "von" | "de") {
            let noun = self.noun_before(at)?;
            // "est passée de 8 %": a verb.
            if self.language == Language::French && self.is_compound_past(noun.head) {
                return None;
            }
            // "margin of error of 3.1".
            if noun.start >= 2
                && self.lower(noun.start - 1) == "of"
                && let Some(outer) = self.noun_before(noun.start - 1)
                && self.kind_of_measure(outer.head)
            {
                return Some(Noun {
                    start: outer.start,
                    end: noun.end,
                    head: outer.head,
                });
            }
            return (!self.is_number(noun.head) && !self.is_verb(noun.head)).then_some(noun);
        }
        None
    }

    pub(super) fn kind_of_measure(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "margin"
                | "rate"
                | "level"
                | "share"
                | "price"
                | "cost"
                | "degree"
                | "standard"
                | "rates"
                | "rise"
                | "fall"
        )
    }

    /// The subject of the verb that a figure completes: "prices to rise 4.2%", "turnout rose from".
    fn subject(&self, raw: &Raw) -> Option<Noun> {
        let start = self.clause_start(raw.start);
        let verb = (start..raw.start).rev().find(|at| {
            (self.is_verb(*at) || self.tokens[*at].is(AUXILIARY)) && !self.tokens[*at].is(SAYING)
                || matches!(
                    self.lower(*at),
                    "put" | "puts" | "bezifferte" | "bezifferten" | "schätzte" | "schätzt"
                )
        })?;
        let mut end = verb;
        while end > start
            && self.tokens[end - 1].is_word()
            && (self.tokens[end - 1].is(AUXILIARY | ADVERB) || self.lower(end - 1) == "to")
        {
            end -= 1;
        }
        if self.tokens[end..verb]
            .iter()
            .chain([&self.tokens[verb]])
            .any(|token| matches!(token.lower.as_str(), "put" | "puts"))
            && self.tokens[verb].is(SAYING)
            && !self.tokens[end..verb]
                .iter()
                .any(|token| token.is(AUXILIARY))
        {
            // Whoever puts it so is not what is counted.
            return self
                .dead_or_noun(verb + 1)
                .filter(|noun| noun.end <= raw.start);
        }
        if self.language == Language::German
            && (self.tokens[start].is(PREPOSITION)
                || end == start
                || matches!(
                    self.lower(verb),
                    "bezifferte" | "bezifferten" | "schätzt" | "schätzte"
                ))
            && let Some(noun) = self
                .noun_after(verb + 1)
                .filter(|noun| noun.end <= raw.start)
        {
            return Some(noun);
        }
        if end > start && self.tokens[end - 1].is_any_mark() {
            // "Inflation, the minister said, had come down": the subject opens the clause.
            let mut opens = start;
            while opens < end && self.tokens[opens].is_any_mark() {
                opens += 1;
            }
            return self.noun_after(opens).filter(|noun| noun.end <= end);
        }
        if self.get(end.checked_sub(1)?)?.is(PRONOUN) {
            return None;
        }
        let noun = self.noun_before(end)?;
        // "Taxes as a share of output": the first of nouns joined by prepositions.
        let mut first = noun;
        for _ in 0..3 {
            let mut at = first.start;
            while at > start && self.tokens[at - 1].is(DETERMINER | ARTICLE) {
                at -= 1;
            }
            let Some(preposition) = at
                .checked_sub(1)
                .filter(|at| *at > start && self.tokens[*at].is(OF | PREPOSITION))
            else {
                break;
            };
            let Some(outer) = self.noun_before(preposition) else {
                break;
            };
            first = outer;
        }
        Some(first)
    }

    /// What a figure counts; `earlier` are the figures before it in the passage.
    pub fn counts(&self, raw: &Raw, earlier: &[Told]) -> Option<Noun> {
        if raw.kind == FigureKind::Duration {
            // Not the last word of "two weeks or more".
            let at = (raw.start..raw.end)
                .rev()
                .find(|at| self.is_period(*at))
                .unwrap_or(raw.end - 1);
            return Some(Noun {
                start: at,
                end: at + 1,
                head: at,
            });
        }
        if raw.compound && raw.kind == FigureKind::Count {
            return Some(Noun {
                start: raw.end - 1,
                end: raw.end,
                head: raw.end - 1,
            });
        }
        if let Some((start, end)) = raw.inner_noun {
            return Some(Noun {
                start,
                end,
                head: end - 1,
            });
        }
        let elided = |kinds: &[FigureKind]| self.elided(raw, earlier, kinds);
        if self.is_gapped(raw, earlier.last())
            && let Some(noun) = elided(&[raw.kind])
        {
            return Some(noun);
        }
        if self.is_of_same_unit(raw, earlier.last())
            && let Some(noun) = earlier.last().and_then(|told| told.noun)
        {
            return Some(noun);
        }
        match self.valued(raw) {
            Some(Object::Named(noun)) => return Some(noun),
            Some(Object::Pointed(tally)) => {
                let asked = || self.asked(raw).filter(|_| raw.kind == FigureKind::Count);
                let cost = || {
                    self.cost_asked(raw)
                        .filter(|_| raw.kind == FigureKind::Money)
                };
                return asked()
                    .or_else(|| elided(&[raw.kind]))
                    .or_else(cost)
                    .or(tally);
            }
            None => {}
        }
        match raw.kind {
            FigureKind::Count => self
                .counts_of_count(raw)
                .or_else(|| {
                    self.of_pronoun(raw)
                        .filter(|noun| self.is_speaker(noun.head))
                })
                .or_else(|| self.opened_of(raw))
                .or_else(|| self.asked(raw))
                .or_else(|| elided(&[FigureKind::Count]))
                .or_else(|| elided(&[FigureKind::Share]))
                .or_else(|| self.of_pronoun(raw)),
            FigureKind::Share => self.counts_of_share(
                raw,
                || elided(&[FigureKind::Share]),
                || elided(&[FigureKind::Count]),
            ),
            FigureKind::Money => self
                .counts_of_money(raw)
                .or_else(|| elided(&[FigureKind::Money])),
            FigureKind::Measure => self.counts_of_measure(raw),
            FigureKind::Duration => None,
        }
    }

    fn of_phrase(&self, at: usize) -> Option<Noun> {
        let opens = self.get(at)?;
        let german_genitive = self.language == Language::German && opens.is(DETERMINER);
        if !opens.is(OF) && !german_genitive {
            return None;
        }
        let noun = self.dead_or_noun(at + 1);
        if noun.is_none() && matches!(self.lower(at + 1), "those" | "what") {
            let end = (at + 1..at + 5)
                .find(|at| self.get(*at).is_none_or(|token| !token.is_word()))
                .unwrap_or(at + 4);
            return Some(Noun {
                start: at + 1,
                end,
                head: end - 1,
            });
        }
        noun
    }

    fn counts_of_count(&self, raw: &Raw) -> Option<Noun> {
        if let Some(noun) = self.of_phrase(raw.end) {
            return (!self.is_number(noun.start))
                .then_some(noun)
                .map(|noun| self.with_of(noun));
        }
        if self.get(raw.end).is_some_and(|token| token.is(OF)) {
            // "14 of 22 counts": what the second number counts.
            let mut at = raw.end + 1;
            while self.is_number(at)
                || self.get(at).is_some_and(|token| token.is(DETERMINER)) && at < raw.end + 4
            {
                at += 1;
            }
            return (at > raw.end + 1).then(|| self.noun_after(at)).flatten();
        }
        if !self
            .get(raw.end)
            .is_some_and(|token| token.is(DETERMINER | ARTICLE | TIME_UNIT))
            && let Some(noun) = self.noun_after(raw.end)
            && !self.is_period(noun.head)
        {
            return Some(self.with_of(noun));
        }
        // "214 were children".
        if self
            .get(raw.end)
            .is_some_and(|token| matches!(token.lower.as_str(), "were" | "are" | "was"))
            && !self
                .get(raw.end + 1)
                .is_some_and(|token| token.is(ADVERB | FATE) || token.is(PREPOSITION))
            && !self.is_verb(raw.end + 1)
            && let Some(noun) = self.noun_after(raw.end + 1)
            && self.lower(noun.head).ends_with(['s', 'n'])
            && !self.lower(noun.head).ends_with("ian")
            && !self.tokens[noun.head].is_capital()
        {
            return Some(noun);
        }
        if let Some(before) = raw.start.checked_sub(1)
            && matches!(self.lower(before), "magnitude" | "stärke" | "magnitud")
        {
            return Some(Noun {
                start: before,
                end: before + 1,
                head: before,
            });
        }
        self.body(raw)
            .or_else(|| self.apposition(raw))
            .or_else(|| self.estimated(raw))
            .or_else(|| self.tally(raw))
    }

    /// "three suspected cases of cholera": the phrase goes on, the head does not.
    fn with_of(&self, noun: Noun) -> Noun {
        if self
            .get(noun.end)
            .is_some_and(|token| token.is(OF) && !token.is(DETERMINER))
            && let Some(inner) = self.noun_after(noun.end + 1)
        {
            return Noun {
                end: inner.end,
                ..noun
            };
        }
        noun
    }

    pub(super) fn is_period(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.is(TIME_UNIT))
    }

    /// "the toll stood at 671", "the dead at 150", "Estimates of civilian dead: twelve", "the number of cases is 12".
    fn tally(&self, raw: &Raw) -> Option<Noun> {
        if let Some(noun) = self.named_before(raw)
            && !self.is_bare_tally(noun.head)
            && !self.tokens[noun.head].is(PEOPLE)
            && self.tokens[noun.head].is(TALLY | FATE)
        {
            return Some(noun);
        }
        let sentence = self.get(raw.start)?.sentence;
        let floor = raw.start.saturating_sub(REACH);
        for at in (floor..raw.start).rev() {
            let token = &self.tokens[at];
            if token.sentence != sentence {
                break;
            }
            if token.is(TALLY)
                && self.get(at + 1).is_some_and(|token| token.is(OF))
                && let Some(noun) = self.dead_or_noun(at + 2)
                && noun.end <= raw.start
                && !self.is_number(noun.start)
            {
                return Some(noun);
            }
        }
        let subject = self.subject(raw)?;
        let verb_moves = self.moved(&subject, raw);
        if self.is_bare_tally(subject.head) || self.subject_speaks(&subject, raw) {
            return None;
        }
        let is_tally = self.tokens[subject.start..subject.end]
            .iter()
            .any(|token| token.is(TALLY | FATE));
        (is_tally || verb_moves).then_some(subject)
    }

    /// Whether the verb of a subject is one of saying: who says is not what is counted.
    fn subject_speaks(&self, subject: &Noun, raw: &Raw) -> bool {
        (subject.end..raw.start.min(subject.end + 3)).any(|at| {
            self.tokens[at].is(SAYING) && !matches!(self.lower(at), "put" | "puts" | "found")
        })
    }

    /// Whether a verb of rising, standing, falling is said of a subject; in German it may stand before it.
    fn moved(&self, subject: &Noun, raw: &Raw) -> bool {
        let from = match self.language {
            Language::German => self.clause_start(raw.start),
            Language::English
            | Language::French
            | Language::Spanish
            | Language::Continental
            | Language::Other => subject.end,
        };
        (from..raw.start).any(|at| moves(self.lower(at)))
    }

    /// Whether a figure stands for one of the passage before: "the figure was around 1,500".
    pub fn refers_back(&self, raw: &Raw) -> bool {
        let subject = self.subject(raw);
        raw.kind == FigureKind::Count
            && subject.is_some_and(|subject| {
                self.is_bare_tally(subject.head) && self.moved(&subject, raw)
            })
    }

    fn counts_of_share(
        &self,
        raw: &Raw,
        share: impl Fn() -> Option<Noun>,
        count: impl Fn() -> Option<Noun>,
    ) -> Option<Noun> {
        if let Some(noun) = self.of_phrase(raw.end) {
            return Some(noun);
        }
        if self.get(raw.end).is_some_and(|token| token.is(OF)) {
            return count().or_else(share);
        }
        if let Some(noun) = self.named_before(raw) {
            return Some(noun);
        }
        let next_noun = self.noun_after(raw.end).filter(|noun| {
            !self.is_period(noun.head)
                && !self.get(raw.end).is_some_and(|token| token.is(ADJECTIVE))
        });
        // "6,5 Prozent mehr Lohn".
        let compared = matches!(self.lower(raw.end), "mehr" | "weniger");
        if compared && let Some(noun) = self.noun_after(raw.end + 1) {
            return Some(noun);
        }
        let in_words = !self.tokens[raw.number.0..raw.end]
            .iter()
            .any(|token| token.is(PERCENT));
        let part = raw.unit.as_deref() == Some("percent") && in_words;
        if part && let Some(noun) = next_noun {
            return Some(noun);
        }
        // "Of the confirmed cases 58% were women".
        if self.lower(self.clause_start(raw.start)) == "of" {
            return self.opened_of(raw).or_else(count);
        }
        let subject = self.subject(raw);
        let verb_moves = subject.is_some_and(|subject| self.moved(&subject, raw));
        if verb_moves && subject.is_some() {
            return subject;
        }
        share()
            .or_else(|| {
                self.get(raw.end)
                    .filter(|token| !token.is(AUXILIARY))
                    .and(subject)
            })
            .or_else(count)
            .or(next_noun)
            .or(subject)
    }

    fn counts_of_money(&self, raw: &Raw) -> Option<Noun> {
        if let Some(noun) = self
            .named_before(raw)
            .filter(|noun| !self.is_bare_tally(noun.head))
        {
            return Some(noun);
        }
        let next = self.get(raw.end);
        if next.is_some_and(|token| token.is(ARTICLE)) {
            let unit = self.noun_after(raw.end + 1)?;
            if !self.is_period(unit.head) {
                return Some(unit);
            }
        } else if next
            .is_some_and(|token| matches!(token.lower.as_str(), "in" | "for" | "of" | "on"))
            && let Some(noun) = self.noun_after(raw.end + 1).filter(|noun| {
                !self.tokens[noun.head].is(TIME_UNIT | CURRENCY)
                    && !self.tokens[noun.head].is_capital()
                    && !is_period_of_a_year(self.lower(noun.head))
            })
        {
            return Some(noun);
        } else if let Some(noun) = next
            .filter(|token| token.is_word() && !token.is(TIME_UNIT))
            .and_then(|_| self.noun_after(raw.end))
            .filter(|noun| noun.start == raw.end && !self.is_verb(noun.head))
        {
            return Some(noun);
        }
        let goes = next.is_some_and(|token| token.lower == "to")
            || self.lower(raw.end + 1) == "to" && self.is_verb(raw.end)
            || matches!(self.lower(raw.end), "goes" | "went");
        if goes {
            let to = (raw.end..raw.end + 3).find(|at| self.lower(*at) == "to")?;
            if let Some(noun) = self.noun_after(to + 1) {
                return Some(noun);
            }
        }
        let subject = self.subject(raw)?;
        // "was jailed for stealing more than": the passive of another verb gives its subject no value.
        let verb = (subject.end..raw.start).rev().find(|at| self.is_verb(*at));
        let moved = match verb {
            Some(verb) => moves(self.lower(verb)) || matches!(self.lower(verb), "put"),
            None => (subject.end..raw.start).any(|at| moves(self.lower(at))),
        };
        let fits = moved || self.is_valued(&subject, raw);
        (fits && !self.is_bare_tally(subject.head)).then_some(subject)
    }

    fn counts_of_measure(&self, raw: &Raw) -> Option<Noun> {
        if let Some(noun) = self.estimated(raw) {
            return Some(noun);
        }
        if let Some(noun) = self.named_before(raw) {
            return Some(noun);
        }
        if let Some(noun) = self.of_phrase(raw.end) {
            return Some(noun);
        }
        if self.get(raw.end).is_some_and(|token| {
            !token.is(ADJECTIVE | DETERMINER | ARTICLE)
                && !matches!(
                    token.lower.as_str(),
                    "wide" | "long" | "high" | "deep" | "tall" | "away" | "thick"
                )
        }) && let Some(noun) = self
            .noun_after(raw.end)
            .filter(|noun| !self.is_verb(noun.head))
        {
            return Some(noun);
        }
        if matches!(
            self.lower(raw.end),
            "wide" | "long" | "high" | "deep" | "tall" | "thick"
        ) {
            return self.noun_before(raw.start).or_else(|| self.subject(raw));
        }
        let sentence = self.get(raw.start)?.sentence;
        self.subject(raw)
            .filter(|noun| self.tokens[noun.start].sentence == sentence)
    }
}

/// "the first half", "the third quarter".
fn is_period_of_a_year(noun: &str) -> bool {
    matches!(noun, "half" | "quarter" | "semester")
}

/// Verbs whose subject is what a number measures.
pub(super) fn moves(verb: &str) -> bool {
    matches!(
        verb,
        "rose"
            | "rise"
            | "rises"
            | "risen"
            | "fell"
            | "fall"
            | "falls"
            | "fallen"
            | "climbed"
            | "climb"
            | "climbs"
            | "dropped"
            | "drop"
            | "drops"
            | "slipped"
            | "grew"
            | "grow"
            | "grows"
            | "grown"
            | "stood"
            | "stands"
            | "stand"
            | "reached"
            | "reach"
            | "reaches"
            | "averaged"
            | "average"
            | "averages"
            | "eased"
            | "increased"
            | "increase"
            | "decreased"
            | "decline"
            | "declined"
            | "jumped"
            | "surged"
            | "sank"
            | "down"
            | "totalled"
            | "totaled"
            | "total"
            | "amounted"
            | "exceeded"
            | "exceed"
            | "was"
            | "is"
            | "were"
            | "are"
            | "puts"
            | "remained"
            | "swelled"
            | "shrank"
            | "doubled"
            | "tripled"
            | "cost"
            | "costs"
            | "stieg"
            | "stiegen"
            | "fiel"
            | "fielen"
            | "liegt"
            | "lag"
            | "beträgt"
            | "betrug"
            | "entspricht"
            | "kostet"
            | "bezifferte"
    )
}
