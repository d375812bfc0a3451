//! What a program asks of components, and what becomes of it.

use crate::world::description::Component;

/// A call, as the program and the simulation name it: they count from 0.
pub type CallNumber = u32;

/// What is to be done with keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Give their values.
    Read,
    /// Give them new values.
    Write,
    /// Hold the values that stand beside them.
    Put,
}

impl Operation {
    /// The operation with this number, as programs pass it.
    pub fn from_number(number: u32) -> Option<Operation> {
        match number {
            0 => Some(Operation::Read),
            1 => Some(Operation::Write),
            2 => Some(Operation::Put),
            _ => None,
        }
    }
}

/// A call that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The component, by its place in the description.
    pub component: usize,
    /// What to do.
    pub operation: Operation,
    /// With which keys.
    pub keys: Vec<u64>,
    /// The values for them, where they are put into a cache.
    pub values: Vec<u64>,
    /// The kept connection that it is sent over; without one, it opens its own.
    pub connection: Option<u32>,
    /// After how long the program gives it up.
    pub timeout_ns: Option<u64>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With an answer.
    Answered,
    /// The component's queue was full.
    Refused,
    /// The component failed.
    Broken,
    /// The program's patience ended.
    TimedOut,
    /// The program did not want it any more.
    Cancelled,
}

impl Outcome {
    /// The number that programs get for it.
    pub fn number(self) -> u32 {
        match self {
            Outcome::Answered => 0,
            Outcome::Refused => 1,
            Outcome::Broken => 2,
            Outcome::TimedOut => 3,
            Outcome::Cancelled => 4,
        }
    }
}

/// A call and its times, in virtual nanoseconds from the world's beginning. What did not happen has no time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What was asked.
    pub order: Order,
    /// The request that it serves, if the program had one in hand.
    pub parent: Option<u32>,
    /// When the program made it.
    pub started_ns: u64,
    /// When it reached the component.
    pub arrived_ns: Option<u64>,
    /// When the component began to serve it.
    pub served_from_ns: Option<u64>,
    /// When the component was done.
    pub served_until_ns: Option<u64>,
    /// When it ended for the program.
    pub ended_ns: Option<u64>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// What it gave.
    pub answer: Vec<u64>,
}

impl Call {
    /// A call that is being made now.
    pub fn begun(order: Order, parent: Option<u32>, now_ns: u64) -> Call {
        Call {
            order,
            parent,
            started_ns: now_ns,
            arrived_ns: None,
            served_from_ns: None,
            served_until_ns: None,
            ended_ns: None,
            outcome: None,
            answer: Vec::new(),
        }
    }

    /// How long a component works on it, besides what is drawn; `active` calls are served at that time, it among them.
    pub fn work_ns(&self, of: &Component, drawn_ns: u64, must_connect: bool, active: u32) -> u64 {
        work_ns(
            of,
            self.order.keys.len() as u64,
            drawn_ns,
            must_connect,
            active,
        )
    }
}

/// How long a component works on a call with this many keys.
pub fn work_ns(of: &Component, items: u64, drawn_ns: u64, must_connect: bool, active: u32) -> u64 {
    let bytes = items.saturating_mul(of.item_bytes);
    let transfer_ns = of.bytes_per_second.map_or(0, |rate| {
        let ns = u128::from(bytes) * 1_000_000_000 / u128::from(rate.max(1));
        u64::try_from(ns).unwrap_or(u64::MAX)
    });
    let connect_ns = if must_connect { of.connect.0 } else { 0 };
    let alone_ns = of
        .overhead
        .0
        .saturating_add(of.per_item.0.saturating_mul(items))
        .saturating_add(transfer_ns)
        .saturating_add(connect_ns)
        .saturating_add(drawn_ns);
    let others = u128::from(active.saturating_sub(1));
    let slower_per_mille = others
        * (u128::from(of.contention_per_mille)
            + u128::from(active) * u128::from(of.coherence_per_mille));
    let slowed = u128::from(alone_ns) * (1_000 + slower_per_mille);
    u64::try_from(slowed / 1_000).unwrap_or(u64::MAX)
}
