//! What a person names on the command line: a lab or one of its tasks.

use std::str::FromStr;

use harness::{apart, say};

/// `lab3`, `3` (a lab) or `3.2` (a task).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub lab: u32,
    pub task: Option<u32>,
}

impl std::fmt::Display for Target {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self.task {
            Some(task) => write!(formatter, "{}.{task}", self.lab),
            None => write!(formatter, "lab{}", self.lab),
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Target, String> {
        let found = apart(format!("{text:?}"));
        let wrong = || {
            say!(
                "needed a lab such as lab3 or a task such as 3.2, found {found}",
                "المطلوب مختبر مثل lab3 أو مهمة مثل 3.2، والمكتوب {found}"
            )
        };
        let number = |text: &str| text.parse().map_err(|_| wrong());
        let rest = text.strip_prefix("lab").unwrap_or(text);
        match rest.split_once('.') {
            Some((lab, task)) => Ok(Target {
                lab: number(lab)?,
                task: Some(number(task)?),
            }),
            None => Ok(Target {
                lab: number(rest)?,
                task: None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn labs_and_tasks_are_named_in_three_ways() {
        let lab3 = Target { lab: 3, task: None };
        assert_eq!("lab3".parse(), Ok(lab3));
        assert_eq!("3".parse(), Ok(lab3));
        let task = Target {
            lab: 3,
            task: Some(2),
        };
        assert_eq!("3.2".parse(), Ok(task));
        assert!("lab".parse::<Target>().is_err());
        assert!("3.x".parse::<Target>().is_err());
    }
}
