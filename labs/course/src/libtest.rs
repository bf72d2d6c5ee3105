//! Reads what Rust's test runner prints.
//!
//! The verdicts stand before the word `failures:`; the stories come after it.
//! Only the runner writes the former: what the checks and the programs under
//! check say stands in the latter, so that no program can print a verdict.

use std::collections::HashMap;

/// One check's verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The task that it belongs to: 2 for `task2_joining::…`.
    pub task: u32,
    /// `task2_joining::the_newcomer_hears_its_name_and_a_greeting`.
    pub check: String,
    pub passed: bool,
    /// The story of a failure.
    pub story: String,
}

/// The verdicts in the order in which they were printed.
pub fn verdicts(output: &str) -> Vec<Verdict> {
    let (told, rest) = output.split_once("\nfailures:\n").unwrap_or((output, ""));
    let mut verdicts: Vec<Verdict> = told.lines().filter_map(verdict).collect();
    let stories = stories(rest, &verdicts);
    for verdict in &mut verdicts {
        let story = stories.get(&verdict.check);
        verdict.story = story.cloned().unwrap_or_default();
    }
    verdicts
}

/// `test task2_joining::a_check ... ok`.
pub fn verdict(line: &str) -> Option<Verdict> {
    let (check, word) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let module = check.strip_prefix("task")?;
    let end = module.find(|c: char| !c.is_ascii_digit())?;
    Some(Verdict {
        task: module[..end].parse().ok()?,
        check: check.to_string(),
        passed: word.trim() == "ok",
        story: String::new(),
    })
}

/// Each failed check's captured output, under `---- CHECK stdout ----`.
fn stories(text: &str, verdicts: &[Verdict]) -> HashMap<String, String> {
    let mut stories = HashMap::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        let heading = line.strip_prefix("---- ");
        let name = heading.and_then(|rest| rest.strip_suffix(" stdout ----"));
        let failed = |name: &&str| verdicts.iter().any(|it| !it.passed && it.check == *name);
        if let Some(name) = name.filter(failed) {
            current = Some(name.to_string());
        } else if line == "failures:" {
            break;
        } else if let Some(name) = &current {
            let story: &mut String = stories.entry(name.clone()).or_default();
            story.push_str(line);
            story.push('\n');
        }
    }
    for story in stories.values_mut() {
        *story = story.trim().to_string();
    }
    stories
}

#[cfg(test)]
mod tests {
    use super::verdicts;

    const OUTPUT: &str = "\nrunning 2 tests\n\
        test task1_listen::it_listens ... ok\n\
        test task2_echo::it_echoes ... FAILED\n\
        \nfailures:\n\
        \n---- task2_echo::it_echoes stdout ----\n\
        Task 1.2\n\n    | test task9_x::y ... ok\n---- task1_listen::it_listens stdout ----\n\
        \n\nfailures:\n    task2_echo::it_echoes\n\
        \ntest result: FAILED. 1 passed; 1 failed\n";

    #[test]
    fn verdicts_and_stories_are_told_apart() {
        let found = verdicts(OUTPUT);
        assert_eq!(found.len(), 2);
        assert!(found[0].passed && found[0].task == 1);
        assert!(!found[1].passed && found[1].task == 2);
        assert!(found[1].story.starts_with("Task 1.2"));
    }

    #[test]
    fn what_a_program_prints_is_no_verdict() {
        let found = verdicts(OUTPUT);
        assert!(found.iter().all(|verdict| verdict.task != 9));
        assert!(found[0].story.is_empty());
    }
}
