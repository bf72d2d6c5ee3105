//! The options area of a TCP header: every kind that has a name, and broken ones.

use crate::random::Random;

/// Ten words: the data offset has four bits and the header five words before.
const MAX_AREA: usize = 40;

/// An area of whole words; `percent_broken` of a hundred hold something broken.
pub fn area(random: &mut Random, percent_broken: u64) -> Vec<u8> {
    let mut area = Vec::new();
    for _ in 0..random.below(6) {
        let option = sound(random);
        if area.len() + option.len() <= MAX_AREA {
            area.extend(option);
        }
    }
    if random.chance(percent_broken) {
        let option = broken(random);
        if area.len() + option.len() <= MAX_AREA {
            area.extend(option);
        }
    }
    pad(random, &mut area);
    area
}

fn pad(random: &mut Random, area: &mut Vec<u8>) {
    // End of Option List and zeros, or No-Operation up to the word.
    let padding = if random.chance(50) { 0 } else { 1 };
    area.resize(area.len().next_multiple_of(4), padding);
}

fn sound(random: &mut Random) -> Vec<u8> {
    match random.below(14) {
        0 => vec![1],
        1 => with(2, random.bytes(2)),
        // Shifts above 14 are on the wire too; RFC 7323 takes them for 14.
        2 => with(3, vec![random.below(20) as u8]),
        3 => with(4, vec![]),
        4 => {
            let blocks = 1 + random.below(4) as usize;
            with(5, random.bytes(8 * blocks))
        }
        5 | 6 => with(8, random.bytes(8)),
        7 => with(19, random.bytes(16)),
        8 => with(28, random.bytes(2)),
        9 => with(29, random.bytes(14)),
        10 => with(30, multipath(random)),
        11 => fast_open(random),
        12 => experiment(random),
        _ => unknown(random),
    }
}

/// MPTCP's MP_PRIO: three bytes long, whatever else MPTCP may say.
fn multipath(random: &mut Random) -> Vec<u8> {
    vec![0x50 | (random.u8() & 1)]
}

fn fast_open(random: &mut Random) -> Vec<u8> {
    let cookie = *random.pick(&[0, 4, 8, 16]);
    with(34, random.bytes(cookie))
}

fn experiment(random: &mut Random) -> Vec<u8> {
    let kind = *random.pick(&[253, 254]);
    // An identifier that nobody has registered, so no decoder knows better.
    let mut data = vec![0x12, 0x34];
    data.extend(random.bytes(2));
    with(kind, data)
}

fn unknown(random: &mut Random) -> Vec<u8> {
    let kind = 100 + random.below(50) as u8;
    let length = random.below(6) as usize;
    with(kind, random.bytes(length))
}

fn broken(random: &mut Random) -> Vec<u8> {
    match random.below(6) {
        // A length that does not even count itself.
        0 => vec![*random.pick(&[2, 5, 8, 77]), random.below(2) as u8, 0, 0],
        // Longer than what is left of the area.
        1 => vec![8, 10, random.u8()],
        // A kind with no byte left for its length.
        2 => vec![1, 1, 1, 8],
        // A fixed length that is wrong.
        3 => with(2, random.bytes(1)),
        4 => with(8, random.bytes(4)),
        // Something after the End of Option List.
        _ => vec![0, 0xde, 4, 0xbe],
    }
}

fn with(kind: u8, data: Vec<u8>) -> Vec<u8> {
    let mut option = vec![kind, data.len() as u8 + 2];
    option.extend(data);
    option
}
