use super::*;
use crate::{api::ExampleRun, text::Language};

fn report(got: &str, passed: bool) -> RunReport {
    RunReport {
        verdict: None,
        message: None,
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
    insta::assert_snapshot!(
        run_html(&report("112", false), IslandText::of(Language::English)),
        @r#"<section class="run-report failed"><h3>An example does not pass</h3><dl class="example failed"><dt>Input</dt><dd><code>queries = [27]</code></dd><dt>Expected</dt><dd><code>111</code></dd><dt>Got</dt><dd><code>112</code> <span class="example-mark">✗ different</span></dd></dl></section>"#
    );
}

#[test]
fn what_a_program_prints_is_never_markup() {
    let html = run_html(&report("<script>", true), IslandText::of(Language::English));
    assert!(html.contains("<code>&lt;script&gt;</code>"), "{html}");
}

#[test]
fn a_program_that_did_not_run_has_not_passed() {
    let stopped = RunReport {
        verdict: Some("compile_error".into()),
        message: Some("expected `;`".into()),
        examples: Vec::new(),
    };
    let html = run_html(&stopped, IslandText::of(Language::English));
    assert!(
        html.contains("failed") && html.contains("expected `;`"),
        "{html}"
    );
}
