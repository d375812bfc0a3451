//! Writes the bundle: each file, the same compressed with brotli and gzip, and the manifest.
//!
//! The manifest is written last and old files are removed after it, so that a server that reads it meanwhile finds
//! everything it names.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread;

use anyhow::{Context, Result};

use super::manifest::Manifest;
use super::{Output, Outputs};

/// The name of the manifest in the bundle's folder.
pub const MANIFEST: &str = "manifest.json";

/// Formats that are compressed already.
const COMPRESSED_FORMATS: [&str; 2] = [".woff2", ".png"];

/// Writes `outputs` and the manifest into `folder`, and removes what an earlier bundle left there.
///
/// # Errors
/// When the folder cannot be written.
pub fn publish(outputs: Outputs, folder: &Path) -> Result<()> {
    let advice = || format!("{} cannot be written; make it writable", folder.display());
    fs::create_dir_all(folder).with_context(advice)?;
    let mut written = BTreeSet::new();
    // Compressing as hard as possible is slow, and the files do not wait for each other.
    let forms: Vec<_> = thread::scope(|scope| {
        let tasks: Vec<_> = outputs
            .files
            .iter()
            .map(|output| scope.spawn(|| forms(output)))
            .collect();
        tasks
            .into_iter()
            .map(|task| task.join().expect("compressing does not panic"))
            .collect()
    });
    for forms in forms {
        for (name, content) in forms? {
            fs::write(folder.join(&name), content).with_context(advice)?;
            written.insert(name);
        }
    }
    let named = outputs
        .files
        .iter()
        .filter_map(|file| Some((file.logical_name.as_deref()?, &*file.hashed_name)));
    let manifest = Manifest {
        files: named.collect(),
        islands: &outputs.islands,
    };
    let draft = folder.join(".manifest.json");
    fs::write(&draft, serde_json::to_vec_pretty(&manifest)?).with_context(advice)?;
    fs::rename(&draft, folder.join(MANIFEST)).with_context(advice)?;
    written.insert(MANIFEST.into());

    for entry in fs::read_dir(folder).with_context(advice)? {
        let entry = entry.with_context(advice)?;
        if !written.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path()).with_context(advice)?;
        }
    }
    Ok(())
}

/// The file as it is, and its compressed forms where they can be smaller.
fn forms(output: &Output) -> Result<Vec<(String, Vec<u8>)>> {
    let Output {
        hashed_name,
        content,
        ..
    } = output;
    let mut forms = vec![(hashed_name.clone(), content.clone())];
    if !COMPRESSED_FORMATS
        .iter()
        .any(|format| hashed_name.ends_with(format))
    {
        forms.push((format!("{hashed_name}.br"), brotli(content)?));
        forms.push((format!("{hashed_name}.gz"), gzip(content)?));
    }
    Ok(forms)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    const BUFFER_BYTES: usize = 1 << 16;
    const BEST_QUALITY: u32 = 11;
    const WINDOW_BITS: u32 = 22;
    let mut compressor =
        brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, BEST_QUALITY, WINDOW_BITS);
    compressor.write_all(content)?;
    Ok(compressor.into_inner())
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut compressor = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    compressor.write_all(content)?;
    Ok(compressor.finish()?)
}

#[cfg(test)]
mod tests;
