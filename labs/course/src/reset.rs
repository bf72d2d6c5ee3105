//! `cargo course reset lab3`: the starter again, the student's work kept beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use harness::{apart, say};

use course::lab::Lab;
use course::starter::Starter;
use course::target::Target;

/// Puts back every file of the lab that was changed.
///
/// # Errors
/// When `place` is no lab or a file cannot be written; then nothing is lost.
pub fn run(labs: &[Lab], place: Target) -> Result<ExitCode> {
    let lab = Lab::at(labs, place)?;
    if place.task.is_some() {
        let lab = apart(format!("lab{}", place.lab));
        bail!(say!(
            "needed a lab such as {lab}, found one task: a file holds several tasks",
            "المطلوب مختبر مثل {lab}، والمذكور مهمة واحدة، وفي الملف الواحد عدة مهام"
        ));
    }
    let changed: Vec<_> = Starter::of(lab)
        .filter(|starter| !starter.is_untouched())
        .collect();
    for starter in &changed {
        put_back(starter)?;
    }
    if changed.is_empty() {
        let number = apart(lab.number);
        tell!(
            "{}",
            say!(
                "Lab {number} is as it was handed out.",
                "المختبر {number} كما سُلِّم."
            )
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn put_back(starter: &Starter) -> Result<()> {
    let (place, text) = (starter.place(), starter.text()?);
    if place.exists() {
        let kept = free_name(&place);
        fs::rename(&place, &kept).with_context(|| {
            let (path, kept) = (apart(starter.path()), apart(kept.display()));
            say!(
                "cannot keep {path} as {kept}",
                "تعذر حفظ {path} باسم {kept}"
            )
        })?;
        let name = apart(kept.file_name().unwrap_or_default().display());
        tell!(
            "{}",
            say!(
                "Your work is kept as {name}, beside the starter.",
                "حُفظ عملك باسم {name} بجانب نقطة البداية."
            )
        );
    }
    fs::write(&place, text).with_context(|| {
        let path = apart(starter.path());
        say!("cannot write {path}", "تعذرت كتابة {path}")
    })?;
    let path = apart(starter.path());
    tell!(
        "{}",
        say!(
            "{path} is the starter again.",
            "عاد {path} إلى نقطة البداية."
        )
    );
    Ok(())
}

/// `main.rs.mine`, `main.rs.mine-2`, …: a name that is not taken.
fn free_name(path: &Path) -> PathBuf {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let first = path.with_file_name(format!("{name}.mine"));
    let others = (2..).map(|number| path.with_file_name(format!("{name}.mine-{number}")));
    let mut names = std::iter::once(first).chain(others);
    names
        .find(|path| !path.exists())
        .expect("some number is free")
}
