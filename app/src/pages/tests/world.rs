use super::builders::*;
use crate::{
    api::Stage,
    pages::{
        Shell, submission,
        world::{
            WorldView,
            knobs::{self, Knob, KnobsView, SweepView, Turns},
        },
    },
    text::Language,
};

/// A world of one database, as the grader's report has it.
fn world() -> WorldView {
    let side = |speed: u64| {
        serde_json::json!({
            "p50_ns": 4e6 / speed as f64, "p95_ns": 9e6, "p99_ns": 12e6, "throughput_per_s": 120.5,
            "requests": 60, "refused": 0,
            "time": [
                {"travelling_ns": 1_000_000, "queueing_ns": 2_000_000, "serving_ns": 5_000_000},
                {"travelling_ns": 0, "queueing_ns": 0, "serving_ns": 2_000_000},
            ],
            "calls_per_request": [2.0], "utilisation": [0.4], "bottleneck": 0,
            "little": {"in_system": 1.2, "per_second": 120.0, "stay_ns": 1e7},
            "waterfall": {
                "length_ns": 10_000_000 / speed, "left_out": 3,
                "requests": [{"number": 0, "arrived_ns": 0, "ended_ns": 10_000_000 / speed}],
                "calls": [{
                    "component": 0, "request": 0, "items": 2, "outcome": "answered",
                    "times_ns": [0, 500_000, 1_000_000, 4_000_000, 4_500_000],
                }],
            },
            "timeline": {"bucket_ns": 1_000, "serving": [[1.0, 2.0]], "waiting": [[0.0, 3.0]]},
        })
    };
    let view = serde_json::json!({
        "metric": "p95",
        "components": [{"title": {"bg": "база <1>", "en": "database"}}],
        "before": side(1), "after": side(2),
    });
    serde_json::from_value(view).expect("it is what the report has")
}

#[test]
fn a_submission_in_a_world_shows_what_waited_for_what_and_what_the_next_gain_would_need() {
    let mut view = submission_view(Stage::Done, Some(report()));
    view.world = Some(world());
    let page = submission::render(&shell("/exercises/pool"), view.clone());
    for expected in [
        "What waited for what",
        "Amdahl's law: even if “database” took no time at all, a request would be at most 5.00× faster.",
        "Little's law, L = λ·W: 120.0 requests per second × 10.0 ms of stay = 1.20 requests",
        "80.0 %",
        "3 more calls are not shown.",
    ] {
        assert!(
            page.replace('\u{a0}', " ").contains(expected),
            "{expected}: {page}"
        );
    }
    let bulgarian_shell = Shell {
        language: Language::Bulgarian,
        ..shell("/exercises/pool")
    };
    let bulgarian = submission::render(&bulgarian_shell, view);
    assert!(
        !bulgarian.contains("база <1>"),
        "names are escaped in pictures too"
    );
    assert!(bulgarian.contains("Законът на Амдал"));
}

#[test]
fn the_page_of_a_world_has_its_knobs_in_a_plain_form_and_both_curves() {
    let curve = serde_json::json!({
        "points": [
            {"load": 100, "figures": {"throughput_per_s": 99.0, "p50_ns": 1e6, "p95_ns": 2e6}},
            {"load": 200, "figures": null},
        ],
        "scalability": {"alone_per_s": 100.0, "contention": 0.05, "coherence": 0.002, "peak_in_system": 21.8},
    });
    let sweep: SweepView =
        serde_json::from_value(serde_json::json!({"starter": curve, "reference": curve}))
            .expect("it is what the grader gives");
    let view = |sweep| KnobsView {
        exercise: "pool".into(),
        title: "Pool".into(),
        load_is_size: false,
        knobs: vec![Knob {
            name: "connections-database".into(),
            turns: Turns::Connections("database".into()),
            value: 8,
            from: 1,
            to: 256,
        }],
        sweep,
    };
    let page = knobs::render(&shell("/exercises/pool"), view(Ok(sweep)));
    for expected in [
        r#"<form method="get""#,
        r#"name="connections-database""#,
        "Connections at a time: database",
        "does not answer everything",
        "contention σ = 0.0500",
        r#"class="chart curves""#,
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    let refused = knobs::render(&shell("/exercises/pool"), view(Err("Not now.".into())));
    assert!(refused.contains("Not now.") && refused.contains("<form"));
}
