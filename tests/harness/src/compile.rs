//! Builds the program under check, once for each run of a lab's checks.
//!
//! The nested `cargo build` uses the same profile and target directory as the
//! `cargo test` around it, so that nothing is compiled twice.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, OnceLock};

use crate::place::root;
use crate::spawning::spawn;

/// Why there is no program to run.
#[derive(Clone)]
pub enum BuildError {
    /// It does not compile; the compiler's own message.
    Compiler(String),
    /// The same, and an earlier check has reported it already.
    AlreadyReported,
}

/// The executable of `package`, built on the first call.
///
/// # Errors
/// The compiler's message the first time, `AlreadyReported` from then on.
pub fn executable(package: &str) -> Result<PathBuf, BuildError> {
    type Built = HashMap<String, Result<PathBuf, BuildError>>;
    static BUILT: OnceLock<Mutex<Built>> = OnceLock::new();
    let mut built = BUILT
        .get_or_init(Mutex::default)
        .lock()
        .expect("building does not panic");
    if let Some(known) = built.get(package) {
        return known.clone();
    }
    let result = build(package);
    let later = result.clone().map_err(|_| BuildError::AlreadyReported);
    built.insert(package.to_string(), later);
    result
}

fn build(package: &str) -> Result<PathBuf, BuildError> {
    // Programs that are built already, as a grader does it: nothing is compiled
    // while a submission's programs run.
    if let Some(folder) = std::env::var_os("LAB_PROGRAMS") {
        let name = format!("{package}{}", std::env::consts::EXE_SUFFIX);
        return Ok(Path::new(&folder).join(name));
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root())
        .args(["build", "--quiet", "--color=never", "--package", package])
        .arg("--message-format=json-render-diagnostics")
        .args(as_around(&std::env::current_exe().unwrap_or_default()));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let output = spawn(&mut command)
        .and_then(Child::wait_with_output)
        .map_err(|error| BuildError::Compiler(format!("cargo could not be started: {error}")))?;
    built(&output)
}

/// What cargo has made, by its own account.
fn built(output: &Output) -> Result<PathBuf, BuildError> {
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = messages.lines().rev().find_map(executable_of);
    match executable {
        Some(path) if output.status.success() => Ok(path),
        _ => {
            let message = String::from_utf8_lossy(&output.stderr);
            Err(BuildError::Compiler(message.trim_end().to_string()))
        }
    }
}

/// The options that give the nested build the profile and the directory of the
/// checks' `program`, `TARGET[/TRIPLE]/PROFILE[/deps]/lab3-0123456789abcdef`.
fn as_around(program: &Path) -> Vec<String> {
    let folder = program
        .parent()
        .map(|folder| match folder.ends_with("deps") {
            true => folder.parent().unwrap_or(folder),
            false => folder,
        });
    let Some(profile) = folder else {
        return Vec::new();
    };
    let mut options = Vec::new();
    match profile.file_name().and_then(|name| name.to_str()) {
        None | Some("debug") => {}
        Some(name) => options.extend(["--profile".to_string(), name.to_string()]),
    }
    let is_target = |folder: &&Path| folder.join("CACHEDIR.TAG").exists();
    if let Some(target) = profile.ancestors().find(is_target) {
        let own = own_target(target, root());
        options.extend(["--target-dir".to_string(), own.display().to_string()]);
        if let Some(triple) = profile.parent().filter(|parent| *parent != target) {
            let triple = triple.file_name().unwrap_or_default();
            options.extend(["--target".to_string(), triple.display().to_string()]);
        }
    }
    options
}

/// The target directory for the programs of the course in `root`.
///
/// Cargo treats two copies of a course as one package where they share a target
/// directory, and would run the program of whichever copy was built last. A target
/// outside the tree therefore gets a folder for each tree.
fn own_target(target: &Path, root: &Path) -> PathBuf {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
    let is_inside = target
        .canonicalize()
        .is_ok_and(|target| target.starts_with(&root));
    if is_inside {
        return target.to_path_buf();
    }
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    target.join(format!("course-{:016x}", hasher.finish()))
}

/// The path in a JSON message of cargo's that reports an executable.
fn executable_of(message: &str) -> Option<PathBuf> {
    let (_, rest) = message.split_once("\"executable\":\"")?;
    let mut path = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return Some(PathBuf::from(path)),
            '\\' => path.push(characters.next()?),
            other => path.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::process::{Command, ExitStatus, Output};

    use super::{BuildError, as_around, built, executable_of, own_target};
    use crate::place::root;
    use crate::trials::Folder;

    #[test]
    fn the_path_of_an_executable_is_read_from_cargos_message() {
        let windows = r#"{"reason":"x","executable":"C:\\a\\lab3-server.exe","fresh":true}"#;
        let path = executable_of(windows).unwrap();
        assert_eq!(path.to_str(), Some(r"C:\a\lab3-server.exe"));
        assert!(executable_of(r#"{"executable":null}"#).is_none());
        assert!(executable_of(r#"{"executable":"cut"#).is_none());
    }

    #[test]
    fn the_last_executable_is_the_one_that_was_asked_for() {
        let messages = "{\"executable\":\"a\"}\n{\"executable\":\"b\"}\n{}\n";
        let path = built(&cargo_ended(ExitStatus::default(), messages));
        assert_eq!(path.ok(), Some(PathBuf::from("b")));
    }

    #[test]
    fn where_cargo_failed_its_message_is_told_whatever_was_made() {
        let failed = Command::new(std::env::current_exe().unwrap())
            .arg("--no-such-option")
            .output();
        let status = failed.unwrap().status;
        assert!(!status.success());
        let result = built(&cargo_ended(status, r#"{"executable":"a"}"#));
        assert!(matches!(result, Err(BuildError::Compiler(said)) if said == "oh no"));
    }

    #[test]
    fn a_nested_build_lands_beside_the_checks() {
        let folder = Folder::new("target");
        std::fs::write(folder.0.join("CACHEDIR.TAG"), "").unwrap();
        let target = own_target(&folder.0, root()).display().to_string();
        let around = |program: &str| as_around(&folder.0.join(program));
        assert_eq!(around("debug/deps/lab3-0"), ["--target-dir", &target]);
        assert_eq!(around("debug/lab3-0"), ["--target-dir", &target]);
        let release = ["--profile", "release", "--target-dir", &target];
        assert_eq!(around("release/deps/lab3-0"), release);
        let elsewhere = ["--target-dir", &target, "--target", "wasm32-wasip1"];
        assert_eq!(around("wasm32-wasip1/debug/deps/lab3-0"), elsewhere);
    }

    #[test]
    fn a_target_outside_the_tree_has_a_folder_for_each_tree() {
        let folder = Folder::new("shared-target");
        let [one, other] = ["one", "other"].map(|tree| folder.0.join(tree));
        std::fs::create_dir_all(one.join("target")).unwrap();
        assert_eq!(own_target(&one.join("target"), &one), one.join("target"));
        let [first, second] = [&one, &other].map(|tree| own_target(&folder.0, tree));
        assert!(first.starts_with(&folder.0) && second.starts_with(&folder.0));
        assert_ne!(first, second);
        assert_eq!(first, own_target(&folder.0, &one));
    }

    #[test]
    fn where_there_is_no_target_folder_nothing_is_chosen() {
        assert!(as_around(Path::new("")).is_empty());
        assert!(as_around(Path::new("no/such/debug/lab3-0")).is_empty());
    }

    fn cargo_ended(status: ExitStatus, messages: &str) -> Output {
        Output {
            status,
            stdout: messages.into(),
            stderr: b"oh no\n".to_vec(),
        }
    }
}
