//! Plain text as people copy it from web pages, mails and papers.
//!
//! Invariant: works on whole blocks (see `block.rs`); each is given one fate, and a line follows its block. So no line can
//! get lost or stand twice.

use super::block::{self, Block, Fate, Layout};
use super::boilerplate::{self, Verdict};
use super::lines::Line;
use super::metadata::Findings;
use super::{
    Input, Notice, NoticeKind, address, captions, dates, ending, head, heading, interview, slug,
};
use crate::corpus::{Document, DocumentId, Kind, PassageDraft, Source};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Words of a title made of the first sentence, at most, and characters.
const MADE_TITLE_WORDS: usize = 10;
const MADE_TITLE_CHARS: usize = 70;

/// Reads a text, its lines put together: the document, its source, and what became of the lines that are in no passage.
pub(super) fn read<'a>(
    input: &Input<'_>,
    lines: &[Line<'a>],
    layout: Layout<'a>,
) -> (Document, Source, Vec<Notice>) {
    let Layout {
        mut blocks,
        width,
        mended,
    } = layout;
    let mut found = Findings::default();
    remark_layout(width, mended, &mut found);
    mark(&mut blocks);
    let title_at = head::read(&mut blocks, lines, input.copied, &mut found);
    ending::read(&mut blocks, lines, &mut found);
    edges(&mut blocks);
    numbers(&mut blocks);
    if let Some(at) = title_at.filter(|_| {
        !blocks
            .iter()
            .any(|block| matches!(block.fate, Fate::Text(_)))
    }) {
        // A text of one line: better its title twice than no text.
        blocks[at].fate = head::OPEN;
    }
    pictures(&mut blocks, lines, &mut found);
    dateline(&blocks, lines, input, &mut found);
    found.settle_published_on();
    let title = found
        .title
        .take()
        .unwrap_or_else(|| made_title(&blocks, lines, input, &mut found));

    let conversation = interview::find(&blocks, &title);
    heading::mark(&mut blocks, |at| {
        conversation
            .as_ref()
            .is_some_and(|interview| interview.holds(at))
    });
    for (at, text) in heading::repeated(&blocks) {
        found.remark(
            lines[blocks[at].lines.start].number,
            text,
            "this heading stands twice: the file may hold several articles, or one twice",
        );
    }
    if let Some(interview) = &conversation {
        interview::spread(&mut blocks, interview);
        for guess in &interview.guesses {
            found.remark(0, "", guess.as_str());
        }
        found.kind.get_or_insert_with(|| "interview".to_owned());
    }

    let mut notices = std::mem::take(&mut found.remarks);
    let (meta, source) = found.into_meta(title);
    let mut document = Document::new(DocumentId::from(slug(&meta.title)), meta);
    let voices = conversation
        .map(|interview| interview.voices)
        .unwrap_or_default();
    write(&mut document, blocks, lines, &voices, &mut notices);
    (document, source, notices)
}

/// Says what was done to the lines.
fn remark_layout(width: Option<usize>, mended: usize, found: &mut Findings) {
    if let Some(width) = width {
        found.remark(
            0,
            "",
            format!("lines broken at about {width} columns were joined to paragraphs"),
        );
    }
    if mended > 0 {
        found.remark(
            0,
            "",
            match mended {
                1 => "a word divided at a line end was put together".to_owned(),
                _ => format!("{mended} words divided at line ends were put together"),
            },
        );
    }
}

/// What a block is by its own looks: bullets, rules, pictures, the page's own lines.
fn mark(blocks: &mut [Block<'_>]) {
    let mut buffer = String::new();
    for block in blocks.iter_mut().filter(|block| block.is_open()) {
        let text = &*block.text;
        if let Some(fate) = looks(text, &mut buffer) {
            block.fate = fate;
        } else if let Some(skip) = block::bullet(text).filter(|skip| *skip < text.len()) {
            block.skip = skip;
            block.fate = Fate::Text(Kind::Bullet {
                depth: (block.indent / 4).min(8) as u8,
            });
        }
    }
    for at in 1..blocks.len() {
        let follows_picture = blocks[at - 1].fate == Fate::Image;
        let block = &blocks[at];
        if block.is_open() && captions::is_caption(&block.text) {
            // Without a picture the caption still says something: it stays, as a picture without an address.
            blocks[at].fate = if follows_picture {
                Fate::Caption
            } else {
                Fate::Image
            };
        } else if follows_picture
            && block.is_open()
            && !block.gap
            && blocks.get(at + 1).is_some_and(|next| next.gap)
            && block.text.len() <= 300
        {
            blocks[at].fate = Fate::Caption;
        }
    }
}

fn looks(text: &str, buffer: &mut String) -> Option<Fate> {
    let left_out = |reason| Some(Fate::LeftOut(Cow::Borrowed(reason)));
    if text.len() > 2000 {
        return None;
    }
    if !text.chars().any(is_visible) {
        return left_out("nothing visible in it");
    }
    if block::bullet(text) == Some(text.len()) {
        return left_out("an empty list entry");
    }
    if is_rule(text) {
        return Some(Fate::Text(Kind::Rule));
    }
    if address::is_picture(text) {
        return Some(Fate::Image);
    }
    match boilerplate::verdict(text, buffer)? {
        Verdict::Sure(reason) => left_out(reason),
        Verdict::Maybe(_) => None,
    }
}

fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// A line of one mark only: `-----`, `* * *`.
pub(super) fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next() else {
        return false;
    };
    matches!(
        first,
        '-' | '–' | '—' | '_' | '=' | '*' | '~' | '⁂' | '─' | '━'
    ) && marks.clone().count() >= 2
        && marks.all(|c| c == first)
}

/// Doubtful words of the page: out where they stand at an edge or beside lines left out; those of buttons also where they come back.
pub(super) fn edges(blocks: &mut [Block<'_>]) {
    let mut buffer = String::new();
    let mut times: HashMap<String, usize> = HashMap::new();
    let mut doubtful = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if block.is_open()
            && block.text.len() <= boilerplate::MAX_DOUBTFUL
            && let Some(Verdict::Maybe(reason)) = boilerplate::verdict(&block.text, &mut buffer)
        {
            *times.entry(buffer.clone()).or_default() += 1;
            doubtful.push((at, reason, buffer.clone()));
        }
    }
    let is_doubtful: HashSet<usize> = doubtful.iter().map(|(at, ..)| *at).collect();
    let is_out = |at: usize| {
        let left_out = |block: &Block<'_>| matches!(block.fate, Fate::LeftOut(_));
        is_doubtful.contains(&at) || blocks.get(at).is_none_or(left_out)
    };
    let is_gone = |at: usize, reason: &str, word: &str| {
        let before = at.checked_sub(1).is_none_or(is_out);
        let after = is_out(at + 1);
        let comes_back = times.get(word).is_some_and(|times| *times > 1);
        // What could be a crosshead is one where the article goes on after it.
        after || (boilerplate::recurs(reason) && (before || comes_back))
    };
    let gone: Vec<(usize, &'static str)> = doubtful
        .iter()
        .filter(|(at, reason, word)| is_gone(*at, reason, word))
        .map(|(at, reason, _)| (*at, *reason))
        .collect();
    for (at, reason) in gone {
        blocks[at].leave_out(reason);
    }
}

/// Numbered lists: a number counts where the one before or after it stands beside it.
fn numbers(blocks: &mut [Block<'_>]) {
    let numbered: Vec<Option<(u16, usize)>> = blocks
        .iter()
        .map(|block| {
            if block.is_open() {
                block::numbered(&block.text)
            } else {
                None
            }
        })
        .collect();
    for at in 0..blocks.len() {
        let Some((number, skip)) = numbered[at] else {
            continue;
        };
        let is_near = |other: Option<&Option<(u16, usize)>>, wanted: Option<u16>| {
            other.is_some_and(|other| other.map(|(number, _)| number) == wanted)
        };
        let follows = number > 1 && at > 0 && is_near(numbered.get(at - 1), number.checked_sub(1));
        if follows || is_near(numbered.get(at + 1), number.checked_add(1)) {
            blocks[at].skip = skip;
            let depth = (blocks[at].indent / 4).min(8) as u8;
            blocks[at].fate = Fate::Text(Kind::Numbered { depth, number });
        }
    }
}

/// What the addresses of the pictures tell, where the text does not say who published it and when.
fn pictures(blocks: &mut [Block<'_>], lines: &[Line<'_>], found: &mut Findings) {
    let pictures: Vec<&Block<'_>> = blocks
        .iter()
        .filter(|block| block.fate == Fate::Image && address::is_picture(&block.text))
        .collect();
    let Some(first) = pictures.first() else {
        return;
    };
    let line = lines[first.lines.start].number;
    let host = address::host(&first.text);
    if let Some(host) = host.filter(|host| {
        pictures
            .iter()
            .all(|block| address::host(&block.text).as_ref() == Some(host))
    }) {
        found.infer_source(line, &host, "the host of its pictures");
    }
    let date = address::date(&first.text);
    if pictures
        .iter()
        .all(|block| address::date(&block.text) == date)
    {
        found.infer_date(
            line,
            &first.text,
            date,
            "folders in the addresses of its pictures",
        );
    }
}

/// What stands before the first dash of an agency's report.
pub(super) struct Dateline<'a> {
    /// All of it.
    pub text: &'a str,
    /// The agency, in brackets.
    pub agency: Option<&'a str>,
}

/// The dateline that a paragraph opens with.
pub(super) fn dateline_of(text: &str) -> Option<Dateline<'_>> {
    let end = [" — ", " – ", " - ", " -- ", "— ", ": "]
        .iter()
        .filter_map(|dash| text.find(dash))
        .min()
        .filter(|end| *end <= 90)?;
    let start = text.get(..end)?;
    let agency = start
        .strip_suffix(')')
        .and_then(|start| start.rsplit_once('('))
        .map(|(_, agency)| agency.trim());
    let agency = agency.filter(|agency| {
        agency.chars().count() <= 30
            && agency.split_whitespace().count() <= 3
            && agency.chars().any(char::is_alphabetic)
    });
    let place = start.split([',', '(']).next().unwrap_or_default().trim();
    let is_place = place.chars().count() >= 3
        && !place.chars().any(char::is_lowercase)
        && place.chars().any(char::is_alphabetic);
    if agency.is_none() && !is_place {
        return None;
    }
    Some(Dateline {
        text: start,
        agency,
    })
}

/// `EXAMPLETOWN, Jan. 8 (Agency) —` at the start of the first paragraph: stays in the text, and tells what is not stated.
pub(super) fn dateline(
    blocks: &[Block<'_>],
    lines: &[Line<'_>],
    input: &Input<'_>,
    found: &mut Findings,
) {
    let Some(block) = blocks
        .iter()
        .find(|block| block.is_open() && block.text.len() > 60)
    else {
        return;
    };
    let line = lines[block.lines.start].number;
    let Some(Dateline {
        text: start,
        agency,
    }) = dateline_of(&block.text)
    else {
        return;
    };
    if let Some(agency) = agency {
        found.infer_source(line, agency, "the agency named in the dateline");
    }
    if found.date.is_none()
        && let Some(when) = dates::first(start)
    {
        match when.resolve(input.copied) {
            Some(date) => found.infer_date(line, start, Some(date), "the dateline"),
            None => found.remark(
                line,
                start,
                "the dateline gives a day without a year, and the day of the copy is not known",
            ),
        }
    }
}

/// A title for a text that states none: the first words of its first sentence, else the file's name.
pub(super) fn made_title(
    blocks: &[Block<'_>],
    lines: &[Line<'_>],
    input: &Input<'_>,
    found: &mut Findings,
) -> String {
    let first = blocks
        .iter()
        .find(|block| block.is_open() && block.text.chars().any(char::is_alphanumeric));
    let Some(block) = first else {
        return input.name.to_owned();
    };
    let mut title = String::new();
    let mut words = block.body().split_whitespace().peekable();
    let mut taken = 0;
    while let Some(word) = words.next_if(|word| {
        taken < MADE_TITLE_WORDS && title.chars().count() + word.chars().count() < MADE_TITLE_CHARS
    }) {
        if taken > 0 {
            title.push(' ');
        }
        title.push_str(word);
        taken += 1;
    }
    if taken == 0 {
        title.extend(block.body().chars().take(MADE_TITLE_CHARS));
    }
    if words.peek().is_some() {
        let kept = title.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        title.truncate(kept);
        title.push('…');
    }
    found.remark(
        lines[block.lines.start].number,
        &title,
        "no title is stated: made of the first words",
    );
    title
}

fn write(
    document: &mut Document,
    blocks: Vec<Block<'_>>,
    lines: &[Line<'_>],
    voices: &[String],
    notices: &mut Vec<Notice>,
) {
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let mut draft = PassageDraft {
            voice: block
                .voice
                .and_then(|voice| voices.get(usize::from(voice)))
                .cloned(),
            ..PassageDraft::default()
        };
        let kind = match block.fate {
            Fate::Text(kind) => {
                draft.kind = kind;
                if kind != Kind::Rule {
                    draft.text = match block.text {
                        Cow::Owned(text) if block.skip == 0 => text,
                        text => text.get(block.skip..).unwrap_or_default().to_owned(),
                    };
                }
                document.push(draft);
                continue;
            }
            Fate::Image | Fate::Caption => {
                draft.kind = Kind::Image;
                draft.voice = None;
                if address::is_picture(&block.text) {
                    draft.address = Some(block.text.into_owned());
                    draft.text = blocks
                        .next_if(|next| next.fate == Fate::Caption)
                        .map(|next| next.text.into_owned())
                        .unwrap_or_default();
                } else {
                    // As the corpus' reader gives a picture without an address.
                    draft.address = Some(String::new());
                    draft.text = block.text.into_owned();
                }
                document.push(draft);
                continue;
            }
            Fate::LeftOut(reason) => NoticeKind::LeftOut(reason.into_owned()),
            Fate::Used(key) => NoticeKind::Used(key),
        };
        for line in &lines[block.lines] {
            notices.push(Notice {
                line: line.number,
                text: line.text.to_owned(),
                kind: kind.clone(),
            });
        }
    }
}
