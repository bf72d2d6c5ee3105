//! What can be said of the catalogues without compiling anything: every mistake
//! fits its solution, names a check that there is, and has its story.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use harness::root;
use wrong_programs::catalogue::{Catalogue, Mistake, folder, labs};

/// How many mistakes a lab's catalogue holds at least.
const LEAST: usize = 30;

#[test]
fn every_lab_has_enough_mistakes_and_each_has_a_name_of_its_own() {
    assert!(!labs().is_empty());
    for lab in labs() {
        let mistakes = mistakes(lab);
        assert!(mistakes.len() >= LEAST, "lab {lab}: {}", mistakes.len());
        let names: BTreeSet<&str> = mistakes.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), mistakes.len(), "lab {lab} has a name twice");
    }
}

#[test]
fn every_change_fits_the_solution() {
    for lab in labs() {
        for mistake in mistakes(lab) {
            let mut files: HashMap<&str, String> = HashMap::new();
            for change in &mistake.changes {
                let path = root().join(format!("solutions/lab{lab}/{}", change.file));
                let text = files
                    .remove(change.file.as_str())
                    .unwrap_or_else(|| fs::read_to_string(&path).expect("the file is there"));
                let changed = change.apply(&text);
                let changed = changed.unwrap_or_else(|why| panic!("{}: {why:#}", mistake.name));
                assert_ne!(text, changed, "{} changes nothing", mistake.name);
                files.insert(&change.file, changed);
            }
        }
    }
}

#[test]
fn every_check_that_is_named_stands_in_its_task() {
    for lab in labs() {
        let checks = fs::read_to_string(root().join(format!("tests/lab{lab}.rs")));
        let checks = checks.expect("the lab has checks");
        let modules: Vec<&str> = checks.split("\nmod task").skip(1).collect();
        for mistake in mistakes(lab) {
            let start = format!("{}_", mistake.task);
            let module = modules.iter().find(|module| module.starts_with(&start));
            let named = format!("fn {}()", mistake.check);
            let stands = module.is_some_and(|module| module.contains(&named));
            assert!(
                stands,
                "{}: no {named} in {lab}.{}",
                mistake.name, mistake.task
            );
        }
    }
}

#[test]
fn every_story_is_there_and_none_is_left_over() {
    for lab in labs() {
        let mistakes = mistakes(lab);
        let kept = mistakes.iter().filter(|it| it.kept.is_some());
        let wanted: BTreeSet<String> = kept.map(|it| it.name.clone()).collect();
        let stories = fs::read_dir(folder().join(format!("stories/lab{lab}")));
        let files = stories.into_iter().flatten().flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let told: BTreeSet<String> = names
            .filter_map(|name| Some(name.strip_suffix(".snap")?.to_string()))
            .collect();
        assert_eq!(wanted, told, "lab {lab}");
    }
}

fn mistakes(lab: u32) -> Vec<Mistake> {
    let catalogue = Catalogue::read(lab);
    catalogue.expect("the catalogue can be read").mistakes
}
