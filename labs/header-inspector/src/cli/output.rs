//! Printing: colour only where it is wanted, and a quiet end when nobody reads on.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;

use anstream::{AutoStream, ColorChoice};
use anyhow::{Context, Result};
use header_inspector::input::Meter;
use header_inspector::view::Color;

use super::progress::Progress;

/// Standard output, and the progress on standard error beside it.
pub struct Output {
    stdout: AutoStream<io::StdoutLock<'static>>,
    color: Color,
    progress: Progress,
    failed: Option<io::Error>,
}

impl Output {
    /// Takes standard output. anstream knows terminals, `NO_COLOR` and old Windows.
    pub fn new(meter: Meter) -> Output {
        let stdout = io::stdout();
        let colored = AutoStream::choice(&stdout) != ColorChoice::Never && stdout.is_terminal();
        let (choice, color) = match colored {
            true => (ColorChoice::Always, Color::Ansi),
            // Passed through as it is: stripping a capture's worth of text costs time.
            false => (ColorChoice::AlwaysAnsi, Color::Plain),
        };
        Output {
            stdout: AutoStream::new(stdout.lock(), choice),
            color,
            progress: Progress::new(meter),
            failed: None,
        }
    }

    pub fn color(&self) -> Color {
        self.color
    }

    /// Prints text and empties its buffer; breaks once printing has failed.
    pub fn take(&mut self, text: &mut Vec<u8>, frames: u64) -> ControlFlow<()> {
        if text.is_empty() {
            self.progress.show(frames);
            return ControlFlow::Continue(());
        }
        self.progress.clear();
        let written = self
            .stdout
            .write_all(text)
            .and_then(|()| self.stdout.flush());
        text.clear();
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    /// Ends the printing; a closed pipe is how `head` says that it has enough.
    pub fn finish(&mut self) -> Result<()> {
        self.progress.clear();
        match self.failed.take() {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(error).context("cannot write to standard output")
            }
            _ => Ok(()),
        }
    }
}
