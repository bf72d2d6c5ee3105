//! Draws the course's figures, each in English and in Arabic, as SVG.
//!
//! One file of `src/` is one figure; `FIGURES` lists them. A figure is drawn
//! once, with labels that come in both languages, so the two cannot drift:
//!
//! ```text
//! Figure ── draw ──> Canvas (English) ──> NAME.en.svg
//!              └───> Canvas (Arabic)  ──> NAME.ar.svg
//! ```
//!
//! `cargo run -p figures` writes the files; `cargo test -p figures` fails when a
//! committed file is not what would be written.

mod back_pressure;
pub mod canvas;
mod close;
pub mod document;
mod five_views;
mod framing;
mod handshake;
mod lab1_echo;
mod lab2_chat;
mod lab4_client;
mod ladder;
mod layers;
mod line;
mod pencil_sheet;
mod room_flow;
mod room_session;
mod room_threads;
mod servers;
mod session;
pub mod shapes;
mod socket_calls;
pub mod style;
mod tcp_header;
pub mod width;
mod window;
mod wireshark;
pub mod words;

use canvas::{Canvas, Reading};
use document::document;
use std::path::PathBuf;
use words::{Language, Words};

/// One figure of the course.
pub struct Figure {
    /// The file's name, before `.en.svg`.
    pub name: &'static str,
    /// What a screen reader says first.
    pub title: Words,
    /// What the picture shows, for someone who cannot see it.
    pub description: Words,
    pub height: f64,
    pub reading: Reading,
    pub draw: fn(&mut Canvas),
}

pub const FIGURES: &[Figure] = &[
    layers::FIGURE,
    five_views::FIGURE,
    tcp_header::FIGURE,
    socket_calls::FIGURE,
    handshake::FIGURE,
    close::FIGURE,
    framing::FIGURE,
    back_pressure::FIGURE,
    lab1_echo::FIGURE,
    lab2_chat::FIGURE,
    room_threads::FIGURE,
    room_flow::FIGURE,
    lab4_client::FIGURE,
    session::FIGURE,
    room_session::FIGURE,
    window::FIGURE,
    servers::FIGURE,
    pencil_sheet::FIGURE,
    wireshark::FIGURE,
];

impl Figure {
    /// The figure, drawn but not yet wrapped into a file.
    pub fn canvas(&self, language: Language) -> Canvas {
        let mut canvas = Canvas::new(language, self.height, self.reading);
        (self.draw)(&mut canvas);
        canvas
    }

    /// The file's content.
    pub fn svg(&self, language: Language) -> String {
        let title = self.title.in_language(language);
        let description = self.description.in_language(language);
        document(&self.canvas(language), self.name, title, description)
    }

    /// The file's name.
    pub fn file(&self, language: Language) -> String {
        format!("{}.{}.svg", self.name, language.code())
    }
}

/// The folder of the figures in the tree that cargo runs in.
pub fn folder() -> PathBuf {
    harness::root().join("docs/figures")
}
