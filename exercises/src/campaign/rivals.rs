//! How others decide whether one program is faster than another, on the same two programs.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde::Deserialize;

use super::native::{compile, succeed};
use crate::GraderError;
use crate::samples::Pair;
use crate::verdict::Verdict;

/// Which is faster by two samples of times in any unit, at 95 % certainty: Welch's unequal variances t-test ("The
/// generalization of Student's problem when several different population variances are involved", Biometrika 34, 1947).
/// `same` means that they do not differ significantly.
pub fn welch(before: &[f64], after: &[f64]) -> Verdict {
    let (before, after) = (Moments::of(before), Moments::of(after));
    let (of_before, of_after) = (before.variance / before.count, after.variance / after.count);
    let error = (of_before + of_after).sqrt();
    // Welch and Satterthwaite's degrees of freedom.
    let freedom = (of_before + of_after).powi(2)
        / (of_before.powi(2) / (before.count - 1.0) + of_after.powi(2) / (after.count - 1.0));
    let t = (before.mean - after.mean) / error;
    word(t, t.abs() > student_quantile(freedom))
}

/// Which is faster by tango's rule (the Rust crate tango-bench): the mean difference of paired samples is more than
/// 2.6 standard errors from nothing, and more than 1 % of the time before.
pub fn tango(pairs: &[Pair]) -> Verdict {
    let differences: Vec<f64> = pairs
        .iter()
        .map(|pair| pair.before_ns as f64 - pair.after_ns as f64)
        .collect();
    let before: Vec<f64> = pairs.iter().map(|pair| pair.before_ns as f64).collect();
    let of = Moments::of(&differences);
    let z = of.mean / (of.variance / of.count).sqrt();
    let is_large = of.mean.abs() > 0.01 * Moments::of(&before).mean;
    word(of.mean, z.abs() >= 2.6 && is_large)
}

fn word(gain: f64, is_significant: bool) -> Verdict {
    if !is_significant {
        Verdict::Same
    } else if gain > 0.0 {
        Verdict::Faster
    } else {
        Verdict::Slower
    }
}

struct Moments {
    count: f64,
    mean: f64,
    variance: f64,
}

impl Moments {
    /// Mean and unbiased variance.
    fn of(values: &[f64]) -> Moments {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Moments {
            count,
            mean,
            variance: squares / (count - 1.0),
        }
    }
}

/// The 97.5 % quantile of Student's distribution, by the expansion of Abramowitz and Stegun, *Handbook of Mathematical
/// Functions*, 26.7.5, whose error is below 0.004 from five degrees of freedom on.
pub(super) fn student_quantile(freedom: f64) -> f64 {
    const X: f64 = 1.959_963_984_540_054;
    let terms = [
        (X.powi(3) + X) / 4.0,
        (5.0 * X.powi(5) + 16.0 * X.powi(3) + 3.0 * X) / 96.0,
        (3.0 * X.powi(7) + 19.0 * X.powi(5) + 17.0 * X.powi(3) - 15.0 * X) / 384.0,
    ];
    let powers = (1..).map(|power| freedom.powi(power));
    X + terms
        .iter()
        .zip(powers)
        .map(|(term, power)| term / power)
        .sum::<f64>()
}

/// The rival that times whole processes of native programs.
#[derive(Debug)]
pub struct Hyperfine {
    folder: tempfile::TempDir,
}

/// How many runs of each program hyperfine times: with programs of 30 ms about as long as a verdict takes.
const RUNS: &str = "20";

#[derive(Deserialize)]
struct Export {
    results: Vec<Timed>,
}

#[derive(Deserialize)]
struct Timed {
    times: Vec<f64>,
}

impl Hyperfine {
    /// Hyperfine, where it and a compiler for this machine are installed.
    pub fn find() -> Option<Hyperfine> {
        let answers = |program: &str| {
            let asked = Command::new(program)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            asked.is_ok_and(|status| status.success())
        };
        if !answers("hyperfine") || !answers("rustc") {
            return None;
        }
        let folder = tempfile::tempdir().ok()?;
        Some(Hyperfine { folder })
    }

    /// Compares two native programs, each built from its source once: hyperfine's times, judged by the t-test that comes
    /// with it as a script. Gives the verdict and how long the comparison took, in seconds.
    ///
    /// # Errors
    /// When a program is not built or hyperfine fails.
    pub fn compare(
        &self,
        name: &str,
        before: &str,
        after: &str,
    ) -> Result<(Verdict, f64), GraderError> {
        let folder = self.folder.path();
        let before = compile(folder, &format!("{name}-before"), before)?;
        let after = compile(folder, &format!("{name}-after"), after)?;
        let export = self.folder.path().join("times.json");
        let started = Instant::now();
        succeed(
            Command::new("hyperfine")
                .args(["--shell=none", "--warmup=1", "--style=none", "--runs", RUNS])
                .arg("--export-json")
                .args([export.as_os_str(), before.as_os_str(), after.as_os_str()]),
        )?;
        let seconds = started.elapsed().as_secs_f64();
        let timed: Export =
            serde_json::from_slice(&fs::read(export)?).map_err(std::io::Error::from)?;
        match timed.results.as_slice() {
            [before, after] => Ok((welch(&before.times, &after.times), seconds)),
            _ => Err(GraderError::Sandbox(
                "hyperfine timed another number of programs".to_owned(),
            )),
        }
    }
}
