//! The checks of lab 8, one room over several servers: `cargo test -p lab8`, or one
//! task of it with `cargo test -p lab8 task3`.
//!
//! Most checks play the broker themselves. Those that join several servers use a
//! strict broker, or the real one that `LAB_BROKER` names.

use std::time::{Duration, Instant};

use harness::{Broker, Check, Peer, Program, TestServer, apart, check, quote, say, unused_port};

mod task1_handshake {
    use super::*;

    #[test]
    fn it_answers_info_with_connect_and_ping_and_then_listens() {
        let check = check!();
        let (broker, mut server) = starting(&check, &["--name", "west"]);
        let mut broker = accepted(&broker);
        broker.sends(INFO);
        let connect = operation(&check, &mut broker);
        let holds = |part: &str| connect.replace(' ', "").contains(part);
        let is_right = connect.starts_with("CONNECT {")
            && connect.ends_with('}')
            && [r#""verbose":false"#, r#""echo":false"#, r#""name":"west""#]
                .into_iter()
                .all(holds);
        let found = apart(quote(connect.as_bytes()));
        check.holds(
            is_right,
            say!(
                "the server should send CONNECT with \"verbose\":false, \"echo\":false and its name",
                "كان يجب أن يرسل الخادم CONNECT مع \"verbose\":false و\"echo\":false واسمه"
            ),
            say!("it sends {found}", "يرسل {found}"),
        );
        broker.hears_through("PING\r\n");
        broker.sends("PONG\r\n");
        check.waits_until_it_listens(&mut server);
    }

    #[test]
    fn without_a_broker_the_room_is_alone() {
        let check = check!();
        let server = check.server();
        let (mut ehab, mut amal) = (joined(&server, "ehab"), joined(&server, "amal"));
        ehab.sends("hi\n");
        amal.hears_later("ehab: hi");
    }

    #[test]
    fn info_may_come_in_pieces_and_be_long() {
        let check = check!();
        let (broker, mut server) = starting(&check, &[]);
        let mut broker = accepted(&broker);
        let urls = "\"127.0.0.1:4222\",".repeat(600);
        let info = format!("INFO {{\"connect_urls\":[{urls}\"\"]}}\r\n");
        broker.sends(&info[..3]);
        broker.sends(&info[3..9000]);
        broker.sends(&info[9000..]);
        greeted(&check, &mut broker);
        check.waits_until_it_listens(&mut server);
    }

    #[test]
    fn where_no_broker_listens_it_says_so_and_ends() {
        let check = check!();
        let address = format!("127.0.0.1:{}", unused_port());
        let mut server = check.start_server(&["--port", "0", "--broker", &address]);
        server.fails_with_a_sentence(1);
    }

    #[test]
    fn what_speaks_something_else_is_no_broker() {
        let check = check!();
        let (broker, mut server) = starting(&check, &[]);
        let mut broker = accepted(&broker);
        broker.sends("HTTP/1.1 400 Bad Request\r\n\r\n");
        server.fails_with_a_sentence(1);
    }

    #[test]
    fn an_error_of_the_brokers_is_shown() {
        let check = check!();
        let (broker, mut server) = starting(&check, &[]);
        let mut broker = accepted(&broker);
        broker.sends(INFO);
        operation(&check, &mut broker);
        broker.sends("-ERR 'Authorization Violation'\r\n");
        server.fails_with_a_sentence(1);
        server.says_somewhere("Authorization Violation");
    }

    #[test]
    fn a_broker_that_is_silent_is_not_waited_for() {
        let check = check!();
        let (broker, mut server) = starting(&check, &[]);
        let _silent = accepted(&broker);
        server.fails_with_a_sentence(1);
    }

    #[test]
    fn a_broker_that_closes_is_reported() {
        let check = check!();
        let (broker, mut server) = starting(&check, &[]);
        accepted(&broker).leaves();
        server.fails_with_a_sentence(1);
    }
}

mod task2_publish {
    use super::*;

    #[test]
    fn what_a_member_says_is_published() {
        let check = check!();
        let (mut broker, server) = linked(&check, &[]);
        let mut amal = joined(&server, "amal");
        published(&check, &mut broker, "amal@a joined!");
        amal.sends("amal: hi\n");
        published(&check, &mut broker, "amal@a: hi");
        amal.sends("welcome\n");
        published(&check, &mut broker, "amal@a: welcome");
    }

    #[test]
    fn the_length_counts_bytes_and_not_letters() {
        let check = check!();
        let (mut broker, server) = linked(&check, &["--name", "b"]);
        let mut amal = joined(&server, "أمل");
        published(&check, &mut broker, "أمل@b joined!");
        amal.sends("مرحبا\n");
        published(&check, &mut broker, "أمل@b: مرحبا");
    }

    #[test]
    fn a_member_that_leaves_is_published_once() {
        let check = check!();
        let (mut broker, server) = linked(&check, &[]);
        let mut amal = joined(&server, "amal");
        published(&check, &mut broker, "amal@a joined!");
        amal.sends("CLOSE123123\n");
        published(&check, &mut broker, "amal@a left!");
        joined(&server, "ehab").leaves();
        published(&check, &mut broker, "ehab@a joined!");
        published(&check, &mut broker, "ehab@a left!");
    }

    #[test]
    fn a_refused_nickname_is_not_published() {
        let check = check!();
        let (mut broker, server) = linked(&check, &[]);
        let _amal = joined(&server, "amal");
        published(&check, &mut broker, "amal@a joined!");
        let mut other = server.connect("another amal");
        other.sends("amal\n");
        other.hears_something();
        let _ehab = joined(&server, "ehab");
        published(&check, &mut broker, "ehab@a joined!");
    }

    #[test]
    fn a_burst_is_published_whole_and_in_order() {
        let check = check!();
        let (mut broker, server) = linked(&check, &[]);
        let mut amal = joined(&server, "amal");
        published(&check, &mut broker, "amal@a joined!");
        let lines: Vec<String> = (1..=300).map(|number| format!("line {number}")).collect();
        amal.sends_meanwhile(format!("{}\n", lines.join("\n")).into_bytes());
        for line in &lines {
            published(&check, &mut broker, &format!("amal@a: {line}"));
        }
    }

    #[test]
    fn a_line_of_4096_bytes_is_published_whole() {
        let check = check!();
        let (mut broker, server) = linked(&check, &[]);
        let mut amal = joined(&server, "amal");
        published(&check, &mut broker, "amal@a joined!");
        let text = "x".repeat(4096 - "amal: ".len());
        amal.sends(&format!("amal: {text}\n"));
        published(&check, &mut broker, &format!("amal@a: {text}"));
    }

    #[test]
    fn the_members_here_hear_it_once_and_without_the_servers_name() {
        let check = check!();
        let (_broker, server) = linked(&check, &[]);
        let (mut ehab, mut amal) = (joined(&server, "ehab"), joined(&server, "amal"));
        ehab.hears("amal joined!");
        amal.sends("hi\nend\n");
        ehab.hears("amal: hi");
        ehab.hears("amal: end");
    }
}

mod task3_receive {
    use super::*;

    #[test]
    fn it_subscribes_to_the_room() {
        let check = check!();
        let (broker, _server) = starting(&check, &[]);
        let mut broker = accepted(&broker);
        broker.sends(INFO);
        subscribes(&check, &mut broker);
    }

    #[test]
    fn a_message_reaches_every_member_here() {
        let (_check, mut broker, server, mut amal) = with_amal(check!());
        let mut ehab = joined(&server, "ehab");
        amal.hears("ehab joined!");
        message(&mut broker, "omar@b: hi");
        amal.hears("omar@b: hi");
        ehab.hears("omar@b: hi");
    }

    #[test]
    fn a_message_may_have_a_reply_subject() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        broker.sends("MSG room 1 _INBOX.7 10\r\nomar@b: hi\r\n");
        amal.hears("omar@b: hi");
        message(&mut broker, "omar@b: end");
        amal.hears("omar@b: end");
    }

    #[test]
    fn a_message_in_pieces_is_one_message() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        let text = "omar@b: أهلًا وسهلًا";
        let bytes = msg(text).into_bytes();
        // The cuts are in the operation, in a letter, and between CR and LF.
        for piece in [
            &bytes[..5],
            &bytes[5..26],
            &bytes[26..bytes.len() - 1],
            b"\n",
        ] {
            broker.sends_bytes(piece);
            broker.is_silent_for(Duration::from_millis(20));
        }
        amal.hears(text);
    }

    #[test]
    fn messages_that_come_at_once_are_several() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        let all: String = ["omar@b: one", "omar@b: two", "nour@c: three"]
            .map(msg)
            .concat();
        broker.sends(&all);
        amal.hears("omar@b: one");
        amal.hears("omar@b: two");
        amal.hears("nour@c: three");
    }

    #[test]
    fn the_length_ends_a_message_and_nothing_in_it_does() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        for text in [
            "omar@b: MSG room 1 3",
            "omar@b: PING",
            "omar@b: -ERR 'no'",
            "omar@b: +OK",
        ] {
            message(&mut broker, text);
            amal.hears(text);
        }
    }

    #[test]
    fn a_newline_in_a_message_forges_no_line() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        for forged in [
            "omar@b: hi\nehab: I am ehab",
            "omar@b: hi\r\nMSG room 1 2\r\nxx",
        ] {
            message(&mut broker, forged);
        }
        message(&mut broker, "omar@b: end");
        amal.hears("omar@b: end");
    }

    #[test]
    fn what_is_not_utf8_is_dropped_and_the_next_is_read() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        broker.sends_bytes(b"MSG room 1 10\r\nomar@b: \xff\xfe\r\n");
        message(&mut broker, "omar@b: end");
        amal.hears("omar@b: end");
    }

    #[test]
    fn what_comes_from_elsewhere_is_not_published_again() {
        let (check, mut broker, _server, mut amal) = with_amal(check!());
        message(&mut broker, "omar@b: hi");
        amal.hears("omar@b: hi");
        amal.sends("end\n");
        published(&check, &mut broker, "amal@a joined!");
        published(&check, &mut broker, "amal@a: end");
    }

    #[test]
    fn a_burst_arrives_whole_and_in_order() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        let lines: Vec<String> = (1..=2000)
            .map(|number| format!("omar@b: {number}"))
            .collect();
        broker.sends_meanwhile(
            lines
                .iter()
                .map(|line| msg(line))
                .collect::<String>()
                .into_bytes(),
        );
        for line in &lines {
            amal.hears(line);
        }
    }

    #[test]
    fn two_servers_are_one_room() {
        let check = check!();
        let room = Broker::start();
        let servers = ["a", "b"].map(|name| on(&check, &room, name));
        let mut amal = joined(&servers[0], "amal");
        let mut ehab = joined(&servers[1], "ehab");
        amal.hears("ehab@b joined!");
        amal.sends("مرحبا\n");
        amal.hears("amal: مرحبا");
        ehab.hears_later("amal@a: مرحبا");
        ehab.sends("welcome\n");
        ehab.hears("ehab: welcome");
        amal.hears("ehab@b: welcome");
        ehab.sends("CLOSE123123\n");
        amal.hears("ehab@b left!");
        has_no_errors(&check, &room);
    }

    #[test]
    fn each_authors_lines_keep_their_order_on_three_servers() {
        const LINES: usize = 200;
        let check = check!();
        let room = Broker::start();
        let servers = ["a", "b", "c"].map(|name| on(&check, &room, name));
        let mut amal = joined(&servers[0], "amal");
        let mut ehab = joined(&servers[1], "ehab");
        amal.hears("ehab@b joined!");
        let mut omar = joined(&servers[2], "omar");
        amal.hears_later("omar@c joined!");
        ehab.hears_later("omar@c joined!");
        let lines = |prefix: &str| -> Vec<String> {
            (1..=LINES)
                .map(|number| format!("{prefix}{number}"))
                .collect()
        };
        amal.sends_meanwhile(format!("{}\n", lines("").join("\n")).into_bytes());
        ehab.sends_meanwhile(format!("{}\n", lines("").join("\n")).into_bytes());
        let (mut of_amal, mut of_ehab) = (Vec::new(), Vec::new());
        while of_amal.len() + of_ehab.len() < 2 * LINES {
            let line = omar.hears_a_line();
            if line.starts_with("amal@a: ") {
                of_amal.push(line);
            } else if line.starts_with("ehab@b: ") {
                of_ehab.push(line);
            }
        }
        check.holds(
            of_amal == lines("amal@a: ") && of_ehab == lines("ehab@b: "),
            say!(
                "each author's lines should arrive once and in order",
                "كان يجب أن تصل أسطر كل كاتب مرة واحدة وبالترتيب"
            ),
            say!("they did not", "لم تصل كذلك"),
        );
        has_no_errors(&check, &room);
    }
}

mod task4_keep_alive {
    use super::*;

    #[test]
    fn a_ping_is_answered() {
        let check = check!();
        let (mut broker, _server) = linked(&check, &[]);
        broker.sends("PING\r\n");
        broker.hears_through("PONG\r\n");
    }

    #[test]
    fn a_ping_in_the_middle_of_a_flood_is_answered() {
        let (_check, mut broker, _server, mut amal) = with_amal(check!());
        let flood: String = (0..500)
            .map(|number| msg(&format!("omar@b: {number}")))
            .collect();
        broker.sends(&format!("{flood}PING\r\n{}", msg("omar@b: end")));
        broker.hears_through("PONG\r\n");
        amal.hears_later("omar@b: end");
    }

    #[test]
    fn a_silent_broker_is_asked_and_an_answer_is_enough() {
        let check = check!();
        let (mut broker, server) = linked(&check, &["--keep-alive", "1"]);
        let mut amal = joined(&server, "amal");
        for _ in 0..2 {
            broker.hears_through("PING\r\n");
            broker.sends("PONG\r\n");
        }
        amal.sends("hi\n");
        amal.hears("amal: hi");
    }

    #[test]
    fn a_broker_that_does_not_answer_is_left() {
        let check = check!();
        let (mut broker, server) = linked(&check, &["--keep-alive", "1"]);
        let mut amal = joined(&server, "amal");
        broker.hears_through("PING\r\n");
        broker.hears_the_end();
        amal.sends("hi\n");
        amal.hears_later("amal: hi");
    }
}

mod task5_gone_and_back {
    use super::*;

    #[test]
    fn the_room_goes_on_and_is_told_once() {
        let (_check, _listener, broker, server, mut amal) = with_listener(check!());
        broker.leaves();
        amal.hears(GONE);
        let mut ehab = joined(&server, "ehab");
        amal.hears("ehab joined!");
        ehab.sends("hi\n");
        amal.hears("ehab: hi");
        ehab.hears("ehab: hi");
    }

    #[test]
    fn it_comes_back_subscribes_and_says_so_once() {
        let (check, listener, broker, _server, mut amal) = with_listener(check!());
        broker.leaves();
        amal.hears(GONE);
        let mut broker = accepted(&listener);
        broker.sends(INFO);
        subscribes(&check, &mut broker);
        amal.hears(BACK);
        amal.sends("hi\n");
        amal.hears("amal: hi");
        message(&mut broker, "omar@b: hi");
        amal.hears("omar@b: hi");
    }

    #[test]
    fn a_reset_is_an_end_as_well() {
        let (check, listener, mut broker, _server, mut amal) = with_listener(check!());
        amal.sends("unread\n");
        amal.hears("amal: unread");
        broker.sends("PING\r\n");
        broker.vanishes();
        amal.hears(GONE);
        let mut broker = accepted(&listener);
        broker.sends(INFO);
        greeted(&check, &mut broker);
        amal.hears(BACK);
    }

    #[test]
    fn an_error_of_the_brokers_is_an_end_as_well() {
        let (_check, listener, mut broker, _server, mut amal) = with_listener(check!());
        broker.sends("-ERR 'Stale Connection'\r\n");
        amal.hears(GONE);
        accepted(&listener);
    }

    #[test]
    fn it_tries_again_with_pauses_that_grow() {
        let (check, listener, broker, _server, mut amal) = with_listener(check!());
        broker.leaves();
        let began = Instant::now();
        let mut times = vec![];
        for _ in 0..4 {
            accepted(&listener).leaves();
            times.push(began.elapsed());
        }
        let pauses: Vec<Duration> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let shown = apart(format!("{pauses:.1?}"));
        check.holds(
            pauses[2] > pauses[0] + pauses[0] / 2,
            say!(
                "the pauses between the attempts should grow",
                "كان يجب أن تطول الفترات بين المحاولات"
            ),
            say!("they are {shown}", "وهي {shown}"),
        );
        amal.hears(GONE);
        amal.sends("hi\n");
        amal.hears("amal: hi");
    }

    #[test]
    fn a_broker_that_comes_back_broken_is_tried_again() {
        let (check, listener, broker, _server, mut amal) = with_listener(check!());
        broker.leaves();
        amal.hears(GONE);
        accepted(&listener).sends("HTTP/1.1 400 Bad Request\r\n\r\n");
        let mut broker = accepted(&listener);
        broker.sends(INFO);
        greeted(&check, &mut broker);
        amal.hears(BACK);
    }
}

mod task6_hostile_broker {
    use super::*;

    #[test]
    fn a_length_of_a_terabyte_is_refused() {
        is_left_after("MSG room 1 1000000000000\r\n", check!());
    }

    #[test]
    fn a_length_beyond_all_numbers_is_refused() {
        is_left_after("MSG room 1 99999999999999999999999999\r\n", check!());
        is_left_after("MSG room 1 18446744073709551615\r\n", check!());
    }

    #[test]
    fn a_negative_length_is_refused() {
        is_left_after("MSG room 1 -5\r\nhello\r\n", check!());
    }

    #[test]
    fn a_missing_length_is_refused() {
        is_left_after("MSG room 1\r\nhello\r\n", check!());
        is_left_after("MSG\r\n", check!());
    }

    #[test]
    fn a_length_that_is_too_short_is_refused() {
        is_left_after("MSG room 1 2\r\nhello\r\nPING\r\n", check!());
    }

    #[test]
    fn an_operation_that_there_is_not_is_refused() {
        is_left_after("DELETE room\r\n", check!());
    }

    #[test]
    fn a_line_without_end_is_refused_and_takes_no_memory() {
        let (check, listener, mut broker, server, mut amal) = with_listener(check!());
        // More than any INFO, and more than a program should keep.
        broker.sends_what_is_taken(&vec![b'x'; 96 * 1024 * 1024]);
        amal.hears(GONE);
        accepted(&listener);
        let peak = server.peak_memory().unwrap_or(0);
        let shown = apart(format!("{} MiB", peak >> 20));
        check.holds(
            peak < 64 << 20,
            say!(
                "the server should keep little of a line without end",
                "كان يجب ألا يحتفظ الخادم إلا بقليل من سطر لا نهاية له"
            ),
            say!("it used {shown}", "استعمل {shown}"),
        );
    }

    /// After these bytes the connection is left, and the room goes on.
    fn is_left_after(bytes: &str, check: Check) {
        let (_check, listener, mut broker, _server, mut amal) = with_listener(check);
        broker.sends(bytes);
        amal.hears(GONE);
        accepted(&listener);
        amal.sends("hi\n");
        amal.hears("amal: hi");
    }
}

const GONE: &str = "The other servers cannot be reached.";
const BACK: &str = "The other servers can be reached again.";

const INFO: &str =
    "INFO {\"server_id\":\"CHECK\",\"version\":\"2.9.10\",\"max_payload\":1048576}\r\n";

/// A server that is started towards a broker which the check plays.
fn starting(check: &Check, arguments: &[&str]) -> (TestServer, Program) {
    let listener = check.test_server();
    let address = format!("127.0.0.1:{}", listener.port());
    let mut all = vec!["--port", "0", "--broker", &address];
    all.extend(arguments);
    let server = check.start_server(&all);
    (listener, server)
}

fn accepted(listener: &TestServer) -> Peer {
    listener.accepts(&say!("the broker", "الوسيط"))
}

/// The rest of the handshake, after INFO.
fn greeted(check: &Check, broker: &mut Peer) {
    operation(check, broker);
    broker.hears_through("PING\r\n");
    broker.sends("PONG\r\n");
}

/// The handshake, and with it, or right after it, a subscription to the room.
fn subscribes(check: &Check, broker: &mut Peer) {
    operation(check, broker);
    let mut found = operation(check, broker);
    if found == "PING" {
        broker.sends("PONG\r\n");
        found = operation(check, broker);
    } else {
        broker.hears_through("PING\r\n");
        broker.sends("PONG\r\n");
    }
    let words: Vec<&str> = found.split_whitespace().collect();
    let shown = apart(quote(found.as_bytes()));
    check.holds(
        matches!(words[..], ["SUB", "room", _]),
        say!(
            "the server should subscribe: \"SUB room 1\\r\\n\"",
            "كان يجب أن يشترك الخادم: \"SUB room 1\\r\\n\""
        ),
        say!("it sends {shown}", "يرسل {shown}"),
    );
}

/// The broker's end of a connection whose handshake is done, and the server.
///
/// A subscription is skipped, so that task 8.2 can be done before task 8.3.
fn linked(check: &Check, arguments: &[&str]) -> (Peer, Program) {
    let (listener, mut server) = starting(check, arguments);
    let mut broker = accepted(&listener);
    broker.sends(INFO);
    greeted(check, &mut broker);
    check.waits_until_it_listens(&mut server);
    (broker, server)
}

/// The same with the listener for connections to come, and a member.
fn with_listener(check: Check) -> (Check, TestServer, Peer, Program, Peer) {
    let (listener, mut server) = starting(&check, &[]);
    let mut broker = accepted(&listener);
    broker.sends(INFO);
    greeted(&check, &mut broker);
    check.waits_until_it_listens(&mut server);
    let amal = joined(&server, "amal");
    (check, listener, broker, server, amal)
}

/// The same without the listener, for checks of what arrives.
fn with_amal(check: Check) -> (Check, Peer, Program, Peer) {
    let (broker, server) = linked(&check, &[]);
    let amal = joined(&server, "amal");
    (check, broker, server, amal)
}

/// A member that has been greeted.
fn joined(server: &Program, name: &str) -> Peer {
    let mut peer = server.connect(name);
    peer.sends(&format!("{name}\n"));
    peer.hears_later("Connected to server!");
    peer
}

/// The next operation of the server's, which must end with CRLF; without it.
fn operation(check: &Check, broker: &mut Peer) -> String {
    let bytes = broker.hears_through("\r\n");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let shown = apart(quote(&bytes));
    check.holds(
        !text.contains(['\n', '\r']),
        say!(
            "each operation should end with \\r\\n",
            "كان يجب أن تنتهي كل عملية بـ \\r\\n"
        ),
        say!("{shown} came", "وصل {shown}"),
    );
    text
}

/// The next operation, not counting a subscription, is `expected`.
fn expects(check: &Check, broker: &mut Peer, expected: &str) {
    let mut found = operation(check, broker);
    if found.starts_with("SUB ") && !expected.starts_with("SUB ") {
        found = operation(check, broker);
    }
    let (wanted, shown) = (
        apart(quote(expected.as_bytes())),
        apart(quote(found.as_bytes())),
    );
    check.holds(
        found == expected,
        say!(
            "the server should send {wanted} to the broker",
            "كان يجب أن يرسل الخادم {wanted} إلى الوسيط"
        ),
        say!("it sends {shown}", "يرسل {shown}"),
    );
}

/// The server publishes exactly this.
fn published(check: &Check, broker: &mut Peer, text: &str) {
    expects(check, broker, &format!("PUB room {}", text.len()));
    let mut expected = text.as_bytes().to_vec();
    expected.extend(b"\r\n");
    broker.hears_bytes(&expected);
}

/// The broker delivers this text.
fn message(broker: &mut Peer, text: &str) {
    broker.sends(&msg(text));
}

fn msg(text: &str) -> String {
    format!("MSG room 1 {}\r\n{text}\r\n", text.len())
}

/// A server of this name at the broker.
fn on(check: &Check, broker: &Broker, name: &str) -> Program {
    check.server_with(&["--broker", broker.address(), "--name", name])
}

fn has_no_errors(check: &Check, broker: &Broker) {
    let errors = broker.errors();
    let shown = apart(format!("{errors:?}"));
    check.holds(
        errors.is_empty(),
        say!(
            "the broker should understand what the servers send",
            "كان يجب أن يفهم الوسيط ما ترسله الخوادم"
        ),
        say!("it answers {shown}", "يجيب {shown}"),
    );
}
