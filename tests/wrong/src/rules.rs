//! The rules of `docs/en/protocol.md`, the checks that judge them and the mistakes
//! that break them.
//!
//! A check names its rules in the comment above its `#[test]`; a mistake names its
//! check, and thereby the rules.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use harness::root;

use crate::catalogue::{Catalogue, labs};

/// What is known of one rule.
#[derive(Default)]
pub struct Rule {
    /// `lab3 a_line_reaches_everyone_and_its_author`
    pub checks: Vec<String>,
    /// `lab3 nobody-is-told`
    pub mistakes: Vec<String>,
}

/// Each rule of the page by its number.
///
/// # Errors
/// A file that cannot be read, or a check with a rule that the page does not have.
pub fn rules() -> Result<BTreeMap<u32, Rule>> {
    let mut rules = numbered(&read("docs/en/protocol.md")?);
    for lab in labs() {
        let checks = checks_with_rules(&read(&format!("tests/lab{lab}.rs"))?);
        for (check, numbers) in &checks {
            for number in numbers {
                let rule = rules.get_mut(number);
                let rule = rule.with_context(|| format!("lab{lab} {check}: no R{number}"))?;
                rule.checks.push(format!("lab{lab} {check}"));
            }
        }
        for mistake in Catalogue::read(lab)?.mistakes {
            for number in checks.get(&mistake.check).into_iter().flatten() {
                if let Some(rule) = rules.get_mut(number) {
                    rule.mistakes.push(format!("lab{lab} {}", mistake.name));
                }
            }
        }
    }
    Ok(rules)
}

/// One line for each rule, then its checks and its mistakes.
pub fn table(rules: &BTreeMap<u32, Rule>) -> String {
    let list = |names: &[String]| {
        names
            .iter()
            .map(|it| format!("\n    {it}"))
            .collect::<String>()
    };
    let rule = |(number, rule): (&u32, &Rule)| {
        format!(
            "R{number}\n  checks:{}\n  mistakes:{}\n",
            list(&rule.checks),
            list(&rule.mistakes)
        )
    };
    rules.iter().map(rule).collect()
}

/// The rules that the page lists as `- **R1** …`.
fn numbered(page: &str) -> BTreeMap<u32, Rule> {
    let numbers = page.lines().filter_map(|line| {
        let (number, _) = line.strip_prefix("- **R")?.split_once("**")?;
        number.parse().ok()
    });
    numbers.map(|number| (number, Rule::default())).collect()
}

/// Each check's name and the rules in the comment above it.
fn checks_with_rules(source: &str) -> BTreeMap<String, Vec<u32>> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let checks = lines.windows(3).filter(|window| window[1] == "#[test]");
    let checks = checks.filter_map(|window| {
        let (name, _) = window[2].strip_prefix("fn ")?.split_once('(')?;
        let rules = window[0].strip_prefix("// R").unwrap_or_default();
        let numbers = rules.split(", R").filter_map(|number| number.parse().ok());
        Some((name.to_string(), numbers.collect()))
    });
    checks.collect()
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))
}
