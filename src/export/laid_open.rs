//! Findings of several sides beside each other, part by part: what the evidence is handed over as.
//!
//! Invariant: a finding stands in the column of the side that it is of, with the places by which it can be cited.

use super::direction;
use super::html::{language, marked, side_heads, text};
use super::markdown::line;
use crate::text::{ByteSpan, safe};
use std::fmt::Write as _;

/// What some sides say, laid open.
#[derive(Clone, Debug, Default)]
pub struct LaidOpen {
    /// What each column is called.
    pub sides: Vec<String>,
    /// From top to bottom.
    pub parts: Vec<Part>,
}

/// A part, such as the figures.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// What it is called.
    pub title: String,
    /// What is to be known of it, a paragraph each.
    pub about: Vec<String>,
    /// Its groups, each a table.
    pub groups: Vec<Group>,
}

/// Findings that belong together.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What they are of.
    pub title: String,
    /// What is said of them all, such as how the sides stand to each other.
    pub about: String,
    /// From top to bottom; each has a place for every side.
    pub rows: Vec<Vec<Option<Finding>>>,
}

/// Something that was found on a side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finding {
    /// In few words.
    pub text: String,
    /// Who says so, when and where, how often.
    pub facts: Vec<String>,
    /// Where it stands, `DOC#12` each.
    pub places: Vec<String>,
    /// The text that it stands in.
    pub words: Vec<Words>,
}

/// Words of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// As they stand there.
    pub text: String,
    /// What of them is meant.
    pub mark: Option<ByteSpan>,
    /// The language, as far as it is known.
    pub language: String,
    /// `DOC#12`, where the finding does not say so.
    pub place: Option<String>,
}

/// The name of a part that links lead to.
pub(super) fn anchor(part: usize) -> String {
    format!("part-{}", part + 1)
}

/// The parts as HTML: of each group a table, of which narrow screens make blocks.
pub(super) fn html(of: &LaidOpen, out: &mut String) {
    for (at, part) in of.parts.iter().enumerate() {
        let anchor = anchor(at);
        let _ = write!(
            out,
            "<section aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{}</h2>\n",
            text(&part.title)
        );
        for paragraph in &part.about {
            let _ = writeln!(out, "<p class=\"label\">{}</p>", text(paragraph));
        }
        for (number, group) in part.groups.iter().enumerate() {
            let anchor = format!("{anchor}-{}", number + 1);
            let _ = writeln!(
                out,
                "<h3 id=\"{anchor}\" dir=\"{}\">{}</h3>",
                direction(&group.title),
                text(&group.title)
            );
            if !group.about.is_empty() {
                let _ = writeln!(out, "<p class=\"label\">{}</p>", text(&group.about));
            }
            if !group.rows.is_empty() {
                html_table(&of.sides, group, &anchor, out);
            }
        }
        out.push_str("</section>\n");
    }
}

fn html_table(sides: &[String], group: &Group, anchor: &str, out: &mut String) {
    let _ = write!(
        out,
        "<table class=\"facing beside\" role=\"table\" aria-labelledby=\"{anchor}\">\n<thead role=\"rowgroup\">\n<tr role=\"row\">"
    );
    side_heads(sides, out);
    for row in &group.rows {
        out.push_str("<tr role=\"row\">");
        for (side, finding) in sides.iter().zip(row) {
            let class = if finding.is_none() {
                " class=\"empty\""
            } else {
                ""
            };
            let cell = finding.as_ref().map_or_else(String::new, html_cell);
            let side = text(side);
            let _ = write!(
                out,
                "<td role=\"cell\" data-side=\"{side}\"{class}>{cell}</td>"
            );
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn html_cell(finding: &Finding) -> String {
    let mut told = format!("<b><bdi>{}</bdi></b>", text(&finding.text));
    for fact in &finding.facts {
        let _ = write!(told, " · <bdi>{}</bdi>", text(fact));
    }
    for place in &finding.places {
        let _ = write!(told, " <bdi>[{}]</bdi>", text(place));
    }
    let mut cell = format!("<p class=\"found\">{told}</p>");
    for words in &finding.words {
        let marks: Vec<ByteSpan> = words.mark.into_iter().collect();
        let place = words.place.as_ref().map_or_else(String::new, |place| {
            format!(" <bdi class=\"label\">[{}]</bdi>", text(place))
        });
        let _ = write!(
            cell,
            "<p class=\"text\"{}>{}{place}</p>",
            language(&words.language, &words.text),
            marked(&words.text, &marks)
        );
    }
    cell
}

/// The parts as Markdown: of each group a table with a column a side.
pub(super) fn markdown(of: &LaidOpen, out: &mut String) {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    for part in &of.parts {
        let _ = write!(out, "\n## {}\n", line(&part.title));
        for paragraph in &part.about {
            let _ = write!(out, "\n{}\n", line(paragraph));
        }
        for group in &part.groups {
            let _ = write!(out, "\n### {}\n", line(&group.title));
            if !group.about.is_empty() {
                let _ = write!(out, "\n{}\n", line(&group.about));
            }
            if group.rows.is_empty() {
                continue;
            }
            out.push('\n');
            out.push_str(&row(of.sides.iter().map(|side| line(side)).collect()));
            let _ = writeln!(out, "|{}", " --- |".repeat(of.sides.len()));
            for findings in &group.rows {
                let cell = |finding: &Option<Finding>| {
                    finding.as_ref().map_or_else(String::new, markdown_cell)
                };
                out.push_str(&row(findings.iter().map(cell).collect()));
            }
        }
    }
}

fn markdown_cell(finding: &Finding) -> String {
    let mut parts = vec![format!("**{}**", line(finding.text.trim()))];
    parts.extend(finding.facts.iter().map(|fact| line(fact)));
    let mut cell = parts.join(" · ");
    for place in &finding.places {
        let _ = write!(cell, " {}", line(&format!("[{place}]")));
    }
    for (at, words) in finding.words.iter().enumerate() {
        cell.push_str(if at == 0 { ": " } else { " " });
        cell.push_str(&line(&safe::block(&words.text).replace('\n', " ")));
        if let Some(place) = &words.place {
            let _ = write!(cell, " {}", line(&format!("[{place}]")));
        }
    }
    cell
}
