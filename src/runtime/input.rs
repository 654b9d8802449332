//! What the terminal sends, as messages.
//!
//! Invariant: no more than [`MOST_WAITING`] of them wait for the loop. What comes faster stays in the terminal: a text of ten megabytes that is
//! pasted where pastes are not told from keys would be a gigabyte of messages.

use super::Event;
use crate::app::message::{Message, Mouse};
use crossterm::event::{self, KeyEventKind, MouseButton, MouseEventKind};
use std::sync::mpsc::{Receiver, Sender, sync_channel};

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
pub fn read(sender: Sender<Event>) -> Typed {
    let (places, taken) = sync_channel(MOST_WAITING);
    std::thread::spawn(move || {
        loop {
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
