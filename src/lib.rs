//! Diptych: two accounts of the same events, side by side, topic by topic.
//!
//! The modules stand in reading order, and each imports only those above it (`tests/tidy.rs` checks this):
//! [`text`] knows cells and graphemes, [`corpus`] the document model, [`analysis`] and [`import`] are pure
//! functions over it, [`library`] is what is on disk, [`export`] what is handed over, [`app`] the reader's state, [`view`] draws that state,
//! [`command`] holds the subcommands, and [`runtime`] owns the terminal.

pub mod text;

pub mod corpus;

pub mod analysis;
pub mod import;

pub mod app;
pub mod export;
pub mod library;

pub mod command;
pub mod view;

pub mod runtime;
