//! What a peer sends, and how it disconnects.

use std::io::{ErrorKind, Read};
use std::time::Instant;

use super::stage::{
    amal, amal_who_gets, amal_who_was_cut_off, count_to_the_end, failure_of, gets, last_step, story,
};
use crate::patience::patience;
use crate::peer::Peer;
use crate::test_server::unused_port;

/// More than the systems keep for one connection.
pub const FLOOD: usize = 64 * 1024 * 1024;

#[test]
fn a_peer_is_at_its_own_end_of_the_connection() {
    let (amal, far) = amal();
    assert_eq!(amal.address(), far.peer_addr().unwrap());
    let connected = format!("amal is connected ({})", far.peer_addr().unwrap());
    assert_eq!(last_step(&amal.story), connected);
}

#[test]
fn a_connection_that_nobody_takes_is_told() {
    let address = ([127, 0, 0, 1], unused_port()).into();
    let failure = failure_of(|| Peer::connect(&story(), "amal", address));
    let should = format!("amal should get a connection to {address}");
    let expected = format!("{should}, but the connection broke: ");
    assert!(failure.starts_with(&expected), "{failure}");
}

#[test]
fn what_is_sent_arrives_as_it_is() {
    let (mut amal, mut far) = amal();
    amal.sends("hi\n");
    assert_eq!(last_step(&amal.story), r#"amal sent "hi\n""#);
    amal.sends_bytes(b"there");
    assert_eq!(last_step(&amal.story), r#"amal sent "there""#);
    gets(&mut far, "hi\nthere");
}

#[test]
fn what_breaks_on_the_way_is_told() {
    let mut amal = amal_who_was_cut_off();
    let failure = failure_of(|| (0..100).for_each(|_| amal.sends("hi")));
    let expected = r#"what amal sends ("hi") should be taken, but the connection broke: "#;
    assert!(failure.starts_with(expected), "{failure}");
}

#[test]
fn the_check_goes_on_while_it_sends() {
    let (mut amal, mut far) = amal();
    amal.sends_meanwhile(vec![0; FLOOD]);
    let shown = format!("\"{}\"… ({FLOOD} bytes)", r"\0".repeat(16));
    assert_eq!(
        last_step(&amal.story),
        format!("amal began to send {shown}")
    );
    let mut some = vec![1; FLOOD];
    far.read_exact(&mut some).unwrap();
    assert!(some.iter().all(|byte| *byte == 0));
}

#[test]
fn a_closed_sending_half_leaves_the_other_open() {
    let (mut amal, mut far) = amal_who_gets(b"and you?\n");
    amal.sends("bye");
    amal.closes_its_sending_half();
    assert_eq!(last_step(&amal.story), "amal closed its sending half");
    assert_eq!(count_to_the_end(&mut far), "bye".len());
    amal.hears("and you?");
}

#[test]
fn one_that_leaves_closes_in_order_although_it_has_not_heard_all() {
    let (amal, mut far) = amal_who_gets(b"unheard");
    amal.stream.peek(&mut [0]).unwrap();
    let story = amal.story.clone();
    amal.leaves();
    assert_eq!(last_step(&story), "amal closed the connection");
    assert_eq!(count_to_the_end(&mut far), 0);
}

#[test]
fn one_that_vanishes_resets_the_connection() {
    let (amal, mut far) = amal_who_gets(b"unheard");
    let story = amal.story.clone();
    amal.vanishes();
    assert_eq!(
        last_step(&story),
        "amal vanished (its connection was reset)"
    );
    let error = far.read(&mut [0]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}

#[test]
fn one_that_vanishes_waits_for_something_to_leave_unheard() {
    let (amal, _far) = amal();
    let began = Instant::now();
    amal.vanishes();
    assert!(began.elapsed() >= patience());
}
