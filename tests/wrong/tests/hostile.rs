//! Hostile programs: the checks report each one correctly and within twenty
//! seconds, and nothing of it is left running. On Linux, where `/proc` lists
//! what runs.

#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use course::libtest::{Verdict, verdicts};
use wrong_programs::judge::{checks_of, output_of};

const HOSTILE: &str = env!("CARGO_BIN_EXE_hostile");

/// A failure is reported within this: a program has ten seconds to print
/// `Listening`, and the rest is for a slow machine.
const IN_TIME: Duration = Duration::from_secs(20);

/// What was killed is gone after this.
const GONE: Duration = Duration::from_secs(5);

#[test]
fn one_that_exits_with_0_at_once() {
    let story = story("exits-at-once", "task1_listen::the_first_line");
    assert!(
        story.contains("but it ended with exit status: 0"),
        "{story}"
    );
}

#[test]
fn one_that_never_prints() {
    let story = story("never-prints", "task1_listen::the_first_line");
    assert!(story.contains("it printed nothing within"), "{story}");
}

#[test]
fn one_that_prints_without_end() {
    let story = story("prints-without-end", "task2_accept::a_client_that_comes");
    assert!(story.contains("it printed \"yyyyy"), "{story}");
    let story = self::story("prints-without-end", "task3_echo::one_message");
    assert!(story.contains("printed without end"), "{story}");
}

#[test]
fn one_that_answers_before_it_is_asked() {
    let story = story("answers-before-it-is-asked", "task3_echo::one_message");
    assert!(
        story.contains("but \"hello, who are you?\\n\" came instead"),
        "{story}"
    );
}

#[test]
fn one_that_listens_elsewhere() {
    let story = story("listens-elsewhere", "task1_listen::the_first_line");
    assert!(story.contains("should get a connection"), "{story}");
    assert!(story.contains("refused"), "{story}");
}

#[test]
fn one_that_prints_what_the_checks_print() {
    let server = format!("'{HOSTILE}' prints-what-the-checks-print");
    let run = Run::of(&server, "task1_listen");
    let names: Vec<&str> = run.verdicts.iter().map(|it| it.check.as_str()).collect();
    let mut once = names.clone();
    once.dedup();
    assert_eq!(names, once, "no verdict is counted twice");
    assert!(run.verdicts.iter().all(|verdict| !verdict.passed));
    let story = run.story("task1_listen::the_first_line");
    assert!(
        story.contains("but it printed \"test task1_listen"),
        "{story}"
    );
}

#[test]
fn one_that_ignores_signals() {
    let ignores = r#"sh -c "trap '' TERM INT HUP QUIT; while :; do sleep 5; done""#;
    let check = "task1_listen::the_first_line";
    let story = Run::of(ignores, check).story(check);
    assert!(story.contains("it printed nothing within"), "{story}");
}

#[test]
fn one_that_closes_its_streams() {
    let closes = r#"sh -c "exec 0<&- 1>&- 2>&-; exec sleep 60""#;
    let check = "task1_listen::the_first_line";
    let story = Run::of(closes, check).story(check);
    assert!(story.contains("but its output has ended"), "{story}");
}

#[test]
fn one_that_leaves_grandchildren() {
    let story = story("leaves-grandchildren", "task3_echo::one_message");
    assert!(story.contains("nothing arrived within"), "{story}");
}

#[test]
fn one_that_leaves_a_session_of_its_own() {
    let story = story("leaves-a-session", "task3_echo::one_message");
    assert!(story.contains("nothing arrived within"), "{story}");
}

#[test]
fn nothing_is_left_when_the_checks_are_killed_or_interrupted() {
    for signal in ["KILL", "INT"] {
        let mark = mark();
        let mut checks = Command::new(checks_of(1).expect("lab 1 has checks"))
            .env("LAB_SERVER", format!("'{HOSTILE}' leaves-a-session"))
            .env("HOSTILE_MARK", &mark)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the checks start");
        let began = Instant::now();
        // In the middle of a check: servers run, and what they have started.
        while running(&mark).len() < 10 && began.elapsed() < IN_TIME {
            thread::sleep(Duration::from_millis(5));
        }
        let id = checks.id().to_string();
        let killed = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(killed.expect("kill can be started").success());
        checks.wait().expect("the checks are gone");
        assert_nothing_runs(&mark);
    }
}

/// A run of some of lab 1's checks on a hostile server.
struct Run {
    verdicts: Vec<Verdict>,
}

impl Run {
    fn of(server: &str, checks_named: &str) -> Run {
        let mark = mark();
        let mut checks = Command::new(checks_of(1).expect("lab 1 has checks"));
        checks.env("LAB_SERVER", server).env("HOSTILE_MARK", &mark);
        checks.arg(checks_named);
        let began = Instant::now();
        let output = output_of(&mut checks).expect("the checks run");
        let took = began.elapsed();
        assert!(took < IN_TIME, "the story was told after {took:?}");
        assert_nothing_runs(&mark);
        Run {
            verdicts: verdicts(&output),
        }
    }

    fn story(&self, check: &str) -> String {
        let told = self.verdicts.iter().find(|it| it.check.starts_with(check));
        let told = told.expect("the check has run");
        assert!(!told.passed, "{check} passes");
        told.story.clone()
    }
}

fn story(how: &str, check: &str) -> String {
    Run::of(&format!("'{HOSTILE}' {how}"), check).story(check)
}

/// A word by which this run's processes are known.
fn mark() -> String {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    format!("mark-{}", time.expect("it is after 1970").as_nanos())
}

fn assert_nothing_runs(mark: &str) {
    let began = Instant::now();
    while !running(mark).is_empty() {
        assert!(began.elapsed() < GONE, "still running: {:?}", running(mark));
        thread::sleep(Duration::from_millis(10));
    }
}

/// The processes that have `mark` in their environment.
fn running(mark: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").expect("Linux has /proc");
    let marked = processes.flatten().filter_map(|process| {
        let environment = std::fs::read(process.path().join("environ")).ok()?;
        let is_marked = String::from_utf8_lossy(&environment).contains(mark);
        let command = std::fs::read(process.path().join("cmdline")).ok()?;
        is_marked.then(|| String::from_utf8_lossy(&command).replace('\0', " "))
    });
    marked.filter(|command| !command.is_empty()).collect()
}
