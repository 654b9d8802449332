//! Discovery on small texts of our own about unlike events, in two languages.

#![allow(clippy::print_stdout)] // Its tables are for reading.

use diptych::analysis::discovery::discover;
use diptych::analysis::tagging::tag;
use diptych::corpus::{Document, DocumentId, Meta, PassageDraft, SourceId, Topic};

/// A document: source, language, then its paragraphs; `Name: ` opens a paragraph of a voice.
fn document(source: &str, language: &str, paragraphs: &[&str]) -> Document {
    let meta = Meta {
        source: SourceId::from(source),
        authors: vec!["Marga Lindqvist".to_owned()],
        language: language.to_owned(),
        ..Meta::default()
    };
    let mut document = Document::new(DocumentId::from(source), meta);
    for paragraph in paragraphs {
        let (voice, text) = match paragraph.split_once(": ") {
            Some((name, text)) if !name.contains(' ') => (Some(name.to_owned()), text),
            Some(_) | None => (None, *paragraph),
        };
        document.push(PassageDraft {
            voice,
            text: text.to_owned(),
            ..PassageDraft::default()
        });
    }
    document
}

fn flood() -> Vec<Document> {
    vec![
        document(
            "harbour-post",
            "en",
            &[
                "The flood wave reached Lower Marden at four in the morning, when the dam above the town gave way, Marga Lindqvist said.",
                "Insurance companies expect claims of two billion. Most houses below the railway had no insurance cover at all.",
                "The warning system failed for eleven minutes. The sirens stood in the water before they could sound.",
                "Engineers had asked in March for a lower level behind the dam. The operator of the dam refused because of power prices.",
                "In the school gym three hundred people slept on mats. The Red Cross brought blankets and soup.",
                "The mayor was on holiday. She came back on Tuesday and promised a warning system that works without electricity.",
                "Farmers lost a year of potatoes and all their cattle. The insurance pays for barns, not for cows.",
            ],
        ),
        document(
            "valley-voice",
            "en",
            &[
                "We heard the dam before we saw it, a woman from Mill Street said. Then there was no street any more.",
                "Nobody warned us. The warning system is a loudspeaker on the roof of the fire station, and the fire station was gone.",
                "The Red Cross came on the second day with boats and with a list of the missing.",
                "Three engineers wrote a letter in spring about cracks in the dam. It was answered in autumn, after the flood.",
                "My insurance sent a man in rubber boots who wrote down the height of the mud and left.",
                "The cattle stood on the railway embankment for two days. Farmers rowed out with hay.",
                "A new warning system was paid for in 2019 and is still in its boxes. The insurance of the county does not cover it.",
            ],
        ),
    ]
}

fn election() -> Vec<Document> {
    vec![
        document(
            "daily-ledger",
            "en",
            &[
                "Counting went on until dawn, and the postal votes turned the result in four districts.",
                "The coal tax was the question of the campaign. The Greens wanted it doubled, the Conservatives wanted it gone.",
                "Turnout fell to 54 percent, the lowest since the war. In the suburbs hardly a third voted.",
                "Postal votes were checked twice after a complaint by the Conservatives. The electoral commission found nothing.",
                "A coalition of three parties is likely. The coalition talks begin on Monday in the old customs house.",
                "The electoral commission had changed the forms in June. Observers spoke of long queues and too few booths.",
                "The coal tax will be the first point of the coalition talks, said a member of the Greens.",
            ],
        ),
        document(
            "left-review",
            "en",
            &[
                "Low turnout is no riddle. Where the last bus line was cut, turnout was cut too.",
                "Nobody who burns coal at home pays the coal tax from a fat purse. The Greens did not see this.",
                "Ten thousand postal votes were still on the road when the polls closed; the electoral commission counted them all.",
                "The coalition talks will be about chairs. The coal tax is what the chairs will be traded for.",
                "The Conservatives called the postal votes a swamp and then took three seats out of it.",
                "What the electoral commission needs is money, not suspicion.",
            ],
        ),
    ]
}

fn court() -> Vec<Document> {
    vec![
        document(
            "court-report",
            "en",
            &[
                "The chemist was sentenced to nine years for selling diluted cancer drugs to four hospitals.",
                "Witness statements filled eleven binders. A nurse testified that the labels came off in her hand.",
                "The defence argued that the laboratory reports had been mixed up. The judge called the laboratory reports beyond doubt.",
                "Families of patients sat in the first row every day. Two of them are suing the health authority.",
                "The health authority had inspected the pharmacy in 2014 and noted clean floors.",
                "The prosecutor had asked for twelve years. The defence will appeal.",
                "Diluted cancer drugs were found in sixty of a hundred bags.",
            ],
        ),
        document(
            "patients-bulletin",
            "en",
            &[
                "Nine years, and he may be out in six. Families of patients left the courtroom without a word.",
                "Nobody from the health authority was charged. Its inspectors announced their visits by letter.",
                "The laboratory reports had lain in a drawer of the prosecutor for five months.",
                "We ask for a register of all who were given diluted cancer drugs. The health authority says it has no staff for that.",
                "The defence called a professor who had not read the laboratory reports.",
                "The nurse who spoke first lost her post. We collect for her.",
            ],
        ),
    ]
}

fn merger() -> Vec<Document> {
    vec![
        document(
            "market-wire",
            "en",
            &[
                "Norvik and Alto Rail agreed on a merger that creates the third largest maker of trains in the world.",
                "Shareholders get two Norvik shares for three of Alto Rail. The board of directors approved it with one vote against.",
                "The competition authority in Brussels has until May. It stopped a similar merger seven years ago.",
                "The plant in Lund, where brakes are made, will be closed. Trade unions called for a strike.",
                "Synergies of 400 million a year are promised. Half of it comes from purchasing, the board of directors said.",
                "Trade unions hold a fifth of the pension fund that owns Alto Rail.",
            ],
        ),
        document(
            "metal-worker",
            "en",
            &[
                "Synergies is their word for us. In Lund alone nine hundred jobs go.",
                "Trade unions on both sides met in a gym and found that they had been told two different stories.",
                "The competition authority asks about prices. Nobody asks about jobs, and that is legal.",
                "The board of directors flew in for two hours. The brakes plant was not on the agenda.",
                "We know from the last merger that promised jobs last for exactly two years. Shareholders know it too.",
                "The pension fund is our money. It votes for the closing of our plant.",
            ],
        ),
    ]
}

fn german() -> Vec<Document> {
    vec![
        document(
            "stadtblatt",
            "de",
            &[
                "Der Stadtrat hat den Verkauf des Freibads beschlossen. Die Bürgerinitiative sprach von einem schwarzen Tag.",
                "Der Investor will auf der Liegewiese Eigentumswohnungen bauen, sagte der Kämmerer am Montag.",
                "Das Wasserwerk hatte vor steigenden Kosten gewarnt. Die Sanierung der Becken würde sechs Millionen kosten.",
                "Die Bürgerinitiative sammelte 9000 Unterschriften für ein Bürgerbegehren.",
                "Der Investor hat bereits das Hotel am Hafen gekauft und steht dort seit Jahren vor einer Baugrube.",
                "Über das Bürgerbegehren entscheidet das Verwaltungsgericht. Der Kämmerer rechnet mit dem Frühjahr.",
            ],
        ),
        document(
            "strassenzeitung",
            "de",
            &[
                "Wer kein Auto hat, fährt im Sommer nicht an den See. Das Freibad war unser See, sagt eine Rentnerin.",
                "Der Investor heißt auf dem Papier jedes Mal anders, doch die Adresse ist immer dieselbe.",
                "Für die Sanierung der Becken gab es Geld vom Bund. Der Kämmerer hat es nicht abgerufen.",
                "Das Bürgerbegehren ist gültig, meint die Anwältin der Bürgerinitiative, und sie hat die Unterschriften gezählt.",
                "Vor dem Verwaltungsgericht wird man sich wiedersehen. Die Bürgerinitiative bringt Handtücher mit.",
                "Eigentumswohnungen sind das Letzte, was in diesem Viertel fehlt.",
            ],
        ),
    ]
}

/// A strike: names with parts, a short form, general words that recur, and "strike" in nearly every passage.
fn strike() -> Vec<Document> {
    vec![
        document(
            "morning-courier",
            "en",
            &[
                "The strike on the United Counties Railway entered its third week. The National Rail Union (NRU) says nine drivers in ten have joined it.",
                "A senior manager of the United Counties Railway called the strike a means to an end that nobody could name.",
                "The Ministry of Transport offered to mediate in the strike. A senior aide said that the minister had other means as well.",
                "Commuters in Port Adler waited two hours for a bus. A number of schools in Port Adler opened late because of the strike.",
                "The NRU wants the sleeper trains staffed by two. The sleeper trains have run with a single guard since spring.",
                "A guard on one of the sleeper trains was attacked in May. The sleeper trains to the coast lost their sleeping cars in the same month.",
                "The chamber of commerce put the cost of the strike at four million a day. The number is a guess, it added.",
                "The Ministry of Transport published its own number. It found means to halve the cost and blamed the strike for the rest.",
                "The National Rail Union has a strike fund for eleven weeks. A senior member of the National Rail Union showed us the accounts.",
                "Replacement drivers from the Republic of Vasta were turned back at the border on the fourth day of the strike.",
                "The Republic of Vasta knows no right to strike. Its drivers had been promised double pay by the United Counties Railway.",
                "In Port Adler the harbour cranes stood still in support of the strike. The harbour cranes move by rail.",
                "A third of the harbour cranes ran again on Friday. The strike went on everywhere else, in a senior official's words, by other means.",
                "The court will hear the case against the strike on Monday. The United Counties Railway asked for it behind closed doors.",
            ],
        ),
        document(
            "signal-box",
            "en",
            &[
                "We are on strike because we are tired. The NRU did not invent our hours, the United Counties Railway did.",
                "On the sleeper trains one guard looks after four hundred people. Before the strike nobody had counted them.",
                "I worked the sleeper trains for nine years. When somebody falls ill on the sleeper trains there is no means to stop.",
                "The strike kitchen in Port Adler cooks for six hundred. The dockers of Port Adler pay for the onions.",
                "The dockers stopped the harbour cranes on their own. No member of the National Rail Union asked them to join the strike.",
                "The Ministry of Transport calls itself a mediator. The Ministry of Transport owns two fifths of the shares, strike or no strike.",
                "A senior driver earns less than in 2009. A number of young ones left before the strike began.",
                "From the Republic of Vasta came forty drivers, and they shared our soup. In the Republic of Vasta a strike is a crime.",
                "The harbour cranes are silent and one can hear the gulls. That is what a strike sounds like.",
                "The NRU meets every evening in the engine shed. A strike is a number of meetings, somebody said.",
                "The court has never yet found a strike lawful. The means of the law are not ours.",
                "If the United Counties Railway wants its trains back it knows the number of the engine shed. The strike can end in an hour.",
            ],
        ),
    ]
}

/// A transfer: people, clubs and bodies whose names have parts.
fn transfer() -> Vec<Document> {
    vec![
        document(
            "sports-ledger",
            "en",
            &[
                "Real Calderon have agreed to sell Ivo Marant to Athletic Bruck. The transfer would be the dearest in the country.",
                "Ivo Marant is said to want the transfer for family reasons. The young striker was born in sight of the Bruck stadium.",
                "The release clause in his contract names a sum of ninety million. Athletic Bruck claim that the release clause lapsed in June.",
                "The League Arbitration Panel (LAP) will rule on the release clause within a month. Its rulings on a transfer are final.",
                "A medical examination on Tuesday found an old knee injury. The knee injury had not been in the papers for the transfer.",
                "Real Calderon said the knee injury was healed long ago. Their doctor has treated Marant for three years.",
                "Supporters of Real Calderon burned season tickets outside the ground. A transfer in the middle of a season is without example.",
                "The season tickets were sold on the promise that Marant would stay. The club will not refund season tickets after a transfer.",
                "The agent Sela Dorn stands to earn eight million. Sela Dorn has arranged every important transfer of the year.",
                "The LAP has asked Sela Dorn for her papers. She is not a member of the agents' register, and the transfer may fall for it.",
                "Athletic Bruck are two points behind the leaders. They have a number of injured strikers, and the transfer window closes on Sunday.",
                "The League Arbitration Panel last stopped a transfer eleven years ago, when a release clause had been forged.",
                "On the training ground Marant ran alone. The way he ran left doubts about the knee injury and about the transfer.",
            ],
        ),
        document(
            "terrace-talk",
            "en",
            &[
                "Nobody asked us. Real Calderon sold the one player for whom people still buy season tickets, and call the transfer a success.",
                "My season tickets hang in the kitchen since 1988. This transfer is a number in a ledger to Real Calderon.",
                "They say the release clause forced their hand. We have read the release clause; it says that the club may refuse.",
                "Sela Dorn was at the stadium twice in spring. People who meet Sela Dorn tend to be sold, transfer window or not.",
                "The knee injury is the way out. If the knee injury is bad enough the transfer is off and nobody has lied.",
                "The League Arbitration Panel sits in a hotel. The LAP has five members, three of them from clubs that live by the transfer.",
                "At Athletic Bruck they sing already. A cousin of mine has tickets for Athletic Bruck and is ashamed of the transfer.",
                "Ivo Marant came to our bar after the cup. Ivo Marant paid for everyone and said nothing of a transfer.",
                "We wrote to the LAP. We asked for the part of the contract that the transfer rests on.",
                "If Real Calderon lose on Sunday it is not the fault of the people who stayed away. It is the transfer.",
                "The case is simple: the club needs money, the country needs a story, and the transfer gives both of them a way.",
                "There is talk of a fund to buy the player back. It will not come to a transfer that way, but it is a thing to do.",
            ],
        ),
    ]
}

fn titles(documents: &[Document]) -> Vec<String> {
    let topics = discover(documents, 12);
    for topic in &topics {
        println!(
            "{:>2} {:<28} {:?}",
            topic.key.unwrap_or(' '),
            topic.title,
            topic.cues
        );
    }
    println!();
    topics.into_iter().map(|topic| topic.title).collect()
}

fn holds_all(documents: &[Document], wanted: &[&str]) {
    let titles = titles(documents);
    for wanted in wanted {
        assert!(
            titles
                .iter()
                .any(|title| title.to_lowercase().contains(wanted)),
            "{wanted} is not in {titles:?}"
        );
    }
}

/// None of the titles is, in small letters, one of these.
fn holds_none(documents: &[Document], unwanted: &[&str]) {
    for title in titles(documents) {
        assert!(
            !unwanted.contains(&title.to_lowercase().as_str()),
            "{title} is a topic"
        );
    }
}

const GENERAL: [&str; 12] = [
    "means",
    "senior",
    "number",
    "way",
    "part",
    "people",
    "country",
    "thing",
    "member",
    "young",
    "case",
    "important",
];

#[test]
fn names_stay_whole_in_two_accounts_of_a_strike() {
    holds_all(
        &strike(),
        &[
            "national rail union",
            "united counties railway",
            "ministry of transport",
            "port adler",
            "republic of vasta",
            "sleeper trains",
            "harbour cranes",
        ],
    );
    let parts = [
        "united",
        "counties",
        "railway",
        "national",
        "rail",
        "union",
        "rail union",
        "ministry",
        "transport",
        "port",
        "adler",
        "republic",
        "vasta",
        "nru",
        "strike",
    ];
    holds_none(&strike(), &parts);
    holds_none(&strike(), &GENERAL);
}

#[test]
fn names_stay_whole_in_two_accounts_of_a_transfer() {
    holds_all(
        &transfer(),
        &[
            "real calderon",
            "athletic bruck",
            "league arbitration panel",
            "sela dorn",
            "marant",
            "release clause",
            "knee injury",
            "season tickets",
        ],
    );
    let parts = [
        "real",
        "calderon",
        "athletic",
        "bruck",
        "league",
        "arbitration",
        "panel",
        "lap",
        "sela",
        "dorn",
        "ivo",
        "release",
        "clause",
        "knee",
        "season",
        "transfer",
    ];
    holds_none(&transfer(), &parts);
    holds_none(&transfer(), &GENERAL);
}

#[test]
fn a_name_and_the_short_form_it_is_given_are_one_topic() {
    let topics = discover(&strike(), 12);
    let union = topics
        .iter()
        .find(|topic| topic.title == "National Rail Union");
    let cues = union.map_or(&[][..], |topic| &topic.cues);
    assert!(cues.iter().any(|cue| cue == "NRU"), "{cues:?}");
    assert!(!topics.iter().any(|topic| topic.title == "NRU"));
}

/// Two long accounts: a levy that is spoken of in one stretch of each, mostly before another noun; the harbour here and there
/// throughout; and verbs that stand everywhere.
fn long() -> Vec<Document> {
    let levy = [
        "Some speak of the levy, and they must wait.",
        "The levy forms were green.",
        "Nobody had seen levy collectors before, so they refuse the man.",
        "It was the levy that they wait for.",
        "A levy office opened.",
    ];
    let other = [
        "They must wait and refuse the soup.",
        "A ship lay in the harbour.",
        "Snow fell, and they decide the matter by lot.",
        "We wait, since nobody can decide the rest.",
        "A lamp went out over the harbour.",
        "Somebody sang, and they refuse the song.",
    ];
    let mut sides = Vec::new();
    for (source, stretch) in [("north", 20..32), ("south", 60..72)] {
        let line = |n: usize| {
            if stretch.contains(&n) {
                levy[n % levy.len()]
            } else {
                other[n % other.len()]
            }
        };
        let lines: Vec<&str> = (0..90).map(line).collect();
        sides.push(document(source, "en", &lines));
    }
    sides
}

#[test]
fn what_fills_a_stretch_is_a_topic_and_what_is_spread_over_everything_is_none() {
    let topics = titles(&long());
    assert_eq!(
        topics.first().map(String::as_str),
        Some("Levy"),
        "{topics:?}"
    );
    holds_none(
        &long(),
        &[
            "town", "matter", "answer", "wait", "decide", "refuse", "clerk",
        ],
    );
}

/// Somebody who is called by both names at first, then by one here and by the other there.
fn named() -> Vec<Document> {
    vec![
        document(
            "wire",
            "en",
            &[
                "The bridge was closed by Ilva Torreno, who keeps the harbour. Torreno gave no reason.",
                "Ships waited off the mole. Torreno had them searched one by one.",
                "The captain's papers were in order, the captain's crew was not.",
                "A spokesman for the port said that the ferry would sail at ten.",
            ],
        ),
        document(
            "letter",
            "en",
            &[
                "I asked for Ilva Torreno at the gate, for we were at school together.",
                "They said that Ilva was on the mole and had no time for anyone.",
                "So I went to the captain, and the captain's dog bit me.",
                "In the evening Ilva came to my door with her hat in her hand.",
            ],
        ),
    ]
}

#[test]
fn both_names_of_a_person_are_one_topic() {
    let topics = discover(&named(), 12);
    let person: Vec<&Topic> = topics
        .iter()
        .filter(|topic| topic.title.contains("Torreno") || topic.title.contains("Ilva"))
        .collect();
    let [person] = person[..] else {
        panic!("{topics:?}")
    };
    assert_eq!(person.title, "Ilva Torreno");
    for name in ["Ilva Torreno", "Torreno", "Ilva"] {
        assert!(
            person.cues.iter().any(|cue| cue == name),
            "{:?}",
            person.cues
        );
    }
}

#[test]
fn titles_do_not_say_whose_something_is() {
    for topic in discover(&named(), 12) {
        assert!(!topic.title.contains('\''), "{}", topic.title);
        assert!(
            topic.cues.iter().all(|cue| !cue.ends_with("'s")),
            "{:?}",
            topic.cues
        );
    }
}

#[test]
fn a_name_that_stands_for_two_people_is_nobodys_short_form() {
    let mut documents = named();
    documents.push(document(
        "diary",
        "en",
        &["Later we met Oskar Torreno in the arcade. Torreno the cousin sells rope, and Torreno sells it dear."],
    ));
    for topic in discover(&documents, 12) {
        let is_both =
            topic.title == "Ilva Torreno" && topic.cues.iter().any(|cue| cue == "Torreno");
        assert!(!is_both, "{topic:?}");
    }
}

#[test]
fn the_first_topic_is_one_that_both_sides_speak_of() {
    // The mill is spoken of more, but hardly by the second; the well by both.
    let lines = |mill: usize, well: usize, other: usize| -> Vec<String> {
        let words = [
            "red", "blue", "green", "brown", "grey", "black", "white", "pink", "dark",
        ];
        let mill = (0..mill).map(|n| format!("Again the mill was {} to look at.", words[n]));
        let well = (0..well).map(|n| format!("They drew lots at the well, it was {}.", words[n]));
        let other = (0..other).map(|n| format!("Nothing else happened on page {n} of it."));
        mill.chain(well).chain(other).collect()
    };
    let side = |source: &str, lines: Vec<String>| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        document(source, "en", &lines)
    };
    let documents = [side("one", lines(8, 4, 30)), side("other", lines(1, 5, 30))];
    let topics = titles(&documents);
    assert_eq!(
        topics.first().map(String::as_str),
        Some("Well"),
        "{topics:?}"
    );
}

#[test]
fn two_accounts_of_a_flood_share_its_subjects() {
    holds_all(
        &flood(),
        &["warning system", "insurance", "red cross", "dam"],
    );
}

#[test]
fn two_accounts_of_an_election_share_its_subjects() {
    holds_all(
        &election(),
        &[
            "coal tax",
            "postal votes",
            "electoral commission",
            "coalition",
            "turnout",
        ],
    );
}

#[test]
fn two_accounts_of_a_trial_share_its_subjects() {
    holds_all(
        &court(),
        &["health authority", "laboratory reports", "cancer drugs"],
    );
}

#[test]
fn two_accounts_of_a_merger_share_its_subjects() {
    holds_all(
        &merger(),
        &[
            "trade unions",
            "competition authority",
            "board of directors",
        ],
    );
}

#[test]
fn german_accounts_share_their_subjects() {
    holds_all(
        &german(),
        &[
            "bürgerbegehren",
            "bürgerinitiative",
            "investor",
            "sanierung",
        ],
    );
}

#[test]
fn topics_are_marked_keyed_and_named_apart() {
    let documents: Vec<Document> = [flood(), election(), court(), merger(), german()].concat();
    let topics = discover(&documents, 12);
    assert!(topics.len() >= 10, "{} topics", topics.len());
    let keys: String = topics.iter().filter_map(|topic| topic.key).collect();
    assert_eq!(keys, "1234567890");
    let mut ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), topics.len());
    assert!(topics.iter().all(|topic| topic.discovered));
}

#[test]
fn no_topic_is_a_plain_word_a_number_or_a_speaker() {
    let plain = [
        "said",
        "monday",
        "tuesday",
        "march",
        "two",
        "nine",
        "people",
        "marga",
        "lindqvist",
        "harbour",
        "years",
    ];
    for documents in [flood(), election(), court(), merger()] {
        for topic in discover(&documents, 12) {
            assert!(
                !plain.contains(&topic.title.to_lowercase().as_str()),
                "{}",
                topic.title
            );
            assert!(
                !topic.title.chars().any(char::is_numeric),
                "{}",
                topic.title
            );
        }
    }
}

#[test]
fn voices_are_not_topics() {
    let lines: Vec<String> = (0..8)
        .map(|n| format!("Roja: Then Roja and the harbour strike, part {n}, and Roja with the harbour strike again."))
        .collect();
    let lines: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .chain(["The tide.", "The crane.", "The fog.", "A gull."])
        .collect();
    let documents = [document("a", "en", &lines), document("b", "en", &lines)];
    let titles = titles(&documents);
    assert!(
        titles.iter().all(|title| !title.contains("Roja")),
        "{titles:?}"
    );
}

#[test]
fn each_topic_is_found_in_two_documents_and_its_cues_in_the_text() {
    for documents in [
        flood(),
        election(),
        court(),
        merger(),
        german(),
        strike(),
        transfer(),
    ] {
        let language = documents[0].meta.language.clone();
        let topics: Vec<Topic> = discover(&documents, 12);
        let tagging = tag(&documents, &topics, &language, false);
        for (index, topic) in topics.iter().enumerate() {
            let with = (0..documents.len()).filter(|document| tagging.count(*document, index) > 0);
            assert!(with.count() >= 2, "{} is in one document", topic.title);
            for cue in &topic.cues {
                assert!(
                    documents
                        .iter()
                        .any(|document| document.text().contains(cue)),
                    "{cue}"
                );
            }
        }
    }
}

#[test]
fn discovery_is_deterministic() {
    assert_eq!(discover(&flood(), 12), discover(&flood(), 12));
}

#[test]
fn nothing_shared_gives_no_topics() {
    let one = document("a", "en", &["Apples and pears.", "Pears and apples."]);
    let other = document("b", "en", &["Trains and trams.", "Trams and trains."]);
    assert!(discover(&[one, other], 12).is_empty());
    assert!(discover(&[], 12).is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    #[test]
    fn discovery_never_panics_and_names_every_topic(
        texts in proptest::collection::vec(r"((river|dam|Der Deich|warning system|[,.] |سیل|洪水|\PC){0,30} ?){1,4}", 0..8),
    ) {
        let documents: Vec<Document> = texts
            .chunks(2)
            .enumerate()
            .map(|(n, texts)| {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                document(&format!("s{n}"), "", &texts)
            })
            .collect();
        for topic in discover(&documents, 5) {
            proptest::prop_assert!(!topic.title.trim().is_empty() && !topic.id.as_str().is_empty());
            proptest::prop_assert!(!topic.cues.is_empty());
            for cue in &topic.cues {
                proptest::prop_assert!(documents.iter().any(|document| document.text().contains(cue.as_str())));
            }
        }
    }
}
