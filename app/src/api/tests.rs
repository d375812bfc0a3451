use super::*;

#[test]
fn an_answer_form_names_its_kind_and_only_what_that_kind_needs() {
    let choice = AnswerForm::Choice {
        several: true,
        choices: vec!["a".into(), "b".into()],
    };
    let json = serde_json::to_string(&[AnswerForm::Open, choice, AnswerForm::Short]);
    insta::assert_snapshot!(
        json.expect("nothing in it can fail"),
        @r#"[{"kind":"open"},{"kind":"choice","several":true,"choices":["a","b"]},{"kind":"short"}]"#
    );
}

#[test]
fn an_answer_form_is_read_as_it_was_written() {
    let forms = [
        AnswerForm::Open,
        AnswerForm::Short,
        AnswerForm::Choice {
            several: false,
            choices: vec!["<em>p99</em>".into()],
        },
    ];
    for form in forms {
        let json = serde_json::to_string(&form).expect("nothing in it can fail");
        assert_eq!(
            serde_json::from_str::<AnswerForm>(&json).expect("it was just written"),
            form
        );
    }
}

#[test]
fn a_rating_beyond_four_is_refused_with_what_was_expected() {
    let refused = serde_json::from_str::<Rating>("5").expect_err("there is no such rating");
    insta::assert_snapshot!(refused, @"a rating is a number from 1 to 4, not 5");
}

#[test]
fn islands_read_where_a_submission_is_and_leave_the_rest() {
    let state = r#"{"id":"x","stage":"queued","ahead":2,"report":null}"#;
    let progress: Progress = serde_json::from_str(state).expect("a submission's state");
    assert_eq!(
        progress,
        Progress {
            stage: Stage::Queued,
            ahead: Some(2)
        }
    );
    assert!(!progress.is_over());
}
