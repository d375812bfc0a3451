//! Configuration of a running server: where things are.

use std::{net::SocketAddr, path::PathBuf};

use anyhow::{Context, bail};

use crate::mail::MailConfig;

/// The folder of a checkout that holds the data when no other is named.
pub const DEFAULT_DATA: &str = ".data";

/// The file inside the data folder.
pub const DATABASE_FILE: &str = "latency-lab.db";

/// Everything that `serve` needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the database is.
    pub data: DataFolder,
    /// The folder of lessons.
    pub content: PathBuf,
    /// The folder of exercises.
    pub exercises: PathBuf,
    /// The learner toolchain.
    pub toolchain: PathBuf,
    /// The address under which learners reach the server, without a slash at its end; by default this machine and the
    /// port that is listened on.
    pub public_url: Option<String>,
    /// The IANA time zone of learners who have not said otherwise.
    pub time_zone: String,
    /// The mail server; without one, no letters are sent, and the pages say so.
    pub mail: Option<MailConfig>,
    /// The push services that messages may go to, as `https://host` or `https://*.domain`.
    pub push_services: Vec<String>,
    /// Whether everybody who reaches the server may write lessons: an author works on this machine.
    pub author: bool,
    /// The program to start as the worker; without one, submissions are refused.
    pub worker: Option<PathBuf>,
}

impl Config {
    /// The address under which learners reach the server, without a slash at its end.
    pub fn public_url(&self) -> String {
        let local = || format!("http://localhost:{}", self.listen.port());
        self.public_url.clone().unwrap_or_else(local)
    }

    /// How the operator of a push service finds us: mail, else the site.
    pub fn contact(&self) -> String {
        self.mail.as_ref().map_or_else(
            || self.public_url(),
            |mail| {
                let address = mail.from.rsplit('<').next().unwrap_or_default();
                format!("mailto:{}", address.trim_end_matches('>').trim())
            },
        )
    }

    /// Whether cookies may travel over TLS only.
    pub fn secure_cookies(&self) -> bool {
        self.public_url
            .as_ref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

/// Where the database is.
#[derive(Clone, Debug)]
pub struct DataFolder {
    /// The folder.
    pub folder: PathBuf,
    /// The database in it.
    pub database: PathBuf,
}

impl DataFolder {
    /// The folder to use: the one that was named, which must exist, else the default, which is made.
    ///
    /// A database file may be named instead of its folder, so that a server can be started on a backup.
    ///
    /// # Errors
    /// The named folder does not exist, or the default one cannot be made.
    pub fn open(named: Option<PathBuf>) -> anyhow::Result<DataFolder> {
        let folder = match named {
            Some(path) if path.is_file() => {
                let folder = path.parent().map(PathBuf::from).unwrap_or_default();
                return Ok(DataFolder {
                    folder,
                    database: path,
                });
            }
            Some(folder) if folder.is_dir() => folder,
            Some(folder) => bail!(
                "the data folder {} does not exist: create it, or leave `--data` out to use {DEFAULT_DATA}",
                folder.display()
            ),
            None => {
                let folder = PathBuf::from(DEFAULT_DATA);
                std::fs::create_dir_all(&folder).with_context(|| {
                    format!("the data folder {DEFAULT_DATA} cannot be created here")
                })?;
                folder
            }
        };
        Ok(DataFolder {
            database: folder.join(DATABASE_FILE),
            folder,
        })
    }
}
