//! Debian's Chromium and its WebDriver, a new one for each story.

use std::{net::TcpListener, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, ensure};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time,
};

const CHROMIUM: &str = "/usr/bin/chromium";
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// How long the WebDriver may take to say that it is ready.
const START_LIMIT: Duration = Duration::from_secs(30);

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// As in most browsers.
    On,
    /// As in a browser without wasm, or for a person who forbids scripts.
    Off,
}

/// A running WebDriver; it ends with the story.
pub struct Chromedriver {
    _process: Child,
    address: String,
}

impl Chromedriver {
    /// Starts it on a free port.
    pub async fn start() -> anyhow::Result<Chromedriver> {
        for program in [CHROMIUM, CHROMEDRIVER] {
            ensure!(
                Path::new(program).is_file(),
                "{program} is missing: run `cargo xtask test`, which installs Debian's chromium and chromium-driver"
            );
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut process = Command::new(CHROMEDRIVER)
            .arg(format!("--port={port}"))
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let output = process.stdout.take().context("it has an output")?;
        let mut lines = BufReader::new(output).lines();
        let ready = async {
            while let Some(line) = lines.next_line().await? {
                if line.contains("started successfully") {
                    return Ok(());
                }
            }
            anyhow::bail!("chromedriver ended before it was ready")
        };
        time::timeout(START_LIMIT, ready)
            .await
            .context("chromedriver does not start")??;
        Ok(Chromedriver {
            _process: process,
            address: format!("http://localhost:{port}"),
        })
    }

    /// Opens a browser with a new profile.
    pub async fn open_browser(&self, scripts: Scripts) -> anyhow::Result<WebDriver> {
        let mut capabilities = DesiredCapabilities::chrome();
        capabilities.set_binary(CHROMIUM)?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--disable-sync",
            // Smooth scrolling would carry away what is about to be clicked.
            "--force-prefers-reduced-motion",
            "--window-size=1280,1000",
        ] {
            capabilities.add_arg(argument)?;
        }
        let allow_or_block = if scripts == Scripts::On { 1 } else { 2 };
        let preferences = serde_json::json!({
            "intl.accept_languages": "bg,en",
            "profile.managed_default_content_settings.javascript": allow_or_block
        });
        capabilities.add_experimental_option("prefs", preferences)?;
        Ok(WebDriver::new(&self.address, capabilities).await?)
    }
}
