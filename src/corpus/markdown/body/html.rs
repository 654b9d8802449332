//! HTML among Markdown: comments, the few tags that are marks, and the rest, which is kept as visible text.

use super::Reader;
use crate::corpus::markdown::escape::MAX_NESTING;
use crate::corpus::markdown::problem;
use crate::corpus::{MarkStyle, PassageDraft, TopicId, topic};

impl Reader<'_> {
    pub(super) fn inline_html(&mut self, html: &str, start: usize) {
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
        // What is nested deeper is text: the search for what a tag closes must not cost the depth squared.
        if !closes && leaf.text.open.len() < MAX_NESTING {
            leaf.text.open(style, Some(tag), images, line);
        } else if !closes || leaf.text.close(Some(tag)).is_none() {
            leaf.text.push(html);
        }
    }

    pub(super) fn html_block(&mut self, html: &str, start: usize) {
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
    pub(super) fn hand_tags(&mut self, topics: Vec<&str>, line: u32) -> Vec<TopicId> {
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
}

/// What stands inside a comment.
fn comment(html: &str) -> Option<&str> {
    html.strip_prefix("<!--")?.strip_suffix("-->")
}
