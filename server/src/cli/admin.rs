//! `latency-lab admin`: what only somebody with access to the machine may do.

use anyhow::anyhow;
use app::text::Language;
use clap::{Args, Subcommand};

use super::{Failure, Outcome, block_on, places};
use crate::{
    accounts::{self, Role},
    assets::Bundle,
    clock::Clock,
    config::Config,
    mail::Address,
    state::AppState,
};

/// The arguments of `admin`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print a link, valid once and for three days, with which a person gets an account with a role.
    Invite(Invite),
}

#[derive(Args, Debug)]
struct Invite {
    /// The person's e-mail address
    email: String,
    /// What they may do
    #[arg(long, value_enum, default_value = "administrator")]
    role: Role,
    /// The language of the page that the link leads to
    #[arg(long, default_value = "bg", value_parser = language)]
    lang: Language,
    #[command(flatten)]
    data: places::Data,
    #[command(flatten)]
    exercises: places::Exercises,
    /// The address under which learners reach the server
    #[arg(
        long,
        value_name = "URL",
        env = "LATENCY_LAB_PUBLIC_URL",
        default_value = "http://localhost:3000"
    )]
    public_url: String,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "the languages are bg and en".to_owned())
}

/// Does what the subcommand says.
pub(super) fn run(arguments: Arguments) -> Outcome {
    let Command::Invite(invite) = arguments.command;
    let address = Address::read(&invite.email).map_err(|_| {
        Failure::Usage(anyhow!(
            "`{}` is not an e-mail address: write one such as ada@example.org",
            invite.email.escape_debug()
        ))
    })?;
    let config = Config {
        listen: ([127, 0, 0, 1], 0).into(),
        data: invite.data.open()?,
        content: "content/lessons".into(),
        exercises: invite.exercises.exercises,
        toolchain: ".data/toolchain".into(),
        public_url: Some(invite.public_url.trim_end_matches('/').to_owned()),
        time_zone: "Europe/Sofia".to_owned(),
        mail: None,
        push_services: Vec::new(),
        author: false,
        worker: None,
    };
    let (role, lang) = (invite.role, invite.lang);
    let link = block_on(async move {
        let state = AppState::open(config, Clock::System, Bundle::default()).await?;
        let link = accounts::invite(&state, &address, role, lang).await?;
        state.db.close().await;
        anyhow::Ok(link)
    })??;
    println!("{link}");
    Ok(())
}
