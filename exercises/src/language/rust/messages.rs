//! What the compiler said, for the learner: its JSON diagnostics, one a line.

use serde::Deserialize;

use crate::compile::{MESSAGE_BYTES, PLACE_MESSAGE_BYTES, stopped};
use crate::failure::{CompilerLimit, Failure, PLACES, Place};
use crate::language::{Budget, SOLUTION};
use crate::sandbox::Finished;
use crate::text::{beginning, printable};

/// The parts of a diagnostic that are used (rustc book, "JSON Output").
#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    level: String,
    code: Option<Code>,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    line_end: u32,
    column_start: u32,
    column_end: u32,
    is_primary: bool,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// Why a source does not compile by itself.
pub(super) fn failure_of_source(finished: &Finished, budget: Budget) -> Failure {
    if let Some(reason) = stopped(finished, budget) {
        return Failure::CompilerLimit { reason };
    }
    let errors = errors(finished);
    let said: Vec<&str> = errors
        .iter()
        .map(|error| error.rendered.as_ref().unwrap_or(&error.message).trim_end())
        .collect();
    if said.is_empty() {
        return Failure::CompilerLimit {
            reason: CompilerLimit::Silence,
        };
    }
    let (text, cut) = beginning(printable(&said.join("\n\n")), MESSAGE_BYTES);
    Failure::Compiler {
        text,
        cut,
        places: errors.iter().flat_map(places).take(PLACES).collect(),
    }
}

/// Where in the learner's file an error is.
fn places(error: &Diagnostic) -> impl Iterator<Item = Place> {
    let own = |span: &&Span| span.is_primary && span.file_name.starts_with(SOLUTION);
    error.spans.iter().filter(own).map(|span| Place {
        line: span.line_start,
        column: span.column_start,
        end_line: span.line_end,
        end_column: span.column_end,
        message: beginning(printable(&error.message), PLACE_MESSAGE_BYTES).0,
    })
}

/// Why a source that compiles does not fit the exercise, whose function reads `declaration`.
pub(super) fn failure_of_glue(finished: &Finished, budget: Budget, declaration: &str) -> Failure {
    let declaration = declaration.to_owned();
    let errors = errors(finished);
    // The support has one too, so that this is an error; it has no code.
    if errors
        .iter()
        .any(|error| error.message.contains("#[global_allocator]"))
    {
        return Failure::Allocator;
    }
    let mut codes = errors
        .iter()
        .filter_map(|error| error.code.as_ref())
        .map(|code| code.code.as_str());
    // The error index calls these: unresolved name (in a path, a value, an import), private item; mismatched types,
    // generics that cannot be inferred; and of a record: a type that is missing, fields that are missing, too many or
    // private.
    codes
        .find_map(|code| match code {
            "E0425" | "E0432" | "E0433" | "E0423" => Some(Failure::NoEntry {
                declaration: declaration.clone(),
            }),
            "E0603" => Some(Failure::PrivateEntry {
                declaration: declaration.clone(),
            }),
            "E0308" | "E0282" | "E0283" | "E0412" | "E0422" | "E0574" | "E0026" | "E0027"
            | "E0063" | "E0560" | "E0451" | "E0277" => Some(Failure::WrongSignature {
                declaration: declaration.clone(),
            }),
            _ => None,
        })
        .unwrap_or_else(|| failure_of_source(finished, budget))
}

fn errors(finished: &Finished) -> Vec<Diagnostic> {
    let lines = finished.errors.split(|&byte| byte == b'\n');
    let diagnostics = lines.filter_map(|line| serde_json::from_slice::<Diagnostic>(line).ok());
    diagnostics
        .filter(|diagnostic| diagnostic.level.starts_with("error"))
        // The last one only counts the others.
        .filter(|diagnostic| !diagnostic.message.starts_with("aborting due to"))
        .collect()
}
