//! What the C compiler said, for the learner: lines such as `solution.c:3:5:{3:5-3:9}: error: …`, and below each the line
//! of the source that it is about (Clang user's manual, "Formatting of Diagnostics").

use crate::compile::{MESSAGE_BYTES, PLACE_MESSAGE_BYTES, stopped};
use crate::failure::{CompilerLimit, Failure, PLACES, Place};
use crate::language::Budget;
use crate::sandbox::Finished;
use crate::text::{beginning, printable};

/// Why a source does not compile by itself.
pub(super) fn failure_of_source(finished: &Finished, budget: Budget, source: &str) -> Failure {
    if let Some(reason) = stopped(finished, budget) {
        return Failure::CompilerLimit { reason };
    }
    let said = String::from_utf8_lossy(&finished.errors);
    if said.contains("PLEASE submit a bug report") {
        return Failure::CompilerLimit {
            reason: CompilerLimit::Crash,
        };
    }
    if said.trim().is_empty() {
        return Failure::CompilerLimit {
            reason: CompilerLimit::Silence,
        };
    }
    let (text, cut) = beginning(printable(&without_ranges(said.trim_end())), MESSAGE_BYTES);
    Failure::Compiler {
        text,
        cut,
        places: said
            .lines()
            .filter_map(|line| place(line, source))
            .take(PLACES)
            .collect(),
    }
}

/// Why a source that compiles does not fit the exercise, whose function reads `declaration`.
pub(super) fn failure_of_glue(
    finished: &Finished,
    budget: Budget,
    declaration: &str,
    source: &str,
) -> Failure {
    let declaration = declaration.to_owned();
    let said = String::from_utf8_lossy(&finished.errors);
    if said.contains("use of undeclared identifier") {
        Failure::NoEntry { declaration }
    } else if said.contains("glue.c:") && said.contains("error:") {
        // The assertion about its type fails, or the name is not that of a function.
        Failure::WrongSignature { declaration }
    } else {
        failure_of_source(finished, budget, source)
    }
}

/// The place of a line such as `solution.c:3:5:{3:5-3:9}: error: …`; of more than one range the last, since it is the one
/// with the place in it or behind it.
fn place(line: &str, source: &str) -> Option<Place> {
    let (position, message) = line.strip_prefix("solution.c:")?.split_once(": ")?;
    let message = message
        .strip_prefix("error: ")
        .or_else(|| message.strip_prefix("fatal error: "))?;
    let mut parts = position.splitn(3, ':');
    let line: u32 = parts.next()?.parse().ok()?;
    let column: u32 = parts.next()?.trim_end_matches(':').parse().ok()?;
    let start = (line, column);
    let ranges = parts.next().unwrap_or_default();
    let ends = ranges
        .split('}')
        .filter_map(|range| range.trim_start_matches([':', '{']).split_once('-'))
        .filter_map(|(from, to)| Some((pair(from)?, pair(to)?)))
        .filter(|&(from, to)| from <= start && start < to)
        .map(|(_, to)| to);
    let end = ends.min().unwrap_or((line, column + 1));
    let characters = |(line, column): (u32, u32)| (line, in_characters(source, line, column));
    let ((line, column), (end_line, end_column)) = (characters(start), characters(end));
    Some(Place {
        line,
        column,
        end_line,
        end_column,
        message: beginning(printable(message), PLACE_MESSAGE_BYTES).0,
    })
}

fn pair(text: &str) -> Option<(u32, u32)> {
    let (line, column) = text.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// A column that counts bytes from 1, as one that counts characters.
fn in_characters(source: &str, line: u32, column: u32) -> u32 {
    let line = source.lines().nth(line.saturating_sub(1) as usize);
    let before = column.saturating_sub(1) as usize;
    let line = line.unwrap_or_default();
    let before = &line[..line.floor_char_boundary(before)];
    u32::try_from(before.chars().count()).unwrap_or(u32::MAX) + 1
}

/// The text without ranges, which are for programs.
fn without_ranges(said: &str) -> String {
    let lines = said.lines().map(|line| match line.split_once(":{") {
        Some((position, rest)) if position.starts_with("solution.c:") => {
            match rest.split_once("}: ") {
                Some((_, message)) => format!("{position}: {message}"),
                None => line.to_owned(),
            }
        }
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_and_reach_over_the_range_that_they_are_in() {
        let source = "int f(void) {\n  return /* число */ missing;\n}\n";
        let found = place(
            "solution.c:2:27:{2:27-2:34}: error: use of undeclared identifier 'missing'",
            source,
        );
        let found = found.expect("it is about the solution");
        assert_eq!(
            (found.line, found.column, found.end_line, found.end_column),
            (2, 22, 2, 29)
        );
        assert_eq!(found.message, "use of undeclared identifier 'missing'");
    }

    #[test]
    fn warnings_and_other_files_have_no_place() {
        assert_eq!(place("solution.c:2:27: note: did you mean this", ""), None);
        assert_eq!(place("glue.c:2:27: error: no", ""), None);
    }
}
