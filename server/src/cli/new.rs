//! `latency-lab new`: the files of something new, which works as it stands and says what to write instead.

mod lesson;

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use exercises::{Slug, skeleton};

use super::{Failure, Outcome, places};

/// The arguments of `new`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A lesson: a skeleton that `check` has nothing to say about once it is filled in, never over a file that exists
    Lesson(lesson::Arguments),
    /// An exercise: a folder with everything that one has
    Exercise {
        /// Its permanent name, which is the name of its folder and part of its address
        slug: String,
        #[command(flatten)]
        exercises: places::Exercises,
    },
}

/// Writes the files, and says what to do next.
pub(super) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.what {
        What::Lesson(arguments) => lesson::run(arguments),
        What::Exercise { slug, exercises } => exercise(slug, exercises),
    }
}

fn exercise(slug: &str, exercises: &places::Exercises) -> Outcome {
    let slug = Slug::new(slug).ok_or_else(|| {
        Failure::Usage(anyhow!(
            "`{slug}` cannot be part of an address: use lower-case letters, digits and hyphens"
        ))
    })?;
    let root = places::existing_folder(&exercises.exercises, "--exercises")?;
    let folder = root.join(slug.as_str());
    if folder.exists() {
        return Err(Failure::Usage(anyhow!(
            "{} exists already, and nothing is written over it: choose another name",
            folder.display()
        )));
    }
    // Written beside its place and then moved there, so that nobody ever sees a part of it.
    let beside = tempfile::Builder::new()
        .prefix(".new-")
        .permissions(fs::Permissions::from_mode(0o755))
        .tempdir_in(root)
        .with_context(|| format!("nothing can be written in {}", root.display()))
        .map_err(Failure::Usage)?;
    for (name, text) in skeleton::files() {
        let file: PathBuf = beside.path().join(name);
        fs::create_dir_all(file.parent().unwrap_or(beside.path()))?;
        fs::write(file, text)?;
    }
    fs::rename(beside.keep(), &folder)?;
    println!(
        "{0} is there: its README.md says what to write. Then run `latency-lab check --grade {0}`.",
        folder.display()
    );
    Ok(())
}
