//! Tables: those that hold data become text, those that only lay a page out are passed through.

use super::tree::{Data, NodeId, Page};

/// Longest cell of a table of data, in bytes; a longer one is a column of the page.
const MAX_CELL: usize = 400;

/// Rows of a table, not those of tables inside it.
fn rows(page: &Page, table: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    page.children(table).flat_map(move |child| {
        let inner =
            matches!(page.name(child), "tbody" | "thead" | "tfoot").then(|| page.children(child));
        std::iter::once(child)
            .chain(inner.into_iter().flatten())
            .filter(|id| page.name(*id) == "tr")
    })
}

fn cells(page: &Page, row: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    page.children(row)
        .filter(|id| matches!(page.name(*id), "td" | "th"))
}

/// Whether a table holds data: rows of several cells, all of them short.
pub(super) fn is_data(page: &Page, table: NodeId) -> bool {
    if page.attribute(table, "role") == Some("presentation") {
        return false;
    }
    let holds_parts = |id: NodeId| {
        id != table
            && matches!(
                page.name(id),
                "table"
                    | "h1"
                    | "h2"
                    | "article"
                    | "form"
                    | "figure"
                    | "blockquote"
                    | "nav"
                    | "ul"
                    | "ol"
                    | "img"
            )
    };
    if page.below(table).any(holds_parts) {
        return false;
    }
    let mut wide = 0;
    let mut count = 0;
    for row in rows(page, table) {
        count += 1;
        let mut cells_in_row = 0;
        for cell in cells(page, row) {
            cells_in_row += 1;
            if page.text(cell, MAX_CELL).len() > MAX_CELL {
                return false;
            }
        }
        wide += usize::from(cells_in_row >= 2);
    }
    count >= 2 && wide * 2 > count
}

/// A table as text, a line a row, and the text node it starts with; `None` where nothing is in it.
pub(super) fn text(page: &Page, table: NodeId) -> Option<(String, NodeId)> {
    let mut lines = Vec::new();
    for row in rows(page, table) {
        let mut cells: Vec<String> = cells(page, row).map(|cell| cell_text(page, cell)).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        lines.push(cells.join(" | "));
    }
    lines.retain(|line| !line.trim().is_empty());
    let first = rows(page, table).find(|row| !cell_text(page, *row).is_empty())?;
    let node = page
        .below(first)
        .find(|id| matches!(&page.nodes[*id].data, Data::Text(text) if !text.trim().is_empty()))?;
    (!lines.is_empty()).then(|| (lines.join("\n"), node))
}

/// Bytes of a table inside links.
pub(super) fn linked(page: &Page, table: NodeId) -> usize {
    page.below(table)
        .filter(|id| page.name(*id) == "a")
        .map(|id| page.text(id, MAX_CELL).len())
        .sum()
}

fn cell_text(page: &Page, cell: NodeId) -> String {
    page.text(cell, usize::MAX)
        .chars()
        .filter(|c| !super::inline::is_control(*c))
        .map(|c| if c == '|' { '/' } else { c })
        .collect()
}
