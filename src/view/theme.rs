//! Colours. The default foreground and background are the terminal's own; colours are few, and each that carries a meaning
//! comes with a mark or a modifier, so that nothing is lost without them.

use ratatui::style::{Color, Modifier, Style};

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None (`NO_COLOR`): bold, dim, underline and reverse only.
    None,
    /// The terminal's own 16.
    Sixteen,
    /// 256.
    Indexed,
    /// 24 bits.
    True,
}

/// Whether the background is known to be dark or light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Known dark.
    Dark,
    /// Known light.
    Light,
    /// Unknown: colours readable on both (contrast over 4 on black and on white).
    Unknown,
}

/// The styles in use.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Secondary text: numbers, bylines, hints.
    pub quiet: Style,
    /// The topic's marks and the focus.
    pub accent: Style,
    /// Words that put a passage on the topic.
    pub cue: Style,
    /// Names of voices.
    pub voice: Style,
    /// Titles and headings.
    pub heading: Style,
    /// Words that one side uses more than another.
    pub word: Style,
    /// Words that a note is on.
    pub noted: Style,
    /// Hits of the search.
    pub hit: Style,
    /// The selected entry or topic.
    pub selected: Style,
    /// Addresses of links.
    pub link: Style,
    /// Shades of the matrix.
    pub shade: Style,
    /// Whether right-to-left labels are put into visual order here.
    pub reorder: bool,
}

impl Theme {
    /// The styles for a terminal.
    pub fn new(depth: Depth, background: Background) -> Self {
        let plain = Style::new();
        let (accent, voice, quiet) = match depth {
            Depth::None => (plain, plain, plain.add_modifier(Modifier::DIM)),
            // Of the classic 16, magenta is the one colour that can be read on black and on white alike.
            Depth::Sixteen => {
                let accent = match background {
                    Background::Dark => Color::Cyan,
                    Background::Light => Color::Blue,
                    Background::Unknown => Color::Magenta,
                };
                (plain.fg(accent), plain, plain.add_modifier(Modifier::DIM))
            }
            Depth::Indexed => {
                let (accent, voice, quiet) = match background {
                    Background::Dark => (75, 176, 245),
                    Background::Light => (25, 90, 241),
                    Background::Unknown => (32, 133, 243),
                };
                (
                    plain.fg(Color::Indexed(accent)),
                    plain.fg(Color::Indexed(voice)),
                    plain.fg(Color::Indexed(quiet)),
                )
            }
            Depth::True => {
                let (accent, voice, quiet) = match background {
                    Background::Dark => {
                        ((0x6c, 0xb6, 0xe8), (0xd0, 0x92, 0xd6), (0x8f, 0x8f, 0x8f))
                    }
                    Background::Light => {
                        ((0x00, 0x5c, 0x94), (0x7a, 0x2f, 0x86), (0x66, 0x66, 0x66))
                    }
                    Background::Unknown => {
                        ((0x00, 0x7a, 0xb8), (0xa3, 0x53, 0xb0), (0x76, 0x76, 0x76))
                    }
                };
                let rgb = |(r, g, b)| plain.fg(Color::Rgb(r, g, b));
                (rgb(accent), rgb(voice), rgb(quiet))
            }
        };
        Self {
            quiet,
            accent: accent.add_modifier(Modifier::BOLD),
            cue: accent.add_modifier(Modifier::UNDERLINED),
            voice: voice.add_modifier(Modifier::BOLD),
            word: voice.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            heading: plain.add_modifier(Modifier::BOLD),
            noted: plain.add_modifier(Modifier::ITALIC | Modifier::UNDERLINED),
            hit: plain.add_modifier(Modifier::REVERSED),
            selected: plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
            link: plain.add_modifier(Modifier::UNDERLINED),
            shade: accent,
            reorder: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.1).
    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
    }

    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn colours_are_readable_on_the_backgrounds_they_are_for() {
        type Rgb = (u8, u8, u8);
        let grounds: [(Background, [Rgb; 2], f64); 3] = [
            (Background::Dark, [(0, 0, 0), (30, 30, 30)], 4.5),
            (Background::Light, [(255, 255, 255), (253, 246, 227)], 4.5),
            (Background::Unknown, [(0, 0, 0), (255, 255, 255)], 4.0),
        ];
        for (background, colours, least) in grounds {
            let theme = Theme::new(Depth::True, background);
            for style in [theme.quiet, theme.accent, theme.voice, theme.cue] {
                let Some(Color::Rgb(r, g, b)) = style.fg else {
                    panic!("{style:?} has no colour")
                };
                for ground in colours {
                    let found = contrast((r, g, b), ground);
                    assert!(
                        found >= least,
                        "{background:?}: {r},{g},{b} on {ground:?} has {found:.2}"
                    );
                }
            }
        }
    }

    #[test]
    fn without_colour_no_style_has_one() {
        let theme = Theme::new(Depth::None, Background::Unknown);
        let styles = [
            theme.quiet,
            theme.accent,
            theme.cue,
            theme.voice,
            theme.word,
            theme.heading,
            theme.hit,
            theme.selected,
            theme.shade,
        ];
        assert!(
            styles
                .iter()
                .all(|style| style.fg.is_none() && style.bg.is_none())
        );
    }
}
