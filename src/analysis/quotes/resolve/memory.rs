//! The people a text has just spoken of, and which of them a pronoun means.
//!
//! The model: everybody who may be meant is a candidate; who contradicts the word (a woman for "he", whoever says it
//! themselves) is none; of the others the one that costs least is meant, where it costs no more than [`MOST`]. What it costs
//! grows with the sentences between (recency), with the place in its sentence (a subject is meant rather than what stands
//! behind it: Grosz, Joshi & Weinstein 1995), and with what the text leaves open of the gender.
//!
//! Invariant: keeps at most [`REMEMBERED`] mentions and looks back over at most [`PASSAGES_BACK`] passages, so that time is
//! linear in the text.

use super::super::clause::Gender;
use super::super::people::{At, People, PersonId};
use super::{Who, fits};
use std::collections::VecDeque;

/// Mentions that a pronoun may go back to.
const REMEMBERED: usize = 48;
/// Passages that a pronoun may go back.
const PASSAGES_BACK: usize = 5;

/// What a candidate costs at most.
pub(super) const MOST: u32 = 40;
/// By how much nobody else may be as near, where another word is to stand for a name.
const CLEAR: u32 = 12;
/// From where on nobody is near.
const FAR: u32 = 20;
/// What a candidate costs for each sentence, and each passage, between.
const SENTENCE: u32 = 5;
const PASSAGE: u32 = 2;
/// Somebody only named, by how many are named before in the same sentence.
const BEHIND: u32 = 4;
/// The owner of something.
const OWNER: u32 = 3;
/// Somebody named in what is quoted.
const QUOTED: u32 = 14;
/// What the gender costs.
const LIKELY: u32 = 1;
const UNKNOWN: u32 = 5;
const UNLIKELY: u32 = 13;
/// A name that nothing shows to be a person's.
const NOBODY: u32 = 1;
/// A thing, by its noun, where a person is looked for.
const THING: u32 = 14;
/// The same in one passage, where the noun's gender fits.
const THING_NEAR: u32 = 8;
/// Whoever is named in the words that the pronoun says.
const ADDRESSED: u32 = 10;
/// Whoever asked, of an answer.
const ASKED: u32 = 12;
/// Taken off for whom the document is about.
pub(super) const LEADING: u32 = 3;
/// The same where nobody else is named nearly as often: a portrait, an obituary.
pub(super) const LEADING_ALONE: u32 = 14;

/// What somebody was in the sentence that speaks of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Who says a quotation.
    Speaker,
    /// The subject.
    Subject,
    /// Named elsewhere in it, after so many others.
    Named(u32),
    /// Named as an owner.
    Owner(u32),
    /// Named in words that are quoted.
    Quoted,
}

/// Somebody spoken of.
#[derive(Clone, Debug)]
struct Mention {
    who: Who,
    at: At,
    /// The number of its sentence in the document.
    sentence: u32,
    part: Part,
}

/// What is known of whom a pronoun means.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'w> {
    pub(super) gender: Gender,
    /// Whose words it stands in, and who says the passage: they say "I".
    pub(super) not: [Option<&'w Who>; 2],
    /// Who is named in the words that are said.
    pub(super) addressed: &'w [Who],
    /// Who asked what is answered.
    pub(super) asker: Option<&'w Who>,
    /// Only somebody with a name, for whom another word stands.
    pub(super) is_named: bool,
    /// The text must tell the gender.
    pub(super) is_told: bool,
    /// Nobody else may be about as near.
    pub(super) is_clear: bool,
    /// Who the document is about, and by how much they cost less.
    pub(super) leading: Option<(PersonId, u32)>,
}

/// The mentions of a document as far as it is read.
#[derive(Debug, Default)]
pub(super) struct Memory {
    mentions: VecDeque<Mention>,
}

impl Memory {
    pub(super) fn note(&mut self, who: Who, at: At, sentence: u32, part: Part) {
        self.mentions.push_back(Mention {
            who,
            at,
            sentence,
            part,
        });
        if self.mentions.len() > REMEMBERED {
            self.mentions.pop_front();
        }
    }

    /// The word at a place is taken note of already.
    pub(super) fn holds(&self, at: At) -> bool {
        let mut recent = self.mentions.iter().rev();
        recent.any(|mention| {
            mention.at.passage == at.passage && mention.at.span.start == at.span.start
        })
    }

    /// The subject of a sentence that is being read.
    pub(super) fn subject_of(&self, sentence: u32) -> Option<&Who> {
        let here = self
            .mentions
            .iter()
            .rev()
            .take_while(|mention| mention.sentence == sentence);
        let mut subjects =
            here.filter(|mention| matches!(mention.part, Part::Subject | Part::Speaker));
        subjects.next().map(|mention| &mention.who)
    }

    /// How many others the sentence has named by now.
    pub(super) fn named_in(&self, sentence: u32, who: &Who) -> u32 {
        let mut others: Vec<&Who> = Vec::new();
        for mention in self.mentions.iter().rev() {
            if mention.sentence != sentence {
                break;
            }
            let counts = mention.who != *who && mention.part != Part::Quoted;
            if counts && !others.contains(&&mention.who) {
                others.push(&mention.who);
            }
        }
        u32::try_from(others.len()).unwrap_or(u32::MAX)
    }

    /// Who is meant at a place, and what that costs.
    pub(super) fn meant(
        &self,
        people: &People,
        at: At,
        sentence: u32,
        wanted: &Wanted<'_>,
    ) -> Option<(Who, u32)> {
        let mut best: Option<(u32, &Who)> = None;
        let mut second = u32::MAX;
        for mention in self.mentions.iter().rev() {
            if mention.at >= at || at.passage - mention.at.passage > PASSAGES_BACK {
                continue;
            }
            if wanted.not.contains(&Some(&mention.who)) {
                continue;
            }
            let Some(fit) = cost_of(
                people,
                &mention.who,
                wanted,
                mention.at.passage == at.passage,
            ) else {
                continue;
            };
            let passages = u32::try_from(at.passage - mention.at.passage).unwrap_or(u32::MAX);
            let between = SENTENCE * sentence.saturating_sub(mention.sentence) + PASSAGE * passages;
            let place = match mention.part {
                Part::Speaker | Part::Subject => 0,
                Part::Named(others) => BEHIND * others.min(3),
                Part::Owner(others) => OWNER + BEHIND * others.min(3),
                Part::Quoted => QUOTED,
            };
            let leading = wanted
                .leading
                .filter(|(person, _)| Some(*person) == id_of(&mention.who));
            let cost = between
                .saturating_add(place)
                .saturating_add(fit)
                .saturating_sub(leading.map_or(0, |(_, by)| by));
            match best {
                Some((least, who)) if cost < least => {
                    if *who != mention.who {
                        second = least;
                    }
                    best = Some((cost, &mention.who));
                }
                Some((_, who)) if *who != mention.who => second = second.min(cost),
                None if cost <= MOST => best = Some((cost, &mention.who)),
                Some(_) | None => {}
            }
        }
        let is_clear =
            |(least, _): &(u32, &Who)| second > FAR || second.saturating_sub(*least) >= CLEAR;
        best.filter(|best| !wanted.is_clear || is_clear(best))
            .map(|(cost, who)| (who.clone(), cost))
    }
}

fn id_of(who: &Who) -> Option<PersonId> {
    match who {
        Who::Person(person) => Some(*person),
        Who::Text { .. } => None,
    }
}

/// What is known of somebody who may be meant.
struct Candidate {
    /// What the text says, and what the given name makes likely.
    gender: Gender,
    likely: Gender,
    /// The text treats them as a person; a noun's ending may.
    is_person: bool,
    may_be_person: bool,
    /// Words of the name as far as it counts: none, one, several.
    name: Name,
}

/// What somebody is called by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    None,
    Short,
    Full,
}

impl Candidate {
    fn new(people: &People, who: &Who) -> Self {
        match who {
            Who::Person(person) => {
                let person = &people.persons[*person];
                Self {
                    gender: person.gender(),
                    likely: person.likely_gender(),
                    is_person: person.is_somebody,
                    may_be_person: true,
                    name: if person.is_full() {
                        Name::Full
                    } else {
                        Name::Short
                    },
                }
            }
            Who::Text {
                gender,
                is_person,
                may_be_person,
                place,
                ..
            } => Self {
                gender: match gender {
                    Gender::Unknown => people.told_gender(*place),
                    told => *told,
                },
                likely: Gender::Unknown,
                is_person: *is_person,
                may_be_person: *may_be_person,
                name: Name::None,
            },
        }
    }
}

/// What it costs that somebody is meant, wherever they were spoken of; none where they cannot be.
fn cost_of(people: &People, who: &Who, wanted: &Wanted<'_>, is_near: bool) -> Option<u32> {
    let is_single = matches!(wanted.gender, Gender::Man | Gender::Woman);
    let candidate = Candidate::new(people, who);
    let Candidate {
        gender: known,
        likely,
        ..
    } = candidate;
    if !fits(known, wanted.gender) {
        return None;
    }
    let is_told = known == wanted.gender || likely == wanted.gender;
    let is_unlikely = is_single && !is_told && likely != Gender::Unknown;
    if wanted.is_named {
        // A description that answers is not for whoever asked.
        let asked = wanted.asker == Some(who);
        let untold = wanted.is_told && is_single && !is_told;
        if candidate.name == Name::None || asked || is_unlikely || untold {
            return None;
        }
    }
    // "She" is no thing that has no gender.
    let is_thing = candidate.name == Name::None && !candidate.is_person;
    if is_single && is_thing && known == Gender::Unknown {
        return None;
    }
    let gender = if wanted.gender == Gender::Unknown || known == wanted.gender {
        0
    } else if wanted.gender == Gender::Several
        && candidate.is_person
        && candidate.name == Name::Full
    {
        // One person is hardly "they".
        UNLIKELY
    } else if likely == wanted.gender {
        LIKELY
    } else if likely == Gender::Unknown || !is_single {
        UNKNOWN
    } else {
        UNLIKELY
    };
    let thing = match candidate.name {
        _ if candidate.is_person => 0,
        // A single word that nobody treats as a person's name is a place as a rule.
        Name::Short if is_single => return None,
        Name::Short | Name::Full => NOBODY,
        Name::None if candidate.may_be_person => THING_NEAR,
        Name::None if is_near && known == wanted.gender && is_single => THING_NEAR,
        Name::None => THING,
    };
    let addressed = if wanted.addressed.contains(who) {
        ADDRESSED
    } else {
        0
    };
    let asked = if wanted.asker == Some(who) { ASKED } else { 0 };
    Some(gender + thing + addressed + asked)
}
