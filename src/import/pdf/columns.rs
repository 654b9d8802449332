//! The order in which the pieces of a page are read: column by column, what runs across them where it stands.
//!
//! Invariant: each piece comes out once. Columns are cut only where a gutter is free from top to bottom of what stands in them, and
//! where running text stands on both sides of it.

use super::sheets::Piece;

/// Columns beside each other: 2 to the power of this.
const MAX_CUTS: u8 = 3;
/// The part of the text that must stand on each side of a gutter, and the most that may cross it.
const SIDE: f32 = 0.15;
const CROSSING: f32 = 0.4;
/// Characters of a line of a column, on average: less is a table.
const FEWEST_CHARS: f32 = 12.0;
/// Lines of a column.
const FEWEST_LINES: usize = 4;
/// Pieces of a page up to which gutters are looked for: there is no page of text with more.
const MOST_PIECES: usize = 2_000;

/// Pieces that stand in one column, from top to bottom.
pub(super) type Region = Vec<Piece>;

/// The regions of a page in reading order.
pub(super) fn regions(pieces: Vec<Piece>) -> Vec<Region> {
    let mut out = Vec::new();
    order(pieces, 0, &mut out);
    out
}

fn order(mut pieces: Vec<Piece>, cuts: u8, out: &mut Vec<Region>) {
    if pieces.is_empty() {
        return;
    }
    let gutter = if cuts < MAX_CUTS && pieces.len() <= MOST_PIECES {
        gutter(&pieces)
    } else {
        None
    };
    let Some(gutter) = gutter else {
        pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
        out.push(joined(pieces));
        return;
    };
    let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces {
        if gutter.crosses(&piece) {
            order(std::mem::take(&mut left), cuts + 1, out);
            order(std::mem::take(&mut right), cuts + 1, out);
            across.push(piece);
            continue;
        }
        // What crossed is above what follows.
        order(std::mem::take(&mut across), MAX_CUTS, out);
        if piece.right <= gutter.x {
            left.push(piece);
        } else {
            right.push(piece);
        }
    }
    order(across, MAX_CUTS, out);
    order(left, cuts + 1, out);
    order(right, cuts + 1, out);
}

/// Pieces of one line that no gutter divides are one again.
fn joined(pieces: Vec<Piece>) -> Region {
    let mut out: Region = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match out
            .last_mut()
            .filter(|last| last.line == piece.line && last.right <= piece.x)
        {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(&piece.text);
                last.right = piece.right;
                last.bold &= piece.bold;
            }
            None => out.push(piece),
        }
    }
    out
}

#[derive(Clone, Copy, Debug)]
struct Gutter {
    /// Its right edge.
    x: f32,
}

impl Gutter {
    fn crosses(self, piece: &Piece) -> bool {
        piece.x < self.x && piece.right > self.x
    }
}

/// The gutter that the fewest pieces cross, if there is one.
fn gutter(pieces: &[Piece]) -> Option<Gutter> {
    let left = pieces.iter().map(|piece| piece.x).fold(f32::MAX, f32::min);
    let right = pieces
        .iter()
        .map(|piece| piece.right)
        .fold(f32::MIN, f32::max);
    let chars = |piece: &Piece| piece.text.chars().count() as f32;
    let total: f32 = pieces.iter().map(chars).sum();
    let mut starts: Vec<f32> = pieces.iter().map(|piece| piece.x).collect();
    starts.sort_by(f32::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let mut best: Option<(f32, Gutter)> = None;
    for start in starts {
        let width = right - left;
        if start < left + 0.15 * width || start > left + 0.85 * width {
            continue;
        }
        let gutter = Gutter { x: start - 0.5 };
        let (mut sides, mut counts) = ([0.0_f32; 2], [0_usize; 2]);
        let (mut crossing, mut nearest) = (0.0, f32::MIN);
        for piece in pieces {
            if gutter.crosses(piece) {
                crossing += chars(piece);
                continue;
            }
            let side = usize::from(piece.x >= gutter.x);
            sides[side] += chars(piece);
            counts[side] += 1;
            if side == 0 {
                nearest = nearest.max(piece.right);
            }
        }
        let size = pieces.first().map_or(10.0, |piece| piece.size);
        let is_column = |side: usize| {
            sides[side] >= SIDE * total
                && counts[side] >= FEWEST_LINES
                && sides[side] / counts[side] as f32 >= FEWEST_CHARS
        };
        let is_gutter = is_column(0)
            && is_column(1)
            && crossing <= CROSSING * total
            && gutter.x - nearest >= 0.6 * size;
        if is_gutter && best.is_none_or(|(least, _)| crossing < least) {
            best = Some((crossing, gutter));
        }
    }
    best.map(|(_, gutter)| gutter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(line: u32, x: f32, right: f32, text: &str) -> Piece {
        Piece {
            text: text.to_owned(),
            line,
            x,
            right,
            y: 800.0 - 12.0 * line as f32,
            size: 10.0,
            bold: false,
        }
    }

    fn read(pieces: Vec<Piece>) -> String {
        let texts: Vec<String> = regions(pieces)
            .into_iter()
            .flatten()
            .map(|piece| piece.text)
            .collect();
        texts.join("|")
    }

    #[test]
    fn columns_are_read_one_after_the_other_and_what_crosses_them_where_it_stands() {
        let mut pieces = vec![piece(0, 50.0, 500.0, "a title over both of the columns")];
        for line in 1..6 {
            pieces.push(piece(line, 50.0, 250.0, &format!("left text line {line}")));
            pieces.push(piece(
                line,
                270.0,
                470.0,
                &format!("right text line {line}"),
            ));
        }
        pieces.push(piece(6, 50.0, 500.0, "a foot under both"));
        assert_eq!(
            read(pieces),
            "a title over both of the columns|left text line 1|left text line 2|left text line 3|left text line 4|left text line 5|\
             right text line 1|right text line 2|right text line 3|right text line 4|right text line 5|a foot under both"
        );
    }

    #[test]
    fn a_table_of_short_cells_is_read_by_its_rows() {
        let pieces = (0..6)
            .flat_map(|line| {
                [
                    piece(line, 50.0, 90.0, "name"),
                    piece(line, 200.0, 230.0, "12"),
                ]
            })
            .collect();
        assert!(read(pieces).starts_with("name 12|name 12"));
    }
}
