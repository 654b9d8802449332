//! Texts are changed in every way that editing and importing anew change them.

use super::*;
use crate::corpus::{Meta, PassageDraft};
use proptest::prelude::*;

const PASSAGES: [&str; 6] = [
    "The river rose four metres in one night and the dam above the town gave way before dawn.",
    "Officials speak of twelve dead. Rescue teams searched the lower streets by boat until the light failed.",
    "Shops stayed closed for a week. The market moved to the school yard, where traders shared two generators.",
    "An engineer had warned of cracks in the dam since spring; the ministry says that no letter reached it.",
    "The ministry will publish its report in autumn.",
    "Schools open again on Monday.",
];

fn document(id: &str, passages: &[&str]) -> Document {
    let meta = Meta {
        source: "gazette".into(),
        ..Meta::default()
    };
    let mut document = Document::new(id.into(), meta);
    for text in passages {
        document.push(PassageDraft {
            text: (*text).to_owned(),
            ..PassageDraft::default()
        });
    }
    document
}

fn passage(document: usize, passage: PassageIndex) -> PassageId {
    PassageId { document, passage }
}

/// The anchor of a passage of a text.
fn anchor(before: &[&str], at: PassageIndex) -> Anchor {
    let documents = [document("a", before)];
    Finder::new(&documents)
        .anchor_passage(passage(0, at))
        .unwrap()
}

fn found(anchor: &Anchor, after: &[&str]) -> Result<PassageIndex, Lost> {
    let documents = [document("a", after)];
    let found = Finder::new(&documents).find_passage(anchor);
    found.map(|(id, _)| id.passage)
}

/// Where passage `at` is found after the text has become `after`.
fn again(at: PassageIndex, after: &[&str]) -> Result<PassageIndex, Lost> {
    found(&anchor(&PASSAGES, at), after)
}

#[test]
fn an_anchor_comes_back_from_its_line_of_a_file() {
    let anchor = anchor(&PASSAGES, 1);
    let line = serde_json::to_string(&anchor).unwrap();
    assert_eq!(serde_json::from_str::<Anchor>(&line).unwrap(), anchor);
    assert_eq!(found(&anchor, &PASSAGES), Ok(1));
    assert_eq!(anchor.quote.prefix.chars().count(), 32);
}

#[test]
fn typos_and_changed_words_leave_a_passage_in_its_place() {
    let mut after = PASSAGES;
    after[1] = "Officials speak of fifteen dead. Rescue teams serached the lower streets by boat until light failed.";
    after[2] = "Shops stayed closed for two weeks. The market moved to the school yard.";
    assert_eq!(again(1, &after), Ok(1));
    assert_eq!(again(3, &after), Ok(3));
    assert_eq!(again(2, &after), Err(Lost::Words), "over a fifth has gone");
}

#[test]
fn a_moved_passage_is_found_by_its_words_alone() {
    let mut after = PASSAGES;
    after.swap(0, 4);
    assert_eq!(again(0, &after), Ok(4));
    assert_eq!(again(4, &after), Ok(0));
    after.rotate_left(2);
    assert_eq!(again(3, &after), Ok(1));
}

#[test]
fn a_removed_passage_is_lost_and_its_neighbours_are_not() {
    let after = [PASSAGES[0], PASSAGES[1], PASSAGES[3], PASSAGES[5]];
    assert_eq!(again(2, &after), Err(Lost::Words));
    assert_eq!(again(4, &after), Err(Lost::Words));
    assert_eq!(again(1, &after), Ok(1));
    assert_eq!(again(3, &after), Ok(2));
}

#[test]
fn a_joined_passage_is_found_in_the_longer_one_and_a_divided_one_is_lost() {
    let joined = format!("{} {}", PASSAGES[2], PASSAGES[3]);
    let after = [PASSAGES[0], PASSAGES[1], &joined, PASSAGES[4]];
    let documents = [document("a", &after)];
    let mut finder = Finder::new(&documents);
    let whole = (passage(0, 2), Share::Joined);
    assert_eq!(finder.find_passage(&anchor(&PASSAGES, 2)), Ok(whole));
    assert_eq!(finder.find_passage(&anchor(&PASSAGES, 3)), Ok(whole));
    let (one, other) = PASSAGES[1].split_at(32);
    let after = [PASSAGES[0], one.trim(), other.trim(), PASSAGES[2]];
    assert_eq!(again(1, &after), Err(Lost::Divided));
    // A short piece cut off leaves the passage what it was.
    let (one, other) = PASSAGES[1].split_at(88);
    let after = [PASSAGES[0], one.trim(), other.trim(), PASSAGES[2]];
    assert_eq!(again(1, &after), Ok(1));
}

#[test]
fn of_repeated_passages_the_one_in_its_surroundings_is_taken_or_none() {
    let refrain = "Nobody from the ministry came to the town at all.";
    let before = [
        PASSAGES[0],
        refrain,
        PASSAGES[1],
        PASSAGES[2],
        refrain,
        PASSAGES[3],
    ];
    let (first, second) = (anchor(&before, 1), anchor(&before, 4));
    assert_eq!(found(&second, &before[1..]), Ok(3));
    // The first has gone: the second is not taken for it.
    let after = [PASSAGES[0], PASSAGES[1], PASSAGES[2], refrain, PASSAGES[3]];
    assert_eq!(found(&first, &after), Err(Lost::Ambiguous));
    assert_eq!(found(&second, &after), Ok(3));
    // Side by side they cannot be told apart once one has gone.
    let before = [PASSAGES[0], refrain, refrain, refrain, PASSAGES[1]];
    let after = [PASSAGES[0], refrain, refrain, PASSAGES[1]];
    for at in 1..4 {
        assert_eq!(found(&anchor(&before, at), &after), Err(Lost::Ambiguous));
    }
    assert_eq!(found(&anchor(&before, 2), &before), Ok(2), "the same text");
}

#[test]
fn of_passages_nearly_alike_none_stands_in_for_another() {
    let before = [
        PASSAGES[0],
        "On 1 May twelve people were brought to the hospital.",
        "On 2 May eleven people were brought to the hospital.",
        "On 3 May twenty people were brought to the hospital.",
        PASSAGES[5],
    ];
    for at in 1..4 {
        let mut after = before.to_vec();
        after.remove(at);
        assert_eq!(found(&anchor(&before, at), &after), Err(Lost::Words));
    }
    let mut after = before.to_vec();
    after.swap(1, 3);
    assert_eq!(found(&anchor(&before, 1), &after), Ok(3));
}

#[test]
fn short_words_need_their_surroundings() {
    let before = [
        "Did you see the water?",
        "Yes.",
        "Did the boats come?",
        "No.",
    ];
    let yes = anchor(&before, 1);
    let after = [
        "Did you see the water at night?",
        "Yes.",
        "Did the boats come?",
        "No.",
    ];
    assert_eq!(found(&yes, &after), Ok(1));
    let after = [
        "Did you see the water?",
        "Did the boats come?",
        "No.",
        "And then?",
        "Yes.",
    ];
    assert_eq!(found(&yes, &after), Err(Lost::Ambiguous));
}

#[test]
fn a_document_of_another_name_is_found_by_its_text() {
    let anchor = anchor(&PASSAGES, 1);
    let other = document(
        "b",
        &[
            "Nothing of this kind.",
            "Another text altogether, of other things.",
        ],
    );
    let mut changed = PASSAGES;
    changed[5] = "Schools open again on Tuesday, it is said.";
    for text in [PASSAGES, changed] {
        let documents = [other.clone(), document("c", &text)];
        let found = Finder::new(&documents).find_passage(&anchor);
        assert_eq!(found, Ok((passage(1, 1), Share::All)));
        // Its name has gone to another text.
        let mut documents = documents;
        documents[0].id = "a".into();
        let found = Finder::new(&documents).find_passage(&anchor);
        assert_eq!(found, Ok((passage(1, 1), Share::All)));
    }
    assert_eq!(
        Finder::new(&[other]).find_passage(&anchor),
        Err(Lost::Document)
    );
}

#[test]
fn a_passage_that_another_source_has_too_is_not_taken_for_the_one_that_has_gone() {
    let mut changed = PASSAGES;
    changed[5] = "Schools open again on Tuesday.";
    let mut copy = document("b", &changed);
    copy.meta.source = "herald".into();
    let documents = [copy];
    let found = Finder::new(&documents).find_passage(&anchor(&PASSAGES, 1));
    assert_eq!(found, Err(Lost::Document));
    // Two copies under new names: none is surely the one.
    let documents = [document("b", &PASSAGES), document("c", &PASSAGES)];
    let found = Finder::new(&documents).find_passage(&anchor(&PASSAGES, 1));
    assert_eq!(found, Err(Lost::Document));
}

#[test]
fn a_span_is_found_wherever_its_words_went() {
    let documents = [document("a", &PASSAGES)];
    let text = documents[0].text();
    let start = text.find("cracks in the dam since spring").unwrap();
    let span = ByteSpan::new(start, start + 30);
    let anchor = Finder::new(&documents).anchor_span(0, span).unwrap();
    let mut after = PASSAGES;
    after[3] = "It is said that an engineer warned of cracks in this dam since spring; the ministry says that no letter came.";
    after.swap(0, 5);
    let documents = [document("a", &after)];
    let found = Finder::new(&documents).find(&anchor).unwrap();
    assert_eq!(
        found.span.of(documents[0].text()),
        "cracks in this dam since spring"
    );
    assert_eq!(
        Finder::new(&documents).anchor_span(0, ByteSpan::new(3, 3)),
        None
    );
}

#[test]
fn a_long_passage_is_known_by_its_two_ends() {
    let sentence = |at: usize| format!("Sentence {at} of house {} was read. ", at * 7919 % 1000);
    let long: String = (0..200).map(sentence).collect();
    let before = [PASSAGES[0], &long, PASSAGES[1]];
    let anchor = anchor(&before, 1);
    assert!(serde_json::to_string(&anchor).unwrap().len() < 4000);
    let changed = long.replace("Sentence 100 ", "The hundredth sentence ");
    assert_eq!(
        found(&anchor, &[PASSAGES[2], PASSAGES[0], &changed, PASSAGES[1]]),
        Ok(2)
    );
    let halved: String = (0..200)
        .filter(|at| !(30..160).contains(at))
        .map(sentence)
        .collect();
    assert_eq!(
        found(&anchor, &[PASSAGES[0], &halved, PASSAGES[1]]),
        Err(Lost::Words)
    );
}

#[test]
fn monotonous_text_is_gone_through_and_finds_nothing() {
    // Work that grows with the square of the text would not end here.
    for hostile in [
        "a b ".repeat(200_000),
        "x".repeat(800_000),
        "\u{301}".repeat(200_000),
    ] {
        let documents = [document("a", &[&hostile, PASSAGES[0], &hostile])];
        let mut finder = Finder::new(&documents);
        let anchors: Vec<Anchor> = (0..3)
            .filter_map(|at| finder.anchor_passage(passage(0, at)))
            .collect();
        let changed = [document("a", &["new", &hostile, "new", &hostile])];
        let mut finder = Finder::new(&changed);
        for anchor in &anchors {
            assert!(finder.find_passage(anchor).is_err());
        }
    }
}

#[test]
fn damaged_offsets_and_words_are_refused() {
    let mut anchor = anchor(&PASSAGES, 1);
    (anchor.start, anchor.end) = (u32::MAX, 3);
    assert_eq!(found(&anchor, &PASSAGES), Ok(1), "the words are enough");
    anchor.quote.exact.clear();
    assert!(found(&anchor, &PASSAGES).is_err());
    anchor.quote.exact = "é".repeat(2000);
    assert!(found(&anchor, &PASSAGES).is_err());
}

/// A change to a text of which each passage is known by a number.
#[derive(Clone, Debug)]
enum Edit {
    Typo(usize, usize),
    Insert(usize, String),
    Remove(usize),
    Move(usize, usize),
    Divide(usize, usize),
    Join(usize),
}

/// A passage and which passages of the first text it is made of.
type Made = (String, Vec<usize>);

fn apply(text: &mut Vec<Made>, edit: &Edit) {
    if text.is_empty() {
        return;
    }
    let count = text.len();
    match edit {
        Edit::Typo(at, place) => {
            let words = &mut text[at % count].0;
            let place = crate::text::char_boundary_at_or_before(words, place % words.len().max(1));
            words.insert(place, 'q');
        }
        Edit::Insert(at, words) => text.insert(at % count, (words.clone(), Vec::new())),
        Edit::Remove(at) => {
            text.remove(at % count);
        }
        Edit::Move(from, to) => {
            let moved = text.remove(from % count);
            text.insert(to % count, moved);
        }
        Edit::Divide(at, place) => {
            let (words, made) = text.remove(at % count);
            let place = crate::text::char_boundary_at_or_before(&words, place % words.len().max(1));
            let (one, other) = words.split_at(place);
            text.insert(at % count, (other.to_owned(), made.clone()));
            text.insert(at % count, (one.to_owned(), made));
        }
        Edit::Join(at) if at % count + 1 < count => {
            let (words, made) = text.remove(at % count + 1);
            let into = &mut text[at % count];
            into.0 = format!("{} {words}", into.0);
            into.1.extend(made);
        }
        Edit::Join(_) => {}
    }
}

#[test]
fn a_moved_passage_is_not_taken_for_one_that_came_to_be_like_it_in_its_old_place() {
    let before = [
        "wo0rd",
        "wo1rd wo0rd",
        "wo0rd wo0rd wo0rd wo0rd wo2rd",
        "wo1rd wo1rd wo1rd wo2rd wo1rd",
        "wo0rd",
    ];
    let after = [
        "wo1rd wo1rd wo1rd wo2rd wo1rd",
        "wo0rd",
        "wo0rd wo0rd wo0rd wo0rd wo2rd wo1rd wo0rd",
        "wo0rd",
    ];
    let found = found(&anchor(&before, 3), &after);
    assert!(matches!(found, Ok(0) | Err(_)), "{found:?}");
}

#[test]
fn a_word_that_stands_twice_is_not_taken_for_its_copy_that_came_into_its_place() {
    let before = ["wo0rd", "wo1rd", "wo0rd wo0rd", "wo0rd"];
    let after = ["wo1rd", "wo0rd wo0rd", "wo0rd", "wo0rd"];
    let found = found(&anchor(&before, 3), &after);
    assert!(matches!(found, Ok(2) | Err(_)), "{found:?}");
}

fn words(kinds: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(0..kinds, 1..18).prop_map(|numbers| {
        let words: Vec<String> = numbers.iter().map(|at| format!("wo{at}rd")).collect();
        words.join(" ")
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0usize..40;
    prop_oneof![
        4 => (at(), 0usize..100).prop_map(|(at, place)| Edit::Typo(at, place)),
        2 => (at(), words(300)).prop_map(|(at, words)| Edit::Insert(at, words)),
        2 => at().prop_map(Edit::Remove),
        2 => (at(), at()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => (at(), 0usize..100).prop_map(|(at, place)| Edit::Divide(at, place)),
        1 => at().prop_map(Edit::Join),
    ]
}

/// How many texts are tried: as many as `PROPTEST_CASES` says, for a long run.
fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(200), ..ProptestConfig::default() })]

    /// With few kinds of words, passages are alike or the same; with many, each is its own.
    #[test]
    fn whatever_is_done_to_a_text_no_passage_is_taken_for_another(
        (few, many) in (proptest::collection::vec(words(4), 2..12), proptest::collection::vec(words(400), 2..12)),
        alike in any::<bool>(),
        edits in proptest::collection::vec(edit(), 0..8),
    ) {
        let before = if alike { few } else { many };
        let mut after: Vec<Made> = before.iter().cloned().zip((0..).map(|at| vec![at])).collect();
        for edit in &edits {
            apply(&mut after, edit);
        }
        let texts: Vec<&str> = before.iter().map(String::as_str).collect();
        let now: Vec<&str> = after.iter().map(|(text, _)| text.as_str()).collect();
        for (at, was) in before.iter().enumerate() {
            if let Ok(place) = found(&anchor(&texts, at), &now) {
                prop_assert!(
                    after[place].1.contains(&at),
                    "passage {} “{}” was taken for {} “{}”", at, was, place, now[place]
                );
            } else {
                let untouched = edits.iter().all(|edit| matches!(edit, Edit::Move(..))) && !alike;
                let alone = |text: &str| texts.iter().filter(|other| other.contains(text)).count() == 1;
                prop_assert!(
                    !(untouched && was.len() >= 24 && alone(was)),
                    "passage {} “{}” was lost", at, was
                );
            }
        }
    }
}
