//! A slot laid out for a width: the rows a pane draws for it.
//!
//! Invariant: a pure function of the text and the width; positions are bytes, so that rows can be thrown away at any time.

use super::perspective::Slot;
use crate::corpus::{Corpus, Document, Kind, Passage};
use crate::text::hyphenation::Hyphenation;
use crate::text::wrap::{Row, Setting, wrap, wrap_set};

/// One row of a laid-out slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockRow {
    /// Empty: the space before a block.
    Blank,
    /// The name of the voice that speaks from here.
    Voice,
    /// A row of the document's title.
    Title(Row),
    /// A row of [`byline`].
    Byline(Row),
    /// A row of the passage's shown text (see [`shown_text`]); `first` on its first row.
    Text {
        /// The bytes.
        row: Row,
        /// Whether it opens the passage.
        first: bool,
    },
    /// A thematic break.
    Rule,
}

/// The rows of a slot.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// From the space before it to its last row; never empty.
    pub rows: Vec<BlockRow>,
}

impl Block {
    /// The first row that shows the passage itself; the number of rows where none does (heads, thematic breaks).
    pub fn first_text(&self) -> usize {
        let text = |row: &BlockRow| matches!(row, BlockRow::Text { .. });
        self.rows.iter().position(text).unwrap_or(self.rows.len())
    }

    /// The row that shows the byte, or the last before it.
    pub fn row_of(&self, byte: u32) -> usize {
        let holds = |row: &BlockRow| match row {
            BlockRow::Text { row, .. } => row.span.start <= byte,
            BlockRow::Blank
            | BlockRow::Voice
            | BlockRow::Title(_)
            | BlockRow::Byline(_)
            | BlockRow::Rule => false,
        };
        self.rows
            .iter()
            .rposition(holds)
            .unwrap_or_else(|| self.first_text())
    }

    /// The byte with which a row starts; 0 for rows that show no text.
    pub fn byte_of(&self, row: usize) -> u32 {
        match self.rows.get(row) {
            Some(BlockRow::Text { row, .. }) => row.span.start,
            Some(
                BlockRow::Blank
                | BlockRow::Voice
                | BlockRow::Title(_)
                | BlockRow::Byline(_)
                | BlockRow::Rule,
            )
            | None => 0,
        }
    }
}

/// Cells by which a passage is set in, for its kind.
pub fn indent(kind: Kind) -> u16 {
    match kind {
        Kind::Bullet { depth } => 2 + 2 * u16::from(depth.min(8)),
        Kind::Numbered { depth, .. } => 4 + 2 * u16::from(depth.min(8)),
        Kind::Quote | Kind::Code => 2,
        Kind::Paragraph | Kind::Heading(_) | Kind::Image | Kind::Table | Kind::Rule => 0,
    }
}

/// The text a pane shows for a passage: its own, or for an image without a caption its address.
pub fn shown_text<'a>(passage: &Passage<'a>) -> &'a str {
    match passage.kind() {
        Kind::Image if passage.text().is_empty() => passage.address().unwrap_or_default(),
        _ => passage.text(),
    }
}

/// Authors, date, source and kind of a document on one line.
pub fn byline(corpus: &Corpus, document: &Document) -> String {
    let meta = &document.meta;
    let mut parts = vec![corpus.source_title(&meta.source).to_owned()];
    if !meta.authors.is_empty() {
        parts.push(meta.authors.join(", "));
    }
    parts.extend(meta.date.map(|date| date.to_string()));
    parts.extend(meta.kind.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// How the reader wants texts to be set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typesetting {
    /// Words are divided where their language is known.
    pub hyphenates: bool,
    /// Rows are as wide as the text.
    pub justifies: bool,
}

impl Typesetting {
    /// For a passage of a kind. What is no running text is set as it is.
    fn of(self, corpus: &Corpus, document: &Document, kind: Kind) -> Setting {
        if !matches!(
            kind,
            Kind::Paragraph | Kind::Quote | Kind::Bullet { .. } | Kind::Numbered { .. }
        ) {
            return Setting::default();
        }
        let stated = [&document.meta.language, &corpus.language];
        let language = stated.into_iter().find(|language| !language.is_empty());
        Setting {
            hyphenation: language
                .filter(|_| self.hyphenates)
                .and_then(|language| Hyphenation::of(language)),
            is_justified: self.justifies,
        }
    }
}

/// Lays out a slot; `previous` is the one shown above it.
pub fn lay_out(
    corpus: &Corpus,
    slot: Slot,
    previous: Option<Slot>,
    width_cells: u16,
    typesetting: Typesetting,
) -> Block {
    let Some(document) = corpus.documents.get(slot.document()) else {
        return Block {
            rows: vec![BlockRow::Blank],
        };
    };
    match slot.passage_index() {
        None => head(corpus, document, previous.is_some(), width_cells),
        Some(index) => {
            let above = previous
                .filter(|above| above.document() == slot.document())
                .and_then(Slot::passage_index)
                .and_then(|above| document.passage(above));
            document
                .passage(index)
                .map_or_else(Block::default, |passage| {
                    let setting = typesetting.of(corpus, document, passage.kind());
                    lay_out_passage(&passage, above, width_cells, setting)
                })
        }
    }
}

fn head(corpus: &Corpus, document: &Document, follows_another: bool, width_cells: u16) -> Block {
    let mut rows = Vec::new();
    if follows_another {
        rows.extend([BlockRow::Blank, BlockRow::Rule, BlockRow::Blank]);
    }
    rows.extend(
        wrap(&document.meta.title, width_cells)
            .into_iter()
            .map(BlockRow::Title),
    );
    rows.extend(
        wrap(&byline(corpus, document), width_cells)
            .into_iter()
            .map(BlockRow::Byline),
    );
    Block { rows }
}

fn lay_out_passage(
    passage: &Passage<'_>,
    above: Option<Passage<'_>>,
    width_cells: u16,
    setting: Setting,
) -> Block {
    let kind = passage.kind();
    let mut rows = Vec::new();
    let list = |kind: Kind| matches!(kind, Kind::Bullet { .. } | Kind::Numbered { .. });
    let voice_changes = passage.voice() != above.and_then(|above| above.voice());
    let entries_of_one_list =
        list(kind) && above.is_some_and(|above| list(above.kind())) && !voice_changes;
    if !entries_of_one_list {
        rows.push(BlockRow::Blank);
    }
    if matches!(kind, Kind::Heading(_)) && above.is_some() {
        rows.push(BlockRow::Blank);
    }
    if passage.voice().is_some() && voice_changes {
        rows.push(BlockRow::Voice);
    }
    if kind == Kind::Rule {
        rows.push(BlockRow::Rule);
    } else {
        let width = width_cells.saturating_sub(indent(kind)).max(1);
        let wrapped = wrap_set(shown_text(passage), width, setting);
        let wrapped = wrapped.into_iter().enumerate();
        rows.extend(wrapped.map(|(at, row)| BlockRow::Text {
            row,
            first: at == 0,
        }));
    }
    Block { rows }
}
