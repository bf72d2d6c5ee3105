//! Without a sandbox the grader says so and does not start.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder with one submission in it, gone when the test is over.
struct Class(PathBuf);

impl Class {
    fn new(name: &str) -> Class {
        let folder =
            std::env::temp_dir().join(format!("course-sandbox-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("submissions/amal")).expect("the folder can be made");
        Class(folder)
    }

    /// The grader on a machine where no program can be found.
    fn grade(&self) -> Output {
        Command::new(env!("CARGO_BIN_EXE_grader"))
            .arg("grade")
            .arg(self.0.join("submissions"))
            .arg("--out")
            .arg(self.0.join("out"))
            .env("PATH", &self.0)
            .env_remove("LAB_LANG")
            .output()
            .expect("the grader starts")
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn without_a_sandbox_nothing_is_graded_unless_it_is_asked_for() {
    let class = Class::new("none");
    let output = class.grade();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(
        said.contains("there is no sandbox on this machine"),
        "{said}"
    );
    assert!(said.contains("--without-sandbox"), "{said}");
    assert!(!class.0.join("out/results.json").exists());
}

#[test]
fn a_folder_without_submissions_and_one_students_folder_are_told() {
    let class = Class::new("empty");
    let amal = class.0.join("submissions/amal");
    fs::create_dir_all(class.0.join("submissions/labs")).expect("it can be made");
    let said = |class: &Class| {
        let output = class.grade();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let one = said(&class);
    assert!(one.contains("is one student's work"), "{one}");
    fs::remove_dir(class.0.join("submissions/labs")).expect("it is empty");
    fs::remove_dir(amal).expect("it is empty");
    let none = said(&class);
    assert!(none.contains("there is nothing in"), "{none}");
}
