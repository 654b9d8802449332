//! Names as they stand in a text: runs of words with capitals, without the titles before them.
//!
//! Invariant: a run lies in one sentence of one stream and has at most [`LONGEST`] words. No list of names is used: a word
//! at the start of a sentence is a name where the same document has it as one elsewhere, or never in small letters and with
//! what a person does behind it.

mod nouns;

use super::lexicon::{
    A, ADVERB, AND, AUXILIARY, BE, Class, DETERMINER, Lexicon, MAN, MAY_REPORT, MISSIS, MISTER,
    NUMBER, OBJECT, OPENS, PARTICLE, PEOPLE, PERSON, PREPOSITION, PRONOUN, RELATIVE, REPORTS,
    SUBORDINATE, THE, TIME, TITLES, VERB, WOMAN,
};
use super::tokens::Token;
use crate::text::stem::Stemmer;
use crate::text::{ByteSpan, dictionary};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use nouns::{among_nouns, is_noun_run};
use std::sync::OnceLock;

/// Words of the longest name.
const LONGEST: usize = 8;

/// Never part of a name.
const NO_NAME: Class =
    OPENS | PREPOSITION | AND | SUBORDINATE | RELATIVE | PRONOUN | OBJECT | TIME | DETERMINER;
/// No name where it opens a sentence.
const NO_OPENING_NAME: Class = NO_NAME | REPORTS | ADVERB | NUMBER | BE;
/// A name at the start of a sentence only before another word of it (Will Smith).
const RARE_OPENING_NAME: Class = VERB | AUXILIARY | MAY_REPORT;

/// A run of words that make a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its first token, titles included.
    pub(super) first: usize,
    /// Its first token after the titles.
    pub(super) bare: usize,
    /// Its last token.
    pub(super) last: usize,
    /// The classes of its titles.
    pub(super) titles: Class,
}

impl Run {
    /// Words without titles.
    pub(super) fn len(&self) -> usize {
        self.last + 1 - self.bare
    }

    /// Its bytes without titles.
    pub(super) fn bare_span(&self, tokens: &[Token]) -> ByteSpan {
        span_of(tokens, self.bare, self.last)
    }

    /// Its bytes.
    pub(super) fn span(&self, tokens: &[Token]) -> ByteSpan {
        span_of(tokens, self.first, self.last)
    }
}

/// The bytes from one token to another.
pub(super) fn span_of(tokens: &[Token], first: usize, last: usize) -> ByteSpan {
    ByteSpan {
        start: tokens[first].span.start,
        end: tokens[last].span.end,
    }
}

/// The text of a name: without the possessive at its end.
pub(super) fn name_text(text: &str, span: ByteSpan) -> &str {
    let name = span.of(text);
    ["'s", "’s"]
        .iter()
        .find_map(|possessive| name.strip_suffix(possessive))
        .unwrap_or(name)
}

/// The words that one document uses as names.
#[derive(Debug, Default)]
pub(super) struct KnownNames {
    words: HashSet<String>,
    /// How often a word says where somebody is from, and how often it stands otherwise.
    origins: HashMap<String, (u32, u32)>,
    /// Names of a script without spaces.
    whole: HashSet<String>,
    /// Words that open a sentence and may be names: how often, and how often what follows is what a person does.
    openers: HashMap<String, Opener>,
    /// Words that stand in small letters.
    small: HashSet<String>,
}

/// A word at the start of sentences.
#[derive(Clone, Copy, Debug, Default)]
struct Opener {
    times: u32,
    acts: u32,
    /// How often it stands as any noun does, where nouns have capitals.
    nouns: u32,
}

impl KnownNames {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            words: HashSet::new(),
            origins: HashMap::new(),
            whole: HashSet::new(),
            openers: HashMap::new(),
            small: HashSet::new(),
        }
    }

    /// A name of a script without spaces.
    pub(super) fn add_whole(&mut self, name: &str) {
        self.whole.insert(name.to_owned());
    }

    /// A word of a name, where there are no capitals.
    pub(super) fn add_word(&mut self, word: &str) {
        self.words.insert(word.to_lowercase());
    }

    /// Learns from a stream which words are names.
    pub(super) fn learn(&mut self, text: &str, tokens: &[Token], lexicon: &Lexicon) {
        let mut at = 0;
        while at < tokens.len() {
            let found = run_at(text, tokens, at, lexicon, None);
            let word = tokens[at].span.of(text);
            if tokens[at].class == 0 && tokens[at].is_word() && !tokens[at].is_capital {
                self.small.insert(word.to_lowercase());
            }
            if let Some(run) = found
                && run.len() == 1
                && run.titles == 0
                && run.first == at
                && (tokens[at].opens_sentence || lexicon.grammar.capital_nouns)
                && tokens[at].class == 0
            {
                let opener = self
                    .openers
                    .entry(name_text(text, tokens[at].span).to_lowercase())
                    .or_default();
                opener.times += 1;
                opener.acts +=
                    u32::from(tokens[at].opens_sentence && does(text, tokens, at, lexicon));
                opener.nouns += u32::from(!tokens[at].opens_sentence && is_noun(text, tokens, at));
            }
            if tokens[at].is_capital && !tokens[at].opens_sentence {
                let counts = self
                    .origins
                    .entry(tokens[at].span.of(text).to_lowercase())
                    .or_default();
                match found {
                    Some(_) => counts.1 += 1,
                    None => counts.0 += 1,
                }
            }
            let Some(run) = found else {
                at += 1;
                continue;
            };
            let first = &tokens[run.bare];
            // In German every noun has a capital.
            let is_name = run.len() > 1
                || (run.titles & (MISTER | MISSIS) != 0)
                || (!first.opens_sentence && !lexicon.grammar.capital_nouns)
                // "Ihr Mann Georg"
                || (run.bare > run.first && tokens[run.bare - 1].is(MAN | WOMAN) && !first.is(PEOPLE))
                || (lexicon.grammar.capital_nouns
                    && run.first > 0
                    && tokens[run.first - 1].is(REPORTS)
                    && !first.is(PERSON));
            if is_name && !(run.len() == 1 && first.is(TITLES)) {
                for token in &tokens[run.bare..=run.last] {
                    if token.is_capital {
                        self.words
                            .insert(name_text(text, token.span).to_lowercase());
                    }
                }
            }
            at = run.last + 1;
        }
    }

    /// After all streams are read: a word that only opens sentences is a name where the same text never has it in small
    /// letters and what follows it is what a person does ("Ada shook her head").
    pub(super) fn settle(&mut self, lexicon: &Lexicon) {
        let openers = std::mem::take(&mut self.openers);
        let small = std::mem::take(&mut self.small);
        for (word, opener) in openers {
            let is_known = small.contains(&word) || self.words.contains(&word);
            if is_known || opener.acts == 0 || opener.nouns > 0 {
                continue;
            }
            // A word that the dictionary explains is hardly a name.
            let is_word = lexicon.grammar.has_possessive_s && is_english_word(&word);
            let least = match (is_word, lexicon.grammar.capital_nouns) {
                (true, _) => 3,
                (false, true) => 2,
                (false, false) => 1,
            };
            if opener.times >= least {
                self.words.insert(word);
            }
        }
    }

    /// Whether the word is used as a name.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.words.contains(&word.to_lowercase())
    }

    /// Whether the word says where somebody is from more often than it stands otherwise ("Syrian").
    fn is_origin(&self, word: &str) -> bool {
        self.origins
            .get(&word.to_lowercase())
            .is_some_and(|(origin, other)| origin > other)
    }
}

/// An article, an adjective or a preposition stands before the word at a token.
fn is_noun(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else {
        return false;
    };
    let word = before.span.of(text);
    let is_adjective = before.class == 0
        && !before.is_capital
        && ["e", "en", "er", "es", "em"]
            .iter()
            .any(|ending| word.ends_with(ending));
    before.is_word() && (before.is(OPENS | PREPOSITION) || is_adjective)
}

/// What follows the word at a token is what a person does or has: a verb, "Ada’s".
fn does(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let nobody = KnownNames::new();
    let stream = super::clause::Stream {
        text,
        tokens,
        lexicon,
        known: &nobody,
        runs: None,
    };
    let next = at + 1;
    let follows = tokens
        .get(next)
        .is_some_and(|next| next.is_word() && !next.opens_sentence && !next.is_capital);
    let is_verb = || {
        (stream.is(next, REPORTS | VERB | AUXILIARY | BE) && !stream.is(next, OPENS | PREPOSITION))
            || stream.ends_like_verb(next)
            || stream.ends_in_ed(next)
    };
    let is_plural = lexicon.grammar.has_possessive_s && stream.word(at).ends_with('s');
    tokens[at].is_possessive || (follows && !is_plural && is_verb())
}

/// The name that starts at a token. Without `known`, words at the start of a sentence are taken as they come.
pub(super) fn run_at(
    text: &str,
    tokens: &[Token],
    first: usize,
    lexicon: &Lexicon,
    known: Option<&KnownNames>,
) -> Option<Run> {
    if lexicon.grammar.no_capitals {
        let known = known?;
        return if known.whole.is_empty() {
            uncapital_run(text, tokens, first, known)
        } else {
            whole_run(text, tokens, first, known)
        };
    }
    let mut bare = first;
    let mut titles = 0;
    while let Some(token) = tokens.get(bare)
        && token.is(TITLES)
        && !token.is_possessive
        && (bare == first || follows(text, tokens, bare))
        && tokens
            .get(bare + 1)
            .is_some_and(|next| is_name_word(next, lexicon))
        && follows(text, tokens, bare + 1)
    {
        titles |= token.class & TITLES;
        bare += 1;
    }
    let start = tokens
        .get(bare)
        .filter(|token| is_name_word(token, lexicon))?;
    let mut last = bare;
    while !tokens[last].is_possessive && last - bare + 1 < LONGEST {
        let mut next = last + 1;
        while next - last <= 3
            && tokens
                .get(next)
                .is_some_and(|token| token.is(PARTICLE) && (!token.is_capital || token.is(THE)))
            && follows(text, tokens, next)
            && may_join(text, tokens, last, next)
        {
            next += 1;
        }
        let goes_on = tokens
            .get(next)
            .is_some_and(|token| is_name_word(token, lexicon))
            && follows(text, tokens, next)
            && !opens_another(text, tokens, next, lexicon);
        if !goes_on {
            break;
        }
        last = next;
    }
    let mut run = Run {
        first,
        bare,
        last,
        titles,
    };
    if lexicon.grammar.capital_nouns {
        among_nouns(text, tokens, &mut run, known);
    }
    // "Trooper Ada Field"
    if lexicon.grammar.has_possessive_s
        && run.titles == 0
        && run.len() > 2
        && is_english_role(tokens[run.bare].span.of(text))
    {
        run.bare += 1;
    }
    if opens_with_participle(text, tokens, &run, lexicon)
        || (lexicon.grammar.capital_nouns && is_noun_run(tokens, &run))
    {
        return None;
    }
    if run.len() == 1 && start.opens_sentence && run.titles == 0 && run.bare == run.first {
        if start.is(RARE_OPENING_NAME) {
            return None;
        }
        if let Some(known) = known
            && !known.holds(name_text(text, start.span))
        {
            return None;
        }
    }
    if run.len() == 1
        && !start.opens_sentence
        && lexicon.grammar.capital_nouns
        && run.titles == 0
        && let Some(known) = known
        && !known.holds(name_text(text, tokens[run.bare].span))
    {
        return None;
    }
    if run.len() == 1 && run.titles == 0 {
        let word = tokens[run.bare].span;
        let is_known = |known: &KnownNames| known.is_origin(word.of(text));
        let is_held = |known: &KnownNames| known.holds(name_text(text, word));
        // A title alone is no name.
        let is_title = tokens[run.bare].is(TITLES) && !known.is_some_and(is_held);
        if is_title || is_origin(tokens, &run, lexicon) || known.is_some_and(is_known) {
            return None;
        }
    }
    Some(run)
}

/// "Sentencing Ada Field, the judge said": the name starts behind the first word.
fn opens_with_participle(text: &str, tokens: &[Token], run: &Run, lexicon: &Lexicon) -> bool {
    let opening = tokens[run.first].span.of(text);
    lexicon.grammar.has_possessive_s
        && tokens[run.first].opens_sentence
        && run.titles == 0
        && run.last > run.first + 1
        && opening.ends_with("ing")
        && is_english_word(opening)
}

/// The longest known name that starts at a token, in a script without spaces.
fn whole_run(text: &str, tokens: &[Token], first: usize, known: &KnownNames) -> Option<Run> {
    let fits = |last: &usize| {
        tokens.get(*last).is_some_and(Token::is_word)
            && known.whole.contains(span_of(tokens, first, *last).of(text))
    };
    let last = (first..first + LONGEST).rev().find(fits)?;
    Some(Run {
        first,
        bare: first,
        last,
        titles: 0,
    })
}

/// The known names in a row from a token on, in a script without capitals.
fn uncapital_run(text: &str, tokens: &[Token], first: usize, known: &KnownNames) -> Option<Run> {
    let is_name = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.is_word() && known.holds(token.span.of(text)))
    };
    let mut bare = first;
    while tokens
        .get(bare)
        .is_some_and(|token| token.is(TITLES) && !is_name(bare))
    {
        bare += 1;
    }
    if !is_name(bare) {
        return None;
    }
    let mut last = bare;
    while last - bare < 2 && follows(text, tokens, last + 1) && is_name(last + 1) {
        last += 1;
    }
    let titles = tokens[first..bare]
        .iter()
        .fold(0, |titles, token| titles | (token.class & TITLES));
    Some(Run {
        first,
        bare,
        last,
        titles,
    })
}

/// A title inside a run opens another name (`London Mayor Ada Field`); at its end it is part of it (`Stephen King`).
fn opens_another(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    tokens[at].is(TITLES)
        && follows(text, tokens, at + 1)
        && tokens
            .get(at + 1)
            .is_some_and(|next| is_name_word(next, lexicon))
}

/// "An American diplomat", "Syrian officials": a word with a capital that only says where somebody is from.
fn is_origin(tokens: &[Token], run: &Run, lexicon: &Lexicon) -> bool {
    if lexicon.grammar.capital_nouns || tokens[run.last].is_possessive {
        return false;
    }
    let Some(next) = tokens.get(run.last + 1).filter(|next| {
        next.is_word() && !next.is_capital && !next.opens_sentence && !next.is_joined
    }) else {
        return false;
    };
    let after_article = run.first.checked_sub(1).is_some_and(|before| {
        tokens[before].is(OPENS) && tokens[before].is_word() && !tokens[run.first].opens_sentence
    });
    (after_article && next.class & !(PERSON | TITLES | super::lexicon::PLURAL) == 0)
        || (next.is(PERSON | super::lexicon::PLURAL) && !next.is(REPORTS | VERB | AUXILIARY))
}

/// An English noun for what a person does, by its ending and the dictionary.
fn is_english_role(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["er", "or", "ist", "ian", "man", "woman", "ant", "ent"];
    let word = word.to_lowercase();
    ENDINGS.iter().any(|ending| word.ends_with(ending)) && is_english_word(&word)
}

/// The English dictionary explains the word.
pub(super) fn is_english_word(word: &str) -> bool {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    let stemmer = STEMMER.get_or_init(|| Stemmer::new("en"));
    dictionary::explanation("en", &stemmer.stem_once(word))
        .next()
        .is_some()
}

/// The token stands right after the one before it: nothing but a space, a hyphen, or the stop of an initial between.
fn follows(text: &str, tokens: &[Token], at: usize) -> bool {
    let (Some(before), Some(token)) = (
        at.checked_sub(1).and_then(|at| tokens.get(at)),
        tokens.get(at),
    ) else {
        return false;
    };
    if token.opens_sentence || !before.is_word() || !token.is_word() {
        return false;
    }
    let gap = text
        .get(before.span.end as usize..token.span.start as usize)
        .unwrap_or_default();
    match gap {
        " " | "-" | "\u{a0}" | "\u{202f}" | "\u{2010}" | "\u{2011}" | " & " => true,
        ". " | ".\u{a0}" | "." => {
            before.span.len() <= 2 || before.is(TITLES) || before.span.of(text).contains('.')
        }
        _ => false,
    }
}

/// A small word goes on with a name: German "der" only after "von".
fn may_join(text: &str, tokens: &[Token], last: usize, at: usize) -> bool {
    let token = &tokens[at];
    // "Ada Le Bihan"
    !token.is(THE | PREPOSITION)
        || token.is_capital
        || at > last + 1
        || !matches!(
            token.span.of(text),
            "der" | "den" | "le" | "la" | "los" | "las" | "y" | "de l"
        )
}

fn is_name_word(token: &Token, lexicon: &Lexicon) -> bool {
    let barred = if token.opens_sentence {
        NO_OPENING_NAME
    } else {
        NO_NAME
    };
    // A capital inside a sentence outweighs most lists: Mr. May, Bill Long.
    let is_barred = token.is(barred) && !(token.is(TIME) && token.is(AUXILIARY));
    token.is_word() && token.is_capital && !is_barred && !(lexicon.grammar.no_capitals)
}
