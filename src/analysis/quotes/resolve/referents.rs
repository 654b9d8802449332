//! Who a pronoun, a surname or a description stands for: somebody named before.
//!
//! Invariant: looks back by a bounded number of people and passages.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

impl Walk<'_, '_> {
    pub(super) fn gender_of(&self, who: &Who) -> Gender {
        match who {
            Who::Person(person) => self.people.persons[*person].gender(),
            Who::Text { gender, .. } => *gender,
        }
    }

    /// Who is meant by a subject. `outer`: whose words it stands in.
    pub(super) fn who(
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
            let is_anybody = stream.is(phrase.head, MAN | WOMAN)
                && !stream.is(
                    phrase.head,
                    crate::analysis::quotes::lexicon::PERSON
                        | crate::analysis::quotes::lexicon::TITLES,
                )
                && matches!(gender, Gender::Man | Gender::Woman);
            if is_anybody
                && let Some(Who::Person(person)) =
                    self.antecedent(mention, gender, None, 2 * UNKNOWN)
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

    /// Whom a pronoun means: the last subject or speaker that fits, rather than somebody only named, rather than a thing.
    /// `unknown`: what it costs that the text does not say whether it is he or she.
    pub(super) fn antecedent(
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
                + cost_unknown(unknown, is_unknown, at, referent.at)
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
                + cost_unknown(unknown, is_unknown, at, *place);
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
    pub(super) fn is_somebody(&self, who: &Who) -> bool {
        match who {
            Who::Person(person) => self.people.persons[*person].is_somebody,
            Who::Text { is_person, .. } => *is_person,
        }
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

/// What it costs that the text does not say whether somebody is he or she: less in the same passage.
fn cost_unknown(cost: usize, is_unknown: bool, at: At, other: At) -> usize {
    let is_far = usize::from(at.passage > other.passage);
    usize::from(is_unknown) * (cost + is_far)
}
