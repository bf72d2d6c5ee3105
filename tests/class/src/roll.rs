//! Who is in the class.

use anyhow::Result;

use crate::student::Student;
use crate::{broken, hostile, odd, right, shapes, wrong};

/// `size` students, or all kinds and as many with a mistake as there is room for;
/// `port` is where somebody listens on this machine.
///
/// # Errors
/// When a source cannot be read.
pub fn call(size: usize, only: Option<&str>, port: u16) -> Result<Vec<Student>> {
    let others = [
        right::students()?,
        hostile::students(port)?,
        broken::students()?,
        odd::students()?,
        shapes::students()?,
    ];
    let wrong = wrong::students()?;
    let fixed: usize = others.iter().map(Vec::len).sum();
    let mut kinds = Vec::from(others);
    kinds.push(wrong);
    let mut students: Vec<Student> = match size >= fixed {
        true => kinds.into_iter().flatten().take(size).collect(),
        false => in_turns(kinds, size),
    };
    if let Some(name) = only {
        students.retain(|student| student.shown().contains(name));
    }
    Ok(students)
}

/// The first of each kind, the second of each, and so on.
fn in_turns(kinds: Vec<Vec<Student>>, size: usize) -> Vec<Student> {
    let mut kinds: Vec<_> = kinds.into_iter().map(Vec::into_iter).collect();
    let mut students = Vec::new();
    while students.len() < size {
        let before = students.len();
        for kind in &mut kinds {
            students.extend(kind.next());
        }
        if students.len() == before {
            break;
        }
    }
    students.truncate(size);
    students
}
