//! A tree that is moved or copied judges itself, and so do two trees that share one
//! target directory. What an instructor keeps in the tree is in no release.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use harness::root;

/// A folder for trees and the target directory that they share; removed at the end.
struct Shared(PathBuf);

impl Shared {
    fn new(name: &str) -> Shared {
        let id = std::process::id();
        let folder = std::env::temp_dir().join(format!("course-{name}-{id}"));
        fs::create_dir_all(&folder).expect("a temporary folder can be made");
        Shared(folder)
    }

    /// A copy of this course under `name`: the files that git tracks.
    fn tree(&self, name: &str) -> Tree<'_> {
        let tree = self.0.join(name);
        let listed = Command::new("git")
            .args(["ls-files", "-z"])
            .current_dir(root())
            .output();
        let listed = listed.expect("git lists the files").stdout;
        for file in String::from_utf8(listed)
            .expect("names are UTF-8")
            .split_terminator('\0')
        {
            let (from, to) = (root().join(file), tree.join(file));
            fs::create_dir_all(to.parent().expect("it is in the tree"))
                .expect("folders can be made");
            // What was removed and not yet committed is not copied.
            let _ = fs::copy(from, to);
        }
        Tree {
            folder: tree,
            shared: self,
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Tree<'a> {
    folder: PathBuf,
    shared: &'a Shared,
}

impl Tree<'_> {
    /// What `cargo course` prints in this tree.
    fn course(&self, arguments: &[&str]) -> Output {
        self.cargo(&["run", "--quiet", "--package", "course", "--"], arguments)
    }

    fn cargo(&self, first: &[&str], then: &[&str]) -> Output {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.folder).args(first).args(then);
        for (variable, _) in std::env::vars().filter(|(name, _)| name.starts_with("CARGO_")) {
            if variable != "CARGO_HOME" {
                command.env_remove(variable);
            }
        }
        command.env("CARGO_TARGET_DIR", self.shared.0.join("target"));
        command
            .env_remove("LAB_LANG")
            .output()
            .expect("cargo starts")
    }

    /// Makes the tree a repository in which everything is tracked.
    fn tracks_all(&self) {
        let author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        for words in [
            &["init", "-q"][..],
            &["add", "-A"],
            &["commit", "-qm", "all"],
        ] {
            let mut git = Command::new("git");
            git.args(author).args(words).current_dir(&self.folder);
            assert!(git.status().expect("git starts").success());
        }
    }

    fn writes(&self, file: &str) {
        let path = self.folder.join(file);
        fs::create_dir_all(path.parent().expect("it is in the tree")).expect("folders can be made");
        fs::write(path, "secret").expect("the file can be written");
    }

    fn is_green(&self) -> bool {
        let output = self.course(&["check", "1"]);
        let printed = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(printed.contains("1.1"), "no verdicts: {printed}{errors}");
        output.status.success()
    }

    fn solves_lab_1(&self) {
        let solved = self.folder.join("solutions/lab1/server/src/main.rs");
        fs::copy(solved, self.server()).expect("the solution can be copied");
    }

    fn server(&self) -> PathBuf {
        self.folder.join("labs/lab1/server/src/main.rs")
    }

    fn text(&self) -> String {
        read(&self.server())
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn each_tree_judges_and_resets_itself() {
    let shared = Shared::new("moved");
    let mut first = shared.tree("first");
    let starter = first.text();
    assert!(!first.is_green(), "an untouched starter is red");

    let second = shared.tree("second");
    second.solves_lab_1();
    assert!(
        second.is_green(),
        "the solution beside an untouched starter is green"
    );
    assert!(
        !first.is_green(),
        "the starter is red again after the other tree was judged"
    );

    let moved = shared.0.join("moved");
    fs::rename(&first.folder, &moved).expect("a tree can be renamed");
    first.folder = moved;
    assert!(
        !first.is_green(),
        "a renamed tree is judged where it is now"
    );
    first.solves_lab_1();
    assert!(first.is_green(), "and so is what is solved there");

    assert!(first.course(&["reset", "lab1"]).status.success());
    assert_eq!(
        first.text(),
        starter,
        "reset puts the starter back where it is run"
    );
    assert_ne!(second.text(), starter, "and nowhere else");
}

#[test]
fn nothing_of_an_instructors_is_in_a_release() {
    const SECRETS: [&str; 5] = [
        "submissions/amal/main.rs",
        "results/results.csv",
        "labs/lab1/server/src/exam.rs",
        "docs/en/exam.md",
        "week1/labs/lab1/server/src/main.rs",
    ];
    let shared = Shared::new("release");
    let tree = shared.tree("tree");
    tree.tracks_all();
    SECRETS.iter().for_each(|secret| tree.writes(secret));
    let made = shared.0.join("made");
    let out = made.display().to_string();
    let output = tree.course(&["release", "--labs", "1", "--out", &out, "--unproven"]);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(made.join("labs/lab1/server/src/main.rs").is_file());
    for secret in SECRETS {
        assert!(!made.join(secret).exists(), "{secret} is in the release");
    }
    assert!(
        printed.contains("submissions/"),
        "what was left out is not named: {printed}"
    );
}
