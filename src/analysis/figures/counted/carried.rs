//! What a figure counts where its clause only points at it: "puts it at", "gives the number as", "of those we spoke to".
//!
//! Invariant: looks no further than the sentence of the figure, for a cost asked for one more.

use super::super::FigureKind;
use super::super::grammar::Raw;
use super::super::words::{
    ADVERB, ARTICLE, AUXILIARY, CONJUNCTION, DETERMINER, FATE, Language, OF, PEOPLE, PRONOUN,
    SCALE, VAGUE,
};
use super::{Noun, REACH, Reading, Told};

/// Most tokens between "put" and "at".
const OBJECT: usize = 12;

/// What stands for the thing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    /// The thing itself: "puts the dead at".
    Named(Noun),
    /// A word for the number or a pronoun: what was counted before, or else these words.
    Pointed(Option<Noun>),
}

impl Reading<'_, '_> {
    /// Whether a figure is put to a pronoun or to a word for the number, so that its verb is that of what stands for it.
    pub fn is_pointed(&self, raw: &Raw) -> bool {
        matches!(self.valued(raw), Some(Object::Pointed(_)))
    }

    /// The object that a figure is put to: "put the crowd at 15,000", "gives the number as four".
    pub(super) fn valued(&self, raw: &Raw) -> Option<Object> {
        let joint = raw.start.checked_sub(1)?;
        if self.language != Language::English || !matches!(self.lower(joint), "at" | "as") {
            return None;
        }
        let start = self.clause_start(raw.start);
        let verb = (start.max(joint.saturating_sub(OBJECT))..joint)
            .rev()
            .find(|at| values(self.lower(*at)))?;
        let object = verb + 1;
        if object == joint {
            return None;
        }
        let apart = (object..joint).any(|at| {
            self.tokens[at].is_any_mark() && !self.tokens[at].is_hyphen()
                || self.tokens[at].is(AUXILIARY)
        });
        if apart {
            return None;
        }
        if self.tokens[object].is(PRONOUN) && object + 1 == joint {
            return Some(Object::Pointed(None));
        }
        let noun = self.dead_or_noun(object)?;
        if noun.end > joint {
            return None;
        }
        let whole = Noun { end: joint, ..noun };
        if !self.is_bare_tally(noun.head) {
            return Some(Object::Named(if self.is_of(noun.end) {
                whole
            } else {
                noun
            }));
        }
        // "the number on board", "the number of dead".
        Some(if self.is_of(noun.end) {
            self.dead_or_noun(noun.end + 1)
                .map_or(Object::Pointed(None), Object::Named)
        } else if noun.end < joint {
            Object::Named(whole)
        } else {
            Object::Pointed(Some(noun))
        })
    }

    fn is_of(&self, at: usize) -> bool {
        self.get(at)
            .is_some_and(|token| token.is(OF) && !token.is(DETERMINER))
    }

    /// Whether a figure stands for one told before in its sentence, its verb left out: ", Marchetti at 110 million".
    pub fn is_gapped(&self, raw: &Raw, before: Option<&Told>) -> bool {
        let Some(before) = before else { return false };
        let Some(joint) = raw.start.checked_sub(1) else {
            return false;
        };
        let joins = matches!(self.lower(joint), "at" | "as" | "auf" | "à" | "en");
        joins
            && self.noun_after(raw.end).is_none()
            && before.end <= joint
            && self.tokens[before.end.saturating_sub(1)].sentence == self.tokens[joint].sentence
            && !(before.end..joint)
                .any(|at| self.tokens[at].is(AUXILIARY) || self.is_plain_verb(at))
    }

    /// Whether a figure without a unit is one of the sum or measure told before: "asked for 120", "parlent de 25 millions".
    pub fn is_of_same_unit(&self, raw: &Raw, before: Option<&Told>) -> bool {
        let Some(before) = before.filter(|before| before.kind != FigureKind::Duration) else {
            return false;
        };
        let large = self.tokens[raw.number.0..raw.number.1]
            .iter()
            .any(|token| token.is(SCALE) && token.entry.value >= 1e6);
        let last = before.end.saturating_sub(1);
        let near = self.tokens[raw.start].sentence <= self.tokens[last].sentence + 1;
        let bare = self.get(raw.end).is_none_or(|token| !token.is(OF))
            && self.noun_after(raw.end).is_none();
        raw.kind == FigureKind::Count
            && bare
            && near
            && (self.is_gapped(raw, Some(before)) && before.kind != FigureKind::Count
                || large && before.kind == FigureKind::Money)
    }

    /// Whether a figure goes on a list that the one before opened: "9,500 men and over sixty guns".
    pub fn is_listed(&self, raw: &Raw, before: &Told) -> bool {
        let from = before
            .noun
            .map_or(before.end, |noun| noun.end.max(before.end));
        let from = if from > raw.start { before.end } else { from };
        let between = from..raw.start;
        let joined = between
            .clone()
            .any(|at| matches!(self.lower(at), "and" | "," | "und" | "et" | "y"));
        joined
            && between.clone().count() <= 4
            && self.tokens[before.end.saturating_sub(1)].sentence == self.tokens[raw.start].sentence
            && between.clone().all(|at| {
                self.tokens[at].is(CONJUNCTION | ADVERB | DETERMINER | ARTICLE)
                    || self.lower(at) == ","
            })
    }

    /// A verb that is not in a clause of who or what somebody is: "the board, which keeps the rosters, at 2,850".
    fn is_plain_verb(&self, at: usize) -> bool {
        let relative = (at.saturating_sub(6)..at)
            .any(|at| matches!(self.lower(at), "who" | "which" | "qui" | "die" | "der"));
        self.is_verb(at) && !relative
    }

    /// "how many people have been killed": what a number without a noun answers, up to two sentences later.
    pub(super) fn asked(&self, raw: &Raw) -> Option<Noun> {
        self.asked_between(raw.start.saturating_sub(4 * REACH), raw.start)
    }

    /// What a passage asks the number of.
    pub fn asked_for(&self) -> Option<Noun> {
        self.asked_between(0, self.tokens.len())
    }

    fn asked_between(&self, floor: usize, end: usize) -> Option<Noun> {
        let many = (floor.max(1)..end)
            .rev()
            .find(|at| self.lower(*at) == "many" && self.lower(*at - 1) == "how")?;
        self.noun_after(many + 1)
    }

    /// "Of those we spoke to, 87 had been beaten", "Of the 14 public houses, five are left": of what the clause speaks first.
    pub(super) fn opened_of(&self, raw: &Raw) -> Option<Noun> {
        let start = self.clause_start(raw.start);
        if self.lower(start) != "of" || start + 1 >= raw.start {
            return None;
        }
        if matches!(self.lower(start + 1), "those" | "them" | "these") {
            let comma = (start + 2..raw.start).find(|at| self.tokens[*at].is_any_mark())?;
            if comma == start + 2 {
                return None;
            }
            return Some(Noun {
                start: start + 1,
                end: comma,
                head: start + 1,
            });
        }
        let mut at = start + 1;
        // Behind the owner and the number: "the city's 6,200 looms".
        let number = (at..raw.start)
            .take_while(|at| !self.tokens[*at].is_any_mark() || self.tokens[*at].is_hyphen())
            .filter(|at| self.is_number(*at))
            .last();
        if let Some(number) = number {
            at = number + 1;
        }
        self.noun_after(at).filter(|noun| noun.end <= raw.start)
    }

    /// "Analysts were divided over what closure would cost. One put it at …": whose cost it is.
    pub(super) fn cost_asked(&self, raw: &Raw) -> Option<Noun> {
        let floor = raw.start.saturating_sub(2 * REACH);
        let cost = (floor..raw.start)
            .rev()
            .find(|at| matches!(self.lower(*at), "cost" | "coûter" | "kosten"))?;
        let what = (cost.saturating_sub(8)..cost)
            .rev()
            .find(|at| matches!(self.lower(*at), "what" | "much"))?;
        self.noun_after(what + 1).filter(|noun| noun.end <= cost)
    }

    /// What was counted before that a figure without a noun may count too.
    pub(super) fn elided(&self, raw: &Raw, earlier: &[Told], kinds: &[FigureKind]) -> Option<Noun> {
        // "41 dead", "Tens of thousands left": people, and nothing else.
        let next = self.get(raw.end);
        let fate = next.is_some_and(|token| token.is(FATE) && token.is_word());
        let crowd = self.tokens[raw.number.0..raw.number.1]
            .iter()
            .any(|token| token.is(VAGUE))
            && self.is_verb(raw.end)
            && !next.is_some_and(|token| token.is(AUXILIARY));
        earlier
            .iter()
            .rev()
            .take(super::kinds::REMEMBERED)
            .find(|told| kinds.contains(&told.kind) && told.noun.is_some())
            .and_then(|told| told.noun)
            .filter(|noun| {
                let people = self.tokens[noun.start..noun.end]
                    .iter()
                    .any(|token| token.is(PEOPLE | PRONOUN))
                    || self.lower(noun.head).ends_with("ers");
                !(fate || crowd) || people
            })
    }

    /// "la population est estimée à", "the fine was set at", "losses run to": the verb gives its subject a value.
    pub(super) fn is_valued(&self, subject: &Noun, raw: &Raw) -> bool {
        let joint = raw.start.checked_sub(1).map_or("", |at| self.lower(at));
        let joins = matches!(joint, "at" | "to" | "à" | "a" | "en" | "auf");
        let words = || subject.end..raw.start;
        let verbs = words()
            .filter(|at| self.is_verb(*at))
            .collect::<Vec<usize>>();
        let passive = words().any(|at| self.tokens[at].is(AUXILIARY))
            && verbs.iter().any(|at| {
                values(self.lower(*at))
                    || [
                        "estim", "évalu", "chiffr", "fix", "port", "calcul", "valor", "cifr",
                    ]
                    .iter()
                    .any(|stem| self.lower(*at).starts_with(stem))
            });
        let runs = words().any(|at| {
            matches!(
                self.lower(at),
                "run"
                    | "runs"
                    | "ran"
                    | "came"
                    | "comes"
                    | "amounts"
                    | "amount"
                    | "s'élève"
                    | "élève"
                    | "élèvent"
                    | "élevait"
                    | "asciende"
                    | "ascienden"
                    | "ascendió"
                    | "ascendieron"
                    | "eleva"
                    | "elevan"
            )
        });
        let costs = words().any(|at| {
            ["coût", "cost", "cuest", "kost"]
                .iter()
                .any(|stem| self.lower(at).starts_with(stem))
        });
        joins && (passive || runs) || costs && !joins
    }

    /// A word that stands for the number only.
    pub fn is_bare_tally(&self, at: usize) -> bool {
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
                | "summe"
                | "chiffre"
                | "somme"
                | "nombre"
                | "cifra"
                | "suma"
                | "número"
        )
    }
}

/// Verbs that put a thing to a number.
fn values(verb: &str) -> bool {
    matches!(
        verb,
        "put"
            | "puts"
            | "putting"
            | "set"
            | "sets"
            | "keep"
            | "keeps"
            | "kept"
            | "hold"
            | "holds"
            | "held"
            | "fix"
            | "fixes"
            | "fixed"
            | "estimate"
            | "estimates"
            | "estimated"
            | "value"
            | "values"
            | "valued"
            | "assess"
            | "assesses"
            | "assessed"
            | "reckon"
            | "reckons"
            | "reckoned"
            | "peg"
            | "pegs"
            | "pegged"
            | "place"
            | "places"
            | "placed"
            | "cap"
            | "capped"
            | "priced"
            | "give"
            | "gives"
            | "gave"
            | "given"
            | "list"
            | "lists"
            | "listed"
    )
}
