//! Programs of lessons.

use exercises::{Failure, ProgramReport, Verdict};

use super::grader;

fn run(program: &str) -> ProgramReport {
    grader().run_program(program).expect("the machine works")
}

#[test]
fn a_program_prints_as_it_would_at_home() {
    let program = r#"//! Prints.
#![allow(dead_code)]

mod inner {
    pub fn greet(name: &str) {
        println!("Здравей, {name}!");
    }
}

fn main() -> Result<(), std::num::ParseIntError> {
    inner::greet("свят");
    print!("{:>4}|", 7 / 2);
    println!();
    let doubled = dbg!("21".parse::<u32>()? * 2);
    eprintln!("{doubled}");
    Ok(())
}
"#;
    let report = run(program);
    assert_eq!(report.failure, None, "{report:?}");
    insta::assert_snapshot!(report.output, @r#"
    Здравей, свят!
       3|
    [solution.rs:14] "21".parse::<u32>()? * 2 = 42
    42
    "#);
}

#[test]
fn what_was_printed_before_a_panic_stays_and_the_panic_is_told_with_its_line() {
    let report = run(
        "fn main() {\n    println!(\"before\");\n    let none: Option<u8> = None;\n    none.unwrap();\n}\n",
    );
    assert_eq!(report.output, "before\n");
    assert_eq!(report.verdict, Some(Verdict::Trap));
    assert!(
        matches!(
            report.failure,
            Some(Failure::Trap {
                place: Some((4, _)),
                ..
            })
        ),
        "{report:?}"
    );
}

#[test]
fn a_program_that_does_not_compile_is_told_at_its_own_line() {
    let report = run("fn main() {\n    let x: u8 = \"text\";\n}\n");
    assert_eq!(report.verdict, Some(Verdict::CompileError));
    assert!(
        matches!(&report.failure, Some(Failure::Compiler { places, .. }) if places[0].line == 2),
        "{report:?}"
    );
}

#[test]
fn a_program_without_an_end_and_one_that_prints_without_end_are_stopped() {
    assert_eq!(
        run("fn main() { loop { std::hint::black_box(0); } }").verdict,
        Some(Verdict::TimeLimit)
    );
    let report = run("fn main() { loop { println!(\"0123456789\"); } }");
    assert_eq!(report.verdict, Some(Verdict::OutputLimit));
    assert_eq!(report.output.len(), exercises::program::OUTPUT_BYTES);
    let report = run("fn main() { let mut all = vec![]; loop { all.push(vec![1u8; 1 << 20]); } }");
    assert_eq!(report.verdict, Some(Verdict::MemoryLimit));
}

#[test]
fn a_solution_of_an_exercise_cannot_print() {
    let source = super::MEMOIZE.programs[&exercises::Language::Rust]
        .starter
        .clone()
        + "\n#[link(wasm_import_module = \"lab\")] unsafe extern \"C\" { fn print(text: *const u8, length: usize); }\n\
           #[used] static PRINTS: unsafe extern \"C\" fn(*const u8, usize) = print;\n";
    let (report, _) = super::grade_telling(&source);
    assert_eq!(report.verdict, Verdict::Rejected, "{report:?}");
}
