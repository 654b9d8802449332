//! The people of one document: who is named in full, by which words they are named again, and what the text calls them
//! besides.
//!
//! Invariant: made of the document's own words; a person is a name that stands in it. A short name means the last full
//! name before it that holds it, else the only one after it.

mod mentions;
mod signs;

pub(super) use signs::PLACES;

pub(super) use mentions::{Mentioned, definites, introductions, pronouns, stands_alone};

use super::clause::Gender;
use super::names::name_text;
use crate::text::ByteSpan;
use foldhash::{HashMap, HashSet};

/// Letters of the shortest nickname.
const NICKNAME_CHARS: usize = 3;
/// Persons whose names a nickname is looked for in.
const NICKNAMED: usize = 40;

/// Roles that one inside a compound is looked for in.
const COMPOUNDS: usize = 64;

/// People of one name that are told apart.
const NAMESAKES: usize = 64;

/// A place in the document: the passage and the bytes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub(super) passage: usize,
    pub(super) span: ByteSpan,
}

/// Somebody by name.
#[derive(Debug)]
pub(super) struct Person {
    /// The name as it first stands in full.
    pub(super) name: String,
    /// Where.
    pub(super) place: At,
    /// Its words in small letters.
    words: Vec<String>,
    man: u32,
    woman: u32,
    /// What the ending of the given name tells, which is no more than likely.
    likely: Gender,
    /// The text treats the name as somebody's: a title, a role, "she", a surname alone, words said.
    pub(super) is_somebody: bool,
    /// Where the person was last named or spoken of.
    pub(super) last: Option<At>,
    /// How often the person is named.
    pub(super) times: u32,
}

impl Person {
    /// What the text says of the gender.
    pub(super) fn gender(&self) -> Gender {
        match self.man.cmp(&self.woman) {
            std::cmp::Ordering::Greater => Gender::Man,
            std::cmp::Ordering::Less => Gender::Woman,
            std::cmp::Ordering::Equal => Gender::Unknown,
        }
    }

    /// What the given name makes likely, where the text says nothing.
    pub(super) fn likely_gender(&self) -> Gender {
        self.likely
    }

    /// Whether the name has several words.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1
    }
}

/// Index of a person.
pub(super) type PersonId = usize;

/// The people of a document.
#[derive(Debug, Default)]
pub(super) struct People {
    pub(super) persons: Vec<Person>,
    by_words: HashMap<String, PersonId>,
    by_word: HashMap<String, Vec<PersonId>>,
    /// By the first and the last word of a name.
    by_ends: HashMap<String, Vec<PersonId>>,
    /// What a person is called besides: "owner", "clerk".
    roles: HashMap<String, Vec<(At, PersonId)>>,
    /// All of that in reading order.
    called: Vec<(At, String, PersonId)>,
    /// Where somebody without a name is spoken of first: "a young man with a wet hat".
    introduced: HashMap<String, Vec<(At, Gender)>>,
    /// What pronouns tell of those who are only described, by where they are first spoken of.
    described: HashMap<At, Gender>,
    /// Descriptions of those who have said something.
    spoken: HashSet<String>,
}

impl People {
    /// Takes up a name of several words; a short one is found again by [`People::find`].
    pub(super) fn add(&mut self, name: &str, place: At) -> PersonId {
        let words = words_of(name);
        let key = words.join(" ");
        if let Some(person) = self.by_words.get(&key) {
            return *person;
        }
        // "Ada Mary Field" and "Ada Field" are one.
        let ends = match &words[..] {
            [first, .., last] if first != last => Some(format!("{first} {last}")),
            _ => None,
        };
        if let Some(ends) = ends {
            let other = self.by_ends.entry(ends).or_default();
            let same = other.iter().copied().find(|other| {
                let other = &self.persons[*other].words;
                other.len() == 2 || words.len() == 2
            });
            if let Some(same) = same {
                self.by_words.insert(key, same);
                return same;
            }
            other.push(self.persons.len());
        }
        let person = self.persons.len();
        for word in &words {
            self.by_word.entry(word.clone()).or_default().push(person);
        }
        self.by_words.insert(key, person);
        self.persons.push(Person {
            name: name.to_owned(),
            place,
            words,
            man: 0,
            woman: 0,
            likely: Gender::Unknown,
            is_somebody: false,
            last: None,
            times: 0,
        });
        person
    }

    /// Who is meant by a name at a place.
    pub(super) fn find(&self, name: &str, at: At) -> Option<PersonId> {
        self.find_of(name, at, Gender::Unknown)
    }

    /// Of those named before a place by a word, who is meant by it alone: whoever bears it as the surname rather than inside the
    /// name, whoever the same passage has named last, whoever the text names most.
    fn best_namesake(
        &self,
        candidates: &[PersonId],
        word: &str,
        at: At,
        gender: Gender,
    ) -> Option<PersonId> {
        let edge = |person: &Person| {
            let is = |other: Option<&String>| other.is_some_and(|other| other == word);
            2 * u8::from(is(person.words.last())) + u8::from(is(person.words.first()))
        };
        let rank = |person: &PersonId| {
            let person = &self.persons[*person];
            let is_here = person.last.is_some_and(|last| last.passage == at.passage);
            (
                super::resolve::fits(person.gender(), gender),
                edge(person),
                is_here.then_some(person.last),
                person.times,
                std::cmp::Reverse(person.place),
            )
        };
        let before = candidates
            .iter()
            .filter(|person| self.persons[**person].place <= at);
        before.copied().max_by_key(rank)
    }

    /// Who is meant by a name whose title tells the gender.
    fn find_of(&self, name: &str, at: At, gender: Gender) -> Option<PersonId> {
        let words = words_of(name);
        if words.len() > 1 {
            return self
                .by_words
                .get(&words.join(" "))
                .copied()
                .or_else(|| self.find_longer(&words, at));
        }
        let word = words.first()?;
        let candidates: Vec<PersonId> = self
            .by_word
            .get(word)
            .map_or(&[][..], Vec::as_slice)
            .iter()
            .copied()
            .rev()
            .take(NAMESAKES)
            .filter(|person| self.persons[*person].is_full())
            .collect();
        let before = self.best_namesake(&candidates, word, at, gender);
        match (before, &candidates[..]) {
            (Some(person), _) => Some(person),
            (None, [person]) => Some(*person),
            (None, []) => self
                .by_words
                .get(word)
                .copied()
                .or_else(|| self.by_nickname(word)),
            (None, _) => None,
        }
    }

    /// Who is meant by a name with its title: "Mrs Field" may be another one than "Field".
    pub(super) fn find_titled(
        &self,
        titled: &str,
        name: &str,
        at: At,
        gender: Gender,
    ) -> Option<PersonId> {
        let whole = self.by_words.get(&words_of(titled).join(" "));
        whole.copied().or_else(|| self.find_of(name, at, gender))
    }

    /// "Ada Field" for "Ada Mary Field".
    fn find_longer(&self, words: &[String], at: At) -> Option<PersonId> {
        let candidates = self.by_word.get(words.last()?)?;
        candidates
            .iter()
            .copied()
            .rev()
            .take(NAMESAKES)
            .filter(|person| {
                let person = &self.persons[*person];
                person.place <= at
                    && person.words.len() > words.len()
                    && words.iter().all(|word| person.words.contains(word))
            })
            .max_by_key(|person| self.persons[*person].last)
    }

    /// "Sam" and "Sammy" for "Samuel Field".
    fn by_nickname(&self, word: &str) -> Option<PersonId> {
        let pet = word.strip_suffix("ie").or_else(|| word.strip_suffix('y'));
        let pet = pet.map(|pet| {
            let mut letters = pet.chars().rev();
            let (last, before) = (letters.next(), letters.next());
            let doubled = last.filter(|last| Some(*last) == before);
            doubled
                .and_then(|last| pet.strip_suffix(last))
                .unwrap_or(pet)
        });
        let is_long = |word: &&str| word.chars().count() >= NICKNAME_CHARS;
        let shortened = [Some(word), pet].map(|word| word.filter(is_long));
        let recent = self.persons.len().saturating_sub(NICKNAMED)..self.persons.len();
        let mut found = recent.filter(|person| {
            let person = &self.persons[*person];
            let is_start = |word: &str| person.words[0].starts_with(word);
            person.is_full() && shortened.iter().flatten().any(|word| is_start(word))
        });
        let person = found.next()?;
        found.next().is_none().then_some(person)
    }

    /// Notes that a person is named.
    pub(super) fn mention(&mut self, person: PersonId, at: At) {
        self.persons[person].last = Some(at);
        self.persons[person].times += 1;
    }

    /// Who the document is about: whoever is named most often, the first of several.
    /// Whether nobody else is named half as often.
    pub(super) fn leading(&self) -> Option<(PersonId, bool)> {
        let people = self.persons.iter().enumerate();
        let somebody = people.filter(|(_, person)| person.is_somebody);
        let first = somebody.max_by_key(|(at, person)| (person.times, std::cmp::Reverse(*at)));
        let (first, person) = first?;
        let mut others = self
            .persons
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != first);
        let is_alone = person.times > 4 && others.all(|(_, other)| 2 * other.times <= person.times);
        Some((first, is_alone))
    }

    /// Forgets where people were last named, for another reading from the start.
    pub(super) fn forget_mentions(&mut self) {
        for person in &mut self.persons {
            person.last = None;
        }
    }

    /// Counts a sign of the gender.
    pub(super) fn vote(&mut self, person: PersonId, gender: Gender, weight: u32) {
        let person = &mut self.persons[person];
        match gender {
            Gender::Man => person.man += weight,
            Gender::Woman => person.woman += weight,
            Gender::Several | Gender::Unknown => return,
        }
        person.is_somebody = true;
    }

    /// Notes what a person is called besides the name.
    pub(super) fn add_role(&mut self, role: &str, at: At, person: PersonId) {
        self.persons[person].is_somebody = true;
        let role = role.to_lowercase();
        self.called.push((at, role.clone(), person));
        self.roles.entry(role).or_default().push((at, person));
    }

    /// Who was last called so before a place, or first after it.
    pub(super) fn with_role(&self, role: &str, at: At) -> Option<PersonId> {
        let called = self.roles.get(&role.to_lowercase())?;
        let before = called.partition_point(|(place, _)| *place < at);
        called
            .get(before.saturating_sub(1))
            .map(|(_, person)| *person)
    }

    /// Who was called by a compound of the role: "Verkehrsminister Ada Feld" for "der Minister". Looks back over the
    /// last [`COMPOUNDS`] roles.
    pub(super) fn with_role_inside(&self, role: &str, at: At) -> Option<PersonId> {
        let role = role.to_lowercase();
        let before = self.called.partition_point(|(place, ..)| *place < at);
        let mut called = self.called.get(..before)?.iter().rev().take(COMPOUNDS);
        called
            .find(|(_, other, _)| {
                role.chars().count() > 3 && other.len() > role.len() + 2 && other.ends_with(&role)
            })
            .map(|(.., person)| *person)
    }

    /// Notes a phrase that speaks of somebody for the first time.
    pub(super) fn introduce(&mut self, head: &str, at: At, gender: Gender) {
        self.introduced
            .entry(head.to_lowercase())
            .or_default()
            .push((at, gender));
    }

    /// Notes a phrase that speaks of somebody in the course of reading; whether they say something there.
    pub(super) fn introduce_later(&mut self, head: &str, at: At, gender: Gender, speaks: bool) {
        let head = head.to_lowercase();
        if speaks {
            self.spoken.insert(head.clone());
        }
        let phrases = self.introduced.entry(head).or_default();
        let start = |at: &At| (at.passage, at.span.start);
        let place = phrases.partition_point(|(place, _)| start(place) < start(&at));
        let is_known = phrases
            .get(place)
            .is_some_and(|(other, _)| start(other) == start(&at));
        if !is_known {
            phrases.insert(place, (at, gender));
        }
    }

    /// A pronoun tells the gender of somebody without a name.
    pub(super) fn tell_gender(&mut self, place: At, gender: Gender) {
        self.described.entry(place).or_insert(gender);
    }

    /// What pronouns have told of somebody without a name.
    pub(super) fn told_gender(&self, place: At) -> Gender {
        self.described.get(&place).copied().unwrap_or_default()
    }

    /// Somebody of that description has said something: it is a person's.
    pub(super) fn has_spoken(&self, head: &str) -> bool {
        self.spoken.contains(&head.to_lowercase())
    }

    /// The phrase that introduced whom "the man" means.
    pub(super) fn introduced(&self, head: &str, at: At) -> Option<(At, Gender)> {
        let phrases = self.introduced.get(&head.to_lowercase())?;
        let before = phrases.partition_point(|(place, _)| *place < at);
        phrases.get(before.checked_sub(1)?).copied()
    }
}

/// The words of a name in small letters, without what parts them.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let name = name_text(name, ByteSpan::new(0, name.len()));
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}' | '\u{2011}'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
