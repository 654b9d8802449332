//! Text and marks as CommonMark, such that a parser gives back the same text and the same marks.
//!
//! Invariant: no character of a text is taken for markup. What a backslash cannot escape (white space at an edge,
//! control characters) is written as a character reference; a mark whose delimiters would not be seen as such (inside a word, around
//! white space) is written as an HTML tag.

use crate::corpus::{Mark, MarkStyle};
use crate::text::ByteSpan;
use std::fmt::Write as _;

/// Where a text is written.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts, each named where it is set"
)]
pub struct Place<'a> {
    /// What opens each further line: the indent of a list's entry, the `> ` of a quote.
    pub prefix: &'a str,
    /// Line breaks cannot be written as such: headings, cells, captions, names.
    pub one_line: bool,
    /// A bar would end a cell.
    pub in_table: bool,
    /// The text follows something on its line, so that nothing in it can open a block.
    pub mid_line: bool,
    /// The text stands at the start of a paragraph, where `**Name:**` would be a voice.
    pub may_be_voice: bool,
    /// Something other than white space follows the text on its line.
    pub followed: bool,
}

/// Writes the part `span` of `text` with its marks.
pub fn inline(out: &mut String, text: &str, span: ByteSpan, marks: &[Mark], place: Place<'_>) {
    let marks = nested(text, span, marks);
    let mut writer = Writer {
        out,
        text,
        end: span.end,
        place,
        at_start: true,
        at_line_start: !place.mid_line,
        digits_only: !place.mid_line,
    };
    let mut open: Vec<(&Mark, Form)> = Vec::new();
    let mut position = span.start;
    let mut next = marks.iter().enumerate().peekable();
    loop {
        let closes = open.last().map(|(mark, _)| mark.span.end);
        let opens = next.peek().map(|(_, mark)| mark.span.start);
        let stop = closes.into_iter().chain(opens).min().unwrap_or(span.end);
        writer.segment(position, stop, closes == Some(stop));
        position = stop;
        if closes == Some(stop)
            && let Some((mark, form)) = open.pop()
        {
            writer.close(mark, form);
        } else if opens == Some(stop)
            && let Some((index, mark)) = next.next()
        {
            let form = writer.form(&marks, index, open.last().map(|(outer, _)| *outer));
            writer.open(mark, form);
            if mark.style == MarkStyle::Code && form == Form::Delimiters {
                // The code stands between its backticks already.
                position = mark.span.end;
            }
            open.push((mark, form));
        } else {
            break;
        }
    }
}

/// Marks around marks, at most; the innermost beyond go, as no reader could tell them apart.
pub const MAX_NESTING: usize = 64;

/// The marks inside `span`, cut to it, nested, none empty, no link inside a link; by start, the outer first.
pub fn nested(text: &str, span: ByteSpan, marks: &[Mark]) -> Vec<Mark> {
    let mut inside: Vec<Mark> = Vec::new();
    for mark in marks {
        let cut = ByteSpan {
            start: mark.span.start.max(span.start),
            end: mark.span.end.min(span.end),
        };
        if cut.start < cut.end && !cut.of(text).is_empty() {
            inside.push(Mark {
                span: cut,
                style: mark.style.clone(),
            });
        }
    }
    inside.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    let mut kept: Vec<Mark> = Vec::new();
    let mut open: Vec<(u32, bool)> = Vec::new();
    let mut links = 0;
    for mut mark in inside {
        while let Some((_, link)) = open.pop_if(|(end, _)| *end <= mark.span.start) {
            links -= usize::from(link);
        }
        if let Some((end, _)) = open.last() {
            mark.span.end = mark.span.end.min(*end);
        }
        let is_link = matches!(mark.style, MarkStyle::Link(_));
        if open.len() == MAX_NESTING || (is_link && links > 0) {
            continue;
        }
        links += usize::from(is_link);
        open.push((mark.span.end, is_link));
        kept.push(mark);
    }
    kept
}

/// How a mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Delimiters,
    Tags,
}

/// What stands on one side of a delimiter, as far as CommonMark's rules ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Space,
    Punctuation,
    Letter,
    /// Another delimiter, or a character whose class we leave open.
    Unsure,
}

fn side(c: char) -> Side {
    // Circled letters count as letters for Rust and as symbols for CommonMark.
    let circled = matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}');
    let typographic = matches!(c, '«' | '»' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}');
    match c {
        ' ' => Side::Space,
        // A line break is written as a backslash, or as a reference.
        '\n' => Side::Punctuation,
        '*' | '_' => Side::Unsure,
        c if c.is_ascii_punctuation() || typographic => Side::Punctuation,
        c if c.is_alphanumeric() && !circled => Side::Letter,
        _ => Side::Unsure,
    }
}

struct Writer<'a, 'o> {
    out: &'o mut String,
    text: &'a str,
    end: u32,
    place: Place<'a>,
    /// Nothing of the text is written yet.
    at_start: bool,
    at_line_start: bool,
    /// Since the start of the line there have been digits only, as in a list's number.
    digits_only: bool,
}

impl Writer<'_, '_> {
    /// Chooses how to write the mark `all[index]`, which opens here inside `outer`.
    fn form(&self, all: &[Mark], index: usize, outer: Option<&Mark>) -> Form {
        let mark = &all[index];
        let content = mark.span.of(self.text);
        let inner = all
            .get(index + 1)
            .filter(|inner| inner.span.start < mark.span.end);
        match mark.style {
            MarkStyle::Link(_) => Form::Delimiters,
            MarkStyle::Code => self.code_form(mark, content, inner.is_some(), all),
            MarkStyle::Strong
                if self.place.may_be_voice && mark.span.start == 0 && content.ends_with(':') =>
            {
                Form::Tags
            }
            MarkStyle::Emphasis | MarkStyle::Strong => {
                let before = self.before();
                let first = match inner.filter(|inner| inner.span.start == mark.span.start) {
                    Some(inner) => edge(&inner.style),
                    None => content.chars().next().map_or(Side::Unsure, side),
                };
                let last = self.last_side(all, index);
                let after = self.after(mark, outer, all);
                if flanks(before, first) && flanks(after, last) {
                    Form::Delimiters
                } else {
                    Form::Tags
                }
            }
        }
    }

    /// What the mark `all[index]` shows to its closing delimiter from inside.
    fn last_side(&self, all: &[Mark], index: usize) -> Side {
        // Marks nested deeper are written as tags, which need no such care: the search must not cost depth squared.
        const DEEPEST: usize = 256;
        let mark = &all[index];
        let inside = all.iter().skip(index + 1);
        let inside = inside.take_while(|inner| inner.span.start < mark.span.end);
        for (passed, inner) in inside.enumerate() {
            if inner.span.end == mark.span.end {
                return edge(&inner.style);
            }
            if passed == DEEPEST {
                return Side::Unsure;
            }
        }
        let content = mark.span.of(self.text);
        content.chars().next_back().map_or(Side::Unsure, side)
    }

    fn code_form(&self, mark: &Mark, content: &str, has_inner: bool, all: &[Mark]) -> Form {
        let edge = |c: char| c == ' ' || c == '`';
        let awkward = |c: char| {
            c == '`' || c.is_control() || (self.place.in_table && matches!(c, '|' | '\\'))
        };
        let follows =
            starting_at(all, mark.span.end).is_some_and(|next| next.style == MarkStyle::Code);
        let beside = self.out.ends_with('`') || follows;
        if has_inner
            || beside
            || content.starts_with(edge)
            || content.ends_with(edge)
            || content.contains(awkward)
        {
            Form::Tags
        } else {
            Form::Delimiters
        }
    }

    fn before(&self) -> Side {
        match self.out.chars().next_back() {
            None | Some('\n') => Side::Space,
            Some(c) => side(c),
        }
    }

    fn after(&self, mark: &Mark, outer: Option<&Mark>, all: &[Mark]) -> Side {
        if let Some(outer) = outer.filter(|outer| outer.span.end == mark.span.end) {
            return edge(&outer.style);
        }
        if mark.span.end == self.end {
            return if self.place.followed {
                Side::Punctuation
            } else {
                Side::Space
            };
        }
        if let Some(next) = starting_at(all, mark.span.end) {
            return edge(&next.style);
        }
        let rest = ByteSpan {
            start: mark.span.end,
            end: self.end,
        };
        match rest.of(self.text).chars().next() {
            Some('*' | '_') => Side::Punctuation,
            c => c.map_or(Side::Space, side),
        }
    }

    fn open(&mut self, mark: &Mark, form: Form) {
        match (&mark.style, form) {
            (MarkStyle::Emphasis, Form::Delimiters) => self.out.push('*'),
            (MarkStyle::Emphasis, Form::Tags) => self.out.push_str("<em>"),
            (MarkStyle::Strong, Form::Delimiters) => self.out.push_str("**"),
            (MarkStyle::Strong, Form::Tags) => self.out.push_str("<strong>"),
            (MarkStyle::Code, Form::Delimiters) => {
                self.out.push('`');
                self.out.push_str(mark.span.of(self.text));
                self.out.push('`');
                self.at_start = false;
                self.at_line_start = false;
            }
            (MarkStyle::Code, Form::Tags) => self.out.push_str("<code>"),
            (MarkStyle::Link(_), _) => self.out.push('['),
        }
    }

    fn close(&mut self, mark: &Mark, form: Form) {
        match (&mark.style, form) {
            (MarkStyle::Emphasis, Form::Delimiters) => self.out.push('*'),
            (MarkStyle::Emphasis, Form::Tags) => self.out.push_str("</em>"),
            (MarkStyle::Strong, Form::Delimiters) => self.out.push_str("**"),
            (MarkStyle::Strong, Form::Tags) => self.out.push_str("</strong>"),
            (MarkStyle::Code, Form::Delimiters) => {}
            (MarkStyle::Code, Form::Tags) => self.out.push_str("</code>"),
            (MarkStyle::Link(address), _) => {
                self.out.push_str("](");
                destination(self.out, address, self.place.in_table);
                self.out.push(')');
            }
        }
    }

    /// Writes the text between two places where a mark opens or `closes`.
    fn segment(&mut self, start: u32, end: u32, closes: bool) {
        let span = ByteSpan { start, end };
        let mut previous = None;
        let mut rest = span.of(self.text);
        while let Some(c) = rest.chars().next() {
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            let next = rest.chars().next();
            // A line break right before the `]` of a link is not always seen as one: it is written as at the end.
            let at_end = rest.is_empty() && (end == self.end || (closes && c == '\n'));
            self.character(c, previous, next, rest, at_end);
            previous = Some(c);
        }
    }

    fn character(
        &mut self,
        c: char,
        previous: Option<char>,
        next: Option<char>,
        rest: &str,
        at_end: bool,
    ) {
        let starts = self.at_line_start;
        let digits_only = self.digits_only;
        self.digits_only = digits_only && c.is_ascii_digit();
        self.at_line_start = false;
        let opens = std::mem::take(&mut self.at_start);
        let at_edge = starts || at_end || opens;
        match c {
            '\n' if !self.place.one_line && !starts && !at_end && next != Some('\n') => {
                self.out.push_str("\\\n");
                self.out.push_str(self.place.prefix);
                self.at_line_start = true;
                self.digits_only = true;
            }
            '\0' => self.out.push('\u{FFFD}'),
            c if c.is_control() => self.reference(c),
            c if c.is_whitespace() && (at_edge || next == Some('\n')) => self.reference(c),
            '|' if self.place.in_table => self.reference(c),
            '\\' | '*' | '`' | '[' | ']' | '<' => self.escaped(c),
            '_' => {
                let letter = |c: Option<char>| c.is_some_and(|c| side(c) == Side::Letter);
                self.escaped_if(c, !(letter(previous) && letter(next)));
            }
            '&' => {
                let reference = next.is_some_and(|c| c == '#' || c.is_ascii_alphanumeric())
                    && rest.chars().take(40).any(|c| c == ';');
                self.escaped_if(c, reference);
            }
            '!' => self.escaped_if(c, next.is_none() && !at_end),
            '#' => self.escaped_if(c, starts || (at_end && self.place.one_line)),
            '>' | '-' | '+' | '=' | '|' => self.escaped_if(c, starts),
            '~' => self.escaped_if(c, starts && next == Some('~')),
            ':' => self.escaped_if(c, starts && next == Some('-')),
            '.' | ')' => {
                let number = digits_only && !starts && next.is_none_or(char::is_whitespace);
                self.escaped_if(c, number);
            }
            c => self.out.push(c),
        }
    }

    fn escaped_if(&mut self, c: char, escape: bool) {
        if escape {
            self.escaped(c);
        } else {
            self.out.push(c);
        }
    }

    fn escaped(&mut self, c: char) {
        self.out.push('\\');
        self.out.push(c);
    }

    fn reference(&mut self, c: char) {
        let _ = write!(self.out, "&#{};", c as u32);
    }
}

/// Whether a delimiter between `outside` and `inside` can only open, or only close, what is inside.
fn flanks(outside: Side, inside: Side) -> bool {
    match outside {
        Side::Space => matches!(inside, Side::Punctuation | Side::Letter),
        Side::Punctuation => inside == Side::Letter,
        Side::Letter | Side::Unsure => false,
    }
}

/// The first of the marks (which are sorted) that opens at `position`.
fn starting_at(marks: &[Mark], position: u32) -> Option<&Mark> {
    let index = marks.partition_point(|mark| mark.span.start < position);
    marks.get(index).filter(|mark| mark.span.start == position)
}

/// What a mark shows to the delimiter beside it.
fn edge(style: &MarkStyle) -> Side {
    match style {
        MarkStyle::Link(_) | MarkStyle::Code => Side::Punctuation,
        MarkStyle::Emphasis | MarkStyle::Strong => Side::Unsure,
    }
}

/// Writes the address of a link or an image.
pub fn destination(out: &mut String, address: &str, in_table: bool) {
    let plain = |c: char| c.is_alphanumeric() || "/:.?=%#@,;~+-_$!'".contains(c);
    if !address.is_empty() && address.chars().all(plain) {
        out.push_str(address);
        return;
    }
    out.push('<');
    for c in address.chars() {
        match c {
            '\0' => out.push('\u{FFFD}'),
            '<' | '>' | '\\' | '&' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || (in_table && c == '|') => {
                let _ = write!(out, "&#{};", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('>');
}
