//! Colours. The default foreground and background are the terminal's own; colours are few, and each that carries a meaning
//! comes with a mark or a modifier, so that nothing is lost without them.

use crate::app::config::{Base, Colour, Icons, ThemeChoice};
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
    /// Unknown: colours readable on both (contrast over 4.5 on black and on white, which few colours have).
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
    /// What our own signs are drawn with.
    pub icons: Icons,
    /// Whether right-to-left labels are put into visual order here.
    pub reorder: bool,
}

impl Theme {
    /// The styles that the reader chose, for a terminal.
    pub fn chosen(depth: Depth, background: Background, choice: ThemeChoice) -> Self {
        let theme = match choice.base {
            Base::Auto => Self::new(depth, background),
            Base::Dark => Self::new(depth, Background::Dark),
            Base::Light => Self::new(depth, Background::Light),
            Base::Monochrome => Self::new(Depth::None, background),
            Base::HighContrast => Self::of(Style::new(), Style::new(), Style::new()),
            Base::ColourBlind => Self::colour_blind(depth, background),
        };
        // Without colours none is asked for.
        if depth == Depth::None || choice.base == Base::Monochrome {
            return theme;
        }
        let own = |colour: Option<Colour>, style: Style| match colour {
            None => style,
            Some(Colour::Rgb(red, green, blue)) => Style::new().fg(Color::Rgb(red, green, blue)),
            Some(Colour::Indexed(index)) => Style::new().fg(Color::Indexed(index)),
        };
        let plain = |style: Style| style.remove_modifier(Modifier::all());
        Self::of(
            own(choice.accent, theme.shade),
            own(choice.voice, plain(theme.voice)),
            own(choice.quiet, theme.quiet),
        )
    }

    /// Blue and orange of the palette by Okabe and Ito (2008), made darker or lighter where the background needs it.
    fn colour_blind(depth: Depth, background: Background) -> Self {
        let plain = Style::new();
        let pair = |accent, voice, quiet| {
            let colour = |colour| plain.fg(colour);
            Self::of(colour(accent), colour(voice), colour(quiet))
        };
        let rgb = |(red, green, blue)| Color::Rgb(red, green, blue);
        match (depth, background) {
            (Depth::None | Depth::Sixteen, _) => Self::new(depth, background),
            (Depth::Indexed, Background::Dark) => {
                pair(Color::Indexed(74), Color::Indexed(214), Color::Indexed(245))
            }
            (Depth::Indexed, Background::Light) => {
                pair(Color::Indexed(25), Color::Indexed(94), Color::Indexed(241))
            }
            (Depth::Indexed, Background::Unknown) => {
                pair(Color::Indexed(63), Color::Indexed(131), Color::Indexed(243))
            }
            (Depth::True, Background::Dark) => pair(
                rgb((0x56, 0xb4, 0xe9)),
                rgb((0xe6, 0x9f, 0x00)),
                rgb((0x8f, 0x8f, 0x8f)),
            ),
            (Depth::True, Background::Light) => pair(
                rgb((0x00, 0x5c, 0x94)),
                rgb((0x9a, 0x4a, 0x00)),
                rgb((0x66, 0x66, 0x66)),
            ),
            (Depth::True, Background::Unknown) => pair(
                rgb((0x00, 0x7c, 0xba)),
                rgb((0xbb, 0x5a, 0x00)),
                rgb((0x76, 0x76, 0x76)),
            ),
        }
    }

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
                    Background::Unknown => (63, 163, 243),
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
                        ((0x00, 0x7c, 0xba), (0xa6, 0x56, 0xb3), (0x76, 0x76, 0x76))
                    }
                };
                let rgb = |(r, g, b)| plain.fg(Color::Rgb(r, g, b));
                (rgb(accent), rgb(voice), rgb(quiet))
            }
        };
        Self::of(accent, voice, quiet)
    }

    /// The styles made of three: of marks, of voices, of secondary text.
    fn of(accent: Style, voice: Style, quiet: Style) -> Self {
        let plain = Style::new();
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
            icons: Icons::Unicode,
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

    /// What a terminal shows for one of the 240 colours that are the same everywhere.
    fn indexed(index: u8) -> (u8, u8, u8) {
        const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
        let Some(cube) = index.checked_sub(16) else {
            panic!("{index} is what the terminal makes of it")
        };
        if index >= 232 {
            let grey = 8 + 10 * (index - 232);
            return (grey, grey, grey);
        }
        let step = |of: u8| STEPS[usize::from(of % 6)];
        (step(cube / 36), step(cube / 6), step(cube))
    }

    /// Level AA of WCAG 2.1 for text of any size.
    const ENOUGH: f64 = 4.5;

    #[test]
    fn every_built_in_theme_is_readable_on_the_grounds_it_is_for() {
        let (black, grey) = ((0, 0, 0), (30, 30, 30));
        let (white, cream) = ((255, 255, 255), (253, 246, 227));
        let mut measured = 0;
        for (name, base) in Base::ALL {
            let choice = ThemeChoice {
                base,
                ..ThemeChoice::default()
            };
            for (background, grounds) in [
                (Background::Dark, [black, grey]),
                (Background::Light, [white, cream]),
                (Background::Unknown, [black, white]),
            ] {
                let is_for_it = match base {
                    Base::Dark => background == Background::Dark,
                    Base::Light => background == Background::Light,
                    _ => true,
                };
                if !is_for_it {
                    continue;
                }
                for depth in [Depth::True, Depth::Indexed] {
                    let theme = Theme::chosen(depth, background, choice);
                    let styles = [
                        theme.quiet,
                        theme.accent,
                        theme.cue,
                        theme.voice,
                        theme.heading,
                        theme.word,
                        theme.noted,
                        theme.hit,
                        theme.selected,
                        theme.link,
                        theme.shade,
                    ];
                    for style in styles {
                        assert_eq!(style.bg, None, "{name} paints a ground of its own");
                        let colour = match style.fg {
                            // The terminal's own foreground.
                            None => continue,
                            Some(Color::Rgb(r, g, b)) => (r, g, b),
                            Some(Color::Indexed(index)) => indexed(index),
                            Some(other) => {
                                panic!("{name}: {other} differs from terminal to terminal")
                            }
                        };
                        for ground in grounds {
                            measured += 1;
                            let found = contrast(colour, ground);
                            assert!(
                                found >= ENOUGH,
                                "{name} {depth:?} {background:?}: {colour:?} on {ground:?} has {found:.2}"
                            );
                        }
                    }
                }
            }
        }
        assert!(measured > 150, "{measured}");
    }

    #[test]
    fn a_colour_that_is_too_faint_would_be_noticed() {
        let found = contrast((0x8f, 0x8f, 0x8f), (255, 255, 255));
        assert!(found < ENOUGH, "{found}");
        assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
        assert_eq!(indexed(231), (255, 255, 255));
        assert_eq!(indexed(63), (95, 95, 255));
    }

    #[test]
    fn a_readers_colour_takes_the_place_of_one_and_leaves_the_others() {
        let choice = ThemeChoice {
            base: Base::Dark,
            voice: Some(Colour::Rgb(1, 2, 3)),
            ..ThemeChoice::default()
        };
        let (dark, own) = (
            Theme::new(Depth::True, Background::Dark),
            Theme::chosen(Depth::True, Background::Dark, choice),
        );
        assert_eq!(own.voice.fg, Some(Color::Rgb(1, 2, 3)));
        assert_eq!(own.voice.add_modifier, dark.voice.add_modifier);
        assert_eq!((own.accent, own.quiet), (dark.accent, dark.quiet));
        let plain = Theme::chosen(Depth::None, Background::Dark, choice);
        assert_eq!(plain.voice.fg, None);
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
