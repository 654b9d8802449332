//! How long a title may be: it is drawn on every frame, and laying one out costs its length.

/// Characters of a title or a name at most.
pub const MAX_CHARS: usize = 500;

/// What is wrong with a longer one, for a problem that names its key.
pub const TOO_LONG: &str = "is longer than 500 characters; the rest of it is left out";

/// The title, or its first [`MAX_CHARS`] characters; whole graphemes are not looked for.
pub fn within(title: &str) -> &str {
    // Most are short in bytes already.
    if title.len() <= MAX_CHARS {
        return title;
    }
    let end = title.char_indices().nth(MAX_CHARS);
    end.and_then(|(end, _)| title.get(..end))
        .map_or(title, str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_are_cut_between_characters() {
        assert_eq!(within("A title"), "A title");
        assert_eq!(within(&"é".repeat(MAX_CHARS)).chars().count(), MAX_CHARS);
        assert_eq!(within(&"é".repeat(100_000)).chars().count(), MAX_CHARS);
        let spaced = format!("{} x", "é".repeat(MAX_CHARS - 1));
        assert!(within(&spaced).ends_with('é'));
    }
}
