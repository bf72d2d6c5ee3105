//! `cargo course release`, for instructors: the students' tree, without the
//! solutions, the later labs and the maintainers' parts. It proves what it made:
//! it builds, its starters are red, and nothing of a solution is in it.

mod archive;
mod manifest;
mod page;
mod readme;
mod shingle;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use harness::{apart, root, say};

use course::judge::{Judgement, cargo, judge_in};
use course::lab::Lab;
use course::output::cannot_read;
use course::starter::starters;

#[derive(clap::Args)]
pub struct Args {
    /// The labs to hand out, such as 1,2; all of them, if you do not say
    #[arg(long, value_delimiter = ',')]
    labs: Vec<u32>,
    /// The folder to make; it must not be there yet
    #[arg(long)]
    out: PathBuf,
    /// Make OUT.zip as well
    #[arg(long)]
    zip: bool,
    /// Do not build and judge what was made
    #[arg(long)]
    unproven: bool,
    /// Keep the grader in it, for a grading service
    #[arg(long)]
    with_grader: bool,
}

/// What is never handed out, as paths from the root.
const NEVER: &[&str] = &[
    "solutions/",
    "tests/load/",
    "tests/wrong/",
    "tests/class/",
    "tests/right/",
    "tests/session.rs",
    "tests/room.rs",
    "tests/snapshots/",
    "tests/handouts/tests/",
    "docs/book/",
    "docs/classroom/",
    "docs/architecture.md",
    "docs/room-load.",
    "docs/en/instructors.md",
    "docs/ar/instructors.md",
    ".ci/",
    ".cargo/mutants.toml",
    "tests/mutants.sh",
    "labs/header-inspector/browser/",
    "labs/header-inspector/differential/",
    "labs/header-inspector/fuzz/",
    ".github/",
];

/// Makes the tree and proves it.
///
/// # Errors
/// When something is in the way, or the proof fails; the tree is left to look at.
pub fn run(labs: &[Lab], args: &Args) -> Result<ExitCode> {
    let chosen = chosen(labs, &args.labs)?;
    let place = apart(args.out.display());
    ensure!(
        !args.out.exists(),
        say!("{place} is there already", "{place} موجود من قبل")
    );
    let with = match args.with_grader {
        true => With::Grader,
        false => With::NoGrader,
    };
    make(&args.out, &chosen, with)?;
    name(&left_out(root()));
    let out = args.out.canonicalize()?;
    let shown = apart(args.out.display());
    tell!("{}", say!("made {shown}", "أُنشئ {shown}"));
    has_no_solution(&out)?;
    tell!(
        "{}",
        say!("nothing of a solution is in it", "ليس فيه شيء من الحلول")
    );
    if !args.unproven {
        prove(&out, &chosen)?;
    }
    if args.zip {
        let archive = archive::zip(&out)?;
        let archive = apart(archive.display());
        tell!("{}", say!("made {archive}", "أُنشئ {archive}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Names what is in this tree and not in the release.
fn name(left_out: &[String]) {
    const NAMED: usize = 5;
    if left_out.is_empty() {
        return;
    }
    let names = left_out.iter().take(NAMED).map(apart);
    let mut names = names.collect::<Vec<_>>().join(say!(", ", "، ").as_str());
    if left_out.len() > NAMED {
        names.push_str(" …");
    }
    let count = apart(left_out.len());
    tell!(
        "{}",
        say!(
            "left out, because git does not track it ({count}): {names}",
            "لم يُضمّن ما لا يتتبعه git، وعدده {count}: {names}"
        )
    );
}

/// The labs of these numbers, all of them if there are none.
///
/// # Errors
/// If there is no such lab.
pub fn chosen<'a>(labs: &'a [Lab], numbers: &[u32]) -> Result<Vec<&'a Lab>> {
    for number in numbers {
        let shown = apart(number);
        ensure!(
            labs.iter().any(|lab| lab.number == *number),
            say!("there is no lab {shown}", "لا مختبر برقم {shown}")
        );
    }
    let wanted = |lab: &&Lab| numbers.is_empty() || numbers.contains(&lab.number);
    Ok(labs.iter().filter(wanted).collect())
}

/// Whether a release can grade a class by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum With {
    Grader,
    NoGrader,
}

/// The grader's folder, from the root.
const GRADER: &str = "tests/grader/";

/// Copies what students get, and fits the manifests to it.
///
/// # Errors
/// When a file cannot be read or written.
pub fn make(out: &Path, labs: &[&Lab], with: With) -> Result<()> {
    let numbers: Vec<u32> = labs.iter().map(|lab| lab.number).collect();
    for path in files(root())? {
        let is_left_out = with == With::NoGrader && path.starts_with(GRADER);
        if is_handed_out(&path, &numbers) && !is_left_out {
            let place = out.join(&path);
            fs::create_dir_all(place.parent().unwrap_or(out))?;
            let copied = fs::copy(root().join(&path), &place);
            copied.with_context(|| format!("cannot copy {path}"))?;
        }
    }
    for starter in starters().iter().filter(|it| numbers.contains(&it.lab)) {
        // What is handed out is the starter, whatever was tried in this tree.
        fs::write(out.join(starter.path()), starter.text()?)?;
    }
    manifest::fit(out)?;
    let locked = cargo(out)
        .args(["metadata", "--format-version=1"])
        .output()?;
    ensure!(
        locked.status.success(),
        "{}",
        String::from_utf8_lossy(&locked.stderr)
    );
    Ok(())
}

/// Whether students of these labs get the file.
fn is_handed_out(path: &str, labs: &[u32]) -> bool {
    let never = NEVER.iter().any(|part| path.starts_with(part));
    let figure_program = path.starts_with("docs/figures/") && !path.ends_with(".svg");
    let other_lab = |number: &u32| {
        let parts = [
            format!("labs/lab{number}/"),
            format!("labs/course/starters/lab{number}-"),
        ];
        let files = ["tests/lab{}.rs", "docs/en/lab{}.md", "docs/ar/lab{}.md"];
        let is_file = files
            .iter()
            .any(|file| path == file.replace("{}", &number.to_string()));
        !labs.contains(number) && (is_file || parts.iter().any(|part| path.starts_with(part)))
    };
    !never && !figure_program && !(1..=9).any(|number| other_lab(&number))
}

/// What the course consists of, at the top of its tree.
const COURSE: &[&str] = &[
    ".cargo",
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.ar.md",
    "README.md",
    "docs",
    "labs",
    "solutions",
    "tests",
];

/// The course's own files in the tree: those that git tracks or, where there is no
/// git, those in the folders that the course has. An instructor's submissions, marks
/// and drafts lie in the same tree and are none of it.
fn files(tree: &Path) -> Result<Vec<String>> {
    let mut found = match listed(tree, &["--cached"]) {
        Some(tracked) => tracked,
        None => {
            let mut found = Vec::new();
            walk(tree, "", &mut found)?;
            found
        }
    };
    found.retain(|path| is_of_the_course(path) && tree.join(path).is_file());
    Ok(found)
}

/// Whether the first part of the path is one of the course's.
fn is_of_the_course(path: &str) -> bool {
    COURSE.contains(&path.split('/').next().unwrap_or(path))
}

/// The files of the tree that are not the course's and would be easy to mistake for it:
/// untracked, and not ignored.
fn left_out(tree: &Path) -> Vec<String> {
    listed(tree, &["--others", "--exclude-standard", "--directory"]).unwrap_or_default()
}

/// What `git ls-files` says with these options, if the tree is the top of a repository
/// with files in it.
fn listed(tree: &Path, options: &[&str]) -> Option<Vec<String>> {
    if !tree.join(".git").exists() {
        return None;
    }
    let output = std::process::Command::new("git")
        .args(["ls-files", "-z"])
        .args(options)
        .current_dir(tree)
        .output();
    let output = output.ok().filter(|output| output.status.success())?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(names.split_terminator('\0').map(String::from).collect())
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| cannot_read(folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() && !matches!(name.as_str(), "target" | ".git" | ".course") {
            walk(&entry.path(), &format!("{path}/"), found)?;
        } else if kind.is_file() {
            found.push(path);
        }
    }
    Ok(())
}

/// No three lines in a row of a solution's tasks stand in the tree, and nothing
/// is named after one.
fn has_no_solution(out: &Path) -> Result<()> {
    let solved: Vec<String> = files(root())?
        .into_iter()
        .filter(|it| it.starts_with("solutions/") && it.ends_with(".rs"))
        .collect();
    let mut secrets = shingle::Shingles::default();
    for path in &solved {
        secrets.add(path, &fs::read_to_string(root().join(path))?);
    }
    for path in files(root())?.iter().filter(|it| is_given(it)) {
        secrets.remove(&fs::read_to_string(root().join(path))?);
    }
    for path in files(out)? {
        let shown = apart(&path);
        ensure!(
            !path.contains("solution"),
            say!(
                "{shown} is in the students' tree",
                "الملف {shown} في شجرة الطلاب"
            )
        );
        let Ok(text) = fs::read_to_string(out.join(&path)) else {
            continue;
        };
        if let Some((line, secret)) = secrets.first_in(&text) {
            let (place, secret) = (apart(format!("{path}:{line}")), apart(secret));
            bail!(say!(
                "{place} holds lines of {secret}",
                "في {place} أسطر من {secret}"
            ));
        }
    }
    Ok(())
}

/// What students are given is no secret: a starter, which may be the solution of
/// an earlier lab, and the last hints of the handouts, which come close to one.
fn is_given(path: &str) -> bool {
    let starter = path.starts_with("labs/") && path.ends_with(".rs");
    let handout = path.starts_with("docs/en/lab") || path.starts_with("docs/ar/lab");
    starter || handout
}

/// What was made builds, and each of its starters' tasks is red.
fn prove(out: &Path, labs: &[&Lab]) -> Result<()> {
    tell!("{}", say!("building it…", "أبنيه…"));
    let built = cargo(out)
        .args(["build", "--quiet", "--workspace"])
        .output()?;
    let said = String::from_utf8_lossy(&built.stderr);
    ensure!(
        built.status.success(),
        say!("it does not build:\n{said}", "لا تُبنى:\n{said}")
    );
    let tests = cargo(out).args(["test", "--quiet"]).output()?;
    let (command, said) = (apart("cargo test"), String::from_utf8_lossy(&tests.stdout));
    ensure!(
        tests.status.success(),
        say!(
            "{command} is red in it:\n{said}",
            "{command} فيها أحمر:\n{said}"
        )
    );
    for lab in labs {
        let Judgement::Verdicts(verdicts) = judge_in(out, lab, None, |_| {})? else {
            let number = apart(lab.number);
            bail!(say!(
                "lab {number} does not compile in it",
                "المختبر {number} فيها لا يُترجَم"
            ));
        };
        let green =
            (1..=lab.tasks).find(|task| verdicts.iter().all(|it| it.passed || it.task != *task));
        if let Some(task) = green {
            let task = apart(format!("{}.{task}", lab.number));
            bail!(say!(
                "task {task} is green in it",
                "المهمة {task} فيها خضراء"
            ));
        }
        let number = apart(lab.number);
        tell!(
            "{}",
            say!(
                "lab {number} builds, runs, and is red in each task",
                "المختبر {number} يُبنى ويعمل، وكل مهمة فيه حمراء"
            )
        );
    }
    fs::remove_dir_all(out.join("target")).context("cannot remove what was built for the proof")
}
