//! Findings as GitHub's workflow commands:
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>.

use super::collect::{Findings, Severity};

/// Prints one command a finding.
pub(super) fn print(findings: &Findings) {
    for finding in findings.all() {
        let command = match finding.found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let hint = finding
            .found
            .hint
            .as_ref()
            .map(|hint| format!(" {hint}"))
            .unwrap_or_default();
        println!(
            "::{command} file={},line={},col={},title={}::{}",
            property(&finding.path.display().to_string()),
            finding.found.line,
            finding.found.column,
            property(finding.found.code),
            data(&format!("{}{hint}", finding.found.message)),
        );
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
