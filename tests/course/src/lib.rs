//! The part of `cargo course` that the maintainers' other tests share.

pub mod libtest;
