//! The `line` view: one line a segment, for skimming and for grep.
//!
//! ```text
//! 4 0.000135 127.0.0.1:54146 > 127.0.0.1:55555 PSH ACK seq 1 ack 1 win 512 len 6
//! ```

use super::text::{Number, address, elapsed, number, push};
use super::{Numbers, Places, Settings, View};
use crate::tcp::{TcpOption, Value};
use crate::{Segment, Time};

/// Writes one line a segment.
pub struct LineView {
    settings: Settings,
    start: Option<Time>,
}

impl LineView {
    pub fn new(settings: Settings) -> LineView {
        LineView {
            settings,
            start: None,
        }
    }

    fn numbers(&self, segment: &Segment) -> (Option<u32>, Option<u32>) {
        match (self.settings.numbers, segment.place) {
            (Numbers::Relative, Some(place)) => (place.rel_seq, place.rel_ack),
            _ => (segment.header.seq, segment.header.ack),
        }
    }
}

impl View for LineView {
    fn places(&self) -> Places {
        match self.settings.numbers {
            Numbers::Absolute => Places::Unneeded,
            Numbers::Relative => Places::Needed,
        }
    }

    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        number(out, segment.frame.number);
        if let Some(time) = segment.frame.time {
            out.push(b' ');
            elapsed(out, time, *self.start.get_or_insert(time));
        }
        ends(out, segment);
        flags(out, segment);
        let (seq, ack) = self.numbers(segment);
        field(out, " seq ", seq);
        if segment.header.flags.is_none_or(|flags| flags.ack()) {
            field(out, " ack ", ack);
        }
        field(out, " win ", segment.header.window);
        field(out, " len ", segment.payload_len);
        if !segment.options.is_empty() {
            options(out, segment);
        }
        marks(out, segment);
        out.push(b'\n');
    }
}

fn field(out: &mut Vec<u8>, name: &str, value: Option<impl Number>) {
    push(out, name);
    match value {
        Some(value) => number(out, value),
        None => out.push(b'?'),
    }
}

fn ends(out: &mut Vec<u8>, segment: &Segment) {
    let ip = segment.ip.as_ref();
    out.push(b' ');
    end(out, ip.map(|ip| ip.src), segment.header.src_port);
    push(out, " > ");
    end(out, ip.map(|ip| ip.dst), segment.header.dst_port);
}

/// Appends `127.0.0.1:55555`, or `[::1]:55555`: the colons of IPv6 need the brackets.
fn end(out: &mut Vec<u8>, ip: Option<std::net::IpAddr>, port: Option<u16>) {
    match ip {
        Some(ip) if ip.is_ipv6() => {
            out.push(b'[');
            address(out, ip);
            out.push(b']');
        }
        Some(ip) => address(out, ip),
        None => {}
    }
    field(out, ":", port);
}

fn flags(out: &mut Vec<u8>, segment: &Segment) {
    let Some(flags) = segment.header.flags else {
        return push(out, " flags ?");
    };
    if flags.0 == 0 {
        push(out, " none");
    }
    for name in flags.set() {
        out.push(b' ');
        push(out, name);
    }
    if segment.header.ae == Some(true) {
        push(out, " AE");
    }
}

fn options(out: &mut Vec<u8>, segment: &Segment) {
    let mut before = " [";
    for each in segment.options() {
        // Padding says nothing.
        if matches!(each.value, Value::Nop | Value::End) {
            continue;
        }
        push(out, before);
        option(out, &each);
        before = ", ";
    }
    if before == ", " {
        out.push(b']');
    }
}

fn option(out: &mut Vec<u8>, option: &TcpOption) {
    push(out, option.name());
    match option.value {
        Value::Mss(size) => field(out, " ", Some(size)),
        Value::WindowScale(shift) => field(out, " ", Some(shift)),
        Value::Timestamps { value, echo } => {
            field(out, " ", Some(value));
            field(out, "/", Some(echo));
        }
        Value::Sack(blocks) => {
            for block in blocks.chunks_exact(4) {
                let edge = u32::from_be_bytes([block[0], block[1], block[2], block[3]]);
                field(out, " ", Some(edge));
            }
        }
        Value::Flawed(_) => push(out, " ?"),
        Value::Other(_) if option.name() == "Unknown" => field(out, " ", Some(option.kind)),
        _ => {}
    }
}

/// Marks what is not as usual: a quoted header, a fragment, problems.
fn marks(out: &mut Vec<u8>, segment: &Segment) {
    if segment.is_quoted() {
        push(out, " (in an ICMP error)");
    }
    for problem in &segment.problems {
        push(out, " !");
        push(out, problem.code.name());
    }
}
