//! Where things are in the course's tree: sources, tasks, handouts.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::language::{Language, language, say};

/// The top of the course's tree.
///
/// It is found when the program runs, so that a tree which was moved or copied judges
/// itself: upwards from the package that cargo runs (`CARGO_MANIFEST_DIR`), else from
/// the working directory. Where there is no course, the process ends with status 2.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let here = std::env::current_dir().unwrap_or_default();
        let found = package.as_deref().and_then(root_above);
        found.or_else(|| root_above(&here)).unwrap_or_else(|| {
            let here = here.display();
            let sentence = say!(
                "there is no course in {here} or above it: no folder there holds labs and tests/harness",
                "لا مقرر في {here} ولا فوقه: لا مجلد هناك فيه labs وtests/harness"
            );
            eprintln!("{sentence}");
            std::process::exit(2)
        })
    })
}

/// The nearest folder, from `folder` upwards, that is the top of a course.
fn root_above(folder: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        folder.join("labs").is_dir() && folder.join("tests/harness/Cargo.toml").is_file()
    };
    folder.ancestors().find(is_root).map(Path::to_path_buf)
}

/// A task of a lab: `lab` 3, `number` 2 is written 3.2.
#[derive(Clone, Copy)]
pub struct Task {
    pub lab: u32,
    pub number: u32,
}

impl std::fmt::Display for Task {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.lab, self.number)
    }
}

impl Task {
    /// The task of a module `lab3::task2_joining` in a package `lab3…`.
    pub fn of(package: &str, module_path: &str) -> Option<Task> {
        let lab = number_after(package, "lab")?;
        let module = module_path.rsplit("::").next()?;
        let number = number_after(module, "task")?;
        Some(Task { lab, number })
    }

    /// The files in which this task is marked, with the line of each marker.
    pub fn places(&self, package: &str) -> Vec<String> {
        let lab = package.strip_suffix("-solution");
        let folder = match lab {
            Some(lab) => format!("solutions/{lab}"),
            None if root().join("labs").join(package).is_dir() => format!("labs/{package}"),
            None => format!("solutions/{package}"),
        };
        let programs = std::fs::read_dir(root().join(&folder))
            .into_iter()
            .flatten();
        let mut programs: Vec<String> = programs
            .flatten()
            .map(|entry| format!("{folder}/{}/src", entry.file_name().to_string_lossy()))
            .collect();
        // `server` before `client`, and `sender` before `receiver`.
        programs.sort_by(|one, other| other.cmp(one));
        let files = programs.iter().flat_map(|folder| sources(folder));
        files.filter_map(|file| self.marked_in(&file)).collect()
    }

    /// `labs/lab3/server/src/main.rs:57,90` when the file marks this task there.
    fn marked_in(&self, file: &str) -> Option<String> {
        let text = std::fs::read_to_string(root().join(file)).ok()?;
        let marker = format!("// TASK {self}:");
        let numbered = (1..).zip(text.lines());
        let marked = numbered.filter(|(_, line)| line.contains(&marker));
        let numbers: Vec<String> = marked.map(|(number, _)| number.to_string()).collect();
        (!numbers.is_empty()).then(|| format!("{file}:{}", numbers.join(",")))
    }

    /// The heading of this task in the handout, with the handout's path.
    pub fn handout(&self) -> Option<(String, String)> {
        let (folder, word) = match language() {
            Language::English => ("en", "Task"),
            Language::Arabic => ("ar", "المهمة"),
        };
        let path = format!("docs/{folder}/lab{}.md", self.lab);
        let text = std::fs::read_to_string(root().join(&path)).ok()?;
        let start = format!("### {word} {self}");
        let heading = text.lines().find(|line| line.starts_with(&start))?;
        let heading = heading.trim_start_matches('#').trim();
        Some((path, heading.to_string()))
    }
}

/// The Rust files of a folder, `main.rs` first, as paths from the root.
fn sources(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder));
    let names = entries.into_iter().flatten().flatten();
    let paths = names.map(|entry| PathBuf::from(entry.file_name()));
    let mut files: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| format!("{folder}/{}", path.display()))
        .collect();
    files.sort_by_key(|file| (!file.ends_with("/main.rs"), file.clone()));
    files
}

/// The number that follows `prefix` at the start of `text`.
fn number_after(text: &str, prefix: &str) -> Option<u32> {
    let rest = text.strip_prefix(prefix)?;
    let end = rest.find(|c: char| !c.is_ascii_digit());
    rest[..end.unwrap_or(rest.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{root, root_above, sources};
    use crate::trials::Folder;

    #[test]
    fn the_root_is_above_the_package_that_cargo_runs() {
        assert!(root().join("tests/harness/src/place.rs").is_file());
        assert_eq!(root_above(root()).as_deref(), Some(root()));
    }

    #[test]
    fn where_there_is_no_course_above_there_is_no_root() {
        let folder = Folder::new("no-course");
        std::fs::create_dir(folder.0.join("labs")).unwrap();
        assert_eq!(root_above(&folder.0), None);
    }

    #[test]
    fn the_main_file_comes_first_and_the_others_in_order() {
        let folder = "solutions/lab3-scaled/server/src";
        let files = sources(folder);
        assert_eq!(files[0], format!("{folder}/main.rs"));
        assert!(files.len() > 2 && files[1..].is_sorted(), "{files:?}");
    }

    #[test]
    fn other_files_are_no_sources() {
        assert!(sources("solutions/lab3/server").is_empty());
        assert!(sources("no/such/folder").is_empty());
    }
}
