//! The packages that `app/package-lock.json` names, exactly as it names them.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::digest;
use crate::layout::Layout;
use crate::process::{command, quietly};
use crate::steps::Steps;

/// The oldest Node that the packages run on.
const NODE_VERSION: u32 = 20;

/// Installs the packages unless those of this very lock file are there.
///
/// # Errors
/// When Node is missing or too old, or a package cannot be had.
pub fn install(layout: &Layout, steps: &mut Steps) -> Result<()> {
    let lock_file = layout.app().join("package-lock.json");
    let lock = fs::read(&lock_file).with_context(|| {
        format!(
            "{} cannot be read; restore it with git",
            lock_file.display()
        )
    })?;
    let wanted = digest::of_bytes(&lock);
    // `npm ci` removes the folder first, so a stamp within it is there only if what it says is.
    let stamp = layout.npm_packages().join(".installed");
    let installed = fs::read_to_string(&stamp).unwrap_or_default();
    let purpose =
        "installs editor, bundler, wasm-opt and accessibility checks into app/node_modules";
    steps.run("npm packages", purpose, installed != wanted, || {
        check_node()?;
        let mut npm = command("npm");
        // None of the packages needs its install script, so none gets to run one.
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(layout.app());
        quietly(&mut npm, "check the network, then run this again")?;
        fs::write(&stamp, &wanted).with_context(|| format!("{} cannot be written", stamp.display()))
    })
}

fn check_node() -> Result<()> {
    let advice = format!("install Node {NODE_VERSION} or newer");
    let version = quietly(command("node").arg("--version"), &advice)?;
    if major_version(&version).is_none_or(|major| major < NODE_VERSION) {
        bail!("this is Node {}; {advice}", version.trim_end());
    }
    Ok(())
}

fn major_version(version: &str) -> Option<u32> {
    version
        .trim_end()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}
