//! Debian packages, recognised by a file that each of them brings.

use std::path::Path;

use anyhow::Result;

use crate::compiler::DEBIAN_LINKER;
use crate::process::{command, quietly};
use crate::steps::Steps;

/// A package and a file that is there once it is installed; the file may also have come another way.
pub struct Package {
    name: &'static str,
    brings: &'static str,
}

impl Package {
    const fn new(name: &'static str, brings: &'static str) -> Package {
        Package { name, brings }
    }
}

/// What learners' code is compiled and run in.
pub const SANDBOX: [Package; 1] = [Package::new("bubblewrap", "/usr/bin/bwrap")];

/// A compiler for C. Of the same LLVM as Rust's, so that both make the same code of the same loop.
pub const C: [Package; 4] = [
    Package::new("clang-22", "/usr/lib/llvm-22/bin/clang"),
    Package::new("lld-22", DEBIAN_LINKER),
    Package::new("wasi-libc", "/usr/lib/wasm32-wasi/libc.a"),
    Package::new(
        "libclang-rt-22-dev-wasm32",
        "/usr/lib/llvm-22/lib/clang/22/lib/wasi/libclang_rt.builtins-wasm32.a",
    ),
];

/// The browser of the tests and its WebDriver.
pub const BROWSER: [Package; 2] = [
    Package::new("chromium", "/usr/bin/chromium"),
    Package::new("chromium-driver", "/usr/bin/chromedriver"),
];

/// The mail server of the tests.
pub const MAIL: [Package; 1] = [Package::new(
    "python3-aiosmtpd",
    "/usr/lib/python3/dist-packages/aiosmtpd",
)];

/// A compiler for WebAssembly where rustup's hosts cannot be reached.
pub const COMPILER: [Package; 4] = [
    Package::new("rustc-web", "/usr/bin/rustc"),
    Package::new("cargo-web", "/usr/bin/cargo"),
    Package::new(
        "rust-web-src",
        "/usr/lib/rustlib/src/rust/library/Cargo.toml",
    ),
    Package::new("lld-22", DEBIAN_LINKER),
];

/// Installs those of `packages` that are missing; the list of packages is updated only then.
///
/// # Errors
/// When `apt-get` cannot install them.
pub fn install(packages: &[Package], purpose: &str, steps: &mut Steps) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .filter(|package| !Path::new(package.brings).exists())
        .map(|package| package.name)
        .collect();
    let names: Vec<&str> = packages.iter().map(|package| package.name).collect();
    let purpose = format!("installs Debian's {}, {purpose}", missing.join(", "));
    steps.run(&names.join(", "), &purpose, !missing.is_empty(), || {
        let advice = format!(
            "as root, run `apt-get update && apt-get install {}`",
            missing.join(" ")
        );
        let apt_get = || {
            let mut apt_get = command("apt-get");
            apt_get.env("DEBIAN_FRONTEND", "noninteractive");
            apt_get
        };
        quietly(apt_get().arg("update"), &advice)?;
        let install = ["install", "--yes", "--no-install-recommends"];
        quietly(apt_get().args(install).args(&missing), &advice)?;
        Ok(())
    })
}
