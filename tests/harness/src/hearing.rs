//! What a peer hears: the checks of everything that arrives at it.

use crate::fact::{Fact, quote, seconds};
use crate::language::{apart, say};
use crate::patience::{Wait, patience};
use crate::peer::Peer;
use crate::reading::Silence;

impl Peer {
    /// The next line that arrives is `line` (a `\r` before its end is dropped).
    pub fn hears(&mut self, line: &str) {
        self.hears_past(|_| false, line);
    }

    /// Some later line that arrives is `line`; those before it are skipped.
    pub fn hears_later(&mut self, line: &str) {
        self.hears_past(|_| true, line);
    }

    /// The next line that arrives is `line`, not counting those that `skip`
    /// names as beside the point.
    pub fn hears_past(&mut self, skip: impl Fn(&str) -> bool, line: &str) {
        loop {
            match self.line_or_fact() {
                Ok(found) if found == line.as_bytes() => return self.heard(line.as_bytes()),
                Ok(found) if skip(&String::from_utf8_lossy(&found)) => self.heard(&found),
                Ok(found) => self.fails_to_hear(line.as_bytes(), Fact::Came(found)),
                Err(fact) => self.fails_to_hear(line.as_bytes(), fact),
            }
        }
    }

    /// Some later line that arrives is one of `lines`.
    pub fn hears_later_one_of(&mut self, lines: &[&str]) {
        loop {
            match self.line_or_fact() {
                Ok(found) if lines.iter().any(|line| line.as_bytes() == found) => {
                    return self.heard(&found);
                }
                Ok(found) => self.heard(&found),
                Err(fact) => self.fails_to_hear(lines[0].as_bytes(), fact),
            }
        }
    }

    /// Each of `lines` arrives, in whatever order, past those that `skip` names.
    pub fn hears_in_any_order(&mut self, skip: impl Fn(&str) -> bool, lines: &[String]) {
        let mut missing: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        while let Some(next) = missing.first() {
            match self.line_or_fact() {
                Ok(found) => {
                    match missing.iter().position(|line| **line == found) {
                        Some(place) => drop(missing.swap_remove(place)),
                        None if skip(&String::from_utf8_lossy(&found)) => {}
                        None => self.fails_to_hear(next, Fact::Came(found)),
                    }
                    self.heard(&found);
                }
                Err(fact) => self.fails_to_hear(next, fact),
            }
        }
    }

    /// The connection ends, and nothing comes before but lines that `skip` names.
    pub fn hears_the_end_past(&mut self, skip: impl Fn(&str) -> bool) {
        match self.next_but(skip) {
            Ok(line) => self.fails_to_end(Fact::Came(line)),
            Err(Fact::Closed | Fact::Broke(_)) => self.ended(),
            Err(fact) => self.fails_to_end(fact),
        }
    }

    /// The same, and the end may come in the middle of a line.
    pub fn is_cut_off_past(&mut self, skip: impl Fn(&str) -> bool) {
        match self.next_but(skip) {
            Ok(line) => self.fails_to_end(Fact::Came(line)),
            Err(Fact::Closed | Fact::ClosedAfter(_) | Fact::Broke(_)) => self.ended(),
            Err(fact) => self.fails_to_end(fact),
        }
    }

    /// Either a line arrives that `skip` does not name, or the connection ends.
    pub fn hears_something_or_the_end(&mut self, skip: impl Fn(&str) -> bool) {
        match self.next_but(skip) {
            Ok(line) => self.heard(&line),
            Err(Fact::Closed | Fact::ClosedAfter(_) | Fact::Broke(_)) => self.ended(),
            Err(fact) => {
                let name = self.shown_name();
                let should = say!(
                    "{name} should be told something, or its connection closed",
                    "كان يجب أن يُخبَر {name} بشيء أو أن يُغلق اتصاله"
                );
                self.story.fails(should, fact)
            }
        }
    }

    fn next_but(&mut self, skip: impl Fn(&str) -> bool) -> Result<Vec<u8>, Fact> {
        loop {
            let line = self.line_or_fact()?;
            if !skip(&String::from_utf8_lossy(&line)) {
                return Ok(line);
            }
            self.heard(&line);
        }
    }

    /// Takes the next line that arrives, whatever it is.
    pub fn hears_a_line(&mut self) -> String {
        match self.line_or_fact() {
            Ok(line) => {
                self.heard(&line);
                String::from_utf8_lossy(&line).into_owned()
            }
            Err(fact) => {
                let name = self.shown_name();
                let should = say!("{name} should hear a line", "كان يجب أن يسمع {name} سطرًا");
                self.story.fails(should, fact)
            }
        }
    }

    /// Takes what arrives next, whatever it is, as far as it has come.
    pub fn hears_something(&mut self) {
        if self.received.is_empty()
            && let Err(silence) = self.read(&mut Wait::new())
        {
            let name = self.shown_name();
            let should = say!(
                "{name} should hear something",
                "كان يجب أن يسمع {name} شيئًا"
            );
            self.story.fails(should, silence.fact(&[]));
        }
        let heard = std::mem::take(&mut self.received);
        self.heard(&heard);
    }

    /// The next bytes that arrive are exactly `expected`.
    pub fn hears_bytes(&mut self, expected: &[u8]) {
        let mut wait = Wait::new();
        let mut compared = 0;
        loop {
            let common = self.received.len().min(expected.len());
            let (found, needed) = (
                &self.received[compared..common],
                &expected[compared..common],
            );
            if found != needed {
                let mut pairs = found.iter().zip(needed);
                let place = pairs.position(|(found, needed)| found != needed);
                let place = compared + place.unwrap_or_default();
                let fact = differs(place, expected, &self.received);
                self.fails_to_hear(expected, fact);
            }
            compared = common;
            if common == expected.len() {
                self.received.drain(..common);
                return self.heard(expected);
            }
            match self.read(&mut wait) {
                Ok(()) => wait = Wait::new(),
                Err(silence) => {
                    let fact = silence.fact(&self.received);
                    self.fails_to_hear(expected, fact)
                }
            }
        }
    }

    /// The next bytes that arrive are `text`. The end of its line may follow, now or
    /// later, or be missing: for checks that are about something else.
    pub fn hears_alone_or_as_a_line(&mut self, text: &str) {
        self.hears_bytes(text.as_bytes());
        self.line_may_end = true;
    }

    /// Sooner or later `text` arrives. Returns what came before it. The end of its
    /// line is treated as above.
    pub fn hears_up_to(&mut self, text: &str) -> Vec<u8> {
        let wanted = text.as_bytes();
        let mut wait = Wait::new();
        loop {
            let mut windows = self.received.windows(wanted.len());
            if let Some(place) = windows.position(|window| window == wanted) {
                let before = self.received.drain(..place).collect();
                self.hears_alone_or_as_a_line(text);
                return before;
            }
            if let Err(silence) = self.read(&mut wait) {
                let fact = silence.fact(&self.received);
                self.fails_to_hear(wanted, fact);
            }
        }
    }

    /// The connection ends, in order or with a reset, and nothing comes before.
    pub fn hears_the_end(&mut self) {
        let mut wait = Wait::new();
        while self.received.is_empty() || self.only_a_line_ends() {
            self.received.clear();
            match self.read(&mut wait) {
                Ok(()) => {}
                Err(Silence::TimeIsUp) => self.fails_to_end(Fact::NothingCame),
                Err(_) => return self.ended(),
            }
        }
        let came = Fact::Came(self.received.clone());
        self.fails_to_end(came)
    }

    fn only_a_line_ends(&self) -> bool {
        self.line_may_end && matches!(&self.received[..], b"\n" | b"\r\n")
    }

    /// The connection ends sooner or later, whatever comes before.
    pub fn hears_the_end_later(&mut self) {
        loop {
            self.received.clear();
            if self.read(&mut Wait::new()).is_err() {
                return self.hears_the_end();
            }
        }
    }

    fn heard(&self, bytes: &[u8]) {
        let (name, heard) = (self.shown_name(), apart(quote(bytes)));
        self.story
            .step(say!("{name} heard {heard}", "سمع {name} {heard}"));
    }

    fn ended(&self) {
        let name = self.shown_name();
        self.story.step(say!(
            "the connection with {name} was closed",
            "أُغلق الاتصال مع {name}"
        ));
    }

    fn fails_to_end(&self, fact: Fact) -> ! {
        let name = self.shown_name();
        let should = say!(
            "the connection with {name} should be closed",
            "كان يجب أن يُغلق الاتصال مع {name}"
        );
        let fact = match fact {
            Fact::NothingCame => {
                let time = apart(seconds(patience()));
                Fact::Other(say!(
                    "after {time} it is still open",
                    "ما زال مفتوحًا بعد {time}"
                ))
            }
            fact => fact,
        };
        self.story.fails(should, fact)
    }

    fn fails_to_hear(&self, bytes: &[u8], fact: Fact) -> ! {
        let (name, wanted) = (self.shown_name(), apart(quote(bytes)));
        let should = say!(
            "{name} should hear {wanted}",
            "كان يجب أن يسمع {name} {wanted}"
        );
        self.story.fails(should, fact)
    }
}

/// Short answers are shown whole; of a long one, where it goes wrong.
fn differs(place: usize, needed: &[u8], found: &[u8]) -> Fact {
    const SHORT: usize = 100;
    const SHOWN: usize = 16;
    if needed.len() <= SHORT {
        return Fact::Came(found.to_vec());
    }
    let part = |bytes: &[u8]| bytes[place..].iter().take(SHOWN).copied().collect();
    Fact::DiffersAt(place, part(needed), part(found))
}
