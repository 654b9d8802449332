//! Whether a figure is a part of one told before it, and whether its people are in the care of doctors.
//!
//! Invariant: looks no further than the sentence of the figure; the words are those of a language, never of an event.

use super::super::FigureKind;
use super::super::grammar::Raw;
use super::super::words::{ADVERB, AUXILIARY, DETERMINER, FATE, OF};
use super::{Noun, REACH, Reading};

/// Most tokens between a figure and the word that makes it a part.
const NEAR: usize = 3;

impl Reading<'_, '_> {
    /// "two of them", "including two seriously", "four of the injured": a part of what was told, not another number for the whole.
    pub fn is_part(&self, raw: &Raw, own: Option<Noun>) -> bool {
        if raw.kind != FigureKind::Count {
            return false;
        }
        let joint = (self.lower(raw.end), self.lower(raw.end + 1));
        let behind = match joint {
            ("of", "them" | "whom" | "these" | "which")
            | ("von", "ihnen" | "denen")
            | ("d'entre", "eux" | "elles")
            | ("de", "ellos" | "ellas") => true,
            // "four of the injured".
            ("of", "the" | "those") => self.get(raw.end + 2).is_some_and(|token| token.is(FATE)),
            _ => false,
        };
        behind || own.is_none() && self.is_included(raw)
    }

    /// ", including two", ", among them two", "of whom two".
    fn is_included(&self, raw: &Raw) -> bool {
        let Some(sentence) = self.get(raw.start).map(|token| token.sentence) else {
            return false;
        };
        let from = raw.start.saturating_sub(NEAR);
        let mut at = raw.start;
        while at > from {
            at -= 1;
            let token = &self.tokens[at];
            if token.sentence != sentence {
                return false;
            }
            let before = at.checked_sub(1).map_or("", |before| self.lower(before));
            let opens = matches!(
                (before, token.lower.as_str()),
                (
                    _,
                    "including"
                        | "darunter"
                        | "davon"
                        | "dont"
                        | "incluidos"
                        | "incluidas"
                        | "incluido"
                ) | ("among" | "of", "them" | "whom" | "these")
                    | ("parmi", "eux" | "elles")
                    | ("entre", "ellos" | "ellas")
            );
            if opens {
                return true;
            }
            if !token.is(ADVERB | DETERMINER) && !token.is_mark(',') {
                return false;
            }
        }
        false
    }

    /// "The clinic treated 61 people", "61 were taken to hospital", "treated 61 for burns": those whom an accident or an attack sent to doctors,
    /// and not the sick.
    pub fn is_tended(&self, raw: &Raw, verb: usize) -> bool {
        let word = self.lower(verb);
        let clause = || self.clause_start(raw.start)..self.clause_end(raw.end.max(verb));
        let has = |wanted: &dyn Fn(&str) -> bool| clause().any(|at| wanted(self.lower(at)));
        let is_care = match word {
            "treated" | "treats" | "treat" | "treating" | "behandelt" | "behandelte"
            | "behandelten" | "soigné" | "soignés" | "soignées" | "atendió" | "atendieron"
            | "atendidos" | "atendidas" | "hospitalised" | "hospitalized" => true,
            "taken" | "took" | "takes" | "brought" | "rushed" | "gebracht" | "transportés"
            | "transportées" | "trasladados" | "trasladadas" => {
                clause().any(|at| is_house_of_care(self.lower(at)))
            }
            _ => false,
        };
        let is_hurt = || has(&is_a_hurt);
        let is_agent = || {
            matches!(word, "hospitalised" | "hospitalized")
                || has(&|word| is_house_of_care(word) || is_healer(word))
        };
        // "for flu": ill, and not hurt.
        let is_for_else = (raw.end..self.clause_end(raw.end).min(raw.end + REACH))
            .filter(|at| {
                matches!(self.lower(*at), "for" | "with" | "wegen" | "pour" | "por")
                    && self.get(at + 1).is_some_and(|next| !next.is(OF))
            })
            .any(|at| {
                !(at + 1..at + 5).any(|at| is_a_hurt(self.lower(at))) && !self.is_time(at + 1)
            });
        is_care && (is_hurt() || is_agent()) && !is_for_else
    }

    /// "Police counted 12,000 demonstrators who marched": what those did who were counted.
    pub(super) fn verb_of_those_who(&self, raw: &Raw, after: usize) -> Option<usize> {
        let who = after.max(raw.end);
        let opens = matches!(self.lower(who), "who" | "that" | "which");
        let verb = (who + 1..who + 4).find(|at| self.is_verb(*at))?;
        let filled = (who + 1..verb).all(|at| self.tokens[at].is(AUXILIARY | ADVERB));
        (opens && filled).then_some(verb)
    }

    /// "for hours", "for three days".
    fn is_time(&self, at: usize) -> bool {
        (at..at + 3).any(|at| self.is_period(at))
    }
}

/// Verbs of those who count.
pub fn is_counting(verb: &str) -> bool {
    matches!(
        verb,
        "counted" | "counts" | "recorded" | "registered" | "tallied" | "documented" | "listed"
    )
}

fn is_house_of_care(word: &str) -> bool {
    matches!(
        word,
        "clinic"
            | "clinics"
            | "hospital"
            | "hospitals"
            | "infirmary"
            | "krankenhaus"
            | "krankenhäuser"
            | "krankenhäusern"
            | "klinik"
            | "kliniken"
            | "hôpital"
            | "hôpitaux"
            | "clinique"
            | "cliniques"
            | "hospitales"
            | "clínica"
            | "clínicas"
    )
}

fn is_healer(word: &str) -> bool {
    matches!(
        word,
        "doctor"
            | "doctors"
            | "medic"
            | "medics"
            | "paramedic"
            | "paramedics"
            | "nurse"
            | "nurses"
            | "surgeons"
            | "ambulance"
            | "ambulances"
            | "ärzte"
            | "sanitäter"
            | "rettungskräfte"
            | "rettungsdienst"
            | "médecins"
            | "secouristes"
            | "médicos"
            | "sanitarios"
    )
}

fn is_a_hurt(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "injur",
        "wound",
        "burn",
        "fractur",
        "bruise",
        "bullet",
        "gunshot",
        "smoke",
        "shock",
        "concuss",
        "cuts",
        "verletz",
        "wunde",
        "blessure",
        "brûlure",
        "herida",
        "quemadura",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use crate::analysis::figures::{Figure, figures_in};

    fn figures(text: &str) -> Vec<Figure> {
        figures_in("en", text)
    }

    fn said(text: &str) -> Vec<(f64, Option<String>)> {
        let of = |figure: &Figure| {
            let verb = figure.predicate.as_ref().map(|verb| verb.text.clone());
            (figure.low.unwrap(), verb)
        };
        figures(text).iter().map(of).collect()
    }

    #[test]
    fn the_verb_of_a_figure_is_not_that_of_a_clause_behind_it() {
        for (text, verb) in [
            (
                "The clinic had 61 people in after the mast came down.",
                "had",
            ),
            (
                "The union brought 900 members to the gate before the shift began.",
                "brought",
            ),
            (
                "Police arrested 30 people in the square when the march arrived.",
                "arrested",
            ),
            (
                "Voters waited while 12 polling stations in the north stayed shut because the ballots arrived late.",
                "stayed",
            ),
            (
                "The firm cut 300 jobs at its plant since sales fell.",
                "cut",
            ),
            (
                "Some 700 homes in the valley were flooded until engineers closed the gate.",
                "flooded",
            ),
        ] {
            let found = said(text);
            let last = found.last().unwrap();
            assert_eq!(last.1.as_deref(), Some(verb), "{text}: {found:?}");
        }
        // Nothing is taken from the clause before either.
        let found = said("After the mast came down, 61 in the clinic.");
        assert_eq!(found, [(61.0, None)]);
        assert_eq!(
            said("In all 34 people were hurt.")[0].1.as_deref(),
            Some("hurt")
        );
    }

    #[test]
    fn a_part_of_what_was_told_is_known_as_one() {
        let parts = |text: &str| -> Vec<bool> {
            figures(text).iter().map(|figure| figure.is_part).collect()
        };
        assert_eq!(
            parts("At least 34 people were hurt, two of them seriously."),
            [false, true]
        );
        assert_eq!(
            parts("The storm damaged 90 barns, including four badly."),
            [false, true]
        );
        assert_eq!(
            parts("The court heard 14 witnesses, three of whom from abroad."),
            [false, true]
        );
        assert_eq!(
            parts("Police hurt 20 marchers. Four of the injured are minors."),
            [false, true]
        );
        // What became of some of them is a number of its own, and so is what has a noun.
        assert_eq!(
            parts("At least 34 people were hurt, and 12 of them died."),
            [false, false]
        );
        assert_eq!(
            parts("The flood killed 40 people, including nine children."),
            [false, false]
        );
        assert_eq!(
            parts("Members of the board sold 12 of the 22 flats."),
            [false, false]
        );
    }

    #[test]
    fn those_whom_doctors_treat_for_hurts_are_known() {
        for (text, tended) in [
            (
                "The clinic treated 61 people after the mast came down.",
                true,
            ),
            ("Medics treated 15 fans for burns.", true),
            ("After the match 20 people were taken to hospital.", true),
            ("The hospital treated 400 people for cholera.", false),
            ("The hotel treated 40 people to a concert.", false),
            ("The police took 20 people to the station.", false),
            ("The plant treated 15 people as thieves.", false),
        ] {
            assert_eq!(figures(text)[0].is_tended, tended, "{text}");
        }
    }
}
