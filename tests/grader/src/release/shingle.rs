//! Finds where texts share several lines in a row.

use std::collections::HashMap;

/// So many lines in a row are no coincidence.
const LINES: usize = 3;

/// Runs of lines, each with the text that it comes from.
#[derive(Default)]
pub struct Shingles {
    sources: HashMap<String, String>,
}

impl Shingles {
    /// Adds every run of `text`, which is called `name`.
    pub fn add(&mut self, name: &str, text: &str) {
        for (_, shingle) in shingles(text) {
            self.sources
                .entry(shingle)
                .or_insert_with(|| name.to_string());
        }
    }

    /// Forgets every run that stands in `text`.
    pub fn remove(&mut self, text: &str) {
        for (_, shingle) in shingles(text) {
            self.sources.remove(&shingle);
        }
    }

    /// The first line of `text` at which a known run begins, and where the run
    /// comes from.
    pub fn first_in(&self, text: &str) -> Option<(usize, &str)> {
        let mut found = shingles(text).into_iter();
        found.find_map(|(line, shingle)| Some((line, self.sources.get(&shingle)?.as_str())))
    }
}

/// Every run of lines that say something, with the number of its first line.
fn shingles(text: &str) -> Vec<(usize, String)> {
    let numbered = (1..).zip(text.lines().map(str::trim));
    let telling: Vec<(usize, &str)> = numbered.filter(|(_, line)| says_something(line)).collect();
    let windows = telling.windows(LINES);
    windows
        .map(|window| {
            let lines: Vec<&str> = window.iter().map(|(_, line)| *line).collect();
            (window[0].0, lines.join("\n"))
        })
        .collect()
}

/// Lone brackets, imports, attributes and comments stand in every program.
fn says_something(line: &str) -> bool {
    let has_words = line.chars().filter(|it| it.is_alphanumeric()).count() > 3;
    let is_frame = ["use ", "mod ", "//", "#["]
        .iter()
        .any(|it| line.starts_with(it));
    has_words && !is_frame
}

#[cfg(test)]
mod tests {
    use super::Shingles;

    #[test]
    fn three_lines_in_a_row_are_found_and_two_are_not() {
        let mut secrets = Shingles::default();
        secrets.add("s.rs", "let alpha = 1;\n}\nlet beta = 2;\nlet gamma = 3;\n");
        let found = secrets.first_in("x();\n  let alpha = 1;\nlet beta = 2;\n\nlet gamma = 3;\n");
        assert_eq!(found, Some((2, "s.rs")));
        assert_eq!(secrets.first_in("let alpha = 1;\nlet beta = 2;\n"), None);
        secrets.remove("let alpha = 1;\nlet beta = 2;\nlet gamma = 3;\n");
        assert_eq!(
            secrets.first_in("let alpha = 1;\nlet beta = 2;\nlet gamma = 3;\n"),
            None
        );
    }
}
