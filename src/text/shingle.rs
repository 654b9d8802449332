//! Runs of words ("shingles"; A. Broder, 1997), by which the same words are known again wherever they stand.
//!
//! Invariant: a hash depends on the words of its run alone, is the same on every machine, and never changes: files keep
//! what is made of it.

use super::ByteSpan;
use super::segment;
use std::collections::VecDeque;

/// Each run of words of a text with its bytes; equal for words that differ in capitals only.
///
/// FNV-1a: <http://www.isthe.com/chongo/tech/comp/fnv/>.
pub fn run_hashes(text: &str, words_a_run: usize) -> impl Iterator<Item = (u64, ByteSpan)> {
    let mut last: VecDeque<(u64, ByteSpan)> = VecDeque::new();
    segment::words(text).filter_map(move |(span, word)| {
        last.push_back((word_hash(word), span));
        if last.len() < words_a_run {
            return None;
        }
        let mixed = last
            .iter()
            .fold(OFFSET, |hash, (word, _)| fold(hash, word.to_le_bytes()));
        let (_, first) = last.pop_front()?;
        Some((
            mixed,
            ByteSpan {
                end: span.end,
                ..first
            },
        ))
    })
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn word_hash(word: &str) -> u64 {
    let lower = word.chars().flat_map(char::to_lowercase);
    lower.fold(OFFSET, |hash, c| fold(hash, u32::from(c).to_le_bytes()))
}

fn fold<const N: usize>(hash: u64, bytes: [u8; N]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
