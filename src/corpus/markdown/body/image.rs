//! Images and the links around them: an image is a passage after the text it stands in.

use super::Reader;
use super::leaf::Inline;
use crate::corpus::{Kind, Mark, MarkStyle, PassageDraft};
use crate::text::ByteSpan;

/// An image whose caption is being read, and the text that waits meanwhile.
pub(super) struct Caption {
    pub(super) outer: Inline,
    pub(super) address: String,
    pub(super) title: String,
    pub(super) line: u32,
}

impl Reader<'_> {
    /// A link around nothing but images becomes a link over their captions.
    pub(super) fn end_link(&mut self, start: usize) {
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

    pub(super) fn end_image(&mut self, start: usize) {
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
}
