//! A steady rate of lines to many: what one waits for a line, and what it costs.

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::load::Pace;

pub fn paced(bench: &mut Bench) -> Result<()> {
    bench.fill()?;
    bench.load(Pace::Rate(bench.plan.rate), Sampling::Every)
}
