//! AssemblyScript: the npm package `assemblyscript`, which brings its own binaryen, and the Node that runs it.

use std::fs;

use anyhow::{Context, Result};

use super::{Compiler, file, files_below, libraries};
use crate::layout::Layout;
use crate::process::{command, quietly};
use crate::steps::Steps;

/// The packages that the compiler consists of, and the files of each that it loads.
const PACKAGES: [(&str, &[&str]); 3] = [
    (
        "assemblyscript",
        &["package.json", "dist/asc.js", "dist/assemblyscript.js"],
    ),
    ("binaryen", &["package.json", "index.js"]),
    ("long", &["package.json", "index.js"]),
];

/// What npm installs, exactly: the files of a package beside this module.
const MANIFEST: &str = include_str!("assemblyscript/package.json");
const LOCK: &str = include_str!("assemblyscript/package-lock.json");

/// Allocates, so that the runtime must be there.
const PROGRAM: &str = "
export function squares(count: i32): u64 {
  const list = new Array<u64>();
  for (let index = 0; index < count; index++) list.push(u64(index) * index);
  return list[count - 1];
}
";

/// Installs the package and lists what to copy.
///
/// # Errors
/// When Node is missing or the package cannot be had.
pub fn prepare(layout: &Layout, steps: &mut Steps) -> Result<Compiler> {
    let folder = layout.notes().join("assemblyscript");
    let installed = folder.join("installed");
    let is_current = fs::read_to_string(&installed).is_ok_and(|lock| lock == LOCK);
    let purpose = "installs npm's assemblyscript, the compiler of exercises in AssemblyScript";
    steps.run("assemblyscript", purpose, !is_current, || {
        let written = |name: &str, text: &str| {
            fs::write(folder.join(name), text)
                .with_context(|| format!("{} cannot be written", folder.display()))
        };
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be written", folder.display()))?;
        written("package.json", MANIFEST)?;
        written("package-lock.json", LOCK)?;
        let mut npm = command("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&folder);
        quietly(&mut npm, "check the network, then run this again")?;
        written("installed", LOCK)
    })?;
    let node = quietly(
        command("node").args(["--print", "process.execPath"]),
        "install Node 20 or newer",
    )?;
    let node = node.trim_end();
    let version = quietly(command("node").arg("--version"), "install Node 20 or newer")?;
    let mut parts = vec![file(node, "usr/bin/node")?];
    parts.extend(libraries(&[node])?);
    let packages = folder.join("node_modules");
    for (package, files) in PACKAGES {
        let to = format!("usr/lib/node_modules/{package}");
        parts.extend(files_below(&packages.join(package), &to, |name| {
            files.contains(&name)
        })?);
    }
    let of_package: serde_json::Value = fs::read(packages.join("assemblyscript/package.json"))
        .map_err(anyhow::Error::from)
        .and_then(|bytes| Ok(serde_json::from_slice(&bytes)?))
        .context("the package assemblyscript is incomplete; run this again")?;
    let asc = of_package["version"].as_str().unwrap_or("?");
    let words = [
        "/usr/bin/node",
        "--liftoff-only",
        "--input-type=module",
        "--eval",
        "import { main } from '/usr/lib/node_modules/assemblyscript/dist/asc.js';\
         const { error, stderr } = await main(['program.ts', '--outFile=out.wasm', '-O3']);\
         if (error) { console.error(String(stderr)); process.exitCode = 1; }",
    ];
    Ok(Compiler {
        language: "assemblyscript",
        version: format!("asc {asc}, Node {}", version.trim().trim_start_matches('v')),
        copied_from: format!("{LOCK}{version}"),
        parts,
        trial: ("program.ts", PROGRAM),
        command: words.map(str::to_owned).to_vec(),
    })
}
