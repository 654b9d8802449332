//! `diptych man`: the manual page, made of the definition of the command line and the table of actions.
//!
//! Invariant: it names every command with its options, and every action with its keys.

use super::{arguments, output};
use crate::app::action::ACTIONS;
use crate::app::keymap::Keymap;
use crate::library::homes;
use anyhow::Result;
use clap::{Arg, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// Prints the page.
pub fn run() -> Result<()> {
    output::text(page()?.trim_end())
}

/// What a variable of the environment does.
const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "DIPTYCH_CORPUS",
        "The corpus folder, where neither a path nor --corpus names one.",
    ),
    (
        homes::CONFIG_VARIABLE,
        "The file of the configuration, instead of config.toml in the configuration folder.",
    ),
    (
        homes::DATA_VARIABLE,
        "The folder for notes and decisions on what has no folder of its own.",
    ),
    (
        homes::STATE_VARIABLE,
        "The folder for where you were when you left; empty: that is not kept.",
    ),
    (
        homes::CACHE_VARIABLE,
        "The folder for what can be made again: the indexes of corpora.",
    ),
    ("NO_COLOR", "Not empty: no colours, as with --no-color."),
    (
        "COLORTERM, TERM, COLORFGBG",
        "How many colours the terminal has, and whether its background is light.",
    ),
];

/// What the exit codes mean.
const EXIT: &[(&str, &str)] = &[
    ("0", "Done."),
    ("1", "It could not be done, or not all of it."),
    (
        "2",
        "The command line asks for something that there is not.",
    ),
];

fn page() -> Result<String> {
    let mut command = arguments::shown();
    command.build();
    let man = Man::new(command.clone()).manual("Diptych");
    let mut head = Vec::new();
    man.render_title(&mut head)?;
    man.render_name_section(&mut head)?;
    man.render_synopsis_section(&mut head)?;
    man.render_description_section(&mut head)?;
    man.render_options_section(&mut head)?;
    let mut rest = Roff::new();
    section(&mut rest, "COMMANDS");
    rest.text([
        roman("Each takes "),
        bold("--json"),
        roman(" and the other options of every command, which stand above."),
    ]);
    for command in command.get_subcommands() {
        describe(&mut rest, command);
    }
    section(&mut rest, "KEYS");
    rest.text([
        roman("These are the keys without a configuration of your own; "),
        bold("diptych keys"),
        roman(" lists them too, and in the reader "),
        bold("?"),
        roman(" shows those in force."),
    ]);
    keys(&mut rest);
    for (title, rows) in [("ENVIRONMENT", ENVIRONMENT), ("EXIT STATUS", EXIT)] {
        section(&mut rest, title);
        for (name, what) in rows {
            entry(&mut rest, [bold(*name)], what);
        }
    }
    section(&mut rest, "SEE ALSO");
    rest.text([
        bold("diptych help"),
        roman(" lists what there is to read about, such as "),
        bold("diptych help start"),
        roman("."),
    ]);
    let head = String::from_utf8_lossy(&head);
    Ok(format!("{head}{}", rest.to_roff()))
}

fn section(page: &mut Roff, title: &str) {
    page.control("SH", [title]);
}

/// A name, and what it is for beside it.
fn entry(page: &mut Roff, name: impl Into<Vec<Inline>>, what: &str) {
    page.control("TP", []);
    page.text(name);
    page.text([roman(what)]);
}

/// A command with what it takes, and those inside it.
fn describe(page: &mut Roff, command: &Command) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    page.control("SS", [name]);
    let mut usage = vec![bold(name)];
    for argument in command.get_positionals() {
        let shown = argument.to_string();
        usage.extend([roman(" "), italic(shown)]);
    }
    if command.has_subcommands() {
        usage.extend([roman(" "), italic("COMMAND")]);
    }
    page.text(usage);
    page.control("PP", []);
    let about = command.get_about().map(ToString::to_string);
    page.text([roman(format!("{}.", about.unwrap_or_default()))]);
    for argument in command.get_arguments().filter(|of| is_its_own(of)) {
        argument_of(page, argument);
    }
    if let Some(more) = command.get_after_help() {
        page.control("PP", []);
        page.control("nf", []);
        for line in more.to_string().lines() {
            page.text([roman(line)]);
        }
        page.control("fi", []);
    }
    for command in command.get_subcommands() {
        if command.get_name() != "help" {
            describe(page, command);
        }
    }
}

/// Whether an argument is of one command, not of all.
fn is_its_own(argument: &Arg) -> bool {
    let of_all = ["help", "version", "corpus", "no_color", "json", "plain"];
    !argument.is_hide_set() && !of_all.contains(&argument.get_id().as_str())
}

fn argument_of(page: &mut Roff, argument: &Arg) {
    let mut what = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let values = argument.get_possible_values();
    let values: Vec<&str> = values
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(clap::builder::PossibleValue::get_name)
        .collect();
    if !values.is_empty() && argument.get_action().takes_values() {
        what.extend([". One of: ", &values.join(", ")]);
    }
    let defaults = argument.get_default_values().iter();
    let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() && argument.get_action().takes_values() {
        what.extend([". If not given: ", &defaults.join(", ")]);
    }
    what.push('.');
    entry(page, [bold(argument.to_string())], &what);
}

/// Every action with its keys.
fn keys(page: &mut Roff) {
    let keymap = Keymap::default();
    let mut group = None;
    for spec in ACTIONS {
        if group != Some(spec.group) {
            group = Some(spec.group);
            page.control("SS", [spec.group.title()]);
        }
        let keys = keymap.keys(spec.action).join(", ");
        let name = [bold(keys), roman("  "), italic(spec.name)];
        entry(page, name, spec.help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_command_every_option_and_every_action() {
        let page = page().unwrap();
        let plain = page.replace("\\-", "-").replace("\\fR", "");
        let mut command = arguments::shown();
        command.build();
        for command in command.get_subcommands() {
            let name = command.get_bin_name().unwrap();
            assert!(plain.contains(&format!(".SS \"{name}\"")), "{name}");
            for argument in command.get_opts() {
                let option = argument.get_long().unwrap();
                assert!(plain.contains(&format!("--{option}")), "{name} --{option}");
            }
        }
        for spec in ACTIONS {
            assert!(
                plain.contains(&format!("\\fI{}\n", spec.name)),
                "{}",
                spec.name
            );
        }
        assert!(!plain.contains("pdf-lines"));
    }
}
