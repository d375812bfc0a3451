//! How a push service knows who sends: a signed statement (RFC 8292), an ES256 token.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
    elliptic_curve::sec1::ToEncodedPoint,
};
use serde_json::json;

use super::encryption;
use crate::{db::Db, secrets};

const KEY: &str = "vapid key";

/// How long a token is valid; services take at most 24 hours.
const LIFETIME: SignedDuration = SignedDuration::from_hours(12);

/// The identity of this installation.
#[derive(Clone)]
pub struct Vapid {
    key: SecretKey,
    /// Whom a service may write to or look at when we misbehave: a `mailto:` or `https:` address.
    contact: String,
}

impl Vapid {
    /// The identity, made once: browsers' subscriptions are bound to it.
    ///
    /// # Errors
    /// The database failed, or its key is damaged.
    pub async fn open(db: &Db, contact: String) -> anyhow::Result<Vapid> {
        let fresh = encryption::random_key().to_bytes();
        let key = secrets::kept(db, KEY, &fresh).await?;
        Ok(Vapid {
            key: SecretKey::from_slice(&key)?,
            contact,
        })
    }

    /// The public key, an uncompressed point.
    pub fn public_key(&self) -> String {
        let point = self.key.public_key().to_encoded_point(false);
        URL_SAFE_NO_PAD.encode(point.as_bytes())
    }

    /// The header `Authorization` of a message to a service at `origin`.
    pub fn authorization(&self, origin: &str, now: Timestamp) -> String {
        let claims = json!({
            "aud": origin,
            "exp": (now + LIFETIME).as_second(),
            "sub": self.contact,
        });
        let encode = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let statement = format!(
            "{}.{}",
            encode(&json!({"typ": "JWT", "alg": "ES256"})),
            encode(&claims)
        );
        let signature: Signature = SigningKey::from(&self.key).sign(statement.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={statement}.{signature}, k={}", self.public_key())
    }
}
