//! Which of the words a file may hold was meant by one that it may not.

/// The candidate at most two slips away from `word` (a letter added, dropped, changed, or swapped with the next),
/// and fewer than half of its letters; `None` where there is none, or `word` is one of them.
pub fn closest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // Longer words are no slip of one of ours, and would cost their length squared.
    if word.len() > 40 || candidates.contains(&word) {
        return None;
    }
    let word = word.to_lowercase();
    let distance = |candidate: &&&str| slips(&word, candidate);
    candidates
        .iter()
        // Two slips change the length by two at most.
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 2)
        .min_by_key(distance)
        .filter(|candidate| {
            let slips = distance(candidate);
            slips <= 2 && slips * 2 < candidate.chars().count()
        })
        .copied()
}

/// Whether a word is one or two slips away from another, and no more than a third of its letters.
pub fn is_near(word: &str, other: &str) -> bool {
    if word.len() > 40 || word.len().abs_diff(other.len()) > 4 {
        return false;
    }
    let allowed = (word.chars().count() / 3).clamp(1, 2);
    word != other && slips(word, other) <= allowed
}

/// Optimal string alignment distance.
fn slips(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let changed = rows[i][j] + usize::from(a != b);
            let mut best = changed.min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let keys = ["title", "cues", "key", "authors"];
        assert_eq!(closest("titel", &keys), Some("title"));
        assert_eq!(closest("autors", &keys), Some("authors"));
        assert_eq!(closest("Cues", &keys), Some("cues"));
        assert_eq!(closest("key", &keys), None);
        assert_eq!(closest("note", &keys), None);
        assert_eq!(closest("tags", &keys), None);
        assert_eq!(closest("", &keys), None);
    }
}
