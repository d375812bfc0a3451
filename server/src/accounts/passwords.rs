//! Passwords: Argon2id (RFC 9106) with the smallest cost that OWASP's cheat sheet on password storage still advises, 19 MiB
//! in two passes. It takes some tens of milliseconds, so it runs beside the tasks that answer requests.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use tokio::{sync::Semaphore, task};

use crate::{error::Error, secrets};

/// The shortest password, in characters.
pub const MINIMUM_CHARACTERS: usize = 10;

/// The longest password, in bytes; more would only cost time.
const MAXIMUM_BYTES: usize = 1_000;

/// So many passwords are hashed at once: each takes 19 MiB and a core.
static ROOM: Semaphore = Semaphore::const_new(2);

/// A hash that no password has, for addresses without an account.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hashed(&secrets::random::<32>()));

fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within the limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hashed(password: &[u8]) -> String {
    let salt = SaltString::encode_b64(&secrets::random::<16>()).expect("16 bytes are a salt");
    argon2()
        .hash_password(password, &salt)
        .expect("the password is far below the limit")
        .to_string()
}

/// The hash of a new password, in the PHC string format.
///
/// # Errors
/// It is too short or too long.
pub async fn hash(password: &str) -> Result<String, Error> {
    if password.chars().count() < MINIMUM_CHARACTERS {
        return Err(Error::unprocessable(|text| text.password_too_short));
    }
    if password.len() > MAXIMUM_BYTES {
        return Err(Error::unprocessable(|text| text.password_too_long));
    }
    let password = password.to_owned();
    let _room = ROOM.acquire().await?;
    Ok(task::spawn_blocking(move || hashed(password.as_bytes())).await?)
}

/// Whether `password` is the one of `hash`; without a hash it never is, and that takes as long.
///
/// # Errors
/// The hash is damaged.
pub async fn verify(password: &str, hash: Option<String>) -> anyhow::Result<bool> {
    let password = password.as_bytes()[..password.len().min(MAXIMUM_BYTES)].to_vec();
    let known = hash.is_some();
    let _room = ROOM.acquire().await?;
    let right = task::spawn_blocking(move || {
        let hash = hash.unwrap_or_else(|| NOBODYS.clone());
        let hash = PasswordHash::new(&hash).map_err(anyhow::Error::msg)?;
        anyhow::Ok(argon2().verify_password(&password, &hash).is_ok())
    })
    .await??;
    Ok(right && known)
}
