//! Reading in a process of its own: PDFs, whose readers a hostile file can keep busy without end.
//!
//! Invariant: a call ends in bounded time, and neither a crash, nor memory, nor a message of the other process reaches this one. The
//! file goes over a pipe: the other process opens nothing.

use crate::import::pdf::{Fault, Sheets};
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The hidden command of this program that does the reading.
pub const COMMAND: &str = "pdf-lines";

/// How long a PDF may take.
const DEADLINE: Duration = Duration::from_secs(60);
/// Memory that the other process may take, in bytes.
const MEMORY: u64 = 2 << 30;
/// Bytes that it may answer.
const MAX_ANSWER: u64 = 512 << 20;

/// What the other process answers.
pub type Answer = Result<Sheets, Fault>;

/// The lines of a PDF, found by this program started once more.
pub fn sheets(bytes: &[u8]) -> Answer {
    let program = std::env::current_exe().map_err(|_| Fault::Failed)?;
    let mut command = Command::new(program);
    command.arg(COMMAND);
    if cfg!(unix) {
        // Elsewhere programs do not start without it.
        command.env_clear();
    }
    answer(command, bytes, DEADLINE)
}

/// Bounds what this process may take from now on; called by the other process, on itself.
pub fn confine() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |bound: u64| Rlimit {
            current: Some(bound),
            maximum: Some(bound),
        };
        // Where the system refuses, the deadline still holds.
        let _ = setrlimit(Resource::As, limit(MEMORY));
        let _ = setrlimit(Resource::Cpu, limit(DEADLINE.as_secs() * 2));
        let _ = setrlimit(Resource::Core, limit(0));
        let _ = setrlimit(Resource::Fsize, limit(0));
    }
}

fn answer(mut command: Command, bytes: &[u8], deadline: Duration) -> Answer {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Fault::Failed)?;
    let answer = exchange(&mut child, bytes, deadline);
    // It may have answered and gone already.
    let _ = child.kill();
    let _ = child.wait();
    answer
}

fn exchange(child: &mut Child, bytes: &[u8], deadline: Duration) -> Answer {
    let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Fault::Failed);
    };
    thread::scope(|scope| {
        // Ends when all is written, or when the other process is gone.
        scope.spawn(move || to.write_all(bytes));
        let (done, wait) = mpsc::channel();
        scope.spawn(move || {
            let mut text = Vec::new();
            let read = from.take(MAX_ANSWER + 1).read_to_end(&mut text);
            let is_whole = read.is_ok() && text.len() as u64 <= MAX_ANSWER;
            let _ = done.send(is_whole.then_some(text));
        });
        let answer = match wait.recv_timeout(deadline) {
            Ok(Some(text)) => serde_json::from_slice(&text).unwrap_or(Err(Fault::Failed)),
            Ok(None) => Err(Fault::Failed),
            Err(_) => Err(Fault::Slow),
        };
        // So that both threads come to their ends.
        let _ = child.kill();
        answer
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::Instant;

    fn shell(script: &str, deadline: Duration) -> Answer {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        answer(command, &vec![b'x'; 1 << 20], deadline)
    }

    #[test]
    fn a_process_that_does_not_answer_is_ended() {
        let start = Instant::now();
        let second = Duration::from_secs(1);
        assert_eq!(shell("exec sleep 60", second), Err(Fault::Slow));
        assert!(start.elapsed() < second * 20);
    }

    #[test]
    fn a_process_that_crashes_or_talks_nonsense_has_failed() {
        let minute = DEADLINE;
        assert_eq!(shell("kill -9 $$", minute), Err(Fault::Failed));
        assert_eq!(shell("cat", minute), Err(Fault::Failed));
        assert_eq!(
            shell("echo '{\"Err\":\"Blank\"}'", minute),
            Err(Fault::Blank)
        );
    }
}
