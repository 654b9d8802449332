//! Printing tables as CSV.

use super::output;
use crate::export::csv;

/// Prints a table.
pub fn print(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> anyhow::Result<()> {
    output::passed(&csv::table(head, rows))
}
