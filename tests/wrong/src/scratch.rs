//! A workspace of its own under `target/`, in which solutions are made wrong.
//!
//! It holds copies of the solutions only, so that each wrong program is one
//! small crate to compile: clap and anyhow are built once and stay.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use harness::root;

use crate::catalogue::{Change, Mistake, labs};

pub struct Scratch {
    folder: PathBuf,
    /// The files that are not as in the solution, as paths from the root.
    changed: BTreeSet<String>,
}

/// The programs of a lab, as they were built: `server` and where it is.
pub type Programs = Vec<(String, PathBuf)>;

impl Scratch {
    /// Sets up the scratch workspace of job `number`.
    ///
    /// # Errors
    /// When the solutions cannot be read or the copies not be written.
    pub fn new(number: usize) -> Result<Scratch> {
        let folder = root().join(format!("target/wrong/job{number}"));
        fs::create_dir_all(&folder)?;
        let folder = folder.canonicalize()?;
        let scratch = Scratch {
            folder,
            changed: BTreeSet::new(),
        };
        let packages = packages();
        scratch.write("Cargo.toml", &manifest(&packages)?)?;
        fs::copy(root().join("Cargo.lock"), scratch.folder.join("Cargo.lock"))?;
        for package in packages {
            scratch.copy(&format!("{package}/Cargo.toml"))?;
            let sources = format!("{package}/src");
            let _ = fs::remove_dir_all(scratch.folder.join(&sources));
            for file in fs::read_dir(root().join(&sources))? {
                let name = file?.file_name();
                scratch.copy(&format!("{sources}/{}", name.to_string_lossy()))?;
            }
        }
        Ok(scratch)
    }

    /// Puts the solution back, then `mistake` into it.
    ///
    /// # Errors
    /// When a change does not fit the solution any more.
    pub fn change(&mut self, lab: u32, mistake: &Mistake) -> Result<()> {
        self.restore()?;
        for change in &mistake.changes {
            self.apply(lab, change)?;
        }
        Ok(())
    }

    fn apply(&mut self, lab: u32, change: &Change) -> Result<()> {
        let file = format!("solutions/lab{lab}/{}", change.file);
        let path = self.folder.join(&file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
        let text = change.apply(&text)?;
        self.write(&file, &text)?;
        self.changed.insert(file);
        Ok(())
    }

    fn restore(&mut self) -> Result<()> {
        for file in std::mem::take(&mut self.changed) {
            self.copy(&file)?;
        }
        Ok(())
    }

    /// Builds the programs of a lab.
    ///
    /// # Errors
    /// The compiler's message when they do not compile.
    pub fn build(&self, lab: u32) -> Result<Programs> {
        let roles = roles(lab);
        let package = |role: &String| format!("lab{lab}-solution-{role}");
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        command
            .current_dir(&self.folder)
            .args(["build", "--quiet", "--color=never"])
            .args(["--target-dir", "target"])
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTFLAGS", "--cap-lints=allow");
        for role in &roles {
            command.args(["--package", &package(role)]);
        }
        let output = command.output().context("cannot start cargo")?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            bail!("it does not compile:\n{}", message.trim());
        }
        let built = roles.into_iter().map(|role| {
            let path = self.executable(&package(&role));
            (role, path)
        });
        Ok(built.collect())
    }

    fn executable(&self, package: &str) -> PathBuf {
        let name = format!("{package}{}", std::env::consts::EXE_SUFFIX);
        self.folder.join("target/debug").join(name)
    }

    fn copy(&self, file: &str) -> Result<()> {
        let text = fs::read_to_string(root().join(file));
        self.write(file, &text.with_context(|| format!("cannot read {file}"))?)
    }

    /// Writes a file unless it is so already: cargo builds anew what is written.
    fn write(&self, file: &str, text: &str) -> Result<()> {
        let path = self.folder.join(file);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// The folders of the solutions' programs, and of the crates that they share.
fn packages() -> Vec<String> {
    let programs = labs().into_iter().flat_map(|lab| {
        let folder = move |role| format!("solutions/lab{lab}/{role}");
        roles(lab).into_iter().map(folder)
    });
    let shared = labs()
        .into_iter()
        .flat_map(|lab| libraries(&format!("labs/lab{lab}")));
    let shared = shared.chain(["labs/cli".to_string()]);
    programs.chain(shared).collect()
}

/// The programs of a lab that students write: `server`, `client`, `decoder` …
fn roles(lab: u32) -> Vec<String> {
    folders_with(&format!("solutions/lab{lab}"), "src/main.rs")
}

/// The libraries of a lab, which are given.
fn libraries(lab: &str) -> Vec<String> {
    let names = folders_with(lab, "src/lib.rs");
    names
        .into_iter()
        .map(|name| format!("{lab}/{name}"))
        .collect()
}

/// The names of the folders in `folder` that hold `file`, in order.
fn folders_with(folder: &str, file: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).into_iter().flatten();
    let holding = entries
        .flatten()
        .filter(|entry| entry.path().join(file).is_file());
    let names = holding.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The course's own manifest, with no members but `packages`.
fn manifest(packages: &[String]) -> Result<String> {
    let text = fs::read_to_string(root().join("Cargo.toml")).context("cannot read Cargo.toml")?;
    let mut manifest: toml::Table = text.parse().context("cannot understand Cargo.toml")?;
    let workspace = manifest.get_mut("workspace");
    let workspace = workspace.and_then(toml::Value::as_table_mut);
    let workspace = workspace.context("Cargo.toml has no [workspace]")?;
    workspace.retain(|key, _| !matches!(key, "default-members" | "exclude"));
    workspace.insert("members".to_string(), packages.to_vec().into());
    // A profile for a package that is not here would only be warned of.
    manifest.remove("profile");
    Ok(manifest.to_string())
}
