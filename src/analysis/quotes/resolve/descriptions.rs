//! Who is meant by a description: "the clerk", "her husband", "la jeune femme".
//!
//! The order: whoever has that role in the text; whoever it was said of first; somebody with a name for whom the words can
//! stand; else the words themselves.
//!
//! Invariant: a description is never given to somebody whom the text calls by the other gender.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

/// What somebody may cost who is meant by another word for what they do.
const VARIED: u32 = 20;

/// A description, as far as its own words tell.
struct Description<'s> {
    text: String,
    /// The noun it is about; in Chinese the role it ends with.
    head: &'s str,
    gender: Gender,
    /// The noun is for a person: listed, by its ending.
    is_people: bool,
    is_agent: bool,
    /// Nothing more than a definite noun.
    is_definite: bool,
}

impl Walk<'_, '_> {
    /// Who is meant by a description in a stream of a passage; `said` is what they say.
    pub(super) fn described(
        &mut self,
        stream: &Stream<'_>,
        is_nested: bool,
        phrase: &Phrase,
        mention: At,
        said: Option<&Said>,
    ) -> Spoken {
        let described = describe(stream, phrase);
        let known = self
            .by_nickname(stream, phrase, &described, mention)
            .or_else(|| self.by_role(stream, &described, mention));
        if let Some(person) = known {
            return resolved(Who::Person(person), How::Resolved, mention);
        }
        let is_role = stream.lexicon.grammar.no_spaces && !described.head.is_empty();
        if described.is_definite || is_role {
            if let Some(who) = self.introduced(&described, mention) {
                return resolved(who, How::Described, mention);
            }
            let may_vary = !is_nested || said.is_some();
            let another = self.by_another_word(stream, phrase, &described, mention, said);
            if let Some((person, _)) = another.filter(|(_, varies)| may_vary || !varies) {
                self.learn_gender(&Who::Person(person), described.gender);
                return resolved(Who::Person(person), How::Resolved, mention);
            }
        }
        self.in_its_own_words(stream, phrase, described, mention, said.is_some())
    }

    /// A nickname at the start of a sentence looks like any noun.
    fn by_nickname(
        &self,
        stream: &Stream<'_>,
        phrase: &Phrase,
        described: &Description<'_>,
        mention: At,
    ) -> Option<PersonId> {
        let is_word = phrase.first == phrase.last && stream.tokens[phrase.first].is_capital;
        is_word
            .then(|| self.people.find(&described.text, mention))
            .flatten()
    }

    /// Whoever has that role.
    fn by_role(
        &mut self,
        stream: &Stream<'_>,
        described: &Description<'_>,
        mention: At,
    ) -> Option<PersonId> {
        let grammar = stream.lexicon.grammar;
        if !(described.is_definite || (grammar.no_spaces && !described.head.is_empty())) {
            return None;
        }
        let inside = || {
            let is_compound = grammar.capital_nouns;
            is_compound
                .then(|| self.people.with_role_inside(described.head, mention))
                .flatten()
        };
        let person = self
            .people
            .with_role(described.head, mention)
            .or_else(inside)?;
        let known = self.people.persons[person].gender();
        let may_be = fits(known, described.gender) && described.gender != Gender::Several;
        if may_be {
            self.learn_gender(&Who::Person(person), described.gender);
        }
        may_be.then_some(person)
    }

    /// Whoever was first spoken of by these words.
    fn introduced(&self, described: &Description<'_>, mention: At) -> Option<Who> {
        let (place, gender) = self.people.introduced(described.head, mention)?;
        let passage = &self.reading.passages[place.passage];
        Some(Who::Text {
            text: name_text(passage.text, place.span).to_owned(),
            place,
            gender,
            is_person: true,
            may_be_person: true,
        })
    }

    /// Somebody with a name: "the old man", or "le praticien" for whom the text has just named. Whether it is the latter.
    fn by_another_word(
        &self,
        stream: &Stream<'_>,
        phrase: &Phrase,
        described: &Description<'_>,
        mention: At,
        said: Option<&Said>,
    ) -> Option<(PersonId, bool)> {
        let means_anybody = stream.means_anybody(phrase);
        let varies = described.is_agent && described.is_definite && stream.may_vary(phrase);
        if !(means_anybody || varies) {
            return None;
        }
        let wanted = Wanted {
            gender: described.gender,
            not: [None, self.voice.as_ref()],
            asker: said.and_then(|said| said.asker.as_ref()),
            is_named: true,
            is_told: means_anybody && !stream.tells_age(phrase),
            is_clear: !means_anybody,
            leading: self.leading,
            ..Wanted::default()
        };
        let sentence = self.sentences.number(mention);
        let (who, cost) = self.memory.meant(self.people, mention, sentence, &wanted)?;
        // "Le ministre", whom everybody knows, may be somebody new.
        let most = match (means_anybody, stream.is(phrase.head, TITLES)) {
            (true, _) => MOST,
            (false, true) => VARIED / 2,
            (false, false) => VARIED,
        };
        match who {
            Who::Person(person) if cost <= most => Some((person, !means_anybody)),
            Who::Person(_) | Who::Text { .. } => None,
        }
    }

    /// Somebody without a name, who is known by these words from now on.
    fn in_its_own_words(
        &mut self,
        stream: &Stream<'_>,
        phrase: &Phrase,
        described: Description<'_>,
        mention: At,
        speaks: bool,
    ) -> Spoken {
        let grammar = stream.lexicon.grammar;
        let Description {
            text, head, gender, ..
        } = described;
        let is_text = stream.is(phrase.head, WRITING | WORK | SPEECH);
        let is_people = described.is_people || self.people.has_spoken(head) || (speaks && !is_text);
        let is_single = gender != Gender::Several
            && (described.is_definite || stream.is(phrase.first, A | POSSESSIVE));
        if is_single && !grammar.no_spaces && (is_people || described.is_agent || speaks) {
            self.people.introduce_later(head, mention, gender, speaks);
        }
        let tells_gender = is_people || grammar.gendered_articles || grammar.no_spaces;
        let who = Who::Text {
            text,
            place: mention,
            gender: if tells_gender {
                gender
            } else {
                Gender::Unknown
            },
            is_person: is_people,
            may_be_person: described.is_agent,
        };
        resolved(who, How::Described, mention)
    }
}

fn describe<'s>(stream: &Stream<'s>, phrase: &Phrase) -> Description<'s> {
    let grammar = stream.lexicon.grammar;
    let span = stream.span_of(phrase.first, phrase.last);
    let text = name_text(stream.text, span).to_owned();
    if grammar.no_spaces {
        let (head, gender) = (chinese::role_of(&text), chinese::gender_of(&text));
        return Description {
            is_people: !head.is_empty() || gender != Gender::Unknown,
            is_definite: stream.is_bare_definite(phrase),
            is_agent: false,
            text,
            head,
            gender,
        };
    }
    let head = stream.word(phrase.head);
    Description {
        text,
        head,
        gender: phrase.gender,
        is_people: stream.is(phrase.head, PEOPLE | TITLES),
        is_agent: grammar.gendered_articles && grammar.endings.is_agent(head),
        is_definite: stream.is_bare_definite(phrase),
    }
}

fn resolved(who: Who, how: How, mention: At) -> Spoken {
    Spoken {
        who,
        how,
        cue: None,
        mention: Some(mention),
    }
}
