//! Wrapping as a pure function: a passage's text and a width give rows of byte spans (UAX #14).
//!
//! Invariant: rows are in order and do not overlap; what is between two rows is white space at a break or a line
//! end. No state is kept between calls; the time is linear in the text, whatever is in it.
//!
//! - Break opportunities are those of UAX #14 as `icu_segmenter` has them (its rules are those of Unicode 15.1), in
//!   Thai, Lao, Khmer and Burmese those of its dictionaries (LB1), but never inside a grapheme.
//! - `\n`, `\r\n`, `\r`, VT, FF, NEL, `U+2028` and `U+2029` end a row (UAX #14: BK, CR, LF, NL). They are white
//!   space at a line end: in no row, and never drawn. A line end at the end of the text opens no further row.
//! - White space at a break hangs: it belongs to no row and has no width. So does that before a line end. No-break spaces
//!   are text. White space that opens a line is indentation and stays.
//! - A word too wide for a row starts on a new row and is broken at graphemes.
//! - A row that ends at a soft hyphen keeps it in its span, is drawn with a `-`, and has its cell counted.
//! - With hyphenation, a word that has no room is divided where its language lets it be, if a part of the row worth it would stay
//!   empty otherwise, or if it has no room on any row. Such a row is drawn with a `-` too.
//! - A tab goes to the next multiple of [`TAB_STOP_CELLS`] from the row's start.

use super::hyphenation::Hyphenation;
use super::{ByteSpan, safe, segment, width};
use icu_segmenter::iterators::LineBreakIterator;
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::scaffold::Utf8;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use std::sync::OnceLock;

/// Cells from one tab stop to the next.
pub const TAB_STOP_CELLS: usize = 4;

/// One row of a wrapped passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bytes drawn on this row, without the white space at which it was broken.
    pub span: ByteSpan,
    /// Cells it takes, the hyphen included; never more than the width asked for (unless one grapheme is wider).
    pub width_cells: u16,
    /// A soft hyphen, or a word that goes on, ends the row: a `-` is drawn behind it.
    pub hyphen: bool,
    /// Cells to be put between its words, so that it is as wide as the others; see [`spread`].
    pub spread_cells: u16,
}

/// How rows are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Divides words.
    pub hyphenation: Option<Hyphenation>,
    /// Makes rows as wide as the text, but for the last of a line.
    pub is_justified: bool,
}

/// A row may be that much narrower than the text, as a part of it, before a word is divided to fill it.
const LEFT_EMPTY: usize = 8;
/// Cells between two words, besides the space, from which on a row looks worse justified than not.
const WIDEST_GAP: usize = 2;

/// Rows of `text` at `width_cells` (at least 1). Every byte that is not white space at a break or a line end is in
/// exactly one row; an empty text gives one empty row.
pub fn wrap(text: &str, width_cells: u16) -> Vec<Row> {
    wrap_set(text, width_cells, Setting::default())
}

/// As [`wrap`], in a setting.
pub fn wrap_set(text: &str, width_cells: u16, setting: Setting) -> Vec<Row> {
    let mut rows = broken(text, width_cells, setting.hyphenation);
    if setting.is_justified {
        justify(text, width_cells, &mut rows);
    }
    rows
}

/// How many cells of [`Row::spread_cells`] stand behind each of the spaces of a row, in the order in which they are drawn.
pub fn spread(row: Row, spaces: usize) -> impl Iterator<Item = u16> {
    let (cells, spaces) = (usize::from(row.spread_cells), spaces.max(1));
    // The wider gaps are told evenly over the row.
    (0..spaces).map(move |at| ((at + 1) * cells / spaces - at * cells / spaces) as u16)
}

/// Spreads the rows that another one follows on the same line of the text.
fn justify(text: &str, width_cells: u16, rows: &mut [Row]) {
    for at in 1..rows.len() {
        let next = rows[at].span.start as usize;
        let row = &mut rows[at - 1];
        let between = text.get(row.span.end as usize..next).unwrap_or_default();
        let spaces = row.span.of(text).matches(' ').count();
        let empty = usize::from(width_cells.saturating_sub(row.width_cells));
        if !between
            .chars()
            .any(|c| ends_line(c.encode_utf8(&mut [0; 4])))
            && empty <= spaces * WIDEST_GAP
        {
            row.spread_cells = empty as u16;
        }
    }
}

fn broken(text: &str, width_cells: u16, hyphenation: Option<Hyphenation>) -> Vec<Row> {
    let mut filling = Filling {
        text,
        limit: usize::from(width_cells.max(1)),
        hyphenation,
        rows: Vec::new(),
        row: Stretch::default(),
        cut: None,
    };
    let mut word = Stretch::default();
    let mut opportunities = break_opportunities(text);
    while let Some((end, plain)) = opportunities.next_word() {
        if let Some(plain) = plain.filter(|plain| plain.start == word.start) {
            filling.place(plain);
            word = Stretch::at(end);
            continue;
        }
        word.measure(text, end, filling.row.total);
        // An opportunity inside a grapheme (between a space and a mark on it) is none.
        if word.end == end {
            filling.place(word);
            word = Stretch::at(end);
        }
    }
    filling.finish()
}

/// Cells a tab takes at `column` (cells from the row's start).
pub fn tab_cells(column: usize) -> usize {
    TAB_STOP_CELLS - column % TAB_STOP_CELLS
}

/// Where UAX #14 lets a line end, in bytes, in order; the end of the text is the last. Mandatory breaks are not told apart:
/// see [`ends_line`].
pub fn break_opportunities(text: &str) -> BreakOpportunities<'_> {
    BreakOpportunities {
        text,
        at: 0,
        rules: None,
    }
}

/// The line before this break ends here whatever its width.
pub fn ends_line(before_break: &str) -> bool {
    before_break.ends_with([
        '\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}',
    ])
}

/// See [`break_opportunities`].
///
/// Plain words (letters, digits, closing punctuation, then spaces) are found by a scan, many times as fast as the rules;
/// the rules run on what stands between. The two agree: before a letter, a digit, an opening quotation
/// mark or a dash after a space there is an opportunity unless an opening bracket or quotation mark stands
/// before the space, which no plain word ends with, and no rule looks back past such a place. A test holds one against
/// the other.
#[derive(Debug)]
pub struct BreakOpportunities<'t> {
    text: &'t str,
    at: usize,
    /// The rules at work, and where their text starts.
    rules: Option<(usize, LineBreakIterator<'static, 't, Utf8>)>,
}

impl BreakOpportunities<'_> {
    /// The next opportunity, and the word before it where it is a plain one.
    fn next_word(&mut self) -> Option<(usize, Option<Stretch>)> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        if self.rules.is_none() {
            if let Some(word) = plain_word(bytes, self.at) {
                self.at = word.end;
                return Some((word.end, Some(word)));
            }
            let mut rules = rules_of_uax_14().segment_str(self.text.get(self.at..)?);
            rules.next(); // The start of the text, which is no opportunity.
            self.rules = Some((self.at, rules));
        }
        let (base, rules) = self.rules.as_mut()?;
        self.at = *base + rules.next()?;
        let before = bytes.get(self.at - 1);
        if matches!(before, Some(b' ' | b'\n')) && plain_word(bytes, self.at).is_some() {
            self.rules = None;
        }
        Some((self.at, None))
    }
}

impl Iterator for BreakOpportunities<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        self.next_word().map(|(end, _)| end)
    }
}

/// The rules, and the dictionaries that find words in Thai, Lao, Khmer and Burmese.
fn rules_of_uax_14() -> LineSegmenterBorrowed<'static> {
    static RULES: OnceLock<LineSegmenterBorrowed<'static>> = OnceLock::new();
    *RULES.get_or_init(|| LineSegmenter::new_dictionary(LineBreakOptions::default()))
}

/// What a character is to a plain word. All but the last take one cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit of Latin script.
    Letter,
    /// A quotation mark that may also be an apostrophe, or stand before or after a word.
    Quote,
    /// A quotation mark that opens.
    Opening,
    /// Punctuation that never starts a row.
    Closing,
    Dash,
    Space,
    Other,
}

impl Class {
    const fn of_byte(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Self::Letter,
            b' ' => Self::Space,
            b'\'' | b'"' => Self::Quote,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'}' => Self::Closing,
            _ => Self::Other,
        }
    }

    /// The classes that may follow in one word, a bit each. [`Class::Other`] stands for the word's start.
    const fn followers(self) -> u8 {
        const fn bits(classes: &[Class]) -> u8 {
            match classes {
                [] => 0,
                [first, rest @ ..] => 1 << *first as u8 | bits(rest),
            }
        }
        use Class::{Closing, Dash, Letter, Opening, Quote, Space};
        match self {
            Self::Letter | Self::Quote => bits(&[Letter, Quote, Closing, Space]),
            Self::Opening => bits(&[Letter, Quote]),
            Self::Closing => bits(&[Quote, Closing, Space]),
            Self::Dash | Self::Space => bits(&[Space]),
            Self::Other => bits(&[Letter, Opening, Dash]),
        }
    }
}

/// The class of the character at `at`, and its bytes.
#[inline]
fn class(bytes: &[u8], at: usize) -> (Class, usize) {
    const BY_BYTE: [Class; 256] = {
        let mut classes = [Class::Other; 256];
        let mut byte: u8 = 0;
        while byte < 0x80 {
            classes[byte as usize] = Class::of_byte(byte);
            byte += 1;
        }
        classes
    };
    match bytes.get(at) {
        Some(&byte) if byte < 0x80 => (BY_BYTE[byte as usize], 1),
        Some(_) => class_beyond_ascii(&bytes[at..]),
        None => (Class::Other, 0),
    }
}

fn class_beyond_ascii(bytes: &[u8]) -> (Class, usize) {
    match bytes {
        [0xC3, 0x97 | 0xB7, ..] => (Class::Other, 2),
        // U+00C0 to U+017F but the two operators: all of line breaking class AL.
        [0xC3..=0xC5, ..] => (Class::Letter, 2),
        [0xE2, 0x80, 0x93 | 0x94, ..] => (Class::Dash, 3),
        [0xE2, 0x80, 0x98 | 0x9C, ..] => (Class::Opening, 3),
        [0xE2, 0x80, 0x99 | 0x9D, ..] => (Class::Quote, 3),
        _ => (Class::Other, 1),
    }
}

/// The plain word that starts at `at`, its spaces included, where an opportunity is certain after it.
fn plain_word(bytes: &[u8], at: usize) -> Option<Stretch> {
    if !starts_word(bytes, at) {
        return None;
    }
    let mut word = Stretch::at(at);
    let mut last = Class::Other;
    loop {
        let (now, size) = class(bytes, word.end);
        if last.followers() >> now as u8 & 1 == 0 {
            break;
        }
        word.end += size;
        word.total += 1;
        if now != Class::Space {
            (word.seen_end, word.seen) = (word.end, word.total);
        }
        last = now;
    }
    let is_dash = |at| class(bytes, at).0 == Class::Dash;
    let is_certain = word.end == bytes.len()
        || (last == Class::Space
            && starts_word(bytes, word.end)
            // Two em dashes hold together whatever spaces are between (LB17).
            && !(is_dash(at) && is_dash(word.end)));
    is_certain.then_some(word)
}

/// A plain word may start here: if a space stands before, there is an opportunity between the two.
fn starts_word(bytes: &[u8], at: usize) -> bool {
    let (first, size) = class(bytes, at);
    match first {
        Class::Letter => true,
        Class::Opening => class(bytes, at + size).0 == Class::Letter,
        Class::Dash => class(bytes, at + size).0 == Class::Space,
        Class::Quote | Class::Closing | Class::Space | Class::Other => false,
    }
}

/// A measured part of the text: a word, or a row as far as it is filled.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    start: usize,
    end: usize,
    /// End of what does not hang.
    seen_end: usize,
    /// Cells up to there.
    seen: usize,
    /// Cells up to the end.
    total: usize,
    /// Its width depends on the column at which it starts.
    has_tab: bool,
}

impl Stretch {
    fn at(start: usize) -> Self {
        Self {
            start,
            end: start,
            seen_end: start,
            ..Self::default()
        }
    }

    /// Goes on to `end`, or past it where a grapheme reaches over it. `column` is where the stretch starts.
    fn measure(&mut self, text: &str, end: usize, column: usize) {
        let Some(part) = text.get(self.end..end).filter(|part| !part.is_empty()) else {
            return; // A grapheme has reached over this end already.
        };
        let before_ascii = text.as_bytes().get(end).is_none_or(u8::is_ascii);
        if before_ascii && safe::is_printable_ascii(part.as_bytes()) {
            let kept = part.trim_end_matches(' ').len();
            if kept > 0 {
                self.seen_end = self.end + kept;
                self.seen = self.total + kept;
            }
            self.total += part.len();
            self.end = end;
            return;
        }
        while self.end < end
            && let Some(piece) = text.get(self.end..).and_then(segment::first_grapheme)
        {
            self.add(piece, column);
        }
    }

    fn add(&mut self, piece: &str, column: usize) {
        self.end += piece.len();
        self.has_tab |= piece == "\t";
        self.total += cells(piece, column + self.total);
        if !hangs(piece) {
            (self.seen_end, self.seen) = (self.end, self.total);
        }
    }

    fn append(&mut self, word: Self) {
        if word.seen_end > word.start {
            self.seen_end = word.seen_end;
            self.seen = self.total + word.seen;
        }
        self.total += word.total;
        self.end = word.end;
        self.has_tab |= word.has_tab;
    }
}

/// Cells of one grapheme of the text at a column.
fn cells(piece: &str, column: usize) -> usize {
    if piece == "\t" {
        tab_cells(column)
    } else {
        usize::from(width::grapheme(&safe::grapheme(piece)))
    }
}

/// White space at which a row may end, and which then takes no cells.
fn hangs(piece: &str) -> bool {
    matches!(
        piece,
        " " | "\t"
            | "\n"
            | "\r\n"
            | "\r"
            | "\u{B}"
            | "\u{C}"
            | "\u{85}"
            | "\u{1680}"
            | "\u{2000}"
            | "\u{2001}"
            | "\u{2002}"
            | "\u{2003}"
            | "\u{2004}"
            | "\u{2005}"
            | "\u{2006}"
            | "\u{2008}"
            | "\u{2009}"
            | "\u{200A}"
            | "\u{2028}"
            | "\u{2029}"
            | "\u{205F}"
            | "\u{3000}"
    )
}

/// A place where the row being filled could end.
#[derive(Clone, Copy)]
struct Cut {
    row: Stretch,
    hyphen: bool,
}

/// Rows as far as they are known, and the one being filled.
struct Filling<'t> {
    text: &'t str,
    limit: usize,
    hyphenation: Option<Hyphenation>,
    rows: Vec<Row>,
    row: Stretch,
    /// The last place at which the row can end; none where nothing of it can.
    cut: Option<Cut>,
}

impl Filling<'_> {
    fn place(&mut self, mut word: Stretch) {
        let sees = word.seen_end > word.start; // White space never overflows a row: it hangs.
        while sees && self.row.total + word.seen > self.limit {
            if let Some(rest) = self.divided(word) {
                word = rest;
                continue;
            }
            let Some(cut) = self.cut.take() else {
                break;
            };
            self.emit(cut.row, cut.hyphen);
            // What stood between the cut and this word moves down with it, and can now be cut behind.
            self.row = Stretch::at(cut.row.end);
            if self.row.end < word.start {
                self.row.measure(self.text, word.start, 0);
                self.note_cut();
            }
            if word.has_tab {
                let end = word.end;
                word = Stretch::at(word.start);
                word.measure(self.text, end, self.row.total);
            }
        }
        if sees && self.row.total + word.seen > self.limit {
            self.break_anywhere(word.end);
        } else {
            self.row.append(word);
        }
        self.note_cut();
    }

    /// Puts as much of a word into the row as there is room for, where its language lets it be divided there; what is left of it.
    fn divided(&mut self, word: Stretch) -> Option<Stretch> {
        let hyphenation = self.hyphenation?;
        let is_whole_row = self.row.end == self.row.start;
        let may_end = self.cut.is_some_and(|cut| cut.row.end == word.start);
        let empty = self.limit.saturating_sub(self.row.seen);
        let is_worth_it = is_whole_row || (may_end && empty * LEFT_EMPTY > self.limit);
        if word.has_tab || self.row.end != word.start || !is_worth_it {
            return None;
        }
        let letters = self.text.get(word.start..word.seen_end)?;
        // A cell is kept for the hyphen.
        let room = self.limit.checked_sub(self.row.total + 1)?;
        let head = hyphenation
            .points(letters)
            .into_iter()
            .rev()
            .find_map(|point| {
                let mut head = Stretch::at(word.start);
                head.measure(self.text, word.start + point, self.row.total);
                (head.end == word.start + point && head.total <= room).then_some(head)
            })?;
        self.row.append(head);
        self.emit(self.row, true);
        self.row = Stretch::at(head.end);
        self.cut = None;
        let mut rest = Stretch::at(head.end);
        rest.measure(self.text, word.end, 0);
        Some(rest)
    }

    /// The row can end where it ends now, unless there is no cell for the hyphen.
    fn note_cut(&mut self) {
        let row = self.row;
        if self.text.as_bytes().get(row.end.wrapping_sub(1)) == Some(&b' ') {
            self.cut = Some(Cut { row, hyphen: false }); // By far the most common end.
            return;
        }
        let before = self.text.get(row.start..row.end).unwrap_or_default();
        if ends_line(before) {
            self.emit(row, false);
            self.row = Stretch::at(row.end);
            self.cut = None;
            return;
        }
        let hyphen = row.end < self.text.len() && before.ends_with('\u{AD}');
        if !hyphen || row.total < self.limit {
            self.cut = Some(Cut { row, hyphen });
        }
    }

    /// Breaks what is in the row and what follows up to `end` between graphemes.
    fn break_anywhere(&mut self, end: usize) {
        let mut row = Stretch::at(self.row.start);
        let stretch = self.text.get(row.start..end).unwrap_or_default();
        for (_, piece) in segment::graphemes(stretch) {
            let full = row.total + cells(piece, row.total) > self.limit;
            if full && row.total > 0 && !hangs(piece) {
                self.emit(row, false);
                row = Stretch::at(row.end);
            }
            row.add(piece, 0);
        }
        self.row = row;
    }

    fn emit(&mut self, row: Stretch, hyphen: bool) {
        self.rows.push(Row {
            span: ByteSpan::new(row.start, row.seen_end),
            width_cells: u16::try_from(row.seen + usize::from(hyphen)).unwrap_or(u16::MAX),
            hyphen,
            spread_cells: 0,
        });
    }

    fn finish(mut self) -> Vec<Row> {
        if self.row.start < self.text.len() || self.rows.is_empty() {
            self.emit(self.row, false);
        }
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width_cells: u16) -> Vec<String> {
        wrap(text, width_cells)
            .iter()
            .map(|row| row.span.of(text).to_owned() + if row.hyphen { "-" } else { "" })
            .collect()
    }

    #[test]
    fn words_fill_a_row_and_the_space_at_its_end_hangs() {
        assert_eq!(rows("one two  three", 7), ["one two", "three"]);
        assert_eq!(rows("one two  ", 7), ["one two"]);
        assert_eq!(wrap("one two  three", 7)[0].width_cells, 7);
    }

    #[test]
    fn an_empty_text_is_one_empty_row() {
        assert_eq!(rows("", 10), [""]);
        assert_eq!(rows(" ", 10), [""]);
    }

    #[test]
    fn every_kind_of_line_end_ends_a_row_and_the_last_opens_none() {
        assert_eq!(
            rows("a\nb\r\nc\rd\u{85}e\u{2028}f\u{2029}g\u{B}h\u{C}i\n", 10),
            ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
        );
        assert_eq!(rows("a\n\nb", 10), ["a", "", "b"]);
        assert_eq!(rows("\n", 10), [""]);
    }

    #[test]
    fn a_word_too_long_is_broken_at_graphemes_on_a_row_of_its_own() {
        assert_eq!(rows("go abcdefgh on", 5), ["go", "abcde", "fgh", "on"]);
        assert_eq!(
            rows("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
        assert_eq!(rows("👩‍👩‍👧👩‍👩‍👧", 1), ["👩‍👩‍👧", "👩‍👩‍👧"]);
    }

    #[test]
    fn an_address_breaks_after_a_slash_first() {
        assert_eq!(
            rows("https://example.org/news/2026/article", 24),
            ["https://example.org/", "news/2026/article"]
        );
    }

    #[test]
    fn a_soft_hyphen_is_drawn_where_the_row_ends_with_it_and_counts_a_cell() {
        assert_eq!(
            rows("un\u{AD}break\u{AD}able", 8),
            ["un\u{AD}break\u{AD}-", "able"]
        );
        assert_eq!(wrap("un\u{AD}break\u{AD}able", 8)[0].width_cells, 8);
        // One cell less, and there is no room for the hyphen of the second.
        assert_eq!(
            rows("un\u{AD}break\u{AD}able", 7),
            ["un\u{AD}-", "break\u{AD}-", "able"]
        );
        assert_eq!(rows("able\u{AD}", 9), ["able\u{AD}"]);
    }

    #[test]
    fn no_break_spaces_hold_words_together() {
        assert_eq!(rows("at 10\u{A0}km", 6), ["at", "10\u{A0}km"]);
        assert_eq!(
            rows("to word\u{2060}word", 7),
            ["to", "word\u{2060}wo", "rd"]
        );
    }

    #[test]
    fn ideographs_break_anywhere_but_before_closing_punctuation() {
        assert_eq!(rows("日本語。中文", 6), ["日本", "語。中", "文"]);
        assert_eq!(wrap("日本語。中文", 7)[0].width_cells, 4);
    }

    #[test]
    fn scripts_without_spaces_break_between_words() {
        assert_eq!(rows("ภาษาไทยเขียนติดกัน", 5), ["ภาษา", "ไทย", "เขียน", "ติดกัน"]);
    }

    #[test]
    fn rows_break_at_em_dashes() {
        assert_eq!(rows("yesterday—today", 10), ["yesterday—", "today"]);
        assert_eq!(rows("he — then", 4), ["he —", "then"]);
    }

    #[test]
    fn tabs_reach_to_the_next_stop_of_their_row() {
        assert_eq!(wrap("a\tb", 20)[0].width_cells, 5);
        assert_eq!(wrap("abcd\tb", 20)[0].width_cells, 9);
        // On its new row the word starts at another stop.
        let moved = wrap("ab cd\tx", 7);
        assert_eq!(moved[0].width_cells, 5);
        assert_eq!(rows("ab cd\tx", 7), ["ab cd", "x"]);
    }

    #[test]
    fn white_space_never_opens_a_row_but_the_first_of_its_line() {
        assert_eq!(rows("ab      \t\t cd", 5), ["ab", "cd"]);
        assert_eq!(rows("  ab cd", 5), ["  ab", "cd"]);
    }

    #[test]
    fn a_mark_on_a_space_is_not_torn_off() {
        assert_eq!(rows("a \u{301}b", 2), ["a \u{301}", "b"]);
        assert_eq!(rows("ab \u{301}", 2), ["ab", " \u{301}"]);
    }

    #[test]
    fn plain_words_are_where_the_rules_have_them() {
        let plain: Vec<usize> =
            break_opportunities("He said: “Don’t go (now).” — “Why?”").collect();
        let rules: Vec<usize> = rules_of_uax_14()
            .segment_str("He said: “Don’t go (now).” — “Why?”")
            .skip(1)
            .collect();
        assert_eq!(plain, rules);
    }

    fn set(text: &str, width_cells: u16, language: &str, is_justified: bool) -> Vec<String> {
        let setting = Setting {
            hyphenation: Hyphenation::of(language),
            is_justified,
        };
        let rows = wrap_set(text, width_cells, setting).into_iter();
        let shown = rows.map(|row| {
            let mut gaps = spread(row, row.span.of(text).matches(' ').count());
            let mut shown = String::new();
            for c in row.span.of(text).chars() {
                shown.push(c);
                let gap = if c == ' ' { gaps.next() } else { None };
                shown.extend(std::iter::repeat_n(' ', usize::from(gap.unwrap_or(0))));
            }
            if row.hyphen {
                shown.push('-');
            }
            shown
        });
        shown.collect()
    }

    const TEXT: &str = "The spokeswoman announced international negotiations. Nobody came.";

    #[test]
    fn a_word_is_divided_where_much_of_the_row_would_stay_empty() {
        assert_eq!(
            set(TEXT, 20, "en", false),
            [
                "The spokeswoman an-",
                "nounced interna-",
                "tional negotiations.",
                "Nobody came."
            ]
        );
        // One that has no room on any row is divided as its language wants.
        assert_eq!(
            set("Donaudampfschifffahrt", 12, "de", false),
            ["Donaudampf-", "schifffahrt"]
        );
        assert_eq!(set(TEXT, 20, "", false)[0], "The spokeswoman");
    }

    #[test]
    fn rows_are_made_as_wide_as_the_text_but_for_the_last_of_a_line_and_those_with_too_little() {
        let rows = set(
            "one two three four five six seven\neight nine",
            12,
            "",
            true,
        );
        assert_eq!(
            rows,
            ["one two", "three   four", "five six", "seven", "eight nine"]
        );
    }
}
