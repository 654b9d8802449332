//! Speakers and questions of an interview.
//!
//! Invariant: nobody is given words on the strength of one label. Speakers are labels at the start of paragraphs that come back
//! and open whole sentences; a speaker keeps the word until the next one, a question, or a heading.

use super::block::{Block, Fate, ends_sentence};
use super::{heading, keys, people};
use crate::corpus::Kind;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Name of who asks, where the text does not tell.
const INTERVIEWER: &str = "Interviewer";
/// Name of who answers to `Q:`, where the text does not tell.
const INTERVIEWEE: &str = "Interviewee";
/// Longest label, in bytes.
const MAX_LABEL: usize = 60;
/// Longest question without a label, in bytes.
const MAX_QUESTION: usize = 1000;
/// Questions told by their type alone that make an interview.
const MIN_QUESTIONS: usize = 3;
/// More speakers than this is a list, not a conversation.
const MAX_SPEAKERS: usize = 60;

/// Words before a colon that are no speakers, in lower case.
const NOT_SPEAKERS: &str = "note|notes|update|updates|updated|source|sources|http|https|photo|photos|image|caption|credit|correction|clarification|warning|\
    editor's note|editors' note|ps|p.s|nb|n.b|re|read more|related|see|see also|watch|listen|summary|background|conclusion|example|location|place|\
    time|date|when|where|who|what|why|how|phone|tel|e-mail|email|web|website|address|tip|tags|categories|topics|title|author|authors|\
    subject|from|to|cc|published|posted|breaking|live|exclusive|analysis|opinion|video|audio|fact|claim|verdict|step|figure|table|result|results|\
    hinweis|anmerkung|quelle|stand|ort|zeit|siehe|foto|bild|nota|fuente|remarque|légende|توضیح|منبع|نکته|ملاحظة|المصدر|edit|tl;dr|disclaimer|price|total";

/// Labels of questions and of answers, in lower case.
const QUESTIONS: &str =
    "q|question|frage|f|pregunta|p|domanda|d|interviewer|سؤال|سوال|س|پرسش|вопрос|в";
const ANSWERS: &str = "a|answer|antwort|respuesta|r|réponse|risposta|reply|جواب|پاسخ|ج|ответ|о";

/// Speakers found in a text.
#[derive(Debug, Default)]
pub(super) struct Interview {
    /// Names of the voices; blocks hold indices into it.
    pub voices: Vec<String>,
    /// Blocks that open with a label, the voice, and the bytes of the label.
    turns: Vec<(usize, u16, usize)>,
    /// Blocks that are questions without a label.
    questions: Vec<usize>,
    /// Who asks them.
    asking: Option<u16>,
    /// What was not written but concluded.
    pub guesses: Vec<String>,
}

impl Interview {
    /// Whether a block is a turn or a question, so that a short one is no heading.
    pub fn holds(&self, at: usize) -> bool {
        self.turns.binary_search_by_key(&at, |turn| turn.0).is_ok()
            || self.questions.binary_search(&at).is_ok()
    }
}

/// A label at the start of a block.
struct Label<'t> {
    block: usize,
    name: &'t str,
    skip: usize,
}

/// Looks for speakers; `None` where the text is no interview.
pub(super) fn find(blocks: &[Block<'_>], title: &str) -> Option<Interview> {
    let labels: Vec<Label<'_>> = (0..blocks.len())
        .filter(|at| blocks[*at].is_open())
        .filter_map(|at| label(at, &blocks[at].text))
        .collect();
    let counts = count(&labels, blocks);
    if counts.len() > MAX_SPEAKERS {
        return None;
    }
    let recurs = |name: &str| counts.get(name).is_some_and(Count::recurs);
    let first_recurring = labels.iter().find(|label| recurs(label.name))?.block;
    let preface = preface(blocks, first_recurring, title);
    // Who speaks once only must have been announced, or share a name with one who comes back.
    let speaks = |name: &str| {
        let is_kin = |other: &&str| *other != name && shares_word(name, other) && recurs(other);
        recurs(name)
            || (counts.get(name).is_some_and(Count::is_said)
                && (is_announced(name, &preface) || counts.keys().any(is_kin)))
    };
    let turns: Vec<&Label<'_>> = labels.iter().filter(|label| speaks(label.name)).collect();
    let asks = |name: &str| is_among(QUESTIONS, name) || counts.get(name).is_some_and(Count::asks);
    let questions = if turns.iter().any(|turn| asks(turn.name)) {
        Vec::new()
    } else {
        questions(blocks, &turns)
    };

    let speakers: HashSet<&str> = turns.iter().map(|turn| turn.name).collect();
    let is_conversation =
        (speakers.len() >= 2 && turns.len() >= 4) || (speakers.len() == 1 && questions.len() >= 2);
    let open = blocks.iter().filter(|block| block.is_open()).count();
    if !is_conversation || (turns.len() * 25 < open && !announces_interview(&preface)) {
        return None;
    }
    Some(named(&turns, &speakers, questions, preface))
}

/// Looks for questions told by their bold type (`is_strong`, by block) or as headings, each with its answer below: the way of many pages.
/// Needs words before the first that announce an interview, and for headings, which explainers write in this way too, the name
/// of who answers. Headings that are questions become paragraphs.
pub(super) fn by_emphasis(
    blocks: &mut [Block<'_>],
    title: &str,
    is_strong: &[bool],
) -> Option<Interview> {
    let is_bold = |at: usize| blocks[at].is_open() && is_strong.get(at) == Some(&true);
    let is_heading = |at: usize| matches!(blocks[at].fate, Fate::Text(Kind::Heading(_)));
    let bold: Vec<usize> = emphasized(blocks, is_bold);
    let (asked, are_headings) = if bold.len() >= MIN_QUESTIONS {
        (bold, false)
    } else {
        (emphasized(blocks, is_heading), true)
    };
    let first = *asked.get(MIN_QUESTIONS - 1).and(asked.first())?;
    let preface = preface(blocks, first, title);
    if !announces_interview(&preface) {
        return None;
    }
    let asking = interviewer(&preface);
    let answering = guest(&preface, asking.as_deref());
    if are_headings && answering.is_none() {
        return None;
    }
    let mut interview = Interview::default();
    let asking = interview.voice(asking.unwrap_or_else(|| INTERVIEWER.to_owned()));
    let answering = interview.voice(answering.unwrap_or_else(|| INTERVIEWEE.to_owned()));
    for at in &asked {
        interview.turns.push((*at, asking, 0));
        let next = (at + 1..blocks.len()).find(|next| matches!(blocks[*next].fate, Fate::Text(_)));
        if let Some(next) = next.filter(|next| asked.binary_search(next).is_err()) {
            interview.turns.push((next, answering, 0));
        }
    }
    let (asking, answering) = (&interview.voices[0], &interview.voices[1]);
    interview.guesses.push(format!(
        "questions set off from their answers are given to “{asking}”, the answers to “{answering}”"
    ));
    if are_headings {
        for at in asked {
            blocks[at].fate = Fate::Text(Kind::Paragraph);
        }
    }
    Some(interview)
}

/// Blocks that are set off and end in a question mark, with a paragraph below.
fn emphasized(blocks: &[Block<'_>], is_set_off: impl Fn(usize) -> bool) -> Vec<usize> {
    let is_answered = |at: usize| {
        let next = (at + 1..blocks.len()).find(|next| matches!(blocks[*next].fate, Fate::Text(_)));
        next.is_some_and(|next| blocks[next].is_open() && !is_set_off(next))
    };
    (0..blocks.len())
        .filter(|at| is_set_off(*at) && blocks[*at].text.trim_end().ends_with(['?', '؟', '？']))
        .filter(|at| blocks[*at].text.len() <= MAX_QUESTION && is_answered(*at))
        .collect()
}

/// Gives the turns their voices.
fn named<'t>(
    turns: &[&Label<'t>],
    speakers: &HashSet<&'t str>,
    questions: Vec<usize>,
    mut preface: Vec<&'t str>,
) -> Interview {
    let interviewer = interviewer(&preface);
    let asking = || {
        interviewer
            .clone()
            .unwrap_or_else(|| INTERVIEWER.to_owned())
    };
    let has_one_guest = speakers
        .iter()
        .filter(|name| is_among(ANSWERS, name))
        .count()
        == 1;
    let guest = guest(&preface, interviewer.as_deref()).filter(|_| has_one_guest);
    // A label in full explains a shorter one.
    preface.extend(speakers.iter().filter(|name| name.contains(' ')));
    let mut interview = Interview {
        questions,
        ..Interview::default()
    };
    for turn in turns {
        let name = if is_among(QUESTIONS, turn.name) {
            asking()
        } else if is_among(ANSWERS, turn.name) {
            guest.clone().unwrap_or_else(|| INTERVIEWEE.to_owned())
        } else {
            full_name(turn.name, &preface)
        };
        if name != turn.name {
            let remark = format!("“{}” is taken to be {name}", turn.name);
            if !interview.guesses.contains(&remark) {
                interview.guesses.push(remark);
            }
        }
        let voice = interview.voice(name);
        interview.turns.push((turn.block, voice, turn.skip));
    }
    if !interview.questions.is_empty() {
        interview.guesses.push(format!(
            "questions without a speaker are given to “{}”",
            asking()
        ));
        interview.asking = Some(interview.voice(asking()));
    }
    interview.guesses.sort_unstable();
    interview
}

/// What is said before the first turn, and the title.
fn preface<'t>(blocks: &'t [Block<'_>], first: usize, title: &'t str) -> Vec<&'t str> {
    blocks[..first]
        .iter()
        .filter(|block| matches!(block.fate, Fate::Text(_) | Fate::Image | Fate::Caption))
        .map(|block| &*block.text)
        .chain([title])
        .collect()
}

/// How a label is used.
#[derive(Debug, Default)]
struct Count {
    turns: usize,
    /// Turns that say at least a sentence, or stand alone on their line.
    sentences: usize,
    questions: usize,
}

impl Count {
    fn recurs(&self) -> bool {
        self.turns >= 2 && self.sentences * 10 >= self.turns * 6
    }

    fn is_said(&self) -> bool {
        self.sentences == self.turns
    }

    fn asks(&self) -> bool {
        self.questions * 2 > self.turns
    }
}

fn count<'t>(labels: &[Label<'t>], blocks: &[Block<'_>]) -> HashMap<&'t str, Count> {
    let mut counts: HashMap<&str, Count> = HashMap::new();
    for label in labels {
        let count = counts.entry(label.name).or_default();
        let said = blocks[label.block]
            .text
            .get(label.skip..)
            .unwrap_or_default();
        count.turns += 1;
        count.sentences += usize::from(said.is_empty() || said.len() >= 120 || ends_sentence(said));
        count.questions += usize::from(said.trim_end().ends_with(['?', '؟']));
    }
    counts
}

/// `Sample` and `Bo Sample`.
fn shares_word(name: &str, other: &str) -> bool {
    let (short, long) = if name.contains(' ') {
        (other, name)
    } else {
        (name, other)
    };
    !short.contains(' ') && long.split(' ').any(|word| word == short)
}

/// Gives each passage its voice, after headings have been marked.
pub(super) fn spread(blocks: &mut [Block<'_>], interview: &Interview) {
    let mut turns = interview.turns.iter().peekable();
    let mut questions = interview.questions.iter().peekable();
    let mut speaking = None;
    for (at, block) in blocks.iter_mut().enumerate() {
        let turn = turns.next_if(|turn| turn.0 == at);
        let is_question = questions.next_if(|question| **question == at).is_some();
        match block.fate {
            Fate::Text(Kind::Heading(_)) => speaking = None,
            Fate::Text(_) => {}
            Fate::Image | Fate::Caption | Fate::LeftOut(_) | Fate::Used(_) => continue,
        }
        if let Some((_, voice, skip)) = turn {
            speaking = Some(*voice);
            block.skip = *skip;
            if block.body().is_empty() {
                block.fate = Fate::Used("voices");
                continue;
            }
        }
        if is_question {
            block.voice = interview.asking;
            let bare = block.text.trim_matches('*').trim().to_owned();
            if bare.len() < block.text.len() {
                block.text = Cow::Owned(bare);
            }
        } else if !matches!(block.fate, Fate::Text(Kind::Heading(_) | Kind::Rule)) {
            block.voice = speaking;
        }
    }
}

impl Interview {
    fn voice(&mut self, name: String) -> u16 {
        let at = self
            .voices
            .iter()
            .position(|voice| *voice == name)
            .unwrap_or_else(|| {
                self.voices.push(name);
                self.voices.len() - 1
            });
        at as u16
    }
}

fn is_among(list: &str, name: &str) -> bool {
    let name = name.trim_end_matches('.').to_lowercase();
    list.split('|').any(|known| known == name)
}

/// The label of a block: a name, initials, or `Q`, then a colon and a space (or nothing).
fn label(block: usize, text: &str) -> Option<Label<'_>> {
    let (name, said, skip) = match keys::split(text) {
        Some((name, said)) if name.len() <= MAX_LABEL => (name, said, text.len() - said.len()),
        // `Q. Where were you?`
        _ => {
            let (name, _) = text
                .split_once(". ")
                .filter(|(name, _)| name.chars().count() == 1)?;
            let said = text.get(name.len() + 1..)?;
            let is_question_or_answer = is_among(QUESTIONS, name) || is_among(ANSWERS, name);
            is_question_or_answer.then_some((name, said, name.len() + 1))?
        }
    };
    let stars = said.trim_start_matches('*');
    if !stars.is_empty() && !stars.starts_with(char::is_whitespace) {
        return None;
    }
    let skip = skip + (said.len() - stars.trim_start().len());
    let name = name.trim_start_matches('*').trim_end_matches('*').trim();
    let bare = name.split_once(" (").map_or(name, |(bare, _)| bare);
    let is_speaker = !is_among(NOT_SPEAKERS, &bare.replace('’', "'")) && people::is_name(bare);
    is_speaker.then_some(Label {
        block,
        name: bare,
        skip,
    })
}

/// Paragraphs that end in a question mark right before a speaker's label.
fn questions(blocks: &[Block<'_>], turns: &[&Label<'_>]) -> Vec<usize> {
    let mut questions = Vec::new();
    for turn in turns {
        let before = blocks[..turn.block]
            .iter()
            .rposition(|block| matches!(block.fate, Fate::Text(_)));
        let Some(at) = before else { continue };
        let block = &blocks[at];
        let text = block.text.trim_end_matches('*');
        let is_turn = turns.binary_search_by_key(&at, |turn| turn.block).is_ok();
        let asks = text.ends_with(['?', '؟', '？']) && text.len() <= MAX_QUESTION;
        if block.is_open() && asks && !is_turn && !heading::is_numbered(text) {
            questions.push(at);
        }
    }
    questions
}

/// Whether the text before the first turn says that a conversation follows.
fn announces_interview(preface: &[&str]) -> bool {
    const WORDS: &str = "interview|conversation|q&a|gespräch|entretien|entrevista|intervista|مصاحبه|گفتگو|گفت‌وگو|مقابلة|حوار|интервью|röportaj";
    preface.iter().any(|text| {
        let text = text.to_lowercase();
        WORDS.split('|').any(|word| text.contains(word))
    })
}

fn is_announced(name: &str, preface: &[&str]) -> bool {
    preface.iter().any(|text| {
        text.split(|c: char| !c.is_alphanumeric())
            .any(|word| name.split_whitespace().next_back() == Some(word))
    })
}

/// The full name that the preface gives for a label: `Ann` is `Ann Example` where a paragraph opens with that name, or where it
/// stands in a sentence and the label alone does not.
fn full_name(label: &str, preface: &[&str]) -> String {
    let fits = |run: &[&str]| {
        run.len() <= 5 && (run.first() == Some(&label) || run.last() == Some(&label))
    };
    for text in preface {
        let run = name_run(text.split_whitespace());
        if fits(&run) {
            return run.join(" ");
        }
    }
    let mut best = None;
    for text in preface {
        let words: Vec<&str> = text.split_whitespace().collect();
        for (at, word) in words.iter().enumerate() {
            if bare(word) != label {
                continue;
            }
            let forward = name_run(words[at..].iter().copied());
            let before = at
                .checked_sub(1)
                .map(|at| words[at])
                .filter(|word| is_large(word) && bare(word) == *word && at > 1);
            match (forward.len(), before) {
                (2..=4, _) => best = best.or(Some(forward.join(" "))),
                (_, Some(first)) => best = best.or(Some(format!("{first} {label}"))),
                // It stands alone: that is its name.
                _ => return label.to_owned(),
            }
        }
    }
    best.unwrap_or_else(|| label.to_owned())
}

/// The words of a name at the start of `words`.
fn name_run<'t>(words: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut run = Vec::new();
    for word in words {
        let plain = bare(word);
        if plain.is_empty()
            || !people::is_name(plain)
            || word.starts_with(['(', '[', '"', '“', '«'])
            || !is_large(word)
        {
            break;
        }
        run.push(plain);
        if plain.len() < word.len() {
            break;
        }
    }
    run
}

fn bare(word: &str) -> &str {
    let word = word.trim_end_matches([',', '.', ':', ';', ')', '?', '!']);
    word.strip_suffix("’s")
        .or_else(|| word.strip_suffix("'s"))
        .unwrap_or(word)
}

fn is_large(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Who asks, as the preface says: `NAME conducted interviews`, `NAME spoke with …`, `interviewed by NAME`.
fn interviewer(preface: &[&str]) -> Option<String> {
    const BEFORE: &[&str] = &[
        " conducted interviews",
        " conducted an interview",
        " conducted this interview",
        " conducted the interview",
        " interviewed ",
        " spoke with ",
        " spoke to ",
        " talked with ",
        " talked to ",
        " sat down with ",
        " sprach mit ",
        " a interviewé ",
        " entrevistó a ",
        " ha intervistato ",
    ];
    const AFTER: &[&str] = &[
        "interviewed by ",
        "interview by ",
        "conducted by ",
        "interview führte ",
        "gespräch führte ",
        "interview: ",
        "entretien réalisé par ",
        "recueillis par ",
        "entrevista realizada por ",
        "intervista di ",
        "questions by ",
        "گفتگو از ",
        "مصاحبه از ",
    ];
    for text in preface {
        for verb in BEFORE {
            if let Some((before, _)) = text.split_once(verb)
                && let Some(name) = run_before(before)
            {
                return Some(name);
            }
        }
        // Byte positions of the lower-case text may differ in other scripts: search without folding.
        for lead in AFTER {
            let large: String = lead
                .chars()
                .take(1)
                .flat_map(char::to_uppercase)
                .chain(lead.chars().skip(1))
                .collect();
            if let Some((_, after)) = text
                .split_once(lead)
                .or_else(|| text.split_once(large.as_str()))
            {
                let run = name_run(after.split_whitespace());
                if (1..=5).contains(&run.len()) {
                    return Some(run.join(" "));
                }
            }
        }
    }
    None
}

/// The name that ends `text`: words with large letters from the end on; an abbreviation in brackets and the article go.
fn run_before(text: &str) -> Option<String> {
    let text = text.trim_end();
    let text = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" ("))
        .map_or(text, |(before, _)| before);
    let mut words: Vec<&str> = text
        .split_whitespace()
        .rev()
        .take(8)
        .take_while(|word| is_large(word) && bare(word) == *word)
        .collect();
    words.reverse();
    while words
        .first()
        .is_some_and(|word| matches!(*word, "The" | "In" | "On" | "Last" | "Then" | "When"))
    {
        words.remove(0);
    }
    let is_pronoun = matches!(
        words.as_slice(),
        ["I" | "We" | "He" | "She" | "They" | "It" | "Who"]
    );
    let name = words.join(" ");
    (!words.is_empty() && !is_pronoun && name.len() <= MAX_LABEL).then_some(name)
}

/// Who answers, where there is one and the preface opens a paragraph with the name, or the title says `Interview with NAME`.
fn guest(preface: &[&str], interviewer: Option<&str>) -> Option<String> {
    for text in preface {
        for lead in [
            "nterview with ",
            "onversation with ",
            "nterview mit ",
            "espräch mit ",
            "ntretien avec ",
            "ntrevista con ",
            " spoke with ",
            " spoke to ",
            " talked to ",
        ] {
            if let Some((_, after)) = text.split_once(lead) {
                let run = name_run(after.split_whitespace());
                if (2..=4).contains(&run.len()) {
                    return Some(run.join(" "));
                }
            }
        }
    }
    let opening = preface
        .iter()
        .map(|text| name_run(text.split_whitespace()))
        .find(|run| (2..=4).contains(&run.len()))?;
    let name = opening.join(" ");
    (Some(name.as_str()) != interviewer).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_names_and_not_notes() {
        for (text, expected) in [
            ("Ann: It rained.", Some("Ann")),
            ("**Ann Example:** It rained.", Some("Ann Example")),
            ("**Ann Example**: It rained.", Some("Ann Example")),
            ("Ann Example (Exampletown): It rained.", Some("Ann Example")),
            ("Q. Did it rain?", Some("Q")),
            ("AE: It rained.", Some("AE")),
            ("سارا: باران آمد.", Some("سارا")),
            ("Note: It rained.", None),
            ("http://example.com", None),
            ("The mayor said: “It rained.”", None),
            ("At 10:30 it rained.", None),
        ] {
            assert_eq!(label(0, text).map(|label| label.name), expected, "{text}");
        }
        assert_eq!(label(0, "**Ann:** It").map(|label| label.skip), Some(9));
    }

    #[test]
    fn names_are_completed_from_the_preface() {
        let preface = [
            "Ann Example is a fisher.",
            "Mill (the mill) is a group.",
            "We met Bo Sample, who came late.",
        ];
        assert_eq!(full_name("Ann", &preface), "Ann Example");
        assert_eq!(full_name("Mill", &preface), "Mill");
        assert_eq!(full_name("Sample", &preface), "Bo Sample");
        assert_eq!(full_name("Kim", &preface), "Kim");
    }

    #[test]
    fn the_interviewer_is_who_the_preface_names() {
        assert_eq!(
            interviewer(&[
                "After the flood, the River Watch Group (RWG) conducted interviews with two."
            ])
            .as_deref(),
            Some("River Watch Group")
        );
        assert_eq!(interviewer(&["We spoke with Ann Example."]), None);
        assert_eq!(
            interviewer(&["Das Interview führte Max Muster."]).as_deref(),
            Some("Max Muster")
        );
    }
}
