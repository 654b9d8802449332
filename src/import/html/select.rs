//! Which pieces of a page are its article.
//!
//! Invariant: nothing is decided by a site. The extractor (`trafilatura`) is asked about the page as it stands here, each piece signed by a
//! character of a private plane, so that what it gives back is known to the piece; what it misses between what it
//! takes, and what it takes of parts that the page itself names otherwise, is set right by [`select`].

use super::area::Area;
use super::blocks::Piece;
use super::parse::DRAWING;
use super::tree::{Data, NodeId, Page, ROOT};
use crate::corpus::Kind;
use crate::import::block::ends_sentence;
use crate::import::{boilerplate, guard};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// The first character of the private planes, which sign pieces; pages lose theirs when they are read.
pub(super) const FIRST_SIGN: char = '\u{f0000}';
/// Signs a plane has: its last two are no characters.
const PLANE: u32 = 0xfffe;

/// Nodes and bytes of the largest page that the extractor is asked about: it looks at parts again and again.
const MAX_ASKED_NODES: usize = 40_000;
const MAX_ASKED_BYTES: usize = 3 << 20;
/// Elements around each other that it is shown.
const MAX_ASKED_DEPTH: usize = 100;

/// Shortest text, in bytes, that counts as an article found.
const MIN_ARTICLE: usize = 80;

/// What was chosen, and how.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// For each piece, whether it is the article's.
    pub is_kept: Vec<bool>,
    /// What should be known of how.
    pub remark: Option<&'static str>,
}

/// Chooses the pieces of the article.
pub(super) fn select(page: &Page, pieces: &[Piece]) -> Choice {
    let (asked, failure) = match ask(page, pieces) {
        Ok(found) => (found, None),
        Err(why) => (HashSet::new(), Some(why)),
    };
    let by_rule = by_structure(page, pieces);
    let bytes = |is_kept: &[bool]| -> usize {
        pieces
            .iter()
            .zip(is_kept)
            .filter(|(piece, kept)| **kept && piece.kind.is_prose())
            .map(|(piece, _)| piece.text.len())
            .sum()
    };
    let mut is_kept: Vec<bool> = (0..pieces.len()).map(|at| asked.contains(&at)).collect();
    leave_parts(pieces, &mut is_kept);
    if bytes(&is_kept) < MIN_ARTICLE && bytes(&by_rule) > bytes(&is_kept) {
        is_kept = by_rule;
    }
    if is_kept.iter().all(|kept| !kept) {
        // A page of parts only: better all of it than nothing.
        let is_shown = |piece: &Piece| piece.area.is_none_or(|(area, _)| area != Area::Hidden);
        return Choice {
            is_kept: pieces.iter().map(is_shown).collect(),
            remark: Some("no article was found on this page: all of its text is kept"),
        };
    }
    fill(page, pieces, &mut is_kept);
    Choice {
        is_kept,
        remark: failure,
    }
}

/// All of a page but what it does not show.
pub(super) fn whole(pieces: &[Piece]) -> Choice {
    let is_shown = |piece: &Piece| {
        piece
            .area
            .is_none_or(|(area, _)| !matches!(area, Area::Hidden | Area::Button))
    };
    Choice {
        is_kept: pieces.iter().map(is_shown).collect(),
        remark: None,
    }
}

/// Takes out what stands in a part that the page itself names: unless that would be most of it, when the name means something else.
fn leave_parts(pieces: &[Piece], is_kept: &mut [bool]) {
    let total: usize = kept(pieces, is_kept)
        .map(|(_, piece)| piece.text.len())
        .sum();
    let mut by_part: HashMap<NodeId, usize> = HashMap::new();
    for (_, piece) in kept(pieces, is_kept) {
        if let Some((_, node)) = piece.area {
            *by_part.entry(node).or_default() += piece.text.len();
        }
    }
    for (piece, kept) in pieces.iter().zip(is_kept) {
        let Some((area, node)) = piece.area else {
            continue;
        };
        let part = by_part.get(&node).copied().unwrap_or_default();
        *kept &= match area {
            Area::Hidden | Area::Comments | Area::Cookies | Area::Button => false,
            Area::Navigation
            | Area::Head
            | Area::Foot
            | Area::Aside
            | Area::Related
            | Area::Share
            | Area::Advert
            | Area::Letter
            | Area::Author => part * 2 > total,
        };
    }
}

fn kept<'p>(pieces: &'p [Piece], is_kept: &'p [bool]) -> impl Iterator<Item = (usize, &'p Piece)> {
    pieces.iter().enumerate().filter(|(at, _)| is_kept[*at])
}

/// The extractor's choice.
fn ask(page: &Page, pieces: &[Piece]) -> Result<HashSet<usize>, &'static str> {
    const TOO_LARGE: &str =
        "the page is too large for the search for its article: told by its elements alone";
    let text: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    if page.nodes.len() > MAX_ASKED_NODES
        || text > MAX_ASKED_BYTES
        || pieces.len() > 2 * PLANE as usize
    {
        return Err(TOO_LARGE);
    }
    let signs: HashMap<NodeId, char> = pieces
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(at, piece)| Some((piece.node, sign(at)?)))
        .collect();
    let mut html = String::with_capacity(text * 2);
    write(page, ROOT, &signs, 0, &mut html);
    if html.len() > MAX_ASKED_BYTES * 2 {
        return Err(TOO_LARGE);
    }
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_links(true);
    // A fault in it costs its answer, not the page.
    match guard::call(|| trafilatura::extract(&html, &options)) {
        Some(Ok(found)) => Ok(found.content_text.chars().filter_map(signed).collect()),
        // It says so where it finds too little; what it could not do is told by what we keep.
        Some(Err(_)) => Ok(HashSet::new()),
        None => Err("the search for the article failed on this page: told by its elements alone"),
    }
}

/// The character that stands for a piece.
fn sign(at: usize) -> Option<char> {
    let at = u32::try_from(at).ok()?;
    char::from_u32(u32::from(FIRST_SIGN) + at / PLANE * 0x1_0000 + at % PLANE)
}

/// The piece that a character stands for.
fn signed(c: char) -> Option<usize> {
    let at = u32::from(c).checked_sub(u32::from(FIRST_SIGN))?;
    Some((at / 0x1_0000 * PLANE + at % 0x1_0000) as usize)
}

/// A page as HTML, without scripts, styles and what is not shown.
fn write(page: &Page, id: NodeId, signs: &HashMap<NodeId, char>, depth: usize, out: &mut String) {
    for child in page.children(id) {
        match &page.nodes[child].data {
            Data::Text(text) => {
                out.extend(signs.get(&child));
                escape(text, out);
            }
            Data::Element(name, attributes) => {
                let name = &*name.local;
                if matches!(
                    name,
                    "script" | "style" | "template" | "noscript" | "iframe" | DRAWING
                ) || super::area::of(page, child) == Some(Area::Hidden)
                {
                    continue;
                }
                if depth > MAX_ASKED_DEPTH || !name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                {
                    write(page, child, signs, depth, out);
                    continue;
                }
                let _ = write!(out, "<{name}");
                for attribute in attributes {
                    let value = &*attribute.value;
                    let key = &*attribute.name.local;
                    if matches!(
                        key,
                        "class"
                            | "id"
                            | "href"
                            | "role"
                            | "itemprop"
                            | "itemtype"
                            | "rel"
                            | "title"
                            | "type"
                    ) && value.len() <= 2000
                    {
                        let _ = write!(out, " {key}=\"");
                        escape(value, out);
                        out.push('"');
                    }
                }
                out.push('>');
                if !matches!(
                    name,
                    "br" | "img"
                        | "hr"
                        | "wbr"
                        | "meta"
                        | "link"
                        | "input"
                        | "source"
                        | "area"
                        | "embed"
                        | "col"
                        | "base"
                        | "track"
                        | "param"
                ) {
                    write(page, child, signs, depth + 1, out);
                    let _ = write!(out, "</{name}>");
                }
            }
            Data::Other => {}
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if super::inline::is_control(c) => out.push(' '),
            c => out.push(c),
        }
    }
}

/// What the elements alone tell: all that stands in the article (else the main part, else the page) and in none of the other parts.
fn by_structure(page: &Page, pieces: &[Piece]) -> Vec<bool> {
    let is_in = |piece: &Piece, test: &dyn Fn(NodeId) -> bool| {
        test(piece.parent) || page.around(piece.parent).any(test)
    };
    let body = |id: NodeId| page.attribute(id, "itemprop") == Some("articleBody");
    let article = |id: NodeId| page.name(id) == "article";
    let main = |id: NodeId| page.name(id) == "main" || page.attribute(id, "role") == Some("main");
    let everything = |_: NodeId| true;
    let scopes: [&dyn Fn(NodeId) -> bool; 4] = [&body, &article, &main, &everything];
    let mut last = Vec::new();
    for scope in scopes {
        last = pieces
            .iter()
            .map(|piece| piece.area.is_none() && !piece.is_links() && is_in(piece, scope))
            .collect();
        let bytes: usize = kept(pieces, &last)
            .filter(|(_, piece)| piece.kind == Kind::Paragraph)
            .map(|(_, piece)| piece.text.len())
            .sum();
        if bytes >= MIN_ARTICLE {
            break;
        }
    }
    last
}

/// Adds what stands between pieces of the article and belongs to it: headings over them, pictures, entries and paragraphs in the same
/// place; and what stands between headline and article. Takes out rows of links at its ends.
fn fill(page: &Page, pieces: &[Piece], is_kept: &mut [bool]) {
    trim_links(pieces, is_kept);
    trim_teasers(pieces, is_kept);
    trim_lines(pieces, is_kept);
    let Some(first) = first_text(pieces, is_kept) else {
        return;
    };
    let headline = pieces[..first]
        .iter()
        .rposition(|piece| piece.kind == Kind::Heading(1));
    if let Some(headline) = headline {
        standfirst(&pieces[..first], headline, is_kept);
    }
    between(page, pieces, is_kept);
    if let Some(headline) = headline {
        lead_picture(page, pieces, headline, is_kept);
    }
}

/// Rows of links before the first and after the last piece that is none.
fn trim_links(pieces: &[Piece], is_kept: &mut [bool]) {
    let says = |piece: &Piece| piece.kind.is_prose() && !piece.is_links();
    let kept: Vec<usize> = kept(pieces, is_kept).map(|(at, _)| at).collect();
    let Some(first) = kept.iter().position(|at| says(&pieces[*at])) else {
        return;
    };
    let last = kept
        .iter()
        .rposition(|at| says(&pieces[*at]))
        .unwrap_or(first);
    for at in kept[..first].iter().chain(&kept[last + 1..]) {
        is_kept[*at] &= !pieces[*at].is_links();
    }
}

/// Other articles under the last: headings that are links, with a few words under each, from the heading over them all on.
fn trim_teasers(pieces: &[Piece], is_kept: &mut [bool]) {
    /// Links that make a list of other articles; fewer may be its sources.
    const LEAST: usize = 3;
    let kept: Vec<usize> = kept(pieces, is_kept).map(|(at, _)| at).collect();
    let is_under_link = |position: usize| {
        let mut before = kept[..position].iter().rev().map(|at| &pieces[*at]);
        let over = before.find(|piece| piece.kind != Kind::Image);
        over.is_some_and(|piece| matches!(piece.kind, Kind::Heading(_)) && piece.is_links())
    };
    // Tables, code and entries are no words under a teaser, however short.
    let is_of_article = |piece: &Piece| match piece.kind {
        Kind::Table | Kind::Code | Kind::Bullet { .. } | Kind::Numbered { .. } => true,
        Kind::Image | Kind::Rule | Kind::Heading(_) => false,
        Kind::Paragraph | Kind::Quote => is_sentence(piece),
    };
    let mut start = None;
    let mut links = 0;
    for (position, at) in kept.iter().enumerate().rev() {
        let piece = &pieces[*at];
        if piece.is_links() {
            links += 1;
            start = Some(position);
        } else if matches!(piece.kind, Kind::Heading(_)) {
            start = Some(position);
        } else if is_of_article(piece) && !is_under_link(position) {
            break;
        }
    }
    let Some(start) = start.filter(|_| links >= LEAST) else {
        return;
    };
    let (article, teasers) = kept.split_at(start);
    let bytes = |part: &[usize]| part.iter().map(|at| pieces[*at].text.len()).sum::<usize>();
    if bytes(article) >= bytes(teasers) {
        for at in teasers {
            is_kept[*at] = false;
        }
    }
}

/// Whether it says something: a line such as "Powered by" does not.
fn is_sentence(piece: &Piece) -> bool {
    const SENTENCE: usize = 40;
    piece.text.len() >= SENTENCE && ends_sentence(&piece.text)
}

/// The first piece of the article that is text, else the first.
fn first_text(pieces: &[Piece], is_kept: &[bool]) -> Option<usize> {
    let text = kept(pieces, is_kept).find(|(_, piece)| piece.kind.is_prose());
    text.or_else(|| kept(pieces, is_kept).next())
        .map(|(at, _)| at)
}

/// Lines before the headline, which are the page's: unless they are sentences.
fn trim_lines(pieces: &[Piece], is_kept: &mut [bool]) {
    let headline = pieces
        .iter()
        .position(|piece| piece.kind == Kind::Heading(1));
    for at in 0..headline.unwrap_or(0) {
        let piece = &pieces[at];
        is_kept[at] &= !piece.is_links() && ends_sentence(&piece.text);
    }
}

/// Sentences between the headline and the first text of the article, be they headings, and headings over them.
fn standfirst(pieces: &[Piece], headline: usize, is_kept: &mut [bool]) {
    let is_own = |piece: &Piece| piece.area.is_none() && !piece.is_links();
    let is_heading = |piece: &Piece| matches!(piece.kind, Kind::Heading(_));
    for (at, piece) in pieces.iter().enumerate().skip(headline + 1) {
        let says = (piece.kind.is_prose() || is_heading(piece)) && is_sentence(piece);
        is_kept[at] |= says && is_own(piece);
    }
    for at in (headline + 1..pieces.len()).rev() {
        if is_heading(&pieces[at]) && is_own(&pieces[at]) {
            is_kept[at] |= is_kept.get(at + 1) == Some(&true);
        }
    }
}

fn between(page: &Page, pieces: &[Piece], is_kept: &mut [bool]) {
    let chosen = is_kept.to_vec();
    let above = nearest(&chosen);
    let reversed: Vec<bool> = chosen.iter().rev().copied().collect();
    let below = nearest(&reversed);
    let end = pieces.len() - 1;
    // From the end, so that an hour knows whether the heading under it stays.
    for (at, piece) in pieces.iter().enumerate().rev() {
        let (Some(above), Some(below)) =
            (above[at], below[end - at].map(|from_end| end - from_end))
        else {
            continue;
        };
        if chosen[at] || piece.area.is_some() {
            continue;
        }
        let home = home(page, piece);
        let stands_beside = |other: usize| self::home(page, &pieces[other]) == home;
        is_kept[at] = match piece.kind {
            Kind::Heading(_) => {
                let is_over = pieces[at + 1..below].iter().all(is_apart);
                !piece.is_links() && (is_over || is_sentence(piece))
            }
            Kind::Image => is_picture_of_article(page, piece),
            Kind::Rule => false,
            // The hour over an entry of a live report.
            Kind::Paragraph if is_in_time(page, piece) => is_kept[at + 1],
            Kind::Paragraph
            | Kind::Bullet { .. }
            | Kind::Numbered { .. }
            | Kind::Quote
            | Kind::Table
            | Kind::Code => {
                // A headline that is no heading of the first level, or a picture, stands in a place of its own.
                let opens = is_apart(&pieces[above]) && is_sentence(piece);
                !piece.is_links() && (opens || stands_beside(above)) && stands_beside(below)
            }
        };
    }
}

/// The element around a piece that holds others too.
fn home(page: &Page, piece: &Piece) -> NodeId {
    std::iter::once(piece.parent)
        .chain(page.around(piece.parent))
        .find(|id| {
            !matches!(
                page.name(*id),
                "p" | "li"
                    | "ul"
                    | "ol"
                    | "dl"
                    | "dt"
                    | "dd"
                    | "blockquote"
                    | "pre"
                    | "table"
                    | "tbody"
                    | "tr"
                    | "h1"
                    | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "figure"
                    | "time"
                    | "span"
            )
        })
        .unwrap_or(ROOT)
}

fn is_in_time(page: &Page, piece: &Piece) -> bool {
    page.around(piece.node)
        .take(3)
        .any(|around| page.name(around) == "time")
}

/// Headings and pictures may stand between a heading and its text.
fn is_apart(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Heading(_) | Kind::Image | Kind::Rule)
}

/// For each place the nearest kept one before it.
fn nearest(is_kept: &[bool]) -> Vec<Option<usize>> {
    let mut last = None;
    is_kept
        .iter()
        .enumerate()
        .map(|(at, kept)| {
            let before = last;
            if *kept {
                last = Some(at);
            }
            before
        })
        .collect()
}

/// The picture over the article: the last one before its first paragraph, after the headline.
fn lead_picture(page: &Page, pieces: &[Piece], headline: usize, is_kept: &mut [bool]) {
    let Some(first) = is_kept.iter().position(|kept| *kept) else {
        return;
    };
    let picture = (headline.min(first)..first).rev().find(|at| {
        let piece = &pieces[*at];
        piece.kind == Kind::Image && piece.area.is_none() && is_picture_of_article(page, piece)
    });
    if let Some(at) = picture {
        is_kept[at] = true;
    }
}

/// Whether a picture shows something: not a mark, a portrait of the author, or a dot that counts readers.
fn is_picture_of_article(page: &Page, piece: &Piece) -> bool {
    const SMALL: u32 = 100;
    const MARKS: [&str; 11] = [
        "avatar", "icon", "logo", "pixel", "spacer", "1x1", "gravatar", "emoji", "sprite",
        "tracking", "badge",
    ];
    if boilerplate::verdict(&piece.text, &mut String::new()).is_some() {
        return false;
    }
    let Some(address) = &piece.address else {
        return false;
    };
    let side = |name: &str| {
        page.attribute(piece.node, name)?
            .trim_end_matches("px")
            .parse::<u32>()
            .ok()
    };
    let is_small = ["width", "height"]
        .iter()
        .any(|name| side(name).is_some_and(|pixels| pixels < SMALL));
    let file = address
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let name = file.rsplit('/').next().unwrap_or_default();
    !is_small && !MARKS.iter().any(|mark| name.contains(mark))
}
