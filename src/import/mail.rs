//! Mail: a message (`.eml`) or a mailbox (mbox), a message a document. Newsletters come like this.
//!
//! Invariant: of a message its body is the text; headers become metadata, attachments are listed and not opened.

use super::feed::{ENTRY_KEY, paragraphs};
use super::html::{self, Stated};
use super::{Input, Notice, NoticeKind, address, guard, people};
use crate::corpus::{Date, Document, Source};
use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

/// Bytes of a mailbox, and of a message.
pub(super) const MAX_BYTES: usize = 512 << 20;
const MAX_MESSAGE: usize = 64 << 20;
/// Messages of a mailbox.
const MAX_MESSAGES: usize = 20_000;
/// Attachments listed of a message.
const MAX_ATTACHMENTS: usize = 50;
/// Quotes in quotes that are told apart.
const MAX_QUOTE_DEPTH: usize = 8;
/// Lines of a signature; more are a text.
const MAX_SIGNATURE_LINES: usize = 12;
/// Longest line of headers that is looked at to tell mail, and lines.
const HEAD_BYTES: usize = 16 << 10;

/// Why mail is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No message of it has text.
    Empty,
    /// It breaks a bound.
    TooMuch(&'static str),
}

/// Whether a file is mail: told by headers that only mail has, at its start.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let is_box = bytes.starts_with(b"From ");
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let head = String::from_utf8_lossy(head);
    let (mut marks, mut names) = (0, 0);
    for line in head.lines().skip(usize::from(is_box)) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        let name = name.trim().to_ascii_lowercase();
        if name.contains(char::is_whitespace) {
            return false;
        }
        names += usize::from(matches!(name.as_str(), "from" | "subject" | "date" | "to"));
        marks += usize::from(matches!(
            name.as_str(),
            "message-id"
                | "mime-version"
                | "received"
                | "return-path"
                | "delivered-to"
                | "content-type"
                | "dkim-signature"
                | "list-unsubscribe"
        ));
    }
    names >= 2 && (marks >= 1 || is_box)
}

/// Reads a message or a mailbox.
pub(super) fn read(input: &Input<'_>) -> Result<Vec<(Document, Source, Vec<Notice>)>, Refusal> {
    if input.bytes.len() > MAX_BYTES {
        return Err(Refusal::TooMuch(
            "a mailbox larger than 512 MB; import parts of it",
        ));
    }
    let messages = messages(input.bytes);
    if messages.len() > MAX_MESSAGES {
        return Err(Refusal::TooMuch(
            "a mailbox of more than 20000 messages; import parts of it",
        ));
    }
    let mut documents = Vec::new();
    let mut unread = 0;
    for message in &messages {
        let read = guard::call(|| document(input, message)).flatten();
        match read {
            Some(read) => documents.push(read),
            None => unread += 1,
        }
    }
    let Some((_, _, notices)) = documents.first_mut() else {
        return Err(Refusal::Empty);
    };
    if unread > 0 {
        notices.push(Notice::remark(
            0,
            "",
            format!("{unread} messages of the mailbox have no text that can be read"),
        ));
    }
    Ok(documents)
}

/// The messages of a mailbox: each begins with a line `From ADDRESS DATE` after an empty one, and a `>` before such a line in the text
/// is not the text's. A file that is no mailbox is one message.
fn messages(bytes: &[u8]) -> Vec<Vec<u8>> {
    if !bytes.starts_with(b"From ") {
        return vec![bytes.to_vec()];
    }
    let mut messages: Vec<Vec<u8>> = Vec::new();
    let mut after_gap = true;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if after_gap && line.starts_with(b"From ") {
            messages.push(Vec::new());
            after_gap = false;
            continue;
        }
        after_gap = matches!(line, b"\n" | b"\r\n");
        let quoted = line.iter().take_while(|byte| **byte == b'>').count();
        let is_quoted = quoted > 0 && line[quoted..].starts_with(b"From ");
        if let Some(message) = messages.last_mut() {
            message.extend_from_slice(&line[usize::from(is_quoted)..]);
        }
    }
    messages
}

fn document(input: &Input<'_>, bytes: &[u8]) -> Option<(Document, Source, Vec<Notice>)> {
    if bytes.len() > MAX_MESSAGE {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let mut body = String::new();
    let mut signatures: Vec<String> = Vec::new();
    for part in message.html_bodies() {
        match &part.body {
            PartType::Html(text) => body.push_str(text),
            PartType::Text(text) => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                let (text, signature) = without_signature(&text);
                body.push_str(&with_quotes(text, 0));
                signatures.extend(signature.map(str::to_owned));
            }
            _ => {}
        }
    }
    let sender = sender(&message);
    let subject = message
        .subject()
        .map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|subject| !subject.is_empty());
    let date = message
        .date()
        .and_then(|date| Date::from_ymd(date.year, date.month, date.day));
    let title = subject.unwrap_or_else(|| {
        let from = sender
            .name
            .clone()
            .unwrap_or_else(|| "a message".to_owned());
        date.map_or_else(|| from.clone(), |date| format!("{from}, {date}"))
    });
    let is_person =
        |name: &String| people::is_name(name) && (2..=3).contains(&name.split_whitespace().count());
    let stated = Stated {
        title,
        authors: sender
            .name
            .iter()
            .filter(|name| is_person(name))
            .cloned()
            .collect(),
        date,
        url: page(&message),
        site: sender.name.or(sender.host),
        language: header(&message, "Content-Language")
            .and_then(|tag| super::feed::main_language(&tag)),
    };
    let (mut document, source, mut notices) = html::read_whole(input, &body, stated).ok()?;
    for notice in &mut notices {
        // Lines of a decoded part are no lines of the file.
        notice.line = 0;
    }
    for signature in signatures {
        notices.push(Notice {
            line: 0,
            text: signature.split_whitespace().collect::<Vec<_>>().join(" "),
            kind: NoticeKind::LeftOut("the signature of the message".to_owned()),
        });
    }
    for attachment in message.attachments().take(MAX_ATTACHMENTS) {
        let name = attachment.attachment_name().unwrap_or("without a name");
        notices.push(Notice {
            line: 0,
            text: name.to_owned(),
            kind: NoticeKind::LeftOut("an attachment, which is not opened".to_owned()),
        });
    }
    document.meta.kind.get_or_insert_with(|| "mail".to_owned());
    if let Some(id) = message.message_id() {
        let id = serde_json::Value::from(id);
        document.meta.extra.insert(ENTRY_KEY.to_owned(), id);
    }
    Some((document, source, notices))
}

/// A text without what stands under its last line of two hyphens and a space, which is no part of what is said (RFC 3676, 4.3).
fn without_signature(text: &str) -> (&str, Option<&str>) {
    let mark = text.rmatch_indices("\n-- \n").next();
    let Some((signature, said)) = mark.and_then(|(at, mark)| {
        let signature = text.get(at + mark.len()..)?;
        Some((signature, text.get(..at)?))
    }) else {
        return (text, None);
    };
    let lines = signature.lines().filter(|line| !line.trim().is_empty());
    let is_short = lines.take(MAX_SIGNATURE_LINES + 1).count() <= MAX_SIGNATURE_LINES;
    if is_short && !said.trim().is_empty() {
        (said, Some(signature))
    } else {
        (text, None)
    }
}

/// A plain text as markup, where lines after a `>` are those of another message, and after two of one more.
fn with_quotes(text: &str, depth: usize) -> String {
    let mut markup = String::new();
    let mut lines = text.lines().peekable();
    while let Some(first) = lines.peek() {
        let is_quoted = first.starts_with('>') && depth < MAX_QUOTE_DEPTH;
        let mut part = String::new();
        while let Some(line) =
            lines.next_if(|line| (line.starts_with('>') && depth < MAX_QUOTE_DEPTH) == is_quoted)
        {
            let line = line
                .strip_prefix('>')
                .filter(|_| is_quoted)
                .map_or(line, |line| line.strip_prefix(' ').unwrap_or(line));
            part.push_str(line);
            part.push('\n');
        }
        if is_quoted {
            let quoted = with_quotes(&part, depth + 1);
            markup.push_str("<blockquote>");
            markup.push_str(&quoted);
            markup.push_str("</blockquote>");
        } else {
            markup.push_str(&paragraphs(&part));
        }
    }
    markup
}

#[derive(Default)]
struct Sender {
    name: Option<String>,
    host: Option<String>,
}

fn sender(message: &Message<'_>) -> Sender {
    let Some(first) = message.from().and_then(Address::first) else {
        return Sender::default();
    };
    let name = first
        .name
        .as_ref()
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    let host = first
        .address
        .as_ref()
        .and_then(|address| address::host(address.rsplit('@').next()?));
    Sender {
        name: name.filter(|name| !name.is_empty()),
        host,
    }
}

/// The address of the message on the web, where it states one.
fn page(message: &Message<'_>) -> Option<String> {
    ["Archived-At", "List-Post", "X-Newsletter-Url"]
        .iter()
        .filter_map(|name| header(message, name))
        .map(|text| text.trim_matches(['<', '>', ' ']).to_owned())
        .find(|text| text.starts_with("https://") || text.starts_with("http://"))
}

fn header(message: &Message<'_>, name: &str) -> Option<String> {
    match message.header(name.to_owned())? {
        HeaderValue::Text(text) => Some(text.to_string()),
        HeaderValue::TextList(texts) => texts.first().map(ToString::to_string),
        HeaderValue::Address(addresses) => {
            addresses.first()?.address.as_ref().map(ToString::to_string)
        }
        _ => None,
    }
}
