//! Decimal digits, eight at a time in one register.
//!
//! Numbers are most of what `line` and `json` write. A formatter that stores digits in
//! pairs makes the processor wait when they are read again as a word; here they are
//! worked out side by side in a word and stored once.

/// The digit zero in each byte.
const ZEROS: u64 = 0x3030_3030_3030_3030;
/// One more than eight digits hold.
const EIGHT: u32 = 100_000_000;

/// Appends a number without leading zeros.
#[inline]
pub(super) fn short(out: &mut Vec<u8>, value: u32) {
    if value < 10 {
        return out.push(b'0' + value as u8);
    }
    if value >= EIGHT {
        short(out, value / EIGHT);
        return out.extend_from_slice(&eight(value % EIGHT));
    }
    let digits = split(value);
    // The first digit is in the lowest byte, so leading zeros are trailing ones.
    let leading = digits.trailing_zeros() / 8;
    let end = out.len() + 8 - leading as usize;
    out.extend_from_slice(&((digits | ZEROS) >> (8 * leading)).to_le_bytes());
    out.truncate(end);
}

/// Returns the digits of a number below 10⁸, with leading zeros.
#[inline]
pub(super) fn eight(value: u32) -> [u8; 8] {
    (split(value) | ZEROS).to_le_bytes()
}

/// Splits a number below 10⁸ into its digits, one a byte, the first in the lowest: in
/// halves, in pairs, in digits. Dividing is multiplying and shifting, exact this far.
#[inline]
fn split(value: u32) -> u64 {
    let halves = u64::from(value / 10_000) | u64::from(value % 10_000) << 32;
    let hundreds = ((halves * 5243) >> 19) & 0x0000_007f_0000_007f;
    let pairs = hundreds | (halves - 100 * hundreds) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (pairs - 10 * tens) << 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_four_digits_split_right_in_either_half() {
        for value in 0..10_000 {
            let (high, low) = (value * 10_000, value);
            assert_eq!(eight(high), *format!("{high:08}").as_bytes());
            assert_eq!(eight(low), *format!("{low:08}").as_bytes());
        }
    }
}
