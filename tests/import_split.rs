//! Files that hold several articles, and files that only look so.
#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "a test stops where its material is not what it says"
)]

use diptych::import::{
    Cut, Division, Evidence, Imported, Input, Means, NoticeKind, import, import_by, import_parts,
};

/// A paragraph of some sixty words that no other number gives.
fn paragraph(number: usize) -> String {
    let who = ["ferryman", "mayor", "baker", "surveyor", "nurse", "miller"][number % 6];
    let what = ["dyke", "bridge", "mill", "school", "granary", "harbour"][number / 6 % 6];
    format!(
        "The {who} had warned the council about the {what} for {number} years before the water came. Nobody in the upper town \
         remembers a spring like it, and few of those who live by the river had anything left to carry when the bells began to \
         ring. By noon the road to the station lay under the water, and the trains stopped at the halt beyond the hill."
    )
}

/// So many paragraphs, from a number.
fn body(from: usize, count: usize) -> String {
    let paragraphs: Vec<String> = (from..from + count).map(paragraph).collect();
    paragraphs.join("\n\n")
}

fn read(text: &str) -> (Vec<Cut>, Imported) {
    let mut shown = Vec::new();
    let input = Input {
        name: "bundle.txt",
        bytes: text.as_bytes(),
        copied: None,
    };
    let imported = import_parts(&input, |cuts| {
        shown = cuts.to_vec();
        true
    })
    .unwrap();
    (shown, imported)
}

fn titles(imported: &Imported) -> Vec<&str> {
    let titles = imported
        .documents
        .iter()
        .map(|document| document.meta.title.as_str());
    titles.collect()
}

/// Every line with a letter is in a passage, or in a notice.
fn assert_nothing_is_lost(text: &str, imported: &Imported) {
    let said: String = imported
        .documents
        .iter()
        .flat_map(|document| {
            document
                .passages()
                .map(|passage| passage.text().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        let is_noticed = imported.notices.iter().any(|notice| {
            let kept = matches!(notice.kind, NoticeKind::LeftOut(_) | NoticeKind::Used(_));
            kept && notice.line == number && notice.text == line
        });
        assert!(
            is_noticed || !line.chars().any(char::is_alphanumeric) || said.contains(line),
            "line {number} is lost: {line}"
        );
    }
}

#[track_caller]
fn assert_split(text: &str, expected: &[&str]) {
    let (cuts, imported) = read(text);
    assert_eq!(titles(&imported), expected, "{cuts:?}");
    assert_eq!(cuts.len() + 1, expected.len());
    assert_nothing_is_lost(text, &imported);
    let whole = import(&Input {
        name: "bundle.txt",
        bytes: text.as_bytes(),
        copied: None,
    })
    .unwrap();
    assert_eq!(whole.documents.len(), 1, "whole unless it is asked for");
    let told = whole.notices.iter().filter(
        |notice| matches!(&notice.kind, NoticeKind::Remark(remark) if remark.contains("seems to begin here")),
    );
    assert_eq!(told.count(), cuts.len(), "and then it is told");
}

#[track_caller]
fn assert_whole(text: &str) {
    let (cuts, imported) = read(text);
    assert!(cuts.is_empty(), "{cuts:?}");
    assert_eq!(imported.documents.len(), 1);
    assert_nothing_is_lost(text, &imported);
}

#[test]
fn articles_with_bylines_and_dates_are_cut_at_their_titles() {
    let text = format!(
        "The river took the lower town\n\nBy Ada Field\n\n3 May 2019\n\n{}\n\nWhat the council knew before the flood\n\nBy Bela Orne\n\n\
         5 May 2019\n\n{}\n\nA bridge is not a budget line\n\nPublished May 9, 2019\n\n{}\n",
        body(0, 3),
        body(3, 4),
        body(7, 3)
    );
    assert_split(
        &text,
        &[
            "The river took the lower town",
            "What the council knew before the flood",
            "A bridge is not a budget line",
        ],
    );
    let (_, imported) = read(&text);
    assert_eq!(imported.documents[1].meta.authors, ["Bela Orne"]);
    assert_eq!(
        imported.documents[2].meta.date.unwrap().to_string(),
        "2019-05-09"
    );
}

#[test]
fn what_a_press_database_numbers_is_cut_and_its_numbers_are_left_out() {
    let text = format!(
        "1 of 2 DOCUMENTS\n\nThe river took the lower town\n\nThe Arden Courier\n\n{}\n\n2 of 2 DOCUMENTS\n\nThe mill stands still again\n\n\
         The Brill Gazette\n\n{}\n",
        body(0, 3),
        body(3, 3)
    );
    let (cuts, imported) = read(&text);
    assert_eq!(imported.documents.len(), 2, "{cuts:?}");
    assert_eq!(titles(&imported)[0], "The river took the lower town");
    assert_eq!(
        imported.documents[1].meta.title,
        "The mill stands still again"
    );
    assert_nothing_is_lost(&text, &imported);
}

#[test]
fn what_stands_over_the_first_title_does_not_make_it_another() {
    let text = format!(
        "Ada Field\n\nThe river took the lower town\n\n{}\n\nThe mill stands still again\n\nBy Bela Orne\n\n{}\n",
        body(0, 3),
        body(3, 3)
    );
    let (cuts, imported) = read(&text);
    assert_eq!(cuts.len(), 1, "{cuts:?}");
    assert_eq!(imported.documents[1].meta.authors, ["Bela Orne"]);
}

#[test]
fn lines_of_numbers_and_form_feeds_without_end_are_read_in_time_of_their_length() {
    // Both took minutes when each line looked back over all before it.
    for line in [
        "1 of 2 DOCUMENTS\n\n",
        "\u{c}\nWhat the lower town knows\n\n",
    ] {
        let text = line.repeat(40_000);
        let (cuts, _) = read(&text);
        assert!(cuts.is_empty());
    }
}

#[test]
fn repeated_lines_of_metadata_and_rules_divide_a_file() {
    let text = format!(
        "Title: The river took the lower town\nDate: 2019-05-03\nSource: Arden Courier\n\n{}\n\n==========\n\nTitle: The mill stands still\n\
         Date: 2019-05-04\nSource: Brill Gazette\n\n{}\n",
        body(0, 3),
        body(3, 3)
    );
    assert_split(
        &text,
        &["The river took the lower town", "The mill stands still"],
    );
    let (_, imported) = read(&text);
    assert_eq!(imported.sources.len(), 2);
}

#[test]
fn a_form_feed_and_a_dateline_divide_a_file() {
    let text = format!(
        "River takes the lower town\n\nARDEN, May 3 (Agency) — {}\n\n{}\n\u{c}\nMill stands still after the flood\n\nBRILL, May 4 (Agency) — {}\n\n{}\n",
        paragraph(0),
        body(1, 2),
        paragraph(3),
        body(4, 2)
    );
    assert_split(
        &text,
        &[
            "River takes the lower town",
            "Mill stands still after the flood",
        ],
    );
}

#[test]
fn an_article_pasted_twice_is_cut_where_its_title_comes_again() {
    let article = format!("The river took the lower town\n\n{}", body(0, 4));
    assert_split(
        &format!("{article}\n\n{article}\n"),
        &[
            "The river took the lower town",
            "The river took the lower town",
        ],
    );
}

#[test]
fn other_languages_are_cut_too() {
    let german = |from: usize| {
        let sentence = |number: usize| {
            format!(
                "Der Müller Nummer {number} hatte den Rat der Stadt seit Jahren gewarnt, dass der Damm oberhalb der Brücke nicht halten werde, \
                 wenn das Wasser im Frühjahr so hoch steigt wie zuletzt vor hundert Jahren, und niemand wollte ihm damals auf dem Markt glauben."
            )
        };
        (from..from + 4)
            .map(sentence)
            .collect::<Vec<_>>()
            .join("\n\n")
    };
    let text = format!(
        "Der Fluss nimmt die Unterstadt\n\nVon Ada Feld\n\n3. Mai 2019\n\n{}\n\nWas der Rat vor der Flut wusste\n\nVon Bela Orn\n\n5. Mai 2019\n\n{}\n",
        german(0),
        german(4)
    );
    assert_split(
        &text,
        &[
            "Der Fluss nimmt die Unterstadt",
            "Was der Rat vor der Flut wusste",
        ],
    );
}

#[test]
fn crossheads_comments_links_blogs_chronicles_and_pages_do_not_divide_an_article() {
    let head = "The river took the lower town\n\nBy Ada Field\n\n3 May 2019";
    // Crossheads.
    assert_whole(&format!(
        "{head}\n\n{}\n\nWhat the water left\n\n{}\n\nThe trains stop\n\n{}\n\n* * *\n\n{}\n",
        body(0, 2),
        body(2, 2),
        body(4, 2),
        body(6, 2)
    ));
    // Comments.
    let comments: String = (0..6)
        .map(|at| format!("Reader {at}\n\n{at} hours ago\n\nI crossed that bridge every day, and {at} times I wrote to the council.\n\n"))
        .collect();
    assert_whole(&format!(
        "{head}\n\n{}\n\nComments\n\n{comments}",
        body(0, 4)
    ));
    // Links to other articles.
    let links: String = (0..6)
        .map(|at| {
            format!(
                "What {at} towns know of rivers by now\n\n{} May 2019\n\n",
                at + 4
            )
        })
        .collect();
    assert_whole(&format!(
        "{head}\n\n{}\n\nMore on this\n\n{links}",
        body(0, 4)
    ));
    // A live blog.
    let entries: String = (0..8)
        .map(|at| format!("Water rises at gauge number {at}\n\nPublished 3 May 2019, 1{at}:05\n\nThe gauge at the mill shows {at} feet more than at dawn, the office says.\n\n"))
        .collect();
    assert_whole(&format!("{head}\n\n{}\n\n{entries}", body(0, 2)));
    // A chronicle.
    let days: String = (1..6)
        .map(|at| {
            format!(
                "The day the bells rang, part {at}\n\n{at} May\n\n{}\n\n",
                body(at * 2, 2)
            )
        })
        .collect();
    assert_whole(&format!("{head}\n\n{}\n\n{days}", body(0, 2)));
    // Pages with a running head.
    let pages: String = (0..5)
        .map(|at| {
            format!(
                "\u{c}The river took the lower town\n\n{}\n\n",
                body(at * 2, 2)
            )
        })
        .collect();
    assert_whole(&format!("{head}\n\n{}\n{pages}", body(20, 2)));
    // An interview.
    let turns: String = (0..5)
        .map(|at| {
            format!(
                "Why did nobody close the gate on day {at}?\n\n{}\n\n",
                body(at * 2, 2)
            )
        })
        .collect();
    assert_whole(&format!("{head}\n\n{}\n\n{turns}", body(20, 2)));
    // The author at the end.
    assert_whole(&format!(
        "{head}\n\n{}\n\nAbout the author of this report\n\nBy Ada Field, who lives in Arden\n",
        body(0, 4)
    ));
}

#[test]
fn front_matter_that_comes_again_divides_a_file_of_any_length() {
    let text = "---\ntitle: The river took the lower town\nauthor: Ada Field\ndate: 2031-05-02\nsource: Arden Courier\n---\n\nIt rose in the night.\n\n\
                ---\ntitle: \"The mill stands still\"\nauthor: Bela Orne\ndate: 2031-05-04\nsource: Brill Gazette\n---\n\nNobody grinds there now.\n";
    for name in ["bundle.md", "bundle.txt"] {
        let input = Input {
            name,
            bytes: text.as_bytes(),
            copied: None,
        };
        let imported = import_parts(&input, |_| true).unwrap();
        let [one, two] = imported.documents.as_slice() else {
            panic!("{:?}", titles(&imported))
        };
        assert_eq!(one.meta.title, "The river took the lower town");
        assert_eq!(two.meta.title, "The mill stands still");
        assert_eq!(two.meta.authors, ["Bela Orne"]);
        assert_eq!(two.meta.date.unwrap().to_string(), "2031-05-04");
        assert_eq!(two.meta.source.as_str(), "brill-gazette");
        let texts: Vec<&str> = two.passages().map(|passage| passage.text()).collect();
        assert_eq!(texts, ["Nobody grinds there now."]);
        let told = &imported.notices;
        assert!(
            told.iter().any(|notice| notice.line == 10
                && matches!(&notice.kind, NoticeKind::Remark(remark) if remark.contains("front matter"))),
            "{told:?}"
        );
        assert_eq!(import(&input).unwrap().documents.len(), 1);
    }
}

/// One sentence is an article where what divides leaves no doubt.
const SHORT: [&str; 3] = [
    "The lower town stands in water since the bells rang at noon.",
    "Nobody grinds at the mill, and nobody knows who will pay for the wheel.",
    "The trains stop at the halt beyond the hill until the line is dry again.",
];
/// Three sentences, as short reports have.
const REPORT: &str = "The ferry to Port Essel stays in harbour until the wind drops, the company says. Tickets are valid on the next \
     crossing. Nobody was hurt when a rope broke on the pier in the morning.";

#[test]
fn form_feeds_over_heads_of_articles_divide_whatever_the_length() {
    assert_split(
        &format!(
            "The river took the lower town\n\nBy Ada Field\n\n{}\n\u{c}\nThe mill stands still again\n\n5 May 2031\n\n{}\n\u{c}6 May 2031\n\n\
             The trains stop beyond the hill\n\n{}\n",
            SHORT[0], SHORT[1], SHORT[2]
        ),
        &[
            "The river took the lower town",
            "The mill stands still again",
            "The trains stop beyond the hill",
        ],
    );
    // Titles alone are enough where every page opens with one and ends with a sentence.
    assert_split(
        &format!(
            "The river took the lower town\n\n{}\n\u{c}\nThe mill stands still again\n\n{}\n\n{}\n",
            SHORT[0], SHORT[1], SHORT[2]
        ),
        &[
            "The river took the lower town",
            "The mill stands still again",
        ],
    );
}

#[test]
fn pages_of_one_article_are_not_taken_for_articles() {
    let head = "The river took the lower town\n\nBy Ada Field\n\n3 May 2031";
    // A crosshead at the head of a page.
    assert_whole(&format!(
        "{head}\n\n{}\n\nWhat the water left\n\n{}\n\u{c}\nWho will pay for it now\n\n{}\n",
        SHORT[0], SHORT[1], SHORT[2]
    ));
    // A page that ends within a sentence, and numbered sections.
    assert_whole(&format!(
        "{head}\n\nThe lower town stands in\n\u{c}\nWater Lane since noon\n\n{}\n",
        SHORT[1]
    ));
    assert_whole(&format!(
        "{head}\n\n{}\n\u{c}\n2. What the council knew\n\n{}\n",
        SHORT[0], SHORT[1]
    ));
}

#[test]
fn numbers_that_count_up_divide_whatever_the_length() {
    let text = format!(
        "1 of 3 DOCUMENTS\n\nThe river took the lower town\n\nArden Courier\n\n{}\n\n2 of 3 DOCUMENTS\n\nBrill Gazette\n\n5 May 2031\n\n\
         The mill stands still again\n\nBy Bela Orne\n\n{}\n\n3 of 3 DOCUMENTS\n\nThe trains stop beyond the hill.\n\n{}\n",
        SHORT[0], SHORT[1], SHORT[2]
    );
    let (cuts, imported) = read(&text);
    assert_eq!(imported.documents.len(), 3, "{cuts:?}");
    assert_nothing_is_lost(&text, &imported);
    assert_eq!(imported.documents[1].meta.authors, ["Bela Orne"]);
    // A lone number is a link to the next part.
    assert_whole(&format!(
        "The river took the lower town\n\n{}\n\nStory 2 of 3\n\n{}\n",
        SHORT[0], SHORT[1]
    ));
}

#[test]
fn under_a_rule_short_articles_with_heads_are_cut() {
    assert_split(
        &format!(
            "Ferry stays in harbour at Port Essel\n\nBy Ada Field\n\n3 May 2031\n\n{REPORT}\n\n-----\n\nStorm closes the pier at Orrin\n\nBy Bela Orne\n\n\
             4 May 2031\n\n{REPORT}\n"
        ),
        &[
            "Ferry stays in harbour at Port Essel",
            "Storm closes the pier at Orrin",
        ],
    );
    // Not where one has none, nor the entries of a live blog.
    assert_whole(&format!(
        "Ferry stays in harbour at Port Essel\n\nBy Ada Field\n\n{REPORT}\n\n* * *\n\nWhat the pier has seen\n\n{REPORT}\n"
    ));
    let entries: String = (1..6)
        .map(|at| {
            format!(
                "-----\n\nWind at gauge number {at} grows\n\n3 May 2031, 1{at}:05\n\n{REPORT}\n\n"
            )
        })
        .collect();
    assert_whole(&format!(
        "Ferry stays in harbour at Port Essel\n\nBy Ada Field\n\n3 May 2031\n\n{REPORT}\n\n{entries}"
    ));
}

/// Somebody says that a file holds several articles.
struct Several;

impl Means for Several {
    fn evidence(&self) -> Evidence {
        Evidence::Weak
    }

    fn divides(&mut self, _: Division, _: &[Cut]) -> bool {
        true
    }
}

#[test]
fn who_says_that_there_are_several_needs_less_evidence() {
    let titles_of = |text: &str| {
        let input = Input {
            name: "bundle.txt",
            bytes: text.as_bytes(),
            copied: None,
        };
        let imported = import_by(&input, &mut Several).unwrap();
        assert_nothing_is_lost(text, &imported);
        imported.documents.len()
    };
    let bylines = format!(
        "Ferry stays in harbour at Port Essel\n\nBy Ada Field\n\n{REPORT}\n\nStorm closes the pier at Orrin\n\nBy Bela Orne\n\n{REPORT}\n"
    );
    assert_whole(&bylines);
    assert_eq!(titles_of(&bylines), 2);
    let pages = format!(
        "Ferry stays in harbour at Port Essel\n\n{REPORT}\n\nWhat the pier has seen\n\n{REPORT}\n\u{c}\nStorm closes the pier at Orrin\n\n{REPORT}\n"
    );
    assert_whole(&pages);
    assert_eq!(titles_of(&pages), 2);
    // A break within an essay is still none.
    let essay = format!(
        "What the pier has seen\n\nBy Ada Field\n\n{REPORT}\n\n* * *\n\nThe winter of the rope\n\n{REPORT}\n"
    );
    assert_eq!(titles_of(&essay), 1);
}

#[test]
fn what_stands_before_repeated_front_matter_is_cut_as_it_would_be_alone() {
    let numbered = format!(
        "1 of 2 DOCUMENTS\n\nThe dyke at Orrin\n\nBy Ada Field\n\n{}\n\n2 of 2 DOCUMENTS\n\nThe mill at Arden\n\nBy Bo Marsh\n\n{}\n",
        body(0, 2),
        body(7, 2)
    );
    let text = format!(
        "{numbered}\n---\ntitle: The granary at Brill\nauthor: Cy Holt\n---\n\n{}\n",
        body(14, 2)
    );
    let input = Input {
        name: "bundle.txt",
        bytes: text.as_bytes(),
        copied: None,
    };
    let imported = import_by(&input, &mut Several).unwrap();
    assert_eq!(
        titles(&imported),
        [
            "The dyke at Orrin",
            "The mill at Arden",
            "The granary at Brill"
        ]
    );
    let passages = imported
        .documents
        .iter()
        .map(diptych::corpus::Document::len);
    assert_eq!(passages.collect::<Vec<_>>(), [2, 2, 2]);
}
