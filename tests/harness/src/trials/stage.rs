//! What the trials need: a story, both ends of a connection, programs that a few
//! words of shell make, and failures that can be read.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::time::Duration;

use crate::language::{Language, speak};
use crate::observation::{Observation, seconds};
use crate::patience::patience;
use crate::peer::Peer;
use crate::story::{Reported, Story};

/// What must happen happens within this; only a trial that fails waits so long.
pub const LONG: Duration = Duration::from_secs(10);

/// A story of its own, in English whatever `LAB_LANG` says.
pub fn story() -> Story {
    speak(Language::English);
    Story::new("lab1-solution", None)
}

/// The whole story with which `scene` fails. A scene that passes fails the trial.
pub fn story_of<T>(scene: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(scene)) else {
        panic!("the scene should fail, but it passed");
    };
    match payload.downcast::<Reported>() {
        Ok(told) => told.0,
        Err(panic) => resume_unwind(panic),
    }
}

/// What the failed `scene` says should have happened, and what was observed instead.
pub fn failure_of<T>(scene: impl FnOnce() -> T) -> String {
    let story = story_of(scene);
    let verdict = story.lines().find_map(|line| line.strip_prefix("✗ "));
    verdict.expect("a failure has a verdict").to_string()
}

/// The steps so far, as a failure would show them.
pub fn steps_of(story: &Story) -> Vec<String> {
    let told = story_of(|| story.fails("this".to_string(), Observation::Closed));
    let numbered = told.lines().filter_map(|line| line.split_once(". "));
    let steps = numbered.filter(|(number, _)| number.trim().parse::<usize>().is_ok());
    steps.map(|(_, step)| step.to_string()).collect()
}

/// The last thing that has happened.
pub fn last_step(story: &Story) -> String {
    steps_of(story).pop().expect("something has happened")
}

/// The patience of one wait, as a story names it.
pub fn time() -> String {
    seconds(patience())
}

/// `amal`, and the far end of her connection.
pub fn amal() -> (Peer, TcpStream) {
    amal_in(&story())
}

/// The same in a story that is there already.
pub fn amal_in(story: &Story) -> (Peer, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let amal = Peer::connect(story, "amal", listener.local_addr().unwrap());
    let (far, _) = listener.accept().unwrap();
    far.set_read_timeout(Some(LONG)).unwrap();
    (amal, far)
}

/// `amal`, who was sent `bytes` over a connection that stays open.
pub fn amal_who_gets(bytes: &[u8]) -> (Peer, TcpStream) {
    let (amal, mut far) = amal();
    far.write_all(bytes).unwrap();
    (amal, far)
}

/// `amal`, to whom `bytes` were sent before the connection was closed.
pub fn amal_who_gets_at_last(bytes: &[u8]) -> Peer {
    amal_who_gets(bytes).0
}

/// `amal`, whose connection was reset: its far end was closed with bytes unread.
pub fn amal_who_was_cut_off() -> Peer {
    let (mut amal, far) = amal();
    amal.stream.write_all(b"unread").unwrap();
    far.peek(&mut [0]).unwrap();
    amal
}

/// The next bytes at the far end, as many as `expected` has, are these.
pub fn gets(far: &mut TcpStream, expected: &str) {
    let mut found = vec![0; expected.len()];
    far.read_exact(&mut found).unwrap();
    assert_eq!(String::from_utf8_lossy(&found), expected);
}

/// How many bytes come at the far end before it ends in order.
pub fn count_to_the_end(far: &mut TcpStream) -> usize {
    let mut rest = Vec::new();
    far.read_to_end(&mut rest).unwrap();
    rest.len()
}

/// A folder of this trial's own, removed at its end.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let name = format!("harness-trial-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// A named pipe in it: opening it waits for the other end.
    #[cfg(unix)]
    pub fn pipe(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
pub use shell::{program, program_in, program_named};

#[cfg(unix)]
mod shell {
    use std::process::Command;

    use crate::program::Program;
    use crate::story::Story;

    /// A program of this shell script, called `it`.
    pub fn program(script: &str) -> Program {
        program_in(&super::story(), script)
    }

    /// The same in a story that is there already.
    pub fn program_in(story: &Story, script: &str) -> Program {
        program_named(story, "it", script)
    }

    /// The same under a name.
    pub fn program_named(story: &Story, name: &str, script: &str) -> Program {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        Program::start(story, name, command)
    }
}
