//! What a program may not do in a world: each rule as data, so that every page can say it in its reader's language.

use serde::{Deserialize, Serialize};

/// A rule of the world that a program broke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Which one.
    pub rule: Rule,
    /// Whether it was in the visible world, of which everything may be told.
    pub visible: bool,
    /// The request that it was about, from 0.
    pub request: Option<u32>,
    /// What the request asked for, in the visible world.
    pub keys: Vec<u64>,
    /// When it happened, in virtual nanoseconds from the world's beginning.
    pub at_ns: u64,
}

/// The rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Every request gets a reply.
    LostReply {
        /// How many requests got none.
        lost: u32,
        /// How many requests there were.
        requests: u32,
    },
    /// A request gets one reply.
    RepliedTwice,
    /// Only requests that came get a reply.
    NoSuchRequest {
        /// The number that the program gave.
        number: u64,
    },
    /// Requests are answered, not refused, unless the exercise allows it.
    MayNotRefuse,
    /// A reply has one value for each key.
    ReplyLength {
        /// How many keys there were.
        expected: u64,
        /// How many values the program gave.
        got: u64,
    },
    /// Every value is one that its key has or had.
    WrongValue {
        /// The key.
        key: u64,
        /// The present value.
        expected: u64,
        /// The value that the program gave.
        got: u64,
    },
    /// No value is older than what users were told before.
    Stale {
        /// The key.
        key: u64,
        /// The present value.
        expected: u64,
        /// The value that the program gave.
        got: u64,
        /// How long it had been replaced when the request came.
        behind_ns: u64,
    },
    /// Who is told that something is written finds it written.
    NotWritten {
        /// The key.
        key: u64,
    },
    /// A call has no more keys than its component takes.
    TooManyKeys {
        /// The component.
        component: String,
        /// How many keys the call had.
        found: u64,
        /// How many it may have.
        limit: u32,
    },
    /// No more connections are kept than a component allows.
    TooManyConnections {
        /// The component.
        component: String,
        /// The number of the connection; they count from 0.
        number: u32,
        /// How many it allows.
        limit: u32,
    },
    /// Not too many calls are underway at a time.
    TooManyCallsUnderway {
        /// How many may be.
        limit: u32,
    },
    /// Not too many calls are made in all.
    TooManyCalls {
        /// How many may be.
        limit: u32,
    },
    /// Only what the world offers is asked for.
    NoSuchThing,
}
