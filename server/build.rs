//! Makes an empty database from `migrations/`, so that `sqlx::query!` checks every query against the real schema.

use std::{env, error::Error, fs, path::Path};

use sqlx::{ConnectOptions, migrate::Migrator, sqlite::SqliteConnectOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let migrations = Path::new("../migrations");
    println!("cargo::rerun-if-changed={}", migrations.display());
    let schema = Path::new(&env::var("OUT_DIR")?).join("schema.db");
    if schema.exists() {
        fs::remove_file(&schema)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(&schema)
        .create_if_missing(true);
    let mut database = options.connect().await?;
    Migrator::new(migrations).await?.run(&mut database).await?;
    println!(
        "cargo::rustc-env=DATABASE_URL=sqlite://{}",
        schema.display()
    );
    Ok(())
}
