//! The checks of lab 4. The client is a program at its keyboard and screen; the
//! checks play the room.
//!
//! amal types her nickname as the first line everywhere but in task 4.1, so that
//! a client which does not ask for it yet can still be judged on what it does.

use harness::{Check, Peer, Program, apart, quote, say, unused_port};

mod task1_greeting {
    use super::{the_room, unused_port};

    // R27
    #[test]
    fn it_asks_for_the_nickname_before_anything_is_typed() {
        let check = harness::check!();
        let mut client = check.client(&check.test_server(), &[]);
        client.shows("Choose your nickname: ");
    }

    // R27
    #[test]
    fn then_it_says_how_to_close() {
        let check = harness::check!();
        let listener = check.test_server();
        let mut client = check.client(&listener, &[]);
        client.shows("Choose your nickname: ");
        client.types("amal");
        client.prints("WHEN YOU WANT TO CLOSE ENTER CLOSE123123");
    }

    // R27
    #[test]
    fn a_nickname_given_as_an_option_is_not_asked_for() {
        let check = harness::check!();
        let listener = check.test_server();
        let mut client = check.client(&listener, &["--nickname", "amal"]);
        client.prints("WHEN YOU WANT TO CLOSE ENTER CLOSE123123");
        listener.accepts(&the_room()).hears("amal");
    }

    // R27
    #[test]
    fn the_nickname_is_the_first_line_that_the_room_hears() {
        for nickname in ["amal", "أمل"] {
            let check = harness::check!();
            let listener = check.test_server();
            let mut client = check.client(&listener, &[]);
            client.types(nickname);
            listener.accepts(&the_room()).hears(nickname);
        }
    }

    // R27
    #[test]
    fn the_greeting_is_printed() {
        let check = harness::check!();
        let listener = check.test_server();
        let mut client = check.client(&listener, &[]);
        client.types("amal");
        let mut room = listener.accepts(&the_room());
        room.sends("amal joined!\n");
        client.prints_later("amal joined!");
    }

    // R2
    #[test]
    fn where_nobody_listens_it_says_so_and_ends() {
        let check = harness::check!();
        let port = unused_port().to_string();
        let mut client = check.start_client(&["--port", &port, "--nickname", "amal"]);
        client.fails_with_a_sentence(1);
    }
}

mod task2_receiving {
    use super::*;

    // R28
    #[test]
    fn what_arrives_is_printed_while_nobody_types() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        room.sends("ehab: hi\n");
        client.prints_later("ehab: hi");
        room.sends("ehab: are you there?\n");
        client.prints("ehab: are you there?");
    }

    // R10
    #[test]
    fn lines_sent_at_once_are_printed_one_by_one() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        room.sends("ehab: one\nehab: two\nehab: three\n");
        client.prints_later("ehab: one");
        client.prints("ehab: two");
        client.prints("ehab: three");
    }

    // R10
    #[test]
    fn a_line_that_comes_in_pieces_is_printed_as_one() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        for piece in ["eh", "ab: I am", " still", " writing", "\n"] {
            room.sends(piece);
        }
        client.prints_later("ehab: I am still writing");
    }

    // R10
    #[test]
    fn an_arabic_letter_cut_in_half_is_printed_whole() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        for byte in "إيهاب: مرحبا\n".as_bytes() {
            room.sends_bytes(&[*byte]);
        }
        client.prints_later("إيهاب: مرحبا");
    }

    // R11
    #[test]
    fn a_line_as_long_as_lines_may_be_is_printed_whole() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        let line = format!("ehab: {}", "x".repeat(4096 - "ehab: ".len()));
        room.sends(&format!("{line}\n"));
        client.prints_later(&line);
    }

    // R28
    #[test]
    fn of_thousands_of_lines_none_is_lost_while_thousands_are_typed() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        client.types_bytes(thousands("salam").as_bytes());
        room.sends_meanwhile(thousands("ehab: marhaba").into_bytes());
        client.prints_later("ehab: marhaba 1");
        for number in 2..=THOUSANDS {
            client.prints(&format!("ehab: marhaba {number}"));
        }
    }

    // R13
    #[test]
    fn a_line_that_is_not_utf_8_does_not_end_the_chat() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        room.sends_bytes(b"ehab: \xff\xfe\n");
        room.sends("ehab: hi\n");
        client.prints_later("ehab: hi");
    }

    // R12
    #[test]
    fn a_line_longer_than_allowed_does_not_end_the_chat() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        room.sends(&format!("ehab: {}\n", "x".repeat(10_000)));
        room.sends("ehab: hi\n");
        client.prints_later("ehab: hi");
    }

    // R31
    #[test]
    fn what_came_just_before_the_end_is_printed() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        room.sends("ehab: I must go\nehab: bye\n");
        room.closes_its_sending_half();
        client.prints_later("ehab: I must go");
        client.prints("ehab: bye");
    }
}

mod task3_sending {
    use super::*;

    // R29
    #[test]
    fn what_is_typed_goes_to_the_room_after_the_nickname() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        client.types("hi");
        room.hears("amal: hi");
    }

    // R29
    #[test]
    fn one_line_after_the_other_is_sent() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        client.types("hi");
        room.hears("amal: hi");
        for text in ["how are you?", "ehab: I said", "كيف الحال؟", "CLOSE"] {
            let message = format!("amal: {text}");
            client.types(text);
            room.hears(&message);
            room.sends(&format!("{message}\n"));
        }
    }

    // R29
    #[test]
    fn the_nickname_is_the_one_that_was_chosen() {
        let check = harness::check!();
        let listener = check.test_server();
        let mut client = check.client(&listener, &[]);
        client.types("أمل");
        let mut room = listener.accepts(&the_room());
        room.hears_alone_or_as_a_line("أمل");
        room.sends("أمل joined!\nConnected to server!\n");
        client.types("مرحبا");
        room.hears("أمل: مرحبا");
    }

    // R29
    #[test]
    fn what_is_typed_is_left_to_the_room_to_show() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        // With the second line the client has done with the first.
        for text in ["is it twice?", "I hope not"] {
            client.types(text);
            room.hears_up_to(text);
        }
        room.sends("ehab: goodbye\n");
        // A client that waits for its own turn before it prints gets it.
        client.types_bytes(b"one\ntwo\nthree\nfour\n");
        let mut shown = client.prints_a_line();
        while !shown.ends_with("goodbye") {
            check.holds(
                shown != "amal: is it twice?",
                say!(
                    "what amal typed should be shown when the room sends it",
                    "يجب أن يُعرض ما كتبته \u{2068}amal\u{2069} حين يرسله الخادم"
                ),
                say!("the client has shown it before", "عرضه العميل قبل ذلك"),
            );
            shown = client.prints_a_line();
        }
    }

    // R29
    #[test]
    fn of_thousands_of_typed_lines_none_is_lost_while_the_room_talks() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        room.sends_meanwhile(thousands("ehab: marhaba").into_bytes());
        client.types_bytes(thousands("salam").as_bytes());
        room.hears("amal: salam 1");
        for number in 2..=THOUSANDS {
            room.hears(&format!("amal: salam {number}"));
        }
    }
}

mod task4_leaving {
    use super::*;

    // R30
    #[test]
    fn the_sentinel_closes_the_connection_and_nothing_of_it_is_sent() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        says(&mut client, &mut room, "I have to go");
        client.types("CLOSE123123");
        room.hears_the_end();
        room.leaves();
        client.exits_with(0);
    }

    // R30
    #[test]
    fn the_end_of_the_keyboard_does_the_same() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        says(&mut client, &mut room, "I have to go");
        client.closes_its_keyboard();
        room.hears_the_end();
        room.leaves();
        client.exits_with(0);
    }

    // R30
    #[test]
    fn it_ends_while_the_room_is_still_talking() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        says(&mut client, &mut room, "I have to go");
        room.sends_meanwhile(thousands("ehab: wait!").into_bytes());
        client.types("CLOSE123123");
        room.hears_the_end();
        client.exits_with(0);
    }

    // R30
    #[test]
    fn in_a_longer_line_the_sentinel_is_a_message_like_any_other() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        says(&mut client, &mut room, "CLOSE123123 closes");
        says(&mut client, &mut room, "type CLOSE123123");
        says(&mut client, &mut room, "CLOSE123123CLOSE123123");
        says(&mut client, &mut room, " CLOSE123123");
        says(&mut client, &mut room, "CLOSE123123 ");
        says(&mut client, &mut room, "close123123");
    }

    // R30
    #[test]
    fn what_is_typed_after_the_sentinel_is_not_sent() {
        let (mut client, mut room) = amal_joins(&harness::check!());
        says(&mut client, &mut room, "I have to go");
        client.types("CLOSE123123");
        client.types("or shall I stay?");
        room.hears_the_end();
    }
}

mod task5_server_gone {
    use super::*;

    // R31
    #[test]
    fn when_the_server_closes_the_client_says_so_and_ends() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        room.closes_its_sending_half();
        says_why_it_ends(&check, &mut client);
    }

    // R31
    #[test]
    fn nothing_has_to_be_typed_to_its_end_for_that() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        client.types_bytes(b"I was about to");
        room.closes_its_sending_half();
        says_why_it_ends(&check, &mut client);
    }

    // R31
    #[test]
    fn a_server_that_vanishes_is_gone_like_one_that_closes() {
        let check = harness::check!();
        let (mut client, room) = amal_joins(&check);
        client.types("are you there?");
        room.vanishes();
        says_why_it_ends(&check, &mut client);
    }

    // R31
    #[test]
    fn so_is_one_that_goes_in_the_middle_of_a_line() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins(&check);
        room.sends("ehab joi");
        room.leaves();
        says_why_it_ends(&check, &mut client);
    }

    /// The client ends, and has said something of its own beforehand.
    fn says_why_it_ends(check: &Check, client: &mut Program) {
        client.exits();
        let said = client.said_in_all();
        let own_words = said.replace("Choose your nickname: ", "");
        let own_words: Vec<&str> = own_words
            .lines()
            .filter(|line| !KNOWN.contains(&line.trim()))
            .collect();
        let crashed = said.contains("panicked at") || said.contains("Traceback (most recent");
        let seen = match crashed {
            true => say!("it crashed", "انهار"),
            false => say!("it ended without a word", "انتهى دون كلمة"),
        };
        let should = say!(
            "the client should say in one sentence that the server is gone",
            "كان يجب أن يقول العميل في جملة واحدة إن الخادم قد ذهب"
        );
        check.holds(!own_words.is_empty() && !crashed, should, seen);
    }

    /// What may stand on the screen without being said because of the end.
    const KNOWN: [&str; 5] = [
        "",
        "WHEN YOU WANT TO CLOSE ENTER CLOSE123123",
        "amal joined!",
        "Connected to server!",
        "ehab joi",
    ];
}

mod task6_terminal {
    use super::*;

    // R32
    #[test]
    fn an_escape_sequence_does_not_reach_the_terminal() {
        harmless(&harness::check!(), &["ehab: \u{1b}[2J\u{1b}[31mred"], "red");
    }

    // R32
    #[test]
    fn nor_does_one_that_sets_the_title() {
        harmless(&harness::check!(), &["ehab: \u{1b}]0;amal\u{7}hi"], "hi");
    }

    // R32
    #[test]
    fn nor_does_one_that_comes_in_pieces() {
        harmless(&harness::check!(), &["ehab: \u{1b}", "[", "2", "Jhi"], "hi");
    }

    // R32
    #[test]
    fn nor_does_any_other_control_character() {
        let controls = "\0\u{7}\u{8}\u{b}\u{c}\r\u{7f}";
        harmless(&harness::check!(), &["ehab: ", controls, "hi"], "hi");
    }

    // R32
    #[test]
    fn nor_do_the_control_characters_beyond_ascii() {
        let controls = "\u{80}\u{84}\u{85}\u{8d}\u{90}\u{9b}2J\u{9d}\u{9f}";
        harmless(&harness::check!(), &["ehab: ", controls, "hi"], "hi");
    }

    // R32
    #[test]
    fn nor_does_a_direction_override() {
        let name = "\u{202e}nimda\u{202c}: \u{202d}hi\u{202c}";
        harmless(&harness::check!(), &[name], "nimda");
    }

    // R32
    #[test]
    fn nor_does_an_isolate_or_a_direction_mark() {
        let name = "\u{2067}nimda\u{2069}\u{61c}: \u{200f}hi\u{200e}";
        harmless(&harness::check!(), &[name], "nimda");
    }

    // R32
    #[test]
    fn the_greeting_is_no_exception() {
        let check = harness::check!();
        let listener = check.test_server();
        let mut client = check.client(&listener, &[]);
        client.types("amal");
        let mut room = listener.accepts(&the_room());
        room.sends("\u{1b}[2Jamal joined!\n");
        shows_only_text(&check, client, room, "goodbye");
    }

    // R32
    #[test]
    fn ordinary_text_stays_as_it_is() {
        let check = harness::check!();
        let (client, mut room) = amal_joins(&check);
        let text = "إيهاب: مَرحبًا، 5 < 7 & \"ok\" ~ \\u{1b} 👋";
        room.sends(&format!("{text}\n"));
        shows_only_text(&check, client, room, text);
    }

    /// `pieces` make up a line; on the screen it is readable and nothing else.
    fn harmless(check: &Check, pieces: &[&str], readable: &str) {
        let (client, mut room) = amal_joins(check);
        for piece in pieces {
            room.sends(piece);
        }
        room.sends("\n");
        shows_only_text(check, client, room, readable);
    }

    /// What has been printed once the room has said goodbye is text and newlines,
    /// and `readable` stands in it.
    fn shows_only_text(check: &Check, mut client: Program, mut room: Peer, readable: &str) {
        room.sends("ehab: goodbye\nehab: bye\n");
        // A client that waits for its own turn before it prints gets it.
        client.types_bytes(b"one\ntwo\nthree\nfour\n");
        while !client.prints_a_line().contains("goodbye") {}
        let output = String::from_utf8_lossy(&client.output_so_far()).replace("\r\n", "\n");
        let driven = output.lines().find(|line| line.contains(drives_a_terminal));
        let printed = apart(quote(driven.unwrap_or_default().as_bytes()));
        check.holds(
            driven.is_none(),
            say!(
                "the client should show nothing that drives the terminal",
                "كان يجب ألا يعرض العميل شيئًا يتحكم بالطرفية"
            ),
            say!("it printed {printed}", "طبع {printed}"),
        );
        let text = apart(quote(readable.as_bytes()));
        check.holds(
            output.contains(readable),
            say!(
                "the client should still show {text}",
                "كان يجب أن يعرض العميل {text} مع ذلك"
            ),
            say!("it did not", "لم يفعل"),
        );
    }

    fn drives_a_terminal(letter: char) -> bool {
        let turns_text = matches!(
            letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        );
        turns_text || (letter.is_control() && letter != '\t')
    }
}

mod task7_unframed {
    use super::*;

    // R34
    #[test]
    fn the_nickname_and_the_messages_go_out_without_a_newline() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins_unframed(&check);
        for text in ["hi", "مرحبا", "bye"] {
            client.types(text);
            let before = room.hears_up_to(text);
            room.sends(&format!("amal: {text}"));
            let seen = apart(quote(&before));
            check.holds(
                !before.contains(&b'\n'),
                say!(
                    "the paper's server should hear no newline",
                    "كان يجب ألا يسمع خادم الورقة محرف سطر جديد"
                ),
                say!(
                    "{seen} came before the last message",
                    "وصل {seen} قبل الرسالة الأخيرة"
                ),
            );
        }
    }

    // R34
    #[test]
    fn each_read_is_a_message_and_printed_as_a_line() {
        let (mut client, mut room) = amal_joins_unframed(&harness::check!());
        client.types("one");
        room.hears_up_to("one");
        client.types_bytes(b"two\nthree\nfour\n");
        room.sends("Connected to server!");
        prints_up_to(&mut client, "Connected to server!");
        room.sends("ehab: hi");
        client.prints("ehab: hi");
        room.sends("إيهاب: كيف الحال؟");
        client.prints("إيهاب: كيف الحال؟");
    }

    // R34
    #[test]
    fn a_letter_cut_by_the_end_of_a_read_is_printed_whole() {
        let check = harness::check!();
        let (mut client, mut room) = amal_joins_unframed(&check);
        let message = "ehab: سلام".as_bytes();
        let mut sent = 0;
        for cut in ["ehab: س".len() - 1, "ehab: سلا".len() - 1] {
            room.sends_bytes(&message[sent..cut]);
            sent = cut;
            // By the time that this has come, so has the half of a letter.
            client.types("go on");
            room.hears_up_to("go on");
        }
        room.sends_bytes(&message[sent..]);
        client.types("go on");
        let printed = prints_up_to(&mut client, "م");
        let printed = printed.split("joined!").last().unwrap_or_default();
        let seen = apart(quote(printed.as_bytes()));
        check.holds(
            printed.ends_with("سلام"),
            say!(
                "the client should print the letters of \"سلام\" whole",
                "كان يجب أن يطبع العميل حروف «سلام» كاملة"
            ),
            say!("it printed {seen}", "طبع {seen}"),
        );
    }

    fn amal_joins_unframed(check: &Check) -> (Program, Peer) {
        let listener = check.test_server();
        let mut client = check.client(&listener, &["--unframed"]);
        client.types("amal");
        let mut room = listener.accepts(&say!("the paper's server", "خادم الورقة"));
        room.hears_bytes(b"amal");
        room.sends("amal joined!");
        (client, room)
    }

    /// Takes lines up to one that ends with `last`, and joins them to one text.
    fn prints_up_to(client: &mut Program, last: &str) -> String {
        let mut text = String::new();
        while !text.ends_with(last) {
            text += &client.prints_a_line();
        }
        text
    }
}

mod task8_the_typed_line {
    use super::*;

    // R35
    #[test]
    fn what_arrives_is_printed_above_the_line_being_typed() {
        let Some((mut client, mut room)) = amal_joins_on_a_terminal(&harness::check!()) else {
            return;
        };
        types_half_a_line(&mut client);
        room.sends("ehab: hi\nإيهاب: مرحبا\n");
        let should = say!(
            "the messages should stand above \"I am typing\", which stays whole",
            "يجب أن تظهر الرسائل فوق «I am typing»، ويبقى هذا السطر سليمًا"
        );
        client.screen_shows(should, |lines| {
            let [.., first, second, typed] = lines else {
                return false;
            };
            first == "ehab: hi" && second == "إيهاب: مرحبا" && typed == "amal: I am typing"
        });
    }

    // R35
    #[test]
    fn the_interrupted_line_is_sent_whole() {
        let Some((mut client, mut room)) = amal_joins_on_a_terminal(&harness::check!()) else {
            return;
        };
        types_half_a_line(&mut client);
        room.sends("ehab: hi\n");
        client.types_bytes(b", still\r");
        room.hears("amal: I am typing, still");
    }

    // R35
    #[test]
    fn ones_own_line_is_shown_once() {
        let Some((mut client, mut room)) = amal_joins_on_a_terminal(&harness::check!()) else {
            return;
        };
        types_half_a_line(&mut client);
        client.types_bytes(b"\r");
        room.hears("amal: I am typing");
        room.sends("amal: I am typing\nehab: hi\n");
        let should = say!(
            "\"I am typing\" should stand on the screen once, before \"ehab: hi\"",
            "يجب أن يظهر «I am typing» على الشاشة مرة واحدة قبل «ehab: hi»"
        );
        client.screen_shows(should, |lines| {
            let own = lines.iter().filter(|line| line.contains("I am typing"));
            own.count() == 1 && lines.iter().any(|line| line == "ehab: hi")
        });
    }

    // R35
    #[test]
    fn a_server_that_closes_leaves_the_terminal_as_it_was() {
        let Some((mut client, mut room)) = amal_joins_on_a_terminal(&harness::check!()) else {
            return;
        };
        types_half_a_line(&mut client);
        room.sends("ehab: bye\n");
        room.closes_its_sending_half();
        let should = say!(
            "the last message should be shown, and the terminal echo again (icanon and echo in stty)",
            "يجب أن تظهر الرسالة الأخيرة، وأن تعود الطرفية إلى إظهار ما يُكتب (icanon وecho في stty)"
        );
        client.screen_shows(should, |lines| {
            let modes: Vec<&str> = lines
                .iter()
                .flat_map(|line| line.split([' ', ';']))
                .collect();
            lines.iter().any(|line| line == "ehab: bye")
                && ["icanon", "echo"].iter().all(|mode| modes.contains(mode))
        });
    }

    fn amal_joins_on_a_terminal(check: &Check) -> Option<(Program, Peer)> {
        let listener = check.test_server();
        let client = check.client_on_a_terminal(&listener, &["--nickname", "amal"])?;
        let mut room = listener.accepts(&the_room());
        room.hears_alone_or_as_a_line("amal");
        room.sends("amal joined!\nConnected to server!\n");
        Some((client, room))
    }

    /// The greeting is on the screen, and after the prompt a line without its end.
    fn types_half_a_line(client: &mut Program) {
        let should = say!(
            "below the greeting the screen should show the prompt \"amal: \"",
            "يجب أن تعرض الشاشة تحت التحية المحث «amal: »"
        );
        client.screen_shows(should, |lines| {
            lines.iter().any(|line| line == "Connected to server!")
                && lines.last().is_some_and(|line| line == "amal:")
        });
        client.types_bytes(b"I am typing");
        let should = say!(
            "\"I am typing\" should be shown while it is typed",
            "يجب أن يظهر «I am typing» في أثناء كتابته"
        );
        client.screen_shows(should, |lines| {
            lines
                .last()
                .is_some_and(|line| line.ends_with("I am typing"))
        });
    }
}

/// How many lines a burst has.
const THOUSANDS: usize = 3000;

/// `text 1`, `text 2`, and so on, a line each.
fn thousands(text: &str) -> String {
    (1..=THOUSANDS)
        .map(|number| format!("{text} {number}\n"))
        .collect()
}

/// What the check plays, as the stories call it.
fn the_room() -> String {
    say!("the room", "الخادم")
}

/// amal has typed her nickname, and the room has greeted her.
fn amal_joins(check: &Check) -> (Program, Peer) {
    let listener = check.test_server();
    let mut client = check.client(&listener, &[]);
    client.types("amal");
    let mut room = listener.accepts(&the_room());
    room.hears_alone_or_as_a_line("amal");
    room.sends("amal joined!\nConnected to server!\n");
    (client, room)
}

/// `text` is typed, and has reached the room in whatever form; the room answers.
fn says(client: &mut Program, room: &mut Peer, text: &str) {
    client.types(text);
    room.hears_up_to(text);
    room.sends(&format!("amal: {text}\n"));
}
