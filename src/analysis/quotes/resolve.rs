//! Who speaks: from the words around each quotation to somebody the document names or describes.
//!
//! Invariant: passages are walked in order, and whom a pronoun means depends on what stands before it, as far as
//! [`memory`] goes back, so that time is linear in the text.

mod memory;
mod page;
mod referents;

use super::attribution::{Attribution, attribution, leading};
use super::chinese;
use super::clause::{Gender, Phrase, Stream, Subject};
use super::kind::{Kind, kind};
use super::lexicon::{
    A, ANSWERS, ASKS, Class, HE, PEOPLE, POSSESSIVE, RELATIVE, SHE, SPEECH, TITLES, WORK, WRITING,
};
use super::names::{Run, name_text};
use super::people::{At, Mentioned, People, PersonId, stands_alone};
use super::reading::Reading;
use super::tokens::{TokenKind, sentences};
use crate::text::ByteSpan;
use memory::{MOST, Memory, Part, Wanted};
pub(super) use page::fits;
#[allow(clippy::wildcard_imports, reason = "a part of this file")]
use page::*;
use referents::Said;

/// What a pronoun inside a sentence may cost to be taken note of.
const HEARD: u32 = 24;

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
        /// They may be, by how the noun ends.
        may_be_person: bool,
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

/// The findings of a document: for each passage one for each quotation.
pub(super) fn resolve(reading: &Reading<'_>, people: &mut People) -> Vec<Vec<Finding>> {
    let leading = people.leading();
    let mut walk = Walk {
        leading,
        reading,
        people,
        memory: Memory::default(),
        sentences: Sentences::new(reading),
        findings: Vec::new(),
        voice: None,
        asked: None,
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
    memory: Memory,
    sentences: Sentences,
    findings: Vec<Vec<Finding>>,
    /// Who says the present passage.
    voice: Option<Who>,
    /// Who asked last, and where.
    asked: Option<(Who, At)>,
    /// Who the document is about.
    leading: Option<PersonId>,
}

/// How many names and other words of a passage have been heard.
#[derive(Clone, Copy, Default)]
struct Heard {
    names: usize,
    others: usize,
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
        let met = self.order(at, &subjects, &holes, &found);
        let mut kinds = vec![Kind::Scare; count];
        for (number, quotation) in &holes {
            kinds[*quotation] =
                reading.kind_of(at, 0, *number, *quotation, found[*quotation].as_ref());
        }
        let mut sentence_whos: Vec<Option<Spoken>> = vec![None; ranges.len()];
        let mut spoken: Vec<Option<Spoken>> = vec![None; count];
        let mut cues: Vec<Option<At>> = vec![None; count];
        let mut heard = Heard::default();
        for (place, met) in met {
            heard = self.hear(at, heard, place);
            match met {
                Met::Sentence(number) => {
                    let Some(subject) = &subjects[number] else {
                        continue;
                    };
                    let who = self.who(at, 0, subject, None, None);
                    if let Some(who) = &who
                        && ranges[number].clone().any(|token| stream.is(token, ASKS))
                    {
                        let span = ByteSpan {
                            start: place,
                            end: place,
                        };
                        self.asked = Some((who.who.clone(), At { passage: at, span }));
                    }
                    if let Some(who) = &who {
                        self.remember(who, at, place, Part::Subject);
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
                            let said = self.said(at, quotation, cue);
                            let number = self.stream_of(at, quotation, found);
                            self.who(at, number, subject, None, Some(&said))
                        }
                    };
                    if let Some(mut who) = who {
                        who.cue = cue;
                        if let Who::Person(person) = who.who {
                            self.people.persons[person].is_somebody = true;
                        }
                        self.remember(&who, at, place, Part::Speaker);
                        let inside = passage.quoted[quotation].inside.of(text);
                        let asks = inside.ends_with(['?', '؟', '？']);
                        if asks || cue.is_some_and(|cue| self.cue_is(cue, ASKS)) {
                            let span = passage.quoted[quotation].whole;
                            self.asked = Some((who.who.clone(), At { passage: at, span }));
                        }
                        spoken[quotation] = Some(who);
                    }
                }
            }
        }
        self.hear(at, heard, u32::MAX);
        let colons: Vec<usize> = (0..stream.tokens.len())
            .filter(|at| stream.kind(*at) == Some(TokenKind::Colon))
            .collect();
        let page = Page {
            colons: &colons,
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

    /// What a quotation tells of who says it.
    fn said(&self, at: usize, quotation: usize, cue: Option<At>) -> Said {
        let passage = &self.reading.passages[at];
        let place = At {
            passage: at,
            span: passage.quoted[quotation].whole,
        };
        let own = passage
            .runs
            .iter()
            .filter(|(stream, ..)| *stream == quotation + 1);
        let addressed = own
            .filter(|(stream, run, _)| !passage.streams[*stream][run.last].is_possessive)
            .filter_map(|(.., span)| {
                let name = name_text(passage.text, *span);
                self.people
                    .find(
                        name,
                        At {
                            passage: at,
                            span: *span,
                        },
                    )
                    .map(Who::Person)
            })
            .collect();
        let answers = cue.is_some_and(|cue| self.cue_is(cue, ANSWERS));
        let here = self.sentences.number(place);
        let asked = self.asked.as_ref().filter(|(_, asked)| {
            let is_before = here.saturating_sub(self.sentences.number(*asked)) == 1;
            *asked < place && ((answers && at - asked.passage <= 1) || is_before)
        });
        let asker = asked.map(|(who, _)| who.clone());
        Said {
            place,
            addressed,
            asker,
        }
    }

    /// The words that report are of a class.
    fn cue_is(&self, cue: At, class: Class) -> bool {
        let text = cue.span.of(self.reading.passages[cue.passage].text);
        self.reading.lexicon.class(&text.to_lowercase()) & class != 0
    }

    /// The sentences and quotations of a passage, by where their subjects stand.
    fn order(
        &self,
        at: usize,
        subjects: &[Option<Subject>],
        holes: &[(usize, usize)],
        found: &[Option<Attribution>],
    ) -> Vec<(u32, Met)> {
        let stream = self.reading.stream(at, 0);
        let mut met: Vec<(u32, Met)> = Vec::new();
        for (number, subject) in subjects.iter().enumerate() {
            if let Some(subject) = subject {
                met.push((
                    place_of(&stream, subject).map_or(0, |span| span.start),
                    Met::Sentence(number),
                ));
            }
        }
        for (number, quotation) in holes {
            let place = found[*quotation]
                .as_ref()
                .and_then(|found| {
                    let stream = self
                        .reading
                        .stream(at, self.stream_of(at, *quotation, found));
                    place_of(&stream, &found.subject)
                })
                .map_or(stream.tokens[*number].span.start, |span| span.start);
            met.push((place, Met::Quotation(*quotation)));
        }
        met.sort_by_key(|(place, met)| (*place, matches!(met, Met::Quotation(_))));
        met
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
            && let Some(mut who) = self.who(before, 0, &led.subject, None, None)
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
                let quoted = &self.reading.passages[at].quoted[quotation];
                if quoted
                    .inside
                    .of(self.reading.passages[at].text)
                    .ends_with(['?', '؟', '？'])
                {
                    let span = quoted.whole;
                    self.asked = Some((who.who.clone(), At { passage: at, span }));
                }
                self.remember(
                    who,
                    at,
                    self.reading.passages[at].quoted[quotation].whole.start,
                    Part::Speaker,
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
                    .or_else(|| self.who(at, number, &found.subject, outer.as_ref(), None))
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
            let Some(found) = self.who(at, *number, subject, None, None) else {
                continue;
            };
            // "Field’s notes … they": who wrote them.
            let wrote = matches!(
                subject,
                Subject::Name(run) if reading.stream(at, *number).tokens[run.last].is_possessive
            );
            if wrote || fits(self.gender_of(&found.who), gender) {
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

    /// Takes note of whom a passage names or speaks of before a byte.
    fn hear(&mut self, at: usize, heard: Heard, until: u32) -> Heard {
        let reading = self.reading;
        let passage = &reading.passages[at];
        let mut heard = heard;
        loop {
            let name = passage.runs.get(heard.names);
            let name_start = name.map_or(u32::MAX, |(.., span)| span.start);
            let other = passage.mentioned.get(heard.others);
            let other_start = other.map_or(u32::MAX, |(_, span, _)| span.start);
            if name_start.min(other_start) >= until {
                return heard;
            }
            match (name, other) {
                (Some((stream, run, span)), _) if name_start <= other_start => {
                    heard.names += 1;
                    self.hear_name(at, *stream, run, *span);
                }
                (_, Some((stream, span, mentioned))) => {
                    heard.others += 1;
                    let place = At {
                        passage: at,
                        span: *span,
                    };
                    match mentioned {
                        Mentioned::Phrase(phrase) => self.hear_phrase(place, *stream, phrase),
                        Mentioned::Pronoun(_, gender, owns) => {
                            self.hear_pronoun(place, *gender, *owns);
                        }
                    }
                }
                (_, None) => return heard,
            }
        }
    }

    fn hear_name(&mut self, at: usize, stream: usize, run: &Run, span: ByteSpan) {
        let passage = &self.reading.passages[at];
        let place = At { passage: at, span };
        let name = name_text(passage.text, span);
        let tokens = &passage.streams[stream];
        let titled = name_text(passage.text, run.span(tokens));
        if let Some(person) =
            self.people
                .find_titled(titled, name, place, Stream::gender_of_titles(run.titles))
        {
            self.people.mention(person, place);
            let is_owner = tokens[run.last].is_possessive;
            // "… to Ada Field, who": the subject of what follows.
            let next = |at: usize| tokens.get(run.last + at);
            let has_clause = next(1).is_some_and(|comma| comma.kind == TokenKind::Comma)
                && next(2).is_some_and(|who| who.is(RELATIVE) && who.is_word());
            let who = Who::Person(person);
            if has_clause && stream == 0 && !is_owner {
                let sentence = self.sentences.number(place);
                self.memory.note(who, place, sentence, Part::Named(0));
            } else {
                self.note(who, place, stream, is_owner);
            }
        }
    }

    /// "Him", "his": whoever it means is spoken of again. "Him" is not the subject of its sentence.
    fn hear_pronoun(&mut self, place: At, gender: Gender, owns: bool) {
        let sentence = self.sentences.number(place);
        if self.memory.holds(place) {
            return;
        }
        let text = place.span.of(self.reading.passages[place.passage].text);
        let is_subject = self.reading.lexicon.class(&text.to_lowercase()) & (HE | SHE) != 0;
        let subject = (!owns && !is_subject)
            .then(|| self.memory.subject_of(sentence).cloned())
            .flatten();
        let wanted = Wanted {
            gender,
            not: [self.voice.as_ref(), subject.as_ref()],
            leading: self.leading,
            ..Wanted::default()
        };
        let found = self.memory.meant(self.people, place, sentence, &wanted);
        if let Some((who, cost)) = found
            && cost <= HEARD
        {
            self.note(who, place, 0, owns);
        }
    }

    fn hear_phrase(&mut self, place: At, stream: usize, phrase: &Phrase) {
        let words = self.reading.stream(place.passage, stream);
        if !stands_alone(&words, phrase) {
            return;
        }
        let span = place.span;
        let who = Who::Text {
            text: name_text(words.text, span).to_owned(),
            place,
            gender: phrase.gender,
            is_person: true,
            may_be_person: true,
        };
        let is_owner = words.tokens[phrase.last].is_possessive;
        self.note(who, place, stream, is_owner);
    }

    fn note(&mut self, who: Who, place: At, stream: usize, is_owner: bool) {
        let sentence = self.sentences.number(place);
        let others = self.memory.named_in(sentence, &who);
        let part = match (stream, is_owner) {
            (0, false) => Part::Named(others),
            (0, true) => Part::Owner(others),
            _ => Part::Quoted,
        };
        self.memory.note(who, place, sentence, part);
    }

    fn remember(&mut self, spoken: &Spoken, passage: usize, start: u32, part: Part) {
        let at = At {
            passage,
            span: ByteSpan { start, end: start },
        };
        let sentence = self.sentences.number(at);
        self.memory.note(spoken.who.clone(), at, sentence, part);
    }
}

/// The sentences of a document, numbered through, quotations left whole.
struct Sentences {
    /// Where they start, by passage.
    starts: Vec<Vec<u32>>,
    /// How many stand before each passage.
    before: Vec<u32>,
}

impl Sentences {
    fn new(reading: &Reading<'_>) -> Self {
        let starts: Vec<Vec<u32>> = (0..reading.passages.len())
            .map(|passage| {
                let stream = reading.stream(passage, 0);
                let opening = stream.tokens.iter().filter(|token| token.opens_sentence);
                opening.map(|token| token.span.start).collect()
            })
            .collect();
        let mut sum = 0;
        let before = starts
            .iter()
            .map(|starts| {
                let before = sum;
                sum += u32::try_from(starts.len()).unwrap_or(u32::MAX).max(1);
                before
            })
            .collect();
        Self { starts, before }
    }

    fn number(&self, at: At) -> u32 {
        let passed = self.starts[at.passage].partition_point(|start| *start <= at.span.start);
        self.before[at.passage] + u32::try_from(passed.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}
