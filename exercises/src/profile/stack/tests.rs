use super::*;

fn frame(name: &str, file: &str, line: Option<u32>) -> Frame {
    let source = SourceFrame {
        name: Some(name.to_owned()),
        file: Some(file.to_owned()),
        line,
    };
    Frame::new("function", &source)
}

#[test]
fn a_frame_tells_whose_code_it_is() {
    let origin = |file: &str| frame("f", file, Some(7)).origin;
    assert_eq!(origin("/job/in/solution.rs"), Origin::Source);
    assert_eq!(origin("solution.rs"), Origin::Source);
    assert_eq!(origin("/job/in/glue.rs"), Origin::Glue);
    assert_eq!(
        origin("/rustc/abc/library/core/src/iter.rs"),
        Origin::Library
    );
    let bare = Frame::new("lab_call", &SourceFrame::default());
    assert_eq!((bare.origin, bare.name.as_str()), (Origin::Glue, "lab"));
}

#[test]
fn names_are_shown_as_the_source_has_them() {
    let name = |mangled: &str| frame(mangled, "solution.rs", None).name;
    assert_eq!(
        name("_ZN8solution10route_cost17h0123456789abcdefE"),
        "route_cost"
    );
    assert_eq!(name("entry<u32, Vec<u64>>"), "entry");
    assert_eq!(name("map::<fn(u8) -> u8>::get<'_>"), "map::get");
    assert_eq!(name("<Cost as Drop>::drop"), "<Cost as Drop>::drop");
    assert_eq!(name("{closure#0}"), "{closure#0}");
}

#[test]
fn only_lines_of_the_learners_own_source_are_kept() {
    assert_eq!(frame("f", "solution.rs", Some(3)).line, Some(3));
    assert_eq!(frame("f", "/lib/vec.rs", Some(3)).line, None);
}

#[test]
fn a_hostile_name_is_short_and_steers_nothing() {
    let name = format!("a\n\u{1b}[31m{}", "x".repeat(9_999));
    let name = frame(&name, "solution.rs", None).name;
    assert!(name.starts_with("a \u{fffd}[31mxxx"), "{name}");
    assert_eq!(name.chars().count(), NAME_CHARACTERS + 1);
}

#[test]
fn a_stack_without_line_tables_shows_the_functions_of_the_module() {
    let raw = |name: &str| RawFrame {
        function: name.to_owned(),
        module_offset: Some(7),
    };
    let stack = [raw("work"), raw("lab_call"), raw("lab_call")];
    let names: Vec<String> = frames(&stack, None)
        .into_iter()
        .map(|frame| frame.name)
        .collect();
    assert_eq!(names, ["lab", "work"]);
}
