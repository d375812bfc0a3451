//! English.

use super::WorldText;

pub(crate) const WORLD: WorldText = WorldText {
    title: "What happened in the world",
    lead: "The time is virtual and exact: the same code gives the same nanoseconds.",
    exactly: |speedup| {
        format!("The speed-up is exactly {speedup}: the clock is virtual, and nothing disturbs it.")
    },
    measure: "Measure",
    before: "Before",
    after: "After",
    throughput: "Throughput",
    requests: "Requests in the hidden worlds",
    refused: "Refused among them",
    per_second: "per second",
    graded: |metric| {
        let name = match metric {
            "completion" => "the time of all requests together",
            "mean" => "the mean time of a request",
            "p50" => "the p50 of a request's time",
            "p95" => "the p95 of a request's time",
            "p99" => "the p99 of a request's time",
            "goodput" => "replies in time, per second",
            _ => "replies per second",
        };
        format!("Graded: {name}")
    },
    waterfall: "What waited for what, in the visible world",
    waterfall_legend: "A thin line is the way, a light bar is waiting in a queue, a dark bar is the component's work. A grey band is the request that the calls below it are for. Both pictures have the same scale.",
    left_out: |count| format!("{count} more calls are not shown."),
    request: "request",
    time: "Where the time of a request goes, on average in the hidden worlds",
    component: "Component",
    travelling: "Way",
    queueing: "Queue",
    serving: "Work",
    share: "Share",
    calls: "Calls",
    program: "the program itself",
    timeline: "Utilisation and queues over time, in the visible world",
    timeline_legend: "The area shows how many calls are being served, the line how many wait.",
    gain: "What the next gain would need",
    bottleneck: |name, share| {
        format!("The bottleneck is “{name}”: {share} of a request's time goes there.")
    },
    busy: |name, utilisation| {
        format!(
            "The bottleneck is “{name}”: it is busy for {utilisation} of the time, and near 100 % a queue grows without end."
        )
    },
    amdahl: |name, speedup| {
        format!(
            "Amdahl's law: even if “{name}” took no time at all, a request would be at most {speedup} faster."
        )
    },
    little: |rate, stay, inside| {
        format!(
            "Little's law, L = λ·W: {rate} requests per second × {stay} of stay = {inside} requests in the system at a time, on average."
        )
    },
    page: "The world",
    page_lead: "Turn the knobs, and see how the starter and the author's solution bear the load. No code is written: the simulation runs in the laboratory.",
    show: "Show the curves",
    load: "Load, in per cent of the one that is given",
    connections_of: |name| format!("Connections at a time: {name}"),
    latency_chart: "p95 of a request's time, by load",
    throughput_chart: "Replies per second, by load",
    starter: "starter",
    reference: "author's solution",
    load_per_second: "Requests per second",
    load_size: "Size of a request",
    broken: "does not answer everything",
    scalability: |name, alone, contention, coherence, peak| {
        let peak = peak.map_or_else(
            || "There is no peak within these bounds.".to_owned(),
            |peak| {
                format!(
                    "The peak is at about {peak} requests in the system; beyond it, more is less."
                )
            },
        );
        format!(
            "The universal scalability law, {name}: one request alone {alone} per second, contention σ = {contention}, coherence κ = {coherence}. {peak}"
        )
    },
    to_world: "The world: turn the knobs and see the curves",
    callable: "What you can call",
};
