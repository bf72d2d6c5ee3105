//! `cargo course`: where you are, and what to do next.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use harness::{apart, say};

use crate::memory;
use course::judge::{Judgement, judge};
use course::lab::Lab;
use course::libtest::Verdict;
use course::output::Paint;
use course::{markdown, starter};

/// How far a lab has come.
pub enum State {
    /// Nobody has worked on it.
    Untouched,
    /// For each task whether all its checks pass.
    Judged(Vec<bool>),
    /// It does not compile.
    Broken(String),
}

impl State {
    /// Finds out; runs the checks unless nothing has changed since they ran.
    pub fn of(lab: &Lab) -> Result<State> {
        if starter::is_untouched(lab) && !memory::stands_in() {
            return Ok(State::Untouched);
        }
        if let Some(verdicts) = memory::recall(lab) {
            return Ok(State::Judged(tasks_done(lab, &verdicts)));
        }
        let number = lab.number;
        note(&say!("checking lab {number}…", "أفحص المختبر {number}…"));
        let key = memory::key_of(lab);
        let judgement = judge(lab, None, |_| {})?;
        note("");
        Ok(match judgement {
            Judgement::Broken(message) => State::Broken(message),
            Judgement::Verdicts(verdicts) => {
                memory::keep(lab, key, &verdicts);
                State::Judged(tasks_done(lab, &verdicts))
            }
        })
    }

    /// The first task that is not done, if there is one.
    pub fn next_task(&self) -> Option<u32> {
        match self {
            State::Untouched | State::Broken(_) => Some(1),
            State::Judged(done) => (1..)
                .zip(done)
                .find(|(_, done)| !**done)
                .map(|(task, _)| task),
        }
    }
}

/// For each task whether it has checks and all of them pass.
pub fn tasks_done(lab: &Lab, verdicts: &[Verdict]) -> Vec<bool> {
    let done = |task| {
        let mut checks = verdicts.iter().filter(|it| it.task == task).peekable();
        checks.peek().is_some() && checks.all(|it| it.passed)
    };
    (1..=lab.tasks).map(done).collect()
}

/// Shows each lab's tasks, and the next step.
///
/// # Errors
/// When the checks cannot be run.
pub fn show(labs: &[Lab]) -> Result<ExitCode> {
    let states: Vec<State> = labs.iter().map(State::of).collect::<Result<_>>()?;
    let here = (0..labs.len()).find(|index| states[*index].next_task().is_some());
    tell!("");
    for (index, (lab, state)) in labs.iter().zip(&states).enumerate() {
        tell!("{}", row(lab, state, here == Some(index)));
    }
    tell!("");
    match here {
        Some(index) => next_step(&labs[index], &states[index]),
        None => tell!("{}", all_done()),
    }
    Ok(ExitCode::SUCCESS)
}

/// One lab as a bar: `lab3  ■■■□□□□□  3/8  The room`.
fn row(lab: &Lab, state: &State, here: bool) -> String {
    let done = match state {
        State::Judged(done) => done.clone(),
        _ => vec![false; lab.tasks as usize],
    };
    let boxes = done.iter().map(|done| match done {
        true => Paint::Good.on("■"),
        false => Paint::Faint.on("□"),
    });
    let bar = boxes.collect::<String>() + &" ".repeat(8usize.saturating_sub(done.len()));
    let count = done.iter().filter(|done| **done).count();
    let arrow = if here { "▶" } else { " " };
    let title = apart(lab.title());
    let note = match state {
        State::Broken(_) => Paint::Bad.on(say!(" (does not compile)", " (لا يُترجَم)")),
        _ => String::new(),
    };
    format!(
        " {arrow} lab{}  {bar}  {count}/{}  {title}{note}",
        lab.number,
        done.len()
    )
}

fn next_step(lab: &Lab, state: &State) {
    let Some(task) = state.next_task() else {
        return;
    };
    let number = apart(format!("{}.{task}", lab.number));
    if let State::Broken(message) = state {
        tell!("{}\n", say!("First make it compile:", "اجعله يُترجَم أولًا:"));
        tell!("{message}\n");
    }
    let told = lab.told(task);
    let title = told.map(|told| told.title.clone()).unwrap_or_default();
    let heading = say!(
        "Next: task {number} — {title}",
        "التالي: المهمة {number} — {title}"
    );
    tell!("{}", Paint::Strong.on(heading.trim_end_matches(" — ")));
    if let Some(told) = told {
        tell!("{}", markdown::plain(&told.sentence));
    }
    tell!("");
    let lines = [
        (say!("edit ", "حرّر"), lab.marks(task).join(" ")),
        (say!("read ", "اقرأ"), lab.handout_link(task)),
        (
            say!("check", "افحص"),
            format!("cargo course check {}.{task}", lab.number),
        ),
        (
            say!("hint ", "تلميح"),
            format!("cargo course hint {}.{task}", lab.number),
        ),
    ];
    for (word, what) in lines.iter().filter(|(_, what)| !what.is_empty()) {
        tell!("  {word}  {}", apart(what));
    }
}

fn all_done() -> String {
    say!(
        "Every task of every lab is done. Well done! The handouts' last sections lead further.",
        "أنجزت كل المهام في كل المختبرات. أحسنت! وفي قسم «توسّع» من كل دليل مزيد."
    )
}

/// A passing word on standard error, where a person is looking.
fn note(word: &str) {
    let mut errors = std::io::stderr();
    if errors.is_terminal() {
        let _ = write!(errors, "\r\u{1b}[K{word}");
        let _ = errors.flush();
    }
}
