//! Writing numbers, addresses and times into a buffer, without the cost of `format!`.

use std::io::Write;
use std::net::IpAddr;

use super::digits::{eight, short};
use crate::frame::{Precision, Time};

/// Appends text. Inlined, so that words known beforehand are stored, not copied.
#[inline(always)]
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// What `number` writes: all integers; those that fit 32 bits quickly.
pub(super) trait Number: itoa::Integer + TryInto<u32> + Copy {}

impl<T: itoa::Integer + TryInto<u32> + Copy> Number for T {}

/// Appends a number in decimal digits.
#[inline]
pub(super) fn number(out: &mut Vec<u8>, value: impl Number) {
    match value.try_into() {
        Ok(value) => short(out, value),
        Err(_) => push(out, itoa::Buffer::new().format(value)),
    }
}

/// The decimal digits of a byte, and how many they are.
const OCTETS: [([u8; 3], u8); 256] = octets();

const fn octets() -> [([u8; 3], u8); 256] {
    let mut table = [([0; 3], 0); 256];
    let mut value = 0;
    while value < 256 {
        let (a, b, c) = (value / 100, value / 10 % 10, value % 10);
        table[value] = match value {
            0..10 => ([b'0' + c as u8, 0, 0], 1),
            10..100 => ([b'0' + b as u8, b'0' + c as u8, 0], 2),
            _ => ([b'0' + a as u8, b'0' + b as u8, b'0' + c as u8], 3),
        };
        value += 1;
    }
    table
}

/// Appends bytes as hex digits.
pub(super) fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        let digits = [byte >> 4, byte & 15].map(|half| DIGITS[usize::from(half)]);
        out.extend_from_slice(&digits);
    }
}

/// Appends an address.
pub(super) fn address(out: &mut Vec<u8>, address: IpAddr) {
    match address {
        IpAddr::V4(v4) => {
            // Four lookups: this is called twice a line.
            for octet in v4.octets() {
                let ([a, b, c], length) = OCTETS[usize::from(octet)];
                let end = out.len() + usize::from(length);
                out.extend_from_slice(&[a, b, c]);
                out.truncate(end);
                out.push(b'.');
            }
            out.pop();
        }
        // Writing into memory cannot fail.
        IpAddr::V6(v6) => write!(out, "{v6}").unwrap_or_default(),
    }
}

/// When the seconds of a capture begin.
const EPOCH: Time = Time {
    seconds: 0,
    nanos: 0,
    precision: Precision::Micro,
};

/// Appends seconds since 1970 with as many decimals as the capture has.
pub(super) fn time(out: &mut Vec<u8>, time: Time) {
    if time.seconds < 0 {
        // Its decimals count on from the second below: 1.5 before is -2 and 0.5.
        return elapsed(out, time, EPOCH);
    }
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
    out.push(b'.');
    match precision {
        Precision::Micro => out.extend_from_slice(&eight(nanos / 1000)[2..]),
        Precision::Nano => {
            // The first of nine digits, and the other eight.
            short(out, nanos / 100_000_000 % 10);
            out.extend_from_slice(&eight(nanos % 100_000_000));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_come_out_as_they_are() {
        for power in 0..20 {
            for value in [
                10u64.pow(power) - 1,
                10u64.pow(power),
                10u64.pow(power) / 7 * 9,
            ] {
                let mut out = b"before ".to_vec();
                number(&mut out, value);
                assert_eq!(String::from_utf8_lossy(&out), format!("before {value}"));
            }
        }
    }

    #[test]
    fn every_octet_has_its_digits() {
        for octet in 0..=255 {
            let mut out = Vec::new();
            address(&mut out, [octet, 0, 10, 255].into());
            assert_eq!(String::from_utf8_lossy(&out), format!("{octet}.0.10.255"));
        }
    }
}
