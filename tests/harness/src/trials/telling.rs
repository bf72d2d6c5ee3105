//! A whole story: what happened, what should have, what was seen, where to look.

use super::places::marked;
use super::stage::{amal_in, program_named, story, story_of};
use crate::observation::Observation;
use crate::place::Task;
use crate::story::Story;

#[test]
fn a_story_has_its_parts_in_order() {
    let told = told_of(Task { lab: 1, number: 3 }, |story| {
        let (mut amal, far) = amal_in(story);
        story.reminds("it rains".to_string());
        program_named(story, "lab1-solution-server", "echo oops >&2").exits_with(0);
        amal.sends("hi\n");
        drop(far);
    });
    let parts: Vec<&str> = told.split("\n\n").collect();
    let [title, steps, meanwhile, verdict, last_words, where_to_look] = parts[..] else {
        panic!("{told}");
    };
    let (task, name) = title.split_at("Task 1.3 — ".len());
    assert_eq!((task, name.is_empty()), ("Task 1.3 — ", false));
    let steps: Vec<&str> = steps.lines().collect();
    assert_eq!(steps[0], "What happened:");
    assert!(steps[1].starts_with("   1. amal is connected (127.0.0.1:"));
    assert_eq!(steps[4], r#"   4. amal sent "hi\n""#);
    assert_eq!(meanwhile, "Meanwhile: it rains.");
    assert_eq!(verdict, "✗ this should be, but the connection was closed.");
    let status = "lab1-solution-server has ended with exit status: 0.";
    let wrote = "lab1-solution-server wrote to standard error:";
    assert_eq!(last_words, format!("{status}\n{wrote}\n    | oops"));
    let file = marked("solutions/lab1/server/src/main.rs", "// TASK 1.3:");
    let place = format!("Where to look: {file} (TASK 1.3)");
    let hint = "A hint:        cargo course hint 1.3";
    let handout = format!("The handout:   docs/en/lab1.md, \"{title}\"");
    assert_eq!(where_to_look, format!("{place}\n{hint}\n{handout}"));
}

#[test]
fn before_anything_has_happened_there_are_no_steps() {
    let told = story_of(|| story().cannot_begin("✗ there is no program"));
    assert_eq!(told.trim_end(), "lab1-solution\n\n✗ there is no program");
}

#[test]
fn a_task_without_a_handout_has_only_its_number() {
    let told = told_of(Task { lab: 1, number: 99 }, |_| {});
    assert!(told.starts_with("Task 1.99\n\n✗ this should be"), "{told}");
    let hint = "\n\nA hint:        cargo course hint 1.99";
    assert!(told.ends_with(hint), "{told}");
}

#[test]
fn sixteen_steps_are_told_one_by_one() {
    let told = told_in_steps(16);
    assert_eq!(told.len(), 16);
    assert_eq!([&told[0], &told[15]], ["   1. step 1", "  16. step 16"]);
}

#[test]
fn of_more_steps_the_first_and_the_last_are_told() {
    let one_more = told_in_steps(17);
    assert_eq!(
        one_more[3..6],
        ["   4. step 4", "   … (1 more)", "   6. step 6"]
    );
    let told = told_in_steps(20);
    assert_eq!(told.len(), 17);
    assert_eq!(
        told[3..6],
        ["   4. step 4", "   … (4 more)", "   9. step 9"]
    );
    assert_eq!(told[16], "  20. step 20");
}

#[test]
fn one_looks_only_in_the_program_that_ran() {
    let server = marked("solutions/lab2/server/src/main.rs", "// TASK 2.3:");
    let client = marked("solutions/lab2/client/src/main.rs", "// TASK 2.3:");
    let both = format!("{server}, {client}");
    assert_eq!(places_with(&[]), both);
    assert_eq!(places_with(&["lab2-solution-server"]), server);
    assert_eq!(places_with(&["lab2-solution-client"]), client);
    assert_eq!(
        places_with(&["lab2-solution-server", "lab2-solution-client"]),
        both
    );
}

/// The story of a check of this task in which `scene` was played before it failed.
fn told_of(task: Task, scene: impl FnOnce(&Story)) -> String {
    let _english = story();
    let story = Story::new(&format!("lab{}-solution", task.lab), Some(task));
    scene(&story);
    let told = story_of(|| story.fails("this should be".to_string(), Observation::Closed));
    told.trim_end().to_string()
}

/// The lines between `What happened:` and the verdict.
fn told_in_steps(count: usize) -> Vec<String> {
    let told = told_of(Task { lab: 1, number: 1 }, |story| {
        for number in 1..=count {
            story.step(format!("step {number}"));
        }
    });
    let (_, told) = told.split_once("What happened:\n").unwrap();
    let (steps, _) = told.split_once("\n\n").unwrap();
    steps.lines().map(String::from).collect()
}

/// Where to look for task 2.3 when these programs were started.
fn places_with(programs: &[&str]) -> String {
    let told = told_of(Task { lab: 2, number: 3 }, |story| {
        for name in programs {
            program_named(story, name, "");
        }
    });
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("Where to look: "));
    line.unwrap()
        .strip_suffix(" (TASK 2.3)")
        .unwrap()
        .to_string()
}
