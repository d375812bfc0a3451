//! `latency-lab campaign`: how far the grader's verdicts can be trusted, found out by repeating gradings whose truth is
//! known.
//!
//! A whole campaign takes hours, so it can be made in pieces: records go to a file, and trials that are in the file are
//! not made again.

mod figures;

use std::{
    collections::{BTreeMap, HashSet},
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow};
use clap::Args;
use exercises::{
    Grader,
    campaign::{
        Campaign, Hyperfine, KERNELS, Kernel, Record, Trial, Truth, against_native, summary,
    },
};
use serde_json::json;

use super::{Failure, Outcome, places};

/// The arguments of `campaign`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Which kernels, separated by commas [default: all six]
    #[arg(long, value_delimiter = ',', value_parser = kernel)]
    kernels: Vec<&'static Kernel>,
    /// What is true, separated by commas: `equal` code, other `layout`, or a gain in percent of the time
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "equal,layout,gain-5,gain-3.5,gain-2,gain-50"
    )]
    truths: Vec<Truth>,
    /// How many trials of each truth and kernel; of layouts, how many variants
    #[arg(long, value_name = "N", default_value_t = 50)]
    repeats: u32,
    /// Let a busy loop run on the machine meanwhile
    #[arg(long)]
    busy: bool,
    /// Ask the other methods as well: one program timed after the other, and hyperfine where it is installed
    #[arg(long)]
    rivals: bool,
    /// What the layouts are made from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Begin no trial after this many minutes [default: end when all are made]
    #[arg(long, value_name = "N")]
    minutes: Option<u64>,
    /// Append a JSON document a line for each verdict, and make no trial that is in the file already
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Make no trials, and print the table of what these files hold
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["out", "busy", "rivals"])]
    report: Vec<PathBuf>,
    /// Make no trials, and say what running in the sandbox costs: each kernel's time ÷ that of the same program built for
    /// this machine
    #[arg(long, conflicts_with_all = ["out", "busy", "rivals", "report"])]
    native: bool,
    /// Make no trials, and say what each exercise comes to on this machine: compiling, latency, speed-up, stars, and what the
    /// sandbox costs
    #[arg(long, conflicts_with_all = ["out", "busy", "rivals", "report", "native"])]
    catalog: bool,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    exercises: places::Exercises,
    #[command(flatten)]
    toolchain: places::Toolchain,
}

/// Makes the trials that are missing, and prints the table.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    if arguments.native {
        return compare_with_native(arguments);
    }
    if arguments.catalog {
        return figures::print(arguments);
    }
    let mut records = Vec::new();
    for file in &arguments.report {
        records.extend(read(file)?);
    }
    if arguments.report.is_empty() {
        records = run_trials(arguments)?;
    } else if records.is_empty() {
        return Err(Failure::Usage(anyhow!(
            "there is no record in these files: name some that `campaign --out` wrote"
        )));
    }
    // Blocks are kept, so what was measured under earlier rules is judged by those in force.
    let records: Vec<Record> = records.into_iter().map(Record::judged).collect();
    let table = summary::tables(&records);
    if arguments.json {
        println!("{}", json!({ "table": table, "records": records }));
    } else {
        print!("{table}");
    }
    Ok(())
}

fn compare_with_native(arguments: &Arguments) -> Outcome {
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = open(arguments, scratch.path())?;
    let mut ratios = BTreeMap::new();
    for kernel in kernels(arguments) {
        let (ratio, [low, high]) = against_native(&grader, kernel)?;
        if !arguments.json {
            println!("{}: {ratio:.2} ({low:.2} to {high:.2})", kernel.name);
        }
        ratios.insert(kernel.name, ratio);
    }
    if arguments.json {
        println!("{}", json!({ "wasm_to_native": ratios }));
    }
    Ok(())
}

fn open(arguments: &Arguments, scratch: &Path) -> anyhow::Result<Grader> {
    let toolchain = &arguments.toolchain.toolchain;
    Grader::open(toolchain, scratch, &std::env::current_exe()?)
        .map_err(|unavailable| anyhow!(unavailable.missing))
}

fn run_trials(arguments: &Arguments) -> Result<Vec<Record>, Failure> {
    let mut out = Out::open(arguments.out.as_deref())?;
    let done: HashSet<(Truth, String, bool, u32)> = out
        .records
        .iter()
        .map(|record| {
            (
                record.truth,
                record.kernel.clone(),
                record.busy,
                record.trial,
            )
        })
        .collect();
    let trials: Vec<Trial> = trials(arguments)
        .filter(|trial| {
            let name = trial.kernel.name.to_owned();
            !done.contains(&(trial.truth, name, arguments.busy, trial.number))
        })
        .collect();
    let scratch = tempfile::tempdir().context("there is no room for temporary files")?;
    let grader = open(arguments, scratch.path())?;
    let hyperfine = arguments.rivals.then(Hyperfine::find).flatten();
    if arguments.rivals && hyperfine.is_none() {
        eprintln!("hyperfine or rustc is not installed: this method is left out");
    }
    let campaign = Campaign {
        grader: &grader,
        hyperfine: hyperfine.as_ref(),
        sequential: arguments.rivals,
        busy: arguments.busy,
        seed: arguments.seed,
    };
    let started = Instant::now();
    let longest = arguments
        .minutes
        .map(|minutes| Duration::from_secs(60 * minutes));
    for (index, trial) in trials.iter().enumerate() {
        if longest.is_some_and(|longest| started.elapsed() >= longest) {
            eprintln!("the time is over; {} trials are left", trials.len() - index);
            break;
        }
        let verdicts = campaign.run(trial)?;
        let said: Vec<&str> = verdicts
            .iter()
            .map(|record| record.verdict.word())
            .collect();
        eprintln!(
            "{}/{} {} {} {}: {}",
            index + 1,
            trials.len(),
            trial.truth,
            trial.kernel.name,
            trial.number,
            said.join(", ")
        );
        out.append(verdicts)?;
    }
    Ok(out.records)
}

/// Every trial that is asked for. Kernels and truths take turns, so that whatever disturbs the machine for a while
/// disturbs all of them.
fn trials(arguments: &Arguments) -> impl Iterator<Item = Trial> {
    let kernels = kernels(arguments);
    let truths = arguments.truths.clone();
    (0..arguments.repeats).flat_map(move |number| {
        let kernels = kernels.clone();
        truths.clone().into_iter().flat_map(move |truth| {
            kernels.clone().into_iter().map(move |kernel| Trial {
                truth,
                kernel,
                number,
            })
        })
    })
}

fn kernels(arguments: &Arguments) -> Vec<&'static Kernel> {
    if arguments.kernels.is_empty() {
        KERNELS.iter().collect()
    } else {
        arguments.kernels.clone()
    }
}

fn kernel(name: &str) -> Result<&'static Kernel, String> {
    Kernel::named(name).ok_or_else(|| {
        let names: Vec<&str> = KERNELS.iter().map(|kernel| kernel.name).collect();
        format!("name one of {}", names.join(", "))
    })
}

/// Where records go.
struct Out {
    file: Option<File>,
    records: Vec<Record>,
}

impl Out {
    fn open(file: Option<&Path>) -> Result<Out, Failure> {
        let Some(path) = file else {
            return Ok(Out {
                file: None,
                records: Vec::new(),
            });
        };
        let records = if path.exists() {
            read(path)?
        } else {
            Vec::new()
        };
        let file = OpenOptions::new().append(true).create(true).open(path);
        let file = file
            .with_context(|| format!("the file {} cannot be written", path.display()))
            .map_err(Failure::Usage)?;
        Ok(Out {
            file: Some(file),
            records,
        })
    }

    fn append(&mut self, records: Vec<Record>) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            let mut lines = Vec::new();
            for record in &records {
                serde_json::to_writer(&mut lines, record)?;
                lines.push(b'\n');
            }
            // At once, so that whoever stops the campaign leaves whole trials.
            file.write_all(&lines)?;
        }
        self.records.extend(records);
        Ok(())
    }
}

fn read(path: &Path) -> Result<Vec<Record>, Failure> {
    let file = File::open(path)
        .with_context(|| format!("the file {} cannot be read", path.display()))
        .map_err(Failure::Usage)?;
    let mut records = Vec::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let record = serde_json::from_str(&line?)
            .with_context(|| {
                format!(
                    "line {} of {} is no record of a campaign",
                    index + 1,
                    path.display()
                )
            })
            .map_err(Failure::Usage)?;
        records.push(record);
    }
    Ok(records)
}
