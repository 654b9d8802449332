//! Right-to-left text in visual order (UAX #9).
//!
//! Invariant: levels are resolved once a paragraph; laying out a row takes time linear in the row (times the few levels on
//! it), however long its paragraph is. Whole graphemes are reordered, so that marks stay on their base (L3).
//!
//! `unicode-bidi` resolves the levels (P, X, W, N, I). What depends on the row is done here: L1 and L2 on the row's own
//! levels (`BidiInfo::visual_runs` copies those of the whole paragraph for every row), and L4, mirroring, by
//! Unicode's `BidiMirroring.txt`, of which the crate knows the brackets only.

use super::{ByteSpan, safe, segment, wrap};
use std::borrow::Cow;
use std::sync::OnceLock;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// Who puts right-to-left text into visual order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ordering {
    /// We do: for terminals that draw cells in the order given.
    #[default]
    App,
    /// The terminal does.
    Terminal,
    /// Nobody.
    Off,
}

/// The direction of a paragraph and the levels of its text, computed once a passage.
///
/// A passage with line ends in it is several paragraphs to UAX #9; each has its own direction
/// ([`Paragraph::row_is_right_to_left`]).
#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// True where the (first) paragraph's base direction is right to left.
    pub right_to_left: bool,
    /// Runs of one level, in order; empty where everything runs left to right.
    runs: Vec<Run>,
}

/// Bytes up to `end`, from the end of the run before, on one level.
#[derive(Clone, Copy, Debug)]
struct Run {
    end: usize,
    level: Level,
    base: Level,
}

impl Paragraph {
    /// Reads the paragraph once; cheap (one scan) where nothing in it is right to left.
    pub fn new(text: &str) -> Self {
        if may_be_reordered(text) {
            Self::resolve(text, None)
        } else {
            Self::default()
        }
    }

    /// As [`Paragraph::new`], with the base direction given rather than read from the first letter.
    pub fn with_direction(text: &str, right_to_left: bool) -> Self {
        if !right_to_left && !may_be_reordered(text) {
            return Self::default();
        }
        let base = if right_to_left {
            Level::rtl()
        } else {
            Level::ltr()
        };
        Self::resolve(text, Some(base))
    }

    fn resolve(text: &str, base: Option<Level>) -> Self {
        let info = BidiInfo::new(text, base);
        let mut runs: Vec<Run> = Vec::new();
        for paragraph in &info.paragraphs {
            for at in paragraph.range.clone() {
                let level = info.levels[at];
                match runs.last_mut() {
                    Some(run) if run.level == level && run.base == paragraph.level => {
                        run.end = at + 1;
                    }
                    _ => runs.push(Run {
                        end: at + 1,
                        level,
                        base: paragraph.level,
                    }),
                }
            }
        }
        let right_to_left = info.paragraphs.first().map_or_else(
            || base.is_some_and(|level| level.is_rtl()),
            |first| first.level.is_rtl(),
        );
        if runs.iter().all(|run| run.level == Level::ltr()) {
            runs.clear();
        }
        Self {
            right_to_left,
            runs,
        }
    }

    /// Whether the paragraph in which the row stands runs right to left, and the row is to be set flush right.
    pub fn row_is_right_to_left(&self, row: ByteSpan) -> bool {
        self.runs_from(row.start as usize)
            .first()
            .or(self.runs.last())
            .map_or(self.right_to_left, |run| run.base.is_rtl())
    }

    /// The graphemes of one row (`row` is a span of the paragraph's text) in the order in which cells are drawn from left to right:
    /// for each the bytes it comes from and what is shown (mirrored where the direction asks for it, passed through the gate).
    /// A tab is shown as the spaces up to its stop; a soft hyphen as nothing.
    pub fn visual_row<'t>(&self, text: &'t str, row: ByteSpan) -> Vec<(ByteSpan, Cow<'t, str>)> {
        let mut shown = logical_row(text, row);
        if self.runs.is_empty() {
            return shown;
        }
        let by_char = self.levels(text, row);
        // Both are in order and graphemes start at characters, so one walk finds each grapheme's first character.
        let mut chars = by_char.iter();
        let mut levels = Vec::with_capacity(shown.len());
        for (span, drawn) in &mut shown {
            let level = chars
                .find(|(at, _)| *at == span.start as usize)
                .map_or(Level::ltr(), |(_, level)| *level);
            if level.is_rtl() {
                mirror(drawn);
            }
            levels.push(level);
        }
        let mut shown: Vec<_> = shown.into_iter().map(Some).collect();
        visual_order(&levels)
            .into_iter()
            .filter_map(|index| shown[index].take())
            .collect()
    }

    /// The level of each character of a row after L1, with the byte in `text` at which it starts. White space at the
    /// row's end and before tabs has the paragraph's level; a character that UAX #9 removes (X9) that of the one before it.
    pub fn levels(&self, text: &str, row: ByteSpan) -> Vec<(usize, Level)> {
        let start = row.start as usize;
        let mut runs = self.runs_from(start).iter().peekable();
        let base = runs.peek().map_or(Level::ltr(), |run| run.base);
        let mut levels: Vec<(usize, Level)> = Vec::new();
        // Where the white space began that takes the paragraph's level if a separator or the row's end follows.
        let mut spaces_from = Some(0);
        let mut before = base;
        for (offset, c) in row.of(text).char_indices() {
            let at = start + offset;
            while runs.next_if(|run| run.end <= at).is_some() {}
            let resolved = runs.peek().map_or(base, |run| run.level);
            let here = levels.len();
            match bidi_class(c) {
                BidiClass::B | BidiClass::S => {
                    levels.push((at, base));
                    lower(&mut levels, spaces_from.take().unwrap_or(here), base);
                    // What follows a separator is at the start of a segment.
                    spaces_from = None;
                }
                BidiClass::WS
                | BidiClass::FSI
                | BidiClass::LRI
                | BidiClass::RLI
                | BidiClass::PDI => {
                    spaces_from.get_or_insert(here);
                    levels.push((at, resolved));
                }
                BidiClass::RLE
                | BidiClass::LRE
                | BidiClass::RLO
                | BidiClass::LRO
                | BidiClass::PDF
                | BidiClass::BN => {
                    spaces_from.get_or_insert(here);
                    levels.push((at, before));
                }
                _ => {
                    spaces_from = None;
                    levels.push((at, resolved));
                }
            }
            before = levels.last().map_or(base, |(_, level)| *level);
        }
        if let Some(from) = spaces_from {
            lower(&mut levels, from, base);
        }
        levels
    }

    fn runs_from(&self, at: usize) -> &[Run] {
        let first = self.runs.partition_point(|run| run.end <= at);
        self.runs.get(first..).unwrap_or_default()
    }
}

/// The graphemes of one row as they are shown, in the order of the text: for [`Ordering::Terminal`] and [`Ordering::Off`].
pub fn logical_row(text: &str, row: ByteSpan) -> Vec<(ByteSpan, Cow<'_, str>)> {
    let base = row.start as usize;
    let mut column = 0;
    segment::graphemes(row.of(text))
        .map(|(at, piece)| {
            let shown = if piece == "\t" {
                Cow::Owned(" ".repeat(wrap::tab_cells(column)))
            } else {
                safe::grapheme(piece)
            };
            column += usize::from(super::width::grapheme(&shown));
            (ByteSpan::new(base + at, base + at + piece.len()), shown)
        })
        .collect()
}

/// Indices in visual order (L2): from the highest level down to the lowest odd one, what is on that level or above
/// is reversed.
pub fn visual_order(levels: &[Level]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let mut present: Vec<u8> = levels.iter().map(Level::number).collect();
    present.sort_unstable();
    present.dedup();
    let Some(lowest_odd) = present.iter().copied().find(|level| level % 2 == 1) else {
        return order;
    };
    // Reversing twice is reversing never: only levels from which an odd number of steps leads down to the next matter.
    let mut below = lowest_odd.saturating_sub(1);
    let mut steps = Vec::new();
    for level in present.into_iter().filter(|level| *level >= lowest_odd) {
        if (level - below) % 2 == 1 {
            steps.push(level);
        }
        below = level;
    }
    for level in steps.into_iter().rev() {
        let mut at = 0;
        while at < order.len() {
            let run = order[at..]
                .iter()
                .take_while(|index| levels[**index].number() >= level)
                .count();
            order[at..at + run].reverse();
            at += run.max(1);
        }
    }
    order
}

fn lower(levels: &mut [(usize, Level)], from: usize, base: Level) {
    for (_, level) in levels.iter_mut().skip(from) {
        *level = base;
    }
}

/// True where a character could have another level than 0: it is right to left, an Arabic digit, or a control.
fn may_be_reordered(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().any(|c| {
            matches!(c as u32, 0x590..=0x8FF | 0x200F | 0x202A..=0x202E | 0x2066..=0x2068 | 0xFB1D..=0xFDFF
                | 0xFE70..=0xFEFE | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
        })
}

/// Replaces characters that have a mirror image (L4).
fn mirror(shown: &mut Cow<'_, str>) {
    let Some(first) = shown.chars().next() else {
        return;
    };
    if first.is_alphanumeric() {
        return;
    }
    if let Ok(at) = mirrors().binary_search_by_key(&first, |(from, _)| *from) {
        let (from, to) = mirrors()[at];
        let shown = shown.to_mut();
        shown.replace_range(..from.len_utf8(), to.encode_utf8(&mut [0; 4]));
    }
}

fn mirrors() -> &'static [(char, char)] {
    static MIRRORS: OnceLock<Vec<(char, char)>> = OnceLock::new();
    MIRRORS.get_or_init(|| {
        let all: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        let mut pairs: Vec<(char, char)> = all
            .chunks_exact(2)
            .flat_map(|pair| [(pair[0], pair[1]), (pair[1], pair[0])])
            .collect();
        pairs.sort_unstable();
        pairs
    })
}

/// All pairs of Unicode's `BidiMirroring.txt`.
const PAIRS: &str = "
()<>[]{}«»༺༻༼༽᚛᚜‹›⁅⁆⁽⁾₍₎∈∋∉∌∊∍∕⧵∟⯾∠⦣∡⦛∢⦠∤⫮∼∽≃⋍≅≌≒≓≔≕≤≥≦≧≨≩≪≫≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿⊀⊁
⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊏⊐⊑⊒⊘⦸⊢⊣⊦⫞⊨⫤⊩⫣⊫⫥⊰⊱⊲⊳⊴⊵⊶⊷⊸⟜⋉⋊⋋⋌⋐⋑⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋰⋱⋲⋺⋳⋻⋴⋼⋶⋽⋷⋾⌈⌉
⌊⌋\u{2329}\u{232A}❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟃⟄⟅⟆⟈⟉⟋⟍⟕⟖⟝⟞⟢⟣⟤⟥⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦎⦏⦑⦒⦓⦔⦕⦖⦗⦘⦤⦥⦨⦩⦪⦫⦬⦭⦮⦯⧀⧁⧄⧅
⧏⧐⧑⧒⧔⧕⧘⧙⧚⧛⧨⧩⧸⧹⧼⧽⨫⨬⨭⨮⨴⨵⨼⨽⩤⩥⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪦⪧⪨⪩⪪⪫⪬⪭⪯⪰⪱⪲
⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂⫃⫄⫅⫆⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫬⫭⫷⫸⫹⫺⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】
〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞﹤﹥（）＜＞［］｛｝｟｠｢｣";

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> String {
        let whole = ByteSpan::new(0, text.len());
        let row = Paragraph::new(text).visual_row(text, whole);
        row.into_iter().map(|(_, shown)| shown).collect()
    }

    #[test]
    fn left_to_right_text_is_left_alone() {
        assert_eq!(drawn("plain (text) — naïve"), "plain (text) — naïve");
        assert!(Paragraph::new("plain — naïve 日本").runs.is_empty());
    }

    #[test]
    fn hebrew_is_reversed_and_brackets_are_mirrored() {
        assert_eq!(drawn("אבג (דה)"), "(הד) גבא");
        assert_eq!(drawn("see אבג now"), "see גבא now");
        assert_eq!(drawn("«א»"), "«א»");
    }

    #[test]
    fn numbers_inside_right_to_left_text_stay_left_to_right() {
        assert_eq!(drawn("אב 123 גד"), "דג 123 בא");
    }

    #[test]
    fn marks_stay_on_their_base() {
        assert_eq!(drawn("אָבּ"), "בּאָ");
    }

    #[test]
    fn the_direction_is_that_of_the_first_strong_letter() {
        assert!(Paragraph::new("1. سلام hello").right_to_left);
        assert!(!Paragraph::new("hello سلام").right_to_left);
        let text = "hello\nسلام";
        let lines = Paragraph::new(text);
        assert!(!lines.right_to_left);
        assert!(!lines.row_is_right_to_left(ByteSpan::new(0, 5)));
        assert!(lines.row_is_right_to_left(ByteSpan::new(6, text.len())));
    }

    #[test]
    fn a_row_is_laid_out_by_the_levels_of_its_paragraph() {
        // The second row starts inside the Hebrew: alone it would be read as right to left.
        let text = "ab אב גד ef";
        let row = ByteSpan::new(8, text.len());
        let paragraph = Paragraph::new(text);
        let shown: String = paragraph
            .visual_row(text, row)
            .into_iter()
            .map(|(_, shown)| shown)
            .collect();
        assert_eq!(shown, "דג ef");
        assert!(!paragraph.row_is_right_to_left(row));
    }

    #[test]
    fn spaces_at_the_end_of_a_row_take_the_paragraphs_direction() {
        assert_eq!(drawn("ab אב  "), "ab בא  ");
    }

    #[test]
    fn controls_order_the_text_and_are_shown() {
        assert_eq!(drawn("\u{202E}abc"), "⇤cba");
        assert_eq!(drawn("\u{202E}a(\u{202C}"), "⇤)a⇆");
    }

    #[test]
    fn tabs_are_spaces_up_to_their_stop() {
        assert_eq!(drawn("a\tb"), "a   b");
    }

    #[test]
    fn mirror_images_are_mutual() {
        for (from, to) in mirrors() {
            let mut shown = Cow::from(to.to_string());
            mirror(&mut shown);
            assert_eq!(shown, from.to_string());
        }
        assert_eq!(mirrors().len(), 428);
    }

    #[test]
    fn order_is_that_of_the_standards_examples() {
        let levels = |numbers: &[u8]| Level::vec(numbers);
        assert_eq!(visual_order(&levels(&[0, 1, 1, 0])), [0, 2, 1, 3]);
        assert_eq!(visual_order(&levels(&[1, 2, 2, 1])), [3, 1, 2, 0]);
        assert_eq!(
            visual_order(&levels(&[0, 1, 2, 2, 1, 0])),
            [0, 4, 2, 3, 1, 5]
        );
        assert_eq!(visual_order(&levels(&[2, 2])), [0, 1]);
        assert_eq!(visual_order(&levels(&[1, 3, 3, 1])), [3, 2, 1, 0]);
        assert_eq!(visual_order(&levels(&[1, 4, 4, 1])), [3, 1, 2, 0]);
    }
}
