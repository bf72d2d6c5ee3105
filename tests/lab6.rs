//! The checks of lab 6, a reliable stream: `cargo test -p lab6`, or one task of it with
//! `cargo test -p lab6 task2`.
//!
//! Everything happens in virtual time: a check tells a program what happens and when,
//! and looks at what it answers. `network` is a link between a sender and a receiver.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::time::{Duration, Instant};

use harness::simulation::{Machine, Output, hex};
use harness::{Check, apart, check, say};

/// Bytes of payload in a segment, at most.
const LARGEST: usize = 1000;
/// What the page gives the first byte, if nothing else is said.
const FIRST: u32 = 1000;

mod task1_cut_and_acknowledge {
    use super::*;

    #[test]
    fn the_stream_is_cut_into_segments_of_at_most_1000_bytes() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let stream = stream(2500);
        let sent = sender.sends_all(&check, &stream);
        let longest = sent.iter().map(|it| it.payload.len()).max().unwrap_or(0);
        let shown = apart(longest);
        check.holds(
            longest <= LARGEST,
            say!(
                "no segment should carry more than 1000 bytes",
                "كان يجب ألا يحمل مقطع أكثر من 1000 بايت"
            ),
            say!("one carries {shown}", "حمل واحد {shown}"),
        );
    }

    #[test]
    fn numbers_go_on_from_the_initial_one() {
        let check = check!();
        for initial in [0, 1, 123_456_789] {
            let mut sender = Sender::start(&check, initial);
            sender.sends_all(&check, &stream(1800));
        }
    }

    #[test]
    fn what_was_written_in_parts_is_one_stream() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let stream = stream(30);
        let mut sent = sender.at(0, &Event::Write(&stream[..10]));
        sent.extend(sender.at(1, &Event::Write(&stream[10..])));
        sent.extend(sender.at(2, &Event::Close));
        let rest = sender.acknowledged_all(&check, 3, sent);
        reassembles(&check, &rest, &stream, FIRST);
    }

    #[test]
    fn fin_comes_last_takes_a_number_and_is_waited_for() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let mut sent = sender.at(0, &Event::Write(&stream(10)));
        sent.extend(sender.at(0, &Event::Close));
        sent.extend(sender.at(5, &Event::Ack(FIRST + 10, 8000)));
        let fin = sent.iter().find(|segment| segment.fin);
        let number = fin.map(|it| it.sequence.wrapping_add(it.payload.len() as u32));
        check.holds(
            number == Some(FIRST + 10),
            say!(
                "FIN should have the number after the last byte",
                "كان يجب أن يكون رقم FIN بعد آخر بايت"
            ),
            say!(
                "there is none, or it has another one",
                "لا يوجد، أو له رقم آخر"
            ),
        );
        not_done(&check, &sender.machine);
        sender.at(6, &Event::Ack(FIRST + 11, 8000));
        done(&check, &sender.machine);
    }

    #[test]
    fn an_empty_stream_is_a_fin() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let sent = sender.at(0, &Event::Close);
        check.holds(
            sent.len() == 1
                && sent[0].fin
                && sent[0].payload.is_empty()
                && sent[0].sequence == FIRST,
            say!(
                "closing an empty stream should send FIN alone",
                "كان يجب أن يرسل إغلاق دفق فارغ FIN وحده"
            ),
            say!("it does not", "لم يفعل"),
        );
        sender.at(1, &Event::Ack(FIRST + 1, 8000));
        done(&check, &sender.machine);
    }

    #[test]
    fn the_receiver_delivers_and_acknowledges_each_segment() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        let stream = stream(2000);
        receiver.gets(FIRST, &stream[..1000], false);
        receiver.answers(&check, &stream[..1000], FIRST + 1000);
        receiver.gets(FIRST + 1000, &stream[1000..], false);
        receiver.answers(&check, &stream[1000..], FIRST + 2000);
    }

    #[test]
    fn the_receiver_is_done_when_fin_has_come() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST, b"last", true);
        receiver.answers(&check, b"last", FIRST + 5);
        done(&check, &receiver.machine);
    }

    #[test]
    fn a_perfect_link_carries_100_kilobytes() {
        let check = check!();
        network(&check, 100_000, FIRST, Fates::default(), 40).must_hold(&check);
    }
}

mod task2_stop_and_wait {
    use super::*;

    #[test]
    fn what_is_not_acknowledged_is_sent_again_when_the_time_is_up() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let stream = stream(300);
        let first = sender.at(0, &Event::Write(&stream));
        let alarm = sender.alarm(&check);
        let again = sender.at(alarm, &Event::Alarm);
        check.holds(
            again.first().map(|it| (it.sequence, &it.payload))
                == first.first().map(|it| (it.sequence, &it.payload)),
            say!(
                "the segment should be sent again",
                "كان يجب أن يُرسل المقطع ثانية"
            ),
            say!("it is not", "لم يُرسل"),
        );
        check.holds(
            sender.alarm(&check) > alarm,
            say!(
                "the timer should be started again",
                "كان يجب أن يبدأ المؤقت من جديد"
            ),
            say!("it is not", "لم يبدأ"),
        );
    }

    #[test]
    fn before_that_nothing_is_sent_again() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(300)));
        let early = sender.alarm(&check) - 1;
        nothing(&check, &sender.at(early, &Event::Alarm));
    }

    #[test]
    fn fin_is_sent_again_as_well() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Close);
        let alarm = sender.alarm(&check);
        let again = sender.at(alarm, &Event::Alarm);
        check.holds(
            again.len() == 1 && again[0].fin && again[0].sequence == FIRST,
            say!("FIN should be sent again", "كان يجب أن يُرسل FIN ثانية"),
            say!("it is not", "لم يُرسل"),
        );
    }

    #[test]
    fn when_all_is_acknowledged_the_timer_is_off() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(300)));
        nothing(&check, &sender.at(10, &Event::Ack(FIRST + 300, 8000)));
        check.holds(
            sender.machine.alarm.is_none(),
            say!("the alarm should be off", "كان يجب أن يكون المنبه متوقفًا"),
            say!("it is on", "وهو يعمل"),
        );
        nothing(&check, &sender.at(5000, &Event::Alarm));
    }

    #[test]
    fn a_doubled_acknowledgment_changes_nothing() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let stream = stream(5000);
        let mut sent = sender.at(0, &Event::Write(&stream));
        sent.extend(sender.at(0, &Event::Close));
        sent.extend(sender.at(10, &Event::Ack(FIRST + 1000, 1000)));
        for time in 11..14 {
            nothing(&check, &sender.at(time, &Event::Ack(FIRST + 1000, 1000)));
        }
        let sent = sender.acknowledged_all(&check, 20, sent);
        reassembles(&check, &sent, &stream, FIRST);
    }

    #[test]
    fn a_damaged_acknowledgment_is_ignored() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(2000)));
        let mut bytes = Segment::ack(FIRST + 1000, 8000).bytes();
        bytes[9] ^= 0x04;
        nothing(&check, &sender.at(10, &Event::Bytes(&bytes)));
        nothing(&check, &sender.at(11, &Event::Bytes(&bytes[..7])));
    }

    #[test]
    fn a_doubled_segment_is_delivered_once_and_acknowledged_twice() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST, b"hello", false);
        receiver.answers(&check, b"hello", FIRST + 5);
        receiver.gets(FIRST, b"hello", false);
        receiver.answers(&check, b"", FIRST + 5);
    }

    #[test]
    fn a_doubled_fin_is_acknowledged_again() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST, b"end", true);
        receiver.answers(&check, b"end", FIRST + 4);
        receiver.gets(FIRST, b"end", true);
        receiver.answers(&check, b"", FIRST + 4);
    }

    #[test]
    fn a_damaged_segment_is_not_delivered() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        let mut bytes = Segment::data(FIRST, b"hello", false).bytes();
        bytes[21] ^= 0x20;
        let outputs = receiver.machine.at(1, &format!("segment {}", hex(&bytes)));
        check.holds(
            !outputs.iter().any(|it| matches!(it, Output::Deliver(_))),
            say!(
                "a damaged segment should not be delivered",
                "كان يجب ألا يُسلَّم مقطع تالف"
            ),
            say!("it is", "سُلِّم"),
        );
        receiver.gets(FIRST, b"hello", false);
        receiver.answers(&check, b"hello", FIRST + 5);
    }

    #[test]
    fn a_lost_segment_and_a_lost_acknowledgment_cost_time_only() {
        let check = check!();
        for lost in 0..6 {
            let fates = Fates::only(lost, Fate::Lost);
            network(&check, 3000, FIRST, fates, 40).must_hold(&check);
        }
    }

    #[test]
    fn a_link_that_loses_a_tenth_carries_20_kilobytes() {
        let check = check!();
        for seed in 1..=5 {
            sweep(
                &check,
                20_000,
                FIRST,
                seed,
                Odds {
                    lost: 10,
                    ..Odds::default()
                },
            );
        }
    }
}

mod task3_early_segments {
    use super::*;

    #[test]
    fn what_comes_early_is_delivered_in_its_turn() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        let stream = stream(30);
        receiver.gets(FIRST + 20, &stream[20..], false);
        receiver.answers(&check, b"", FIRST);
        receiver.gets(FIRST + 10, &stream[10..20], false);
        receiver.answers(&check, b"", FIRST);
        receiver.gets(FIRST, &stream[..10], false);
        receiver.answers(&check, &stream, FIRST + 30);
    }

    #[test]
    fn segments_that_overlap_are_delivered_once() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        let stream = stream(40);
        receiver.gets(FIRST + 15, &stream[15..30], false);
        receiver.answers(&check, b"", FIRST);
        receiver.gets(FIRST, &stream[..20], false);
        receiver.answers(&check, &stream[..30], FIRST + 30);
        receiver.gets(FIRST + 33, &stream[33..35], false);
        receiver.answers(&check, b"", FIRST + 30);
        receiver.gets(FIRST + 25, &stream[25..], false);
        receiver.answers(&check, &stream[30..], FIRST + 40);
    }

    #[test]
    fn an_early_fin_ends_nothing() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST + 5, b"world", true);
        receiver.answers(&check, b"", FIRST);
        not_done(&check, &receiver.machine);
        receiver.gets(FIRST, b"hello", false);
        receiver.answers(&check, b"helloworld", FIRST + 11);
        done(&check, &receiver.machine);
    }

    #[test]
    fn the_window_is_announced_and_constant() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST + 500, &stream(500), false);
        let window = receiver.window(&check);
        receiver.gets(FIRST, &stream(500), false);
        let after = receiver.window(&check);
        let shown = apart(format!("{window}, {after}"));
        check.holds(
            window == 8000 && after == 8000,
            say!(
                "the receiver should announce a window of 8000 bytes",
                "كان يجب أن يعلن المستقبِل نافذة من 8000 بايت"
            ),
            say!("it announces {shown}", "أعلن {shown}"),
        );
    }

    #[test]
    fn the_last_byte_of_the_window_is_kept() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        let stream = stream(8000);
        for start in (1000..8000).step_by(1000) {
            receiver.gets(FIRST + start as u32, &stream[start..start + 1000], false);
            receiver.answers(&check, b"", FIRST);
        }
        receiver.gets(FIRST, &stream[..1000], false);
        receiver.answers(&check, &stream, FIRST + 8000);
    }

    #[test]
    fn what_lies_beyond_the_window_is_not_kept() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        let stream = stream(8010);
        receiver.gets(FIRST + 7990, &stream[7990..], false);
        receiver.answers(&check, b"", FIRST);
        for start in (0..7000).step_by(1000) {
            receiver.gets(FIRST + start as u32, &stream[start..start + 1000], false);
            receiver.answers(
                &check,
                &stream[start..start + 1000],
                FIRST + start as u32 + 1000,
            );
        }
        receiver.gets(FIRST + 7000, &stream[7000..7990], false);
        receiver.answers(&check, &stream[7000..8000], FIRST + 8000);
    }

    #[test]
    fn a_link_that_changes_the_order_carries_20_kilobytes() {
        let check = check!();
        for seed in 1..=5 {
            let odds = Odds {
                late: 20,
                lost: 5,
                ..Odds::default()
            };
            sweep(&check, 20_000, FIRST, seed, odds);
        }
    }
}

mod task4_sliding_window {
    use super::*;

    /// A sender that has learned of a window of `window` bytes after its first segment.
    fn opened(check: &Check, window: u16) -> (Sender, Vec<Segment>) {
        let mut sender = Sender::start(check, FIRST);
        sender.at(0, &Event::Write(&stream(50_000)));
        let sent = sender.at(10, &Event::Ack(FIRST + 1000, window));
        (sender, sent)
    }

    #[test]
    fn before_the_first_answer_one_segment_is_in_flight() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let sent = sender.at(0, &Event::Write(&stream(50_000)));
        is_sent(&check, &sent, FIRST, &[1000]);
    }

    #[test]
    fn the_window_is_filled_and_not_exceeded() {
        let check = check!();
        let (_, sent) = opened(&check, 5000);
        is_sent(&check, &sent, FIRST + 1000, &[1000; 5]);
        let (_, sent) = opened(&check, 1000);
        is_sent(&check, &sent, FIRST + 1000, &[1000]);
    }

    #[test]
    fn an_acknowledgment_makes_room_for_as_much() {
        let check = check!();
        let (mut sender, _) = opened(&check, 3000);
        let sent = sender.at(20, &Event::Ack(FIRST + 2000, 3000));
        is_sent(&check, &sent, FIRST + 4000, &[1000]);
        let sent = sender.at(21, &Event::Ack(FIRST + 4000, 3000));
        is_sent(&check, &sent, FIRST + 5000, &[1000; 2]);
    }

    #[test]
    fn a_window_that_shrinks_takes_nothing_back() {
        let check = check!();
        let (mut sender, _) = opened(&check, 4000);
        nothing(&check, &sender.at(20, &Event::Ack(FIRST + 2000, 1000)));
        nothing(&check, &sender.at(21, &Event::Ack(FIRST + 4000, 1000)));
        let sent = sender.at(22, &Event::Ack(FIRST + 5000, 1000));
        is_sent(&check, &sent, FIRST + 5000, &[1000]);
    }

    #[test]
    fn no_crumbs_are_sent() {
        let check = check!();
        let (mut sender, sent) = opened(&check, 2500);
        is_sent(&check, &sent, FIRST + 1000, &[1000; 2]);
        nothing(&check, &sender.at(20, &Event::Ack(FIRST + 1000, 2900)));
        let sent = sender.at(21, &Event::Ack(FIRST + 2000, 2100));
        is_sent(&check, &sent, FIRST + 3000, &[1000]);
    }

    #[test]
    fn the_last_bytes_are_no_crumb() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(2300)));
        let sent = sender.at(10, &Event::Ack(FIRST + 1000, 8000));
        is_sent(&check, &sent, FIRST + 1000, &[1000, 300]);
    }

    #[test]
    fn a_small_window_is_used_when_nothing_is_in_flight() {
        let check = check!();
        let (_, sent) = opened(&check, 400);
        is_sent(&check, &sent, FIRST + 1000, &[400]);
    }

    #[test]
    fn a_closed_window_is_probed_with_one_byte() {
        let check = check!();
        let (mut sender, sent) = opened(&check, 0);
        nothing(&check, &sent);
        for _ in 0..3 {
            let alarm = sender.alarm(&check);
            let probe = sender.at(alarm, &Event::Alarm);
            is_sent(&check, &probe, FIRST + 1000, &[1]);
            nothing(&check, &sender.at(alarm + 5, &Event::Ack(FIRST + 1000, 0)));
        }
    }

    #[test]
    fn a_window_that_opens_again_is_used_at_once() {
        let check = check!();
        let (mut sender, _) = opened(&check, 0);
        let alarm = sender.alarm(&check);
        sender.at(alarm, &Event::Alarm);
        let sent = sender.at(alarm + 10, &Event::Ack(FIRST + 1000, 2000));
        is_sent(&check, &sent, FIRST + 1000, &[1000; 2]);
        let (mut sender, _) = opened(&check, 0);
        let sent = sender.at(30, &Event::Ack(FIRST + 1000, 2000));
        is_sent(&check, &sent, FIRST + 1000, &[1000; 2]);
    }

    #[test]
    fn a_probe_that_is_accepted_counts() {
        let check = check!();
        let (mut sender, _) = opened(&check, 0);
        let alarm = sender.alarm(&check);
        sender.at(alarm, &Event::Alarm);
        let sent = sender.at(alarm + 10, &Event::Ack(FIRST + 1001, 1000));
        is_sent(&check, &sent, FIRST + 1001, &[1000]);
    }

    #[test]
    fn a_window_makes_the_transfer_as_much_faster() {
        let check = check!();
        let run = network(&check, 80_000, FIRST, Fates::default(), 50);
        run.must_hold(&check);
        // 80 segments, eight in a round trip of 100 ms, and one before the window is known.
        let time = apart(run.time);
        check.holds(
            run.time <= 1300,
            say!(
                "80 segments should take at most 1300 ms",
                "كان يجب أن يستغرق 80 مقطعًا 1300 ميلي ثانية على الأكثر"
            ),
            say!("they take {time} ms", "استغرقت {time}"),
        );
    }
}

mod task5_timer {
    use super::*;

    /// The times at which the first segment is sent again, if nothing is ever answered.
    fn repeats(check: &Check, sender: &mut Sender, count: usize) -> Vec<u64> {
        let mut times = Vec::new();
        for _ in 0..count {
            let alarm = sender.alarm(check);
            sender.at(alarm, &Event::Alarm);
            times.push(alarm);
        }
        times
    }

    fn is_at(check: &Check, found: &[u64], expected: &[u64]) {
        let (found_shown, wanted) = (apart(format!("{found:?}")), apart(format!("{expected:?}")));
        check.holds(
            found == expected,
            say!(
                "the timer should expire at {wanted} ms",
                "كان يجب أن ينتهي المؤقت عند {wanted} ميلي ثانية"
            ),
            say!("it does at {found_shown}", "انتهى عند {found_shown}"),
        );
    }

    #[test]
    fn without_an_answer_the_pauses_double_up_to_a_minute() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(10)));
        let found = repeats(&check, &mut sender, 8);
        let expected = [1000, 3000, 7000, 15_000, 31_000, 63_000, 123_000, 183_000];
        is_at(&check, &found, &expected);
    }

    #[test]
    fn one_sample_sets_the_time_out_to_three_times_the_sample() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(2000)));
        sender.at(600, &Event::Ack(FIRST + 1000, 1000));
        // SRTT 600, RTTVAR 300: 600 + 4 · 300.
        is_at(&check, &repeats(&check, &mut sender, 1), &[600 + 1800]);
    }

    #[test]
    fn the_time_out_is_never_below_a_second() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(2000)));
        sender.at(20, &Event::Ack(FIRST + 1000, 1000));
        is_at(&check, &repeats(&check, &mut sender, 1), &[1020]);
    }

    #[test]
    fn a_second_sample_is_smoothed() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(3000)));
        sender.at(800, &Event::Ack(FIRST + 1000, 1000));
        sender.at(1200, &Event::Ack(FIRST + 2000, 1000));
        // SRTT (7 · 800 + 400) / 8 = 750; RTTVAR (3 · 400 + |800 - 400|) / 4 = 400.
        is_at(
            &check,
            &repeats(&check, &mut sender, 1),
            &[1200 + 750 + 1600],
        );
    }

    #[test]
    fn an_answer_to_a_repeated_segment_is_no_sample() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(2000)));
        repeats(&check, &mut sender, 1);
        // Karn: the answer may be one to the first copy. And the pause stays doubled.
        sender.at(1010, &Event::Ack(FIRST + 1000, 1000));
        is_at(&check, &repeats(&check, &mut sender, 1), &[1010 + 2000]);
    }

    #[test]
    fn a_sample_after_that_ends_the_doubling() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(3000)));
        repeats(&check, &mut sender, 2);
        sender.at(3010, &Event::Ack(FIRST + 1000, 1000));
        sender.at(3510, &Event::Ack(FIRST + 2000, 1000));
        // A sample of 500: 500 + 4 · 250.
        is_at(&check, &repeats(&check, &mut sender, 1), &[3510 + 1500]);
    }

    #[test]
    fn new_data_acknowledged_restarts_the_timer_and_nothing_else_does() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(20_000)));
        sender.at(10, &Event::Ack(FIRST + 1000, 4000));
        sender.at(300, &Event::Ack(FIRST + 2000, 4000));
        // An old number again, and a new segment because of a larger window.
        sender.at(500, &Event::Ack(FIRST + 2000, 4000));
        sender.at(600, &Event::Ack(FIRST + 2000, 6000));
        is_at(&check, &repeats(&check, &mut sender, 1), &[1300]);
    }

    #[test]
    fn after_a_time_out_only_the_oldest_segment_is_sent() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(20_000)));
        sender.at(10, &Event::Ack(FIRST + 1000, 4000));
        let alarm = sender.alarm(&check);
        let again = sender.at(alarm, &Event::Alarm);
        is_sent(&check, &again, FIRST + 1000, &[1000]);
    }

    #[test]
    fn a_probe_waits_longer_each_time() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(5000)));
        sender.at(10, &Event::Ack(FIRST + 1000, 0));
        let mut times = vec![];
        for _ in 0..3 {
            let alarm = sender.alarm(&check);
            sender.at(alarm, &Event::Alarm);
            times.push(alarm);
        }
        is_at(&check, &times, &[1010, 3010, 7010]);
    }
}

mod task6_hostile {
    use super::*;

    #[test]
    fn the_senders_numbers_wrap() {
        let check = check!();
        for initial in [u32::MAX, u32::MAX - 1, u32::MAX - 999, u32::MAX - 1500] {
            let mut sender = Sender::start(&check, initial);
            sender.sends_all(&check, &stream(3500));
        }
    }

    #[test]
    fn the_receivers_numbers_wrap() {
        let check = check!();
        let initial = u32::MAX - 4;
        let mut receiver = Receiver::start(&check, initial);
        let stream = stream(30);
        receiver.gets(initial.wrapping_add(10), &stream[10..], true);
        receiver.answers(&check, b"", initial);
        receiver.gets(initial, &stream[..10], false);
        receiver.answers(&check, &stream, initial.wrapping_add(31));
        done(&check, &receiver.machine);
    }

    #[test]
    fn what_was_never_sent_cannot_be_acknowledged() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        let stream = stream(5000);
        let mut sent = sender.at(0, &Event::Write(&stream));
        for number in [FIRST + 1001, FIRST + 5000, FIRST.wrapping_add(1 << 31)] {
            nothing(&check, &sender.at(5, &Event::Ack(number, 8000)));
        }
        sent.extend(sender.at(6, &Event::Close));
        let sent = sender.acknowledged_all(&check, 10, sent);
        reassembles(&check, &sent, &stream, FIRST);
    }

    #[test]
    fn an_old_acknowledgment_moves_nothing_back() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(20_000)));
        sender.at(10, &Event::Ack(FIRST + 1000, 2000));
        sender.at(20, &Event::Ack(FIRST + 3000, 2000));
        nothing(&check, &sender.at(30, &Event::Ack(FIRST + 1000, 8000)));
        let sent = sender.at(40, &Event::Ack(FIRST + 4000, 2000));
        is_sent(&check, &sent, FIRST + 5000, &[1000]);
    }

    #[test]
    fn a_segment_without_ack_acknowledges_nothing() {
        let check = check!();
        let mut sender = Sender::start(&check, FIRST);
        sender.at(0, &Event::Write(&stream(3000)));
        let mut segment = Segment::ack(FIRST + 1000, 8000);
        segment.ack = None;
        nothing(&check, &sender.at(10, &Event::Bytes(&segment.bytes())));
    }

    #[test]
    fn numbers_from_far_away_are_not_delivered() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        for number in [
            FIRST + 8000,
            FIRST + 100_000,
            FIRST.wrapping_sub(5),
            FIRST.wrapping_add(1 << 31),
        ] {
            receiver.gets(number, b"evil", false);
            receiver.answers(&check, b"", FIRST);
        }
        receiver.gets(FIRST + 9000, b"", true);
        receiver.answers(&check, b"", FIRST);
        receiver.gets(FIRST, b"good", true);
        receiver.answers(&check, b"good", FIRST + 5);
    }

    #[test]
    fn a_fin_from_beyond_the_window_is_forgotten() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST + 9000, b"", true);
        let stream = stream(9000);
        for start in (0..9000).step_by(1000) {
            let number = FIRST + start as u32;
            receiver.gets(number, &stream[start..start + 1000], false);
            receiver.answers(&check, &stream[start..start + 1000], number + 1000);
        }
        not_done(&check, &receiver.machine);
    }

    #[test]
    fn data_after_fin_is_not_delivered() {
        let check = check!();
        let mut receiver = Receiver::start(&check, FIRST);
        receiver.gets(FIRST, b"end", true);
        receiver.answers(&check, b"end", FIRST + 4);
        receiver.gets(FIRST + 3, b"more", false);
        receiver.answers(&check, b"", FIRST + 4);
        receiver.gets(FIRST + 4, b"more", false);
        receiver.answers(&check, b"", FIRST + 4);
    }

    #[test]
    fn forty_random_networks_carry_every_byte() {
        let check = check!();
        for seed in 1..=40 {
            let odds = Odds {
                lost: seed % 20,
                late: seed % 15,
                doubled: seed % 10,
                damaged: seed % 7,
            };
            sweep(&check, 12_000, u32::MAX - 6000, seed, odds);
        }
    }
}

/// What a check tells a sender.
enum Event<'a> {
    Write(&'a [u8]),
    Close,
    Alarm,
    /// An acknowledgment up to this number, with this window.
    Ack(u32, u16),
    Bytes(&'a [u8]),
}

struct Sender {
    machine: Machine,
    first: u32,
}

impl Sender {
    fn start(check: &Check, first: u32) -> Sender {
        let machine = Machine::start(check, "sender", &["--initial", &first.to_string()]);
        Sender { machine, first }
    }

    /// The segments that the sender answers with.
    fn at(&mut self, time: u64, event: &Event) -> Vec<Segment> {
        let event = match event {
            Event::Write(bytes) => format!("write {}", hex(bytes)),
            Event::Close => "close".to_string(),
            Event::Alarm => "alarm".to_string(),
            Event::Ack(number, window) => {
                format!("segment {}", hex(&Segment::ack(*number, *window).bytes()))
            }
            Event::Bytes(bytes) => format!("segment {}", hex(bytes)),
        };
        let outputs = self.machine.at(time, &event);
        let segments = outputs.iter().filter_map(|output| match output {
            Output::Segment(bytes) => Segment::of(bytes),
            Output::Deliver(_) => None,
        });
        segments.collect()
    }

    /// When the timer expires; the check fails if it is off.
    fn alarm(&self, check: &Check) -> u64 {
        check.holds(
            self.machine.alarm.is_some(),
            say!(
                "the sender should have set its alarm",
                "كان يجب أن يضبط المرسِل منبهه"
            ),
            say!("it has not", "لم يفعل"),
        );
        self.machine.alarm.unwrap_or_default()
    }

    /// Writes and closes the stream, and acknowledges all that comes; what was sent.
    fn sends_all(&mut self, check: &Check, stream: &[u8]) -> Vec<Segment> {
        let mut sent = self.at(0, &Event::Write(stream));
        sent.extend(self.at(0, &Event::Close));
        let sent = self.acknowledged_all(check, 1, sent);
        reassembles(check, &sent, stream, self.first);
        done(check, &self.machine);
        sent
    }

    /// Acknowledges each segment, and those that this brings; all of them.
    fn acknowledged_all(&mut self, check: &Check, from: u64, sent: Vec<Segment>) -> Vec<Segment> {
        let mut all = sent;
        let mut next = 0;
        while next < all.len() {
            let number = all[next].end();
            let more = self.at(from + next as u64, &Event::Ack(number, 8000));
            all.extend(more);
            next += 1;
            let few = next < 1000;
            check.holds(
                few,
                say!(
                    "a short stream should come to its end",
                    "كان يجب أن ينتهي دفق قصير"
                ),
                say!("the sender sends on and on", "المرسِل لا يكفّ عن الإرسال"),
            );
        }
        all
    }
}

struct Receiver {
    machine: Machine,
    outputs: Vec<Output>,
    time: u64,
}

impl Receiver {
    fn start(check: &Check, first: u32) -> Receiver {
        let machine = Machine::start(check, "receiver", &["--initial", &first.to_string()]);
        Receiver {
            machine,
            outputs: Vec::new(),
            time: 0,
        }
    }

    fn gets(&mut self, sequence: u32, payload: &[u8], fin: bool) {
        self.time += 1;
        let segment = Segment::data(sequence, payload, fin);
        self.outputs = self
            .machine
            .at(self.time, &format!("segment {}", hex(&segment.bytes())));
    }

    /// It delivers exactly this, and acknowledges up to `number`.
    fn answers(&self, check: &Check, delivered: &[u8], number: u32) {
        let found: Vec<u8> = self
            .outputs
            .iter()
            .flat_map(|it| match it {
                Output::Deliver(bytes) => bytes.clone(),
                Output::Segment(_) => Vec::new(),
            })
            .collect();
        let (wanted, shown) = (apart(delivered.len()), apart(found.len()));
        check.holds(
            found == delivered,
            say!(
                "the receiver should deliver the right {wanted} bytes",
                "كان يجب أن يسلّم المستقبِل البايتات الصحيحة وعددها {wanted}"
            ),
            say!("it delivers {shown}, or others", "سلّم {shown}، أو غيرها"),
        );
        let ack = self.ack().and_then(|segment| segment.ack);
        let (wanted, shown) = (apart(number), apart(format!("{ack:?}")));
        check.holds(
            ack == Some(number),
            say!(
                "it should acknowledge up to {wanted}",
                "كان يجب أن يقرّ حتى {wanted}"
            ),
            say!("it acknowledges {shown}", "أقرّ {shown}"),
        );
    }

    fn window(&self, check: &Check) -> u16 {
        let ack = self.ack();
        check.holds(
            ack.is_some(),
            say!(
                "the receiver should answer with an acknowledgment",
                "كان يجب أن يجيب المستقبِل بإقرار"
            ),
            say!("it does not", "لم يفعل"),
        );
        ack.map_or(0, |segment| segment.window)
    }

    /// The last acknowledgment of its answer.
    fn ack(&self) -> Option<Segment> {
        self.outputs.iter().rev().find_map(|it| match it {
            Output::Segment(bytes) => Segment::of(bytes),
            Output::Deliver(_) => None,
        })
    }
}

fn stream(length: usize) -> Vec<u8> {
    (0..length)
        .map(|place| (place * 7 + place / 251) as u8)
        .collect()
}

fn done(check: &Check, machine: &Machine) {
    check.holds(
        machine.done,
        say!("it should be done", "كان يجب أن يكون قد انتهى"),
        say!("it is not", "لم ينتهِ"),
    );
}

fn not_done(check: &Check, machine: &Machine) {
    check.holds(
        !machine.done,
        say!("it should not be done yet", "كان يجب ألا يكون قد انتهى"),
        say!("it says so", "يقول إنه انتهى"),
    );
}

fn nothing(check: &Check, sent: &[Segment]) {
    is_sent(check, sent, 0, &[]);
}

/// These segments are sent, one after the other: their sizes, from number `first` on.
fn is_sent(check: &Check, sent: &[Segment], first: u32, sizes: &[usize]) {
    let mut number = first;
    let mut expected = Vec::new();
    for size in sizes {
        expected.push((number, *size));
        number = number.wrapping_add(*size as u32);
    }
    let found: Vec<(u32, usize)> = sent
        .iter()
        .map(|it| (it.sequence, it.payload.len()))
        .collect();
    let list = |all: &[(u32, usize)]| match all {
        [] => say!("nothing", "لا شيء"),
        all => apart(
            all.iter()
                .map(|(number, size)| format!("{number}+{size}"))
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    let (wanted, shown) = (list(&expected), list(&found));
    check.holds(
        found == expected,
        say!(
            "the sender should send {wanted}",
            "كان يجب أن يرسل المرسِل {wanted}"
        ),
        say!("it sends {shown}", "أرسل {shown}"),
    );
}

/// The segments, in whatever order, are this stream and its FIN.
fn reassembles(check: &Check, sent: &[Segment], stream: &[u8], first: u32) {
    let mut bytes = vec![None; stream.len()];
    let mut fins = Vec::new();
    for segment in sent {
        let start = segment.sequence.wrapping_sub(first) as usize;
        for (index, byte) in segment.payload.iter().enumerate() {
            if let Some(place) = bytes.get_mut(start + index) {
                *place = Some(*byte);
            }
        }
        if segment.fin {
            fins.push(start + segment.payload.len());
        }
    }
    let right = bytes
        .iter()
        .zip(stream)
        .take_while(|(found, byte)| **found == Some(**byte))
        .count();
    let (shown, all) = (apart(right), apart(stream.len()));
    check.holds(
        right == stream.len(),
        say!(
            "the segments should carry all {all} bytes of the stream",
            "كان يجب أن تحمل المقاطع بايتات الدفق كلها وعددها {all}"
        ),
        say!("they do up to byte {shown}", "حملتها حتى البايت {shown}"),
    );
    check.holds(
        !fins.is_empty() && fins.iter().all(|place| *place == stream.len()),
        say!(
            "FIN should come after the last byte",
            "كان يجب أن يأتي FIN بعد آخر بايت"
        ),
        say!(
            "it does not, or comes elsewhere",
            "لم يأتِ، أو أتى في غير موضعه"
        ),
    );
}

/// A segment as the checks build and read it, without the lab's library.
#[derive(Clone)]
struct Segment {
    sequence: u32,
    ack: Option<u32>,
    window: u16,
    fin: bool,
    payload: Vec<u8>,
}

impl std::fmt::Display for Segment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        let fin = if self.fin { " FIN" } else { "" };
        match self.ack {
            Some(number) => write!(formatter, "ack {number} win {}", self.window),
            None => write!(
                formatter,
                "seq {} len {}{fin}",
                self.sequence,
                self.payload.len()
            ),
        }
    }
}

impl Segment {
    fn data(sequence: u32, payload: &[u8], fin: bool) -> Segment {
        Segment {
            sequence,
            ack: None,
            window: 0,
            fin,
            payload: payload.to_vec(),
        }
    }

    fn ack(number: u32, window: u16) -> Segment {
        Segment {
            sequence: 0,
            ack: Some(number),
            window,
            fin: false,
            payload: Vec::new(),
        }
    }

    /// The number after its last one.
    fn end(&self) -> u32 {
        self.sequence
            .wrapping_add(self.payload.len() as u32 + u32::from(self.fin))
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![0x17, 0x70, 0x17, 0x70];
        bytes.extend(self.sequence.to_be_bytes());
        bytes.extend(self.ack.unwrap_or(0).to_be_bytes());
        bytes.push(0x50);
        bytes.push(u8::from(self.fin) | if self.ack.is_some() { 0x10 } else { 0 });
        bytes.extend(self.window.to_be_bytes());
        bytes.extend([0; 4]);
        bytes.extend(&self.payload);
        let sum = checksum(&bytes);
        bytes[16..18].copy_from_slice(&sum.to_be_bytes());
        bytes
    }

    fn of(bytes: &[u8]) -> Option<Segment> {
        if bytes.len() < 20 || checksum(bytes) != 0 {
            return None;
        }
        let number = |at: usize| {
            u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        Some(Segment {
            sequence: number(4),
            ack: (bytes[13] & 0x10 != 0).then(|| number(8)),
            window: u16::from_be_bytes([bytes[14], bytes[15]]),
            fin: bytes[13] & 1 != 0,
            payload: bytes[20..].to_vec(),
        })
    }
}

/// RFC 1071.
fn checksum(bytes: &[u8]) -> u16 {
    let mut sum: u32 = bytes
        .chunks(2)
        .map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0)))
        .sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}

/// What a link does with a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Lost,
    Doubled,
    Damaged,
    /// It arrives this many milliseconds later than it should.
    Late(u64),
}

/// The fates of a link's segments, counted from 0 in the order in which they are sent,
/// in both directions together. All others arrive.
#[derive(Clone, Default)]
struct Fates {
    list: HashMap<usize, Fate>,
}

impl Fates {
    fn only(index: usize, fate: Fate) -> Fates {
        Fates {
            list: HashMap::from([(index, fate)]),
        }
    }
}

/// In a hundred segments, so many.
#[derive(Clone, Copy, Default)]
struct Odds {
    lost: u64,
    doubled: u64,
    damaged: u64,
    late: u64,
}

/// Segments whose fate a seed decides; those after them all arrive.
const DECIDED: usize = 4000;

impl Odds {
    fn fates(self, seed: u64) -> Fates {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state >> 16
        };
        let mut list = HashMap::new();
        for index in 0..DECIDED {
            let (roll, delay) = (random() % 100, random() % 200);
            let fates = [
                (self.lost, Fate::Lost),
                (self.doubled, Fate::Doubled),
                (self.damaged, Fate::Damaged),
                (self.late, Fate::Late(delay)),
            ];
            let mut limit = 0;
            let fate = fates.into_iter().find(|(odds, _)| {
                limit += odds;
                roll < limit
            });
            let Some((_, fate)) = fate else { continue };
            list.insert(index, fate);
        }
        Fates { list }
    }
}

/// How a transfer over a link went.
struct Run {
    /// Bytes that arrived, up to the first that is wrong.
    right: usize,
    expected: usize,
    /// More, or others, were delivered.
    is_wrong: bool,
    finished: bool,
    /// Milliseconds.
    time: u64,
    /// What was sent and what became of it, the last of it.
    events: Vec<String>,
}

impl Run {
    fn holds(&self) -> bool {
        self.finished && !self.is_wrong && self.right == self.expected
    }

    fn must_hold(&self, check: &Check) {
        if self.holds() {
            return;
        }
        for event in &self.events {
            check.notes(event.clone());
        }
        let (right, all, time) = (apart(self.right), apart(self.expected), apart(self.time));
        check.holds(
            false,
            say!("all {all} bytes should arrive, once and in order, and both ends be done", "كان يجب أن تصل البايتات كلها وعددها {all} مرة واحدة وبترتيبها وأن ينتهي الطرفان"),
            match (self.is_wrong, self.finished) {
                (true, _) => say!("after {right} right ones others were delivered", "سُلِّمت بعد {right} صحيحة بايتات أخرى"),
                (_, false) => say!("at {time} ms, after {right} bytes, nobody waits for anything any more, or it goes on too long", "عند {time} ميلي ثانية، وبعد {right} بايتًا، لا ينتظر أحد شيئًا، أو طال الأمر"),
                _ => say!("{right} did", "وصل منها {right}"),
            },
        );
    }
}

/// A failing network is reduced for so long.
const SHRINKING: Duration = Duration::from_millis(500);

/// A transfer over a link with random fates. A failing one is reduced to the fewest
/// fates with which it still fails.
fn sweep(check: &Check, length: usize, first: u32, seed: u64, odds: Odds) {
    let mut fates = odds.fates(seed);
    let mut run = network(check, length, first, fates.clone(), 40);
    if run.holds() {
        return;
    }
    let mut indexes: Vec<usize> = fates.list.keys().copied().collect();
    indexes.sort_unstable();
    let began = Instant::now();
    let perfect = network(check, length, first, Fates::default(), 40);
    if !perfect.holds() {
        return perfect.must_hold(check);
    }
    let mut size = indexes.len().div_ceil(2).max(1);
    while size > 0 && began.elapsed() < SHRINKING {
        let mut start = 0;
        while start < indexes.len() && began.elapsed() < SHRINKING {
            let end = (start + size).min(indexes.len());
            let mut fewer = fates.clone();
            indexes[start..end].iter().for_each(|index| {
                fewer.list.remove(index);
            });
            let again = network(check, length, first, fewer.clone(), 40);
            if again.holds() {
                start = end;
            } else {
                (run, fates) = (again, fewer);
                indexes.drain(start..end);
            }
        }
        size /= 2;
    }
    let (seed, count) = (apart(seed), apart(indexes.len()));
    check.notes(say!(
        "the network of seed {seed}, reduced to the {count} mishaps with which it still fails",
        "شبكة البذرة {seed}، مختصرة إلى {count} من الحوادث التي ما زالت تفشل معها"
    ));
    run.must_hold(check);
}

/// Carries `length` bytes from a sender to a receiver; each way takes `delay` ms.
fn network(check: &Check, length: usize, first: u32, fates: Fates, delay: u64) -> Run {
    let _slot = check.slot();
    let stream = stream(length);
    let mut link = Link {
        ends: [
            Sender::start(check, first).machine,
            Receiver::start(check, first).machine,
        ],
        fates,
        delay,
        queue: BinaryHeap::new(),
        segments: Vec::new(),
        delivered: Vec::new(),
        events: Vec::new(),
    };
    let time = link.run(&stream);
    let right = link
        .delivered
        .iter()
        .zip(&stream)
        .take_while(|(found, byte)| found == byte)
        .count();
    const SHOWN: usize = 12;
    let events = link
        .events
        .split_off(link.events.len().saturating_sub(SHOWN));
    Run {
        right,
        expected: length,
        is_wrong: right < link.delivered.len(),
        finished: link.ends.iter().all(|end| end.done),
        time,
        events,
    }
}

/// Two machines and what lies between them.
struct Link {
    /// The sender and the receiver.
    ends: [Machine; 2],
    fates: Fates,
    delay: u64,
    /// When a segment arrives, its number among `segments`, and at which end.
    queue: BinaryHeap<Reverse<(u64, usize, usize)>>,
    segments: Vec<Vec<u8>>,
    delivered: Vec<u8>,
    events: Vec<String>,
}

const SENDER: usize = 0;

/// A transfer that needs more virtual time (in milliseconds), or more segments for each
/// of the stream, does not come to its end.
const LONGEST: u64 = 3_600_000;
const MOST: usize = 12;

impl Link {
    /// Runs until both are done or nothing is left to happen; the time then.
    fn run(&mut self, stream: &[u8]) -> u64 {
        let most = 100 + MOST * stream.len() / LARGEST;
        let mut now = 0;
        self.tell(now, SENDER, &format!("write {}", hex(stream)));
        self.tell(now, SENDER, "close");
        while now < LONGEST && self.segments.len() < most && !self.ends.iter().all(|end| end.done) {
            let arrival = self.queue.peek().map(|Reverse((time, _, _))| *time);
            let alarms = self.ends.iter().enumerate();
            let alarm = alarms
                .filter_map(|(end, machine)| Some((machine.alarm?, end)))
                .min();
            match (arrival, alarm) {
                (Some(time), alarm) if alarm.is_none_or(|(at, _)| time <= at) => {
                    let Some(Reverse((time, number, end))) = self.queue.pop() else {
                        break;
                    };
                    now = time;
                    let event = format!("segment {}", hex(&self.segments[number]));
                    self.tell(now, end, &event);
                }
                (_, Some((time, end))) => {
                    now = time.max(now);
                    self.ends[end].alarm = None;
                    self.tell(now, end, "alarm");
                }
                _ => break,
            }
        }
        now
    }

    fn tell(&mut self, now: u64, end: usize, event: &str) {
        for output in self.ends[end].at(now, event) {
            match output {
                Output::Deliver(bytes) => self.delivered.extend(bytes),
                Output::Segment(bytes) => self.carry(now, 1 - end, bytes),
            }
        }
    }

    /// A segment that was sent now, on its way to `end`.
    fn carry(&mut self, now: u64, end: usize, bytes: Vec<u8>) {
        let number = self.segments.len();
        let fate = self.fates.list.get(&number).copied();
        let shown = apart(Segment::of(&bytes).map_or_else(String::new, |it| it.to_string()));
        let time = apart(now);
        let became = match fate {
            None => say!("arrives", "يصل"),
            Some(Fate::Lost) => say!("is lost ✗", "يضيع ✗"),
            Some(Fate::Doubled) => say!("arrives twice", "يصل مرتين"),
            Some(Fate::Damaged) => say!("is damaged", "يتلف"),
            Some(Fate::Late(_)) => say!("is late", "يتأخر"),
        };
        self.events.push(say!(
            "at {time} ms: {shown} {became}",
            "عند {time} ميلي ثانية: {shown} {became}"
        ));
        let at = now + self.delay;
        let mut bytes = bytes;
        match fate {
            Some(Fate::Lost) => {
                self.segments.push(bytes);
                return;
            }
            Some(Fate::Damaged) => {
                let place = bytes.len() - 1;
                bytes[place] ^= 0x01;
            }
            _ => {}
        }
        self.segments.push(bytes);
        let late = if let Some(Fate::Late(late)) = fate {
            late
        } else {
            0
        };
        self.queue.push(Reverse((at + late, number, end)));
        if fate == Some(Fate::Doubled) {
            self.queue.push(Reverse((at + 7, number, end)));
        }
    }
}
