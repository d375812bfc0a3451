use std::convert::Infallible;

use proptest::prelude::*;

use super::memory::{LiftError, LowerError, Memory, lift, lower};
use super::*;

fn of(text: &str) -> Type {
    let signature = format!("f: func(a: {text}) -> u8").parse::<crate::signature::Signature>();
    signature
        .expect("the type is well formed")
        .parameters
        .remove(0)
        .of
}

fn value(text: &str, kind: &str) -> Value {
    Value::from_text(text, &of(kind)).expect("the text is a value of the type")
}

fn error(text: &str, kind: &str) -> String {
    let error = Value::from_text(text, &of(kind)).expect_err("the text is no value of the type");
    format!("{}: {error}", error.at)
}

/// A program that hands out its memory from the start to the end.
#[derive(Default)]
struct Bump {
    memory: Vec<u8>,
}

impl Memory for Bump {
    type Error = Infallible;

    fn allocate(&mut self, bytes: u32, alignment: u32) -> Result<u32, Infallible> {
        let at = self.memory.len().next_multiple_of(alignment as usize);
        self.memory.resize(at + bytes as usize, 0xAA);
        Ok(at as u32)
    }

    fn contents(&mut self) -> &mut [u8] {
        &mut self.memory
    }
}

#[test]
fn values_are_read_and_printed_in_one_notation() {
    for (text, kind) in [
        ("[1, 2, 4294967295]", "list<u32>"),
        ("[]", "list<u64>"),
        ("-128", "s8"),
        ("[-1.5, NaN, inf]", "list<f64>"),
        ("[true, false]", "list<bool>"),
        (
            r#"(1, "два \"2\"", [["a"], []])"#,
            "tuple<u8, string, list<list<string>>>",
        ),
    ] {
        assert_eq!(value(text, kind).to_text(100), text);
    }
    assert_eq!(
        value(" [ 1_000 ,2 ] ", "list<u16>").to_text(100),
        "[1000, 2]"
    );
}

#[test]
fn what_is_no_value_is_reported_where_it_stands() {
    insta::assert_snapshot!(error("[1, -2]", "list<u32>"), @"4: `-2` is not a value of type `u32`");
    insta::assert_snapshot!(error("[1 2]", "list<u32>"), @"3: expected `,`");
    insta::assert_snapshot!(error("256", "u8"), @"0: `256` is not a value of type `u8`");
    insta::assert_snapshot!(error("(1)", "tuple<u8, u8>"), @"2: expected `,`");
    insta::assert_snapshot!(error("\"a", "string"), @"0: expected a text in double quotes, with JSON's escapes");
    insta::assert_snapshot!(error("1 1", "u8"), @"2: expected nothing behind a value of type `u8`");
}

#[test]
fn a_record_names_its_fields_in_every_place() {
    let signature: crate::signature::Signature =
        "record item { key: u8, text: string } f: func(a: list<item>) -> u8"
            .parse()
            .expect("it is well formed");
    let kind = &signature.parameters[0].of;
    let read = |text| Value::from_text(text, kind);
    let text = r#"[{key: 1, text: "a"}, {key: 2, text: "b"}]"#;
    let items = read(text).expect("it is a value of the type");
    assert_eq!(items.to_text(100), text);
    let other = read(r#"[{key: 1, text: "a"}, { key: 2 , text: "c" }]"#).expect("likewise");
    let difference = items.first_difference(&other).expect("they differ");
    assert_eq!(difference.place, "[1].text");
    let error = read(r#"[{text: "a", key: 1}]"#).expect_err("fields stand in order");
    assert_eq!((error.at, error.message.as_str()), (2, "expected `key:`"));
}

#[test]
fn a_long_value_is_cut() {
    let long = Value::Packed(Primitive::U8, vec![7; 1_000_000]);
    assert_eq!(long.to_text(10), "[7, 7, 7, …");
}

#[test]
fn the_first_difference_is_named_from_the_outside_in() {
    let table = [
        ("[1, 2, 3]", "[1, 9, 9]", "list<u32>", "[1]: 2 ≠ 9"),
        (
            "[1, 2]",
            "[1, 2, 3]",
            "list<u32>",
            ": 2 elements ≠ 3 elements",
        ),
        (
            "[(1, \"a\")]",
            "[(1, \"b\")]",
            "list<tuple<u8, string>>",
            "[0].1: \"a\" ≠ \"b\"",
        ),
        (
            "[[1], [2]]",
            "[[1], []]",
            "list<list<u8>>",
            "[1]: 1 elements ≠ 0 elements",
        ),
        ("1", "2", "u8", ": 1 ≠ 2"),
    ];
    for (expected, got, kind, shown) in table {
        let difference = value(expected, kind)
            .first_difference(&value(got, kind))
            .expect("they differ");
        assert_eq!(
            format!(
                "{}: {} ≠ {}",
                difference.place, difference.expected, difference.got
            ),
            shown
        );
    }
    assert_eq!(
        value("[NaN]", "list<f32>").first_difference(&value("[NaN]", "list<f32>")),
        None
    );
}

#[test]
fn a_not_a_number_of_any_kind_is_the_same_answer() {
    let odd = f64::from_bits(0xfff8_0000_dead_beef).to_le_bytes();
    assert_eq!(lift(&odd, 0, &of("f64"), 100), Ok(value("NaN", "f64")));
}

#[test]
fn pointers_that_lead_nowhere_are_refused() {
    let list = |pointer: u32, length: u32| [pointer.to_le_bytes(), length.to_le_bytes()].concat();
    let lifted = |memory: &[u8], kind| lift(memory, 0, &of(kind), 1 << 20);
    let outside = |pointer, bytes| {
        Err(LiftError::Outside {
            pointer,
            bytes,
            memory_bytes: 8,
        })
    };
    assert_eq!(lifted(&list(4, 2), "list<u32>"), outside(4, 8));
    assert_eq!(
        lifted(&list(u32::MAX - 3, 1), "list<u32>"),
        outside(u32::MAX - 3, 4)
    );
    assert_eq!(
        lifted(&list(0, u32::MAX), "list<u64>"),
        outside(0, 8 * u64::from(u32::MAX))
    );
    assert_eq!(
        lifted(&list(0, u32::MAX), "string"),
        outside(0, u64::from(u32::MAX))
    );
    assert_eq!(
        lifted(&list(2, 1), "list<u32>"),
        Err(LiftError::Misaligned { pointer: 2 })
    );
    assert_eq!(
        lifted(&list(u32::MAX, 0), "list<u32>"),
        Ok(value("[]", "list<u32>"))
    );
    assert_eq!(lift(&[0; 8], 8, &of("u8"), 100), outside(8, 1));
    assert_eq!(
        lift(&[0; 8], u32::MAX, &of("tuple<u8, u8>"), 100),
        outside(u32::MAX, 1)
    );
}

#[test]
fn a_text_that_is_not_utf8_is_refused() {
    let memory = [
        8_u32.to_le_bytes().as_slice(),
        &1_u32.to_le_bytes(),
        &[0xFF],
    ]
    .concat();
    assert_eq!(
        lift(&memory, 0, &of("string"), 100),
        Err(LiftError::NotUtf8)
    );
}

#[test]
fn lists_that_share_one_block_do_not_multiply_without_end() {
    // A thousand lists, each of the same thousand bytes.
    let mut memory = Vec::new();
    for word in [8_u32, 1_000]
        .into_iter()
        .chain([0_u32, 1_000].into_iter().cycle().take(2_000))
    {
        memory.extend(word.to_le_bytes());
    }
    assert_eq!(
        lift(&memory, 0, &of("list<list<u8>>"), 500_000),
        Err(LiftError::TooLarge {
            found_bytes: 500_984
        })
    );
}

#[test]
fn space_outside_the_memory_is_refused() {
    struct Liar;
    impl Memory for Liar {
        type Error = Infallible;

        fn allocate(&mut self, _bytes: u32, _alignment: u32) -> Result<u32, Infallible> {
            Ok(u32::MAX)
        }

        fn contents(&mut self) -> &mut [u8] {
            &mut []
        }
    }
    assert_eq!(
        lower(&mut Liar, &value("1", "u8"), &of("u8")),
        Err(LowerError::Outside)
    );
}

/// A type and a value of it.
fn typed_values() -> impl Strategy<Value = (Type, Value)> {
    let kinds = prop::sample::select(Primitive::ALL.to_vec())
        .prop_map(Type::Primitive)
        .boxed();
    let kinds = prop_oneof![4 => kinds, 1 => Just(Type::String)];
    let kinds = kinds.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|element| Type::List(Box::new(element))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Type::Tuple),
            prop::collection::vec(inner, 1..4).prop_map(record),
        ]
    });
    kinds.prop_flat_map(|kind| (Just(kind.clone()), values(&kind)))
}

/// A record with fields `f0`, `f1` and so on.
fn record(types: Vec<Type>) -> Type {
    Type::Record(Arc::new(crate::signature::Record {
        name: "r".to_owned(),
        names: (0..types.len()).map(|index| format!("f{index}")).collect(),
        types,
    }))
}

fn values(kind: &Type) -> BoxedStrategy<Value> {
    match kind {
        Type::Primitive(primitive) => {
            let primitive = *primitive;
            any::<u64>()
                .prop_map(move |bits| {
                    let mut bytes = bits.to_le_bytes();
                    let bytes = &mut bytes[..primitive.size() as usize];
                    canonicalise(primitive, bytes);
                    Value::from_bytes(primitive, bytes)
                })
                .boxed()
        }
        Type::String => any::<String>().prop_map(Value::String).boxed(),
        Type::List(element) => {
            let element = element.clone();
            prop::collection::vec(values(&element), 0..5)
                .prop_map(move |members| Value::list_of(&element, members))
                .boxed()
        }
        Type::Tuple(members) => members
            .iter()
            .map(values)
            .collect::<Vec<_>>()
            .prop_map(Value::Tuple)
            .boxed(),
        Type::Record(record) => {
            let names = Arc::clone(&record.names);
            let members: Vec<_> = record.types.iter().map(values).collect();
            members
                .prop_map(move |members| Value::Record(Arc::clone(&names), members))
                .boxed()
        }
    }
}

proptest! {
    #[test]
    fn what_is_lowered_is_lifted_unchanged((kind, value) in typed_values()) {
        let mut program = Bump::default();
        let at = lower(&mut program, &value, &kind).expect("there is room");
        prop_assert_eq!(lift(&program.memory, at, &kind, 1 << 20), Ok(value));
    }

    #[test]
    fn what_is_printed_is_read_back((kind, value) in typed_values()) {
        // Rust's escapes of unusual characters are not JSON's; ordinary text is the same in both.
        let text = value.to_text(100_000);
        prop_assume!(!text.contains("\\u") && !text.contains("\\'") && !text.contains("\\0"));
        prop_assert_eq!(Value::from_text(&text, &kind), Ok(value));
    }

    #[test]
    fn random_memory_never_breaks_lifting(
        memory in prop::collection::vec(any::<u8>(), 0..64),
        at in any::<u32>(),
        (kind, _) in typed_values(),
    ) {
        if let Ok(value) = lift(&memory, at % 64, &kind, 4_096) {
            prop_assert!(value.bytes() <= 4_096);
        }
    }
}
