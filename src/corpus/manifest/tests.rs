//! A manifest is read as far as it makes sense, and changed without losing what was written.

use super::*;

fn problems(text: &str) -> Vec<(u32, String)> {
    let (_, problems) = read(FILE, text);
    problems
        .into_iter()
        .map(|problem| (problem.line, problem.problem))
        .collect()
}

const SMALL: &str = r#"# My corpus
title = "Events"   # shown on top
language = "en"

[[source]]
id = "a"
title = "A"

# The topics
[[topic]]
id = "toll"
title = "Toll"
key = "1"
cues = ["killed", "dead"]
not = ["dead end"]
"#;

#[test]
fn a_manifest_gives_sources_topics_and_namings() {
    let text = format!(
        "{SMALL}discovered = true\n\n[[naming]]\nid = \"n\"\ntitle = \"N\"\nterms = [\"x\", \"y\"]\n"
    );
    let (corpus, problems) = read(FILE, &text);
    assert_eq!(problems, []);
    assert_eq!(
        (corpus.title.as_str(), corpus.language.as_str()),
        ("Events", "en")
    );
    assert_eq!(corpus.sources[0].title, "A");
    let topic = &corpus.topics[0];
    assert_eq!((topic.key, topic.discovered), (Some('1'), true));
    assert_eq!(topic.cues, ["killed", "dead"]);
    assert_eq!(topic.not, ["dead end"]);
    assert_eq!(corpus.namings[0].terms, ["x", "y"]);
}

#[test]
fn each_slip_is_reported_on_its_line_and_the_rest_is_used() {
    let text = concat!(
        "titel = \"T\"\nlanguage = 3\n\n",
        "[[source]]\ntitle = \"no id\"\n\n[[source]]\nid = \"a\"\n[[source]]\nid = \"a\"\n",
        "[[topic]]\nid = \"x\"\nkey = \"12\"\ncues = [\"one\", \" \", 3, \"One\"]\n",
        "[[topic]]\nid = \"y\"\nkey = 1\ncues = \"one\"\n",
        "[[topic]]\nid = \"z\"\nkey = \"1\"\ncues = [\"two\"]\ncue = []\n",
        "[[topic]]\nid = \"a, b\"\ncues = [\"q\"]\n",
    );
    let (corpus, _) = read(FILE, text);
    let lines: Vec<u32> = problems(text).iter().map(|(line, _)| *line).collect();
    assert_eq!(
        lines,
        [1, 2, 4, 9, 13, 14, 14, 14, 15, 18, 19, 23, 24],
        "{:#?}",
        problems(text)
    );
    assert!(problems(text)[0].1.contains("is `title` meant?"));
    assert_eq!(corpus.sources.len(), 1);
    let keys: Vec<Option<char>> = corpus.topics.iter().map(|topic| topic.key).collect();
    assert_eq!(keys, [None, Some('1'), None]);
}

#[test]
fn a_syntax_error_has_its_line_and_costs_no_more_than_it_must() {
    let text = "title = \"T\"\n[[source]]\nid = \"a\"\ntitle = A\n[[source]]\nid = \"b\"\n";
    let (corpus, problems) = read(FILE, text);
    assert_eq!(problems[0].line, 4, "{problems:?}");
    assert_eq!(corpus.title, "T");
    assert_eq!(corpus.sources.len(), 2);
}

#[test]
fn no_text_panics_the_reader() {
    let long = "[".repeat(100_000);
    let nested = format!("a = {}", "[".repeat(100_000));
    for text in [
        "",
        "\u{FEFF}",
        "[[source",
        "source = 1",
        "topic = [1, {}]",
        "[topic]\nid = \"x\"",
        "a.b.c = 1\na = 2",
        &long,
        &nested,
    ] {
        let _ = read(FILE, text);
    }
}

#[test]
fn adding_keeps_comments_and_layout() {
    let source = Source {
        id: SourceId::from("b"),
        title: "B \"2\"".to_owned(),
        about: "x".to_owned(),
    };
    let same = Source {
        id: SourceId::from("a"),
        ..Source::default()
    };
    let text = add_sources(SMALL, &[same, source.clone()]);
    assert!(
        text.contains("title = \"A\"\n\n[[source]]\nid = \"b\""),
        "{text}"
    );
    assert!(
        text.contains("\n\n# The topics\n[[topic]]\nid = \"toll\""),
        "{text}"
    );
    let (corpus, problems) = read(FILE, &text);
    assert_eq!(problems, []);
    assert_eq!(corpus.sources[1], source);

    let topic = Topic {
        id: TopicId::from("found"),
        title: "Found".to_owned(),
        cues: (0..12).map(|n| format!("a cue {n}")).collect(),
        discovered: true,
        ..Topic::default()
    };
    let text = add_topics(&text, std::slice::from_ref(&topic));
    let (corpus, problems) = read(FILE, &text);
    assert_eq!(problems, []);
    assert_eq!(corpus.topics[1], topic);
    // What was there is there, in its order.
    let mut lines = text.lines();
    assert!(
        SMALL.lines().all(|old| lines.any(|line| line == old)),
        "{text}"
    );
    assert_eq!(add_topics(&text, &[topic]), text);
}

#[test]
fn adding_to_a_broken_or_inline_manifest_loses_nothing() {
    let source = [Source {
        id: SourceId::from("b"),
        title: "B".to_owned(),
        about: String::new(),
    }];
    let broken = "title = \n# mine";
    let text = add_sources(broken, &source);
    assert!(text.starts_with(broken));
    assert_eq!(read(FILE, &text).0.sources, source);
    let text = add_sources("source = [{id = \"a\", title = \"A\"}] # mine\n", &source);
    assert!(text.contains("# mine"));
    let ids: Vec<String> = read(FILE, &text)
        .0
        .sources
        .iter()
        .map(|source| source.id.to_string())
        .collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(
        read(FILE, &add_sources("title = \"T\"", &source)).0.sources,
        source
    );
}

#[test]
fn a_new_manifest_reads_back() {
    let source = Source {
        id: SourceId::from("b"),
        title: "B".to_owned(),
        about: String::new(),
    };
    let text = new_text("A \"title\"", "", "en", std::slice::from_ref(&source), &[]);
    let (corpus, problems) = read(FILE, &text);
    assert_eq!(problems, []);
    assert_eq!(
        (corpus.title.as_str(), corpus.sources.len()),
        ("A \"title\"", 1)
    );
    assert!(new_text("", "", "", &[source], &[]).starts_with("[[source]]"));
}

#[test]
fn long_titles_are_cut_and_said() {
    let long = "é".repeat(1_000_000);
    let text = format!(
        "title = \"{long}\"\n[[source]]\nid = \"a\"\ntitle = \"{long}\"\n[[topic]]\nid = \"x\"\ntitle = \"{long}\"\ncues = [\"y\"]\n"
    );
    let (corpus, problems) = read("corpus.toml", &text);
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 4, 7]);
    let titles = [
        &corpus.title,
        &corpus.sources[0].title,
        &corpus.topics[0].title,
    ];
    assert!(titles.iter().all(|title| title.chars().count() == 500));
}
