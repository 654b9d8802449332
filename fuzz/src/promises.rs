//! What must hold of any document, however it came about.

use diptych::analysis::alignment::{self, Decisions};
use diptych::analysis::copies;
use diptych::analysis::evidence::{self, Readings};
use diptych::analysis::watch::Watch;
use diptych::analysis::{self};
use diptych::app::{App, Known, Opening, Settings};
use diptych::corpus::{Corpus, Document, DocumentId, Meta, PassageDraft, PassageId, markdown};
use diptych::import::Imported;
use diptych::view;
use diptych::view::theme::{Background, Depth, Theme};
use ratatui::buffer::Buffer;

/// Documents of one file that are looked at: a feed may have thousands.
const MOST_DOCUMENTS: usize = 4;

/// Of what a file became.
pub fn of_imported(imported: &Imported) {
    assert!(!imported.documents.is_empty());
    for document in &imported.documents {
        let mut end = 0;
        for passage in document.passages() {
            assert!(passage.span().start >= end, "passages are in order");
            end = passage.span().end;
            assert!(document.text().get(passage.span().range()).is_some());
        }
    }
    for document in imported.documents.iter().take(MOST_DOCUMENTS) {
        is_read_back(document);
    }
    draws(
        imported
            .documents
            .iter()
            .take(MOST_DOCUMENTS)
            .cloned()
            .collect(),
    );
}

/// What is written is read back the same, but for U+0000, which no Markdown file can hold.
pub fn is_read_back(document: &Document) {
    let written = markdown::write(document);
    let (again, _) = markdown::read(document.id.clone(), "a.md", &written);
    for (read, meant) in again.passages().zip(document.passages()) {
        let meant = meant.text().replace('\0', "\u{fffd}");
        assert_eq!(read.text(), meant, "{written:?}");
    }
    assert_eq!(again.len(), document.len(), "{written:?}");
}

/// The reader opens them, and no cell commands a terminal.
pub fn draws(documents: Vec<Document>) {
    let opening = Opening {
        corpus: Corpus {
            language: "en".to_owned(),
            documents,
            ..Corpus::default()
        },
        whole: None,
        known: Known::Nothing,
        perspectives: Vec::new(),
        notice: None,
        decisions: Decisions::default(),
        settings: Settings::default(),
    };
    let (mut app, _) = App::new(opening, 100, 30);
    show(&mut app);
}

/// Draws a frame and looks at each cell.
pub fn show(app: &mut App) {
    app.prepare();
    let mut buffer = Buffer::empty(app.screen.size);
    view::draw(
        app,
        &Theme::new(Depth::True, Background::Unknown),
        &mut buffer,
    );
    for cell in buffer.content() {
        assert!(
            !cell.symbol().contains(char::is_control),
            "{:?}",
            cell.symbol()
        );
    }
}

/// Documents of a text: a line that is a form feed alone begins another, a blank line another passage.
pub fn documents(text: &str) -> Vec<Document> {
    let languages = ["", "en", "de", "fa", "zh", "fr"];
    let document = |(at, text): (usize, &str)| {
        let meta = Meta {
            title: format!("document {at}"),
            source: format!("source-{}", at % 3).as_str().into(),
            language: languages[(at + text.len()) % languages.len()].to_owned(),
            ..Meta::default()
        };
        let mut document = Document::new(DocumentId::from(format!("d{at}")), meta);
        for text in text.split("\n\n").filter(|text| !text.trim().is_empty()) {
            document.push(PassageDraft {
                text: text.to_owned(),
                ..PassageDraft::default()
            });
        }
        document
    };
    text.split("\n\u{c}\n")
        .take(8)
        .enumerate()
        .map(document)
        .collect()
}

/// Every analysis comes to an end and points into the texts.
pub fn is_analysed(bytes: &[u8]) {
    let documents = documents(&String::from_utf8_lossy(bytes));
    let passages = |at: usize| -> Vec<PassageId> {
        let count = documents.get(at).map_or(0, Document::len);
        (0..count)
            .map(|passage| PassageId {
                document: at,
                passage,
            })
            .collect()
    };
    let sides = [passages(0), passages(1)];
    let watch = Watch::NOBODY;
    let copies = copies::find(&documents, watch).expect("nobody stops it");
    let comparison = alignment::compare(
        &documents,
        "en",
        &sides[0],
        &sides[1],
        &Decisions::default(),
        watch,
    );
    assert!(comparison.is_some());
    let asked = evidence::Asked {
        documents: &documents,
        language: "en",
        namings: &[],
        sides: &sides,
        options: evidence::Options::default(),
        copies: &copies,
        readings: &Readings::default(),
    };
    assert!(evidence::gather(&asked, watch).is_some());
    let corpus = Corpus {
        language: "en".to_owned(),
        documents,
        ..Corpus::default()
    };
    let _ = analysis::topics_of(&corpus);
}
