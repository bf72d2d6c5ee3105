//! Runs a lab's checks with cargo, and reports each verdict as it comes.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result};
use harness::{apart, root, say};

use crate::lab::Lab;
use crate::libtest::{self, Verdict};
use crate::output;

/// What came of running checks.
pub enum Judgement {
    Verdicts(Vec<Verdict>),
    /// A program does not compile: the compiler's message.
    Broken(String),
}

/// Runs the checks of `lab`, or of one task of it; `told` hears each verdict.
///
/// # Errors
/// When cargo cannot be started, or runs no check at all.
pub fn judge(lab: &Lab, task: Option<u32>, told: impl FnMut(&Verdict)) -> Result<Judgement> {
    judge_in(root(), lab, task, told)
}

/// The same in another tree of the course.
///
/// # Errors
/// As of [`judge`].
pub fn judge_in(
    tree: &Path,
    lab: &Lab,
    task: Option<u32>,
    told: impl FnMut(&Verdict),
) -> Result<Judgement> {
    if let Some(message) = compile(tree, lab)? {
        return Ok(Judgement::Broken(message));
    }
    let mut command = cargo(tree);
    let package = lab.package();
    command.args(["test", "--package", &package, "--test", &lab.name()]);
    command.args(task.map(|task| format!("task{task}_")));
    let output = run(command, told)?;
    let verdicts = libtest::verdicts(&output.stdout);
    if verdicts.is_empty() {
        let (package, said) = (apart(package), output.stderr.trim());
        anyhow::bail!(say!(
            "the checks of {package} did not run:\n{said}",
            "لم تعمل اختبارات {package}:\n{said}"
        ));
    }
    Ok(Judgement::Verdicts(verdicts))
}

/// Compiles the student's programs; the compiler's message if they do not.
fn compile(tree: &Path, lab: &Lab) -> Result<Option<String>> {
    let mut command = cargo(tree);
    command.args(["build", "--quiet"]);
    for program in lab.programs() {
        command.args(["--package", &format!("{}-{program}", lab.package())]);
    }
    let output = run(command, |_| {})?;
    Ok((!output.success).then(|| output.stderr.trim().to_string()))
}

/// cargo, as it was called, in this tree and language. Another tree than the one in which
/// this runs has a target folder of its own: in a shared one cargo would run here what it
/// has built there.
pub fn cargo(tree: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(tree).env("LAB_LANG", output::code());
    if tree != root() {
        command.env("CARGO_TARGET_DIR", tree.join("target"));
    }
    command
}

struct Output {
    stdout: String,
    stderr: String,
    success: bool,
}

fn run(mut command: Command, mut told: impl FnMut(&Verdict)) -> Result<Output> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .with_context(|| say!("cannot start cargo", "تعذر تشغيل cargo"))?;
    let mut errors = child.stderr.take().expect("it is piped");
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = errors.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let mut stdout = String::new();
    let lines = BufReader::new(child.stdout.take().expect("it is piped"));
    for line in lines.split(b'\n') {
        let line = line.with_context(|| {
            say!(
                "cannot read what the checks say",
                "تعذرت قراءة ما تقوله الاختبارات"
            )
        })?;
        let line = String::from_utf8_lossy(&line);
        // Whatever comes after this word is not the runner's own.
        if !stdout.contains("\nfailures:\n")
            && let Some(verdict) = libtest::verdict(&line)
        {
            told(&verdict);
        }
        stdout.push_str(line.trim_end_matches('\r'));
        stdout.push('\n');
    }
    let status = child
        .wait()
        .with_context(|| say!("cannot wait for cargo", "تعذر انتظار cargo"))?;
    Ok(Output {
        stdout,
        stderr: reader.join().unwrap_or_default(),
        success: status.success(),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use harness::root;

    use super::cargo;

    #[test]
    fn another_tree_is_built_in_a_target_folder_of_its_own() {
        let target = |tree: &Path| {
            let command = cargo(tree);
            let mut variables = command.get_envs();
            let found = variables.find(|(name, _)| *name == "CARGO_TARGET_DIR");
            found.and_then(|(_, value)| Some(value?.to_owned()))
        };
        let expected = Path::new("/other/target").as_os_str().to_owned();
        assert_eq!(target(Path::new("/other")), Some(expected));
        assert_eq!(target(root()), None);
    }
}
