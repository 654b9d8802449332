//! Notes as a project of qualitative data analysis (REFI-QDA 1.5, `.qdpx`): a ZIP of `project.qde` and the texts.
//!
//! Invariant: the same notes on the same texts give the same bytes; elements stand in the order of the schema, positions count
//! characters, and every GUID that is named is there.

use crate::corpus::note::{Note, Relation, id_of};
use crate::corpus::{Corpus, Document};
use crate::text::safe;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The archive.
pub fn write(corpus: &Corpus, notes: &[&Note]) -> Vec<u8> {
    let noted: BTreeSet<usize> = notes
        .iter()
        .flat_map(|note| &note.places)
        .map(|place| place.passage.document)
        .collect();
    let texts: BTreeMap<usize, Text> = noted
        .into_iter()
        .filter_map(|at| Some((at, Text::of(corpus.documents.get(at)?))))
        .collect();
    let mut files = vec![("project.qde".to_owned(), project(corpus, notes, &texts))];
    for (at, text) in &texts {
        let name = format!(
            "sources/{}.txt",
            guid("document", corpus.documents[*at].id.as_str())
        );
        files.push((name, text.whole.clone()));
    }
    zip(&files)
}

/// A text as it stands in the archive, and where its passages start in it, in characters.
struct Text {
    whole: String,
    starts: Vec<usize>,
}

impl Text {
    fn of(document: &Document) -> Self {
        let (mut whole, mut starts, mut characters) = (String::new(), Vec::new(), 0);
        for passage in document.passages() {
            if !whole.is_empty() {
                whole.push_str("\n\n");
                characters += 2;
            }
            starts.push(characters);
            whole.push_str(passage.text());
            characters += passage.text().chars().count();
        }
        Self { whole, starts }
    }
}

fn guid(kind: &str, of: &str) -> String {
    id_of(&format!("qdpx {kind} {of}"), 0).replace("urn:uuid:", "")
}

fn project(corpus: &Corpus, notes: &[&Note], texts: &BTreeMap<usize, Text>) -> String {
    let user = guid("user", "reader");
    let mut codes: BTreeSet<&str> = notes.iter().flat_map(|note| note.tags()).collect();
    codes.extend(notes.iter().filter_map(|note| Some(note.relation?.name())));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"Diptych {}\" \
         creatingUserGUID=\"{user}\">\n<Users>\n<User guid=\"{user}\" name=\"Reader\"/>\n</Users>\n",
        text(&corpus.title),
        env!("CARGO_PKG_VERSION")
    );
    if !codes.is_empty() {
        out.push_str("<CodeBook>\n<Codes>\n");
        for code in codes {
            let _ = writeln!(
                out,
                "<Code guid=\"{}\" name=\"{}\" isCodable=\"true\"/>",
                guid("code", code),
                text(code)
            );
        }
        out.push_str("</Codes>\n</CodeBook>\n");
    }
    if !texts.is_empty() {
        out.push_str("<Sources>\n");
        for (at, of) in texts {
            source(&corpus.documents[*at], *at, of, notes, &user, &mut out);
        }
        out.push_str("</Sources>\n");
    }
    if !notes.is_empty() {
        out.push_str("<Notes>\n");
        for note in notes {
            let _ = writeln!(
                out,
                "<Note guid=\"{}\" name=\"{}\" creatingUser=\"{user}\"{}>\n<PlainTextContent>{}</PlainTextContent>\n</Note>",
                note_guid(note),
                text(note.first_line()),
                created(note),
                text(&note.text)
            );
        }
        out.push_str("</Notes>\n");
    }
    let pairs: Vec<&&Note> = notes.iter().filter(|note| note.places.len() == 2).collect();
    if !pairs.is_empty() {
        out.push_str("<Links>\n");
        for note in pairs {
            let name = note.relation.map_or("", Relation::name);
            let _ = writeln!(
                out,
                "<Link guid=\"{}\" name=\"{name}\" direction=\"Associative\" originGUID=\"{}\" targetGUID=\"{}\"/>",
                guid("link", &note.id),
                selection_guid(note, 0),
                selection_guid(note, 1)
            );
        }
        out.push_str("</Links>\n");
    }
    out.push_str("</Project>\n");
    out
}

/// A text with the stretches of it that notes are on.
fn source(
    document: &Document,
    at: usize,
    of: &Text,
    notes: &[&Note],
    user: &str,
    out: &mut String,
) {
    let own = guid("document", document.id.as_str());
    let _ = writeln!(
        out,
        "<TextSource guid=\"{own}\" name=\"{}\" plainTextPath=\"internal://{own}.txt\" creatingUser=\"{user}\">",
        text(&document.meta.title)
    );
    for note in notes {
        for (place, cited) in note.places.iter().enumerate() {
            let passage = document.passage(cited.passage.passage);
            let (Some(passage), true) = (passage, cited.passage.document == at) else {
                continue;
            };
            let words = passage.text();
            let (from, to) = cited.span.map_or((0, words.len()), |span| {
                (span.start as usize, span.end as usize)
            });
            let characters = |byte: usize| words.get(..byte).unwrap_or(words).chars().count();
            let start = of.starts.get(passage.index()).copied().unwrap_or(0);
            let _ = writeln!(
                out,
                "<PlainTextSelection guid=\"{}\" name=\"¶{}\" startPosition=\"{}\" endPosition=\"{}\" creatingUser=\"{user}\"{}>",
                selection_guid(note, place),
                passage.number(),
                start + characters(from),
                start + characters(to),
                created(note)
            );
            let codes = note.tags().into_iter();
            // A tag may be called as the relation is: that is one code.
            let codes: BTreeSet<&str> = codes.chain(note.relation.map(Relation::name)).collect();
            for code in codes {
                let _ = writeln!(
                    out,
                    "<Coding guid=\"{}\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{}\"/></Coding>",
                    guid("coding", &format!("{} {place} {code}", note.id)),
                    guid("code", code)
                );
            }
            let _ = writeln!(out, "<NoteRef targetGUID=\"{}\"/>", note_guid(note));
            out.push_str("</PlainTextSelection>\n");
        }
    }
    out.push_str("</TextSource>\n");
}

fn note_guid(note: &Note) -> String {
    guid("note", &note.id)
}

fn selection_guid(note: &Note, place: usize) -> String {
    guid("selection", &format!("{} {place}", note.id))
}

/// When a note was written; nothing where its line says no time that there is: it may have been changed by hand.
fn created(note: &Note) -> String {
    let created = note.created.as_deref();
    let created = created.and_then(|at| at.parse::<jiff::Timestamp>().ok());
    created.map_or_else(String::new, |at| format!(" creationDateTime=\"{at}\""))
}

/// A text as nothing but text, of characters that XML has.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in safe::block(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// A ZIP archive of files as they are (APPNOTE 6.3): stored, named in UTF-8, all of the same day.
fn zip(files: &[(String, String)]) -> Vec<u8> {
    const VERSION: u16 = 20;
    const UTF8: u16 = 1 << 11;
    // 1 January 1980: the first day that the format knows.
    const DAY: u16 = 0x21;
    let mut out: Vec<u8> = Vec::new();
    let mut directory: Vec<u8> = Vec::new();
    for (name, content) in files {
        let offset = narrow(out.len());
        let mut common: Vec<u8> = Vec::new();
        for field in [VERSION, UTF8, 0, 0, DAY] {
            common.extend(field.to_le_bytes());
        }
        for field in [
            crc32(content.as_bytes()),
            narrow(content.len()),
            narrow(content.len()),
        ] {
            common.extend(field.to_le_bytes());
        }
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (narrow(out.len()), files.len() as u16);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    for field in [count, count] {
        out.extend(field.to_le_bytes());
    }
    for field in [narrow(directory.len()), start] {
        out.extend(field.to_le_bytes());
    }
    out.extend(0_u16.to_le_bytes());
    out
}

/// 32 bits, as the format has them; texts that long are refused at the edge.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The check sum of ZIP (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                sum >> 1 ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn positions_count_characters_over_the_passages() {
        let mut document = Document::new("a".into(), crate::corpus::Meta::default());
        for text in ["Añ", "زن"] {
            document.push(crate::corpus::PassageDraft {
                text: text.into(),
                ..Default::default()
            });
        }
        let text = Text::of(&document);
        assert_eq!((text.whole.as_str(), text.starts), ("Añ\n\nزن", vec![0, 4]));
    }
}
