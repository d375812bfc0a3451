//! Installs what is missing on a machine that has rustup's Rust, gcc, git and Node, and nothing else.
//!
//! Each step first looks whether its result is there; then it takes milliseconds.
//!
//! 1. [`debian`]: packages, if any is missing.
//! 2. [`wasm_target`]: the standard library for WebAssembly, of the one compiler that this installation uses.
//! 3. [`toolchain`]: a copy of that compiler which is the root of the sandbox that learners' code is compiled in.
//! 4. [`languages`]: the compilers of the other languages, each in a folder beside that copy. Where one cannot be had,
//!    exercises cannot be solved in its language, and all else works.
//! 5. [`npm`]: the editor, the bundler, `wasm-opt`, and the accessibility checks.

mod debian;
mod languages;
mod npm;
mod toolchain;
mod trial;
mod wasm_target;

use anyhow::Result;

use crate::compiler::{self, Source};
use crate::layout::Layout;
use crate::steps::Steps;

/// Installs what the browser bundle is built with.
///
/// # Errors
/// When a step fails: one sentence that says what to do.
pub fn for_the_bundle(
    layout: &Layout,
    asked_for: Option<Source>,
    steps: &mut Steps,
) -> Result<Source> {
    let source = compiler::choose(layout, asked_for);
    if source == Source::Debian {
        debian::install(&debian::COMPILER, "the compiler for WebAssembly", steps)?;
    }
    wasm_target::install(layout, source, steps)?;
    compiler::remember(layout, source)?;
    npm::install(layout, steps)?;
    Ok(source)
}

/// Installs what a server needs that takes submissions.
///
/// # Errors
/// As [`for_the_bundle`].
pub fn for_serving(
    layout: &Layout,
    asked_for: Option<Source>,
    steps: &mut Steps,
) -> Result<Source> {
    debian::install(
        &debian::SANDBOX,
        "the sandbox that learners' code is compiled and run in",
        steps,
    )?;
    let source = for_the_bundle(layout, asked_for, steps)?;
    toolchain::install(layout, source, steps)?;
    languages::install(layout, steps)?;
    Ok(source)
}

/// Installs what the tests need: all of it, the browser included.
///
/// # Errors
/// As [`for_the_bundle`].
pub fn for_tests(layout: &Layout, asked_for: Option<Source>, steps: &mut Steps) -> Result<Source> {
    debian::install(&debian::BROWSER, "the browser that the tests drive", steps)?;
    debian::install(
        &debian::MAIL,
        "the mail server that the tests write to",
        steps,
    )?;
    for_serving(layout, asked_for, steps)
}
