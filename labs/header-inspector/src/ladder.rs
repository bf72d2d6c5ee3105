//! Ladders: each conversation as a list of what went to and fro, phase by phase.

use std::collections::BTreeMap;

use crate::conversation::{Direction, Ending, Endpoint, Phase, Progress, endpoints};
use crate::lang::bytes_in_english;
use crate::received::{Order, Received};
use crate::{Flags, Place, Segment, Time, text};

/// Rungs kept in all: a ladder is for eyes, and memory must not grow with the capture.
const MAX_RUNGS: usize = 20_000;
/// Characters of data that a rung shows.
const SHOWN: usize = 48;

/// One conversation, drawn.
#[derive(Clone, Debug)]
pub struct Ladder {
    pub stream: u32,
    /// The end that sent the first segment; it stands at the left.
    pub left: Endpoint,
    pub right: Endpoint,
    /// The initial sequence numbers, where the SYNs were seen.
    pub isn: [Option<u32>; 2],
    pub rungs: Vec<Rung>,
    /// Segments that were not kept, once there were too many.
    pub left_out: u64,
    /// Bytes of data that went from left to right and back, each counted once.
    pub bytes: [u64; 2],
    progress: Progress,
    /// What each side has sent, counted from its ISN.
    received: [Received; 2],
    last_ack: [Option<Ack>; 2],
}

/// What a duplicate acknowledgment has in common with the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ack {
    number: Option<u32>,
    window: Option<u16>,
    seq: u32,
}

/// One segment on a ladder.
#[derive(Clone, Debug)]
pub struct Rung {
    pub frame: u64,
    /// Which of the TCP headers in that frame, from 0.
    pub layer: u8,
    pub time: Option<Time>,
    pub direction: Direction,
    pub phase: Phase,
    /// Flags and relative numbers, such as `SYN ACK seq 0 ack 1`.
    pub label: String,
    /// The data as quoted text, or how many bytes it has; empty without data.
    pub data: String,
    pub remark: Remark,
}

/// What is worth saying about a rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    None,
    /// These numbers, or some of them, had been seen before.
    Retransmission,
    /// These numbers fill a gap that was seen before.
    OutOfOrder,
    /// Numbers before these were not captured.
    AfterGap,
    /// The acknowledgment of the segment before it once more, with nothing new.
    DuplicateAck,
    /// The sender accepts no data now.
    ZeroWindow,
    /// A number before the next one, to see whether the other side is still there.
    KeepAlive,
    /// The header is quoted in an ICMP error.
    Quoted,
    /// The segment has problems.
    Problems,
}

impl Ladder {
    /// Returns how the conversation ended, as far as was seen.
    pub fn ending(&self) -> Ending {
        self.progress.ending()
    }
}

/// All conversations of a capture.
#[derive(Default)]
pub struct Ladders {
    by_stream: BTreeMap<u32, Ladder>,
    rungs: usize,
    /// Headers that were cut before their ports, so that nobody knows whose they are.
    pub homeless: u64,
}

impl Ladders {
    /// Takes a segment in, which must have been placed in its conversation.
    pub fn add(&mut self, segment: &Segment) {
        let (Some(place), Some((from, to))) = (segment.place, endpoints(segment)) else {
            self.homeless += 1;
            return;
        };
        let full = self.rungs >= MAX_RUNGS;
        if full && !self.by_stream.contains_key(&place.stream) {
            self.homeless += 1;
            return;
        }
        let ladder = self.by_stream.entry(place.stream).or_insert_with(|| {
            let (left, right) = match place.direction {
                Direction::Forward => (from, to),
                Direction::Backward => (to, from),
            };
            Ladder::new(&place, left, right, segment)
        });
        let rung = ladder.rung(segment, &place);
        if full {
            ladder.left_out += 1;
        } else {
            ladder.rungs.push(rung);
            self.rungs += 1;
        }
    }

    /// Returns the ladders in the order in which their conversations appeared.
    pub fn finish(self) -> Vec<Ladder> {
        self.by_stream.into_values().collect()
    }
}

impl Ladder {
    fn new(place: &Place, left: Endpoint, right: Endpoint, first: &Segment) -> Ladder {
        Ladder {
            stream: place.stream,
            left,
            right,
            isn: [None; 2],
            rungs: Vec::new(),
            left_out: 0,
            bytes: [0; 2],
            progress: Progress::new(first),
            received: Default::default(),
            last_ack: [None; 2],
        }
    }

    fn rung(&mut self, segment: &Segment, place: &Place) -> Rung {
        let (phase, remark) = match segment.is_quoted() {
            true => (
                self.rungs
                    .last()
                    .map_or(Phase::Transferring, |rung| rung.phase),
                Remark::Quoted,
            ),
            false => self.learn(segment, place),
        };
        Rung {
            frame: segment.frame.number,
            layer: segment.layer,
            time: segment.frame.time,
            direction: place.direction,
            phase,
            label: label(segment, place),
            data: data(segment),
            remark,
        }
    }

    fn learn(&mut self, segment: &Segment, place: &Place) -> (Phase, Remark) {
        let side = place.direction as usize;
        if segment.header.flags.is_some_and(|flags| flags.syn()) {
            self.isn[side] = segment.header.seq;
        }
        let phase = self.progress.step(segment, place.direction);
        let remark = self.count(segment, place, side);
        match remark {
            Remark::None if !segment.problems.is_empty() => (phase, Remark::Problems),
            remark => (phase, remark),
        }
    }

    /// Counts new bytes, and tells what is worth saying, in the words of Wireshark's
    /// analysis of sequence numbers.
    fn count(&mut self, segment: &Segment, place: &Place, side: usize) -> Remark {
        let (Some(seq), Some(length)) = (place.rel_seq, segment.sequence_length()) else {
            return Remark::None;
        };
        let flags = segment.header.flags.unwrap_or(Flags(0));
        let opens_or_ends = flags.syn() || flags.fin() || flags.rst();
        let data = u32::try_from(segment.payload_len.unwrap_or(0)).unwrap_or(0);
        let received = &mut self.received[side];
        if !opens_or_ends && data <= 1 && received.distance(seq) == Some(-1) {
            return Remark::KeepAlive;
        }
        // SYN takes a number before the data, FIN one behind it; neither is a byte.
        let first = seq.wrapping_add(u32::from(flags.syn()));
        self.bytes[side] += u64::from(received.count_new(first, data));
        let order = received.add(seq, length);
        let last = self.last_ack[side].replace(Ack {
            number: place.rel_ack,
            window: segment.header.window,
            seq,
        });
        let is_again = last.is_some() && last == self.last_ack[side];
        let acks_all = self.received[1 - side].distance(place.rel_ack.unwrap_or(0)) == Some(0);
        match order {
            Order::Retransmission => Remark::Retransmission,
            Order::OutOfOrder => Remark::OutOfOrder,
            Order::AfterGap => Remark::AfterGap,
            Order::Next if opens_or_ends => Remark::None,
            Order::Next if segment.header.window == Some(0) => Remark::ZeroWindow,
            Order::Next if data == 0 && flags.ack() && is_again && !acks_all => {
                Remark::DuplicateAck
            }
            Order::Next => Remark::None,
        }
    }
}

/// Writes the flags that matter and the numbers that go with them.
fn label(segment: &Segment, place: &Place) -> String {
    let Some(flags) = segment.header.flags else {
        return "header cut".into();
    };
    let mut words: Vec<String> = flags
        .set()
        // A number after `ack` says as much as the flag; PSH belongs to data.
        .filter(|&name| name != "PSH" && (name != "ACK" || flags.syn()))
        .map(str::to_owned)
        .collect();
    let length = segment.sequence_length().unwrap_or(0);
    if let (Some(seq), true) = (place.rel_seq, length > 0) {
        words.push(format!("seq {seq}"));
    }
    if let Some(data) = segment.payload_len.filter(|&data| data > 0) {
        words.push(format!("len {data}"));
    }
    if let (Some(ack), true) = (place.rel_ack, flags.ack()) {
        words.push(format!("ack {ack}"));
    }
    if words.is_empty() {
        words.push("no flags".into());
    }
    words.join(" ")
}

fn data(segment: &Segment) -> String {
    match segment.payload_len {
        None | Some(0) => String::new(),
        Some(length) => match text::preview(segment.payload, SHOWN) {
            text if text.is_empty() => bytes_in_english(length),
            text => text,
        },
    }
}
