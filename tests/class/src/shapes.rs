//! Students whose work is right, in each shape in which it comes from a platform, and
//! those whose shape nobody can read.

use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;

use crate::source::{one, read, solution, starter};
use crate::student::{Files, Packing, Student, Verdict};

/// Moodle's grading worksheet of the class: one student who has handed in, and one who
/// has not.
pub const ROSTER: &str = "\
Identifier,\"Full name\",\"ID number\",\"Email address\",Status,Grade,\"Maximum Grade\",\"Grade can be changed\",\"Last modified (submission)\",\"Last modified (grade)\",\"Feedback comments\"
\"Participant 48213\",\"Amal Haddad\",2024117,amal@example.org,\"Submitted for grading - Not marked\",,5.00,Yes,\"Friday, 27 November 2026, 10:12 AM\",-,
\"Participant 48214\",\"Noor Khalil\",2024118,noor@example.org,\"No submission - Not marked\",,5.00,Yes,-,-,
";

const MOODLE: &str = "Amal Haddad_48213_assignsubmission_file_";
const CANVAS: &str = "haddadsami_LATE_1234_5678_lab1-2";

/// All of them.
///
/// # Errors
/// If a source cannot be read.
pub fn students() -> Result<Vec<Student>> {
    let text = read("solutions/lab1/server/src/main.rs")?;
    let right = |name: &str, files: Files| Student::new(name, files, &[(1, Verdict::Green)]);
    let unreadable = |name: &str, ending, word| {
        let student = Student::new(name, one("x", "x"), &[]);
        student.packed(Packing::File(ending)).unreadable(word)
    };
    let path = "labs/lab1/server/src/main.rs";
    let mut built = solution(1)?;
    built.insert("target/debug/build/out.rs".to_string(), vec![b'x'; 1 << 20]);
    let mut trees = one(&format!("week1/{path}"), text.clone());
    trees.extend(one(&format!("week1-3/{path}"), starter()?));
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let nested = zipped(&one("lab1.zip", zipped(&solution(1)?)?))?;
    Ok(vec![
        right(MOODLE, one("lab1.ZIP", zipped(&solution(1)?)?)).known_as("Amal Haddad"),
        right(CANVAS, solution(1)?)
            .packed(Packing::Zip)
            .known_as("haddadsami")
            .noted(1),
        right("shape-nested", one("x", nested)).packed(Packing::File(".zip")),
        right("shape-lone-lab1", one("main.rs", text.clone()))
            .packed(Packing::File(".rs"))
            .noted(1),
        right("shape-part-lab1", one("Server/src/main.rs", text.clone())).noted(1),
        right(
            "shape-package",
            one("Lab1-Server/src/main.rs", text.clone()),
        ),
        right("shape-built", built).packed(Packing::Zip),
        right("shape-trees", trees).noted(1),
        Student::new(
            "shape-utf16",
            one(path, utf16),
            &[(1, Verdict::Unreadable("UTF-16"))],
        )
        .noted(1),
        Student::new("shape-layout", one("my/work.rs", text), &[])
            .unreadable("wrong layout")
            .noted(1),
        unreadable("shape-7z", ".7z", "not opened"),
        unreadable("shape-rar", ".rar", "not opened"),
        unreadable("shape-xz", ".tar.xz", "not opened"),
    ])
}

/// How many of the class list have handed in nothing.
pub fn missing(students: &[Student]) -> usize {
    let listed = ROSTER.lines().count() - 1;
    listed
        - students
            .iter()
            .filter(|student| student.shown() == MOODLE)
            .count()
}

fn zipped(files: &Files) -> Result<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        archive.start_file(path.as_str(), SimpleFileOptions::default())?;
        archive.write_all(text)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// What is wrong with the files that Moodle imports.
///
/// # Errors
/// If they are not there.
pub fn complaints(students: &[Student], out: &Path) -> Result<Vec<String>> {
    if !students.iter().any(|student| student.shown() == MOODLE) {
        return Ok(Vec::new());
    }
    let worksheet = std::fs::read_to_string(out.join("moodle-grades.csv"))?;
    let row = |text: &str, start: &str| {
        let row = text.lines().find(|line| line.starts_with(start));
        row.map(String::from)
            .with_context(|| format!("{start} is not in the worksheet"))
    };
    let mut complaints = Vec::new();
    if worksheet.lines().next() != Some(&ROSTER.lines().next().unwrap_or_default().replace('"', ""))
    {
        complaints.push(format!("the worksheet's columns have changed: {worksheet}"));
    }
    let amal = row(&worksheet, "Participant 48213,")?;
    if amal.split(',').nth(5).and_then(|it| it.parse::<f64>().ok()) != Some(5.0) {
        complaints.push(format!("the worksheet has no grade of 5: {amal}"));
    }
    let noor = row(&worksheet, "Participant 48214,")?;
    if noor.split(',').nth(5) != Some("") {
        complaints.push(format!("who handed in nothing has a grade: {noor}"));
    }
    let feedback = std::fs::File::open(out.join("moodle-feedback.zip"))?;
    let feedback = zip::ZipArchive::new(feedback)?;
    let report = format!("{MOODLE}/report.ar.html");
    if !feedback
        .file_names()
        .any(|name| name.is_ok_and(|name| name == report))
    {
        complaints.push(format!("{report} is not in the feedback"));
    }
    Ok(complaints)
}
