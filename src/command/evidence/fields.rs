//! The evidence as one table for a spreadsheet: a row for each figure, speaker, quotation, word and copy.
//!
//! Invariant: what a part does not have is empty; each place has a row of its own.

use super::{OnSide, Page, SIDES};
use crate::analysis::figures::ledger::Verdict;
use crate::app::evidence::told::verdicts;
use crate::command::figures;

/// The columns: what is found, then where, then what is known of it.
pub(super) const HEAD: [&str; 29] = [
    "part",
    "side",
    "text",
    "document",
    "number",
    "start",
    "end",
    "group",
    "low",
    "high",
    "unit",
    "counts",
    "attributed_to",
    "speaker",
    "count",
    "other_count",
    "z",
    "p",
    "documents",
    "same_text_as",
    "verdict",
    "stands",
    "predicate",
    "scope",
    "sentence",
    "words",
    "share",
    "spoken",
    "shared",
];

impl Page<'_> {
    /// A row for each figure, speaker, quotation, word and place of a copy.
    pub(super) fn fields(&self) -> Vec<Vec<String>> {
        let mut rows = self.figure_fields();
        rows.extend(self.speaker_fields());
        rows.extend(self.quotes().iter().enumerate().map(|(at, quote)| {
            let row = &quote.row;
            let mut shared = self.quotes.shared.iter();
            let shared = shared.position(|shared| shared.quotes.contains(&at));
            let speaker = row.speaker.unwrap_or_default().to_owned();
            let place = [row.document, row.quote];
            let mut fields = begin(
                "quote",
                quote.side,
                place,
                [row.number as u64, row.start.into(), row.end.into()],
            );
            put(&mut fields, "speaker", speaker);
            let shared = shared.map_or_else(String::new, |group| (group + 1).to_string());
            put(&mut fields, "shared", shared);
            fields
        }));
        for word in self.wording.fields() {
            let [list, side, term, rest @ ..] = word.as_slice() else {
                continue;
            };
            let mut fields = vec![String::new(); HEAD.len()];
            put(&mut fields, "part", format!("wording {list}"));
            put(&mut fields, "side", side.clone());
            put(&mut fields, "text", term.clone());
            let names = ["count", "other_count", "z", "p", "documents", "group"];
            for (name, value) in names.iter().zip(rest) {
                put(&mut fields, name, value.clone());
            }
            rows.push(fields);
        }
        rows.extend(self.copy_fields());
        rows
    }

    fn figure_fields(&self) -> Vec<Vec<String>> {
        let rows = self.figures();
        let figures = &self.figures.figures;
        // Of each: its group, how the sides stand in that, and how it stands itself.
        let mut groups = vec![[String::new(), String::new(), String::new()]; rows.len()];
        for group in &self.figures.ledger.groups {
            let verdict = verdicts(figures, group, SIDES.len());
            for entry in &group.entries {
                let stands = entry.stands.map_or("", Verdict::name).to_owned();
                groups[entry.figure] = [figures::title(group), verdict.clone(), stands];
            }
        }
        let bound = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let fields =
            |(at, (figure, known)): (usize, (&OnSide<'_, figures::Row<'_>>, [String; 3]))| {
                let [group, verdict, stands] = known;
                let row = &figure.row;
                let place = [row.document, row.text];
                let mut fields = begin(
                    "figure",
                    figure.side,
                    place,
                    [row.number as u64, row.start.into(), row.end.into()],
                );
                put(&mut fields, "group", group);
                put(&mut fields, "verdict", verdict);
                put(&mut fields, "stands", stands);
                let place = &figures[at];
                let (sentence, _) = self.sentence(place.passage, place.span);
                put(&mut fields, "sentence", sentence.to_owned());
                put(&mut fields, "low", bound(row.low));
                put(&mut fields, "high", bound(row.high));
                for (name, value) in [
                    ("unit", row.unit),
                    ("counts", row.counts),
                    ("attributed_to", row.attributed_to),
                    ("predicate", row.predicate),
                    ("scope", row.scope),
                ] {
                    put(&mut fields, name, value.unwrap_or_default().to_owned());
                }
                fields
            };
        rows.iter().zip(groups).enumerate().map(fields).collect()
    }

    /// A row for each of those who speak, on each side.
    fn speaker_fields(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for row in &self.quotes.voices.rows {
            for cell in &row.cells {
                let mut fields = vec![String::new(); HEAD.len()];
                let side = SIDES.get(cell.column).copied().unwrap_or_default();
                put(&mut fields, "part", "speaker".to_owned());
                put(&mut fields, "side", side.to_owned());
                put(&mut fields, "speaker", row.name.clone());
                put(&mut fields, "count", cell.quotes.to_string());
                put(&mut fields, "words", cell.quoted_words.to_string());
                put(&mut fields, "share", format!("{:.4}", cell.share));
                put(&mut fields, "spoken", cell.spoken_words.to_string());
                rows.push(fields);
            }
        }
        rows
    }

    /// A row for each place of a text that stands more than once, but for its first.
    fn copy_fields(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for copy in &self.copies {
            let places = SIDES.iter().zip(&copy.sides);
            let places = places.chain(std::iter::once((&"elsewhere", &copy.elsewhere)));
            let mut places = places.flat_map(|(side, ids)| ids.iter().map(move |id| (*side, *id)));
            let Some((_, first)) = places.next() else {
                continue;
            };
            rows.extend(places.map(|(side, id)| {
                let mut fields = vec![String::new(); HEAD.len()];
                let document = self.corpus.documents.get(id.document);
                let document = document.map_or("", |document| document.id.as_str());
                put(&mut fields, "part", "copy".to_owned());
                put(&mut fields, "side", side.to_owned());
                put(&mut fields, "document", document.to_owned());
                put(&mut fields, "number", (id.passage + 1).to_string());
                put(&mut fields, "same_text_as", self.name(first));
                fields
            }));
        }
        rows
    }
}

/// A row of something that stands at a place: its document and words; the passage's number and the bytes.
fn begin(part: &str, side: &str, [document, text]: [&str; 2], place: [u64; 3]) -> Vec<String> {
    let mut fields = vec![String::new(); HEAD.len()];
    put(&mut fields, "part", part.to_owned());
    put(&mut fields, "side", side.to_owned());
    put(&mut fields, "text", text.to_owned());
    put(&mut fields, "document", document.to_owned());
    for (name, value) in ["number", "start", "end"].iter().zip(place) {
        put(&mut fields, name, value.to_string());
    }
    fields
}

/// Puts a value into its column.
fn put(fields: &mut [String], column: &str, value: String) {
    let at = HEAD.iter().position(|name| *name == column);
    if let Some(field) = at.and_then(|at| fields.get_mut(at)) {
        *field = value;
    }
}
