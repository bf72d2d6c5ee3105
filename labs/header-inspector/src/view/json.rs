//! The `json` view: one object a line, for programs.
//!
//! Written by hand into the buffer, which is several times as fast as building values
//! first. All that could need escaping are our own sentences.

use super::text::{Number, address, hex, number, push, time};
use super::{Settings, View};
use crate::tcp::{Flags, TcpOption, Value};
use crate::{Problem, Segment};

/// Writes one JSON object a segment.
pub struct JsonView {
    settings: Settings,
}

impl JsonView {
    pub fn new(settings: Settings) -> JsonView {
        JsonView { settings }
    }
}

impl View for JsonView {
    fn segment(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        frame(out, segment);
        ip(out, segment);
        header(out, segment);
        place(out, segment);
        options(out, segment);
        self.problems(out, &segment.problems);
        push(out, "}\n");
    }
}

impl JsonView {
    fn problems(&self, out: &mut Vec<u8>, problems: &[Problem]) {
        push(out, ",\"problems\":[");
        for (i, problem) in problems.iter().enumerate() {
            push(
                out,
                if i > 0 {
                    ",{\"code\":\""
                } else {
                    "{\"code\":\""
                },
            );
            push(out, problem.code.name());
            push(out, "\",\"bytes\":[");
            number(out, problem.at.start);
            out.push(b',');
            number(out, problem.at.end);
            push(out, "],\"sentence\":");
            string(out, &problem.code.sentence(self.settings.lang));
            push(out, ",\"rfc\":");
            string(out, problem.code.rfc());
            out.push(b'}');
        }
        out.push(b']');
    }
}

/// Appends a quoted string; quotes, backslashes and controls are escaped.
fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            0..0x20 => {
                push(out, "\\u00");
                hex(out, &[byte]);
            }
            byte => out.push(byte),
        }
    }
    out.push(b'"');
}

/// Appends a key and a number. Inlined, so that the key is stored, not copied.
#[inline(always)]
fn integer(out: &mut Vec<u8>, key: &str, value: Option<impl Number>) {
    push(out, key);
    match value {
        Some(value) => number(out, value),
        None => push(out, "null"),
    }
}

fn bit(out: &mut Vec<u8>, key: &str, value: Option<bool>) {
    push(out, key);
    push(
        out,
        match value {
            Some(true) => "1",
            Some(false) => "0",
            None => "null",
        },
    );
}

fn truth(out: &mut Vec<u8>, key: &str, value: bool) {
    push(out, key);
    push(out, if value { "true" } else { "false" });
}

fn frame(out: &mut Vec<u8>, segment: &Segment) {
    let frame = &segment.frame;
    integer(out, "{\"frame\":", Some(frame.number));
    integer(out, ",\"layer\":", Some(segment.layer));
    push(out, ",\"time\":");
    match frame.time {
        Some(at) => time(out, at),
        None => push(out, "null"),
    }
    integer(out, ",\"caplen\":", Some(frame.bytes.len()));
    integer(out, ",\"len\":", Some(frame.len));
}

fn ip(out: &mut Vec<u8>, segment: &Segment) {
    let ip = segment.ip.as_ref();
    integer(out, ",\"ip_version\":", ip.map(|ip| ip.version()));
    for (key, end) in [
        (",\"src\":", ip.map(|ip| ip.src)),
        (",\"dst\":", ip.map(|ip| ip.dst)),
    ] {
        push(out, key);
        match end {
            Some(end) => {
                out.push(b'"');
                address(out, end);
                out.push(b'"');
            }
            None => push(out, "null"),
        }
    }
    integer(out, ",\"offset\":", Some(segment.offset()));
    truth(out, ",\"in_icmp_error\":", segment.is_quoted());
    push(out, ",\"fragment\":");
    match ip {
        Some(ip) => push(out, if ip.is_fragment() { "true" } else { "false" }),
        None => push(out, "null"),
    }
}

fn header(out: &mut Vec<u8>, segment: &Segment) {
    let header = &segment.header;
    integer(out, ",\"src_port\":", header.src_port);
    integer(out, ",\"dst_port\":", header.dst_port);
    integer(out, ",\"seq\":", header.seq);
    integer(out, ",\"ack\":", header.ack);
    integer(out, ",\"data_offset\":", header.data_offset);
    integer(out, ",\"reserved\":", header.reserved);
    bit(out, ",\"ae\":", header.ae);
    bits(out, header.flags);
    integer(out, ",\"window\":", header.window);
    integer(out, ",\"checksum\":", header.checksum);
    integer(out, ",\"urgent_pointer\":", header.urgent_pointer);
    push(out, ",\"options\":\"");
    hex(out, segment.options);
    out.push(b'"');
    integer(out, ",\"payload_len\":", segment.payload_len);
    push(out, ",\"checksum_status\":\"");
    push(out, segment.checksum.status.name());
    out.push(b'"');
}

/// Appends the eight flags: most of the time all are there, so they are written into a
/// pattern, whose digits stand in known places.
fn bits(out: &mut Vec<u8>, flags: Option<Flags>) {
    const PATTERN: &str =
        ",\"cwr\":0,\"ece\":0,\"urg\":0,\"ack_flag\":0,\"psh\":0,\"rst\":0,\"syn\":0,\"fin\":0";
    const DIGITS: [usize; 8] = [7, 15, 23, 36, 44, 52, 60, 68];
    let Some(flags) = flags else {
        return push(out, &PATTERN.replace('0', "null"));
    };
    let start = out.len();
    push(out, PATTERN);
    for (i, digit) in DIGITS.into_iter().enumerate() {
        out[start + digit] += flags.0 >> (7 - i) & 1;
    }
}

fn place(out: &mut Vec<u8>, segment: &Segment) {
    let place = segment.place;
    integer(out, ",\"stream\":", place.map(|place| place.stream));
    integer(out, ",\"rel_seq\":", place.and_then(|place| place.rel_seq));
    integer(out, ",\"rel_ack\":", place.and_then(|place| place.rel_ack));
    let window = place.and_then(|place| place.window_scaled);
    integer(out, ",\"window_scaled\":", window);
}

fn options(out: &mut Vec<u8>, segment: &Segment) {
    // Before each timestamp stand two of these, so they are written in one go.
    const NOP: &str = "{\"kind\":1,\"name\":\"NOP\",\"length\":null,\"value\":null}";
    push(out, ",\"option_list\":[");
    for (i, each) in segment.options().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        match each.value {
            Value::Nop => push(out, NOP),
            _ => option(out, &each),
        }
    }
    out.push(b']');
}

fn option(out: &mut Vec<u8>, option: &TcpOption) {
    push(out, "{\"kind\":");
    number(out, option.kind);
    push(out, ",\"name\":\"");
    push(out, option.name());
    integer(out, "\",\"length\":", option.length);
    push(out, ",\"value\":");
    value(out, option);
    out.push(b'}');
}

/// Appends an option's decoded value: a number, its parts, hex, or `null`.
fn value(out: &mut Vec<u8>, option: &TcpOption) {
    match option.value {
        Value::Mss(size) => number(out, size),
        Value::WindowScale(shift) => number(out, shift),
        Value::Timestamps { value, echo } => {
            integer(out, "{\"value\":", Some(value));
            integer(out, ",\"echo\":", Some(echo));
            out.push(b'}');
        }
        Value::Sack(blocks) => sack(out, blocks),
        Value::Other(data) => {
            out.push(b'"');
            hex(out, data);
            out.push(b'"');
        }
        Value::SackPermitted => push(out, "true"),
        Value::End | Value::Nop | Value::Flawed(_) => push(out, "null"),
    }
}

fn sack(out: &mut Vec<u8>, blocks: &[u8]) {
    out.push(b'[');
    for (i, block) in blocks.chunks_exact(8).enumerate() {
        let edge =
            |at| u32::from_be_bytes([block[at], block[at + 1], block[at + 2], block[at + 3]]);
        push(out, if i > 0 { ",[" } else { "[" });
        number(out, edge(0));
        out.push(b',');
        number(out, edge(4));
        out.push(b']');
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_string_cannot_hold_is_escaped() {
        let mut out = Vec::new();
        string(&mut out, "a \"b\" \\ \n\u{1f} \u{20}\u{7f} ع");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        assert_eq!(
            text,
            r#""a \"b\" \\ \u000a\u001f  "#.to_owned() + "\u{7f} ع\""
        );
    }
}
