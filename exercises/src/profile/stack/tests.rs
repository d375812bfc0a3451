use super::*;

#[test]
fn a_frame_tells_whose_code_it_is() {
    let origin = |name: &str, file: &str| Frame::new(name, Some(file), Some(7)).origin;
    assert_eq!(origin("f", "/job/in/solution.rs"), Origin::Source);
    assert_eq!(origin("f", "solution.rs"), Origin::Source);
    assert_eq!(origin("f", "/job/in/glue.rs"), Origin::Glue);
    assert_eq!(
        origin("f", "/rustc/abc/library/core/src/iter.rs"),
        Origin::Library
    );
    assert_eq!(Frame::new("lab_call", None, None).origin, Origin::Glue);
}

#[test]
fn names_are_shown_as_the_source_has_them() {
    let name = |mangled: &str| Frame::new(mangled, Some("solution.rs"), None).name;
    assert_eq!(
        name("_ZN8solution10route_cost17h0123456789abcdefE"),
        "route_cost"
    );
    assert_eq!(name("plain"), "plain");
}

#[test]
fn only_lines_of_the_learners_own_source_are_kept() {
    assert_eq!(Frame::new("f", Some("solution.rs"), Some(3)).line, Some(3));
    assert_eq!(Frame::new("f", Some("solution.rs"), Some(0)).line, None);
    assert_eq!(Frame::new("f", Some("/lib/vec.rs"), Some(3)).line, None);
}

#[test]
fn a_hostile_name_is_short_and_steers_nothing() {
    let name = Frame::new(
        &format!("a\n\u{1b}[31m{}", "x".repeat(9_999)),
        Some("solution.rs"),
        None,
    )
    .name;
    assert!(name.starts_with("a \u{fffd}[31mxxx"), "{name}");
    assert_eq!(name.chars().count(), NAME_CHARACTERS + 1);
}
