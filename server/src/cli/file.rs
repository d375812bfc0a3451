//! `latency-lab.toml`: values for flags that are given neither on the command line nor in the environment.

use std::{fs, io, path::Path};

use anyhow::{Context, bail};

/// The file, in the current folder.
const FILE: &str = "latency-lab.toml";

/// The command with the file's values as the defaults of its flags, so that `--help` shows what is in force.
///
/// # Errors
/// The file cannot be read or has a key that no command knows.
pub(super) fn with_defaults(command: clap::Command) -> anyhow::Result<clap::Command> {
    let text = match fs::read_to_string(Path::new(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(command),
        Err(error) => return Err(error).with_context(|| format!("{FILE} cannot be read")),
    };
    let table: toml::Table = text
        .parse()
        .with_context(|| format!("{FILE} is not valid TOML"))?;
    table
        .iter()
        .try_fold(command, |command, (key, value)| apply(command, key, value))
}

fn apply(command: clap::Command, key: &str, value: &toml::Value) -> anyhow::Result<clap::Command> {
    let id = key.replace('-', "_");
    let value = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) => {
            value.to_string()
        }
        _ => bail!("{FILE}: `{key}` must be a text, a number, or true or false"),
    };
    let mut known = false;
    let command = command.mut_subcommands(|subcommand| {
        let has = subcommand
            .get_arguments()
            .any(|argument| argument.get_id() == id.as_str() && argument.get_env().is_some());
        known |= has;
        if has {
            subcommand.mut_arg(&id, |argument| argument.default_value(value.clone()))
        } else {
            subcommand
        }
    });
    if known {
        Ok(command)
    } else {
        bail!("{FILE}: no command has a setting `{key}`: see `latency-lab serve --help`")
    }
}
