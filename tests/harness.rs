//! A laboratory for one story: server, clock, browser, and what a learner does and sees in it.

mod browser;
mod learner;
mod process;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use jiff::{SignedDuration, Timestamp};
use server::{
    Server,
    clock::{Clock, ManualClock},
    config::{Config, DataFolder},
};
use tempfile::TempDir;
use thirtyfour::WebDriver;

use browser::Chromedriver;
pub use browser::Scripts;
pub use process::Process;

/// When every story begins: a Tuesday morning in Sofia.
const BEGINNING: &str = "2026-11-24T08:00:00Z";

/// Everything that a story needs.
pub struct Lab {
    /// The browser.
    pub driver: WebDriver,
    clock: ManualClock,
    server: Server,
    address: String,
    name: &'static str,
    _chromedriver: Chromedriver,
    _folder: TempDir,
}

impl Lab {
    /// Opens a laboratory and tells `story` in it. When the story fails, what the browser showed is kept.
    ///
    /// # Errors
    /// The story failed, the browser reported an error, or something is missing on this machine.
    pub async fn tell(
        name: &'static str,
        scripts: Scripts,
        story: impl AsyncFnOnce(&Lab) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        Lab::tell_with(name, scripts, Vec::new(), story).await
    }

    /// The same with push services that the server may send messages to.
    ///
    /// # Errors
    /// As [`Lab::tell`].
    pub async fn tell_with(
        name: &'static str,
        scripts: Scripts,
        push_services: Vec<String>,
        story: impl AsyncFnOnce(&Lab) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let lab = Lab::open(name, scripts, push_services).await?;
        let told = match story(&lab).await {
            Ok(()) => lab.has_no_complaints().await,
            Err(error) => Err(error),
        };
        if told.is_err() {
            lab.keep_evidence().await?;
        }
        lab.driver.quit().await?;
        lab.server.stop().await?;
        told
    }

    async fn open(
        name: &'static str,
        scripts: Scripts,
        push_services: Vec<String>,
    ) -> anyhow::Result<Lab> {
        let folder = tempfile::tempdir()?;
        let clock = ManualClock::new(BEGINNING.parse::<Timestamp>()?);
        let config = Config {
            push_services,
            ..configuration(folder.path())?
        };
        let server = Server::start(config, Clock::Manual(clock.clone())).await?;
        let chromedriver = Chromedriver::start().await?;
        let driver = chromedriver.open_browser(scripts).await?;
        let address = format!("http://localhost:{}", server.address().port());
        Ok(Lab {
            driver,
            clock,
            server,
            address,
            name,
            _chromedriver: chromedriver,
            _folder: folder,
        })
    }

    /// Lets days pass.
    pub fn days_pass(&self, days: i64) {
        self.clock.advance(SignedDuration::from_hours(24 * days));
    }

    /// Waits until every submission has its verdict.
    pub async fn drain(&self) -> anyhow::Result<()> {
        self.server.drain().await
    }

    /// Makes a pass of reminders now.
    pub async fn remind(&self) -> anyhow::Result<()> {
        self.server.remind().await
    }

    /// Scheme, host and port of the server.
    pub fn origin(&self) -> &str {
        &self.address
    }

    /// Opens a page.
    pub async fn visit(&self, path: &str) -> anyhow::Result<()> {
        self.driver.goto(format!("{}{path}", self.address)).await?;
        Ok(())
    }

    /// The path and fragment of the page that is open.
    pub async fn place(&self) -> anyhow::Result<String> {
        let url = self.driver.current_url().await?;
        let fragment = url.fragment().map(|fragment| format!("#{fragment}"));
        Ok(format!("{}{}", url.path(), fragment.unwrap_or_default()))
    }

    /// Makes the window as wide as a device, and light or dark.
    pub async fn looks(&self, width: u32, height: u32, scheme: &str) -> anyhow::Result<()> {
        let tools = self.driver.cdp();
        let metrics = serde_json::json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500
        });
        tools
            .send_raw("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        let media = serde_json::json!({
            "features": [
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "prefers-reduced-motion", "value": "reduce"}
            ]
        });
        tools.send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Fails when the browser's console has an error, such as a blocked script or style.
    async fn has_no_complaints(&self) -> anyhow::Result<()> {
        let complaints: Vec<String> = self
            .driver
            .browser_log()
            .await?
            .into_iter()
            // The 404 of a page that a story asks for on purpose is the browser's remark, not an error of a page.
            .filter(|entry| entry.level == "SEVERE" && !entry.message.contains("status of 404"))
            .map(|entry| entry.message)
            .collect();
        ensure!(
            complaints.is_empty(),
            "the browser complained: {complaints:#?}"
        );
        Ok(())
    }

    async fn keep_evidence(&self) -> anyhow::Result<()> {
        let folder = workspace().join("target/browser-tests").join(self.name);
        fs::create_dir_all(&folder)?;
        self.driver.screenshot(&folder.join("page.png")).await?;
        fs::write(folder.join("page.html"), self.driver.source().await?)?;
        eprintln!("what the browser showed is in {}", folder.display());
        Ok(())
    }
}

/// The root of the repository.
pub fn workspace() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}

/// The program, which `cargo xtask test` builds before the tests.
pub fn program() -> anyhow::Result<PathBuf> {
    let test = env::current_exe()?;
    let program = test
        .ancestors()
        .nth(2)
        .context("tests lie two folders below the target folder")?
        .join("latency-lab");
    ensure!(
        program.is_file(),
        "{} is missing: run `cargo build -p server` or `cargo xtask test`",
        program.display()
    );
    Ok(program)
}

/// The folder of the learner toolchain.
pub fn toolchain() -> PathBuf {
    env::var_os("LATENCY_LAB_TOOLCHAIN")
        .map_or_else(|| workspace().join(".data/toolchain"), PathBuf::from)
}

fn configuration(folder: &Path) -> anyhow::Result<Config> {
    Ok(Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data: DataFolder {
            folder: folder.into(),
            database: folder.join("latency-lab.db"),
        },
        content: workspace().join("content/lessons"),
        exercises: workspace().join("exercises/catalog"),
        toolchain: toolchain(),
        public_url: None,
        author: false,
        time_zone: "Europe/Sofia".to_owned(),
        mail: None,
        push_services: Vec::new(),
        worker: Some(program()?),
    })
}
