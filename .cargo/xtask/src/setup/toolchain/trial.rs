//! Tries the Rust compiler as every language's is tried ([`crate::setup::trial`]). A toolchain that fails is never installed.

use std::path::Path;

use anyhow::Result;

use crate::compiler::TARGET;
use crate::setup::trial;

/// Allocates, hashes and formats, so that a good part of the standard library must be there and fit together.
const PROGRAM: &str = r#"
use std::collections::HashMap;

#[unsafe(no_mangle)]
pub extern "C" fn distinct(count: u32) -> usize {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for number in 0..count {
        *seen.entry(format!("{}", number % 7)).or_default() += 1;
    }
    seen.len()
}
"#;

/// Compiles [`PROGRAM`] with the toolchain below `root`.
///
/// # Errors
/// When the sandbox cannot be started or the program does not compile.
pub fn compile(root: &Path, linker: Option<&str>) -> Result<()> {
    let mut words: Vec<String> = [
        "rustc",
        "--edition",
        "2024",
        "--crate-type",
        "cdylib",
        "--target",
        TARGET,
        "-C",
        "opt-level=3",
    ]
    .map(str::to_owned)
    .into();
    if let Some(linker) = linker {
        words.extend(["-C".to_owned(), format!("linker={linker}")]);
    }
    words.extend(["-o", "out.wasm", "program.rs"].map(str::to_owned));
    trial::compile(root, ("program.rs", PROGRAM), &words)
}
