//! Where a text may have nearly the words of a quote: runs of two words that both have and that are rare in the text.
//!
//! Invariant: at most [`MOST_WINDOWS`] places are named, whatever is in the two.

use crate::text::char_boundary_at_or_before;
use crate::text::shingle::run_hashes;

/// Words in a run.
const WORDS_A_RUN: usize = 2;
/// A run that stands more often than this in a text tells nothing about where.
const MOST_OCCURRENCES: usize = 16;
/// Places named at most.
const MOST_WINDOWS: usize = 8;

/// The runs of a text, to be looked up.
#[derive(Debug)]
pub struct Shingles {
    /// By hash, then place.
    runs: Vec<(u64, u32)>,
}

impl Shingles {
    /// Of a text in pieces, each with the byte where it starts: words do not run on from one passage into the next.
    pub fn of<'t>(pieces: impl Iterator<Item = (u32, &'t str)>) -> Self {
        let mut runs: Vec<(u64, u32)> = pieces
            .flat_map(|(start, piece)| {
                run_hashes(piece, WORDS_A_RUN).map(move |(hash, at)| (hash, start + at.start))
            })
            .collect();
        runs.sort_unstable();
        Self { runs }
    }

    /// Parts of the text (bytes from, to) in which nearly these words may stand, the likeliest first.
    pub fn windows(&self, text: &str, words: &str) -> Vec<(usize, usize)> {
        // The place where the quote would start, for each rare run that both have.
        let mut starts: Vec<i64> = Vec::new();
        for (hash, at) in run_hashes(words, WORDS_A_RUN) {
            let from = self.runs.partition_point(|(known, _)| *known < hash);
            let same = self.runs[from..]
                .iter()
                .take_while(|(known, _)| *known == hash);
            let places: Vec<i64> = same
                .take(MOST_OCCURRENCES + 1)
                .map(|(_, place)| i64::from(*place) - i64::from(at.start))
                .collect();
            if places.len() <= MOST_OCCURRENCES {
                starts.extend(places);
            }
        }
        starts.sort_unstable();
        let slack = signed(words.len() / 5 + 8);
        let mut groups: Vec<(usize, i64, i64)> = Vec::new();
        for start in starts {
            match groups.last_mut() {
                Some((count, first, last)) if start - *first <= slack => {
                    *count += 1;
                    *last = start;
                }
                Some(_) | None => groups.push((1, start, start)),
            }
        }
        groups.sort_by_key(|(count, first, _)| (std::cmp::Reverse(*count), *first));
        let boundary = |byte: i64| {
            char_boundary_at_or_before(text, usize::try_from(byte.max(0)).unwrap_or_default())
        };
        groups
            .into_iter()
            .take(MOST_WINDOWS)
            .map(|(_, first, last)| {
                let end = last + signed(words.len()) + slack;
                (boundary(first - slack), boundary(end))
            })
            .collect()
    }
}

/// Texts are limited to 4 GiB at the edge.
fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_quote_is_looked_for_where_it_stands() {
        let text = format!(
            "{}The boats came on the third day. {}",
            "Rain fell. ".repeat(90),
            "Wind blew. ".repeat(90)
        );
        let windows = Shingles::of([(0, text.as_str())].into_iter())
            .windows(&text, "The boats came on the second day.");
        let (from, to) = windows[0];
        assert!(
            text.get(from..to)
                .unwrap()
                .contains("The boats came on the third day.")
        );
        assert!(windows.len() <= MOST_WINDOWS);
    }

    #[test]
    fn what_stands_everywhere_names_no_place() {
        let text = "the end of the end of ".repeat(1000);
        assert!(
            Shingles::of([(0, text.as_str())].into_iter())
                .windows(&text, "the end of the end")
                .is_empty()
        );
    }
}
