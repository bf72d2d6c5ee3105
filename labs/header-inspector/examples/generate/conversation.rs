//! Sound TCP: connections that open, chat and close, many at a time.

use crate::ip::{self, Packet};
use crate::random::Random;
use crate::segment::{Checksum, Segment};

/// At a time; a closed one makes room for a new one.
const CONNECTIONS: usize = 200;
const WINDOW: u16 = 512;
const WINDOW_SHIFT: u8 = 7;

pub struct Conversations {
    open: Vec<Connection>,
    /// How many there were: gives each its own port.
    started: u32,
    clock: u32,
    /// The most messages that one connection carries.
    messages: u64,
}

struct Connection {
    number: u32,
    step: Step,
    /// What each end has sent so far: client, server.
    next: [u32; 2],
    messages_left: u64,
}

#[derive(Clone, Copy)]
enum Step {
    Syn,
    SynAck,
    Ack,
    Message,
    /// The other end acknowledges what this one has sent.
    Acknowledge(End),
    ClientFin,
    ServerFin,
    LastAck,
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    Client = 0,
    Server = 1,
}

const FIN: u16 = 0x001;
const SYN: u16 = 0x002;
const PSH: u16 = 0x008;
const ACK: u16 = 0x010;

impl Conversations {
    pub fn new(random: &mut Random, messages: u64) -> Self {
        let mut conversations = Conversations {
            open: Vec::new(),
            started: 0,
            clock: 1,
            messages,
        };
        for _ in 0..CONNECTIONS {
            let connection = conversations.start(random);
            conversations.open.push(connection);
        }
        conversations
    }

    pub fn next_packet(&mut self, random: &mut Random) -> Packet {
        self.clock = self.clock.wrapping_add(1);
        let index = random.below(self.open.len() as u64) as usize;
        let packet = self.open[index].advance(random, self.clock);
        if packet.1 == Progress::Closed {
            self.open[index] = self.start(random);
        }
        packet.0
    }

    fn start(&mut self, random: &mut Random) -> Connection {
        self.started += 1;
        Connection {
            number: self.started,
            step: Step::Syn,
            next: [random.u32(), random.u32()],
            messages_left: 1 + random.below(self.messages.max(1)),
        }
    }
}

#[derive(PartialEq)]
enum Progress {
    Open,
    Closed,
}

impl Connection {
    fn advance(&mut self, random: &mut Random, clock: u32) -> (Packet, Progress) {
        let (from, flags, payload, after) = match self.step {
            Step::Syn => (End::Client, SYN, 0, Step::SynAck),
            Step::SynAck => (End::Server, SYN | ACK, 0, Step::Ack),
            Step::Ack => (End::Client, ACK, 0, Step::Message),
            Step::Message => self.message(random),
            Step::Acknowledge(end) if self.messages_left == 0 => (end, ACK, 0, Step::ClientFin),
            Step::Acknowledge(end) => (end, ACK, 0, Step::Message),
            Step::ClientFin => (End::Client, FIN | ACK, 0, Step::ServerFin),
            Step::ServerFin => (End::Server, FIN | ACK, 0, Step::LastAck),
            Step::LastAck => {
                let packet = self.packet(End::Client, ACK, Vec::new(), clock);
                return (packet, Progress::Closed);
            }
        };
        self.step = after;
        let text = random
            .bytes(payload)
            .iter()
            .map(|byte| b'a' + byte % 26)
            .collect();
        (self.packet(from, flags, text, clock), Progress::Open)
    }

    fn message(&mut self, random: &mut Random) -> (End, u16, usize, Step) {
        self.messages_left -= 1;
        let length = *random.pick(&[9, 40, 200, 1200]);
        if random.chance(50) {
            (
                End::Client,
                PSH | ACK,
                length,
                Step::Acknowledge(End::Server),
            )
        } else {
            (
                End::Server,
                PSH | ACK,
                length,
                Step::Acknowledge(End::Client),
            )
        }
    }

    fn packet(&mut self, from: End, flags: u16, payload: Vec<u8>, clock: u32) -> Packet {
        let client_port = 10_000 + (self.number % 40_000) as u16;
        let client = [10, 0, (self.number / 40_000) as u8, 1];
        let server = [10, 1, 0, 1];
        let options = self.options(flags, clock);
        let (src, dst) = if from == End::Client {
            (client, server)
        } else {
            (server, client)
        };
        let segment = Segment {
            src_port: if from == End::Client {
                client_port
            } else {
                55_555
            },
            dst_port: if from == End::Client {
                55_555
            } else {
                client_port
            },
            seq: self.next[from as usize],
            ack: if flags & ACK == 0 {
                0
            } else {
                self.next[1 - from as usize]
            },
            data_offset: 5 + (options.len() / 4) as u8,
            flags,
            window: WINDOW,
            checksum: Checksum::Good,
            urgent: 0,
            options,
            payload,
        };
        let counted = segment.payload.len() as u32 + u32::from(flags & (SYN | FIN) != 0);
        self.next[from as usize] = self.next[from as usize].wrapping_add(counted);
        ip::plain_four(src, dst, clock as u16, &segment)
    }

    /// What Linux sends: timestamps always, the rest with SYN.
    fn options(&self, flags: u16, clock: u32) -> Vec<u8> {
        let mut options = match flags & SYN {
            0 => vec![1, 1, 8, 10],
            _ => vec![2, 4, 5, 180, 4, 2, 8, 10],
        };
        options.extend(clock.to_be_bytes());
        options.extend(clock.wrapping_sub(7).to_be_bytes());
        if flags & SYN != 0 {
            options.extend([1, 3, 3, WINDOW_SHIFT]);
        }
        options
    }
}
