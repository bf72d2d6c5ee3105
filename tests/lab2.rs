//! The checks of lab 2, the chat of an operator with one client: a module for
//! each task, first its server's side and then its client's.
//!
//! `amal` is the server's first client, `ehab` whoever comes next; towards the
//! student's client the check plays the server, which is called `the server`.

use std::thread;
use std::time::{Duration, Instant};

use harness::{Check, Peer, Program, TestServer, check, patience, say, unused_port};

/// The longest line that the wire format allows, in bytes and without its end.
const LINE_LIMIT: usize = 4096;

/// How long a person may think: no program closes a connection for that.
const THOUGHT: Duration = Duration::from_millis(1200);

mod task1_client_to_operator {
    use super::*;

    // R14
    #[test]
    fn the_operator_reads_what_the_client_sends() {
        let (mut server, mut amal) = server_and_amal(&check!());
        amal.sends("hi\n");
        server.prints("hi");
    }

    // R14
    #[test]
    fn the_operator_reads_arabic_and_blanks_as_they_are() {
        let (mut server, mut amal) = server_and_amal(&check!());
        amal.sends("  مرحبا يا  إيهاب! \n");
        server.prints("  مرحبا يا  إيهاب! ");
    }

    // R9, R14
    #[test]
    fn the_client_sends_what_is_typed_as_a_line() {
        let (_listener, mut client, mut server) = client_and_server(&check!());
        client.types("  مرحبا hi ");
        server.hears_bytes("  مرحبا hi \n".as_bytes());
    }
}

mod task2_operator_to_client {
    use super::*;

    // The client speaks first: a program that still works in turns, as it may
    // before 2.3, answers only then.

    // R9, R14
    #[test]
    fn the_client_gets_what_the_operator_types_as_a_line() {
        let (mut server, mut amal) = server_and_amal(&check!());
        is_noticed(&mut amal, &server);
        server.types("  أهلا welcome ");
        amal.hears_bytes("  أهلا welcome \n".as_bytes());
    }

    // R14
    #[test]
    fn the_client_prints_what_the_server_sends() {
        let (_listener, mut client, mut server) = client_and_server(&check!());
        client.types("hi");
        server.hears_something();
        server.sends("  أهلا welcome \n");
        client.prints("  أهلا welcome ");
    }
}

mod task3_both_at_any_time {
    use super::*;

    // That a line comes is enough here; what is in it is for 2.1 and 2.2.

    // R15
    #[test]
    fn the_operator_may_speak_while_the_client_is_silent() {
        let (mut server, mut amal) = server_and_amal(&check!());
        is_noticed(&mut amal, &server);
        for line in ["welcome", "are you there?", "bye"] {
            server.types(line);
            amal.hears_something();
        }
    }

    // R4, R15
    #[test]
    fn both_may_think_for_a_while() {
        let (mut server, mut amal) = server_and_amal(&check!());
        amal.is_silent_for(THOUGHT);
        amal.sends("hi\n");
        server.prints_a_line();
        server.types("welcome");
        amal.hears_something();
    }

    // R15
    #[test]
    fn the_next_client_misses_none_of_the_operators_lines() {
        let (mut server, amal) = server_and_amal(&check!());
        amal.leaves();
        let mut ehab = comes(&mut server, "ehab");
        is_noticed(&mut ehab, &server);
        server.types("welcome");
        ehab.hears_something();
    }

    // R15
    #[test]
    fn the_client_may_speak_while_the_operator_is_silent() {
        let (mut server, mut amal) = server_and_amal(&check!());
        for line in ["hi\n", "are you there?\n", "bye\n"] {
            amal.sends(line);
            server.prints_a_line();
        }
    }

    // R15
    #[test]
    fn the_server_may_speak_before_anything_is_typed_into_the_client() {
        let (_listener, mut client, mut server) = client_and_server(&check!());
        for line in ["hi\n", "are you there?\n"] {
            server.sends(line);
            client.prints_a_line();
        }
    }

    // R15
    #[test]
    fn the_client_sends_line_after_line_without_an_answer() {
        let (_listener, mut client, mut server) = client_and_server(&check!());
        for line in ["hi", "are you there?", "bye"] {
            client.types(line);
            server.hears_something();
        }
    }
}

mod task4_lines {
    use super::*;

    // R9, R10
    #[test]
    fn the_server_prints_a_line_that_comes_in_pieces_as_one() {
        let (mut server, mut amal) = answering_server_and_amal(&check!());
        comes_in_two(&mut amal, &mut server, "a line in two pieces", 6);
        sends_byte_by_byte(&mut amal, "a line in many pieces\n");
        server.prints("a line in many pieces");
    }

    // R9, R10
    #[test]
    fn the_server_puts_arabic_letters_cut_in_half_together() {
        let (mut server, mut amal) = answering_server_and_amal(&check!());
        // Every letter is two bytes: an odd place is the middle of one.
        comes_in_two(&mut amal, &mut server, "مرحبا", 3);
        sends_byte_by_byte(&mut amal, "يا إيهاب\n");
        server.prints("يا إيهاب");
    }

    // R9, R10
    #[test]
    fn the_server_prints_two_lines_that_come_at_once_as_two() {
        let check = check!();
        let (mut server, mut amal) = answering_server_and_amal(&check);
        amal.sends("one\r\ntwo\nthr");
        server.prints("one");
        server.prints("two");
        amal.sends("ee\n");
        server.prints("three");
        drops_the_return(&check, &server);
    }

    // R11
    #[test]
    fn the_server_takes_a_line_of_4096_bytes() {
        let (mut server, mut amal) = answering_server_and_amal(&check!());
        let line = "ب".repeat(LINE_LIMIT / 2);
        amal.sends(&format!("{line}\r\n"));
        server.prints(&line);
    }

    // R9, R10
    #[test]
    fn the_client_prints_a_line_that_comes_in_pieces_as_one() {
        let (_listener, mut client, mut server) = answering_client_and_server(&check!());
        comes_in_two(&mut server, &mut client, "a line in two pieces", 6);
        sends_byte_by_byte(&mut server, "a line in many pieces\n");
        client.prints("a line in many pieces");
    }

    // R9, R10
    #[test]
    fn the_client_puts_arabic_letters_cut_in_half_together() {
        let (_listener, mut client, mut server) = answering_client_and_server(&check!());
        // Every letter is two bytes: an odd place is the middle of one.
        comes_in_two(&mut server, &mut client, "مرحبا", 3);
        sends_byte_by_byte(&mut server, "يا أمل\n");
        client.prints("يا أمل");
    }

    // R9, R10
    #[test]
    fn the_client_prints_two_lines_that_come_at_once_as_two() {
        let check = check!();
        let (_listener, mut client, mut server) = answering_client_and_server(&check);
        server.sends("one\r\ntwo\nthr");
        client.prints("one");
        client.prints("two");
        server.sends("ee\n");
        client.prints("three");
        drops_the_return(&check, &client);
    }

    // R11
    #[test]
    fn the_client_takes_a_line_of_4096_bytes() {
        let (_listener, mut client, mut server) = answering_client_and_server(&check!());
        let line = "ب".repeat(LINE_LIMIT / 2);
        server.sends(&format!("{line}\r\n"));
        client.prints(&line);
    }
}

mod task5_leaving {
    use super::*;

    // R17
    #[test]
    fn the_server_logs_a_client_that_leaves_and_waits_for_the_next() {
        let (mut server, amal) = server_and_amal(&check!());
        let address = amal.address();
        amal.leaves();
        server.prints(&format!("Disconnected from {address}"));
        let ehab = server.connect("ehab");
        server.prints(&format!("Connected with {}", ehab.address()));
    }

    // R16
    #[test]
    fn the_clients_connection_is_closed_when_the_operator_leaves() {
        let (mut server, mut amal) = server_and_amal(&check!());
        is_noticed(&mut amal, &server);
        server.closes_its_keyboard();
        amal.hears_the_end();
    }

    // R18
    #[test]
    fn the_client_tells_that_the_server_has_left_and_exits_with_0() {
        let (_listener, mut client, mut server) = client_and_server(&check!());
        client.types("hi");
        server.hears_something();
        server.leaves();
        client.says_somewhere("The server closed the connection.");
        client.exits_with(0);
    }

    // R16
    #[test]
    fn the_client_leaves_at_the_end_of_its_keyboard_and_exits_with_0() {
        let (_listener, mut client, mut server) = client_and_server(&check!());
        client.closes_its_keyboard();
        server.hears_the_end();
        client.exits_with(0);
    }
}

mod task6_trouble {
    use super::*;

    // R13
    #[test]
    fn the_server_tells_of_bytes_that_are_not_utf8_and_goes_on() {
        let (mut server, mut amal) = answering_server_and_amal(&check!());
        amal.sends_bytes(b"\xff\xfe\xfd\n");
        server.warns();
        amal.sends("hi\n");
        server.prints_later("hi");
    }

    // R12
    #[test]
    fn the_server_tells_of_a_line_that_is_too_long_and_goes_on() {
        let (mut server, mut amal) = answering_server_and_amal(&check!());
        for length in TOO_LONG {
            amal.sends(&format!("{}\n", "a".repeat(length)));
            server.warns();
            amal.sends("hi\n");
            server.prints("hi");
        }
    }

    /// One byte too many, and so many that the rest of the line comes in later reads:
    /// nothing of either is a message.
    const TOO_LONG: [usize; 2] = [LINE_LIMIT + 1, 20 * LINE_LIMIT];

    // R12
    #[test]
    fn a_line_without_an_end_does_not_fill_the_servers_memory() {
        let check = check!();
        let (mut server, mut amal) = answering_server_and_amal(&check);
        let before = server.peak_memory();
        amal.sends_bytes(&vec![b'a'; 8 * 1024 * 1024]);
        amal.sends("\nhi\n");
        server.prints_later("hi");
        stays_small(&check, &server, before);
    }

    // R17
    #[test]
    fn the_server_waits_for_the_next_when_a_client_has_vanished() {
        let (mut server, mut amal) = server_and_amal(&check!());
        is_noticed(&mut amal, &server);
        server.types("welcome");
        amal.vanishes();
        comes(&mut server, "ehab");
    }

    // R13
    #[test]
    fn the_client_tells_of_bytes_that_are_not_utf8_and_goes_on() {
        let (_listener, mut client, mut server) = answering_client_and_server(&check!());
        server.sends_bytes(b"\xff\xfe\xfd\n");
        client.warns();
        server.sends("hi\n");
        client.prints_later("hi");
    }

    // R12
    #[test]
    fn the_client_tells_of_a_line_that_is_too_long_and_goes_on() {
        let (_listener, mut client, mut server) = answering_client_and_server(&check!());
        for length in TOO_LONG {
            server.sends(&format!("{}\n", "a".repeat(length)));
            client.warns();
            server.sends("hi\n");
            client.prints("hi");
        }
    }

    // R18
    #[test]
    fn the_client_takes_a_reset_for_an_end() {
        let (_listener, mut client, server) = client_and_server(&check!());
        client.types("hi");
        server.vanishes();
        client.says_somewhere("The server closed the connection.");
        client.exits_with(0);
    }

    // R2
    #[test]
    fn the_client_tells_in_one_sentence_that_nobody_listens() {
        let port = unused_port().to_string();
        let mut client = check!().start_client(&["--port", &port]);
        client.fails_with_a_sentence(1);
    }
}

/// The server, and its first client, of whom it knows.
fn server_and_amal(check: &Check) -> (Program, Peer) {
    let mut server = check.server();
    let amal = comes(&mut server, "amal");
    (server, amal)
}

/// The same, and the operator has typed answers ahead: also a server that works
/// in turns, being wrong in 2.3 alone, hears its client three times.
fn answering_server_and_amal(check: &Check) -> (Program, Peer) {
    let (mut server, amal) = server_and_amal(check);
    server.types_bytes(b"yes\nyes\nyes\n");
    (server, amal)
}

/// Somebody connects, and the server has logged it: from now on the operator's
/// lines are for this client.
fn comes(server: &mut Program, name: &str) -> Peer {
    let peer = server.connect(name);
    server.prints_later(&format!("Connected with {}", peer.address()));
    peer
}

/// Says hi, and gives the server a moment to print it: what the operator types
/// after that must reach this client. What is printed is for 2.1.
fn is_noticed(peer: &mut Peer, server: &Program) {
    let before = server.output_so_far().len();
    peer.sends("hi\n");
    let began = Instant::now();
    while server.output_so_far().len() == before && began.elapsed() < patience() / 10 {
        thread::sleep(Duration::from_millis(1));
    }
}

/// The client, connected to a server that the check plays.
fn client_and_server(check: &Check) -> (TestServer, Program, Peer) {
    let listener = check.test_server();
    let client = check.client(&listener, &[]);
    let server = listener.accepts("the server");
    (listener, client, server)
}

/// The same, and lines were typed ahead: also a client that works in turns, being
/// wrong in 2.3 alone, hears its server three times.
fn answering_client_and_server(check: &Check) -> (TestServer, Program, Peer) {
    let (listener, mut client, server) = client_and_server(check);
    client.types_bytes(b"yes\nyes\nyes\n");
    (listener, client, server)
}

/// The program prints `line` whole, though it is cut before the byte `place`.
/// The first piece travels with a line of its own: once that is printed, the
/// program has read the piece, and the rest can only come in a later read.
fn comes_in_two(peer: &mut Peer, program: &mut Program, line: &str, place: usize) {
    let (first, rest) = line.as_bytes().split_at(place);
    peer.sends_bytes(&[b"first\n", first].concat());
    program.prints("first");
    peer.sends_bytes(&[rest, b"\n"].concat());
    program.prints(line);
}

/// Every byte travels alone, as far as the network leaves it so.
fn sends_byte_by_byte(peer: &mut Peer, text: &str) {
    for byte in text.as_bytes() {
        peer.sends_bytes(&[*byte]);
    }
}

/// The `\r` of a line's end is not shown. On Windows a program may add its own.
fn drops_the_return(check: &Check, program: &Program) {
    let shown = program.output_so_far().contains(&b'\r');
    check.holds(
        cfg!(windows) || !shown,
        say!(
            "the \\r of \\r\\n should not be printed",
            "يجب ألا يُطبع \u{2068}\\r\u{2069} من \u{2068}\\r\\n\u{2069}"
        ),
        say!("it was", "طُبع"),
    );
}

/// Memory stays as it was, but for a few buffers.
fn stays_small(check: &Check, program: &Program, before: Option<u64>) {
    const MEBIBYTE: u64 = 1024 * 1024;
    let (Some(before), Some(after)) = (before, program.peak_memory()) else {
        return; // This system does not tell.
    };
    let more = after.saturating_sub(before) / MEBIBYTE;
    check.holds(
        more < 4,
        say!(
            "a line of 8 MiB should not be kept in memory",
            "يجب ألا يُحفظ في الذاكرة سطر طوله \u{2068}8 MiB\u{2069}"
        ),
        say!(
            "it took {more} MiB more",
            "أخذ \u{2068}{more} MiB\u{2069} إضافية"
        ),
    );
}
