//! What the AssemblyScript compiler said, for the learner: the JSON documents of `glue/assemblyscript.mjs`, one a line.

use serde::Deserialize;

use crate::compile::{MESSAGE_BYTES, PLACE_MESSAGE_BYTES, stopped};
use crate::failure::{CompilerLimit, Failure, PLACES, Place};
use crate::language::Budget;
use crate::sandbox::{Finished, SIGNALLED};
use crate::text::{beginning, printable};

/// One complaint; lines and columns count from 1.
#[derive(Deserialize)]
struct Complaint {
    file: Option<String>,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    code: u32,
    message: String,
}

/// The name of the solution's file.
const FILE: &str = "solution.ts";

/// "Module '{0}' has no exported member '{1}'." (the compiler's `diagnosticMessages.json`)
const NO_EXPORTED_MEMBER: u32 = 2305;

/// Why a source did not become a module; the exercise's function reads `declaration`.
pub(super) fn failure(
    finished: &Finished,
    budget: Budget,
    declaration: &str,
    source: &str,
) -> Failure {
    if let Some(reason) = stopped(finished, budget) {
        return Failure::CompilerLimit { reason };
    }
    if finished.code > SIGNALLED {
        // How Node ends itself when its heap is full.
        return Failure::CompilerLimit {
            reason: CompilerLimit::Memory {
                limit_bytes: budget.memory_bytes,
            },
        };
    }
    let lines = finished.output.split(|&byte| byte == b'\n');
    let complaints: Vec<Complaint> = lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect();
    let in_glue = |complaint: &Complaint| complaint.file.as_deref() == Some("glue.ts");
    let others: Vec<&Complaint> = complaints
        .iter()
        .filter(|complaint| !in_glue(complaint))
        .collect();
    if !others.is_empty() {
        let said: Vec<String> = others
            .iter()
            .map(|complaint| complaint.text(source))
            .collect();
        let (text, cut) = beginning(printable(&said.join("\n\n")), MESSAGE_BYTES);
        return Failure::Compiler {
            text,
            cut,
            places: others
                .iter()
                .filter_map(|complaint| complaint.place())
                .take(PLACES)
                .collect(),
        };
    }
    let declaration = declaration.to_owned();
    match complaints.first() {
        Some(Complaint {
            code: NO_EXPORTED_MEMBER,
            ..
        }) => Failure::NoEntry { declaration },
        Some(_) => Failure::WrongSignature { declaration },
        // It has crashed, and told the developers' log why.
        None => Failure::CompilerLimit {
            reason: CompilerLimit::Crash,
        },
    }
}

impl Complaint {
    fn is_own(&self) -> bool {
        self.file.as_deref() == Some(FILE)
    }

    fn place(&self) -> Option<Place> {
        self.is_own().then(|| Place {
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
            message: beginning(printable(&self.message), PLACE_MESSAGE_BYTES).0,
        })
    }

    /// The complaint as compilers print it.
    fn text(&self, source: &str) -> String {
        let head = format!("error AS{}: {}", self.code, self.message);
        if !self.is_own() {
            return match &self.file {
                Some(file) => format!("{file}: {head}"),
                None => head,
            };
        }
        let shown = source
            .lines()
            .nth(self.line.saturating_sub(1) as usize)
            .unwrap_or_default();
        let marks = if self.end_line == self.line {
            self.end_column.saturating_sub(self.column).max(1)
        } else {
            1
        };
        format!(
            "{FILE}:{}:{}: {head}\n    {shown}\n    {}{}",
            self.line,
            self.column,
            " ".repeat(self.column.saturating_sub(1) as usize),
            "^".repeat(marks as usize)
        )
    }
}
