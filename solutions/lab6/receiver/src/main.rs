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
        let mut actions = Vec::new();
        if !self.done {
            self.keep(&segment);
            let bytes = self.take();
            if !bytes.is_empty() {
                actions.push(Action::Deliver(bytes));
            }
            if self.fin == Some(self.next) {
                self.next = self.next.wrapping_add(1);
                self.done = true;
            }
        }
        actions.push(Action::Send(Segment {
            acknowledgment: Some(self.next),
            window: WINDOW,
            ..Segment::default()
        }));
        if self.done {
            actions.push(Action::Done);
        }
        actions
    }
}
// END 6.1

// TASK 6.3: keep what comes early, as far as the window reaches, and deliver it in order.
// المهمة 6.3: احفظ ما يصل مبكرًا ما دام داخل النافذة، وسلّمه بترتيبه.
impl Receiver {
    /// Keeps the bytes of a segment that are in the window, old ones and later ones not.
    fn keep(&mut self, segment: &Segment) {
        let start = segment.sequence.wrapping_sub(self.next);
        for (index, byte) in segment.payload.iter().enumerate() {
            let place = start.wrapping_add(index as u32) as usize;
            if let Some(kept) = self.early.get_mut(place) {
                *kept = Some(*byte);
            }
        }
        let end = segment.sequence.wrapping_add(segment.payload.len() as u32);
        let is_near = end.wrapping_sub(self.next) <= u32::from(WINDOW);
        if segment.fin && is_near {
            self.fin = Some(end);
        }
    }

    /// Takes the bytes up to the first gap.
    fn take(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        while let Some(&Some(byte)) = self.early.front()
            && self.fin != Some(self.next)
        {
            self.early.pop_front();
            self.early.push_back(None);
            self.next = self.next.wrapping_add(1);
            bytes.push(byte);
        }
        bytes
    }
}
// END 6.3
