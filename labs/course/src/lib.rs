//! The part of `cargo course` that the grader and the maintainers' tests share: the
//! labs and their starters, running the checks, reading their verdicts, and output.

pub mod fingerprint;
pub mod help;
pub mod judge;
pub mod lab;
pub mod libtest;
pub mod markdown;
pub mod output;
pub mod starter;
pub mod target;
