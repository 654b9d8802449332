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

/// What somebody may cost whose gender is learnt from a pronoun.
const LEARNT: u32 = 12;

impl Walk<'_, '_> {
    pub(super) fn gender_of(&self, who: &Who) -> Gender {
        match who {
            Who::Person(person) => self.people.persons[*person].gender(),
            Who::Text { gender, place, .. } => match gender {
                Gender::Unknown => self.people.told_gender(*place),
                known => *known,
            },
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
                let gender = Stream::gender_of_titles(run.titles);
                let Some(person) = self.people.find_titled(titled, name, place, gender) else {
                    let who = Who::Text {
                        text: name.to_owned(),
                        place,
                        gender,
                        is_person: true,
                        may_be_person: true,
                    };
                    return spoken(who, How::Named);
                };
                let named = &self.people.persons[person];
                let is_same = named.name == name || !named.is_full();
                let how = if is_same { How::Named } else { How::Resolved };
                spoken(Who::Person(person), how)
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
            Subject::Described(phrase) => {
                Some(self.described(&stream, number > 0, phrase, mention?, said))
            }
            Subject::It(_) | Subject::Nobody => None,
        }
    }

    /// Who was called "she" once is so from then on.
    pub(super) fn learn_gender(&mut self, who: &Who, gender: Gender) {
        match who {
            Who::Person(person) => {
                if self.people.persons[*person].gender() == Gender::Unknown {
                    self.people.vote(*person, gender, 1);
                }
            }
            Who::Text {
                place,
                gender: Gender::Unknown,
                ..
            } => self.people.tell_gender(*place, gender),
            Who::Text { .. } => {}
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
