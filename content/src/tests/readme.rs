use crate::diagnostic::{Code, Severity};

#[test]
fn the_readme_explains_every_code_and_no_other() {
    let readme = include_str!("../../README.md");
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `"));
    let explained: Vec<(&str, &str)> = rows
        .filter_map(|row| {
            let (code, rest) = row.split_once("` | ")?;
            let (severity, _) = rest.split_once(" | ")?;
            ["error", "warning", "hint"]
                .contains(&severity)
                .then_some((code, severity))
        })
        .collect();
    let codes: Vec<(&str, &str)> = Code::ALL
        .iter()
        .map(|code| match code.severity() {
            Severity::Error => (code.name(), "error"),
            Severity::Warning => (code.name(), "warning"),
            Severity::Hint => (code.name(), "hint"),
        })
        .collect();
    assert_eq!(explained, codes);
}
