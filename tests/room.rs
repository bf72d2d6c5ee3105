//! What the solved room promises beyond what the checks of lab 3 demand of
//! students: its options, its limits to the byte, and fairness to the slow.

use std::thread;
use std::time::Duration;

use harness::{Check, Peer, Program};

#[test]
fn a_member_that_reads_late_loses_nothing() {
    let (_room, mut slow, mut ehab) = room_with_one_far_behind();
    for number in 0..LINES {
        slow.hears(&long_line(number));
    }
    // It has caught up, and is written to like everybody else.
    ehab.sends("ehab: and now?\n");
    slow.hears("ehab: and now?");
}

#[test]
fn a_member_that_leaves_while_behind_gets_what_was_said_before() {
    let (_room, mut slow, mut ehab) = room_with_one_far_behind();
    slow.sends("CLOSE123123\n");
    ehab.hears("slow left!");
    ehab.sends("ehab: and now?\n");
    for number in 0..LINES {
        slow.hears(&long_line(number));
    }
    slow.hears_the_end();
}

#[test]
fn a_member_that_reads_nothing_is_disconnected_in_time() {
    let limits = ["--outbox-kib", "65536", "--stall-seconds", "1"];
    disconnects_a_member_that_stops_reading(&limits, "it read nothing for 1s");
}

#[test]
fn a_member_that_is_too_far_behind_is_disconnected() {
    let limits = ["--outbox-kib", "64", "--stall-seconds", "60"];
    disconnects_a_member_that_stops_reading(&limits, "it is more than 64 KiB behind");
}

#[test]
fn a_full_room_turns_away_politely_until_a_member_leaves() {
    let mut room = room(&["--max-clients", "2"]);
    let mut ehab = admit(&room, "ehab");
    let amal = admit(&room, "amal");
    let mut third = room.connect("the third");
    third.hears("You cannot come in now: the room is full.");
    third.hears_the_end();
    amal.leaves();
    ehab.hears_later("amal left!");
    room.prints_later("amal left!");
    somebody_is_let_in(&room);
}

#[test]
fn a_nickname_that_does_not_arrive_in_time_is_refused() {
    let room = room(&["--nickname-seconds", "1"]);
    let mut silent = room.connect("a silent one");
    silent.hears("Nickname refused: it did not come within 1s.");
    silent.hears_the_end();
}

#[test]
fn a_client_that_leaves_without_a_nickname_causes_nothing() {
    let room = room(&[]);
    let mut silent = room.connect("a silent one");
    silent.closes_its_sending_half();
    silent.hears_the_end();
    assert_eq!(room.errors_so_far(), "");
}

#[test]
fn a_nickname_without_end_is_refused_before_its_end() {
    let room = room(&[]);
    let mut endless = room.connect("an endless one");
    endless.sends(&"x".repeat(5000));
    endless.hears("Nickname refused: it is longer than 32 characters.");
    endless.hears_the_end();
}

#[test]
fn a_refused_client_that_stays_does_not_count() {
    let room = room(&["--max-clients", "2"]);
    let _ehab = admit(&room, "ehab");
    let mut other = room.connect("another ehab");
    other.sends("ehab\n");
    other.hears("Nickname refused: it is taken.");
    other.hears_the_end();
    somebody_is_let_in(&room);
}

#[test]
fn the_end_of_the_stream_ends_a_nickname_as_well() {
    let room = room(&[]);
    let mut ehab = admit(&room, "ehab");
    let mut amal = room.connect("amal");
    amal.sends("amal");
    amal.closes_its_sending_half();
    ehab.hears("amal joined!");
    ehab.hears("amal left!");
}

#[test]
fn names_that_look_the_same_are_the_same() {
    let room = room(&[]);
    let _amal = admit(&room, "Amal");
    let _arabic = admit(&room, "أَمَل");
    for name in ["amal", "AMAL", "أمل", "أمـــل"] {
        let mut other = room.connect(name);
        other.sends(&format!("{name}\n"));
        other.hears("Nickname refused: it is taken.");
    }
}

#[test]
fn a_line_may_hold_4096_bytes_and_not_one_more() {
    let room = room(&[]);
    let mut ehab = admit(&room, "ehab");
    let longest = "x".repeat(4096 - "ehab: ".len());
    ehab.sends(&format!("{longest}\n"));
    ehab.hears(&format!("ehab: {longest}"));
    for too_long in [longest.clone() + "x", "y".repeat(4097), "z".repeat(20_000)] {
        ehab.sends(&format!("{too_long}\nehab: next\n"));
        ehab.hears("Your line was not sent: it is longer than 4096 bytes.");
        ehab.hears("ehab: next");
    }
    ehab.sends(&format!("ehab: {longest}\r\n"));
    ehab.hears(&format!("ehab: {longest}"));
}

#[test]
fn the_last_line_counts_although_it_does_not_end() {
    let room = room(&[]);
    let mut ehab = admit(&room, "ehab");
    let mut amal = admit(&room, "amal");
    amal.sends("amal: one more thing");
    amal.closes_its_sending_half();
    ehab.hears_later("amal: one more thing");
    ehab.hears("amal left!");
}

fn disconnects_a_member_that_stops_reading(limits: &[&str], reason: &str) {
    let mut room = room(&[limits, &["--max-clients", "2"]].concat());
    let _slow = admit(&room, "slow");
    let mut ehab = admit(&room, "ehab");
    for number in 0..LINES {
        ehab.sends(&format!("{}\n", long_line(number)));
        ehab.hears_past(|line| line == "slow left!", &long_line(number));
    }
    room.prints_later("slow left!");
    room.says_somewhere(&format!("slow was disconnected: {reason}"));
    somebody_is_let_in(&room);
}

/// One who reads nothing is patiently waited for, while another has said a lot.
fn room_with_one_far_behind() -> (Program, Peer, Peer) {
    let room = room(&["--outbox-kib", "65536", "--stall-seconds", "60"]);
    let mut slow = admit(&room, "slow");
    let mut ehab = admit(&room, "ehab");
    slow.hears("ehab joined!");
    for number in 0..LINES {
        let line = long_line(number);
        ehab.sends(&format!("{line}\n"));
        ehab.hears(&line);
    }
    (room, slow, ehab)
}

/// Together 16 MB: more than the systems keep for one connection.
const LINES: usize = 4096;

fn long_line(number: usize) -> String {
    format!("ehab: {number:04000}")
}

fn room(options: &[&str]) -> Program {
    Check::new("lab3-scaled", "room").server_with(options)
}

/// Somebody joins and has heard the greeting.
fn admit(room: &Program, name: &str) -> Peer {
    let mut peer = room.connect(name);
    peer.sends(&format!("{name}\n"));
    peer.hears_later("Connected to server!");
    peer
}

/// The place of one who has gone is free when its thread has ended, soon after
/// the end of its connection: until then somebody tries again and again.
fn somebody_is_let_in(room: &Program) {
    const TRIES: usize = 400;
    const BETWEEN_TRIES: Duration = Duration::from_millis(10);
    for number in 0..TRIES {
        if is_let_in(room, number) {
            return;
        }
        thread::sleep(BETWEEN_TRIES);
    }
    panic!("nobody is let in any more");
}

/// Somebody comes; whether they were let in or turned away. Who is turned away
/// while it still speaks may lose what it was told: the room's log decides.
fn is_let_in(room: &Program, number: usize) -> bool {
    let mut peer = room.connect("somebody");
    peer.sends_what_is_taken(format!("guest{number}\n").as_bytes());
    peer.hears_something_or_the_end(|_| false);
    let log = String::from_utf8_lossy(&room.output_so_far()).into_owned();
    log.contains(&format!("Connected with {}\n", peer.address()))
}
