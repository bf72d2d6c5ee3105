//! What a peer receives: the checks of everything that arrives at it.

use crate::language::{apart, say};
use crate::observation::{Observation, quote, seconds};
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

    /// The next line that arrives is `line`, not counting those for which `skip`
    /// is true.
    pub fn hears_past(&mut self, skip: impl Fn(&str) -> bool, line: &str) {
        loop {
            match self.next_line() {
                Ok(found) if found == line.as_bytes() => return self.heard(line.as_bytes()),
                Ok(found) if skip(&String::from_utf8_lossy(&found)) => self.heard(&found),
                Ok(found) => self.fails_to_hear(line.as_bytes(), Observation::Arrived(found)),
                Err(observed) => self.fails_to_hear(line.as_bytes(), observed),
            }
        }
    }

    /// Some later line that arrives is one of `lines`.
    pub fn hears_later_one_of(&mut self, lines: &[&str]) {
        loop {
            match self.next_line() {
                Ok(found) if lines.iter().any(|line| line.as_bytes() == found) => {
                    return self.heard(&found);
                }
                Ok(found) => self.heard(&found),
                Err(observed) => self.fails_to_hear(lines[0].as_bytes(), observed),
            }
        }
    }

    /// Each of `lines` arrives, in any order; lines for which `skip` is true are ignored.
    pub fn hears_in_any_order(&mut self, skip: impl Fn(&str) -> bool, lines: &[String]) {
        let mut missing: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
        while let Some(next) = missing.first() {
            match self.next_line() {
                Ok(found) => {
                    match missing.iter().position(|line| **line == found) {
                        Some(place) => drop(missing.swap_remove(place)),
                        None if skip(&String::from_utf8_lossy(&found)) => {}
                        None => self.fails_to_hear(next, Observation::Arrived(found)),
                    }
                    self.heard(&found);
                }
                Err(observed) => self.fails_to_hear(next, observed),
            }
        }
    }

    /// The connection is closed, and before that only lines arrive for which `skip` is true.
    pub fn hears_the_end_past(&mut self, skip: impl Fn(&str) -> bool) {
        match self.next_but(skip) {
            Ok(line) => self.fails_to_end(Observation::Arrived(line)),
            Err(Observation::Closed | Observation::Broke(_)) => self.ended(),
            Err(observed) => self.fails_to_end(observed),
        }
    }

    /// The same, and it may be closed in the middle of a line.
    pub fn is_cut_off_past(&mut self, skip: impl Fn(&str) -> bool) {
        match self.next_but(skip) {
            Ok(line) => self.fails_to_end(Observation::Arrived(line)),
            Err(Observation::Closed | Observation::ClosedAfter(_) | Observation::Broke(_)) => {
                self.ended()
            }
            Err(observed) => self.fails_to_end(observed),
        }
    }

    /// Either a line arrives for which `skip` is false, or the connection is closed.
    pub fn hears_something_or_the_end(&mut self, skip: impl Fn(&str) -> bool) {
        match self.next_but(skip) {
            Ok(line) => self.heard(&line),
            Err(Observation::Closed | Observation::ClosedAfter(_) | Observation::Broke(_)) => {
                self.ended()
            }
            Err(observed) => {
                let name = self.shown_name();
                let should = say!(
                    "{name} should be told something, or its connection closed",
                    "كان يجب أن يُخبَر {name} بشيء أو أن يُغلق اتصاله"
                );
                self.story.fails(should, observed)
            }
        }
    }

    fn next_but(&mut self, skip: impl Fn(&str) -> bool) -> Result<Vec<u8>, Observation> {
        loop {
            let line = self.next_line()?;
            if !skip(&String::from_utf8_lossy(&line)) {
                return Ok(line);
            }
            self.heard(&line);
        }
    }

    /// Reads the next line that arrives, whatever it is.
    pub fn hears_a_line(&mut self) -> String {
        match self.next_line() {
            Ok(line) => {
                self.heard(&line);
                String::from_utf8_lossy(&line).into_owned()
            }
            Err(observed) => {
                let name = self.shown_name();
                let should = say!("{name} should hear a line", "كان يجب أن يسمع {name} سطرًا");
                self.story.fails(should, observed)
            }
        }
    }

    /// Reads what has arrived, whatever it is, waiting for at least one byte.
    pub fn hears_something(&mut self) {
        if self.received.is_empty()
            && let Err(silence) = self.read(&mut Wait::new())
        {
            let name = self.shown_name();
            let should = say!(
                "{name} should hear something",
                "كان يجب أن يسمع {name} شيئًا"
            );
            self.story.fails(should, silence.observed(&[]));
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
                let observed = differs(place, expected, &self.received);
                self.fails_to_hear(expected, observed);
            }
            compared = common;
            if common == expected.len() {
                self.received.drain(..common);
                return self.heard(expected);
            }
            match self.read(&mut wait) {
                Ok(()) => wait = Wait::new(),
                Err(silence) => {
                    let observed = silence.observed(&self.received);
                    self.fails_to_hear(expected, observed)
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

    /// `text` eventually arrives. Returns what arrived before it. The end of its
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
                let observed = silence.observed(&self.received);
                self.fails_to_hear(wanted, observed);
            }
        }
    }

    /// `end` eventually arrives. Returns what arrived before it, and shows both.
    pub fn hears_through(&mut self, end: &str) -> Vec<u8> {
        let mut wait = Wait::new();
        loop {
            let mut windows = self.received.windows(end.len());
            if let Some(place) = windows.position(|window| window == end.as_bytes()) {
                let heard: Vec<u8> = self.received.drain(..place + end.len()).collect();
                self.heard(&heard);
                return heard[..place].to_vec();
            }
            if let Err(silence) = self.read(&mut wait) {
                let observed = silence.observed(&self.received);
                self.fails_to_hear(end.as_bytes(), observed);
            }
        }
    }

    /// The connection is closed, in order or with a reset, and nothing arrives before.
    pub fn hears_the_end(&mut self) {
        let mut wait = Wait::new();
        while self.received.is_empty() || self.only_a_line_ends() {
            self.received.clear();
            match self.read(&mut wait) {
                Ok(()) => {}
                Err(Silence::TimeIsUp) => self.fails_to_end(Observation::NothingArrived),
                Err(_) => return self.ended(),
            }
        }
        let came = Observation::Arrived(self.received.clone());
        self.fails_to_end(came)
    }

    fn only_a_line_ends(&self) -> bool {
        self.line_may_end && matches!(&self.received[..], b"\n" | b"\r\n")
    }

    /// The connection is eventually closed, whatever arrives before.
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

    fn fails_to_end(&self, observed: Observation) -> ! {
        let name = self.shown_name();
        let should = say!(
            "the connection with {name} should be closed",
            "كان يجب أن يُغلق الاتصال مع {name}"
        );
        let observed = match observed {
            Observation::NothingArrived => {
                let time = apart(seconds(patience()));
                Observation::Other(say!(
                    "after {time} it is still open",
                    "ما زال مفتوحًا بعد {time}"
                ))
            }
            observed => observed,
        };
        self.story.fails(should, observed)
    }

    fn fails_to_hear(&self, bytes: &[u8], observed: Observation) -> ! {
        let (name, wanted) = (self.shown_name(), apart(quote(bytes)));
        let should = say!(
            "{name} should hear {wanted}",
            "كان يجب أن يسمع {name} {wanted}"
        );
        self.story.fails(should, observed)
    }
}

/// A short answer is shown whole; of a long one, the first difference.
fn differs(place: usize, needed: &[u8], found: &[u8]) -> Observation {
    const SHORT: usize = 100;
    const SHOWN: usize = 16;
    if needed.len() <= SHORT {
        return Observation::Arrived(found.to_vec());
    }
    let part = |bytes: &[u8]| bytes[place..].iter().take(SHOWN).copied().collect();
    Observation::DiffersAt(place, part(needed), part(found))
}
