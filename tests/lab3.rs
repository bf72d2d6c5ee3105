//! The checks of lab 3, the room: `cargo test -p lab3`, or one task of it with
//! `cargo test -p lab3 task3`.
//!
//! The newcomers' greeting is judged in task 3.2 only: everywhere else a guest
//! overhears it, so that a mistake there does not hide what comes after.

use std::cell::Cell;
use std::time::{Duration, Instant};

use harness::{Check, Peer, Program, apart, check, quote, say};

/// How long a person may think: no server closes a connection for that.
const THOUGHT: Duration = Duration::from_millis(1200);

mod task1_many_clients {
    use super::*;

    // R19
    #[test]
    fn a_second_client_is_served_beside_the_first() {
        let mut room = Room::open(check!());
        let first = room.server.connect("ehab");
        room.server
            .prints(&format!("Connected with {}", first.address()));
        let second = room.server.connect("amal");
        room.server
            .prints(&format!("Connected with {}", second.address()));
    }

    // R19
    #[test]
    fn fifty_clients_are_connected_at_once() {
        let mut room = Room::open(check!());
        let guests: Vec<Peer> = (1..=50)
            .map(|number| room.server.connect(&format!("guest {number}")))
            .collect();
        room.logs_all(&guests);
    }

    // R5, R19
    #[test]
    fn the_server_rests_while_its_clients_are_silent() {
        let mut room = Room::open(check!());
        let silent = ["ehab", "amal"].map(|name| room.server.connect(name));
        room.logs_all(&silent);
        room.server.rests();
    }

    // R2
    #[test]
    fn a_port_in_use_is_told_in_a_sentence() {
        let check = check!();
        let listener = check.test_server();
        let port = listener.port().to_string();
        let mut server = check.start_server(&["--port", &port]);
        server.fails_with_a_sentence(1);
    }

    // R2
    #[test]
    fn a_host_that_does_not_resolve_is_told_in_a_sentence() {
        let check = check!();
        let mut server = check.start_server(&["--host", "no such host", "--port", "0"]);
        server.fails_with_a_sentence(1);
    }

    // R2
    #[test]
    fn a_wrong_option_is_told_with_status_2() {
        let mut server = check!().start_server(&["--no-such-option"]);
        server.fails_with_a_sentence(2);
    }
}

mod task2_joining {
    use super::*;

    // R22
    #[test]
    fn the_newcomer_hears_its_name_and_a_greeting() {
        let room = Room::open(check!());
        let mut amal = room.server.connect("amal");
        amal.sends("amal\n");
        amal.hears("amal joined!");
        amal.hears("Connected to server!");
    }

    // R22
    #[test]
    fn those_who_are_there_hear_of_the_newcomer() {
        let room = Room::open(check!());
        let mut ehab = room.server.connect("ehab");
        ehab.sends("ehab\n");
        ehab.hears("ehab joined!");
        ehab.hears("Connected to server!");
        let mut amal = room.server.connect("amal");
        amal.sends("amal\n");
        ehab.hears("amal joined!");
        amal.hears("amal joined!");
        amal.hears("Connected to server!");
        // The greeting is the newcomer's alone: this is what comes next.
        let mut nizar = room.server.connect("nizar");
        nizar.sends("nizar\n");
        ehab.hears("nizar joined!");
    }

    // R3, R22
    #[test]
    fn the_server_logs_who_has_come() {
        let mut room = Room::open(check!());
        let mut amal = room.server.connect("amal");
        amal.sends("amal\n");
        room.server
            .prints(&format!("Connected with {}", amal.address()));
        room.server.prints("Nickname is amal");
    }

    // R20
    #[test]
    fn an_arabic_nickname_is_a_nickname() {
        let mut room = Room::open(check!());
        let mut amal = room.server.connect("أمل");
        amal.sends("أمل\n");
        amal.hears("أمل joined!");
        room.server.prints_later("Nickname is أمل");
    }

    // R9, R20
    #[test]
    fn a_carriage_return_does_not_belong_to_the_nickname() {
        let room = Room::open(check!());
        let mut amal = room.server.connect("amal");
        amal.sends("amal\r\n");
        amal.hears("amal joined!");
    }
}

mod task3_broadcast {
    use super::*;

    // R23
    #[test]
    fn a_line_reaches_everyone_and_its_author() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        ehab.says("hi");
        ehab.hears("ehab: hi");
        amal.hears("ehab: hi");
        amal.says("welcome");
        ehab.hears("amal: welcome");
        amal.hears("amal: welcome");
    }

    // R23
    #[test]
    fn arabic_text_arrives_as_it_was_sent() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("إيهاب");
        let mut amal = room.admit("أمل");
        ehab.says("مرحبًا يا أمل 👋");
        amal.hears("إيهاب: مرحبًا يا أمل 👋");
    }

    // R23
    #[test]
    fn everyone_hears_the_lines_in_the_same_order() {
        let mut room = Room::open(check!());
        let mut guests = ["ehab", "amal", "nizar"].map(|name| room.admit(name));
        for guest in &mut guests {
            let name = guest.name.clone();
            let lines: String = (0..LINES).map(|n| format!("{name}: {n}\n")).collect();
            guest.peer.sends_meanwhile(lines.into_bytes());
        }
        let [first, second, third] = guests.each_mut().map(|it| it.hears_lines(3 * LINES));
        room.agree("amal", &first, &second);
        room.agree("nizar", &first, &third);
    }

    // R23
    #[test]
    fn a_burst_arrives_whole_and_in_order() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        let said: Vec<String> = (0..2000).map(|n| format!("ehab: {n}")).collect();
        let burst = said.join("\n") + "\n";
        ehab.peer.sends_meanwhile(burst.into_bytes());
        for line in &said {
            amal.hears(line);
        }
        for line in &said {
            ehab.hears(line);
        }
    }

    // R11
    #[test]
    fn a_line_of_4096_bytes_arrives_whole() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        let text = "x".repeat(4096 - "ehab: ".len());
        ehab.says(&text);
        amal.hears(&format!("ehab: {text}"));
    }

    const LINES: usize = 50;
}

mod task4_leaving {
    use super::*;

    // R25
    #[test]
    fn the_sentinel_closes_the_connection_and_the_others_are_told() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.sends("CLOSE123123\n");
        ehab.hears("amal left!");
        amal.hears_the_end();
        room.server.prints_later("amal left!");
    }

    // R4
    #[test]
    fn a_member_that_is_silent_for_a_while_stays() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        ehab.peer.is_silent_for(THOUGHT);
        ehab.says("still here");
        ehab.hears("ehab: still here");
    }

    // R25
    #[test]
    fn the_word_inside_a_line_is_only_a_word() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        for text in [
            "CLOSE123123 is the word",
            "I say CLOSE123123",
            "CLOSE1231234",
        ] {
            amal.says(text);
            ehab.hears(&format!("amal: {text}"));
        }
        // Also at the start of a line; what becomes of that is for 3.5.
        amal.peer
            .sends("CLOSE123123!\n CLOSE123123\nCLOSE123123 \nclose123123\n");
        amal.says("I am still here");
        let has_word = |line: &str| line.to_uppercase().contains("CLOSE123123");
        let is_that = |line: &str| has_word(line) || is_greeting(line);
        ehab.peer.hears_past(is_that, "amal: I am still here");
    }

    // R25
    #[test]
    fn a_closed_connection_is_a_way_of_leaving() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        room.admit("amal").peer.leaves();
        ehab.hears("amal left!");
    }

    // R25
    #[test]
    fn a_connection_that_is_reset_is_a_way_of_leaving() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let amal = room.admit("amal");
        ehab.says("are you there?");
        ehab.hears("ehab: are you there?");
        amal.peer.vanishes();
        ehab.hears("amal left!");
    }

    // R25
    #[test]
    fn who_closes_its_sending_half_has_left() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.closes_its_sending_half();
        ehab.hears("amal left!");
        amal.hears_the_end();
    }

    // R25
    #[test]
    fn those_who_stay_are_told_once_and_go_on() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut nizar = room.admit("nizar");
        room.admit("amal").peer.leaves();
        ehab.hears("amal left!");
        ehab.says("so it goes");
        ehab.hears("ehab: so it goes");
        nizar.hears("amal left!");
        nizar.hears("ehab: so it goes");
    }

    // R25
    #[test]
    fn the_nickname_is_free_again() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        for _ in 0..3 {
            room.admit("amal").peer.leaves();
            ehab.hears("amal left!");
        }
    }

    // R25
    #[test]
    fn ten_may_leave_at_once() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut leavers: Vec<Guest> = (0..10).map(|n| room.admit(&format!("guest{n}"))).collect();
        for leaver in &mut leavers {
            leaver.peer.sends("CLOSE123123\n");
        }
        let all: Vec<String> = (0..10).map(|n| format!("guest{n} left!")).collect();
        ehab.peer.hears_in_any_order(is_greeting, &all);
        ehab.says("quiet now");
        ehab.hears("ehab: quiet now");
    }

    // R5, R25
    #[test]
    fn the_server_rests_when_all_have_left() {
        let mut room = Room::open(check!());
        room.admit("amal").peer.leaves();
        room.admit("ehab").peer.closes_its_sending_half();
        room.server.prints_later("ehab left!");
        room.server.rests();
    }
}

mod task5_nicknames {
    use super::*;

    // R21
    #[test]
    fn an_empty_nickname_is_refused_with_a_reason() {
        Room::open(check!()).refuses("\n");
    }

    // R21
    #[test]
    fn a_nickname_of_more_than_32_letters_is_refused_with_a_reason() {
        let mut room = Room::open(check!());
        room.refuses(&("a".repeat(33) + "\n"));
        room.refuses(&("a".repeat(200) + "\n"));
    }

    // R20
    #[test]
    fn a_nickname_of_32_letters_in_60_bytes_is_welcome() {
        let mut room = Room::open(check!());
        let mut guest = room.admit("عبدالرحمن_بن_عبدالله_بن_عبدالملك");
        guest.says("hi");
        guest.hears("عبدالرحمن_بن_عبدالله_بن_عبدالملك: hi");
    }

    // R21
    #[test]
    fn a_nickname_with_a_terminal_escape_is_refused_with_a_reason() {
        Room::open(check!()).refuses("\u{1b}[31mamal\n");
    }

    // R21
    #[test]
    fn a_nickname_that_is_taken_is_refused_with_a_reason() {
        let mut room = Room::open(check!());
        let mut amal = room.admit("amal");
        room.refuses("amal\n");
        amal.says("I am the one");
        amal.hears("amal: I am the one");
    }

    // R21
    #[test]
    fn of_many_who_want_a_nickname_at_once_no_two_get_it() {
        // Chance decides who comes between a look and a taking: it is given many.
        for _ in 0..25 {
            eight_want_one_nickname(Room::open(check!()));
        }
    }

    fn eight_want_one_nickname(mut room: Room) {
        let mut ehab = room.admit("ehab");
        let mut peers = [(); 8].map(|()| room.server.connect("somebody"));
        for peer in &mut peers {
            peer.sends("amal\n");
        }
        // Whoever has been told anything is in the room or refused.
        for peer in &mut peers {
            peer.hears_something_or_the_end(|_| false);
        }
        ehab.says("who is here?");
        let times = Cell::new(0);
        let is_beside_the_point = |line: &str| {
            times.set(times.get() + u32::from(line == "amal joined!"));
            line != "amal joined!" || times.get() == 1
        };
        let own = "ehab: who is here?";
        ehab.peer.hears_past(is_beside_the_point, own);
    }

    // R20
    #[test]
    fn a_nickname_typed_after_some_thought_is_welcome() {
        let room = Room::open(check!());
        let mut amal = room.server.connect("amal");
        amal.is_silent_for(THOUGHT);
        amal.sends("amal\n");
        amal.hears_later_one_of(&["amal joined!", "Connected to server!"]);
    }

    // R21
    #[test]
    fn the_sentinel_is_no_nickname() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut peer = room.server.connect("the refused");
        peer.sends("CLOSE123123\n");
        peer.hears_the_end_later();
        ehab.says("who was that?");
        ehab.peer.hears_past(
            |line| is_greeting(line) && !line.contains("CLOSE123123"),
            "ehab: who was that?",
        );
    }

    // R21
    #[test]
    fn who_is_refused_may_come_back_under_another_name() {
        let mut room = Room::open(check!());
        let _amal = room.admit("amal");
        room.refuses("amal\n");
        room.admit("amal2");
    }

    // R19, R20
    #[test]
    fn a_silent_connection_keeps_nobody_out() {
        let mut room = Room::open(check!());
        let _silent = [(); 3].map(|()| room.server.connect("a silent one"));
        let mut amal = room.admit("amal");
        amal.says("hello?");
        amal.hears("amal: hello?");
    }

    // R20
    #[test]
    fn a_silent_connection_is_not_in_the_room_yet() {
        let mut room = Room::open(check!());
        let mut silent = room.server.connect("a silent one");
        let mut amal = room.admit("amal");
        // A server that counts it as a member has had time to do so.
        silent.is_silent_for(Duration::from_millis(100));
        amal.says("hello?");
        amal.hears("amal: hello?");
        silent.sends("late\n");
        silent.sends("late: what did I miss?\n");
        let not_meant_for_it = |line: &str| line.contains("hello?");
        silent.hears_past(|line| !not_meant_for_it(line), "late: what did I miss?");
    }

    // R24
    #[test]
    fn a_line_without_its_authors_name_gets_it() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.sends("welcome\n");
        ehab.hears("amal: welcome");
    }

    // R24
    #[test]
    fn nobody_can_speak_as_another() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.sends("ehab: I owe amal 100\n");
        ehab.hears("amal: ehab: I owe amal 100");
        amal.peer.sends("amal:no blank\n");
        ehab.hears("amal: amal:no blank");
    }
}

mod task6_hostile_bytes {
    use super::*;

    // R10
    #[test]
    fn a_line_sent_byte_by_byte_is_one_line() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        for byte in "amal: in pieces\n".bytes() {
            amal.peer.sends_bytes(&[byte]);
        }
        ehab.hears("amal: in pieces");
    }

    // R10
    #[test]
    fn lines_sent_at_once_stay_lines() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.sends("amal: one\namal: two\namal: three\n");
        for line in ["amal: one", "amal: two", "amal: three"] {
            ehab.hears(line);
        }
    }

    // R10
    #[test]
    fn a_line_waits_for_its_end_while_others_speak() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        // What comes glued to a line has been read when the line is heard.
        amal.peer.sends("amal: first\namal: to be conti");
        ehab.hears("amal: first");
        room.interlude(&mut ehab);
        amal.peer.sends("nued\n");
        ehab.hears("amal: to be continued");
    }

    // R10
    #[test]
    fn an_arabic_letter_cut_in_half_is_whole_again() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        let lines = "amal: first\namal: سلام\n".as_bytes();
        let (first, second) = lines.split_at("amal: first\namal: س".len() - 1);
        amal.peer.sends_bytes(first);
        ehab.hears("amal: first");
        amal.peer.sends_bytes(second);
        ehab.hears("amal: سلام");
    }

    // R9
    #[test]
    fn a_carriage_return_before_the_end_is_dropped() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.sends("amal: from Windows\r\n");
        ehab.peer.hears_up_to("amal: from Windows");
        ehab.peer.hears_bytes(b"\n");
    }

    // R13
    #[test]
    fn what_is_not_utf8_reaches_nobody_and_the_room_goes_on() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        amal.peer.sends_bytes(b"amal: \xff\xfe\n");
        amal.hears_a_word_or_the_end();
        room.goes_on_for(&mut ehab);
    }

    // R12
    #[test]
    fn a_line_without_end_reaches_nobody_and_takes_no_memory() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        let before = room.server.peak_memory();
        amal.peer.sends_what_is_taken(&vec![b'x'; ENDLESS]);
        amal.hears_a_word_or_the_end();
        room.goes_on_for(&mut ehab);
        room.has_grown_by_less_than(ENDLESS / 2, before);
    }

    // R11, R12
    #[test]
    fn a_line_over_the_limit_reaches_nobody() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        // The second is so long that its rest comes in reads of its own.
        let mut guests = ["amal", "nizar"].map(|name| room.admit(name));
        for (guest, length) in guests.iter_mut().zip([4097, 16_000]) {
            guest.says(&"x".repeat(length - format!("{}: ", guest.name).len()));
            guest.hears_a_word_or_the_end();
        }
        room.goes_on_for(&mut ehab);
    }

    // R25
    #[test]
    fn connections_that_break_off_in_the_middle_of_a_line_harm_nobody() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        for number in 0..20 {
            let mut guest = room.admit(&format!("guest{number}"));
            guest.peer.sends("\u{0}half a li");
            guest.peer.leaves();
        }
        let mut newcomer = room.admit("newcomer");
        newcomer.says("is all well?");
        // Half a line may count as a line or not: both are right.
        ehab.peer.hears_later("newcomer: is all well?");
    }

    const ENDLESS: usize = 16 * 1024 * 1024;
}

mod task7_slow_readers {
    use super::*;

    // R26
    #[test]
    fn who_stops_reading_stalls_nobody_and_is_let_go() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.admit("amal");
        let slow = room.admit("slow");
        let (name, ehab_shown) = (apart(&slow.name), apart(&ehab.name));
        room.check.reminds(say!(
            "{name} is in the room, and reads nothing while {ehab_shown} speaks",
            "{name} في الغرفة ولا يقرأ شيئًا ما دام {ehab_shown} يتكلم"
        ));
        let before = room.server.peak_memory();
        let line = "x".repeat(4000);
        for _ in 0..ROUNDS {
            for _ in 0..LINES {
                ehab.says(&line);
            }
            for _ in 0..LINES {
                ehab.hears_past_leaving(&format!("ehab: {line}"));
                amal.hears_past_leaving(&format!("ehab: {line}"));
            }
        }
        room.server.prints_later("slow left!");
        room.has_cut_off(slow, &format!("ehab: {line}"));
        room.goes_on_for(&mut amal);
        room.has_grown_by_less_than(64 * 1024 * 1024, before);
    }

    /// Together 24 MB, more than the systems' buffers of a connection hold.
    const ROUNDS: usize = 300;
    const LINES: usize = 20;
}

mod task8_unframed {
    use super::*;

    // R33
    #[test]
    fn the_papers_client_joins_and_is_greeted_without_newlines() {
        let room = Room::open(check!());
        let mut amal = room.server.connect("amal");
        amal.sends("amal");
        amal.hears_bytes(b"amal joined!Connected to server!");
    }

    // R33
    #[test]
    fn the_papers_client_may_ask_its_user_first() {
        let room = Room::open(check!());
        let mut amal = room.server.connect("amal");
        amal.is_silent_for(THOUGHT);
        amal.sends("amal");
        amal.hears_bytes(b"amal joined!Connected to server!");
    }

    // R33
    #[test]
    fn it_chats_with_a_line_client() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.server.connect("amal");
        amal.sends("amal");
        amal.hears_bytes(b"amal joined!Connected to server!");
        ehab.says("hi");
        amal.hears_bytes(b"ehab: hi");
        amal.sends("amal: welcome");
        amal.hears_bytes(b"amal: welcome");
        ehab.hears("ehab: hi");
        ehab.hears("amal: welcome");
        amal.sends("amal: مرحبًا");
        ehab.hears("amal: مرحبًا");
    }

    // R33
    #[test]
    fn its_leaving_is_told_like_any_other() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.server.connect("amal");
        amal.sends("amal");
        amal.hears_bytes(b"amal joined!Connected to server!");
        amal.leaves();
        ehab.hears("amal left!");
    }

    // R10, R20
    #[test]
    fn a_nickname_that_comes_in_pieces_is_a_line_all_the_same() {
        let mut room = Room::open(check!());
        for name in ["amal", "ehab", "nizar"] {
            let mut peer = room.server.connect(name);
            let began = Instant::now();
            peer.sends(&name[..2]);
            // Meanwhile the first piece is read.
            room.admit(&format!("before {name}"));
            peer.sends(&format!("{}\n", &name[2..]));
            // A piece that comes late, from a busy machine, may be taken otherwise.
            if began.elapsed() < Duration::from_millis(100) {
                return peer.hears_past(is_of_another, &format!("{name} joined!"));
            }
        }
    }

    // R4, R33
    #[test]
    fn a_line_client_that_is_silent_after_its_nickname_stays_a_line_client() {
        let mut room = Room::open(check!());
        let mut ehab = room.admit("ehab");
        let mut amal = room.server.connect("amal");
        amal.sends("amal");
        amal.hears_bytes(b"amal joined!Connected to server!");
        ehab.peer.sends("ehab: half ");
        amal.sends("amal: now");
        ehab.hears("amal: now");
        ehab.peer.sends("a line\n");
        ehab.hears("ehab: half a line");
    }
}

/// The student's server with guests in it.
struct Room {
    check: Check,
    server: Program,
}

/// Somebody who is in the room.
struct Guest {
    name: String,
    peer: Peer,
}

impl Room {
    fn open(check: Check) -> Room {
        let server = check.server();
        Room { check, server }
    }

    /// Somebody joins and is in the room when this returns.
    fn admit(&mut self, name: &str) -> Guest {
        let mut peer = self.server.connect(name);
        peer.sends(&format!("{name}\n"));
        // Either of the two says it: a program that lacks one still has the other.
        let joined = format!("{name} joined!");
        peer.hears_later_one_of(&[&joined, "Connected to server!"]);
        Guest {
            name: name.to_string(),
            peer,
        }
    }

    /// The server's log says of each guest that it is connected, in the order in
    /// which their threads came to it.
    fn logs_all(&mut self, guests: &[Peer]) {
        let logged = |guest: &Peer| format!("Connected with {}", guest.address());
        let lines: Vec<String> = guests.iter().map(logged).collect();
        self.server.prints_in_any_order(&lines);
    }

    /// Somebody gives this nickname, is told why not, and is let go.
    fn refuses(&mut self, nickname: &str) {
        let mut peer = self.server.connect("the refused");
        peer.sends(nickname);
        let reason = peer.hears_a_line();
        let said = apart(quote(reason.as_bytes()));
        self.check.holds(
            !is_greeting(&reason),
            say!(
                "this nickname should be refused",
                "كان يجب أن يُرفض هذا اللقب"
            ),
            say!("it was let in: {said}", "أُدخل صاحبه: {said}"),
        );
        let should = say!(
            "a refused client should be told the reason",
            "يجب أن يُخبَر العميل المرفوض بالسبب"
        );
        let seen = say!("it was told an empty line", "وصله سطر فارغ");
        self.check.holds(!reason.trim().is_empty(), should, seen);
        peer.hears_the_end_later();
    }

    /// Time passes: whatever was sent before this has been read when it ends.
    fn interlude(&mut self, guest: &mut Guest) {
        guest.says("meanwhile");
        guest.hears(&format!("{}: meanwhile", guest.name));
    }

    /// The room still serves those in it and those who come.
    fn goes_on_for(&mut self, guest: &mut Guest) {
        let mut newcomer = self.admit("newcomer");
        newcomer.says("is all well?");
        guest.hears_past_leaving("newcomer: is all well?");
    }

    /// Whom the room has let go hears, before the end of its connection, what it
    /// had been sent until then: `line` again and again, and none of it damaged.
    fn has_cut_off(&self, mut guest: Guest, line: &str) {
        let skip = |heard: &str| heard == line || is_greeting(heard);
        guest.peer.is_cut_off_past(skip);
    }

    fn has_grown_by_less_than(&self, limit: usize, before: Option<u64>) {
        let Some((before, after)) = before.zip(self.server.peak_memory()) else {
            return;
        };
        let grown = after.saturating_sub(before) / 1024;
        let limit = limit as u64 / 1024;
        let should = say!(
            "the server's memory should stay bounded (grow by less than {limit} KiB here)",
            "يجب أن تبقى ذاكرة الخادم محدودة (وألا تزيد هنا على {limit} كيبيبايت)"
        );
        let seen = say!("it grew by {grown} KiB", "زادت {grown} كيبيبايت");
        self.check.holds(grown < limit, should, seen);
    }

    fn agree(&self, name: &str, needed: &[String], found: &[String]) {
        let place = (0..needed.len()).find(|place| needed.get(*place) != found.get(*place));
        let place = place.unwrap_or(0);
        let (needed_line, found_line) = (&needed[place], &found[place]);
        let number = place + 1;
        let should = say!(
            "line {number} that {name} hears should be {needed_line:?}, as for the others",
            "السطر {number} الذي يسمعه {name} يجب أن يكون {needed_line:?} كما عند الآخرين"
        );
        let seen = say!("it was {found_line:?}", "كان {found_line:?}");
        self.check.holds(needed == found, should, seen);
    }
}

impl Guest {
    /// Says `text` as the course's clients do, with its nickname before it.
    fn says(&mut self, text: &str) {
        let line = format!("{}: {text}\n", self.name);
        self.peer.sends(&line);
    }

    /// The next line is `line`; greetings are overheard.
    fn hears(&mut self, line: &str) {
        self.peer.hears_past(is_greeting, line);
    }

    /// The same, when others may leave in between.
    fn hears_past_leaving(&mut self, line: &str) {
        let skip = |line: &str| is_greeting(line) || line.ends_with(" left!");
        self.peer.hears_past(skip, line);
    }

    /// The next lines, whatever they are; greetings do not count.
    fn hears_lines(&mut self, count: usize) -> Vec<String> {
        let mut lines = Vec::new();
        while lines.len() < count {
            let line = self.peer.hears_a_line();
            if !is_greeting(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// Is let go, and hears nothing but greetings before that.
    fn hears_the_end(&mut self) {
        self.peer.hears_the_end_past(is_greeting);
    }

    /// Is told something of its own, or let go: both are right.
    fn hears_a_word_or_the_end(&mut self) {
        self.peer.hears_something_or_the_end(is_greeting);
    }
}

fn is_of_another(line: &str) -> bool {
    line.starts_with("before ")
}

fn is_greeting(line: &str) -> bool {
    line == "Connected to server!" || line.ends_with(" joined!")
}
