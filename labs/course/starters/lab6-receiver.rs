//! Lab 6: the receiver, from segments to a stream of bytes.
//!
//! ```text
//!   segment 3000 ──▶ ┌──────────┐
//!   segment 1000 ──▶ │ receiver │ ──▶ bytes 1000, 1001, 1002, …
//!   segment 2000 ──▶ └──────────┘ ──▶ acknowledgments
//! ```

use std::collections::VecDeque;
use std::process::ExitCode;

use lab6_wire::{Action, Args, Event, Machine, Millis, Segment};

/// Bytes from the next one on that the receiver can keep, and announces.
const WINDOW: u16 = 8000;

fn main() -> ExitCode {
    lab_cli::run(|args: Args| lab6_wire::run(&args, &mut Receiver::new(args.initial)))
}

struct Receiver {
    /// The number of the next byte to deliver.
    next: u32,
    /// What came early: for each number of the window, from `next` on, the byte.
    early: VecDeque<Option<u8>>,
    /// The number of FIN, once it is known.
    fin: Option<u32>,
    /// FIN has been reached.
    done: bool,
}

impl Receiver {
    fn new(initial: u32) -> Receiver {
        Receiver {
            next: initial,
            early: VecDeque::from(vec![None; WINDOW.into()]),
            fin: None,
            done: false,
        }
    }
}

impl Machine for Receiver {
    fn handle(&mut self, _now: Millis, event: Event) -> Vec<Action> {
        match event {
            Event::Segment(segment) => self.receive(segment),
            // A receiver has no timer, and nothing to send.
            Event::Alarm | Event::Write(_) | Event::Close => Vec::new(),
        }
    }
}

// TASK 6.1: deliver what comes, and acknowledge it; FIN takes one number.
// المهمة 6.1: سلّم ما يصل وأقرّ به؛ ويأخذ FIN رقمًا واحدًا.
impl Receiver {
    /// Every segment is answered: the last acknowledgment may have been lost.
    fn receive(&mut self, segment: Segment) -> Vec<Action> {
        let _state = (self.next, self.fin, self.done);
        self.keep(&segment);
        vec![Action::Deliver(self.take())]
    }
}
// END 6.1

// TASK 6.3: keep what comes early, as far as the window reaches, and deliver it in order.
// المهمة 6.3: احفظ ما يصل مبكرًا ما دام داخل النافذة، وسلّمه بترتيبه.
impl Receiver {
    /// Keeps the bytes of a segment.
    fn keep(&mut self, segment: &Segment) {
        let bytes = segment.payload.iter().copied();
        self.early.extend(bytes.map(Some));
    }

    /// Takes the bytes that can be delivered.
    fn take(&mut self) -> Vec<u8> {
        self.early.drain(..).flatten().collect()
    }
}
// END 6.3
