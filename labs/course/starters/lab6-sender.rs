//! Lab 6: the sender, from a stream of bytes to segments.
//!
//! ```text
//!   bytes ──▶ ┌────────┐ ──▶ segments, again if need be
//!             │ sender │
//!   time ───▶ └────────┘ ◀── acknowledgments
//! ```

use std::process::ExitCode;

use lab6_wire::{Action, Args, Event, Machine, Millis, Segment};

/// Bytes of payload in a segment, at most.
const LARGEST: usize = 1000;

fn main() -> ExitCode {
    lab_cli::run(|args: Args| lab6_wire::run(&args, &mut Sender::new(args.initial)))
}

struct Sender {
    /// Bytes from number `oldest` on: those in flight, then those not sent yet.
    buffer: Vec<u8>,
    /// The oldest number that is not acknowledged (SND.UNA).
    oldest: u32,
    /// The next number to send (SND.NXT).
    next: u32,
    /// What the receiver accepts from `oldest` on (SND.WND): one segment, until it says.
    window: usize,
    /// The application has written its last byte.
    closed: bool,
    /// FIN is in flight, or acknowledged.
    fin_sent: bool,
    timer: Timer,
    actions: Vec<Action>,
}

impl Sender {
    fn new(initial: u32) -> Sender {
        Sender {
            buffer: Vec::new(),
            oldest: initial,
            next: initial,
            window: LARGEST,
            closed: false,
            fin_sent: false,
            timer: Timer::new(),
            actions: Vec::new(),
        }
    }

    /// Numbers in flight, FIN's included.
    fn in_flight(&self) -> usize {
        self.next.wrapping_sub(self.oldest) as usize
    }

    /// Bytes in flight.
    fn bytes_in_flight(&self) -> usize {
        self.in_flight() - usize::from(self.fin_sent && self.in_flight() > 0)
    }
}

impl Machine for Sender {
    fn handle(&mut self, now: Millis, event: Event) -> Vec<Action> {
        self.timer.now = now;
        match event {
            Event::Write(bytes) => self.buffer.extend(bytes),
            Event::Close => self.closed = true,
            Event::Segment(segment) => self.acknowledge(now, &segment),
            Event::Alarm => self.expire(now),
        }
        self.send(now);
        self.actions.push(Action::Alarm(self.timer.deadline));
        if self.fin_sent && self.in_flight() == 0 {
            self.actions.push(Action::Done);
        }
        std::mem::take(&mut self.actions)
    }
}

// TASK 6.1: cut the stream into segments, and take acknowledgments; FIN comes last.
// المهمة 6.1: اقطع الدفق مقاطع وخذ الإقرارات؛ ويأتي FIN آخرًا.
impl Sender {
    /// Sends what may be sent.
    fn send(&mut self, now: Millis) {
        if let Some(size) = self.sendable() {
            let payload = self.buffer[..size].to_vec();
            self.transmit(now, self.next, payload, false);
        }
    }

    /// Sends one segment that begins at number `sequence`, and starts the timer.
    fn transmit(&mut self, now: Millis, sequence: u32, payload: Vec<u8>, fin: bool) {
        self.timer.sent(now, sequence);
        self.actions.push(Action::Send(Segment {
            sequence,
            payload,
            fin,
            ..Segment::default()
        }));
    }

    /// Takes an acknowledgment: what it covers leaves the buffer.
    fn acknowledge(&mut self, now: Millis, segment: &Segment) {
        let _count = self.newly_acknowledged(segment);
        self.timer
            .acknowledged(now, self.oldest, self.in_flight() > 0);
    }
}
// END 6.1

// TASK 6.2: send again what was not acknowledged in time.
// المهمة 6.2: أعد إرسال ما لم يأتِ إقراره في وقته.
impl Sender {
    /// The alarm.
    fn expire(&mut self, now: Millis) {
        self.timer.expired(now);
    }
}
// END 6.2

// TASK 6.4: the sliding window: how much may be sent now.
// المهمة 6.4: النافذة المنزلقة: كم يجوز أن يُرسل الآن.
impl Sender {
    /// The size of the next new segment; 0 is a FIN alone.
    fn sendable(&mut self) -> Option<usize> {
        // One segment at a time.
        let unsent = self.buffer.len() - self.bytes_in_flight();
        if self.in_flight() > 0 || self.fin_sent || unsent == 0 && !self.closed {
            return None;
        }
        Some(unsent.min(LARGEST).min(self.window))
    }
}
// END 6.4

// TASK 6.5: the timer learns how long an answer takes (RFC 6298).
// المهمة 6.5: المؤقت يتعلم كم يستغرق الجواب (RFC 6298).
/// The retransmission timer: one second, always.
struct Timer {
    /// When it expires; `None` while it is off.
    deadline: Option<Millis>,
    /// Now, as of the last event.
    now: Millis,
}

const TIMEOUT: Millis = 1000;

impl Timer {
    fn new() -> Timer {
        Timer {
            deadline: None,
            now: 0,
        }
    }

    /// A new segment was sent: up to the number `end`.
    fn sent(&mut self, _now: Millis, _end: u32) {
        self.deadline = self.deadline.or(Some(self.now + TIMEOUT));
    }

    /// New numbers were acknowledged, all before `oldest`.
    fn acknowledged(&mut self, now: Millis, _oldest: u32, in_flight: bool) {
        self.deadline = in_flight.then_some(now + TIMEOUT);
    }

    /// It has expired.
    fn expired(&mut self, now: Millis) {
        self.deadline = Some(now + TIMEOUT);
    }
}
// END 6.5

// TASK 6.6: numbers wrap at 2^32, and not every acknowledgment is true.
// المهمة 6.6: الأرقام تلتف عند 2^32، وليس كل إقرار صادقًا.
impl Sender {
    /// How many numbers a segment acknowledges that were not acknowledged yet; `None`
    /// if that cannot be.
    fn newly_acknowledged(&self, segment: &Segment) -> Option<usize> {
        let count = segment.acknowledgment?.checked_sub(self.oldest)?;
        Some(count as usize)
    }
}
// END 6.6
