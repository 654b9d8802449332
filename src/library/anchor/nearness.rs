//! How near two texts are: edit distance, with white space and the shape of quotation marks left out of account.
//!
//! Invariant: the distance is counted in characters that are not white space, so that a passage divided or joined, whose
//! spaces at the seam come and go, is as near as it was.
//! Source: P. H. Sellers, The theory and computation of evolutionary distances (1980), for the nearest place in a text;
//! E. Ukkonen, Finding approximate patterns in strings (1985), for leaving off what is too far already.

/// The characters of a text that count.
#[derive(Clone, Debug)]
pub struct Folded {
    chars: Vec<char>,
}

impl Folded {
    /// Of a text.
    pub fn new(text: &str) -> Self {
        Self {
            chars: folded(text).map(|(_, _, c)| c).collect(),
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.chars.len()
    }
}

/// The characters that count, each with its first byte and the one past it.
fn folded(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    text.char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .map(|(at, c)| (at, at + c.len_utf8(), plain(c)))
}

/// Editors and importers change these for one another.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '‐' | '‑' | '–' | '—' => '-',
        other => other,
    }
}

/// From 0 (nothing in common) to 1 (the same). Two texts without characters are the same.
pub fn similarity(one: &Folded, other: &Folded) -> f32 {
    let longest = one.len().max(other.len());
    if longest == 0 {
        return 1.0;
    }
    1.0 - distance(&one.chars, &other.chars) as f32 / longest as f32
}

/// Characters to be changed, put in or left out to make one of the other (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, left) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (place, right) in other.iter().enumerate() {
            let changed = diagonal + usize::from(left != right);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

/// The place in `text[window]` that is nearest to `words`, as bytes of `text`, and its errors; `None` where each place
/// has more than `most_errors`. Of equal places the first. Time: window by errors, a cell each.
pub fn nearest(
    text: &str,
    window: (usize, usize),
    words: &str,
    most_errors: usize,
) -> Option<((usize, usize), usize)> {
    let pattern = Folded::new(words).chars;
    let part = text.get(window.0..window.1)?;
    if pattern.is_empty() {
        return None;
    }
    // For each length of the pattern's start: errors of its best match that ends here, and where that starts.
    let mut errors: Vec<usize> = (0..=pattern.len()).collect();
    let mut starts: Vec<usize> = vec![usize::MAX; pattern.len() + 1];
    let mut active = most_errors.min(pattern.len());
    let mut best: Option<((usize, usize), usize)> = None;
    for (at, next, c) in folded(part) {
        let (mut diagonal, mut diagonal_start) = (0, at);
        // One row more than was near enough before: a match may go on there.
        let reach = (active + 1).min(pattern.len());
        for row in 1..=reach {
            let changed = diagonal + usize::from(pattern[row - 1] != c);
            // A row that was left off is too far by definition.
            let before = if row <= active {
                errors[row]
            } else {
                most_errors + 1
            };
            let (now, start) = [
                (changed, diagonal_start),
                (before + 1, starts[row]),
                (errors[row - 1] + 1, starts[row - 1]),
            ]
            .into_iter()
            .min_by_key(|(errors, _)| *errors)
            .unwrap_or((changed, diagonal_start));
            (diagonal, diagonal_start) = (before, starts[row]);
            errors[row] = now;
            starts[row] = if start == usize::MAX { at } else { start };
        }
        active = reach;
        while active > 0 && errors[active] > most_errors {
            active -= 1;
        }
        let found = errors[pattern.len()];
        if active == pattern.len() && best.is_none_or(|(_, known)| found < known) {
            let start = window.0 + starts[pattern.len()];
            best = Some(((start, window.0 + next), found));
            if found == 0 {
                break;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nearest_in(text: &str, words: &str, most: usize) -> Option<(String, usize)> {
        nearest(text, (0, text.len()), words, most)
            .map(|((start, end), errors)| (text.get(start..end).unwrap().to_owned(), errors))
    }

    #[test]
    fn the_nearest_place_is_found_with_its_errors() {
        let text = "The boats came late. The boat came on the second day. Nobody came.";
        let found = nearest_in(text, "The boats came on the second day.", 6).unwrap();
        assert_eq!(found, ("The boat came on the second day.".to_owned(), 1));
        assert_eq!(nearest_in(text, "Rain fell on the far hills.", 5), None);
    }

    #[test]
    fn white_space_and_the_shape_of_marks_are_no_errors() {
        let found = nearest_in("He said:“Go–now.”Then left.", "said: \"Go - now.\" Then", 0);
        assert_eq!(found.unwrap().0, "said:“Go–now.”Then");
    }

    proptest! {
        #[test]
        fn leaving_off_changes_no_result(text in "[ab ]{0,40}", words in "[ab]{1,12}", most in 0usize..6) {
            let pattern: Vec<char> = Folded::new(&words).chars;
            let places: Vec<(usize, usize, char)> = folded(&text).collect();
            // By definition: the least distance to any stretch.
            let mut least = usize::MAX;
            for from in 0..places.len() {
                for to in from + 1..=places.len() {
                    let stretch: Vec<char> = places[from..to].iter().map(|(_, _, c)| *c).collect();
                    least = least.min(distance(&pattern, &stretch));
                }
            }
            let found = nearest(&text, (0, text.len()), &words, most);
            prop_assert_eq!(found.map(|(_, errors)| errors), (least <= most).then_some(least));
            if let Some(((start, end), errors)) = found {
                prop_assert_eq!(distance(&pattern, &Folded::new(text.get(start..end).unwrap()).chars), errors);
            }
        }
    }
}
