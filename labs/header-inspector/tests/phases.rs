//! The three phases of a conversation, and how it ends.

use crate::common::acts::{Act, act};
use crate::common::walk;
use header_inspector::Link;
use header_inspector::conversation::{Direction, Ending, Phase, Progress};

/// Plays acts through the phases; returns each phase and how it ends.
fn phases(acts: &[Act]) -> (Vec<Phase>, Ending) {
    let mut progress = None;
    let mut seen = Vec::new();
    for act in acts {
        let direction = if act.from == 1 {
            Direction::Forward
        } else {
            Direction::Backward
        };
        walk(Link::Ip, &act.bytes(), |segment| {
            let progress = progress.get_or_insert_with(|| Progress::new(segment));
            seen.push(progress.step(segment, direction));
        });
    }
    (seen, progress.expect("there are acts").ending())
}

#[test]
fn the_three_phases_and_the_ending_are_told() {
    use Phase::{Closing, Establishing, Transferring};
    let handshake = || {
        [
            act(1, "S", 10, 0),
            act(2, "SA", 20, 11),
            act(1, "A", 11, 21),
        ]
    };
    let data = Act {
        data: b"hi",
        ..act(1, "PA", 11, 21)
    };
    let [syn, both, third] = handshake();
    let (seen, ending) = phases(&[
        syn,
        both,
        third,
        data,
        act(1, "FA", 13, 21),
        act(2, "FA", 21, 14),
        act(1, "A", 14, 22),
    ]);
    assert_eq!(
        seen,
        [
            Establishing,
            Establishing,
            Establishing,
            Transferring,
            Closing,
            Closing,
            Closing
        ]
    );
    assert_eq!(ending, Ending::Closed);

    let [syn, ..] = handshake();
    assert_eq!(
        phases(&[syn, act(2, "RA", 0, 11)]),
        (vec![Establishing, Closing], Ending::Refused)
    );

    let [syn, both, third] = handshake();
    let (_, ending) = phases(&[syn, both, third, act(2, "R", 21, 0)]);
    assert_eq!(
        ending,
        Ending::Aborted,
        "an established connection is aborted, not refused"
    );

    let (seen, ending) = phases(&[act(1, "A", 11, 21), act(1, "FA", 11, 21)]);
    assert_eq!(
        (seen, ending),
        (vec![Transferring, Closing], Ending::HalfClosed)
    );
}

#[test]
fn only_an_empty_third_segment_ends_the_handshake() {
    use Phase::{Establishing, Transferring};
    let syn = || act(1, "S", 10, 0);
    let with_data = Act {
        data: b"hi",
        ..act(1, "PA", 11, 21)
    };
    let (seen, _) = phases(&[syn(), act(2, "SA", 20, 11), with_data]);
    assert_eq!(seen, [Establishing, Establishing, Transferring]);
    // The answer to the SYN was not captured.
    let (seen, _) = phases(&[syn(), act(1, "A", 11, 21)]);
    assert_eq!(seen, [Establishing, Transferring]);
}
