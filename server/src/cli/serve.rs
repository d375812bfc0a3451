//! `latency-lab serve`.

use std::net::SocketAddr;

use anyhow::{Context, anyhow};
use clap::Args;
use jiff::tz::TimeZone;
use tokio::signal::unix::{SignalKind, signal};

use super::{Failure, Outcome, block_on, mail, places};
use crate::{Server, clock::Clock, config::Config, reminders::push};

/// The arguments of `serve`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Address and port to listen on
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        env = "LATENCY_LAB_LISTEN",
        default_value = "127.0.0.1:3000"
    )]
    listen: SocketAddr,
    #[command(flatten)]
    data: places::Data,
    #[command(flatten)]
    content: places::Content,
    #[command(flatten)]
    exercises: places::Exercises,
    #[command(flatten)]
    toolchain: places::Toolchain,
    /// The address under which learners reach the server [default: http://localhost and the port]
    #[arg(long, value_name = "URL", env = "LATENCY_LAB_PUBLIC_URL")]
    public_url: Option<String>,
    /// IANA time zone of learners who have not said otherwise
    #[arg(
        long,
        value_name = "ZONE",
        env = "LATENCY_LAB_TIME_ZONE",
        default_value = "Europe/Sofia"
    )]
    time_zone: String,
    #[command(flatten)]
    mail: mail::Mail,
    /// Push services that messages may go to, as `https://host` or `https://*.domain`
    #[arg(long, value_name = "ORIGIN", value_delimiter = ',', env = "LATENCY_LAB_PUSH_SERVICES", default_values = push::SERVICES)]
    push_services: Vec<String>,
    /// You write lessons on this machine: `/bg/teach` is open to everybody who reaches the server, which must listen to
    /// this machine only, and pages show at once what you save
    #[arg(long)]
    author: bool,
    /// Start no worker: reading and reviewing work, submissions are refused
    #[arg(long)]
    no_worker: bool,
}

/// Serves until a signal says stop.
pub(super) fn run(arguments: Arguments) -> Outcome {
    if TimeZone::get(&arguments.time_zone).is_err() {
        return Err(Failure::Usage(anyhow!(
            "there is no time zone `{}`: name one such as Europe/Sofia",
            arguments.time_zone
        )));
    }
    if arguments.author && (!arguments.listen.ip().is_loopback() || arguments.public_url.is_some())
    {
        return Err(Failure::Usage(anyhow!(
            "`--author` lets everybody who reaches the server write lessons: leave `--public-url` out and listen to this machine only"
        )));
    }
    places::existing_folder(&arguments.content.content, "--content")?;
    places::existing_folder(&arguments.exercises.exercises, "--exercises")?;
    let worker = if arguments.no_worker {
        None
    } else {
        Some(std::env::current_exe()?)
    };
    let config = Config {
        listen: arguments.listen,
        data: arguments.data.open()?,
        content: arguments.content.content,
        exercises: arguments.exercises.exercises,
        toolchain: arguments.toolchain.toolchain,
        public_url: arguments
            .public_url
            .map(|url| url.trim_end_matches('/').to_owned()),
        time_zone: arguments.time_zone,
        mail: arguments.mail.config()?,
        push_services: arguments.push_services,
        author: arguments.author,
        worker,
    };
    block_on(serve(config))??;
    Ok(())
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("signals cannot be received")?;
    let server = Server::start(config, Clock::System).await?;
    println!("{}", server.public_url());
    tracing::info!(address = %server.address(), "ready");
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    server.stop().await
}
