use exercises::profile::{Frame, Origin};

use super::*;

fn stack(names: &[&str], samples: u32) -> Stack {
    let frame = |name: &&str| Frame {
        name: (*name).to_owned(),
        line: Some(7),
        origin: Origin::Source,
    };
    Stack {
        frames: names.iter().map(frame).collect(),
        samples,
    }
}

fn profile(before: Vec<Stack>, after: Vec<Stack>) -> Profile {
    Profile { before, after }
}

fn example() -> Profile {
    profile(
        vec![stack(&["answer", "cost"], 90), stack(&["answer"], 10)],
        vec![
            stack(&["answer", "cost"], 20),
            stack(&["answer", "get"], 20),
        ],
    )
}

#[test]
fn each_side_shows_its_frames_with_lines_and_shares() {
    let before = svg(&example(), Side::Before).expect("it is drawn");
    assert!(
        before.contains("solution::cost:7 (90 samples, 90.00%)"),
        "{before}"
    );
    let after = svg(&example(), Side::After).expect("it is drawn");
    assert!(
        after.contains("solution::get:7 (20 samples, 50.00%)"),
        "{after}"
    );
}

#[test]
fn the_difference_compares_times_per_call_and_neither_shares_nor_counts() {
    // Of 100 units of time before, `cost` took 90 and `answer` 10; afterwards, at half the time, `cost` takes 25.
    let side = Side::Difference { speedup: 2.0 };
    let difference = svg(&example(), side).expect("it is drawn");
    assert!(
        difference.contains("solution::cost (20 samples, 50.00%; -130.00%)"),
        "{difference}"
    );
}

#[test]
fn nothing_in_a_picture_runs() {
    let hostile = "</title><script>alert(1)</script><img onload=\"x\" onerror=alert(1)>";
    let profile = profile(vec![stack(&[hostile], 1)], vec![stack(&[hostile], 1)]);
    for side in [Side::Before, Side::After, Side::Difference { speedup: 1.0 }] {
        let svg = svg(&profile, side).expect("it is drawn");
        assert!(!svg.contains("<script"), "{svg}");
        assert!(!svg.contains("<img"), "{svg}");
        assert!(!svg.contains("init("), "{svg}");
        assert!(svg.contains("&lt;script"), "the name is text: {svg}");
    }
}

#[test]
fn a_profile_without_stacks_has_no_picture() {
    assert!(svg(&Profile::default(), Side::Before).is_err());
}
