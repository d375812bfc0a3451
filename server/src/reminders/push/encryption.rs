//! The encryption of messages to browsers: RFC 8291, with the content coding `aes128gcm` of RFC 8188.
//!
//! 1. Both sides' keys agree on a secret, which is mixed with the browser's own into the input key.
//! 2. A random salt makes a key and a nonce of it.
//! 3. The message is one record: its text, the delimiter of the last record, and a tag.

use aes_gcm::{
    Aes128Gcm,
    aead::{Aead, KeyInit},
};
use hkdf::Hkdf;
use p256::{PublicKey, SecretKey, ecdh::diffie_hellman, elliptic_curve::sec1::ToEncodedPoint};
use sha2::Sha256;

use crate::secrets;

/// The size of records that the header names; our messages are far smaller, and a service takes at least 4096 bytes.
const RECORD_BYTES: u32 = 4_096;

/// Marks the last record.
const LAST_RECORD: u8 = 2;

/// The longest message that fits one record with its header, delimiter and tag.
const MAXIMUM_MESSAGE_BYTES: usize = 3_900;

/// What a browser gave us to encrypt with.
pub struct BrowserKeys {
    public: PublicKey,
    secret: [u8; 16],
}

impl BrowserKeys {
    /// Reads the browser's public key, an uncompressed point, and its secret.
    pub fn read(p256dh: &[u8], auth: &[u8]) -> Option<BrowserKeys> {
        Some(BrowserKeys {
            public: PublicKey::from_sec1_bytes(p256dh).ok()?,
            secret: auth.try_into().ok()?,
        })
    }
}

/// The message as it travels, under a key and a salt that are used once.
pub fn encrypt(browser: &BrowserKeys, message: &[u8]) -> Vec<u8> {
    encrypt_with(browser, message, &random_key(), secrets::random())
}

/// A random private key.
pub fn random_key() -> SecretKey {
    loop {
        // All but a few of the 2^256 texts are a key.
        if let Ok(key) = SecretKey::from_slice(&secrets::random::<32>()) {
            return key;
        }
    }
}

fn encrypt_with(
    browser: &BrowserKeys,
    message: &[u8],
    ours: &SecretKey,
    salt: [u8; 16],
) -> Vec<u8> {
    let our_public = ours.public_key().to_encoded_point(false);
    let shared = diffie_hellman(ours.to_nonzero_scalar(), browser.public.as_affine());
    let info = [
        b"WebPush: info\0",
        browser.public.to_encoded_point(false).as_bytes(),
        our_public.as_bytes(),
    ]
    .concat();
    let input: [u8; 32] = derive(&browser.secret, shared.raw_secret_bytes(), &info);
    let key: [u8; 16] = derive(&salt, &input, b"Content-Encoding: aes128gcm\0");
    let nonce: [u8; 12] = derive(&salt, &input, b"Content-Encoding: nonce\0");

    let message = &message[..message.len().min(MAXIMUM_MESSAGE_BYTES)];
    let record = [message, &[LAST_RECORD]].concat();
    let sealed = Aes128Gcm::new(&key.into())
        .encrypt(&nonce.into(), record.as_slice())
        .expect("a record is far shorter than the cipher's limit");
    let point = our_public.as_bytes();
    let point_bytes = u8::try_from(point.len()).expect("an uncompressed point has 65 bytes");
    [
        salt.as_slice(),
        &RECORD_BYTES.to_be_bytes(),
        &[point_bytes],
        point,
        &sealed,
    ]
    .concat()
}

fn derive<const LENGTH: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> [u8; LENGTH] {
    let mut output = [0; LENGTH];
    Hkdf::<Sha256>::new(Some(salt), input)
        .expand(info, &mut output)
        .expect("the length is far below 255 hashes");
    output
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).expect("base64")
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out_byte_for_byte() {
        let browser = BrowserKeys::read(
            &bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            &bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        )
        .expect("keys");
        let ours = SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
            .expect("a key");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("a salt");
        let sealed = encrypt_with(
            &browser,
            b"When I grow up, I want to be a watermelon",
            &ours,
            salt,
        );
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }
}
