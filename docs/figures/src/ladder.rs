//! Two ends, time running downwards, and what passes between them.

use crate::canvas::{Align, Canvas, area};
use crate::shapes::{Line, Look};
use crate::style::Type;
use crate::words::{Words, words};

/// Where the client's and the server's lines of time stand.
pub const CLIENT_X: f64 = 215.0;
pub const SERVER_X: f64 = 545.0;
/// How far a segment falls on its way: it takes time.
const FALL: f64 = 18.0;
const TOP: f64 = 14.0;
const SIDE: f64 = 190.0;

/// Which end does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Client,
    Server,
}

impl Canvas {
    /// The two programs' names and their lines of time, down to `bottom`.
    pub fn two_ends(&mut self, bottom: f64) {
        for (x, look, name) in [
            (CLIENT_X, Look::Client, words("client", "العميل")),
            (SERVER_X, Look::Server, words("server", "الخادم")),
        ] {
            self.block(area(x - 65.0, TOP, 130.0, 32.0), look, 8.0);
            let label = area(x - 65.0, TOP, 130.0, 32.0);
            self.text(name, label, Align::Middle, Type::Strong);
            self.arrow(&[(x, TOP + 34.0), (x, bottom)], Line::Hair);
        }
    }

    /// A segment that leaves at `y`, with its label above its middle.
    pub fn segment(&mut self, from: End, y: f64, label: Words, line: Line) {
        let (start, end) = match from {
            End::Client => (CLIENT_X + 2.0, SERVER_X - 2.0),
            End::Server => (SERVER_X - 2.0, CLIENT_X + 2.0),
        };
        self.arrow(&[(start, y), (end, y + FALL)], line);
        let above = area(CLIENT_X + 6.0, y - 18.0, SERVER_X - CLIENT_X - 12.0, 19.0);
        self.text(label, above, Align::Middle, Type::Small);
    }

    /// A remark beside one end's line, centred on `y`.
    pub fn beside(&mut self, end: End, y: f64, height: f64, label: Words, kind: Type) {
        let (x, align) = match end {
            End::Client => (CLIENT_X - 12.0 - SIDE, Align::End),
            End::Server => (SERVER_X + 12.0, Align::Start),
        };
        let at = area(x, y - height / 2.0, SIDE, height);
        self.text(label, at, align, kind);
    }

    /// A state of the connection, on the end's line from `from` to `to`.
    pub fn state(&mut self, end: End, from: f64, to: f64, look: Look) {
        let x = match end {
            End::Client => CLIENT_X,
            End::Server => SERVER_X,
        };
        self.block(area(x - 5.0, from, 10.0, to - from), look, 3.0);
    }
}
