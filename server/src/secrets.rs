//! Secrets: keys that only the server knows, random secrets for links, and signatures.
//!
//! Keys are made once and kept in the table `secrets`, so that a server started on a backup knows the same browsers,
//! links and subscriptions.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::db::Db;

const SIGNING_KEY: &str = "signing key";

/// Random bytes from the operating system.
///
/// # Panics
/// The operating system has none, which Linux rules out once it has started.
pub fn random<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}

/// The key with this name: the one that is kept, else `fresh`, which is kept from now on.
///
/// # Errors
/// The database failed.
pub async fn kept(db: &Db, name: &str, fresh: &[u8]) -> sqlx::Result<Vec<u8>> {
    let mut transaction = db.write().await?;
    sqlx::query!(
        "INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        fresh,
    )
    .execute(&mut *transaction)
    .await?;
    let kept = sqlx::query_scalar!("SELECT value FROM secrets WHERE name = ?", name)
        .fetch_one(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(kept)
}

/// A random secret for a link. It is shown once, in the link; the database has its hash.
pub struct LinkSecret(String);

impl LinkSecret {
    /// A new secret of 256 bits.
    pub fn new() -> LinkSecret {
        LinkSecret(URL_SAFE_NO_PAD.encode(random::<32>()))
    }

    /// The text that goes into the link.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The hash that is kept.
    pub fn hash(&self) -> Vec<u8> {
        hash(&self.0)
    }
}

/// The hash under which the secret `text` is kept. A secret has 256 random bits, so a fast hash is enough.
pub fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// Signs the numbers in addresses that stay valid until they are revoked: of the calendar feed, and of unsubscribing.
#[derive(Clone)]
pub struct Signer {
    key: Vec<u8>,
}

/// How many bytes of the signature an address carries: 128 bits, which nobody guesses.
const SIGNATURE_BYTES: usize = 16;

impl Signer {
    /// The signer of this installation.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(db: &Db) -> sqlx::Result<Signer> {
        let key = kept(db, SIGNING_KEY, &random::<32>()).await?;
        Ok(Signer { key })
    }

    /// An opaque text that holds `numbers` and says `purpose`; only this installation can make it.
    pub fn sign(&self, purpose: &str, numbers: [i64; 2]) -> String {
        let mut bytes = [numbers[0].to_be_bytes(), numbers[1].to_be_bytes()].concat();
        let signature = self.mac(purpose, &bytes).finalize().into_bytes();
        bytes.extend_from_slice(&signature[..SIGNATURE_BYTES]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The numbers in a text that [`Signer::sign`] made for `purpose`; nothing for any other text.
    pub fn verify(&self, purpose: &str, text: &str) -> Option<[i64; 2]> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (numbers, signature) = bytes.split_at_checked(16)?;
        if signature.len() != SIGNATURE_BYTES {
            return None;
        }
        self.mac(purpose, numbers)
            .verify_truncated_left(signature)
            .ok()?;
        let number = |bytes: &[u8]| Some(i64::from_be_bytes(bytes.try_into().ok()?));
        Some([number(&numbers[..8])?, number(&numbers[8..])?])
    }

    fn mac(&self, purpose: &str, bytes: &[u8]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_for_a_purpose_is_valid_for_it() {
        let signer = Signer {
            key: b"a key".to_vec(),
        };
        let text = signer.sign("calendar", [7, 2]);
        assert_eq!(signer.verify("calendar", &text), Some([7, 2]));
        assert_eq!(signer.verify("unsubscribe", &text), None);
        let other = Signer {
            key: b"another".to_vec(),
        };
        assert_eq!(other.verify("calendar", &text), None);
        for forged in [
            "",
            "AAAA",
            &text[1..],
            &format!("{text}AAAA"),
            "не е подпис",
        ] {
            assert_eq!(signer.verify("calendar", forged), None, "{forged}");
        }
    }
}
