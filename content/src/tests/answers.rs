use super::author::Author;
use crate::lesson::Answer;

#[test]
fn a_quote_below_a_question_is_its_model_answer_and_bullets_in_it_the_rubric() {
    let question =
        Author::asks("1. What is a hit?\n\n   > Found *there*.\n   >\n   > - fast\n   > - cheap\n");
    insta::assert_debug_snapshot!(question, @r#"
    Question {
        prompt: Prompt {
            key: ItemKey(
                "quiz-09666a4650d3",
            ),
            html: Html(
                "What is a hit?",
            ),
            text: "What is a hit?",
        },
        answer: Open {
            model: Some(
                ModelAnswer {
                    html: Html(
                        "<p>Found <em>there</em>.</p>\n",
                    ),
                    rubric: [
                        Html(
                            "fast",
                        ),
                        Html(
                            "cheap",
                        ),
                    ],
                },
            ),
        },
    }
    "#);
}

#[test]
fn a_task_list_below_a_question_is_its_choices_with_reasons() {
    let question = Author::asks(
        "1. Which?\n   - [x] `A`\n     because it hits\n   - [ ] B\n     - it misses\n",
    );
    insta::assert_debug_snapshot!(question.answer, @r#"
    Choice {
        choices: [
            Choice {
                html: Html(
                    "<code>A</code>",
                ),
                right: true,
                reason: Some(
                    Html(
                        "<p>because it hits</p>\n",
                    ),
                ),
            },
            Choice {
                html: Html(
                    "B",
                ),
                right: false,
                reason: Some(
                    Html(
                        "<ul>\n<li>it misses</li>\n</ul>\n",
                    ),
                ),
            },
        ],
    }
    "#);
    assert_eq!(
        [
            question.mark("0"),
            question.mark("1"),
            question.mark("0 1"),
            question.mark("")
        ],
        [Some(true), Some(false), Some(false), Some(false)]
    );
}

#[test]
fn short_answers_are_found_wherever_they_stand_below_the_question() {
    let expected = Answer::Short {
        accepted: vec!["bottleneck".to_owned(), "тясно място".to_owned()],
    };
    for answer in [
        "1. What?\n   Answer: `bottleneck, тясно място`\n",
        "1. What?\n\n   Отговор: `bottleneck`, `тясно място`\n",
        "1. What?\n   - Answer: `bottleneck`, `тясно място`\n",
    ] {
        let question = Author::asks(answer);
        assert_eq!(
            (question.answer, question.prompt.html.0.as_str()),
            (expected.clone(), "What?")
        );
    }
}

#[test]
fn a_decimal_comma_does_not_part_two_answers() {
    let Answer::Short { accepted } =
        Author::asks("1. Pi?\n   - Answer: `3,14 ± 0,01, три`\n").answer
    else {
        panic!("the answer is short")
    };
    assert_eq!(accepted, ["3,14 ± 0,01", "три"]);
}

#[test]
fn other_blocks_below_a_question_are_part_of_it() {
    let question = Author::asks("1. What does this print?\n\n   ```\n   x\n   ```\n");
    assert_eq!(question.answer, Answer::Open { model: None });
    insta::assert_snapshot!(question.prompt.html.0, @r#"
    <p>What does this print?</p>
    <figure class="code"><pre tabindex="0"><code>x
    </code></pre></figure>
    "#);
}

#[test]
fn choices_without_a_right_one_are_warned_of() {
    insta::assert_snapshot!(Author::new().with_quiz("1. Which?\n   - [ ] A\n   - [ ] B\n").is_told(), @"35:1+9 warning choice-none-right none of the choices is marked as right, so that no answer can be");
}

#[test]
fn two_kinds_of_answer_are_an_error() {
    let author = Author::new().with_quiz("1. Which?\n   - Answer: `A`\n\n   > A, since it hits.\n");
    insta::assert_snapshot!(author.is_told(), @"35:1+9 error answer-doubled the question has two kinds of answer");
}

#[test]
fn a_repeated_question_is_warned_of_at_its_second_occurrence() {
    insta::assert_snapshot!(Author::new().replaces("What is a miss?", "what is a **hit**").is_told(), @"36:4+17 warning question-repeated `what is a hit` is here for the second time");
}

#[test]
fn no_answer_is_part_of_what_is_shown_before_answering() {
    let lesson = Author::new()
        .with_quiz("1. A?\n   - [x] secret\n2. B?\n   Answer: secret\n3. C?\n   > secret\n4. D? {#d}\n\n   Answer: `secret`\n")
        .lesson();
    let shown = lesson
        .quiz
        .iter()
        .map(|question| question.prompt.html.0.clone() + &question.prompt.text);
    assert_eq!(shown.filter(|shown| shown.contains("secret")).count(), 0);
    let prose = lesson
        .sections
        .iter()
        .map(|section| section.before.0.clone() + &section.after.0);
    assert_eq!(prose.filter(|prose| prose.contains("secret")).count(), 0);
}
