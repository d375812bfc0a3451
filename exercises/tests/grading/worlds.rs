//! Exercises in simulated worlds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use exercises::verdict::{Clock, Reason};
use exercises::world::Metric;
use exercises::{Exercise, Language, Report, Verdict, load_catalog};

use super::{body, grader, verdict};

static WORLDS: LazyLock<BTreeMap<String, Exercise>> = LazyLock::new(|| {
    let (exercises, diagnostics) =
        load_catalog(&Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog"));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let named = |exercise: Exercise| (exercise.slug.as_str().to_owned(), exercise);
    exercises.into_iter().map(named).collect()
});

fn grade(slug: &str, source: &str) -> Report {
    grader()
        .grade(
            &WORLDS[slug],
            Language::Rust,
            source.as_bytes(),
            &mut |_| {},
        )
        .expect("the machine and the exercise work")
}

fn reference(slug: &str) -> Report {
    grade(slug, &WORLDS[slug].programs[&Language::Rust].reference)
}

/// What is said of an attempt that is not right, without its moments: they depend on the compiler's version.
fn said(slug: &str, source: &str) -> String {
    let report = grade(slug, source);
    assert!(!report.passed, "{report:?}");
    let message = report.message.unwrap_or_default();
    let mut parts: Vec<&str> = message.split(" ms").collect();
    let last = parts.pop().unwrap_or_default();
    let is_moment = |character: char| character.is_ascii_digit() || character == '.';
    let parts = parts
        .iter()
        .map(|part| format!("{}… ms", part.trim_end_matches(is_moment)));
    format!(
        "{}: {}{last}",
        report.verdict.word(),
        parts.collect::<String>()
    )
}

fn wrong(slug: &str, name: &str) -> String {
    said(slug, &WORLDS[slug].programs[&Language::Rust].wrong[name])
}

/// A service that does this with every event.
fn service(body: &str) -> String {
    format!(
        "use world::*;\n#[derive(Default)]\npub struct Service;\npub fn on_event(_: &mut Service, event: Event) {{\n    {body}\n}}\n"
    )
}

#[test]
fn a_verdict_of_a_world_is_exact_and_comes_again_to_the_nanosecond() {
    let (first, again) = (reference("hedged-requests"), reference("hedged-requests"));
    let without_stages = |report: Report| Report {
        stages: Vec::new(),
        ..report
    };
    assert_eq!(first.verdict, Verdict::Faster);
    assert!(first.passed && first.stars == Some(3), "{first:?}");
    let speedup = first.speedup.expect("it was measured");
    assert_eq!(first.interval, Some([speedup, speedup]));
    assert_eq!(
        (first.clock, first.metric),
        (Clock::Virtual, Some(Metric::P99))
    );
    let clock = first.virtual_clock.clone().expect("it is told");
    assert!(
        include_str!("../../../Cargo.lock").contains(&format!(
            "name = \"wasmtime\"\nversion = \"{}\"",
            clock.wasmtime
        )),
        "{clock:?}"
    );
    let json = serde_json::to_string(&first).expect("it is plain data");
    assert!(json.contains(r#""clock":"virtual""#) && json.contains(r#""metric":"p99""#));
    assert!(json.len() < 60_000, "{} bytes", json.len());
    let read: Report = serde_json::from_str(&json).expect("it was written");
    assert_eq!(read.world, first.world);
    assert_eq!(without_stages(first), without_stages(again));
}

#[test]
fn calls_that_run_together_pass_and_a_faster_program_beside_them_gains_nothing() {
    assert!(reference("overlap-calls").passed);
    let trap = &WORLDS["overlap-calls"].programs[&Language::Rust].slow["faster-rendering"];
    let report = grade("overlap-calls", trap);
    assert_eq!(report.verdict, Verdict::Same);
    let time = report.world.expect("it is shown").after.time;
    let all: u64 = time.iter().map(|time| time.sum_ns()).sum();
    let own = time.last().expect("the program is the last").sum_ns();
    assert!(
        own * 100 < all,
        "the program itself is not the bottleneck: {time:?}"
    );
}

#[test]
fn the_starter_is_equal_code_in_a_world_too() {
    let starter = &WORLDS["connection-pool"].programs[&Language::Rust].starter;
    let report = grade("connection-pool", starter);
    assert_eq!(report.reason, Some(Reason::IdenticalCode));
    assert_eq!(report.interval, Some([1.0, 1.0]));
}

#[test]
fn stale_data_lost_replies_second_replies_and_broken_limits_are_wrong_answers_that_say_which() {
    insta::assert_snapshot!(wrong("cache-invalidation", "never-forgets"), @r"wrong_answer: In the visible world, at request 44 for [3], … ms after its beginning: the reply is stale: key 3 has the value 10450877896485006159, and the reply had 17794974619644044482, which a confirmed write had replaced … ms before the request came. Forget what a write changes before you confirm it.");
    insta::assert_snapshot!(wrong("connection-pool", "drops-the-rest"), @r"wrong_answer: In the visible world, at request 8 for [3880], … ms after its beginning: 1196 of 1500 requests never got a reply; this is the first. Reply to every request, also when a call fails.");
    insta::assert_snapshot!(wrong("hedged-requests", "both-answer"), @r"wrong_answer: In the visible world, at request 3 for [2], … ms after its beginning: the request was answered before. Reply once.");
    insta::assert_snapshot!(wrong("connection-pool", "too-many"), @r"wrong_answer: In the visible world, at request 64 for [2102], … ms after its beginning: a call of `database` over connection 64, and it allows 64, which count from 0. Keep fewer.");
    insta::assert_snapshot!(wrong("batch-queries", "one-large-batch"), @r"wrong_answer: In the visible world, at request 0, … ms after its beginning: a call of `orders` has 80 keys, and 50 are allowed. Make several calls.");
    insta::assert_snapshot!(wrong("batch-queries", "sorted"), @r#"
    wrong_answer: The answer to an example is wrong.
    input: orders = [7, 7, 9]
    expected: [8955769960958254519, 8955769960958254519, 1018858430844153983]
    got: [8955769960958254519, 1018858430844153983]
    "#);
    insta::assert_snapshot!(said("cache-invalidation", &service("if let Event::Arrived(request) = event { refuse(request.id) }")), @r"wrong_answer: In the visible world, at request 0 for [4], … ms after its beginning: the request was refused. This exercise wants every request answered.");
    insta::assert_snapshot!(said("cache-invalidation", &service("if let Event::Arrived(request) = event { reply(request.id, &[7]) }")), @r"wrong_answer: In the visible world, at request 0 for [4], … ms after its beginning: the reply is wrong: key 4 has the value 11219830707298942198, and the reply had 7. Reply with the values that calls gave.");
}

#[test]
fn a_program_in_a_world_is_held_to_the_same_limits() {
    insta::assert_snapshot!(said("hedged-requests", &service("loop { std::hint::black_box(&event); }")), @r"time_limit: The program takes too long: one call ran more than the 1000 million instructions or so that it may run. Look for a loop that does not end, or for repeated work.");
    // Which limit it meets first, of work or of processor time, depends on the machine.
    let endless = said(
        "hedged-requests",
        &service("set_timer(0, 1); let _ = event;"),
    );
    assert!(endless.starts_with("time_limit: "), "{endless}");
    insta::assert_snapshot!(said("hedged-requests", &service("panic!(\"told of {event:?}\")")), @r"trap: The program stopped at line 5, column 5: told of Arrived(Request { id: RequestId(0), is_write: false, keys: [52] })");
    insta::assert_snapshot!(said("hedged-requests", &service("let _ = event; std::hint::black_box(vec![1_u8; 1 << 27]);")), @r"memory_limit: The program asked for 129.2 MiB of memory in all, and 64.0 MiB are allowed. Keep less at a time.");
    insta::assert_snapshot!(said("hedged-requests", "pub struct Service;"), @r"rejected: The exercise's function is missing. Write `pub fn on_event(service: &mut Service, event: Event)`.");
}

#[test]
fn the_functions_of_a_world_are_offered_by_its_style_only() {
    let forged = "#[link(wasm_import_module = \"world\")]\nunsafe extern \"C\" { safe fn set_timer(delay_ns: u64, token: u64); }\n";
    let call_style = format!(
        "{forged}pub fn product_page(product: u64, similar: Vec<u64>) -> u64 {{ set_timer(product, similar.len() as u64); 1 }}"
    );
    insta::assert_snapshot!(said("overlap-calls", &call_style), @r"rejected: The program asks for `world.set_timer`, and nothing from outside is available to it. Remove the external function.");
    let elsewhere = format!(
        "{forged}{}",
        body("set_timer(1, 1); vec![0; queries.len()]")
    );
    insta::assert_snapshot!(verdict(elsewhere.as_bytes()), @r"rejected: The program asks for `world.set_timer`, and nothing from outside is available to it. Remove the external function.");
}

#[test]
fn a_trial_run_shows_the_examples_or_what_the_visible_world_came_to() {
    let run = |slug: &str| {
        let source = &WORLDS[slug].programs[&Language::Rust].reference;
        let report = grader()
            .run_examples(&WORLDS[slug], Language::Rust, source.as_bytes())
            .expect("the machine and the exercise work");
        let shown = report.examples.into_iter();
        shown
            .map(|example| format!("{} -> {:?}", example.input, example.got))
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!(run("overlap-calls"), @r#"
    product = 17, similar = [18, 19] -> Some("13270597920409752447")
    product = 1, similar = [] -> Some("11743618505794018994")
    "#);
    insta::assert_snapshot!(run("hedged-requests"), @r#"requests = 1500 -> Some("replies = 1500, refusals = 0")"#);
}

#[test]
fn turning_up_the_load_shows_where_each_program_has_its_limit() {
    let sweep = grader()
        .sweep(&WORLDS["connection-pool"], Language::Rust)
        .expect("the machine and the exercise work");
    let throughput = |curve: &exercises::world::sweep::Curve| -> Vec<f64> {
        let figures = curve.points.iter().filter_map(|point| point.figures);
        figures.map(|figures| figures.throughput_per_s).collect()
    };
    let (starter, reference) = (throughput(&sweep.starter), throughput(&sweep.reference));
    assert_eq!((starter.len(), reference.len()), (8, 8));
    let most = |curve: &[f64]| curve.iter().copied().fold(0.0, f64::max);
    assert!(
        most(&reference) > 2.0 * most(&starter),
        "{starter:?} {reference:?}"
    );
}
