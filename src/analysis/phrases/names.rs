//! Names of several words, and the short forms that a text gives them.
//!
//! Invariant: a name does not cross a sentence's end or punctuation.

use super::reading::{ReadPassage, Role, Start, Word};
use super::{MAX_WORDS, NONE, PLAIN_WORDS, Stems};
use std::collections::{HashMap, HashSet};

/// Most words between the parts of a name ("Ministry of the Interior").
const MAX_JOINING: usize = 2;

/// Whether the words `from..=to` are a part of a longer name.
pub(super) fn is_in_name(words: &[Word], from: usize, to: usize) -> bool {
    if !(words[from].is_name_part() && words[to].is_name_part()) {
        return false;
    }
    let after = words.get(to + 1..).unwrap_or_default();
    let joining = after
        .iter()
        .take(MAX_JOINING)
        .take_while(|word| word.known.joins_names)
        .count();
    let goes_on = after.len() > joining
        && after[joining].is_name_part()
        && after[..=joining]
            .iter()
            .all(|word| word.start == Start::Inside);
    let joining = words[..from]
        .iter()
        .rev()
        .take(MAX_JOINING)
        .take_while(|word| word.known.joins_names)
        .count();
    let has_begun = from.checked_sub(joining + 1).is_some_and(|first| {
        words[first].is_name_part()
            && words[first + 1..=from]
                .iter()
                .all(|word| word.start == Start::Inside)
    });
    goes_on || has_begun
}

/// Acronyms that the text explains ("National Rail Union (NRU)"), with the stems of what they stand for.
pub(super) fn acronyms(passages: &[ReadPassage]) -> HashMap<Stems, Stems> {
    let mut found = HashMap::new();
    for passage in passages {
        let words = &passage.words;
        for at in 2..words.len() {
            if let Some(from) = explained(passage, at) {
                let mut short = [NONE; MAX_WORDS];
                short[0] = words[at].known.stem;
                let mut long = [NONE; MAX_WORDS];
                for (place, word) in words[from..at].iter().enumerate() {
                    long[place] = word.known.stem;
                }
                found.entry(short).or_insert(long);
            }
        }
    }
    found
}

/// A place where a word is written as a name.
struct Mention {
    document: u32,
    /// The name of two words that it is a part of there.
    whole: Option<[u32; 2]>,
    /// It cannot be short for one there: it follows an article, or is a part of a longer name.
    stands_apart: bool,
}

/// For each word that is a part of one name of two words, and of no other, that name: who is introduced by both is called by
/// one of them later, or in another text.
pub(super) fn full_names(passages: &[ReadPassage]) -> HashMap<Stems, Stems> {
    let words = || passages.iter().flat_map(|passage| &passage.words);
    let small: HashSet<u32> = words()
        .filter(|word| !word.is_capitalised)
        .map(|word| word.known.stem)
        .collect();
    // At a sentence's beginning a capital says nothing: "Unless Congress acts".
    let inside: HashSet<u32> = words()
        .filter(|word| word.is_capitalised && word.start != Start::Sentence)
        .map(|word| word.known.stem)
        .collect();
    let is_proper = |passage: &ReadPassage, word: &Word| {
        word.is_name_part()
            && word.known.role == Role::Content
            && !small.contains(&word.known.stem)
            && !is_shouted(word.span.of(passage.text))
    };
    let mut mentions: HashMap<u32, Vec<Mention>> = HashMap::new();
    for passage in passages {
        let mut at = 0;
        while at < passage.words.len() {
            let follows = |at: &usize| {
                is_proper(passage, &passage.words[*at]) && follows_a_space(passage, *at)
            };
            if !is_proper(passage, &passage.words[at]) {
                at += 1;
                continue;
            }
            let length = 1 + (at + 1..passage.words.len()).take_while(follows).count();
            let run = &passage.words[at..at + length];
            let first = run[0].known.stem;
            let after_article = at
                .checked_sub(1)
                .is_some_and(|before| passage.words[before].known.opens_noun_group);
            at += length;
            if run[0].start == Start::Sentence && !inside.contains(&first) {
                continue;
            }
            for word in run {
                mentions.entry(word.known.stem).or_default().push(Mention {
                    document: passage.document,
                    whole: (length == 2).then(|| [first, run[1].known.stem]),
                    stands_apart: length > 2 || after_article,
                });
            }
        }
    }
    let stems = |words: &[u32]| {
        let mut stems = [NONE; MAX_WORDS];
        stems[..words.len()].copy_from_slice(words);
        stems
    };
    let names = mentions.into_iter();
    names
        .filter_map(|(part, mentions)| Some((stems(&[part]), stems(&introduced_as(&mentions)?))))
        .collect()
}

/// The one whole name with which each text that has it introduces a word; the mentions in the order of the texts.
fn introduced_as(mentions: &[Mention]) -> Option<[u32; 2]> {
    let mut wholes = mentions.iter().filter_map(|mention| mention.whole);
    let whole = wholes.next()?;
    let is_one = wholes.all(|other| other == whole);
    let is_apart = mentions.iter().any(|mention| mention.stands_apart);
    let is_introduced = mentions
        .chunk_by(|one, other| one.document == other.document)
        .all(|text| text[0].whole.is_some() || text.iter().all(|mention| mention.whole.is_none()));
    (is_one && is_introduced && !is_apart).then_some(whole)
}

/// Whether a word is in capitals throughout, as in a heading or an abbreviation.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
}

/// Whether nothing but a space stands before a word.
fn follows_a_space(passage: &ReadPassage, at: usize) -> bool {
    let (before, word) = (passage.words[at - 1].span, passage.words[at]);
    let gap = passage
        .text
        .get(before.end as usize..word.span.start as usize);
    word.start == Start::Inside && matches!(gap, Some(" " | "\u{a0}" | "\n"))
}

/// Where the name begins whose initials the word `at` is, in brackets after it; with or without those of joining words.
fn explained(passage: &ReadPassage, at: usize) -> Option<usize> {
    let words = &passage.words;
    let (before, span) = (words[at - 1].span, words[at].span);
    let short = span.of(passage.text);
    let gap = passage.text.get(before.end as usize..span.start as usize)?;
    let is_acronym = (2..=8).contains(&short.chars().count())
        && short.chars().all(char::is_uppercase)
        && gap.trim_start() == "(";
    if !is_acronym {
        return None;
    }
    (2..=MAX_WORDS.min(at)).find_map(|length| {
        let from = at - length;
        let name = &words[from..at];
        let is_name = !name[0].known.role.is_inner()
            && !name[length - 1].known.role.is_inner()
            && name[1..].iter().all(|word| word.start == Start::Inside)
            && (length <= PLAIN_WORDS || name.iter().all(Word::fits_name));
        let initials = |with_joining: bool| -> String {
            name.iter()
                .filter(|word| with_joining || !word.known.joins_names)
                .filter_map(|word| word.span.of(passage.text).chars().next())
                .flat_map(char::to_uppercase)
                .collect()
        };
        (is_name && (initials(false) == short || initials(true) == short)).then_some(from)
    })
}
