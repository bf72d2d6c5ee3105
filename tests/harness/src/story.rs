//! What has happened in a check so far, and how its failure is reported.
//!
//! A story has the numbered steps, the one thing that should have happened,
//! what was observed instead, what the programs printed, and where to look.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::language::{apart, say};
use crate::observation::{Observation, seconds};
use crate::patience::patience;
use crate::place::Task;
use crate::processor;
use crate::running::Running;

/// Steps shown of a long story: the first few and the last few.
const FIRST_STEPS: usize = 4;
const LAST_STEPS: usize = 12;

/// How many times the patience of one wait a whole check may take; the longest
/// takes a fraction of one.
const LONGEST: u32 = 15;

#[derive(Clone)]
pub struct Story {
    shared: Arc<Shared>,
}

struct Shared {
    /// From here on the check's time counts.
    began: Mutex<Instant>,
    package: String,
    task: Option<Task>,
    steps: Mutex<Vec<String>>,
    meanwhile: Mutex<Option<String>>,
    programs: Mutex<Vec<Arc<Running>>>,
}

/// The payload with which a failed check unwinds: the story, which is printed by then.
/// `resume_unwind` calls no panic hook: no second message, no backtrace.
pub(crate) struct Reported(
    #[cfg_attr(not(test), expect(dead_code, reason = "only the trials read it"))] pub String,
);

impl Story {
    pub fn new(package: &str, task: Option<Task>) -> Self {
        Story {
            shared: Arc::new(Shared {
                began: Mutex::new(Instant::now()),
                package: package.to_string(),
                task,
                steps: Mutex::default(),
                meanwhile: Mutex::default(),
                programs: Mutex::default(),
            }),
        }
    }

    /// Adds one thing that has happened, as a sentence without its final dot.
    pub fn step(&self, sentence: String) {
        let mut steps = self.shared.steps.lock().expect("adding does not panic");
        steps.push(sentence);
        drop(steps);
        self.must_be_over_soon();
    }

    /// Does what is no part of the check, such as compiling a program, which may
    /// take minutes: its time does not count.
    pub fn off_the_clock<T>(&self, work: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let result = work();
        *self.shared.began.lock().expect("adding does not panic") += began.elapsed();
        result
    }

    /// A program may do each thing just in time, and thousands of them: a check
    /// that would go on for hours fails.
    fn must_be_over_soon(&self) {
        let longest = LONGEST * patience();
        let began = *self.shared.began.lock().expect("adding does not panic");
        if began.elapsed() > longest {
            let time = apart(seconds(longest));
            let should = say!(
                "all of this should take much less than {time}",
                "كان يجب أن يستغرق هذا كله أقل بكثير من {time}"
            );
            let slow = say!("it is not over yet", "لم ينتهِ بعد");
            self.fails(should, Observation::Other(slow));
        }
    }

    /// Adds a sentence after the steps: what happens throughout the check.
    pub fn reminds(&self, sentence: String) {
        let mut meanwhile = self
            .shared
            .meanwhile
            .lock()
            .expect("setting does not panic");
        *meanwhile = Some(sentence);
    }

    fn meanwhile(&self) -> Option<String> {
        let meanwhile = self.shared.meanwhile.lock();
        let sentence = meanwhile.expect("setting does not panic").clone()?;
        Some(say!("Meanwhile: {sentence}.", "وطوال ذلك: {sentence}."))
    }

    /// Whether a program of this check uses the processor, or wants to.
    pub fn has_work(&self) -> bool {
        let programs = self.shared.programs.lock();
        let programs = programs.expect("adding does not panic");
        let works = |it: &Arc<Running>| processor::wants_to_run(it.id()) == Some(true);
        programs.iter().any(works)
    }

    /// Adds a program whose last output belongs to a failure.
    pub fn follows(&self, program: Arc<Running>) {
        let mut programs = self.shared.programs.lock().expect("adding does not panic");
        programs.push(program);
    }

    /// Prints the story and fails the check: `should`, but `observed`.
    pub fn fails(&self, should: String, observed: Observation) -> ! {
        let programs = self.shared.programs.lock();
        let programs = programs.expect("adding does not panic").clone();
        let last_words: Vec<String> = programs.iter().map(|it| it.last_words()).collect();
        let but = say!("{should}, but {observed}", "{should}، لكن {observed}");
        self.tell(&format!("✗ {but}."), &last_words)
    }

    /// Fails the check before anything has happened: `message` says why.
    pub fn cannot_begin(&self, message: &str) -> ! {
        self.tell(message, &[])
    }

    fn tell(&self, verdict: &str, last_words: &[String]) -> ! {
        let mut parts = vec![self.title()];
        parts.extend(self.steps_told());
        parts.extend(self.meanwhile());
        parts.push(verdict.to_string());
        parts.extend(last_words.iter().filter(|said| !said.is_empty()).cloned());
        parts.push(self.where_to_look());
        let story = parts.join("\n\n");
        println!("{story}\n");
        std::panic::resume_unwind(Box::new(Reported(story)))
    }

    fn title(&self) -> String {
        match self.shared.task {
            Some(task) => match task.handout() {
                Some((_, heading)) => heading,
                None => {
                    let task = apart(task);
                    say!("Task {task}", "المهمة {task}")
                }
            },
            None => self.shared.package.clone(),
        }
    }

    fn steps_told(&self) -> Option<String> {
        let steps = self.shared.steps.lock().expect("adding does not panic");
        let mut lines = vec![say!("What happened:", "ما جرى:")];
        for (index, step) in steps.iter().enumerate() {
            let hidden_from = FIRST_STEPS;
            let hidden_to = steps.len().saturating_sub(LAST_STEPS);
            if (hidden_from..hidden_to).contains(&index) {
                if index == hidden_from {
                    let count = apart(hidden_to - hidden_from);
                    lines.push(say!(
                        "   … ({count} more)",
                        "   … (وخطوات أخرى عددها {count})"
                    ));
                }
                continue;
            }
            lines.push(format!("{:4}. {step}", index + 1));
        }
        (lines.len() > 1).then(|| lines.join("\n"))
    }

    /// Where the task is marked, in the programs that this check has started.
    fn places(&self, task: Task) -> Vec<String> {
        let programs = self.shared.programs.lock();
        let programs = programs.expect("adding does not panic");
        let started = |place: &String| {
            let role = place.split('/').nth(2).unwrap_or_default();
            programs.iter().any(|program| program.name.ends_with(role))
        };
        let mut places = task.places(&self.shared.package);
        if places.iter().any(started) {
            places.retain(started);
        }
        places
    }

    fn where_to_look(&self) -> String {
        let mut lines = Vec::new();
        if let Some(task) = self.shared.task {
            let places = self.places(task).join(", ");
            if !places.is_empty() {
                lines.push(say!(
                    "Where to look: {places} (TASK {task})",
                    "أين تنظر: {places} (TASK {task})"
                ));
            }
            lines.push(say!(
                "A hint:        cargo course hint {task}",
                "تلميح: cargo course hint {task}"
            ));
            if let Some((path, heading)) = task.handout() {
                let heading = apart(heading);
                lines.push(say!(
                    "The handout:   {path}, \"{heading}\"",
                    "الدليل: {path} «{heading}»"
                ));
            }
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::LONGEST;
    use crate::observation::seconds;
    use crate::patience::patience;
    use crate::trials::{failure_of, story};

    #[test]
    fn time_off_the_clock_does_not_count() {
        let story = story();
        let pause = Duration::from_millis(20);
        let began = || *story.shared.began.lock().unwrap();
        let before = began();
        story.off_the_clock(|| thread::sleep(pause));
        assert!(began() >= before + pause);
    }

    #[test]
    fn a_check_that_never_ends_fails() {
        let story = story();
        let longest = LONGEST * patience();
        *story.shared.began.lock().unwrap() -= longest;
        let failure = failure_of(|| story.step("one more".to_string()));
        let should = format!(
            "all of this should take much less than {}",
            seconds(longest)
        );
        assert_eq!(failure, format!("{should}, but it is not over yet."));
    }
}
