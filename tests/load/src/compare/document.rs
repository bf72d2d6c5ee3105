//! The page that shows the comparison: what stands between its two marks is
//! renewed, everything else is left as people wrote it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const BEGIN: &str = "<!-- measured: begin -->";
const END: &str = "<!-- measured: end -->";

/// Puts `table` between the marks of `page`.
pub fn renew(page: &Path, table: &str) -> Result<()> {
    let old =
        fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let new = renewed(&old, table)
        .with_context(|| format!("{} has no {BEGIN} … {END}", page.display()))?;
    fs::write(page, new).with_context(|| format!("cannot write {}", page.display()))
}

fn renewed(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!(
        "{before}{BEGIN}\n{}\n{END}{after}",
        table.trim_end()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_is_renewed() {
        let page = format!("words\n{BEGIN}\nold\n{END}\nmore words\n");
        let new = renewed(&page, "| new |\n");
        assert_eq!(
            new,
            Some(format!("words\n{BEGIN}\n| new |\n{END}\nmore words\n"))
        );
        assert_eq!(renewed("no marks", "table"), None);
    }
}
