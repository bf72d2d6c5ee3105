//! Known-bad programs (mutants), and what the checks print for them.
//!
//! ```text
//!   lab3.toml ── Mistake ──▶ Scratch ──▶ the wrong program ──▶ judge ──▶ Outcome
//!   (catalogue)  (changes)   (a copy of the solutions)        (the checks)
//! ```
//!
//! A mistake is a small change to a solution. It must be caught, by the task
//! that it belongs to and by nothing that it does not touch, and the story of
//! its failure is kept in `stories/`.

pub mod catalogue;
pub mod judge;
pub mod outcome;
pub mod rules;
pub mod scratch;
pub mod story;
