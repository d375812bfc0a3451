//! The stacks that were seen while a program ran, as they were written down: as few words as possible, since the program
//! waits meanwhile. What they mean is looked up when it has ended.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use wasmtime::WasmBacktrace;

use super::Stack;
use super::lines::LineTable;
use super::stack::frames;
use crate::guest::Running;

/// The most different stacks that are kept of a program; the rarest are left out.
const STACKS: usize = 1_000;

/// A function of a module, and the place in it that runs or calls.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct RawFrame {
    /// The function's name in the module.
    pub(super) function: String,
    /// The instruction, in bytes from the start of the module.
    pub(super) module_offset: Option<usize>,
}

type Counts = HashMap<Vec<RawFrame>, u32>;

/// The stacks, each with how often it was seen; shared with the function that is called at the ticks.
#[derive(Clone, Default)]
pub(super) struct Seen(Arc<Mutex<Counts>>);

impl Seen {
    /// From now on writes the stack of a program down at each tick, as long as it `may_go_on`.
    pub(super) fn write_down(
        &self,
        running: &mut Running,
        may_go_on: impl Fn() -> bool + Send + Sync + 'static,
    ) {
        let counts = Arc::clone(&self.0);
        running.look_at_ticks(move |backtrace: &WasmBacktrace| {
            let stack = backtrace.frames().iter().map(|frame| RawFrame {
                function: frame.func_name().unwrap_or("?").to_owned(),
                module_offset: frame.module_offset(),
            });
            let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry(stack.collect()).or_default() += 1;
            if may_go_on() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
    }

    /// How often the program was looked at.
    pub(super) fn samples(&self) -> u32 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.values().sum()
    }

    /// The stacks in terms of the source, the most frequent first.
    pub(super) fn into_stacks(self, lines: Option<&LineTable<'_>>) -> Vec<Stack> {
        let counts = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let mut raw: Vec<(Vec<RawFrame>, u32)> = counts.into_iter().collect();
        raw.sort_by_key(|(_, samples)| std::cmp::Reverse(*samples));
        raw.truncate(STACKS);
        let mut stacks: Vec<Stack> = Vec::new();
        for (stack, samples) in raw {
            let frames = frames(&stack, lines);
            match stacks.iter_mut().find(|stack| stack.frames == frames) {
                Some(stack) => stack.samples += samples,
                None => stacks.push(Stack { frames, samples }),
            }
        }
        stacks.sort_by_key(|stack| std::cmp::Reverse(stack.samples));
        stacks
    }
}
