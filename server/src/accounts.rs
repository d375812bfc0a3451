//! Accounts: learners who can sign in, so that their progress depends on no single browser. Reading and learning need none.
//!
//! 1. Somebody leaves an address and gets a link; whoever follows it chooses a password, and the learner in that browser
//!    has an account. So nobody has an account under an address that is not theirs. Where no mail is sent, an address is
//!    taken on trust.
//! 2. Signing in gives the browser a new [session](sessions). What an anonymous learner did in it is [merged](merge).
//! 3. A [role](Role) says what a person may do besides learning. The first administrator is invited on the command line.
//!
//! Whether an address has an account shows neither in an answer nor in its time: the answer comes before the letter is
//! written, and a password is always hashed.

pub mod limits;
pub mod merge;
pub mod passwords;
pub mod sessions;

use app::text::Language;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};

use crate::{
    db::Db,
    error::Error,
    learners::{LearnerId, Visitor},
    links::{self, Link, Purpose},
    mail::Address,
    reminders::letter,
    state::AppState,
    text::mail::MailText,
};

/// What a person may do; each role may do what the one before it may.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Learns.
    Learner,
    /// Writes lessons and teaches classes.
    Instructor,
    /// Looks after the installation.
    Administrator,
}

impl Role {
    /// Every role, from the one that may least.
    pub const ALL: [Role; 3] = [Role::Learner, Role::Instructor, Role::Administrator];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Role::Learner => "learner",
            Role::Instructor => "instructor",
            Role::Administrator => "administrator",
        }
    }

    fn from_word(word: &str) -> Role {
        match word {
            "administrator" => Role::Administrator,
            "instructor" => Role::Instructor,
            _ => Role::Learner,
        }
    }
}

/// A learner who can sign in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The learner.
    pub learner: LearnerId,
    /// The address that they sign in with, in lower case.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// The account of a learner, if they have one.
///
/// # Errors
/// The database failed.
pub async fn of(db: &Db, learner: LearnerId) -> sqlx::Result<Option<Account>> {
    let row = sqlx::query!(
        r#"SELECT email, role FROM accounts WHERE learner_id = ?"#,
        learner,
    )
    .fetch_optional(db.reader())
    .await?;
    Ok(row.map(|row| Account {
        learner,
        email: row.email,
        role: Role::from_word(&row.role),
    }))
}

/// The account of whoever asks, who must have at least `role`.
///
/// # Errors
/// They are not signed in, or may not do that; or the database failed.
pub async fn require(state: &AppState, visitor: &Visitor, role: Role) -> Result<Account, Error> {
    let account = match visitor.learner(&state.db).await? {
        Some(learner) => of(&state.db, learner.id).await?,
        None => None,
    };
    match account {
        Some(account) if account.role >= role => Ok(account),
        Some(_) => Err(Error::Refused(StatusCode::FORBIDDEN, |text| {
            text.role_missing
        })),
        None => Err(Error::Refused(StatusCode::UNAUTHORIZED, |text| {
            text.sign_in_first
        })),
    }
}

/// Everybody who has an account, by address.
///
/// # Errors
/// The database failed.
pub async fn all(db: &Db) -> sqlx::Result<Vec<Account>> {
    let rows = sqlx::query!(
        r#"SELECT learner_id AS "learner_id: LearnerId", email, role FROM accounts ORDER BY email"#
    )
    .fetch_all(db.reader())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Account {
            learner: row.learner_id,
            email: row.email,
            role: Role::from_word(&row.role),
        })
        .collect())
}

/// Gives a person a role.
///
/// # Errors
/// The database failed.
pub async fn give_role(db: &Db, learner: LearnerId, role: Role) -> sqlx::Result<()> {
    let role = role.word();
    let mut transaction = db.write().await?;
    sqlx::query!(
        "UPDATE accounts SET role = ? WHERE learner_id = ?",
        role,
        learner
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}

/// Asks for an account. Where mail is sent, a letter is on its way and the answer is the same for every address; elsewhere
/// the account is made, and the browser comes back signed in.
///
/// # Errors
/// It is not an address, the password is too short, or there were too many attempts.
pub async fn register(
    state: &AppState,
    visitor: Visitor,
    language: Language,
    email: &str,
    password: Option<&str>,
) -> Result<Option<Visitor>, Error> {
    let address = Address::read(email)?;
    limits::attempt(
        state,
        limits::LETTERS,
        &address.lower_case(),
        visitor.peer(),
    )
    .await?;
    if state.mail.is_some() {
        write_in_background(state, language, address, Wish::Account);
        return Ok(None);
    }
    let hash = passwords::hash(password.unwrap_or_default()).await?;
    let mut transaction = state.db.write().await?;
    if find(&mut transaction, &address.lower_case())
        .await?
        .is_some()
    {
        return Err(Error::unprocessable(|text| text.account_not_made));
    }
    let visitor = make(state, &mut transaction, visitor, &address, &hash, None).await?;
    transaction.commit().await?;
    Ok(Some(visitor))
}

/// Asks for a new password. The answer is the same for every address.
///
/// # Errors
/// It is not an address, no mail is sent here, or there were too many attempts.
pub async fn request_reset(
    state: &AppState,
    visitor: &Visitor,
    language: Language,
    email: &str,
) -> Result<(), Error> {
    let address = Address::read(email)?;
    if state.mail.is_none() {
        return Err(Error::Refused(StatusCode::SERVICE_UNAVAILABLE, |text| {
            text.mail_not_configured
        }));
    }
    limits::attempt(
        state,
        limits::LETTERS,
        &address.lower_case(),
        visitor.peer(),
    )
    .await?;
    write_in_background(state, language, address, Wish::Password);
    Ok(())
}

/// What somebody left their address for.
#[derive(Clone, Copy)]
enum Wish {
    Account,
    Password,
}

/// Writes the letter after the answer was given, so that its time says nothing.
fn write_in_background(state: &AppState, language: Language, address: Address, wish: Wish) {
    let state = state.clone();
    tokio::spawn(async move {
        if let Err(error) = write(&state, language, address, wish).await {
            tracing::error!(error = format!("{error:#}"), "a letter was not sent");
        }
    });
}

async fn write(
    state: &AppState,
    language: Language,
    address: Address,
    wish: Wish,
) -> anyhow::Result<()> {
    let Some(mail) = &state.mail else {
        return Ok(());
    };
    let text = MailText::of(language);
    let root = letter::root(state, language);
    let now = state.clock.now();
    let mut transaction = state.db.write().await?;
    let known = find(&mut transaction, &address.lower_case())
        .await?
        .is_some();
    let purpose = match (wish, known) {
        (Wish::Account, false) => Purpose::Register,
        (Wish::Password, true) => Purpose::Reset,
        (Wish::Account, true) => {
            transaction.commit().await?;
            let link = (text.known_link, format!("{root}/account/sign-in"));
            let letter = letter::asked_for(address, language, text.known_subject, text.known, link);
            mail.send(&letter)
                .await
                .map_err(|undelivered| anyhow::anyhow!("{undelivered}"))?;
            return Ok(());
        }
        // Nobody is written to who has nothing here.
        (Wish::Password, false) => return Ok(()),
    };
    let link = Link {
        address: Some(address.as_str().to_owned()),
        ..Link::default()
    };
    let secret = links::make(&mut transaction, purpose, &link, now).await?;
    transaction.commit().await?;
    let (subject, about, label, path) = match purpose {
        Purpose::Reset => (text.reset_subject, text.reset, text.reset_link, "reset"),
        _ => (
            text.register_subject,
            text.register,
            text.register_link,
            "register",
        ),
    };
    let link = (label, format!("{root}/{path}/{}", secret.text()));
    let letter = letter::asked_for(address, language, subject, about, link);
    mail.send(&letter)
        .await
        .map_err(|undelivered| anyhow::anyhow!("{undelivered}"))
}

/// What an invitation brings.
#[derive(Debug, Serialize, Deserialize)]
struct Invitation {
    role: Role,
}

/// Makes the link with which a person gets an account with a role.
///
/// # Errors
/// The database failed.
pub async fn invite(
    state: &AppState,
    address: &Address,
    role: Role,
    language: Language,
) -> anyhow::Result<String> {
    let link = Link {
        address: Some(address.as_str().to_owned()),
        details: Some(serde_json::to_string(&Invitation { role })?),
        ..Link::default()
    };
    let mut transaction = state.db.write().await?;
    let secret = links::make(&mut transaction, Purpose::Invite, &link, state.clock.now()).await?;
    transaction.commit().await?;
    let root = letter::root(state, language);
    Ok(format!("{root}/invite/{}", secret.text()))
}

/// Follows a link with which a password is chosen: makes the account or changes it, signs this browser in, and after a
/// reset signs every other out.
///
/// # Errors
/// The link is forged, expired or used, or the password is too short.
pub async fn follow(
    state: &AppState,
    visitor: Visitor,
    purpose: Purpose,
    secret: &str,
    password: &str,
) -> Result<Visitor, Error> {
    let now = state.clock.now();
    let link = links::look_up(&state.db, purpose, secret, now).await?;
    let address = Address::read(link.address.as_deref().unwrap_or_default())?;
    let hash = passwords::hash(password).await?;
    let mut transaction = state.db.write().await?;
    links::spend(&mut transaction, secret, now).await?;
    let role = link
        .details
        .as_deref()
        .map(serde_json::from_str::<Invitation>)
        .transpose()?
        .map(|invitation| invitation.role);
    let visitor = match find(&mut transaction, &address.lower_case()).await? {
        None => make(state, &mut transaction, visitor, &address, &hash, role).await?,
        Some(known) => {
            let role = role.map(Role::word);
            sqlx::query!(
                "UPDATE accounts SET password_hash = ?, role = coalesce(?, role) WHERE learner_id = ?",
                hash,
                role,
                known.learner,
            )
            .execute(&mut *transaction)
            .await?;
            sessions::end_all(&mut transaction, known.learner).await?;
            enter(&mut transaction, visitor, known.learner, now).await?
        }
    };
    transaction.commit().await?;
    Ok(visitor)
}

/// Makes the account of the learner in this browser. If that one has an account already, a new learner gets it.
async fn make(
    state: &AppState,
    transaction: &mut Transaction<'static, Sqlite>,
    visitor: Visitor,
    address: &Address,
    hash: &str,
    role: Option<Role>,
) -> Result<Visitor, Error> {
    let now = state.clock.now();
    let zone = &state.config.time_zone;
    let here = visitor.learner_or_new(transaction, now, zone).await?.id;
    sessions::end(transaction, &visitor).await?;
    let visitor = visitor.renewed();
    let learner = if has_account(transaction, here).await? {
        visitor.learner_or_new(transaction, now, zone).await?.id
    } else {
        here
    };
    let (email, now_ms) = (address.lower_case(), now.as_millisecond());
    let role = role.unwrap_or(Role::Learner).word();
    sqlx::query!(
        "INSERT INTO accounts (learner_id, email, password_hash, role, created_at_ms) VALUES (?, ?, ?, ?, ?)",
        learner,
        email,
        hash,
        role,
        now_ms,
    )
    .execute(&mut **transaction)
    .await?;
    visitor.belongs_to(transaction, learner, now).await?;
    Ok(visitor)
}

/// Signs in.
///
/// # Errors
/// Address and password do not belong together, or there were too many attempts.
pub async fn sign_in(
    state: &AppState,
    visitor: Visitor,
    email: &str,
    password: &str,
) -> Result<Visitor, Error> {
    let email = email.trim().to_lowercase();
    limits::attempt(state, limits::SIGN_INS, &email, visitor.peer()).await?;
    let kept = sqlx::query!(
        r#"SELECT learner_id AS "learner_id: LearnerId", password_hash FROM accounts WHERE email = ?"#,
        email,
    )
    .fetch_optional(state.db.reader())
    .await?;
    let (learner, hash) = kept.map(|row| (row.learner_id, row.password_hash)).unzip();
    // Without an account the password is compared with one that nobody has, which takes as long.
    let right = passwords::verify(password, hash).await?;
    let Some(learner) = learner.filter(|_| right) else {
        return Err(Error::unprocessable(|text| text.sign_in_wrong));
    };
    limits::forget(state, limits::SIGN_INS, &email).await?;
    let now = state.clock.now();
    let mut transaction = state.db.write().await?;
    let visitor = enter(&mut transaction, visitor, learner, now).await?;
    transaction.commit().await?;
    Ok(visitor)
}

/// Gives the browser a session of `learner`. What an anonymous learner did in it becomes theirs.
async fn enter(
    transaction: &mut Transaction<'static, Sqlite>,
    visitor: Visitor,
    learner: LearnerId,
    now: Timestamp,
) -> Result<Visitor, Error> {
    if let Some(here) = visitor.learner_in(transaction).await?
        && here.id != learner
        && !has_account(transaction, here.id).await?
    {
        merge::merge(transaction, here.id, learner).await?;
    }
    sessions::end(transaction, &visitor).await?;
    let visitor = visitor.renewed();
    visitor.belongs_to(transaction, learner, now).await?;
    Ok(visitor)
}

async fn has_account(
    transaction: &mut Transaction<'static, Sqlite>,
    learner: LearnerId,
) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM accounts WHERE learner_id = ?) AS "found!: bool""#,
        learner,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(found)
}

async fn find(
    transaction: &mut Transaction<'static, Sqlite>,
    email: &str,
) -> sqlx::Result<Option<Account>> {
    let row = sqlx::query!(
        r#"SELECT learner_id AS "learner_id: LearnerId", email, role FROM accounts WHERE email = ?"#,
        email,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(row.map(|row| Account {
        learner: row.learner_id,
        email: row.email,
        role: Role::from_word(&row.role),
    }))
}
