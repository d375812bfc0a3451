//! A real SMTP server, with TLS and authentication: Debian's `python3-aiosmtpd`.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde::Deserialize;
use tempfile::TempDir;

use crate::mail::{
    MailConfig,
    server::{Password, Protection},
};

/// Debian's Python, which has the package; another one on the path may not.
const PYTHON: &str = "/usr/bin/python3";

/// A running server.
pub struct SmtpServer {
    process: Child,
    folder: TempDir,
    port: u16,
    protection: Protection,
}

/// A letter that it took.
#[derive(Debug, Deserialize)]
pub struct Taken {
    /// The mailboxes that it is for.
    pub to: Vec<String>,
    /// Its headers, their names in lower case.
    pub headers: BTreeMap<String, String>,
    /// Its text.
    pub text: String,
    /// Its HTML.
    pub html: String,
}

impl Taken {
    /// The path of the first link that has `part` in it.
    pub fn path(&self, part: &str) -> String {
        let line = self
            .text
            .lines()
            .find(|line| line.contains(part))
            .unwrap_or_else(|| panic!("no link to {part}: {}", self.text));
        line.trim_start_matches("https://lab.example").to_owned()
    }
}

impl SmtpServer {
    /// Starts one.
    pub fn start(protection: Protection) -> SmtpServer {
        let folder = tempfile::tempdir().expect("a folder");
        let own =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let (certificate, key) = (
            folder.path().join("cert.pem"),
            folder.path().join("key.pem"),
        );
        fs::write(&certificate, own.cert.pem()).expect("a file");
        fs::write(&key, own.signing_key.serialize_pem()).expect("a file");
        let script = folder.path().join("smtp_server.py");
        fs::write(&script, include_str!("smtp_server.py")).expect("a file");
        let mode = if protection == Protection::Tls {
            "tls"
        } else {
            "starttls"
        };
        let mut process = Command::new(PYTHON)
            .arg(script)
            .arg(mode)
            .args([&certificate, &key])
            .arg(folder.path())
            .stdout(Stdio::piped())
            // It warns of settings that are meant so here.
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's python3 is there");
        let mut port = String::new();
        BufReader::new(process.stdout.take().expect("an output"))
            .read_line(&mut port)
            .expect("a line");
        let port = port
            .trim()
            .parse()
            .expect("the mail server starts: `apt-get install python3-aiosmtpd`");
        SmtpServer {
            process,
            folder,
            port,
            protection,
        }
    }

    /// How to reach it.
    pub fn config(&self) -> MailConfig {
        MailConfig {
            host: "localhost".to_owned(),
            port: self.port,
            protection: self.protection,
            user: Some(("lab".to_owned(), Password("secret".to_owned()))),
            certificate: Some(self.folder.path().join("cert.pem")),
            from: "Latency Lab <lab@lab.example>".to_owned(),
        }
    }

    /// The letters that it took, in order.
    pub fn letters(&self) -> Vec<Taken> {
        let mut files: Vec<_> = fs::read_dir(self.folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "json")
            })
            .collect();
        files.sort();
        files
            .iter()
            .map(|file| {
                serde_json::from_slice(&fs::read(file).expect("a letter")).expect("a letter")
            })
            .collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
