use super::author::Author;

#[test]
fn a_step_without_a_task_is_reported_at_its_number() {
    insta::assert_snapshot!(Author::new().replaces("   - Practical task: Time it.\n", "").is_told(), @"18:1+14 error step-without-task step 1, `Measure`, has no task");
}

#[test]
fn a_step_has_focus_task_questions_exercises_and_more() {
    let step = "\
1. **Measure**
   - **Фокус:** The slow part.
   - Задача: Time it with `perf`. [Make it fast](exercise:memoize)
   - Въпроси: How long? Why so long, really?
   - [Another](exercise:other)

   A closing word.
";
    let author = Author::new().replaces(
        "1. **Measure**\n   - Focus: The slow part.\n   - Practical task: Time it.\n   - Questions: How long? Why?\n",
        step,
    );
    assert_eq!(author.is_told(), "");
    insta::assert_debug_snapshot!(author.lesson().steps[0], @r#"
    Step {
        number: 1,
        key: ItemKey(
            "step-150166168279",
        ),
        title: "Measure",
        focus: Some(
            Html(
                "<p>The slow part.</p>\n",
            ),
        ),
        task: Html(
            "<p>Time it with <code>perf</code>. Make it fast</p>\n",
        ),
        questions: [
            Prompt {
                key: ItemKey(
                    "step-question-d5b9424086cc",
                ),
                html: Html(
                    "How long?",
                ),
                text: "How long?",
            },
            Prompt {
                key: ItemKey(
                    "step-question-94d40bb7c1f8",
                ),
                html: Html(
                    "Why so long, really?",
                ),
                text: "Why so long, really?",
            },
        ],
        exercises: [
            ExerciseLink {
                slug: "memoize",
                label: "Make it fast",
            },
            ExerciseLink {
                slug: "other",
                label: "Another",
            },
        ],
        more: Html(
            "<p>A closing word.</p>\n",
        ),
    }
    "#);
}

#[test]
fn questions_may_be_a_list_below_their_label() {
    let author = Author::new().replaces(
        "   - Questions: How long? Why?",
        "   - Questions:\n     - How long?\n     - Why?",
    );
    let questions = author.lesson().steps.remove(0).questions;
    assert_eq!(
        questions
            .iter()
            .map(|question| question.text.as_str())
            .collect::<Vec<_>>(),
        ["How long?", "Why?"]
    );
}

#[test]
fn a_bullet_with_an_unknown_label_is_shown_and_warned_of() {
    let author = Author::new().replaces("   - Focus: The", "   - Fokus: The");
    insta::assert_snapshot!(author.is_told(), @"19:6+21 warning not-understood this bullet of the step has no label that is known and is shown below the task");
    assert_eq!(
        author.lesson().steps[0].more.0,
        "<p>Fokus: The slow part.</p>\n"
    );
}

#[test]
fn bullets_indented_too_little_are_no_part_of_their_step() {
    let author = Author::new().replaces(
        "   - Focus: The slow part.\n   - Practical",
        "  - Practical",
    );
    insta::assert_snapshot!(author.is_told(), @r#"
    18:1+14 error step-without-task step 1, `Measure`, has no task
    19:1+28 warning not-understood this list does not belong to the numbered list of the section and is shown as prose
    "#);
}
