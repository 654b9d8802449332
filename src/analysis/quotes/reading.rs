//! A document read for its quotations: each passage with its quoted stretches, their words, and the names in them.
//!
//! Invariant: a passage is read once; a document without a quotation mark is not read at all.

use super::chinese;
use super::clause::Stream;
use super::lexicon::{Lexicon, lexicon, primary};
use super::names::{KnownNames, Run, name_text, run_at};
use super::people::{At, Mentioned, People, definites, introductions, pronouns};
use super::persian;
use super::quoted::{Quoted, goes_on, quoted, without_open};
use super::tokens::{Token, streams};
use crate::corpus::{Document, PassageIndex};
use crate::text::ByteSpan;

/// A passage with its quotations.
pub(super) struct ReadPassage<'a> {
    pub(super) index: PassageIndex,
    pub(super) text: &'a str,
    pub(super) voice: Option<&'a str>,
    pub(super) quoted: Vec<Quoted>,
    /// Its first quotation goes on from the passage before.
    pub(super) continues: bool,
    /// What stands around the quotations, then the inside of each.
    pub(super) streams: Vec<Vec<Token>>,
    /// The name that starts at each token of each stream: the rules ask for it again and again.
    pub(super) starting: Vec<Vec<Option<Run>>>,
    /// The names in it, by place, with their streams.
    pub(super) runs: Vec<(usize, Run, ByteSpan)>,
    /// Other words that speak of people, by place, with their streams.
    pub(super) mentioned: Vec<(usize, ByteSpan, Mentioned)>,
}

/// A document with its quotations.
pub(super) struct Reading<'a> {
    pub(super) passages: Vec<ReadPassage<'a>>,
    pub(super) lexicon: &'static Lexicon,
    pub(super) known: KnownNames,
    pub(super) people: People,
}

impl<'a> Reading<'a> {
    /// Reads a document; nothing where it quotes nothing.
    pub(super) fn new(document: &'a Document, language: &str) -> Option<Self> {
        let found = quoted_passages(document, language);
        if found.iter().all(|(_, quoted, _)| quoted.is_empty()) {
            return None;
        }
        let lexicon = lexicon(language);
        let passages = found
            .into_iter()
            .filter_map(|(index, quoted, continues)| {
                let passage = document.passage(index)?;
                let text = passage.text();
                Some(ReadPassage {
                    index,
                    text,
                    voice: passage.voice(),
                    streams: streams(text, &quoted, lexicon),
                    quoted,
                    continues,
                    starting: Vec::new(),
                    runs: Vec::new(),
                    mentioned: Vec::new(),
                })
            })
            .collect();
        let mut reading = Self {
            passages,
            lexicon,
            known: KnownNames::new(),
            people: People::default(),
        };
        reading.learn_names();
        reading.learn_people();
        Some(reading)
    }

    /// A stream of a passage.
    pub(super) fn stream(&self, passage: usize, stream: usize) -> Stream<'_> {
        let passage = &self.passages[passage];
        Stream {
            text: passage.text,
            tokens: &passage.streams[stream],
            lexicon: self.lexicon,
            known: &self.known,
            runs: passage.starting.get(stream).map(Vec::as_slice),
        }
    }

    fn learn_names(&mut self) {
        let mut known = KnownNames::new();
        if self.lexicon.grammar.no_spaces {
            chinese::learn_names(&self.passages, self.lexicon, &mut known);
        } else if self.lexicon.grammar.no_capitals {
            persian::learn_names(&self.passages, &mut known);
        } else {
            for passage in &self.passages {
                for tokens in &passage.streams {
                    known.learn(passage.text, tokens, self.lexicon);
                }
            }
            known.settle(self.lexicon);
        }
        for passage in &mut self.passages {
            let text = passage.text;
            let starting_in = |tokens: &Vec<Token>| {
                (0..tokens.len())
                    .map(|at| run_at(text, tokens, at, self.lexicon, Some(&known)))
                    .collect()
            };
            passage.starting = passage.streams.iter().map(starting_in).collect();
        }
        self.known = known;
    }

    fn learn_people(&mut self) {
        let mut people = People::default();
        for at in 0..self.passages.len() {
            let mut runs = Vec::new();
            for number in 0..self.passages[at].streams.len() {
                let stream = self.stream(at, number);
                let mut token = 0;
                while token < stream.tokens.len() {
                    match stream.run(token) {
                        Some(run) => {
                            runs.push((number, run, run.bare_span(stream.tokens)));
                            token = run.last + 1;
                        }
                        None => token += 1,
                    }
                }
            }
            runs.sort_by_key(|(_, _, span)| span.start);
            self.passages[at].runs = runs;
            let mut mentioned = Vec::new();
            for number in 0..self.passages[at].streams.len() {
                let stream = self.stream(at, number);
                for phrase in introductions(&stream) {
                    let span = stream.span_of(phrase.first, phrase.last);
                    mentioned.push((number, span, Mentioned::Phrase(phrase)));
                }
            }
            let stream = self.stream(at, 0);
            for phrase in definites(&stream) {
                let span = stream.span_of(phrase.first, phrase.last);
                mentioned.push((0, span, Mentioned::Definite(phrase)));
            }
            for pronoun in pronouns(&stream) {
                if let Mentioned::Pronoun(token, ..) = pronoun {
                    mentioned.push((0, stream.span_of(token, token), pronoun));
                }
            }
            mentioned.sort_by_key(|(_, span, _)| span.start);
            self.passages[at].mentioned = mentioned;
        }
        self.add_full_names(&mut people);
        self.add_signs(&mut people);
        people.forget_mentions();
        self.people = people;
    }

    /// First all names of several words, so that short ones find them wherever they stand.
    fn add_full_names(&self, people: &mut People) {
        for (at, passage) in self.passages.iter().enumerate() {
            if let Some(voice) = passage.voice {
                let span = ByteSpan::default();
                let person = people.add(voice, At { passage: at, span });
                people.persons[person].is_somebody = true;
            }
            for (number, run, span) in &passage.runs {
                let stream = self.stream(at, *number);
                // "Field-Bell" alone may be the surname of somebody.
                let is_one_word = stream.tokens[run.bare + 1..=run.last]
                    .iter()
                    .all(|token| token.is_joined);
                if run.len() > 1 && !is_one_word && !stream.is_thing(run) {
                    let name = name_text(passage.text, *span);
                    people.add(
                        name,
                        At {
                            passage: at,
                            span: *span,
                        },
                    );
                }
            }
        }
    }

    /// Then what stands around each name.
    fn add_signs(&self, people: &mut People) {
        for (at, passage) in self.passages.iter().enumerate() {
            for (number, run, span) in &passage.runs {
                let stream = self.stream(at, *number);
                let place = At {
                    passage: at,
                    span: *span,
                };
                let name = name_text(passage.text, *span);
                let titled = name_text(passage.text, run.span(stream.tokens));
                let told = Stream::gender_of_titles(run.titles);
                let person = match people.find_titled(titled, name, place, told) {
                    // "Mrs Field" is not he who was "Field" before.
                    Some(person)
                        if run.len() == 1
                            && !super::resolve::fits(people.persons[person].gender(), told) =>
                    {
                        people.add(titled, place)
                    }
                    Some(person) => person,
                    None if stream.is_thing(run) => continue,
                    None => {
                        let person = people.add(name, place);
                        if run.titles != 0 && stream.tokens[run.first].is_capital {
                            titled.clone_into(&mut people.persons[person].name);
                        }
                        person
                    }
                };
                people.mention(person, place);
                if self.lexicon.grammar.no_capitals {
                    people.persons[person].is_somebody = true;
                }
                let full = &mut people.persons[person];
                full.is_somebody |= full.is_full() && run.len() == 1;
                people.learn_around(&stream, run, at, person);
                people.learn_pronouns(&stream, run, person);
            }
            for (number, span, mentioned) in &passage.mentioned {
                let Mentioned::Phrase(phrase) = mentioned else {
                    continue;
                };
                let stream = self.stream(at, *number);
                let at = At {
                    passage: at,
                    span: *span,
                };
                people.introduce(stream.word(phrase.head), at, phrase.gender);
            }
        }
    }
}

/// The prose passages of a document with their quoted stretches, and whether the first goes on from the passage before.
/// A stretch that is left open is kept where the next passage goes on with it, else it is dropped.
pub(super) fn quoted_passages(
    document: &Document,
    language: &str,
) -> Vec<(PassageIndex, Vec<Quoted>, bool)> {
    let language = primary(language);
    let mut found: Vec<(PassageIndex, Vec<Quoted>, bool)> = Vec::new();
    let mut continues = false;
    let mut passages = document
        .passages()
        .filter(|passage| passage.kind().is_prose())
        .peekable();
    while let Some(passage) = passages.next() {
        let mut stretches = quoted(passage.text(), language);
        let left_open = stretches
            .iter()
            .find(|one| one.is_open && one.parent.is_none())
            .map(|one| one.family);
        let goes_on = left_open.is_some_and(|family| {
            passages.peek().is_some_and(|next| {
                next.index() == passage.index() + 1
                    && next.voice() == passage.voice()
                    && goes_on(next.text(), family)
            })
        });
        if left_open.is_some() && !goes_on {
            stretches = without_open(stretches);
        }
        let is_continued = continues && !stretches.is_empty();
        found.push((passage.index(), stretches, is_continued));
        continues = goes_on;
    }
    found
}
