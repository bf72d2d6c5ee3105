//! Where the course's tasks are marked and described.

use crate::place::{Task, root};

#[test]
fn a_module_name_gives_its_task() {
    let task = Task::of("lab3-solution", "lab3::task12_joining").unwrap();
    assert_eq!((task.lab, task.number), (3, 12));
    assert_eq!(task.to_string(), "3.12");
    assert!(Task::of("lab3", "lab3::helpers").is_none());
    assert!(Task::of("course", "lab3::task1_many").is_none());
    assert!(Task::of("lab3", "lab3::task_force").is_none());
}

#[test]
fn a_task_is_found_where_it_is_marked() {
    let folder = "solutions/lab2";
    let task = Task { lab: 2, number: 3 };
    let server = marked(&format!("{folder}/server/src/main.rs"), "// TASK 2.3:");
    let client = marked(&format!("{folder}/client/src/main.rs"), "// TASK 2.3:");
    assert!(
        server.contains(','),
        "it is marked more than once: {server}"
    );
    assert_eq!(task.places("lab2-solution"), [server, client]);
}

#[test]
fn a_task_that_is_marked_nowhere_has_no_place() {
    let task = Task { lab: 2, number: 99 };
    assert!(task.places("lab2-solution").is_empty());
    assert!(task.places("lab99").is_empty());
}

#[test]
fn a_students_task_is_looked_for_in_the_students_files() {
    let task = Task { lab: 1, number: 3 };
    let file = "labs/lab1/server/src/main.rs:";
    let places = task.places("lab1");
    // A student may have deleted the comment.
    assert!(
        places.iter().all(|place| place.starts_with(file)),
        "{places:?}"
    );
}

#[test]
fn a_task_has_its_heading_in_the_handout() {
    super::stage::story();
    let (path, heading) = Task { lab: 1, number: 3 }.handout().unwrap();
    assert_eq!(path, "docs/en/lab1.md");
    assert!(heading.starts_with("Task 1.3 — "), "{heading}");
    assert!(Task { lab: 1, number: 99 }.handout().is_none());
    assert!(Task { lab: 99, number: 1 }.handout().is_none());
}

/// `FILE:LINE,LINE` for the lines that hold `marker`.
pub fn marked(file: &str, marker: &str) -> String {
    let text = std::fs::read_to_string(root().join(file)).unwrap();
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.contains(marker) {
            lines.push((index + 1).to_string());
        }
    }
    format!("{file}:{}", lines.join(","))
}
