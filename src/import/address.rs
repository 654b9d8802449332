//! Web addresses in a copied text: hosts, pictures, and the dates and publishers that addresses tell.

use crate::corpus::Date;

/// Longest address taken for one; data addresses and garbage are longer.
const MAX_BYTES: usize = 2000;

/// First labels of hosts that deliver files for the site named by the rest.
const DELIVERY: &[&str] = &[
    "www", "cdn", "static", "images", "image", "img", "media", "assets", "files", "uploads", "i",
    "m", "amp", "s", "pics", "photos", "content",
];

const PICTURES: &[&str] = &[
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff",
];

/// Whether the whole of `text` is one address: with a scheme, or a host with a path.
pub(super) fn is_address(text: &str) -> bool {
    if text.len() > MAX_BYTES || text.contains(char::is_whitespace) {
        return false;
    }
    let with_scheme = ["http://", "https://"]
        .iter()
        .any(|scheme| starts_with_ignoring_case(text, scheme));
    host(text).is_some()
        && (with_scheme || text.contains('/') || starts_with_ignoring_case(text, "www."))
}

/// Whether `text` is the address of a picture.
pub(super) fn is_picture(text: &str) -> bool {
    if !is_address(text) {
        return false;
    }
    let path = text
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    PICTURES.iter().any(|ending| path.ends_with(ending))
}

/// The host of an address or a bare host, in lower case and without a delivery label: `cdn.example.com/a.jpg` is
/// `example.com`. `None` where it is not the shape of a host.
pub(super) fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit('@')
        .next()?
        .split(':')
        .next()?
        .trim_end_matches('.')
        .to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let top = labels.last()?;
    let has_letters = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    if labels.len() < 2 || !labels.iter().all(is_label) || !has_letters {
        return None;
    }
    let skip = labels
        .iter()
        .take(labels.len() - 2)
        .take_while(|label| DELIVERY.contains(*label))
        .count();
    Some(labels[skip..].join("."))
}

/// A date in the folders of an address: `/2026/02/18/`, `/2026/02/`, `/2026-02-18/`.
pub(super) fn date(address: &str) -> Option<Date> {
    let parts: Vec<&str> = address.split(['/', '-', '_']).collect();
    let number = |text: Option<&&str>, digits: usize| {
        text.filter(|text| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|text| text.parse::<u16>().ok())
    };
    (0..parts.len()).find_map(|at| {
        let year = number(parts.get(at), 4).filter(|year| (1990..2100).contains(year))?;
        let month = number(parts.get(at + 1), 2).filter(|month| (1..=12).contains(month))? as u8;
        let day = number(parts.get(at + 2), 2).map(|day| day as u8);
        day.and_then(|day| Date::from_ymd(year, month, day))
            .or(Some(Date {
                year,
                month: Some(month),
                day: None,
            }))
    })
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lose_their_delivery_labels_only() {
        for (address, expected) in [
            ("https://www.example.org/a?b", Some("example.org")),
            ("cdn.images.example.co.uk/x.jpg", Some("example.co.uk")),
            ("news.example.com", Some("news.example.com")),
            ("www.com", Some("www.com")),
            ("example", None),
            ("U.S.-based", None),
            ("3.14", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn pictures_are_told_by_their_ending() {
        assert!(is_picture("cdn.example.com/a/2026/02/18/9.JPG?w=640"));
        assert!(!is_picture("example.com/article.html"));
        assert!(!is_picture("see example.com/a.jpg"));
        assert!(!is_picture("photo.jpg"));
    }

    #[test]
    fn folders_tell_dates() {
        assert_eq!(
            date("x.com/2026/02/18/9.jpg").unwrap().to_string(),
            "2026-02-18"
        );
        assert_eq!(date("x.com/2026/02/9.jpg").unwrap().to_string(), "2026-02");
        assert_eq!(
            date("x.com/2026-02-18-name").unwrap().to_string(),
            "2026-02-18"
        );
        assert_eq!(date("x.com/12345/02/18"), None);
    }
}
