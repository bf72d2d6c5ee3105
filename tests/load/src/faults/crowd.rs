//! Many who connect and drop at once, and those who close half of a connection.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use socket2::Socket;

use super::stopped::FIRST;

use super::{Stage, Verdict, stage};
use crate::line::nickname;

const CROWD: usize = 10_000;
/// With fewer than this it would be no crowd.
const LEAST: usize = 500;
const HALF_CLOSED: u32 = 10;

pub fn crowd(server: &str) -> Result<Verdict> {
    let mut stage = stage(&[], server)?;
    let crowd = gather(&mut stage)?;
    let begun = crowd.len();
    ensure!(
        begun >= LEAST,
        "only {begun} connections could be begun here"
    );
    let mut waiting: Vec<&Socket> = crowd.iter().collect();
    stage.chat_until("the crowd to be connected", |_| {
        waiting.retain(|socket| is_waiting(socket));
        waiting.is_empty()
    })?;
    drop(crowd);
    stage.chat().context("while the crowd was leaving")?;
    let how = stage.ends_as_it_began()?;
    Ok(Verdict::Stood(format!("{begun} connections; {how}")))
}

/// Begins as many connections as the system gives, at a pace at which most find
/// room in the listener's queue; the others knock again a second later.
fn gather(stage: &mut Stage) -> Result<Vec<Socket>> {
    let mut crowd = Vec::new();
    while crowd.len() < CROWD {
        match stage.room().sources.begin() {
            Ok(socket) => crowd.push(socket),
            Err(_) => break,
        }
        if crowd.len() % 50 == 0 {
            stage.room().pump(Duration::ZERO)?;
            thread::sleep(Duration::from_millis(5));
        }
    }
    Ok(crowd)
}

/// Neither connected nor turned away.
fn is_waiting(socket: &Socket) -> bool {
    socket.peer_addr().is_err() && matches!(socket.take_error(), Ok(None))
}

/// They join, say that they will send no more, read nothing, and do not close:
/// the server must end it.
pub fn half_closed(server: &str) -> Result<Verdict> {
    let mut stage = stage(&[], server)?;
    let before = stage.usage().map_or(0, |usage| usage.descriptors);
    let all = FIRST..FIRST + HALF_CLOSED;
    let halves: Vec<TcpStream> = all
        .clone()
        .map(|id| half(&mut stage, id))
        .collect::<Result<_>>()?;
    stage.chat_until("the half-closed to be let go", |room| {
        all.clone().all(|id| room.members[0].left.has(id))
    })?;
    stage.wait_for_descriptors(before)?;
    drop(halves);
    stage.ends_as_it_began()
}

fn half(stage: &mut Stage, id: u32) -> Result<TcpStream> {
    let mut stream = stage.room().sources.connect()?;
    writeln!(stream, "{}", nickname(id))?;
    stream.shutdown(Shutdown::Write)?;
    Ok(stream)
}
