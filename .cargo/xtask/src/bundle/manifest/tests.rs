use insta::assert_snapshot;

use super::Report;

fn report(json: &str) -> Report {
    serde_json::from_str(json).expect("the report is esbuild's")
}

#[test]
fn entry_points_and_assets_are_found_by_their_source_names_and_chunks_by_nobody() {
    let report = report(
        r#"{"inputs": {}, "outputs": {
            "out/app-AAAA.js": {"entryPoint": "../target/x/app.js", "exports": [], "inputs": {"../target/x/app.js": {}}},
            "out/style-BBBB.css": {"entryPoint": "../target/x/style.css", "inputs": {"style/10-base.css": {}}},
            "out/serif-CCCC.woff2": {"exports": ["default"], "inputs": {"assets/fonts/serif.woff2": {}}},
            "out/dist-DDDD.js": {"entryPoint": "node_modules/@codemirror/lang-rust/dist/index.js", "exports": ["rust"], "inputs": {"node_modules/@codemirror/lang-rust/dist/index.js": {}}}
        }}"#,
    );

    let names: Vec<String> = report
        .files()
        .into_iter()
        .map(|file| {
            format!(
                "{} {}",
                file.path,
                file.logical_name.as_deref().unwrap_or("-")
            )
        })
        .collect();

    assert_snapshot!(names.join("\n"), @"
    out/app-AAAA.js app.js
    out/dist-DDDD.js -
    out/serif-CCCC.woff2 fonts/serif.woff2
    out/style-BBBB.css style.css
    ");
}

#[test]
fn islands_are_told_from_the_other_exports_by_their_hash() {
    let report = report(
        r#"{"inputs": {}, "outputs": {"out/app-AAAA.js": {"entryPoint": "app.js", "inputs": {"app.js": {}}, "exports":
            ["default", "hydrate", "initSync", "Workbench_7", "QuestionCard_14899728917778380834", "intern_1", "Chart_a1"]
        }}}"#,
    );

    assert_snapshot!(report.islands().join("\n"), @"
    QuestionCard_14899728917778380834
    Workbench_7
    ");
}
