//! The subcommands: arguments in, text or JSON out. Every view of the reader has a twin here.
//!
//! Invariant: what was asked for goes to standard output and nothing else does; messages go to standard error.

pub mod arguments;
pub mod open;
