//! Senders that send as fast as their own lines come back; with a window of one
//! line they take turns, each waiting for its own.

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::load::Pace;

pub fn flood(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    let window = bench.plan.window;
    let sampling = if window > 1 {
        Sampling::Some
    } else {
        Sampling::Every
    };
    bench.load(Pace::Window(window), sampling)
}
