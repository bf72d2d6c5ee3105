//! The checks of lab 1, the echo server: a module for each task.
//!
//! They are a client's view of a server that is a process of its own. Here
//! `amal` comes first; `ehab` is whoever comes next.

use std::thread;
use std::time::{Duration, Instant};

use harness::{Check, Peer, Program, check, patience, say};

/// How long a person may think: no server closes a connection for that.
const THOUGHT: Duration = Duration::from_millis(1200);

/// Every value that a byte can have.
fn every_byte() -> Vec<u8> {
    (0..=255).collect()
}

/// `count` bytes without a short period, so that a lost or doubled piece shows.
fn many_bytes(count: u32) -> Vec<u8> {
    let numbers = 0..count;
    numbers
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect()
}

mod task1_listen {
    use super::*;

    // R1
    #[test]
    fn the_first_line_tells_where_it_listens() {
        let server = check!().server();
        server.connect("amal");
    }

    // R1
    #[test]
    fn it_listens_on_the_port_that_was_asked_for() {
        let (mut server, port) = check!().server_on_a_free_port();
        server.prints(&format!("Listening on 127.0.0.1:{port}"));
    }

    // R2
    #[test]
    fn a_port_in_use_is_told_in_one_sentence() {
        let check = check!();
        let listener = check.test_server();
        let mut server = check.start_server(&["--port", &listener.port().to_string()]);
        server.fails_with_a_sentence(1);
    }

    // R2
    #[test]
    fn a_host_that_does_not_resolve_is_told_in_one_sentence() {
        // No name may have an empty part: it is refused without asking anybody.
        let mut server = check!().start_server(&["--host", "no..such.host", "--port", "0"]);
        server.fails_with_a_sentence(1);
    }

    // R2
    #[test]
    fn a_wrong_option_is_told_and_the_exit_status_is_2() {
        let mut server = check!().start_server(&["--prot", "0"]);
        server.fails_with_a_sentence(2);
    }
}

mod task2_accept {
    use super::*;

    // R3
    #[test]
    fn a_client_that_comes_is_logged_with_its_address() {
        let mut server = check!().server();
        let amal = server.connect("amal");
        server.prints(&format!("Connected with {}", amal.address()));
    }

    // R8
    #[test]
    fn a_client_that_has_gone_is_logged_with_its_address() {
        // Which ways of going are noticed is what 1.4 and 1.5 are about; here
        // one of them is enough.
        if !logs_that_amal_left(&check!()) {
            logs_that_amal_vanished(&check!());
        }
    }
}

mod task3_echo {
    use super::*;

    // R6
    #[test]
    fn one_message_after_the_other_comes_back() {
        let (_server, mut amal) = server_and_amal(&check!());
        for message in ["hi\n", "مرحبا\n", "no end of line", " ", "bye\r\n"] {
            echoes(&mut amal, message.as_bytes());
        }
    }

    // R6
    #[test]
    fn every_value_of_a_byte_comes_back_unchanged() {
        let (_server, mut amal) = server_and_amal(&check!());
        echoes(&mut amal, &every_byte());
    }

    // R6
    #[test]
    fn bytes_sent_one_at_a_time_come_back_one_at_a_time() {
        let (_server, mut amal) = server_and_amal(&check!());
        for byte in "أهلا hi\r\n\0".bytes() {
            echoes(&mut amal, &[byte]);
        }
    }

    // R6
    #[test]
    fn messages_of_every_size_come_back() {
        let (_server, mut amal) = server_and_amal(&check!());
        for size in [1, 2, 1023, 1024, 1025, 4096, 4097, 16_385, 30_000] {
            echoes(&mut amal, &many_bytes(size));
        }
    }

    // R4, R6
    #[test]
    fn a_client_that_thinks_for_a_while_is_still_served() {
        let (_server, mut amal) = server_and_amal(&check!());
        echoes(&mut amal, b"hi\n");
        amal.is_silent_for(THOUGHT);
        echoes(&mut amal, b"are you there?\n");
    }

    // R6
    #[test]
    fn a_mebibyte_at_once_comes_back() {
        let (_server, mut amal) = server_and_amal(&check!());
        let mebibyte = many_bytes(1024 * 1024);
        amal.sends_meanwhile(mebibyte.clone());
        amal.hears_bytes(&mebibyte);
    }

    // R6
    #[test]
    fn a_client_that_reads_late_gets_all_that_was_taken_of_it() {
        let (_server, mut amal) = server_and_amal(&check!());
        let flood = many_bytes(1024 * 1024).repeat(32);
        let taken = amal.sends_until_nothing_more_is_taken(&flood);
        amal.hears_bytes(&flood[..taken]);
    }
}

mod task4_end_of_stream {
    use super::*;

    // R7
    #[test]
    fn the_rest_comes_back_and_then_the_server_closes() {
        let (_server, mut amal) = server_and_amal(&check!());
        echoes(&mut amal, b"hi\n");
        amal.sends("and the rest");
        amal.closes_its_sending_half();
        amal.hears_bytes(b"and the rest");
        amal.hears_the_end();
    }

    // R7
    #[test]
    fn a_long_rest_comes_back_whole() {
        let (_server, mut amal) = server_and_amal(&check!());
        let rest = many_bytes(30_000);
        amal.sends_bytes(&rest);
        amal.closes_its_sending_half();
        amal.hears_bytes(&rest);
        amal.hears_the_end();
    }

    // R7
    #[test]
    fn a_client_that_says_nothing_has_an_end_too() {
        let (_server, mut amal) = server_and_amal(&check!());
        amal.closes_its_sending_half();
        amal.hears_the_end();
    }
}

mod task5_next_client {
    use super::*;

    // R8
    #[test]
    fn the_next_client_is_served_when_one_has_left() {
        let (server, mut amal) = server_and_amal(&check!());
        echoes(&mut amal, b"hi\n");
        amal.leaves();
        echoes(&mut server.connect("ehab"), b"welcome\n");
    }

    // R8
    #[test]
    fn the_next_client_is_served_when_others_have_vanished() {
        let (server, mut amal) = server_and_amal(&check!());
        amal.sends("hi\n");
        amal.vanishes();
        let mut sami = server.connect("sami");
        sami.sends("hi\n");
        sami.vanishes();
        echoes(&mut server.connect("ehab"), b"welcome\n");
    }

    // R8
    #[test]
    fn a_client_that_comes_while_another_is_served_is_not_lost() {
        let (server, mut amal) = server_and_amal(&check!());
        echoes(&mut amal, b"hi\n");
        let mut ehab = server.connect("ehab");
        ehab.sends("welcome\n");
        amal.sends("bye\n");
        amal.vanishes();
        ehab.hears_bytes(b"welcome\n");
    }
}

/// The server, waiting for what its first client will send.
fn server_and_amal(check: &Check) -> (Program, Peer) {
    let server = check.server();
    let amal = server.connect("amal");
    (server, amal)
}

/// The same bytes come back.
fn echoes(peer: &mut Peer, bytes: &[u8]) {
    peer.sends_bytes(bytes);
    peer.hears_bytes(bytes);
}

/// Whether the server logs, before long, that a client has closed in order; not
/// sooner than it has.
fn logs_that_amal_left(check: &Check) -> bool {
    let (server, mut amal) = server_and_amal(check);
    let line = format!("Disconnected from {}", amal.address());
    // What is printed may be on its way: a moment is enough to see a wrong program,
    // and a right one never fails for it.
    let too_early = prints_within(patience() / 50, &server, &line);
    check.holds(
        !too_early,
        say!(
            "the server should log that amal has gone when she has gone",
            "كان يجب أن يسجّل الخادم ذهاب \u{2068}amal\u{2069} حين تذهب"
        ),
        say!("it did while she was still there", "سجّله وهي ما زالت متصلة"),
    );
    echoes(&mut amal, b"hi\n");
    amal.leaves();
    prints_within(patience() / 5, &server, &line)
}

/// Whether `line` comes on the server's standard output before the time is up.
fn prints_within(time: Duration, server: &Program, line: &str) -> bool {
    let began = Instant::now();
    while began.elapsed() < time {
        let output = String::from_utf8_lossy(&server.output_so_far()).into_owned();
        if output.lines().any(|it| it == line) {
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
    false
}

/// The server logs that a client was lost.
fn logs_that_amal_vanished(check: &Check) {
    let (mut server, mut amal) = server_and_amal(check);
    let line = format!("Disconnected from {}", amal.address());
    amal.sends("hi\n");
    amal.vanishes();
    server.prints_later(&line);
}
