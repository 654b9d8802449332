//! Signals as events. Elsewhere than on Unix there are none to watch.

use super::Event;
use std::io;
use std::sync::mpsc::Sender;

#[cfg(unix)]
pub fn watch(sender: Sender<Event>) -> io::Result<()> {
    use crate::app::message::Message;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    std::thread::spawn(move || {
        let mut asked_to_leave = false;
        for signal in signals.forever() {
            let event = match signal {
                SIGTSTP => Event::Suspend,
                SIGCONT => Event::Continued,
                signal if asked_to_leave => {
                    // Asked twice: the loop does not answer. The terminal is given back all the same.
                    super::terminal::restore();
                    std::process::exit(128 + signal);
                }
                _ => {
                    asked_to_leave = true;
                    Event::Message(Message::Terminate)
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
