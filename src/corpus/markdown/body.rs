//! From the events of a CommonMark parser to passages.
//!
//! Invariant: every character of a text event is in a passage, in `left_out`, or in a problem.

mod html;
mod image;
mod leaf;

use super::{MAX_DEPTH, Reading, VOICE_CHARS, problem};
use crate::corpus::{Document, Kind, LeftOut, MarkStyle, PassageDraft, TopicId, title};
use image::Caption;
use leaf::{Leaf, LeafKind, Rows};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::collections::HashSet;
use std::mem::take;
use std::ops::Range;

/// Distinct voices of one document; one more would not fit the passage table.
const MAX_VOICES: usize = 60_000;

/// Reads the body, which starts on line `body.1` of `file`, into `document`. `title` is the title if one is given.
pub fn read(document: Document, title: Option<String>, file: &str, body: (&str, u32)) -> Reading {
    let (source, first_line) = body;
    let mut reader = Reader {
        source,
        file,
        lines: Lines {
            source,
            offset: 0,
            line: first_line,
        },
        reading: Reading {
            document,
            ..Reading::default()
        },
        title,
        title_seen: false,
        containers: Vec::new(),
        leaf: None,
        captions: Vec::new(),
        voice: None,
        voices: HashSet::new(),
        topics: Vec::new(),
        topics_line: 0,
        used_definitions: HashSet::new(),
    };
    let mut events = Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events.by_ref() {
        reader.event(event, &range);
    }
    let used = take(&mut reader.used_definitions);
    let mut unused: Vec<(Range<usize>, String)> = events
        .reference_definitions()
        .iter()
        .filter(|(label, _)| !used.contains(&label.to_lowercase()))
        .map(|(_, definition)| (definition.span.clone(), definition.dest.to_string()))
        .collect();
    unused.sort_by_key(|(span, _)| span.start);
    reader.finish(&unused, first_line)
}

/// The line of an offset, for offsets that mostly grow.
struct Lines<'a> {
    source: &'a str,
    offset: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, offset: usize) -> u32 {
        if offset > self.offset {
            let between = &self.source.as_bytes()[self.offset..offset.min(self.source.len())];
            self.line += memchr::memchr_iter(b'\n', between).count() as u32;
            self.offset = offset;
        }
        self.line
    }
}

/// What a block stands in.
enum Container {
    Quote,
    List,
    Item { number: Option<Number>, used: bool },
}

/// The number of a list's entry as written.
enum Number {
    Fits(u16),
    /// Too large for [`Kind::Numbered`]: kept as text.
    Long(String),
}

struct Reader<'a> {
    source: &'a str,
    file: &'a str,
    lines: Lines<'a>,
    reading: Reading,
    title: Option<String>,
    title_seen: bool,
    containers: Vec<Container>,
    leaf: Option<Leaf>,
    captions: Vec<Caption>,
    voice: Option<String>,
    voices: HashSet<String>,
    topics: Vec<TopicId>,
    topics_line: u32,
    used_definitions: HashSet<String>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.leaf(range.start).text.push(&text),
            Event::Code(code) => {
                let line = self.lines.at(range.start);
                let leaf = self.leaf(range.start);
                let images = leaf.images.len();
                leaf.text.open(MarkStyle::Code, None, images, line);
                leaf.text.push(&code);
                leaf.text.close(None);
            }
            Event::Html(html) => self.leaf(range.start).text.text.push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html, range.start),
            Event::SoftBreak => self.leaf(range.start).text.push(" "),
            Event::HardBreak => self.hard_break(range.start),
            Event::Rule => {
                self.close_leaf();
                self.emit(PassageDraft {
                    kind: Kind::Rule,
                    ..PassageDraft::default()
                });
            }
            // None of these is switched on; were one to come, its text must not be lost.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.leaf(range.start).text.push(&text);
            }
            Event::TaskListMarker(done) => {
                let mark = if done { "[x] " } else { "[ ] " };
                self.leaf(range.start).text.push(mark);
            }
        }
    }

    /// The block being read; a list's entry without blank lines around it has text but no paragraph.
    fn leaf(&mut self, start: usize) -> &mut Leaf {
        self.leaf
            .get_or_insert_with(|| Leaf::new(LeafKind::Paragraph, start))
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        let block = |kind| Some(Leaf::new(kind, range.start));
        match tag {
            Tag::Paragraph => self.open_leaf(block(LeafKind::Paragraph)),
            Tag::Heading { level, .. } => self.open_leaf(block(LeafKind::Heading(level as u8))),
            Tag::HtmlBlock => self.open_leaf(block(LeafKind::Html)),
            Tag::Table(_) => self.open_leaf(block(LeafKind::Table(Rows::default()))),
            Tag::CodeBlock(kind) => {
                self.open_leaf(block(LeafKind::Code));
                if let pulldown_cmark::CodeBlockKind::Fenced(language) = kind
                    && !language.is_empty()
                {
                    self.leave_out(
                        range.start,
                        &language,
                        "what a code block says of its language",
                    );
                }
            }
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::List(_) => self.enter(Container::List),
            Tag::Item => {
                let number = self.number(range.start);
                self.enter(Container::Item {
                    number,
                    used: false,
                });
            }
            Tag::TableHead | Tag::TableRow => self.leaf(range.start).start_row(),
            Tag::TableCell => self.leaf(range.start).start_cell(),
            Tag::Emphasis => self.open_mark(MarkStyle::Emphasis, range.start),
            Tag::Strong => self.open_mark(MarkStyle::Strong, range.start),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.define(link_type, &id);
                if !title.is_empty() {
                    self.leave_out(range.start, &title, "the title of a link");
                }
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                self.open_mark(MarkStyle::Link(address), range.start);
            }
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.define(link_type, &id);
                let line = self.lines.at(range.start);
                let outer = take(&mut self.leaf(range.start).text);
                self.captions.push(Caption {
                    outer,
                    address: dest_url.to_string(),
                    title: title.to_string(),
                    line,
                });
            }
            // None of these is switched on; what is in them is read as if they were not there.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::HtmlBlock
            | TagEnd::CodeBlock
            | TagEnd::Table => self.close_leaf(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.close_leaf();
                self.containers.pop();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let rest = self.beyond_last_cell(range);
                self.leaf(range.start).end_row(&rest);
            }
            TagEnd::TableCell => self.leaf(range.start).end_cell(range.end),
            TagEnd::Emphasis | TagEnd::Strong => drop(self.leaf(range.start).text.close(None)),
            TagEnd::Link => self.end_link(range.start),
            TagEnd::Image => self.end_image(range.start),
            TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn open_leaf(&mut self, leaf: Option<Leaf>) {
        self.close_leaf();
        self.leaf = leaf;
    }

    fn enter(&mut self, container: Container) {
        self.close_leaf();
        self.containers.push(container);
    }

    /// The number that stands at `offset`; the parser gives the first of a list only.
    fn number(&self, offset: usize) -> Option<Number> {
        let written = self.source.get(offset..)?.trim_start();
        let digits = written.len()
            - written
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let digits = written.get(..digits).filter(|digits| !digits.is_empty())?;
        Some(
            digits
                .parse()
                .map_or_else(|_| Number::Long(digits.to_owned()), Number::Fits),
        )
    }

    fn define(&mut self, link_type: LinkType, id: &CowStr<'_>) {
        match link_type {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                self.used_definitions.insert(id.to_lowercase());
            }
            _ => {}
        }
    }

    fn open_mark(&mut self, style: MarkStyle, start: usize) {
        let line = self.lines.at(start);
        let leaf = self.leaf(start);
        let images = leaf.images.len();
        leaf.text.open(style, None, images, line);
    }

    fn hard_break(&mut self, start: usize) {
        let leaf = self.leaf(start);
        let in_table = matches!(leaf.kind, LeafKind::Table(_));
        leaf.text.push(if in_table { " " } else { "\n" });
    }

    /// Cells past the header's last are ignored by the parser; they are text all the same.
    fn beyond_last_cell(&self, row: &Range<usize>) -> String {
        let Some(Leaf {
            kind: LeafKind::Table(rows),
            ..
        }) = &self.leaf
        else {
            return String::new();
        };
        let from = rows.source_end.max(row.start);
        let line = self
            .source
            .get(from..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default();
        line.trim().trim_matches('|').trim().to_owned()
    }

    /// Closes the block being read and hands its passages on.
    fn close_leaf(&mut self) {
        let Some(mut leaf) = self.leaf.take() else {
            return;
        };
        leaf.text.finish();
        match leaf.kind {
            LeafKind::Html => return self.html_block(&leaf.text.text, leaf.start),
            LeafKind::Paragraph if self.containers.is_empty() => self.take_voice(&mut leaf),
            LeafKind::Paragraph | LeafKind::Heading(_) | LeafKind::Code | LeafKind::Table(_) => {}
        }
        if let (LeafKind::Code, Some(shorter)) = (&leaf.kind, leaf.text.text.strip_suffix('\n')) {
            leaf.text.text.truncate(shorter.len());
        }
        if !leaf.text.text.is_empty() {
            let mut prefix = String::new();
            let kind = match leaf.kind {
                LeafKind::Heading(level) => {
                    self.voice = None;
                    Kind::Heading(level)
                }
                LeafKind::Code => Kind::Code,
                LeafKind::Table(_) => Kind::Table,
                LeafKind::Paragraph | LeafKind::Html => self.paragraph_kind(&mut prefix),
            };
            leaf.text.insert_prefix(&prefix);
            self.emit(PassageDraft {
                kind,
                voice: None,
                text: leaf.text.text,
                marks: leaf.text.marks,
                topics: leaf.topics,
                address: None,
            });
        }
        for image in leaf.images {
            self.emit(image);
        }
    }

    /// What a paragraph is by what it stands in.
    fn paragraph_kind(&mut self, prefix: &mut String) -> Kind {
        let lists = self
            .containers
            .iter()
            .filter(|container| matches!(container, Container::List))
            .count();
        let depth = u8::try_from(lists.saturating_sub(1))
            .unwrap_or(MAX_DEPTH)
            .min(MAX_DEPTH);
        match self.containers.last_mut() {
            Some(Container::Quote) => Kind::Quote,
            Some(Container::Item {
                number,
                used: used @ false,
            }) => {
                *used = true;
                match number {
                    None => Kind::Bullet { depth },
                    Some(Number::Fits(number)) => Kind::Numbered {
                        depth,
                        number: *number,
                    },
                    Some(Number::Long(digits)) => {
                        *prefix = format!("{digits}. ");
                        Kind::Paragraph
                    }
                }
            }
            Some(Container::Item { .. } | Container::List) | None => Kind::Paragraph,
        }
    }

    /// Takes `**Name:**` off the start of a paragraph.
    fn take_voice(&mut self, leaf: &mut Leaf) {
        let text = &leaf.text.text;
        let Some(marker) = leaf.text.voice_marker() else {
            return;
        };
        let name = text.get(..marker - 1).unwrap_or_default().trim();
        if name.chars().count() > VOICE_CHARS || name.contains('\n') {
            return;
        }
        if !self.voices.contains(name) && self.voices.len() >= MAX_VOICES {
            let line = self.lines.at(leaf.start);
            let text = format!("there are over {MAX_VOICES} voices; “{name}” is read as text");
            self.reading.problems.push(problem(self.file, line, text));
            return;
        }
        self.voice = (!name.is_empty()).then(|| name.to_owned());
        self.voices.extend(self.voice.clone());
        leaf.text.cut_start(marker);
    }

    fn leave_out(&mut self, start: usize, text: &str, reason: &str) {
        let line = self.lines.at(start);
        self.left_out(line, text, reason);
    }

    fn left_out(&mut self, line: u32, text: &str, reason: &str) {
        self.reading.document.meta.left_out.push(LeftOut {
            line,
            text: text.to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Puts a passage into the document, with the voice and the topics that wait for it.
    fn emit(&mut self, mut draft: PassageDraft) {
        let given = take(&mut draft.topics);
        for topic in take(&mut self.topics).into_iter().chain(given) {
            if !draft.topics.contains(&topic) {
                draft.topics.push(topic);
            }
        }
        let plain = draft.marks.is_empty() && draft.topics.is_empty();
        if draft.kind == Kind::Heading(1)
            && plain
            && !self.title_seen
            && self.reading.document.is_empty()
        {
            self.title_seen = true;
            match &self.title {
                Some(title) if *title == draft.text => return,
                None => {
                    let title = title::within(&draft.text);
                    title.clone_into(&mut self.reading.document.meta.title);
                    // One too long for a title stays a heading, so that nothing of it is lost.
                    if title.len() == draft.text.len() {
                        return;
                    }
                }
                Some(_) => {}
            }
        }
        draft.voice = match draft.kind {
            Kind::Heading(_) | Kind::Image | Kind::Rule => None,
            Kind::Paragraph
            | Kind::Bullet { .. }
            | Kind::Numbered { .. }
            | Kind::Quote
            | Kind::Table
            | Kind::Code => self.voice.clone(),
        };
        self.reading.document.push(draft);
    }

    fn finish(mut self, unused: &[(Range<usize>, String)], first_line: u32) -> Reading {
        self.close_leaf();
        let mut lines = Lines {
            source: self.source,
            offset: 0,
            line: first_line,
        };
        for (span, address) in unused {
            let line = lines.at(span.start);
            self.left_out(line, address, "the address of a link that is not used");
        }
        if !self.topics.is_empty() {
            let text = "no passage follows this topic comment".to_owned();
            self.reading
                .problems
                .push(problem(self.file, self.topics_line, text));
        }
        self.reading
    }
}
