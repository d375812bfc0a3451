//! A world as data: what `[world]` in `exercise.toml` says, and what travels to the worker.

use serde::{Deserialize, Serialize};

use crate::exercise::Translated;
use crate::world::distribution::Distribution;
use crate::world::units::Span;

/// A simulated world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct World {
    /// How it is programmed.
    pub style: Style,
    /// What is compared between before and after.
    pub metric: Metric,
    /// How many hidden worlds a solution is graded in.
    pub hidden_worlds: u32,
    /// What there is to call.
    pub components: Vec<Component>,
    /// What is asked of the program.
    pub load: Load,
    /// Numbers that programs read, and that a reader of the world's page can turn.
    #[serde(default)]
    pub settings: Vec<Setting>,
    /// The data that replies to requests are checked against, as components name them. In call style the reference's
    /// answers are what is right.
    #[serde(default)]
    pub answers: Option<String>,
}

/// How a world is programmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// One request at a time: an ordinary function that calls and waits.
    Call,
    /// A service under load: a function that is told of every event.
    Event,
}

/// The graded quantity. Times are virtual nanoseconds of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// The time that all requests took together, from the first one's arrival to the last reply.
    Completion,
    /// The mean time of a request.
    Mean,
    /// Half of the requests took at most this long.
    P50,
    /// 95 of 100 requests took at most this long.
    P95,
    /// 99 of 100 requests took at most this long.
    P99,
    /// Replies per virtual second.
    Throughput,
    /// Replies within the load's deadline, per virtual second.
    Goodput,
}

impl Metric {
    /// The word, as JSON has it.
    pub fn word(self) -> &'static str {
        match self {
            Metric::Completion => "completion",
            Metric::Mean => "mean",
            Metric::P50 => "p50",
            Metric::P95 => "p95",
            Metric::P99 => "p99",
            Metric::Throughput => "throughput",
            Metric::Goodput => "goodput",
        }
    }

    /// Whether more is better.
    pub fn is_rate(self) -> bool {
        matches!(self, Metric::Throughput | Metric::Goodput)
    }
}

/// Something that can be called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Component {
    /// Its name in kebab case; in Rust `user-database` is the constant `USER_DATABASE`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its name for readers.
    pub title: Translated,
    /// How far away it is: what a message takes in each direction, however busy the component is.
    #[serde(default)]
    pub distance: Span,
    /// What serving a call costs, whatever it asks.
    #[serde(default)]
    pub overhead: Span,
    /// What each key of a call costs in addition.
    #[serde(default)]
    pub per_item: Span,
    /// How many bytes each key's value has.
    #[serde(default)]
    pub item_bytes: u64,
    /// How many bytes it gives or takes per virtual second; without it, size costs nothing.
    #[serde(default)]
    pub bytes_per_second: Option<u64>,
    /// What serving a call takes besides.
    #[serde(default)]
    pub latency: Distribution,
    /// How many calls it serves at a time, and how many connections may be kept open; without it, any number.
    #[serde(default)]
    pub connections: Option<u32>,
    /// How many calls may wait when all connections are busy; the next one is refused. Without it, any number.
    #[serde(default)]
    pub queue: Option<u32>,
    /// What opening a connection costs. A call that is not sent over a kept connection opens one of its own.
    #[serde(default)]
    pub connect: Span,
    /// By how many thousandths serving takes longer for every other call that is being served.
    #[serde(default)]
    pub contention_per_mille: u32,
    /// By how many thousandths it takes longer for every pair of calls that are being served: what keeping each other up
    /// costs, so that beyond some number throughput falls (see [`crate::world::scalability`]).
    #[serde(default)]
    pub coherence_per_mille: u32,
    /// How many of a thousand calls fail after they were served.
    #[serde(default)]
    pub failures_per_mille: u32,
    /// How many calls of others come per virtual second. They take what serving one key takes.
    #[serde(default)]
    pub others_per_second: u32,
    /// How many keys one call may have.
    #[serde(default = "most_items")]
    pub most_items: u32,
    /// The data that it holds; components that name the same data hold the same values. Without it, its own.
    #[serde(default)]
    pub data: Option<String>,
    /// How many values a cache holds.
    #[serde(default)]
    pub capacity: Option<u32>,
}

fn most_items() -> u32 {
    1_000
}

/// What a component is. A cache holds what the program puts there, and everything else the world's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A way to somewhere.
    Network,
    /// A disk.
    Disk,
    /// A database.
    Database,
    /// A cache behind a network.
    Cache,
    /// A server of a model.
    Inference,
    /// Another service.
    Service,
}

impl Component {
    /// The name of the data that it holds.
    pub fn data_name(&self) -> &str {
        self.data.as_deref().unwrap_or(&self.name)
    }
}

/// What is asked of the program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Load {
    /// How many requests a world has. In call style each is a call of the exercise's function, one after the other.
    pub requests: u32,
    /// When they come, in event style.
    #[serde(default)]
    pub arrivals: Arrivals,
    /// How many come per virtual second, in event style.
    #[serde(default)]
    pub per_second: u32,
    /// Which keys they ask for, in event style.
    #[serde(default)]
    pub keys: Keys,
    /// How many keys each asks for.
    #[serde(default = "one")]
    pub keys_per_request: u32,
    /// How many of a thousand requests write instead of reading.
    #[serde(default)]
    pub writes_per_mille: u32,
    /// Within which time a reply counts for [`Metric::Goodput`].
    #[serde(default)]
    pub deadline: Option<Span>,
    /// Whether the program may refuse a request instead of replying.
    #[serde(default)]
    pub may_refuse: bool,
    /// How long after the last request the world goes on; what has no reply then is lost.
    #[serde(default = "patience")]
    pub patience: Span,
}

fn one() -> u32 {
    1
}

fn patience() -> Span {
    Span(60_000_000_000)
}

/// When requests come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrivals {
    /// Independently of each other.
    #[default]
    Poisson,
    /// At equal distances.
    Constant,
    /// Several at one moment, and then none for a while.
    Bursts {
        /// How many at one moment.
        size: u32,
    },
}

/// Which keys are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keys {
    /// Each as often as the others.
    Uniform {
        /// How many there are.
        count: u32,
    },
    /// The k-th most popular in proportion to 1 ÷ k to the power of `exponent` (Zipf's law).
    Zipf {
        /// How many there are.
        count: u32,
        /// How uneven it is; 1 is typical of pages and products.
        exponent: f64,
    },
}

impl Default for Keys {
    fn default() -> Keys {
        Keys::Uniform { count: 1_000 }
    }
}

impl Keys {
    /// How many there are.
    pub fn count(&self) -> u32 {
        match self {
            Keys::Uniform { count } | Keys::Zipf { count, .. } => *count,
        }
    }
}

/// A number that programs read with a function of its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Setting {
    /// Its name in kebab case; in Rust `cache-entries` is the function `cache_entries`.
    pub name: String,
    /// Its name for readers.
    pub title: Translated,
    /// What it is when solutions are graded.
    pub value: u64,
    /// The least that a reader can choose.
    pub from: u64,
    /// The most that a reader can choose.
    pub to: u64,
}
