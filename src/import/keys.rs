//! Lines of the form `Key: value` at the head of a copy or an e-mail.

/// What a key line states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The title; an e-mail's subject.
    Title,
    /// Who wrote it.
    Author,
    /// When.
    Date,
    /// Who published it.
    Source,
    /// Its address.
    Url,
    /// Its language.
    Language,
    /// Sender of an e-mail.
    From,
    /// Other header lines of an e-mail.
    Mail,
    /// Labels the site gives: tags, sections.
    Labels,
}

const KEYS: &[(Key, &str)] = &[
    (
        Key::Title,
        "title|headline|subject|titel|betreff|titre|objet|título|titulo|titolo|asunto|oggetto|عنوان|موضوع|заголовок|тема",
    ),
    (
        Key::Author,
        "author|authors|byline|written by|autor|autorin|autoren|auteur|auteurs|autore|autores|نویسنده|نویسندگان|الكاتب|автор",
    ),
    (
        Key::Date,
        "date|published|published on|publication date|date published|posted|posted on|sent|datum|gesendet|veröffentlicht|fecha|publié le|data|\
         تاریخ|تاریخ انتشار|التاريخ|дата|updated|last updated",
    ),
    (
        Key::Source,
        "source|publisher|publication|outlet|website|newspaper|quelle|fuente|fonte|منبع|المصدر|источник|originally published in|first published in",
    ),
    (
        Key::Url,
        "url|link|address|permalink|web address|retrieved from|adresse|enlace|original|original article|original link|archived from",
    ),
    (
        Key::Language,
        "language|lang|sprache|langue|idioma|lingua|زبان|اللغة",
    ),
    (Key::From, "from|de|von|da|от"),
    (
        Key::Mail,
        "to|cc|bcc|reply-to|message-id|in-reply-to|references|mime-version|content-type|content-transfer-encoding|x-mailer|user-agent|list-id|\
         return-path|received|delivered-to|an|importance|attachments|thread-topic|sender|precedence|list-unsubscribe",
    ),
    (
        Key::Labels,
        "categories|category|tags|tag|topics|topic|keywords|section|filed under|kategorien|kategorie|schlagwörter|ressort|rubrique|catégories|categorías|etiquetas|برچسب‌ها|دسته‌بندی|الوسوم",
    ),
];

/// Longest key, in bytes.
const MAX_KEY: usize = 60;

/// Reads a key line. The value may be empty.
pub(super) fn key_line(line: &str) -> Option<(Key, &str)> {
    let (name, value) = split(line)?;
    let name = name.trim().trim_matches('*').to_lowercase();
    let key = KEYS
        .iter()
        .find(|(_, names)| names.split('|').any(|known| known == name))
        .map(|(key, _)| *key)?;
    Some((key, value.trim().trim_matches('*').trim()))
}

/// A line cut at its first colon; the colon of an address is none.
pub(super) fn split(line: &str) -> Option<(&str, &str)> {
    let head = super::lines::first_bytes(line, MAX_KEY);
    let at = head.find([':', '：'])?;
    let name = line.get(..at)?;
    let mark = line.get(at..)?.chars().next()?;
    let value = line.get(at + mark.len_utf8()..)?;
    (!value.starts_with('/') && !name.is_empty()).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_known_in_several_languages() {
        assert_eq!(
            key_line("Source: example.com"),
            Some((Key::Source, "example.com"))
        );
        assert_eq!(
            key_line("**Author:** Ann Example"),
            Some((Key::Author, "Ann Example"))
        );
        assert_eq!(
            key_line("تاریخ: ۱ بهمن ۱۴۰۴"),
            Some((Key::Date, "۱ بهمن ۱۴۰۴"))
        );
        assert_eq!(key_line("Categories:"), Some((Key::Labels, "")));
        assert_eq!(key_line("https://example.com"), None);
        assert_eq!(key_line("The source: nobody knows it"), None);
    }
}
