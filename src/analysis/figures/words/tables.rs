//! The tables: words with a role, words with a value, words for a unit.
//!
//! Invariant: lower case; a word stands once for each role.

mod english;
mod german;
mod romance;

use super::{CURRENCY, MEASURE_UNIT, PERCENT, Roles};
pub use english::ENGLISH;
pub use german::GERMAN;
pub use romance::{FRENCH, SPANISH};

/// Words, their value, and the upper bound of vague ones.
type Valued = (&'static str, f64, f64);

/// Words, the unit they stand for, and how much of it they are.
type Unit = (&'static str, &'static str, f64);

/// The words of one language.
pub struct Table {
    /// Roles, and the words that have them.
    pub words: &'static [(Roles, &'static str)],
    /// Roles, and words with their value and, for vague ones, the upper bound.
    pub values: &'static [(Roles, &'static [Valued])],
    /// Roles, and words with the unit they stand for and how much of it they are.
    pub units: &'static [(Roles, &'static [Unit])],
}

/// Signs and abbreviations that many languages share.
pub const COMMON: &Table = &Table {
    words: &[(PERCENT, "% ٪ pct")],
    values: &[],
    units: &[
        (
            CURRENCY,
            &[
                ("$ usd us$", "USD", 1.0),
                ("€ eur euro euros", "EUR", 1.0),
                ("£ gbp", "GBP", 1.0),
                ("¥ jpy yen", "JPY", 1.0),
                ("₹ inr", "INR", 1.0),
                ("₽ rub", "RUB", 1.0),
                ("₩", "KRW", 1.0),
                ("₪", "ILS", 1.0),
                ("₺", "TRY", 1.0),
                ("₦", "NGN", 1.0),
                ("₴", "UAH", 1.0),
                ("﷼", "IRR", 1.0),
                ("chf", "CHF", 1.0),
            ],
        ),
        (
            MEASURE_UNIT,
            &[
                ("km", "km", 1.0),
                ("m", "m", 1.0),
                ("cm", "cm", 1.0),
                ("mm", "mm", 1.0),
                ("kg", "kg", 1.0),
                ("ha", "hectares", 1.0),
                ("mw", "MW", 1.0),
                ("gw", "GW", 1.0),
                ("kw", "kW", 1.0),
                ("gwh", "GWh", 1.0),
                ("mwh", "MWh", 1.0),
                ("kwh", "kWh", 1.0),
                ("twh", "TWh", 1.0),
                ("° °c °f", "degrees", 1.0),
                ("km² km2", "square km", 1.0),
                ("m² m2", "square m", 1.0),
                ("m³ m3", "cubic m", 1.0),
                ("km³ km3", "cubic km", 1.0),
                ("hz", "Hz", 1.0),
                ("ghz", "GHz", 1.0),
                ("mhz", "MHz", 1.0),
                ("gb", "GB", 1.0),
                ("tb", "TB", 1.0),
                ("mb", "MB", 1.0),
                ("mbps", "Mbps", 1.0),
                ("kb", "kB", 1.0),
                ("mph", "mph", 1.0),
                ("mg", "mg", 1.0),
                ("ppm", "ppm", 1.0),
            ],
        ),
    ],
};
