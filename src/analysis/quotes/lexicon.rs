//! What a word can do in the sentence around a quotation, by language: report speech, stand for a person, open or end a
//! noun phrase.
//!
//! Invariant: closed or nearly closed classes of words of a language; no name, no event. A language without a list has an
//! empty one: its quotations are found all the same, and their speakers by capitals and punctuation alone.

pub(super) mod chinese;
mod english;
mod french;
mod german;
mod persian;
mod spanish;

use foldhash::{HashMap, HashMapExt};
use std::sync::OnceLock;

/// Classes a word belongs to, as bits.
pub(super) type Class = u64;

/// Defines the classes, a bit each.
macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        classes!(@each 0; $($(#[$doc])* $name,)*);
    };
    (@each $bit:expr; $(#[$doc:meta])* $name:ident, $($rest:tt)*) => {
        $(#[$doc])*
        pub(super) const $name: Class = 1 << ($bit);
        classes!(@each $bit + 1; $($rest)*);
    };
    (@each $bit:expr;) => {};
}

classes! {
    /// Verbs that report speech.
    REPORTS,
    /// Verbs that do so only where they stand next to the quotation (`reads`, `calls`).
    MAY_REPORT,
    /// Verbs that say what somebody takes something for (`found it “dull”`).
    DEEMS,
    /// Forms of "be" that make a passive.
    BE,
    /// Stands between a subject and its verb.
    AUXILIARY,
    /// Other verbs: a noun phrase ends before them.
    VERB,
    /// He.
    HE,
    /// She.
    SHE,
    /// They.
    THEY,
    /// I and we.
    FIRST,
    /// It: nobody.
    IT,
    /// Somebody, nobody: no name either.
    VAGUE,
    /// Other pronouns, which are never a subject (him, them, sich).
    OBJECT,
    /// The.
    THE,
    /// A, one, another.
    A,
    /// My, his.
    POSSESSIVE,
    /// This and other words that open a noun phrase.
    DETERMINER,
    /// Prepositions.
    PREPOSITION,
    /// Prepositions that go on with a noun phrase (of, for).
    OF,
    /// And, or, but.
    AND,
    /// When, because, that.
    SUBORDINATE,
    /// Who, which.
    RELATIVE,
    /// Adverbs and particles.
    ADVERB,
    /// Days, months, today.
    TIME,
    /// Number words.
    NUMBER,
    /// Before a man's name.
    MISTER,
    /// Before a woman's name.
    MISSIS,
    /// Before anybody's name.
    TITLE,
    /// Nouns for any man.
    MAN,
    /// Nouns for any woman.
    WOMAN,
    /// Nouns for several people.
    PLURAL,
    /// Nouns that report speech together with a verb after them (Persian).
    LIGHT,
    /// Nouns for a person by what they do.
    PERSON,
    /// What somebody has written: a letter speaks for who wrote it.
    WRITING,
    /// What has a title: a book, a song.
    WORK,
    /// "Called", "titled": a name follows.
    CALLED,
    /// "So-called", "the word": not speech.
    SO_CALLED,
    /// "Answer", "words": speech as a noun.
    SPEECH,
    /// "According to", first word.
    ACCORDING,
    /// "Quoted", "heard": X was quoted as saying.
    QUOTED,
    /// Small words inside names (van, de).
    PARTICLE,
    /// Old, young: says of somebody nothing but the age.
    OLD,
    /// Verbs of asking.
    ASKS,
    /// Verbs of answering somebody else.
    ANSWERS,
    /// Small words of titles, which stay in small letters there.
    SMALL,
}

/// Any word that can be the subject in place of a name.
pub(super) const PRONOUN: Class = HE | SHE | THEY | FIRST | IT | VAGUE;
/// Any word that opens a noun phrase.
pub(super) const OPENS: Class = THE | A | POSSESSIVE | DETERMINER;
/// Any word that stands before a name.
pub(super) const TITLES: Class = MISTER | MISSIS | TITLE;
/// Nouns for people.
pub(super) const PEOPLE: Class = MAN | WOMAN | PERSON;

/// The words of a language and how its sentences are built.
pub(super) struct Lexicon {
    classes: HashMap<&'static str, Class>,
    /// How its sentences are built.
    pub(super) grammar: Grammar,
}

/// How the sentences of a language are built, as far as it matters here.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of a language, independent of the rest"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Grammar {
    /// Every noun has a capital (German).
    pub(super) capital_nouns: bool,
    /// There are no capitals.
    pub(super) no_capitals: bool,
    /// No spaces part the words (Chinese).
    pub(super) no_spaces: bool,
    /// The verb stands at the end of its clause (Persian).
    pub(super) verb_last: bool,
    /// The subject may be left out (Spanish, Persian).
    pub(super) drops_subject: bool,
    /// An apostrophe parts two words (French).
    pub(super) elides: bool,
    /// Articles tell the gender.
    pub(super) gendered_articles: bool,
    /// A reporting clause may stand inside the marks (French, Spanish).
    pub(super) reports_inside: bool,
    /// The role stands after the article and before the rest (French, Spanish: `le maire de Paris`).
    pub(super) head_first: bool,
    /// "'s" after a word is the possessive.
    pub(super) has_possessive_s: bool,
    /// How given names and nouns tell of whom they are.
    pub(super) endings: Endings,
}

/// Endings of given names and of nouns for people, as far as they tell a woman from a man. The longest that fits counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Endings {
    /// Of women's names, most of them.
    pub(super) woman_names: &'static [&'static str],
    /// Of men's names, most of them.
    pub(super) man_names: &'static [&'static str],
    /// Of nouns for women by what they do.
    pub(super) woman_nouns: &'static [&'static str],
    /// Of nouns for men, or for anybody, by what they do.
    pub(super) man_nouns: &'static [&'static str],
}

/// Of a language whose words do not tell.
pub(super) const NO_ENDINGS: Endings = Endings {
    woman_names: &[],
    man_names: &[],
    woman_nouns: &[],
    man_nouns: &[],
};

impl Endings {
    /// Whether a given name is a woman's rather than a man's, as far as its ending tells.
    pub(super) fn name(&self, name: &str) -> Option<bool> {
        told(&name.to_lowercase(), self.woman_names, self.man_names)
    }

    /// Whether a noun ends as those for people by what they do.
    pub(super) fn is_agent(&self, noun: &str) -> bool {
        let noun = noun.to_lowercase();
        let mut endings = self.woman_nouns.iter().chain(self.man_nouns);
        endings.any(|ending| noun.len() > ending.len() + 1 && noun.ends_with(ending))
    }

    /// Whether a noun is for a woman rather than for a man or anybody; none where it does not look like one for people.
    pub(super) fn noun(&self, noun: &str) -> Option<bool> {
        told(&noun.to_lowercase(), self.woman_nouns, self.man_nouns)
    }
}

/// Whether a word ends as those for women do; none where no ending fits, or the same one tells of both.
fn told(word: &str, woman: &[&str], man: &[&str]) -> Option<bool> {
    let longest = |endings: &[&str]| {
        endings
            .iter()
            .filter(|ending| word.len() > ending.len() && word.ends_with(**ending))
            .map(|ending| ending.len())
            .max()
            .unwrap_or(0)
    };
    let (woman, man) = (longest(woman), longest(man));
    (woman != man).then_some(woman > man)
}

impl Lexicon {
    /// The classes of a word in lower case; 0 for one that is in no list.
    pub(super) fn class(&self, lower: &str) -> Class {
        self.classes.get(lower).copied().unwrap_or_default()
    }

    /// Whether there is a list at all.
    pub(super) fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }
}

/// A language's words: each list with the classes of all that stand in it.
type Lists = &'static [(Class, &'static str)];

/// The lexicon of a language by its ISO 639-1 code (`en`, `en-GB`).
pub(super) fn lexicon(language: &str) -> &'static Lexicon {
    static LEXICONS: [OnceLock<Lexicon>; 8] = [const { OnceLock::new() }; 8];
    let empty: Lists = &[];
    let (place, lists, grammar) = match primary(language) {
        "en" => (0, english::LISTS, english::GRAMMAR),
        "de" => (1, german::LISTS, german::GRAMMAR),
        "fr" => (2, french::LISTS, french::GRAMMAR),
        "es" => (3, spanish::LISTS, spanish::GRAMMAR),
        "fa" => (4, persian::LISTS, persian::GRAMMAR),
        "zh" => (5, chinese::LISTS, chinese::GRAMMAR),
        "it" | "ca" => (7, empty, ELIDING),
        _ => (6, empty, NO_GRAMMAR),
    };
    LEXICONS[place].get_or_init(|| {
        let mut classes: HashMap<&'static str, Class> = HashMap::new();
        for (class, words) in lists {
            for word in words.split_ascii_whitespace() {
                *classes.entry(word).or_default() |= class;
            }
        }
        Lexicon { classes, grammar }
    })
}

/// Italian and Catalan have no list; their articles stand before an apostrophe.
const ELIDING: Grammar = Grammar {
    elides: true,
    ..NO_GRAMMAR
};

/// Of a language without a list.
const NO_GRAMMAR: Grammar = Grammar {
    capital_nouns: false,
    no_capitals: false,
    no_spaces: false,
    verb_last: false,
    drops_subject: false,
    elides: false,
    gendered_articles: false,
    reports_inside: false,
    head_first: false,
    has_possessive_s: false,
    endings: NO_ENDINGS,
};

/// The language without its region.
pub(super) fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or_default()
}
