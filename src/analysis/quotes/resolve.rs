//! Who speaks: from the words around each quotation to somebody the document names or describes.
//!
//! Invariant: passages are walked in order, and whom a pronoun means depends on what stands before it. The search goes
//! back over at most [`REMEMBERED`] subjects and [`PASSAGES_BACK`] passages, so that time is linear in the text.

use super::attribution::{Attribution, attribution, leading};
use super::chinese;
use super::clause::{Gender, Phrase, Stream, Subject};
use super::kind::{Kind, kind};
use super::lexicon::{MAN, PEOPLE, WOMAN, WRITING};
use super::names::name_text;
use super::people::{At, People, PersonId};
use super::reading::Reading;
use super::tokens::{TokenKind, sentences};
use crate::text::ByteSpan;
use std::collections::VecDeque;

/// Subjects that a pronoun may go back to.
const REMEMBERED: usize = 16;
/// Passages that a pronoun may go back.
const PASSAGES_BACK: usize = 4;
/// What it costs a match that the text does not say whether somebody is he or she.
const UNKNOWN: usize = 2;
/// The worst match that is still one; see [`Walk::antecedent`].
const WORST_MATCH: usize = 9;

/// How the speaker of a quotation is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The full name stands beside the quotation.
    Named,
    /// A short name, a pronoun or a title stands there, or the sentence before tells; the name is from elsewhere.
    Resolved,
    /// The text describes who speaks and gives no name.
    Described,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A person of the document.
    Person(PersonId),
    /// Somebody described, or named by one word only, as the text has it.
    Text {
        text: String,
        place: At,
        gender: Gender,
        /// The words are for a person, as far as their noun tells.
        is_person: bool,
    },
}

/// Whose a quotation is, and how it is known.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub(super) who: Who,
    pub(super) how: How,
    /// The verb or words that report.
    pub(super) cue: Option<At>,
    /// What stands there for the speaker.
    pub(super) mention: Option<At>,
}

/// What is found of one quotation.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) kind: Kind,
    pub(super) cue: Option<At>,
    pub(super) spoken: Option<Spoken>,
}

/// Somebody a pronoun may mean.
#[derive(Clone, Debug)]
struct Referent {
    who: Who,
    gender: Gender,
    at: At,
    is_person: bool,
}

/// The findings of a document: for each passage one for each quotation.
pub(super) fn resolve(reading: &Reading<'_>, people: &mut People) -> Vec<Vec<Finding>> {
    let mut walk = Walk {
        reading,
        people,
        referents: VecDeque::new(),
        mentioned: VecDeque::new(),
        findings: Vec::new(),
        voice: None,
    };
    for passage in 0..walk.reading.passages.len() {
        walk.passage(passage);
    }
    walk.carry_back();
    walk.findings
}

struct Walk<'r, 'a> {
    reading: &'r Reading<'a>,
    people: &'r mut People,
    /// Subjects and speakers, the last at the end.
    referents: VecDeque<Referent>,
    /// Everybody named, the last at the end.
    mentioned: VecDeque<(PersonId, At, bool)>,
    findings: Vec<Vec<Finding>>,
    /// Who says the present passage.
    voice: Option<Who>,
}

/// What is met in a passage, by place.
enum Met {
    Sentence(usize),
    Quotation(usize),
}

impl Walk<'_, '_> {
    fn passage(&mut self, at: usize) {
        let reading = self.reading;
        let passage = &reading.passages[at];
        let text = passage.text;
        self.voice = passage.voice.and_then(|voice| {
            let place = At {
                passage: at,
                span: ByteSpan::default(),
            };
            self.people.find(voice, place).map(Who::Person)
        });
        let stream = reading.stream(at, 0);
        let ranges = sentences(stream.tokens);
        let subjects: Vec<Option<Subject>> = ranges
            .iter()
            .map(|range| reading.subject_of(&stream, range.start, range.end))
            .collect();
        let count = passage.quoted.len();
        let mut found: Vec<Option<Attribution>> = vec![None; count];
        let mut holes: Vec<(usize, usize)> = Vec::new();
        for (number, token) in stream.tokens.iter().enumerate() {
            if let TokenKind::Hole(quotation) = token.kind {
                holes.push((number, quotation));
                let inside = passage.quoted[quotation].inside.of(text);
                found[quotation] = self.reading.attribution(at, 0, number, quotation, inside);
            }
        }
        // What the passage before leads up to.
        let led = at
            .checked_sub(1)
            .filter(|before| self.reading.passages[*before].index + 1 == passage.index)
            .filter(|_| holes.first().is_some_and(|(number, _)| *number == 0))
            .and_then(|before| Some((before, leading(&self.reading.stream(before, 0))?)));
        let mut met: Vec<(u32, Met)> = Vec::new();
        for (number, subject) in subjects.iter().enumerate() {
            if let Some(subject) = subject {
                met.push((
                    place_of(&stream, subject).map_or(0, |span| span.start),
                    Met::Sentence(number),
                ));
            }
        }
        for (number, quotation) in &holes {
            let place = found[*quotation]
                .as_ref()
                .and_then(|found| {
                    let stream = reading.stream(at, self.stream_of(at, *quotation, found));
                    place_of(&stream, &found.subject)
                })
                .map_or(stream.tokens[*number].span.start, |span| span.start);
            met.push((place, Met::Quotation(*quotation)));
        }
        met.sort_by_key(|(place, met)| (*place, matches!(met, Met::Quotation(_))));
        let mut kinds = vec![Kind::Scare; count];
        for (number, quotation) in &holes {
            kinds[*quotation] =
                reading.kind_of(at, 0, *number, *quotation, found[*quotation].as_ref());
        }
        let mut sentence_whos: Vec<Option<Spoken>> = vec![None; ranges.len()];
        let mut spoken: Vec<Option<Spoken>> = vec![None; count];
        let mut cues: Vec<Option<At>> = vec![None; count];
        let mut named = 0;
        for (place, met) in met {
            named = self.hear_names(at, named, place);
            match met {
                Met::Sentence(number) => {
                    let Some(subject) = &subjects[number] else {
                        continue;
                    };
                    let who = self.who(at, 0, subject, None);
                    if let Some(who) = &who {
                        self.remember(who, at, place);
                    }
                    sentence_whos[number] = who;
                }
                Met::Quotation(quotation) => {
                    let Some(found) = &found[quotation] else {
                        continue;
                    };
                    let cue = found.cue.map(|span| At { passage: at, span });
                    cues[quotation] = cue;
                    let who = match &found.subject {
                        // "Judge Field sent us a note. It reads: …"
                        Subject::It(it) => page_before(&ranges, *it)
                            .filter(|before| holds_writing(&stream, &ranges[*before]))
                            .and_then(|before| sentence_whos[before].clone()),
                        subject => {
                            self.who(at, self.stream_of(at, quotation, found), subject, None)
                        }
                    };
                    if let Some(mut who) = who {
                        who.cue = cue;
                        if let Who::Person(person) = who.who {
                            self.people.persons[person].is_somebody = true;
                        }
                        self.remember(&who, at, place);
                        spoken[quotation] = Some(who);
                    }
                }
            }
        }
        self.hear_names(at, named, u32::MAX);
        let page = Page {
            ranges: &ranges,
            subjects: &subjects,
            whos: &sentence_whos,
            holes: &holes,
            found: &found,
            kinds: &kinds,
        };
        self.fill_in(at, &page, &mut spoken, led);
        let findings = (0..count)
            .map(|quotation| Finding {
                kind: kinds[quotation],
                cue: cues[quotation],
                spoken: spoken[quotation].clone(),
            })
            .collect();
        self.findings.push(findings);
        self.nested(at);
    }

    /// Quotations without words of their own that attribute them.
    fn fill_in(
        &mut self,
        at: usize,
        page: &Page<'_>,
        spoken: &mut [Option<Spoken>],
        led: Option<(usize, Attribution)>,
    ) {
        if let Some((before, led)) = led
            && let Some((_, first)) = page.holes.first()
            && page.found[*first].is_none()
            && let Some(mut who) = self.who(before, 0, &led.subject, None)
        {
            who.cue = led.cue.map(|span| At {
                passage: before,
                span,
            });
            spoken[*first] = Some(who);
        }
        if self.reading.passages[at].continues
            && let Some((_, first)) = page.holes.first()
            && page.found[*first].is_none()
        {
            spoken[*first] = self.open_before(at).and_then(|open| open.spoken.clone());
        }
        for order in 0..page.holes.len() {
            let (_, quotation) = page.holes[order];
            if page.found[quotation].is_some()
                || spoken[quotation].is_some()
                || page.kinds[quotation] != Kind::Direct
            {
                continue;
            }
            let who = page.told_by_neighbours(order, spoken);
            if let Some(who) = &who {
                self.remember(
                    who,
                    at,
                    self.reading.passages[at].quoted[quotation].whole.start,
                );
            }
            spoken[quotation] = who;
        }
    }

    /// The quotation that the passage before leaves open.
    fn open_before(&self, at: usize) -> Option<&Finding> {
        let before = at.checked_sub(1)?;
        let open = self.reading.passages[before]
            .quoted
            .iter()
            .position(|quoted| quoted.is_open && quoted.parent.is_none())?;
        self.findings.get(before)?.get(open)
    }

    /// Quotations inside quotations: "I" is the speaker of the outer one.
    fn nested(&mut self, at: usize) {
        let reading = self.reading;
        let passage = &reading.passages[at];
        let mut inner: Vec<(usize, usize, usize)> = Vec::new();
        for (number, tokens) in passage.streams.iter().enumerate().skip(1) {
            for (hole, token) in tokens.iter().enumerate() {
                if let TokenKind::Hole(quotation) = token.kind {
                    inner.push((quotation, number, hole));
                }
            }
        }
        inner.sort_unstable(); // Outer quotations before inner ones.
        for (quotation, number, hole) in inner {
            let inside = passage.quoted[quotation].inside.of(passage.text);
            let found = reading.attribution(at, number, hole, quotation, inside);
            let kind = reading.kind_of(at, number, hole, quotation, found.as_ref());
            let cue = found
                .as_ref()
                .and_then(|found| found.cue)
                .map(|span| At { passage: at, span });
            let outer = self.findings[at][number - 1].spoken.clone();
            let mut who = found.and_then(|found| {
                self.local_antecedent(at, number, hole, &found.subject)
                    .or_else(|| self.who(at, number, &found.subject, outer.as_ref()))
            });
            if let Some(who) = &mut who {
                who.cue = cue;
            }
            self.findings[at][quotation] = Finding {
                kind,
                cue,
                spoken: who,
            };
        }
    }

    /// Whom a pronoun inside a quotation means, where that quotation tells.
    fn local_antecedent(
        &mut self,
        at: usize,
        number: usize,
        hole: usize,
        subject: &Subject,
    ) -> Option<Spoken> {
        let (pronoun, gender) = match subject {
            Subject::Pronoun(pronoun, gender) => (Some(*pronoun), *gender),
            Subject::Dropped => (None, Gender::Unknown),
            _ => return None,
        };
        let reading = self.reading;
        let stream = reading.stream(at, number);
        let subjects = |number: usize, until: usize| {
            let stream = reading.stream(at, number);
            let named =
                |subject: &Subject| matches!(subject, Subject::Name(_) | Subject::Described(_));
            sentences(stream.tokens)
                .into_iter()
                .take_while(|range| range.start < until)
                .filter_map(|range| reading.subject_of(&stream, range.start, range.end))
                .filter(named)
                .map(|subject| (number, subject))
                .collect::<Vec<_>>()
        };
        // What the same speaker has said just before counts as well.
        let sibling = number
            .checked_sub(2)
            .map(|sibling| sibling + 1)
            .filter(|sibling| {
                let quoted = &reading.passages[at].quoted;
                quoted[sibling - 1].parent == quoted[number - 1].parent
            });
        let mut before = sibling.map_or_else(Vec::new, |sibling| subjects(sibling, usize::MAX));
        before.extend(subjects(number, pronoun.unwrap_or(hole)));
        let mention = pronoun.map(|pronoun| At {
            passage: at,
            span: stream.span_of(pronoun, pronoun),
        });
        for (number, subject) in before.iter().rev() {
            let Some(found) = self.who(at, *number, subject, None) else {
                continue;
            };
            if fits(self.gender_of(&found.who), gender) {
                return Some(Spoken {
                    how: How::Resolved,
                    mention,
                    ..found
                });
            }
        }
        None
    }

    /// The stream in which the subject of an attribution stands: around the quotation, or inside it.
    fn stream_of(&self, at: usize, quotation: usize, found: &Attribution) -> usize {
        let quoted = &self.reading.passages[at].quoted[quotation];
        let is_inside = found
            .cue
            .is_some_and(|cue| quoted.whole.start <= cue.start && cue.end <= quoted.whole.end);
        if is_inside { quotation + 1 } else { 0 }
    }

    /// Takes note of the names of a passage before a byte.
    fn hear_names(&mut self, at: usize, from: usize, until: u32) -> usize {
        let mut number = from;
        while let Some((stream, run, span)) = self.reading.passages[at].runs.get(number).copied()
            && span.start < until
        {
            number += 1;
            let place = At { passage: at, span };
            let name = name_text(self.reading.passages[at].text, span);
            let is_possessive = self.reading.passages[at].streams[stream][run.last].is_possessive;
            if let Some(person) = self.people.find(name, place) {
                self.people.mention(person, place);
                self.mentioned.push_back((person, place, is_possessive));
                if self.mentioned.len() > REMEMBERED {
                    self.mentioned.pop_front();
                }
            }
        }
        number
    }

    fn remember(&mut self, spoken: &Spoken, passage: usize, start: u32) {
        let is_person = match &spoken.who {
            Who::Person(_) => true,
            Who::Text { is_person, .. } => *is_person,
        };
        self.referents.push_back(Referent {
            gender: self.gender_of(&spoken.who),
            who: spoken.who.clone(),
            at: At {
                passage,
                span: ByteSpan { start, end: start },
            },
            is_person,
        });
        if self.referents.len() > REMEMBERED {
            self.referents.pop_front();
        }
    }

    fn gender_of(&self, who: &Who) -> Gender {
        match who {
            Who::Person(person) => self.people.persons[*person].gender(),
            Who::Text { gender, .. } => *gender,
        }
    }

    /// Who is meant by a subject. `outer`: whose words it stands in.
    fn who(
        &mut self,
        at: usize,
        number: usize,
        subject: &Subject,
        outer: Option<&Spoken>,
    ) -> Option<Spoken> {
        let reading = self.reading;
        let stream = reading.stream(at, number);
        let mention = place_of(&stream, subject).map(|span| At { passage: at, span });
        let spoken = |who, how| {
            Some(Spoken {
                who,
                how,
                cue: None,
                mention,
            })
        };
        match subject {
            Subject::Name(run) => {
                let span = run.bare_span(stream.tokens);
                let name = name_text(stream.text, span);
                let place = At { passage: at, span };
                let found = self.people.find(name, place);
                match found {
                    Some(person) if self.people.persons[person].is_full() => {
                        let is_same = self.people.persons[person].name == name;
                        let how = if is_same { How::Named } else { How::Resolved };
                        spoken(Who::Person(person), how)
                    }
                    // One word, and its title if it has one.
                    Some(person) if run.titles == 0 => spoken(Who::Person(person), How::Named),
                    Some(_) | None => {
                        // "Mr Field", but "sister Ada".
                        let has_title = stream.tokens[run.first].is_capital;
                        let span = if has_title {
                            run.span(stream.tokens)
                        } else {
                            span
                        };
                        let name = name_text(stream.text, span).to_owned();
                        let gender = Stream::gender_of_titles(run.titles);
                        let gender = match (gender, found) {
                            (Gender::Unknown, Some(person)) => self.gender_of(&Who::Person(person)),
                            _ => gender,
                        };
                        let who = Who::Text {
                            text: name,
                            place,
                            gender,
                            is_person: true,
                        };
                        spoken(who, How::Named)
                    }
                }
            }
            Subject::Pronoun(_, gender) => {
                let who = self.antecedent(mention?, *gender, outer, UNKNOWN)?;
                self.learn_gender(&who, *gender);
                spoken(who, How::Resolved)
            }
            Subject::Dropped => {
                let last = At {
                    passage: at,
                    span: ByteSpan {
                        start: u32::MAX,
                        end: u32::MAX,
                    },
                };
                let who = self.antecedent(last, Gender::Unknown, outer, UNKNOWN)?;
                spoken(who, How::Resolved)
            }
            Subject::First(_) => match (outer, self.reading.passages[at].voice) {
                (Some(outer), _) => spoken(outer.who.clone(), How::Resolved),
                (None, Some(voice)) => {
                    let place = At {
                        passage: at,
                        span: ByteSpan::default(),
                    };
                    let person = self.people.find(voice, place);
                    let who = person.map_or_else(
                        || Who::Text {
                            text: voice.to_owned(),
                            place,
                            gender: Gender::Unknown,
                            is_person: true,
                        },
                        Who::Person,
                    );
                    spoken(who, How::Resolved)
                }
                (None, None) => None,
            },
            Subject::It(_) => None,
            Subject::Described(phrase) => self.described(at, number, phrase, mention?),
            Subject::Nobody => None,
        }
    }

    /// Who was called "she" once is so from then on.
    fn learn_gender(&mut self, who: &Who, gender: Gender) {
        if let Who::Person(person) = who
            && self.people.persons[*person].gender() == Gender::Unknown
        {
            self.people.vote(*person, gender, 1);
        }
    }

    /// Who is meant by a description: whoever has that role, whoever it was said of first, or the words themselves.
    fn described(
        &mut self,
        at: usize,
        number: usize,
        phrase: &Phrase,
        mention: At,
    ) -> Option<Spoken> {
        let reading = self.reading;
        let stream = reading.stream(at, number);
        let head = stream.word(phrase.head);
        let text = stream.text_of(phrase.first, phrase.last).to_owned();
        let mut gender = phrase.gender;
        let mut is_people = stream.is(phrase.head, PEOPLE);
        let mut head = head;
        if stream.lexicon.grammar.no_spaces {
            (head, gender) = (chinese::role_of(&text), chinese::gender_of(&text));
            is_people = !head.is_empty() || gender != Gender::Unknown;
        }
        // A nickname at the start of a sentence looks like any noun.
        if phrase.first == phrase.last
            && stream.tokens[phrase.first].is_capital
            && let Some(person) = self.people.find(&text, mention)
        {
            return Some(Spoken {
                who: Who::Person(person),
                how: How::Resolved,
                cue: None,
                mention: Some(mention),
            });
        }
        if stream.is_bare_definite(phrase) || (stream.lexicon.grammar.no_spaces && !head.is_empty())
        {
            if let Some(person) = self.people.with_role(head, mention) {
                return Some(Spoken {
                    who: Who::Person(person),
                    how: How::Resolved,
                    cue: None,
                    mention: Some(mention),
                });
            }
            if let Some((place, introduced)) = self.people.introduced(head, mention) {
                let whole = place
                    .span
                    .of(self.reading.passages[place.passage].text)
                    .to_owned();
                let who = Who::Text {
                    text: whole,
                    place,
                    gender: introduced,
                    is_person: true,
                };
                return Some(Spoken {
                    who,
                    how: How::Described,
                    cue: None,
                    mention: Some(mention),
                });
            }
            let is_anybody = stream.is(phrase.head, MAN | WOMAN)
                && !stream.is(phrase.head, super::lexicon::PERSON | super::lexicon::TITLES)
                && matches!(gender, Gender::Man | Gender::Woman);
            if is_anybody
                && let Some(Who::Person(person)) =
                    self.antecedent(mention, gender, None, 2 * UNKNOWN)
            {
                self.learn_gender(&Who::Person(person), gender);
                return Some(Spoken {
                    who: Who::Person(person),
                    how: How::Resolved,
                    cue: None,
                    mention: Some(mention),
                });
            }
        }
        if !is_people
            && !stream.lexicon.grammar.gendered_articles
            && !stream.lexicon.grammar.no_spaces
        {
            gender = Gender::Unknown;
        }
        Some(Spoken {
            who: Who::Text {
                text,
                place: mention,
                gender,
                is_person: is_people,
            },
            how: How::Described,
            cue: None,
            mention: Some(mention),
        })
    }

    /// Whom a pronoun means: the last subject or speaker that fits, rather than somebody only named, rather than a thing.
    /// `unknown`: what it costs that the text does not say whether it is he or she.
    fn antecedent(
        &self,
        at: At,
        gender: Gender,
        outer: Option<&Spoken>,
        unknown: usize,
    ) -> Option<Who> {
        let mut best: Option<(usize, &Who)> = None;
        let mut rank = 0;
        let mut seen: Vec<&Who> = Vec::new();
        for referent in self.referents.iter().rev() {
            if referent.at >= at || at.passage - referent.at.passage > PASSAGES_BACK {
                continue;
            }
            if seen.contains(&&referent.who) {
                continue;
            }
            seen.push(&referent.who);
            // "She" is no thing that has no gender.
            let is_single = matches!(gender, Gender::Man | Gender::Woman);
            if is_single && !referent.is_person && referent.gender == Gender::Unknown {
                continue;
            }
            // Who says "he" speaks of somebody else.
            if outer.is_some_and(|outer| outer.who == referent.who)
                || self.voice.as_ref() == Some(&referent.who)
                || !fits(referent.gender, gender)
            {
                continue;
            }
            let near = referent.at.passage == at.passage;
            let is_unknown = referent.gender == Gender::Unknown && gender != Gender::Unknown;
            let may_be_thing = is_single && !self.is_somebody(&referent.who);
            let score = rank
                + 2 * usize::from(may_be_thing)
                + (at.passage - referent.at.passage)
                + self.cost_unknown(unknown, is_unknown, at, referent.at)
                + match referent.is_person {
                    true => 0,
                    // "Der Vogel … er": a thing by its noun, but the nearest by its article.
                    false if near && referent.gender == gender && gender != Gender::Unknown => 2,
                    false => 4,
                };
            rank += 1;
            if best.is_none_or(|(least, _)| score < least) {
                best = Some((score, &referent.who));
            }
        }
        let named = self
            .mentioned
            .iter()
            .rev()
            .filter(|(_, place, _)| *place < at);
        let mut whos: Vec<(usize, Who)> = Vec::new();
        for (rank, (person, place, is_possessive)) in named.enumerate() {
            let known = self.people.persons[*person].gender();
            if gender != Gender::Unknown && !self.people.persons[*person].is_somebody {
                continue;
            }
            let who = Who::Person(*person);
            if !fits(known, gender)
                || at.passage - place.passage > PASSAGES_BACK
                || outer.is_some_and(|outer| outer.who == who)
                || self.voice.as_ref() == Some(&who)
            {
                continue;
            }
            let is_unknown = known == Gender::Unknown && gender != Gender::Unknown;
            let score = 3
                + rank
                + (at.passage - place.passage)
                + usize::from(*is_possessive)
                + self.cost_unknown(unknown, is_unknown, at, *place);
            whos.push((score, who));
        }
        let named = whos.into_iter().min_by_key(|(score, _)| *score);
        match (best, named) {
            (Some((score, who)), None) => (score <= WORST_MATCH).then(|| who.clone()),
            (Some((score, who)), Some((other, _))) if score <= other => {
                (score <= WORST_MATCH).then(|| who.clone())
            }
            (_, Some((score, who))) => (score <= WORST_MATCH).then_some(who),
            (None, None) => None,
        }
    }

    /// The text treats it as somebody.
    fn is_somebody(&self, who: &Who) -> bool {
        match who {
            Who::Person(person) => self.people.persons[*person].is_somebody,
            Who::Text { is_person, .. } => *is_person,
        }
    }

    /// What it costs that the text does not say whether somebody is he or she: less in the same passage.
    fn cost_unknown(&self, cost: usize, is_unknown: bool, at: At, other: At) -> usize {
        let is_far = usize::from(at.passage > other.passage);
        usize::from(is_unknown) * (cost + is_far)
    }

    /// A quotation over several passages has one speaker, though only its last piece may say who.
    fn carry_back(&mut self) {
        for at in (1..self.findings.len()).rev() {
            if !self.reading.passages[at].continues {
                continue;
            }
            let Some(speaker) = self.findings[at]
                .first()
                .and_then(|first| first.spoken.clone())
            else {
                continue;
            };
            let open = self.reading.passages[at - 1]
                .quoted
                .iter()
                .position(|quoted| quoted.is_open && quoted.parent.is_none());
            if let Some(open) = open
                && self.findings[at - 1][open].spoken.is_none()
            {
                self.findings[at - 1][open].spoken = Some(speaker);
            }
        }
    }
}

/// A passage as far as it is understood.
struct Page<'p> {
    ranges: &'p [std::ops::Range<usize>],
    subjects: &'p [Option<Subject>],
    whos: &'p [Option<Spoken>],
    /// Token and index of each outermost quotation.
    holes: &'p [(usize, usize)],
    found: &'p [Option<Attribution>],
    kinds: &'p [Kind],
}

impl Page<'_> {
    /// Whose a quotation is by what stands beside it: the sentence between it and the quotation before, that quotation,
    /// the sentence after, the quotation after.
    fn told_by_neighbours(&self, order: usize, spoken: &[Option<Spoken>]) -> Option<Spoken> {
        let (hole, _) = self.holes[order];
        let sentence = self.sentence_of(hole)?;
        let before = order.checked_sub(1).map(|before| self.holes[before]);
        if self.ranges[sentence].start != hole {
            // In the middle of a sentence: only as another piece of what was quoted before in it.
            let (other, quotation) = before?;
            let is_same = self.sentence_of(other) == Some(sentence);
            return spoken[quotation]
                .clone()
                .filter(|_| is_same && self.found[quotation].is_some());
        }
        for between in (0..sentence).rev() {
            let has_quotation = self
                .holes
                .iter()
                .any(|(other, _)| self.ranges[between].contains(other));
            if has_quotation {
                break;
            }
            match &self.subjects[between] {
                Some(Subject::Name(_) | Subject::Pronoun(..)) => return self.whos[between].clone(),
                Some(Subject::Nobody) => return None,
                Some(Subject::Described(_)) if self.is_somebody(between) => {
                    return self.whos[between].clone();
                }
                Some(
                    Subject::Described(_) | Subject::First(_) | Subject::It(_) | Subject::Dropped,
                )
                | None => {}
            }
        }
        if let Some((_, quotation)) = before
            && self.kinds[quotation] == Kind::Direct
        {
            return spoken[quotation].clone();
        }
        let after = sentence + 1;
        let is_plain_after = self.ranges[sentence].len() == 1;
        if is_plain_after
            && let Some(Some(subject)) = self.subjects.get(after)
            && (matches!(subject, Subject::Name(_) | Subject::Pronoun(..))
                || self.is_somebody(after))
            && !self
                .holes
                .iter()
                .any(|(other, _)| *other == self.ranges[after].start)
        {
            return self.whos[after].clone();
        }
        let (next, quotation) = self.holes.get(order + 1)?;
        let is_next = *next == hole + 1;
        spoken[*quotation].clone().filter(|_| is_next)
    }

    fn is_somebody(&self, sentence: usize) -> bool {
        self.whos[sentence]
            .as_ref()
            .is_some_and(|spoken| match &spoken.who {
                Who::Person(_) => true,
                Who::Text { is_person, .. } => *is_person,
            })
    }

    fn sentence_of(&self, token: usize) -> Option<usize> {
        let at = self.ranges.partition_point(|range| range.end <= token);
        (at < self.ranges.len()).then_some(at)
    }
}

impl Reading<'_> {
    /// The subject of a sentence.
    fn subject_of(&self, stream: &Stream<'_>, start: usize, end: usize) -> Option<Subject> {
        if self.lexicon.grammar.no_spaces {
            return chinese::subject_at(stream, start, end);
        }
        stream
            .subject_at(start, end)
            .map(|subject| stream.who_wrote(subject))
            .filter(|subject| stream.can_speak(subject))
    }

    /// The kind of a quotation at a token of a stream.
    fn kind_of(
        &self,
        at: usize,
        number: usize,
        hole: usize,
        quotation: usize,
        found: Option<&Attribution>,
    ) -> Kind {
        let passage = &self.passages[at];
        let quoted = &passage.quoted[quotation];
        if (passage.continues && quotation == 0) || quoted.is_open {
            return Kind::Direct;
        }
        let own = self.stream(at, quotation + 1);
        let inside = quoted.inside.of(passage.text);
        kind(&self.stream(at, number), hole, &own, inside, found)
    }

    fn attribution(
        &self,
        at: usize,
        number: usize,
        hole: usize,
        quotation: usize,
        inside: &str,
    ) -> Option<Attribution> {
        let stream = self.stream(at, number);
        if self.lexicon.grammar.no_spaces {
            return chinese::attribution(&stream, hole);
        }
        let own = self.stream(at, quotation + 1);
        attribution(&stream, hole, inside, Some(&own))
    }
}

/// The sentence before the one of a token.
fn page_before(ranges: &[std::ops::Range<usize>], token: usize) -> Option<usize> {
    ranges
        .partition_point(|range| range.end <= token)
        .checked_sub(1)
}

/// Whether a sentence speaks of a letter or the like.
fn holds_writing(stream: &Stream<'_>, sentence: &std::ops::Range<usize>) -> bool {
    sentence.clone().any(|at| stream.is(at, WRITING))
}

/// Where a subject stands.
fn place_of(stream: &Stream<'_>, subject: &Subject) -> Option<ByteSpan> {
    match subject {
        Subject::Name(run) => Some(run.span(stream.tokens)),
        Subject::Pronoun(at, _) | Subject::First(at) | Subject::It(at) => {
            Some(stream.span_of(*at, *at))
        }
        Subject::Described(phrase) => Some(stream.span_of(phrase.first, phrase.last)),
        Subject::Dropped | Subject::Nobody => None,
    }
}

/// Whether somebody of one gender may be meant by a word of another.
fn fits(known: Gender, wanted: Gender) -> bool {
    known == wanted || known == Gender::Unknown || wanted == Gender::Unknown
}
