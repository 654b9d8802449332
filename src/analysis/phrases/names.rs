//! Names of several words, and the short forms that a text gives them.
//!
//! Invariant: a name does not cross a sentence's end or punctuation.

use super::{MAX_WORDS, NONE, PLAIN_WORDS, ReadPassage, Start, Stems, Word};
use std::collections::HashMap;

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
