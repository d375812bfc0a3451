use super::*;

fn error(text: &str) -> String {
    let error = text
        .parse::<Signature>()
        .expect_err("the signature is wrong");
    format!("{}: {error}", error.at)
}

#[test]
fn a_signature_is_printed_as_it_was_written() {
    let text = "nearest: func(points: list<tuple<f64, f64>>, name: string) -> list<list<u8>>";
    assert_eq!(
        text.parse::<Signature>()
            .expect("it is well formed")
            .to_string(),
        text
    );
}

#[test]
fn an_unknown_type_is_reported_where_it_stands() {
    insta::assert_snapshot!(
        error("sum: func(numbers: list<usize>) -> u64"),
        @"24: `usize` is not a type; there are bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, string, list<…>, tuple<…> and the records declared before"
    );
}

#[test]
fn what_is_missing_is_named() {
    insta::assert_snapshot!(error("sum: func(numbers: list<u32) -> u64"), @"27: expected `>`, found `) -> u64`");
    insta::assert_snapshot!(error("sum: func(numbers: u32)"), @"23: expected `->`, found the end");
    insta::assert_snapshot!(error("sum: func() -> u64"), @"10: expected a name in kebab case, such as `answer-all`");
    insta::assert_snapshot!(error("sum: func(a: u32, a: u32) -> u64"), @"19: two parameters are named `a`");
    insta::assert_snapshot!(error("sum: func(a: u32) -> u64 u64"), @"25: `u64` stands behind the end of the signature");
}

#[test]
fn endless_nesting_is_refused() {
    let text = format!(
        "deep: func(a: {}u8{}) -> u8",
        "list<".repeat(10_000),
        ">".repeat(10_000)
    );
    insta::assert_snapshot!(error(&text), @"59: types are nested more than 8 deep");
}

#[test]
fn members_of_a_tuple_are_aligned_as_in_a_record() {
    let signature: Signature = "f: func(a: u8, b: u64, c: string, d: u16) -> u8"
        .parse()
        .expect("it is well formed");
    let Type::Tuple(members) = signature.arguments() else {
        unreachable!("arguments are a tuple")
    };
    let offsets: Vec<u32> = Type::members(&members).map(|(offset, _)| offset).collect();
    assert_eq!(offsets, [0, 8, 16, 24]);
    assert_eq!(
        (
            signature.arguments().size(),
            signature.arguments().alignment()
        ),
        (32, 8)
    );
}

#[test]
fn records_are_declared_before_the_function_and_printed_as_they_were_written() {
    let text = "record point { x: f64, y: f64 } record edge { from: point, to: point, name: string } \
                nearest: func(edges: list<edge>, to: point) -> point";
    let signature: Signature = text.parse().expect("it is well formed");
    assert_eq!(signature.to_string(), text);
    let names: Vec<&str> = signature
        .records
        .iter()
        .map(|record| record.name.as_str())
        .collect();
    assert_eq!(names, ["point", "edge"]);
    let edge = Type::Record(signature.records[1].clone());
    assert_eq!((edge.size(), edge.alignment()), (40, 8));
}

#[test]
fn a_comma_may_stand_behind_the_last_field_and_a_function_be_named_record() {
    let signature: Signature = "record point { x: f64, } record: func(p: point) -> f64"
        .parse()
        .expect("it is well formed");
    insta::assert_snapshot!(signature, @"record point { x: f64 } record: func(p: point) -> f64");
}

#[test]
fn mistakes_in_records_are_reported_where_they_stand() {
    insta::assert_snapshot!(error("record point { x: f64, x: f64 } f: func(p: point) -> f64"), @"24: two fields are named `x`");
    insta::assert_snapshot!(error("record u8 { x: f64 } f: func(p: u8) -> f64"), @"9: there is already a type named `u8`");
    insta::assert_snapshot!(
        error("record edge { from: point } record point { x: f64 } f: func(e: edge) -> f64"),
        @"20: `point` is not a type; there are bool, s8, u8, s16, u16, s32, u32, s64, u64, f32, f64, string, list<…>, tuple<…> and the records declared before"
    );
}
