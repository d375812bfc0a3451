//! What grading costs on this machine, apart from what is graded: `cargo xtask bench` runs it and shows what it prints.
//! Nothing is asserted.
//!
//! 1. Compiling a small program and one with a hash map in the sandbox, each until there is WebAssembly.
//! 2. A process in the sandbox, from asking for it to its first instruction, and to its end.
//! 3. A fresh instance of a program.
//! 4. The events of a simulated world.
//! 5. Memory of the grader and all processes that it started, at rest and at its highest while it grades.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use exercises::compile::{LineTables, compile};
use exercises::engine::{Compiler, Purpose, engine};
use exercises::grade::Tools;
use exercises::guest::Program;
use exercises::sandbox::{Limits, Process, Sandbox};
use exercises::world::calls::{Operation, Order};
use exercises::world::simulation::{Simulation, Told};
use exercises::{CHILD_ARGUMENT, Exercise, Grader, Language, load_catalog, sandboxed_child_main};

/// The argument with which this program only tells the time.
const TELL_TIME: &str = "tell-time";

/// How often each is done; the median is shown.
const TIMES: usize = 9;
const INSTANCES: usize = 1_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1).map(String::as_str) {
        Some(CHILD_ARGUMENT) => sandboxed_child_main(),
        Some(TELL_TIME) => {
            print!("{}", now().as_nanos());
            ExitCode::SUCCESS
        }
        Some(toolchain) => match show(Path::new(toolchain)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        },
        None => {
            eprintln!("name the folder of the learners' toolchain");
            ExitCode::from(2)
        }
    }
}

type Shown = Result<(), Box<dyn std::error::Error>>;

fn show(toolchain: &Path) -> Shown {
    let sandbox = Sandbox::find()?;
    let memoize = memoize()?;
    let programs = &memoize.programs[&Language::Rust];
    let scratch = tempfile::tempdir()?;
    let grader = Grader::open(toolchain, scratch.path(), &std::env::current_exe()?)?;
    let sources = [
        ("small", &programs.starter),
        ("hash map", &programs.reference),
    ];
    for (name, source) in sources {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let folder = tempfile::tempdir()?;
            let source = (Language::Rust, source.as_str());
            let started = Instant::now();
            let compiled = compile(
                grader.tools(),
                source,
                LineTables::Left,
                &memoize.signature,
                folder.path(),
            )?;
            times.push(started.elapsed());
            compiled.map_err(|failure| failure.message())?;
        }
        println!(
            "  compiling in the sandbox, a {name} program: {}",
            median(times)
        );
    }
    show_process(&sandbox)?;
    show_instance(grader.tools(), &memoize)?;
    show_world()?;
    show_memory(toolchain, &memoize)
}

fn memoize() -> Result<Exercise, String> {
    exercise("memoize")
}

fn exercise(slug: &str) -> Result<Exercise, String> {
    let (exercises, _) = load_catalog(&Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog"));
    let found = exercises
        .into_iter()
        .find(|exercise| exercise.slug.as_str() == slug);
    found.ok_or_else(|| format!("the catalogue has no exercise `{slug}`"))
}

/// How fast a world is simulated beside a program that costs nothing: one that passes every request on.
fn show_world() -> Shown {
    let world = exercise("hedged-requests")?.world;
    let world = world.ok_or("the exercise has no world")?;
    let (started, mut steps) = (Instant::now(), 0);
    while started.elapsed() < Duration::from_secs(1) {
        let mut simulation = Simulation::new(&world, steps, false);
        while let Some(told) = simulation.next_told() {
            match told {
                Told::Arrived(number) => {
                    let order = Order {
                        component: number as usize % world.components.len(),
                        operation: Operation::Read,
                        keys: simulation.requests()[number as usize].asked.keys.clone(),
                        values: Vec::new(),
                        connection: None,
                        timeout_ns: None,
                    };
                    simulation.start(order);
                }
                Told::Ended(number) => {
                    let call = simulation.call(number).cloned();
                    if let Some((parent, answer)) =
                        call.and_then(|call| Some((call.parent?, call.answer)))
                    {
                        simulation.reply(parent.into(), Some(&answer));
                    }
                }
                Told::Timer { .. } => {}
            }
        }
        steps += simulation.steps();
    }
    let per_second = steps as f64 / started.elapsed().as_secs_f64();
    println!("  simulated events: {per_second:.0} a second");
    Ok(())
}

fn now() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

fn show_process(sandbox: &Sandbox) -> Shown {
    let place = "/bin/costs";
    let process = Process {
        command: vec![place.to_owned(), TELL_TIME.to_owned()],
        read_only: vec![
            (std::env::current_exe()?, place.to_owned()),
            (PathBuf::from("/usr/lib"), "/usr/lib".to_owned()),
            (PathBuf::from("/lib64"), "/lib64".to_owned()),
        ],
        links: vec![("usr/lib".to_owned(), "/lib".to_owned())],
        writable: None,
        folder: "/".to_owned(),
        environment: Vec::new(),
        input: Vec::new(),
        limits: Limits {
            address_space_bytes: None,
            data_bytes: 1 << 28,
            processor_seconds: 2,
            file_bytes: 0,
            wall: Duration::from_secs(5),
            output_bytes: 1 << 10,
        },
        pinned: false,
    };
    let (mut firsts, mut ends) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let started = now();
        let finished = sandbox.run(&process)?;
        ends.push(now() - started);
        let told: u64 = String::from_utf8(finished.output)?.parse()?;
        firsts.push(Duration::from_nanos(told) - started);
    }
    println!(
        "  a process in the sandbox, to its first instruction: {}",
        median(firsts)
    );
    println!("  the same to its end: {}", median(ends));
    Ok(())
}

fn show_instance(tools: &Tools, memoize: &Exercise) -> Shown {
    let folder = tempfile::tempdir()?;
    let source = &memoize.programs[&Language::Rust].reference;
    let source = (Language::Rust, source.as_str());
    let compiled = compile(
        tools,
        source,
        LineTables::Left,
        &memoize.signature,
        folder.path(),
    )?;
    let wasm = compiled.map_err(|failure| failure.message())?;
    let code = engine(Purpose::Timing, Compiler::Present).precompile_module(&wasm)?;
    let file = folder.path().join("program.cwasm");
    fs::write(&file, code)?;
    let program = Program::load(
        &engine(Purpose::Timing, Compiler::Absent),
        Purpose::Timing,
        &file,
    )?;
    let mut times = Vec::new();
    for _ in 0..INSTANCES {
        let started = Instant::now();
        let instance = program.start(memoize.limits.memory_bytes);
        times.push(started.elapsed());
        instance.map_err(|failure| failure.message())?;
    }
    println!("  a fresh instance: {}", median(times));
    Ok(())
}

fn show_memory(toolchain: &Path, memoize: &Exercise) -> Shown {
    let scratch = tempfile::tempdir()?;
    let grader = Grader::open(toolchain, scratch.path(), &std::env::current_exe()?)?;
    let reference = memoize.programs[&Language::Rust].reference.as_bytes();
    let done = AtomicBool::new(false);
    let at_rest = resident_kibibytes("self");
    let peak = thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = 0;
            while !done.load(Ordering::Relaxed) {
                peak = peak.max(resident_kibibytes("self") + of_children("self"));
                thread::sleep(Duration::from_millis(2));
            }
            peak
        });
        let graded = grader.grade(memoize, Language::Rust, reference, &mut |_| {});
        done.store(true, Ordering::Relaxed);
        graded.map(|_| watch.join().unwrap_or_default())
    })?;
    println!(
        "  memory of the grader: {} MiB at rest, {} MiB at its highest",
        at_rest >> 10,
        peak >> 10
    );
    Ok(())
}

/// Memory of the processes that a process started, and of those that they started.
fn of_children(process: &str) -> u64 {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
        return 0;
    };
    let lists = threads
        .flatten()
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| {
            list.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .map(|child| resident_kibibytes(&child) + of_children(&child))
        .sum()
}

/// What a process has in memory, pages shared with others included; nothing when it has just ended.
fn resident_kibibytes(process: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

fn median(mut times: Vec<Duration>) -> String {
    times.sort();
    let (low, high) = (times[0], times[times.len() - 1]);
    format!(
        "{:.1?} ({low:.1?} to {high:.1?}, of {})",
        times[times.len() / 2],
        times.len()
    )
}
