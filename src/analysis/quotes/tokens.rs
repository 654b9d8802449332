//! A passage as streams of words: the text around its quotations, and the text inside each, with a hole wherever a
//! quotation stands.
//!
//! Invariant: each word of the passage is in the stream of the innermost quotation around it, and streams are in
//! reading order. Time is linear in the text.

use super::lexicon::{ADVERB, Class, Lexicon, NUMBER, PEOPLE, PRONOUN};
use super::quoted::Quoted;
use crate::text::ByteSpan;
use crate::text::segment;

/// A word, a mark that parts clauses, or a quotation.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of a word, independent of the rest"
)]
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Its bytes in the passage.
    pub(super) span: ByteSpan,
    /// What it is.
    pub(super) kind: TokenKind,
    /// What the word can do.
    pub(super) class: Class,
    /// Starts with a capital.
    pub(super) is_capital: bool,
    /// A hyphen or an apostrophe joins it to the word before.
    pub(super) is_joined: bool,
    /// Ends in a possessive.
    pub(super) is_possessive: bool,
    /// First of its sentence.
    pub(super) opens_sentence: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word or a number.
    Word,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A dash.
    Dash,
    /// A bracket.
    Bracket,
    /// A quotation, by its index.
    Hole(usize),
}

impl Token {
    /// A word of any of these classes.
    pub(super) fn is(&self, class: Class) -> bool {
        self.class & class != 0
    }

    /// A word.
    pub(super) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// A quotation.
    pub(super) fn is_hole(&self) -> bool {
        matches!(self.kind, TokenKind::Hole(_))
    }
}

/// The streams of a passage: first what stands around its quotations, then the inside of each.
pub(super) fn streams(text: &str, quoted: &[Quoted], lexicon: &Lexicon) -> Vec<Vec<Token>> {
    let mut reader = Reader {
        text,
        quoted,
        lexicon,
        starts: segment::sentences(text)
            .into_iter()
            .map(|sentence| sentence.start)
            .collect(),
        passed: 0,
        streams: vec![Stream::default(); quoted.len() + 1],
        open: Vec::new(),
        next: 0,
        lower: String::new(),
    };
    let mut at = 0;
    for (span, word) in segment::words(text) {
        reader.gap(at, span.start as usize);
        reader.word(span, word);
        at = span.end as usize;
    }
    reader.gap(at, text.len());
    reader
        .streams
        .into_iter()
        .map(|stream| stream.tokens)
        .collect()
}

#[derive(Clone, Default)]
struct Stream {
    tokens: Vec<Token>,
    /// Sentences that had begun at its last token.
    sentences: usize,
    is_begun: bool,
}

struct Reader<'a> {
    text: &'a str,
    quoted: &'a [Quoted],
    lexicon: &'a Lexicon,
    /// Where sentences begin.
    starts: Vec<u32>,
    /// How many of them have been passed.
    passed: usize,
    streams: Vec<Stream>,
    /// The quotations around the present place, outermost first.
    open: Vec<usize>,
    /// The next quotation to be opened.
    next: usize,
    lower: String,
}

impl Reader<'_> {
    /// Enters and leaves quotations as far as a byte.
    fn move_to(&mut self, at: usize) {
        loop {
            let leaves = self
                .open
                .last()
                .filter(|open| self.quoted[**open].inside.end as usize <= at)
                .copied();
            let enters = self
                .quoted
                .get(self.next)
                .filter(|quoted| quoted.whole.start as usize <= at)
                .map(|quoted| quoted.whole.start);
            // Leaving comes first where both are due at one place.
            let leaves_first =
                |left: usize| enters.is_none_or(|start| self.quoted[left].inside.end <= start);
            if let Some(left) = leaves.filter(|left| leaves_first(*left)) {
                self.open.pop();
                let passed = self.passed_at(self.quoted[left].inside.end.saturating_sub(1));
                self.stream().sentences = passed;
            } else if enters.is_some() {
                let quoted = self.next;
                self.next += 1;
                let span = self.quoted[quoted].whole;
                self.push(span, TokenKind::Hole(quoted), 0, "");
                self.open.push(quoted);
            } else {
                return;
            }
        }
    }

    fn stream(&mut self) -> &mut Stream {
        let at = self.open.last().map_or(0, |quoted| quoted + 1);
        &mut self.streams[at]
    }

    /// How many sentences have begun at a byte; bytes are asked for in ascending order.
    fn passed_at(&mut self, at: u32) -> usize {
        while self
            .starts
            .get(self.passed)
            .is_some_and(|start| *start <= at)
        {
            self.passed += 1;
        }
        self.passed
    }

    fn push(&mut self, span: ByteSpan, kind: TokenKind, class: Class, word: &str) {
        // A mark may be taken for the end of the sentence before.
        let passed = self.passed_at(match kind {
            TokenKind::Hole(quoted) => self.quoted[quoted].inside.start,
            _ => span.start,
        });
        let may_open = matches!(kind, TokenKind::Word | TokenKind::Hole(_));
        let stream = self.stream();
        let opens_sentence = may_open && (!stream.is_begun || passed > stream.sentences);
        if may_open {
            stream.is_begun = true;
            stream.sentences = passed;
        }
        stream.tokens.push(Token {
            span,
            kind,
            class,
            is_capital: word.starts_with(char::is_uppercase),
            is_joined: false,
            is_possessive: false,
            opens_sentence,
        });
    }

    /// The characters between two words.
    fn gap(&mut self, from: usize, to: usize) {
        let Some(gap) = self.text.get(from..to) else {
            return;
        };
        for (at, c) in gap.char_indices() {
            let at = from + at;
            if c == ' ' {
                continue;
            }
            self.move_to(at);
            let kind = match c {
                ',' | '،' | '，' | '、' => TokenKind::Comma,
                ':' | '：' => TokenKind::Colon,
                ';' | '؛' | '；' => TokenKind::Semicolon,
                '—' | '–' | '―' => TokenKind::Dash,
                '-' if self.is_dash(at) => TokenKind::Dash,
                '(' | ')' | '[' | ']' | '（' | '）' => TokenKind::Bracket,
                '\'' | '’' if at == from => {
                    self.plural_possessive(from);
                    continue;
                }
                _ => continue,
            };
            self.push(ByteSpan::new(at, at + c.len_utf8()), kind, 0, "");
        }
        self.move_to(to);
    }

    /// A hyphen with spaces around it, or two of them.
    fn is_dash(&self, at: usize) -> bool {
        let before = self
            .text
            .get(..at)
            .is_some_and(|head| head.ends_with([' ', '-']));
        let after = self
            .text
            .get(at + 1..)
            .is_some_and(|rest| rest.starts_with([' ', '-']));
        before && after
    }

    /// `the walkers’ groups`: an apostrophe right after a word, which is no quotation mark.
    fn plural_possessive(&mut self, at: usize) {
        if let Some(last) = self.stream().tokens.last_mut()
            && last.is_word()
            && last.span.end as usize == at
        {
            last.is_possessive = true;
        }
    }

    fn word(&mut self, span: ByteSpan, word: &str) {
        self.move_to(span.start as usize);
        let grammar = self.lexicon.grammar;
        if grammar.elides && word.contains(['\'', '’']) {
            let mut start = span.start as usize;
            for part in word.split_inclusive(['\'', '’']) {
                let bare = part.trim_end_matches(['\'', '’']);
                self.plain(ByteSpan::new(start, start + bare.len()), bare, false);
                start += part.len();
            }
            return;
        }
        let is_joined = self.text.get(..span.start as usize).is_some_and(|head| {
            head.ends_with(['-', '\u{2010}', '\u{2011}'])
                && head.chars().nth_back(1).is_some_and(char::is_alphanumeric)
        });
        self.plain(span, word, is_joined);
    }

    fn plain(&mut self, span: ByteSpan, word: &str, is_joined: bool) {
        let bare = word.split(['\'', '’']).next().unwrap_or(word);
        // "O'Brien" is one word, "she'd" is "she".
        let bare = if bare.chars().nth(1).is_some() || self.lexicon.grammar.has_possessive_s {
            bare
        } else {
            word
        };
        self.lower.clear();
        self.lower.extend(bare.chars().flat_map(char::to_lowercase));
        let mut class = self.lexicon.class(&self.lower);
        if class == 0 && self.lexicon.grammar.has_possessive_s && is_adverb(&self.lower) {
            class |= ADVERB;
        }
        // French "félicitée" is "félicité".
        if class == 0 && self.lexicon.grammar.gendered_articles && self.lexicon.grammar.elides {
            let bare = ["ées", "ée", "és"]
                .iter()
                .find_map(|end| self.lower.strip_suffix(end));
            if let Some(bare) = bare {
                class |= self.lexicon.class(&format!("{bare}é"));
            }
        }
        // Persian: "his wife" is one word.
        if class == 0 && self.lexicon.grammar.verb_last {
            let owned = ["شان", "ش", "م"]
                .iter()
                .find_map(|own| self.lower.strip_suffix(own));
            class |= owned.map_or(0, |noun| self.lexicon.class(noun) & PEOPLE);
        }
        if bare.starts_with(|c: char| c.is_numeric()) {
            class |= NUMBER;
        }
        let ends_in_s = word.ends_with("'s") || word.ends_with("’s");
        let has_possessive =
            self.lexicon.grammar.has_possessive_s && ends_in_s && class & PRONOUN == 0;
        self.push(span, TokenKind::Word, class, word);
        if let Some(token) = self.stream().tokens.last_mut() {
            token.is_joined = is_joined;
            token.is_possessive = has_possessive;
        }
    }
}

/// An English adverb by its ending; a few nouns and adjectives have it too.
fn is_adverb(word: &str) -> bool {
    const OTHERS: &str = "family assembly ally supply reply bully monopoly anomaly elderly early daily weekly monthly friendly lonely \
        lovely ugly holy silly likely deadly lively homely belly jelly fly lily butterfly italy homily tally rally";
    word.len() > 4
        && word.ends_with("ly")
        && !OTHERS.split_ascii_whitespace().any(|other| other == word)
}

/// The sentences of a stream, as ranges of its tokens.
pub(super) fn sentences(tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.opens_sentence && at > start {
            found.push(start..at);
            start = at;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::lexicon;
    use super::super::quoted::quoted;
    use super::*;

    /// A stream as text: words by spaces, `/` before a sentence, `[0]` for a hole.
    fn shown(text: &str, language: &str) -> Vec<String> {
        let stretches = quoted(text, language);
        streams(text, &stretches, lexicon(language))
            .iter()
            .map(|tokens| {
                let token = |token: &Token| {
                    let mark = if token.opens_sentence { "/" } else { "" };
                    let possessive = if token.is_possessive { "^" } else { "" };
                    match token.kind {
                        TokenKind::Hole(at) => format!("{mark}[{at}]"),
                        _ => format!("{mark}{}{possessive}", token.span.of(text)),
                    }
                };
                tokens.iter().map(token).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn quotations_are_holes_in_the_text_around_them() {
        assert_eq!(
            shown(
                "Mr. Pell rose. “Go. ‘Now,’ I say,” he said. “Stay.” Then he left.",
                "en"
            ),
            [
                "/Mr Pell rose /[0] he said /[2] /Then he left",
                "/Go /[1] I say ,",
                "/Now ,",
                "/Stay"
            ]
        );
    }

    #[test]
    fn possessives_are_known_from_short_forms() {
        assert_eq!(
            shown("She’s Okello’s aunt; the walkers’ friend.", "en"),
            ["/She’s Okello’s^ aunt ; the walkers^ friend"]
        );
    }

    #[test]
    fn french_apostrophes_part_words() {
        assert_eq!(
            shown("« Oui », s’amuse-t-elle.", "fr"),
            ["/[0] , s amuse t elle", "/Oui"]
        );
    }
}
