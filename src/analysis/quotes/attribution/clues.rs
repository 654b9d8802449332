//! What in a clause tells that somebody is quoted: reporting verbs and nouns, "according to", "their words were".
//!
//! Invariant: looks no further than the clause that it is asked about.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

impl Stream<'_> {
    /// A verb of saying stands here, and is no noun.
    pub(super) fn reports_at(&self, at: usize, start: usize) -> bool {
        let is_quoted_as = self.is(at, QUOTED) && self.is_as(at + 1) && self.is(at + 2, REPORTS);
        // “Old Town” protests: a noun with a word in marks before it.
        let follows_word = at > 0
            && self.tokens[at - 1].is_hole()
            && !self.is_at_start(at - 1)
            && self.word(at).ends_with('s');
        !is_quoted_as
            && !follows_word
            && (self.is(at, REPORTS)
                || (self.is(at, LIGHT) && self.is(at + 1, AUXILIARY))
                || self.puts_it(at)
                || self.wants_to_know(at))
            && !self.tokens[at].is_joined
            && !self.is_spoken_of(at)
            && !(at > start && (self.is_noun(at) || self.word(at - 1) == "of"))
            && (!self.tokens[at].is_capital || self.tokens[at].opens_sentence)
    }

    /// A verb that is in no list, by where it stands after a quotation: `“…”, beschrieb Ada Feld`, `“…,” Ada Field quipped`.
    pub(super) fn unlisted_verb(&self, from: usize, end: usize) -> Option<usize> {
        let grammar = self.lexicon.grammar;
        if grammar.verb_last || grammar.no_spaces || self.lexicon.is_empty() {
            return None;
        }
        let may_be_verb = |at: usize| {
            self.token(at).is_some_and(|token| {
                token.is_word()
                    && !token.is_capital
                    && !token.is_joined
                    && token.class & !(VERB | MAY_REPORT | DEEMS) == 0
            })
        };
        let mut verb = from;
        while verb < end && self.is(verb, AUXILIARY | OBJECT) && !may_be_verb(verb) {
            verb += 1;
        }
        let joined = |at: usize| self.token(at).is_some_and(|token| token.is_joined);
        if may_be_verb(verb) && verb < end {
            let is_pronoun = self.is(verb + 1, HE | SHE | THEY);
            let has_subject = match self.subject_after(verb, end) {
                Some(Subject::Name(run)) => run.first <= verb + 3 || self.is(verb + 1, OPENS),
                Some(Subject::Described(phrase)) => self.speaks_by_noun(&phrase),
                Some(Subject::Pronoun(..)) => is_pronoun,
                _ => false,
            };
            if has_subject || joined(verb + 1) {
                return Some(verb);
            }
        }
        // Before the verb only in English: `“…,” she quipped.`
        if !grammar.has_possessive_s {
            return None;
        }
        let subject = match self.run(from) {
            Some(run) => run.last,
            None if self.is(from, HE | SHE | THEY) => from,
            None => return None,
        };
        let verb = subject + 1;
        let is_past = self.word(verb).ends_with("ed") || self.word(verb).ends_with('s');
        (verb < end && may_be_verb(verb) && (is_past || self.is(verb, VERB))).then_some(verb)
    }

    /// The noun of a phrase is for a person.
    pub(in crate::analysis::quotes) fn speaks_by_noun(
        &self,
        phrase: &super::super::clause::Phrase,
    ) -> bool {
        let by_ending = self.lexicon.grammar.gendered_articles
            && self
                .lexicon
                .grammar
                .endings
                .is_agent(self.word(phrase.head));
        self.is(phrase.head, PEOPLE) || by_ending
    }

    /// The word is a noun behind an article and perhaps an adjective: "in a phone call".
    fn is_base_noun(&self, at: usize) -> bool {
        const VERBS_ONLY: [&str; 16] = [
            "say", "tell", "ask", "add", "write", "think", "explain", "argue", "insist", "admit",
            "agree", "said", "told", "wrote", "thought", "sang",
        ];
        let word = self.word(at);
        let is_base = self.lexicon.grammar.has_possessive_s
            && !word.ends_with("ed")
            && !word.ends_with('s')
            && !word.ends_with("ing")
            && !word.starts_with("sp")
            && !VERBS_ONLY.contains(&word);
        is_base
            && at >= 2
            && self.tokens[at - 1].class == 0
            && self.tokens[at - 1].is_word()
            && !self.tokens[at - 1].is_capital
            && !self.word(at - 1).ends_with('s')
            && (self.is(at - 2, A)
                || (self.is(at - 2, THE | POSSESSIVE) && self.is(at.wrapping_sub(3), PREPOSITION)))
    }

    /// `the note`, `Field’s report`: the word is a noun here.
    pub(super) fn is_noun(&self, at: usize) -> bool {
        self.is_base_noun(at)
            || at > 0
                && (self.is(at - 1, OPENS)
                    && !self.tokens[at - 1].is(crate::analysis::quotes::lexicon::PRONOUN)
                    || self.tokens[at - 1].is_possessive)
                && self.tokens[at - 1].is_word()
    }

    /// German "wollte sie wissen".
    fn wants_to_know(&self, at: usize) -> bool {
        self.lexicon.grammar.capital_nouns
            && matches!(self.word(at), "wollte" | "wollten" | "will")
            && (at + 2..at + 6).any(|other| self.word(other) == "wissen")
    }

    /// "As the captain put it".
    fn puts_it(&self, at: usize) -> bool {
        matches!(self.word(at), "put" | "puts") && self.word(at + 1) == "it"
    }

    /// The quotation opens its sentence.
    pub(in crate::analysis::quotes) fn is_at_start(&self, hole: usize) -> bool {
        hole == 0 || self.tokens[hole].opens_sentence
    }

    /// Where the clause that leads up to a quotation starts: after a sentence, a semicolon, or another quotation.
    pub(super) fn clause_start(&self, hole: usize) -> usize {
        let mut at = hole;
        while at > 0 && !self.token(at).is_some_and(|token| token.opens_sentence) {
            let before = &self.tokens[at - 1];
            let is_far = hole - at >= 2 * REACH;
            // "One user, posting as “Ada”, wrote": the sentence goes on after a name in marks.
            let goes_on = before.is_hole() && !before.opens_sentence && self.goes_on_after(at);
            if is_far || (before.is_hole() && !goes_on) || before.kind == TokenKind::Semicolon {
                break;
            }
            at -= 1;
        }
        at
    }

    /// After a quotation the sentence goes on with a verb that has its subject before it.
    pub(super) fn goes_on_after(&self, at: usize) -> bool {
        let first = if self.kind(at) == Some(TokenKind::Comma) {
            at + 1
        } else {
            at
        };
        self.is(first, VERB | AUXILIARY | BE | REPORTS) && !self.is(first, PRONOUN | OPENS)
    }

    /// Where the clause that starts at a token ends: before the next quotation, sentence or semicolon.
    pub(super) fn clause_end(&self, from: usize) -> usize {
        (from..self.tokens.len().min(from + REACH))
            .find(|at| {
                let token = &self.tokens[*at];
                token.is_hole()
                    || token.kind == TokenKind::Semicolon
                    || (token.opens_sentence && *at > from)
            })
            .unwrap_or(self.tokens.len().min(from + REACH))
    }

    /// "According to Ada Field", where it starts at `at`.
    pub(super) fn according(&self, at: usize, next: usize, end: usize) -> Option<Attribution> {
        // "A su juicio", "in her view", "à ses yeux", "ihrer Ansicht nach"
        let owner = if self.is(at, PREPOSITION) { next } else { at };
        let is_opinion = self.is(owner, POSSESSIVE)
            && self.is(owner + 1, SPEECH)
            && (owner > at || self.word(owner + 2) == "nach");
        if is_opinion && self.token(at).is_some_and(|token| token.opens_sentence) {
            let gender = match self.word(owner).to_lowercase().as_str() {
                "his" | "seiner" | "seinen" => Gender::Man,
                "her" | "ihrer" | "ihren" => Gender::Woman,
                "su" | "son" | "ses" | "sa" => Gender::Unknown,
                _ => return None,
            };
            return Some(Attribution {
                cue: Some(self.span_of(at, owner + 1)),
                subject: Subject::Pronoun(owner, gender),
                is_close: false,
            });
        }
        let word = self.word(at).to_lowercase();
        let last = if self.is(at, ACCORDING) {
            let is_two = word == "according";
            if is_two { next } else { at }
        } else if word == "d" && self.word(next) == "après" {
            next
        } else if word == "nach"
            && matches!(
                self.word(next),
                "Angaben"
                    | "Aussage"
                    | "Worten"
                    | "Auskunft"
                    | "Darstellung"
                    | "Ansicht"
                    | "Meinung"
                    | "Einschätzung"
                    | "Auffassung"
                    | "Überzeugung"
                    | "Informationen"
                    | "Schätzung"
            )
        {
            // "nach Angaben von Ada Field", "nach Angaben der Polizei"
            if self.word(next + 1) == "von" {
                next + 1
            } else {
                next
            }
        } else if word == "به"
            && (self.word(next).starts_with("گفته") || self.word(next) == "گزارش")
        {
            next
        } else {
            return None;
        };
        let subject = if self.word(last + 1) == "lui" {
            Subject::Pronoun(last + 1, Gender::Man)
        } else {
            self.subject_after(last, end)?
        };
        Some(Attribution {
            cue: Some(self.span_of(at, last)),
            subject,
            is_close: true,
        })
    }

    /// `“…,” was his answer`, `“…,” was Field’s only wish`, `„…“, ist ihr Urteil`.
    pub(super) fn was_their_answer(&self, from: usize) -> Option<Attribution> {
        if !self.is(from, BE | AUXILIARY) || self.word(from) == "s" {
            return None;
        }
        let first = from + 1;
        let noun = (first + 1..first + 6).find(|at| self.is(*at, SPEECH));
        let is_owned = |at: usize| self.token(at).is_some_and(|token| token.is_possessive);
        let subject = if let Some(run) = self.run(first).filter(|run| is_owned(run.last)) {
            Subject::Name(run)
        } else if let Some(owner) = (first..first + 4).find(|at| is_owned(*at))
            && self.is(first, OPENS)
            && self.is(owner, PEOPLE)
        {
            self.owner(first, owner)
        } else if self.is(first, POSSESSIVE) && noun.is_some() {
            let gender = match self.word(first) {
                "his" | "sein" | "seine" => Gender::Man,
                "her" | "ihr" | "ihre" => Gender::Woman,
                "su" | "son" | "sa" => Gender::Unknown,
                _ => return None,
            };
            Subject::Pronoun(first, gender)
        } else {
            return None;
        };
        let cue = noun.unwrap_or(from);
        Some(Attribution {
            cue: Some(self.span_of(cue, cue)),
            subject,
            is_close: true,
        })
    }

    /// A noun phrase that ends in a possessive.
    fn owner(&self, first: usize, last: usize) -> Subject {
        Subject::Described(super::super::clause::Phrase {
            first,
            last,
            head: last,
            gender: self.gender(first, last),
        })
    }

    /// The first name in a stretch: all that can be known of a language without a list.
    pub(super) fn name_near(&self, from: usize, end: usize) -> Option<Attribution> {
        let run = (from..end).find_map(|at| self.run(at))?;
        Some(Attribution {
            cue: None,
            subject: Subject::Name(run),
            is_close: true,
        })
    }

    /// The subject of a verb of saying, unless the verb is passive.
    pub(super) fn subject_before_report(&self, start: usize, verb: usize) -> Option<Subject> {
        let mut at = verb;
        // "Ada Field was quoted as saying".
        if verb >= start + 2 && self.is_as(verb - 1) && self.is(verb - 2, QUOTED) {
            return self.subject_before(start, verb - 2);
        }
        while at > start
            && self.is(at - 1, ADVERB | AUXILIARY)
            && !self.is(at - 1, BE)
            && !self.tokens[at - 1].is_capital
        {
            at -= 1;
        }
        // "S’est félicitée": no passive.
        let is_reflexive = at > start + 1
            && self.lexicon.grammar.elides
            && matches!(self.word(at - 2).to_lowercase().as_str(), "s" | "se");
        let is_passive = at > start
            && !is_reflexive
            && self.is(at - 1, BE)
            && !self.word(verb).ends_with("ing")
            && !self.lexicon.grammar.verb_last;
        if is_passive {
            let by = (verb + 1..self.clause_end(verb + 1))
                .find(|at| matches!(self.word(*at), "by" | "par" | "por" | "von"));
            let agent = by.and_then(|by| self.subject_after(by, self.clause_end(by)));
            return Some(match agent {
                Some(Subject::Name(run)) => Subject::Name(run),
                _ => Subject::Nobody,
            });
        }
        self.subject_before(start, verb)
    }

    /// Nothing but a mark or an adverb follows.
    pub(super) fn ends_clause(&self, at: usize) -> bool {
        self.token(at)
            .is_none_or(|token| !token.is_word() || token.opens_sentence || token.is(ADVERB))
    }

    /// Between a verb and the quotation there are only a comma, a colon, and adverbs.
    pub(super) fn is_only_filling(&self, from: usize, hole: usize) -> bool {
        (from..hole).all(|at| {
            matches!(self.kind(at), Some(TokenKind::Comma | TokenKind::Colon))
                || self.is(at, ADVERB)
                || (self.is(at, SUBORDINATE) && at + 1 == hole)
        })
    }

    /// Between a verb and the mark before the quotation stands only who is spoken to: `I told him, “…”`.
    pub(super) fn is_addressed(&self, verb: usize, hole: usize, has_mark: bool) -> bool {
        has_mark
            && hole - verb <= 10
            && !(verb + 1..hole - 1).any(|at| {
                self.is(at, SUBORDINATE | MAY_REPORT | VERB | REPORTS)
                    || self.kind(at) == Some(TokenKind::Comma)
            })
    }

    /// `found the crust “acceptable”`: no more than an object between.
    pub(super) fn has_plain_object(&self, verb: usize, hole: usize) -> bool {
        hole - verb <= 8
            && self
                .tokens
                .get(verb + 1..hole)
                .is_some_and(|between| between.iter().all(super::super::tokens::Token::is_word))
    }

    /// `wrote me a letter that went, “…”`: the verb that says who.
    pub(super) fn told_in_writing(&self, start: usize, verb: usize) -> Option<usize> {
        let relative = (start + 1..verb)
            .rev()
            .find(|at| matches!(self.word(*at), "that" | "which"))?;
        let of_writing = self.is(relative - 1, WRITING | SPEECH);
        let is_near = relative + 1 == verb && self.is(verb, MAY_REPORT);
        (of_writing || is_near)
            .then(|| {
                (start..relative)
                    .rev()
                    .find(|at| self.reports_at(*at, start))
            })
            .flatten()
    }

    /// German `in einer Mitteilung des Verbands heißt es, …`: the writing, with whose it is.
    pub(super) fn it_says_in(&self, start: usize, hole: usize) -> Option<Attribution> {
        const ENDINGS: [&str; 7] = [
            "mitteilung",
            "erklärung",
            "bericht",
            "schreiben",
            "stellungnahme",
            "papier",
            "gutachten",
        ];
        if !self.lexicon.grammar.capital_nouns {
            return None;
        }
        let says = (start + 2..hole)
            .find(|at| matches!(self.word(*at), "heißt" | "hieß") && self.word(*at + 1) == "es")?;
        let preposition = (start..says).find(|at| self.is(*at, PREPOSITION))?;
        let (first, last) = (preposition + 1, says - 1);
        let head = (first..=last).find(|at| self.tokens[*at].is_capital && !self.is(*at, OPENS))?;
        let is_plain = (first..=last).all(|at| self.tokens[at].is_word());
        let noun = self.word(head).to_lowercase();
        let is_writing =
            self.is(head, WRITING | SPEECH) || ENDINGS.iter().any(|ending| noun.ends_with(ending));
        if !is_plain || !is_writing {
            return None;
        }
        Some(Attribution {
            cue: Some(self.span_of(says, says + 1)),
            subject: Subject::Described(super::super::clause::Phrase {
                first,
                last,
                head,
                gender: Gender::Unknown,
            }),
            is_close: false,
        })
    }

    /// `my words were, “…”`, `her answer was: “…”`, `the council’s line is that it was “…”`
    pub(super) fn their_words_were(&self, start: usize, last_word: usize) -> Option<Attribution> {
        let be = (start + 2..=last_word).rev().find(|at| {
            let leads = *at == last_word || matches!(self.word(*at + 1), "that" | "dass" | "que");
            self.is(*at, BE) && self.is(*at - 1, SPEECH) && leads
        })?;
        let noun = be - 1;
        let owner = noun - 1;
        let subject = match self.word(owner).to_lowercase().as_str() {
            "my" | "our" => Subject::First(owner),
            "his" => Subject::Pronoun(owner, Gender::Man),
            "her" => Subject::Pronoun(owner, Gender::Woman),
            "their" => Subject::Pronoun(owner, Gender::Several),
            _ if !self.tokens[owner].is_possessive => return None,
            _ => {
                let name =
                    (start..=owner).find_map(|at| self.run(at).filter(|run| run.last == owner));
                match name {
                    Some(run) => Subject::Name(run),
                    None => self.owner(start, owner),
                }
            }
        };
        Some(Attribution {
            cue: Some(self.span_of(noun, be)),
            subject,
            is_close: true,
        })
    }

    /// "as", "als", "comme", "como": what follows is what something is called.
    pub(super) fn is_as(&self, at: usize) -> bool {
        matches!(self.word(at), "as" | "als" | "comme" | "como")
    }

    /// A letter speaks for who wrote it: `Field’s card said`.
    pub(in crate::analysis::quotes) fn who_wrote(&self, subject: Subject) -> Subject {
        if let Subject::Described(phrase) = &subject
            && self.is(phrase.head, WRITING | SPEECH)
            && let Some(run) = self.run(phrase.first)
            && self.tokens[run.last].is_possessive
            && run.last < phrase.head
        {
            return Subject::Name(run);
        }
        subject
    }
}
