//! A server of the bench's own: a free port, an empty data folder, gone at the end.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::layout::Layout;
use crate::serve;

/// A running server; dropping it ends the process.
pub struct Server {
    process: Child,
    address: String,
}

impl Server {
    /// Starts the server on `data` and waits until it says that it is ready. Also gives the time that took.
    ///
    /// # Errors
    /// When it ends before it is ready.
    pub fn start(layout: &Layout, data: &Path) -> Result<(Server, Duration)> {
        Server::start_with(layout, data, &[])
    }

    /// The same with more arguments.
    ///
    /// # Errors
    /// When it ends before it is ready.
    pub fn start_with(
        layout: &Layout,
        data: &Path,
        arguments: &[&str],
    ) -> Result<(Server, Duration)> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = serve::program(layout);
        command
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(data)
            .args(arguments);
        let start = Instant::now();
        let mut process = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = process
            .stdout
            .take()
            .context("the server has no standard output")?;
        let server = Server {
            process,
            address: format!("http://localhost:{port}"),
        };
        let mut lines = BufReader::new(output).lines();
        let ready = lines.any(|line| line.is_ok_and(|line| line.starts_with("http://")));
        let time = start.elapsed();
        anyhow::ensure!(
            ready,
            "the server ended at once; start it with `cargo xtask serve` to see why"
        );
        Ok((server, time))
    }

    /// `http://localhost` and the port.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its data is thrown away with it, so it need not end gracefully. Its worker ends with its standard input.
        if self.process.kill().is_ok() {
            _ = self.process.wait();
        }
    }
}
