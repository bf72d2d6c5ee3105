//! Reports each outcome as it comes, and counts.

use anyhow::Result;
use wrong_programs::catalogue::Mistake;
use wrong_programs::outcome::Outcome;

use crate::keep::is_as_kept;

pub struct Tally {
    rows: Vec<Row>,
}

/// The counts of one lab.
struct Row {
    lab: u32,
    mistakes: usize,
    caught: usize,
    in_the_right_task: usize,
    told_as_kept: usize,
}

impl Tally {
    pub fn new(labs: Vec<u32>) -> Tally {
        let row = |lab| Row {
            lab,
            mistakes: 0,
            caught: 0,
            in_the_right_task: 0,
            told_as_kept: 0,
        };
        Tally {
            rows: labs.into_iter().map(row).collect(),
        }
    }

    /// Counts one result and prints it.
    pub fn add(&mut self, lab: u32, mistake: &Mistake, result: Result<Outcome>, stories: bool) {
        let row = self.rows.iter_mut().find(|row| row.lab == lab);
        let row = row.expect("every lab has a row");
        row.mistakes += 1;
        let complaints = match &result {
            Ok(outcome) => row.count(outcome),
            Err(error) => vec![format!("{error:#}")],
        };
        let mark = if complaints.is_empty() { "✓" } else { "✗" };
        let tasks = result.as_ref().map(|outcome| tasks(lab, outcome));
        let (name, tasks) = (&mistake.name, tasks.unwrap_or_default());
        println!("{mark} lab{lab} {name:60} {tasks}");
        for complaint in complaints {
            println!("    {complaint}");
        }
        if let Some(story) = result.as_ref().ok().and_then(Outcome::story)
            && stories
        {
            println!("{story}\n");
        }
    }

    /// Prints the counts.
    pub fn print(&self) {
        println!("\nlab   mistakes  caught  in the right task  told as kept  survivors");
        for row in &self.rows {
            println!(
                "lab{}  {:8}  {:6}  {:17}  {:12}  {:9}",
                row.lab,
                row.mistakes,
                row.caught,
                row.in_the_right_task,
                row.told_as_kept,
                row.mistakes - row.caught
            );
        }
    }

    /// Everything was as it should be.
    pub fn is_clean(&self) -> bool {
        let clean =
            |row: &Row| row.in_the_right_task == row.mistakes && row.told_as_kept == row.mistakes;
        self.rows.iter().all(clean)
    }
}

impl Row {
    fn count(&mut self, outcome: &Outcome) -> Vec<String> {
        let mut complaints = outcome.complaints();
        self.caught += usize::from(outcome.is_caught());
        self.in_the_right_task += usize::from(outcome.is_in_the_right_task());
        if let Some(story) = outcome.story() {
            let mistake = &outcome.mistake;
            match is_as_kept(outcome.lab, &mistake.name, &mistake.what, &story) {
                true => self.told_as_kept += 1,
                false => complaints.push("its story is not the one that is kept".to_string()),
            }
        } else if outcome.mistake.kept.is_none() {
            self.told_as_kept += 1;
        }
        complaints
    }
}

/// `3.3 3.4`: the tasks of which a check failed.
fn tasks(lab: u32, outcome: &Outcome) -> String {
    let tasks = outcome.failed_tasks();
    let tasks: Vec<String> = tasks.iter().map(|task| format!("{lab}.{task}")).collect();
    tasks.join(" ")
}
