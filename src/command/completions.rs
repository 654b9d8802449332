//! `diptych completions SHELL`: what a shell completes, made of the one definition of the command line.

use super::arguments;
use super::output;
use anyhow::Result;
use clap_complete::{Shell, generate};

/// Prints the shell's file.
pub fn run(shell: Shell) -> Result<()> {
    output::text(file(shell).trim_end())
}

fn file(shell: Shell) -> String {
    let mut file = Vec::new();
    generate(shell, &mut arguments::shown(), "diptych", &mut file);
    String::from_utf8_lossy(&file).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum as _;

    #[test]
    fn every_shell_is_told_every_command_and_none_that_is_for_diptych_itself() {
        let command = arguments::shown();
        for shell in Shell::value_variants() {
            let file = file(*shell);
            for command in command.get_subcommands() {
                assert!(file.contains(command.get_name()), "{shell}: {command}");
            }
            assert!(!file.contains("pdf-lines"), "{shell}");
            assert!(file.contains("no-color") && file.contains("ledger"));
        }
    }
}
