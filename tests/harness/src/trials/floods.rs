//! More is sent than is taken, and what is said of it. Windows does not tell how
//! much of a write was taken when its time is up.

use super::sending::FLOOD;
use super::stage::{amal, count_to_the_end, failure_of, gets, last_step, time};

#[test]
fn what_is_not_taken_is_told() {
    let (mut amal, _far) = amal();
    let failure = failure_of(|| amal.sends_bytes(&vec![b'x'; FLOOD]));
    let shown = format!("\"{}\"… ({FLOOD} bytes)", "x".repeat(40));
    let should = format!("what amal sends ({shown}) should be taken");
    let (said, taken) = failure.split_once(", but only ").unwrap();
    assert_eq!(said, should);
    let (taken, rest) = taken.split_once(" of ").unwrap();
    assert!((1..FLOOD).contains(&taken.parse().unwrap()), "{failure}");
    assert_eq!(rest, format!("{FLOOD} bytes were taken within {}.", time()));
}

#[test]
fn as_much_as_is_taken_is_counted() {
    let (mut amal, mut far) = amal();
    assert_eq!(amal.sends_what_is_taken(b"hello"), 5);
    assert_eq!(last_step(&amal.story), "amal sent 5 of 5 bytes");
    gets(&mut far, "hello");
    let taken = amal.sends_what_is_taken(&vec![0; FLOOD]);
    let step = format!("amal sent {taken} of {FLOOD} bytes");
    assert_eq!(last_step(&amal.story), step);
    drop(amal);
    assert_eq!(count_to_the_end(&mut far), taken);
}

#[test]
fn a_flood_goes_on_until_everything_is_full() {
    let (mut amal, mut far) = amal();
    assert_eq!(amal.sends_until_nothing_more_is_taken(b"hello"), 5);
    gets(&mut far, "hello");
    let taken = amal.sends_until_nothing_more_is_taken(&vec![0; FLOOD]);
    let step = format!("amal sent {taken} bytes and read nothing, until no more was taken");
    assert_eq!(last_step(&amal.story), step);
    drop(amal);
    assert_eq!(count_to_the_end(&mut far), taken);
}
