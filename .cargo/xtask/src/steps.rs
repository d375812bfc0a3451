//! Shows each step with its purpose and its time, and remembers which of them failed.

use std::fmt::Write;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    AlreadyDone,
    Failed,
}

struct Finished {
    name: String,
    outcome: Outcome,
    time: Duration,
}

/// The steps of one run, in order.
#[derive(Default)]
pub struct Steps {
    finished: Vec<Finished>,
}

impl Steps {
    /// Does `work` if it is `needed`, and says so with the step's `name`, its `purpose` and the time it took.
    ///
    /// # Errors
    /// What `work` failed with; later steps depend on this one, so the caller ends.
    pub fn run(
        &mut self,
        name: &str,
        purpose: &str,
        needed: bool,
        work: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        if needed {
            println!("{name}: {purpose} …");
        }
        let start = Instant::now();
        let result = if needed { work() } else { Ok(()) };
        let outcome = match (&result, needed) {
            (Err(_), _) => Outcome::Failed,
            (Ok(()), true) => Outcome::Done,
            (Ok(()), false) => Outcome::AlreadyDone,
        };
        self.finish(name, outcome, start.elapsed());
        result
    }

    /// Does `work` whose failure need not stop the steps after it, and tells whether it succeeded.
    /// [`Steps::conclude`] fails if it did not.
    pub fn check(&mut self, name: &str, purpose: &str, work: impl FnOnce() -> Result<()>) -> bool {
        let result = self.run(name, purpose, true, work);
        if let Err(error) = &result {
            eprintln!("{name}: {error:#}");
        }
        result.is_ok()
    }

    fn finish(&mut self, name: &str, outcome: Outcome, time: Duration) {
        match outcome {
            Outcome::Done => println!("{name}: done in {}", seconds(time)),
            Outcome::AlreadyDone => println!("{name}: nothing to do"),
            Outcome::Failed => println!("{name}: failed after {}", seconds(time)),
        }
        self.finished.push(Finished {
            name: name.into(),
            outcome,
            time,
        });
    }

    /// Prints a table of all steps.
    ///
    /// # Errors
    /// When any of them failed, with their names.
    pub fn conclude(&self) -> Result<()> {
        print!("\n{}", self.table());
        let failed: Vec<&str> = self
            .finished
            .iter()
            .filter(|step| step.outcome == Outcome::Failed)
            .map(|step| step.name.as_str())
            .collect();
        if !failed.is_empty() {
            bail!(
                "failed: {}; the reasons are above, each under its step's name",
                failed.join(", ")
            );
        }
        Ok(())
    }

    fn table(&self) -> String {
        let width = self
            .finished
            .iter()
            .map(|step| step.name.chars().count())
            .max()
            .unwrap_or(0);
        let mut table = String::new();
        for Finished {
            name,
            outcome,
            time,
        } in &self.finished
        {
            let word = match outcome {
                Outcome::Done => "done",
                Outcome::AlreadyDone => "nothing to do",
                Outcome::Failed => "FAILED",
            };
            let time = seconds(*time);
            writeln!(table, "{name:width$}  {time:>9}  {word}")
                .expect("writing into a string cannot fail");
        }
        table
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests;
