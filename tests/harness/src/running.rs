//! A child process and its two outputs: what a story looks at when it fails.

use std::process::{Child, ExitStatus};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::group::Group;
use crate::language::{apart, say};
use crate::observation::milliseconds;
use crate::output::Output;
use crate::patience::patience;
use crate::processor;

/// Lines of a program's standard error that a failure shows.
const LAST_LINES: usize = 12;

/// A program may be about to end, or its last words be on their way: so many
/// looks, a millisecond apart, are given to it before they are told. One whose
/// output has ended gets more of them.
const LAST_LOOKS: u32 = 30;
const MORE_LAST_LOOKS: u32 = 200;

pub struct Running {
    pub name: String,
    began: Instant,
    child: Mutex<Child>,
    group: Group,
    pub output: Output,
    pub errors: Output,
}

impl Running {
    pub fn new(name: &str, child: Child, group: Group, output: Output, errors: Output) -> Self {
        Running {
            name: name.to_string(),
            began: Instant::now(),
            child: Mutex::new(child),
            group,
            output,
            errors,
        }
    }

    /// The exit status, once the program has ended.
    pub fn ended(&self) -> Option<ExitStatus> {
        let mut child = self.child.lock().expect("waiting does not panic");
        child.try_wait().ok().flatten()
    }

    /// Kills the program and all that it has started; does nothing if it has ended.
    pub fn kill(&self) {
        // The group goes first, while the leader's number is still its own.
        self.group.kill();
        let mut child = self.child.lock().expect("waiting does not panic");
        let _ = child.kill();
        let _ = child.wait();
    }

    pub fn id(&self) -> u32 {
        self.child.lock().expect("waiting does not panic").id()
    }

    /// Processor time used so far, where the system says it.
    pub fn processor_time(&self) -> Option<Duration> {
        processor::time_used(self.id())
    }

    /// How the program ended, if it did, and the end of its standard error.
    pub fn last_words(&self) -> String {
        let mut parts = Vec::new();
        let name = apart(&self.name);
        if let Some(status) = self.ended_by_now() {
            let status = apart(status);
            parts.push(say!(
                "{name} has ended with {status}.",
                "انتهى {name} بحالة {status}."
            ));
        }
        let used = self.processor_time();
        parts.extend(used.and_then(|used| busy(&name, used, self.began.elapsed())));
        let errors = self.errors.lock();
        let said = String::from_utf8_lossy(&errors.bytes);
        let lines: Vec<&str> = said.lines().collect();
        let shown = &lines[lines.len().saturating_sub(LAST_LINES)..];
        if !shown.is_empty() {
            parts.push(say!(
                "{name} wrote to standard error:",
                "كتب {name} على خرج الأخطاء:"
            ));
            parts.extend(shown.iter().map(|line| quoted(line)));
        }
        drop(errors);
        if [&self.output, &self.errors]
            .iter()
            .any(|it| it.lock().overflowed)
        {
            parts.push(say!(
                "{name} printed without end; most of it was thrown away.",
                "طبع {name} بلا نهاية، وأُهمل معظم ما طبع."
            ));
        }
        parts.join("\n")
    }

    /// The exit status; a program that is about to end gets a moment.
    pub fn ended_by_now(&self) -> Option<ExitStatus> {
        for look in 0..MORE_LAST_LOOKS {
            let ended = self.ended();
            let is_over = match ended {
                Some(_) => self.errors.lock().ended,
                None => is_enough(look, self.output.lock().ended),
            };
            if is_over {
                return ended;
            }
            thread::sleep(Duration::from_millis(1));
        }
        self.ended()
    }
}

/// Tells of a program that has used the processor as one that waits does not.
fn busy(name: &str, used: Duration, total: Duration) -> Option<String> {
    if !is_busy(used, total) {
        return None;
    }
    let (used, total) = (apart(milliseconds(used)), apart(milliseconds(total)));
    Some(say!(
        "{name} kept the processor busy for {used} of {total}.",
        "شغل {name} المعالج {used} من أصل {total}."
    ))
}

/// Whether a program that has `used` so much of the `total` time does not only wait.
fn is_busy(used: Duration, total: Duration) -> bool {
    used > patience() / 8 && used > total / 8
}

/// Whether a program that still runs after so many looks will go on to. One whose
/// `output_has_ended` is about to end.
fn is_enough(looks: u32, output_has_ended: bool) -> bool {
    looks >= LAST_LOOKS && !output_has_ended
}

/// A line of the program's own, marked as such and harmless on a terminal.
fn quoted(line: &str) -> String {
    const SHOWN: usize = 200;
    let harmless = |character: char| match character.is_control() {
        true => character.escape_default().collect::<String>(),
        false => character.to_string(),
    };
    let text: String = line.chars().take(SHOWN).map(harmless).collect();
    format!("    | {text}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LAST_LOOKS, busy, is_busy, is_enough, milliseconds, quoted};
    use crate::patience::patience;
    use crate::trials::story;

    /// The least that there is.
    const MORE: Duration = Duration::from_nanos(1);

    #[test]
    fn busy_is_who_used_much_of_a_short_time() {
        let eighth = patience() / 8;
        assert!(!is_busy(eighth, eighth));
        assert!(is_busy(eighth + MORE, eighth));
    }

    #[test]
    fn busy_is_who_used_an_eighth_of_a_long_time() {
        let long = patience() * 80;
        assert!(!is_busy(patience() * 10, long));
        assert!(is_busy(patience() * 10 + MORE, long));
    }

    #[test]
    fn a_busy_program_is_told_and_another_is_not() {
        let _english = story();
        let long = patience() * 10;
        let told = busy("it", long, long);
        let time = milliseconds(long);
        let expected = format!("it kept the processor busy for {time} of {time}.");
        assert_eq!(told, Some(expected));
        assert_eq!(busy("it", Duration::ZERO, long), None);
    }

    #[test]
    fn a_program_gets_a_moment_to_end_and_one_without_output_a_longer_one() {
        assert!(!is_enough(LAST_LOOKS - 1, false));
        assert!(is_enough(LAST_LOOKS, false));
        assert!(is_enough(LAST_LOOKS + 1, false));
        assert!(!is_enough(LAST_LOOKS + 1, true));
    }

    #[test]
    fn a_programs_words_do_nothing_to_the_terminal() {
        assert_eq!(quoted("a\u{1b}[2Jb\r"), "    | a\\u{1b}[2Jb\\r");
        let long = "x".repeat(201);
        assert_eq!(quoted(&long), format!("    | {}", &long[..200]));
    }
}
