//! What is measured, and that it can be told again from the samples. Only identical code and wins over 1.4 are asserted:
//! whatever is nearer belongs to the campaign.

use exercises::campaign::{Campaign, KERNELS, Method, Trial, Truth};
use exercises::{EqualCode, Graded, Language, Samples, Submission, Verdict};

use super::{MEMOIZE, grader};

fn grade(source: &str, earlier: Option<&Samples>, equal_code: EqualCode) -> Graded {
    let submission = Submission {
        exercise: &MEMOIZE,
        language: Language::Rust,
        source: source.as_bytes(),
        earlier,
        equal_code,
    };
    grader()
        .grade_submission(&submission, &mut |_| {})
        .expect("the machine and the exercise work")
}

#[test]
fn the_samples_tell_the_whole_report_again() {
    let reference = &MEMOIZE.programs[&Language::Rust].reference;
    let graded = grade(reference, None, EqualCode::IsSame);
    let written = graded.samples.expect("it was measured").write();
    assert!(written.len() < 20_000, "{}", written.len());
    let read = Samples::read(&written).expect("it was just written");
    assert_eq!(read.report(), graded.report);
}

#[test]
fn a_rerun_goes_on_with_the_earlier_samples_and_is_final() {
    let starter = &MEMOIZE.programs[&Language::Rust].starter;
    let mut earlier = grade(starter, None, EqualCode::IsTimed)
        .samples
        .expect("it was measured in full");
    // As if the twelve processes of an inconclusive grading had measured.
    let first = earlier.processes[0].clone();
    earlier.processes.resize(12, first);
    let again = grade(starter, Some(&earlier), EqualCode::IsTimed);
    let samples = again.samples.expect("it was measured in full");
    assert_eq!(samples.processes.len(), 16);
    assert_eq!(samples.processes[..12], earlier.processes[..]);
    assert!(samples.is_rerun && !again.report.rerun);
}

#[test]
fn what_fails_leaves_no_samples() {
    let wrong = &MEMOIZE.programs[&Language::Rust].wrong["order"];
    assert_eq!(grade(wrong, None, EqualCode::IsSame).samples, None);
}

#[test]
fn a_grader_that_checks_itself_times_the_starter_and_does_not_look_it_up() {
    let checked = grader()
        .check_itself(&MEMOIZE, Language::Rust)
        .expect("the machine and the exercise work");
    let half_width = checked.half_width.expect("it was measured");
    assert!(half_width > 0.0, "an interval of a measurement has a width");
}

#[test]
fn every_kernel_of_the_campaign_is_graded_and_half_of_its_work_is_a_win() {
    let turn = grader();
    let campaign = Campaign {
        grader: &turn,
        hyperfine: None,
        sequential: true,
        busy: false,
        seed: 1,
    };
    for kernel in &KERNELS {
        let trial = Trial {
            truth: Truth::Gain(500),
            kernel,
            number: 0,
        };
        let records = campaign.run(&trial).expect("the machine works");
        let methods: Vec<Method> = records.iter().map(|record| record.method).collect();
        assert_eq!(
            methods,
            [Method::LatencyLab, Method::Tango, Method::SequentialWelch]
        );
        assert_eq!(records[0].verdict, Verdict::Faster, "{records:#?}");
    }
}

#[test]
fn a_kernel_in_another_layout_is_another_program_that_answers_the_same() {
    let turn = grader();
    let campaign = Campaign {
        grader: &turn,
        hyperfine: None,
        sequential: false,
        busy: true,
        seed: 1,
    };
    for number in 0..3 {
        let trial = Trial {
            truth: Truth::Layout,
            kernel: &KERNELS[0],
            number,
        };
        let records = campaign.run(&trial).expect("it answers the same");
        assert!(records[0].interval.is_some() && records[0].busy);
    }
}
