//! The chosen pieces of a page as a document, and a notice for each of the others.
//!
//! Invariant: each piece is a passage, or the caption or address of one, or part of one notice.

use super::area::Area;
use super::blocks::Piece;
use super::facts::Facts;
use super::select::Choice;
use super::tree::Page;
use crate::corpus::{Document, DocumentId, Kind, Mark, PassageDraft, Source};
use crate::import::block::{self, Block, Fate};
use crate::import::boilerplate::{self, Verdict};
use crate::import::lines::Line;
use crate::import::metadata::{DateUse, Findings};
use crate::import::{Input, Notice, NoticeKind, dates, ending, interview, people, plain, slug};
use crate::text::ByteSpan;
use std::borrow::Cow;

/// Pieces at the head of an article among which a byline and a date may stand.
const HEAD_PIECES: usize = 8;
/// Longest byline or date line, in bytes.
const MAX_HEAD_LINE: usize = 200;
/// Bytes of a notice that tells of several pieces, about.
pub(super) const MAX_NOTICE: usize = 1500;

/// Longest line in the article that only tells the day, in bytes.
const MAX_DATE_LINE: usize = 80;

const OUTSIDE: &str = "not part of the article";
const PICTURE: &str = "a picture that is not part of the article";

/// Makes the document.
pub(super) fn write(
    input: &Input<'_>,
    page: &Page,
    facts: Facts,
    pieces: Vec<Piece>,
    choice: &Choice,
) -> (Document, Source, Vec<Notice>) {
    let mut found = Findings::default();
    let title = title(page, &facts, &pieces);
    adopt(facts, &mut found);
    if let Some(remark) = choice.remark {
        found.remark(0, "", remark);
    }
    let lines: Vec<Line<'_>> = pieces
        .iter()
        .map(|piece| Line {
            number: piece.line,
            text: "",
            indent: 0,
            gap: true,
            feed: false,
        })
        .collect();
    let mut blocks = blocks(&pieces, &choice.is_kept);
    mark_title(&pieces, &mut blocks, title.as_deref());
    head(&pieces, &choice.is_kept, &mut blocks, input, &mut found);
    clean(&pieces, &mut blocks);
    settle(&lines, &mut blocks, &mut found);
    if !blocks
        .iter()
        .any(|block| matches!(block.fate, Fate::Text(_)))
    {
        reopen(&pieces, &mut blocks);
    }
    plain::dateline(&blocks, &lines, input, &mut found);
    let title = title.unwrap_or_else(|| plain::made_title(&blocks, &lines, input, &mut found));

    let strong: Vec<bool> = pieces.iter().map(Piece::is_strong).collect();
    let conversation = interview::find(&blocks, &title)
        .or_else(|| interview::by_emphasis(&mut blocks, &title, &strong));
    if let Some(conversation) = &conversation {
        interview::spread(&mut blocks, conversation);
        for guess in &conversation.guesses {
            found.remark(0, "", guess.as_str());
        }
        found.kind.get_or_insert_with(|| "interview".to_owned());
    }
    let voices = conversation
        .map(|interview| interview.voices)
        .unwrap_or_default();
    let mut notices = std::mem::take(&mut found.remarks);
    let (meta, source) = found.into_meta(title);
    let mut document = Document::new(DocumentId::from(slug(&meta.title)), meta);
    notices.extend(left(&pieces, &blocks));
    for (piece, block) in pieces.into_iter().zip(blocks) {
        push(&mut document, piece, &block, &voices);
    }
    (document, source, notices)
}

/// What the page states, as findings.
fn adopt(facts: Facts, found: &mut Findings) {
    if let Some(site) = &facts.site {
        found.offer_source(site);
    }
    found.authors = facts.authors;
    found.date = facts.date;
    if let Some(changed) = facts.changed.filter(|_| facts.date.is_none()) {
        found.date = Some(changed);
        found.date_is_of_change = true;
        found.remark(
            0,
            "",
            format!("date {changed}: that of a change, for want of one of publication"),
        );
    }
    found.language = facts.language;
    found.kind = facts.kind.map(str::to_owned);
    if let Some(url) = &facts.url {
        found.offer_url(0, url);
    }
}

/// The title: the headline of the page where a statement bears it out or there is no statement, else the statement.
fn title(page: &Page, facts: &Facts, pieces: &[Piece]) -> Option<String> {
    let is_shown = |piece: &&Piece| {
        piece
            .area
            .is_none_or(|(area, _)| !matches!(area, Area::Hidden | Area::Foot))
    };
    let headlines: Vec<&str> = pieces
        .iter()
        .filter(|piece| piece.kind == Kind::Heading(1))
        .filter(is_shown)
        .map(|piece| piece.text.as_str())
        .collect();
    let element = Facts::title_element(page);
    let stated: Vec<&str> = facts
        .titles
        .iter()
        .chain(&element)
        .map(String::as_str)
        .collect();
    let borne_out = headlines.iter().filter(|headline| {
        let headline = folded(headline);
        headline.chars().count() >= 4
            && stated
                .iter()
                .any(|stated| folded(stated).contains(&headline))
    });
    // A headline of another level: all that is stated, and nothing else.
    let lower = pieces
        .iter()
        .filter(|piece| matches!(piece.kind, Kind::Heading(2..)))
        .filter(is_shown)
        .map(|piece| piece.text.as_str())
        .filter(|headline| {
            let headline = folded(headline);
            facts.titles.iter().any(|stated| folded(stated) == headline)
        });
    // The name of the site is borne out too; what says more is the headline, the first of several.
    let headline = borne_out.copied().chain(lower).reduce(|best, other| {
        if other.len() > best.len() {
            other
        } else {
            best
        }
    });
    if let Some(headline) = headline {
        return Some(headline.to_owned());
    }
    if let Some(stated) = facts.titles.first() {
        return Some(without_site(stated, facts.site.as_deref()));
    }
    match (headlines.as_slice(), element) {
        ([only], _) => Some((*only).to_owned()),
        (_, Some(element)) => Some(
            repeated(&element, pieces)
                .unwrap_or_else(|| without_site(&element, facts.site.as_deref())),
        ),
        ([first, ..], None) => Some((*first).to_owned()),
        ([], None) => None,
    }
}

/// The part of a title before its last bar or dash, where the page shows it on a line of its own.
fn repeated(title: &str, pieces: &[Piece]) -> Option<String> {
    let (head, _) = parts(title)?;
    let wanted = folded(head);
    let shown = pieces.iter().find(|piece| folded(&piece.text) == wanted)?;
    (!wanted.is_empty()).then(|| shown.text.clone())
}

/// What stands before and after the last bar or dash of a title.
fn parts(title: &str) -> Option<(&str, &str)> {
    let (end, start) = [" | ", " – ", " — ", " - ", " :: ", " • "]
        .iter()
        .filter_map(|bar| title.rfind(bar).map(|at| (at, at + bar.len())))
        .max()?;
    Some((title.get(..end)?.trim(), title.get(start..)?))
}

/// A title without the name of the site after its last bar or dash.
fn without_site(title: &str, site: Option<&str>) -> String {
    let Some((head, tail)) = parts(title) else {
        return title.to_owned();
    };
    let is_site = site.is_some_and(|site| folded(site) == folded(tail));
    let is_short_tail =
        tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 4;
    if is_site || (site.is_none() && is_short_tail) {
        head.to_owned()
    } else {
        title.to_owned()
    }
}

/// Letters and figures, small.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A block for each piece; what is not the article's has its reason.
fn blocks<'a>(pieces: &[Piece], is_kept: &[bool]) -> Vec<Block<'a>> {
    let block = |(at, piece): (usize, &Piece)| Block {
        lines: at..at + 1,
        text: Cow::Owned(piece.text.clone()),
        indent: 0,
        gap: true,
        fate: match piece.kind {
            _ if !is_kept[at] => Fate::LeftOut(Cow::Borrowed(reason(piece))),
            Kind::Image => Fate::Image,
            kind => Fate::Text(kind),
        },
        skip: 0,
        voice: None,
    };
    pieces.iter().enumerate().map(block).collect()
}

fn reason(piece: &Piece) -> &'static str {
    match piece.area {
        Some((area, _)) => area.reason(),
        None if piece.kind == Kind::Image => PICTURE,
        None if piece.is_links() => Area::Related.reason(),
        None => OUTSIDE,
    }
}

/// Pieces that repeat the title become it.
fn mark_title(pieces: &[Piece], blocks: &mut [Block<'_>], title: Option<&str>) {
    let Some(title) = title.map(folded).filter(|title| !title.is_empty()) else {
        return;
    };
    for (piece, block) in pieces.iter().zip(blocks) {
        let is_heading = matches!(piece.kind, Kind::Heading(_) | Kind::Paragraph);
        let is_shown = piece.area.is_none_or(|(area, _)| area != Area::Hidden);
        if is_heading && is_shown && folded(&piece.text) == title {
            block.fate = Fate::Used("title");
        }
    }
}

/// Bylines and dates around the beginning of the article.
fn head(
    pieces: &[Piece],
    is_kept: &[bool],
    blocks: &mut [Block<'_>],
    input: &Input<'_>,
    found: &mut Findings,
) {
    let title = blocks
        .iter()
        .position(|block| block.fate == Fate::Used("title"));
    let first = is_kept.iter().position(|kept| *kept).unwrap_or(0);
    let start = title
        .map_or(first, |title| title.min(first))
        .saturating_sub(HEAD_PIECES);
    let end = (first.max(title.unwrap_or(0)) + HEAD_PIECES).min(pieces.len());
    for at in start..end {
        let piece = &pieces[at];
        let is_line = piece.kind == Kind::Paragraph && piece.text.len() <= MAX_HEAD_LINE;
        let is_apart = piece
            .area
            .is_some_and(|(area, _)| !matches!(area, Area::Author | Area::Head | Area::Share));
        if !is_line || is_apart {
            continue;
        }
        if let Some(fate) = head_line(piece, is_kept[at], input, found) {
            blocks[at].fate = fate;
        }
    }
}

fn head_line(
    piece: &Piece,
    is_kept: bool,
    input: &Input<'_>,
    found: &mut Findings,
) -> Option<Fate> {
    let text = piece.text.replace('\n', " ");
    if let Some(names) = people::byline(&text) {
        if found.authors.is_empty() {
            found.authors = names;
        }
        return Some(Fate::Used("authors"));
    }
    // The name alone, or with what its bearer does.
    let is_author = found.authors.iter().any(|author| {
        text.strip_prefix(author.as_str())
            .is_some_and(|rest| people::is_role(rest.trim_start_matches([',', ' '])))
            || !is_kept && folded(author) == folded(&text)
    });
    if is_author {
        return Some(Fate::Used("authors"));
    }
    let line = dates::date_line(&text)?;
    // A sentence that names a day is the article's; a line of nothing else is none, even if "a.m." ends it.
    let says_more = !line.before.is_empty() || line.on.is_some();
    if is_kept && (text.len() > MAX_DATE_LINE || says_more && block::ends_sentence(&text)) {
        return None;
    }
    if found.date.is_some() && line.when.resolve(input.copied) == found.date {
        return Some(Fate::Used("date"));
    }
    if found.date.is_some() && !found.date_is_of_change {
        return Some(Fate::LeftOut(Cow::Borrowed(
            "the page states another day elsewhere",
        )));
    }
    match found.offer_date(piece.line, &text, line.when, line.updated, input.copied) {
        DateUse::Taken => Some(Fate::Used("date")),
        DateUse::Not(reason) => Some(Fate::LeftOut(Cow::Borrowed(reason))),
    }
}

/// Takes out lines of the page that stand in the article: as in copied text, and headings that have nothing under them.
fn clean(pieces: &[Piece], blocks: &mut [Block<'_>]) {
    let mut buffer = String::new();
    for (piece, block) in pieces.iter().zip(blocks.iter_mut()) {
        let is_line = matches!(
            piece.kind,
            Kind::Paragraph | Kind::Bullet { .. } | Kind::Heading(_)
        );
        if !is_line || !matches!(block.fate, Fate::Text(_)) {
            continue;
        }
        if !piece.text.chars().any(char::is_alphanumeric)
            && piece.text.len() < 40
            && !plain::is_rule(&piece.text)
        {
            // Signs alone ("•", "|") divide menus; a row of asterisks divides the text.
            block.leave_out("nothing to read in it");
        } else if let Some(Verdict::Sure(reason)) = boilerplate::verdict(&piece.text, &mut buffer) {
            block.leave_out(reason);
        }
    }
    let mut under = false;
    for (piece, block) in pieces.iter().zip(blocks.iter_mut()).rev() {
        match block.fate {
            Fate::Text(Kind::Heading(_)) if !under => {
                let says_so = boilerplate::verdict(&piece.text, &mut buffer).is_some();
                if says_so {
                    block.leave_out(Area::Related.reason());
                }
                under = !says_so;
            }
            Fate::Text(Kind::Rule) if !under => block.leave_out("a line with nothing under it"),
            Fate::Text(_) => under = true,
            Fate::Image | Fate::Caption | Fate::LeftOut(_) | Fate::Used(_) => {}
        }
    }
}

/// The cleaning of copied text, which looks at what stands beside a line: without the pieces that are out already.
fn settle<'a>(lines: &[Line<'_>], blocks: &mut [Block<'a>], found: &mut Findings) {
    let inside: Vec<usize> = (0..blocks.len())
        .filter(|at| matches!(blocks[*at].fate, Fate::Text(_) | Fate::Image))
        .collect();
    let mut article: Vec<Block<'a>> = inside.iter().map(|at| blocks[*at].clone()).collect();
    plain::edges(&mut article);
    ending::read(&mut article, lines, found);
    for (at, block) in inside.into_iter().zip(article) {
        blocks[at] = block;
    }
}

/// A page of a title alone: better its title twice than no text.
fn reopen(pieces: &[Piece], blocks: &mut [Block<'_>]) {
    let at = blocks
        .iter()
        .position(|block| block.fate == Fate::Used("title"))
        .or_else(|| pieces.iter().position(|piece| !piece.text.is_empty()));
    if let Some(at) = at {
        blocks[at].fate = Fate::Text(Kind::Paragraph);
    }
}

/// Notices for what is in no passage: pieces side by side that are out for the same reason share one.
fn left(pieces: &[Piece], blocks: &[Block<'_>]) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    let mut last = None;
    for (piece, block) in pieces.iter().zip(blocks) {
        let text = if piece.text.is_empty() {
            piece.address.as_deref().unwrap_or_default()
        } else {
            &piece.text
        };
        let text = text.replace('\n', " ");
        let kind = match &block.fate {
            Fate::Text(_) | Fate::Image | Fate::Caption => {
                last = None;
                continue;
            }
            Fate::Used(key) => NoticeKind::Used(key),
            Fate::LeftOut(reason) => NoticeKind::LeftOut(reason.clone().into_owned()),
        };
        if text.is_empty() {
            continue;
        }
        let part = (kind.clone(), piece.area.map(|(_, node)| node));
        let joins = matches!(kind, NoticeKind::LeftOut(_)) && last.as_ref() == Some(&part);
        match notices
            .last_mut()
            .filter(|notice| joins && notice.text.len() + text.len() < MAX_NOTICE)
        {
            Some(notice) => {
                notice.text.push_str(" · ");
                notice.text.push_str(&text);
            }
            None => notices.push(Notice {
                line: piece.line,
                text,
                kind,
            }),
        }
        last = Some(part);
    }
    notices
}

fn push(document: &mut Document, piece: Piece, block: &Block<'_>, voices: &[String]) {
    let kind = match block.fate {
        Fate::Text(kind) => kind,
        Fate::Image | Fate::Caption => Kind::Image,
        Fate::LeftOut(_) | Fate::Used(_) => return,
    };
    let voice = block
        .voice
        .filter(|_| !matches!(kind, Kind::Image | Kind::Rule | Kind::Heading(_)));
    document.push(PassageDraft {
        kind,
        voice: voice
            .and_then(|voice| voices.get(usize::from(voice)))
            .cloned(),
        marks: marks(piece.marks, block.skip),
        text: if kind == Kind::Rule {
            String::new()
        } else {
            block.body().to_owned()
        },
        address: piece.address.filter(|_| kind == Kind::Image),
        ..PassageDraft::default()
    });
}

/// The marks of a text of which the first `skip` bytes are gone.
fn marks(marks: Vec<Mark>, skip: usize) -> Vec<Mark> {
    marks
        .into_iter()
        .filter_map(|mark| {
            let span = mark.span.range();
            let (start, end) = (
                span.start.saturating_sub(skip),
                span.end.saturating_sub(skip),
            );
            (start < end).then(|| Mark {
                span: ByteSpan::new(start, end),
                style: mark.style,
            })
        })
        .collect()
}
