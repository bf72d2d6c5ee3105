//! How many points each task gives.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};
use serde::Deserialize;

use course::output::cannot_read;

/// What holds when no file is named: the file that instructors copy.
const DEFAULT: &str = include_str!("../weights.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    default: f64,
    partial: bool,
    #[serde(default)]
    tasks: BTreeMap<String, f64>,
}

impl std::hash::Hash for Weights {
    fn hash<H: std::hash::Hasher>(&self, hasher: &mut H) {
        self.default.to_bits().hash(hasher);
        self.partial.hash(hasher);
        for (task, weight) in &self.tasks {
            (task, weight.to_bits()).hash(hasher);
        }
    }
}

impl Weights {
    /// Reads `path`, or what the course ships.
    ///
    /// # Errors
    /// When the file cannot be read, or a weight is no number from 0 on.
    pub fn read(path: Option<&Path>) -> Result<Weights> {
        let text = match path {
            Some(path) => {
                std::fs::read_to_string(path).with_context(|| cannot_read(path.display()))?
            }
            None => DEFAULT.to_string(),
        };
        let name = apart(path.unwrap_or(Path::new("weights.toml")).display());
        let weights: Weights = toml::from_str(&text)
            .with_context(|| say!("{name} is not as it should be", "{name} ليس كما يجب"))?;
        for (task, weight) in weights
            .tasks
            .iter()
            .chain([(&"default".to_string(), &weights.default)])
        {
            ensure!(
                task == "default" || names_a_task(task),
                say!(
                    "{name}: [tasks] needs tasks such as \"3.6\", found {task:?}",
                    "{name}: المطلوب في \u{2068}[tasks]\u{2069} مهام مثل \u{2068}\"3.6\"\u{2069}، والموجود \u{2068}{task:?}\u{2069}"
                )
            );
            ensure!(
                weight.is_finite() && *weight >= 0.0,
                say!(
                    "{name}: {task} needs a number from 0 on, found {weight}",
                    "{name}: المطلوب للمهمة \u{2068}{task}\u{2069} عدد من 0 فصاعدًا، والموجود \u{2068}{weight}\u{2069}"
                )
            );
        }
        Ok(weights)
    }

    /// The points of a task.
    pub fn of(&self, lab: u32, task: u32) -> f64 {
        let weight = self.tasks.get(&format!("{lab}.{task}"));
        weight.copied().unwrap_or(self.default)
    }

    /// The points for so many of its checks.
    pub fn points(&self, lab: u32, task: u32, passed: usize, checks: usize) -> f64 {
        let share = match checks {
            0 => 0.0,
            _ => passed as f64 / checks as f64,
        };
        let share = if self.partial { share } else { share.floor() };
        (self.of(lab, task) * share * 100.0).round() / 100.0
    }
}

/// Whether `key` has the form of a task: a weight for `1.l` would count for none.
fn names_a_task(key: &str) -> bool {
    let is_number = |text: &str| text.parse::<u32>().is_ok_and(|it| it.to_string() == text);
    key.split_once('.')
        .is_some_and(|(lab, task)| is_number(lab) && is_number(task))
}

#[cfg(test)]
mod tests {
    use super::{Weights, names_a_task};

    #[test]
    fn a_task_gives_its_points_whole_or_in_parts() {
        let whole: Weights = toml::from_str("default = 2.0\npartial = false").unwrap();
        assert_eq!(whole.points(3, 2, 3, 4), 0.0);
        assert_eq!(whole.points(3, 2, 4, 4), 2.0);
        let parts: Weights =
            toml::from_str("default = 1.0\npartial = true\n[tasks]\n\"3.2\" = 3.0").unwrap();
        assert_eq!(parts.points(3, 2, 1, 2), 1.5);
        assert_eq!(parts.points(3, 1, 0, 0), 0.0);
    }

    #[test]
    fn a_weight_for_no_task_is_refused() {
        assert!(names_a_task("3.6") && names_a_task("12.10"));
        for key in ["1.l", "lab1.1", "3", "03.1", "3.1.2", "+3.1", ""] {
            assert!(!names_a_task(key), "{key}");
        }
    }

    #[test]
    fn the_shipped_weights_are_right() {
        assert_eq!(Weights::read(None).unwrap().of(3, 6), 1.0);
    }
}
