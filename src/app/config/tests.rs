//! What a file sets, and what is said of one that is wrong.

use super::*;
use crate::app::action::{ACTIONS, Action, Context};
use crate::app::keymap::Outcome;
use keybinds::KeySeq;

#[track_caller]
fn good(text: &str) -> Config {
    let (config, mistakes) = parse(text);
    assert_eq!(mistakes, [], "{text}");
    config
}

#[track_caller]
fn mistakes(text: &str) -> Vec<String> {
    parse(text).1.iter().map(ToString::to_string).collect()
}

fn outcome(config: &Config, context: Context, keys: &str) -> Outcome {
    let typed: KeySeq = keys.parse().unwrap();
    config.keymap.lookup(context, typed.as_slice())
}

#[test]
fn the_page_of_defaults_is_no_mistake_with_its_marks_taken_away() {
    good(&page());
    // Whatever looks like an option is one.
    let lines: Vec<String> = page()
        .lines()
        .map(|line| {
            let bare = line.strip_prefix("# ").unwrap_or(line);
            let name = bare.split(" = ").next().unwrap_or_default();
            let is_option = bare.contains(" = ")
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
            if is_option || bare.starts_with('[') {
                bare
            } else {
                line
            }
            .to_owned()
        })
        .collect();
    let config = good(&lines.join("\n"));
    let defaults = Config::default();
    assert_eq!(config.text_width, defaults.text_width);
    assert_eq!(config.theme, defaults.theme);
    assert!(config.mouse && config.files_face);
    for spec in ACTIONS {
        assert_eq!(
            config.keymap.keys(spec.action),
            defaults.keymap.keys(spec.action),
            "{}",
            spec.name
        );
    }
    let set = lines
        .iter()
        .filter(|line| !line.starts_with('#') && line.contains(" = "))
        .count();
    assert!(set > ACTIONS.len(), "{set}");
}

#[test]
fn options_are_read_each_by_its_name() {
    let config = good(
        "[text]\nwidth = 60\nbidi = \"off\"\n[view]\nfiles = \"documents\"\nmouse = false\n[theme]\nname = \"light\"\n",
    );
    assert_eq!(config.text_width, 60);
    assert_eq!(config.bidi, bidi::Ordering::Off);
    assert!(!config.mouse && !config.files_face);
    assert_eq!(config.theme.base, Base::Light);
    assert_eq!(good("[text]\nwidth = 0").text_width, u16::MAX);
}

#[test]
fn a_mistake_names_its_line_and_what_was_meant_and_the_rest_is_used() {
    let text = "[text]\nwidht = 60\n[viev]\n[view]\nmouse = \"no\"\nfiles = \"documents\"\n[keys]\nquitt = \"x\"\n";
    let (config, _) = parse(text);
    assert!(!config.files_face);
    let found = mistakes(text);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[0].starts_with("line 2:") && found[0].contains("did you mean `width`?"));
    assert!(found[1].starts_with("line 3:") && found[1].contains("did you mean `view`?"));
    assert!(found[2].starts_with("line 5:") && found[2].contains("mouse"));
    assert!(found[3].starts_with("line 8:") && found[3].contains("did you mean `quit`?"));
}

#[test]
fn lines_that_are_no_toml_are_told_of_and_the_others_count() {
    let text = "[text]\nwidth = = 3\nbidi = \"off\"\n[view\n[view]\nmouse = false\n";
    let (config, mistakes) = parse(text);
    assert_eq!((config.bidi, config.mouse), (bidi::Ordering::Off, false));
    let lines: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [2, 4], "{mistakes:?}");
    for text in [
        "\"\"\"",
        "[",
        "=",
        "a = [",
        "\u{0}",
        "[[keys]]",
        "keys = 3",
        "x = \"\"\"\n\n",
        "\u{feff}[text]\nwidth = 30",
    ] {
        parse(text);
    }
    let hopeless = "= =\n".repeat(1000);
    assert!(parse(&hopeless).1.len() <= MOST_BROKEN_LINES + 1);
}

#[test]
fn a_key_is_taken_from_whatever_had_it_and_others_stay() {
    let config = good("[keys]\nquit = [\"x\", \"Z Z\"]\nnext = []\n");
    assert_eq!(
        outcome(&config, Context::Reading, "x"),
        Outcome::Run(Action::Quit)
    );
    assert_eq!(outcome(&config, Context::Reading, "Z"), Outcome::Pending);
    assert_eq!(
        outcome(&config, Context::Reading, "Z Z"),
        Outcome::Run(Action::Quit)
    );
    assert_eq!(outcome(&config, Context::Reading, "q"), Outcome::Unbound);
    assert_eq!(outcome(&config, Context::Reading, "n"), Outcome::Unbound);
    assert_eq!(
        outcome(&config, Context::Reading, "t"),
        Outcome::Run(Action::TopicList)
    );
    // The start of a sequence takes the sequence too: it could never be typed.
    let config = good("[keys]\nquit = \"g\"\n");
    assert_eq!(
        outcome(&config, Context::Reading, "g"),
        Outcome::Run(Action::Quit)
    );
    assert_eq!(config.keymap.keys(Action::Start), ["Home"]);
}

#[test]
fn keys_that_cannot_be_had_are_told_of() {
    let twice = mistakes("[keys]\nquit = \"x\"\nnext = \"x\"\n");
    assert!(
        twice[0].starts_with("line 3:") && twice[0].contains("already that of `quit`"),
        "{twice:?}"
    );
    let typed = mistakes("[keys]\nlist-close = \"x\"\n");
    assert!(typed[0].contains("typed into its line"), "{typed:?}");
    let none = mistakes("[keys]\nquit = \"Hyper+Foo\"\n");
    assert!(none[0].contains("no key"), "{none:?}");
    // What cannot be had leaves the default.
    let (config, _) = parse("[keys]\nquit = \"Hyper+Foo\"\n");
    assert_eq!(
        outcome(&config, Context::Reading, "q"),
        Outcome::Run(Action::Quit)
    );
}

#[test]
fn themes_of_ones_own_build_on_others() {
    let config = good(
        "[theme]\nname = \"mine\"\n[themes.night]\nbased_on = \"dark\"\naccent = \"cyan\"\n\
         [themes.mine]\nbased_on = \"night\"\nquiet = \"#102030\"\nvoice = 200\n",
    );
    let wanted = ThemeChoice {
        base: Base::Dark,
        accent: Some(Colour::Indexed(6)),
        voice: Some(Colour::Indexed(200)),
        quiet: Some(Colour::Rgb(0x10, 0x20, 0x30)),
    };
    assert_eq!(config.theme, wanted);
    let wrong =
        mistakes("[theme]\nname = \"drak\"\n[themes.a]\nbased_on = \"b\"\naccent = \"cian\"\n");
    assert!(wrong[0].contains("did you mean `dark`?"), "{wrong:?}");
    assert!(wrong[1].contains("no theme `b`"), "{wrong:?}");
    assert!(wrong[2].contains("did you mean \"cyan\"?"), "{wrong:?}");
}

#[test]
fn signs_and_hints_are_chosen_and_a_slip_leaves_them_as_they_are() {
    let config = good("[view]\nicons = \"ascii\"\nhints = false\n");
    assert_eq!((config.icons, config.hints), (Icons::Ascii, false));
    let (config, mistakes) = parse("[view]\nicons = \"asci\"\nhints = 1\nicon = \"x\"\n");
    assert_eq!((config.icons, config.hints), (Icons::Unicode, true));
    assert_eq!(mistakes.len(), 3);
    assert!(mistakes[0].problem.contains("\"unicode\", or \"ascii\""));
    assert!(mistakes[2].problem.contains("`icons`"), "{:?}", mistakes[2]);
}
