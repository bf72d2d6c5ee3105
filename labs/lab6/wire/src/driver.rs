//! Runs a machine: in virtual time over standard input and output, or over UDP.

use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;

use crate::{Action, Event, Machine, Millis, Segment};

/// Carries bytes over a link that loses some of them.
///
/// ينقل بايتات عبر وصلة تضيّع بعضها.
#[derive(Parser)]
pub struct Args {
    /// The number of the first byte
    ///
    /// رقم البايت الأول
    #[arg(long, default_value_t = 1000)]
    pub initial: u32,
    /// Run in virtual time: events are read from standard input
    ///
    /// العمل في زمن افتراضي: تُقرأ الأحداث من الدخل القياسي
    #[arg(long)]
    simulated: bool,
    /// The UDP port to receive at
    ///
    /// منفذ UDP للاستقبال
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The address to send standard input to
    ///
    /// العنوان الذي يُرسل إليه الدخل القياسي
    #[arg(long, value_name = "ADDRESS")]
    to: Option<SocketAddr>,
}

/// Runs `machine` as the arguments say.
///
/// # Errors
/// A line that is no event, or a socket that fails.
pub fn run(args: &Args, machine: &mut impl Machine) -> Result<()> {
    if args.simulated {
        simulate(machine)
    } else {
        over_udp(args, machine)
    }
}

/// Reads `TIME EVENT`, prints the actions, and `.` when there are no more.
fn simulate(machine: &mut impl Machine) -> Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.context("cannot read an event")?;
        let (now, event) = event(&line).with_context(|| format!("{line:?} is no event"))?;
        // A damaged segment is dropped, as by a network card.
        let actions = event.map(|event| machine.handle(now, event));
        for action in actions.unwrap_or_default() {
            match action {
                Action::Send(segment) => writeln!(out, "segment {}", hex(&segment.to_bytes()))?,
                Action::Deliver(bytes) => writeln!(out, "deliver {}", hex(&bytes))?,
                Action::Alarm(Some(time)) => writeln!(out, "alarm {time}")?,
                Action::Alarm(None) => writeln!(out, "alarm off")?,
                Action::Done => writeln!(out, "done")?,
            }
        }
        writeln!(out, ".")?;
        out.flush()?;
    }
    Ok(())
}

/// The time and the event; no event for a damaged segment.
fn event(line: &str) -> Result<(Millis, Option<Event>)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (time, event) = match words[..] {
        [time, "write", digits] => (time, Some(Event::Write(from_hex(digits)?))),
        [time, "close"] => (time, Some(Event::Close)),
        [time, "alarm"] => (time, Some(Event::Alarm)),
        [time, "segment", digits] => {
            let segment = Segment::from_bytes(&from_hex(digits)?);
            (time, segment.map(Event::Segment))
        }
        _ => bail!("needed TIME and write HEX, close, alarm or segment HEX"),
    };
    Ok((time.parse().context("the time is no number")?, event))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(digits: &str) -> Result<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?);
    pairs.map(byte).collect()
}

/// How long a receiver that is done still answers: its last acknowledgment may be lost.
const LINGER: Duration = Duration::from_secs(5);

/// The longest wait for a segment, where there is no alarm.
const LONG: Duration = Duration::from_secs(3600);

fn over_udp(args: &Args, machine: &mut impl Machine) -> Result<()> {
    let socket = UdpSocket::bind(("127.0.0.1", args.port)).context("cannot open a UDP socket")?;
    let mut link = Udp {
        socket,
        peer: args.to,
        began: Instant::now(),
        alarm: None,
        done: None,
    };
    if args.to.is_some() {
        let mut input = Vec::new();
        io::stdin().read_to_end(&mut input)?;
        link.act(machine.handle(link.now(), Event::Write(input)))?;
        link.act(machine.handle(link.now(), Event::Close))?;
    } else {
        let address = link.socket.local_addr()?;
        eprintln!("Receiving at {address}");
    }
    while !link.is_over(args.to.is_some()) {
        if let Some(event) = link.next_event()? {
            link.act(machine.handle(link.now(), event))?;
        }
    }
    Ok(())
}

struct Udp {
    socket: UdpSocket,
    peer: Option<SocketAddr>,
    began: Instant,
    alarm: Option<Millis>,
    /// Since when the machine is done.
    done: Option<Instant>,
}

impl Udp {
    fn now(&self) -> Millis {
        self.began.elapsed().as_millis() as Millis
    }

    fn is_over(&self, sends: bool) -> bool {
        self.done
            .is_some_and(|since| sends || since.elapsed() >= LINGER)
    }

    /// Waits for a segment or the alarm; `None` for what is neither.
    fn next_event(&mut self) -> Result<Option<Event>> {
        let wait = self
            .alarm
            .map(|time| Duration::from_millis(time.saturating_sub(self.now())));
        let wait = wait.unwrap_or(if self.done.is_some() { LINGER } else { LONG });
        if wait.is_zero() {
            self.alarm = None;
            return Ok(Some(Event::Alarm));
        }
        self.socket.set_read_timeout(Some(wait))?;
        let mut bytes = [0; 2048];
        match self.socket.recv_from(&mut bytes) {
            Ok((count, from)) => {
                self.peer = Some(from);
                Ok(Segment::from_bytes(&bytes[..count]).map(Event::Segment))
            }
            // Unix and Windows name the end of the time differently; and where no
            // program receives at the other port, Windows reports a reset.
            Err(error) => match error.kind() {
                ErrorKind::WouldBlock | ErrorKind::TimedOut => Ok(None),
                ErrorKind::ConnectionReset | ErrorKind::ConnectionRefused => Ok(None),
                ErrorKind::Interrupted => Ok(None),
                _ => Err(error).context("cannot receive"),
            },
        }
    }

    fn act(&mut self, actions: Vec<Action>) -> Result<()> {
        for action in actions {
            match action {
                Action::Send(segment) => {
                    if let Some(peer) = self.peer {
                        // A datagram that cannot be sent is lost, like any other.
                        let _ = self.socket.send_to(&segment.to_bytes(), peer);
                    }
                }
                Action::Deliver(bytes) => {
                    let mut out = io::stdout();
                    out.write_all(&bytes).and_then(|()| out.flush())?;
                }
                Action::Alarm(time) => self.alarm = time,
                Action::Done => self.done = self.done.or(Some(Instant::now())),
            }
        }
        Ok(())
    }
}
