//! What is said of a figure: its verb, and the date and place of its clause.
//!
//! Invariant: looks at no more than a clause.

use super::super::FigureKind;
use super::super::grammar::Raw;
use super::super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, FATE, Language, MONTH, OF, PREPOSITION,
    SCALE, SMALL, VAGUE, WEEKDAY,
};
use super::{Noun, Reading};

impl Reading<'_, '_> {
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
        let apart = place && (verb + 1..preposition).any(|at| self.is_nominal(at));
        !(depth || apart)
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
        let mut around = (verb.saturating_sub(2)..verb)
            .chain(verb + 1..raw.start)
            .rev();
        around.find(|at| self.tokens[*at].is(FATE)).unwrap_or(verb)
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
            } else if token.is(ADVERB) {
                // It stands between a verb and its auxiliary.
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
            } else if !in_phrase && (token.is(PREPOSITION) || auxiliary && skipped > 2) {
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
