//! Who speaks: from the words around each quotation to somebody the document names or describes.
//!
//! Invariant: passages are walked in order, and whom a pronoun means depends on what stands before it, as far as
//! [`memory`] goes back, so that time is linear in the text.

mod descriptions;
mod hearing;
mod memory;
mod nested;
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
use super::people::{At, Mentioned, PLACES, People, PersonId, stands_alone};
use super::reading::Reading;
use super::tokens::{TokenKind, sentences};
use crate::text::ByteSpan;
use hearing::{Heard, Sentences};
use memory::{LEADING, LEADING_ALONE, MOST, Memory, Part, Wanted};
pub(super) use page::fits;
#[allow(clippy::wildcard_imports, reason = "a part of this file")]
use page::*;
use referents::Said;

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
    let leading = people.leading().map(|(person, is_alone)| {
        let by = if is_alone { LEADING_ALONE } else { LEADING };
        (person, by)
    });
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
    /// Who the document is about, and by how much they cost less where a pronoun may mean them.
    leading: Option<(PersonId, u32)>,
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
                    let asks = ranges[number].clone().any(|token| stream.is(token, ASKS));
                    let who = self.meet_sentence(at, place, subject, asks);
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
                            .and_then(|before| sentence_whos[before].clone())
                            .or_else(|| self.thing_before(&ranges, &subjects, &sentence_whos, *it)),
                        subject => {
                            let said = self.said(at, quotation, cue);
                            let number = self.stream_of(at, quotation, found);
                            self.who(at, number, subject, None, Some(&said))
                        }
                    };
                    if let Some(mut who) = who {
                        who.cue = cue;
                        self.meet_speaker(at, place, quotation, &who);
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
        let findings = kinds.into_iter().zip(cues).zip(spoken);
        let findings = findings
            .map(|((kind, cue), spoken)| Finding { kind, cue, spoken })
            .collect();
        self.findings.push(findings);
        self.nested(at);
    }

    /// The subject of a sentence is spoken of.
    fn meet_sentence(
        &mut self,
        at: usize,
        place: u32,
        subject: &Subject,
        asks: bool,
    ) -> Option<Spoken> {
        let who = self.who(at, 0, subject, None, None)?;
        if asks {
            let span = ByteSpan {
                start: place,
                end: place,
            };
            self.asked = Some((who.who.clone(), At { passage: at, span }));
        }
        self.remember(&who, at, place, Part::Subject);
        Some(who)
    }

    /// "The airline cancelled flights after what it called “…”": the subject of the sentence, where it is nobody's name.
    fn thing_before(
        &self,
        ranges: &[std::ops::Range<usize>],
        subjects: &[Option<Subject>],
        whos: &[Option<Spoken>],
        token: usize,
    ) -> Option<Spoken> {
        let subject = whos[subjects_before(ranges, subjects, token)?].as_ref()?;
        let is_thing = match &subject.who {
            Who::Person(person) => {
                let person = &self.people.persons[*person];
                person.gender() == Gender::Unknown && person.likely_gender() == Gender::Unknown
            }
            Who::Text { is_person, .. } => !is_person,
        };
        is_thing.then(|| Spoken {
            cue: None,
            how: How::Resolved,
            ..subject.clone()
        })
    }

    /// Somebody says a quotation.
    fn meet_speaker(&mut self, at: usize, place: u32, quotation: usize, who: &Spoken) {
        if let Who::Person(person) = who.who {
            self.people.persons[person].is_somebody = true;
        }
        self.remember(who, at, place, Part::Speaker);
        if self.is_question(at, quotation) || who.cue.is_some_and(|cue| self.cue_is(cue, ASKS)) {
            let span = self.reading.passages[at].quoted[quotation].whole;
            self.asked = Some((who.who.clone(), At { passage: at, span }));
        }
    }

    fn is_question(&self, at: usize, quotation: usize) -> bool {
        let passage = &self.reading.passages[at];
        let inside = passage.quoted[quotation].inside.of(passage.text);
        inside.ends_with(['?', '؟', '？'])
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
                let place = self.reading.passages[at].quoted[quotation].whole.start;
                self.meet_speaker(at, place, quotation, who);
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

    /// The stream in which the subject of an attribution stands: around the quotation, or inside it.
    fn stream_of(&self, at: usize, quotation: usize, found: &Attribution) -> usize {
        let quoted = &self.reading.passages[at].quoted[quotation];
        let is_inside = found
            .cue
            .is_some_and(|cue| quoted.whole.start <= cue.start && cue.end <= quoted.whole.end);
        if is_inside { quotation + 1 } else { 0 }
    }
}
