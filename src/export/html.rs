//! A report as one page of HTML that needs nothing else.
//!
//! Invariant: it holds no script, asks nobody for anything (its policy forbids it), and every text of a source has passed the gate and
//! is escaped. The tables keep their roles where a narrow screen lays them out as blocks.

use super::{Cell, Facing, Passage, Report, Source, Table, direction, laid_open};
use crate::text::{ByteSpan, safe};
use std::fmt::Write as _;

const STYLE: &str = include_str!("html/style.css");
/// Characters shown of a passage whose place is elsewhere.
const OPENING_CHARS: usize = 90;

/// The page.
pub(super) fn write(report: &Report) -> String {
    let title = text(&report.title);
    let mut out = String::with_capacity(16 << 10);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"generator\" content=\"Diptych {}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">To the text</a>\n<header>\n<h1 dir=\"auto\">{title}</h1>\n",
        env!("CARGO_PKG_VERSION")
    );
    for paragraph in &report.lead {
        let _ = writeln!(out, "<p>{}</p>", text(paragraph));
    }
    out.push_str("</header>\n");
    contents(report, &mut out);
    out.push_str("<main id=\"main\">\n");
    if let Some(of) = &report.facing {
        facing(of, &mut out);
    }
    if let Some(of) = &report.laid_open {
        laid_open::html(of, &mut out);
    }
    for (at, of) in report.tables.iter().enumerate() {
        table(of, at, &mut out);
    }
    if !report.sources.is_empty() {
        sources(&report.sources, &mut out);
    }
    let _ = write!(
        out,
        "</main>\n<footer>\n<p>Made by Diptych {} from the texts named above; it changed no word of them.</p>\n</footer>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    );
    out
}

/// Links to the parts.
fn contents(report: &Report, out: &mut String) {
    let mut parts: Vec<(String, String)> = Vec::new();
    if report.facing.is_some() {
        parts.push(("rows".to_owned(), "Side by side".to_owned()));
    }
    for (at, part) in report
        .laid_open
        .iter()
        .flat_map(|of| of.parts.iter().enumerate())
    {
        parts.push((laid_open::anchor(at), part.title.clone()));
    }
    for (at, table) in report.tables.iter().enumerate() {
        parts.push((format!("table-{}", at + 1), table.title.clone()));
    }
    if !report.sources.is_empty() {
        parts.push(("sources".to_owned(), "Sources".to_owned()));
    }
    out.push_str("<nav aria-label=\"Parts\">\n<ul>\n");
    for (anchor, title) in parts {
        let _ = writeln!(out, "<li><a href=\"#{anchor}\">{}</a></li>", text(&title));
    }
    out.push_str("</ul>\n</nav>\n");
}

/// The heads of the columns of sides, and where the rows begin.
pub(super) fn side_heads(sides: &[String], out: &mut String) {
    for side in sides {
        let _ = write!(
            out,
            "<th scope=\"col\" role=\"columnheader\" dir=\"{}\">{}</th>",
            direction(side),
            text(side)
        );
    }
    out.push_str("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
}

fn facing(facing: &Facing, out: &mut String) {
    out.push_str(
        "<section aria-labelledby=\"rows\">\n<h2 id=\"rows\">Side by side</h2>\n<table class=\"facing\" role=\"table\">\n\
         <caption>What stands opposite what, row by row; words that a pair shares are marked.</caption>\n\
         <thead role=\"rowgroup\">\n<tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Row</th>",
    );
    side_heads(&facing.sides, out);
    for (at, row) in facing.rows.iter().enumerate() {
        let number = at + 1;
        let why = if row.why.is_empty() {
            String::new()
        } else {
            format!("<br>{}", text(&row.why))
        };
        let _ = write!(
            out,
            "<tr id=\"row-{number}\" role=\"row\"><th scope=\"row\" role=\"rowheader\"><b>{number}</b> {}{why}</th>",
            text(&row.kind)
        );
        for (side, cell) in facing.sides.iter().zip(&row.cells) {
            let class = if *cell == Cell::Empty {
                " class=\"empty\""
            } else {
                ""
            };
            let _ = write!(
                out,
                "<td role=\"cell\" data-side=\"{}\"{class}>{}</td>",
                text(side),
                self::cell(cell)
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Nothing => "<p class=\"nothing\">nothing found here</p>".to_owned(),
        Cell::Passage(passage) => format!(
            "<div id=\"{}\"><p class=\"label\">{}</p><p class=\"text\"{}>{}</p></div>",
            passage.anchor,
            label(passage),
            language(&passage.language, &passage.text),
            marked(&passage.text, &passage.marks)
        ),
        Cell::Elsewhere(passage) => {
            let opening: String = passage.text.chars().take(OPENING_CHARS).collect();
            let more = if opening.len() < passage.text.len() {
                "…"
            } else {
                ""
            };
            format!(
                "<p class=\"label\">{}, in another row</p><p class=\"text nothing\"{}>{}{more}</p>",
                label(passage),
                language(&passage.language, &passage.text),
                text(&opening)
            )
        }
    }
}

fn label(passage: &Passage) -> String {
    let voice = passage.voice.as_ref().map_or_else(String::new, |voice| {
        format!(" · <b dir=\"{}\">{}</b>", direction(voice), text(voice))
    });
    format!(
        "<a href=\"#{}\" title=\"{}\">¶{}</a> <bdi>{}</bdi>{voice}",
        passage.anchor,
        text(&passage.place),
        passage.number,
        text(&passage.document)
    )
}

/// ` lang="fa" dir="rtl"`.
pub(super) fn language(language: &str, of: &str) -> String {
    let tag = |language: &str| -> Option<String> {
        let is_tag = !language.is_empty()
            && language.len() <= 35
            && language
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_tag.then(|| format!(" lang=\"{language}\""))
    };
    format!(
        "{} dir=\"{}\"",
        tag(language).unwrap_or_default(),
        direction(of)
    )
}

/// The text with what it shares set off.
pub(super) fn marked(of: &str, marks: &[ByteSpan]) -> String {
    let mut out = String::new();
    let mut from = 0;
    let piece = |start: u32, end: u32| text(ByteSpan { start, end }.of(of));
    for mark in marks {
        out.push_str(&piece(from, mark.start));
        let _ = write!(out, "<mark>{}</mark>", piece(mark.start, mark.end));
        from = mark.end;
    }
    out.push_str(&piece(from, u32::try_from(of.len()).unwrap_or(from)));
    out
}

fn table(table: &Table, at: usize, out: &mut String) {
    let anchor = format!("table-{}", at + 1);
    let _ = write!(
        out,
        "<section aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{}</h2>\n",
        text(&table.title)
    );
    if table.rows.is_empty() {
        out.push_str("<p>Nothing found.</p>\n</section>\n");
        return;
    }
    // What is wider than the screen is scrolled by keys too, where it has the focus.
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{anchor}\">\n<table>\n<thead>\n<tr>"
    );
    for head in &table.head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", text(head));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            let (name, scope) = if column == 0 {
                ("th", " scope=\"row\"")
            } else {
                ("td", "")
            };
            let _ = write!(
                out,
                "<{name}{scope} dir=\"{}\">{}</{name}>",
                direction(cell),
                text(cell)
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

fn sources(sources: &[Source], out: &mut String) {
    out.push_str("<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n<ul>\n");
    for source in sources {
        let title = format!("<bdi>{}</bdi>", text(&source.title));
        let title = match &source.url {
            Some(url) => format!(
                "<a href=\"{}\" rel=\"noopener noreferrer nofollow\">{title}</a>",
                text(url)
            ),
            None => title,
        };
        let mut facts = String::new();
        for fact in &source.facts {
            let _ = write!(facts, ", <bdi>{}</bdi>", text(fact));
        }
        let (of, hash) = &source.hash;
        let _ = writeln!(
            out,
            "<li>{title}{facts}. <code>{}</code>, sha256 of its {of}: <code>{}</code></li>",
            text(&source.id),
            text(hash)
        );
    }
    out.push_str("</ul>\n</section>\n");
}

/// A text as nothing but text.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in safe::block(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
