//! Words and sentences (UAX #29), with the repairs running prose needs.

use super::ByteSpan;
use unicode_segmentation::UnicodeSegmentation;

/// The words of `text` (UAX #29, with letters or digits in them) and where each stands.
pub fn words(text: &str) -> impl Iterator<Item = (ByteSpan, &str)> {
    text.unicode_word_indices()
        .map(|(start, word)| (ByteSpan::new(start, start + word.len()), word))
}

/// Sentence spans of `text`, in order, without the white space around them.
pub fn sentences(text: &str) -> Vec<ByteSpan> {
    text.split_sentence_bound_indices()
        .filter_map(|(start, s)| {
            let lead = s.len() - s.trim_start().len();
            let kept = s.trim();
            (!kept.is_empty()).then(|| ByteSpan::new(start + lead, start + lead + kept.len()))
        })
        .collect()
}
