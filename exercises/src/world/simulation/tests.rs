use proptest::prelude::*;

use super::*;
use crate::exercise::Translated;
use crate::world::description::{Arrivals, Component, Keys, Load, Metric};
use crate::world::distribution::Distribution;
use crate::world::findings::Findings;
use crate::world::run::Run;
use crate::world::units::Span;

const MS: u64 = 1_000_000;

/// A component that takes a millisecond and serves one call at a time.
fn component(name: &str) -> Component {
    Component {
        name: name.to_owned(),
        kind: Kind::Database,
        title: Translated {
            bg: name.to_owned(),
            en: name.to_owned(),
        },
        distance: Span(0),
        overhead: Span(MS),
        per_item: Span(0),
        item_bytes: 0,
        bytes_per_second: None,
        latency: Distribution::default(),
        connections: Some(1),
        queue: None,
        connect: Span(0),
        contention_per_mille: 0,
        coherence_per_mille: 0,
        failures_per_mille: 0,
        others_per_second: 0,
        most_items: 100,
        data: None,
        capacity: None,
    }
}

fn world(style: Style, components: Vec<Component>) -> World {
    World {
        style,
        metric: Metric::P95,
        hidden_worlds: 1,
        answers: Some(components[0].name.clone()),
        components,
        load: Load {
            requests: 60,
            arrivals: Arrivals::Poisson,
            per_second: 500,
            keys: Keys::Uniform { count: 20 },
            keys_per_request: 1,
            writes_per_mille: 200,
            deadline: None,
            may_refuse: true,
            patience: Span(1_000 * MS),
        },
        settings: Vec::new(),
    }
}

fn read(key: u64) -> Order {
    Order {
        component: 0,
        operation: Operation::Read,
        keys: vec![key],
        values: Vec::new(),
        connection: None,
        timeout_ns: None,
    }
}

fn calling(component: Component) -> Simulation {
    Simulation::new(&world(Style::Call, vec![component]), 1, true)
}

fn ended_at(simulation: &mut Simulation, number: CallNumber) -> u64 {
    simulation.wait(number).expect("the call is known");
    simulation.clock_ns()
}

#[test]
fn a_call_takes_its_way_there_its_work_and_its_way_back() {
    let mut simulation = calling(Component {
        distance: Span(3 * MS),
        per_item: Span(MS / 2),
        item_bytes: 1_000,
        bytes_per_second: Some(1_000_000),
        ..component("database")
    });
    let order = Order {
        keys: vec![1, 2],
        ..read(0)
    };
    let number = simulation.start(order).expect("it is allowed");
    // Two ways, the overhead, half a millisecond and a kilobyte for each key.
    assert_eq!(ended_at(&mut simulation, number), 6 * MS + MS + MS + 2 * MS);
    let call = simulation.call(number).expect("it was made");
    assert_eq!(call.answer.len(), 2);
}

#[test]
fn calls_that_overlap_end_together_where_there_are_connections_and_queue_where_there_are_not() {
    let wide = Component {
        connections: None,
        ..component("database")
    };
    for (component, expected_ms) in [(wide, [1, 1, 1]), (component("database"), [1, 2, 3])] {
        let mut simulation = calling(component);
        let numbers: Vec<_> = (0..3)
            .filter_map(|key| simulation.start(read(key)))
            .collect();
        let ends: Vec<u64> = numbers
            .into_iter()
            .map(|number| ended_at(&mut simulation, number) / MS)
            .collect();
        assert_eq!(ends, expected_ms);
    }
}

#[test]
fn a_full_queue_refuses_the_next_call() {
    let mut simulation = calling(Component {
        queue: Some(1),
        ..component("database")
    });
    let numbers: Vec<_> = (0..3)
        .filter_map(|key| simulation.start(read(key)))
        .collect();
    for &number in &numbers {
        simulation.wait(number);
    }
    let outcomes = numbers
        .iter()
        .map(|&number| simulation.calls[number as usize].outcome);
    assert_eq!(
        outcomes.collect::<Vec<_>>(),
        [Outcome::Answered, Outcome::Answered, Outcome::Refused].map(Some)
    );
}

#[test]
fn a_kept_connection_is_opened_once_and_carries_one_call_at_a_time() {
    let mut simulation = calling(Component {
        connect: Span(5 * MS),
        connections: Some(4),
        ..component("database")
    });
    let over = |connection| Order {
        connection: Some(connection),
        ..read(1)
    };
    let numbers: Vec<_> = (0..2).filter_map(|_| simulation.start(over(0))).collect();
    assert_eq!(ended_at(&mut simulation, numbers[0]), 6 * MS);
    assert_eq!(ended_at(&mut simulation, numbers[1]), 7 * MS);
    let own = simulation.start(read(1)).expect("it is allowed");
    assert_eq!(ended_at(&mut simulation, own), 13 * MS);
    assert_eq!(simulation.start(over(4)), None);
    assert!(matches!(
        simulation.broken().map(|broken| &broken.rule),
        Some(Rule::TooManyConnections {
            number: 4,
            limit: 4,
            ..
        })
    ));
}

#[test]
fn a_call_that_times_out_still_costs_the_component_its_work() {
    let mut simulation = calling(component("database"));
    let impatient = Order {
        timeout_ns: Some(MS / 4),
        ..read(1)
    };
    let first = simulation.start(impatient).expect("it is allowed");
    let second = simulation.start(read(2)).expect("it is allowed");
    assert_eq!(ended_at(&mut simulation, first), MS / 4);
    assert_eq!(simulation.calls[0].outcome, Some(Outcome::TimedOut));
    assert_eq!(ended_at(&mut simulation, second), 2 * MS);
}

#[test]
fn waiting_for_any_call_gives_the_first_that_ends_or_the_end_of_the_time() {
    let mut simulation = calling(Component {
        connections: None,
        per_item: Span(MS),
        ..component("database")
    });
    let long = Order {
        keys: vec![1; 9],
        ..read(0)
    };
    let long = simulation.start(long).expect("it is allowed");
    let short = simulation.start(read(1)).expect("it is allowed");
    assert_eq!(simulation.wait_any(&[long, short], MS), None);
    assert_eq!(simulation.clock_ns(), MS);
    assert_eq!(simulation.wait_any(&[long, short], 5 * MS), Some(1));
    assert_eq!(simulation.clock_ns(), 2 * MS);
}

#[test]
fn a_cache_gives_what_was_put_there_and_forgets_what_was_not_used_for_longest() {
    let mut simulation = calling(Component {
        kind: Kind::Cache,
        capacity: Some(2),
        ..component("cache")
    });
    let mut ask = |order: Order| {
        let number = simulation.start(order).expect("it is allowed");
        simulation.wait(number);
        simulation.calls[number as usize].answer.clone()
    };
    let put = |key| Order {
        operation: Operation::Put,
        values: vec![key * 10],
        ..read(key)
    };
    ask(put(1));
    ask(put(2));
    assert_eq!(ask(read(1)), [10]);
    ask(put(3));
    assert_eq!(
        ask(Order {
            keys: vec![1, 2, 3],
            ..read(0)
        }),
        [10, ABSENT, 30]
    );
}

#[test]
fn others_at_a_component_make_the_program_wait() {
    let mut simulation = calling(Component {
        others_per_second: 900,
        latency: Distribution::Exponential {
            mean: Span(MS / 10),
        },
        overhead: Span(9 * MS / 10),
        ..component("database")
    });
    let mut waited_ns = 0;
    for key in 0..200 {
        let number = simulation.start(read(key)).expect("it is allowed");
        simulation.wait(number);
        let call = &simulation.calls[number as usize];
        waited_ns += call.served_from_ns.unwrap_or(0) - call.arrived_ns.unwrap_or(0);
    }
    assert!(waited_ns / 200 > 2 * MS, "{waited_ns}");
}

/// Runs a program that does what the choices say, and is done when they are used up: it then answers everything that is
/// asked through the database, as a plain service does.
fn serve(world: &World, seed: u64, choices: &[u8]) -> Simulation {
    let mut simulation = Simulation::new(world, seed, true);
    let mut choices = choices.iter().copied();
    while let Some(told) = simulation.next_told() {
        simulation.spend(1_000);
        match (told, choices.next().unwrap_or(0)) {
            (Told::Arrived(_), choice @ 1..=20) => {
                simulation.set_timer(u64::from(choice) * MS / 4, 0);
            }
            (Told::Arrived(number), 21..=30) => simulation.reply(number.into(), None),
            (Told::Arrived(number), choice) => {
                let asked = simulation.requests[number as usize].asked.clone();
                let connection = (choice > 128).then_some(u32::from(choice) % 2);
                let timeout_ns = (choice % 7 == 3).then_some(u64::from(choice) * MS / 10);
                let order = Order {
                    operation: asked.operation,
                    keys: asked.keys,
                    connection,
                    timeout_ns,
                    ..read(0)
                };
                let call = simulation.start(order).expect("it is allowed");
                if choice % 11 == 5 {
                    simulation.cancel(call);
                    simulation.reply(number.into(), None);
                }
            }
            (Told::Ended(number), _) => {
                let call = simulation.calls[number as usize].clone();
                let parent = call.parent.expect("it was made for a request");
                if simulation.requests[parent as usize].ended_ns.is_none() {
                    let values =
                        (call.outcome == Some(Outcome::Answered)).then_some(&call.answer[..]);
                    simulation.reply(parent.into(), values);
                }
            }
            (Told::Timer { parent, .. }, _) => {
                if let Some(parent) = parent
                    && simulation.requests[parent as usize].ended_ns.is_none()
                {
                    simulation.reply(parent.into(), None);
                }
            }
        }
    }
    simulation.conclude();
    simulation
}

/// Worlds that differ in everything that a queue depends on.
fn worlds() -> impl Strategy<Value = World> {
    let parts = (
        1_u32..5,
        prop::option::of(0_u32..6),
        0_u64..4,
        0_u32..200,
        0_u32..400,
        200_u32..3_000,
    );
    parts.prop_map(
        |(connections, queue, distance, failures, others, per_second)| {
            let mut world = world(
                Style::Event,
                vec![Component {
                    connections: Some(connections + 1),
                    queue,
                    distance: Span(distance * MS / 3),
                    connect: Span(MS / 5),
                    contention_per_mille: 100,
                    failures_per_mille: failures,
                    others_per_second: others,
                    overhead: Span(MS / 3),
                    latency: Distribution::Lognormal {
                        median: Span(MS),
                        p99: Span(9 * MS),
                    },
                    ..component("database")
                }],
            );
            world.load.per_second = per_second;
            world
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_same_program_in_the_same_world_does_the_same_to_the_nanosecond(
        world in worlds(), seed: u64, choices in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (one, again) = (serve(&world, seed, &choices), serve(&world, seed, &choices));
        prop_assert_eq!(&one.calls, &again.calls);
        prop_assert_eq!(&one.requests, &again.requests);
        prop_assert_eq!(one.clock_ns, again.clock_ns);
        let travelled: World = serde_json::from_str(&serde_json::to_string(&world).expect("it is data"))
            .expect("it was written");
        prop_assert_eq!(&serve(&travelled, seed, &choices).requests, &one.requests);
    }

    #[test]
    fn every_call_and_every_request_ends_once_and_times_never_run_backwards(
        world in worlds(), seed: u64, choices in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let after = serve(&world, seed, &choices);
        prop_assert_eq!(after.broken(), None);
        prop_assert!(after.requests.iter().all(|request| request.ended_ns.is_some()));
        let open = after.calls.iter().filter(|call| call.ended_ns.is_none()).count();
        prop_assert_eq!(open as u32, after.underway);
        for call in &after.calls {
            let moments = [Some(call.started_ns), call.arrived_ns, call.served_from_ns, call.served_until_ns];
            let known: Vec<u64> = moments.into_iter().flatten().collect();
            prop_assert!(known.is_sorted(), "{:?}", call);
            prop_assert_eq!(call.ended_ns.is_some(), call.outcome.is_some_and(|_| call.ended_ns.is_some()));
            if call.outcome == Some(Outcome::Answered) && call.ended_ns.is_some() {
                prop_assert_eq!(known.len(), 4);
            }
        }
    }

    #[test]
    fn whoever_waits_longest_is_served_first_and_no_queue_is_longer_than_allowed(
        world in worlds(), seed: u64, choices in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let after = serve(&world, seed, &choices);
        let of = &world.components[0];
        for change in after.changes(0) {
            prop_assert!(change.serving <= of.connections.unwrap_or(u32::MAX));
            prop_assert!(change.waiting <= of.queue.unwrap_or(u32::MAX));
        }
        let mut served: Vec<(u64, u64)> = after
            .calls
            .iter()
            .filter_map(|call| Some((call.arrived_ns?, call.served_from_ns?)))
            .collect();
        served.sort_unstable();
        prop_assert!(served.is_sorted_by_key(|(_, served_from_ns)| *served_from_ns));
    }

    #[test]
    fn littles_law_holds_and_the_time_of_requests_is_shared_out_without_rest(
        world in worlds(), seed: u64, choices in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let after = serve(&world, seed, &choices);
        let run = Run::of(&after, &world, 0, 0);
        let runs = [run];
        let little = Findings::of(&world, (&runs, &after), (&runs, &after)).after.little;
        let product = little.per_second * little.stay_ns / 1e9;
        prop_assert!((little.in_system / product - 1.0).abs() < 1e-6, "{:?}", little);
        let shared: u64 = runs[0].time.iter().map(|time| time.sum_ns()).sum();
        let whole: u64 = after
            .requests
            .iter()
            .filter_map(|request| Some(request.ended_ns? - request.asked.arrives_ns))
            .sum();
        prop_assert_eq!(shared, whole);
    }
}

#[test]
fn a_stale_value_a_wrong_one_and_a_lost_reply_are_told_apart() {
    let world = world(Style::Event, vec![component("database")]);
    let mut written = None;
    let mut rule = |reply: fn(u64) -> u64| {
        let mut simulation = Simulation::new(&world, 4, true);
        let mut old = BTreeMap::new();
        while let Some(told) = simulation.next_told() {
            let Told::Arrived(number) = told else {
                continue;
            };
            let asked = simulation.requests[number as usize].asked.clone();
            let key = asked.keys[0];
            let before = simulation.data["database"].value(key);
            let order = Order {
                operation: asked.operation,
                ..read(key)
            };
            let call = simulation.start(order)?;
            simulation.wait(call);
            if asked.operation == Operation::Write {
                old.entry(key).or_insert(before);
                simulation.reply(number.into(), Some(&[]));
            } else if let Some(old) = old.get(&key) {
                written = Some(key);
                simulation.reply(number.into(), Some(&[reply(*old)]));
                break;
            } else {
                let answer = simulation.calls[call as usize].answer.clone();
                simulation.reply(number.into(), Some(&answer));
            }
        }
        simulation.conclude();
        Some(simulation.broken()?.rule.clone())
    };
    assert!(matches!(rule(|old| old), Some(Rule::Stale { behind_ns, .. }) if behind_ns > 0));
    assert!(matches!(rule(|old| old + 1), Some(Rule::WrongValue { .. })));
    assert!(written.is_some());
    let mut lost = Simulation::new(&world, 4, true);
    while lost.next_told().is_some() {}
    lost.conclude();
    assert!(matches!(
        lost.broken().map(|broken| &broken.rule),
        Some(Rule::LostReply {
            lost: 60,
            requests: 60
        })
    ));
}
