//! Runs the commands that a page shows and compares what they print.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::Page;
use crate::console::{Console, consoles};
use crate::terminal::Terminal;

/// How long a shown line may take to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// A reader opens the next terminal when nothing moves in the others.
const QUIET: Duration = Duration::from_millis(600);
const GLANCE: Duration = Duration::from_millis(10);

/// What was compared and what was wrong.
#[derive(Debug, Default)]
pub struct Outcome {
    pub commands: usize,
    pub faults: Vec<String>,
}

/// Runs the page's blocks in order: those of a terminal together with the terminals
/// that follow under the same heading, the others one by one.
pub fn run(root: &Path, page: &Page) -> Result<Outcome> {
    let consoles = consoles(page)?;
    let mut outcome = Outcome::default();
    let mut rest = consoles.as_slice();
    while let Some(first) = rest.first() {
        let together = |one: &Console| one.how.terminal && one.section == first.section;
        let length = match first.how.terminal {
            true => rest.iter().take_while(|one| together(one)).count(),
            false => 1,
        };
        let (now, later) = rest.split_at(length);
        for console in now {
            outcome.commands += console.commands.len();
        }
        outcome.faults.extend(run_together(root, now)?);
        rest = later;
    }
    Ok(outcome)
}

fn run_together(root: &Path, consoles: &[Console]) -> Result<Option<String>> {
    if consoles.iter().any(|console| console.how.terminal) {
        return watch(root, consoles);
    }
    for console in consoles {
        for command in &console.commands {
            let single = Console {
                commands: vec![command.clone()],
                ..console.clone()
            };
            if let Some(fault) = watch(root, &[single])? {
                return Ok(Some(fault));
            }
        }
    }
    Ok(None)
}

/// Opens the terminals one after another and follows all of them.
fn watch(root: &Path, consoles: &[Console]) -> Result<Option<String>> {
    let mut waiting = consoles.iter();
    let mut terminals: Vec<Terminal> = Vec::new();
    let mut moved = Instant::now();
    loop {
        for terminal in &mut terminals {
            match terminal.advance() {
                Ok(true) => moved = Instant::now(),
                Ok(false) => {}
                Err(fault) => return Ok(Some(format!("{}: {fault}", terminal.place))),
            }
        }
        let done = terminals.iter().all(|terminal| terminal.left.is_empty());
        let settled = terminals.iter().all(|terminal| terminal.begun) && moved.elapsed() > QUIET;
        match waiting.as_slice().first() {
            None if done => break,
            Some(console) if settled || terminals.is_empty() => {
                terminals.push(Terminal::open(root, console)?);
                waiting.next();
            }
            _ => {}
        }
        if moved.elapsed() > PATIENCE {
            return Ok(late(&terminals));
        }
        thread::sleep(GLANCE);
    }
    Ok(left_over(consoles, &mut terminals))
}

fn late(terminals: &[Terminal]) -> Option<String> {
    let stuck = terminals
        .iter()
        .find(|terminal| !terminal.left.is_empty())?;
    Some(format!(
        "{}: shown {:?}, but nothing came within {} s",
        stuck.place,
        stuck.left.front(),
        PATIENCE.as_secs()
    ))
}

/// A command that is shown to its end prints no more than is shown.
fn left_over(consoles: &[Console], terminals: &mut [Terminal]) -> Option<String> {
    let ended = consoles
        .iter()
        .zip(terminals)
        .filter(|(console, _)| !console.how.terminal);
    for (console, terminal) in ended {
        let open_end = console
            .commands
            .iter()
            .any(|c| c.shown.last().is_some_and(|l| l == "…"));
        let more = terminal.rest(PATIENCE);
        if !open_end && !more.is_empty() {
            return Some(format!(
                "{}: printed and not shown: {more:?}",
                console.place
            ));
        }
    }
    None
}
