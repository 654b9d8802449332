//! Names for files and ids, made of titles.

/// Characters of a slug at most; a cut is made at a hyphen where there is one in the second half.
const MAX_CHARS: usize = 64;

/// Bytes of a slug at most: file systems allow 255 for a name, and an ending and a number follow.
const MAX_BYTES: usize = 192;

/// A file-name-like name of `text`: lower case, letters and digits of any script kept, Latin letters without their
/// accents, everything else a single `-`; at most 64 characters and 192 bytes; `untitled` where nothing is left.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(MAX_CHARS * 4));
    let mut chars = 0;
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_dropped(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            gap = !slug.is_empty();
            continue;
        }
        if chars >= MAX_CHARS || slug.len() + usize::from(gap) + c.len_utf8() > MAX_BYTES {
            // The title goes on: do not end in the middle of a word.
            if !gap && let Some(at) = slug.rfind('-').filter(|at| *at * 2 > slug.len()) {
                slug.truncate(at);
            }
            break;
        }
        if std::mem::take(&mut gap) {
            slug.push('-');
            chars += 1;
        }
        match folded(c) {
            Some(plain) => slug.push_str(plain),
            None => slug.push(c),
        }
        chars += 1;
    }
    if slug.is_empty() {
        slug.push_str("untitled");
    }
    slug
}

/// Apostrophes, combining accents, Arabic vowel signs and joiners: no break between two words.
fn is_dropped(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}')
}

/// Latin letters with accents, without them.
fn folded(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_file_names_in_any_script() {
        for (text, expected) in [
            ("The River’s Rise: Day 3", "the-rivers-rise-day-3"),
            (
                "  Überflutete Straßen — wer haftet? ",
                "uberflutete-strassen-wer-haftet",
            ),
            ("سیل در شهر", "سیل-در-شهر"),
            ("../../etc/passwd", "etc-passwd"),
            ("!?", "untitled"),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let long = "word ".repeat(40);
        let cut = slug(&long);
        assert!(
            cut.chars().count() <= MAX_CHARS && cut.ends_with("word"),
            "{cut}"
        );
        assert!(slug(&"x".repeat(500)).chars().count() <= MAX_CHARS);
        assert!(slug(&"𐐨 ".repeat(500)).len() <= MAX_BYTES);
    }
}
