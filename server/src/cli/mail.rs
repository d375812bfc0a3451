//! The flags of the mail server, shared by the commands that write letters.

use std::{fs, path::PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;

use super::Failure;
use crate::mail::{
    MailConfig, MailServer,
    server::{Password, Protection},
};

/// Where the password may stand instead of a file. There is no flag: everybody on a machine sees a program's arguments.
const PASSWORD: &str = "LATENCY_LAB_SMTP_PASSWORD";

/// `--smtp-…` and `--mail-from`.
#[derive(Args, Debug)]
pub(super) struct Mail {
    /// Host of the mail server; without one no letters are sent
    #[arg(
        long,
        value_name = "HOST",
        env = "LATENCY_LAB_SMTP_HOST",
        requires = "mail_from"
    )]
    smtp_host: Option<String>,
    /// Port of the mail server [default: 465 with tls, 587 with starttls, 25 with none]
    #[arg(long, value_name = "PORT", env = "LATENCY_LAB_SMTP_PORT")]
    smtp_port: Option<u16>,
    /// How the connection to the mail server is protected
    #[arg(
        long,
        value_enum,
        env = "LATENCY_LAB_SMTP_PROTECTION",
        default_value = "tls"
    )]
    smtp_protection: Protection,
    /// Name to sign in at the mail server with; the password comes from the file or from LATENCY_LAB_SMTP_PASSWORD
    #[arg(long, value_name = "NAME", env = "LATENCY_LAB_SMTP_USER")]
    smtp_user: Option<String>,
    /// File with the password for the mail server
    #[arg(long, value_name = "FILE", env = "LATENCY_LAB_SMTP_PASSWORD_FILE")]
    smtp_password_file: Option<PathBuf>,
    /// PEM file of a certificate to trust besides those that everybody trusts
    #[arg(long, value_name = "FILE", env = "LATENCY_LAB_SMTP_CERTIFICATE")]
    smtp_certificate: Option<PathBuf>,
    /// Whom letters are from, such as `Latency Lab <lab@example.com>`
    #[arg(long, value_name = "ADDRESS", env = "LATENCY_LAB_MAIL_FROM")]
    mail_from: Option<String>,
}

impl Mail {
    /// The mail server that was named.
    pub(super) fn config(self) -> Result<Option<MailConfig>, Failure> {
        let (Some(host), Some(from)) = (self.smtp_host, self.mail_from) else {
            return Ok(None);
        };
        let user = match self.smtp_user {
            None => None,
            Some(user) => Some((user, password(self.smtp_password_file)?)),
        };
        let port = self.smtp_port.unwrap_or(match self.smtp_protection {
            Protection::Tls => 465,
            Protection::Starttls => 587,
            Protection::None => 25,
        });
        let config = MailConfig {
            host,
            port,
            protection: self.smtp_protection,
            user,
            certificate: self.smtp_certificate,
            from,
        };
        // What is wrong with it is a mistake on the command line, not a failure of the server.
        MailServer::new(config.clone()).map_err(Failure::Usage)?;
        Ok(Some(config))
    }
}

fn password(file: Option<PathBuf>) -> Result<Password, Failure> {
    if let Some(file) = file {
        let text = fs::read_to_string(&file)
            .with_context(|| format!("the password file {} cannot be read", file.display()))
            .map_err(Failure::Usage)?;
        return Ok(Password(text.trim_end_matches(['\r', '\n']).to_owned()));
    }
    std::env::var(PASSWORD).map(Password).map_err(|_| {
        Failure::Usage(anyhow!(
            "`--smtp-user` needs a password: name its file with `--smtp-password-file`, or set {PASSWORD}"
        ))
    })
}
