//! Whether what stands between quotation marks is speech, a word held at arm's length, or a title.
//!
//! Invariant: speech has at least [`DIRECT_WORDS`] words ([`DIRECT_HAN`] characters in Chinese and Japanese), or stands
//! next to a verb that reports it.

use super::attribution::Attribution;
use super::chinese;
use super::clause::Stream;
use super::lexicon::{CALLED, MAY_REPORT, REPORTS, SMALL, SO_CALLED, WORK};
use super::marks::is_spaceless;
use super::tokens::{Token, TokenKind};
use crate::text::segment;

/// Words from which on a quotation is speech by its length.
pub(super) const DIRECT_WORDS: usize = 3;
/// Characters from which on it is in Chinese and Japanese.
pub(super) const DIRECT_HAN: usize = 4;

/// What stands between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words that somebody said or wrote.
    Direct,
    /// A word or two that the author does not vouch for, or speaks of.
    Scare,
    /// The title of a work.
    Title,
}

impl Kind {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Scare => "scare",
            Self::Title => "title",
        }
    }
}

/// The kind of the quotation at token `hole` with the text `inside`, whose words are the stream `own`.
pub(super) fn kind(
    stream: &Stream<'_>,
    hole: usize,
    own: &Stream<'_>,
    inside: &str,
    found: Option<&Attribution>,
) -> Kind {
    let is_reported = found.is_some_and(|found| found.is_close && is_told(stream, hole, found));
    if is_title(stream, hole, own, inside, found, is_reported) {
        return Kind::Title;
    }
    if is_reported {
        return Kind::Direct;
    }
    let is_so_called = if stream.lexicon.grammar.no_spaces {
        chinese::is_so_called(stream, hole)
    } else {
        (hole.saturating_sub(2)..hole).any(|at| {
            // "So-called" is two words.
            stream.is(at, SO_CALLED) || (stream.is(at, CALLED) && stream.tokens[at].is_joined)
        })
    } && !ends_a_sentence(inside);
    // A sentence of its own: “No.”
    let is_sentence = stream.is_at_start(hole)
        && ends_a_sentence(inside)
        && opens_high(stream, own, inside)
        && stream
            .token(hole + 1)
            .is_none_or(|next| next.opens_sentence);
    if is_sentence {
        return Kind::Direct;
    }
    let (words, han) = length(inside);
    if is_long(words, han) && !(is_so_called && words <= DIRECT_WORDS) {
        Kind::Direct
    } else {
        Kind::Scare
    }
}

/// Words, and Chinese or Japanese characters among them.
pub(super) fn length(inside: &str) -> (usize, usize) {
    let words = segment::words(inside).count();
    let han = inside
        .chars()
        .filter(|c| is_spaceless(*c) && c.is_alphabetic())
        .count();
    (words, han)
}

fn is_long(words: usize, han: usize) -> bool {
    if han > 0 {
        han >= DIRECT_HAN
    } else {
        words >= DIRECT_WORDS
    }
}

/// The verb tells speech, not what something is called.
fn is_told(stream: &Stream<'_>, hole: usize, found: &Attribution) -> bool {
    let Some(cue) = found.cue else {
        return true;
    };
    let place = stream
        .tokens
        .partition_point(|token| token.span.start < cue.start);
    let stands_after = place > hole;
    let has_mark = hole > 0
        && matches!(
            stream.tokens[hole - 1].kind,
            TokenKind::Colon | TokenKind::Comma
        );
    stands_after || has_mark || stream.is(place, REPORTS)
}

fn is_title(
    stream: &Stream<'_>,
    hole: usize,
    own: &Stream<'_>,
    inside: &str,
    found: Option<&Attribution>,
    is_reported: bool,
) -> bool {
    let names_work = names_work(stream, hole);
    if is_title_case(own) {
        let words = own.tokens.iter().filter(|token| token.is_word()).count();
        let has_mark = hole > 0 && stream.tokens[hole - 1].kind == TokenKind::Colon;
        let is_sentence = stream.is_at_start(hole) && ends_a_sentence(inside) && !names_work;
        let tells = is_reported && !found.is_some_and(|found| creates(stream, found));
        return !tells && !has_mark && !is_sentence && (words > 1 || names_work);
    }
    let is_foreign = !stream.lexicon.grammar.has_possessive_s;
    names_work
        && is_foreign
        && opens_high(stream, own, inside)
        && !is_reported
        && !ends_a_sentence(inside)
}

/// It starts with a capital, where there are capitals.
fn opens_high(stream: &Stream<'_>, own: &Stream<'_>, inside: &str) -> bool {
    let first = own.tokens.iter().find(|token| token.is_word());
    first.is_some_and(|token| token.is_capital)
        || stream.lexicon.grammar.no_capitals
        || inside.starts_with(is_spaceless)
}

/// "Wrote", "read", "called": what follows with capitals is a title.
fn creates(stream: &Stream<'_>, found: &Attribution) -> bool {
    let Some(cue) = found.cue else {
        return false;
    };
    let place = stream
        .tokens
        .partition_point(|token| token.span.start < cue.start);
    let word = stream.word(place).to_lowercase();
    stream.is(place, MAY_REPORT | CALLED)
        || [
            "writ", "wrote", "sing", "sang", "call", "describ", "announc", "quot", "recit",
        ]
        .iter()
        .any(|start| word.starts_with(start))
}

/// A noun for a work, or "called", stands shortly before.
fn names_work(stream: &Stream<'_>, hole: usize) -> bool {
    if stream.lexicon.grammar.no_spaces {
        return chinese::names_work(stream, hole);
    }
    let mut at = hole;
    while at > 0 && hole - at < 4 && !stream.tokens[at].opens_sentence {
        at -= 1;
        let token = &stream.tokens[at];
        if token.is_hole() || token.kind == TokenKind::Colon {
            return false;
        }
        if token.is(WORK) || (token.is(CALLED) && at + 1 == hole) || is_compound_work(stream, at) {
            return true;
        }
    }
    false
}

/// German puts words together: `Gedichtband`.
fn is_compound_work(stream: &Stream<'_>, at: usize) -> bool {
    const HEADS: [&str; 8] = [
        "band", "roman", "buch", "film", "lied", "stück", "album", "reihe",
    ];
    stream.lexicon.grammar.capital_nouns
        && stream.tokens[at].is_capital
        && HEADS.iter().any(|head| stream.word(at).ends_with(head))
}

/// Every word but the small ones has a capital, and at least two have.
fn is_title_case(own: &Stream<'_>) -> bool {
    if own.lexicon.grammar.capital_nouns || own.lexicon.is_empty() {
        return false;
    }
    let words: Vec<&Token> = own.tokens.iter().filter(|token| token.is_word()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let fits = |token: &&Token| {
        token.is_capital || token.is(SMALL) || token.is_joined || !is_alphabetic(own, token)
    };
    let capitals = words.iter().filter(|token| token.is_capital).count();
    let least = if words.len() == 1 { 1 } else { 2 };
    first.is_capital
        && (last.is_capital || !is_alphabetic(own, last))
        && words.iter().all(fits)
        && capitals >= least
}

fn is_alphabetic(own: &Stream<'_>, token: &Token) -> bool {
    token.span.of(own.text).starts_with(char::is_alphabetic)
}

fn ends_a_sentence(inside: &str) -> bool {
    inside.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟'])
}
