//! The people of one document: who is named in full, by which words they are named again, and what the text calls them
//! besides.
//!
//! Invariant: made of the document's own words; a person is a name that stands in it. A short name means the last full
//! name before it that holds it, else the only one after it.

use super::chinese;
use super::clause::{Gender, Phrase, Stream, Subject};
use super::lexicon::{
    A, ADVERB, AUXILIARY, BE, HE, MAN, NUMBER, OPENS, PEOPLE, POSSESSIVE, PREPOSITION, RELATIVE,
    REPORTS, SHE, THE, TITLES, VERB, WOMAN,
};
use super::names::{Run, name_text};
use super::tokens::TokenKind;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// What a person is called besides: "owner", "clerk".
    roles: HashMap<String, Vec<(At, PersonId)>>,
    /// All of that in reading order.
    called: Vec<(At, String, PersonId)>,
    /// Where somebody without a name is spoken of first: "a young man with a wet hat".
    introduced: HashMap<String, Vec<(At, Gender)>>,
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
    pub(super) fn leading(&self) -> Option<PersonId> {
        let people = self.persons.iter().enumerate();
        let somebody = people.filter(|(_, person)| person.is_somebody);
        let first = somebody.max_by_key(|(at, person)| (person.times, std::cmp::Reverse(*at)));
        first.map(|(at, _)| at)
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
        let place = phrases.partition_point(|(place, _)| *place < at);
        if phrases.get(place).is_none_or(|(other, _)| *other != at) {
            phrases.insert(place, (at, gender));
        }
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

    /// Reads what stands around a name: its titles, the noun before it, what follows between commas.
    pub(super) fn learn_around(
        &mut self,
        stream: &Stream<'_>,
        run: &Run,
        passage: usize,
        person: PersonId,
    ) {
        let at = At {
            passage,
            span: run.span(stream.tokens),
        };
        self.vote(person, Stream::gender_of_titles(run.titles), 3);
        for title in run.first..run.bare {
            self.called(stream, title, at, person);
        }
        self.learn_given_name(stream, run, person);
        self.persons[person].is_somebody |= acts(stream, run);
        self.learn_marriage(stream, run, at, person);
        if stream.lexicon.grammar.no_spaces {
            let (role, gender) = chinese::role_before(stream.text, at.span.start as usize);
            if !role.is_empty() {
                self.add_role(role, at, person);
                self.vote(person, gender, 2);
            }
            return;
        }
        if stream.tokens[run.last].is_possessive {
            return;
        }
        if let Some(before) = run.first.checked_sub(1) {
            let token = &stream.tokens[before];
            if token.is_word() && !token.opens_sentence && is_noun(stream, before) {
                self.called(stream, before, at, person);
            }
            // "The owner, Ada Field,", "his widow, the historian Ada Field": the head of what stands before the comma.
            let comma = (before.saturating_sub(3)..=before)
                .rev()
                .take_while(|at| *at == before || stream.is(at + 1, OPENS | TITLES | PEOPLE))
                .find(|at| stream.kind(*at) == Some(TokenKind::Comma));
            if let Some(Subject::Described(phrase)) = comma
                .and_then(|comma| comma.checked_sub(1))
                .and_then(|last| stream.phrase_before(last))
                && stream.is(phrase.first, OPENS)
            {
                self.called(stream, phrase.head, at, person);
            }
        }
        // "Ada Field, the owner", "Claire Champ, boulangère"
        if stream.kind(run.last + 1) == Some(TokenKind::Comma) {
            let first = run.last + 2;
            let noun = (first..first + 4).find(|at| stream.is(*at, PEOPLE | TITLES));
            let opens = stream.is(first, OPENS) && !stream.is(first, super::lexicon::PRONOUN);
            if let Some(noun) = noun
                && (opens || noun == first)
                && !stream.tokens[noun].is_capital
            {
                self.called(stream, noun, at, person);
            }
        }
    }

    /// What the ending of the given name makes likely.
    fn learn_given_name(&mut self, stream: &Stream<'_>, run: &Run, person: PersonId) {
        let person = &mut self.persons[person];
        let has_given = run.len() > 1 || !person.is_full();
        if person.likely == Gender::Unknown && has_given {
            let given = name_text(stream.text, stream.tokens[run.bare].span);
            person.likely = match stream.lexicon.grammar.endings.name(given) {
                Some(true) => Gender::Woman,
                Some(false) => Gender::Man,
                None => Gender::Unknown,
            };
        }
    }

    /// "She married Ada Field": who is spoken of as "her husband", "the widow" from then on.
    fn learn_marriage(&mut self, stream: &Stream<'_>, run: &Run, at: At, person: PersonId) {
        let is_married = (run.first.saturating_sub(4)..run.first)
            .any(|before| MARRIED.contains(&stream.word(before)));
        if is_married {
            for role in SPOUSES {
                self.add_role(role, at, person);
            }
        }
    }

    /// Reads whether the sentence goes on with "he" or "she": "Ada Field put the kettle on, as she did every day".
    pub(super) fn learn_pronouns(&mut self, stream: &Stream<'_>, run: &Run, person: PersonId) {
        // The subject of its sentence, or its last word.
        let is_subject = !(run.first.saturating_sub(super::clause::REACH)..run.first)
            .rev()
            .take_while(|at| !stream.tokens[at + 1].opens_sentence)
            .any(|at| stream.tokens[at].is_capital && stream.run(at).is_some());
        let is_last = stream
            .token(run.last + 1)
            .is_none_or(|next| next.opens_sentence);
        // "Née à Oran, elle …": a place.
        let is_place = run.len() == 1
            && run.titles == 0
            && run
                .first
                .checked_sub(1)
                .is_some_and(|at| stream.is(at, PREPOSITION));
        if stream.tokens[run.last].is_possessive || is_place || !(is_subject || is_last) {
            return;
        }
        let mut at = run.last + 1;
        let mut sentences = 0;
        let mut commas = 0;
        let end = at + 2 * super::clause::REACH;
        while let Some(token) = stream.token(at).filter(|_| at < end) {
            // “…”, he said: only what the next sentence opens with, a quotation aside.
            let mut opens = token.opens_sentence;
            if opens {
                sentences += 1;
                if sentences > 1 {
                    return;
                }
                if token.is_hole() {
                    at += 1;
                    at += usize::from(stream.kind(at) == Some(TokenKind::Comma));
                    opens = stream.token(at).is_some_and(|next| !next.opens_sentence);
                }
            }
            let Some(token) = stream
                .token(at)
                .filter(|token| opens || !token.opens_sentence)
            else {
                return;
            };
            commas += usize::from(token.kind == TokenKind::Comma);
            let is_place = PLACES.contains(&stream.word(at - 1))
                || (stream.is(at - 1, THE) && at > 1 && PLACES.contains(&stream.word(at - 2)));
            if (token.is_capital
                && !is_place
                && !stream.is(at - 1, TITLES)
                && stream.run(at).is_some_and(|run| run.first == at))
                || (token.is(PEOPLE) && token.is(MAN | WOMAN))
            {
                return;
            }
            let is_near = commas == 0;
            let gender = match (token.is(HE), token.is(SHE), stream.word(at)) {
                (true, true, _) => Gender::Unknown,
                (true, ..) | (_, _, "himself") => Gender::Man,
                (_, true, _) | (_, _, "herself") => Gender::Woman,
                (.., "his") if is_near => Gender::Man,
                (.., "her") if is_near => Gender::Woman,
                _ => Gender::Unknown,
            };
            if gender != Gender::Unknown && (sentences == 0 || opens) {
                self.vote(person, gender, 1);
                return;
            }
            if sentences == 1 {
                return;
            }
            at += 1;
        }
    }

    fn called(&mut self, stream: &Stream<'_>, noun: usize, at: At, person: PersonId) {
        self.add_role(stream.word(noun), at, person);
        let gender = match (stream.is(noun, MAN), stream.is(noun, WOMAN)) {
            (true, false) => Gender::Man,
            (false, true) => Gender::Woman,
            _ => stream.gender_of_noun(noun),
        };
        self.vote(person, gender, 2);
    }
}

/// Verbs of marrying, and what a spouse is called.
const MARRIED: [&str; 8] = [
    "married",
    "marries",
    "épouse",
    "épousa",
    "épousé",
    "heiratete",
    "geheiratet",
    "casó",
];
const SPOUSES: [&str; 12] = [
    "husband", "wife", "widow", "widower", "mari", "veuve", "veuf", "ehemann", "ehefrau", "witwe",
    "marido", "esposa",
];

/// Prepositions that a place follows.
const PLACES: [&str; 12] = [
    "in", "at", "on", "from", "near", "since", "à", "en", "dans", "aus", "bei", "sur",
];

/// The text has somebody of that name do, say or be something that only people do, are or say.
fn acts(stream: &Stream<'_>, run: &Run) -> bool {
    let is_before = |class| {
        let before = run.first.checked_sub(1);
        before.is_some_and(|before| stream.is(before, class))
    };
    if stream.tokens[run.last].is_possessive {
        return false;
    }
    if is_before(REPORTS) {
        return true;
    }
    let next = run.last + 1;
    let Some(token) = stream.token(next) else {
        return false;
    };
    let age_or_who = token.kind == TokenKind::Comma && stream.is(next + 1, RELATIVE | NUMBER);
    let verb_after = token.is_word()
        && !token.opens_sentence
        && !token.is_capital
        && !is_before(PREPOSITION)
        && (stream.is(next, REPORTS | VERB | AUXILIARY | BE)
            || stream.ends_in_ed(next)
            || stream.ends_like_verb(next));
    age_or_who || verb_after
}

/// A word in small letters that is no function word.
fn is_noun(stream: &Stream<'_>, at: usize) -> bool {
    let token = &stream.tokens[at];
    (!token.is_capital || stream.lexicon.grammar.capital_nouns)
        && (token.class & !(PEOPLE | TITLES | super::lexicon::WRITING | super::lexicon::WORK) == 0)
        && !token.is_possessive
}

/// The words of a name in small letters, without what parts them.
pub(super) fn words_of(name: &str) -> Vec<String> {
    let name = name_text(name, ByteSpan::new(0, name.len()));
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}' | '\u{2011}'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Words beside names by which a text speaks of people.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mentioned {
    /// "A colonel", "her grandfather".
    Phrase(Phrase),
    /// "He", "him", "his": the token, and whether it owns what follows.
    Pronoun(usize, Gender, bool),
}

/// The pronouns of a stream that tell a man from a woman.
pub(super) fn pronouns(stream: &Stream<'_>) -> Vec<Mentioned> {
    let found = (0..stream.tokens.len()).filter_map(|at| {
        let token = &stream.tokens[at];
        let is_english = stream.lexicon.grammar.has_possessive_s;
        let is_object = |word: &str| is_english && stream.word(at).eq_ignore_ascii_case(word);
        let owns = stream.token(at + 1).is_some_and(|next| {
            next.is_word() && !next.opens_sentence && !next.is(PREPOSITION | ADVERB)
        });
        let (gender, is_owner) = if token.is(HE) != token.is(SHE) {
            let is_man = token.is(HE);
            (if is_man { Gender::Man } else { Gender::Woman }, false)
        } else if is_object("him") {
            (Gender::Man, false)
        } else if is_object("his") {
            (Gender::Man, true)
        } else if is_object("her") {
            (Gender::Woman, owns)
        } else {
            return None;
        };
        Some(Mentioned::Pronoun(at, gender, is_owner))
    });
    found.collect()
}

/// Every phrase with "a" or "her" and a noun for a person, for [`People::introduce`].
pub(super) fn introductions(stream: &Stream<'_>) -> Vec<Phrase> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < stream.tokens.len() {
        let opens = stream.is(at, A | POSSESSIVE) && !stream.is(at, THE);
        let has_person = (at + 1..at + 5)
            .take_while(|at| {
                stream
                    .token(*at)
                    .is_some_and(|token| token.is_word() && !token.opens_sentence)
            })
            .any(|at| stream.is(at, PEOPLE | TITLES));
        if opens
            && has_person
            && let Some(Subject::Described(phrase)) = stream.phrase_from(at)
        {
            found.push(phrase);
            at = phrase.last;
        }
        at += 1;
    }
    found
}

/// The phrase speaks of somebody by itself: it is no more words for who is named beside it ("Ada Field, a clerk", "her son,
/// Ada"), and not what somebody is ("he was a clerk").
pub(super) fn stands_alone(stream: &Stream<'_>, phrase: &Phrase) -> bool {
    let before = phrase.first.checked_sub(1);
    let is_predicate = before.is_some_and(|before| {
        stream.is(before, BE) || matches!(stream.word(before), "as" | "comme" | "als" | "como")
    });
    let comma_before = before.is_some_and(|before| {
        stream.kind(before) == Some(TokenKind::Comma)
            && before
                .checked_sub(1)
                .is_some_and(|last| stream.tokens[last].is_capital)
    });
    let next = phrase.last + 1;
    let name = next + usize::from(stream.kind(next) == Some(TokenKind::Comma));
    let is_named = stream
        .token(name)
        .is_some_and(|token| token.is_word() && !token.opens_sentence)
        && (stream.run(name).is_some()
            || stream
                .apposition(phrase.last, stream.tokens.len())
                .is_some());
    stream.is(phrase.head, PEOPLE | TITLES) && !is_predicate && !comma_before && !is_named
}
