//! Citations as items of CSL-JSON, the input of citation processors.
//!
//! Invariant: only fields of its published schema; what it has no field for (the document's id, the hash) stands in `custom`.

use super::{Citation, keys};
use serde_json::{Map, Value, json};

/// One item a passage.
pub(super) fn write(citations: &[Citation<'_>]) -> Vec<Value> {
    let keys = keys(citations);
    citations
        .iter()
        .zip(&keys)
        .map(|(citation, key)| item(citation, key))
        .collect()
}

fn item(citation: &Citation<'_>, key: &str) -> Value {
    let mut item = Map::new();
    let mut put = |name: &str, value: Value| {
        item.insert(name.to_owned(), value);
    };
    put("id", json!(key));
    put("type", json!(kind(citation)));
    put("title", json!(citation.title()));
    if !citation.authors().is_empty() {
        let literal = |name: &String| json!({ "literal": name });
        let authors: Vec<Value> = citation.authors().iter().map(literal).collect();
        put("author", Value::Array(authors));
    }
    if let Some(source) = citation.source {
        put("container-title", json!(source));
    }
    if let Some(date) = citation.date() {
        let mut parts = vec![json!(date.year)];
        parts.extend(date.month.map(|month| json!(month)));
        parts.extend(date.day.map(|day| json!(day)));
        put("issued", json!({ "date-parts": [parts] }));
    }
    if let Some(url) = citation.url() {
        put("URL", json!(url));
    }
    if !citation.document.meta.language.is_empty() {
        put("language", json!(citation.document.meta.language));
    }
    put("locator", json!(format!("¶{}", citation.number)));
    let voice = citation
        .voice
        .map_or_else(String::new, |voice| format!("{voice}; "));
    put(
        "note",
        json!(format!(
            "{voice}¶{}; {}",
            citation.number,
            citation.provenance()
        )),
    );
    put("annote", json!(citation.quote));
    put(
        "custom",
        json!({
            "document": citation.id,
            "passage": citation.number,
            "voice": citation.voice,
            "sha256": citation.sha256,
            "sha256_of": citation.hashed,
        }),
    );
    Value::Object(item)
}

/// The type of item that comes closest to what the document says it is.
fn kind(citation: &Citation<'_>) -> &'static str {
    match citation.document.meta.kind.as_deref() {
        Some("interview") => "interview",
        Some("report") => "report",
        Some("statement") => "document",
        Some(_) | None if citation.url().is_some() => "webpage",
        Some(_) | None => "article",
    }
}
