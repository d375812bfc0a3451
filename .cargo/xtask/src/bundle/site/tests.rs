use std::fs;
use std::io::Read;
use std::path::Path;

use insta::assert_snapshot;

use super::*;
use crate::bundle::hashed_name;

fn output(logical_name: &str, content: &[u8]) -> Output {
    Output {
        logical_name: Some(logical_name.into()),
        hashed_name: hashed_name(logical_name, content),
        content: content.into(),
    }
}

fn outputs(files: Vec<Output>) -> Outputs {
    Outputs {
        files,
        islands: vec!["Quiz_1".into()],
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder exists");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("readable")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_bundle_replaces_the_old_one_whole() {
    let site = tempfile::tempdir().expect("a temporary folder");
    publish(
        outputs(vec![output("app.js", b"old"), output("gone.js", b"gone")]),
        site.path(),
    )
    .expect("writable");

    publish(
        outputs(vec![
            output("app.js", b"new"),
            output("serif.woff2", b"font"),
        ]),
        site.path(),
    )
    .expect("writable");

    assert_snapshot!(names(site.path()).join("\n"), @"
    app-11507a0e2f5e69d5.js
    app-11507a0e2f5e69d5.js.br
    app-11507a0e2f5e69d5.js.gz
    manifest.json
    serif-795ea3efa43d0872.woff2
    ");
    let manifest =
        fs::read_to_string(site.path().join(MANIFEST)).expect("the manifest was written");
    assert_snapshot!(manifest, @r#"
    {
      "files": {
        "app.js": "app-11507a0e2f5e69d5.js",
        "serif.woff2": "serif-795ea3efa43d0872.woff2"
      },
      "islands": [
        "Quiz_1"
      ]
    }
    "#);
}

#[test]
fn both_compressed_forms_hold_the_same_as_the_file() {
    let text = "wasm ".repeat(1000).into_bytes();
    let forms = forms(&output("app.js", &text)).expect("compressible");

    let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
    brotli::Decompressor::new(&*forms[1].1, 4096)
        .read_to_end(&mut from_brotli)
        .expect("brotli");
    flate2::read::GzDecoder::new(&*forms[2].1)
        .read_to_end(&mut from_gzip)
        .expect("gzip");

    assert_eq!(from_brotli, text);
    assert_eq!(from_gzip, text);
    assert!(forms[1].1.len() < text.len() / 10);
}
