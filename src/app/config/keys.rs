//! The reader's own keys.
//!
//! Invariant: a key that the reader gives to an action is taken from whatever else had it by default; a key that two lines give
//! away is the first one's, and the second is reported.

use super::{Reading, entries, unknown};
use crate::app::action::{ACTIONS, ActionSpec, Context};
use crate::app::keymap::Keymap;
use keybinds::{Key, KeySeq, Mods};
use toml_edit::{Item, TableLike};

/// Reads `[keys]`: `action = "key"` or `action = ["key", "g g"]`, and no key at all with `[]`.
pub(super) fn read(reading: &mut Reading, table: &dyn TableLike) {
    let names: Vec<&str> = ACTIONS.iter().map(|spec| spec.name).collect();
    let mut own: Vec<(&ActionSpec, Vec<KeySeq>)> = Vec::new();
    for (name, at, item) in entries(table) {
        let Some(spec) = ACTIONS.iter().find(|spec| spec.name == name) else {
            reading.mistake(at, &unknown("action", name, &names));
            continue;
        };
        let mut sequences = Vec::new();
        let Some(written) = written(item) else {
            let example = "write a key as \"x\", \"Ctrl+x\", \"g x\", or several in [ ]";
            reading.mistake(at, &format!("`{name}` is not given a key: {example}"));
            continue;
        };
        let mut is_usable = true;
        for keys in written {
            match usable(keys, spec, &own) {
                Ok(sequence) => sequences.push(sequence),
                Err(problem) => {
                    is_usable = false;
                    reading.mistake(at, &problem);
                }
            }
        }
        // Keys of which none can be used leave those that were there.
        if is_usable || !sequences.is_empty() {
            own.push((spec, sequences));
        }
    }
    reading.config.keymap = Keymap::with(&own);
}

/// The keys of an action as they are written.
fn written(item: &Item) -> Option<Vec<&str>> {
    if let Some(keys) = item.as_str() {
        return Some(vec![keys]);
    }
    item.as_array()?.iter().map(|keys| keys.as_str()).collect()
}

/// A key sequence, or why it cannot be this action's.
fn usable(
    keys: &str,
    spec: &ActionSpec,
    own: &[(&ActionSpec, Vec<KeySeq>)],
) -> Result<KeySeq, String> {
    let sequence: KeySeq = keys
        .parse()
        .map_err(|error| format!("“{keys}” is no key: {error}; write it as in `diptych config`"))?;
    let [first, ..] = sequence.as_slice() else {
        return Err(format!("`{}` is given a key that is none", spec.name));
    };
    let is_typed =
        matches!(first.key(), Key::Char(_)) && !first.mods().intersects(Mods::CTRL | Mods::ALT);
    if spec.context == Context::List && is_typed {
        return Err(format!(
            "in a list “{keys}” is typed into its line, so `{}` needs a key with Ctrl or Alt, or one without a letter",
            spec.name
        ));
    }
    let taken = own
        .iter()
        .filter(|(other, _)| other.context == spec.context);
    for (other, sequences) in taken {
        if sequences
            .iter()
            .any(|taken| Keymap::collide(taken, &sequence))
        {
            return Err(format!("“{keys}” is already that of `{}`", other.name));
        }
    }
    Ok(sequence)
}
