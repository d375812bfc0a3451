//! From source to verdict, through the real compiler and the real sandbox. These are not unit tests because the sandbox
//! needs a program to run inside it, and Cargo names this crate's program only to tests of this kind.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard};

use exercises::{Exercise, Grader, GraderError, Language, Report, Stage, load_catalog};

mod authors;
mod compiling;
mod hostile;
mod languages;
mod measuring;
mod profiles;
mod programs;
mod running;
mod starved;
mod verdicts;
mod worker;
mod worlds;

/// One grader for all tests, since it builds the exercise's own programs once.
static GRADER: LazyLock<Grader> = LazyLock::new(|| {
    Grader::open(&toolchain(), &scratch(), &child())
        .unwrap_or_else(|unavailable| panic!("{unavailable}"))
});

/// Held by everybody who grades, and by the hostile stories alone, which look at what they leave on the machine.
static GRADING: RwLock<()> = RwLock::new(());

/// A turn among those who grade.
fn turn() -> RwLockReadGuard<'static, ()> {
    GRADING.read().unwrap_or_else(PoisonError::into_inner)
}

/// The grader, for one turn.
struct Turn(#[expect(dead_code, reason = "it is held")] RwLockReadGuard<'static, ()>);

impl Deref for Turn {
    type Target = Grader;

    fn deref(&self) -> &Grader {
        &GRADER
    }
}

fn grader() -> Turn {
    Turn(turn())
}

static MEMOIZE: LazyLock<Exercise> = LazyLock::new(|| {
    let (exercises, diagnostics) =
        load_catalog(&Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog"));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    exercises
        .into_iter()
        .find(|exercise| exercise.slug.as_str() == "memoize")
        .expect("the catalogue has it")
});

fn toolchain() -> PathBuf {
    std::env::var_os("LATENCY_LAB_TOOLCHAIN").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../.data/toolchain"),
        PathBuf::from,
    )
}

fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("grader")
}

fn child() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_exercises-child"))
}

/// Grades a source and keeps the stages that were told.
fn grade_telling(source: &str) -> (Report, Vec<Stage>) {
    let mut stages = Vec::new();
    let report = grader().grade(&MEMOIZE, Language::Rust, source.as_bytes(), &mut |stage| {
        stages.push(stage)
    });
    (report.expect("the machine and the exercise work"), stages)
}

fn grade(source: &str) -> Report {
    grade_telling(source).0
}

/// The verdict's word and its message.
fn verdict(source: &[u8]) -> String {
    let report = grader()
        .grade(&MEMOIZE, Language::Rust, source, &mut |_| {})
        .expect("the machine and the exercise work");
    assert!(!report.passed, "{report:?}");
    let word = serde_json::to_value(report.verdict).expect("a word is plain data");
    format!(
        "{}: {}",
        word.as_str().expect("a word is a text"),
        report.message.unwrap_or_default()
    )
}

/// A solution with this body, which gets `queries`.
fn body(body: &str) -> String {
    format!("pub fn answer_all(queries: Vec<u32>) -> Vec<u64> {{\n    {body}\n}}\n")
}

/// An exercise whose author made a mistake.
fn broken(change: impl FnOnce(&mut Exercise)) -> GraderError {
    let mut exercise = MEMOIZE.clone();
    change(&mut exercise);
    let source = MEMOIZE.programs[&Language::Rust].reference.as_bytes();
    grader()
        .grade(&exercise, Language::Rust, source, &mut |_| {})
        .expect_err("the author made a mistake")
}
