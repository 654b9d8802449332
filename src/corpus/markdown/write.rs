//! From passages to CommonMark.
//!
//! Invariant: what is written depends on the document alone, and every character of every passage is in it.

use super::escape::{Place, destination, inline};
use super::{MAX_DEPTH, VOICE_CHARS, front};
use crate::corpus::{Document, Kind, Mark, MarkStyle, Passage, TopicId, topic};
use crate::text::ByteSpan;
use std::fmt::Write as _;

/// Writes a document so that [`read`](super::read) gives it back.
pub fn write(document: &Document) -> String {
    let mut writer = Writer {
        out: front::write(&document.meta, document.voices()),
        entries: Vec::new(),
        previous: None,
        voice: None,
    };
    // The reader takes a first heading that repeats the title for the title.
    let doubles_title = |first: &Passage<'_>| {
        first.kind() == Kind::Heading(1) && first.text() == document.meta.title
    };
    if let Some(first) = document.passage(0).filter(doubles_title) {
        writer.block();
        writer.heading(1, first.text(), &[]);
    }
    for passage in document.passages() {
        if passage.text().is_empty() && !matches!(passage.kind(), Kind::Image | Kind::Rule) {
            continue;
        }
        writer.passage(&passage);
    }
    writer.out
}

struct Writer<'a> {
    out: String,
    /// The list's entries that are open, by the column their content starts at.
    entries: Vec<usize>,
    previous: Option<Kind>,
    voice: Option<&'a str>,
}

impl<'a> Writer<'a> {
    fn passage(&mut self, passage: &Passage<'a>) {
        let in_list = matches!(passage.kind(), Kind::Bullet { .. } | Kind::Numbered { .. });
        if !in_list {
            self.entries.clear();
        }
        let turn = self.turn(passage);
        let paragraph = passage.kind() == Kind::Paragraph;
        if let Some(name) = turn
            && (!paragraph || passage.text().starts_with(char::is_whitespace))
        {
            self.entries.clear();
            self.block();
            self.voice_marker(name);
            self.out.push('\n');
        }
        self.topics(passage.topics());
        match passage.kind() {
            Kind::Paragraph => {
                let marker = turn.filter(|_| !passage.text().starts_with(char::is_whitespace));
                self.paragraph(passage, marker);
            }
            Kind::Heading(level) => {
                self.block();
                self.heading(level, passage.text(), passage.marks());
            }
            Kind::Bullet { depth } => self.entry(passage, depth, None),
            Kind::Numbered { depth, number } => self.entry(passage, depth, Some(number)),
            Kind::Quote => self.quote(passage),
            Kind::Image => self.image(passage),
            Kind::Table => self.table(passage),
            Kind::Code => self.code(passage.text()),
            Kind::Rule => {
                self.block();
                // Three asterisks rather than hyphens, which a reader could take for front matter.
                self.out.push_str("***\n");
            }
        }
        self.previous = Some(passage.kind());
    }

    /// Whose turn it is, where that has to be said: a name, or `""` for the author.
    fn turn(&mut self, passage: &Passage<'a>) -> Option<&'a str> {
        let kind = passage.kind();
        if matches!(kind, Kind::Image | Kind::Rule) {
            return None;
        }
        if matches!(kind, Kind::Heading(_)) {
            self.voice = None;
            return None;
        }
        let voice = passage
            .voice()
            .map(str::trim)
            .filter(|name| !name.is_empty());
        if voice == self.voice {
            return None;
        }
        self.voice = voice;
        Some(voice.unwrap_or_default())
    }

    fn voice_marker(&mut self, name: &str) {
        let name: String = name.replace('\n', " ").chars().take(VOICE_CHARS).collect();
        let place = Place {
            one_line: true,
            mid_line: true,
            followed: true,
            ..Place::default()
        };
        self.out.push_str("**");
        inline(
            &mut self.out,
            &name,
            ByteSpan::new(0, name.len()),
            &[],
            place,
        );
        self.out.push_str(":**");
    }

    /// A blank line before a block.
    fn block(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn topics(&mut self, topics: &[TopicId]) {
        let names: Vec<&str> = topics
            .iter()
            .map(TopicId::as_str)
            .filter(|name| topic::is_valid_id(name))
            .collect();
        if !names.is_empty() {
            self.entries.clear();
            self.block();
            let _ = writeln!(self.out, "<!-- topic: {} -->", names.join(", "));
        }
    }

    fn whole(&mut self, text: &str, marks: &[Mark], place: Place<'_>) {
        inline(
            &mut self.out,
            text,
            ByteSpan::new(0, text.len()),
            marks,
            place,
        );
    }

    fn paragraph(&mut self, passage: &Passage<'_>, marker: Option<&str>) {
        self.block();
        if let Some(name) = marker {
            self.voice_marker(name);
            self.out.push(' ');
        }
        let place = Place {
            mid_line: marker.is_some(),
            may_be_voice: true,
            ..Place::default()
        };
        self.whole(passage.text(), passage.marks(), place);
        self.out.push('\n');
    }

    fn heading(&mut self, level: u8, text: &str, marks: &[Mark]) {
        for _ in 0..level.clamp(1, 6) {
            self.out.push('#');
        }
        self.out.push(' ');
        let place = Place {
            one_line: true,
            ..Place::default()
        };
        self.whole(text, marks, place);
        self.out.push('\n');
    }

    fn entry(&mut self, passage: &Passage<'_>, depth: u8, number: Option<u16>) {
        let depth = usize::from(depth.min(MAX_DEPTH));
        // A number other than 1 does not open a list inside the paragraph before it: a blank line ends that.
        let close = !self.entries.is_empty()
            && match (self.previous, number) {
                (_, None) => true,
                (Some(Kind::Numbered { depth: before, .. }), Some(_)) => {
                    usize::from(before) == depth
                }
                (_, Some(_)) => false,
            };
        if !close {
            self.block();
        }
        self.entries.truncate(depth);
        let indent = self.entries.last().copied().unwrap_or_default();
        self.out.extend(std::iter::repeat_n(' ', indent));
        // An entry without a parent gets empty ones, on its own line.
        while self.entries.len() < depth {
            self.out.push_str("- ");
            let column = self.entries.last().copied().unwrap_or_default() + 2;
            self.entries.push(column);
        }
        let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        self.out.push_str(&marker);
        let column = self.entries.last().copied().unwrap_or_default() + marker.len();
        self.entries.push(column);
        let prefix = " ".repeat(column);
        let place = Place {
            prefix: &prefix,
            ..Place::default()
        };
        self.whole(passage.text(), passage.marks(), place);
        self.out.push('\n');
    }

    fn quote(&mut self, passage: &Passage<'_>) {
        self.block();
        self.out.push_str("> ");
        let place = Place {
            prefix: "> ",
            ..Place::default()
        };
        self.whole(passage.text(), passage.marks(), place);
        self.out.push('\n');
    }

    fn image(&mut self, passage: &Passage<'_>) {
        self.block();
        let text = passage.text();
        let around = |mark: &&Mark| mark.span.range() == (0..text.len()) && !text.is_empty();
        let link = passage
            .marks()
            .first()
            .filter(around)
            .and_then(|mark| match &mark.style {
                MarkStyle::Link(address) => Some(address),
                MarkStyle::Emphasis | MarkStyle::Strong | MarkStyle::Code => None,
            });
        if link.is_some() {
            self.out.push('[');
        }
        self.out.push_str("![");
        let place = Place {
            one_line: true,
            mid_line: true,
            followed: true,
            ..Place::default()
        };
        let marks = passage
            .marks()
            .get(usize::from(link.is_some())..)
            .unwrap_or_default();
        self.whole(text, marks, place);
        self.out.push_str("](");
        destination(&mut self.out, passage.address().unwrap_or_default(), false);
        self.out.push(')');
        if let Some(address) = link {
            self.out.push_str("](");
            destination(&mut self.out, address, false);
            self.out.push(')');
        }
        self.out.push('\n');
    }

    fn table(&mut self, passage: &Passage<'_>) {
        self.block();
        let rows = rows(passage.text());
        let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
        let place = Place {
            one_line: true,
            mid_line: true,
            in_table: true,
            ..Place::default()
        };
        for (index, row) in rows.iter().enumerate() {
            self.out.push('|');
            for column in 0..columns {
                self.out.push(' ');
                if let Some(cell) = row.get(column) {
                    inline(&mut self.out, passage.text(), *cell, passage.marks(), place);
                }
                self.out.push_str(" |");
            }
            self.out.push('\n');
            if index == 0 {
                self.out.push('|');
                self.out.extend(std::iter::repeat_n(" --- |", columns));
                self.out.push('\n');
            }
        }
    }

    fn code(&mut self, text: &str) {
        self.block();
        let longest = text
            .split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        let text = text.replace('\0', "\u{FFFD}");
        let _ = writeln!(self.out, "{fence}\n{text}\n{fence}");
    }
}

/// The cells of a table, row by row, as spans of its text.
fn rows(text: &str) -> Vec<Vec<ByteSpan>> {
    const BETWEEN: &str = " | ";
    let mut start = 0;
    let mut rows = Vec::new();
    for line in text.split('\n') {
        let mut cells = Vec::new();
        let mut offset = start;
        for cell in line.split(BETWEEN) {
            cells.push(ByteSpan::new(offset, offset + cell.len()));
            offset += cell.len() + BETWEEN.len();
        }
        rows.push(cells);
        start += line.len() + 1;
    }
    rows
}
