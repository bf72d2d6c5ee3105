//! One program in a terminal of its own: what is typed into it, what it prints.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::console::{Console, masked};

/// After this a reader types on the same line.
const PROMPT: &str = "Choose your nickname: ";

/// What the block says happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A line is printed.
    Hear(String),
    /// A prompt is printed; the line goes on.
    Prompt(String),
    /// Any lines are printed, up to the next one that is named.
    Anything,
    Type(String),
    /// `^D`
    EndOfTyping,
    /// `^C`
    Stop,
}

/// The steps of a block's one command.
pub fn steps(shown: &[String], types: &[String]) -> VecDeque<Step> {
    let mut types = types.iter().peekable();
    let mut steps = VecDeque::new();
    for line in shown {
        let typed = types
            .peek()
            .and_then(|typed| line.strip_suffix(typed.as_str()));
        match (line.as_str(), typed) {
            ("…", _) => steps.push_back(Step::Anything),
            ("^D", _) => steps.push_back(Step::EndOfTyping),
            ("^C", _) => steps.push_back(Step::Stop),
            (line, Some(prompt)) if prompt.is_empty() || prompt == PROMPT => {
                if !prompt.is_empty() {
                    steps.push_back(Step::Prompt(prompt.to_owned()));
                }
                steps.push_back(Step::Type(line[prompt.len()..].to_owned()));
                types.next();
            }
            (line, _) => steps.push_back(Step::Hear(line.to_owned())),
        }
    }
    steps
}

pub struct Terminal {
    pub place: String,
    pub left: VecDeque<Step>,
    /// A step has been taken: the program is up.
    pub begun: bool,
    child: Child,
    keyboard: Option<ChildStdin>,
    screen: Receiver<Vec<u8>>,
    /// Printed, and not yet matched with a step.
    printed: Vec<u8>,
    ended: bool,
}

impl Terminal {
    /// Starts the block's first command, its standard error on the same screen.
    pub fn open(root: &Path, console: &Console) -> Result<Terminal> {
        let command = console
            .commands
            .first()
            .context("a terminal runs a command")?;
        let line = console.run_line(command);
        let mut child = Command::new("sh")
            .args(["-c", &script(&line)])
            .current_dir(root)
            .env("CARGO_TERM_QUIET", "true")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{}: cannot run {line}", console.place))?;
        let screen = read_along(child.stdout.take().context("the screen is a pipe")?);
        Ok(Terminal {
            place: console.place.clone(),
            left: steps(&command.shown, &console.how.types),
            begun: false,
            keyboard: child.stdin.take(),
            child,
            screen,
            printed: Vec::new(),
            ended: false,
        })
    }

    /// Takes every step that can be taken now; says whether there was one.
    pub fn advance(&mut self) -> Result<bool, String> {
        self.read_screen();
        let mut moved = false;
        while let Some(step) = self.left.front().cloned() {
            if !self.take(&step)? {
                break;
            }
            self.left.pop_front();
            moved = true;
            self.begun = true;
        }
        Ok(moved)
    }

    fn take(&mut self, step: &Step) -> Result<bool, String> {
        match step {
            Step::Hear(line) => self.hear(line),
            Step::Prompt(prompt) => Ok(self.consume_prompt(prompt)),
            Step::Anything => self.skip_to_the_next(),
            Step::Type(line) => {
                if let Some(keyboard) = &mut self.keyboard {
                    // A program that has gone shows in what it prints.
                    let _ = keyboard.write_all(format!("{line}\n").as_bytes());
                }
                Ok(true)
            }
            Step::EndOfTyping => {
                self.keyboard = None;
                Ok(true)
            }
            Step::Stop => {
                self.close();
                Ok(true)
            }
        }
    }

    fn hear(&mut self, wanted: &str) -> Result<bool, String> {
        let Some(line) = self.line() else {
            return match self.ended {
                true => Err(format!("shown {wanted:?}, but the program ended")),
                false => Ok(false),
            };
        };
        if masked(&line) != masked(wanted) {
            return Err(format!("shown {wanted:?}, but printed {line:?}"));
        }
        self.printed.drain(..=line.len());
        Ok(true)
    }

    fn consume_prompt(&mut self, prompt: &str) -> bool {
        let there = self.printed.starts_with(prompt.as_bytes());
        if there {
            self.printed.drain(..prompt.len());
        }
        there
    }

    fn skip_to_the_next(&mut self) -> Result<bool, String> {
        let Some(Step::Hear(wanted)) = self.left.get(1).cloned() else {
            return Ok(true);
        };
        while let Some(line) = self.line() {
            if masked(&line) == masked(&wanted) {
                return Ok(true);
            }
            self.printed.drain(..=line.len());
        }
        match self.ended {
            true => Err(format!(
                "shown {wanted:?}, but the program ended without it"
            )),
            false => Ok(false),
        }
    }

    /// The next whole line, without its end.
    fn line(&self) -> Option<String> {
        let end = self.printed.iter().position(|&byte| byte == b'\n')?;
        Some(String::from_utf8_lossy(&self.printed[..end]).into_owned())
    }

    fn read_screen(&mut self) {
        loop {
            match self.screen.try_recv() {
                Ok(bytes) => self.printed.extend(bytes),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.ended = true;
                    return;
                }
            }
        }
    }

    /// Waits for the program's end and gives what it printed beyond the steps.
    pub fn rest(&mut self, patience: Duration) -> String {
        self.keyboard = None;
        let end = Instant::now() + patience;
        while let Ok(bytes) = self
            .screen
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.printed.extend(bytes);
        }
        String::from_utf8_lossy(&self.printed).into_owned()
    }

    pub fn close(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.close();
    }
}

/// A single command takes the shell's place, so that ending it ends no more than it.
fn script(line: &str) -> String {
    let single = !line.contains([';', '|', '&', '<', '>']);
    let exec = if single { "exec " } else { "" };
    format!("exec 2>&1; {exec}{line}")
}

fn read_along(mut screen: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = screen.read(&mut bytes) {
            if sender.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    receiver
}
