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
        while let Some(size) = self.sendable() {
            let start = self.bytes_in_flight();
            let payload = self.buffer[start..start + size].to_vec();
            let fin = self.closed && start + size == self.buffer.len();
            self.transmit(now, self.next, payload, fin);
        }
    }

    /// Sends one segment that begins at number `sequence`, and starts the timer.
    fn transmit(&mut self, now: Millis, sequence: u32, payload: Vec<u8>, fin: bool) {
        let length = payload.len() as u32 + u32::from(fin);
        let end = sequence.wrapping_add(length);
        if sequence == self.next {
            self.next = end;
            self.timer.sent(now, end);
        }
        self.fin_sent |= fin;
        self.actions.push(Action::Send(Segment {
            sequence,
            payload,
            fin,
            ..Segment::default()
        }));
    }

    /// Takes an acknowledgment: what it covers leaves the buffer.
    fn acknowledge(&mut self, now: Millis, segment: &Segment) {
        let Some(count) = self.newly_acknowledged(segment) else {
            return;
        };
        // The window has opened, and what probed it was not accepted.
        if count == 0 && self.window == 0 && segment.window > 0 {
            self.next = self.oldest;
            self.fin_sent = false;
            self.timer.stop();
        }
        self.window = segment.window.into();
        self.buffer.drain(..count.min(self.buffer.len()));
        self.oldest = self.oldest.wrapping_add(count as u32);
        if count > 0 {
            self.timer
                .acknowledged(now, self.oldest, self.in_flight() > 0);
        }
    }
}
// END 6.1

// TASK 6.2: send again what was not acknowledged in time.
// المهمة 6.2: أعد إرسال ما لم يأتِ إقراره في وقته.
impl Sender {
    /// The alarm: the oldest segment is sent again, or a closed window is probed.
    fn expire(&mut self, now: Millis) {
        if self.timer.deadline.is_none_or(|deadline| now < deadline) {
            return;
        }
        self.timer.expired(now);
        let size = match self.in_flight() {
            0 => self.buffer.len().min(1),
            _ => self.bytes_in_flight().min(LARGEST),
        };
        let payload = self.buffer[..size].to_vec();
        let is_last = self.fin_sent || self.in_flight() == 0 && self.closed;
        let fin = is_last && size == self.buffer.len();
        if size > 0 || fin {
            self.transmit(now, self.oldest, payload, fin);
        }
    }
}
// END 6.2

// TASK 6.4: the sliding window: how much may be sent now.
// المهمة 6.4: النافذة المنزلقة: كم يجوز أن يُرسل الآن.
impl Sender {
    /// The size of the next new segment; 0 is a FIN alone.
    fn sendable(&mut self) -> Option<usize> {
        let unsent = self.buffer.len() - self.bytes_in_flight();
        if self.fin_sent || unsent == 0 && !self.closed {
            return None;
        }
        let room = self.window.saturating_sub(self.in_flight());
        if room == 0 {
            // With nothing in flight no acknowledgment will open the window: the timer
            // probes it.
            if self.in_flight() == 0 {
                self.timer.start();
            }
            return None;
        }
        let size = unsent.min(LARGEST).min(room);
        // No crumbs: a small segment only if it is the last one, or nothing is in flight.
        let is_crumb = size < LARGEST && size < unsent && self.in_flight() > 0;
        (!is_crumb).then_some(size)
    }
}
// END 6.4

// TASK 6.5: the timer learns how long an answer takes (RFC 6298).
// المهمة 6.5: المؤقت يتعلم كم يستغرق الجواب (RFC 6298).
/// The retransmission timer.
struct Timer {
    /// When it expires; `None` while it is off.
    deadline: Option<Millis>,
    /// The time-out, RTO.
    timeout: Millis,
    /// SRTT and RTTVAR, once there is a sample.
    smoothed: Option<(Millis, Millis)>,
    /// The segment whose time is taken: the number after it, and when it was sent.
    measured: Option<(u32, Millis)>,
    /// Now, as of the last event.
    now: Millis,
}

/// The time-out before the first sample, which is also the shortest; and the longest.
const SHORTEST: Millis = 1000;
const LONGEST: Millis = 60_000;

impl Timer {
    fn new() -> Timer {
        Timer {
            deadline: None,
            timeout: SHORTEST,
            smoothed: None,
            measured: None,
            now: 0,
        }
    }

    /// Starts it, if it is off.
    fn start(&mut self) {
        self.deadline = self.deadline.or(Some(self.now + self.timeout));
    }

    fn stop(&mut self) {
        (self.deadline, self.measured) = (None, None);
    }

    /// A new segment was sent: up to the number `end`.
    fn sent(&mut self, now: Millis, end: u32) {
        self.start();
        self.measured = self.measured.or(Some((end, now)));
    }

    /// New numbers were acknowledged, all before `oldest`.
    fn acknowledged(&mut self, now: Millis, oldest: u32, in_flight: bool) {
        if let Some((end, sent)) = self.measured
            && oldest.wrapping_sub(end) < 1 << 31
        {
            self.measured = None;
            self.learn(now - sent);
        }
        self.deadline = in_flight.then(|| now + self.timeout);
    }

    /// RFC 6298, sections 2.2 and 2.3, with a clock of one millisecond.
    fn learn(&mut self, sample: Millis) {
        let (smoothed, variation) = match self.smoothed {
            None => (sample, sample / 2),
            Some((smoothed, variation)) => (
                (7 * smoothed + sample) / 8,
                (3 * variation + smoothed.abs_diff(sample)) / 4,
            ),
        };
        self.smoothed = Some((smoothed, variation));
        let timeout = smoothed + (4 * variation).max(1);
        self.timeout = timeout.clamp(SHORTEST, LONGEST);
    }

    /// It has expired: the time-out doubles, and by Karn's rule nothing in flight is
    /// measured, since an answer might be one to the first copy.
    fn expired(&mut self, now: Millis) {
        self.measured = None;
        self.timeout = LONGEST.min(2 * self.timeout);
        self.deadline = Some(now + self.timeout);
    }
}
// END 6.5

// TASK 6.6: numbers wrap at 2^32, and not every acknowledgment is true.
// المهمة 6.6: الأرقام تلتف عند 2^32، وليس كل إقرار صادقًا.
impl Sender {
    /// How many numbers a segment acknowledges that were not acknowledged yet; `None`
    /// if it acknowledges what was never sent, or less than an earlier one.
    fn newly_acknowledged(&self, segment: &Segment) -> Option<usize> {
        let count = segment.acknowledgment?.wrapping_sub(self.oldest) as usize;
        (count <= self.in_flight()).then_some(count)
    }
}
// END 6.6
