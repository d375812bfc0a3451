use super::*;

fn frame(origin: Origin, name: &str, line: Option<u32>) -> Frame {
    Frame {
        name: name.to_owned(),
        line,
        origin,
    }
}

fn stack(frames: &[(Origin, &str, Option<u32>)], samples: u32) -> Stack {
    let frames = frames
        .iter()
        .map(|&(origin, name, line)| frame(origin, name, line));
    Stack {
        frames: frames.collect(),
        samples,
    }
}

use Origin::{Glue, Library, Source};

fn example() -> Vec<Stack> {
    vec![
        stack(
            &[
                (Glue, "lab", None),
                (Source, "answer", Some(20)),
                (Source, "cost", Some(5)),
            ],
            60,
        ),
        stack(
            &[
                (Glue, "lab", None),
                (Source, "answer", Some(21)),
                (Source, "cost", Some(5)),
            ],
            20,
        ),
        stack(
            &[
                (Glue, "lab", None),
                (Source, "answer", Some(20)),
                (Library, "hashbrown::get", None),
            ],
            20,
        ),
    ]
}

#[test]
fn folded_stacks_name_lines_or_leave_them() {
    insta::assert_snapshot!(folded(&example(), Lines::Named).join("\n"), @r"
    lab;solution::answer:20;solution::cost:5 60
    lab;solution::answer:20;std::hashbrown::get 20
    lab;solution::answer:21;solution::cost:5 20
    ");
    insta::assert_snapshot!(folded(&example(), Lines::Left).join("\n"), @r"
    lab;solution::answer;solution::cost 80
    lab;solution::answer;std::hashbrown::get 20
    ");
}

#[test]
fn a_name_with_a_semicolon_or_a_number_is_still_one_frame() {
    let hostile = [stack(&[(Source, "a;b 7", None)], 1)];
    assert_eq!(folded(&hostile, Lines::Left), ["solution::a,b\u{a0}7 1"]);
}

#[test]
fn shares_add_up_and_begin_with_the_largest() {
    let shares = shares(&example());
    let of = |index: usize| {
        let Shares { frame, own, total } = &shares[index];
        (frame.name.as_str(), *own, *total)
    };
    assert_eq!(
        [of(0), of(1)],
        [("cost", 0.8, 0.8), ("hashbrown::get", 0.2, 0.2)]
    );
    assert_eq!(shares.len(), 2, "the others only call: {shares:?}");
}

#[test]
fn a_recursive_function_is_counted_once_a_sample() {
    let recursive = [stack(&[(Source, "f", Some(1)), (Source, "f", Some(1))], 10)];
    let shares = shares(&recursive);
    assert_eq!((shares[0].own, shares[0].total), (1.0, 1.0));
}
