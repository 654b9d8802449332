//! What the reader's state asks of the world. Data only: `runtime` carries it out.

use super::message::Ticket;

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Ask the terminal to report the mouse, or to keep it.
    Mouse(bool),
    /// Find out which passages are on which topics, discovering topics where the corpus has none.
    FindTopics(Ticket),
}
