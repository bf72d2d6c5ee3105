//! Each observation, in the words of the story.

use std::io::{Error, ErrorKind};
use std::process::ExitStatus;
use std::time::Duration;

use super::stage::{story, time};
use crate::observation::{Observation, milliseconds, quote, seconds};
use crate::patience::patience;

#[test]
fn what_came_is_told() {
    tells(Observation::Arrived(b"hi".to_vec()), r#""hi" came instead"#);
    let only = format!(r#"only "hi" came within {}"#, time());
    tells(Observation::OnlyArrived(b"hi".to_vec()), &only);
    let unended = format!(r"{only}, and no end of line (\n)");
    tells(Observation::ArrivedUnended(b"hi".to_vec()), &unended);
    let nothing = format!("nothing arrived within {} (the connection is open)", time());
    tells(Observation::NothingArrived, &nothing);
    let differs = Observation::DiffersAt(7, b"good".to_vec(), b"bad".to_vec());
    let place = r#"from byte 7 on (counted from 0) "bad" came where "good" was due"#;
    tells(differs, place);
}

#[test]
fn what_a_connection_did_is_told() {
    tells(Observation::Closed, "the connection was closed");
    let after = r#"the connection was closed after "hi""#;
    tells(Observation::ClosedAfter(b"hi".to_vec()), after);
    let broke = Observation::Broke(Error::new(ErrorKind::ConnectionReset, "it was reset"));
    tells(broke, "the connection broke: it was reset");
    let took = format!("only 3 of 5 bytes were taken within {}", time());
    tells(Observation::AcceptedOnly(3, 5), &took);
}

#[test]
fn what_a_program_did_is_told() {
    tells(Observation::Printed(b"hi".to_vec()), r#"it printed "hi""#);
    let nothing = format!("it printed nothing within {} (it still runs)", time());
    tells(Observation::NothingPrinted, &nothing);
    let unended = format!(
        r#"it printed only "hi" within {}, and no end of line (\n)"#,
        time()
    );
    tells(Observation::PrintedUnended(b"hi".to_vec()), &unended);
    tells(Observation::OutputEnded, "its output has ended");
    let status = ExitStatus::default();
    tells(
        Observation::Ended(status),
        &format!("it ended with {status}"),
    );
    tells(Observation::Other("it sang".to_string()), "it sang");
}

#[test]
fn a_loop_is_named_only_where_it_was_seen() {
    let waits = format!("after {} it still runs", time());
    tells(Observation::StillRuns(None), &waits);
    tells(Observation::StillRuns(Some(patience() / 2)), &waits);
    let more = patience() / 2 + Duration::from_millis(1);
    let busy = format!("kept the processor busy for {}", milliseconds(more));
    let loops = format!("{waits} and {busy}: a loop in it does not end");
    tells(Observation::StillRuns(Some(more)), &loops);
    let spun = Observation::Spun(Duration::from_millis(190), Duration::from_millis(200));
    let loops = "it kept the processor busy for 190 ms of 200 ms: a loop in it does not wait";
    tells(spun, loops);
}

#[test]
fn times_are_short() {
    assert_eq!(seconds(Duration::from_secs(2)), "2 s");
    assert_eq!(seconds(Duration::from_millis(304)), "0.3 s");
    assert_eq!(milliseconds(Duration::from_micros(25_900)), "25 ms");
}

#[test]
fn bytes_are_quoted_as_text_where_they_are_text() {
    assert_eq!(quote("مرحبا\n".as_bytes()), "\"مرحبا\\n\"");
    assert_eq!(quote(b"\xff\n"), "b\"\\xff\\n\"");
}

#[test]
fn a_letter_cut_in_half_is_shown_after_the_text() {
    assert_eq!(quote(b"ab\xd9"), "\"ab\\xd9\"");
    assert_eq!(quote(b"\xd9"), "\"\\xd9\"");
    assert_eq!(quote(b"\xd9ab"), "b\"\\xd9ab\"");
}

#[test]
fn of_very_many_bytes_the_first_are_shown() {
    let whole = format!("\"{}\"", "a".repeat(120));
    assert_eq!(quote(&[b'a'; 120]), whole);
    let start = format!("\"{}\"… (121 bytes)", "a".repeat(40));
    assert_eq!(quote(&[b'a'; 121]), start);
}

#[test]
fn of_very_many_raw_bytes_fewer_are_shown() {
    let invalid = format!("b\"{}\"… (500 bytes)", r"\xff".repeat(16));
    assert_eq!(quote(&[0xff; 500]), invalid);
    let nothing = format!("\"{}\"… (500 bytes)", r"\0".repeat(16));
    assert_eq!(quote(&[0; 500]), nothing);
    let control = format!("\"{}\"… (500 bytes)", r"\u{1b}".repeat(16));
    assert_eq!(quote(&[0x1b; 500]), control);
}

fn tells(observed: Observation, expected: &str) {
    let _english = story();
    assert_eq!(observed.to_string(), expected);
}
