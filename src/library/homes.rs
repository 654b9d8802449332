//! The folders that the system has for what a program keeps, by kind (XDG base directories), each of which a variable may name instead.

use etcetera::BaseStrategy as _;
use std::ffi::OsStr;
use std::path::PathBuf;

/// Names the folder for what the reader made: decisions and notes on what has no folder of its own.
pub const DATA_VARIABLE: &str = "DIPTYCH_DATA_HOME";
/// Names the folder for what can be made again.
pub const CACHE_VARIABLE: &str = "DIPTYCH_CACHE_HOME";
/// Names the folder for where the reader was; empty: that is not kept.
pub const STATE_VARIABLE: &str = "DIPTYCH_STATE_HOME";
/// Names the file of the configuration.
pub const CONFIG_VARIABLE: &str = "DIPTYCH_CONFIG";

/// The program's own folder in one of the system's.
const OWN: &str = "diptych";

/// The folder for what the reader made.
pub fn data() -> Option<PathBuf> {
    named_or(std::env::var_os(DATA_VARIABLE).as_deref(), || {
        Some(etcetera::choose_base_strategy().ok()?.data_dir())
    })
}

/// The folder for what can be made again.
pub fn cache() -> Option<PathBuf> {
    named_or(std::env::var_os(CACHE_VARIABLE).as_deref(), || {
        Some(etcetera::choose_base_strategy().ok()?.cache_dir())
    })
}

/// The folder for where the reader was; nothing where the variable is empty.
pub fn state() -> Option<PathBuf> {
    let named = std::env::var_os(STATE_VARIABLE);
    if named.as_ref().is_some_and(|named| named.is_empty()) {
        return None;
    }
    named_or(named.as_deref(), || {
        let system = etcetera::choose_base_strategy().ok()?;
        Some(system.state_dir().unwrap_or_else(|| system.data_dir()))
    })
}

/// The file of the configuration.
pub fn config_file() -> Option<PathBuf> {
    let named = std::env::var_os(CONFIG_VARIABLE).filter(|named| !named.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let system = etcetera::choose_base_strategy().ok()?;
        Some(system.config_dir().join(OWN).join("config.toml"))
    })
}

/// What a variable names, or the program's own folder in that of the system.
fn named_or(named: Option<&OsStr>, of_system: impl Fn() -> Option<PathBuf>) -> Option<PathBuf> {
    match named {
        Some(named) if !named.is_empty() => Some(PathBuf::from(named)),
        Some(_) | None => Some(of_system()?.join(OWN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_home_is_the_named_one_or_that_of_the_system() {
        let system = || Some(PathBuf::from("/home/x/.local/share"));
        let named = named_or(Some(OsStr::new("/data")), system);
        assert_eq!(named, Some(PathBuf::from("/data")));
        for unnamed in [None, Some(OsStr::new(""))] {
            let home = named_or(unnamed, system);
            assert_eq!(home, Some(PathBuf::from("/home/x/.local/share/diptych")));
        }
        assert_eq!(named_or(None, || None), None);
    }
}
