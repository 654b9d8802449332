//! What the terminal sends, as messages.
//!
//! Invariant: no more than [`MOST_WAITING`] of them wait for the loop. What comes faster stays in the terminal: a text of ten megabytes that is
//! pasted where pastes are not told from keys would be a gigabyte of messages.

use super::Event;
use crate::app::message::{Message, Mouse};
use crossterm::event::{self, KeyEventKind, MouseButton, MouseEventKind};
use std::sync::mpsc::{Receiver, Sender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long the thread may take to stop reading.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long it is waited for before it is woken again.
const NUDGE: Duration = Duration::from_millis(50);

/// Whether the thread reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Reading {
    /// It does.
    #[default]
    On,
    /// It is to stop.
    Stopping,
    /// It waits until it may again.
    Off,
}

/// The keys of the terminal, which can be left to another program for a while.
#[derive(Clone, Debug, Default)]
pub struct Keys(Arc<(Mutex<Reading>, Condvar)>);

impl Keys {
    fn state(&self) -> MutexGuard<'_, Reading> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, reading: Reading) {
        *self.state() = reading;
        self.0.1.notify_all();
    }

    /// Stops reading; false where that cannot be done. What is typed from then on is another's.
    pub fn pause(&self) -> bool {
        self.set(Reading::Stopping);
        let began = Instant::now();
        loop {
            // The thread waits for the terminal, which may send nothing for hours: told of a new size, it wakes.
            super::signals::wake_reading();
            let (state, _) = self
                .0
                .1
                .wait_timeout_while(self.state(), NUDGE, |state| *state == Reading::Stopping)
                .unwrap_or_else(PoisonError::into_inner);
            if *state == Reading::Off {
                return true;
            }
            drop(state);
            if began.elapsed() > PATIENCE {
                self.resume();
                return false;
            }
        }
    }

    /// Reads on.
    pub fn resume(&self) {
        self.set(Reading::On);
    }

    /// Waits while it must not read.
    fn wait(&self) {
        let mut state = self.state();
        while *state != Reading::On {
            *state = Reading::Off;
            self.0.1.notify_all();
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Messages from the terminal that the loop has not handled yet, at most.
const MOST_WAITING: usize = 1024;

/// The loop's side: by it the reading thread knows how many of its messages are handled.
pub struct Typed(Receiver<()>);

impl Typed {
    /// To be called for each message from the terminal that is taken.
    pub fn taken(&self) {
        let _ = self.0.try_recv();
    }
}

/// Reads on a thread of its own until the terminal goes away or the loop has ended.
pub fn read(sender: Sender<Event>, keys: Keys) -> Typed {
    let (places, taken) = sync_channel(MOST_WAITING);
    std::thread::spawn(move || {
        loop {
            keys.wait();
            let message = match event::read() {
                Ok(event) => message(event),
                // The terminal is gone.
                Err(_) => Some(Message::Terminate),
            };
            let last = matches!(message, Some(Message::Terminate));
            if let Some(message) = message {
                // Waits for a place; there is none any more where the loop has ended.
                let is_over = places.send(()).is_err();
                if is_over || sender.send(Event::Typed(message)).is_err() || last {
                    return;
                }
            }
        }
    });
    Typed(taken)
}

fn message(event: event::Event) -> Option<Message> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => {
            Some(Message::Key(key.into()))
        }
        event::Event::Key(_) | event::Event::FocusGained | event::Event::FocusLost => None,
        event::Event::Paste(text) => Some(Message::Paste(text)),
        event::Event::Resize(columns, rows) => Some(Message::Resize { columns, rows }),
        event::Event::Mouse(mouse) => {
            let kind = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Mouse::Press,
                MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
                MouseEventKind::ScrollDown => Mouse::WheelDown,
                MouseEventKind::ScrollUp => Mouse::WheelUp,
                _ => return None,
            };
            Some(Message::Mouse {
                column: mouse.column,
                row: mouse.row,
                kind,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_left_to_another_once_nobody_reads_and_not_before() {
        let keys = Keys::default();
        let of_thread = keys.clone();
        let (sender, passed) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for round in 0.. {
                of_thread.wait();
                if sender.send(round).is_err() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        passed.recv().unwrap();
        assert!(keys.pause());
        while passed.try_recv().is_ok() {}
        let silent = passed.recv_timeout(Duration::from_millis(30));
        assert!(silent.is_err(), "read while another had the keys");
        keys.resume();
        assert!(passed.recv_timeout(Duration::from_secs(20)).is_ok());
    }
}
