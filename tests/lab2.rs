//! The checks of lab 2.
