//! C: Debian's clang and lld, its own headers, and the headers and library of wasi-libc.

use std::path::Path;

use anyhow::{Context, Result};

use super::{Compiler, file, files_below, libraries};
use crate::compiler::DEBIAN_LINKER;
use crate::process::{command, quietly};
use crate::setup::debian;
use crate::steps::Steps;

const CLANG: &str = "/usr/lib/llvm-22/bin/clang";

/// What clang itself brings: headers and the functions that code for WebAssembly may call.
const RESOURCES: &str = "/usr/lib/llvm-22/lib/clang/22";

/// The beginnings of the names of clang's headers that are not for other processors.
const HEADERS: [&str; 9] = [
    "__float",
    "__std",
    "float",
    "inttypes",
    "iso646",
    "limits",
    "std",
    "tgmath",
    "wasm_simd128",
];

/// Allocates, computes and copies, so that a good part of the library must be there and fit together.
const PROGRAM: &str = r#"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

double distance(const double *from, size_t length) {
  double *copy = malloc(length * sizeof *copy), sum = 0;
  memcpy(copy, from, length * sizeof *copy);
  for (size_t index = 0; index < length; index++) sum += copy[index] * sin(copy[index]);
  free(copy);
  return sqrt(sum) + (double)((__int128)length * length / 3);
}
"#;

/// Installs the packages and lists what to copy.
///
/// # Errors
/// When a package cannot be had, or lacks a file.
pub fn prepare(steps: &mut Steps) -> Result<Compiler> {
    debian::install(&debian::C, "the compiler of exercises in C", steps)?;
    let printed = quietly(command(CLANG).arg("--version"), "install clang-22 anew")?;
    let version = printed
        .split_whitespace()
        .skip_while(|word| *word != "version")
        .nth(1)
        .context("clang --version names no version; install clang-22 anew")?;
    let library = quietly(
        command("dpkg-query").args(["--show", "wasi-libc", "libclang-rt-22-dev-wasm32", "lld-22"]),
        "install wasi-libc anew",
    )?;
    // The linker decides by its own name which one it is.
    let mut parts = vec![
        file(CLANG, "usr/bin/clang")?,
        file(DEBIAN_LINKER, "usr/bin/wasm-ld")?,
    ];
    parts.extend(libraries(&[CLANG, DEBIAN_LINKER])?);
    let resources = Path::new(RESOURCES);
    parts.extend(files_below(
        &resources.join("include"),
        "usr/lib/clang/22/include",
        |name| HEADERS.iter().any(|header| name.starts_with(header)),
    )?);
    parts.extend(files_below(
        &resources.join("lib/wasi"),
        "usr/lib/clang/22/lib/wasi",
        |_| true,
    )?);
    parts.extend(files_below(
        Path::new("/usr/include/wasm32-wasi"),
        "usr/include/wasm32-wasi",
        |_| true,
    )?);
    parts.extend(files_below(
        Path::new("/usr/lib/wasm32-wasi"),
        "usr/lib/wasm32-wasi",
        |name| ["libc.a", "libm.a"].contains(&name),
    )?);
    let words = [
        "/usr/bin/clang",
        "--target=wasm32-wasi",
        "-O3",
        "-w",
        "-fuse-ld=/usr/bin/wasm-ld",
        "-nostartfiles",
        "-Wl,--no-entry",
        "-Wl,--export=distance",
        "program.c",
        "-o",
        "out.wasm",
    ];
    Ok(Compiler {
        language: "c",
        version: format!("clang {version}"),
        copied_from: format!("{printed}{library}"),
        parts,
        trial: ("program.c", PROGRAM),
        command: words.map(str::to_owned).to_vec(),
    })
}
