//! Books, feeds, mail and archives: the text comes out, or a clear reason does.

#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "a test fails by panicking, and makes its files as they read"
)]

mod passages;

use diptych::corpus::Kind;
use diptych::import::packed::{self, Packed};
use diptych::import::{
    Cut, Division, ImportError, Imported, Input, Means, NoticeKind, import, import_by,
};
use passages::lines;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    import(&Input {
        name,
        bytes,
        copied: None,
    })
}

struct Splits;

impl Means for Splits {
    fn divides(&mut self, _: Division, _: &[Cut]) -> bool {
        true
    }
}

fn split(name: &str, bytes: &[u8]) -> Imported {
    let input = Input {
        name,
        bytes,
        copied: None,
    };
    import_by(&input, &mut Splits).unwrap()
}

fn left_out(imported: &Imported) -> Vec<(String, String)> {
    let left = imported
        .notices
        .iter()
        .filter_map(|notice| match &notice.kind {
            NoticeKind::LeftOut(reason) => Some((reason.clone(), notice.text.clone())),
            NoticeKind::Used(_) | NoticeKind::Remark(_) => None,
        });
    left.collect()
}

fn remarks(imported: &Imported) -> String {
    let remarks = imported
        .notices
        .iter()
        .filter_map(|notice| match &notice.kind {
            NoticeKind::Remark(remark) => Some(remark.as_str()),
            NoticeKind::LeftOut(_) | NoticeKind::Used(_) => None,
        });
    remarks.collect::<Vec<_>>().join("\n")
}

const CONTAINER: &str = r#"<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

const PACKAGE: &str = r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>The Dam &amp; the Town</dc:title><dc:creator opf:role="aut">Ada Field</dc:creator><dc:creator opf:role="ill">Bo Brush</dc:creator>
<dc:publisher>River Press</dc:publisher><dc:date>2031-05-02T00:00:00Z</dc:date><dc:language>en-GB</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="c1" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="c2" href="text/two%20and.xhtml" media-type="application/xhtml+xml"/>
<item id="c3" href="text/three.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="text/notes.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="c3"/><itemref idref="n" linear="no"/></spine></package>"#;

const NAV: &str = r#"<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>
<nav epub:type="toc"><ol><li><a href="text/one.xhtml">The night</a><ol><li><a href="text/one.xhtml#wall">The wall</a></li></ol></li>
<li><span>Part two</span><ol><li><a href="text/two%20and.xhtml">The morning</a></li></ol></li></ol></nav></body></html>"#;

/// Written as a book's tools write it: a title that ends itself, links without end, a footnote that pops up.
const ONE: &str = r##"<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title/><script src="a.js"/></head><body><a id="top"/><p>Water rose in the night<a epub:type="noteref" href="#n1">1</a>.</p><div id="wall"/><p>The wall broke.</p>
<aside epub:type="footnote" id="n1" hidden="hidden"><p>1. By two metres.</p></aside><img src="../images/dam.jpg" alt=""/></body></html>"##;

const TWO: &str = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>The morning</h1><p>Share this with nobody, he said.</p></body></html>";
const THREE: &str = "<html><body><p>It went on being the morning.</p></body></html>";
const NOTES: &str = "<html><body dir='rtl'><p>یادداشت‌ها در پایان کتاب.</p></body></html>";

fn book() -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", PACKAGE),
        ("OEBPS/nav.xhtml", NAV),
        ("OEBPS/text/one.xhtml", ONE),
        ("OEBPS/text/two and.xhtml", TWO),
        ("OEBPS/text/three.xhtml", THREE),
        ("OEBPS/text/notes.xhtml", NOTES),
    ])
}

#[test]
fn a_book_is_one_document_with_its_chapters_as_sections() {
    let imported = read("no-ending", &book()).unwrap();
    let [document] = imported.documents.as_slice() else {
        panic!("{} documents", imported.documents.len());
    };
    assert_eq!(
        lines(document),
        [
            "## The night",
            "Water rose in the night1.",
            "### The wall",
            "The wall broke.",
            "1. By two metres.",
            "# The morning",
            "Share this with nobody, he said.",
            "It went on being the morning.",
            "یادداشت‌ها در پایان کتاب."
        ]
    );
    let meta = &document.meta;
    assert_eq!(meta.title, "The Dam & the Town");
    assert_eq!(meta.authors, ["Ada Field"]);
    assert_eq!(meta.source.as_str(), "river-press");
    assert_eq!(meta.date.unwrap().to_string(), "2031-05-02");
    assert_eq!(meta.language, "en");
    let left = left_out(&imported);
    assert!(left.iter().any(|(reason, text)| reason.contains("table of contents") && text.contains("Part two")), "{left:?}");
    assert!(
        left.iter()
            .any(|(reason, text)| reason.contains("picture") && text.contains("dam.jpg")),
        "{left:?}"
    );
}

#[test]
fn a_book_can_be_a_document_a_chapter() {
    let imported = split("dam.epub", &book());
    let titles: Vec<&str> = imported
        .documents
        .iter()
        .map(|one| one.meta.title.as_str())
        .collect();
    assert_eq!(
        titles,
        ["The Dam & the Town", "The night", "The morning"]
            .into_iter()
            .skip(1)
            .collect::<Vec<_>>()
    );
    assert_eq!(
        imported.documents[0].id.as_str(),
        "the-dam-the-town/2-the-night"
    );
    assert_eq!(
        imported.documents[1].meta.extra["book"],
        "The Dam & the Town"
    );
    assert_eq!(
        lines(&imported.documents[1]),
        [
            "Share this with nobody, he said.",
            "It went on being the morning.",
            "یادداشت‌ها در پایان کتاب."
        ]
    );
}

#[test]
fn an_old_book_is_read_by_its_ncx() {
    let package = r#"<package version="2.0"><metadata><dc-metadata xmlns:dc="x"><dc:title>Old</dc:title></dc-metadata></metadata>
<manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="a" href="A.HTML" media-type="text/x-oeb1-document"/></manifest>
<spine toc="ncx"><itemref idref="a"/><itemref idref="gone"/></spine></package>"#;
    let ncx = r#"<ncx><navMap><navPoint><navLabel><text>First &amp; last</text></navLabel><content src="a.html"/></navPoint></navMap></ncx>"#;
    let bytes = zipped(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", package),
        ("OEBPS/toc.ncx", ncx),
        ("OEBPS/a.html", "<p>All of it, caf\u{e9}."),
    ]);
    let imported = read("old.epub", &bytes).unwrap();
    assert_eq!(
        lines(&imported.documents[0]),
        ["## First & last", "All of it, café."]
    );
    assert_eq!(imported.documents[0].meta.title, "Old");
    assert!(remarks(&imported).contains("1 of the chapters that the book names are not in it"));
}

#[test]
fn broken_books_give_their_text_or_a_reason() {
    let without_container = zipped(&[
        ("a/book.opf", "<package><manif"),
        ("a/c10.xhtml", "<p>Ten"),
        ("a/c2.xhtml", "<p>Two"),
    ]);
    let imported = read("x", &without_container).unwrap();
    assert_eq!(lines(&imported.documents[0]), ["Two", "Ten"]);
    assert!(remarks(&imported).contains("order of reading is missing"));

    let protected = zipped(&[
        ("META-INF/container.xml", CONTAINER),
        (
            "META-INF/encryption.xml",
            "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/text/one.xhtml'/></CipherData></EncryptedData></encryption>",
        ),
        ("OEBPS/book.opf", PACKAGE),
        ("OEBPS/text/one.xhtml", "\u{1}\u{2}\u{3}"),
    ]);
    let refused = read("x", &protected).unwrap_err().to_string();
    assert!(refused.contains("DRM"), "{refused}");

    let pictures = zipped(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", PACKAGE),
        ("OEBPS/text/one.xhtml", "<img src='a.jpg'/>"),
    ]);
    assert_eq!(
        read("x", &pictures).unwrap_err(),
        ImportError::Empty("x".to_owned())
    );

    let mut cut = book();
    cut.truncate(cut.len() / 2);
    assert!(matches!(read("x", &cut), Err(ImportError::Damaged(..))));
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Herald</title><link>https://herald.example/</link><language>en-us</language>
<item><title>Dam breaks &amp;amp; falls</title><link>https://herald.example/dam</link><guid>h1</guid><pubDate>Fri, 02 May 2031 23:30:00 -0500</pubDate>
<dc:creator>Ada Field</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>The dam broke at <b>night</b>.</p><p>The town was warned.</p><script>x()</script>]]></content:encoded></item>
<item><title>No day</title><guid isPermaLink="false">h2</guid><pubDate>3 May 2031, late</pubDate><description>Only a summary &lt;em&gt;here&lt;/em&gt; &amp;nbsp; now.</description></item>
<item><title>Nothing in it</title><guid>h3</guid></item>
</channel></rss>"#;

#[test]
fn entries_of_a_feed_are_documents() {
    let imported = read("herald", RSS.as_bytes()).unwrap();
    let [first, second] = imported.documents.as_slice() else {
        panic!("{} documents", imported.documents.len());
    };
    assert_eq!(first.meta.title, "Dam breaks & falls");
    assert_eq!(
        lines(first),
        ["The dam broke at night.", "The town was warned."]
    );
    assert_eq!(
        first.meta.url.as_deref(),
        Some("https://herald.example/dam")
    );
    // The day as it is written, not that in Greenwich.
    assert_eq!(first.meta.date.unwrap().to_string(), "2031-05-02");
    assert_eq!(first.meta.source.as_str(), "the-herald");
    assert_eq!(first.meta.authors, ["Ada Field"]);
    assert_eq!(first.meta.extra["entry"], "h1");
    assert_eq!(first.meta.language, "en");
    assert_eq!(lines(second), ["Only a summary here \u{a0} now."]);
    assert_eq!(second.meta.date.unwrap().to_string(), "2031-05-03");
    assert!(remarks(&imported).contains("1 entries of the feed have no text"));
}

#[test]
fn a_feed_cut_short_gives_what_is_there() {
    let at = RSS.find("summary").unwrap();
    let imported = read("x", &RSS.as_bytes()[..at + 7]).unwrap();
    assert_eq!(imported.documents.len(), 2);
    assert_eq!(lines(&imported.documents[1]), ["Only a summary"]);
    assert!(
        remarks(&imported).contains("cut short"),
        "{}",
        remarks(&imported)
    );

    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[
        {"id":"1","url":"https://j.example/1","title":"One","content_html":"<p>First {text}.</p>","date_published":"2031-05-02T10:00:00Z"},
        {"id":"2","title":"Two","content_te"#;
    let imported = read("x", json.as_bytes()).unwrap();
    assert_eq!(lines(&imported.documents[0]), ["First {text}."]);
    assert!(remarks(&imported).contains("cut short"));
}

#[test]
fn an_encoding_that_a_feed_declares_wrongly_is_no_matter() {
    let text = RSS.replace("The town was warned.", "La ville était prévenue.");
    let declared_latin = text.replace("UTF-8", "ISO-8859-1");
    let imported = read("x", declared_latin.as_bytes()).unwrap();
    assert_eq!(lines(&imported.documents[0])[1], "La ville était prévenue.");
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&declared_latin);
    let imported = read("x", &latin).unwrap();
    assert_eq!(lines(&imported.documents[0])[1], "La ville était prévenue.");
    // Declared as UTF-8, and is not.
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let imported = read("x", &latin).unwrap();
    assert_eq!(lines(&imported.documents[0])[1], "La ville était prévenue.");
}

#[test]
fn atom_and_damaged_entries_are_read() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="html">Der &lt;b&gt;Bote&lt;/b&gt;</title><link rel="self" href="https://bote.example/feed"/>
<entry><id>a</id><title>Damm</title><updated>2031-05-02T08:00:00Z</updated><author><name>Ada Field</name></author><link href="https://bote.example/damm"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der Damm brach.</p></div></content></entry>
<entry><id>b</id><title>Zwei</title><content type="no such/type/at all">x</content></entry>
<entry><id>c</id><title>Drei</title><content type="text">Erste Zeile.

Zweite &lt; dritte.</content></entry></feed>"#;
    let imported = read("x", atom.as_bytes()).unwrap();
    let titles: Vec<&str> = imported
        .documents
        .iter()
        .map(|one| one.meta.title.as_str())
        .collect();
    assert!(
        titles.starts_with(&["Damm"]) && titles.ends_with(&["Drei"]),
        "{titles:?}: {}",
        remarks(&imported)
    );
    let last = imported.documents.last().unwrap();
    assert_eq!(lines(last), ["Erste Zeile.", "Zweite < dritte."]);
    assert_eq!(imported.documents[0].meta.source.as_str(), "der-bote");
    assert_eq!(
        imported.documents[0].meta.url.as_deref(),
        Some("https://bote.example/damm")
    );
}

const MAIL: &str = "Return-Path: <news@dispatch.example>\r\nMessage-ID: <m1@dispatch.example>\r\nFrom: =?utf-8?q?The_Dispatch?= <news@dispatch.example>\r\n\
To: you@example.org\r\nSubject: =?utf-8?b?RGFtIGJyZWFrcyDigJQgd2hhdCBub3c/?=\r\nDate: Fri, 02 May 2031 06:00:00 +0200\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlain.\r\n\
--b\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><div style=3D\"display:none\">Preview</div>\
<table><tr><td><p>The dam broke at the caf=E9.</p></td></tr></table><p><a href=3D\"https://d.example/u\">Unsubscribe</a></p></body></html>\r\n--b--\r\n\
--o\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--o--\r\n";

#[test]
fn a_newsletter_is_its_message() {
    let imported = read("no-ending", MAIL.as_bytes()).unwrap();
    let document = &imported.documents[0];
    assert_eq!(document.meta.title, "Dam breaks — what now?");
    assert_eq!(document.meta.source.as_str(), "the-dispatch");
    assert_eq!(document.meta.date.unwrap().to_string(), "2031-05-02");
    assert_eq!(document.meta.extra["entry"], "m1@dispatch.example");
    assert_eq!(lines(document)[0], "The dam broke at the café.");
    let left = left_out(&imported);
    assert!(left.iter().any(|(_, text)| text == "Preview"), "{left:?}");
    assert!(
        left.iter()
            .any(|(reason, text)| text == "plan.pdf" && reason.contains("attachment")),
        "{left:?}"
    );
}

const REPLY: &str = "Message-ID: <r@desk.example>\nFrom: Ruth Okafor <ruth@desk.example>\nTo: jan@desk.example\nSubject: Re: the count\n\
Content-Type: text/plain; charset=utf-8\n\nThe clinic treated sixty-one people.\n\nOn Mon, 2 Mar 2026, Jan Peters <jan@desk.example> wrote:\n\
> The office says that forty\n> people were hurt.\n>\n> > Who counted them?\n> > Please ask.\n>\n> Can you ask the clinic?\n\nBest,\nRuth\n\n-- \nRuth Okafor\nHarbour desk\n";

#[test]
fn what_a_reply_quotes_is_told_from_what_it_says_and_its_signature_is_left_out() {
    let imported = read("r.eml", REPLY.as_bytes()).unwrap();
    let document = &imported.documents[0];
    let quoted = document
        .passages()
        .filter(|passage| passage.kind() == Kind::Quote);
    let quoted: Vec<&str> = quoted.map(|passage| passage.text()).collect();
    let all = quoted.join(" ");
    assert_eq!(
        all,
        "The office says that forty people were hurt. Who counted them? Please ask. Can you ask the clinic?"
    );
    let said = lines(document);
    assert_eq!(said[0], "The clinic treated sixty-one people.");
    assert!(
        !said
            .iter()
            .any(|line| line.contains('>') && !line.contains("jan@")),
        "{said:?}"
    );
    assert!(!said.iter().any(|line| line.contains("Harbour desk")));
    let signature = (
        "the signature of the message".to_owned(),
        "Ruth Okafor Harbour desk".to_owned(),
    );
    assert!(
        left_out(&imported).contains(&signature),
        "{:?}",
        left_out(&imported)
    );
}

#[test]
fn a_mailbox_is_cut_at_its_messages() {
    let message = |number: u32, text: &str| {
        format!(
            "From news@x.example Fri May  2 06:00:00 2031\nFrom: Ada Field <a@x.example>\nSubject: Letter {number}\nMessage-ID: <{number}@x>\n\n{text}\n\n"
        )
    };
    let text = message(
        1,
        "Dear all,\n\n>From the river we heard nothing.\nFrom then on it rained.",
    ) + &message(2, "> quoted\n\nAnswered.");
    let imported = read("box", text.as_bytes()).unwrap();
    let titles: Vec<&str> = imported
        .documents
        .iter()
        .map(|one| one.meta.title.as_str())
        .collect();
    assert_eq!(titles, ["Letter 1", "Letter 2"]);
    let first = lines(&imported.documents[0]).join(" ");
    assert!(
        first.contains("From the river we heard nothing.")
            && first.contains("From then on it rained."),
        "{first}"
    );
    assert_eq!(
        imported.documents[1].passage(0).unwrap().kind(),
        Kind::Quote
    );
    assert_eq!(imported.documents[0].meta.authors, ["Ada Field"]);
}

#[test]
fn what_only_looks_like_mail_or_a_feed_is_a_text() {
    let notes = "Title: Dam\nDate: 2 May 2031\nFrom: the archive\n\nThe dam broke.\n";
    let imported = read("x.eml", notes.as_bytes()).unwrap();
    assert_eq!(imported.documents[0].meta.title, "Dam");
    let code = "{\"a\": 1, \"b\": \"the dam\"}";
    assert_eq!(read("x", code.as_bytes()).unwrap().documents.len(), 1);
}

#[test]
fn an_archive_is_read_file_by_file() {
    let inner = zipped(&[("deep.txt", "Deep text.")]);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, bytes) in [
        ("../../etc/passwd.txt", b"Outside.".as_slice()),
        ("/abs.md", b"# Absolute"),
        ("__MACOSX/._a", b"\0\x05"),
        (".hidden", b"x"),
        ("in.zip", &inner),
    ] {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(packed::is_packed(&bytes) && !packed::is_packed(&book()));
    assert_eq!(
        read("a.zip", &bytes).unwrap_err(),
        ImportError::Archive("a.zip".to_owned())
    );
    let mut packed = Packed::open("a.zip", &bytes).unwrap();
    let files = packed.files();
    let names: Vec<String> = files.iter().map(|at| packed.name(*at)).collect();
    assert_eq!(
        names,
        ["a.zip/../../etc/passwd.txt", "a.zip/abs.md", "a.zip/in.zip"]
    );
    assert_eq!(packed.read(files[0]).unwrap(), b"Outside.");
    assert!(packed::is_packed(&packed.read(files[2]).unwrap()));
    let office = zipped(&[
        ("[Content_Types].xml", "<a/>"),
        ("word/document.xml", "<b/>"),
    ]);
    assert!(
        read("a.docx", &office)
            .unwrap_err()
            .to_string()
            .contains("Office")
    );
}

fn repeated(byte: u8, megabytes: usize, name: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer
        .start_file(name, SimpleFileOptions::default().large_file(true))
        .unwrap();
    let block = vec![byte; 1 << 20];
    for _ in 0..megabytes {
        writer.write_all(&block).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused_before_they_unfold() {
    // 300 MB of one letter in 300 KB.
    let bomb = repeated(b'a', 300, "a.txt");
    assert!(bomb.len() < 400_000);
    let mut packed = Packed::open("bomb.zip", &bomb).unwrap();
    let refused = packed.read(0).unwrap_err();
    assert!(
        matches!(&refused, ImportError::TooMuch(_, why) if why.contains("250 times")),
        "{refused}"
    );

    // The same as a chapter of a book.
    let bomb = repeated(b' ', 300, "OEBPS/text/one.xhtml");
    let start = zipped(&[
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", PACKAGE),
    ]);
    let mut writer = zip::ZipWriter::new_append(Cursor::new(start)).unwrap();
    let mut inner = zip::ZipArchive::new(Cursor::new(bomb)).unwrap();
    writer.raw_copy_file(inner.by_index(0).unwrap()).unwrap();
    let book = writer.finish().unwrap().into_inner();
    assert!(matches!(
        read("bomb.epub", &book),
        Err(ImportError::TooMuch(..))
    ));

    // Entities inside entities, in a feed and in a book's tables.
    let entities: String = (1..20)
        .map(|at| {
            format!(
                "<!ENTITY e{at} \"&e{};&e{};&e{};&e{};\">",
                at - 1,
                at - 1,
                at - 1,
                at - 1
            )
        })
        .collect();
    let feed = format!(
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY e0 \"aaaaaaaaaa\">{entities}]><rss version='2.0'><channel><title>x</title><item><title>t</title><description>&e19; text</description></item></channel></rss>"
    );
    let imported = read("x", feed.as_bytes()).unwrap();
    assert_eq!(lines(&imported.documents[0]), ["&e19; text"]);
}

#[test]
fn numbers_and_depth_are_bounded() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for number in 0..50_010 {
        writer.start_file(number.to_string(), options).unwrap();
    }
    let many = writer.finish().unwrap().into_inner();
    assert!(matches!(
        read("many.zip", &many),
        Err(ImportError::TooMuch(..))
    ));

    let deep = format!(
        "<rss version='2.0'><channel>{}<item><title>t</title><description>Text.</description></item>",
        "<a>".repeat(200_000)
    );
    let _ = read("x", deep.as_bytes());
    let nested = format!(
        "{}<p>Text{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let book = zipped(&[("a.opf", "<package/>"), ("c.xhtml", &nested)]);
    assert_eq!(lines(&read("x", &book).unwrap().documents[0]), ["Text"]);
    let parts: String = (0..20_000)
        .map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n"))
        .collect();
    let _ = read(
        "x",
        format!("From: a@b.example\nSubject: deep\nMIME-Version: 1.0\n{parts}").as_bytes(),
    );
    // Entries count against the bound whether they have text or not.
    let items = "<item><title>t</title></item>".repeat(5_000)
        + "<item><title>t</title><description>Text.</description></item>";
    let feed = format!("<rss version='2.0'><channel>{items}</channel></rss>");
    assert_eq!(
        read("x", feed.as_bytes()).unwrap_err(),
        ImportError::Empty("x".to_owned())
    );
}

#[test]
fn no_damage_to_a_file_makes_the_reader_panic() {
    let samples = [book(), RSS.as_bytes().to_vec(), MAIL.as_bytes().to_vec()];
    let mut state = 1_u64;
    for sample in &samples {
        for _ in 0..150 {
            let mut bytes = sample.clone();
            for _ in 0..4 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let at = (state >> 33) as usize % bytes.len();
                bytes[at] = (state >> 20) as u8;
            }
            let _ = read("x", &bytes);
            let at = (state >> 33) as usize % bytes.len();
            bytes.truncate(at);
            let _ = read("x", &bytes);
        }
    }
}
