use proptest::prelude::*;

use super::*;
use crate::verdict::Stage;

/// A question with this target and no other boundary.
pub(crate) fn question(target: f64) -> Question {
    Question {
        floor: crate::verdict::FLOOR,
        target,
        boundaries: Vec::new(),
    }
}

/// Samples of a grading of which only the processes matter.
pub(crate) struct Builder(Samples);

impl Builder {
    pub(crate) fn new() -> Builder {
        Builder(Samples {
            exercise: Slug::new("memoize").expect("it is a slug"),
            language: Language::Rust,
            runner_version: crate::RUNNER_VERSION,
            question: question(2.0),
            fuel_before: 12_596_232,
            fuel_after: 4_000_000,
            fuel_reference: 3_500_000,
            peak_memory_bytes: 1_114_112,
            module_bytes_before: 18_000,
            module_bytes_after: 21_000,
            is_rerun: false,
            processes: Vec::new(),
            stages: vec![StageTime {
                name: Stage::Measuring,
                milliseconds: 612.25,
            }],
        })
    }

    pub(crate) fn processes(self, processes: Vec<ProcessSamples>) -> Samples {
        Samples {
            processes,
            ..self.0
        }
    }
}

fn pairs(
    times: impl Strategy<Value = u64> + Clone,
    count: usize,
) -> impl Strategy<Value = Vec<Pair>> {
    let pair =
        (times.clone(), times, any::<bool>()).prop_map(|(before_ns, after_ns, is_after)| Pair {
            before_ns,
            after_ns,
            first: if is_after { Side::After } else { Side::Before },
        });
    prop::collection::vec(pair, 1..=count)
}

fn process() -> impl Strategy<Value = ProcessSamples> {
    let blocks = prop::collection::vec(pairs(1..u64::MAX, PAIRS_PER_BLOCK), BLOCKS);
    (1..2_000_u32, blocks, pairs(20_000..90_000_u64, 30)).prop_map(
        |(calls_per_sample, blocks, single_calls)| ProcessSamples {
            calls_per_sample,
            blocks,
            single_calls,
        },
    )
}

fn samples() -> impl Strategy<Value = Samples> {
    prop::collection::vec(process(), 0..=PROCESSES)
        .prop_map(|processes| Builder::new().processes(processes))
}

proptest! {
    #[test]
    fn what_was_written_is_read_and_gives_the_same_verdict(samples in samples()) {
        let read = Samples::read(&samples.write()).expect("it was just written");
        prop_assert_eq!(&read, &samples);
        prop_assert_eq!(
            serde_json::to_string(&read.report()).expect("a report is plain data"),
            serde_json::to_string(&samples.report()).expect("a report is plain data")
        );
    }

    #[test]
    fn what_is_cut_off_is_damaged(samples in samples(), share in 0.0..1.0_f64) {
        let written = samples.write();
        let kept = (written.len() as f64 * share) as usize;
        let expected = if kept < FORMAT.len() { Unreadable::Format } else { Unreadable::Damaged };
        prop_assert_eq!(Samples::read(&written[..kept]), Err(expected));
    }

    #[test]
    fn garbage_is_refused_or_means_something_and_nothing_panics(garbage in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(samples) = Samples::read(&packed::sealed(&garbage)) {
            samples.report();
        }
    }

    #[test]
    fn a_changed_bit_is_noticed(samples in samples(), share in 0.0..1.0_f64, bit in 0..8_u32) {
        let mut written = samples.write();
        let place = (written.len() as f64 * share) as usize;
        written[place] ^= 1 << bit;
        prop_assert!(Samples::read(&written).is_err());
    }

    #[test]
    fn a_body_that_somebody_changed_and_sealed_again_is_refused_or_means_something_and_nothing_panics(
        samples in samples(),
        share in 0.0..1.0_f64,
        byte in any::<u8>(),
    ) {
        let written = samples.write();
        let mut body = written[packed::sealed(&[]).len()..].to_vec();
        let place = (body.len() as f64 * share) as usize;
        body[place] = byte;
        if let Ok(samples) = Samples::read(&packed::sealed(&body)) {
            samples.report();
        }
    }
}

#[test]
fn another_file_is_told_from_a_damaged_one() {
    insta::assert_snapshot!(Samples::read(b"{}").expect_err("it is another"), @"it does not begin like a file of samples of this version of the program: name one that `grade --samples` wrote");
    let mut more = Builder::new().processes(Vec::new()).write();
    more.push(0);
    insta::assert_snapshot!(Samples::read(&more).expect_err("it has too much"), @"it is damaged: part of it is missing or was changed. Write it again with `grade --samples`");
}

#[test]
fn a_long_grading_takes_less_than_twenty_kilobytes() {
    // Times that vary by a tenth, as those of a disturbed machine do, of calls of 50 microseconds.
    let mut random = crate::measure::Random(1);
    let mut times = |typical_ns: u64, count: usize| -> Vec<Pair> {
        let mut time = || typical_ns + random.next() % (typical_ns / 10);
        let pair = |_| Pair {
            before_ns: time(),
            after_ns: time(),
            first: Side::After,
        };
        (0..count).map(pair).collect()
    };
    let mut processes = Vec::new();
    for index in 0..PROCESSES {
        processes.push(ProcessSamples {
            calls_per_sample: 20,
            blocks: (0..BLOCKS)
                .map(|_| times(250_000, PAIRS_PER_BLOCK))
                .collect(),
            single_calls: if index == 0 {
                times(50_000, SINGLE_CALLS)
            } else {
                Vec::new()
            },
        });
    }
    let written = Builder::new().processes(processes).write();
    assert!(written.len() < 20_000, "{}", written.len());
}

#[test]
fn packed_samples_travel_as_text_and_a_broken_text_is_refused() {
    let packed = Packed(Builder::new().processes(Vec::new()).write());
    let text = serde_json::to_string(&packed).expect("it is a text");
    assert_eq!(
        serde_json::from_str::<Packed>(&text).expect("it was just written"),
        packed
    );
    assert!(serde_json::from_str::<Packed>(r#""?""#).is_err());
}

#[test]
fn only_an_open_verdict_of_the_same_exercise_is_continued() {
    let exercise = Slug::new("memoize").expect("it is a slug");
    let open = Builder::new().processes(Vec::new());
    assert!(open.may_be_continued(&exercise, Language::Rust));
    let another = Slug::new("another").expect("it is a slug");
    assert!(!open.may_be_continued(&another, Language::Rust));
    let repeated = Samples {
        is_rerun: true,
        ..open.clone()
    };
    assert!(!repeated.may_be_continued(&exercise, Language::Rust));
    let of_other_rules = Samples {
        runner_version: crate::RUNNER_VERSION + 1,
        ..open
    };
    assert!(!of_other_rules.may_be_continued(&exercise, Language::Rust));
}
