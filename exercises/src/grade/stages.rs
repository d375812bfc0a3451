//! The stages of one grading, as they begin and end.

use std::time::Instant;

use crate::verdict::{Stage, StageTime};

/// Tells of stages as they begin, and times them.
pub struct Stages<'listener> {
    pub started: Instant,
    times: Vec<(Stage, Instant)>,
    on_stage: &'listener mut dyn FnMut(Stage),
}

impl<'listener> Stages<'listener> {
    pub fn new(on_stage: &'listener mut dyn FnMut(Stage)) -> Stages<'listener> {
        Stages {
            started: Instant::now(),
            times: Vec::new(),
            on_stage,
        }
    }

    pub fn begin(&mut self, stage: Stage) {
        self.times.push((stage, Instant::now()));
        (self.on_stage)(stage);
    }

    pub fn end(&self) -> Vec<StageTime> {
        let ends = self
            .times
            .iter()
            .skip(1)
            .map(|(_, began)| *began)
            .chain([Instant::now()]);
        let time = |(&(name, began), end): (&(Stage, Instant), Instant)| StageTime {
            name,
            milliseconds: (end - began).as_secs_f64() * 1e3,
        };
        self.times.iter().zip(ends).map(time).collect()
    }
}
