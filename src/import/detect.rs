//! What a file is, and in which encoding. Told by its content, never by its ending alone.
//!
//! Invariant: decoding loses nothing in silence. Each byte sequence that means nothing in the encoding becomes U+FFFD, and
//! a remark names the line and how many there were.

use super::Notice;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Copied text.
    Plain,
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page (HTML).
    Page,
    /// RSS, Atom or JSON Feed.
    Feed,
}

/// What wraps a text so that it is not one yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// A zip archive: a book, or files.
    Zip,
    /// A PDF.
    Pdf,
    /// A mail message or a mailbox.
    Mail,
}

/// What a file's text is wrapped in, where it is.
pub fn wrapping(bytes: &[u8]) -> Option<Wrapping> {
    match bytes {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Wrapping::Zip),
        // Something may stand before it, which no program minds.
        _ if bytes[..bytes.len().min(PDF_START)]
            .windows(7)
            .any(|start| start == b"%PDF-1." || start == b"%PDF-2.") =>
        {
            Some(Wrapping::Pdf)
        }
        _ if super::mail::is_mail(bytes) => Some(Wrapping::Mail),
        _ => None,
    }
}

/// A file's text.
#[derive(Clone, Debug)]
pub struct Decoded<'a> {
    /// The text; lines end in `\n`, so that the line numbers are those of the file. Form feeds are kept.
    pub text: Cow<'a, str>,
    /// WHATWG name of the encoding it was read in.
    pub encoding: &'static str,
    /// Remarks: a guessed encoding, bytes that could not be decoded.
    pub notices: Vec<Notice>,
}

/// Bytes at the start in which signs of a kind of file are looked for.
const HEAD_BYTES: usize = 64 * 1024;
/// Bytes that the detector of encodings is given, from a little before the first that is not ASCII.
const DETECT_BYTES: usize = 512 * 1024;
/// Lines with undecodable bytes that get a remark of their own; one more sums up the rest.
const MAX_BROKEN_LINES: usize = 100;

/// Signatures of files that are not text, what they are, and what to do.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "it is a PDF"),
    (b"\x1f\x8b", "it is compressed (gzip); unpack it first"),
    (b"BZh", "it is compressed (bzip2); unpack it first"),
    (b"\xfd7zXZ\0", "it is compressed (xz); unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "it is a RAR archive; unpack it first"),
    (b"\x89PNG", "it is a picture (PNG)"),
    (b"\xff\xd8\xff", "it is a picture (JPEG)"),
    (b"GIF8", "it is a picture (GIF)"),
    (b"RIFF", "it is a picture, a sound or a film"),
    (b"ID3", "it is a sound recording"),
    (b"OggS", "it is a sound recording"),
    (b"\x7fELF", "it is a program"),
    (b"SQLite format 3\0", "it is a database"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is an old Office document, which is not read; save it as plain text first",
    ),
    (
        b"{\\rtf",
        "it is a rich text (RTF), which is not read; save it as plain text first",
    ),
    (b"\xff\xfe\0\0", "it is in UTF-32; save it as UTF-8 first"),
    (b"\0\0\xfe\xff", "it is in UTF-32; save it as UTF-8 first"),
];

/// Bytes among which a PDF says that it is one.
const PDF_START: usize = 64;

const ZIP: &str = "it is packed (zip)";
const XML: &str = "it is XML, which is not read";
const BINARY: &str = "it holds bytes that no text has";

/// Why these bytes are not a text: what they look like and what to do. `None` for text.
pub fn not_text(bytes: &[u8]) -> Option<&'static str> {
    if wrapping(bytes) == Some(Wrapping::Zip) {
        return Some(ZIP);
    }
    if let Some((_, why)) = SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
    {
        return Some(why);
    }
    if is_utf16(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let controls = head
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31))
        .count();
    let nuls = memchr::memchr_iter(0, head).count();
    if controls * 50 > head.len() || nuls * 200 > head.len() {
        return Some(BINARY);
    }
    match markup(head) {
        Some(Markup::Other(why)) => Some(why),
        Some(Markup::Page | Markup::Feed) | None => None,
    }
}

/// What markup a text opens with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Markup {
    Page,
    Feed,
    /// Why it is not read.
    Other(&'static str),
}

/// Bytes at the start in which markup is looked for.
const MARKUP_BYTES: usize = 4096;

/// HTML and XML, by how the text starts.
fn markup(head: &[u8]) -> Option<Markup> {
    let head = &head[..head.len().min(MARKUP_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut start = head.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = start.strip_prefix("<!--") {
        let (_, after) = comment.split_once("-->")?;
        start = after.trim_start();
    }
    if !start.starts_with('<') {
        return None;
    }
    if ["<?xml", "<rss", "<feed", "<rdf:rdf"]
        .iter()
        .any(|tag| start.starts_with(tag))
    {
        let first = |tag: &str| start.find(tag).unwrap_or(usize::MAX);
        let feed = first("<rss").min(first("<feed")).min(first("<rdf:rdf"));
        return Some(match () {
            () if first("<html") < feed => Markup::Page,
            () if feed < usize::MAX => Markup::Feed,
            () => Markup::Other(XML),
        });
    }
    let tag: String = start
        .chars()
        .skip(1)
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let is_page = match tag.as_str() {
        "html" | "head" | "body" => true,
        // A Markdown file may open with one of these; a page has many.
        "div" | "p" | "article" | "section" | "main" | "header" | "table" | "span" | "meta"
        | "script" | "style" | "h1" | "title" | "link" => {
            start.matches("</").count() >= 3 && !start.contains("\n# ")
        }
        _ => start.starts_with("<!doctype html"),
    };
    is_page.then_some(Markup::Page)
}

/// The bytes that a file that starts like this may have, and what it is: where its kind has a bound of its own, so that a larger one need
/// not be read to be refused.
pub fn bound(head: &[u8]) -> Option<(usize, &'static str)> {
    match wrapping(head) {
        Some(Wrapping::Pdf) => Some((512 << 20, "a PDF")),
        Some(Wrapping::Mail) => Some((super::mail::MAX_BYTES, "a mailbox")),
        None if is_page(head) => Some((super::html::MAX_BYTES, "a web page")),
        None if is_feed(head) => Some((super::feed::MAX_BYTES, "a feed")),
        Some(Wrapping::Zip) | None => None,
    }
}

/// Whether a file is a feed, in whatever encoding that spells markup in ASCII or is UTF-16.
pub fn is_feed(bytes: &[u8]) -> bool {
    if let Some(encoding) = is_utf16(bytes) {
        let head = &bytes[..bytes.len().min(2 * MARKUP_BYTES)];
        return markup(encoding.decode(head).0.as_bytes()) == Some(Markup::Feed);
    }
    markup(bytes) == Some(Markup::Feed)
        || is_json_feed(&String::from_utf8_lossy(
            &bytes[..bytes.len().min(HEAD_BYTES)],
        ))
}

/// Whether a file's text is wrapped in markup or packed, so that its bytes are not what a reader would read.
pub fn is_wrapped(bytes: &[u8]) -> bool {
    wrapping(bytes).is_some()
        || is_page(bytes)
        || markup(bytes) == Some(Markup::Feed)
        || is_json_feed(&String::from_utf8_lossy(
            &bytes[..bytes.len().min(HEAD_BYTES)],
        ))
}

/// Whether a file is a web page, in whatever encoding that spells markup in ASCII or is UTF-16.
pub fn is_page(bytes: &[u8]) -> bool {
    if let Some(encoding) = is_utf16(bytes) {
        let head = &bytes[..bytes.len().min(2 * MARKUP_BYTES)];
        return markup(encoding.decode(head).0.as_bytes()) == Some(Markup::Page);
    }
    markup(bytes) == Some(Markup::Page)
}

/// JSON Feed says what it is in its `version`, an address.
fn is_json_feed(text: &str) -> bool {
    let head =
        super::lines::first_bytes(text.trim_start_matches('\u{feff}').trim_start(), HEAD_BYTES);
    head.starts_with('{') && head.contains("jsonfeed.org/version/")
}

/// The encoding that a page or a feed declares in its first bytes: `<meta charset>`, its older form, or the XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(MARKUP_BYTES)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = |key: &str| {
        let start = head.match_indices(key).find_map(|(at, _)| {
            let opens = head.get(..at)?.rfind('<')?;
            let tag = head.get(opens..at)?;
            (!tag.contains('>') && (tag.starts_with("<meta") || tag.starts_with("<?xml")))
                .then_some(at + key.len())
        })?;
        let rest = head
            .get(start..)?
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.:".contains(c)));
        Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?.as_bytes())
    };
    // What can be read here is not UTF-16, whatever it says.
    label("charset")
        .or_else(|| label("encoding"))
        .map(Encoding::output_encoding)
}

/// Whether a text is Markdown: by its front matter, else by headings, links and emphasis. An ending that says so (`name`)
/// lets fewer signs do. What is too long for the reader of Markdown is plain.
pub fn form(name: &str, text: &str) -> Form {
    match markup(text.as_bytes()) {
        Some(Markup::Page) => return Form::Page,
        Some(Markup::Feed) => return Form::Feed,
        Some(Markup::Other(_)) | None => {}
    }
    if is_json_feed(text) {
        return Form::Feed;
    }
    if text.len() > crate::corpus::markdown::MAX_BYTES {
        return Form::Plain;
    }
    if super::markdown::has_front_matter(text) {
        return Form::Markdown;
    }
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let enough = if matches!(ending.as_str(), "md" | "markdown" | "mdown" | "mkd") {
        1
    } else {
        4
    };
    let head = super::lines::first_bytes(text, HEAD_BYTES);
    let mut headings = 0;
    let mut others = 0;
    for line in head.lines() {
        let after_hashes = line.trim_start_matches('#');
        let hashes = line.len() - after_hashes.len();
        headings += usize::from((1..=6).contains(&hashes) && after_hashes.starts_with(' '));
        others += line.matches("](").count()
            + usize::from(line.starts_with("```"))
            + line.matches("**").count() / 2;
    }
    // Bold alone is also what people type into plain text.
    if headings * 2 + others >= enough && (headings > 0 || enough == 1 || head.contains("](http")) {
        Form::Markdown
    } else {
        Form::Plain
    }
}

/// Decodes a text (see [`not_text`] first). UTF-8 that is UTF-8 is not copied.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, bom)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[bom..], Vec::new());
    }
    if let Some(encoding) = is_utf16(bytes) {
        let remark = format!(
            "read as {}: there is no byte order mark, but it can be nothing else",
            encoding.name()
        );
        return decode_as(encoding, bytes, vec![Notice::remark(0, "", remark)]);
    }
    let declared = if matches!(markup(bytes), Some(Markup::Page | Markup::Feed)) {
        declared(bytes)
    } else {
        None
    };
    match std::str::from_utf8(bytes) {
        // Letters of two bytes and more that are UTF-8 by chance do not make up a page, whatever it declares. Without any, an
        // encoding by escapes is what it says.
        Ok(text) if !text.is_ascii() || declared != Some(encoding_rs::ISO_2022_JP) => Decoded {
            text: unix_lines(Cow::Borrowed(text)),
            encoding: UTF_8.name(),
            notices: Vec::new(),
        },
        Ok(_) => decode_as(encoding_rs::ISO_2022_JP, bytes, Vec::new()),
        Err(_) if is_mostly_utf8(bytes) => decode_as(UTF_8, bytes, Vec::new()),
        Err(_) if declared.is_some_and(|declared| declared != UTF_8) => {
            decode_as(declared.unwrap_or(UTF_8), bytes, Vec::new())
        }
        Err(_) => {
            let encoding = guess(bytes);
            let remark = format!("read as {}: a guess from its bytes", encoding.name());
            decode_as(encoding, bytes, vec![Notice::remark(0, "", remark)])
        }
    }
}

/// Damaged UTF-8 rather than another encoding: well-formed sequences outnumber broken ones by far, which chance does not give.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut formed, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        formed += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    formed >= 4 && formed >= broken * 4
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(4096);
    let sample = &bytes[start..bytes.len().min(start + DETECT_BYTES)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, start + sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 with or without its mark. Without it, only where spaces of one order and few different high bytes leave no doubt.
fn is_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        // With two NULs after it, the mark is that of UTF-32.
        [0xFF, 0xFE, 0, 0, ..] => return None,
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(8192) & !1];
    if head.len() < 16 || !bytes.len().is_multiple_of(2) || memchr::memchr(0, head).is_none() {
        return None;
    }
    // Two high bytes, that of a script and that of spaces, make up nearly all of a text.
    let is_narrow = |parity: usize| {
        let mut counts = [0_usize; 256];
        for byte in head.iter().skip(parity).step_by(2) {
            counts[usize::from(*byte)] += 1;
        }
        counts.sort_unstable();
        (counts[255] + counts[254]) * 10 >= head.len() / 2 * 8
    };
    let order = |read: fn([u8; 2]) -> u16| {
        let mut units: Vec<u16> = head
            .chunks_exact(2)
            .map(|pair| read([pair[0], pair[1]]))
            .collect();
        // The sample may end in the middle of a pair.
        units.pop_if(|unit| (0xD800..0xDC00).contains(unit));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        let text = text.ok()?;
        let spaces = text
            .chars()
            .filter(|c| matches!(c, ' ' | '\n' | '\r' | '\t'))
            .count();
        let strange = text
            .chars()
            .filter(|c| {
                (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
                    || ('\u{e000}'..='\u{f8ff}').contains(c)
            })
            .count();
        (strange == 0).then_some(spaces)
    };
    let units = head.len() / 2;
    let enough = |spaces: Option<usize>| spaces.filter(|spaces| spaces * 50 >= units);
    let little = enough(order(u16::from_le_bytes)).filter(|_| is_narrow(1));
    let big = enough(order(u16::from_be_bytes)).filter(|_| is_narrow(0));
    match (little, big) {
        (Some(little), Some(big)) if little > big * 4 => Some(UTF_16LE),
        (Some(little), Some(big)) if big > little * 4 => Some(UTF_16BE),
        (Some(_), None) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_as<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
    mut notices: Vec<Notice>,
) -> Decoded<'a> {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded {
            text: unix_lines(Cow::Borrowed(text)),
            encoding: encoding.name(),
            notices,
        };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4 + 16);
    let mut broken = Vec::new();
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len() + 1024),
            DecoderResult::Malformed(..) => {
                broken.push(text.len());
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    notices.extend(broken_lines(&text, &broken, encoding.name()));
    Decoded {
        text: unix_lines(Cow::Owned(text)),
        encoding: encoding.name(),
        notices,
    }
}

/// A remark for each line in which bytes were replaced; `offsets` of the replacements in `text`, ascending.
fn broken_lines(text: &str, offsets: &[usize], encoding: &str) -> Vec<Notice> {
    let mut counts: Vec<(u32, u32)> = Vec::new();
    let mut line = 1_u32;
    let mut seen = 0;
    for offset in offsets {
        let between = &text.as_bytes()[seen..*offset];
        line += memchr::memchr2_iter(b'\n', b'\r', between)
            // A pair of CR and LF ends one line.
            .filter(|at| !(between[*at] == b'\r' && between.get(at + 1) == Some(&b'\n')))
            .count() as u32;
        seen = *offset;
        match counts.last_mut() {
            Some((last, count)) if *last == line => *count += 1,
            _ => counts.push((line, 1)),
        }
    }
    let remark = |line, count: u32, more: &str| {
        let what = if count == 1 {
            "byte sequence is"
        } else {
            "byte sequences are"
        };
        Notice::remark(
            line,
            "",
            format!("{count} {what} not valid {encoding}{more}, shown as U+FFFD"),
        )
    };
    let mut notices: Vec<Notice> = counts
        .iter()
        .take(MAX_BROKEN_LINES)
        .map(|(line, count)| remark(*line, *count, ""))
        .collect();
    let rest = counts.get(MAX_BROKEN_LINES..).unwrap_or_default();
    if !rest.is_empty() {
        let total = rest.iter().map(|(_, count)| count).sum();
        notices.push(remark(0, total, &format!(" in {} more lines", rest.len())));
    }
    notices
}

/// Line endings of Windows and of old Macs become `\n`; the number of lines stays.
fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        assert_eq!(not_text(bytes), None);
        let decoded = decode(bytes);
        assert_eq!((decoded.encoding, &*decoded.text), (encoding, text));
    }

    #[test]
    fn encodings_are_told_by_content() {
        check("ä\r\nb\rc".as_bytes(), "UTF-8", "ä\nb\nc");
        check(b"\xef\xbb\xbfTitle", "UTF-8", "Title");
        let text = "The river rose again on Monday.\nNobody was hurt.";
        check(&utf16(text, u16::to_le_bytes), "UTF-16LE", text);
        check(&utf16(text, u16::to_be_bytes), "UTF-16BE", text);
        check(
            &utf16(&format!("\u{feff}{text}"), u16::to_be_bytes),
            "UTF-16BE",
            text,
        );
        let persian = "رودخانه دوشنبه دوباره بالا آمد.\nکسی آسیب ندید.";
        check(&utf16(persian, u16::to_le_bytes), "UTF-16LE", persian);
        let (bytes, _, _) = encoding_rs::WINDOWS_1252
            .encode("Die Flut stieg über die Dämme, sagte der Bürgermeister „früh“ – zu spät.");
        check(
            &bytes,
            "windows-1252",
            "Die Flut stieg über die Dämme, sagte der Bürgermeister „früh“ – zu spät.",
        );
        let arabic = "ارتفع منسوب النهر يوم الاثنين مرة أخرى ولم يصب أحد بأذى";
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(arabic);
        check(&bytes, "windows-1256", arabic);
    }

    #[test]
    fn a_stray_nul_does_not_make_utf16() {
        let text = "January 30, 2026\nA line with a\0\nnul in it, and another.";
        assert_eq!(decode(text.as_bytes()).encoding, "UTF-8");
    }

    #[test]
    fn undecodable_bytes_are_counted_by_line() {
        let decoded = decode("äöü straße\r\nx\u{1}é\r\nend".as_bytes());
        assert!(decoded.notices.is_empty());
        let decoded = decode(
            b"\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\r\nx\xffy\xfe\r\n",
        );
        assert_eq!(&*decoded.text, "äöüß éééé\nx\u{fffd}y\u{fffd}\n");
        let remarks: Vec<_> = decoded
            .notices
            .iter()
            .map(|notice| (notice.line, &notice.kind))
            .collect();
        let expected = super::super::NoticeKind::Remark(
            "2 byte sequences are not valid UTF-8, shown as U+FFFD".into(),
        );
        assert_eq!(remarks, [(2, &expected)]);
    }

    #[test]
    fn what_is_not_text_is_named() {
        for (bytes, word) in [
            (&b"%PDF-1.7\n"[..], "PDF"),
            (b"PK\x03\x04 word/document.xml", "zip"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"<?xml version='1.0'?><note>", "XML"),
            (b"\0\x01\x02\x03\x04\x05", "bytes"),
        ] {
            assert!(
                not_text(bytes).is_some_and(|why| why.contains(word)),
                "{word}: {:?}",
                not_text(bytes)
            );
        }
        for text in [&b"<3 is not a tag"[..], b"<?xml version='1.0'?><rss>"] {
            assert_eq!(not_text(text), None);
        }
        let wrapped = [
            (&b"%PDF-1.7\n"[..], Some(Wrapping::Pdf)),
            (b"\xef\xbb\xbf%PDF-1.7\n", Some(Wrapping::Pdf)),
            (b"PK\x05\x06", Some(Wrapping::Zip)),
            (b"Of %PDF-files it says nothing.", None),
            (b"From the river we heard nothing.\n\nIt rained.", None),
        ];
        for (bytes, expected) in wrapped {
            assert_eq!(wrapping(bytes), expected);
        }
    }

    #[test]
    fn pages_are_told_by_content() {
        for text in [
            "  <!DOCTYPE HTML><html>",
            "<!-- saved --><html lang=en>",
            "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>",
            "<div><p>a</p><p>b</p></div>",
        ] {
            assert_eq!(not_text(text.as_bytes()), None, "{text}");
            assert_eq!(form("a.txt", text), Form::Page, "{text}");
            let wide = [b"\xff\xfe".to_vec(), utf16(text, u16::to_le_bytes)].concat();
            assert!(is_page(text.as_bytes()) && is_page(&wide), "{text}");
        }
        assert_eq!(
            form("a.html", "A text that only is called a page."),
            Form::Plain
        );
        assert_eq!(
            form("a.md", "<div>\n# A\n</div></div></div>"),
            Form::Markdown
        );
    }

    #[test]
    fn pages_are_read_in_the_encoding_they_declare() {
        for (head, encoding, expected) in [
            (
                "<html><meta charset=windows-1251>",
                encoding_rs::WINDOWS_1251,
                "windows-1251",
            ),
            (
                "<html><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>",
                encoding_rs::WINDOWS_1252,
                "windows-1252",
            ),
            (
                "<?xml version='1.0' encoding='shift_jis'?><html>",
                encoding_rs::SHIFT_JIS,
                "Shift_JIS",
            ),
            (
                "<html><meta charset='iso-2022-jp'>",
                encoding_rs::ISO_2022_JP,
                "ISO-2022-JP",
            ),
            // What it declares is not what it is.
            ("<html><meta charset=windows-1252>", UTF_8, "UTF-8"),
            ("<html><meta charset=utf-16>", UTF_8, "UTF-8"),
        ] {
            let letters = match expected {
                "windows-1251" => "Река снова поднялась.",
                "windows-1252" | "UTF-8" => "Die Dämme über der Straße, „früh“.",
                _ => "川の水位が上がった。",
            };
            let (bytes, _, lost) = encoding.encode(letters);
            assert!(!lost);
            let page = [head.as_bytes(), b"<p>", &bytes].concat();
            let decoded = decode(&page);
            assert_eq!(decoded.encoding, expected);
            assert!(decoded.text.ends_with(letters), "{expected}");
        }
    }

    #[test]
    fn markdown_is_told_by_content() {
        assert_eq!(form("a.txt", "---\ntitle: x\n---\ntext"), Form::Markdown);
        assert_eq!(form("a.txt", "# A\n\ntext\n\n## B\n\ntext"), Form::Markdown);
        assert_eq!(form("a.md", "text with *one* [link](x)"), Form::Markdown);
        assert_eq!(
            form(
                "a.txt",
                "text with a **word** or **two** and **three** **four**"
            ),
            Form::Plain
        );
        assert_eq!(form("a.txt", "#1 of 3\n#tag"), Form::Plain);
    }
}
