//! The README as students get it: without the parts that speak of what they
//! have not got.

use std::path::Path;

/// What plays the solutions, which students have not got.
const DEMO: &str = "cargo course demo";

/// A table's row that links to what is not in the tree goes; a section none of
/// whose links leads anywhere goes whole.
pub fn for_students(text: &str, tree: &Path) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::new();
    for section in lines.chunk_by(|_, next| !next.starts_with("## ")) {
        if !is_for_others(section, tree) {
            let wanted = section.iter().filter(|line| is_wanted(line, tree));
            kept.extend(wanted);
        }
    }
    kept.join("\n") + "\n"
}

fn is_for_others(section: &[&str], tree: &Path) -> bool {
    let mut links = section.iter().flat_map(|line| links(line)).peekable();
    links.peek().is_some() && !links.any(|link| is_there(link, tree))
}

fn is_wanted(line: &str, tree: &Path) -> bool {
    let lost_row = line.starts_with('|') && links(line).any(|link| !is_there(link, tree));
    !lost_row && !line.starts_with(DEMO)
}

fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1);
    targets.filter_map(|rest| rest.split([')', '#']).next())
}

fn is_there(link: &str, tree: &Path) -> bool {
    link.contains("://") || tree.join(link).exists()
}

#[cfg(test)]
mod tests {
    use super::for_students;
    use crate::scratch::Scratch;

    #[test]
    fn rows_and_sections_about_missing_files_go() {
        let tree = Scratch::new();
        tree.file("lab1.md", "");
        let text = "# Course\ncargo test\ncargo course demo # plays\n## Path\n| [1](lab1.md) |\n\
                    | [2](lab2.md) |\n## For instructors\n[guide](instructors.md)\nGrade.\n\
                    ## Licence\n[Rust](https://rust-lang.org)\n";
        let fitted = for_students(text, &tree);
        assert_eq!(
            fitted,
            "# Course\ncargo test\n## Path\n| [1](lab1.md) |\n\
             ## Licence\n[Rust](https://rust-lang.org)\n"
        );
    }
}
