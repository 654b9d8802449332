//! Signals as events. Elsewhere than on Unix there are none to watch.

use super::Event;
use std::io;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::Sender;

/// So long the terminal may take to be given back once we have been asked twice to leave.
#[cfg(unix)]
const LAST_WAIT: std::time::Duration = std::time::Duration::from_millis(500);

#[cfg(unix)]
pub fn watch(sender: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    std::thread::spawn(move || {
        let mut asked_to_leave = false;
        for signal in signals.forever() {
            let event = match signal {
                SIGINT | SIGQUIT if WHOSE_KEYS.load(Ordering::SeqCst) != OURS => continue,
                SIGTSTP => Event::Suspend,
                SIGCONT if exchanged(TAKEN_BACK, OURS) => continue,
                SIGCONT => Event::Continued,
                signal if asked_to_leave => {
                    // Asked twice: the loop does not answer. The terminal is given back all the same, unless the
                    // loop hangs while it writes there.
                    std::thread::spawn(move || {
                        std::thread::sleep(LAST_WAIT);
                        super::terminal::restore_input();
                        end_by(signal)
                    });
                    super::terminal::restore();
                    let _ = end_by(signal);
                    return;
                }
                signal => {
                    asked_to_leave = true;
                    Event::Leave(signal)
                }
            };
            if sender.send(event).is_err() {
                return;
            }
        }
    });
    Ok(())
}

#[cfg(not(unix))]
pub fn watch(_sender: Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// Whose Ctrl-C and Ctrl-\ are.
static WHOSE_KEYS: AtomicU8 = AtomicU8::new(OURS);
const OURS: u8 = 0;
/// Another program has the terminal: what its keys ask for is not for us.
const ANOTHERS: u8 = 1;
/// It has ended, but what its last key asked for may not have been looked at yet: Ctrl-C ends it sooner than we hear of it.
#[cfg(unix)]
const TAKEN_BACK: u8 = 2;

/// Leaves Ctrl-C and Ctrl-\ to another program.
pub fn leave_keys_to_another() {
    WHOSE_KEYS.store(ANOTHERS, Ordering::SeqCst);
}

/// Takes them back from it, once all signals that came before have been looked at: those are looked at in the order of their numbers,
/// and the one that is sent here has a higher one.
#[cfg(unix)]
pub fn take_keys_back() {
    WHOSE_KEYS.store(TAKEN_BACK, Ordering::SeqCst);
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGCONT);
}

/// There are no signals here.
#[cfg(not(unix))]
pub fn take_keys_back() {
    WHOSE_KEYS.store(OURS, Ordering::SeqCst);
}

#[cfg(unix)]
fn exchanged(from: u8, to: u8) -> bool {
    WHOSE_KEYS
        .compare_exchange(from, to, Ordering::SeqCst, Ordering::SeqCst)
        .is_ok()
}

/// Wakes the thread that waits for the terminal: it hears of a new size, the same as before.
#[cfg(unix)]
pub fn wake_reading() {
    let _ = signal_hook::low_level::raise(signal_hook::consts::SIGWINCH);
}

/// Nothing wakes it here.
#[cfg(not(unix))]
pub fn wake_reading() {}

/// Ends this process by a signal, as if it had never been watched for.
#[cfg(unix)]
pub fn end_by(signal: i32) -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)
}

/// There are no signals here.
#[cfg(not(unix))]
pub fn end_by(_signal: i32) -> io::Result<()> {
    Ok(())
}

/// Stops this process as Ctrl-Z would; returns when it is continued.
#[cfg(unix)]
pub fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
}

/// There is no stopping here: the reader goes on.
#[cfg(not(unix))]
pub fn stop() -> io::Result<()> {
    Ok(())
}
