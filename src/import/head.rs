//! The head of a copy: title, byline, date, source, and what stands around them, until the article begins.
//!
//! Invariant: takes whole blocks only, and none after the article has begun but bylines, dates and titles given again.

use super::block::{self, Block, Fate, ends_sentence};
use super::dates::{DateLine, date_line};
use super::keys::{Key, key_line};
use super::lines::Line;
use super::metadata::{DateUse, Findings};
use super::{address, boilerplate, captions, institutions, people};
use crate::corpus::{Date, Kind};
use std::borrow::Cow;

/// Blocks looked at.
const MAX_BLOCKS: usize = 40;
/// Blocks after the first of the article in which a byline or a date may still stand (a summary often comes before them).
const MAX_BLOCKS_AFTER: usize = 6;
/// A block this long is the article, whatever it ends in.
const BODY_CHARS: usize = 140;
/// A block this long that ends a sentence is the article.
const SENTENCE_CHARS: usize = 80;
/// Longest title.
const TITLE_CHARS: usize = 200;

const ORPHAN: &str = "the caption of a picture that is not in this copy";

/// What one line alone says about the kind of the text.
const KINDS: &str = "opinion editorial analysis commentary interview review feature report news explainer letter essay column obituary \
    meinung kommentar analyse interview reportage leitartikel essay tribune éditorial entretien opinión análisis entrevista editorial \
    intervista commento یادداشت تحلیل مصاحبه گفتگو گزارش رأي تحليل مقابلة";

/// What outlets call themselves, whatever they are: a word of these in a name that stands before a date is no family name there.
const OUTLETS: &str = "courier times post herald gazette tribune chronicle observer guardian telegraph journal news daily weekly press agency     bulletin mirror dispatch examiner inquirer sentinel monitor review magazine radio television tv broadcasting newspaper ledger advertiser echo     zeitung tagblatt tageblatt anzeiger kurier nachrichten rundschau rundfunk presse journal quotidien gazette courrier dépêche hebdo     diario periódico noticias prensa correo gaceta corriere giornale gazzetta notizie jornal folha";

struct Head<'b, 'a> {
    blocks: &'b mut [Block<'a>],
    lines: &'b [Line<'a>],
    copied: Option<Date>,
    found: &'b mut Findings,
    title_at: Option<usize>,
    has_body: bool,
}

/// Reads the head; gives the index of the block that is the title.
pub(super) fn read<'a>(
    blocks: &mut [Block<'a>],
    lines: &[Line<'a>],
    copied: Option<Date>,
    found: &mut Findings,
) -> Option<usize> {
    let mut head = Head {
        blocks,
        lines,
        copied,
        found,
        title_at: None,
        has_body: false,
    };
    let mut after = 0;
    for at in 0..head.blocks.len().min(MAX_BLOCKS) {
        if !head.blocks[at].is_open() {
            head.orphan(at);
            continue;
        }
        if let Some(fate) = head.fate(at) {
            head.blocks[at].fate = fate;
        }
        after += usize::from(head.has_body);
        if after > MAX_BLOCKS_AFTER {
            break;
        }
    }
    head.title_at
}

/// Reads a line under a title that is known: the key of the front matter that it states, where it says by whom or when the text
/// was published.
pub(super) fn statement(
    line: &Line<'_>,
    copied: Option<Date>,
    found: &mut Findings,
) -> Option<&'static str> {
    let mut blocks = block::blocks(std::slice::from_ref(line)).blocks;
    let lines = std::slice::from_ref(line);
    let mut head = Head {
        blocks: &mut blocks,
        lines,
        copied,
        found,
        title_at: Some(0),
        has_body: false,
    };
    let text = line.text;
    let fate = head
        .key(0, text)
        .or_else(|| head.outlet(0, text))
        .or_else(|| head.byline(0, text))
        .or_else(|| head.date(0, text));
    match fate {
        Some(Fate::Used(key)) => Some(key),
        Some(Fate::LeftOut(_) | Fate::Text(_) | Fate::Image | Fate::Caption) | None => None,
    }
}

impl Head<'_, '_> {
    fn line(&self, at: usize) -> u32 {
        self.lines
            .get(self.blocks[at].lines.start)
            .map_or(0, |line| line.number)
    }

    /// What becomes of block `at`; `None` where it stays text.
    fn fate(&mut self, at: usize) -> Option<Fate> {
        let text = self.blocks[at].text.clone();
        let text = text.trim_matches(['*', '_']).trim();
        let statement = self
            .again(at, text)
            .or_else(|| self.key(at, text))
            .or_else(|| self.outlet(at, text))
            .or_else(|| self.byline(at, text))
            .or_else(|| self.date(at, text));
        if statement.is_some() || self.has_body {
            return statement;
        }
        let other = self.leftover(at, text).or_else(|| self.title(at, text));
        if other.is_none() {
            let chars = text.chars().count();
            self.has_body = chars >= BODY_CHARS || (chars >= SENTENCE_CHARS && ends_sentence(text));
        }
        other
    }

    /// The title given again, or with the site's name.
    fn again(&self, _at: usize, text: &str) -> Option<Fate> {
        let title = self.found.title.as_deref()?;
        let same = text.len() <= title.len() * 3 && folded(text) == folded(title);
        same.then_some(Fate::LeftOut(Cow::Borrowed("the title again")))
    }

    fn key(&mut self, at: usize, text: &str) -> Option<Fate> {
        let (key, value) = key_line(text)?;
        let line = self.line(at);
        if value.is_empty() {
            return Some(Fate::LeftOut(Cow::Borrowed(
                "a label with nothing after it",
            )));
        }
        if value.chars().count() > TITLE_CHARS {
            return None;
        }
        // In running text only what cannot be a sentence of the article counts.
        if self.has_body && !matches!(key, Key::Author | Key::Date | Key::Source | Key::Url) {
            return None;
        }
        let used = |name| Some(Fate::Used(name));
        match key {
            Key::Title if self.title_at.is_none() => {
                self.found.title = Some(value.to_owned());
                self.title_at = Some(at);
                used("title")
            }
            Key::Author => {
                let authors = people::names(value);
                if authors.is_empty() {
                    return None;
                }
                self.add_authors(authors);
                used("authors")
            }
            Key::From => self.sender(value),
            Key::Date => {
                let stated = date_line(value)?;
                let updated = stated.updated || names_change(text);
                Some(self.use_date(line, text, &DateLine { updated, ..stated }))
            }
            Key::Source if value.split_whitespace().count() > 8 || ends_sentence(value) => None,
            Key::Source => {
                self.found.offer_source(value);
                if address::is_address(value) {
                    self.found.offer_url(line, value);
                }
                used("source")
            }
            Key::Url if address::is_address(value) => {
                self.found.offer_url(line, value);
                used("url")
            }
            Key::Language if value.split_whitespace().count() == 1 && value.len() == 2 => {
                self.found.language = Some(value.to_lowercase());
                used("language")
            }
            Key::Mail if self.has_sender_or_subject(at) => {
                Some(Fate::LeftOut(Cow::Borrowed("a header line of an e-mail")))
            }
            Key::Labels => Some(Fate::LeftOut(Cow::Borrowed("labels given by the site"))),
            Key::Title | Key::Url | Key::Language | Key::Mail => None,
        }
    }

    /// `Ann Example <ann@example.org>`
    fn sender(&mut self, value: &str) -> Option<Fate> {
        let name = value
            .split('<')
            .next()
            .unwrap_or_default()
            .trim()
            .trim_matches('"');
        let is_sender = value.contains('@') || (people::is_name(name) && value == name);
        if !is_sender {
            return None;
        }
        let authors = people::names(name);
        if authors.is_empty() {
            return Some(Fate::LeftOut(Cow::Borrowed("a header line of an e-mail")));
        }
        self.add_authors(authors);
        Some(Fate::Used("authors"))
    }

    /// Whether a line beside `at` is an e-mail's "From" or "Subject".
    fn has_sender_or_subject(&self, at: usize) -> bool {
        let near = &self.blocks[at.saturating_sub(8)..self.blocks.len().min(at + 9)];
        near.iter().any(|block| matches!(key_line(&block.text), Some((Key::From, value)) if value.contains('@')))
    }

    fn byline(&mut self, at: usize, text: &str) -> Option<Fate> {
        if text.len() > TITLE_CHARS || ends_sentence(text) {
            return None;
        }
        // Before there is a title, a line that opens with "Von" or "Par" could be one.
        let is_english = text
            .get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("by "));
        if self.found.title.is_none() && !is_english {
            return None;
        }
        let dated = date_line(text);
        let authors = match &dated {
            Some(date) if !date.before.is_empty() => {
                people::byline(date.before).or_else(|| self.bare_name(at, date.before, true))
            }
            Some(_) => None,
            None => people::byline(text).or_else(|| self.bare_name(at, text, false)),
        }?;
        self.add_authors(authors);
        if let Some(date) = dated {
            let line = self.line(at);
            self.use_date(line, text, &date);
        }
        Some(Fate::Used("authors"))
    }

    /// A name alone on its line: only where a date or a role stands beside it.
    fn bare_name(&self, at: usize, text: &str, has_date: bool) -> Option<Vec<String>> {
        let words = text.split_whitespace().count();
        if self.found.title.is_none()
            || !self.found.authors.is_empty()
            || !(2..=4).contains(&words)
            || !people::is_name(text)
        {
            return None;
        }
        let is_sign = |block: &Block<'_>| {
            people::is_role(&block.text)
                || date_line(&block.text).is_some_and(|date| date.before.is_empty())
        };
        let next = self.blocks.get(at + 1).is_some_and(is_sign);
        let before = at
            .checked_sub(1)
            .is_some_and(|at| matches!(self.blocks[at].fate, Fate::Used("date")));
        (has_date || next || before).then(|| vec![text.to_owned()])
    }

    fn add_authors(&mut self, authors: Vec<String>) {
        for author in authors {
            if !self.found.authors.contains(&author) {
                self.found.authors.push(author);
            }
        }
    }

    /// `Varnholt Courier, 14 March 2026`: who published it, and when. What stands before the date is an outlet where it is named as
    /// outlets are, or where the author is known already and it has no role to be in but that.
    fn outlet(&mut self, at: usize, text: &str) -> Option<Fate> {
        if self.has_body || self.found.title.is_none() || self.found.source.is_some() {
            return None;
        }
        let date = date_line(text).filter(|date| date.on.is_none())?;
        let name = date
            .before
            .trim_end_matches([',', '|', '·', '•', '—', '–', '-', ' ']);
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
        let is_joined = |word: &&str| word.chars().count() <= 3;
        let is_name = (1..=5).contains(&words.len())
            && words.first().is_some_and(is_capital)
            && words.iter().all(|word| is_capital(word) || is_joined(word))
            && people::byline(name).is_none();
        let is_named_so = words.iter().any(|word| {
            let word = word.to_lowercase();
            OUTLETS.split_whitespace().any(|kind| kind == word)
        });
        let has_author = !self.found.authors.is_empty() && words.len() > 1;
        if !is_name || !(is_named_so || has_author) {
            return None;
        }
        let name = name.to_owned();
        self.found.offer_source(&name);
        let line = self.line(at);
        self.use_date(line, text, &date);
        Some(Fate::Used("source"))
    }

    fn date(&mut self, at: usize, text: &str) -> Option<Fate> {
        let date = date_line(text).filter(|date| date.before.is_empty())?;
        Some(self.use_date(self.line(at), text, &date))
    }

    fn use_date(&mut self, line: u32, text: &str, date: &DateLine<'_>) -> Fate {
        if let Some(name) = date.on {
            let lower = text.to_lowercase();
            let says_first = ["originally", "first ", "zuerst", "previously"]
                .iter()
                .any(|word| lower.contains(word));
            if says_first || address::host(name).is_some() {
                self.found.published_on = Some((line, name.to_owned()));
            } else {
                self.found
                    .remark(line, name, "stands beside the date; not used");
            }
        }
        match self
            .found
            .offer_date(line, text, date.when, date.updated, self.copied)
        {
            DateUse::Taken => Fate::Used("date"),
            DateUse::Not(reason) => Fate::LeftOut(Cow::Borrowed(reason)),
        }
    }

    /// A caption above the article whose picture was not copied.
    fn orphan(&mut self, at: usize) {
        let block = &mut self.blocks[at];
        if !self.has_body && block.fate == Fate::Image && !address::is_picture(&block.text) {
            block.leave_out(ORPHAN);
        }
    }

    /// Lines of the head that are neither title nor article.
    fn leftover(&mut self, at: usize, text: &str) -> Option<Fate> {
        let left_out = |reason| Some(Fate::LeftOut(Cow::Borrowed(reason)));
        if !text.contains(char::is_alphanumeric) {
            return left_out("marks with nothing to them");
        }
        if address::is_address(text) {
            let line = self.line(at);
            self.found.offer_url(line, text);
            return Some(Fate::Used("url"));
        }
        if people::is_role(text) {
            let has_name = at
                .checked_sub(1)
                .is_some_and(|at| self.blocks[at].fate == Fate::Used("authors"));
            return left_out(if has_name {
                "what the author does"
            } else {
                "what the author does, without a name"
            });
        }
        if captions::is_head_caption(text) {
            let has_picture = at
                .checked_sub(1)
                .is_some_and(|at| self.blocks[at].fate == Fate::Image);
            return if has_picture {
                Some(Fate::Caption)
            } else {
                left_out(ORPHAN)
            };
        }
        if self.found.title.is_none() && self.next_is_title_like(at) {
            return self.institution(at, text).or_else(|| self.kicker(text));
        }
        None
    }

    /// `MINISTRY OF TRANSPORT` over the title of what it says: the publisher. A headline in capitals may hold the same words
    /// (`MAYOR SUES COUNCIL`), so the text has to give the line as a name again, or it has the shape of such a name and of
    /// nothing else.
    fn institution(&mut self, at: usize, text: &str) -> Option<Fate> {
        if !institutions::is_one(text) || self.found.source.is_some() {
            return None;
        }
        let rest = self.blocks[at + 1..].iter();
        let named = rest
            .take(MAX_BLOCKS)
            .find_map(|block| institutions::named(text, &block.text));
        let is_next_large = self.blocks[at + 1..]
            .iter()
            .find(|block| block.is_open())
            .is_some_and(|block| !block.text.contains(char::is_lowercase));
        match named {
            Some(name) => self.found.offer_source(name),
            None if institutions::is_bare_name(text) && !is_next_large => {
                self.found.offer_source(text);
            }
            None => return None,
        }
        Some(Fate::Used("source"))
    }

    /// What stands over a title: `OPINION`, `Home > World`.
    fn kicker(&mut self, text: &str) -> Option<Fate> {
        let lower = text.to_lowercase();
        if is_kind(text) {
            self.found.kind.get_or_insert(lower);
            return Some(Fate::Used("kind"));
        }
        let has_arrows = [" > ", " » ", " › "].iter().any(|mark| text.contains(mark));
        let is_section = text.split_whitespace().count() <= 2
            && text.chars().any(char::is_uppercase)
            && !text.chars().any(char::is_lowercase);
        (has_arrows || is_section)
            .then_some(Fate::LeftOut(Cow::Borrowed("the section of the site")))
    }

    fn next_is_title_like(&self, at: usize) -> bool {
        let next = self.blocks[at + 1..].iter().find(|block| block.is_open());
        next.is_some_and(|block| {
            let words = block.text.split_whitespace().count();
            (3..=25).contains(&words)
                && !ends_sentence(&block.text)
                && date_line(&block.text).is_none()
                && people::byline(&block.text).is_none()
        })
    }

    fn title(&mut self, at: usize, text: &str) -> Option<Fate> {
        if self.found.title.is_some() || !self.is_title_like(at, text) {
            return None;
        }
        let line = self.line(at);
        let (title, site) = self.without_site(at, text);
        if let Some(site) = site {
            self.found.infer_source(
                line,
                site,
                "stands behind the title, as in the title of a browser window",
            );
        }
        self.found.title = Some(title.to_owned());
        self.title_at = Some(at);
        Some(Fate::Used("title"))
    }

    fn is_title_like(&self, at: usize, text: &str) -> bool {
        let chars = text.chars().count();
        let rest = &self.blocks[at + 1..];
        let has_article = rest.iter().any(Block::is_open);
        if chars > TITLE_CHARS
            || !has_article
            || text.ends_with([',', ':', ';', '،', '؛', '-', '–', '—'])
            || text.starts_with('(')
        {
            return false;
        }
        if key_line(text).is_some() {
            return false;
        }
        // A speaker's turn, a line of a log: the same label comes again.
        if let Some((label, _)) = super::keys::split(text) {
            let again = rest.iter().take(60).any(|block| {
                super::keys::split(&block.text).is_some_and(|(other, _)| other == label)
            });
            if again {
                return false;
            }
        }
        let is_given_again = || {
            let title = folded(text);
            rest.iter()
                .take(8)
                .any(|block| block.text.len() <= text.len() * 3 && folded(&block.text) == title)
        };
        let is_question = text.ends_with(['?', '؟', '!']);
        if !ends_sentence(text) {
            return true;
        }
        let next = rest
            .iter()
            .find(|block| !matches!(block.fate, Fate::LeftOut(_)));
        let before_statement = next.is_some_and(|block| {
            people::byline(&block.text).is_some()
                || date_line(&block.text).is_some_and(|date| date.before.is_empty())
                || key_line(&block.text).is_some()
        });
        chars <= 120 && (is_question || before_statement || is_given_again())
    }

    /// `Title | Site` where the title comes again without the site, or where a bar leaves no doubt.
    fn without_site<'t>(&self, at: usize, text: &'t str) -> (&'t str, Option<&'t str>) {
        for mark in [" | ", " - ", " – ", " — ", " · ", " • "] {
            let Some((title, site)) = text.rsplit_once(mark) else {
                continue;
            };
            let again = folded(title);
            let is_again = self.blocks[at + 1..]
                .iter()
                .take(8)
                .any(|block| block.text.len() <= text.len() * 3 && folded(&block.text) == again);
            let is_short =
                site.split_whitespace().count() <= 5 && title.split_whitespace().count() >= 2;
            if is_short && (is_again || mark == " | ") {
                return (title.trim(), Some(site.trim()));
            }
        }
        (text, None)
    }
}

/// Whether the key of a key line is that of a later change.
fn names_change(text: &str) -> bool {
    let key = text.split([':', '：']).next().unwrap_or_default();
    key.to_lowercase().contains("updated")
}

/// Whether a line says no more than of what kind a text is: `OPINION`.
pub(super) fn is_kind(text: &str) -> bool {
    let lower = text.to_lowercase();
    KINDS.split_whitespace().any(|kind| kind == lower)
}

/// Letters and figures only, in lower case: titles differ in quotation marks and spaces.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether block text is a page's own; for the head every doubtful word is.
pub(super) fn is_edge_furniture(text: &str, buffer: &mut String) -> Option<&'static str> {
    match boilerplate::verdict(text, buffer)? {
        boilerplate::Verdict::Sure(reason) | boilerplate::Verdict::Maybe(reason) => Some(reason),
    }
}

/// Kind of an open block.
pub(super) const OPEN: Fate = Fate::Text(Kind::Paragraph);
