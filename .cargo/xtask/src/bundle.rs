//! The browser bundle: what a page's visitor downloads, in `target/site`.
//!
//! 1. [`wasm`] compiles the islands and makes the JavaScript that loads them.
//! 2. [`scripts`] bundles that, `boot.js`, the editor and the styles, and gives fonts and icons their final names.
//! 3. [`site`] compresses everything and writes `manifest.json`, which tells the server what is called how.
//!
//! Every name holds a hash of its content, so browsers may keep a file for ever.

mod manifest;
mod scripts;
mod site;
mod wasm;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::compiler::Source;
use crate::digest;
use crate::layout::Layout;
use crate::steps::Steps;

/// Builds the bundle if anything that it is made from has changed.
///
/// # Errors
/// When the code for the browser does not compile, or the target folder cannot be written.
pub fn build(layout: &Layout, source: Source, steps: &mut Steps) -> Result<()> {
    let inputs = format!("{}{}", source.description()?, inputs(layout)?);
    let record = layout.notes().join("bundle-inputs");
    let is_current = fs::read_to_string(&record).is_ok_and(|recorded| recorded == inputs)
        && layout.site().join(site::MANIFEST).exists();
    steps.run(
        "bundle",
        "builds what the browser downloads into target/site",
        !is_current,
        || {
            let advice = || {
                format!(
                    "{} cannot be written; make it writable",
                    layout.notes().display()
                )
            };
            fs::create_dir_all(layout.notes()).with_context(advice)?;
            let workshop = tempfile::tempdir_in(layout.notes()).with_context(advice)?;
            wasm::build(layout, source, workshop.path())?;
            let outputs = scripts::bundle(layout, workshop.path())?;
            site::publish(outputs, &layout.site())?;
            fs::write(&record, &inputs).with_context(advice)
        },
    )
}

/// A hash over everything that the bundle is made from or by. What only the server renders is among it: telling it
/// apart would cost more than a build that turns out to be the same.
fn inputs(layout: &Layout) -> Result<String> {
    let root = layout.root();
    let mut files = digest::files_below(&layout.app(), &["node_modules"])?;
    files.extend(digest::files_below(&root.join(".cargo/xtask"), &[])?);
    files.extend(["Cargo.toml", "Cargo.lock"].map(|name| root.join(name)));
    digest::of_files(root, files)
}

/// A file of the bundle before it is written.
struct Output {
    /// What the server asks for, such as `app.js` or `fonts/serif.woff2`; nothing for what only other files refer to.
    logical_name: Option<String>,
    /// Its name on the server, with the hash of its content.
    hashed_name: String,
    content: Vec<u8>,
}

/// What [`scripts`] hands to [`site`].
struct Outputs {
    files: Vec<Output>,
    /// The names under which the browser finds the islands' code.
    islands: Vec<String>,
}

/// `name.ext` becomes `name-0123456789abcdef.ext`.
fn hashed_name(name: &str, content: &[u8]) -> String {
    let hash = digest::of_bytes(content);
    let path = PathBuf::from(name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    format!("{stem}-{}.{extension}", &hash[..16])
}
