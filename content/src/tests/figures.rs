use super::author::Author;

fn body(markdown: &str) -> String {
    Author::new()
        .replaces("Look it up.", markdown)
        .lesson()
        .examples
        .remove(0)
        .body
        .0
}

#[test]
fn a_formula_is_mathml_where_it_stands() {
    insta::assert_snapshot!(body("Little: $L = \\lambda W$."), @"<p>Little: <math><mi>L</mi><mo>=</mo><mi>λ</mi><mi>W</mi></math>.</p>");
}

#[test]
fn prices_are_no_formulas() {
    for text in ["From $5 to $10.", "At $5/$10 each.", r"A \$sign\$ each."] {
        let shown = body(text);
        assert!(!shown.contains("<math"), "{shown}");
        assert!(shown.contains('$'), "{shown}");
    }
}

#[test]
fn a_formula_that_cannot_be_read_is_shown_as_its_source_with_a_warning() {
    let author = Author::new().replaces("Look it up.", r"A $\nosuch x$ here.");
    assert!(
        author
            .is_told()
            .starts_with("27:3+11 warning formula-unreadable "),
        "{}",
        author.is_told()
    );
    assert!(author.lesson().examples[0].body.0.contains(r"$\nosuch x$"));
}

#[test]
fn a_mermaid_fence_is_drawn_and_a_wrong_one_shown_as_code_with_a_warning() {
    let drawn = body("```mermaid\nflowchart LR\n  A[Заявка] --> B[Кеш]\n```");
    assert!(
        drawn.starts_with("<figure class=\"diagram\"><svg"),
        "{drawn}"
    );
    let wrong = Author::new().replaces("Look it up.", "```mermaid\nnothing known\n```");
    assert!(
        wrong.is_told().contains("warning diagram-unreadable"),
        "{}",
        wrong.is_told()
    );
    assert!(wrong.lesson().examples[0].body.0.contains("nothing known"));
}

#[test]
fn no_author_can_write_a_drawing_or_a_formula_by_hand() {
    let html = "<svg onload=\"alert(1)\"><script>alert(1)</script></svg><math><mtext></mtext></math><span class=\"generated-0\"></span>";
    let shown = body(html);
    for forbidden in ["<svg", "<math", "script", "onload"] {
        assert!(!shown.contains(forbidden), "{forbidden}: {shown}");
    }
}
