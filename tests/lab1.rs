//! The checks of lab 1.
