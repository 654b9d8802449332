//! The words of two sides, on small texts; the formula held against a reference computation.

use super::*;
use crate::corpus::{Corpus, DocumentId, Meta, PassageDraft, builtin};
use significance::{Counts, LEAST_Z};

fn document(language: &str, passages: &[&str]) -> Document {
    let meta = Meta {
        language: language.to_owned(),
        ..Meta::default()
    };
    let mut document = Document::new(DocumentId::from("d"), meta);
    for text in passages {
        document.push(PassageDraft {
            text: (*text).to_owned(),
            ..PassageDraft::default()
        });
    }
    document
}

fn all_of(documents: &[Document], document: usize) -> Vec<PassageId> {
    (0..documents[document].len())
        .map(|passage| PassageId { document, passage })
        .collect()
}

/// What stands between straight marks.
fn straight_quotes(text: &str, _: &str) -> Vec<ByteSpan> {
    let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    marks
        .chunks_exact(2)
        .map(|pair| ByteSpan::new(pair[0], pair[1] + 1))
        .collect()
}

fn compare(documents: &[Document], included: Included) -> Wording {
    let (left, right) = (all_of(documents, 0), all_of(documents, 1));
    wording(&question(documents, &left, &right, included), None)
}

fn question<'a>(
    documents: &'a [Document],
    left: &'a [PassageId],
    right: &'a [PassageId],
    included: Included,
) -> Question<'a> {
    Question {
        documents,
        language: "en",
        left,
        right,
        included,
        quoted: &straight_quotes,
    }
}

/// Counts on the left and right, words on both sides, share in the background; log-odds difference and z. Computed with Python's `math` from the published formula.
type Row = ((usize, usize, usize, usize, f64), (f64, f64));

#[allow(clippy::unreadable_literal, reason = "as Python prints them")]
const REFERENCE: &[Row] = &[
    (
        (20, 0, 1500, 1400, 0.004),
        (2.3566097397855863, 3.190864671792877),
    ),
    (
        (20, 10, 1500, 1400, 0.006),
        (0.5239525806655463, 1.5099978451883047),
    ),
    (
        (5, 1, 800, 2600, 0.0011),
        (2.148359088764832, 2.364776167108721),
    ),
    ((0, 0, 100, 100, 0.01), (0.0, 0.0)),
    (
        (3, 40, 5000, 5200, 0.0042),
        (-2.081574791652499, -4.439633875334985),
    ),
    (
        (1, 0, 10, 10, 0.0),
        (7.603365045677699, 0.16997394405397526),
    ),
];

#[test]
fn log_odds_agree_with_a_reference_computation() {
    for ((left, right, left_words, right_words, share), (difference, z)) in REFERENCE {
        let counts = Counts {
            left: *left,
            right: *right,
            left_words: *left_words,
            right_words: *right_words,
            share: *share,
        };
        let found = log_odds(&counts);
        assert!((found.0 - difference).abs() < 1e-9, "{counts:?} {found:?}");
        assert!((found.1 - z).abs() < 1e-9, "{counts:?} {found:?}");
    }
}

#[test]
fn a_word_of_one_side_only_has_an_exact_chance() {
    let counts = |left, right| Counts {
        left,
        right,
        left_words: 300,
        right_words: 100,
        share: 0.01,
    };
    assert!((only_here(&counts(4, 0)) - 0.75_f64.powi(4)).abs() < 1e-12);
    assert!((only_here(&counts(0, 3)) - 0.25_f64.powi(3)).abs() < 1e-12);
    assert!((only_here(&counts(1, 1)) - 1.0).abs() < 1e-12);
}

/// Two accounts of one strike, each with its own word for it in many passages.
fn strike() -> [Document; 2] {
    let left: Vec<String> = (0..14)
        .map(|at| format!("In week {at} the walkout went on, and drivers at depot {at} voted to go on with it. The walkout has {} backers.", WORDS[at]))
        .collect();
    let right: Vec<String> = (0..14)
        .map(|at| format!("On day {at} the stoppage cost the city more, says the board; the stoppage closed a {} line.", WORDS[at]))
        .collect();
    let lines = |of: &[String]| document("en", &of.iter().map(String::as_str).collect::<Vec<_>>());
    [lines(&left), lines(&right)]
}

const WORDS: [&str; 14] = [
    "loyal", "short", "bitter", "quiet", "northern", "costly", "narrow", "early", "patient",
    "modern", "busy", "rural", "open", "winter",
];

#[test]
fn a_word_that_one_side_alone_uses_is_found_with_every_place() {
    let documents = strike();
    let found = compare(&documents, Included::default());
    let walkout = found
        .only_left
        .iter()
        .find(|only| only.text == "walkout")
        .unwrap();
    assert_eq!((walkout.count, walkout.documents), (28, 1));
    assert!(walkout.p < 1e-6, "{}", walkout.p);
    for place in &walkout.places {
        let text = documents[0].passage(place.passage.passage).unwrap().text();
        assert_eq!(place.span.of(text).to_lowercase(), "walkout");
    }
    assert!(
        found.only_right.iter().any(|only| only.text == "stoppage"),
        "{:?}",
        found.only_right
    );
}

/// Sixty passages of common made-up words, with one of two names for the same thing in each.
fn account(dice: &mut Dice, regimes: usize) -> Document {
    let passages: Vec<String> = (0..60)
        .map(|at| {
            let mut words: Vec<String> = (0..120)
                .map(|word| {
                    format!(
                        "w{}ord",
                        char::from(b'a' + word as u8 % 26)
                            .to_string()
                            .repeat(1 + word / 26)
                    )
                })
                .collect();
            dice.shuffle(&mut words);
            words.truncate(20);
            format!(
                "the {} of {}.",
                if at < regimes { "regime" } else { "government" },
                words.join(" the ")
            )
        })
        .collect();
    document(
        "en",
        &passages.iter().map(String::as_str).collect::<Vec<_>>(),
    )
}

#[test]
fn a_word_that_both_use_is_given_to_the_side_that_uses_it_more() {
    let mut dice = Dice(7);
    let documents = [account(&mut dice, 52), account(&mut dice, 6)];
    let found = compare(&documents, Included::default());
    let shown = |terms: &[Term]| -> Vec<(String, usize, usize)> {
        terms
            .iter()
            .map(|term| (term.text.clone(), term.count, term.other_count))
            .collect()
    };
    assert_eq!(shown(&found.left), [("regime".to_owned(), 52, 6)]);
    assert_eq!(shown(&found.right), [("government".to_owned(), 54, 8)]);
    assert!(
        found.left[0].z > LEAST_Z
            && found.left[0].places.len() == 52
            && found.left[0].other_places.len() == 6
    );
}

#[test]
fn one_passage_that_repeats_a_word_is_no_habit() {
    let repeated = "zinc ".repeat(40);
    let found = compare(
        &[
            document(
                "en",
                &[
                    &repeated,
                    "A plain passage on tin and lead.",
                    "Another one on iron.",
                ],
            ),
            document("en", &["Copper stands here.", "And brass stands there."]),
        ],
        Included::default(),
    );
    assert_eq!((found.left, found.only_left), (Vec::new(), Vec::new()));
}

#[test]
fn names_and_quotes_are_left_out_unless_they_are_wanted() {
    let left: Vec<String> = WORDS
        .map(|word| format!("Then Marlow spoke of a {word} house, \"a ghastly sight\", and left."))
        .to_vec();
    let right: Vec<String> = WORDS
        .map(|word| format!("Then nobody spoke of the {word} garden, and all left."))
        .to_vec();
    let lines = |of: &[String]| document("en", &of.iter().map(String::as_str).collect::<Vec<_>>());
    let documents = [lines(&left), lines(&right)];
    let texts = |included: Included| -> Vec<String> {
        let found = compare(&documents, included);
        found
            .left
            .iter()
            .map(|term| term.text.to_lowercase())
            .chain(found.only_left.iter().map(|only| only.text.to_lowercase()))
            .collect()
    };
    let plain = texts(Included::default());
    assert!(plain.contains(&"house".to_owned()), "{plain:?}");
    assert!(
        !plain
            .iter()
            .any(|text| text.contains("marlow") || text.contains("ghastly")),
        "{plain:?}"
    );
    let all = texts(Included {
        names: true,
        quoted: true,
    });
    assert!(all.iter().any(|text| text.contains("marlow")), "{all:?}");
    assert!(all.iter().any(|text| text.contains("ghastly")), "{all:?}");
}

/// Numbers that look random and are the same every time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            things.swap(at, (self.0 >> 33) as usize % (at + 1));
        }
    }
}

/// Words listed on average when the passages of a text are dealt to two sides at random.
fn listed_in_shuffled_halves(documents: &[Document], rounds: usize) -> f64 {
    let mut dice = Dice(20_260_117);
    let mut listed = 0;
    for _ in 0..rounds {
        let mut all: Vec<PassageId> = (0..documents.len())
            .flat_map(|at| all_of(documents, at))
            .collect();
        dice.shuffle(&mut all);
        let half = all.len() / 2;
        let (left, right) = all.split_at_mut(half);
        left.sort_unstable();
        right.sort_unstable();
        let question = question(documents, left, right, Included::default());
        let background = Background::of(&question);
        let found = wording(&question, Some(&background));
        listed +=
            found.left.len() + found.right.len() + found.only_left.len() + found.only_right.len();
    }
    listed as f64 / rounds as f64
}

fn by_sentences(document: &Document) -> Document {
    let sentences: Vec<String> = document
        .passages()
        .filter(|passage| passage.kind().is_prose())
        .flat_map(|passage| {
            let text = passage.text();
            crate::text::segment::sentences(text)
                .into_iter()
                .map(|span| span.of(text).to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    self::document(
        "en",
        &sentences.iter().map(String::as_str).collect::<Vec<_>>(),
    )
}

#[test]
fn shuffled_halves_of_one_text_show_less_than_one_word_on_average() {
    let Corpus { documents, .. } = builtin::corpus();
    let mut longest: Vec<Document> = documents;
    longest.sort_by_key(|document| std::cmp::Reverse(document.word_count()));
    for document in longest.into_iter().take(4) {
        for text in [by_sentences(&document), document.clone()] {
            let listed = listed_in_shuffled_halves(&[text], 30);
            assert!(listed < 1.0, "{}: {listed}", document.id);
        }
    }
}

#[test]
fn sides_without_words_have_nothing_to_show() {
    let documents = [document("en", &[]), document("en", &["1984", "…"])];
    let found = compare(&documents, Included::default());
    assert_eq!(
        found,
        Wording {
            words: [0, 0],
            ..Wording::default()
        }
    );
}

#[test]
fn rival_names_are_counted_on_each_side_in_any_form() {
    let documents = strike();
    let naming = crate::corpus::Naming {
        id: "stop".into(),
        title: "The strike".into(),
        terms: vec!["walkout".into(), "stoppages".into(), "holiday".into()],
    };
    let sides = [all_of(&documents, 0), all_of(&documents, 1)];
    let sides: Vec<&[PassageId]> = sides.iter().map(Vec::as_slice).collect();
    let found = naming::count(&documents, "en", std::slice::from_ref(&naming), &sides);
    let counts: Vec<Vec<usize>> = found[0]
        .terms
        .iter()
        .map(|term| term.sides.iter().map(Vec::len).collect())
        .collect();
    assert_eq!(counts, [vec![28, 0], vec![0, 28], vec![0, 0]]);
    assert!(
        naming::count(
            &documents,
            "en",
            &[crate::corpus::Naming {
                terms: vec!["zebra".into()],
                ..naming
            }],
            &sides
        )
        .is_empty()
    );
}

#[test]
fn who_does_it_is_not_what_is_done() {
    let documents = [
        document(
            "en",
            &["The protesters left. One protester's sign stayed. They protested."],
        ),
        document("en", &["Protests went on, and no protest was the last."]),
    ];
    let counts = |terms: &[&str]| -> Vec<Vec<usize>> {
        let naming = crate::corpus::Naming {
            id: "them".into(),
            title: "Them".into(),
            terms: terms.iter().map(|term| (*term).to_owned()).collect(),
        };
        let sides = [all_of(&documents, 0), all_of(&documents, 1)];
        let sides: Vec<&[PassageId]> = sides.iter().map(Vec::as_slice).collect();
        let found = naming::count(&documents, "en", &[naming], &sides);
        let terms = found.iter().flat_map(|naming| &naming.terms);
        terms
            .map(|term| term.sides.iter().map(Vec::len).collect())
            .collect()
    };
    assert_eq!(counts(&["protesters"]), [[2, 0]]);
    assert_eq!(counts(&["protests"]), [[1, 2]]);
    assert_eq!(counts(&["protesters", "protests"]), [[2, 0], [1, 2]]);
    assert_eq!(counts(&["protests", "protesters"]), [[1, 2], [2, 0]]);
}
