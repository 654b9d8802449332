//! The marks of a passage that may be quotation marks, and how likely each opens a quotation, closes one, or does
//! neither (an apostrophe, a sign for feet and inches, a slip).
//!
//! Invariant: a cost depends on the mark and the characters beside it alone; what the marks are together is decided in
//! [`super::pairs`].

/// A cost that rules a reading out.
pub(super) const NEVER: u32 = 1000;
/// A quotation that is opened and not closed.
pub(super) const UNCLOSED: u32 = 15;
/// A mark made for quoting that quotes nothing.
const STRAY: u32 = 30;

/// A mark by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Glyph {
    /// `"`
    Double,
    /// `'`
    Single,
    /// `“`
    LeftDouble,
    /// `”`
    RightDouble,
    /// `„`
    LowDouble,
    /// `‘`
    LeftSingle,
    /// `’`
    RightSingle,
    /// `‚`
    LowSingle,
    /// `«`
    LeftGuillemet,
    /// `»`
    RightGuillemet,
    /// `‹`
    LeftAngle,
    /// `›`
    RightAngle,
    /// `「`
    OpenCorner,
    /// `」`
    CloseCorner,
    /// `『`
    OpenWhiteCorner,
    /// `』`
    CloseWhiteCorner,
    /// ` `` ` as typewriters and TeX have it.
    TwoBackticks,
    /// `''`, which closes two backticks.
    TwoSingles,
}

/// Marks that stand for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// `"`, `“`, `„`, ` `` `.
    Double,
    /// `'`, `‘`, `‚`.
    Single,
    /// `«`.
    Guillemet,
    /// `‹`.
    Angle,
    /// `「`.
    Corner,
    /// `『`.
    WhiteCorner,
}

impl Glyph {
    fn of(c: char) -> Option<Self> {
        Some(match c {
            '"' | '\u{ff02}' => Self::Double,
            '\'' | '\u{ff07}' => Self::Single,
            '\u{201c}' | '\u{301d}' => Self::LeftDouble,
            '\u{201d}' | '\u{301e}' | '\u{301f}' => Self::RightDouble,
            '\u{201e}' | '\u{201f}' => Self::LowDouble,
            '\u{2018}' => Self::LeftSingle,
            '\u{2019}' => Self::RightSingle,
            '\u{201a}' | '\u{201b}' => Self::LowSingle,
            '\u{ab}' => Self::LeftGuillemet,
            '\u{bb}' => Self::RightGuillemet,
            '\u{2039}' => Self::LeftAngle,
            '\u{203a}' => Self::RightAngle,
            '「' | '﹁' | '｢' => Self::OpenCorner,
            '」' | '﹂' | '｣' => Self::CloseCorner,
            '『' | '﹃' => Self::OpenWhiteCorner,
            '』' | '﹄' => Self::CloseWhiteCorner,
            _ => return None,
        })
    }

    /// What it stands for.
    pub(super) fn family(self) -> Family {
        match self {
            Self::Double
            | Self::LeftDouble
            | Self::RightDouble
            | Self::LowDouble
            | Self::TwoBackticks
            | Self::TwoSingles => Family::Double,
            Self::Single | Self::LeftSingle | Self::RightSingle | Self::LowSingle => Family::Single,
            Self::LeftGuillemet | Self::RightGuillemet => Family::Guillemet,
            Self::LeftAngle | Self::RightAngle => Family::Angle,
            Self::OpenCorner | Self::CloseCorner => Family::Corner,
            Self::OpenWhiteCorner | Self::CloseWhiteCorner => Family::WhiteCorner,
        }
    }

    /// What it costs that this mark closes what `opener` opened, besides where they stand. `twin`: the language opens and
    /// closes by the same mark (Swedish, Finnish).
    pub(super) fn closes(self, opener: Self, twin: bool) -> Option<u32> {
        use Glyph as G;
        let twins = if twin { 0 } else { 15 };
        Some(match (opener, self) {
            (G::Double, G::Double)
            | (G::Single, G::Single)
            | (G::LeftDouble, G::RightDouble)
            | (G::LowDouble, G::LeftDouble | G::RightDouble)
            | (G::LeftSingle, G::RightSingle)
            | (G::LowSingle, G::LeftSingle | G::RightSingle)
            | (G::LeftGuillemet, G::RightGuillemet)
            | (G::RightGuillemet, G::LeftGuillemet)
            | (G::LeftAngle, G::RightAngle)
            | (G::RightAngle, G::LeftAngle)
            | (G::OpenCorner, G::CloseCorner)
            | (G::OpenWhiteCorner, G::CloseWhiteCorner)
            | (G::TwoBackticks, G::TwoSingles) => 0,
            (G::RightDouble, G::RightDouble)
            | (G::RightSingle, G::RightSingle)
            | (G::RightGuillemet, G::RightGuillemet)
            | (G::RightAngle, G::RightAngle) => twins,
            // Mixed by hand or by a keyboard.
            (G::LowDouble, G::Double) => 5,
            (G::Double, G::RightDouble | G::LeftDouble)
            | (G::LeftDouble, G::Double)
            | (G::Single, G::RightSingle)
            | (G::LeftSingle, G::Single) => 8,
            (G::LeftDouble, G::LeftDouble) => 15,
            _ => return None,
        })
    }

    /// What it costs to open a quotation by this mark inside one that `outer` opened.
    pub(super) fn nests_in(self, outer: Self) -> u32 {
        match (outer.family(), self.family()) {
            (Family::Double, Family::Double) => match (outer, self) {
                (Self::Double, Self::Double) => STRAY,
                (Self::LowDouble, Self::LeftDouble | Self::RightDouble) => 10,
                // More than what a quotation costs that is left open: two openings in a row are a slip more often.
                _ => 20,
            },
            (Family::Single, Family::Single) => 20,
            (Family::Guillemet, Family::Guillemet) | (Family::Angle, Family::Angle) => 5,
            (Family::Corner, Family::Corner) | (Family::WhiteCorner, Family::WhiteCorner) => 10,
            _ => 0,
        }
    }
}

/// A mark with what it costs to read it in each way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// First byte.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// Its form.
    pub(super) glyph: Glyph,
    /// Opens a quotation.
    pub(super) open: u32,
    /// Closes one.
    pub(super) close: u32,
    /// Is no quotation mark.
    pub(super) none: u32,
}

/// The marks of a passage, in order.
pub(super) fn marks(text: &str, twin: bool) -> Vec<Mark> {
    let mut found: Vec<Mark> = Vec::new();
    let mut at = 0;
    while let Some((start, c)) = next_candidate(text, at) {
        let end = start + c.len_utf8();
        at = end;
        let doubled = text.get(end..).is_some_and(|rest| rest.starts_with(c));
        let (glyph, end) = match c {
            '`' if doubled => (Glyph::TwoBackticks, end + 1),
            '\'' if doubled => (Glyph::TwoSingles, end + 1),
            other => match Glyph::of(other) {
                Some(glyph) => (glyph, end),
                None => continue,
            },
        };
        at = end;
        let (head, rest) = (
            text.get(..start).unwrap_or_default(),
            text.get(end..).unwrap_or_default(),
        );
        let beside = Beside {
            before: head.chars().next_back(),
            after: rest.chars().next(),
            head,
            rest,
        };
        let (open, close, none) = beside.costs(glyph, twin);
        found.push(Mark {
            start,
            end,
            glyph,
            open,
            close,
            none,
        });
    }
    found
}

/// The next character that could be a mark, by its bytes: most text holds none.
fn next_candidate(text: &str, from: usize) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(
            // First bytes of the marks in UTF-8.
            |byte| matches!(byte, b'"' | b'\'' | b'`' | 0xc2 | 0xe2 | 0xe3 | 0xef),
        )?;
        let c = text.get(at..)?.chars().next()?;
        if c == '`' || Glyph::of(c).is_some() {
            return Some((at, c));
        }
        at += c.len_utf8();
    }
}

/// The characters beside a mark.
struct Beside<'t> {
    before: Option<char>,
    after: Option<char>,
    /// All before it.
    head: &'t str,
    /// All after it.
    rest: &'t str,
}

impl Beside<'_> {
    /// Opening, closing, neither.
    fn costs(&self, glyph: Glyph, twin: bool) -> (u32, u32, u32) {
        match glyph {
            Glyph::Double => self.double(),
            Glyph::Single => self.single(true),
            Glyph::RightSingle => {
                let (open, close, none) = self.single(false);
                (if twin { open.min(2) } else { open }, close, none)
            }
            Glyph::LeftSingle | Glyph::LowSingle => self.left_single(glyph),
            Glyph::LeftDouble => self.left_double(),
            Glyph::RightDouble => self.right_double(twin),
            Glyph::LowDouble | Glyph::OpenCorner | Glyph::OpenWhiteCorner | Glyph::TwoBackticks => {
                (0, NEVER, STRAY)
            }
            Glyph::CloseCorner | Glyph::CloseWhiteCorner => (NEVER, 0, STRAY),
            Glyph::TwoSingles => (NEVER, 0, 5),
            // Which way they point differs by country: French « », German » «; a space inside is usual.
            Glyph::LeftGuillemet | Glyph::LeftAngle => (0, 0, STRAY),
            Glyph::RightGuillemet | Glyph::RightAngle => {
                // Spanish and French may set it before each paragraph of a quotation that goes on.
                let opens = self.before.is_none() || (self.opens_here() && !self.space_after());
                (if opens { 0 } else { STRAY }, 0, STRAY)
            }
        }
    }

    fn double(&self) -> (u32, u32, u32) {
        let (space_before, space_after) = (self.space_before(), self.space_after());
        let open = match (self.opens_here(), space_after) {
            (true, false) => 0,
            (true, true) if self.after.is_some() => 6,
            (_, true) => STRAY,
            (false, false) if self.before.is_some_and(is_spaceless) => 2,
            (false, false) => 20,
        };
        let close = match (space_before, self.closes_here()) {
            (false, true) => 0,
            (true, true) if space_after && self.before.is_some() => 8,
            (true, _) => STRAY,
            (false, false) if self.after.is_some_and(is_spaceless) => 2,
            (false, false) => 15,
        };
        // 5'6", 14" wide.
        let none = if self.before.is_some_and(|c| c.is_ascii_digit()) {
            5
        } else {
            STRAY
        };
        (open, close, none)
    }

    fn left_double(&self) -> (u32, u32, u32) {
        let open = match (self.opens_here(), self.space_after()) {
            (true, false) => 0,
            (false, false) if self.before.is_some_and(is_spaceless) => 0,
            (true, true) => 5,
            (false, false) => 8,
            (false, true) => 20,
        };
        (open, if self.space_before() { 20 } else { 0 }, STRAY)
    }

    fn right_double(&self, twin: bool) -> (u32, u32, u32) {
        let may_open = self.opens_here() && !self.space_after();
        let open = match (may_open, twin) {
            (true, true) => 0,
            (true, false) => 20,
            (false, _) => STRAY,
        };
        let after_digit = self.before.is_some_and(|c| c.is_ascii_digit());
        (
            open,
            if self.space_before() { 8 } else { 0 },
            if after_digit { 4 } else { STRAY },
        )
    }

    /// `‘` and `‚`; the first closes in German.
    fn left_single(&self, glyph: Glyph) -> (u32, u32, u32) {
        let inside_word = self.before.is_some_and(is_letter) && self.after.is_some_and(is_letter);
        if inside_word && glyph == Glyph::LeftSingle {
            return (25, 15, 0);
        }
        let close = if self.space_before() { 20 } else { 0 };
        if self.is_elision(glyph) {
            return (6, close, 2);
        }
        let open = match (self.opens_here(), self.space_after()) {
            (true, false) => 0,
            (false, false) if self.before.is_some_and(is_spaceless) => 0,
            (_, true) => 20,
            (false, false) => 10,
        };
        (open, close, 25)
    }

    /// `'` and `’`, which are apostrophes more often than not.
    fn single(&self, is_straight: bool) -> (u32, u32, u32) {
        let joins = |side: Option<char>| side.is_some_and(is_letter);
        if joins(self.before) && joins(self.after) {
            return (NEVER, NEVER, 0);
        }
        // Rock 'n' roll, and its second mark.
        let elided_and = |rest: &str| rest.starts_with("n' ") || rest.starts_with("n’ ");
        let ends_and = |head: &str| head.ends_with(" 'n") || head.ends_with(" ’n");
        if elided_and(self.rest) || ends_and(self.head) {
            return (NEVER, NEVER, 0);
        }
        if self.opens_here() && !self.space_after() {
            let glyph = if is_straight {
                Glyph::Single
            } else {
                Glyph::RightSingle
            };
            let elides = self.is_elision(glyph);
            return match (is_straight, elides) {
                (true, true) => (5, NEVER, 1),
                (true, false) => (0, STRAY, 20),
                (false, true) => (20, NEVER, 2),
                (false, false) => (20, 20, 10),
            };
        }
        let open = if self.before.is_some_and(is_spaceless) && is_straight {
            2
        } else {
            STRAY
        };
        let Some(before) = self.before.filter(|c| !c.is_whitespace()) else {
            return (STRAY, 20, 20);
        };
        if before.is_ascii_digit() {
            return (open, 3, 2); // 6' wide
        }
        if !before.is_alphabetic() || is_spaceless(before) {
            return (open, 0, 25);
        }
        let space_after = self.after.is_some_and(char::is_whitespace);
        let (close, none) = match (before.to_ascii_lowercase(), space_after) {
            ('s', true) => (7, 3),       // the dogs' owners
            ('s', false) => (2, 6),      // “improvements”, but also: the owners', …
            ('n' | 'o', true) => (3, 6), // workin' late
            (_, true) => (2, 12),
            (_, false) => (1, 12),
        };
        let close = if self.closes_here() { close } else { 20 };
        (open, close, none)
    }

    /// Left out at the start of a word: `'70s`, `'em`.
    fn is_elision(&self, glyph: Glyph) -> bool {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 2 {
            let then = self.rest.get(2..).unwrap_or_default();
            // '70s; '82 and '09 unless it may be a number that opens a quotation.
            return then.starts_with('s') || glyph != Glyph::Single || !then.starts_with(' ');
        }
        let end = self
            .rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.rest.len());
        let word = self.rest.get(..end).unwrap_or_default();
        ELISIONS
            .split_ascii_whitespace()
            .any(|elided| elided == word)
    }

    fn space_before(&self) -> bool {
        self.before.is_none_or(char::is_whitespace)
    }

    fn space_after(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    /// What stands before lets a quotation begin.
    fn opens_here(&self) -> bool {
        self.before.is_none_or(|c| {
            c.is_whitespace()
                || matches!(
                    c,
                    '(' | '['
                        | '{'
                        | '<'
                        | '/'
                        | '-'
                        | '–'
                        | '—'
                        | '―'
                        | '¿'
                        | '¡'
                        | ':'
                        | '：'
                        | '，'
                        | '='
                        | '|'
                        | '*'
                        | '_'
                        | '…'
                        | '\u{200e}'
                        | '\u{200f}'
                )
                || Glyph::of(c).is_some_and(|glyph| {
                    !matches!(
                        glyph,
                        Glyph::RightDouble | Glyph::CloseCorner | Glyph::CloseWhiteCorner
                    )
                })
        })
    }

    /// What stands after lets a quotation end.
    fn closes_here(&self) -> bool {
        self.after
            .is_none_or(|c| !c.is_alphanumeric() || is_spaceless(c))
    }
}

/// Letters and digits of scripts that set spaces: between two of them an apostrophe belongs to the word.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_spaceless(c)
}

/// Scripts without spaces between words: Chinese and Japanese.
pub(super) fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{2ffff}')
}

/// English and French words with letters left out before them, as they are spelt (in small letters: with a capital a
/// quotation begins more often).
const ELISIONS: &str = "em til till tis twas twere twill cause cos coz bout round neath gainst n nuff kay cept ere im er e s t";
