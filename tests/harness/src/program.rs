//! A program under check: a child process with a keyboard and two outputs.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::group::Group;
use crate::language::{apart, say};
use crate::observation::{Observation, quote};
use crate::output::Output;
use crate::patience::Wait;
use crate::peer::Peer;
use crate::place::root;
use crate::processor;
use crate::running::Running;
use crate::spawning::spawn;
use crate::story::Story;

/// A program is looked at so often to see whether it spins, and rests when it
/// was seen to wait so many times: what spins is never seen to wait.
const LOOKS: u32 = 40;
const QUIET_LOOKS: u32 = 5;
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// A started program. It is killed, with all that it has started, when it is dropped.
pub struct Program {
    pub(crate) running: Arc<Running>,
    pub(crate) story: Story,
    keyboard: Option<Sender<Vec<u8>>>,
    /// Where a server listens, once it has said so.
    pub(crate) address: Option<SocketAddr>,
}

impl Program {
    /// Starts `command` under `name`.
    pub(crate) fn start(story: &Story, name: &str, mut command: Command) -> Program {
        let shown = shown(&command);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env_remove("RUST_BACKTRACE");
        Group::prepare(&mut command);
        let mut child = match spawn(&mut command) {
            Ok(child) => child,
            Err(error) => {
                let should = say!("{shown} should start", "كان يجب أن يبدأ {shown}");
                story.fails(should, Observation::Other(error.to_string()))
            }
        };
        let group = Group::of(&child);
        let keyboard = keyboard(&mut child);
        let output = Output::of(child.stdout.take().expect("it is piped"));
        let errors = Output::of(child.stderr.take().expect("it is piped"));
        let running = Arc::new(Running::new(name, child, group, output, errors));
        story.follows(running.clone());
        let (name, shown) = (apart(name), apart(shown));
        story.step(say!("{name} was started: {shown}", "بدأ {name}: {shown}"));
        Program {
            running,
            story: story.clone(),
            keyboard: Some(keyboard),
            address: None,
        }
    }

    /// Opens a connection to this server; `name` is who it is in the story.
    pub fn connect(&self, name: &str) -> Peer {
        let address = self.address.expect("the server has said where it listens");
        Peer::connect(&self.story, name, address)
    }

    /// The port on which this server listens.
    pub fn port(&self) -> u16 {
        self.address.map_or(0, |address| address.port())
    }

    /// Everything that was written to standard output so far.
    pub fn output_so_far(&self) -> Vec<u8> {
        self.running.output.lock().bytes.clone()
    }

    /// Everything that was written to standard error so far.
    pub fn errors_so_far(&self) -> String {
        String::from_utf8_lossy(&self.running.errors.lock().bytes).into_owned()
    }

    /// Types `line` and Enter.
    pub fn types(&mut self, line: &str) {
        self.types_bytes(format!("{line}\n").as_bytes());
    }

    /// Writes these bytes to standard input, as they are.
    pub fn types_bytes(&mut self, bytes: &[u8]) {
        let (name, typed) = (self.name(), apart(quote(bytes)));
        self.story.step(say!(
            "{typed} was typed into {name}",
            "كُتب {typed} في {name}"
        ));
        if let Some(keyboard) = &self.keyboard {
            // If the program has ended, a later step of the check fails.
            let _ = keyboard.send(bytes.to_vec());
        }
    }

    /// Writes to standard input without a step in the story.
    pub(crate) fn sends_input(&self, bytes: Vec<u8>) {
        if let Some(keyboard) = &self.keyboard {
            let _ = keyboard.send(bytes);
        }
    }

    /// Closes standard input: Ctrl-D.
    pub fn closes_its_keyboard(&mut self) {
        let name = self.name();
        self.story.step(say!(
            "the input of {name} ended (Ctrl-D)",
            "انتهت مدخلات {name} (Ctrl-D)"
        ));
        self.keyboard = None;
    }

    /// The program ends by itself, with exit status `status`.
    pub fn exits_with(&mut self, status: i32) {
        let (name, wanted) = (self.name(), apart(status));
        let should = say!(
            "{name} should end with exit status {wanted}",
            "كان يجب أن ينتهي {name} بحالة الخروج {wanted}"
        );
        let found = self.exits_as(should.clone());
        if found.code() != Some(status) {
            self.story.fails(should, Observation::Ended(found));
        }
    }

    /// The program ends by itself, whatever its exit status.
    pub fn exits(&mut self) -> ExitStatus {
        let name = self.name();
        self.exits_as(say!("{name} should end", "كان يجب أن ينتهي {name}"))
    }

    fn exits_as(&mut self, should: String) -> ExitStatus {
        let before = self.running.processor_time();
        let mut wait = Wait::new();
        loop {
            if let Some(status) = self.running.ended() {
                let (name, shown) = (self.name(), apart(status));
                self.story.step(say!(
                    "{name} ended with {shown}",
                    "انتهى {name} بحالة {shown}"
                ));
                return status;
            }
            match wait.next_turn(|| self.story.has_work()) {
                Some(_) => thread::sleep(Duration::from_millis(1)),
                None => {
                    let after = self.running.processor_time();
                    let used = after
                        .zip(before)
                        .map(|(after, before)| after.saturating_sub(before));
                    self.story.fails(should, Observation::StillRuns(used));
                }
            }
        }
    }

    /// For wrong arguments or a failed connection: the program ends with `status`, one
    /// clear message on standard error, and no panic.
    pub fn fails_with_a_sentence(&mut self, status: i32) {
        self.exits_with(status);
        let mut errors = self.running.errors.lock();
        let mut wait = Wait::new();
        while let Some(turn) = wait
            .next_turn(|| self.story.has_work())
            .filter(|_| !errors.ended)
        {
            errors = self.running.errors.wait(errors, turn);
        }
        let said = String::from_utf8_lossy(&errors.bytes).into_owned();
        drop(errors);
        let name = self.name();
        let should = say!(
            "{name} should say on standard error, in one sentence, what was wrong",
            "كان يجب أن يقول {name} في جملة واحدة على خرج الأخطاء ما المشكلة"
        );
        if said.trim().is_empty() {
            let silent = say!("it said nothing", "لم يقل شيئًا");
            self.story.fails(should, Observation::Other(silent));
        }
        // What Rust and Python print for an error that was not caught.
        let crashes = ["panicked at", "Traceback (most recent"];
        if crashes.iter().any(|words| said.contains(words)) {
            let panicked = say!("it crashed", "انهار");
            self.story.fails(should, Observation::Other(panicked));
        }
    }

    /// The program waits without using the processor. Checked on Linux, where
    /// the system reports the processor time of a process.
    pub fn rests(&self) {
        let began = Instant::now();
        let Some(before) = self.running.processor_time() else {
            return;
        };
        let mut quiet_looks = 0;
        for _ in 0..LOOKS {
            let is_quiet = processor::wants_to_run(self.running.id()) == Some(false);
            quiet_looks += u32::from(is_quiet);
            if quiet_looks == QUIET_LOOKS {
                return;
            }
            thread::sleep(BETWEEN_LOOKS);
        }
        let after = self.running.processor_time().unwrap_or(before);
        let name = self.name();
        let should = say!(
            "{name} should rest while nothing happens",
            "كان يجب أن يستريح {name} حين لا يحدث شيء"
        );
        let used = after.saturating_sub(before);
        self.story
            .fails(should, Observation::Spun(used, began.elapsed()));
    }

    /// Kills the program.
    pub fn is_killed(&mut self) {
        let name = self.name();
        self.running.kill();
        self.story
            .step(say!("{name} was killed", "أُوقف {name} قسرًا"));
    }

    /// The most memory that the program has ever held, in bytes, where the
    /// system says it as Linux does.
    pub fn peak_memory(&self) -> Option<u64> {
        let id = self.running.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes * 1024)
    }

    pub(crate) fn name(&self) -> String {
        apart(&self.running.name)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.keyboard = None;
        self.running.kill();
    }
}

/// A thread that types: a program that does not read its input must not block
/// the check.
fn keyboard(child: &mut Child) -> Sender<Vec<u8>> {
    let mut pipe = child.stdin.take().expect("it is piped");
    let (sender, typed) = channel::<Vec<u8>>();
    thread::spawn(move || {
        for bytes in typed {
            if pipe.write_all(&bytes).and_then(|()| pipe.flush()).is_err() {
                return;
            }
        }
    });
    sender
}

/// The command as a person would type it, with paths from the root.
fn shown(command: &Command) -> String {
    let root = root().canonicalize().unwrap_or_default();
    let given = Path::new(command.get_program());
    // Both as the system spells them: on Windows that begins with `\\?\`.
    let whole = given.canonicalize().unwrap_or_default();
    let program = whole.strip_prefix(&root).unwrap_or(given);
    let arguments = command.get_args().map(|word| word.to_string_lossy());
    let mut words = vec![program.to_string_lossy()];
    words.extend(arguments);
    words.join(" ")
}
