//! `cargo course watch lab3`: the checks again on every save. What still runs
//! of the time before is ended first, with all that it has started.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use harness::{Group, say};

use crate::hint;
use crate::status::State;
use course::lab::Lab;
use course::output::{self, Paint};
use course::target::Target;

/// How often the files are looked at. Their times are read, not their text.
const LOOK: Duration = Duration::from_millis(200);

/// Watches what `place` names until `q` is typed or the keyboard ends.
///
/// # Errors
/// When there is no such place, or the checks cannot be started.
pub fn run(labs: &[Lab], place: Target) -> Result<ExitCode> {
    let lab = Lab::at(labs, place)?;
    let keys = keys();
    let mut seen = times(lab);
    let mut running = Running::start(place)?;
    loop {
        match keys.recv_timeout(LOOK) {
            Ok(key) => match key.trim() {
                "q" => return Ok(ExitCode::SUCCESS),
                "h" => show_hint(labs, place)?,
                "r" | "" => {
                    drop(running);
                    running = Running::start(place)?;
                }
                _ => help(),
            },
            Err(RecvTimeoutError::Disconnected) => return Ok(ExitCode::SUCCESS),
            Err(RecvTimeoutError::Timeout) => {}
        }
        let now = times(lab);
        if now != seen {
            seen = now;
            drop(running);
            running = Running::start(place)?;
        }
        if running.has_just_ended() {
            help();
        }
    }
}

fn help() {
    tell!(
        "\n{}",
        Paint::Faint.on(say!(
            "Save a file to check again. With Enter: q quits, h shows a hint, r runs again.",
            "احفظ ملفًا ليُفحص من جديد. مع Enter: ‏q للخروج، h لتلميح، r للتشغيل ثانية."
        ))
    );
}

/// A hint for the task that is watched, or for the first one not done.
fn show_hint(labs: &[Lab], place: Target) -> Result<()> {
    let lab = Lab::at(labs, place)?;
    let task = match place.task {
        Some(task) => Some(task),
        None => State::of(lab)?.next_task(),
    };
    if task.is_none() {
        tell!(
            "{}",
            say!(
                "Every task of this lab is done: there is nothing to hint at.",
                "أُنجزت مهام هذا المختبر كلها: لا حاجة إلى تلميح."
            )
        );
        return Ok(());
    }
    if let Err(error) = hint::show(labs, Target { task, ..place }, false) {
        tell!("{error:#}");
    }
    Ok(())
}

/// Lines from the keyboard, read in a thread of their own.
fn keys() -> Receiver<String> {
    let (sender, keys) = channel();
    thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    keys
}

/// When each file that a student edits was last changed.
fn times(lab: &Lab) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    gather(&lab.folder(), &mut times);
    times
}

fn gather(folder: &Path, times: &mut BTreeMap<PathBuf, SystemTime>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, times);
        } else if path
            .extension()
            .is_some_and(|it| it == "rs" || it == "toml")
        {
            let changed = entry.metadata().and_then(|data| data.modified());
            times.extend(changed.ok().map(|time| (path, time)));
        }
    }
}

/// One run of the checks, as `cargo course check` tells it.
struct Running {
    child: Child,
    group: Group,
    ended: bool,
}

impl Running {
    fn start(place: Target) -> Result<Running> {
        // Clear the screen, as a person would before looking again.
        tell!("\u{1b}[2J\u{1b}[H");
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["check", &place.to_string(), "--lang", output::code()]);
        command.stdin(std::process::Stdio::null());
        Group::prepare(&mut command);
        let child = command
            .spawn()
            .with_context(|| say!("cannot start the checks", "تعذر تشغيل الاختبارات"))?;
        let group = Group::of(&child);
        Ok(Running {
            child,
            group,
            ended: false,
        })
    }

    /// Whether it has ended since this was last asked.
    fn has_just_ended(&mut self) -> bool {
        let before = self.ended;
        self.ended = !matches!(self.child.try_wait(), Ok(None));
        self.ended && !before
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.group.kill();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
