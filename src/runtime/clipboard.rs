//! The clipboard of the terminal, which is that of the reader also over a remote connection (OSC 52).
//!
//! Invariant: nothing is sent that is longer than what terminals take; what is told is what was sent, never that it arrived, which no
//! terminal says.

use super::terminal::Guard;
use std::io;

/// Terminals take 100 000 bytes of such a command, some less never more: xterm and hterm set the measure. In base64 that is
/// three quarters of it, less the command around it.
pub const MOST_BYTES: usize = 74_991;

/// Sends a text; what came of it, in a sentence.
pub fn copy(guard: &mut Guard, text: &str, what: &str) -> io::Result<String> {
    if text.len() > MOST_BYTES {
        return Ok(refusal(text.len(), what));
    }
    guard.copy(text)?;
    // No terminal says whether it took it: what was sent is told, and where it is to be had otherwise.
    Ok(format!(
        "Sent {} bytes to the clipboard (not there? diptych cite): {what}",
        text.len()
    ))
}

fn refusal(bytes: usize, what: &str) -> String {
    format!(
        "Not copied: {bytes} bytes are more than the {MOST_BYTES} that terminals take ({what}) · `diptych cite` writes them to a file"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_fits_into_the_command() {
        let base64 = MOST_BYTES.div_ceil(3) * 4;
        assert!(base64 + "\x1b]52;c;\x1b\\".len() <= 100_000);
        assert!(refusal(MOST_BYTES + 1, "¶1").contains("Not copied: 74992 bytes"));
    }
}
