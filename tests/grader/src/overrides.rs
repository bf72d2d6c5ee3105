//! What an instructor decides beside the checks: extra points, comments, extensions, and
//! what lateness costs. Kept in a file of its own, so that no grading loses it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use harness::{apart, say};
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use crate::late::{Deadline, Stamp};
use crate::mark::Mark;
use crate::message::Message;
use course::output::cannot_read;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Overrides {
    deadline: Option<Datetime>,
    /// The share of the points that each day that has begun costs.
    #[serde(default)]
    late_per_day: f64,
    #[serde(default)]
    students: BTreeMap<String, Override>,
    #[serde(skip)]
    end: Option<Deadline>,
}

/// One student's.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Override {
    /// Added to the points; it may be negative.
    #[serde(default)]
    points: f64,
    #[serde(default)]
    comment: String,
    /// Days by which the deadline is later.
    #[serde(default)]
    extension: u32,
    /// Days late, whatever the time stamps say.
    late: Option<u32>,
}

/// A change of the points, with its reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjustment {
    pub points: f64,
    pub reason: Message,
}

impl Overrides {
    /// Reads `path`; without one, nothing is changed.
    ///
    /// # Errors
    /// If the file cannot be read, or says what cannot be.
    pub fn read(path: Option<&Path>) -> Result<Overrides> {
        let Some(path) = path else {
            return Ok(Overrides::default());
        };
        let name = apart(path.display());
        let text = std::fs::read_to_string(path).with_context(|| cannot_read(path.display()))?;
        Overrides::parse(&text)
            .with_context(|| say!("{name} is not as it should be", "{name} ليس كما يجب"))
    }

    fn parse(text: &str) -> Result<Overrides> {
        let mut overrides: Overrides = toml::from_str(text)?;
        overrides.end = overrides.deadline.as_ref().map(Deadline::of).transpose()?;
        ensure!(
            (0.0..=1.0).contains(&overrides.late_per_day),
            "late-per-day needs a share from 0 to 1, found {}",
            overrides.late_per_day
        );
        let points = overrides.students.values().map(|it| it.points);
        ensure!(
            points.into_iter().all(f64::is_finite),
            "points need a number"
        );
        Ok(overrides)
    }

    /// Changes the points of a mark that has been weighed, and gives it its comment.
    pub fn apply(&self, mark: &mut Mark, time: Option<Stamp>) {
        let own = self.students.iter().find(|(name, _)| mark.is_called(name));
        let own = own.map(|(_, own)| own.clone()).unwrap_or_default();
        mark.adjustments.clear();
        mark.comment = own.comment.clone();
        let stamped = self
            .end
            .zip(time)
            .map_or(0, |(end, time)| end.days_late(time));
        let days = own.late.unwrap_or(stamped).saturating_sub(own.extension);
        let Some(points) = mark.points else { return };
        let cost = (f64::from(days) * self.late_per_day).min(1.0) * points;
        if cost > 0.0 {
            mark.adjustments.push(Adjustment {
                points: -rounded(cost),
                reason: Message {
                    en: format!("days late: {days}"),
                    ar: format!("أيام التأخر: {days}"),
                },
            });
        }
        if own.points != 0.0 {
            mark.adjustments.push(Adjustment {
                points: own.points,
                reason: Message {
                    en: "given by the instructor".to_string(),
                    ar: "من المدرّس".to_string(),
                },
            });
        }
        let sum: f64 = mark.adjustments.iter().map(|it| it.points).sum();
        mark.points = Some(rounded((points + sum).max(0.0)));
    }

    /// The names that are no student's.
    pub fn unknown<'a>(&'a self, marks: &'a [Mark]) -> impl Iterator<Item = &'a String> {
        let names = self.students.keys();
        names.filter(|name| !marks.iter().any(|mark| mark.is_called(name)))
    }
}

/// Two digits after the point.
pub fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::Overrides;
    use crate::late::Stamp;
    use crate::mark::Mark;

    const TEXT: &str = "deadline = 1970-01-02T00:00:00Z\nlate-per-day = 0.25\n\
                        [students.amal]\npoints = 1.5\ncomment = \"Well told.\"\nextension = 1\n\
                        [students.sami]\nlate = 0\n";

    fn graded(name: &str, days: u64) -> Mark {
        let mut mark = Mark::for_test(name, 8.0);
        let time = Stamp::utc((1 + days) * 24 * 60 * 60);
        Overrides::parse(TEXT).unwrap().apply(&mut mark, Some(time));
        mark
    }

    #[test]
    fn lateness_costs_a_share_for_each_day() {
        let points = |name, days| graded(name, days).points.unwrap();
        assert_eq!(points("ehab", 0), 8.0);
        assert_eq!(points("ehab", 2), 4.0);
        assert_eq!(points("ehab", 9), 0.0);
        assert_eq!(points("sami", 9), 8.0, "what the instructor says counts");
    }

    #[test]
    fn an_extension_extra_points_and_a_comment_are_shown() {
        let mark = graded("amal", 2);
        assert_eq!(mark.points, Some(7.5));
        let changes: Vec<f64> = mark.adjustments.iter().map(|it| it.points).collect();
        assert_eq!((changes, &*mark.comment), (vec![-2.0, 1.5], "Well told."));
    }

    #[test]
    fn applying_twice_is_applying_once() {
        let mut mark = graded("amal", 2);
        mark.points = Some(8.0);
        let time = Stamp::utc(3 * 24 * 60 * 60);
        Overrides::parse(TEXT).unwrap().apply(&mut mark, Some(time));
        assert_eq!((mark.points, mark.adjustments.len()), (Some(7.5), 2));
    }

    #[test]
    fn what_is_unknown_is_refused_or_named() {
        assert!(Overrides::parse("late = 3").is_err());
        assert!(Overrides::parse("late-per-day = 2.0").is_err());
        assert!(Overrides::parse("[students.amal]\npoint = 1").is_err());
        let overrides = Overrides::parse("[students.aml]\npoints = 1").unwrap();
        let marks = [Mark::for_test("amal", 1.0)];
        assert_eq!(overrides.unknown(&marks).collect::<Vec<_>>(), ["aml"]);
    }
}
