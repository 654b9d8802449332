//! From the events of a CommonMark parser to passages.
//!
//! Invariant: every character of a text event is in a passage, in `left_out`, or in a problem.

use super::escape::nested;
use super::{MAX_DEPTH, Reading, VOICE_CHARS, problem};
use crate::corpus::{Document, Kind, LeftOut, Mark, MarkStyle, PassageDraft, TopicId, topic};
use crate::text::ByteSpan;
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
    while let Some((event, range)) = events.next() {
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

/// The block whose text is being read.
struct Leaf {
    kind: LeafKind,
    start: usize,
    text: Inline,
    images: Vec<PassageDraft>,
    /// Topics from a comment in its midst.
    topics: Vec<TopicId>,
}

enum LeafKind {
    Paragraph,
    Heading(u8),
    Code,
    Html,
    Table(Rows),
}

/// Where the row being read stands in the text of a table.
#[derive(Default)]
struct Rows {
    start: usize,
    cells: usize,
    /// End of the last cell that has text.
    filled: usize,
    cell_start: usize,
    /// End of the last cell in the file.
    source_end: usize,
}

/// Text and marks as they grow.
#[derive(Default)]
struct Inline {
    text: String,
    marks: Vec<Mark>,
    open: Vec<OpenMark>,
    /// The first mark is `**…**` at the very start, not `<strong>`.
    may_be_voice: bool,
    /// An image has just been taken out: one of the two spaces around it goes.
    gap: bool,
}

struct OpenMark {
    mark: usize,
    /// The HTML tag that closes it; `None` for Markdown.
    tag: Option<&'static str>,
    /// Images taken out before it opened.
    images: usize,
    line: u32,
}

/// An image whose caption is being read, and the text that waits meanwhile.
struct Caption {
    outer: Inline,
    address: String,
    title: String,
    line: u32,
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

    /// A link around nothing but images becomes a link over their captions.
    fn end_link(&mut self, start: usize) {
        let leaf = self.leaf(start);
        let Some(closed) = leaf.text.close(None) else {
            return;
        };
        if !closed.0.span.is_empty() {
            return;
        }
        let (mark, open) = closed;
        let mut used = false;
        for image in leaf.images.iter_mut().skip(open.images) {
            if !image.text.is_empty() {
                let span = ByteSpan::new(0, image.text.len());
                let style = mark.style.clone();
                let already = image
                    .marks
                    .iter()
                    .any(|mark| matches!(mark.style, MarkStyle::Link(_)));
                if !already {
                    image.marks.insert(0, Mark { span, style });
                    used = true;
                }
            }
        }
        if let (false, MarkStyle::Link(address)) = (used, mark.style) {
            self.left_out(open.line, &address, "the address of a link without text");
        }
    }

    fn end_image(&mut self, start: usize) {
        let Some(caption) = self.captions.pop() else {
            return;
        };
        let leaf = self.leaf(start);
        let mut inner = std::mem::replace(&mut leaf.text, caption.outer);
        inner.finish();
        leaf.text.gap = true;
        let mut draft = PassageDraft {
            kind: Kind::Image,
            text: inner.text,
            marks: inner.marks,
            address: Some(caption.address),
            ..PassageDraft::default()
        };
        let twice = draft.text.contains(&caption.title);
        if draft.text.is_empty() {
            draft.text = caption.title;
            leaf.images.push(draft);
        } else {
            leaf.images.push(draft);
            if !twice {
                self.left_out(
                    caption.line,
                    &caption.title,
                    "the title of an image with a caption",
                );
            }
        }
    }

    fn inline_html(&mut self, html: &str, start: usize) {
        let line = self.lines.at(start);
        if let Some(comment) = comment(html) {
            match topic::in_comment(comment) {
                Some(topics) => {
                    let text = "a topic comment inside a passage tags that passage; put it on a line of its own before it";
                    self.reading
                        .problems
                        .push(problem(self.file, line, text.to_owned()));
                    let topics = self.hand_tags(topics, line);
                    self.leaf(start).topics.extend(topics);
                }
                None => self.left_out(line, comment.trim(), "a comment"),
            }
            return;
        }
        let name = html.trim_matches(|c: char| matches!(c, '<' | '>' | '/') || c.is_whitespace());
        let closes = html.starts_with("</");
        let (tag, style) = match name {
            "em" => ("em", MarkStyle::Emphasis),
            "i" => ("i", MarkStyle::Emphasis),
            "strong" => ("strong", MarkStyle::Strong),
            "b" => ("b", MarkStyle::Strong),
            "code" => ("code", MarkStyle::Code),
            "br" => return self.hard_break(start),
            _ => return self.leaf(start).text.push(html),
        };
        let leaf = self.leaf(start);
        let images = leaf.images.len();
        if !closes {
            leaf.text.open(style, Some(tag), images, line);
        } else if leaf.text.close(Some(tag)).is_none() {
            leaf.text.push(html);
        }
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

    fn html_block(&mut self, html: &str, start: usize) {
        let mut rest = html.trim();
        let mut line = self.lines.at(start);
        let mut tagged = false;
        while let Some((inside, after)) = rest
            .strip_prefix("<!--")
            .and_then(|rest| rest.split_once("-->"))
        {
            match topic::in_comment(inside) {
                Some(topics) => {
                    tagged = true;
                    self.topics_line = line;
                    let topics = self.hand_tags(topics, line);
                    self.topics.extend(topics);
                }
                None => self.left_out(line, inside.trim(), "a comment"),
            }
            line += memchr::memchr_iter(b'\n', inside.as_bytes()).count() as u32;
            rest = after.trim();
        }
        if rest.is_empty() {
            return;
        }
        if rest.starts_with("<!--") {
            let text = "`<!--` opens a comment that no `-->` closes; the rest of the file is shown as it stands";
            self.reading
                .problems
                .push(problem(self.file, line, text.to_owned()));
        } else if tagged {
            let text = "a topic comment must stand on a line of its own; what follows it on the line is shown as it stands";
            self.reading
                .problems
                .push(problem(self.file, line, text.to_owned()));
        }
        let mut prefix = String::new();
        let kind = self.paragraph_kind(&mut prefix);
        self.emit(PassageDraft {
            kind,
            text: prefix + rest,
            ..PassageDraft::default()
        });
    }

    /// The topics of a comment that can be ids, each remembered with its line; the others are a problem.
    fn hand_tags(&mut self, topics: Vec<&str>, line: u32) -> Vec<TopicId> {
        let mut found = Vec::new();
        for name in topics {
            if topic::is_valid_id(name) {
                found.push(TopicId::from(name));
                self.reading.hand_tags.push((line, TopicId::from(name)));
            } else {
                let text = format!("“{name}” cannot be a topic's id");
                self.reading.problems.push(problem(self.file, line, text));
            }
        }
        found
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
                    self.reading.document.meta.title = draft.text;
                    return;
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

/// What stands inside a comment.
fn comment(html: &str) -> Option<&str> {
    html.strip_prefix("<!--")?.strip_suffix("-->")
}

impl Leaf {
    fn new(kind: LeafKind, start: usize) -> Self {
        Self {
            kind,
            start,
            text: Inline::default(),
            images: Vec::new(),
            topics: Vec::new(),
        }
    }

    fn start_row(&mut self) {
        let end = self.text.text.len();
        if let LeafKind::Table(rows) = &mut self.kind {
            *rows = Rows {
                start: end,
                filled: end,
                ..Rows::default()
            };
        }
        if !self.text.text.is_empty() {
            self.text.text.push('\n');
        }
    }

    fn start_cell(&mut self) {
        if let LeafKind::Table(rows) = &mut self.kind {
            if rows.cells > 0 {
                self.text.text.push_str(" | ");
            }
            rows.cells += 1;
            rows.cell_start = self.text.text.len();
        }
    }

    fn end_cell(&mut self, source_end: usize) {
        self.text.close_all();
        if let LeafKind::Table(rows) = &mut self.kind {
            if self.text.text.len() > rows.cell_start {
                rows.filled = self.text.text.len();
            }
            rows.source_end = source_end;
        }
    }

    /// Empty cells at the end of a row, and rows of nothing else, are taken away.
    fn end_row(&mut self, rest: &str) {
        if let LeafKind::Table(rows) = &mut self.kind {
            if !rest.is_empty() {
                self.text.text.push_str(" | ");
                self.text.text.push_str(rest);
                rows.filled = self.text.text.len();
            }
            let end = rows.filled.max(rows.start);
            self.text.text.truncate(end);
        }
    }
}

impl Inline {
    fn push(&mut self, text: &str) {
        let mut text = text;
        if self.gap {
            if self.text.is_empty() || self.text.ends_with([' ', '\n']) {
                text = text.trim_start_matches(' ');
            }
            self.gap = text.is_empty();
        }
        self.text.push_str(text);
    }

    fn open(&mut self, style: MarkStyle, tag: Option<&'static str>, images: usize, line: u32) {
        let start = self.text.len();
        if self.marks.is_empty() && start == 0 {
            self.may_be_voice = style == MarkStyle::Strong && tag.is_none();
        }
        self.open.push(OpenMark {
            mark: self.marks.len(),
            tag,
            images,
            line,
        });
        self.marks.push(Mark {
            span: ByteSpan::new(start, start),
            style,
        });
    }

    /// Closes the innermost mark of Markdown (`None`) or of an HTML tag.
    fn close(&mut self, tag: Option<&'static str>) -> Option<(Mark, OpenMark)> {
        let found = self.open.iter().rposition(|open| open.tag == tag)?;
        let open = self.open.remove(found);
        let mark = self.marks.get_mut(open.mark)?;
        mark.span = ByteSpan::new(mark.span.start as usize, self.text.len());
        Some((mark.clone(), open))
    }

    /// A tag that nothing closes holds to the end, as in a browser.
    fn close_all(&mut self) {
        while let Some(open) = self.open.pop() {
            if let Some(mark) = self.marks.get_mut(open.mark) {
                mark.span = ByteSpan::new(mark.span.start as usize, self.text.len());
            }
        }
    }

    fn finish(&mut self) {
        self.close_all();
        if self.gap {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        // HTML tags may cross Markdown's delimiters.
        let whole = ByteSpan::new(0, self.text.len());
        self.marks = nested(&self.text, whole, &self.marks);
    }

    /// Where `**Name:**` at the start ends.
    fn voice_marker(&self) -> Option<usize> {
        let first = self.marks.first().filter(|_| self.may_be_voice)?;
        let alone = self
            .marks
            .get(1)
            .is_none_or(|next| next.span.start >= first.span.end);
        let at_start = first.span.start == 0 && first.style == MarkStyle::Strong;
        let colon = first.span.of(&self.text).ends_with(':');
        (alone && at_start && colon).then_some(first.span.end as usize)
    }

    /// Takes away the first `bytes`, the mark over them, and the white space after.
    fn cut_start(&mut self, bytes: usize) {
        let rest = self.text.get(bytes..).unwrap_or_default().trim_start();
        let cut = self.text.len() - rest.len();
        self.text = rest.to_owned();
        self.marks.remove(0);
        for mark in &mut self.marks {
            mark.span.start = mark.span.start.saturating_sub(cut as u32);
            mark.span.end = mark.span.end.saturating_sub(cut as u32);
        }
        self.marks.retain(|mark| !mark.span.is_empty());
    }

    fn insert_prefix(&mut self, prefix: &str) {
        if prefix.is_empty() {
            return;
        }
        self.text.insert_str(0, prefix);
        for mark in &mut self.marks {
            mark.span.start += prefix.len() as u32;
            mark.span.end += prefix.len() as u32;
        }
    }
}
