//! The checksum, against values worked out elsewhere.

use header_inspector::tcp::sum_words;

/// The sum as the RFC words it: word by word, the carry brought around.
fn word_by_word(bytes: &[u8]) -> u16 {
    bytes.chunks(2).fold(0, |sum: u16, word| {
        let word = u16::from_be_bytes([word[0], *word.get(1).unwrap_or(&0)]);
        let (sum, carry) = sum.overflowing_add(word);
        sum + u16::from(carry)
    })
}

#[test]
fn the_fast_sum_equals_the_slow_one() {
    let bytes: Vec<u8> = (0..=255)
        .cycle()
        .take(2000)
        .map(|n: u8| n.wrapping_mul(7))
        .collect();
    for length in 0..bytes.len() {
        let fast = sum_words(&bytes[..length]);
        assert_eq!(fast, word_by_word(&bytes[..length]), "{length} bytes");
    }
}

#[test]
fn the_rfc_1071_example_sums_to_ddf2() {
    assert_eq!(
        sum_words(&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]),
        0xddf2
    );
}
