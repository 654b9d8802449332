//! The lines of a PDF, each with its place on the page, as the reader of PDFs finds them.
//!
//! Invariant: nothing is judged here. This is the part that runs in a process of its own: PDFs are programs of a sort, and what a hostile one
//! costs is not bounded by its length.

use crate::import::guard;
use serde::{Deserialize, Serialize};
use unpdf::ErrorKind;
use unpdf::parser::backend::{PdfBackend as _, RawBackend};
use unpdf::parser::{LayoutAnalyzer, TextLine, TextSpan};

/// Pages of a PDF.
const MAX_PAGES: u32 = 5_000;
/// Pieces of lines of a PDF.
const MAX_PIECES: usize = 1_000_000;
/// Bytes of a statement of the metadata that are kept.
const MAX_STATEMENT: usize = 1_000;
/// The part of the type size by which baselines of one line may differ: an exponent stands a third higher.
const BASELINE: f32 = 0.4;
/// The gap, in type sizes, that divides a line: no justified word space is as wide, no gutter as narrow.
const GUTTER: f32 = 1.1;

/// A PDF's lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheets {
    /// As stated in its metadata.
    pub title: Option<String>,
    /// As stated in its metadata.
    pub author: Option<String>,
    /// The day it was made, `YYYYMMDD`.
    pub created: Option<String>,
    /// Its pages.
    pub pages: Vec<Sheet>,
    /// Pages that could not be read, or not all of them.
    pub damaged: u32,
    /// Pages that show pictures and no text.
    pub pictures: u32,
    /// Pages left out because there were too many.
    pub beyond: u32,
}

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// In points.
    pub height: f32,
    /// From top to bottom, then from left to right.
    pub pieces: Vec<Piece>,
    /// Text that is set sideways.
    pub sideways: Vec<String>,
}

/// A line, or what stands of it in one column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// The line it is part of, from the top.
    pub line: u32,
    /// Its left end, in points.
    pub x: f32,
    /// Its right end.
    pub right: f32,
    /// Its baseline, from the foot of the page.
    pub y: f32,
    /// Size of its type.
    pub size: f32,
    /// All of it is bold.
    pub bold: bool,
}

/// Why a PDF gave no lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It needs a password.
    Protected,
    /// It is no whole PDF.
    Damaged,
    /// It has no text, only pictures.
    Pictures,
    /// It has no text at all.
    Blank,
    /// It took too long.
    Slow,
    /// It took too much memory, or the reader of PDFs failed on it.
    Failed,
}

impl Fault {
    /// In words.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Protected => "it is protected by a password",
            Self::Damaged => "it is damaged or cut short",
            Self::Pictures => {
                "its pages are pictures without text (a scan); put a text layer into it with a program for recognising text"
            }
            Self::Blank => "there is no text in it",
            Self::Slow => "reading it took longer than a minute",
            Self::Failed => "reading it failed, or took too much memory",
        }
    }
}

/// Reads the lines of a PDF. What it costs is not bounded: call it in a process that is.
pub fn read(bytes: &[u8]) -> Result<Sheets, Fault> {
    guard::call(|| lines(bytes)).unwrap_or(Err(Fault::Failed))
}

fn lines(bytes: &[u8]) -> Result<Sheets, Fault> {
    let backend = RawBackend::load_bytes(bytes).map_err(|error| match error.kind() {
        ErrorKind::Encrypted | ErrorKind::InvalidPassword => Fault::Protected,
        _ => Fault::Damaged,
    })?;
    let stated = backend.metadata();
    let statement = |text: Option<String>| {
        let text = text?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        (!text.is_empty() && text.len() <= MAX_STATEMENT).then_some(text)
    };
    let created = stated.creation_date.map(|date| {
        let digits = date.trim_start_matches("D:").chars();
        digits.take_while(char::is_ascii_digit).take(8).collect()
    });
    let mut sheets = Sheets {
        title: statement(stated.title),
        author: statement(stated.author),
        created,
        ..Sheets::default()
    };
    let pages: Vec<u32> = backend.pages().keys().copied().collect();
    let mut left = MAX_PIECES;
    for (at, number) in pages.iter().enumerate() {
        if at as u32 >= MAX_PAGES || left == 0 {
            sheets.beyond = (pages.len() - at) as u32;
            break;
        }
        let page = guard::call(|| page(&backend, *number)).flatten();
        let Some((mut sheet, is_picture, is_whole)) = page else {
            sheets.damaged += 1;
            continue;
        };
        sheets.damaged += u32::from(!is_whole);
        sheets.pictures += u32::from(is_picture && sheet.pieces.is_empty());
        sheet.pieces.truncate(left);
        left -= sheet.pieces.len();
        sheets.pages.push(sheet);
    }
    let is_blank = sheets
        .pages
        .iter()
        .all(|page| page.pieces.is_empty() && page.sideways.is_empty());
    match is_blank {
        false => Ok(sheets),
        true if sheets.pictures > 0 => Err(Fault::Pictures),
        true if sheets.damaged > 0 || pages.is_empty() => Err(Fault::Damaged),
        true => Err(Fault::Blank),
    }
}

/// A page; whether pictures are on it; whether all of it could be read.
fn page(backend: &RawBackend, number: u32) -> Option<(Sheet, bool, bool)> {
    let analyzer = LayoutAnalyzer::new(backend);
    let spans = analyzer.extract_page_spans(number).ok()?;
    let is_whole = analyzer.undecodable_content_streams() == 0;
    let is_picture = analyzer.page_op_counts().image > 0;
    let id = backend.pages().get(&number).copied()?;
    let mut sheet = Sheet {
        height: backend.crop_box(id).height(),
        ..Sheet::default()
    };
    let (turned, mut upright): (Vec<TextSpan>, Vec<TextSpan>) = spans
        .into_iter()
        .filter(|span| {
            [span.x, span.y, span.width, span.font_size]
                .iter()
                .all(|value| value.is_finite())
        })
        .partition(TextSpan::is_rotated);
    sheet.sideways = turned
        .iter()
        .map(|span| span.text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    upright.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut line: Vec<TextSpan> = Vec::new();
    let mut number = 0;
    for span in upright {
        let begins = line
            .first()
            .is_some_and(|first| first.y - span.y > BASELINE * first.font_size.max(span.font_size));
        if begins {
            cut(std::mem::take(&mut line), number, &mut sheet.pieces);
            number += 1;
        }
        line.push(span);
    }
    cut(line, number, &mut sheet.pieces);
    Some((sheet, is_picture, is_whole))
}

/// Cuts a line where a gutter is.
fn cut(mut line: Vec<TextSpan>, number: u32, into: &mut Vec<Piece>) {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut piece: Vec<TextSpan> = Vec::new();
    let mut right = f32::MIN;
    for span in line {
        if span.text.trim().is_empty() {
            continue;
        }
        let gap = span.x - right;
        if !piece.is_empty() && gap > GUTTER * span.font_size {
            into.extend(finished(std::mem::take(&mut piece), number));
            right = f32::MIN;
        }
        right = right.max(span.x + span.ink_width.unwrap_or(span.width));
        piece.push(span);
    }
    into.extend(finished(piece, number));
}

fn finished(spans: Vec<TextSpan>, line: u32) -> Option<Piece> {
    let first = spans.first()?;
    let (x, y) = (first.x, first.y);
    let right = spans
        .iter()
        .map(|span| span.x + span.ink_width.unwrap_or(span.width))
        .fold(f32::MIN, f32::max);
    let bold = spans.iter().all(|span| span.is_bold);
    let line_of = TextLine::from_spans(spans);
    let text = unligated(line_of.text().trim());
    (!text.is_empty()).then_some(Piece {
        text,
        line,
        x,
        right,
        y,
        size: line_of.font_size,
        bold,
    })
}

/// A text without ligatures, which no search finds.
fn unligated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => out.push_str("st"),
            '\u{0}' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
