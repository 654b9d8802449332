//! Who speaks in Chinese, where nothing parts the words: by the strings between punctuation, quotation marks and verbs.
//!
//! Invariant: as in [`super::attribution`], nothing is looked at beyond the clauses beside the quotation.

mod learning;

use super::attribution::Attribution;
use super::clause::{Gender, Phrase, Stream, Subject};
use super::lexicon::chinese::{
    ACCORDING, ADDRESSES, ADVERBS, AFTER_SUBJECT, PEOPLE, PLACES, REPORTS,
};
use super::lexicon::{FIRST, HE, Lexicon, SHE};
use super::names::KnownNames;
use super::reading::ReadPassage;
use super::tokens::{Token, TokenKind};
pub(super) use learning::learn_names;

/// Characters of the longest name, and of the longest subject.
const NAME_CHARS: usize = 4;
const SUBJECT_CHARS: usize = 16;
/// Names looked for by how often they stand in the document.
const COUNTED_NAMES: usize = 200;

/// The attribution of the quotation at a token.
pub(super) fn attribution(stream: &Stream<'_>, hole: usize) -> Option<Attribution> {
    let after_colon = hole > 0 && stream.kind(hole - 1) == Some(TokenKind::Colon);
    if after_colon {
        return before(stream, hole);
    }
    after(stream, hole).or_else(|| before(stream, hole))
}

/// `「…，」林秀梅說`
fn after(stream: &Stream<'_>, hole: usize) -> Option<Attribution> {
    let mut from = hole + 1;
    if stream.kind(from) == Some(TokenKind::Comma) {
        from += 1;
    }
    let end = chunk_end(stream, from);
    if end == from || stops_before(stream, hole, from) {
        return None;
    }
    // What ends with a colon leads up to the next quotation.
    if stream.kind(end) == Some(TokenKind::Colon) {
        return None;
    }
    if let Some((verb, last)) = first_verb(stream, from, end) {
        let subject = subject_of(stream, from, verb)?;
        return Some(Attribution {
            cue: Some(stream.span_of(verb, last)),
            subject,
            is_close: true,
        });
    }
    // 「…，」她轉身關了燈，「…」: what somebody does between two pieces.
    let inside_goes_on = stream
        .text
        .get(..stream.tokens[hole].span.end as usize)
        .is_some_and(|head| {
            head.trim_end_matches(['」', '』', '”', '’', '"', '\''])
                .ends_with('，')
        });
    let next = (end..stream.tokens.len())
        .find(|at| stream.token(*at).is_some_and(Token::is_word) || stream.tokens[*at].is_hole());
    let is_between = inside_goes_on && next.is_some_and(|next| stream.tokens[next].is_hole());
    let subject = is_between
        .then(|| subject_at(stream, from, end))
        .flatten()?;
    Some(Attribution {
        cue: None,
        subject,
        is_close: true,
    })
}

/// A full stop stands between the quotation and what follows it.
fn stops_before(stream: &Stream<'_>, hole: usize, from: usize) -> bool {
    let (Some(hole), Some(next)) = (stream.token(hole), stream.token(from)) else {
        return true;
    };
    stream
        .text
        .get(hole.span.end as usize..next.span.start as usize)
        .is_some_and(|gap| gap.contains(['。', '！', '？', '；', '.', '!', '?']))
}

/// `林秀梅說：「…」`
fn before(stream: &Stream<'_>, hole: usize) -> Option<Attribution> {
    let mut start = hole;
    while start > 0
        && !stream.tokens[start].opens_sentence
        && !stream.tokens[start - 1].is_hole()
        && stream.tokens[start - 1].kind != TokenKind::Semicolon
    {
        start -= 1;
    }
    let words_end = (start..hole)
        .rev()
        .find(|at| stream.tokens[*at].is_word())?
        + 1;
    let has_colon = stream.kind(hole - 1) == Some(TokenKind::Colon);
    let has_comma = stream.kind(hole - 1) == Some(TokenKind::Comma);
    // The clause next to the quotation first, then those before it.
    let mut end = words_end;
    let mut cue = None;
    while end > start {
        let from = (start..end)
            .rev()
            .find(|at| !stream.tokens[*at].is_word())
            .map_or(start, |at| at + 1);
        if cue.is_none() {
            let (verb, last) = match last_verb(stream, from, end) {
                Some(found) => found,
                None if has_colon => (end, end),
                // "某某说，椅子「…」": the verb ends a clause before.
                None if from > start && end == words_end => {
                    end = from - 1;
                    continue;
                }
                None => return None,
            };
            let is_next = last + 1 == words_end;
            let says_that = end < words_end && last + 1 == end;
            if !(has_colon || has_comma || is_next || says_that) {
                return None;
            }
            cue = Some((verb < end).then(|| stream.span_of(verb, last)));
            if verb < end {
                if let Some(subject) = subject_of(stream, from, verb) {
                    return Some(Attribution {
                        cue: cue.flatten(),
                        subject,
                        is_close: has_colon || has_comma || is_next,
                    });
                }
                end = from.saturating_sub(1).max(start);
                if from == start {
                    break;
                }
                continue;
            }
        }
        if let Some(subject) = subject_at(stream, from, end) {
            return Some(Attribution {
                cue: cue.flatten(),
                subject,
                is_close: cue.flatten().is_some() || has_colon,
            });
        }
        if from == start {
            break;
        }
        end = from - 1;
    }
    cue.flatten().map(|span| Attribution {
        cue: Some(span),
        subject: Subject::Dropped,
        is_close: true,
    })
}

/// The subject of the clause that starts at a token.
pub(super) fn subject_at(stream: &Stream<'_>, start: usize, end: usize) -> Option<Subject> {
    let mut from = start;
    let end = end.min(start + 40);
    while from < end && !stream.tokens[from].is_word() {
        from += 1;
    }
    // A time or a place that introduces ends at a comma.
    let chunk = chunk_end(stream, from).min(end);
    if from >= chunk {
        return None;
    }
    if let Some(subject) = known_at(stream, from) {
        return Some(subject);
    }
    let text = stream.text_of(from, chunk - 1);
    let role = PEOPLE
        .iter()
        .filter_map(|role| text.find(role).map(|at| at + role.len()))
        .filter(|at| {
            text.get(..*at)
                .is_some_and(|head| head.chars().count() <= SUBJECT_CHARS)
        })
        .min();
    let stop = AFTER_SUBJECT
        .iter()
        .filter_map(|word| text.find(word))
        .min();
    if let Some(role_end) = role
        && stop.is_none_or(|stop| stop >= role_end)
    {
        let next = token_at(stream, from, role_end);
        if let Some(run) = stream.run(next).filter(|run| run.last < chunk) {
            return Some(Subject::Name(run));
        }
        return Some(described(from, next - 1));
    }
    let next = chunk + 1;
    if stream.kind(chunk) == Some(TokenKind::Comma) && next < end && stop.is_none() {
        return subject_at(stream, next, end);
    }
    let stop = stop.filter(|stop| *stop > 0)?;
    let last = token_at(stream, from, stop) - 1;
    (last - from < 8).then(|| described(from, last))
}

/// Whether a title stands before the quotation: `小說「…」`.
pub(super) fn names_work(stream: &Stream<'_>, hole: usize) -> bool {
    let from = (0..hole)
        .rev()
        .take_while(|at| {
            hole - at < 16
                && !stream.tokens[*at].is_hole()
                && stream.tokens[*at].kind != TokenKind::Colon
        })
        .last();
    from.is_some_and(|from| {
        let head = stream.text_of(from, hole - 1);
        super::lexicon::chinese::WORKS
            .iter()
            .any(|work| head.contains(work))
    })
}

/// Whether "so-called" stands before the quotation.
pub(super) fn is_so_called(stream: &Stream<'_>, hole: usize) -> bool {
    let from = hole.saturating_sub(4);
    from < hole && {
        let head = stream.text_of(from, hole - 1);
        super::lexicon::chinese::SO_CALLED
            .iter()
            .any(|word| head.contains(word))
    }
}

/// A name or a pronoun at a token.
fn known_at(stream: &Stream<'_>, at: usize) -> Option<Subject> {
    if let Some(run) = stream.run(at) {
        // "钱德福的女儿": hers, not his.
        let is_owner = stream.word(run.last + 1) == "的";
        return (!is_owner).then_some(Subject::Name(run));
    }
    if matches!(stream.word(at + 1), "的") && stream.is(at, HE | SHE) {
        return None;
    }
    let several = matches!(stream.word(at + 1), "们" | "們");
    let token = stream.token(at)?;
    if several {
        return Some(Subject::Pronoun(at, Gender::Several));
    }
    if token.is(HE) {
        return Some(Subject::Pronoun(at, Gender::Man));
    }
    if token.is(SHE) {
        return Some(Subject::Pronoun(at, Gender::Woman));
    }
    if token.is(FIRST)
        && !PEOPLE
            .iter()
            .any(|role| stream.word(at + 1).starts_with(role))
        && !is_owner(stream, at)
    {
        return Some(Subject::First(at));
    }
    None
}

/// "My mother": no "I".
fn is_owner(stream: &Stream<'_>, at: usize) -> bool {
    matches!(
        stream.word(at + 1),
        "的" | "媽"
            | "妈"
            | "爸"
            | "爷"
            | "爺"
            | "奶"
            | "哥"
            | "姐"
            | "弟"
            | "妹"
            | "家"
            | "丈"
            | "妻"
            | "父"
            | "母"
            | "老"
    )
}

/// What somebody does, at the end of a description: "老船夫" is a "船夫".
pub(super) fn role_of(text: &str) -> &'static str {
    // "A player of the other side" is not the player.
    if text.contains(['的', '一', '另', '位', '名']) {
        return "";
    }
    role_ending(text)
}

fn role_ending(text: &str) -> &'static str {
    PEOPLE
        .iter()
        .find(|role| text.ends_with(**role))
        .copied()
        .unwrap_or_default()
}

/// Whether a description is of a man or a woman.
pub(super) fn gender_of(text: &str) -> Gender {
    let holds = |words: [char; 9]| text.contains(words);
    let woman = holds(['女', '母', '媽', '妈', '姐', '妹', '婆', '奶', '妻']);
    let man = holds(['男', '父', '爸', '哥', '弟', '爷', '爺', '夫', '叔']);
    match (man, woman) {
        (true, false) => Gender::Man,
        (false, true) => Gender::Woman,
        (true, true) | (false, false) => Gender::Unknown,
    }
}

/// The role and the gender that stand before a name: "女队员何敏".
pub(super) fn role_before(text: &str, name_start: usize) -> (&'static str, Gender) {
    let head = text.get(..name_start).unwrap_or_default();
    let role = role_ending(head);
    let from = head
        .char_indices()
        .rev()
        .nth(role.chars().count() + 1)
        .map_or(0, |(at, _)| at);
    let near = head.get(from..).unwrap_or_default();
    if role.is_empty() {
        ("", Gender::Unknown)
    } else {
        (role, gender_of(near))
    }
}

/// The subject between the start of a clause and its verb.
fn subject_of(stream: &Stream<'_>, start: usize, verb: usize) -> Option<Subject> {
    if start >= verb {
        return None;
    }
    let mut first = start;
    let mut text = stream.text_of(first, verb - 1);
    for word in ACCORDING {
        if text.starts_with(word) {
            first = token_at(stream, first, word.len());
            break;
        }
    }
    if first >= verb {
        return None;
    }
    text = stream.text_of(first, verb - 1);
    // "他对我说": the one spoken to is no part of it.
    let addressed = ADDRESSES
        .iter()
        .filter_map(|word| text.find(word))
        .filter(|at| *at > 0)
        .min();
    let mut end = addressed.unwrap_or(text.len());
    loop {
        let kept = text.get(..end).unwrap_or_default();
        let adverb = ADVERBS.iter().find(|adverb| kept.ends_with(**adverb));
        match adverb {
            Some(adverb) => end -= adverb.len(),
            None if kept.ends_with('地') || kept.ends_with(['着', '著']) => {
                // "高兴地": two characters before it as a rule.
                let chars: Vec<usize> = kept.char_indices().map(|(at, _)| at).collect();
                end = chars.len().checked_sub(3).map_or(0, |at| chars[at]);
            }
            None => break,
        }
    }
    if end == 0 {
        return None;
    }
    if let Some(subject) = known_at(stream, first) {
        return Some(subject);
    }
    let last = token_at(stream, first, end) - 1;
    let kept = text.get(..end).unwrap_or_default();
    if PLACES.iter().any(|place| kept.ends_with(place))
        && !PEOPLE.iter().any(|role| kept.ends_with(role))
    {
        return Some(Subject::Nobody);
    }
    // "队长周建国": what the person does, then the name.
    if let Some(run) = (first..=last).find_map(|at| stream.run(at).filter(|run| run.last == last)) {
        let head = stream.text_of(first, last);
        let bare = stream.text_of(run.bare, run.last);
        let role = head.strip_suffix(bare).unwrap_or_default();
        if role.is_empty() || !role.ends_with('的') {
            return Some(Subject::Name(run));
        }
    }
    if kept.chars().count() > SUBJECT_CHARS {
        return None;
    }
    // A clause of its own before the verb is no subject.
    let first = AFTER_SUBJECT
        .iter()
        .filter(|word| **word == "了")
        .filter_map(|word| kept.rfind(word).map(|at| at + word.len()))
        .max()
        .map_or(first, |at| token_at(stream, first, at));
    (first <= last).then(|| described(first, last))
}

fn described(first: usize, last: usize) -> Subject {
    Subject::Described(Phrase {
        first,
        last,
        head: last,
        gender: Gender::Unknown,
    })
}

/// The token at so many bytes after the start of another.
fn token_at(stream: &Stream<'_>, from: usize, bytes: usize) -> usize {
    let place = stream.tokens[from].span.start as usize + bytes;
    stream
        .tokens
        .partition_point(|token| (token.span.start as usize) < place)
}

/// Where a run of words without punctuation ends.
fn chunk_end(stream: &Stream<'_>, from: usize) -> usize {
    let mut at = from;
    while stream
        .token(at)
        .is_some_and(|token| token.is_word() && (at == from || !token.opens_sentence))
    {
        at += 1;
    }
    at
}

fn first_verb(stream: &Stream<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    let text = stream.text_of(from, end - 1);
    let found = REPORTS
        .iter()
        .filter_map(|verb| text.find(verb).map(|at| (at, verb.len())))
        .filter(|(at, _)| {
            text.get(..*at)
                .is_some_and(|head| head.chars().count() <= SUBJECT_CHARS)
        })
        .min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
    // "补充说", "回忆道": two in a row are one.
    Some(tokens_of(stream, from, found))
}

fn last_verb(stream: &Stream<'_>, from: usize, end: usize) -> Option<(usize, usize)> {
    if from >= end {
        return None;
    }
    let text = stream.text_of(from, end - 1);
    let mut found = REPORTS
        .iter()
        .filter_map(|verb| text.rfind(verb).map(|at| (at, verb.len())))
        .max_by_key(|(at, length)| (at + length, *length))?;
    // The longest that ends there, and one right before it.
    for _ in 0..2 {
        let longer = REPORTS
            .iter()
            .filter(|verb| {
                text.get(..found.0)
                    .is_some_and(|head| head.ends_with(**verb))
            })
            .map(|verb| (found.0 - verb.len(), found.1 + verb.len()))
            .next();
        found = longer.unwrap_or(found);
    }
    Some(tokens_of(stream, from, found))
}

fn tokens_of(stream: &Stream<'_>, from: usize, (at, length): (usize, usize)) -> (usize, usize) {
    let first = token_at(stream, from, at);
    let last = token_at(stream, from, at + length).saturating_sub(1);
    (first, last.max(first))
}
