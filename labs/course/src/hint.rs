//! `cargo course hint 3.2`: one hint at a time, from the handout itself.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use harness::{apart, say};

use crate::memory;
use course::lab::Lab;
use course::markdown;
use course::output::Paint;
use course::target::Target;

/// Shows the next hint of a task, or the first one `again`.
///
/// # Errors
/// When `place` is no task, or its handout cannot be read.
pub fn show(labs: &[Lab], place: Target, again: bool) -> Result<ExitCode> {
    let lab = Lab::at(labs, place)?;
    let Some(task) = place.task else {
        let task = apart(format!("{}.1", place.lab));
        bail!(say!(
            "needed a task such as {task}, found a whole lab",
            "المطلوب مهمة مثل {task}، والمذكور مختبر كامل"
        ));
    };
    let told = lab.told(task);
    let told = told.with_context(|| {
        let number = apart(lab.number);
        say!(
            "the handout of lab {number} is not there",
            "دليل المختبر {number} غير موجود"
        )
    })?;
    let seen = if again { 0 } else { seen(lab, task) };
    let index = seen.min(told.hints.len() - 1);
    let (number, of) = (apart(index + 1), apart(told.hints.len()));
    let task_number = apart(&told.number);
    let heading = say!(
        "Hint {number} of {of} for task {task_number}",
        "التلميح {number} من {of} للمهمة {task_number}"
    );
    tell!(
        "{}\n\n{}\n",
        Paint::Strong.on(heading),
        markdown::plain(&told.hints[index])
    );
    tell!(
        "{}",
        Paint::Faint.on(what_then(index + 1 < told.hints.len()))
    );
    remember(lab, task, index + 1);
    Ok(ExitCode::SUCCESS)
}

fn what_then(more: bool) -> String {
    match more {
        true => say!(
            "Ask again for the next one.",
            "اطلب مرة أخرى لترى التلميح التالي."
        ),
        false => say!(
            "That was the last one; --again begins with the first.",
            "كان هذا آخر تلميح، والخيار --again يعيدك إلى الأول."
        ),
    }
}

fn file(lab: &Lab, task: u32) -> PathBuf {
    memory::folder()
        .join("hints")
        .join(format!("{}.{task}", lab.number))
}

/// How many hints of a task were shown so far.
fn seen(lab: &Lab, task: u32) -> usize {
    let text = fs::read_to_string(file(lab, task)).unwrap_or_default();
    text.trim().parse().unwrap_or(0)
}

/// If it cannot be kept, the same hint is shown again: no harm.
fn remember(lab: &Lab, task: u32, count: usize) {
    let path = file(lab, task);
    let _ = fs::create_dir_all(path.parent().unwrap_or(&path));
    let _ = fs::write(path, count.to_string());
}
