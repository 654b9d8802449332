//! Wrapping as a pure function: a passage's text and a width give rows of byte spans (UAX #14).
//!
//! Invariant: rows are in order and do not overlap; what is between two rows is white space at a break or a line
//! end. No state is kept between calls; the time is linear in the text, whatever is in it.
//!
//! - Break opportunities are those of UAX #14 as `icu_segmenter` has them (its rules are those of Unicode 15.1; without
//!   dictionaries, so that Thai, Lao, Khmer and Burmese break at spaces and zero-width spaces only), but never
//!   inside a grapheme.
//! - `\n`, `\r\n`, `\r`, VT, FF, NEL, `U+2028` and `U+2029` end a row (UAX #14: BK, CR, LF, NL). They are white
//!   space at a line end: in no row, and never drawn. A line end at the end of the text opens no further row.
//! - White space at a break hangs: it belongs to no row and has no width. So does that before a line end. No-break spaces
//!   are text. White space that opens a line is indentation and stays.
//! - A word too wide for a row starts on a new row and is broken at graphemes.
//! - A row that ends at a soft hyphen keeps it in its span, is drawn with a `-`, and has its cell counted.
//! - A tab goes to the next multiple of [`TAB_STOP_CELLS`] from the row's start.

use super::{ByteSpan, safe, width};
use icu_segmenter::iterators::LineBreakIterator;
use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::scaffold::Utf8;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation;

/// Cells from one tab stop to the next.
pub const TAB_STOP_CELLS: usize = 4;

/// One row of a wrapped passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The bytes drawn on this row, without the white space at which it was broken.
    pub span: ByteSpan,
    /// Cells it takes, the hyphen included; never more than the width asked for (unless one grapheme is wider).
    pub width_cells: u16,
    /// A soft hyphen ends the row and is drawn as `-`.
    pub hyphen: bool,
}

/// Rows of `text` at `width_cells` (at least 1). Every byte that is not white space at a break or a line end is in
/// exactly one row; an empty text gives one empty row.
pub fn wrap(text: &str, width_cells: u16) -> Vec<Row> {
    let mut filling = Filling {
        text,
        limit: usize::from(width_cells.max(1)),
        rows: Vec::new(),
        row: Stretch::default(),
        cut: None,
    };
    let mut word = Stretch::default();
    for end in break_opportunities(text) {
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
/// Plain words (ASCII letters and digits, then closing punctuation, then spaces) are found by a scan, about ten times
/// as fast as the rules; the rules run on what stands between. The two agree: before an ASCII letter or digit after a space
/// there is an opportunity unless an opening bracket or quotation mark stands before the space, none of which
/// a plain word has, and no rule looks back past such a place. A test holds one against the other.
#[derive(Debug)]
pub struct BreakOpportunities<'t> {
    text: &'t str,
    at: usize,
    /// The rules at work, and where their text starts.
    rules: Option<(usize, LineBreakIterator<'static, 't, Utf8>)>,
}

impl Iterator for BreakOpportunities<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        const RULES: LineSegmenterBorrowed<'static> =
            LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        if self.rules.is_none() {
            if let Some(end) = plain_word(bytes, self.at) {
                self.at = end;
                return Some(end);
            }
            let mut rules = RULES.segment_str(self.text.get(self.at..)?);
            rules.next(); // The start of the text, which is no opportunity.
            self.rules = Some((self.at, rules));
        }
        let (base, rules) = self.rules.as_mut()?;
        self.at = *base + rules.next()?;
        if starts_afresh(bytes, self.at) && plain_word(bytes, self.at).is_some() {
            self.rules = None;
        }
        Some(self.at)
    }
}

/// No rule looks from the right of this break to its left.
fn starts_afresh(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    matches!(before, Some(b' ' | b'\n')) && bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
}

/// The end of the plain word that starts at `at`, its spaces included, where an opportunity is certain.
fn plain_word(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let run = |from: usize, of: fn(u8) -> bool| {
        rest.get(from..).map_or(from, |tail| {
            from + tail
                .iter()
                .position(|&byte| !of(byte))
                .unwrap_or(tail.len())
        })
    };
    let mut letters = run(0, |byte| byte.is_ascii_alphanumeric());
    if letters == 0 {
        return None;
    }
    if rest.get(letters) == Some(&b'\'') {
        letters = run(letters + 1, |byte| byte.is_ascii_alphanumeric());
    }
    let closed = run(letters, |byte| {
        matches!(
            byte,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'"' | b'\'' | b')' | b']' | b'}'
        )
    });
    let end = run(closed, |byte| byte == b' ');
    match rest.get(end) {
        None => Some(bytes.len()),
        Some(next) if end > closed && next.is_ascii_alphanumeric() => Some(at + end),
        Some(_) => None,
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
        let rest = text.get(self.end..).unwrap_or_default();
        for piece in rest.graphemes(true) {
            self.add(piece, column);
            if self.end >= end {
                break;
            }
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
    rows: Vec<Row>,
    row: Stretch,
    /// The last place at which the row can end; none where nothing of it can.
    cut: Option<Cut>,
}

impl Filling<'_> {
    fn place(&mut self, mut word: Stretch) {
        let sees = word.seen_end > word.start; // White space never overflows a row: it hangs.
        if sees
            && self.row.total + word.seen > self.limit
            && let Some(cut) = self.cut.take()
        {
            self.emit(cut.row, cut.hyphen);
            // What stood between the cut and this word moves down with it.
            self.row = Stretch::at(cut.row.end);
            self.row.measure(self.text, word.start, 0);
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

    /// The row can end where it ends now, unless there is no cell for the hyphen.
    fn note_cut(&mut self) {
        let row = self.row;
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
        for piece in stretch.graphemes(true) {
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
        });
    }

    fn finish(mut self) -> Vec<Row> {
        if self.row.start < self.text.len() || self.rows.is_empty() {
            self.emit(self.row, false);
        }
        self.rows
    }
}
