//! What is said of a figure: its verb.
//!
//! Invariant: looks at no more than a clause.

use super::super::FigureKind;
use super::super::grammar::Raw;
use super::super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, FATE, Language, MONTH, OF, PREPOSITION,
    SCALE, SMALL, VAGUE, WEEKDAY,
};
use super::kinds::moves;
use super::parts::is_counting;
use super::{Noun, Reading};

impl Reading<'_, '_> {
    /// The verb said of a figure: after it when it is the subject, else the last before it.
    pub fn predicate(&self, raw: &Raw, counts: Option<Noun>) -> Option<usize> {
        let after = counts.map_or(raw.end, |noun| noun.end.max(raw.end));
        if self.is_lapse(raw) || self.is_pointed(raw) || self.is_part_named(raw) {
            return None;
        }
        if self.language == Language::German {
            return self.german_predicate(raw, after);
        }
        let in_phrase = counts.is_some() && self.is_in_phrase(raw);
        if !in_phrase && let Some(at) = self.verb_of_subject(raw, after) {
            return Some(at);
        }
        let start = self.clause_start(raw.start);
        if let Some(at) = self.had(raw, start) {
            return Some(at);
        }
        let mut gerund = None;
        for at in (start..raw.start).rev() {
            let token = &self.tokens[at];
            // Behind ", and" another clause has begun.
            if token.is(CONJUNCTION)
                && self.before(at).is_some_and(|before| before.is_mark(','))
                && !self.is_verb(at + 1)
                && self
                    .noun_after(at + 1)
                    .is_some_and(|noun| noun.end <= raw.start)
            {
                return None;
            }
            if self.is_verb(at) {
                if self.says(at) && !self.is_done(at, raw) || self.is_of_clause_before(at, raw) {
                    return None;
                }
                if is_counting(self.lower(at))
                    && let Some(verb) = self.verb_of_those_who(raw, after)
                {
                    return Some(verb);
                }
                return self
                    .beside(raw, at)
                    .then_some(at)
                    .map(|at| self.fate_of(at, raw));
            }
            if self.language == Language::English
                && is_gerund(&token.lower)
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
        gerund
    }

    /// "The number of people killed in the storm rose to 31": what was done to those whose number moves, not what the number does.
    pub fn fate_of_tally(&self, verb: usize, counts: Option<Noun>) -> Option<usize> {
        let noun = counts.filter(|noun| noun.end <= verb && moves(self.lower(verb)))?;
        (noun.end..verb.min(noun.end + 2)).find(|at| {
            let token = &self.tokens[*at];
            token.is(FATE) && token.is_word()
        })
    }

    /// What stands before the figure and its articles.
    fn joint(&self, raw: &Raw) -> Option<usize> {
        let mut at = raw.start.checked_sub(1)?;
        while at > 0 && self.tokens[at].is(DETERMINER | ARTICLE) && !self.tokens[at].is(OF) {
            at -= 1;
        }
        Some(at)
    }

    /// "in two days", "after five months", "forty minutes later": when, which no verb is said of.
    fn is_lapse(&self, raw: &Raw) -> bool {
        let before = self.joint(raw).map_or("", |at| self.lower(at));
        raw.kind == FigureKind::Duration
            && (matches!(before, "in" | "after" | "from" | "than" | "en" | "nach")
                || matches!(
                    self.lower(raw.end),
                    "later" | "earlier" | "after" | "before" | "plus" | "später" | "zuvor"
                ))
    }

    /// "14 of 22 counts", "Of the 14 houses five are left": the whole of which a part is told, which no verb is said of.
    fn is_part_named(&self, raw: &Raw) -> bool {
        let mut at = raw.start;
        while at > 0
            && (self.tokens[at - 1].is(DETERMINER | ARTICLE)
                || self
                    .get(at - 1)
                    .is_some_and(|token| token.text.ends_with("'s") || token.text.ends_with("’s")))
            && !self.tokens[at - 1].is(OF)
        {
            at -= 1;
        }
        let Some(of) = at.checked_sub(1).filter(|of| self.lower(*of) == "of") else {
            return false;
        };
        of == self.clause_start(raw.start) || of > 0 && self.is_number(of - 1)
    }

    /// "After the bridge fell, 61 in hospital": whether a verb is that of a clause that a conjunction opens and a comma closes.
    fn is_of_clause_before(&self, verb: usize, raw: &Raw) -> bool {
        let start = self.clause_start(raw.start);
        self.opens_subordinate(start)
            && (start..verb).all(|at| !self.tokens[at].is_mark(','))
            && (verb..raw.start).any(|at| self.tokens[at].is_mark(','))
    }

    /// "… after the gates closed", "… because rents had doubled": the verb behind is that of another clause.
    fn opens_subordinate(&self, at: usize) -> bool {
        let word = self.lower(at);
        let always = matches!(
            word,
            "when"
                | "while"
                | "because"
                | "although"
                | "though"
                | "whereas"
                | "unless"
                | "lorsque"
                | "quand"
                | "tandis"
                | "parce"
                | "cuando"
                | "mientras"
                | "porque"
                | "aunque"
        );
        // Before a day or a number these say when.
        let by_what_follows = matches!(
            word,
            "after" | "before" | "since" | "until" | "till" | "as" | "once"
        ) && self.get(at + 1).is_some_and(|next| {
            next.is_word()
                && !next.is(WEEKDAY | MONTH | SMALL | SCALE | VAGUE | OF)
                && !matches!(next.lower.as_str(), "well" | "many" | "much" | "few")
        });
        always || by_what_follows
    }

    /// Where the clause ends that a token stands in, before one that depends on it.
    fn own_clause_end(&self, at: usize) -> usize {
        let end = self.clause_end(at);
        (at..end)
            .find(|at| self.opens_subordinate(*at))
            .unwrap_or(end)
    }

    /// "from three villages", "at three plants": where or with what, so that the verb behind it has another subject.
    fn is_in_phrase(&self, raw: &Raw) -> bool {
        // "In all 34 people were hurt".
        let whole = raw.start.checked_sub(1).is_some_and(|at| {
            matches!(self.lower(at), "all" | "total")
                && self.before(at).is_some_and(|before| before.lower == "in")
        });
        !whole
            && self.joint(raw).is_some_and(|at| {
                matches!(
                    self.lower(at),
                    "in" | "at"
                        | "from"
                        | "across"
                        | "through"
                        | "on"
                        | "near"
                        | "with"
                        | "within"
                        | "to"
                        | "into"
                        | "under"
                        | "above"
                        | "below"
                        | "dans"
                        | "à"
                        | "sur"
                        | "chez"
                        | "en"
                        | "avec"
                        | "con"
                )
            })
    }

    /// "the town had 9,500 men", "nous avons six bateaux": the verb "to have" itself, right before the figure.
    fn had(&self, raw: &Raw, start: usize) -> Option<usize> {
        let at = (start..raw.start)
            .rev()
            .find(|at| !self.tokens[*at].is(ADVERB | ARTICLE) || self.tokens[*at].is(AUXILIARY))?;
        matches!(
            self.lower(at),
            "has"
                | "have"
                | "had"
                | "a"
                | "ont"
                | "avait"
                | "avaient"
                | "avons"
                | "tiene"
                | "tenía"
        )
        .then_some(at)
        .filter(|at| self.tokens[*at].is(AUXILIARY) && !self.tokens[*at].is(ARTICLE))
    }

    /// The verb of a German clause: its participle where it opens with an auxiliary, else the one that is conjugated.
    fn german_predicate(&self, raw: &Raw, after: usize) -> Option<usize> {
        let is_edge = |at: &usize| {
            let token = &self.tokens[*at];
            token.is_any_mark() && !token.is_dash() && !token.is_mark('%')
        };
        let start = (self.clause_start(raw.start)..raw.start)
            .rev()
            .find(is_edge)
            .map_or_else(|| self.clause_start(raw.start), |at| at + 1);
        // Beside a noun, between commas: the verb is that of the clause around it.
        let verbless = !(start..after).any(|at| self.tokens[at].is(AUXILIARY) || self.is_verb(at));
        let start = if verbless && start + 2 > raw.start {
            self.clause_start(raw.start)
        } else {
            start
        };
        let end = self.clause_end(after);
        let end = (after..end).find(is_edge).unwrap_or(end);
        let verbs = || (start..end).filter(|at| !(raw.start..raw.end).contains(at));
        let place = self.joint(raw).is_some_and(|at| {
            matches!(self.lower(at), "in" | "bei" | "an" | "aus") && raw.kind == FigureKind::Count
        });
        if place {
            return None;
        }
        let finite = verbs().find(|at| self.tokens[*at].is(AUXILIARY) || self.is_verb(*at))?;
        if self.tokens[finite].is(AUXILIARY) {
            let participle = verbs().filter(|at| *at > finite).filter(|at| {
                self.is_german_participle(*at)
                    || self.tokens[*at].is(FATE) && !self.tokens[*at].is_capital()
                    || *at + 1 == end
                        && self.lower(*at).ends_with("en")
                        && !self.tokens[*at].is_capital()
                        && !self.tokens[*at].is(AUXILIARY)
            });
            let had = matches!(self.lower(finite), "hat" | "hatte" | "haben" | "hatten");
            let mut participle = participle;
            return participle.next_back().or(had.then_some(finite));
        }
        let speaks = self.says(finite)
            || matches!(
                self.lower(finite),
                "sprachen"
                    | "spricht"
                    | "sprechen"
                    | "sagten"
                    | "teilte"
                    | "teilten"
                    | "meldete"
                    | "meldeten"
                    | "berichteten"
                    | "erklärte"
            );
        (!speaks).then_some(finite)
    }

    /// "Employers added 42,000 jobs", "the storm claimed 12 lives": no speech where the figure is the object.
    fn is_done(&self, verb: usize, raw: &Raw) -> bool {
        matches!(
            self.lower(verb),
            "added" | "adds" | "claimed" | "claims" | "called" | "announced"
        ) && (verb + 1..raw.start).all(|at| self.tokens[at].is(ADVERB | ARTICLE))
            && self.tokens[verb].quoted == self.tokens[raw.start].quoted
            && self.noun_after(raw.end).is_some()
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
                | "remains"
                | "restent"
                | "reste"
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

    /// The verb of a figure with its noun, which ends at `after`.
    fn verb_of_subject(&self, raw: &Raw, after: usize) -> Option<usize> {
        // Where a verb stands before it, the figure is hardly the subject of the next one.
        let start = self.clause_start(raw.start);
        let is_first = !(start..raw.start).any(|at| self.is_verb(at));
        let mut at = after;
        // "Some 300 soldiers and 45 excavators were sent", "Some 300 people, most of them farmers, were killed".
        for _ in 0..2 {
            let Some(next) = is_first.then(|| self.behind_aside(at)).flatten() else {
                break;
            };
            at = next;
        }
        self.verb_behind(raw.end, at).or_else(|| {
            (at != after)
                .then(|| self.verb_behind(raw.end, after))
                .flatten()
        })
    }

    /// Where a subject goes on behind "and 45 excavators", an apposition between commas, or a parenthesis.
    fn behind_aside(&self, at: usize) -> Option<usize> {
        let token = self.get(at)?;
        if matches!(token.lower.as_str(), "and" | "et" | "y") {
            let number = (at + 1..at + 5).find(|at| self.is_number(*at))?;
            let noun = (number + 1..number + 4).find_map(|at| self.noun_after(at))?;
            return Some(noun.end);
        }
        let closing = match token.text {
            "," => ',',
            "(" => ')',
            _ => return None,
        };
        let close = (at + 2..at + 14).find(|at| {
            self.get(*at)
                .is_none_or(|token| token.is_mark(closing) || token.is_mark(';'))
        })?;
        let goes_on = self
            .get(close + 1)
            .is_some_and(|token| token.is(AUXILIARY) || self.is_verb(close + 1));
        (self.get(close)?.is_mark(closing) && goes_on).then_some(close + 1)
    }

    /// The verb of a subject that ends at `after`; `number_end` is where its number ends.
    fn verb_behind(&self, number_end: usize, after: usize) -> Option<usize> {
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
        let end = self.own_clause_end(at).min(at + 12);
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
            } else if auxiliary
                && self.lower(at + 1) == "to"
                && self.get(at + 2).is_some_and(|token| token.is(AUXILIARY))
                && (self.is_verb(at) || self.says(at))
            {
                // "are known to have died", "are confirmed to be missing".
                in_phrase = false;
            } else if self.is_verb(at) && !(in_phrase && !auxiliary && skipped > 5) {
                if self.says(at) {
                    return None;
                }
                if self
                    .get(at + 1)
                    .is_some_and(|next| next.is(FATE) && next.is_word())
                    || matches!(self.lower(at), "restent" | "reste" | "stood" | "quedaron")
                        && self.get(at + 1).is_some_and(|next| {
                            matches!(next.lower.as_str(), "idle" | "empty")
                                || next.lower.ends_with("és")
                                || next.lower.ends_with("ées")
                        })
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
            } else if auxiliary && token.is_word() && is_gerund(&token.lower) {
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
                | "believe"
                | "believes"
                | "put"
                | "puts"
                | "insisted"
                | "speak"
                | "speaks"
                | "spoken"
                | "swore"
                | "wrote"
                | "thought"
                | "called"
                | "warned"
                | "confirmed"
                | "admitted"
                | "spoke"
                | "dit"
                | "déclaré"
                | "annoncé"
                | "affirmé"
                | "indiqué"
                | "précisé"
                | "rapporté"
                | "ajouté"
                | "assuré"
                | "expliqué"
                | "parlent"
                | "parle"
                | "dijo"
                | "dijeron"
                | "afirmó"
                | "anunció"
                | "informó"
                | "señaló"
                | "aseguró"
                | "declaró"
                | "indicó"
                | "añadió"
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
            .then(|| self.verb_behind(noun.end, noun.end))
            .flatten()
    }
}

/// "blowing", and not "nothing".
fn is_gerund(word: &str) -> bool {
    word.ends_with("ing")
        && !matches!(
            word,
            "nothing"
                | "something"
                | "anything"
                | "everything"
                | "during"
                | "morning"
                | "evening"
                | "including"
        )
}
