//! Runs `cargo course grade` on the made class, and kills it in the middle.

use std::path::Path;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use harness::root;

use crate::odd::ESCAPED;
use crate::student::Student;

/// A class that takes longer is not waited for.
const LIMIT: Duration = Duration::from_secs(3600);

pub struct Grading<'a> {
    pub submissions: &'a Path,
    pub out: &'a Path,
    pub roster: &'a Path,
}

impl Grading<'_> {
    /// Grades until so many are judged, then ends the grader without a warning.
    ///
    /// # Errors
    /// When it cannot be started, or ends before.
    pub fn kill_after(&self, count: usize) -> Result<usize> {
        let mut grader = self.start()?;
        let began = Instant::now();
        while self.judged() < count {
            ensure!(began.elapsed() < LIMIT, "the grader takes too long");
            ensure!(
                grader.try_wait()?.is_none(),
                "the grader has ended by itself"
            );
            thread::sleep(Duration::from_millis(50));
        }
        grader.kill()?;
        grader.wait()?;
        Ok(self.judged())
    }

    /// Grades, or goes on with it, until everybody is judged.
    ///
    /// # Errors
    /// When it fails.
    pub fn to_the_end(&self) -> Result<()> {
        let status = self.start()?.wait()?;
        ensure!(status.success(), "the grader ended with {status}");
        Ok(())
    }

    fn start(&self) -> Result<Child> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(&cargo)
            .current_dir(root())
            .args(["build", "--quiet", "--package", "grader"])
            .status()?;
        ensure!(built.success(), "the grader does not build");
        let program = format!("target/debug/grader{}", std::env::consts::EXE_SUFFIX);
        Command::new(root().join(program))
            .current_dir(root())
            .arg("grade")
            .arg(self.submissions)
            .arg("--out")
            .arg(self.out)
            .arg("--roster")
            .arg(self.roster)
            .spawn()
            .context("cannot start the grader")
    }

    fn judged(&self) -> usize {
        let results = std::fs::read_dir(self.out.join("results"));
        let names = results
            .into_iter()
            .flatten()
            .flatten()
            .map(|it| it.file_name());
        names
            .filter(|name| name.to_string_lossy().ends_with(".json"))
            .count()
    }

    /// What is left on this machine and should not be.
    pub fn left_behind(&self, students: &[Student]) -> Vec<String> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
            let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            if line.windows(8).any(|part| part == b"31415926") {
                found.push(format!("process {:?} still runs", entry.file_name()));
            }
        }
        let places = [
            "/tmp".into(),
            self.out.to_path_buf(),
            self.submissions.to_path_buf(),
        ];
        for place in places.iter().chain([&root().to_path_buf()]) {
            for name in [ESCAPED.to_string(), format!("{ESCAPED}.rs")] {
                if place.join(&name).exists() {
                    found.push(format!("{name} is in {}", place.display()));
                }
            }
        }
        let pages = std::fs::read_dir(self.out.join("students"));
        let pages = pages.into_iter().flatten().flatten().map(|it| it.path());
        let unsafe_pages = pages.filter(|path| {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            text.contains("<script") || text.contains("<img") || text.contains('\u{1b}')
        });
        found.extend(
            unsafe_pages.map(|path| format!("{} holds a student's markup", path.display())),
        );
        let count = std::fs::read_dir(self.out.join("students")).map_or(0, Iterator::count);
        // In two languages, also for those of the class list who have handed in nothing.
        let expected = 2 * (students.len() + crate::shapes::missing(students));
        if count != expected {
            found.push(format!("{expected} pages should be there, {count} are"));
        }
        found
    }
}
