//! Markdown files of others.
