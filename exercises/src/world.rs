//! The system laboratory: exercises in a simulated world, in which the bottleneck is a network, a disk or a queue.
//!
//! 1. [`description`] is a world as data.
//! 2. [`simulation`] runs it on a virtual clock, with [`arrivals`] of requests, `station`s at work, and [`data`] whose
//!    old values can be told from the present ones.
//! 3. [`run`] has what one run of a program came to, and [`findings`] what the learner is shown.

pub mod arrivals;
pub mod broken;
pub mod calls;
pub mod data;
pub mod description;
pub mod distribution;
pub mod findings;
pub mod run;
pub mod simulation;
mod station;
pub mod units;

pub use broken::{Broken, Rule};
pub use description::{Metric, Style, World};
pub use findings::Findings;
