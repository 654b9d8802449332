//! Names of people in a copied text: what looks like one, bylines, and lines that only say what somebody does.

/// Words that may stand inside a name in small letters.
const PARTICLES: &str = "de da do dos di du del della der den van von zu zur ter ten la le bin ibn bint al el af av y e und";

/// Words that lead to an author, in lower case.
const LEADS: &[&str] = &[
    "by",
    "written by",
    "reported by",
    "story by",
    "words by",
    "text by",
    "text:",
    "von",
    "text von",
    "ein bericht von",
    "ein kommentar von",
    "por",
    "par",
    "di",
    "door",
    "av",
    "af",
    "od",
    "автор",
    "نوشته",
    "نویسنده",
    "نوشتهٔ",
    "بقلم",
    "بقلم:",
    "كتب",
    "كتبه",
    "by:",
    "von:",
    "por:",
    "par:",
];

/// Between two authors.
const JOINERS: &[&str] = &[
    " and ", " und ", " y ", " et ", " e ", " en ", " & ", " و ", ", ", "، ", "; ",
];

const ROLES: &str = "lecturer professor editor correspondent reporter journalist researcher fellow analyst contributor columnist writer author historian \
    photographer economist scholar producer director staff bureau redakteur redakteurin korrespondent korrespondentin journalistin autor autorin \
    professorin wissenschaftler wissenschaftlerin rédacteur rédactrice journaliste correspondant correspondante chercheur chercheuse periodista \
    corresponsal redactor redactora giornalista corrispondente خبرنگار روزنامه‌نگار پژوهشگر تحلیلگر نویسنده استاد سردبیر صحفي كاتب باحث مراسل";

/// Whether `text` reads as the name of a person or a body: one to five words, each with a large first letter (or of a script
/// without small letters), no figures, no stop.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = 0;
    let mut large = 0;
    for word in text.split_whitespace() {
        words += 1;
        let plain = word.trim_end_matches(['.', ',']);
        let is_initial = word.ends_with('.') && plain.chars().count() <= 2;
        if word.ends_with([',', ':', ';', '!', '?', '…']) || (word.ends_with('.') && !is_initial)
        {
            return false;
        }
        if !plain
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '‐' | '’' | '\'' | '.' | '\u{200c}'))
        {
            return false;
        }
        match plain.chars().next() {
            Some(first) if !first.is_lowercase() && first.is_alphabetic() => large += 1,
            _ if PARTICLES.split(' ').any(|particle| particle == plain)
                || plain.starts_with("al-") => {}
            _ => return false,
        }
    }
    (1..=5).contains(&words) && large >= 1 && text.chars().count() <= 60
}

/// The authors of a byline: `By Ann Example and John Sample, Staff Writers`. `None` where the line is something else.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    let first = line.split(['|', '•', '·']).next().unwrap_or(line).trim();
    let rest = lead(first)?;
    let authors = names(rest);
    (!authors.is_empty()).then_some(authors)
}

/// What follows the words that lead to an author.
fn lead(line: &str) -> Option<&str> {
    LEADS.iter().find_map(|lead| {
        let start = line.get(..lead.len())?;
        let rest = line.get(lead.len()..)?;
        let is_lead = start.to_lowercase() == *lead
            && (rest.starts_with(char::is_whitespace) || rest.starts_with(':'));
        is_lead.then(|| rest.trim_start_matches(':').trim())
    })
}

/// The names in a list of authors; empty where one of its parts is neither a name nor what an author does.
pub(super) fn names(list: &str) -> Vec<String> {
    let mut parts = vec![list.trim()];
    for joiner in JOINERS {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(joiner))
            .map(str::trim)
            .collect();
    }
    let mut names: Vec<String> = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let part = part.strip_prefix("and ").unwrap_or(part);
        let person = ["for ", "in ", "at ", "für ", "in "]
            .iter()
            .fold(part, |part, word| {
                part.split_once(&format!(" {word}"))
                    .map_or(part, |(before, _)| before)
            });
        let person = person.strip_prefix("the ").unwrap_or(person);
        if is_role(part) && !names.is_empty() {
            continue;
        }
        // After a full name a single word is where they work.
        if !names.is_empty()
            && !person.contains(' ')
            && names.iter().all(|name| name.contains(' '))
            && is_name(person)
        {
            continue;
        }
        if !is_name(person) {
            return Vec::new();
        }
        names.push(person.to_owned());
    }
    names
}

/// A line that says what somebody does and where, without saying who: `Visiting lecturer, School of Examples`.
pub(super) fn is_role(line: &str) -> bool {
    if line.split_whitespace().count() > 14 || super::block::ends_sentence(line) {
        return false;
    }
    let (role, place) = [", ", " at ", " of ", " for ", "، "]
        .iter()
        .filter_map(|mark| line.split_once(mark))
        .min_by_key(|(role, _)| role.len())
        .unwrap_or((line, ""));
    let last = role
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let is_role_word = |word: &str| {
        ROLES
            .split_whitespace()
            .any(|role| role == word || word.strip_suffix('s') == Some(role))
    };
    let place_is_name = place.is_empty() || place.chars().next().is_some_and(char::is_alphabetic);
    role.split_whitespace().count() <= 4 && is_role_word(&last) && place_is_name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_their_names() {
        for (line, expected) in [
            (
                "By Ann Example and John Q. Sample",
                vec!["Ann Example", "John Q. Sample"],
            ),
            ("By Ann Example, Staff Writer", vec!["Ann Example"]),
            ("BY ANN EXAMPLE", vec!["ANN EXAMPLE"]),
            (
                "Von Änne Beispiel und Max van der Muster",
                vec!["Änne Beispiel", "Max van der Muster"],
            ),
            ("By Ann Example for the Daily Example", vec!["Ann Example"]),
            ("By the Editorial Board", vec!["Editorial Board"]),
            ("نوشته سارا نمونه", vec!["سارا نمونه"]),
            ("Written by Ann Example | 5 min read", vec!["Ann Example"]),
        ] {
            assert_eq!(
                byline(line),
                Some(expected.iter().map(|name| (*name).to_owned()).collect()),
                "{line}"
            );
        }
        for line in [
            "Ann Example is a writer.",
            "By the river the houses stood empty",
            "By 2030 all will be well",
            "Von allem zu viel",
            "Bylaws Changed",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn roles_without_a_name_are_told_from_titles() {
        assert!(is_role("Visiting lecturer, School of Examples"));
        assert!(is_role("Senior Reporter"));
        assert!(is_role("Professor of History, University of Examples"));
        assert!(!is_role("Editor resigns over flood report"));
        assert!(!is_role("Editor, 54, shot in capital"));
        assert!(!is_role("The reporter left."));
    }
}
