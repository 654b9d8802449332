//! The other half of `library::confined`: the lines of the PDF on standard input, as JSON on standard output.
//!
//! Invariant: what it may take is bounded before it reads a byte. Nothing but this program calls it.

use crate::import::{self, pdf};
use crate::library::confined;
use std::io::{self, BufWriter, Read as _, Write as _};

/// Reads and answers.
pub fn run() -> anyhow::Result<()> {
    confined::confine();
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(import::MAX_BYTES as u64)
        .read_to_end(&mut bytes)?;
    let answer: confined::Answer = pdf::read(&bytes);
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &answer)?;
    Ok(out.flush()?)
}
