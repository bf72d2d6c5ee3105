//! Connections that never give a nickname stand at the door: the others must
//! come in past them and chat as ever.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::bench::Bench;
use crate::book::Sampling;
use crate::load::Pace;

/// The server works through its queue before the others come.
const TAKEN_IN: Duration = Duration::from_millis(500);

pub fn silent(bench: &mut Bench) -> Result<()> {
    let plan = bench.plan;
    bench.progress.begin("the silent", plan.others as u64);
    let silent: Vec<TcpStream> = (0..plan.others)
        .map(|_| bench.room.sources.connect())
        .collect::<Result<_>>()?;
    thread::sleep(TAKEN_IN);
    bench.fill()?;
    bench.load(Pace::Rate(plan.rate), Sampling::Every)?;
    let sent_away = silent.iter().filter(|stream| is_closed(stream)).count();
    bench.report.add("silent sent away", sent_away as f64, "");
    Ok(())
}

/// Whether the server has closed this connection (perhaps with a last word).
fn is_closed(stream: &TcpStream) -> bool {
    let mut words = [0; 512];
    loop {
        match std::io::Read::read(&mut &*stream, &mut words) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => return error.kind() != ErrorKind::WouldBlock,
        }
    }
}
