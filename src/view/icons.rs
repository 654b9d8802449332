//! Signs that the reader draws, in ASCII, for fonts and terminals that have nothing else.
//!
//! Invariant: one cell becomes one cell, so that nothing moves; signs that can stand in one place stay different. The texts of
//! documents do not pass here; what is quoted from them in labels does, and only loses its typography.

use crate::app::config::Icons;
use ratatui::symbols::border;

/// What boxes are drawn with.
pub fn border(icons: Icons) -> border::Set<'static> {
    match icons {
        Icons::Unicode => border::PLAIN,
        Icons::Ascii => border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        },
    }
}

/// A sign in ASCII; anything that is none stays.
#[allow(
    clippy::match_same_arms,
    reason = "signs stand together by what they mean, and share a letter with others where they never meet"
)]
pub fn in_ascii(sign: &str) -> &str {
    match sign {
        // Rules, bars and corners.
        "─" | "—" | "–" | "·" => "-",
        "━" => "=",
        "│" | "┃" => "|",
        "┊" => ":",
        "┌" | "┐" | "└" | "┘" => "+",
        // The bounds of a figure.
        "├" => "[",
        "┤" => "]",
        "●" => "@",
        "○" => "o",
        // Where the reader is, and which way things lie.
        "▸" | "›" | "→" | "»" | "▶" => ">",
        "◂" | "‹" | "←" | "«" => "<",
        "↑" | "▴" => "^",
        "↓" | "▾" => "v",
        // What passages are to each other, and how the panes are linked.
        "◆" => "*",
        "◇" => "o",
        "✓" | "±" => "+",
        "≈" | "…" => "~",
        "≡" | "⇄" => "=",
        "≠" => "/",
        "⇉" => ">",
        "⇹" => "x",
        "✎" => "!",
        "¶" => "#",
        // How much there is.
        "▪" | "█" => "#",
        "▓" => "%",
        "▒" => "+",
        "░" => ".",
        "▫" => "o",
        "•" => "*",
        "×" => "x",
        // Typography.
        "“" | "”" | "„" | "″" => "\"",
        "‘" | "’" => "'",
        other => other,
    }
}
