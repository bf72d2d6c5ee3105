//! Writing numbers, addresses and times into a buffer, without the cost of `format!`.

use std::io::Write;
use std::net::IpAddr;

use crate::frame::{Precision, Time};

/// Appends text.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// Appends a number in decimal digits.
pub(super) fn number(out: &mut Vec<u8>, value: impl itoa::Integer) {
    push(out, itoa::Buffer::new().format(value));
}

/// Appends bytes as hex digits.
pub(super) fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

/// Appends an address.
pub(super) fn address(out: &mut Vec<u8>, address: IpAddr) {
    match address {
        IpAddr::V4(v4) => {
            for (i, octet) in v4.octets().into_iter().enumerate() {
                if i > 0 {
                    out.push(b'.');
                }
                number(out, octet);
            }
        }
        // Writing into memory cannot fail.
        IpAddr::V6(v6) => write!(out, "{v6}").unwrap_or_default(),
    }
}

/// Appends seconds since 1970 with as many decimals as the capture has.
pub(super) fn time(out: &mut Vec<u8>, time: Time) {
    number(out, time.seconds);
    decimals(out, time.nanos, time.precision);
}

/// Appends the seconds from `start` to `time`.
pub(super) fn elapsed(out: &mut Vec<u8>, time: Time, start: Time) {
    let nanos = time.since(start);
    if nanos < 0 {
        out.push(b'-');
    }
    let nanos = nanos.unsigned_abs();
    number(out, nanos / 1_000_000_000);
    let rest = u32::try_from(nanos % 1_000_000_000).unwrap_or_default();
    decimals(out, rest, time.precision.max(start.precision));
}

fn decimals(out: &mut Vec<u8>, nanos: u32, precision: Precision) {
    let (value, digits) = match precision {
        Precision::Micro => (nanos / 1000, 6),
        Precision::Nano => (nanos, 9),
    };
    let mut buffer = itoa::Buffer::new();
    let text = buffer.format(value);
    out.push(b'.');
    out.extend(std::iter::repeat_n(b'0', digits - text.len()));
    push(out, text);
}
