//! The parts of a clause: noun phrases and their ends, pronouns, names, and what looks like a verb.
//!
//! Invariant: looks no further than the clause that it is asked about.

#[allow(clippy::wildcard_imports, reason = "a part of the file above")]
use super::*;

impl Stream<'_> {
    /// A capital right after a verb of saying is a name even in German.
    pub(super) fn bare_name(&self, at: usize) -> Option<Run> {
        run_at(self.text, self.tokens, at, self.lexicon, None)
            .filter(|_| self.lexicon.grammar.capital_nouns)
            .filter(|run| !self.is(run.bare, PEOPLE | TIME | NUMBER))
    }

    /// The last token of the noun phrase that starts at a token. `after_verb`: it ends where another phrase begins.
    pub(super) fn phrase_end(&self, first: usize, end: usize, after_verb: bool) -> Option<usize> {
        let capital_nouns = self.lexicon.grammar.capital_nouns;
        let mut at = first;
        let mut last = None;
        let mut has_noun = false;
        while at < end.min(first + REACH) {
            let token = self.token(at)?;
            if !token.is_word() || (token.opens_sentence && at > first) {
                break;
            }
            let is_name = token.is_capital && self.is_name_at(at);
            // "Le facteur Julien Morel emprunte": a noun with its name is complete.
            if at > first
                && has_noun
                && !token.is_capital
                && !token.is(OF | PREPOSITION)
                && self.tokens[at - 1].is_capital
                && !capital_nouns
                && at > first + 1
                && self.run_ending(at - 1).is_some_and(|run| run.first > first)
                && !self.tokens[at - 1].is_possessive
            {
                break;
            }
            // Persian: the object stands before "را".
            if at > first && has_noun && self.lexicon.grammar.verb_last && self.word(at + 1) == "را"
            {
                break;
            }
            if at > first && !is_name && !token.is_joined {
                if token.is(RELATIVE | SUBORDINATE | TIME) && !token.is(OF) {
                    break;
                }
                if token.is(AND) && !(has_noun && self.is_noun_pair(at)) {
                    break;
                }
                if token.is(PREPOSITION) && !self.goes_on(at) && !self.is_one_of(at) {
                    // "L’expert nommé par le tribunal" is an "expert".
                    if at > first + 2 && self.is_bare_participle(at - 1) {
                        last = Some(at - 2);
                    }
                    break;
                }
                // "said her brother from the doorway"
                if token.is(PREPOSITION)
                    && self.is(first, POSSESSIVE)
                    && self.is(at - 1, PEOPLE)
                    && self.lexicon.grammar.has_possessive_s
                    && !matches!(self.word(at), "of" | "and")
                {
                    break;
                }
                let is_participle = has_noun
                    && (self.takes_object(at)
                        || self.ends_like_verb(at)
                        || (!after_verb && self.ends_in_ed(at))
                        || (after_verb && self.ends_in_ing(at) && self.is_left_by(at + 1)));
                if (self.is_verb(at) || is_participle) && !self.is(at - 1, OPENS) {
                    break;
                }
                if token.is(ADVERB) && has_noun && !token.is(PREPOSITION | NUMBER) {
                    break;
                }
                if token.is(PRONOUN | OBJECT)
                    && !token.is(OPENS | PREPOSITION)
                    && !self.is(at - 1, PREPOSITION)
                {
                    break;
                }
                // Another phrase: "erklärt der Leiter den Besuchern". A genitive goes on.
                let opens_another =
                    token.is(OPENS) && has_noun && !self.is(at - 1, PREPOSITION | OPENS | NUMBER);
                if opens_another && !token.is(OF) {
                    break;
                }
                if capital_nouns
                    && has_noun
                    && !token.is_capital
                    && !token.is(OF | OPENS)
                    && !self.is(at - 1, OF | OPENS)
                {
                    break;
                }
            }
            if !token.is(OPENS | PREPOSITION | AND | NUMBER)
                || (token.is(NUMBER) && !self.is_word_after(at))
            {
                has_noun = !capital_nouns || token.is_capital || has_noun;
                last = Some(at);
            } else if token.is(A | NUMBER) {
                last = Some(at);
            }
            at += 1;
        }
        last
    }

    /// French "nommé", Spanish "nombrada", behind a noun.
    fn is_bare_participle(&self, at: usize) -> bool {
        let word = self.word(at);
        let grammar = self.lexicon.grammar;
        let endings: &[&str] = if grammar.elides {
            &["é", "ée", "és", "ées"]
        } else if grammar.drops_subject && !grammar.no_capitals {
            &["ado", "ada", "ados", "adas", "ido", "ida"]
        } else {
            return false;
        };
        self.tokens[at].class == 0
            && !self.tokens[at].is_capital
            && endings.iter().any(|ending| word.ends_with(ending))
    }

    /// No noun follows: "waiting for", but "managing director".
    pub(super) fn is_left_by(&self, at: usize) -> bool {
        self.token(at)
            .is_none_or(|token| !token.is_word() || token.is(PREPOSITION | ADVERB | OPENS | TIME))
    }

    /// "یکی از مسئولان", "one of the …"
    pub(super) fn is_one_of(&self, at: usize) -> bool {
        self.is(at - 1, A | NUMBER) && matches!(self.word(at), "از" | "of" | "von" | "de")
    }

    pub(super) fn is_word_after(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(Token::is_word)
    }

    /// "His cousin and partner": the word after joins a noun to a noun.
    pub(super) fn is_noun_pair(&self, and: usize) -> bool {
        let next = self.token(and + 1);
        next.is_some_and(|next| next.is_word() && next.is(PEOPLE) && !next.is_capital)
    }

    /// A preposition that goes on with the noun phrase: "of the bench", not "on Monday" nor "in a statement".
    pub(super) fn goes_on(&self, at: usize) -> bool {
        if !self.is(at, OF) {
            return false;
        }
        let next = at + 1;
        if self.is(next, TIME | RELATIVE) {
            return false;
        }
        let noun = if self.is(next, OPENS) { next + 1 } else { next };
        !self.is(noun, TIME | WRITING | SPEECH) || self.lexicon.grammar.head_first
    }

    /// What the tokens from `first` to `last` are: a name with a noun before it, or a description.
    pub(super) fn phrase(&self, first: usize, last: usize) -> Option<Subject> {
        if first > last || self.tokens[last].is_possessive {
            return None;
        }
        if let Some(run) = self.run_ending(last)
            && run.first > first
            && !self.tokens[run.last].is_possessive
        {
            let before = &self.tokens[run.first - 1];
            let after_noun =
                !before.is(PREPOSITION | OPENS | AND | NUMBER) && !before.is_possessive;
            // The German role is part of the run, the article stands before it.
            let after_role =
                (run.bare > run.first && !before.is(PREPOSITION)) || before.is(POSSESSIVE);
            // "Labour’s Ada Field"
            let after_owner =
                before.is_possessive && self.lexicon.grammar.has_possessive_s && run.len() > 1;
            let after_pair =
                before.is(OPENS) && self.lexicon.grammar.capital_nouns && run.len() > 1;
            if after_noun || after_role || after_pair || after_owner {
                return Some(Subject::Name(run));
            }
        }
        if (first..=last)
            .all(|at| self.is(at, OPENS | PREPOSITION | ADVERB | AND) && !self.is(at, A | NUMBER))
        {
            return None;
        }
        let head = self.head(first, last);
        Some(Subject::Described(Phrase {
            first,
            last,
            head,
            gender: self.gender(first, head),
        }))
    }

    /// The noun a phrase is about.
    pub(super) fn head(&self, first: usize, last: usize) -> usize {
        let of = (first + 1..=last)
            .find(|at| {
                (self.is(*at, PREPOSITION | RELATIVE)
                    || self.is(*at, OF) && self.lexicon.grammar.capital_nouns)
                    && !self.tokens[*at].is_joined
            })
            .unwrap_or(last + 1);
        let is_noun =
            |at: &usize| !self.is(*at, OPENS | NUMBER | ADVERB | AND) || self.is(*at, PEOPLE);
        if self.lexicon.grammar.head_first && !self.lexicon.grammar.capital_nouns {
            let mut nouns = (first..of).filter(is_noun);
            let by_class = (first..of).find(|at| self.is(*at, PEOPLE));
            return by_class.or_else(|| nouns.next()).unwrap_or(last);
        }
        (first..of).rev().find(is_noun).unwrap_or(last)
    }

    pub(in crate::analysis::quotes) fn gender(&self, first: usize, head: usize) -> Gender {
        if self.is(head, PLURAL) {
            return Gender::Several;
        }
        if self.is(head, MAN) != self.is(head, WOMAN) {
            return if self.is(head, MAN) {
                Gender::Man
            } else {
                Gender::Woman
            };
        }
        let by_article = self.gender_of_article(first, head);
        if by_article == Gender::Unknown {
            self.gender_by_ending(head)
        } else {
            by_article
        }
    }

    /// What the article before a noun and the noun's ending tell: "la patronne", "son avocate", "Kommissarin".
    pub(in crate::analysis::quotes) fn gender_of_noun(&self, noun: usize) -> Gender {
        let by_article = noun.checked_sub(1).map_or(Gender::Unknown, |article| {
            self.gender_of_article(article, noun)
        });
        if by_article == Gender::Unknown {
            self.gender_by_ending(noun)
        } else {
            by_article
        }
    }

    fn gender_by_ending(&self, noun: usize) -> Gender {
        match self.lexicon.grammar.endings.noun(self.word(noun)) {
            Some(true) => Gender::Woman,
            Some(false) if !self.is(noun, TITLES) => Gender::Man,
            Some(false) | None => Gender::Unknown,
        }
    }

    fn gender_of_article(&self, article: usize, noun: usize) -> Gender {
        if !self.lexicon.grammar.gendered_articles {
            return Gender::Unknown;
        }
        // "Son avocate": before a vowel for women as well.
        let before_vowel = self.lexicon.grammar.elides
            && self.word(noun).to_lowercase().starts_with([
                'a', 'e', 'é', 'è', 'i', 'o', 'u', 'h', 'y', 'â', 'ê', 'î', 'ô',
            ]);
        match self.word(article).to_lowercase().as_str() {
            "son" | "mon" | "ton" if before_vowel => Gender::Unknown,
            "der" | "ein" | "le" | "un" | "el" | "son" | "mon" | "ce" | "mein" | "sein" | "ihr"
            | "au" | "este" | "ese" => Gender::Man,
            "die" | "eine" | "la" | "une" | "una" | "sa" | "ma" | "cette" | "meine" | "seine"
            | "ihre" | "esta" | "esa" => Gender::Woman,
            _ => Gender::Unknown,
        }
    }

    pub(super) fn pronoun(&self, at: usize) -> Option<Subject> {
        let token = self.token(at)?;
        Some(if token.is(HE) && token.is(SHE) {
            Subject::Pronoun(at, Gender::Unknown)
        } else if token.is(HE) {
            Subject::Pronoun(at, Gender::Man)
        } else if token.is(SHE) {
            // German "sie" is she and they, and French "elle" is a thing as well.
            Subject::Pronoun(at, Gender::Woman)
        } else if token.is(FIRST) {
            Subject::First(at)
        } else if token.is(THEY) {
            Subject::Pronoun(at, Gender::Several)
        } else if token.is(VAGUE) {
            Subject::Nobody
        } else {
            Subject::It(at)
        })
    }

    /// A verb that a noun phrase ends before.
    pub(in crate::analysis::quotes) fn is_verb(&self, at: usize) -> bool {
        self.is(at, REPORTS | VERB | AUXILIARY | BE)
            && !self.is(at, OPENS | PEOPLE)
            && !self.is_spoken_of(at)
    }

    /// A noun that looks like a verb: "an old saying", "Field’s report".
    pub(in crate::analysis::quotes) fn is_spoken_of(&self, at: usize) -> bool {
        self.is(at, WRITING | SPEECH)
            && (at.saturating_sub(2)..at)
                .any(|before| self.is(before, OPENS) || self.tokens[before].is_possessive)
    }

    /// "Field’s petition supports the": no noun, singular before and an article after.
    pub(super) fn takes_object(&self, at: usize) -> bool {
        let word = self.word(at);
        // "Son compagnon hoche la tête": no adjective stands before an article.
        let grammar = self.lexicon.grammar;
        if grammar.gendered_articles && !grammar.capital_nouns {
            return self.tokens[at].class == 0
                && !self.tokens[at].is_capital
                && self.is(at + 1, THE | A | POSSESSIVE)
                && !self.is(at + 1, OF);
        }
        self.lexicon.grammar.has_possessive_s
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !self.tokens[at].is_capital
            && !self.word(at - 1).ends_with('s')
            && self.is(at + 1, OPENS | OBJECT)
            && !self.is(at, PEOPLE | PLURAL)
    }

    /// Endings that hardly any noun or adjective has: French "leva", "pleurait", Spanish "llegó", "llegaron".
    pub(in crate::analysis::quotes) fn ends_like_verb(&self, at: usize) -> bool {
        let word = self.word(at);
        let ends = |endings: &[&str]| {
            word.chars().count() > 3 && endings.iter().any(|ending| word.ends_with(ending))
        };
        if self.tokens[at].is_capital {
            return false;
        }
        if self.lexicon.grammar.elides {
            return ends(&[
                "ait", "aient", "èrent", "irent", "urent", "erait", "eront", "a",
            ]) && !word.ends_with("ia");
        }
        self.lexicon.grammar.drops_subject
            && !self.lexicon.grammar.no_capitals
            && ends(&["ó", "aron", "ieron", "aban", "aba"])
    }

    pub(in crate::analysis::quotes) fn ends_in_ed(&self, at: usize) -> bool {
        let word = self.word(at);
        self.lexicon.grammar.has_possessive_s
            && word.len() > 4
            && word.ends_with("ed")
            && !self.is(at - 1, OPENS)
    }

    /// An English participle that introduces a clause: "Prosecuting, Ada Field said".
    pub(super) fn ends_in_ing(&self, at: usize) -> bool {
        let word = self.word(at);
        self.lexicon.grammar.has_possessive_s
            && word.len() > 5
            && word.ends_with("ing")
            && !self.is(at, PRONOUN)
            && !self.is(at + 1, BE)
    }

    /// "Asked what he yelled, he smiled."
    pub(super) fn opens_with_participle(&self, at: usize) -> bool {
        self.lexicon.grammar.has_possessive_s
            && self.token(at).is_some_and(|token| token.opens_sentence)
            && self.word(at).ends_with("ed")
            && self.is(at, REPORTS | VERB)
            && !self.is_name_at(at)
    }

    pub(super) fn is_name_at(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|token| token.is_capital && !token.opens_sentence)
            && !self.is(at, PRONOUN)
            && self.run(at).is_some()
            || self.run(at).is_some_and(|run| run.len() > 1)
    }

    /// The gender that the titles of a name tell.
    pub(in crate::analysis::quotes) fn gender_of_titles(titles: Class) -> Gender {
        match (titles & MISTER != 0, titles & MISSIS != 0) {
            (true, false) => Gender::Man,
            (false, true) => Gender::Woman,
            (true, true) | (false, false) => Gender::Unknown,
        }
    }

    /// Whether a subject can be somebody who speaks, or a text that does: no bare noun, no time, no number.
    pub(in crate::analysis::quotes) fn can_speak(&self, subject: &Subject) -> bool {
        let Subject::Described(phrase) = subject else {
            return true;
        };
        let grammar = self.lexicon.grammar;
        if grammar.no_capitals {
            return true;
        }
        let (first, head) = (&self.tokens[phrase.first], &self.tokens[phrase.head]);
        if head.is(TIME | ADVERB) || (head.is(NUMBER) && !head.is(A | VAGUE)) {
            return false;
        }
        if grammar.capital_nouns {
            return head.is_capital || head.is(VAGUE | A);
        }
        let opens = first.is(OPENS) || first.is_possessive || first.is_capital;
        let counts = first.is(NUMBER) && phrase.first < phrase.last;
        opens || counts || head.is(PEOPLE | PLURAL | WRITING)
    }

    /// Whether a phrase is a definite noun and nothing more: "the owner", "le facteur", "her husband", "the 34-year-old".
    pub(in crate::analysis::quotes) fn is_bare_definite(&self, phrase: &Phrase) -> bool {
        let words = (phrase.first..=phrase.last).filter(|at| !self.tokens[*at].is_joined);
        self.is(phrase.first, THE | DETERMINER | POSSESSIVE)
            && !self.is(phrase.first, A)
            && words.count() <= 3
            && (phrase.head == phrase.last || self.lexicon.grammar.head_first)
            && !(phrase.first..=phrase.last).any(|at| self.is(at, PREPOSITION) && at > phrase.first)
    }

    /// A noun by which a text speaks of somebody again: "le musicien", but not "le ministre", whom everybody knows.
    pub(in crate::analysis::quotes) fn may_vary(&self, phrase: &Phrase) -> bool {
        self.is(phrase.first, THE) && !self.is(phrase.head, PLURAL)
    }

    /// "The 34-year-old", "die 67-Jährige".
    fn has_years(&self, phrase: &Phrase) -> bool {
        (phrase.first..phrase.last).any(|at| self.is(at, NUMBER) && self.tokens[at + 1].is_joined)
    }

    /// "The old man", "la jeune femme", "the 34-year-old": whoever has just been spoken of rather than somebody new.
    pub(in crate::analysis::quotes) fn tells_age(&self, phrase: &Phrase) -> bool {
        self.has_years(phrase) || (phrase.first..=phrase.last).any(|at| self.is(at, OLD))
    }

    /// A phrase that only says that somebody is a man or a woman, or of what age: "the old man", "la jeune femme", "die
    /// 67-Jährige".
    pub(in crate::analysis::quotes) fn means_anybody(&self, phrase: &Phrase) -> bool {
        let has_age = self.has_years(phrase);
        let has_only_age =
            (phrase.first + 1..=phrase.last).all(|at| at == phrase.head || self.is(at, OLD));
        let is_plain = has_only_age
            && self.is(phrase.head, MAN | WOMAN)
            && !self.is(phrase.head, PERSON | TITLES)
            && matches!(phrase.gender, Gender::Man | Gender::Woman);
        !self.is(phrase.first, POSSESSIVE) && (has_age || is_plain)
    }
}

/// What is not a person, for those who collect people.
impl Stream<'_> {
    /// A name with "the" before it and no title: an organisation, a newspaper.
    pub(in crate::analysis::quotes) fn is_thing(&self, run: &Run) -> bool {
        let has_article = run
            .first
            .checked_sub(1)
            .is_some_and(|before| self.is(before, THE) && self.tokens[before].is_word());
        let is_firm = self.text_of(run.first, run.last).contains(" & ");
        // "St. Brendan’s Hospital"
        let after_owner = run.first.checked_sub(1).is_some_and(|before| {
            let before = &self.tokens[before];
            before.is_possessive && before.is_capital && !self.tokens[run.first].opens_sentence
        });
        let is_owned = after_owner
            && run.len() == 1
            && run.titles == 0
            && self.lexicon.grammar.has_possessive_s
            && is_english_word(self.word(run.bare));
        is_firm
            || is_owned
            || has_article
                && run.titles == 0
                && run.bare == run.first
                && !self.lexicon.grammar.capital_nouns
    }
}

/// Phrases by one end, for those who look around a name.
impl Stream<'_> {
    /// The noun phrase that starts at a token.
    pub(in crate::analysis::quotes) fn phrase_from(&self, first: usize) -> Option<Subject> {
        let end = (first + REACH).min(self.tokens.len());
        let last = self.phrase_end(first, end, false)?;
        self.phrase(first, last)
    }

    /// The noun phrase that ends at a token.
    pub(in crate::analysis::quotes) fn phrase_before(&self, last: usize) -> Option<Subject> {
        self.phrase_ending(last.saturating_sub(REACH), last)
    }
}
