//! Telling nouns from verbs and adjectives by the words around them.

use super::reading::{Nouns, Start, Word};

/// How surely the words `from..=to` stand where a noun would: 1 before the end of a noun's group that an article or
/// preposition began, or before a verb, or written as a name; a half where an adjective could stand too; else 0.
pub(super) fn stands_as_noun(words: &[Word], from: usize, to: usize) -> f32 {
    let (first, last) = (words[from], words[to]);
    let certain = |is_noun: bool| f32::from(u8::from(is_noun));
    let opens = first.start == Start::Sentence;
    if first.known.nouns == Nouns::Capitals {
        return certain(last.is_capitalised && (from < to || !opens));
    }
    if first.known.nouns == Nouns::Unknown {
        return 1.0;
    }
    let led_in = from
        .checked_sub(1)
        .is_some_and(|at| words[at].known.precedes_noun);
    let after = words.get(to + 1);
    let ends = after.is_none_or(|word| word.start != Start::Inside || word.known.role.is_inner());
    // A name needs no article, and one of several words no sign at all, but a capitalised adjective ("Bavarian police") is none.
    let is_name = first.is_capitalised && last.is_capitalised && !opens;
    // "The flood.", "a large flood in": surely. "Turnout was": too. "The insurance pays": like "the large dam".
    if (is_name && from < to)
        || (ends && (led_in || is_name || from < to))
        || after.is_some_and(|word| word.known.follows_noun)
    {
        1.0
    } else if led_in && !is_name {
        0.5
    } else {
        0.0
    }
}

/// Whether the words `from..=to` stand where a verb would: after one whose subject or helper it is ("we must", "to
/// fight"), or right before an article or the like ("cut the taxes"), which no noun's group stands before.
pub(super) fn stands_as_verb(words: &[Word], from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).and_then(|at| words.get(at));
    // "At Bayview Terrace a notice hung".
    if words[from].is_capitalised && words[from].start != Start::Sentence {
        return false;
    }
    let is_led_in = before.is_some_and(|word| word.known.precedes_verb);
    let after = words.get(to + 1).filter(|word| word.start == Start::Inside);
    is_led_in && words[from].start == Start::Inside
        || after.is_some_and(|word| word.known.opens_noun_group)
}
