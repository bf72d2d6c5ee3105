//! What maintainers do with the pages: look for faults, stamp, run what is shown.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use handouts::stage::{self, Edition};
use handouts::{Pair, Shelf, session, stamp};
use harness::root;

/// Where the servers in the handouts listen.
const PORT: &str = "127.0.0.1:55555";

/// Keeps the course's English and Arabic pages in step.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Note in an Arabic page that it was read against the English page as it is now
    Stamp {
        /// A page's name, as lab3 or README; all pages if none is given
        page: Option<String>,
    },
    /// Run the commands that the pages show and compare what they print
    RunCommands {
        /// A page's name, as lab3; all pages if none is given
        page: Option<String>,
    },
    /// Write the pages as mdBook wants them, to OUT/en and OUT/ar
    Stage {
        out: PathBuf,
        #[arg(long, value_enum, default_value_t = Edition::Folded)]
        edition: Edition,
    },
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("handouts: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<()> {
    let shelf = Shelf::read(root())?;
    match args.command {
        Command::Stamp { page } => stamp_pages(&shelf, page.as_deref()),
        Command::RunCommands { page } => run_commands(&shelf, page.as_deref()),
        Command::Stage { out, edition } => stage::stage(&shelf, &out, edition),
    }
}

fn stamp_pages(shelf: &Shelf, name: Option<&str>) -> Result<()> {
    let pairs = chosen(shelf, name)?;
    for pair in pairs {
        let path = shelf.root.join(&pair.arabic.path);
        fs::write(&path, stamp::stamp(pair))
            .with_context(|| format!("cannot write {}", path.display()))?;
        println!("stamped {}", pair.arabic.path.display());
    }
    Ok(())
}

fn run_commands(shelf: &Shelf, name: Option<&str>) -> Result<()> {
    build(&shelf.root)?;
    // Given back at once: the programs that are shown listen there.
    TcpListener::bind(PORT).with_context(|| format!("the commands that are shown need {PORT}"))?;
    let mut faults = Vec::new();
    for pair in chosen(shelf, name)? {
        let outcome = session::run(&shelf.root, &pair.english)?;
        if outcome.commands > 0 {
            let path = pair.english.path.display();
            println!(
                "{path}: {} commands, {} faults",
                outcome.commands,
                outcome.faults.len()
            );
        }
        faults.extend(outcome.faults);
    }
    match faults.len() {
        0 => Ok(()),
        count => bail!(
            "{count} commands print something else\n{}",
            faults.join("\n")
        ),
    }
}

/// What the commands run is built beforehand: nobody waits for it while they run.
fn build(root: &Path) -> Result<()> {
    let status = process::Command::new("cargo")
        .args(["build", "--quiet", "--workspace"])
        .current_dir(root)
        .status()
        .context("cannot run cargo")?;
    match status.success() {
        true => Ok(()),
        false => bail!("cargo build --workspace failed"),
    }
}

fn chosen<'a>(shelf: &'a Shelf, name: Option<&str>) -> Result<Vec<&'a Pair>> {
    let named = |pair: &&Pair| {
        let stem = pair.english.path.file_stem();
        name.is_none_or(|name| stem.is_some_and(|stem| stem == name.trim_end_matches(".md")))
    };
    let pairs: Vec<&Pair> = shelf.pairs.iter().filter(named).collect();
    match (pairs.is_empty(), name) {
        (true, Some(name)) => bail!("no page {name} in both languages under docs/en and docs/ar"),
        _ => Ok(pairs),
    }
}
