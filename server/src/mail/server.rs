//! The SMTP server that takes letters.
//!
//! 1. A [`Connection`] is opened: TLS, authentication. What fails here is about the server, and nothing was sent.
//! 2. Letters go over it one after the other. A reply that refuses one says that it was certainly not taken. If the
//!    connection breaks or the reply does not come, nobody knows; such a letter must not be sent again.

use std::{fmt, fs, path::PathBuf, time::Duration};

use anyhow::{Context, anyhow};
use lettre::{
    Message,
    message::Mailbox,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        extension::ClientId,
    },
};
use tokio::time;

use super::Letter;

/// How long opening a connection, or handing over a letter, may take.
const LIMIT: Duration = Duration::from_secs(30);

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Protection {
    /// TLS from the first byte.
    Tls,
    /// TLS after the server's greeting; without it nothing is sent.
    Starttls,
    /// None, for a server on the same machine.
    None,
}

/// A password; it is not printed.
#[derive(Clone)]
pub struct Password(pub String);

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// The SMTP server, as an administrator names it.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// Its name, which its certificate must have.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// Who sends, where the server wants to know.
    pub user: Option<(String, Password)>,
    /// A certificate to trust besides those that everybody trusts.
    pub certificate: Option<PathBuf>,
    /// Whom letters are from, with or without a name: `Latency Lab <lab@example.com>`.
    pub from: String,
}

/// A configured server.
#[derive(Clone)]
pub struct MailServer {
    config: MailConfig,
    from: Mailbox,
    tls: Option<TlsParameters>,
}

/// Why a letter was not handed over.
#[derive(Debug)]
pub enum Undelivered {
    /// The server cannot be used at all: our problem, and nothing was sent.
    Server(anyhow::Error),
    /// The server refused this letter: it was not taken.
    Refused(String),
    /// Nobody knows whether it was taken.
    Unknown(String),
}

impl fmt::Display for Undelivered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undelivered::Server(error) => write!(formatter, "{error:#}"),
            Undelivered::Refused(reason) | Undelivered::Unknown(reason) => {
                formatter.write_str(reason)
            }
        }
    }
}

impl MailServer {
    /// Checks the configuration; connects to nothing.
    ///
    /// # Errors
    /// The sender is not an address, or the certificate cannot be read.
    pub fn new(config: MailConfig) -> anyhow::Result<MailServer> {
        let from = config.from.parse().map_err(|_| {
            anyhow!(
                "`--mail-from` is `{}`, which is not an address: write one such as `Latency Lab <lab@example.com>`",
                config.from
            )
        })?;
        let mut parameters = TlsParameters::builder(config.host.clone());
        if let Some(file) = &config.certificate {
            let unreadable = || format!("the certificate {} cannot be read", file.display());
            let pem = fs::read(file).with_context(unreadable)?;
            parameters = parameters
                .add_root_certificate(Certificate::from_pem(&pem).with_context(unreadable)?);
        }
        let tls = match config.protection {
            Protection::None => None,
            Protection::Tls | Protection::Starttls => Some(parameters.build_rustls()?),
        };
        Ok(MailServer { config, from, tls })
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// The server cannot be reached, is not who it should be, or does not let us in.
    pub async fn connect(&self) -> Result<Connection, Undelivered> {
        let opened = time::timeout(LIMIT, self.open())
            .await
            .unwrap_or_else(|_| Err(anyhow!("it does not answer")));
        opened
            .with_context(|| {
                format!(
                    "the mail server {}:{} cannot be used",
                    self.config.host, self.config.port
                )
            })
            .map(|smtp| Connection {
                smtp,
                from: self.from.clone(),
            })
            .map_err(Undelivered::Server)
    }

    async fn open(&self) -> anyhow::Result<AsyncSmtpConnection> {
        let name = ClientId::default();
        let server = (self.config.host.as_str(), self.config.port);
        let at_once = self
            .tls
            .clone()
            .filter(|_| self.config.protection == Protection::Tls);
        let mut smtp =
            AsyncSmtpConnection::connect_tokio1(server, Some(LIMIT), &name, at_once, None).await?;
        if let Some(tls) = self
            .tls
            .clone()
            .filter(|_| self.config.protection == Protection::Starttls)
        {
            smtp.starttls(tls, &name).await?;
        }
        if let Some((user, password)) = &self.config.user {
            let credentials = Credentials::new(user.clone(), password.0.clone());
            smtp.auth(DEFAULT_MECHANISMS, &credentials).await?;
        }
        Ok(smtp)
    }

    /// Sends one letter over a connection of its own.
    ///
    /// # Errors
    /// As [`Undelivered`] says.
    pub async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let mut connection = self.connect().await?;
        let sent = connection.send(letter).await;
        connection.close().await;
        sent
    }
}

/// An open connection.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    from: Mailbox,
}

impl Connection {
    /// Sends a letter.
    ///
    /// # Errors
    /// As [`Undelivered`] says.
    pub async fn send(&mut self, letter: &Letter) -> Result<(), Undelivered> {
        let message: Message = letter
            .message(self.from.clone())
            .map_err(|error| Undelivered::Refused(format!("{error:#}")))?;
        let formatted = message.formatted();
        let sending = self.smtp.send(message.envelope(), &formatted);
        match time::timeout(LIMIT, sending).await {
            Ok(Ok(_)) => Ok(()),
            // A reply, or our own side before anything was written.
            Ok(Err(error)) if error.status().is_some() || error.is_client() => {
                Err(Undelivered::Refused(sentence(&error)))
            }
            Ok(Err(error)) => Err(Undelivered::Unknown(sentence(&error))),
            Err(_) => Err(Undelivered::Unknown("the server did not answer".to_owned())),
        }
    }

    /// Whether another letter can go over it.
    pub fn is_usable(&self) -> bool {
        !self.smtp.has_broken()
    }

    /// Says goodbye.
    pub async fn close(mut self) {
        // A server that does not answer to a goodbye has already taken the letter.
        time::timeout(LIMIT, self.smtp.abort()).await.ok();
    }
}

fn sentence(error: &lettre::transport::smtp::Error) -> String {
    let error = anyhow!("{error}");
    format!("{error:#}")
}
