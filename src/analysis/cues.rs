//! Finds the cues of all topics in a text, in one pass over its stems.
//!
//! Invariant: work is linear in the text. A walk through the trie starts at each word and is at most
//! [`MAX_CUE_WORDS`] words deep; the memory for words already stemmed is capped.

use crate::corpus::Topic;
use crate::text::ByteSpan;
use crate::text::segment;
use crate::text::stem::Stemmer;
use foldhash::{HashMap, HashMapExt};

/// Cues longer than this never match; [`problem`] tells the corpus' author.
pub const MAX_CUE_WORDS: usize = 12;

/// Stop words passed over inside a phrase, so that "cut off the internet" is found by the cue "cut internet".
const MAX_PASSED_OVER: usize = 2;

/// Words whose stems are remembered; text beyond it is stemmed each time (a corpus of 400 MB stays within it).
const MAX_REMEMBERED: usize = 1 << 18;

/// Longer "words" are data, not language; they are not remembered.
const MAX_REMEMBERED_BYTES: usize = 64;

/// A cue of a topic at a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueMatch {
    /// Index of the topic.
    pub topic: u32,
    /// Index of the cue in its topic.
    pub cue: u32,
    /// Where it stands, in bytes of the text.
    pub span: ByteSpan,
    /// Which sentence of the text it stands in, from 0.
    pub sentence: u32,
}

/// Why a cue can never match in texts of a language, for `check`; `None` for a good one.
pub fn problem(cue: &str) -> Option<String> {
    match segment::words(cue).count() {
        0 => Some(format!("the cue \"{cue}\" has no word in it")),
        words if words > MAX_CUE_WORDS => Some(format!(
            "the cue \"{cue}\" has {words} words; only cues of up to {MAX_CUE_WORDS} words are looked for"
        )),
        _ => None,
    }
}

/// Whether a cue is a phrase of several words.
pub fn is_phrase(cue: &str) -> bool {
    segment::words(cue).nth(1).is_some()
}

/// The cues of all topics, made ready for texts of one language.
pub struct CueFinder {
    stemmer: Stemmer,
    /// Ids of the stems that occur in cues.
    stems: HashMap<String, StemId>,
    /// Children of a trie node; the root is node 0.
    edges: HashMap<(u32, StemId), u32>,
    /// What ends at a node.
    ends: Vec<Vec<Pattern>>,
    /// How the stems begin, by their first two letters; see [`CueFinder::may_be_in_a_cue`].
    beginnings: HashMap<[u8; 2], Vec<Vec<u8>>>,
}

/// What a thread that looks for cues remembers of the words it has met.
#[derive(Default)]
pub struct Remembered {
    tokens: HashMap<Box<str>, Token>,
}

type StemId = u32;

/// What a phrase in the trie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    Cue { topic: u32, cue: u32 },
    Not { topic: u32 },
}

/// A word of a text, as far as cues are concerned.
#[derive(Clone, Copy, Debug)]
struct Token {
    stem: Option<StemId>,
    /// The stem among those written in capitals (`US`), when this word begins with one.
    capital: Option<StemId>,
}

/// A phrase that was found, before overlaps are settled.
#[derive(Clone, Copy, Debug)]
struct Found {
    pattern: Pattern,
    start: u32,
    end: u32,
    passed_over: usize,
    is_phrase: bool,
}

impl Found {
    fn span(&self) -> ByteSpan {
        ByteSpan {
            start: self.start,
            end: self.end,
        }
    }
}

impl CueFinder {
    /// For the topics' cues and `not` phrases, stemmed in `language` (ISO 639-1).
    pub fn new(topics: &[Topic], language: &str) -> Self {
        let mut finder = Self {
            stemmer: Stemmer::new(language),
            stems: HashMap::new(),
            edges: HashMap::new(),
            ends: vec![Vec::new()],
            beginnings: HashMap::new(),
        };
        for (topic, index) in topics.iter().zip(0..) {
            for (phrase, cue) in topic.cues.iter().zip(0..) {
                finder.add(phrase, Pattern::Cue { topic: index, cue });
            }
            for phrase in &topic.not {
                finder.add(phrase, Pattern::Not { topic: index });
            }
        }
        finder
    }

    /// The cues in `text`, by topic and place. Of overlapping cues of one topic the longest counts; topics do not
    /// compete, so that a cue added to one never takes a passage from another. Cues inside a `not` phrase of
    /// their topic, and phrases that cross a sentence's end, are left out.
    pub fn find(&self, text: &str, remembered: &mut Remembered) -> Vec<CueMatch> {
        let tokens: Vec<(ByteSpan, Token)> = segment::words(text)
            .map(|(span, word)| (span, self.token(word, remembered)))
            .collect();
        let mut found = Vec::new();
        for at in 0..tokens.len() {
            let walk = Walk {
                text,
                tokens: &tokens,
                start: at,
            };
            self.walk(&walk, 0, at, 0, &mut found);
        }
        if found.is_empty() {
            return Vec::new();
        }
        // Finding sentences costs as much as finding cues. It matters only to cues found again, and to phrases with
        // something in them that can end a sentence.
        let matters = found.iter().enumerate().any(|(at, one)| {
            at >= MAX_CUE_WORDS
                || (one.is_phrase && may_end_a_sentence(one.span().of(text)))
                || found[..at].iter().any(|f| f.pattern == one.pattern)
        });
        if matters {
            settle(found, &segment::sentences(text))
        } else {
            settle(found, &[ByteSpan::new(0, text.len())])
        }
    }

    fn add(&mut self, phrase: &str, pattern: Pattern) {
        let words: Vec<&str> = segment::words(phrase).map(|(_, word)| word).collect();
        if words.is_empty() || words.len() > MAX_CUE_WORDS {
            return;
        }
        let mut node = 0;
        for word in words {
            let stem = self.stemmer.stem_once(word);
            self.add_beginning(&stem);
            let name = if is_in_capitals(word) {
                capital_name(&stem)
            } else {
                stem
            };
            let next_id = self.stems.len() as StemId;
            let id = *self.stems.entry(name).or_insert(next_id);
            let next_node = self.ends.len() as u32;
            node = *self.edges.entry((node, id)).or_insert(next_node);
            if node == next_node {
                self.ends.push(Vec::new());
            }
        }
        let ends = &mut self.ends[node as usize];
        // Two cues of a topic that stem alike are one cue.
        let same_topic = |other: &Pattern| match (*other, pattern) {
            (Pattern::Cue { topic: a, .. }, Pattern::Cue { topic: b, .. })
            | (Pattern::Not { topic: a }, Pattern::Not { topic: b }) => a == b,
            (Pattern::Cue { .. }, Pattern::Not { .. })
            | (Pattern::Not { .. }, Pattern::Cue { .. }) => false,
        };
        if !ends.iter().any(same_topic) {
            ends.push(pattern);
        }
    }

    fn token(&self, word: &str, remembered: &mut Remembered) -> Token {
        if !self.may_be_in_a_cue(word) {
            return Token {
                stem: None,
                capital: None,
            };
        }
        if let Some(token) = remembered.tokens.get(word) {
            return *token;
        }
        let stem = self.stemmer.stem_once(word);
        let capital = word
            .starts_with(char::is_uppercase)
            .then(|| self.stems.get(&capital_name(&stem)).copied())
            .flatten();
        let token = Token {
            stem: self.stems.get(&stem).copied(),
            capital,
        };
        if remembered.tokens.len() < MAX_REMEMBERED && word.len() <= MAX_REMEMBERED_BYTES {
            remembered.tokens.insert(word.into(), token);
        }
        token
    }

    /// Notes how words with this stem begin: a suffix stripper (Snowball) takes from their end and may change what is
    /// then the last two letters ("activities", "active"; "evidenza", "evident"), and `y` stands for `i` ("dying", "die").
    fn add_beginning(&mut self, stem: &str) {
        let letters = plain_letters(stem);
        let kept = letters.len().saturating_sub(2).max(2).min(letters.len());
        if let (Some(key), Some(beginning)) = (letters.first_chunk::<2>(), letters.get(..kept)) {
            let beginnings = self.beginnings.entry(*key).or_default();
            if !beginnings.iter().any(|known| known == beginning) {
                beginnings.push(beginning.to_vec());
            }
        }
    }

    /// False only for words that no cue has: stemming costs more than all the rest. Words that are short or not plain
    /// ASCII are always looked at ("l'internet" loses its article).
    fn may_be_in_a_cue(&self, word: &str) -> bool {
        if word.len() <= 3 || !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return true;
        }
        let folded = |byte: &u8| match byte.to_ascii_lowercase() {
            b'y' => b'i',
            letter => letter,
        };
        let bytes = word.as_bytes();
        let begins = |beginning: &Vec<u8>| {
            beginning.len() <= bytes.len()
                && beginning
                    .iter()
                    .zip(bytes)
                    .all(|(wanted, byte)| *wanted == folded(byte))
        };
        let key = [folded(&bytes[0]), folded(&bytes[1])];
        self.beginnings
            .get(&key)
            .is_some_and(|beginnings| beginnings.iter().any(begins))
    }

    fn walk(&self, walk: &Walk, node: u32, at: usize, passed_over: usize, found: &mut Vec<Found>) {
        let Some((span, token)) = walk.tokens.get(at) else {
            return;
        };
        let mut goes_on = false;
        for id in [token.capital, token.stem].into_iter().flatten() {
            let Some(&child) = self.edges.get(&(node, id)) else {
                continue;
            };
            found.extend(self.ends[child as usize].iter().map(|pattern| Found {
                pattern: *pattern,
                start: walk.tokens[walk.start].0.start,
                end: span.end,
                passed_over,
                is_phrase: at > walk.start,
            }));
            goes_on = true;
            self.walk(walk, child, at + 1, passed_over, found);
        }
        // A word that the phrase has is not passed over: walks that did both would multiply.
        let may_pass_over = !goes_on && node != 0 && passed_over < MAX_PASSED_OVER;
        if may_pass_over && self.stemmer.is_stop_word(span.of(walk.text)) {
            self.walk(walk, node, at + 1, passed_over + 1, found);
        }
    }
}

/// Where a walk through the trie began.
struct Walk<'a> {
    text: &'a str,
    tokens: &'a [(ByteSpan, Token)],
    start: usize,
}

/// The letters of a stem before its first that is not plain ASCII, in lower case and with `i` for `y`.
fn plain_letters(stem: &str) -> Vec<u8> {
    let letters = stem
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .map(|byte| byte.to_ascii_lowercase());
    letters
        .map(|letter| if letter == b'y' { b'i' } else { letter })
        .collect()
}

/// Whether a sentence may end inside this text: it holds something other than letters, digits and the marks that stand
/// between the words of one sentence.
fn may_end_a_sentence(text: &str) -> bool {
    text.chars()
        .any(|c| !(c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '\'' | '’')))
}

/// A cue word written in capitals (`US`, `WHO`) is a name: it must not match "us" and "who".
fn is_in_capitals(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
}

/// The name of a capitalised stem among the stems; no word begins with `^`.
fn capital_name(stem: &str) -> String {
    format!("^{stem}")
}

/// Takes out what stands in `not` phrases, crosses a sentence's end, or overlaps a longer cue of its topic.
fn settle(found: Vec<Found>, sentences: &[ByteSpan]) -> Vec<CueMatch> {
    let mut excluded: Vec<(u32, ByteSpan)> = Vec::new();
    let mut cues: Vec<CueMatch> = Vec::new();
    for Found {
        pattern,
        start,
        end,
        passed_over,
        ..
    } in found
    {
        let span = ByteSpan { start, end };
        match pattern {
            // A `not` phrase is meant word for word: "dead end" must not undo "dead in the end".
            Pattern::Not { topic } if passed_over == 0 => excluded.push((topic, span)),
            Pattern::Not { .. } => {}
            Pattern::Cue { topic, cue } => {
                let sentence = sentences.partition_point(|sentence| sentence.end <= start);
                if sentences.get(sentence).is_some_and(|s| end <= s.end) {
                    let sentence = sentence as u32;
                    cues.push(CueMatch {
                        topic,
                        cue,
                        span,
                        sentence,
                    });
                }
            }
        }
    }
    excluded.sort_unstable();
    keep_longest(cues, &excluded)
}

/// Leftmost-longest cues of each topic that are not inside one of the `excluded` phrases (sorted).
fn keep_longest(mut cues: Vec<CueMatch>, excluded: &[(u32, ByteSpan)]) -> Vec<CueMatch> {
    cues.sort_unstable_by_key(|m| (m.topic, m.span.start, std::cmp::Reverse(m.span.end), m.cue));
    let mut kept: Vec<CueMatch> = Vec::new();
    for cue in cues {
        let overlaps = kept
            .last()
            .is_some_and(|last| last.topic == cue.topic && cue.span.start < last.span.end);
        if !overlaps && !is_inside(&cue, excluded) {
            kept.push(cue);
        }
    }
    kept
}

/// Whether a cue stands inside a `not` phrase of its topic. Only phrases that begin shortly before it can hold it.
fn is_inside(cue: &CueMatch, excluded: &[(u32, ByteSpan)]) -> bool {
    let end = excluded
        .partition_point(|(topic, span)| (*topic, span.start) <= (cue.topic, cue.span.start));
    excluded[..end]
        .iter()
        .rev()
        .take_while(|(topic, _)| *topic == cue.topic)
        .take(2 * MAX_CUE_WORDS)
        .any(|(_, span)| span.end >= cue.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(cues: &[&str], not: &[&str]) -> Topic {
        Topic {
            cues: cues.iter().map(|&cue| cue.to_owned()).collect(),
            not: not.iter().map(|&phrase| phrase.to_owned()).collect(),
            ..Topic::default()
        }
    }

    /// The words that were found, by topic and place.
    fn found(topics: &[Topic], text: &str) -> Vec<(u32, String)> {
        CueFinder::new(topics, "en")
            .find(text, &mut Remembered::default())
            .iter()
            .map(|m| (m.topic, m.span.of(text).to_owned()))
            .collect()
    }

    fn words(topics: &[Topic], text: &str) -> Vec<String> {
        found(topics, text)
            .into_iter()
            .map(|(_, word)| word)
            .collect()
    }

    #[test]
    fn longest_cue_of_a_topic_wins() {
        let topics = [topic(&["blackout", "internet blackout", "internet"], &[])];
        assert_eq!(
            words(&topics, "An internet blackout, then a blackout."),
            ["internet blackout", "blackout"]
        );
    }

    #[test]
    fn topics_do_not_take_cues_from_each_other() {
        let topics = [
            topic(&["state television"], &[]),
            topic(&["television"], &[]),
        ];
        assert_eq!(
            found(&topics, "On state television"),
            [
                (0, "state television".to_owned()),
                (1, "television".to_owned())
            ]
        );
    }

    #[test]
    fn not_phrase_undoes_the_cue_inside_it_only() {
        let topics = [topic(&["blackout", "blackout order"], &["power blackout"])];
        assert!(words(&topics, "The power blackout lasted.").is_empty());
        assert_eq!(words(&topics, "A blackout of power."), ["blackout"]);
        assert_eq!(
            words(&topics, "The power blackout order was read."),
            ["blackout order"]
        );
    }

    #[test]
    fn not_phrase_of_one_topic_leaves_others_alone() {
        let topics = [
            topic(&["blackout"], &["power blackout"]),
            topic(&["blackout"], &[]),
        ];
        assert_eq!(
            found(&topics, "power blackout"),
            [(1, "blackout".to_owned())]
        );
    }

    #[test]
    fn cue_in_capitals_does_not_match_the_common_word() {
        let topics = [topic(&["US", "NATO"], &[])];
        assert_eq!(
            words(&topics, "They told us that the US and Nato left."),
            ["US", "Nato"]
        );
    }

    #[test]
    fn phrase_does_not_cross_a_sentence() {
        let topics = [topic(&["national council"], &[])];
        assert!(words(&topics, "It was national. Council tax rose.").is_empty());
    }

    #[test]
    fn stop_words_inside_a_phrase_are_passed_over() {
        let topics = [
            topic(&["cut internet"], &["dead end"]),
            topic(&["dead"], &["dead end"]),
        ];
        assert_eq!(
            words(&topics, "They cut off the internet."),
            ["cut off the internet"]
        );
        assert_eq!(words(&topics, "All dead in the end."), ["dead"]);
        assert!(words(&topics, "They cut bread near the internet.").is_empty());
    }

    #[test]
    fn inflected_forms_are_found_whatever_letters_they_begin_with() {
        let topics = [topic(&["die", "internet", "protest"], &[])];
        assert_eq!(
            words(&topics, "Dying, PROTESTING; the Internet's"),
            ["Dying", "PROTESTING", "Internet's"]
        );
    }

    #[test]
    fn hyphens_and_spaces_are_alike() {
        let topics = [topic(&["no-fly zone"], &[])];
        assert_eq!(words(&topics, "A no fly zone."), ["no fly zone"]);
    }

    #[test]
    fn cues_that_cannot_match_are_explained() {
        assert!(problem("?!").is_some());
        assert!(problem(&"word ".repeat(MAX_CUE_WORDS + 1)).is_some());
        assert_eq!(problem("internet shutdown"), None);
    }

    #[test]
    fn a_long_run_of_one_word_gives_no_overlapping_matches() {
        let topics = [topic(&["a a a a a a a a"], &["a a a a"])];
        let text = "a ".repeat(50_000);
        assert!(words(&topics, &text).len() <= 50_000 / 8);
    }

    /// Words of running text in several languages.
    fn words_of_corpora() -> Vec<(&'static str, String)> {
        let english = crate::corpus::builtin::corpus();
        let text = english
            .documents
            .iter()
            .map(crate::corpus::Document::text)
            .collect::<Vec<_>>()
            .join(" ");
        let other = [
            (
                "de",
                "Die Zeitungen berichteten, der Staudamm sei gebrochen; die Behörden bestätigten Brüche in Dämmen und sprachen von Verletzten, Verletzungen, einem Verletzten, zeitlich und zeitnah, brechend, brach, gebrochene Leitungen",
            ),
            (
                "fr",
                "Les journaux rapportent que les barrages royaux ont cédé; le journal rapportait la fréquence, fréquent, fréquemment, activité, activités, actif, active, loyal, loyaux, constamment, constante",
            ),
            (
                "es",
                "Las actividades activas del activo, la evidencia evidente, los gobiernos gobernaban, gobernando, biología, biológico, biologías",
            ),
            (
                "it",
                "Le attività attive, l'evidenza evidente, i governi governavano, governando, la presenza presente, presenti",
            ),
            (
                "nl",
                "De kranten krant, brieven brief, manen man maan, huizen huis, levens leven leeft",
            ),
        ];
        let mut words: Vec<(&'static str, String)> = Vec::new();
        for (language, text) in std::iter::once(("en", text.as_str())).chain(other) {
            words.extend(segment::words(text).map(|(_, word)| (language, word.to_owned())));
        }
        words.extend(
            [
                "dying",
                "die",
                "skies",
                "sky",
                "crying",
                "cry",
                "hoping",
                "hope",
                "activities",
                "active",
                "agreed",
                "agree",
            ]
            .map(|word| ("en", word.to_owned())),
        );
        words.sort();
        words.dedup();
        words
    }

    #[test]
    fn no_form_of_a_cue_is_passed_over_for_how_it_begins() {
        let mut forms: HashMap<(&str, String), Vec<String>> = HashMap::new();
        for (language, word) in words_of_corpora() {
            let stem = Stemmer::new(language).stem(&word);
            forms.entry((language, stem)).or_default().push(word);
        }
        let mut compared = 0;
        for ((language, stem), forms) in &forms {
            let topic = Topic {
                cues: vec![forms[0].clone()],
                ..Topic::default()
            };
            let finder = CueFinder::new(&[topic], language);
            for form in forms {
                compared += 1;
                assert!(
                    finder.may_be_in_a_cue(form),
                    "{language}: “{form}” has the stem “{stem}” of “{}”",
                    forms[0]
                );
            }
        }
        assert!(compared > 2000, "{compared}");
    }
}
