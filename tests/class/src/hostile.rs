//! Students who attack the grader while it runs their program: lab 1's solution,
//! with a function of ../hostile called before anything else.

use anyhow::{Context, Result};
use harness::root;

use crate::source::{one, read, tasks};
use crate::student::{Student, Verdict};

/// What an attack deserves.
#[derive(Clone, Copy)]
enum Deserved {
    /// No task passes.
    Nothing,
    /// The program does what it should besides.
    Everything,
    /// It serves nobody to the end.
    TheStart,
}

const ATTACKS: [(&str, Deserved); 16] = [
    ("prints-verdicts", Deserved::Nothing),
    ("kills-its-parent", Deserved::Nothing),
    ("reads-files", Deserved::Nothing),
    ("exits-in-the-middle", Deserved::TheStart),
    ("forks", Deserved::Nothing),
    ("hangs", Deserved::Nothing),
    ("spins", Deserved::Nothing),
    ("takes-memory", Deserved::Nothing),
    ("fills-the-disk", Deserved::Everything),
    ("prints-without-end", Deserved::Nothing),
    ("kills-everybody", Deserved::Nothing),
    ("writes-into-its-parent", Deserved::Nothing),
    ("uses-the-network", Deserved::Nothing),
    ("leaves-somebody-behind", Deserved::Everything),
    ("makes-namespaces", Deserved::Nothing),
    ("says-markup", Deserved::Nothing),
];

/// All of them; `port` is where somebody listens on this machine.
///
/// # Errors
/// When a source cannot be read.
pub fn students(port: u16) -> Result<Vec<Student>> {
    let student = |(name, deserved): &(&str, Deserved)| {
        let verdict = match deserved {
            Deserved::Nothing => Verdict::Red {
                must: tasks(1),
                may: Vec::new(),
            },
            Deserved::Everything => Verdict::Green,
            Deserved::TheStart => Verdict::Red {
                must: vec![3, 5],
                may: vec![1, 2, 4],
            },
        };
        let files = one("labs/lab1/server/src/main.rs", program(name, port)?);
        Ok(Student::new(
            &format!("hostile-{name}"),
            files,
            &[(1, verdict)],
        ))
    };
    ATTACKS.iter().map(student).collect()
}

fn program(attack: &str, port: u16) -> Result<String> {
    let right = read("solutions/lab1/server/src/main.rs")?;
    let start = "fn main() -> ExitCode {\n";
    let (head, rest) = right
        .split_once(start)
        .context("the solution of lab 1 has no main")?;
    let attack = read(&format!("tests/class/hostile/{attack}.rs"))?;
    let attack = attack
        .replace("SECRETS", &format!("{:?}", root().display().to_string()))
        .replace("PORT", &port.to_string());
    Ok(format!(
        "#![allow(unused, unreachable_code)]\n{}{start}    hostile();\n{rest}\n{attack}",
        // An inner attribute stands before everything but comments.
        head.replace("//!", "//")
    ))
}
