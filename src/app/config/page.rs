//! The configuration with every default, as a file to start from. Made of the tables that are read, so that it is never stale.

use super::OPTIONS;
use crate::app::action::ACTIONS;
use std::fmt::Write as _;

/// The commented file: taking it as it is changes nothing.
pub fn page() -> String {
    let mut page = String::from(
        "# Diptych's configuration: every option with its default. Take the # away from a line to change it.\n\
         # It is read from config.toml in the configuration folder (`diptych config --path` says where), or from $DIPTYCH_CONFIG.\n",
    );
    let mut table = "";
    for option in OPTIONS {
        if table != option.table {
            table = option.table;
            let _ = write!(page, "\n[{table}]\n");
        }
        let help = option.help;
        let _ = write!(page, "# {help}\n# {} = {}\n", option.name, option.default);
    }
    page.push_str(
        "\n# A theme of your own: what it is based on, and the colours that differ (\"#2f6f9f\", 0 to 255, or a name such as \"cyan\").\n\
         # [themes.mine]\n# based_on = \"dark\"\n# accent = \"cyan\"\n# voice = \"#d092d6\"\n# quiet = 245\n\
         \n[keys]\n\
         # A key is written \"x\", \"Ctrl+x\", \"Alt+x\", \"F5\", \"Enter\", a sequence \"g x\". An action may have several; [] leaves it without one\n\
         # (the command palette still runs it). A key that you give to one action is taken from the others in the same view.\n",
    );
    let mut group = None;
    for spec in ACTIONS {
        if group != Some(spec.group) {
            group = Some(spec.group);
            let _ = write!(page, "\n# {}\n", spec.group.title());
        }
        let keys: Vec<String> = spec.keys.iter().map(|keys| format!("{keys:?}")).collect();
        let _ = writeln!(
            page,
            "# {} = [{}] # {}",
            spec.name,
            keys.join(", "),
            spec.title
        );
    }
    page
}
