//! The checks of lab 4.
