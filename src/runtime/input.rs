//! What the terminal sends, as messages.

use super::Event;
use crate::app::message::{Message, Mouse};
use crossterm::event::{self, KeyEventKind, MouseButton, MouseEventKind};
use std::sync::mpsc::Sender;

/// Reads on a thread of its own until the terminal goes away or the loop has ended.
pub fn read(sender: Sender<Event>) {
    std::thread::spawn(move || {
        loop {
            let message = match event::read() {
                Ok(event) => message(event),
                // The terminal is gone.
                Err(_) => Some(Message::Terminate),
            };
            let last = matches!(message, Some(Message::Terminate));
            if let Some(message) = message
                && (sender.send(Event::Message(message)).is_err() || last)
            {
                return;
            }
        }
    });
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
