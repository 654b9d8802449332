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

/// What somebody may cost who is meant by another word for what they do.
const VARIED: u32 = 14;
/// What somebody may cost whose gender is learnt from a pronoun.
const LEARNT: u32 = 12;

impl Walk<'_, '_> {
    /// The text does not say that a person is of another gender.
    fn may_be(&self, person: PersonId, gender: Gender) -> bool {
        fits(self.people.persons[person].gender(), gender) && gender != Gender::Several
    }

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
                let titled = name_text(stream.text, run.span(stream.tokens));
                match self.people.find_titled(
                    titled,
                    name,
                    place,
                    Stream::gender_of_titles(run.titles),
                ) {
                    Some(person) => {
                        let person_is = &self.people.persons[person];
                        let is_same = person_is.name == name || !person_is.is_full();
                        let how = if is_same { How::Named } else { How::Resolved };
                        spoken(Who::Person(person), how)
                    }
                    None => {
                        let who = Who::Text {
                            text: name.to_owned(),
                            place,
                            gender: Stream::gender_of_titles(run.titles),
                            is_person: true,
                            may_be_person: true,
                        };
                        spoken(who, How::Named)
                    }
                }
            }
            Subject::Pronoun(_, gender) => {
                let (who, cost) = self.antecedent(mention?, *gender, outer, said)?;
                if cost <= LEARNT {
                    self.learn_gender(&who, *gender);
                }
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
                            may_be_person: true,
                        },
                        Who::Person,
                    );
                    spoken(who, How::Resolved)
                }
                (None, None) => None,
            },
            Subject::Described(phrase) => Some(self.described(at, number, phrase, mention?, said)),
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
        said: Option<&Said>,
    ) -> Spoken {
        let reading = self.reading;
        let stream = reading.stream(at, number);
        let head = stream.word(phrase.head);
        let span = stream.span_of(phrase.first, phrase.last);
        let text = name_text(stream.text, span).to_owned();
        let mut gender = phrase.gender;
        let mut is_people = stream.is(phrase.head, PEOPLE | TITLES);
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
        let grammar = stream.lexicon.grammar;
        let by_ending = grammar.gendered_articles && grammar.endings.is_agent(head);
        let is_definite = stream.is_bare_definite(phrase);
        if is_definite || (grammar.no_spaces && !head.is_empty()) {
            let called = self.people.with_role(head, mention).or_else(|| {
                let may_be_compound = grammar.capital_nouns;
                may_be_compound
                    .then(|| self.people.with_role_inside(head, mention))
                    .flatten()
            });
            if let Some(person) = called.filter(|person| self.may_be(*person, gender)) {
                self.learn_gender(&Who::Person(person), gender);
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
                    may_be_person: true,
                };
                return Spoken {
                    who,
                    how: How::Described,
                    cue: None,
                    mention: Some(mention),
                };
            }
            // "Le praticien", "el regidor": another word for whom the text has just named.
            let means_anybody = stream.means_anybody(phrase);
            let is_varied = (number == 0 || said.is_some())
                && by_ending
                && is_definite
                && stream.may_vary(phrase);
            let wanted = Wanted {
                gender,
                not: [None, self.voice.as_ref()],
                asker: said.and_then(|said| said.asker.as_ref()),
                is_named: true,
                is_told: means_anybody && !stream.tells_age(phrase),
                is_clear: !means_anybody,
                leading: self.leading,
                ..Wanted::default()
            };
            let sentence = self.sentences.number(mention);
            let most = if means_anybody { MOST } else { VARIED };
            if (means_anybody || is_varied)
                && let Some((Who::Person(person), cost)) =
                    self.memory.meant(self.people, mention, sentence, &wanted)
                && cost <= most
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
        let is_text = stream.is(phrase.head, WRITING | WORK | SPEECH);
        is_people |= self.people.has_spoken(head) || (said.is_some() && !is_text);
        let is_new =
            gender != Gender::Several && is_definite || stream.is(phrase.first, A | POSSESSIVE);
        if is_new && !grammar.no_spaces && (is_people || by_ending || said.is_some()) {
            self.people
                .introduce_later(head, mention, gender, said.is_some());
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
                may_be_person: by_ending,
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
            leading: self.leading,
            ..Wanted::default()
        };
        let sentence = self.sentences.number(at);
        self.memory.meant(self.people, at, sentence, &wanted)
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
