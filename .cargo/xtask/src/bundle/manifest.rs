//! esbuild's report, and the names that the server finds files by.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// `manifest.json`: what the server needs to know about the bundle.
#[derive(Serialize)]
pub struct Manifest<'a> {
    /// From logical names, such as `app.js` and `fonts/serif.woff2`, to the names of the files beside the manifest.
    pub files: BTreeMap<&'a str, &'a str>,
    /// The islands that the browser has code for, by the ids that pages call them by. A page with another id was
    /// rendered by a server that does not fit the bundle.
    pub islands: &'a [String],
}

/// esbuild's metafile, as far as it concerns us: <https://esbuild.github.io/api/#metafile>.
#[derive(Deserialize)]
pub struct Report {
    outputs: BTreeMap<String, ReportedFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReportedFile {
    #[serde(default)]
    entry_point: Option<String>,
    #[serde(default)]
    exports: Vec<String>,
    inputs: BTreeMap<String, serde_json::Value>,
}

/// A file that esbuild wrote.
#[derive(Debug, PartialEq, Eq)]
pub struct DescribedFile {
    /// Where it is, relative to the folder esbuild ran in.
    pub path: String,
    /// What pages ask for, if they do.
    pub logical_name: Option<String>,
}

impl Report {
    /// Every file that was written, in the order of their paths.
    pub fn files(&self) -> Vec<DescribedFile> {
        let describe = |(path, file): (&String, &ReportedFile)| DescribedFile {
            path: path.clone(),
            logical_name: logical_name(file),
        };
        self.outputs.iter().map(describe).collect()
    }

    /// The islands among the exports of the modules: Leptos names them after their component and a hash.
    pub fn islands(&self) -> Vec<String> {
        let exports = self.outputs.values().flat_map(|file| &file.exports);
        let mut islands: Vec<String> = exports.filter(|name| is_island(name)).cloned().collect();
        islands.sort();
        islands
    }
}

/// A page asks for an entry point by the name of its source, and for an asset by its path in `app/assets`. Chunks, among
/// them what a package's dynamic import became, are asked for by other files only.
fn logical_name(file: &ReportedFile) -> Option<String> {
    match &file.entry_point {
        Some(source) if source.starts_with("node_modules/") => None,
        Some(source) => Some(
            Path::new(source)
                .file_name()?
                .to_string_lossy()
                .into_owned(),
        ),
        None => file
            .inputs
            .keys()
            .next()?
            .strip_prefix("assets/")
            .map(str::to_owned),
    }
}

fn is_island(export: &str) -> bool {
    export.rsplit_once('_').is_some_and(|(component, hash)| {
        component.starts_with(|first: char| first.is_ascii_uppercase())
            && !hash.is_empty()
            && hash.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests;
