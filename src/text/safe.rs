//! The one gate for foreign text: what a terminal could take for a command, and what a reader could not see, is
//! shown as a visible mark.
//!
//! Invariant: what comes out holds no control, no bidi control, no noncharacter, and no invisible character
//! outside the places where one belongs to a visible grapheme; each grapheme that comes out takes at least one
//! cell, except a soft hyphen, which is nothing until a row ends with it. The gate is idempotent.
//!
//! | in the text | shown |
//! |---|---|
//! | C0 controls `U+0000..1F`, DEL | their picture, `␀` to `␟`, `␡` (a tab is a space: [`super::wrap`] knows its cells) |
//! | C1 controls `U+0080..9F`, but NEL | `�` |
//! | NEL, line and paragraph separator `U+0085 2028 2029` | `␤` (in running text they end a row and are not drawn) |
//! | bidi controls that ask for left to right `U+200E 202A 202D 2066` | `⇥` |
//! | bidi controls that ask for right to left `U+061C 200F 202B 202E 2067` | `⇤` |
//! | other bidi controls: isolate by first letter, both ends `U+2068 202C 2069` | `⇆` |
//! | other default-ignorables: zero-width space, word joiner, byte order mark, invisible operators, grapheme joiner, fillers, tags, deprecated format characters, unassigned ones | `◦`, one for each run of them inside a grapheme |
//! | joiner, non-joiner, variation selector out of place | `◦`, as above |
//! | noncharacters, interlinear annotation `U+FFF9..FFFB`, invisibles of no class above | `�` |
//! | a combining mark with no base to stand on | on a dotted circle, `◌` |
//! | combining marks beyond [`MOST_MARKS`] on one base, characters beyond [`MOST_CHARS`] in one grapheme | `⋮` for all the rest |
//! | a conjoining Hangul vowel or final without its syllable | its compatibility letter |
//! | soft hyphen | nothing; `-` where a row ends with it ([`super::wrap::Row::hyphen`]) |
//!
//! Stay as they are: a joiner between two pictographs; one joiner or non-joiner after a letter of a joining or
//! Indic script (Persian needs it inside words; whether a letter follows is not looked at, because a grapheme
//! ends there); a variation selector directly after a base that has variants: a pictograph or keycap with
//! `U+FE0E`/`FE0F`, an ideograph, a Mongolian letter. Zero-width space and word joiner are legal break hints and act as
//! such in [`super::wrap`], but are shown all the same: nothing invisible gets past, and a soft hyphen, which is
//! drawn wherever it does anything, is the only exception. Private-use characters pass: a terminal draws them.

use super::segment::{self, stands_alone};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Combining marks shown on one base; more than any orthography needs.
pub const MOST_MARKS: usize = 8;
/// Characters shown of one grapheme; the longest emoji have ten.
pub const MOST_CHARS: usize = 32;

const INVISIBLE: char = '◦';
const UNKNOWN: char = '\u{FFFD}';
const CIRCLE: char = '◌';
const MORE: char = '⋮';
const SOFT_HYPHEN: char = '\u{AD}';
const JOINER: char = '\u{200D}';
const NON_JOINER: char = '\u{200C}';

/// What is shown for one grapheme. Never contains a control, bidi control or unpaired invisible character. Empty
/// for a soft hyphen, at least one cell wide for anything else.
pub fn grapheme(grapheme: &str) -> Cow<'_, str> {
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) if stands_alone(only) => Cow::Borrowed(grapheme),
        (None, _) | (Some(SOFT_HYPHEN), None) => Cow::Borrowed(""),
        (Some('\t'), None) => Cow::Borrowed(" "),
        (Some(_), _) => {
            let shown = Showing::whole(grapheme);
            if shown == grapheme {
                Cow::Borrowed(grapheme)
            } else {
                Cow::Owned(shown)
            }
        }
    }
}

/// A label on one line: line breaks (`\n`, `\r\n`, `\r`) and tabs become spaces, soft hyphens go, everything else
/// as in [`grapheme`].
pub fn line(text: &str) -> Cow<'_, str> {
    pass(text, false)
}

/// Running text: as [`line()`], but `\n` stays and `\r\n` becomes one.
pub fn block(text: &str) -> Cow<'_, str> {
    pass(text, true)
}

/// True where every byte is printable ASCII, which the gate lets through and which takes a cell a byte.
pub fn is_printable_ascii(bytes: &[u8]) -> bool {
    // Whole chunks are folded without leaving early, so that the compiler compares them sixteen bytes at a time.
    let bad = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(false, |bad, byte| bad | !(0x20..0x7F).contains(byte))
    };
    let mut chunks = bytes.chunks_exact(64);
    !chunks.any(bad) && !bad(chunks.remainder())
}

fn pass(text: &str, keep_newlines: bool) -> Cow<'_, str> {
    let harmless = if keep_newlines {
        text.split('\n').all(is_harmless)
    } else {
        is_harmless(text)
    };
    if harmless {
        return Cow::Borrowed(text);
    }
    // Soft hyphens go first: what they kept apart may be one grapheme once they are gone.
    let bare: Cow<'_, str> = if text.contains(SOFT_HYPHEN) {
        Cow::Owned(text.replace(SOFT_HYPHEN, ""))
    } else {
        Cow::Borrowed(text)
    };
    let mut out = String::with_capacity(bare.len());
    for (_, piece) in segment::graphemes(&bare) {
        match piece {
            "\n" | "\r\n" => out.push(if keep_newlines { '\n' } else { ' ' }),
            "\r" if !keep_newlines => out.push(' '),
            _ => out.push_str(&grapheme(piece)),
        }
    }
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

/// Nothing in the text needs a second look: printable ASCII, or characters each of which is a visible grapheme.
fn is_harmless(text: &str) -> bool {
    is_printable_ascii(text.as_bytes()) || text.chars().all(stands_alone)
}

/// What a character is to the gate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Takes cells of its own and starts a grapheme.
    Base,
    /// Stands on the character before it.
    Mark,
    /// Joins what follows.
    Prefix,
    /// A conjoining Hangul vowel or final.
    Jamo,
    /// Default-ignorable; stays only where it belongs.
    Hidden,
    /// Never shown; this stands in its place.
    Forbidden(char),
}

fn role(c: char) -> Role {
    if stands_alone(c) {
        return Role::Base;
    }
    match c {
        '\0'..='\u{1F}' => Role::Forbidden(char::from_u32(0x2400 + c as u32).unwrap_or(UNKNOWN)),
        '\u{7F}' => Role::Forbidden('␡'),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Role::Forbidden('␤'),
        '\u{200E}' | '\u{202A}' | '\u{202D}' | '\u{2066}' => Role::Forbidden('⇥'),
        '\u{61C}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}' => Role::Forbidden('⇤'),
        '\u{2068}' | '\u{202C}' | '\u{2069}' => Role::Forbidden('⇆'),
        '\u{80}'..='\u{9F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}' => {
            Role::Forbidden(UNKNOWN)
        }
        _ if c as u32 & 0xFFFE == 0xFFFE => Role::Forbidden(UNKNOWN),
        SOFT_HYPHEN => Role::Hidden,
        _ if is_default_ignorable(c) => Role::Hidden,
        '\u{1160}'..='\u{11FF}' | '\u{D7B0}'..='\u{D7FB}' => Role::Jamo,
        _ if is_prefix(c) => Role::Prefix,
        _ if stands_on_a_base(c) => Role::Mark,
        _ if c.width().unwrap_or(0) == 0 => Role::Forbidden(UNKNOWN),
        _ => Role::Base,
    }
}

/// Unicode's `Default_Ignorable_Code_Point`, without the soft hyphen and the bidi controls.
fn is_default_ignorable(c: char) -> bool {
    matches!(c,
        '\u{34F}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Unicode's `Grapheme_Cluster_Break=Prepend`: several of them take no cell by themselves.
fn is_prefix(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{70F}' | '\u{890}'..='\u{891}' | '\u{8E2}' | '\u{D4E}'
        | '\u{110BD}' | '\u{110CD}' | '\u{111C2}'..='\u{111C3}' | '\u{113D1}' | '\u{1193F}' | '\u{11941}'
        | '\u{11A84}'..='\u{11A89}' | '\u{11D46}' | '\u{11F02}'
    )
}

/// The character joins the grapheme before it. Asked of the segmentation itself, so that the two never disagree.
fn stands_on_a_base(c: char) -> bool {
    let may_take_cells = matches!(c as u32,
        0x900..=0x1CFF | 0x302E..=0x302F | 0xA800..=0xABFF | 0xFF9E..=0xFF9F | 0x11000..=0x11FFF
        | 0x16F00..=0x16FFF | 0x1D100..=0x1D1FF | 0x1F3FB..=0x1F3FF | 0x2D7F);
    (may_take_cells || c.width() == Some(0)) && is_one_grapheme(&[CIRCLE, c])
}

/// Whether emoji rules hold for it (`Extended_Pictographic`), asked as in [`stands_on_a_base`]: two of them
/// around a joiner are one grapheme.
fn is_pictograph(c: char) -> bool {
    // Marks and joiners attach to anything, a letter among it; a pictograph only after a joiner.
    c > '\u{A8}' && is_one_grapheme(&['©', JOINER, c]) && !is_one_grapheme(&['a', c])
}

fn is_one_grapheme(chars: &[char]) -> bool {
    let text: String = chars.iter().collect();
    text.graphemes(true).nth(1).is_none()
}

/// Letters of scripts in which a joiner or a non-joiner changes what is seen.
fn is_joining_letter(c: char) -> bool {
    let script = matches!(c as u32,
        0x620..=0x8FF | 0x900..=0xDFF | 0x1000..=0x109F | 0x1780..=0x18AF | 0xA840..=0xA87F | 0xA8E0..=0xA8FF
        | 0xAA60..=0xAA7F | 0xFB50..=0xFDCF | 0xFDF0..=0xFEFE | 0x10A00..=0x10FFF | 0x11000..=0x11FFF
        | 0x1E900..=0x1E95F);
    script && c.is_alphabetic()
}

/// A hidden character `c` belongs where it is: after `base`, with `marks` between, and before `next`.
fn belongs(c: char, base: Option<char>, marks: usize, next: Option<char>) -> bool {
    let Some(base) = base else { return false };
    match c {
        JOINER if is_pictograph(base) => next.is_some_and(is_pictograph),
        JOINER | NON_JOINER => is_joining_letter(base),
        _ if marks > 0 => false,
        '\u{FE0E}' | '\u{FE0F}' => {
            matches!(base, '#' | '*' | '0'..='9') || is_pictograph(base) || is_ideograph(base)
        }
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => is_ideograph(base),
        '\u{180B}'..='\u{180D}' | '\u{180F}' => matches!(base, '\u{1820}'..='\u{18AA}'),
        _ => false,
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// The compatibility letter of a conjoining vowel or final of modern Hangul.
fn compatibility_letter(c: char) -> char {
    const FINALS: [char; 27] = [
        'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ',
        'ㅁ', 'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    match c {
        '\u{1161}'..='\u{1175}' => {
            char::from_u32('ㅏ' as u32 + (c as u32 - 0x1161)).unwrap_or(UNKNOWN)
        }
        '\u{11A8}'..='\u{11C2}' => FINALS[c as usize - 0x11A8],
        _ => UNKNOWN,
    }
}

/// One grapheme on its way through the gate.
#[derive(Default)]
struct Showing {
    out: String,
    chars: usize,
    /// What marks can stand on; none at the start and after a character of ours.
    base: Option<char>,
    /// Marks since the base; a joiner ends a run of them.
    marks: usize,
    /// A joiner or non-joiner is the last thing shown: a second one does nothing.
    joined: bool,
    /// The rest of the marks is one [`MORE`] already.
    crowded: bool,
    /// The last thing shown is [`INVISIBLE`]: a run of invisibles is one.
    hidden: bool,
    /// Prefixes wait for something to stand before.
    prefixes: usize,
}

impl Showing {
    fn whole(grapheme: &str) -> String {
        let mut showing = Self::default();
        let mut chars = grapheme.chars().peekable();
        while let Some(c) = chars.next() {
            if showing.chars >= MOST_CHARS {
                showing.out.push(MORE);
                return showing.out;
            }
            showing.add(c, chars.peek().copied());
        }
        if showing.prefixes > 0 {
            showing.out.push(CIRCLE);
        }
        showing.out
    }

    fn add(&mut self, c: char, next: Option<char>) {
        match role(c) {
            Role::Base => self.stand(c),
            Role::Forbidden(mark) => self.replace(mark),
            Role::Prefix if self.prefixes >= MOST_MARKS => self.crowd(),
            Role::Prefix => {
                self.push(c);
                self.prefixes += 1;
                (self.base, self.crowded) = (None, false);
            }
            Role::Jamo if self.base.is_none() => self.replace(compatibility_letter(c)),
            Role::Mark | Role::Jamo => self.mark(c),
            Role::Hidden if c == SOFT_HYPHEN => {}
            Role::Hidden if !self.joined && belongs(c, self.base, self.marks, next) => {
                self.mark(c);
                self.joined = matches!(c, JOINER | NON_JOINER);
            }
            Role::Hidden if self.hidden || self.crowded => {}
            Role::Hidden => {
                self.replace(INVISIBLE);
                self.hidden = true;
            }
        }
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.chars += 1;
        (self.joined, self.hidden) = (false, false);
    }

    fn stand(&mut self, base: char) {
        self.push(base);
        self.base = Some(base);
        (self.marks, self.prefixes, self.crowded) = (0, 0, false);
    }

    fn replace(&mut self, mark: char) {
        self.push(mark);
        self.base = None;
        (self.marks, self.prefixes, self.crowded) = (0, 0, false);
    }

    fn mark(&mut self, mark: char) {
        if self.crowded || self.marks >= MOST_MARKS {
            return self.crowd();
        }
        if self.base.is_none() {
            self.stand(CIRCLE);
        }
        self.push(mark);
        self.marks += 1;
    }

    fn crowd(&mut self) {
        if !self.crowded {
            self.replace(MORE);
            self.crowded = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn plain_text_is_not_copied() {
        for text in ["", "plain text", "“Ça va”, говорит, 日本語 سلام – 👩"]
        {
            assert!(
                matches!(line(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
        assert!(matches!(block("two\nlines"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_control_sequence_is_shown_letter_by_letter() {
        assert_eq!(line("\u{1B}[31mred\u{7}\u{7F}\u{9B}0m\0"), "␛[31mred␇␡�0m␀");
        assert_eq!(block("\u{1B}]0;title\u{7}"), "␛]0;title␇");
    }

    #[test]
    fn a_label_has_one_line_and_a_block_keeps_its_own() {
        assert_eq!(line("a\nb\r\nc\rd\te"), "a b c d e");
        assert_eq!(block("a\nb\r\nc\rd\te"), "a\nb\nc␍d e");
        assert_eq!(line("a\u{2028}b\u{85}"), "a␤b␤");
    }

    #[test]
    fn bidi_controls_are_shown_with_their_direction() {
        assert_eq!(line("a\u{202E}cba\u{202C}"), "a⇤cba⇆");
        assert_eq!(line("\u{2066}x\u{2069}\u{200E}"), "⇥x⇆⇥");
    }

    #[test]
    fn what_is_invisible_is_shown_once_for_a_run_in_a_grapheme() {
        assert_eq!(line("a\u{200B}b\u{FEFF}c\u{2060}"), "a◦b◦c◦");
        assert_eq!(line("x\u{E0041}\u{E0042}\u{E007F}y"), "x◦y");
        assert_eq!(line("a\u{FE0F}\u{E0100}\u{34F}b"), "a◦b");
        assert_eq!(line("ᄀ\u{3164}\u{FDD0}\u{1FFFE}"), "ᄀ◦��");
    }

    #[test]
    fn a_joiner_after_a_joiner_joins_nothing() {
        for text in [
            "👩\u{200D}\u{200D}",
            "👩\u{200D}\u{200D}👩",
            "👩\u{200D}\u{301}👩",
        ] {
            let once = line(text).into_owned();
            assert!(!once.contains(JOINER), "{once:?}");
            assert_eq!(line(&once), once);
        }
    }

    #[test]
    fn emoji_and_joining_scripts_keep_their_joiners() {
        for text in [
            "👩\u{200D}👩\u{200D}👧",
            "❤\u{FE0F}\u{200D}🔥",
            "☺\u{FE0E}",
            "👍🏽",
            "🇮🇷",
            "1\u{FE0F}\u{20E3}",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "葛\u{E0100}",
        ] {
            assert_eq!(line(text), text, "{}", text.escape_unicode());
        }
        assert_eq!(line("a\u{200D}b\u{200C}c"), "a◦b◦c");
        assert_eq!(line("ی\u{200C}\u{200C}\u{200C}خ"), "ی\u{200C}◦خ");
        assert_eq!(line("👩\u{200D}"), "👩◦");
    }

    #[test]
    fn a_mark_without_a_base_gets_one() {
        assert_eq!(line("\u{301}a"), "◌\u{301}a");
        assert_eq!(line("a\n\u{301}"), "a ◌\u{301}");
        assert_eq!(grapheme("\u{93F}"), "◌\u{93F}");
        assert_eq!(grapheme("\u{1161}"), "ㅏ");
        assert_eq!(grapheme("\u{605}"), "\u{605}◌");
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("a{}b", "\u{301}".repeat(1000));
        assert_eq!(line(&tower), format!("a{}⋮b", "\u{301}".repeat(MOST_MARKS)));
        let jamo = "ᄀ".repeat(1000);
        assert_eq!(line(&jamo).chars().count(), MOST_CHARS + 1);
    }

    #[test]
    fn a_soft_hyphen_is_not_seen() {
        assert_eq!(grapheme("\u{AD}"), "");
        assert_eq!(line("co\u{AD}operate"), "cooperate");
    }

    #[test]
    fn each_character_alone_is_visible_and_passes_a_second_time_unchanged() {
        for c in crate::text::kinds_of_character() {
            let text = c.to_string();
            let shown = grapheme(&text);
            assert!(
                c == SOFT_HYPHEN || width::grapheme(&shown) > 0,
                "{:X}",
                c as u32
            );
            assert_eq!(line(&shown), shown, "{:X}", c as u32);
        }
    }
}
