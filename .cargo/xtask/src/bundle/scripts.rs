//! JavaScript, styles, fonts and icons, bundled by esbuild, which also names them by their content.
//!
//! 1. The styles in `app/style` become one, in the order of their names; the fonts they mention get hashed names.
//!    What only some pages need is a style sheet of its own, `app/extra/extra.css`.
//! 2. The islands' JavaScript, `boot.js` and the editor become modules; what an editor's language needs is a chunk
//!    that is loaded with the first text in that language.
//! 3. esbuild's own report says what became what.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::manifest::Report;
use super::{Output, Outputs, hashed_name, wasm};
use crate::digest;
use crate::layout::Layout;
use crate::process::{command, quietly};

/// Browsers from about 2022 on, when `:has()`, cascade layers and modules with top-level `await` had arrived.
const BROWSERS: &str = "--target=es2022,chrome111,firefox121,safari16.4";

/// Bundles what `folder` got from [`wasm::build`] with the files of the `app` crate.
///
/// # Errors
/// When esbuild finds a mistake in a file.
pub fn bundle(layout: &Layout, folder: &Path) -> Result<Outputs> {
    let app = layout.app();
    let styles = folder.join("style.css");
    fs::write(&styles, import_all(&app.join("style"))?)
        .context("the list of styles cannot be written")?;
    let out = folder.join("out");
    let report = folder.join("report.json");

    // The program itself: the script of its name in `.bin` adds a page about Node to every mistake.
    let mut esbuild = command(layout.npm_packages().join("@esbuild/linux-x64/bin/esbuild"));
    esbuild.current_dir(&app);
    for (name, path) in [
        ("app", folder.join(wasm::SCRIPT)),
        ("boot", app.join("boot.js")),
        ("editor", app.join("editor/editor.js")),
        ("teach", app.join("editor/teach.js")),
        ("live", app.join("live.js")),
        ("style", styles),
        ("extra", app.join("extra/extra.css")),
    ] {
        esbuild.arg(format!("{name}={}", path.display()));
    }
    esbuild.args([
        "--bundle",
        "--splitting",
        "--minify",
        "--format=esm",
        "--legal-comments=none",
        BROWSERS,
    ]);
    esbuild.args([
        "--loader:.woff2=file",
        "--loader:.svg=file",
        "--log-level=warning",
    ]);
    esbuild.args([
        "--entry-names=[name]-[hash]",
        "--chunk-names=[name]-[hash]",
        "--asset-names=[name]-[hash]",
    ]);
    esbuild
        .arg(format!("--outdir={}", out.display()))
        .arg(format!("--metafile={}", report.display()));
    quietly(&mut esbuild, "correct the errors shown below")?;

    let report: Report = serde_json::from_slice(
        &fs::read(&report).context("esbuild wrote no report")?,
    )
    .context("esbuild's report has another form than that of the version in package-lock.json")?;
    let mut files = Vec::new();
    for described in report.files() {
        let content = fs::read(app.join(&described.path)).with_context(|| {
            format!("{}, which esbuild reports, cannot be read", described.path)
        })?;
        let hashed_name = file_name(Path::new(&described.path));
        files.push(Output {
            logical_name: described.logical_name,
            hashed_name,
            content,
        });
    }
    files.push(hashed(wasm::MODULE.into(), &folder.join(wasm::MODULE))?);
    for asset in assets(&app)? {
        let name = file_name(&asset);
        if files
            .iter()
            .all(|file| file.logical_name.as_deref() != Some(&name))
        {
            files.push(hashed(name, &asset)?);
        }
    }
    Ok(Outputs {
        files,
        islands: report.islands(),
    })
}

/// A style sheet that imports every one of `folder`, in the order of their names.
fn import_all(folder: &Path) -> Result<String> {
    let mut files = digest::files_below(folder, &[])?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
    files.sort();
    let mut imports = String::new();
    for file in files {
        writeln!(imports, "@import \"{}\";", file.display())
            .expect("writing into a string cannot fail");
    }
    Ok(imports)
}

/// What pages refer to themselves; fonts that no style mentions are not served.
fn assets(app: &Path) -> Result<Vec<PathBuf>> {
    let mut files = digest::files_below(&app.join("assets"), &["fonts"])?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension != "md" && extension != "txt")
    });
    Ok(files)
}

fn hashed(logical_name: String, path: &Path) -> Result<Output> {
    let content = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(Output {
        hashed_name: hashed_name(&logical_name, &content),
        logical_name: Some(logical_name),
        content,
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
