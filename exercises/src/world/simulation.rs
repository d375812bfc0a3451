//! The world as it runs: a discrete-event simulation on a virtual clock.
//!
//! Everything that will happen stands in one heap, ordered by time and, where times are equal, by when it was put there.
//! [`Simulation::step`] takes the first of it. A call goes this way:
//!
//! 1. *started*: it waits for its connection, where it is sent over one that carries another call;
//! 2. *arrived* after the component's distance: it is served, waits in the component's queue, or finds that full;
//! 3. *served* after its work: a read gives the values of the moment when its work began, as a database does that shows
//!    each reader a snapshot; a write takes effect when its work ends;
//! 4. *ended* after the distance again: the program is told. A timeout or a cancellation may come first.
//!
//! The program has a clock of its own, which is ahead of the world's while it computes; it is told of nothing that has
//! not happened by then. Nothing here depends on the machine: numbers are whole, or come from [`super::distribution`].

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use crate::measure::random::Random;
use crate::world::arrivals::{self, Asked};
use crate::world::broken::{Broken, Rule};
use crate::world::calls::{Call, CallNumber, Operation, Order, Outcome, work_ns};
use crate::world::data::{ABSENT, Data, Judged};
use crate::world::description::{Kind, Style, World};
use crate::world::station::{Change, Guest, Station, Welcome};

#[cfg(test)]
mod tests;

/// How many calls may be underway at a time.
pub const CALLS_UNDERWAY: u32 = 20_000;

/// How many calls may be made in one world.
pub const CALLS: u32 = 200_000;

/// The longest timer and timeout; longer ones are cut.
const LONGEST_WAIT_NS: u64 = 86_400_000_000_000;

/// A world as it runs.
#[derive(Clone, Debug)]
pub struct Simulation {
    world: World,
    /// Whether everything may be told about it.
    visible: bool,
    stations: Vec<Station>,
    data: BTreeMap<String, Data>,
    calls: Vec<Call>,
    underway: u32,
    requests: Vec<Request>,
    replied: u32,
    /// What will happen.
    due: BinaryHeap<Reverse<Due>>,
    /// How much was put there.
    put: u64,
    /// How much happened.
    steps: u64,
    now_ns: u64,
    /// The program's clock.
    clock_ns: u64,
    /// How much of it the program spent computing.
    spent_ns: u64,
    /// What the program has not been told yet.
    inbox: VecDeque<(u64, Told)>,
    /// The request that the program has in hand.
    parent: Option<u32>,
    broken: Option<Broken>,
}

/// A request of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What was asked and when.
    pub asked: Asked,
    /// When it was answered, or refused.
    pub ended_ns: Option<u64>,
    /// Whether it was refused.
    pub refused: bool,
}

/// What a program is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// A request came.
    Arrived(u32),
    /// A call ended.
    Ended(CallNumber),
    /// The time of a timer came.
    Timer {
        /// What the program called it.
        token: u64,
        /// The request that the program had in hand when it set it.
        parent: Option<u32>,
    },
}

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at_ns: u64,
    order: u64,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Arrives(CallNumber),
    Served(usize, Guest),
    Returns(CallNumber),
    TimesOut(CallNumber),
    Timer(u64, Option<u32>),
    Asks(u32),
    OtherArrives(usize),
}

impl Simulation {
    /// The beginning of a world. Everything in it follows from the description, the seed, and what the program does.
    pub fn new(world: &World, seed: u64, visible: bool) -> Simulation {
        let mut seeds = Random(seed);
        let mut next = || Random(seeds.next());
        let mut of_arrivals = next();
        let data_seed = next().next();
        let stations: Vec<Station> = world
            .components
            .iter()
            .map(|component| Station::new(component, next(), next()))
            .collect();
        let asked = match world.style {
            Style::Event => arrivals::draw(&world.load, &mut of_arrivals),
            Style::Call => Vec::new(),
        };
        let names = world.components.iter().map(|of| of.data_name());
        let data = names
            .map(|name| (name.to_owned(), Data::new(data_seed, name)))
            .collect();
        let request = |asked| Request {
            asked,
            ended_ns: None,
            refused: false,
        };
        let mut simulation = Simulation {
            world: world.clone(),
            visible,
            stations,
            data,
            calls: Vec::new(),
            underway: 0,
            requests: asked.into_iter().map(request).collect(),
            replied: 0,
            due: BinaryHeap::new(),
            put: 0,
            steps: 0,
            now_ns: 0,
            clock_ns: 0,
            spent_ns: 0,
            inbox: VecDeque::new(),
            parent: None,
            broken: None,
        };
        for component in 0..simulation.stations.len() {
            simulation.expect_other(component);
        }
        if let Some(first) = simulation.requests.first() {
            simulation.put(first.asked.arrives_ns, What::Asks(0));
        }
        simulation
    }

    /// The program's clock, in virtual nanoseconds from the world's beginning.
    pub fn clock_ns(&self) -> u64 {
        self.clock_ns
    }

    /// How long the program has computed.
    pub fn spent_ns(&self) -> u64 {
        self.spent_ns
    }

    /// How much has happened.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// All calls so far.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// All requests so far. In call style they are noted by [`Simulation::begin_request`].
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// How busy a component was, as changes in time.
    pub fn changes(&self, component: usize) -> &[Change] {
        self.stations.get(component).map_or(&[], |of| &of.changes)
    }

    /// The value of a setting.
    pub fn setting(&self, place: u32) -> Option<u64> {
        Some(self.world.settings.get(place as usize)?.value)
    }

    /// The rule that the program broke, if it did.
    pub fn broken(&self) -> Option<&Broken> {
        self.broken.as_ref()
    }

    /// The program computed for so long.
    pub fn spend(&mut self, ns: u64) {
        self.clock_ns = self.clock_ns.saturating_add(ns);
        self.spent_ns = self.spent_ns.saturating_add(ns);
    }

    /// Notes that the program broke a rule; only the first one counts.
    pub fn breaks(&mut self, rule: Rule, request: Option<u32>) {
        let keys = request
            .filter(|_| self.visible)
            .and_then(|number| self.requests.get(number as usize))
            .map(|request| request.asked.keys.clone());
        self.broken.get_or_insert(Broken {
            rule,
            visible: self.visible,
            request,
            keys: keys.unwrap_or_default(),
            at_ns: self.clock_ns,
        });
    }

    /// The program makes a call. None where that breaks a rule, which then is noted.
    pub fn start(&mut self, order: Order) -> Option<CallNumber> {
        if let Some(rule) = self.rule_against(&order) {
            self.breaks(rule, self.parent);
            return None;
        }
        let number = u32::try_from(self.calls.len()).ok()?;
        let (component, connection) = (order.component, order.connection);
        if let Some(timeout_ns) = order.timeout_ns {
            let at_ns = self
                .clock_ns
                .saturating_add(timeout_ns.min(LONGEST_WAIT_NS));
            self.put(at_ns, What::TimesOut(number));
        }
        self.calls
            .push(Call::begun(order, self.parent, self.clock_ns));
        self.underway += 1;
        match connection {
            Some(connection) => {
                let kept = self.stations[component]
                    .connections
                    .entry(connection)
                    .or_default();
                if kept.carries.is_some() {
                    kept.waiting.push_back(number);
                } else {
                    kept.carries = Some(number);
                    self.send(number, self.clock_ns);
                }
            }
            None => self.send(number, self.clock_ns),
        }
        Some(number)
    }

    fn rule_against(&self, order: &Order) -> Option<Rule> {
        let Some(station) = self.stations.get(order.component) else {
            return Some(Rule::NoSuchThing);
        };
        let of = &station.of;
        let is_cache = of.kind == Kind::Cache;
        if (order.operation == Operation::Put) != is_cache && order.operation != Operation::Read {
            return Some(Rule::NoSuchThing);
        }
        let found = order.keys.len() as u64;
        if found > u64::from(of.most_items) {
            return Some(Rule::TooManyKeys {
                component: of.name.clone(),
                found,
                limit: of.most_items,
            });
        }
        if let (Some(number), Some(limit)) = (order.connection, of.connections)
            && number >= limit
        {
            return Some(Rule::TooManyConnections {
                component: of.name.clone(),
                number,
                limit,
            });
        }
        if self.underway >= CALLS_UNDERWAY {
            let limit = CALLS_UNDERWAY;
            return Some(Rule::TooManyCallsUnderway { limit });
        }
        (self.calls.len() as u32 >= CALLS).then_some(Rule::TooManyCalls { limit: CALLS })
    }

    /// The program does not want a call any more. One that waits makes room for another; one that is being served is
    /// served to its end.
    pub fn cancel(&mut self, number: CallNumber) {
        self.settle();
        let is_underway = self
            .call(number)
            .is_some_and(|call| call.ended_ns.is_none());
        if is_underway {
            let component = self.calls[number as usize].order.component;
            self.stations[component].withdraw(number, self.clock_ns);
            self.end(number, Outcome::Cancelled, self.clock_ns);
        }
    }

    /// A call by its number.
    pub fn call(&self, number: CallNumber) -> Option<&Call> {
        self.calls.get(number as usize)
    }

    /// Lets the program be told something after a while.
    pub fn set_timer(&mut self, delay_ns: u64, token: u64) {
        let at_ns = self.clock_ns.saturating_add(delay_ns.min(LONGEST_WAIT_NS));
        self.put(at_ns, What::Timer(token, self.parent));
    }

    /// Lets the world run until a call has ended, and the program's clock with it. None where there is no such call.
    pub fn wait(&mut self, number: CallNumber) -> Option<()> {
        self.call(number)?;
        self.settle();
        while self.calls[number as usize].ended_ns.is_none() && self.step() {}
        let ended_ns = self.calls[number as usize].ended_ns?;
        self.clock_ns = self.clock_ns.max(ended_ns);
        Some(())
    }

    /// Lets the world run until one of these calls has ended, or the time is over, and says which call it was by its
    /// place; of several the one that ended first.
    pub fn wait_any(&mut self, numbers: &[CallNumber], timeout_ns: u64) -> Option<usize> {
        self.settle();
        let deadline_ns = self
            .clock_ns
            .saturating_add(timeout_ns.min(LONGEST_WAIT_NS));
        loop {
            let ended = numbers
                .iter()
                .enumerate()
                .filter_map(|(place, number)| Some((self.call(*number)?.ended_ns?, place)))
                .min();
            if let Some((ended_ns, place)) = ended {
                self.clock_ns = self.clock_ns.max(ended_ns);
                return Some(place);
            }
            let next_ns = self.due.peek().map(|due| due.0.at_ns);
            if next_ns.is_none_or(|at_ns| at_ns > deadline_ns) || numbers.is_empty() {
                self.clock_ns = deadline_ns;
                self.settle();
                return None;
            }
            self.step();
        }
    }

    /// A request of a call-style world begins: from now on calls are made for it.
    pub fn begin_request(&mut self) {
        let number = self.requests.len() as u32;
        self.parent = Some(number);
        self.requests.push(Request {
            asked: Asked {
                arrives_ns: self.clock_ns,
                operation: Operation::Read,
                keys: Vec::new(),
            },
            ended_ns: None,
            refused: false,
        });
    }

    /// The request of a call-style world that was begun last is answered.
    pub fn end_request(&mut self) {
        self.settle();
        if let Some(request) = self.requests.last_mut() {
            request.ended_ns = Some(self.clock_ns);
        }
        self.parent = None;
    }

    /// What the program of an event-style world is told next, at a moment when it is not computing; none when nothing
    /// will happen any more, every request has its reply, or patience is at its end.
    pub fn next_told(&mut self) -> Option<Told> {
        let last_ns = self.requests.last().map_or(0, |last| last.asked.arrives_ns);
        let end_ns = last_ns.saturating_add(self.world.load.patience.0);
        loop {
            self.settle();
            if self.replied as usize == self.requests.len() || self.clock_ns > end_ns {
                return None;
            }
            if let Some((at_ns, told)) = self.inbox.pop_front() {
                self.clock_ns = self.clock_ns.max(at_ns);
                self.parent = match told {
                    Told::Arrived(request) => Some(request),
                    Told::Ended(call) => self.calls[call as usize].parent,
                    Told::Timer { parent, .. } => parent,
                };
                return Some(told);
            }
            if self.now_ns > end_ns || !self.step() {
                return None;
            }
        }
    }

    /// The program answers a request, or refuses it where there are no values.
    pub fn reply(&mut self, number: u64, values: Option<&[u64]>) {
        self.settle();
        let known = u32::try_from(number).ok();
        let request = known.and_then(|number| self.requests.get(number as usize));
        let came = request.filter(|request| request.asked.arrives_ns <= self.clock_ns);
        let (Some(known), Some(request)) = (known, came) else {
            return self.breaks(Rule::NoSuchRequest { number }, None);
        };
        if request.ended_ns.is_some() {
            return self.breaks(Rule::RepliedTwice, Some(known));
        }
        let rule = match values {
            None => (!self.world.load.may_refuse).then_some(Rule::MayNotRefuse),
            Some(values) => self.rule_against_reply(&request.asked, values),
        };
        if let Some(rule) = rule {
            return self.breaks(rule, Some(known));
        }
        if values.is_some() && request.asked.operation == Operation::Write {
            let keys = request.asked.keys.clone();
            let data = self
                .world
                .answers
                .as_ref()
                .and_then(|name| self.data.get_mut(name));
            if let Some(data) = data {
                for key in keys {
                    data.confirm(key, data.latest(key), self.clock_ns);
                }
            }
        }
        let request = &mut self.requests[known as usize];
        request.ended_ns = Some(self.clock_ns);
        request.refused = values.is_none();
        self.replied += 1;
    }

    /// What a program of an event-style world left undone at its end.
    pub fn conclude(&mut self) {
        let lost = self
            .requests
            .iter()
            .filter(|request| request.ended_ns.is_none());
        let lost = lost.count() as u32;
        let first = self
            .requests
            .iter()
            .position(|request| request.ended_ns.is_none());
        if let Some(first) = first {
            let requests = self.requests.len() as u32;
            self.breaks(Rule::LostReply { lost, requests }, Some(first as u32));
        }
    }

    fn rule_against_reply(&self, asked: &Asked, values: &[u64]) -> Option<Rule> {
        let data = self.data.get(self.world.answers.as_deref()?)?;
        if asked.operation == Operation::Write {
            let is_written = |key: &&u64| data.is_written_since(**key, asked.arrives_ns);
            let missing = asked.keys.iter().find(|key| !is_written(key));
            return missing.map(|key| Rule::NotWritten { key: *key });
        }
        if values.len() != asked.keys.len() {
            return Some(Rule::ReplyLength {
                expected: asked.keys.len() as u64,
                got: values.len() as u64,
            });
        }
        asked.keys.iter().zip(values).find_map(|(&key, &got)| {
            let expected = data.value(key);
            match data.judge(key, got, asked.arrives_ns) {
                Judged::Fresh => None,
                Judged::Wrong => Some(Rule::WrongValue { key, expected, got }),
                Judged::Stale { behind_ns } => Some(Rule::Stale {
                    key,
                    expected,
                    got,
                    behind_ns,
                }),
            }
        })
    }

    /// Lets happen what has happened by the program's clock.
    fn settle(&mut self) {
        while self
            .due
            .peek()
            .is_some_and(|due| due.0.at_ns <= self.clock_ns)
        {
            self.step();
        }
    }

    fn put(&mut self, at_ns: u64, what: What) {
        let order = self.put;
        self.put += 1;
        self.due.push(Reverse(Due { at_ns, order, what }));
    }

    /// Lets the next thing happen; false when there is none.
    fn step(&mut self) -> bool {
        let Some(Reverse(Due { at_ns, what, .. })) = self.due.pop() else {
            return false;
        };
        self.now_ns = at_ns;
        self.steps += 1;
        match what {
            What::Arrives(number) => self.arrive(number),
            What::Served(component, guest) => self.served(component, guest),
            What::Returns(number) => {
                let call = &self.calls[number as usize];
                if call.ended_ns.is_none() {
                    let outcome = call.outcome.unwrap_or(Outcome::Answered);
                    self.end(number, outcome, at_ns);
                }
            }
            What::TimesOut(number) => {
                if self.calls[number as usize].ended_ns.is_none() {
                    self.end(number, Outcome::TimedOut, at_ns);
                }
            }
            What::Timer(token, parent) => self.tell(Told::Timer { token, parent }),
            What::Asks(number) => {
                self.tell(Told::Arrived(number));
                if let Some(next) = self.requests.get(number as usize + 1) {
                    self.put(next.asked.arrives_ns, What::Asks(number + 1));
                }
            }
            What::OtherArrives(component) => {
                match self.stations[component].welcome(Guest::Other, at_ns) {
                    Welcome::Served => self.serve(component, Guest::Other),
                    Welcome::Waits | Welcome::Refused => {}
                }
                self.expect_other(component);
            }
        }
        true
    }

    fn tell(&mut self, told: Told) {
        if self.world.style == Style::Event {
            self.inbox.push_back((self.now_ns, told));
        }
    }

    /// Puts the next call of somebody else, where there are others.
    fn expect_other(&mut self, component: usize) {
        let station = &mut self.stations[component];
        if station.of.others_per_second == 0 {
            return;
        }
        let mean_ns = 1e9 / f64::from(station.of.others_per_second);
        let unit = crate::world::distribution::open_unit(&mut station.others);
        let gap_ns = (-libm::log(unit) * mean_ns) as u64;
        let at_ns = self.now_ns.saturating_add(gap_ns.max(1));
        self.put(at_ns, What::OtherArrives(component));
    }

    /// Sends a call on its way.
    fn send(&mut self, number: CallNumber, now_ns: u64) {
        let component = self.calls[number as usize].order.component;
        let distance_ns = self.stations[component].of.distance.0;
        self.put(now_ns.saturating_add(distance_ns), What::Arrives(number));
    }

    fn arrive(&mut self, number: CallNumber) {
        let call = &mut self.calls[number as usize];
        // What was cancelled on its way is not wanted; what timed out is unknown to the component, and served.
        if call.outcome == Some(Outcome::Cancelled) {
            return;
        }
        call.arrived_ns = Some(self.now_ns);
        let component = call.order.component;
        match self.stations[component].welcome(Guest::Call(number), self.now_ns) {
            Welcome::Served => self.serve(component, Guest::Call(number)),
            Welcome::Waits => {}
            Welcome::Refused => {
                let call = &mut self.calls[number as usize];
                call.outcome.get_or_insert(Outcome::Refused);
                let distance_ns = self.stations[component].of.distance.0;
                self.put(
                    self.now_ns.saturating_add(distance_ns),
                    What::Returns(number),
                );
            }
        }
    }

    /// Begins to serve somebody who was taken in.
    fn serve(&mut self, component: usize, guest: Guest) {
        let station = &mut self.stations[component];
        let drawn_ns = station.of.latency.draw(&mut station.random);
        let active = station.serving();
        let work_ns = match guest {
            Guest::Other => work_ns(&station.of, 1, drawn_ns, false, active),
            Guest::Call(number) => {
                let call = &mut self.calls[number as usize];
                call.served_from_ns = Some(self.now_ns);
                if call.order.operation == Operation::Read {
                    let keys = call.order.keys.iter();
                    let data = self.data.get(station.of.data_name());
                    call.answer = if station.of.kind == Kind::Cache {
                        keys.map(|key| station.held(*key).unwrap_or(ABSENT))
                            .collect()
                    } else {
                        keys.filter_map(|key| Some(data?.value(*key))).collect()
                    };
                }
                let kept = call
                    .order
                    .connection
                    .and_then(|connection| station.connections.get_mut(&connection));
                let must_connect = !kept.as_ref().is_some_and(|kept| kept.is_open);
                if let Some(kept) = kept {
                    kept.is_open = true;
                }
                call.work_ns(&station.of, drawn_ns, must_connect, active)
            }
        };
        self.put(
            self.now_ns.saturating_add(work_ns),
            What::Served(component, guest),
        );
    }

    fn served(&mut self, component: usize, guest: Guest) {
        if let Guest::Call(number) = guest {
            self.answer(number);
            let distance_ns = self.stations[component].of.distance.0;
            self.put(
                self.now_ns.saturating_add(distance_ns),
                What::Returns(number),
            );
        }
        if let Some(next) = self.stations[component].release(self.now_ns) {
            self.serve(component, next);
        }
    }

    /// Does what a call changes, at the moment when the component is done with it.
    fn answer(&mut self, number: CallNumber) {
        let call = &mut self.calls[number as usize];
        call.served_until_ns = Some(self.now_ns);
        let station = &mut self.stations[call.order.component];
        let chance = crate::world::distribution::below(&mut station.random, 1_000);
        if chance < u64::from(station.of.failures_per_mille) {
            call.outcome.get_or_insert(Outcome::Broken);
            return;
        }
        let data = self.data.get_mut(station.of.data_name());
        match (call.order.operation, data) {
            (Operation::Put, _) => {
                for (key, value) in call.order.keys.iter().zip(&call.order.values) {
                    station.hold(*key, *value);
                }
            }
            (Operation::Write, Some(data)) => {
                for key in &call.order.keys {
                    data.write(*key, self.now_ns);
                }
            }
            (Operation::Read, _) | (Operation::Write, None) => {}
        }
        call.outcome.get_or_insert(Outcome::Answered);
    }

    /// Ends a call for the program, and lets the next one have its connection.
    fn end(&mut self, number: CallNumber, outcome: Outcome, now_ns: u64) {
        let call = &mut self.calls[number as usize];
        call.ended_ns = Some(now_ns);
        call.outcome = Some(outcome);
        self.underway -= 1;
        if outcome != Outcome::Answered {
            call.answer.clear();
        }
        let (component, connection) = (call.order.component, call.order.connection);
        if outcome != Outcome::Cancelled {
            self.tell(Told::Ended(number));
        }
        let Some(kept) = connection
            .and_then(|connection| self.stations[component].connections.get_mut(&connection))
        else {
            return;
        };
        kept.waiting.retain(|waiting| *waiting != number);
        if kept.carries == Some(number) {
            // An answer that is not waited for would be taken for the next call's: the connection is given up.
            kept.is_open &= matches!(outcome, Outcome::Answered | Outcome::Broken);
            kept.carries = kept.waiting.pop_front();
            if let Some(next) = kept.carries {
                self.send(next, now_ns);
            }
        }
    }
}
