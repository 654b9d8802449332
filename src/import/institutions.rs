//! Names of institutions in capitals, as they stand over what they publish: `MINISTRY OF TRANSPORT`.
//!
//! Invariant: a line is a name by its general words and its shape; no institution is listed.

/// What institutions are, whatever they are about, in lower case. English, German, French, Spanish.
const KINDS: &str = "ministry office department agency council commission authority committee police government court bureau board \
    association union party ministerium amt behörde rat kommission ausschuss polizei regierung gericht verband gewerkschaft partei \
    ministère bureau département agence conseil autorité comité gouvernement cour tribunal association syndicat parti \
    ministerio oficina departamento agencia consejo comisión autoridad policía gobierno tribunal asociación sindicato partido";

/// Ends of German compounds that say the same: `VERKEHRSMINISTERIUM`.
const ENDS: &str =
    "ministerium behörde kommission ausschuss regierung gericht verband gewerkschaft polizei";

/// What joins the kind of an institution to what it is about.
const JOINERS: &str = "of for on für der des von du de la pour d'";

/// Most words of a name, and of one that stands nowhere else.
const MOST_WORDS: usize = 8;
const MOST_BARE_WORDS: usize = 4;

/// Whether a line in capitals holds the kind of an institution.
pub(super) fn is_one(line: &str) -> bool {
    let is_large = line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
    let is_plain = line
        .chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || "-'’&".contains(c));
    is_large
        && is_plain
        && line.split_whitespace().count() <= MOST_WORDS
        && line.split_whitespace().any(is_kind)
}

/// Whether a line is the name of an institution by its shape alone: what it is, and of what.
pub(super) fn is_bare_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [first, second, _, ..] = words.as_slice() else {
        return false;
    };
    words.len() <= MOST_BARE_WORDS && is_kind(first) && is_among(JOINERS, &second.to_lowercase())
}

/// The name as a text writes it, where it does: in other than capitals alone, its first and last word with a large letter.
pub(super) fn named<'t>(line: &str, text: &'t str) -> Option<&'t str> {
    let wanted: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    let start = text.as_ptr() as usize;
    words.windows(wanted.len().max(1)).find_map(|words| {
        let is_same = words
            .iter()
            .zip(&wanted)
            .all(|(word, wanted)| bare(word).to_lowercase() == *wanted);
        let (first, last) = (bare(words.first()?), bare(words.last()?));
        let is_name = [first, last]
            .iter()
            .all(|word| word.starts_with(char::is_uppercase));
        let from = first.as_ptr() as usize - start;
        let to = last.as_ptr() as usize - start + last.len();
        let name = text.get(from..to)?;
        (is_same && is_name && name.contains(char::is_lowercase)).then_some(name)
    })
}

/// A word without the marks around it, and without an English genitive.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let owner = ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end));
    owner.unwrap_or(word)
}

fn is_kind(word: &str) -> bool {
    let word = bare(word).to_lowercase();
    is_among(KINDS, &word) || ENDS.split(' ').any(|end| word.ends_with(end))
}

fn is_among(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_in_capitals_with_a_general_word_may_be_institutions() {
        for line in [
            "MINISTRY OF TRANSPORT",
            "ARDEN CITY COUNCIL",
            "VERKEHRSMINISTERIUM",
            "MINISTÈRE DES TRANSPORTS",
            "MINISTERIO DE TRANSPORTES",
        ] {
            assert!(is_one(line), "{line}");
        }
        for line in [
            "Ministry of Transport",
            "FERRY SINKS OFF PORT ESSEL",
            "COUNCIL: NO MONEY",
            "POLICE, UNION AND COUNCIL",
            "",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }

    #[test]
    fn a_name_is_one_by_its_shape_or_because_the_text_says_it() {
        assert!(is_bare_name("MINISTRY OF TRANSPORT"));
        assert!(is_bare_name("MINISTERIUM FÜR VERKEHR"));
        assert!(!is_bare_name("MAYOR SUES COUNCIL"));
        assert!(!is_bare_name("MINISTRY OF TRANSPORT DENIES ERROR"));
        assert_eq!(
            named(
                "ARDEN CITY COUNCIL",
                "It is for the Arden City Council’s members to say."
            ),
            Some("Arden City Council")
        );
        assert_eq!(
            named("MAYOR SUES COUNCIL", "The mayor sues the Council."),
            None
        );
        assert_eq!(named("ARDEN CITY COUNCIL", "ARDEN CITY COUNCIL"), None);
    }
}
