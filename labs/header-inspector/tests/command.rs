//! The command line: exit status, standard error, pipes.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::common::{capture, hex, ipv4, ipv4_carrying};

const HEADER: &str = "d382d903009b98bf00000000500200ff00000000";

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the binary runs")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_header-inspector"));
    command
        .args(arguments)
        .env_remove("LAB_LANG")
        .stdin(Stdio::null());
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("standard error is UTF-8")
}

fn session() -> String {
    let path = PathBuf::from("captures/paper-session.pcapng");
    path.to_str().expect("the path is UTF-8").to_owned()
}

#[test]
fn hex_digits_are_drawn_and_explained() {
    let output = run(&[HEADER]);
    assert!(output.status.success());
    insta::assert_snapshot!("hex-digits", stdout(&output));
    insta::assert_snapshot!(stderr(&output), @"note: taken for TCP, because ports, data offset and flags make sense; --from ethernet|ip|null|tcp settles it");
}

#[test]
fn hex_digits_may_come_in_words() {
    let words = run(&["d382d903", "009b98bf", "00000000", "500200ff", "00000000"]);
    assert_eq!(stdout(&words), stdout(&run(&[HEADER])));
}

#[test]
fn a_capture_is_shown_as_ladders_and_a_frame_of_it_alone() {
    let output = run(&[&session()]);
    assert!(output.status.success());
    assert!(
        stdout(&output).contains("1 establishing"),
        "{}",
        stdout(&output)
    );
    assert_eq!(stderr(&output), "");

    let output = run(&[&session(), "--frame", "4"]);
    assert!(
        stdout(&output).starts_with("Frame 4: "),
        "{}",
        stdout(&output)
    );
}

#[test]
fn filters_keep_what_they_name() {
    let port = run(&[&session(), "--port", "54147", "--view", "line"]);
    let lines = stdout(&port);
    assert!(lines.lines().count() > 5);
    assert!(lines.lines().all(|line| line.contains(":54147")), "{lines}");

    let none = run(&[&session(), "--port", "9"]);
    assert_eq!(none.status.code(), Some(1));
    let sentence = stderr(&none);
    assert!(
        sentence.contains("headers read is from or to port 9\n"),
        "{sentence}"
    );
    let neither = run(&[&session(), "--frame", "999", "--port", "9"]);
    let sentence = stderr(&neither);
    assert!(
        sentence.contains("is in frame 999 and from or to port 9\n"),
        "{sentence}"
    );
}

#[test]
fn one_capture_is_shown_at_a_time() {
    let output = run(&[&session(), &session()]);
    assert_eq!(output.status.code(), Some(1));
    let sentence = stderr(&output);
    assert!(sentence.contains("needed one file, found"), "{sentence}");
}

#[test]
fn what_loose_bytes_begin_with_says_nothing_of_a_capture() {
    let output = run(&[&session(), "--from", "tcp", "--frame", "1"]);
    assert!(output.status.success());
    assert_eq!(
        stderr(&output),
        "note: --from is for loose bytes; a capture names its own link layer\n"
    );
    let loose = run(&[HEADER, "--from", "tcp"]);
    assert_eq!(stderr(&loose), "");
}

#[test]
fn trouble_is_one_sentence_and_a_status() {
    for arguments in [&["no-such-file"][..], &["."], &["45", "--from", "ip"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).starts_with("header-inspector: "),
            "{}",
            stderr(&output)
        );
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    }
    assert_eq!(run(&["--view", "nonsense", HEADER]).status.code(), Some(2));
}

#[test]
fn arabic_is_spoken_when_asked_for() {
    let by_option = run(&["zz", "--lang", "ar"]);
    assert!(
        stderr(&by_option).contains("لا يوجد ملف"),
        "{}",
        stderr(&by_option)
    );
    let by_variable = command(&["zz"])
        .env("LAB_LANG", "ar")
        .output()
        .expect("the binary runs");
    assert_eq!(stderr(&by_variable), stderr(&by_option));
    let english = command(&["zz", "--lang", "en"])
        .env("LAB_LANG", "ar")
        .output()
        .expect("the binary runs");
    assert!(
        stderr(&english).contains("no file is called"),
        "{}",
        stderr(&english)
    );
}

/// Runs with these bytes as standard input.
fn feed(arguments: &[&str], bytes: &[u8]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    stdin.write_all(bytes).expect("the binary reads");
    drop(stdin);
    child.wait_with_output().expect("the binary ends")
}

#[test]
fn standard_input_is_read() {
    let output = feed(&["-", "--view", "line", "--from", "tcp"], HEADER.as_bytes());
    insta::assert_snapshot!(stdout(&output), @"1 :54146 > :55555 SYN seq 10197183 win 255 len 0");
}

#[test]
fn a_capture_without_tcp_headers_is_no_failure() {
    let output = feed(&["-"], &capture(&[]));
    assert!(output.status.success());
    insta::assert_snapshot!(stderr(&output), @"header-inspector: the capture holds no frames");
    let output = feed(&["-"], &capture(&[ipv4_carrying(17, &[0; 16])]));
    assert!(output.status.success());
    insta::assert_snapshot!(stderr(&output), @"header-inspector: no TCP header found; frame 1: at byte 20, needed TCP, protocol 6, found protocol 17");
}

#[test]
fn conversations_that_were_forgotten_beyond_the_bound_are_told() {
    let mut packet = ipv4(&hex("0001 0002 00000001 00000000 5002 2000 0000 0000"));
    let packets: Vec<Vec<u8>> = (0..131_073u32)
        .map(|number| {
            packet[12..16].copy_from_slice(&number.to_be_bytes());
            packet.clone()
        })
        .collect();
    let output = feed(&["-", "--frame", "131073"], &capture(&packets));
    insta::assert_snapshot!(stderr(&output), @"note: 65536 conversations silent for long were forgotten to bound memory; a segment of theirs that comes later counts as a new one's");
}

/// Linux has a file that takes nothing.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full");
    let output = command(&[HEADER])
        .stdout(full.expect("Linux has it"))
        .stderr(Stdio::piped())
        .spawn()
        .and_then(|child| child.wait_with_output())
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(stderr(&output), @"header-inspector: cannot write to standard output: No space left on device (os error 28)");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = command(&[&session(), "--view", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(
        (output.status.code(), stderr(&output).as_str()),
        (Some(0), "")
    );
}

#[test]
fn there_is_no_colour_in_a_pipe() {
    for view in ["diagram", "explain", "ladder", "hex", "line"] {
        let output = run(&[&session(), "--view", view]);
        assert!(!stdout(&output).contains('\u{1b}'), "{view}");
    }
}

#[test]
fn help_shows_examples() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    assert!(stdout(&output).contains("Examples"), "{}", stdout(&output));
    for arguments in [&["--help", "--lang", "ar"][..], &["--lang=ar", "--help"]] {
        let output = run(arguments);
        assert!(stdout(&output).contains("أمثلة"), "{}", stdout(&output));
    }
    let english = command(&["--help", "--lang", "en"])
        .env("LAB_LANG", "ar")
        .output();
    assert_eq!(stdout(&english.expect("the binary runs")), stdout(&output));
}

#[test]
fn help_in_arabic_says_of_each_argument_what_it_is() {
    let help = stdout(&run(&["--help", "--lang", "ar"]));
    for (argument, words) in [
        ("  <FILE | - | HEX>...", "ملف التقاط"),
        ("      --view <VIEW>", "طريقة العرض"),
        ("      --frame <N>", "هذا الإطار"),
        ("      --port <P>", "هذا المنفذ"),
        ("      --relative", "الرقم الابتدائي"),
        ("      --from <FROM>", "تبدأ به البايتات"),
        ("      --lang <LANG>", "لغة ما يُطبع"),
        ("  -h, --help", "هذه الصفحة"),
        ("  -V, --version", "رقم الإصدار"),
    ] {
        let line = help.lines().find(|line| line.starts_with(argument));
        assert!(
            line.is_some_and(|line| line.contains(words)),
            "{argument}: {help}"
        );
    }
}
