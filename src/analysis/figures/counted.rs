//! What a figure counts, and what is said of it.
//!
//! Invariant: a phrase that is named stands in the passage; what is elided is taken from an earlier figure of the same
//! passage, never from another.

use super::FigureKind;
use super::grammar::Raw;
use super::tokens::Token;
use super::words::{
    ADJECTIVE, ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, CURRENCY, DETERMINER, FATE, FEW, Language,
    MONTH, OF, PEOPLE, PERCENT, PREPOSITION, PRONOUN, SAYING, SCALE, SMALL, TALLY, TIME_UNIT,
    VAGUE, VERB, WEEKDAY,
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
        if token.is(VERB | SAYING) {
            // "the reports", "a claim", "the cost of": nouns of the same form.
            return !self.before(at).is_some_and(|before| {
                before.is(DETERMINER | ARTICLE | ADJECTIVE | OF)
                    && !matches!(before.lower.as_str(), "that" | "this")
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
            }
            Language::German => {
                let plain = !token.is_capital() && token.lower.len() > 4;
                plain
                    && (token.lower.starts_with("ge")
                        && (token.lower.ends_with('t') || token.lower.ends_with("en"))
                        || token.lower.ends_with("ten")
                        || token.lower.ends_with("te")
                        || token.is(FATE))
                    && !self
                        .get(at + 1)
                        .is_some_and(|next| next.is_word() && next.is_capital())
            }
            Language::French | Language::Spanish | Language::Continental | Language::Other => {
                token.is(FATE)
            }
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
        noun_follows && opened
            || opened
                && self
                    .before(at)
                    .is_some_and(|before| before.is(DETERMINER | ARTICLE | OF))
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
            if adjective && !noun_next {
                if head.is_none() {
                    return None;
                }
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
        let mut end = start + 1;
        while end < start + 3
            && self.is_nominal(end)
            && !self.is_verb(end)
            && !self.tokens[end].is(VERB | FATE)
        {
            end += 1;
        }
        Some(Noun {
            start,
            end,
            head: start,
        })
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

    fn clause_end(&self, at: usize) -> usize {
        let sentence = self.get(at).map_or(0, |token| token.sentence);
        (at..self.tokens.len().min(at + REACH))
            .find(|after| {
                let token = &self.tokens[*after];
                token.sentence != sentence
                    || matches!(token.text, ";" | ":" | "." | "\u{2014}" | "!" | "?")
            })
            .unwrap_or_else(|| self.tokens.len().min(at + REACH))
    }

    /// The verb said of a figure: after it when it is the subject, else the last before it.
    pub fn predicate(&self, raw: &Raw, counts: Option<Noun>) -> Option<usize> {
        let after = counts.map_or(raw.end, |noun| noun.end.max(raw.end));
        if let Some(at) = self.verb_of_subject(raw.end, after) {
            return Some(at);
        }
        let start = self.clause_start(raw.start);
        let mut gerund = None;
        for at in (start..raw.start).rev() {
            let token = &self.tokens[at];
            if self.is_verb(at) {
                if self.says(at) {
                    return None;
                }
                return self
                    .beside(raw, at)
                    .then_some(at)
                    .map(|at| self.fate_of(at, raw));
            }
            if self.language == Language::English
                && token.lower.ends_with("ing")
                && token.lower.len() > 5
                && gerund.is_none()
                && self
                    .before(at)
                    .is_some_and(|before| before.is_any_mark() || before.is(PREPOSITION))
                && raw.start - at <= 3
            {
                gerund = Some(at);
                return gerund;
            }
        }
        if self.language == Language::German {
            let end = self.clause_end(after);
            return (after..end).find(|at| self.is_verb(*at));
        }
        gerund
    }

    /// Whether a figure is the verb's own, not that of a place or means named after another noun: "moved it through seven
    /// companies".
    fn beside(&self, raw: &Raw, verb: usize) -> bool {
        let Some(before) = raw.start.checked_sub(1).filter(|before| *before > verb + 1) else {
            return true;
        };
        let mut preposition = before;
        while preposition > verb && self.tokens[preposition].is(DETERMINER | ARTICLE) {
            preposition -= 1;
        }
        let place = matches!(
            self.lower(preposition),
            "in" | "through"
                | "across"
                | "among"
                | "over"
                | "along"
                | "on"
                | "within"
                | "near"
                | "between"
                | "after"
                | "during"
                | "under"
        );
        let depth = self.lower(preposition) == "of"
            && raw.kind == FigureKind::Measure
            && self
                .get(verb + 1)
                .is_some_and(|token| token.is(PREPOSITION));
        !depth && !(place && (verb + 1..preposition).any(|at| self.is_nominal(at)))
    }

    /// "the dead included 37 pupils", "left two thousand dead": what was done to them, where the verb only carries it.
    fn fate_of(&self, verb: usize, raw: &Raw) -> usize {
        let carries = matches!(
            self.lower(verb),
            "included"
                | "include"
                | "includes"
                | "remained"
                | "remain"
                | "left"
                | "became"
                | "become"
        );
        if !carries {
            return verb;
        }
        let around = (verb.saturating_sub(2)..verb).chain(verb + 1..raw.start);
        around
            .filter(|at| self.tokens[*at].is(FATE))
            .last()
            .unwrap_or(verb)
    }

    /// The verb of a subject that ends at `after`; `number_end` is where its number ends.
    fn verb_of_subject(&self, number_end: usize, after: usize) -> Option<usize> {
        // "hundreds, possibly thousands, killed".
        if self.get(after).is_some_and(|token| token.is_mark(',')) {
            let list = (after..after + 8).find(|at| {
                self.get(*at).is_none_or(|token| {
                    !(token.is_mark(',')
                        || token.is(ADVERB | VAGUE | SMALL | SCALE)
                        || token.digits().is_some()
                        || matches!(
                            token.lower.as_str(),
                            "possibly" | "or" | "even" | "probably"
                        ))
                })
            })?;
            return (self.get(list).is_some_and(|token| token.is(FATE))).then_some(list);
        }
        let mut at = after;
        if number_end > after {
            at = number_end;
        }
        let end = self.clause_end(at).min(at + 12);
        let mut auxiliary = false;
        let mut skipped = 0;
        let mut in_phrase = false;
        while at < end {
            let token = self.get(at)?;
            if token.is(FATE) && token.is_word() && !token.lower.ends_with('s') && !in_phrase {
                return Some(at);
            }
            if token.is(AUXILIARY) {
                auxiliary = true;
                in_phrase = false;
            } else if self.is_verb(at) && !(in_phrase && !auxiliary && skipped > 5) {
                if self.says(at) {
                    return None;
                }
                if self
                    .get(at + 1)
                    .is_some_and(|next| next.is(FATE) && next.is_word())
                {
                    return Some(at + 1);
                }
                return Some(at);
            } else if auxiliary
                && matches!(self.lower(at - 1), "has" | "have" | "had")
                && token.is(ARTICLE | DETERMINER)
            {
                return Some(at - 1);
            } else if auxiliary
                && matches!(
                    token.lower.as_str(),
                    "likely" | "expected" | "to" | "able" | "set"
                )
            {
                in_phrase = false;
            } else if auxiliary && token.is_word() && token.lower.ends_with("ing") {
                return Some(at);
            } else if auxiliary && token.is(ADVERB) || token.is(ADVERB) {
            } else if token.is_any_mark() && !token.is_dash()
                || token.is(CONJUNCTION)
                || token.is(DETERMINER) && auxiliary
                || self.is_number(at) && !in_phrase
            {
                return None;
            } else if token.is(OF)
                || matches!(
                    token.lower.as_str(),
                    "in" | "of"
                        | "from"
                        | "with"
                        | "at"
                        | "under"
                        | "over"
                        | "aged"
                        | "on"
                        | "below"
                        | "above"
                ) && !auxiliary
            {
                in_phrase = true;
            } else if token.is(PREPOSITION) && !in_phrase {
                return None;
            } else if auxiliary && !in_phrase && skipped > 2 {
                return None;
            } else {
                skipped += 1;
            }
            at += 1;
        }
        None
    }

    /// Whether the verb opens what somebody says, so that it is no predicate of what is counted.
    fn says(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "said"
                | "says"
                | "say"
                | "saying"
                | "told"
                | "added"
                | "adds"
                | "claimed"
                | "claims"
                | "estimated"
                | "estimates"
                | "according"
                | "announced"
                | "thought"
                | "believe"
                | "believes"
                | "put"
                | "puts"
                | "warned"
                | "confirmed"
                | "admitted"
                | "spoke"
                | "sagte"
                | "berichtet"
                | "berichtete"
                | "sprach"
        )
    }

    /// What stands before "of", "at", "was" and a figure: "a depth of 11 km", "the toll stood at 671".
    fn named_before(&self, raw: &Raw) -> Option<Noun> {
        let at = raw.start.checked_sub(1)?;
        let token = self.get(at)?;
        if token.is(OF) && !token.is(DETERMINER) || matches!(token.lower.as_str(), "von" | "de") {
            let noun = self.noun_before(at)?;
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

    fn kind_of_measure(&self, at: usize) -> bool {
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
            && let Some(object) = self.dead_or_noun(verb + 1)
        {
            return Some(object);
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
    pub fn counts(&self, raw: &Raw, earlier: &[(FigureKind, Option<Noun>)]) -> Option<Noun> {
        if raw.kind == FigureKind::Duration {
            let at = raw.end - 1;
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
        let elided = |kinds: &[FigureKind]| {
            earlier
                .iter()
                .rev()
                .find(|(kind, noun)| kinds.contains(kind) && noun.is_some())
                .and_then(|(_, noun)| *noun)
        };
        match raw.kind {
            FigureKind::Count => self
                .counts_of_count(raw)
                .or_else(|| self.asked(raw))
                .or_else(|| elided(&[FigureKind::Count]))
                .or_else(|| elided(&[FigureKind::Share])),
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

    /// Whether what is counted stands right after the figure, with nothing but articles and "of" between.
    pub fn follows(&self, raw: &Raw, noun: Noun) -> bool {
        noun.start >= raw.end
            && (raw.end..noun.start).all(|at| self.tokens[at].is(OF | DETERMINER | ARTICLE))
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
        self.tally(raw)
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

    fn is_period(&self, at: usize) -> bool {
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

    /// "how many people have been killed": what a number without a noun answers, up to two sentences later.
    fn asked(&self, raw: &Raw) -> Option<Noun> {
        let floor = raw.start.saturating_sub(4 * REACH);
        let many = (floor.max(1)..raw.start)
            .rev()
            .find(|at| self.lower(*at) == "many" && self.lower(*at - 1) == "how")?;
        self.noun_after(many + 1)
    }

    /// The verb of what was asked for with "how many".
    pub fn asked_verb(&self, noun: Noun) -> Option<usize> {
        let many = noun
            .start
            .checked_sub(1)
            .filter(|at| self.lower(*at) == "many")?;
        (many > 0)
            .then(|| self.verb_of_subject(noun.end, noun.end))
            .flatten()
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

    fn is_bare_tally(&self, at: usize) -> bool {
        matches!(
            self.lower(at),
            "figure"
                | "estimates"
                | "reports"
                | "number"
                | "numbers"
                | "figures"
                | "estimate"
                | "count"
                | "sum"
                | "amount"
                | "tally"
                | "total"
                | "zahl"
                | "chiffre"
                | "cifra"
        )
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
        let part = raw.unit.as_deref() == Some("percent") && raw.number.1 == raw.end;
        if part && let Some(noun) = next_noun {
            return Some(noun);
        }
        // "Of the confirmed cases 58% were women".
        let start = self.clause_start(raw.start);
        if self.lower(start) == "of" {
            return self.noun_after(start + 1).or_else(count);
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
        let fits = (subject.end..raw.start).any(|at| {
            moves(self.lower(at)) || matches!(self.lower(at), "put" | "costs" | "cost" | "in")
        });
        (fits && !self.is_bare_tally(subject.head)).then_some(subject)
    }

    fn counts_of_measure(&self, raw: &Raw) -> Option<Noun> {
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

/// Verbs whose subject is what a number measures.
fn moves(verb: &str) -> bool {
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

impl Reading<'_, '_> {
    /// The date and place phrases in the clause of a figure: "on Tuesday", "in Perrin".
    pub fn scope(&self, raw: &Raw) -> Option<Vec<(usize, usize)>> {
        let start = self.clause_start(raw.start);
        let end = self.clause_end(raw.end);
        let mut found = Vec::new();
        let mut at = start;
        while at < end && found.len() < 3 {
            let token = &self.tokens[at];
            let opens = token.is(PREPOSITION)
                && !token.is(OF)
                && !matches!(
                    token.lower.as_str(),
                    "to" | "by"
                        | "for"
                        | "with"
                        | "without"
                        | "per"
                        | "as"
                        | "than"
                        | "about"
                        | "including"
                );
            let mut name = at + 1;
            while self
                .get(name)
                .is_some_and(|token| token.is(DETERMINER | ARTICLE))
                && name < at + 3
            {
                name += 1;
            }
            let mut last = name;
            while last < end && last < name + 4 {
                let Some(token) = self.get(last) else { break };
                let year = token.digits().is_some_and(|digits| {
                    digits.whole == 4 && !digits.grouped && (1500.0..2200.0).contains(&digits.value)
                });
                let day = token.digits().is_some_and(|digits| digits.value <= 31.0)
                    && (self.get(last + 1).is_some_and(|token| token.is(MONTH))
                        || self.before(last).is_some_and(|token| token.is(MONTH)));
                let proper = token.is_word()
                    && token.is_capital()
                    && (self.language != Language::German || token.is(MONTH | WEEKDAY));
                if !(year || day || proper || token.is(WEEKDAY) && token.is_capital()) {
                    break;
                }
                last += 1;
            }
            if opens && last > name && (last <= raw.start || at >= raw.end) {
                found.push((at, last));
                at = last;
            } else {
                at += 1;
            }
        }
        (!found.is_empty()).then_some(found)
    }
}
