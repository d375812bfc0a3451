//! Stacks as the lines that flamegraphs are drawn from, and as shares for a table.

use std::collections::BTreeMap;

use super::stack::{Frame, Origin};
use super::{Stack, samples};

#[cfg(test)]
mod tests;

/// Whether frames name their lines. Two programs can only be compared without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// As `name:line`.
    Named,
    /// As `name`.
    Left,
}

/// The stacks in the format of flamegraphs: the frames from the outermost, with semicolons between them, a space, and how
/// often the stack was seen. Sorted, each stack once.
pub fn folded(stacks: &[Stack], lines: Lines) -> Vec<String> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for stack in stacks {
        let names: Vec<String> = stack
            .frames
            .iter()
            .map(|frame| label(frame, lines))
            .collect();
        *counts.entry(names.join(";")).or_default() += stack.samples;
    }
    counts
        .into_iter()
        .map(|(stack, samples)| format!("{stack} {samples}"))
        .collect()
}

/// A frame's label. What separates frames and numbers in the format must not be in it: a semicolon becomes a comma, a
/// space one that does not break. The library's frames begin with `std`, also
/// those of its own dependencies, so that they can be told from the learner's.
fn label(frame: &Frame, lines: Lines) -> String {
    let name = frame.name.replace(';', ",").replace(' ', "\u{a0}");
    match (frame.origin, frame.line) {
        (Origin::Source, Some(line)) if lines == Lines::Named => format!("solution::{name}:{line}"),
        (Origin::Source, _) => format!("solution::{name}"),
        (Origin::Glue, _) => name,
        (Origin::Library, _) => {
            let known = [
                "std::", "core::", "alloc::", "<std::", "<core::", "<alloc::",
            ];
            if known.iter().any(|start| name.starts_with(start)) {
                name
            } else {
                format!("std::{name}")
            }
        }
    }
}

/// How much of the time is spent in a function, at a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// The function and the line.
    pub frame: Frame,
    /// The share of samples in which it ran itself, from 0 to 1.
    pub own: f64,
    /// The share of samples in which it ran or had called what ran.
    pub total: f64,
}

/// The places where most time is spent, those with the largest share of their own first.
pub fn shares(stacks: &[Stack]) -> Vec<Shares> {
    let all = f64::from(samples(stacks).max(1));
    let mut places: Vec<(Frame, u32, u32)> = Vec::new();
    for stack in stacks {
        for (index, frame) in stack.frames.iter().enumerate() {
            // A recursive function is on a stack more than once, and still runs once at a time.
            let before = stack.frames[..index].contains(frame);
            let own = if index + 1 == stack.frames.len() {
                stack.samples
            } else {
                0
            };
            let total = if before { 0 } else { stack.samples };
            match places.iter_mut().find(|(place, ..)| place == frame) {
                Some((_, own_sum, total_sum)) => {
                    *own_sum += own;
                    *total_sum += total;
                }
                None => places.push((frame.clone(), own, total)),
            }
        }
    }
    places.retain(|&(_, own, _)| own > 0);
    places.sort_by_key(|&(_, own, total)| std::cmp::Reverse((own, total)));
    let share = |(frame, own, total)| Shares {
        frame,
        own: f64::from(own) / all,
        total: f64::from(total) / all,
    };
    places.into_iter().map(share).collect()
}
