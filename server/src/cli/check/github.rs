//! Findings as GitHub's workflow commands:
//! <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>.

use content::diagnostic::Severity;

use super::collect::Findings;

/// Prints one command a finding.
pub(super) fn print(findings: &Findings) {
    for finding in findings.all() {
        let command = match finding.diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let hint = finding.diagnostic.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
        println!(
            "::{command} file={},line={},col={},title={}::{}",
            property(&finding.path.display().to_string()),
            finding.diagnostic.line,
            finding.diagnostic.column,
            property(&finding.diagnostic.code),
            data(&format!("{}{hint}", finding.diagnostic.message)),
        );
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
