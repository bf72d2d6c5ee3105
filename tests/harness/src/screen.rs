//! What a program prints: the checks of its two outputs.

use crate::language::{apart, say};
use crate::observation::{Observation, quote, seconds};
use crate::output::Buffer;
use crate::patience::{Wait, patience};
use crate::program::Program;

impl Program {
    /// The next line on standard output is `line`.
    pub fn prints(&mut self, line: &str) {
        let (name, wanted) = (self.name(), apart(quote(line.as_bytes())));
        let should = say!(
            "{name} should print {wanted}",
            "كان يجب أن يطبع {name} {wanted}"
        );
        self.watch(should, |buffer| {
            let found = buffer.take_line()?;
            Some(match found == line.as_bytes() {
                true => Ok(()),
                false => Err(Observation::Printed(found)),
            })
        });
        self.printed(line.as_bytes());
    }

    /// Some later line on standard output is `line`; those before it are skipped.
    pub fn prints_later(&mut self, line: &str) {
        self.prints_in_any_order(&[line.to_owned()]);
    }

    /// Each of `lines` is eventually printed, in any order: lines that different
    /// threads print have no order.
    pub fn prints_in_any_order(&mut self, lines: &[String]) {
        let mut skipped: Vec<Vec<u8>> = Vec::new();
        for line in lines {
            let line = line.as_bytes();
            match skipped.iter().position(|other| other == line) {
                Some(place) => drop(skipped.swap_remove(place)),
                None => skipped.extend(self.skips_to(line)),
            }
            self.printed(line);
        }
    }

    /// Reads lines up to `line`, and returns those before it.
    fn skips_to(&self, line: &[u8]) -> Vec<Vec<u8>> {
        let (name, wanted) = (self.name(), apart(quote(line)));
        let should = say!(
            "{name} should eventually print {wanted}",
            "كان يجب أن يطبع {name} عاجلًا أو آجلًا {wanted}"
        );
        let mut skipped = Vec::new();
        let found = self.look(Wait::new(), |buffer| {
            while let Some(found) = buffer.take_line() {
                if found == line {
                    return Some(Ok(()));
                }
                skipped.push(found);
            }
            None
        });
        if let Err(observed) = found {
            let observed = match (observed, skipped.last()) {
                (Observation::NothingPrinted, Some(last)) => {
                    let last = apart(quote(last));
                    Observation::Other(say!(
                        "the last line that it printed is {last} (it still runs)",
                        "آخر سطر طبعه هو {last} (ما زال يعمل)"
                    ))
                }
                (observed, _) => observed,
            };
            self.story.fails(should, observed);
        }
        skipped
    }

    /// The next bytes on standard output are `text`, whether or not a line
    /// ends there: a prompt.
    pub fn shows(&mut self, text: &str) {
        let (name, wanted) = (self.name(), apart(quote(text.as_bytes())));
        let should = say!(
            "{name} should show {wanted}",
            "كان يجب أن يعرض {name} {wanted}"
        );
        self.watch(should, |buffer| {
            if buffer.rest().starts_with(text.as_bytes()) {
                buffer.taken += text.len();
                return Some(Ok(()));
            }
            let on_the_way = text.as_bytes().starts_with(buffer.rest());
            (!on_the_way).then(|| Err(Observation::Printed(buffer.rest().to_vec())))
        });
        self.printed(text.as_bytes());
    }

    /// Reads the next line of standard output, whatever it is.
    pub fn prints_a_line(&mut self) -> String {
        let name = self.name();
        let should = say!("{name} should print a line", "كان يجب أن يطبع {name} سطرًا");
        self.prints_a_line_where(should)
    }

    /// The first line of a program that starts; `should` says what line is expected.
    pub(crate) fn starts_with_a_line(&mut self, should: String) -> String {
        let start = Wait::for_a_start();
        let line = self.watch_within(start, should, |buffer| buffer.take_line().map(Ok));
        self.printed(&line);
        String::from_utf8_lossy(&line).into_owned()
    }

    /// The next line on standard output, without a step in the story.
    pub(crate) fn next_line(&self, should: String) -> String {
        let wait = Wait::for_a_start();
        let line = self.watch_within(wait, should, |buffer| buffer.take_line().map(Ok));
        String::from_utf8_lossy(&line).into_owned()
    }

    /// The same; `should` says what line is expected.
    pub(crate) fn prints_a_line_where(&mut self, should: String) -> String {
        let line = self.watch(should, |buffer| buffer.take_line().map(Ok));
        self.printed(&line);
        String::from_utf8_lossy(&line).into_owned()
    }

    /// `text` is in what was written to either output so far, or is written later.
    pub fn says_somewhere(&self, text: &str) {
        let outputs = [&self.running.output, &self.running.errors];
        let said = || outputs.iter().any(|it| contains(&it.lock().bytes, text));
        let mut wait = Wait::new();
        loop {
            // Looked at first: what came before the end is not missed.
            let ended = outputs.iter().all(|output| output.lock().ended);
            if said() {
                break;
            }
            match wait.next_turn(|| self.story.has_work()) {
                Some(turn) if !ended => drop(outputs[0].wait(outputs[0].lock(), turn)),
                _ => self.said_nothing_of(text),
            }
        }
        self.printed(text.as_bytes());
    }

    /// Everything on both outputs, standard output first, once both have ended.
    pub fn said_in_all(&self) -> String {
        let mut said = Vec::new();
        for output in [&self.running.output, &self.running.errors] {
            let mut wait = Wait::new();
            let mut buffer = output.lock();
            while let Some(turn) = wait
                .next_turn(|| self.story.has_work())
                .filter(|_| !buffer.ended)
            {
                buffer = output.wait(buffer, turn);
            }
            said.extend_from_slice(&buffer.bytes);
        }
        String::from_utf8_lossy(&said).into_owned()
    }

    /// The program writes something, in its own words, to standard error.
    pub fn warns(&self) {
        let name = self.name();
        let mut wait = Wait::new();
        let mut errors = self.running.errors.lock();
        while errors.bytes.trim_ascii().is_empty() {
            let turn = wait
                .next_turn(|| self.story.has_work())
                .filter(|_| !errors.ended);
            let Some(turn) = turn else {
                drop(errors);
                let time = apart(seconds(patience()));
                let silent = Observation::Other(say!(
                    "it wrote nothing there within {time}",
                    "لم يكتب شيئًا هناك خلال {time}"
                ));
                let should = say!(
                    "{name} should report the problem on standard error",
                    "كان يجب أن يخبر {name} بالمشكلة على خرج الأخطاء"
                );
                self.story.fails(should, silent);
            };
            errors = self.running.errors.wait(errors, turn);
        }
        drop(errors);
        self.story.step(say!(
            "{name} reported the problem on standard error",
            "أخبر {name} بالمشكلة على خرج الأخطاء"
        ));
    }

    fn said_nothing_of(&self, text: &str) -> ! {
        let (name, wanted) = (self.name(), apart(quote(text.as_bytes())));
        let should = say!(
            "{name} should say {wanted} on one of its outputs",
            "كان يجب أن يقول {name} {wanted} على أحد خرجيه"
        );
        let time = apart(seconds(patience()));
        let silent = Observation::Other(say!("it did not within {time}", "لم يفعل خلال {time}"));
        let observed = self
            .running
            .ended_by_now()
            .map_or(silent, Observation::Ended);
        self.story.fails(should, observed)
    }

    /// Waits for the first output, or the end without any; true for the latter.
    pub(crate) fn ended_without_a_word(&self) -> bool {
        let mut wait = Wait::new();
        let mut buffer = self.running.output.lock();
        while buffer.bytes.is_empty() && !buffer.ended {
            let Some(turn) = wait.next_turn(|| false) else {
                return false;
            };
            buffer = self.running.output.wait(buffer, turn);
        }
        buffer.bytes.is_empty()
    }

    /// Looks at standard output until `look` has an answer, or fails the check.
    fn watch<T>(
        &self,
        should: String,
        look: impl FnMut(&mut Buffer) -> Option<Result<T, Observation>>,
    ) -> T {
        self.watch_within(Wait::new(), should, look)
    }

    fn watch_within<T>(
        &self,
        wait: Wait,
        should: String,
        look: impl FnMut(&mut Buffer) -> Option<Result<T, Observation>>,
    ) -> T {
        match self.look(wait, look) {
            Ok(seen) => seen,
            Err(observed) => self.story.fails(should, observed),
        }
    }

    /// The same, and returns what was seen instead.
    fn look<T>(
        &self,
        mut wait: Wait,
        mut look: impl FnMut(&mut Buffer) -> Option<Result<T, Observation>>,
    ) -> Result<T, Observation> {
        let mut buffer = self.running.output.lock();
        loop {
            if let Some(answer) = look(&mut buffer) {
                return answer;
            }
            if buffer.ended {
                drop(buffer);
                let ended = self.running.ended_by_now();
                return Err(ended.map_or(Observation::OutputEnded, Observation::Ended));
            }
            let Some(turn) = wait.next_turn(|| self.story.has_work()) else {
                return Err(match buffer.rest() {
                    [] => Observation::NothingPrinted,
                    some => Observation::PrintedUnended(some.to_vec()),
                });
            };
            buffer = self.running.output.wait(buffer, turn);
        }
    }

    fn printed(&self, bytes: &[u8]) {
        let (name, printed) = (self.name(), apart(quote(bytes)));
        self.story
            .step(say!("{name} printed {printed}", "طبع {name} {printed}"));
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    let text = text.as_bytes();
    bytes.windows(text.len()).any(|window| window == text)
}
