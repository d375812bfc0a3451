//! A component at work: who is served, who waits, and how busy it has been.

use std::collections::{BTreeMap, VecDeque};

use crate::measure::random::Random;
use crate::world::calls::CallNumber;
use crate::world::description::Component;

/// Who is at a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Guest {
    /// A call of the program.
    Call(CallNumber),
    /// A call of somebody else.
    Other,
}

/// A component at work.
#[derive(Clone, Debug)]
pub(super) struct Station {
    /// What it is.
    pub of: Component,
    /// Where its times come from, call after call.
    pub random: Random,
    /// Where the calls of others come from.
    pub others: Random,
    /// How many are being served.
    serving: u32,
    /// Who waits, the longest waiting first.
    waiting: VecDeque<Guest>,
    /// The program's connections, by their numbers.
    pub connections: BTreeMap<u32, Connection>,
    /// Every change of how many are served and how many wait.
    pub changes: Vec<Change>,
    /// What a cache holds, with when it was last used.
    held: BTreeMap<u64, (u64, u64)>,
    /// The same by last use.
    by_use: BTreeMap<u64, u64>,
    uses: u64,
}

/// A connection that the program keeps.
#[derive(Clone, Debug, Default)]
pub(super) struct Connection {
    /// Whether it is open.
    pub is_open: bool,
    /// The call that it carries.
    pub carries: Option<CallNumber>,
    /// The calls that wait for it.
    pub waiting: VecDeque<CallNumber>,
}

/// How many calls a component serves and lets wait from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The moment.
    pub at_ns: u64,
    /// How many are being served.
    pub serving: u32,
    /// How many wait.
    pub waiting: u32,
}

/// What happens to somebody who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Welcome {
    /// Is served at once.
    Served,
    /// Waits.
    Waits,
    /// Finds the queue full.
    Refused,
}

impl Station {
    pub fn new(of: &Component, random: Random, others: Random) -> Station {
        Station {
            of: of.clone(),
            random,
            others,
            serving: 0,
            waiting: VecDeque::new(),
            connections: BTreeMap::new(),
            changes: Vec::new(),
            held: BTreeMap::new(),
            by_use: BTreeMap::new(),
            uses: 0,
        }
    }

    /// How many are being served.
    pub fn serving(&self) -> u32 {
        self.serving
    }

    /// Takes in whoever comes.
    pub fn welcome(&mut self, guest: Guest, now_ns: u64) -> Welcome {
        if self.of.connections.is_none_or(|most| self.serving < most) {
            self.serving += 1;
            self.note(now_ns);
            return Welcome::Served;
        }
        let queue = self.of.queue.map_or(usize::MAX, |most| most as usize);
        if self.waiting.len() >= queue {
            return Welcome::Refused;
        }
        self.waiting.push_back(guest);
        self.note(now_ns);
        Welcome::Waits
    }

    /// Lets go whoever was served, and gives who is served instead.
    pub fn release(&mut self, now_ns: u64) -> Option<Guest> {
        let next = self.waiting.pop_front();
        if next.is_none() {
            self.serving -= 1;
        }
        self.note(now_ns);
        next
    }

    /// Takes a call out of the queue, and says whether it was there.
    pub fn withdraw(&mut self, call: CallNumber, now_ns: u64) -> bool {
        let place = self
            .waiting
            .iter()
            .position(|guest| *guest == Guest::Call(call));
        if let Some(place) = place {
            self.waiting.remove(place);
            self.note(now_ns);
        }
        place.is_some()
    }

    fn note(&mut self, now_ns: u64) {
        let change = Change {
            at_ns: now_ns,
            serving: self.serving,
            waiting: u32::try_from(self.waiting.len()).unwrap_or(u32::MAX),
        };
        match self.changes.last_mut() {
            Some(last) if last.at_ns == now_ns => *last = change,
            _ => self.changes.push(change),
        }
    }

    /// The value that a cache holds for a key.
    pub fn held(&mut self, key: u64) -> Option<u64> {
        let (value, _) = *self.held.get(&key)?;
        self.hold(key, value);
        Some(value)
    }

    /// Holds a value, in place of the least recently used one where there is no room.
    pub fn hold(&mut self, key: u64, value: u64) {
        self.uses += 1;
        if let Some((_, used)) = self.held.insert(key, (value, self.uses)) {
            self.by_use.remove(&used);
        }
        self.by_use.insert(self.uses, key);
        let capacity = self.of.capacity.map_or(usize::MAX, |most| most as usize);
        while self.held.len() > capacity {
            if let Some((_, oldest)) = self.by_use.pop_first() {
                self.held.remove(&oldest);
            }
        }
    }
}
