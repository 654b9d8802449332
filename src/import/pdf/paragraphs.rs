//! Paragraphs from lines with places: by gaps, indents, sizes and ends of sentences.
//!
//! Invariant: each line is in exactly one paragraph, in the order of reading; only what stands between a sentence and its end on the next
//! page (notes at the foot) comes after that sentence.

use super::columns::{self, Region};
use super::sheets::{Piece, Sheet};
use crate::corpus::Kind;
use crate::import::block::{self, Block, Fate, Layout, ends_sentence, has_marker};
use crate::import::lines::Line;

/// A gap this many times the usual one begins a paragraph.
const GAP: f32 = 1.35;
/// Sizes of type that differ by less than this part are one.
const SAME_SIZE: f32 = 0.06;
/// What begins an entry of a list and nothing else.
const BULLETS: [char; 9] = ['•', '·', '▪', '●', '◦', '‣', '■', '○', '\u{f0b7}'];
/// Longest heading, in characters.
const HEADING_CHARS: usize = 160;

/// Lines that belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub lines: Vec<String>,
    /// Size of its type.
    size: f32,
    bold: bool,
    /// Its last line ends at the right edge of its column.
    is_full: bool,
    /// A heading of this level.
    heading: Option<u8>,
    /// It is set larger than all else on the first page.
    pub is_title: bool,
    page: usize,
}

/// Finds the paragraphs.
pub(super) fn find(pages: Vec<Sheet>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let body = body_size(&pages);
    for (number, page) in pages.into_iter().enumerate() {
        for region in columns::regions(page.pieces) {
            let mut found = cut(region, number);
            if !found.is_empty() && continues(&mut paragraphs, &found[0], body) {
                found.remove(0);
            }
            paragraphs.append(&mut found);
        }
    }
    mark_headings(&mut paragraphs, body);
    paragraphs
}

/// The size of most of the text.
fn body_size(pages: &[Sheet]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = pages
        .iter()
        .flat_map(|page| &page.pieces)
        .map(|piece| (piece.size, piece.text.len()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: usize = sizes.iter().map(|(_, bytes)| bytes).sum();
    let mut seen = 0;
    sizes
        .iter()
        .find(|(_, bytes)| {
            seen += bytes;
            seen * 2 >= total
        })
        .map_or(10.0, |(size, _)| *size)
}

fn is_same(a: f32, b: f32) -> bool {
    (a - b).abs() <= SAME_SIZE * a.max(b)
}

/// Cuts the lines of a region into paragraphs.
fn cut(region: Region, page: usize) -> Vec<Paragraph> {
    let pitch = pitch(&region);
    let left = edge(region.iter().map(|piece| piece.x));
    let right = region
        .iter()
        .map(|piece| piece.right)
        .fold(f32::MIN, f32::max);
    let lines = region.len();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<Piece> = None;
    let nexts: Vec<Option<f32>> = region
        .iter()
        .skip(1)
        .map(|piece| Some(piece.x))
        .chain([None])
        .collect();
    for (piece, next) in region.into_iter().zip(nexts) {
        let begins = before
            .as_ref()
            .is_none_or(|before| begins(before, &piece, next, pitch, (left, right)));
        let is_full = right - piece.right < 1.5 * piece.size && lines > 2;
        match paragraphs.last_mut().filter(|_| !begins) {
            Some(last) => {
                last.lines.push(piece.text.clone());
                last.is_full = is_full;
                last.bold &= piece.bold;
            }
            None => paragraphs.push(Paragraph {
                lines: vec![piece.text.clone()],
                size: piece.size,
                bold: piece.bold,
                is_full,
                page,
                ..Paragraph::default()
            }),
        }
        before = Some(piece);
    }
    paragraphs
}

/// The usual distance of lines.
fn pitch(region: &Region) -> f32 {
    let mut gaps: Vec<f32> = region
        .windows(2)
        .map(|pair| pair[0].y - pair[1].y)
        .filter(|gap| *gap > 0.0)
        .collect();
    gaps.sort_by(f32::total_cmp);
    // Lines of paragraphs outnumber the gaps between them, unless there are few; no paragraph is set wider than double-spaced.
    let size = region.iter().map(|piece| piece.size).fold(0.0, f32::max);
    let usual = gaps.get(gaps.len() / 3).copied();
    usual.unwrap_or(f32::MAX).min(2.2 * size)
}

/// The left edge: where most lines stand, or, further left, many: of paragraphs of a line or two, as many are indented.
fn edge(starts: impl Iterator<Item = f32>) -> f32 {
    let mut starts: Vec<f32> = starts.collect();
    starts.sort_by(f32::total_cmp);
    let there = |at: usize| starts.partition_point(|next| *next - starts[at] < 2.0) - at;
    let counts: Vec<usize> = (0..starts.len()).map(there).collect();
    let most = counts.iter().max().copied().unwrap_or(0);
    let edge = counts.iter().position(|count| count * 3 >= most);
    edge.map_or(0.0, |at| starts[at])
}

/// Whether a paragraph begins with a line. `next`: where the line after it begins.
fn begins(
    before: &Piece,
    line: &Piece,
    next: Option<f32>,
    pitch: f32,
    (left, right): (f32, f32),
) -> bool {
    let gap = before.y - line.y;
    let is_new_kind = !is_same(before.size, line.size) || (before.bold != line.bold);
    if gap > GAP * pitch && gap > 1.2 * line.size {
        return true;
    }
    if is_new_kind && (gap > 0.9 * pitch) && !runs_on(&before.text, &line.text) {
        return true;
    }
    if line.text.starts_with(BULLETS) {
        return true;
    }
    if has_marker(&line.text)
        && (ends_sentence(&before.text)
            || line.x >= left - 1.0 && before.right < right - line.size * 2.0)
    {
        return true;
    }
    let indent = line.x - left;
    let is_indented = indent > 0.7 * line.size && indent < 6.0 * line.size;
    let was_indented = before.x - left > 0.7 * line.size;
    if is_indented
        && !was_indented
        && (ends_sentence(&before.text) || !runs_on(&before.text, &line.text))
    {
        return true;
    }
    // After a paragraph of one line, indented itself: this one is as wide as the column, and the next stands at its edge.
    let is_full = right - line.right < 1.5 * line.size;
    let goes_on_at_edge = next.is_some_and(|next| (next - left).abs() < 2.0);
    if is_indented
        && was_indented
        && is_full
        && goes_on_at_edge
        && ends_sentence(&before.text)
        && !starts_small(&line.text)
    {
        return true;
    }
    // A line that ends early ends its paragraph, if a sentence ends with it.
    let room = right - before.right;
    room > 0.15 * (right - left) && ends_sentence(&before.text) && !starts_small(&line.text)
}

fn starts_small(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(char::is_lowercase)
}

/// Whether a sentence goes on from one line to the next.
fn runs_on(before: &str, next: &str) -> bool {
    before.ends_with(block::HYPHENS) || (starts_small(next) && !ends_sentence(before))
}

/// Puts a paragraph to the one that it goes on from, on the column or page before; only smaller type may stand between them.
fn continues(paragraphs: &mut [Paragraph], next: &Paragraph, body: f32) -> bool {
    let is_note = |one: &Paragraph| one.size < body * (1.0 - SAME_SIZE);
    let Some(at) = paragraphs
        .iter()
        .rposition(|one| !is_note(one) || is_same(one.size, next.size))
    else {
        return false;
    };
    let last = &paragraphs[at];
    let (Some(end), Some(start)) = (last.lines.last(), next.lines.first()) else {
        return false;
    };
    let is_split = runs_on(end, start) || (last.is_full && !ends_sentence(end));
    let fits = is_same(last.size, next.size)
        && last.bold == next.bold
        && next.page <= last.page + 1
        && !has_marker(start)
        && last.size <= body * 1.1;
    if !(is_split && fits) {
        return false;
    }
    let last = &mut paragraphs[at];
    last.lines.extend(next.lines.iter().cloned());
    last.is_full = next.is_full;
    last.page = next.page;
    true
}

/// Headings: larger or bold lines that are short and no sentences; the largest on the first page is the title.
fn mark_headings(paragraphs: &mut [Paragraph], body: f32) {
    let largest = paragraphs
        .iter()
        .filter(|one| one.page == 0)
        .map(|one| one.size)
        .fold(0.0, f32::max);
    let mut sizes: Vec<f32> = Vec::new();
    for one in paragraphs.iter() {
        if one.size > body * 1.12 && !sizes.iter().any(|size| is_same(*size, one.size)) {
            sizes.push(one.size);
        }
    }
    sizes.sort_by(|a, b| b.total_cmp(a));
    let mut has_title = false;
    for one in paragraphs.iter_mut() {
        let chars: usize = one.lines.iter().map(|line| line.chars().count()).sum();
        let is_large = one.size > body * 1.12;
        if !has_title
            && one.page == 0
            && is_large
            && is_same(one.size, largest)
            && (4..=2 * HEADING_CHARS).contains(&chars)
        {
            has_title = true;
            one.is_title = true;
            continue;
        }
        let ends = one.lines.last().is_some_and(|line| {
            ends_sentence(line) && !line.ends_with('?') && !line.ends_with(':')
        });
        let has_words = one
            .lines
            .iter()
            .any(|line| line.chars().any(char::is_alphabetic));
        if chars > HEADING_CHARS || ends || !has_words || one.lines.len() > 3 {
            continue;
        }
        let rank = sizes.iter().position(|size| is_same(*size, one.size));
        one.heading = match (is_large, one.bold) {
            (true, _) => Some(rank.map_or(2, |rank| (rank + 1).clamp(2, 4) as u8)),
            (false, true) if one.lines.len() == 1 => Some(4),
            (false, _) => None,
        };
    }
}

/// The paragraphs as blocks of the lines, which follow each other as they do in the paragraphs.
pub(super) fn layout<'a>(paragraphs: &[Paragraph], lines: &[Line<'a>]) -> Layout<'a> {
    let divided = block::divided_words(lines);
    let mut layout = Layout::default();
    let mut start = 0;
    for paragraph in paragraphs {
        let end = start + paragraph.lines.len();
        layout.blocks.push(Block {
            lines: start..end,
            text: block::join(&lines[start..end], &divided, &mut layout.mended),
            indent: 0,
            gap: true,
            fate: Fate::Text(paragraph.heading.map_or(Kind::Paragraph, Kind::Heading)),
            skip: 0,
            voice: None,
        });
        start = end;
    }
    layout
}
