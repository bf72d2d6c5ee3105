//! How many points each task gives.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};
use serde::Deserialize;

use course::lab::Lab;
use course::output::cannot_read;
use course::target::Target;

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

impl Weights {
    /// Reads `path`, or what the course ships.
    ///
    /// # Errors
    /// If the file cannot be read, a weight is no number from 0 on, a weight is for no
    /// task of `labs`, or no task of them gives points.
    pub fn read(path: Option<&Path>, labs: &[Lab]) -> Result<Weights> {
        let text = match path {
            Some(path) => {
                std::fs::read_to_string(path).with_context(|| cannot_read(path.display()))?
            }
            None => DEFAULT.to_string(),
        };
        let name = apart(path.unwrap_or(Path::new("weights.toml")).display());
        let weights: Weights = toml::from_str(&text)
            .with_context(|| say!("{name} is not as it should be", "{name} ليس كما يجب"))?;
        for (task, weight) in &weights.tasks {
            let is_known = task
                .parse::<Target>()
                .is_ok_and(|it| Lab::at(labs, it).is_ok());
            ensure!(
                is_known && task.contains('.') && is_weight(*weight),
                say!(
                    "{name}: [tasks] needs tasks such as \"3.6\" with numbers from 0 on, found {task:?} = {weight}",
                    "{name}: المطلوب في \u{2068}[tasks]\u{2069} مهام مثل \u{2068}\"3.6\"\u{2069} لها أعداد من 0 فصاعدًا، والموجود \u{2068}{task:?} = {weight}\u{2069}"
                )
            );
        }
        let mut tasks = labs
            .iter()
            .flat_map(|lab| (1..=lab.tasks).map(|task| (lab.number, task)));
        ensure!(
            is_weight(weights.default) && tasks.any(|(lab, task)| weights.of(lab, task) > 0.0),
            say!("{name}: no task gives points", "{name}: لا درجات لأي مهمة")
        );
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

fn is_weight(weight: f64) -> bool {
    weight.is_finite() && weight >= 0.0
}

#[cfg(test)]
mod tests {
    use super::Weights;
    use crate::scratch::Scratch;
    use course::lab::Lab;

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
        let labs = Lab::all().unwrap();
        let folder = Scratch::new();
        let read = |text: &str| {
            let path = folder.file("weights.toml", format!("partial = false\n{text}"));
            Weights::read(Some(&path), &labs).map(|weights| weights.of(3, 6))
        };
        assert_eq!(read("default = 0\n[tasks]\n\"3.6\" = 2").ok(), Some(2.0));
        for key in ["1.l", "lab1", "3", "3.0", "3.99", "99.1", "3.1.2", ""] {
            let error = read(&format!("default = 1\n[tasks]\n\"{key}\" = 1"));
            assert!(error.is_err(), "{key}");
        }
        assert!(read("default = 0").is_err(), "no task gives points");
        assert!(read("default = -1\n[tasks]\n\"3.6\" = 2").is_err());
    }

    #[test]
    fn the_shipped_weights_are_right() {
        assert_eq!(
            Weights::read(None, &Lab::all().unwrap()).unwrap().of(3, 6),
            1.0
        );
    }
}
