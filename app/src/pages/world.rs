//! Simulated worlds: what happened in one, and a page on which its knobs can be turned.
//!
//! 1. [`findings`] is the part of a submission's page: figures, [`waterfall`], time by component, [`timeline`], and what
//!    the next gain would need.
//! 2. [`knobs`] is the page `/bg/exercises/<slug>/world`, with [`curves`].

mod curves;
mod findings;
pub mod knobs;
mod timeline;
mod waterfall;

use serde::Deserialize;

use crate::text::Language;

pub(crate) use findings::findings;

/// What happened in a world, as the grader's report has it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct WorldView {
    /// The graded quantity's word.
    pub metric: String,
    /// What there was to call.
    pub components: Vec<ComponentView>,
    /// The starter.
    pub before: SideView,
    /// The submission.
    pub after: SideView,
}

/// A component.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ComponentView {
    /// Its name.
    pub title: Title,
}

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Title {
    /// In Bulgarian.
    pub bg: String,
    /// In English.
    pub en: String,
}

impl Title {
    pub(crate) fn of(&self, language: Language) -> &str {
        match language {
            Language::Bulgarian => &self.bg,
            Language::English => &self.en,
        }
    }
}

/// One program in the world.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SideView {
    /// Half of the requests took at most this long, in virtual nanoseconds.
    pub p50_ns: f64,
    /// 95 of 100.
    pub p95_ns: f64,
    /// 99 of 100.
    pub p99_ns: f64,
    /// Replies per virtual second.
    pub throughput_per_s: f64,
    /// How many requests there were.
    pub requests: u32,
    /// How many were refused.
    pub refused: u32,
    /// Where the time of a request went: to each component, and last to the program.
    pub time: Vec<TimeView>,
    /// How many calls a request made of each component.
    pub calls_per_request: Vec<f64>,
    /// How busy each component was, from 0 to 1.
    pub utilisation: Vec<f64>,
    /// The component that holds everything up, or the program.
    pub bottleneck: usize,
    /// Little's law.
    pub little: LittleView,
    /// A few requests and their calls.
    pub waterfall: WaterfallView,
    /// How busy components were over time.
    pub timeline: TimelineView,
}

/// Time with one component, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct TimeView {
    /// On the way.
    pub travelling_ns: u64,
    /// In the queue.
    pub queueing_ns: u64,
    /// Being served.
    pub serving_ns: u64,
}

impl TimeView {
    pub(crate) fn sum_ns(&self) -> u64 {
        self.travelling_ns + self.queueing_ns + self.serving_ns
    }
}

/// L = λ·W.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct LittleView {
    /// L.
    pub in_system: f64,
    /// λ.
    pub per_second: f64,
    /// W, in nanoseconds.
    pub stay_ns: f64,
}

/// What waited for what.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct WaterfallView {
    /// How long it lasts, in nanoseconds.
    pub length_ns: u64,
    /// The requests.
    pub requests: Vec<RequestView>,
    /// The calls.
    pub calls: Vec<CallView>,
    /// How many more there were.
    pub left_out: u32,
}

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct RequestView {
    /// Its number.
    pub number: u32,
    /// When it came.
    pub arrived_ns: u64,
    /// When it was answered.
    pub ended_ns: u64,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CallView {
    /// The component.
    pub component: usize,
    /// The request.
    pub request: u32,
    /// How many keys it had.
    pub items: u32,
    /// When it was made, arrived, began to be served, was served, and ended.
    pub times_ns: [u64; 5],
    /// How it ended, in the simulation's word.
    pub outcome: String,
}

/// How busy components were, in equal parts of time.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct TimelineView {
    /// How long one part is.
    pub bucket_ns: u64,
    /// How many calls each component served.
    pub serving: Vec<Vec<f64>>,
    /// How many waited.
    pub waiting: Vec<Vec<f64>>,
}
