//! Where things are in the repository and in what is built from it.

use std::path::{Path, PathBuf};

/// The folders that the steps read and write.
pub struct Layout {
    root: PathBuf,
    cargo_target: PathBuf,
    toolchain: PathBuf,
}

impl Layout {
    /// The repository this program was compiled in; `toolchain` may be relative to its root.
    pub fn new(toolchain: &Path) -> Layout {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = crate_folder
            .ancestors()
            .nth(2)
            .expect("the crate is two folders below the root");
        let cargo_target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        Layout {
            root: root.into(),
            cargo_target: root.join(cargo_target),
            toolchain: root.join(toolchain),
        }
    }

    /// The root of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The crate with pages and islands; its npm packages are there too.
    pub fn app(&self) -> PathBuf {
        self.root.join("app")
    }

    /// Where npm puts the packages.
    pub fn npm_packages(&self) -> PathBuf {
        self.app().join("node_modules")
    }

    /// The folder of the learner toolchain.
    pub fn toolchain(&self) -> &Path {
        &self.toolchain
    }

    /// What the browser downloads; debug builds of the server read it, release builds embed it.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// What cargo builds for this machine.
    pub fn cargo_target(&self) -> &Path {
        &self.cargo_target
    }

    /// What cargo builds for the browser: a folder of its own, so that neither build waits for the other's lock.
    pub fn wasm_target(&self) -> PathBuf {
        self.cargo_target.join("wasm")
    }

    /// Records and intermediate files of this program.
    pub fn notes(&self) -> PathBuf {
        self.cargo_target.join("xtask")
    }
}
