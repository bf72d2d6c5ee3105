//! How a check finds the programs of its lab, and what it says of them.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::alone::alone;
use super::stage::{Folder, failure_of, last_step, steps_of, story, story_of};
use crate::check::Check;
use crate::program::Program;

#[test]
fn a_server_that_was_built_listens() {
    let server = check("lab1-solution").server();
    assert!(TcpStream::connect(("127.0.0.1", server.port())).is_ok());
    let listening = format!("Listening on 127.0.0.1:{}", server.port());
    let expected = format!("lab1-solution-server printed {listening:?}");
    assert_eq!(last_step(&server.story), expected);
}

#[test]
fn a_server_gets_the_arguments_of_the_check() {
    let server = check("lab1-solution").server_with(&["--host", "localhost"]);
    let started = &steps_of(&server.story)[0];
    assert!(started.ends_with(" --port 0 --host localhost"), "{started}");
}

#[test]
fn a_server_that_listens_on_a_free_port_is_started_once() {
    let (server, port) = check("lab1-solution").server_on_a_free_port();
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    let starts = steps_of(&server.story);
    assert_eq!(starts.len(), 1, "{starts:?}");
    let expected = format!("lab1-solution-server --port {port}");
    assert!(starts[0].ends_with(&expected), "{starts:?}");
}

#[test]
fn a_client_comes_to_the_door() {
    let check = check("lab2-solution");
    let listener = check.test_server();
    let _client = check.client(&listener, &[]);
    listener.accepts("the server");
}

#[test]
fn a_program_that_does_not_compile_is_told_with_cargos_message_once() {
    let check = check("no-such-lab");
    let told = story_of(|| check.server());
    let verdict = "✗ no-such-lab-server does not compile:\n\nerror: ";
    assert!(told.contains(verdict), "{told}");
    let again = failure_of(|| check.server());
    let expected =
        "no-such-lab-server does not compile; another check shows the compiler's message.";
    assert_eq!(again, expected);
}

#[test]
fn a_check_holds_what_it_says() {
    let check = check("lab1-solution");
    let texts = || ("it should rain".to_string(), "it is dry".to_string());
    let (should, seen) = texts();
    check.holds(true, should, seen);
    let (should, seen) = texts();
    let failure = failure_of(|| check.holds(false, should, seen));
    assert_eq!(failure, "it should rain, but it is dry.");
}

#[test]
fn a_check_reminds_of_what_goes_on() {
    let check = check("lab1-solution");
    check.reminds("it rains".to_string());
    let told = story_of(|| check.holds(false, String::new(), String::new()));
    assert!(told.contains("\n\nMeanwhile: it rains.\n\n"), "{told}");
}

#[test]
fn a_given_program_is_taken_for_the_students() {
    let line = r#"sh -c 'echo "Listening on 127.0.0.1:7"; echo "$*"; exec cat' here"#;
    let trial = "checks::a_given_program_is_taken_for_the_students";
    alone(trial, &[("LAB_SERVER", line)], || {
        let mut server = check("lab1").server_with(&["-v"]);
        assert_eq!(server.port(), 7);
        server.prints("--port 0 -v");
        let step = r#"the server printed "--port 0 -v""#;
        assert_eq!(last_step(&server.story), step);
    });
}

#[test]
fn a_first_line_that_names_no_port_is_told() {
    let trial = "checks::a_first_line_that_names_no_port_is_told";
    let should = "the server should first print \"Listening on 127.0.0.1:PORT\" \
        with the port it listens on";
    for line in ["127.0.0.1:7", "Listening on 127.0.0.1:0", "Listening on 7"] {
        let server = format!("sh -c 'echo {line}' here");
        alone(trial, &[("LAB_SERVER", &server)], || {
            let failure = failure_of(|| check("lab1").server());
            let printed = failure.strip_prefix(should).expect(&failure);
            assert!(printed.starts_with(", but it printed \""), "{failure}");
        });
    }
}

#[test]
fn a_given_command_line_that_has_no_sense_is_told() {
    let trial = "checks::a_given_command_line_that_has_no_sense_is_told";
    alone(trial, &[("LAB_CLIENT", "python3 'client.py")], || {
        let told = story_of(|| check("lab4").start_client(&[]));
        let expected = "\n\nLAB_CLIENT: the command line has an unclosed '";
        assert!(told.trim_end().ends_with(expected), "{told}");
    });
}

#[test]
fn a_server_that_always_ends_is_started_three_times() {
    let trial = "checks::a_server_that_always_ends_is_started_three_times";
    alone(trial, &[("LAB_SERVER", "sh -c 'exit 1' here")], || {
        let (server, _) = check("lab1").server_on_a_free_port();
        assert_eq!(starts(&server), 3);
    });
}

/// The server ends without output: another process has taken its port.
#[test]
fn another_port_is_tried_where_somebody_took_the_first() {
    let trial = "checks::another_port_is_tried_where_somebody_took_the_first";
    let folder = Folder::new("ports");
    let [asks, goes] = ["asks", "goes"].map(|name| folder.pipe(name).display().to_string());
    let server = format!(
        "sh -c 'echo \"$2\" >{asks}; read -r go <{goes}; test -z \"$go\" || echo \"$go\"' here"
    );
    let variables = [("LAB_SERVER", &server), ("ASKS", &asks), ("GOES", &goes)];
    let variables = variables.map(|(name, value)| (name, value.as_str()));
    alone(trial, &variables, || {
        let somebody = thread::spawn(takes_the_first_port);
        let (server, port) = check("lab1").server_on_a_free_port();
        let listener = somebody.join().unwrap();
        assert_eq!(starts(&server), 2);
        assert_ne!(port, listener.local_addr().unwrap().port());
    });
}

/// Listens where the server that starts first should, and lets a second one be.
fn takes_the_first_port() -> TcpListener {
    let [asks, goes] = ["ASKS", "GOES"].map(|name| std::env::var_os(name).unwrap());
    let asked = || fs::read_to_string(&asks).unwrap().trim().parse::<u16>();
    let first = TcpListener::bind(("127.0.0.1", asked().unwrap()));
    fs::write(&goes, "\n").unwrap();
    asked().unwrap();
    fs::write(&goes, "go on\n").unwrap();
    first.unwrap()
}

fn starts(server: &Program) -> usize {
    let steps = steps_of(&server.story);
    steps
        .iter()
        .filter(|step| step.contains(" was started: "))
        .count()
}

fn check(package: &str) -> Check {
    let _english = story();
    Check::new(package, "trials")
}
