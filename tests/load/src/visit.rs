//! Visitors in a process of their own, who join, listen and do nothing else:
//! for faults that befall a whole process.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;

use crate::dialect::Dialect;
use crate::line::LineFormat;
use crate::member::Wire;
use crate::room::Room;

/// Nobody forgets them for longer than this.
const LONGEST: Duration = Duration::from_secs(120);

#[derive(Args, Debug)]
pub struct Visit {
    /// The server's address
    #[arg(long)]
    pub address: SocketAddr,
    /// How many visitors
    #[arg(long)]
    pub count: u32,
    /// The number in the first one's nickname
    #[arg(long)]
    pub first: u32,
}

/// Listens until this process is stopped.
pub fn run(visit: &Visit) -> Result<()> {
    let wire = Wire {
        dialect: Dialect::Room,
        format: LineFormat::new(0),
    };
    let mut room = Room::new(visit.address, wire)?;
    for seat in 0..visit.count {
        let stream = room.sources.connect()?;
        room.seat(seat as usize, visit.first + seat, stream)?;
    }
    let start = Instant::now();
    while start.elapsed() < LONGEST {
        room.pump(Duration::from_millis(100))?;
    }
    Ok(())
}
