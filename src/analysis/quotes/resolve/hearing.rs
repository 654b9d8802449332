//! Whom a passage names or speaks of, taken note of in reading order, for the pronouns that follow.
//!
//! Invariant: every name, pronoun and description is heard once, before what stands behind it is resolved.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// What a pronoun inside a sentence may cost to be taken note of.
const HEARD: u32 = 24;

/// How many names and other words of a passage have been heard.
#[derive(Clone, Copy, Default)]
pub(super) struct Heard {
    names: usize,
    others: usize,
}

/// The sentences of a document, numbered through, quotations left whole.
pub(super) struct Sentences {
    /// Where they start, by passage.
    starts: Vec<Vec<u32>>,
    /// How many stand before each passage.
    before: Vec<u32>,
}

impl Sentences {
    pub(super) fn new(reading: &Reading<'_>) -> Self {
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

    pub(super) fn number(&self, at: At) -> u32 {
        let passed = self.starts[at.passage].partition_point(|start| *start <= at.span.start);
        self.before[at.passage] + u32::try_from(passed.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

impl Walk<'_, '_> {
    /// Takes note of whom a passage names or speaks of before a byte.
    pub(super) fn hear(&mut self, at: usize, heard: Heard, until: u32) -> Heard {
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
                        Mentioned::Definite(phrase) => self.hear_definite(place, phrase),
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

    pub(super) fn hear_name(&mut self, at: usize, stream: usize, run: &Run, span: ByteSpan) {
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
            // "In Field": a place as a rule.
            let is_place = run.len() == 1
                && run.titles == 0
                && run
                    .first
                    .checked_sub(1)
                    .is_some_and(|before| PLACES.contains(&tokens[before].span.of(passage.text)));
            if is_place {
                return;
            }
            if has_clause && stream == 0 && !is_owner {
                let sentence = self.sentences.number(place);
                self.memory.note(who, place, sentence, Part::Named(0));
            } else {
                self.note(who, place, stream, is_owner);
            }
        }
    }

    /// "The stranger", where it is not the subject.
    fn hear_definite(&mut self, place: At, phrase: &Phrase) {
        let reading = self.reading;
        let stream = reading.stream(place.passage, 0);
        if self.memory.holds(place) || !stands_alone(&stream, phrase) {
            return;
        }
        let who = self.described(&stream, true, phrase, place, None).who;
        let is_owner = stream.tokens[phrase.last].is_possessive;
        self.note(who, place, 0, is_owner);
    }

    /// "Him", "his": whoever it means is spoken of again. "Him" is not the subject of its sentence.
    pub(super) fn hear_pronoun(&mut self, place: At, gender: Gender, owns: bool) {
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

    pub(super) fn hear_phrase(&mut self, place: At, stream: usize, phrase: &Phrase) {
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

    pub(super) fn note(&mut self, who: Who, place: At, stream: usize, is_owner: bool) {
        let sentence = self.sentences.number(place);
        let others = self.memory.named_in(sentence, &who);
        let part = match (stream, is_owner) {
            (0, false) => Part::Named(others),
            (0, true) => Part::Owner(others),
            _ => Part::Quoted,
        };
        self.memory.note(who, place, sentence, part);
    }

    pub(super) fn remember(&mut self, spoken: &Spoken, passage: usize, start: u32, part: Part) {
        let at = At {
            passage,
            span: ByteSpan { start, end: start },
        };
        let sentence = self.sentences.number(at);
        self.memory.note(spoken.who.clone(), at, sentence, part);
    }
}
