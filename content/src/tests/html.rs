use super::author::Author;
use crate::markdown;

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
fn code_is_coloured_by_classes_and_can_be_focused() {
    insta::assert_snapshot!(body("```rust run\nlet x = \"a < b\"; // y\n```"), @r#"
    <figure class="code"><pre tabindex="0"><code class="language-rust"><span class="hl-keyword">let</span> x <span class="hl-operator">= </span><span class="hl-string">"a &lt; b"</span>; <span class="hl-comment">// y
    </span></code></pre></figure>
    <!--program:c24f409b33fb-->
    "#);
}

#[test]
fn code_in_an_unknown_language_is_shown_plain() {
    insta::assert_snapshot!(body("```brainf<b>ck\na < b\n```"), @r#"
    <figure class="code"><pre tabindex="0"><code class="language-brainf">a &lt; b
    </code></pre></figure>
    "#);
}

#[test]
fn raw_html_keeps_what_is_harmless() {
    let html = "Press <kbd onclick=\"x()\" style=\"color: red\">F5</kbd>.\n\n<script>alert(1)</script>\n\n\
                <img src=\"https://example.org/a.png\" alt=\"a\"> <a href=\"//example.org\" id=\"quiz\">b</a>";
    insta::assert_snapshot!(body(html), @r#"
    <p>Press <kbd>F5</kbd>.</p>

    <p><img alt="a"> <a href="//example.org" rel="noopener">b</a></p>
    "#);
}

#[test]
fn what_looks_like_a_tag_and_is_none_stays_text() {
    insta::assert_snapshot!(body("A Vec<T> is not a Vec<Box>."), @"<p>A Vec&lt;T&gt; is not a Vec&lt;Box&gt;.</p>");
}

#[test]
fn a_tag_that_is_not_allowed_is_warned_of() {
    insta::assert_snapshot!(Author::new().replaces("Look it up.", "<iframe src=\"x\"></iframe> Vec<T>").is_told(), @"27:1+32 warning html-removed `<iframe>` is not allowed in a lesson and left out");
}

#[test]
fn tables_tasks_and_strikethrough_are_rendered() {
    insta::assert_snapshot!(body("| a | b |\n|--:|---|\n| 1 | ~~2~~ |\n\n- [x] done\n- [ ] not"), @r#"
    <table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>
    <tr><td>1</td><td><del>2</del></td></tr>
    </tbody></table>
    <ul>
    <li>☑ done</li>
    <li>☐ not</li>
    </ul>
    "#);
}

#[test]
fn headings_leave_the_upper_levels_to_the_page() {
    assert_eq!(body("#### Deeper"), "<h4>Deeper</h4>\n");
    assert_eq!(
        markdown("# One\n\n## Two").0,
        "<h2>One</h2>\n<h2>Two</h2>\n"
    );
}

#[test]
fn a_cell_beyond_the_columns_of_its_table_is_shown_in_the_last_one() {
    let html = body("| a | b |\n|---|---|\n| 1 | 2 | 3 | 4 |");
    assert!(html.contains("<td>2 | 3 | 4</td>"), "{html}");
}
