//! The same exercise in every language: values of every kind go in and come out, and what is wrong is told in the words of
//! the language.

use std::collections::BTreeMap;

use exercises::exercise::{Example, Programs};
use exercises::failure::Place;
use exercises::{Exercise, Failure, Language};

use super::{MEMOIZE, grader};

/// An exercise whose only program in a language is this one.
fn exercise(language: Language, signature: &str, examples: &[&[&str]], source: &str) -> Exercise {
    let programs = Programs {
        starter: source.to_owned(),
        reference: source.to_owned(),
        wrong: BTreeMap::new(),
        slow: BTreeMap::new(),
    };
    let example = |arguments: &&[&str]| Example {
        arguments: arguments.iter().map(|&text| text.to_owned()).collect(),
    };
    Exercise {
        signature: signature.parse().expect("the signature is well formed"),
        examples: examples.iter().map(example).collect(),
        programs: BTreeMap::from([(language, programs)]),
        ..MEMOIZE.clone()
    }
}

/// What a program answers to each example, a line each.
fn answers(language: Language, signature: &str, examples: &[&[&str]], source: &str) -> String {
    let exercise = exercise(language, signature, examples, source);
    let report = grader()
        .run_examples(&exercise, language, source.as_bytes())
        .expect("the machine and the exercise work");
    assert_eq!(report.message, None, "{report:?}");
    let answers: Vec<String> = report
        .examples
        .into_iter()
        .map(|example| example.expected)
        .collect();
    answers.join("\n")
}

const RECORDS: &str = "record item { name: string, price: f64, count: u16, sold: bool } \
                       total: func(items: list<item>, discount: f32) -> item";

const ITEMS: [&[&str]; 2] = [
    &[
        r#"[{name: "чай", price: 2.5, count: 4, sold: false}, {name: "a", price: 1.0, count: 65, sold: true}]"#,
        "0.5",
    ],
    &[r#"[{name: "", price: -1.0, count: 1, sold: false}]"#, "1.0"],
];

const TOTALS: &str = r#"{name: "a", price: 37.5, count: 69, sold: true}
{name: "", price: -1.0, count: 1, sold: false}"#;

#[test]
fn records_go_into_rust_and_come_out() {
    let source = r#"
pub struct Item {
    pub name: String,
    pub price: f64,
    pub count: u16,
    pub sold: bool,
}

pub fn total(items: Vec<Item>, discount: f32) -> Item {
    let mut total = Item { name: String::new(), price: 0.0, count: 0, sold: false };
    for item in items {
        total.price += item.price * f64::from(item.count) * f64::from(discount);
        total.count += item.count;
        total.sold |= item.sold;
        total.name = item.name;
    }
    total
}
"#;
    assert_eq!(answers(Language::Rust, RECORDS, &ITEMS, source), TOTALS);
}

#[test]
fn records_go_into_c_and_come_out() {
    let source = r#"
#include "exercise.h"

item total(list_item items, float discount) {
  item total = {0};
  for (size_t i = 0; i < items.length; i++) {
    item one = items.items[i];
    total.price += one.price * one.count * discount;
    total.count += one.count;
    total.sold |= one.sold;
    total.name = one.name;
  }
  return total;
}
"#;
    assert_eq!(answers(Language::C, RECORDS, &ITEMS, source), TOTALS);
}

#[test]
fn records_go_into_assemblyscript_and_come_out() {
    let source = r#"
export class Item {
  name: string = "";
  price: f64 = 0;
  count: u16 = 0;
  sold: bool = false;
}

export function total(items: Item[], discount: f32): Item {
  const total = new Item();
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    total.price += item.price * f64(item.count) * discount;
    total.count += item.count;
    total.sold = total.sold || item.sold;
    total.name = item.name;
  }
  return total;
}
"#;
    assert_eq!(
        answers(Language::AssemblyScript, RECORDS, &ITEMS, source),
        TOTALS
    );
}

#[test]
fn records_go_into_wat_and_come_out() {
    // item[24]: name at 0, price at 8, count at 16, sold at 18.
    let source = r#"
(module
  (func $allocate (import "lab" "allocate") (param i32 i32) (result i32))
  (memory (export "memory") 1)
  (func (export "total") (param $items i32) (param $length i32) (param $discount f32) (result i32)
    (local $total i32)
    (local.set $total (call $allocate (i32.const 24) (i32.const 8)))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $length)))
        (i64.store (local.get $total) (i64.load (local.get $items)))
        (f64.store offset=8 (local.get $total)
          (f64.add
            (f64.load offset=8 (local.get $total))
            (f64.mul
              (f64.mul (f64.load offset=8 (local.get $items)) (f64.convert_i32_u (i32.load16_u offset=16 (local.get $items))))
              (f64.promote_f32 (local.get $discount)))))
        (i32.store16 offset=16 (local.get $total)
          (i32.add (i32.load16_u offset=16 (local.get $total)) (i32.load16_u offset=16 (local.get $items))))
        (i32.store8 offset=18 (local.get $total)
          (i32.or (i32.load8_u offset=18 (local.get $total)) (i32.load8_u offset=18 (local.get $items))))
        (local.set $items (i32.add (local.get $items) (i32.const 24)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (br $next)))
    (local.get $total)))
"#;
    assert_eq!(answers(Language::Wat, RECORDS, &ITEMS, source), TOTALS);
}

const TEXTS: &str = "reversed: func(texts: list<string>, rows: list<list<s32>>) -> list<string>";

#[test]
fn lists_of_texts_and_of_lists_go_into_every_language_that_has_them() {
    let rust = "pub fn reversed(texts: Vec<String>, rows: Vec<Vec<i32>>) -> Vec<String> {
        texts.into_iter().rev().take(rows.concat().len()).collect()
    }";
    let c = r#"
#include "exercise.h"
#include <stdlib.h>

list_string reversed(list_string texts, list_list_s32 rows) {
  size_t length = 0;
  for (size_t i = 0; i < rows.length; i++) length += rows.items[i].length;
  if (length > texts.length) length = texts.length;
  list_string answer = {malloc(length * sizeof(string)), length};
  for (size_t i = 0; i < length; i++) answer.items[i] = texts.items[texts.length - 1 - i];
  return answer;
}
"#;
    let assemblyscript = "
export function reversed(texts: string[], rows: i32[][]): string[] {
  let length = 0;
  for (let i = 0; i < rows.length; i++) length += rows[i].length;
  return texts.reverse().slice(0, length);
}
";
    let examples: [&[&str]; 2] = [
        &[r#"["едно", "", "three 🎉"]"#, "[[1, -2], [], [3]]"],
        &[r#"["a", "b"]"#, "[[-1]]"],
    ];
    for (language, source) in [
        (Language::Rust, rust),
        (Language::C, c),
        (Language::AssemblyScript, assemblyscript),
    ] {
        assert_eq!(
            answers(language, TEXTS, &examples, source),
            "[\"three 🎉\", \"\", \"едно\"]\n[\"b\"]",
            "{language:?}"
        );
    }
}

/// Why a source in another language than Rust is no solution of `memoize`, and the places that are marked.
fn refused(language: Language, source: &str) -> (String, Vec<Place>) {
    let report = grader()
        .grade(&MEMOIZE, language, source.as_bytes(), &mut |_| {})
        .expect("the machine and the exercise work");
    let told = format!(
        "{}: {}",
        report.verdict.word(),
        report.message.unwrap_or_default()
    );
    let places = match report.failure {
        Some(Failure::Compiler { places, .. }) => places,
        _ => Vec::new(),
    };
    (told, places)
}

/// The first line of what is told, and the first place.
fn mistake(language: Language, source: &str) -> String {
    let (told, places) = refused(language, source);
    let first = told.lines().next().unwrap_or_default();
    match places.first() {
        Some(place) => format!(
            "{first} [{}:{}-{}:{}]",
            place.line, place.column, place.end_line, place.end_column
        ),
        None => first.to_owned(),
    }
}

#[test]
fn mistakes_in_c_are_told_with_their_places() {
    let told = |source: &str| mistake(Language::C, source);
    insta::assert_snapshot!(
        told("#include \"exercise.h\"\nlist_u64 answer_all(list_u32 queries) {\n  /* жж */ return nothing;\n}\n"),
        @"compile_error: solution.c:3:21: error: use of undeclared identifier 'nothing' [3:19-3:26]"
    );
    insta::assert_snapshot!(
        told("#include \"exercise.h\"\nlist_u64 answers(list_u32 queries) { return (list_u64){0}; }\n"),
        @"rejected: The exercise's function is missing. Write `list_u64 answer_all(list_u32 queries)`."
    );
    insta::assert_snapshot!(
        told("#include \"exercise.h\"\nlist_u64 answer_all(list_u32 *queries) { return (list_u64){0}; }\n"),
        @"rejected: The exercise's function has other parameters or another result. Write `list_u64 answer_all(list_u32 queries)`."
    );
}

#[test]
fn mistakes_in_assemblyscript_are_told_with_their_places() {
    let told = |source: &str| mistake(Language::AssemblyScript, source);
    insta::assert_snapshot!(
        told("export function answerAll(queries: u32[]): u64[] {\n  /* жж */ return nothing;\n}\n"),
        @"compile_error: solution.ts:2:19: error AS2304: Cannot find name 'nothing'. [2:19-2:26]"
    );
    insta::assert_snapshot!(
        told("export function answers(queries: u32[]): u64[] { return []; }\n"),
        @"rejected: The exercise's function is missing. Write `export function answerAll(queries: u32[]): u64[]`."
    );
    insta::assert_snapshot!(
        told("export function answerAll(queries: u64[]): u64[] { return queries; }\n"),
        @"rejected: The exercise's function has other parameters or another result. Write `export function answerAll(queries: u32[]): u64[]`."
    );
}

#[test]
fn mistakes_in_wat_are_told_with_their_places() {
    let told = |source: &str| mistake(Language::Wat, source);
    let module = |function: &str| format!("(module (memory (export \"memory\") 1)\n  {function})");
    insta::assert_snapshot!(
        told(&module("(func (export \"answer-all\") (param i32 i32) (result i32) (; жж ;) local.gett 0)")),
        @"compile_error: solution.wat:2:69: unknown operator or unexpected token [2:69-2:79]"
    );
    insta::assert_snapshot!(
        told(&module("(func (export \"answer-all\") (param i32 i32) (result i32)\n    (i32.add (local.get 0) (i64.const 1)))")),
        @"compile_error: solution.wat:3:6: type mismatch: expected i32, found i64 [3:6-3:13]"
    );
    insta::assert_snapshot!(
        told(&module("(func (export \"answers\") (param i32 i32) (result i32) local.get 0)")),
        @r#"rejected: The exercise's function is missing. Write `(func (export "answer-all") (param $queries i32) (param $queries_length i32) (result i32))`."#
    );
    insta::assert_snapshot!(
        told(&module("(func (export \"answer-all\") (param i32) (result i32) local.get 0)")),
        @r#"rejected: The exercise's function has other parameters or another result. Write `(func (export "answer-all") (param $queries i32) (param $queries_length i32) (result i32))`."#
    );
}

#[test]
fn an_abort_of_assemblyscript_and_a_failed_assertion_of_c_are_told_with_their_lines() {
    let c = "#include \"exercise.h\"\n#include <assert.h>\nlist_u64 answer_all(list_u32 queries) {\n  assert(queries.length == 12345);\n  return (list_u64){0};\n}\n";
    insta::assert_snapshot!(mistake(Language::C, c), @"trap: The program stopped at line 4, column 1: assertion failed: queries.length == 12345");
    let assemblyscript =
        "export function answerAll(queries: u32[]): u64[] {\n  throw new Error(\"няма\");\n}\n";
    insta::assert_snapshot!(mistake(Language::AssemblyScript, assemblyscript), @"trap: The program stopped at line 2, column 3: няма");
}

#[test]
fn what_assemblyscript_does_before_its_first_call_is_little() {
    let source = "
const table = new StaticArray<u64>(1_000_000);
for (let i = 0; i < table.length; i++) table[i] = i * i;
export function answerAll(queries: u32[]): u64[] {
  return [table[queries.length]];
}
";
    insta::assert_snapshot!(mistake(Language::AssemblyScript, source), @"time_limit: The program takes too long: before its first call it ran more than the 100 thousand instructions or so that it may run there; do the work when the function is called. Look for a loop that does not end, or for repeated work.");
}

#[test]
fn every_language_of_memoize_keeps_its_names_in_a_profile() {
    for language in [Language::C, Language::AssemblyScript, Language::Wat] {
        let starter = &MEMOIZE.programs[&language].starter;
        let profile = grader()
            .profile(&MEMOIZE, language, starter.as_bytes())
            .expect("the machine and the exercise work");
        assert!(!profile.after.is_empty(), "{language:?}");
    }
}
