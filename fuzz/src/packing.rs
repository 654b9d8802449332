//! Archives of the files that a text lists: bytes of a compressed archive are worth little to a fuzzer.

use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// Begins the name of a file, on a line of its own; what follows up to the next is in it.
const FILE: &[u8] = b"=== ";

/// The archive of a text that starts with a file's name; other bytes as they are.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    pack(bytes, &[])
}

/// The same with the file of a book that names its table, where the text does not give one.
pub fn book(bytes: &[u8]) -> Vec<u8> {
    const CONTAINER: (&str, &[u8]) = (
        "META-INF/container.xml",
        br#"<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>"#,
    );
    pack(bytes, &[CONTAINER])
}

fn pack(bytes: &[u8], given: &[(&str, &[u8])]) -> Vec<u8> {
    if !bytes.starts_with(FILE) {
        return bytes.to_vec();
    }
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(FILE) {
            let name = String::from_utf8_lossy(name.trim_ascii_end());
            files.push((name.into_owned(), Vec::new()));
        } else if let Some((_, contents)) = files.last_mut() {
            contents.extend(line);
        }
    }
    for (name, contents) in given {
        if files.iter().all(|(known, _)| known != name) {
            files.push(((*name).to_owned(), contents.to_vec()));
        }
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in files {
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        // A name that no archive can hold, or one given twice, is left out.
        if writer.start_file(name, options).is_ok() {
            let _ = writer.write_all(&contents);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}
