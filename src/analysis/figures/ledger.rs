//! Figures side by side.
