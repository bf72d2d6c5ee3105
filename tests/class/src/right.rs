//! Students who are right: with the solutions, and in other ways.

use anyhow::Result;

use crate::source::{one, read, solution};
use crate::student::{Files, Packing, Student, Verdict};

/// Labs that are handed in together.
const CHOICES: [&[u32]; 6] = [&[1, 2, 3, 4], &[1], &[2], &[3], &[4], &[1, 3]];

/// Right in other ways: the lab, the program, its source.
const OTHERS: [(u32, &str, &str); 7] = [
    (1, "server", "lab1/threads"),
    (1, "server", "lab1/nonblocking"),
    (1, "server", "lab1/channels"),
    (3, "server", "lab3/nonblocking"),
    (3, "server", "lab3/channels"),
    (4, "client", "lab4/channel"),
    (4, "client", "lab4/receiver-in-main"),
];

/// All of them.
///
/// # Errors
/// When a source cannot be read.
pub fn students() -> Result<Vec<Student>> {
    let packings = [Packing::Folder, Packing::Zip, Packing::TarGz];
    let mut students = Vec::new();
    for (number, labs) in CHOICES.iter().enumerate() {
        let mut files = Files::new();
        for lab in *labs {
            files.extend(solution(*lab)?);
        }
        let verdicts: Vec<_> = labs.iter().map(|lab| (*lab, Verdict::Green)).collect();
        let student = Student::new(&format!("right-{number}"), files, &verdicts);
        students.push(student.packed(packings[number % 3]));
    }
    for (number, (lab, role, source)) in OTHERS.iter().enumerate() {
        let text = read(&format!("tests/right/{source}.rs"))?;
        // Only the lab's folder, without what is above it. What these programs
        // have in common is a crate there, and a module here.
        let folder = format!("lab{lab}/{role}/src");
        let mut files = one(
            &format!("{folder}/main.rs"),
            text + "\nmod right_programs;\n",
        );
        files.extend(one(
            &format!("{folder}/right_programs.rs"),
            read("tests/right/src/lib.rs")?,
        ));
        let name = format!("right-as-{}", source.replace('/', "-"));
        let student = Student::new(&name, files, &[(*lab, Verdict::Green)]);
        students.push(student.packed(packings[number % 3]));
    }
    Ok(students)
}
