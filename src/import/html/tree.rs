//! The tree of a page, as the parser builds it.
//!
//! Invariant: each change costs a bounded number of steps, but for moving children, which is counted in [`Tree::moved`]; an index
//! that the tree gave out stays valid.

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// A node of the tree: its index.
pub(super) type NodeId = usize;

/// The node that holds the page.
pub(super) const ROOT: NodeId = 0;

/// Attributes that tell something; others are not kept.
const KEPT: &[&str] = &[
    "id",
    "class",
    "href",
    "src",
    "srcset",
    "alt",
    "title",
    "rel",
    "itemprop",
    "itemtype",
    "property",
    "name",
    "content",
    "datetime",
    "type",
    "role",
    "hidden",
    "style",
    "aria-hidden",
    "lang",
    "start",
    "value",
    "width",
    "height",
    "data-src",
    "data-srcset",
    "data-original",
    "data-lazy-src",
];

/// What a node is.
#[derive(Debug)]
pub(super) enum Data {
    /// An element.
    Element(QualName, Vec<Attribute>),
    /// Text.
    Text(StrTendril),
    /// The page, a comment, what is in a template: nothing to read.
    Other,
}

/// A node and its place.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub data: Data,
    /// The line on which it starts, from 1.
    pub line: u32,
    pub parent: Option<NodeId>,
    pub first: Option<NodeId>,
    last: Option<NodeId>,
    pub next: Option<NodeId>,
    previous: Option<NodeId>,
    /// Elements around it when it was put in.
    depth: u16,
}

/// The tree.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: RefCell<Vec<Node>>,
    /// The line that is being read.
    pub line: Cell<u32>,
    /// Elements around what was put in last.
    pub depth: Cell<u16>,
    /// Children moved from one node to another.
    pub moved: Cell<usize>,
}

/// A page that is read: nodes by index.
#[derive(Debug)]
pub(super) struct Page {
    pub nodes: Vec<Node>,
}

impl Tree {
    pub fn new() -> Self {
        let tree = Self {
            nodes: RefCell::default(),
            line: Cell::new(1),
            depth: Cell::new(0),
            moved: Cell::new(0),
        };
        tree.add(Data::Other);
        tree
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node {
            data,
            line: self.line.get(),
            parent: None,
            first: None,
            last: None,
            next: None,
            previous: None,
            depth: 0,
        });
        nodes.len() - 1
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let (parent, previous, next) = (nodes[id].parent, nodes[id].previous, nodes[id].next);
        match previous {
            Some(previous) => nodes[previous].next = next,
            None => {
                if let Some(parent) = parent {
                    nodes[parent].first = next;
                }
            }
        }
        match next {
            Some(next) => nodes[next].previous = previous,
            None => {
                if let Some(parent) = parent {
                    nodes[parent].last = previous;
                }
            }
        }
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Puts a node in, at the end of its parent or before a sibling.
    fn insert(&self, parent: NodeId, before: Option<NodeId>, id: NodeId) {
        self.detach(id);
        let mut nodes = self.nodes.borrow_mut();
        let previous = match before {
            Some(before) => nodes[before].previous.replace(id),
            None => nodes[parent].last.replace(id),
        };
        match previous {
            Some(previous) => nodes[previous].next = Some(id),
            None => nodes[parent].first = Some(id),
        }
        let depth = nodes[parent].depth.saturating_add(1);
        let node = &mut nodes[id];
        node.parent = Some(parent);
        node.previous = previous;
        node.next = before;
        node.depth = depth;
        self.depth.set(depth);
    }

    fn put(&self, parent: NodeId, before: Option<NodeId>, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => self.insert(parent, before, id),
            NodeOrText::AppendText(text) => {
                let previous = {
                    let nodes = self.nodes.borrow();
                    before.map_or(nodes[parent].last, |before| nodes[before].previous)
                };
                if let Some(previous) = previous
                    && let Data::Text(there) = &mut self.nodes.borrow_mut()[previous].data
                {
                    there.push_tendril(&text);
                    return;
                }
                // The parser stands at the end of the text.
                let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).count();
                let id = self.add(Data::Text(text));
                let line = self.line.get().saturating_sub(breaks as u32).max(1);
                self.nodes.borrow_mut()[id].line = line;
                self.insert(parent, before, id);
            }
        }
    }
}

/// The name of an element, lent by the tree.
#[derive(Debug)]
pub(super) struct Name<'a>(Ref<'a, QualName>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

fn kept(attributes: Vec<Attribute>) -> Vec<Attribute> {
    let mut kept: Vec<Attribute> = attributes
        .into_iter()
        .filter(|attribute| KEPT.contains(&&*attribute.name.local))
        .collect();
    kept.shrink_to_fit();
    kept
}

impl TreeSink for Tree {
    type Handle = NodeId;
    type Output = Page;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Page {
        Page {
            nodes: self.nodes.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name<'a> {
        Name(Ref::map(self.nodes.borrow(), |nodes| {
            match &nodes[*target].data {
                Data::Element(name, _) => name,
                Data::Text(_) | Data::Other => unreachable!("the parser asks for elements only"),
            }
        }))
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        self.add(Data::Element(name, kept(attributes)))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.add(Data::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let parent = self.nodes.borrow()[*element].parent;
        match parent {
            Some(parent) => self.put(parent, Some(*element), child),
            None => self.put(*previous, None, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// What is in a template is not shown: it hangs on a node outside the tree.
    fn get_template_contents(&self, _: &NodeId) -> NodeId {
        self.add(Data::Other)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[*sibling].parent;
        if let Some(parent) = parent {
            self.put(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        if let Data::Element(_, there) = &mut self.nodes.borrow_mut()[*target].data {
            for attribute in kept(attributes) {
                if there.iter().all(|known| known.name != attribute.name) {
                    there.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        loop {
            let first = self.nodes.borrow()[*node].first;
            let Some(child) = first else { return };
            self.insert(*parent, None, child);
            self.moved.set(self.moved.get() + 1);
        }
    }
}

impl Page {
    /// The name of an element; empty for what is none.
    pub fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id].data {
            Data::Element(name, _) => &name.local,
            Data::Text(_) | Data::Other => "",
        }
    }

    /// An attribute with something in it.
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.stated(id, name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// An attribute that is there, even an empty one.
    pub fn stated(&self, id: NodeId, name: &str) -> Option<&str> {
        let Data::Element(_, attributes) = &self.nodes[id].data else {
            return None;
        };
        attributes
            .iter()
            .find(|attribute| &*attribute.name.local == name)
            .map(|attribute| &*attribute.value)
    }

    /// The children of a node, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id].first, |child| self.nodes[*child].next)
    }

    /// A node and all below it, in the order of the page.
    pub fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), move |at| self.after(*at, id))
    }

    /// The next node in the order of the page, inside `top`.
    fn after(&self, at: NodeId, top: NodeId) -> Option<NodeId> {
        if let Some(first) = self.nodes[at].first {
            return Some(first);
        }
        let mut at = at;
        while at != top {
            if let Some(next) = self.nodes[at].next {
                return Some(next);
            }
            at = self.nodes[at].parent?;
        }
        None
    }

    /// The node before this one in its parent.
    pub fn before(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id].previous
    }

    /// The nodes around a node, the nearest first.
    pub fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.nodes[id].parent, |at| self.nodes[*at].parent)
    }

    /// All text in a node, white space put together; scripts and styles left aside. At most about `most` bytes.
    pub fn text(&self, id: NodeId, most: usize) -> String {
        let mut text = String::new();
        for node in self.below(id) {
            if text.len() > most {
                break;
            }
            match &self.nodes[node].data {
                Data::Text(piece) => {
                    let parent = self.nodes[node]
                        .parent
                        .map_or("", |parent| self.name(parent));
                    if !matches!(parent, "script" | "style") {
                        text.push_str(piece);
                    }
                }
                Data::Element(name, _) if !is_inline(&name.local) && !text.ends_with(' ') => {
                    text.push(' ');
                }
                Data::Element(..) | Data::Other => {}
            }
        }
        let mut out = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

/// Elements that stand inside a line, with no space around them.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "wbr"
    )
}
