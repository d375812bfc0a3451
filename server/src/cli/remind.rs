//! `latency-lab remind`: one pass of reminders.

use std::io::{self, BufWriter, Write};

use anyhow::anyhow;
use clap::Args;
use jiff::{Timestamp, tz::TimeZone};

use super::{Failure, Outcome, block_on, mail, places};
use crate::{
    assets::Bundle,
    clock::Clock,
    config::Config,
    reminders::{
        pass::{self, Entry, Options},
        push,
    },
    state::AppState,
};

/// The arguments of `remind`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Only say who would get what, and why
    #[arg(long)]
    dry_run: bool,
    /// The moment that the pass is made for, such as 2026-11-24T08:00:00Z [default: now]
    #[arg(long, value_name = "RFC3339")]
    at: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: places::Data,
    #[command(flatten)]
    exercises: places::Exercises,
    #[command(flatten)]
    mail: mail::Mail,
    /// The address under which learners reach the server
    #[arg(
        long,
        value_name = "URL",
        env = "LATENCY_LAB_PUBLIC_URL",
        default_value = "http://localhost:3000"
    )]
    public_url: String,
    /// IANA time zone of learners who have not said otherwise
    #[arg(
        long,
        value_name = "ZONE",
        env = "LATENCY_LAB_TIME_ZONE",
        default_value = "Europe/Sofia"
    )]
    time_zone: String,
    /// Push services that messages may go to, as `https://host` or `https://*.domain`
    #[arg(long, value_name = "ORIGIN", value_delimiter = ',', env = "LATENCY_LAB_PUSH_SERVICES", default_values = push::SERVICES)]
    push_services: Vec<String>,
}

/// Makes the pass and prints what it did about each learner who can be reached.
pub(super) fn run(arguments: Arguments) -> Outcome {
    let at = match &arguments.at {
        None => Timestamp::now(),
        Some(text) => text.parse().map_err(|_| {
            Failure::Usage(anyhow!(
                "`--at` is `{text}`, which is not a moment: write one such as 2026-11-24T08:00:00Z"
            ))
        })?,
    };
    if TimeZone::get(&arguments.time_zone).is_err() {
        return Err(Failure::Usage(anyhow!(
            "there is no time zone `{}`: name one such as Europe/Sofia",
            arguments.time_zone
        )));
    }
    let (dry_run, json) = (arguments.dry_run, arguments.json);
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data: arguments.data.open()?,
        content: "content/lessons".into(),
        exercises: arguments.exercises.exercises,
        toolchain: ".data/toolchain".into(),
        public_url: Some(arguments.public_url.trim_end_matches('/').to_owned()),
        time_zone: arguments.time_zone,
        mail: arguments.mail.config()?,
        push_services: arguments.push_services,
        author: false,
        worker: None,
    };
    let options = Options {
        at,
        dry_run,
        everyone: true,
    };
    let entries = block_on(make(config, options))??;
    if json {
        let mut output = BufWriter::new(io::stdout().lock());
        serde_json::to_writer(&mut output, &entries)?;
        writeln!(output)?;
    } else {
        print(&entries, dry_run);
    }
    Ok(())
}

async fn make(config: Config, options: Options) -> anyhow::Result<Vec<Entry>> {
    let state = AppState::open(config, Clock::System, Bundle::default()).await?;
    let mut entries = Vec::new();
    pass::make(&state, options, |entry| entries.push(entry)).await?;
    state.db.close().await;
    Ok(entries)
}

fn print(entries: &[Entry], dry_run: bool) {
    if entries.is_empty() {
        println!("no learner has a confirmed address or a browser that asked for messages");
    }
    for entry in entries {
        let verb = match (entry.send, dry_run) {
            (true, true) => "would get",
            (true, false) => "gets",
            (false, _) => "gets no",
        };
        println!(
            "learner {} {verb} {}: {}, {} due, {}",
            entry.learner,
            entry.channel,
            entry.reason,
            entry.items.len(),
            entry.at
        );
    }
}
