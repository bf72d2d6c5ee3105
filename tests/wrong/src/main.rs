//! Puts every mistake of the catalogues into the solutions, runs the checks,
//! and demands: caught, in the right task, with the story that is kept.
//!
//! ```text
//! cargo run -p wrong-programs                    everything
//! cargo run -p wrong-programs -- lab3            one lab
//! cargo run -p wrong-programs -- --sample 3      three of each lab, for CI
//! cargo run -p wrong-programs -- --rules         rule, its checks, its mistakes
//! ```

mod keep;
mod tally;

use std::collections::VecDeque;
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use tally::Tally;
use wrong_programs::catalogue::{self, Catalogue, Mistake};
use wrong_programs::judge::Judge;
use wrong_programs::outcome::Outcome;
use wrong_programs::rules;
use wrong_programs::scratch::Scratch;

/// Shows that the checks catch the mistakes that students make.
#[derive(Parser)]
#[command(
    name = "wrong-programs",
    after_help = "Example: cargo run -p wrong-programs -- lab3 --only nickname"
)]
struct Args {
    /// The labs to look at, such as lab3 (all of them if none is named)
    labs: Vec<String>,
    /// Only the mistakes whose name contains this
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Only so many mistakes of each lab, spread over its catalogue
    #[arg(long, value_name = "COUNT")]
    sample: Option<usize>,
    /// How many are built and judged at the same time
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Print the stories as well
    #[arg(long)]
    stories: bool,
    /// Print each rule of the protocol with its checks and mistakes, and run nothing
    #[arg(long)]
    rules: bool,
}

/// A mistake that is still to be judged.
type Task = (u32, Mistake);

/// What a job reports: the outcome, or why there is none.
type Report = (u32, Mistake, Result<Outcome>);

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("wrong-programs: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether everything was as it should be.
fn run(args: &Args) -> Result<bool> {
    if args.rules {
        print!("{}", rules::table(&rules::rules()?));
        return Ok(true);
    }
    let labs = labs(&args.labs)?;
    let tasks = tasks(args, &labs)?;
    ensure!(!tasks.is_empty(), "no mistake of that name");
    let judge = Arc::new(Judge::new(&labs)?);
    let queue = Arc::new(Mutex::new(tasks));
    let (reports, results) = channel();
    for number in 0..args.jobs.max(1) {
        let (queue, judge, reports) = (queue.clone(), judge.clone(), reports.clone());
        thread::spawn(move || work(number, &queue, &judge, &reports));
    }
    drop(reports);
    let mut tally = Tally::new(labs);
    for (lab, mistake, result) in results {
        tally.add(lab, &mistake, result, args.stories);
    }
    tally.print();
    Ok(tally.is_clean())
}

/// One job: takes mistakes from the queue until there are none.
fn work(number: usize, queue: &Mutex<VecDeque<Task>>, judge: &Judge, reports: &Sender<Report>) {
    let mut scratch = Scratch::new(number);
    loop {
        let task = queue.lock().expect("taking one does not panic").pop_front();
        let Some((lab, mistake)) = task else { return };
        let result = match &mut scratch {
            Ok(scratch) => outcome(scratch, judge, lab, &mistake),
            Err(error) => Err(anyhow::anyhow!("no scratch workspace: {error:#}")),
        };
        if reports.send((lab, mistake, result)).is_err() {
            return;
        }
    }
}

fn outcome(scratch: &mut Scratch, judge: &Judge, lab: u32, mistake: &Mistake) -> Result<Outcome> {
    scratch.change(lab, mistake)?;
    let programs = scratch.build(lab)?;
    Ok(Outcome {
        lab,
        mistake: mistake.clone(),
        verdicts: judge.judge(lab, &programs)?,
    })
}

fn labs(named: &[String]) -> Result<Vec<u32>> {
    let known = catalogue::labs();
    if named.is_empty() {
        return Ok(known);
    }
    let lab = |name: &String| {
        let number = name.strip_prefix("lab").unwrap_or(name).parse();
        let number = number.ok().filter(|number| known.contains(number));
        number.with_context(|| format!("needed a lab such as lab3, found {name:?}"))
    };
    named.iter().map(lab).collect()
}

fn tasks(args: &Args, labs: &[u32]) -> Result<VecDeque<Task>> {
    let mut tasks = VecDeque::new();
    for lab in labs {
        let mut catalogue = Catalogue::read(*lab)?;
        if let Some(name) = &args.only {
            catalogue
                .mistakes
                .retain(|it| it.name.contains(name.as_str()));
        }
        if let Some(count) = args.sample {
            catalogue.sample(count);
        }
        tasks.extend(catalogue.mistakes.into_iter().map(|it| (*lab, it)));
    }
    Ok(tasks)
}
