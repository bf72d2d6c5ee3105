//! The checks of lab 3.
