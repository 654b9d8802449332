//! PDFs, made here byte by byte: paragraphs come out whole, what belongs to the page and not to the text is listed, and what cannot be
//! read is said.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod passages;

use diptych::import::{ImportError, Imported, Input, NoticeKind, import};
use passages::lines;
use std::fmt::Write as _;

/// A PDF of these content streams, set in Helvetica (F1) and its bold (F2), `more` in its information dictionary.
fn pdf(pages: &[String], more: &str) -> Vec<u8> {
    let mut objects: Vec<String> = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        String::new(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fi/fl]>>>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_owned(),
        format!("<<{more}>>"),
    ];
    let mut kids = String::new();
    for page in pages {
        let _ = write!(kids, "{} 0 R ", objects.len() + 1);
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents {} 0 R>>",
            objects.len() + 2
        ));
        objects.push(format!(
            "<</Length {}>>\nstream\n{page}\nendstream",
            page.len()
        ));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        // Bytes of the streams are Latin-1.
        out.extend(object.chars().map(|c| u8::try_from(u32::from(c)).unwrap()));
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    for offset in &offsets {
        out.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer\n<</Size {}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{table}\n%%EOF\n",
            offsets.len() + 1
        )
        .bytes(),
    );
    out
}

/// Lines set from (x, y) downwards.
fn set(font: &str, size: u32, x: u32, y: u32, lines: &[&str]) -> String {
    let mut out = format!(
        "BT /{font} {size} Tf {} TL 1 0 0 1 {x} {y} Tm\n",
        size * 12 / 10
    );
    for line in lines {
        let escaped = line
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        let _ = writeln!(out, "({escaped}) Tj T*");
    }
    out + "ET\n"
}

fn read(bytes: &[u8]) -> Result<Imported, ImportError> {
    import(&Input {
        name: "report",
        bytes,
        copied: None,
    })
}

fn notices(imported: &Imported) -> Vec<String> {
    let shown = imported.notices.iter().map(|notice| match &notice.kind {
        NoticeKind::LeftOut(reason) => format!("left out: {}: {reason}", notice.text),
        NoticeKind::Used(key) => format!("used: {}: {key}", notice.text),
        NoticeKind::Remark(remark) => format!("remark: {remark}"),
    });
    shown.collect()
}

fn report() -> Vec<u8> {
    let page = |number: u32, body: String| {
        set("F1", 9, 72, 800, &["The Herald Report on the Dam"])
            + &body
            + &set("F1", 9, 290, 40, &[&number.to_string()])
    };
    let first = set("F2", 20, 72, 740, &["What the water took"])
        + &set(
            "F1",
            11,
            72,
            700,
            &[
                "The committee met on Tuesday to hear what the two engin-",
                "eers had found under the old bridge, and why the report",
                "of the year before had missed it altogether. It was well",
                "known.",
            ],
        )
        + &set(
            "F1",
            11,
            84,
            647,
            &["A second hearing is to follow in the spring, when the river"],
        )
        + &set(
            "F1",
            11,
            72,
            634,
            &["is low enough for the ground to be seen again, as the chair"],
        );
    let second = set(
        "F1",
        11,
        72,
        740,
        &[
            "told the engineers on the steps of the town hall. The well-",
            "known mayor left.",
        ],
    ) + &set("F2", 14, 72, 690, &["The second night"])
        + &set(
            "F1",
            11,
            72,
            660,
            &[
                "The \u{1}rst \u{2}ood came at night, said the engin-",
                "eers, who had been there before the police had come.",
            ],
        );
    let third = set(
        "F1",
        11,
        72,
        740,
        &["It was over by the morning of the third day, they said."],
    );
    pdf(
        &[page(1, first), page(2, second), page(3, third)],
        "/Title(Microsoft Word - dam.doc)/Author(Ada Field; Bo Stone)/CreationDate(D:20310502060000Z)",
    )
}

#[test]
fn paragraphs_are_rebuilt_across_lines_and_pages() {
    let imported = read(&report()).unwrap();
    let document = &imported.documents[0];
    assert_eq!(
        lines(document),
        [
            "The committee met on Tuesday to hear what the two engineers had found under the old bridge, and why the report of the year before \
             had missed it altogether. It was well known.",
            "A second hearing is to follow in the spring, when the river is low enough for the ground to be seen again, as the chair told the \
             engineers on the steps of the town hall. The well-known mayor left.",
            "## The second night",
            "The first flood came at night, said the engineers, who had been there before the police had come.",
            "It was over by the morning of the third day, they said.",
        ],
        "{:#?}",
        notices(&imported)
    );
    assert_eq!(document.meta.title, "What the water took");
    assert_eq!(document.meta.authors, ["Ada Field", "Bo Stone"]);
    assert_eq!(document.meta.date.unwrap().to_string(), "2031-05-02");
    let notices = notices(&imported).join("\n");
    assert!(
        notices.contains(
            "left out: The Herald Report on the Dam: the head or foot of a page: 1, 2, 3"
        ),
        "{notices}"
    );
    assert!(
        notices.contains("left out: 1 · 2 · 3: numbers of pages"),
        "{notices}"
    );
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left: Vec<String> = (1..=12)
        .map(|at| format!("Left line {at} goes on and on and"))
        .collect();
    let right: Vec<String> = (1..=12)
        .map(|at| format!("right line {at} as the left one"))
        .collect();
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    // Set line by line across the page, as some programs write it.
    let mut page = set(
        "F2",
        18,
        60,
        780,
        &["A title that is set across both of the columns"],
    );
    for at in 0..12 {
        let y = 730 - 13 * at as u32;
        page += &set("F1", 10, 60, y, &[left[at]]);
        page += &set("F1", 10, 310, y - 1, &[right[at]]);
    }
    let imported = read(&pdf(&[page], "")).unwrap();
    let text = lines(&imported.documents[0]).join(" ");
    let expected = [left.join(" "), right.join(" ")].join(" ");
    assert_eq!(text, expected);
    assert_eq!(
        imported.documents[0].meta.title,
        "A title that is set across both of the columns"
    );
}

#[test]
fn words_without_spaces_between_them_are_told_by_their_gaps() {
    let page = "BT /F1 12 Tf 1 0 0 1 72 700 Tm [(The)-300(dam)-300(br)20(oke)-300(at)-300(night.)] TJ ET\n\
                BT /F1 12 Tf 1 0 0 1 72 650 Tm (Water) Tj ET BT /F1 12 Tf 1 0 0 1 108 650 Tm (rose) Tj ET BT /F1 12 Tf 1 0 0 1 136 650 Tm (fast.) Tj ET\n";
    let imported = read(&pdf(&[page.to_owned()], "")).unwrap();
    assert_eq!(
        lines(&imported.documents[0]),
        ["The dam broke at night.", "Water rose fast."]
    );
}

#[test]
fn notes_at_the_foot_do_not_cut_a_sentence_in_two() {
    let first = set(
        "F1",
        11,
        72,
        740,
        &[
            "The dam was built by prisoners of the war in the year 1921",
            "and it was never looked after by the town, which had its",
        ],
    ) + &set(
        "F1",
        7,
        72,
        90,
        &["1 So the minutes of the council for that year."],
    );
    let second = set(
        "F1",
        11,
        72,
        740,
        &["own troubles then, as we have seen. Nobody was punished."],
    );
    let imported = read(&pdf(&[first, second], "")).unwrap();
    let lines = lines(&imported.documents[0]);
    assert!(
        lines[0].contains("which had its own troubles then"),
        "{lines:#?}"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("minutes of the council")),
        "{lines:#?}"
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let reason = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    let whole = report();
    assert!(reason(&pdf(&["q Q".to_owned()], "")).contains("no text"));
    assert!(reason(b"%PDF-1.7\n1 0 obj\n<<").contains("damaged"));
    // Without its table at the end it is put together again.
    let cut = &whole[..whole.len() - 400];
    assert!(lines(&read(cut).unwrap().documents[0])[0].contains("committee"));
    let hash = "(01234567890123456789012345678901)";
    let mut protected = String::from_utf8_lossy(&whole).into_owned();
    protected = protected.replace(
        "/Root 1 0 R",
        &format!("/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -1/O {hash}/U {hash}>>/ID[(0123456789abcdef)(0123456789abcdef)]"),
    );
    assert!(reason(protected.as_bytes()).contains("password"));
}

#[test]
fn no_damage_to_a_file_makes_the_reader_panic() {
    let sample = report();
    let mut state = 7_u64;
    for _ in 0..120 {
        let mut bytes = sample.clone();
        for _ in 0..6 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] = (state >> 20) as u8;
        }
        let _ = read(&bytes);
    }
}
