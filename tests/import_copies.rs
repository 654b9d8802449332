//! Copies of other kinds, all invented: what a careful person would make of each.

#![allow(
    clippy::unwrap_used,
    reason = "a test stops where its material is not what it says"
)]

mod accounting;

use diptych::corpus::{Document, Kind};
use diptych::import::{Imported, Input, NoticeKind, import};

/// Imports bytes, holds them to account (`text` is what they say), and compares what became of them with `expected`.
fn check_bytes(name: &str, bytes: &[u8], text: &str, copied: Option<&str>, expected: &str) {
    let copied = copied.map(|date| date.parse().unwrap());
    let imported = import(&Input {
        name,
        bytes,
        copied,
    })
    .unwrap();
    accounting::account(text, &imported);
    let found = render(&imported);
    assert_eq!(
        found.trim(),
        expected.trim(),
        "\n--- found:\n{found}\n--- expected:\n{expected}"
    );
}

fn check(text: &str, copied: Option<&str>, expected: &str) {
    check_bytes("copy.txt", text.as_bytes(), text, copied, expected);
}

/// Metadata, then passages by kind and voice with their first and last words, then what was left out.
fn render(imported: &Imported) -> String {
    let document = &imported.documents[0];
    let meta = &document.meta;
    let mut lines = vec![
        format!(
            "{} | {} | {}",
            document.id, meta.title, imported.sources[0].title
        ),
        format!(
            "{} | {} | {} | {}",
            meta.authors.join(" + "),
            meta.date.map_or(String::new(), |date| date.to_string()),
            meta.kind.as_deref().unwrap_or_default(),
            meta.language
        ),
    ];
    lines.extend(meta.url.iter().map(|url| format!("url {url}")));
    lines.push(passages(document).trim_end().to_owned());
    lines.extend(
        meta.left_out
            .iter()
            .map(|line| format!("- {} {}", line.line, line.reason)),
    );
    lines.extend(
        imported
            .notices
            .iter()
            .filter_map(|notice| match &notice.kind {
                NoticeKind::Remark(remark) => Some(format!("! {remark}")),
                NoticeKind::LeftOut(_) | NoticeKind::Used(_) => None,
            }),
    );
    lines.join("\n")
}

fn passages(document: &Document) -> String {
    let shown = |passage: diptych::corpus::Passage<'_>| {
        let kind = match passage.kind() {
            Kind::Paragraph => "P".to_owned(),
            Kind::Heading(level) => format!("H{level}"),
            Kind::Bullet { depth } => format!("B{depth}"),
            Kind::Numbered { number, .. } => format!("N{number}"),
            Kind::Quote => "Q".to_owned(),
            Kind::Image => "I".to_owned(),
            other @ (Kind::Table | Kind::Code | Kind::Rule) => other.name().to_owned(),
        };
        let voice = passage
            .voice()
            .map(|voice| format!(" {voice}:"))
            .unwrap_or_default();
        let words: Vec<&str> = passage.text().split(' ').collect();
        let text = match words.as_slice() {
            [first, second, .., last] if words.len() > 6 => format!("{first} {second} .. {last}"),
            _ => passage.text().to_owned(),
        };
        let address = passage
            .address()
            .map(|address| format!(" <{address}>"))
            .unwrap_or_default();
        format!("{kind}{voice} {text}{address}")
            .trim_end()
            .to_owned()
            + "\n"
    };
    document.passages().map(shown).collect()
}

#[test]
fn a_web_page_with_everything_around_the_article() {
    check(
        "Skip to content\n\
         Home > News > Region\n\
         \n\
         River takes two bridges as rain goes on | Valley Observer\n\
         River takes two bridges as rain goes on\n\
         \n\
         Hundreds had to leave their homes in the night, and the dam at Upper Mill is being watched by engineers around the clock\n\
         \n\
         By Ann Example and Bo Sample, Staff Writers\n\
         Published: January 12, 2026, 10:40 am. Updated 2 hours ago\n\
         4 min read\n\
         Share\n\
         Save\n\
         Listen to this article\n\
         cdn.valley.example/photos/bridge.jpg\n\
         The old bridge at Upper Mill on Sunday. Photo: Cy Specimen\n\
         \n\
         UPPER MILL, Jan. 12 (Valley Wire) — The river carried away two bridges on Sunday night, and more rain is expected.\n\
         \n\
         Advertisement\n\
         \n\
         “We heard it go,” said Di Muster, who lives beside the older of the two. “Then it was quiet.”\n\
         \n\
         What is closed\n\
         \n\
         •\n\
         • the road to Lower Mill\n\
         • both schools\n\
         \n\
         The county said it would decide on Tuesday whether the schools can open again this week.\n\
         \n\
         Read more: The dam that nobody checked\n\
         Sign up for our newsletter\n\
         Related articles\n\
         How a valley learned to swim\n\
         The price of sandbags\n\
         © 2026 Valley Observer. All rights reserved.\n\
         12 Comments\n\
         Log in to comment\n",
        Some("2026-01-13"),
        "
river-takes-two-bridges-as-rain-goes-on | River takes two bridges as rain goes on | Valley Observer
Ann Example + Bo Sample | 2026-01-12 |  | en
P Hundreds had .. clock
I The old .. Specimen <cdn.valley.example/photos/bridge.jpg>
P UPPER MILL, .. expected.
P “We heard .. quiet.”
H2 What is closed
B0 the road to Lower Mill
B0 both schools
P The county .. week.
- 1 navigation of the page
- 2 the section of the site
- 5 the title again
- 11 a label of a player or a reading time
- 12 a share or print button
- 13 a share or print button
- 14 a label of a player or a reading time
- 20 a label of advertising
- 26 an empty list entry
- 32 a link to another article
- 33 an invitation to subscribe
- 34 a link to another article
- 35 a link to another article
- 36 a link to another article
- 37 a copyright line
- 38 remains of the comment section
- 39 remains of the comment section
! source “Valley Observer” inferred: stands behind the title, as in the title of a browser window
",
    );
}

#[test]
fn an_election_report_with_keys() {
    check(
        "Title: A recount in the north\n\
         Author: Ann Example\n\
         Date: 03/04/26\n\
         Source: https://www.north-post.example/politics/recount\n\
         Tags: election, recount\n\
         \n\
         OPINION\n\
         Officials in the northern district will count all ballots again after the two leading candidates were found to be 41 votes apart.\n\
         The count begins on Monday and is open to observers from every party that stood.\n",
        None,
        "
a-recount-in-the-north | A recount in the north | north-post.example
Ann Example | 2026 |  | en
url https://www.north-post.example/politics/recount
H2 OPINION
P Officials in .. apart.
P The count .. stood.
- 5 labels given by the site
! day and month could be either way round: only the year was taken
",
    );
}

#[test]
fn a_court_case_broken_into_lines() {
    check(
        "From: Ann Example <ann@court-watch.example>\n\
         To: list@court-watch.example\n\
         Date: Thu, 8 Jan 2026 10:00:00 +0000\n\
         Subject: Judges hear the case of the mill workers\n\
         \n\
         The high court began on Wednesday to hear the case of the nine mill\n\
         workers who say that their employer kept the doors locked during the\n\
         night shift. Their lawyer told the three judges that the fire depart-\n\
         ment had warned the company twice.\n\
         \n\
         > Did anybody ask the fire department whether the warnings were sent\n\
         > in writing, or only by telephone?\n\
         \n\
         Both were in writing, and both are in the file that the court made\n\
         public last week. The second hearing is set for the first of March,\n\
         when the company is to answer.\n\
         1. The first warning names the eastern door, which was found locked\n\
         \x20  again in May.\n\
         2. The second names all of them.\n\
         --\n\
         Ann Example\n",
        None,
        "
judges-hear-the-case-of-the-mill-workers | Judges hear the case of the mill workers | Not stated
Ann Example | 2026-01-08 |  | en
P The high .. twice.
Q Did anybody .. telephone?
P Both were .. answer.
N1 The first .. May.
N2 The second names all of them.
P --
P Ann Example
- 2 a header line of an e-mail
! lines broken at about 69 columns were joined to paragraphs
! a word divided at a line end was put together
",
    );
}

#[test]
fn a_science_story_without_a_title() {
    check(
        "Senior science reporter\n\
         Photo by Bo Sample\n\
         Beetles that live under the ice of mountain lakes can slow their hearts to two beats a minute, a study published on Monday has found.\n\
         The team marked four hundred of them and came back every week of the winter to count.\n\
         Originally published on 5 February 2026 in Beetle Letters\n",
        None,
        "
beetles-that-live-under-the-ice-of-mountain-lakes-can | Beetles that live under the ice of mountain lakes can… | Beetle Letters
 | 2026-02-05 |  | en
P Beetles that .. found.
P The team .. count.
- 1 what the author does, without a name
- 2 the caption of a picture that is not in this copy
! no title is stated: made of the first words
! source “Beetle Letters” inferred: “published on” names it
",
    );
}

#[test]
fn a_german_report() {
    check(
        "MEINUNG\n\
         Wer die Brücke bezahlt\n\
         Von Änne Beispiel und Max van der Muster\n\
         Veröffentlicht am 8. Januar 2026, 14:05 Uhr\n\
         Lesezeit: 4 Minuten\n\
         Anzeige\n\
         OBERMÜHLE (vda) – Die Gemeinde wird die neue Brücke nicht allein bezahlen können, das sagt inzwischen auch der Bürgermeister.\n\
         Was der Kreis verspricht\n\
         Der Kreis will die Hälfte der Kosten tragen, wenn das Land mitzieht und die Bahn ihre Pläne bis zum Sommer vorlegt.\n\
         Mehr zum Thema: Die Brücke, die keiner prüfte\n\
         Noch keine Kommentare\n",
        None,
        "
wer-die-brucke-bezahlt | Wer die Brücke bezahlt | vda
Änne Beispiel + Max van der Muster | 2026-01-08 | meinung | de
P OBERMÜHLE (vda) .. Bürgermeister.
H2 Was der Kreis verspricht
P Der Kreis .. vorlegt.
- 5 a label of a player or a reading time
- 6 a label of advertising
- 10 a link to another article
- 11 remains of the comment section
! source “vda” inferred: the agency named in the dateline
",
    );
}

const PERSIAN: &str = "پل تازه را چه کسی می‌سازد\n\
     نوشته سارا نمونه\n\
     ۸ ژانویه ۲۰۲۶\n\
     شهردار روز دوشنبه گفت که شهر به تنهایی نمی‌تواند هزینه ساختن پل تازه را بپردازد و از دولت کمک خواست.\n\
     مردم محله بالا می‌گویند که از زمان سیل هر روز یک ساعت بیشتر در راه هستند و کسی پاسخ نمی‌دهد.\n\
     بیشتر بخوانید: پلی که کسی ندید\n\
     منبع: bridge.example\n";

#[test]
fn a_persian_report() {
    check(
        PERSIAN,
        None,
        "
پل-تازه-را-چه-کسی-میسازد | پل تازه را چه کسی می‌سازد | bridge.example
سارا نمونه | 2026-01-08 |  | fa
P شهردار روز .. خواست.
P مردم محله .. نمی‌دهد.
- 6 a link to another article
",
    );
}

#[test]
fn utf16_says_the_same() {
    let bytes: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(PERSIAN.replace('\n', "\r\n").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let plain = import(&Input {
        name: "copy.txt",
        bytes: PERSIAN.as_bytes(),
        copied: None,
    })
    .unwrap();
    check_bytes("copy.txt", &bytes, PERSIAN, None, &render(&plain));
    let imported = import(&Input {
        name: "copy.txt",
        bytes: &bytes,
        copied: None,
    })
    .unwrap();
    assert_eq!(imported.encoding, "UTF-16LE");
    assert_eq!(imported.notices, plain.notices);
}

#[test]
fn windows_1256_is_a_guess_that_is_named() {
    let text = "من يبني الجسر الجديد\n\
         بقلم سارة مثال\n\
         ٨ يناير ٢٠٢٦\n\
         قال رئيس البلدية يوم الاثنين إن المدينة لا تستطيع وحدها أن تدفع تكاليف بناء الجسر الجديد وطلب المساعدة من الحكومة.\n\
         يقول سكان الحي الأعلى إنهم منذ الفيضان يقضون كل يوم ساعة أطول في الطريق ولا أحد يجيبهم عن أسئلتهم.\n\
         لا توجد تعليقات\n";
    let latin = text.replace('٨', "8").replace("٢٠٢٦", "2026");
    let (bytes, _, lost) = encoding_rs::WINDOWS_1256.encode(&latin);
    assert!(!lost);
    check_bytes(
        "copy.txt",
        &bytes,
        &latin,
        None,
        "
من-يبني-الجسر-الجديد | من يبني الجسر الجديد | Not stated
سارة مثال | 2026-01-08 |  | ar
P قال رئيس .. الحكومة.
P يقول سكان .. أسئلتهم.
- 6 remains of the comment section
! read as windows-1256: a guess from its bytes
",
    );
}

#[test]
fn questions_and_answers() {
    check(
        "“The water does not wait”: an interview with Di Muster\n\
         By Ann Example\n\
         3 February 2026\n\
         Di Muster has lived beside the river for sixty years. Ann Example spoke with her after the second flood.\n\
         Q: When did you know that the bridge would go?\n\
         A: When the birds stopped. You hear them all day, and then you do not.\n\
         My neighbour laughed at me.\n\
         Q: And the dam?\n\
         A: No.\n\
         Note: The dam was closed in 1990.\n\
         Q: Will you stay?\n\
         A: Where would I go?\n\
         Discussion\n",
        None,
        "
the-water-does-not-wait-an-interview-with-di-muster | “The water does not wait”: an interview with Di Muster | Not stated
Ann Example | 2026-02-03 | interview | en
P Di Muster .. flood.
P Ann Example: When did .. go?
P Di Muster: When the .. not.
P Di Muster: My neighbour laughed at me.
P Ann Example: And the dam?
P Di Muster: No.
P Di Muster: Note: The .. 1990.
P Ann Example: Will you stay?
P Di Muster: Where would I go?
- 13 remains of the comment section
! “A” is taken to be Di Muster
! “Q” is taken to be Ann Example
",
    );
}

#[test]
fn a_labelled_conversation_with_a_moderator() {
    check(
        "Two mayors on one river\n\
         \n\
         Observer: Who owns the water?\n\
         \n\
         Bo Sample: Nobody does, and that is the trouble with it.\n\
         \n\
         Sample: I mean that in the strict sense.\n\
         \n\
         Cy Specimen: We have had this talk for thirty years.\n\
         \n\
         Observer: Will you have it for thirty more?\n\
         \n\
         Specimen: I hope not.\n\
         \n\
         Sample: So do I.\n\
         \n\
         Specimen: Then let us begin.\n",
        None,
        "
two-mayors-on-one-river | Two mayors on one river | Not stated
 |  | interview | en
P Observer: Who owns the water?
P Bo Sample: Nobody does, .. it.
P Bo Sample: I mean .. sense.
P Cy Specimen: We have .. years.
P Observer: Will you .. more?
P Cy Specimen: I hope not.
P Bo Sample: So do I.
P Cy Specimen: Then let us begin.
! “Sample” is taken to be Bo Sample
! “Specimen” is taken to be Cy Specimen
",
    );
}

#[test]
fn a_forum_copy_keeps_posts_and_loses_buttons() {
    check(
        "Did anyone see the bridge go?\n\
         \n\
         millwheel, 12 January 2026, 23:10\n\
         I was on the road when it happened. The whole middle part went at once, and then the lamps.\n\
         Like (3)\n\
         Reply\n\
         Quote\n\
         \n\
         upriver wrote:\n\
         My cousin has it on film, but she does not want it on the internet before the police have seen it.\n\
         Reply\n\
         Quote\n\
         \n\
         millwheel wrote:\n\
         Fair enough. Tell her that nobody will blame her for it.\n\
         Reply\n\
         Quote\n",
        None,
        "
did-anyone-see-the-bridge-go | Did anyone see the bridge go? | Not stated
 |  |  | en
P millwheel, 12 January 2026, 23:10
P I was .. lamps.
P upriver wrote:
P My cousin .. it.
P millwheel wrote:
P Fair enough. .. it.
- 5 a share or print button
- 6 a button of a post
- 7 a button of a post
- 11 a button of a post
- 12 a button of a post
- 16 a button of a post
- 17 a button of a post
",
    );
}

#[test]
fn figures_after_labels_are_no_interview() {
    check(
        "Flood bulletin\n\
         Place: Upper Mill\n\
         Level: 4.1 m\n\
         Trend: rising\n\
         Place: Lower Mill\n\
         Level: 2.0 m\n\
         Trend: falling\n",
        None,
        "
flood-bulletin | Flood bulletin | Not stated
 |  |  | 
P Place: Upper Mill
P Level: 4.1 m
P Trend: rising
P Place: Lower Mill
P Level: 2.0 m
P Trend: falling
",
    );
}

#[test]
fn the_articles_own_words_are_not_taken_for_buttons() {
    check(
        "Share of the vote\n\
         \n\
         The share of the vote that went to the new party surprised everyone, its own members first.\n\
         \n\
         Discussion\n\
         \n\
         The discussion of the result has only begun, and it will take the whole of the winter.\n",
        None,
        "
share-of-the-vote | Share of the vote | Not stated
 |  |  | en
P The share .. first.
H2 Discussion
P The discussion .. winter.
",
    );
}

#[test]
fn a_single_line_is_a_text() {
    check(
        "Rain",
        None,
        "\nrain | Rain | Not stated\n |  |  | \nP Rain\n! no title is stated: made of the first words\n",
    );
}

#[test]
fn an_outlet_before_the_date_is_the_source_and_a_person_there_is_the_author() {
    let body = "The spillway of the Brin dam gave way before dawn on Tuesday, and the river took the lower bridge and the road to the harbour with it.\n";
    let read = |head: &str| {
        let text = format!("Spillway fails above Varnholt\n\n{head}\n\n{body}");
        let imported = import(&Input {
            name: "copy.txt",
            bytes: text.as_bytes(),
            copied: None,
        })
        .unwrap();
        accounting::account(&text, &imported);
        let meta = &imported.documents[0].meta;
        let date = meta.date.map_or(String::new(), |date| date.to_string());
        let source = imported.sources[0].title.clone();
        (meta.authors.join(" + "), source, date)
    };
    let is = |authors: &str, source: &str, date: &str| {
        (authors.to_owned(), source.to_owned(), date.to_owned())
    };
    let day = "2026-03-14";
    let courier = is("Lena Hartwig", "Varnholt Courier", day);
    assert_eq!(
        read("By Lena Hartwig\nVarnholt Courier, 14 March 2026"),
        courier
    );
    assert_eq!(
        read("By Lena Hartwig\n\nVarnholt Courier | 14 March 2026"),
        courier
    );
    let (authors, source, date) = read("Valley Herald, March 14, 2026");
    assert_eq!(is(&authors, &source, &date), is("", "Valley Herald", day));
    let (authors, _, date) = read("Lena Hartwig, 14 March 2026");
    assert_eq!((authors.as_str(), date.as_str()), ("Lena Hartwig", day));
}
