//! Plain text as people copy it.
