//! Virtual time: a program that is told events and answers with actions, line by line.
//!
//! Nothing here waits for a clock: a program that was told that a second has passed
//! has no way to know better. The line protocol is on the page of lab 6.

use std::io::Write;

use crate::check::Check;
use crate::language::{apart, say};
use crate::observation::Observation;
use crate::program::Program;

/// A program in virtual time.
pub struct Machine {
    program: Program,
    name: String,
    /// When the program wants to be woken.
    pub alarm: Option<u64>,
    /// The program has said that it is done.
    pub done: bool,
}

/// What a program wants to be done with bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    Segment(Vec<u8>),
    Deliver(Vec<u8>),
}

impl Machine {
    /// Starts the lab's program `role` with `--simulated` and more `arguments`.
    pub fn start(check: &Check, role: &str, arguments: &[&str]) -> Machine {
        let mut all = vec!["--simulated"];
        all.extend(arguments);
        Machine {
            program: check.start(role, &all),
            name: role.to_string(),
            alarm: None,
            done: false,
        }
    }

    /// Tells the program `event` at `time`, and returns its answer.
    pub fn at(&mut self, time: u64, event: &str) -> Vec<Output> {
        self.program
            .sends_input(format!("{time} {event}\n").into_bytes());
        let mut outputs = Vec::new();
        loop {
            let name = apart(&self.name);
            let should = say!(
                "the {name} should answer an event with its actions and \".\"",
                "كان يجب أن يجيب البرنامج ({name}) عن الحدث بأفعاله ثم \".\""
            );
            let line = self.program.next_line(should.clone());
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["."] => {
                    self.note(time, event, &outputs);
                    return outputs;
                }
                ["done"] => self.done = true,
                ["alarm", "off"] => self.alarm = None,
                ["alarm", time] if time.parse::<u64>().is_ok() => self.alarm = time.parse().ok(),
                ["segment", digits] if is_hex(digits) => {
                    outputs.push(Output::Segment(bytes(digits)))
                }
                ["deliver", digits] if is_hex(digits) => {
                    outputs.push(Output::Deliver(bytes(digits)))
                }
                _ => self
                    .program
                    .story
                    .fails(should, Observation::Printed(line.into_bytes())),
            }
        }
    }
}

impl Machine {
    /// Adds an event and its answer to the story.
    fn note(&self, time: u64, event: &str, outputs: &[Output]) {
        let (name, time) = (apart(&self.name), apart(time));
        let (event, outputs) = (apart(shown_event(event)), apart(shown(outputs)));
        self.program.story.step(say!(
            "at {time} ms the {name} was told {event}; it answered {outputs}",
            "عند {time} ميلي ثانية أُخبر البرنامج ({name}) بالحدث {event}؛ فأجاب {outputs}"
        ));
    }
}

/// `close`, `write 300 bytes`, `segment (ack 2000 win 8000)`.
fn shown_event(event: &str) -> String {
    match event.split_once(' ') {
        Some(("segment", digits)) => format!("segment ({})", header(&bytes(digits))),
        Some((word, digits)) => format!("{word} ({} bytes)", digits.len() / 2),
        None => event.to_string(),
    }
}

fn shown(outputs: &[Output]) -> String {
    let one = |output: &Output| match output {
        Output::Segment(bytes) => format!("segment ({})", header(bytes)),
        Output::Deliver(bytes) => format!("deliver ({} bytes)", bytes.len()),
    };
    match outputs {
        [] => "-".to_string(),
        some => some.iter().map(one).collect::<Vec<_>>().join(", "),
    }
}

/// What a segment's header says (RFC 9293 §3.1), in few words.
fn header(bytes: &[u8]) -> String {
    let Some(payload) = bytes.len().checked_sub(20) else {
        return format!("{} bytes", bytes.len());
    };
    let number = |at: usize| {
        bytes[at..at + 4]
            .iter()
            .fold(0u32, |all, byte| all << 8 | u32::from(*byte))
    };
    let window = u16::from_be_bytes([bytes[14], bytes[15]]);
    let fin = if bytes[13] & 0x01 != 0 { " FIN" } else { "" };
    match bytes[13] & 0x10 != 0 {
        true => format!("ack {} win {window}", number(8)),
        false => format!("seq {} len {payload}{fin}", number(4)),
    }
}

fn is_hex(digits: &str) -> bool {
    digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16);
    pairs.flat_map(byte).collect()
}

/// Bytes as hex digits, for an event.
pub fn hex(bytes: &[u8]) -> String {
    let mut digits = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        let _ = write!(digits, "{byte:02x}");
    }
    String::from_utf8_lossy(&digits).into_owned()
}
