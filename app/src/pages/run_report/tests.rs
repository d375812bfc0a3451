use super::*;
use crate::api::Mark;

fn report(got: &str, passed: bool) -> RunReport {
    RunReport {
        verdict: None,
        message: None,
        marks: Vec::new(),
        examples: vec![ExampleRun {
            input: "queries = [27]".into(),
            expected: "111".into(),
            got: Some(got.into()),
            passed,
        }],
    }
}

#[test]
fn an_example_shows_input_expected_and_got() {
    let html = render(report("112", false), Language::English);
    for part in [
        "An example does not pass",
        "<dt>Input</dt><dd><code>queries = [27]</code>",
        "<dt>Expected</dt><dd><code>111</code>",
        "<dt>Got</dt><dd><code>112</code>",
        "✗ different",
    ] {
        assert!(html.contains(part), "{part} is missing: {html}");
    }
}

#[test]
fn what_a_program_prints_is_never_markup() {
    let html = render(report("<script>", true), Language::English);
    assert!(html.contains("<code>&lt;script&gt;</code>"), "{html}");
}

#[test]
fn a_program_that_did_not_compile_says_where() {
    let stopped = RunReport {
        verdict: Some("compile_error".into()),
        message: Some("expected `;`".into()),
        marks: vec![Mark {
            line: 2,
            column: 5,
            end_line: 2,
            end_column: 13,
            message: "expected \"one\" of <these>".into(),
        }],
        examples: Vec::new(),
    };
    let html = render(stopped, Language::English);
    assert!(
        html.contains("failed") && html.contains("expected `;`"),
        "{html}"
    );
    assert!(
        html.contains(r#"data-from="2:5" data-to="2:13""#)
            && html.contains("expected &quot;one&quot; of"),
        "{html}"
    );
}
