//! Grading in a simulated world: three programs, one process, and a verdict that is exact.

use super::{CHECK_LIMITS, ExampleReport, Grader, out_of_time, seed_of};
use crate::GraderError;
use crate::child::{Role, Task};
use crate::compile::source_text;
use crate::engine::Purpose;
use crate::exercise::Exercise;
use crate::failure::Failure;
use crate::grade::stages::Stages;
use crate::language::Language;
use crate::verdict::{
    CHART_SAMPLES, Clock, FLOOR, PercentileSource, Percentiles, Reason, Report, Stage, Verdict,
    VirtualClock, decide_exactly,
};
use crate::world::description::{Style, World};
use crate::world::findings::Side;
use crate::world::run::{Run, latencies_ns, speedup};
use crate::world::sweep::{Sweep, SweepTask};
use crate::world::task::{Compared, WorldTask};
use crate::world::{build, host};

/// The release of wasmtime whose fuel is charged.
const WASMTIME: &str = "48.0.8";

/// What the three programs came to, and what is the same in both.
struct Tried {
    compared: Compared,
    is_equal: bool,
    module_bytes: [u64; 2],
}

impl Grader {
    /// Grades a source in the exercise's world.
    pub(super) fn grade_in_world(
        &self,
        exercise: &Exercise,
        world: &World,
        (language, source): (Language, &[u8]),
        stages: &mut Stages<'_>,
    ) -> Result<Report, GraderError> {
        let target = exercise.target_speedup;
        stages.begin(Stage::Compiling);
        let started = |stages: &mut Stages<'_>| stages.begin(Stage::Checking);
        let tried = self.try_in_world(exercise, world, (language, source), false, || {
            started(stages)
        })?;
        let report = match tried {
            Err(failure) => Report::failed(failure, target, language),
            Ok(tried) => verdict(exercise, world, language, tried),
        };
        Ok(Report {
            clock: Clock::Virtual,
            metric: Some(world.metric),
            virtual_clock: Some(VirtualClock {
                fuel_per_ns: host::FUEL_PER_NS,
                wasmtime: WASMTIME.to_owned(),
            }),
            ..report
        })
    }

    /// Lets a source answer the visible examples, or serve the visible world.
    pub(super) fn examples_in_world(
        &self,
        exercise: &Exercise,
        world: &World,
        (language, source): (Language, &[u8]),
    ) -> Result<ExampleReport, GraderError> {
        let tried = self.try_in_world(exercise, world, (language, source), true, || {})?;
        Ok(match tried {
            Ok(tried) => ExampleReport {
                verdict: None,
                message: None,
                failure: None,
                examples: tried.compared.examples,
            },
            Err(failure) => ExampleReport {
                verdict: Some(failure.verdict()),
                message: Some(failure.message()),
                failure: Some(failure),
                examples: Vec::new(),
            },
        })
    }

    fn try_in_world(
        &self,
        exercise: &Exercise,
        world: &World,
        (language, source): (Language, &[u8]),
        only_visible: bool,
        compiled: impl FnOnce(),
    ) -> Result<Result<Tried, Failure>, GraderError> {
        let job = self.tools.job_folder()?;
        let source = match source_text(source) {
            Ok(source) => source,
            Err(failure) => return Ok(Err(failure)),
        };
        let own = self.programs(exercise, language)?;
        let of_author =
            |name, source: &str| build::of_author(&self.tools, exercise, world, (name, source));
        let starter = of_author("starter", &own.starter)?;
        let reference = of_author("reference", &own.reference)?;
        let generator = match world.style {
            Style::Call => Some(self.generator(exercise, &[Purpose::Checking])?),
            Style::Event => None,
        };
        let solution = match build::build(&self.tools, exercise, world, source, job.path())? {
            Ok(solution) => solution,
            Err(failure) => return Ok(Err(failure)),
        };
        compiled();
        let task = Task::World(WorldTask {
            world: world.clone(),
            signature: exercise.signature.clone(),
            examples: exercise.examples.clone(),
            inputs: exercise.inputs.clone(),
            seed: seed_of(&exercise.grading_hash(language)),
            memory_bytes: exercise.limits.memory_bytes,
            only_visible,
        });
        let mut roles = vec![
            (Role::Starter, &starter),
            (Role::Reference, &reference),
            (Role::Solution, &solution),
        ];
        roles.extend(
            generator
                .iter()
                .map(|generator| (Role::Generator, generator)),
        );
        let compared: Option<Result<Compared, Failure>> =
            self.ask(CHECK_LIMITS, &task, Purpose::Checking, &roles)?;
        let compared = compared.unwrap_or_else(|| Err(out_of_time(CHECK_LIMITS)));
        Ok(compared.map(|compared| Tried {
            compared,
            is_equal: solution.fingerprint == starter.fingerprint,
            module_bytes: [starter.module_bytes, solution.module_bytes],
        }))
    }

    /// Lets the author's programs run in the exercise's world under one load after the other.
    ///
    /// # Errors
    /// Failures of ours or of the exercise's author; that it has no world is one of them.
    pub fn sweep(&self, exercise: &Exercise, language: Language) -> Result<Sweep, GraderError> {
        let Some(world) = &exercise.world else {
            let slug = &exercise.slug;
            return Err(GraderError::Exercise(format!("`{slug}` has no world")));
        };
        let own = self.programs(exercise, language)?;
        let of_author =
            |name, source: &str| build::of_author(&self.tools, exercise, world, (name, source));
        let starter = of_author("starter", &own.starter)?;
        let reference = of_author("reference", &own.reference)?;
        let generator = match world.style {
            Style::Call => Some(self.generator(exercise, &[Purpose::Checking])?),
            Style::Event => None,
        };
        let task = Task::Sweep(SweepTask {
            world: world.clone(),
            signature: exercise.signature.clone(),
            size: exercise.inputs.measured_size,
            memory_bytes: exercise.limits.memory_bytes,
        });
        let mut roles = vec![(Role::Starter, &starter), (Role::Reference, &reference)];
        roles.extend(
            generator
                .iter()
                .map(|generator| (Role::Generator, generator)),
        );
        let swept = self.ask(CHECK_LIMITS, &task, Purpose::Checking, &roles)?;
        swept.ok_or_else(|| GraderError::Exercise("its programs take too long".to_owned()))
    }

    /// Builds the programs of an exercise in a world, so that the next grading finds them built.
    pub(super) fn prepare_world(
        &self,
        exercise: &Exercise,
        world: &World,
        language: Language,
    ) -> Result<(), GraderError> {
        let own = self.programs(exercise, language)?;
        for (name, source) in [("starter", &own.starter), ("reference", &own.reference)] {
            build::of_author(&self.tools, exercise, world, (name, source))?;
        }
        if world.style == Style::Call {
            self.generator(exercise, &[Purpose::Checking])?;
        }
        Ok(())
    }
}

fn verdict(exercise: &Exercise, world: &World, language: Language, tried: Tried) -> Report {
    let Tried {
        compared,
        is_equal,
        module_bytes,
    } = tried;
    let Compared {
        before,
        after,
        reference,
        findings,
        ..
    } = compared;
    let speedup = if is_equal {
        1.0
    } else {
        speedup(world.metric, &before, &after)
    };
    let target = exercise.target_speedup;
    let word = decide_exactly(speedup, FLOOR);
    let fuel =
        |runs: &[Run]| runs.iter().map(|run| run.fuel).sum::<u64>() / runs.len().max(1) as u64;
    let percentiles = |side: &Side| Percentiles {
        p50_ns: side.p50_ns,
        p95_ns: side.p95_ns,
        p99_ns: side.p99_ns,
    };
    let samples = |runs: &[Run]| crate::statistics::thin(&latencies_ns(runs), CHART_SAMPLES);
    Report {
        passed: word == Verdict::Faster && speedup >= target,
        speedup: Some(speedup),
        interval: Some([speedup, speedup]),
        stars: Some(exercise.stars_for(speedup)),
        reason: is_equal.then_some(Reason::IdenticalCode),
        message: is_equal.then(|| {
            "The compiled program is the starter's: nothing that runs was changed.".to_owned()
        }),
        before: Some(percentiles(&findings.before)),
        after: Some(percentiles(&findings.after)),
        percentiles: Some(PercentileSource::Call),
        samples_before_ns: samples(&before),
        samples_after_ns: samples(&after),
        fuel_before: Some(fuel(&before)),
        fuel_after: Some(fuel(&after)),
        fuel_reference: Some(fuel(&reference)),
        peak_memory_bytes: after.iter().map(|run| run.peak_memory_bytes).max(),
        module_bytes_before: Some(module_bytes[0]),
        module_bytes_after: Some(module_bytes[1]),
        world: Some(Box::new(findings)),
        ..Report::unmeasured(word, target, language)
    }
}
