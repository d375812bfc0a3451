//! Where the time goes, after a verdict. What is asserted holds by a wide margin: almost all of the starter's work is one
//! loop.

use exercises::profile::{Lines, Origin, folded, samples, shares};
use exercises::{Language, Profile};

use super::{MEMOIZE, body, grader};

fn profile(source: &str) -> Profile {
    grader()
        .profile(&MEMOIZE, Language::Rust, source.as_bytes())
        .expect("the machine and the exercise work")
}

#[test]
fn a_profile_names_functions_and_lines_of_the_learners_source() {
    let starter = &MEMOIZE.programs[&Language::Rust].starter;
    let reference = &MEMOIZE.programs[&Language::Rust].reference;
    let profile = profile(reference);
    // How many there are depends on what else the machine does.
    assert!(samples(&profile.before) > 0, "{profile:#?}");
    assert!(samples(&profile.after) > 0, "{profile:#?}");

    let hottest = &shares(&profile.before)[0];
    let line = hottest.frame.line.expect("the line is known") as usize;
    let text = starter.lines().nth(line - 1).expect("it is in the source");
    assert!(
        hottest.frame.origin == Origin::Source
            && hottest.frame.name == "route_cost"
            && (text.contains("for step") || text.contains("cost")),
        "{hottest:?}: {text}"
    );
    let outermost = &profile.before[0].frames[0];
    assert_eq!(
        (outermost.origin, outermost.name.as_str()),
        (Origin::Glue, "lab")
    );
    let after = folded(&profile.after, Lines::Named).join("\n");
    assert!(
        after.contains("solution::answer_all:") && after.contains("solution::route_cost:"),
        "{after}"
    );
}

#[test]
fn a_program_that_never_ends_has_a_profile_of_its_loop() {
    let endless = "let mut x = queries.len();\n    loop { x = std::hint::black_box(x + 1); }";
    let after = profile(&body(endless)).after;
    assert!(samples(&after) > 0, "{after:#?}");
    assert_eq!(shares(&after)[0].frame.line, Some(3));
}

#[test]
fn a_source_that_does_not_compile_has_no_profile() {
    assert_eq!(profile(&body("nonsense")), Profile::default());
}
