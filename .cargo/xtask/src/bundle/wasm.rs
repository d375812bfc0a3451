//! The islands as WebAssembly.
//!
//! 1. cargo compiles the `app` crate for the browser.
//! 2. wasm-bindgen writes the JavaScript that loads it. As a library it has the version of `Cargo.lock`; a tool of
//!    another version would write JavaScript that does not fit.
//! 3. wasm-opt makes it smaller.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::compiler::{Source, TARGET};
use crate::layout::Layout;
use crate::process::{command, quietly, visibly};

/// The JavaScript and the WebAssembly of the islands, in the folder that [`build`] got.
pub const SCRIPT: &str = "app.js";
/// See [`SCRIPT`].
pub const MODULE: &str = "app_bg.wasm";

/// A function that is inlined in several places compresses worse than calls of it: this is a tenth of what is downloaded.
const NO_INLINING: [&str; 3] = [
    "--one-caller-inline-max-function-size=0",
    "--always-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
];

/// What rustc's default for this target uses and every browser has had since 2022. Named one by one: `--all-features`
/// would make wasm-opt write compact imports, which Chromium refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Writes [`SCRIPT`] and [`MODULE`] into `folder`.
///
/// # Errors
/// When the crate does not compile, or one of the tools refuses what it gets.
pub fn build(layout: &Layout, source: Source, folder: &Path) -> Result<()> {
    let mut cargo = source.cargo();
    cargo.args([
        "build",
        "--package",
        "app",
        "--lib",
        "--profile",
        "bundle",
        "--target",
        TARGET,
    ]);
    cargo.args(["--no-default-features", "--features", "hydrate"]);
    cargo.arg("--target-dir").arg(layout.wasm_target());
    visibly(
        &mut cargo,
        "correct the errors shown above; this is the code of the islands",
    )?;

    let compiled = layout.wasm_target().join(TARGET).join("bundle/app.wasm");
    Bindgen::new()
        .input_path(&compiled)
        .out_name("app")
        .web(true)?
        .omit_default_module_path(true)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .with_context(|| {
            format!(
                "wasm-bindgen cannot read {}; delete it and try again",
                compiled.display()
            )
        })?;

    let module = folder.join(MODULE);
    let mut wasm_opt = command(layout.npm_packages().join(".bin/wasm-opt"));
    wasm_opt
        .arg(&module)
        .args([
            "-Oz",
            "--converge",
            "--strip-producers",
            "--strip-target-features",
        ])
        .args(NO_INLINING)
        .args(FEATURES);
    wasm_opt.arg("--output").arg(&module);
    quietly(&mut wasm_opt, "delete app/node_modules and try again")?;
    Ok(())
}
