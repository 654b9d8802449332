//! Who a pronoun, a surname or a description stands for: somebody named before.
//!
//! Invariant: looks back by a bounded number of people and passages.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// What somebody says, as far as it tells who.
pub(super) struct Said {
    /// Where.
    pub(super) place: At,
    /// Who is named in it.
    pub(super) addressed: Vec<Who>,
    /// Who asked what it answers.
    pub(super) asker: Option<Who>,
}

impl Walk<'_, '_> {
    pub(super) fn gender_of(&self, who: &Who) -> Gender {
        match who {
            Who::Person(person) => self.people.persons[*person].gender(),
            Who::Text { gender, .. } => *gender,
        }
    }

    /// Who is meant by a subject. `outer`: whose words it stands in. `said`: what the subject says.
    pub(super) fn who(
        &mut self,
        at: usize,
        number: usize,
        subject: &Subject,
        outer: Option<&Spoken>,
        said: Option<&Said>,
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
                let (who, _) = self.antecedent(mention?, *gender, outer, said)?;
                self.learn_gender(&who, *gender);
                spoken(who, How::Resolved)
            }
            Subject::Dropped => {
                let place = said.map_or(
                    ByteSpan {
                        start: u32::MAX,
                        end: u32::MAX,
                    },
                    |said| said.place.span,
                );
                let last = At {
                    passage: at,
                    span: place,
                };
                let (who, _) = self.antecedent(last, Gender::Unknown, outer, said)?;
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
            Subject::Described(phrase) => Some(self.described(at, number, phrase, mention?)),
            Subject::It(_) | Subject::Nobody => None,
        }
    }

    /// Who was called "she" once is so from then on.
    pub(super) fn learn_gender(&mut self, who: &Who, gender: Gender) {
        if let Who::Person(person) = who
            && self.people.persons[*person].gender() == Gender::Unknown
        {
            self.people.vote(*person, gender, 1);
        }
    }

    /// Who is meant by a description: whoever has that role, whoever it was said of first, or the words themselves.
    pub(super) fn described(
        &mut self,
        at: usize,
        number: usize,
        phrase: &Phrase,
        mention: At,
    ) -> Spoken {
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
            return Spoken {
                who: Who::Person(person),
                how: How::Resolved,
                cue: None,
                mention: Some(mention),
            };
        }
        if stream.is_bare_definite(phrase) || (stream.lexicon.grammar.no_spaces && !head.is_empty())
        {
            if let Some(person) = self.people.with_role(head, mention) {
                return Spoken {
                    who: Who::Person(person),
                    how: How::Resolved,
                    cue: None,
                    mention: Some(mention),
                };
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
                return Spoken {
                    who,
                    how: How::Described,
                    cue: None,
                    mention: Some(mention),
                };
            }
            if stream.means_anybody(phrase)
                && let Some((Who::Person(person), _)) = self.named_antecedent(mention, gender, MOST)
            {
                self.learn_gender(&Who::Person(person), gender);
                return Spoken {
                    who: Who::Person(person),
                    how: How::Resolved,
                    cue: None,
                    mention: Some(mention),
                };
            }
        }
        if !is_people
            && !stream.lexicon.grammar.gendered_articles
            && !stream.lexicon.grammar.no_spaces
        {
            gender = Gender::Unknown;
        }
        Spoken {
            who: Who::Text {
                text,
                place: mention,
                gender,
                is_person: is_people,
            },
            how: How::Described,
            cue: None,
            mention: Some(mention),
        }
    }

    /// Whom a pronoun means, and what that costs.
    pub(super) fn antecedent(
        &self,
        at: At,
        gender: Gender,
        outer: Option<&Spoken>,
        said: Option<&Said>,
    ) -> Option<(Who, u32)> {
        let wanted = Wanted {
            gender,
            not: [outer.map(|outer| &outer.who), self.voice.as_ref()],
            addressed: said.map_or(&[], |said| &said.addressed),
            asker: said.and_then(|said| said.asker.as_ref()),
            is_named: false,
        };
        let sentence = self.sentences.number(at);
        self.memory.meant(self.people, at, sentence, &wanted)
    }

    /// The person with a name who is meant by a description, if that costs no more than `most`.
    pub(super) fn named_antecedent(&self, at: At, gender: Gender, most: u32) -> Option<(Who, u32)> {
        let wanted = Wanted {
            gender,
            not: [None, self.voice.as_ref()],
            is_named: true,
            ..Wanted::default()
        };
        let sentence = self.sentences.number(at);
        self.memory
            .meant(self.people, at, sentence, &wanted)
            .filter(|(_, cost)| *cost <= most)
    }

    /// A quotation over several passages has one speaker, though only its last piece may say who.
    pub(super) fn carry_back(&mut self) {
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
