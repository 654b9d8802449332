//! A page's tree as a row of pieces: paragraphs, headings, entries, quotes, tables, pictures, in the order of the page.
//!
//! Invariant: each visible character of the page is in exactly one piece.

use super::area::{self, Area};
use super::inline::{Inline, Run};
use super::parse::DRAWING;
use super::table;
use super::tree::{Data, NodeId, Page};
use crate::corpus::{Kind, Mark, MarkStyle};
use url::Url;

/// Children of a picture looked at for its address.
const MAX_SOURCES: usize = 20;

/// What becomes a passage, or is left out.
#[derive(Debug)]
pub(super) struct Piece {
    /// Line in the file.
    pub line: u32,
    /// What it is on the page.
    pub kind: Kind,
    /// Its text; of a picture its caption.
    pub text: String,
    /// What is set off in it.
    pub marks: Vec<Mark>,
    /// Bytes inside links.
    pub linked: usize,
    /// The text node it starts with, or the picture.
    pub node: NodeId,
    /// The element that holds it.
    pub parent: NodeId,
    /// The part of the page it stands in, and the element that opens it.
    pub area: Option<(Area, NodeId)>,
    /// Address of a picture.
    pub address: Option<String>,
}

impl Piece {
    /// Whether all of it is set in bold.
    pub fn is_strong(&self) -> bool {
        let strong: usize = self
            .marks
            .iter()
            .filter(|mark| mark.style == MarkStyle::Strong)
            .map(|mark| mark.span.len())
            .sum();
        strong > 0 && strong + 2 >= self.text.len()
    }

    /// Whether most of it is links.
    pub fn is_links(&self) -> bool {
        self.linked * 2 > self.text.len()
    }
}

/// The pieces of a page; addresses are completed by `base`.
pub(super) fn pieces(page: &Page, body: NodeId, base: Option<&Url>) -> Vec<Piece> {
    let mut walk = Walk {
        page,
        base,
        inline: Inline::default(),
        pieces: Vec::new(),
        pictures: Vec::new(),
    };
    walk.element(body, &Place::default());
    walk.flush(&Place::default(), body);
    walk.pieces
}

/// What stands around a node.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    area: Option<(Area, NodeId)>,
    kind: Kind,
    /// Lists around it.
    lists: u8,
    /// Preformatted.
    keeps: bool,
}

struct Walk<'p> {
    page: &'p Page,
    base: Option<&'p Url>,
    inline: Inline,
    pieces: Vec<Piece>,
    /// Pictures inside the text that is being put together; they follow it.
    pictures: Vec<Piece>,
}

impl Walk<'_> {
    fn children(&mut self, id: NodeId, place: &Place) {
        let page = self.page;
        for child in page.children(id) {
            match &page.nodes[child].data {
                Data::Text(text) => {
                    self.inline
                        .push(text, page.nodes[child].line, child, place.keeps);
                }
                Data::Element(..) => self.element(child, place),
                Data::Other => {}
            }
        }
    }

    fn element(&mut self, id: NodeId, place: &Place) {
        let page = self.page;
        let name = page.name(id);
        match name {
            "script" | "style" | "template" | "head" | "title" | "meta" | "link" | "iframe"
            | "object" | "embed" | "canvas" | "audio" | "area" | "map" | "source" | "track"
            | "wbr" | DRAWING => return,
            "br" => {
                if self.inline.break_line() {
                    self.flush(place, page.nodes[id].parent.unwrap_or(id));
                }
                return;
            }
            "img" | "amp-img" => {
                self.pictures.extend(self.picture(id, place, None));
                return;
            }
            _ => {}
        }
        let mut inner = *place;
        if place.area.is_none_or(|(area, _)| area != Area::Hidden) {
            match area::of(page, id) {
                Some(area) if place.area.is_none() || area == Area::Hidden => {
                    inner.area = Some((area, id));
                }
                Some(_) | None => {}
            }
        }
        if let Some(style) = self.style(id, name) {
            if name == "a" && self.follows_link(id) {
                self.inline.space();
            }
            let opened = self.inline.open(style);
            self.children(id, &inner);
            if opened {
                self.inline.close();
            }
            return;
        }
        if !is_block(name) {
            if matches!(name, "a" | "span") && self.follows_label(id) {
                self.inline.space();
            }
            // A part of the page is a block whatever its element.
            let is_part = inner.area != place.area;
            if is_part {
                self.flush(place, id);
            }
            self.children(id, &inner);
            if is_part {
                self.flush(&inner, id);
            }
            return;
        }
        self.flush(place, page.nodes[id].parent.unwrap_or(id));
        self.block(id, name, inner);
    }

    fn block(&mut self, id: NodeId, name: &str, mut inner: Place) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes().get(1).map_or(2, |digit| digit - b'0');
                inner.kind = Kind::Heading(level);
            }
            "blockquote" => inner.kind = Kind::Quote,
            "pre" => (inner.kind, inner.keeps) = (Kind::Code, true),
            "ul" | "ol" | "menu" => return self.list(id, name == "ol", inner),
            "figure" if self.figure(id, inner) => return,
            "table" if table::is_data(self.page, id) => return self.table(id, inner),
            "hr" => {
                self.pieces.push(Piece {
                    line: self.page.nodes[id].line,
                    kind: Kind::Rule,
                    text: String::new(),
                    marks: Vec::new(),
                    linked: 0,
                    node: id,
                    parent: self.page.nodes[id].parent.unwrap_or(id),
                    area: inner.area,
                    address: None,
                });
                return;
            }
            _ => {}
        }
        self.children(id, &inner);
        self.flush(&inner, id);
    }

    fn list(&mut self, id: NodeId, is_numbered: bool, place: Place) {
        let page = self.page;
        let depth = place.lists.min(crate::corpus::markdown::MAX_DEPTH);
        let mut number: u16 = page
            .attribute(id, "start")
            .and_then(|start| start.parse().ok())
            .unwrap_or(1);
        let mut inner = place;
        inner.lists = place.lists.saturating_add(1);
        for child in page.children(id) {
            if page.name(child) != "li" {
                match &page.nodes[child].data {
                    Data::Text(text) => {
                        self.inline.push(text, page.nodes[child].line, child, false);
                    }
                    Data::Element(..) => self.element(child, &inner),
                    Data::Other => {}
                }
                continue;
            }
            self.flush(&place, id);
            if let Some(value) = page
                .attribute(child, "value")
                .and_then(|value| value.parse().ok())
            {
                number = value;
            }
            let mut entry = inner;
            if let Some(area) = area::of(page, child).filter(|_| place.area.is_none()) {
                entry.area = Some((area, child));
            }
            entry.kind = if is_numbered {
                Kind::Numbered { depth, number }
            } else {
                Kind::Bullet { depth }
            };
            self.children(child, &entry);
            self.flush(&entry, child);
            number = number.saturating_add(1);
        }
        self.flush(&place, id);
    }

    /// The pictures of a figure, with its caption; false where it holds something else.
    fn figure(&mut self, id: NodeId, place: Place) -> bool {
        let page = self.page;
        let holds_text = |below: NodeId| {
            matches!(
                page.name(below),
                "table" | "blockquote" | "pre" | "p" | "ul" | "ol" | "figure"
            ) && below != id
                && !page
                    .around(below)
                    .take_while(|around| *around != id)
                    .any(|around| page.name(around) == "figcaption")
        };
        if page.below(id).any(holds_text) {
            return false;
        }
        let images: Vec<NodeId> = page
            .below(id)
            .filter(|below| matches!(page.name(*below), "img" | "amp-img"))
            .filter(|below| {
                !page
                    .around(*below)
                    .take_while(|around| *around != id)
                    .any(|around| page.name(around) == "noscript")
            })
            .collect();
        let Some(first) = images.first().copied() else {
            return false;
        };
        let mut caption = Walk {
            page,
            base: self.base,
            inline: Inline::default(),
            pieces: Vec::new(),
            pictures: Vec::new(),
        };
        caption.children(id, &place);
        caption.flush(&place, id);
        let mut run = Run::default();
        for piece in caption.pieces {
            if piece.kind == Kind::Image {
                continue;
            }
            if piece.area != place.area {
                self.pieces.push(piece);
                continue;
            }
            if !run.text.is_empty() {
                run.text.push(' ');
            }
            run.text.push_str(&piece.text.replace('\n', " "));
        }
        for image in images {
            let caption =
                (image == first && !run.text.is_empty()).then(|| std::mem::take(&mut run.text));
            let piece = self.picture(image, &place, caption);
            self.pieces.extend(piece);
        }
        true
    }

    fn picture(&self, id: NodeId, place: &Place, caption: Option<String>) -> Option<Piece> {
        let page = self.page;
        let address = ["data-src", "data-original", "data-lazy-src", "src"]
            .iter()
            .find_map(|name| page.attribute(id, name).filter(|address| is_web(address)))
            .or_else(|| {
                ["data-srcset", "srcset"]
                    .iter()
                    .find_map(|name| first_of_set(page.attribute(id, name)?))
            })
            .or_else(|| {
                let parent = page.nodes[id]
                    .parent
                    .filter(|parent| page.name(*parent) == "picture")?;
                let source = page
                    .children(parent)
                    .take(MAX_SOURCES)
                    .find(|child| page.name(*child) == "source")?;
                first_of_set(page.attribute(source, "srcset")?)
            });
        let address = address.map(|address| self.completed(address));
        let alt = || page.attribute(id, "alt").unwrap_or_default();
        let text = caption.unwrap_or_else(|| words_of(alt()));
        (address.is_some() || !text.is_empty()).then(|| Piece {
            line: page.nodes[id].line,
            kind: Kind::Image,
            linked: 0,
            text,
            marks: Vec::new(),
            node: id,
            parent: page.nodes[id].parent.unwrap_or(id),
            area: place.area,
            address,
        })
    }

    fn table(&mut self, id: NodeId, place: Place) {
        let page = self.page;
        for caption in page
            .children(id)
            .filter(|child| page.name(*child) == "caption")
        {
            self.children(caption, &place);
            self.flush(&place, caption);
        }
        let Some((text, node)) = table::text(page, id) else {
            return;
        };
        self.pieces.push(Piece {
            line: page.nodes[node].line,
            kind: Kind::Table,
            linked: table::linked(page, id),
            text,
            marks: Vec::new(),
            node,
            parent: id,
            area: place.area,
            address: None,
        });
    }

    fn style(&self, id: NodeId, name: &str) -> Option<MarkStyle> {
        match name {
            "em" | "i" | "cite" => Some(MarkStyle::Emphasis),
            "strong" | "b" => Some(MarkStyle::Strong),
            "code" | "kbd" | "samp" if !self.is_in_pre(id) => Some(MarkStyle::Code),
            "a" => {
                let address = self.page.attribute(id, "href")?;
                let is_elsewhere = !address.starts_with('#')
                    && !address.to_ascii_lowercase().starts_with("javascript:");
                is_elsewhere.then(|| MarkStyle::Link(self.completed(address)))
            }
            _ => None,
        }
    }

    /// Whether a link stands right before this one: on the page they are apart, whatever stands between them.
    fn follows_link(&self, id: NodeId) -> bool {
        self.page
            .before(id)
            .is_some_and(|before| self.page.name(before) == "a")
    }

    /// Whether this and what stands right before it are labels of their own, as in a line of name and day; in running text a
    /// span may be part of a word.
    fn follows_label(&self, id: NodeId) -> bool {
        let page = self.page;
        let is_label = |id: NodeId| matches!(page.name(id), "a" | "span");
        let is_in_text = page.nodes[id].parent.is_some_and(|parent| {
            matches!(page.name(parent), "p" | "li" | "blockquote" | "td")
                || page.name(parent).starts_with('h')
        });
        is_label(id) && !is_in_text && page.before(id).is_some_and(is_label)
    }

    fn is_in_pre(&self, id: NodeId) -> bool {
        self.page
            .around(id)
            .any(|around| self.page.name(around) == "pre")
    }

    fn completed(&self, address: &str) -> String {
        let joined = self.base.and_then(|base| base.join(address).ok());
        let address = joined.map_or_else(|| address.to_owned(), String::from);
        address
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect()
    }

    /// Makes a piece of the text so far.
    fn flush(&mut self, place: &Place, parent: NodeId) {
        if let Some(run) = self.inline.take() {
            self.push(run, place, parent);
        }
        self.pieces.append(&mut self.pictures);
    }

    fn push(&mut self, run: Run, place: &Place, parent: NodeId) {
        let Run {
            text,
            marks,
            linked,
            line,
            node,
        } = run;
        let (text, marks) = match place.kind {
            // A heading is one line; a line break counts as many bytes as a space.
            Kind::Heading(_) => (text.replace('\n', " "), marks),
            Kind::Code => (text, Vec::new()),
            _ => (text, marks),
        };
        self.pieces.push(Piece {
            line,
            kind: place.kind,
            text,
            marks,
            linked,
            node,
            parent,
            area: place.area,
            address: None,
        });
    }
}

/// White space put together, as it is shown.
fn words_of(text: &str) -> String {
    let mut inline = Inline::default();
    inline.push(text, 1, 0, false);
    inline.take().map(|run| run.text).unwrap_or_default()
}

fn is_web(address: &str) -> bool {
    let start = address.get(..5).unwrap_or_default();
    !start.eq_ignore_ascii_case("data:") && !start.eq_ignore_ascii_case("blob:")
}

/// The first address of a `srcset`.
fn first_of_set(set: &str) -> Option<&str> {
    set.split_whitespace()
        .next()
        .map(|address| address.trim_end_matches(','))
        .filter(|address| is_web(address))
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "noscript"
            | "ol"
            | "option"
            | "p"
            | "picture-block"
            | "pre"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "video"
    )
}
