use super::author::Author;
use crate::{
    lesson::ProgramKind,
    programs::{Piece, pieces},
};

const RUN: &str = "```rust run\nfn main() { println!(\"1\"); }\n```";
const PREDICT: &str = "```rust predict\nfn main() { println!(\"{}\", 7 / 2); }\n```\n\n> 3\n> *not bold*\n\nBehind it.";

#[test]
fn a_program_has_a_place_for_its_controls() {
    let lesson = Author::new().replaces("Look it up.", RUN).lesson();
    let [program] = &lesson.programs[..] else {
        panic!("one program: {:?}", lesson.programs);
    };
    assert_eq!(
        (program.kind, program.line, &program.output),
        (ProgramKind::Run, 27, &None)
    );
    assert_eq!(program.source, "fn main() { println!(\"1\"); }\n");
    let body = &lesson.examples[0].body.0;
    assert!(
        pieces(body).contains(&Piece::Program(program.key.clone())),
        "{body}"
    );
}

#[test]
fn the_output_of_a_program_to_predict_is_kept_as_written_and_not_shown() {
    let lesson = Author::new().replaces("Look it up.", PREDICT).lesson();
    assert_eq!(lesson.programs[0].kind, ProgramKind::Predict);
    assert_eq!(lesson.programs[0].output.as_deref(), Some("3\n*not bold*"));
    let body = &lesson.examples[0].body.0;
    assert!(!body.contains("not bold"), "{body}");
    assert!(body.contains("Behind it."), "{body}");
}

#[test]
fn an_output_may_stand_in_a_fence_within_the_quote() {
    let lesson = Author::new()
        .replaces(
            "Look it up.",
            &PREDICT.replace("> 3\n> *not bold*", "> ```text\n> # 3\n> ```"),
        )
        .lesson();
    assert_eq!(lesson.programs[0].output.as_deref(), Some("# 3\n"));
}

#[test]
fn a_program_to_predict_without_an_output_is_warned_of() {
    let author = Author::new().replaces("Look it up.", "```rust predict\nfn main() {}\n```");
    insta::assert_snapshot!(author.is_told(), @"27:1+15 warning predict-without-output no output stands behind this program, so that nobody can compare a prediction with it");
}

#[test]
fn a_printed_text_is_compared_as_a_reader_sees_it() {
    let lesson = Author::new().replaces("Look it up.", PREDICT).lesson();
    assert!(lesson.programs[0].is_output("3  \n*not bold*\n\n"));
    assert!(!lesson.programs[0].is_output("3\n\n*not bold*"));
}

#[test]
fn fences_of_other_languages_are_code_whatever_stands_behind_them() {
    let author = Author::new().replaces("Look it up.", "```python run\nprint(1)\n```");
    assert_eq!(author.is_told(), "");
    assert!(author.lesson().programs.is_empty());
}
