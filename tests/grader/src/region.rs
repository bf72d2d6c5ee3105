//! The places of the tasks in a source file.
//!
//! `// TASK 3.2: …` opens a region and `// END 3.2` closes it; what is marked in
//! between belongs to it. Outside its regions a starter is its solution, line
//! for line, but for `use` and `mod` lines and blank ones.

/// A line outside all regions, with its number from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub number: usize,
    pub text: &'a str,
}

/// The lines outside all regions.
///
/// # Errors
/// A sentence when a region is not closed, or closed without being open.
pub fn outside(source: &str) -> Result<Vec<Line<'_>>, String> {
    let mut lines = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    for (index, text) in source.lines().enumerate() {
        let number = index + 1;
        match (open, marker(text, "// TASK "), marker(text, "// END ")) {
            (None, Some(task), _) => open = Some((task, number)),
            (Some((task, _)), _, Some(end)) if task == end => open = None,
            (None, _, Some(end)) => {
                return Err(format!("line {number}: END {end} without its TASK"));
            }
            (None, None, None) if is_code(text) => lines.push(Line { number, text }),
            _ => {}
        }
    }
    match open {
        Some((task, number)) => Err(format!("line {number}: TASK {task} has no END {task}")),
        None => Ok(lines),
    }
}

/// The first place where two sources differ outside their regions: the line of
/// each, or `None` where one has no more.
///
/// # Errors
/// As of [`outside`].
pub fn first_difference<'a>(
    one: &'a str,
    other: &'a str,
) -> Result<Option<[Option<Line<'a>>; 2]>, String> {
    let (one, other) = (outside(one)?, outside(other)?);
    let longest = one.len().max(other.len());
    let pairs = (0..longest).map(|index| [one.get(index).cloned(), other.get(index).cloned()]);
    let text = |line: &Option<Line<'a>>| line.as_ref().map(|line| line.text);
    Ok(pairs
        .into_iter()
        .find(|[one, other]| text(one) != text(other)))
}

/// `3.2` of a line `// TASK 3.2: …` or `// END 3.2`.
fn marker<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix(prefix)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
    Some(&rest[..end.unwrap_or(rest.len())])
}

fn is_code(line: &str) -> bool {
    let line = line.trim_start();
    !(line.is_empty() || line.starts_with("use ") || line.starts_with("mod "))
}

#[cfg(test)]
mod tests {
    use super::{first_difference, outside};

    const STARTER: &str = "use a;\nfn f() {\n    // TASK 1.1: do it.\n    // END 1.1\n}\n";
    const SOLUTION: &str =
        "use b;\nuse c;\nfn f() {\n    // TASK 1.1: do it.\n    g();\n    // END 1.1\n}\n";

    #[test]
    fn a_starter_and_its_solution_differ_only_in_tasks() {
        assert_eq!(first_difference(STARTER, SOLUTION), Ok(None));
    }

    #[test]
    fn a_difference_outside_is_found_with_its_lines() {
        let other = SOLUTION.replace("fn f", "fn h");
        let [one, other] = first_difference(STARTER, &other).unwrap().unwrap();
        assert_eq!((one.unwrap().number, other.unwrap().number), (2, 3));
    }

    #[test]
    fn a_region_must_be_closed() {
        assert!(outside("// TASK 1.1: x\n").is_err());
        assert!(outside("// END 1.1\n").is_err());
        assert!(outside("// TASK 1.1: x\n// TASK 1.2: y\n// END 1.1\n").is_ok());
    }
}
