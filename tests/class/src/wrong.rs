//! Students with one mistake each: those of the catalogues in tests/wrong.

use anyhow::{Context, Result};
use wrong_programs::catalogue::{Catalogue, Mistake, labs};

use crate::source::solution;
use crate::student::{Files, Packing, Student, Verdict};

/// All mistakes of all labs that have a catalogue: task after task, so that any
/// number of them, from the start on, concerns as many tasks as possible.
///
/// # Errors
/// When a catalogue cannot be read.
pub fn students() -> Result<Vec<Student>> {
    let mut turns: Vec<(usize, u32, Mistake)> = Vec::new();
    for lab in labs() {
        let mut counts = [0; 16];
        for mistake in Catalogue::read(lab)?.mistakes {
            let turn = &mut counts[mistake.task as usize];
            turns.push((*turn, lab, mistake));
            *turn += 1;
        }
    }
    turns.sort_by_key(|(turn, lab, mistake)| (*turn, *lab, mistake.task));
    let packings = [Packing::Zip, Packing::Folder, Packing::TarGz];
    let numbered = turns.iter().enumerate();
    numbered
        .map(|(number, (_, lab, mistake))| {
            let student = student(*lab, mistake).with_context(|| mistake.name.clone())?;
            Ok(student.packed(packings[number % 3]))
        })
        .collect()
}

fn student(lab: u32, mistake: &Mistake) -> Result<Student> {
    let mut files: Files = solution(lab)?;
    for change in &mistake.changes {
        let path = format!("labs/lab{lab}/{}", change.file);
        let text = files.get(&path).cloned().unwrap_or_default();
        let text = change.apply(&String::from_utf8_lossy(&text))?;
        files.insert(path, text.into_bytes());
    }
    let verdict = Verdict::Red {
        must: vec![mistake.task],
        may: mistake.also.clone(),
    };
    let name = format!("wrong-{lab}.{}-{}", mistake.task, mistake.name);
    // As they come from a forge: everything in one folder.
    let files = files
        .into_iter()
        .map(|(path, text)| (format!("course-main/{path}"), text));
    Ok(Student::new(&name, files.collect(), &[(lab, verdict)]))
}
