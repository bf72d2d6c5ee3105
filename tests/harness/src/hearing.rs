//! What a peer hears: the checks of everything that arrives at it.

use std::io::Read;

use crate::fact::{Fact, quote};
use crate::language::{apart, say};
use crate::patience::Wait;
use crate::peer::{Peer, is_only_time};

/// How a read ended when it did not bring bytes.
enum Silence {
    TimeIsUp,
    End,
    Broken(std::io::Error),
}

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
                Ok(found) if skip(&String::from_utf8_lossy(&found)) => {}
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
                Ok(_) => {}
                Err(fact) => self.fails_to_hear(lines[0].as_bytes(), fact),
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

    fn line_or_fact(&mut self) -> Result<Vec<u8>, Fact> {
        let mut wait = Wait::new();
        let mut searched = 0;
        loop {
            let unseen = &self.received[searched..];
            if let Some(end) = unseen.iter().position(|byte| *byte == b'\n') {
                let mut line: Vec<u8> = self.received.drain(..=searched + end).collect();
                line.pop();
                line.pop_if(|last| *last == b'\r');
                if std::mem::take(&mut self.line_may_end) && line.is_empty() {
                    searched = 0;
                    continue;
                }
                return Ok(line);
            }
            searched = self.received.len();
            let silence = self.read(&mut wait).err();
            if let Some(silence) = silence {
                return Err(silence.fact(&self.received));
            }
        }
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

    /// Reads what has come, for one wait at most.
    fn read(&mut self, wait: &mut Wait) -> Result<(), Silence> {
        let mut chunk = [0; 64 * 1024];
        loop {
            let turn = wait.next_turn().ok_or(Silence::TimeIsUp)?;
            let _ = self.stream.set_read_timeout(Some(turn));
            match self.stream.read(&mut chunk) {
                Ok(0) => return Err(Silence::End),
                Ok(count) => {
                    self.received.extend_from_slice(&chunk[..count]);
                    return Ok(());
                }
                Err(error) if is_only_time(&error) => {}
                Err(error) => return Err(Silence::Broken(error)),
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
            "the connection of {name} was closed",
            "أُغلق اتصال {name}"
        ));
    }

    fn fails_to_end(&self, fact: Fact) -> ! {
        let name = self.shown_name();
        let should = say!(
            "the connection of {name} should be closed",
            "كان يجب أن يُغلق اتصال {name}"
        );
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

impl Silence {
    fn fact(self, received: &[u8]) -> Fact {
        match (self, received) {
            (Silence::TimeIsUp, []) => Fact::NothingCame,
            (Silence::TimeIsUp, some) => Fact::OnlyCame(some.to_vec()),
            (Silence::End, []) => Fact::Closed,
            (Silence::End, some) => Fact::ClosedAfter(some.to_vec()),
            (Silence::Broken(error), _) => Fact::Broke(error),
        }
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
