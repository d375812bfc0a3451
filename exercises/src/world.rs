//! The system laboratory: exercises in a simulated world, in which the bottleneck is a network, a disk or a queue.
//!
//! 1. [`description`] is a world as data; [`check`] says what is wrong with one.
//! 2. [`simulation`] runs it on a virtual clock, with [`arrivals`] of requests, `station`s at work, and [`data`] whose
//!    old values can be told from the present ones.
//! 3. [`prelude`] is the module that a program uses, `build` compiles both together, and [`host`] has the functions
//!    behind it.
//! 4. `drive` runs a program through a world, in one of two [`description::Style`]s.
//! 5. [`task`] compares starter, reference and solution in the same hidden worlds, [`run`] has the graded quantity, and
//!    [`findings`] what the learner is shown. [`sweep`] runs the author's programs under one load after the other.

pub mod arrivals;
pub mod broken;
pub(crate) mod build;
pub mod calls;
pub mod check;
pub mod data;
pub mod description;
pub mod distribution;
mod drive;
pub mod findings;
pub mod host;
pub mod prelude;
pub mod run;
pub mod scalability;
pub mod simulation;
mod station;
pub mod sweep;
pub mod task;
pub mod units;

pub use broken::{Broken, Rule};
pub use description::{Metric, Style, World};
pub use findings::Findings;
pub use sweep::Sweep;
