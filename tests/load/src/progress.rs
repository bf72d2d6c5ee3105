//! One line on the terminal that says what is going on; nothing where there is
//! no terminal.

use indicatif::{ProgressBar, ProgressStyle};

pub struct Progress {
    bar: ProgressBar,
    title: String,
}

impl Progress {
    pub fn new(title: &str) -> Progress {
        let bar = ProgressBar::new(1);
        let style = ProgressStyle::with_template("{bar:24} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Progress {
            bar,
            title: title.to_owned(),
        }
    }

    /// Begins a step of `length` units.
    pub fn begin(&self, step: &str, length: u64) {
        self.bar.reset();
        self.bar.set_length(length.max(1));
        self.bar.set_message(format!("{}: {step}", self.title));
    }

    pub fn at(&self, position: u64) {
        self.bar.set_position(position);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
