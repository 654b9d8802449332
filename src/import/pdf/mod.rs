//! PDF with a text layer: paragraphs rebuilt from lines, in the order of reading.
//!
//! Invariant: each line is in a passage or in a notice. Lines are found by another program's rules ([`read`], which is to run in a process
//! of its own); what becomes of them is decided here, the same way each time.

mod columns;
mod furniture;
mod paragraphs;
mod sheets;

pub use sheets::{Fault, Piece, Sheet, Sheets, read};

use super::block::Layout;
use super::lines::Line;
use super::{Input, Notice, head, plain, slug};
use crate::corpus::{Date, Document, DocumentId, Source};

/// Makes the document of a PDF's lines.
pub(super) fn document(input: &Input<'_>, mut sheets: Sheets) -> (Document, Source, Vec<Notice>) {
    let mut notices = furniture::take_off(&mut sheets.pages);
    let sideways: Vec<String> = sheets
        .pages
        .iter_mut()
        .flat_map(|page| std::mem::take(&mut page.sideways))
        .collect();
    if !sideways.is_empty() {
        notices.push(Notice {
            line: 0,
            text: sideways.join(" · "),
            kind: super::NoticeKind::LeftOut("text set sideways".to_owned()),
        });
    }
    for (count, what) in [
        (sheets.damaged, "could not be read, or not all of them"),
        (sheets.pictures, "are pictures without text"),
        (sheets.beyond, "were left out: there are too many"),
    ] {
        if count > 0 {
            let pages = if count == 1 { "page" } else { "pages" };
            notices.push(Notice::remark(0, "", format!("{count} {pages} {what}")));
        }
    }
    let pages = std::mem::take(&mut sheets.pages);
    let paragraphs = paragraphs::find(pages);
    let texts: Vec<String> = paragraphs
        .iter()
        .flat_map(|paragraph| paragraph.lines.iter().cloned())
        .collect();
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(texts.len());
    let mut begins = paragraphs.iter().scan(0, |at, paragraph| {
        let start = *at;
        *at += paragraph.lines.len();
        Some(start)
    });
    let mut next = begins.next();
    for (at, text) in texts.iter().enumerate() {
        let gap = next == Some(at);
        if gap {
            next = begins.next();
        }
        lines.push(Line {
            number: at as u32 + 1,
            text,
            indent: 0,
            gap,
            feed: false,
        });
    }
    let mut layout = paragraphs::layout(&paragraphs, &lines);
    let title = title(&sheets, &paragraphs, &mut layout);
    let (mut document, source, more) = plain::read(input, &lines, layout);
    notices.extend(more);
    if let Some(title) = title {
        document.id = DocumentId::from(slug(&title));
        document.meta.title = title;
        // A guess from the first words is none any more.
        notices.retain(|notice| !matches!(&notice.kind, super::NoticeKind::Remark(remark) if remark.starts_with("no title is stated")));
    }
    let meta = &mut document.meta;
    if meta.authors.is_empty()
        && let Some(author) = sheets.author.filter(|author| is_statement(author))
    {
        meta.authors = author
            .split([';', ','])
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .take(20)
            .collect();
    }
    if meta.date.is_none()
        && let Some(date) = sheets.created.as_deref().and_then(day)
    {
        meta.date = Some(date);
        let remark = format!("date {date}: the day on which the file was made");
        notices.push(Notice::remark(0, "", remark));
    }
    (document, source, notices)
}

/// The title: the largest line of the first page, or what the file states where its text bears that out.
fn title(
    sheets: &Sheets,
    paragraphs: &[paragraphs::Paragraph],
    layout: &mut Layout<'_>,
) -> Option<String> {
    let stated = sheets.title.as_deref().filter(|title| is_statement(title));
    let folded = stated.map(head::folded);
    let borne_out = folded
        .filter(|folded| folded.chars().count() >= 4)
        .and_then(|folded| {
            layout
                .blocks
                .iter()
                .take(10)
                .position(|block| head::folded(&block.text) == folded)
        });
    let largest = || paragraphs.iter().take(10).position(|one| one.is_title);
    if let Some(at) = borne_out.or_else(largest) {
        let block = layout.blocks.get_mut(at)?;
        let title = block.text.clone().into_owned();
        if layout.blocks.len() > 1 {
            let block = layout.blocks.get_mut(at)?;
            block.fate = super::block::Fate::Used("title");
        }
        return Some(title);
    }
    None
}

/// Whether a statement is one, and not what programs put there: `Microsoft Word - report.doc`, `untitled`, a path.
fn is_statement(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_file = [
        ".doc", ".docx", ".indd", ".qxd", ".pdf", ".tex", ".odt", ".dvi", ".rtf",
    ]
    .iter()
    .any(|ending| lower.ends_with(ending));
    !is_file
        && !lower.starts_with("microsoft ")
        && !matches!(
            lower.as_str(),
            "untitled" | "user" | "admin" | "administrator" | "owner" | "unknown"
        )
        && text.chars().any(char::is_alphabetic)
}

fn day(digits: &str) -> Option<Date> {
    let (year, rest) = digits.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    Date::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
