//! A letter to one person, as the formats of mail have it.

use anyhow::Context;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::Address;

/// A letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who gets it.
    pub to: Address,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The address where one request ends letters of this kind (RFC 8058); nothing where a person asked for this very one.
    pub unsubscribe_url: Option<String>,
}

impl Letter {
    /// The letter as it travels.
    pub(super) fn message(&self, from: Mailbox) -> anyhow::Result<Message> {
        let mut message = Message::builder()
            .from(from)
            .to(Mailbox::new(None, self.to.inner()))
            .subject(&self.subject)
            .message_id(None)
            .date_now()
            // No vacation notice answers a letter that a program wrote (RFC 3834).
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        if let Some(url) = &self.unsubscribe_url {
            message = message
                .raw_header(raw("List-Unsubscribe", &format!("<{url}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        message
            .multipart(MultiPart::alternative_plain_html(
                self.text.clone(),
                self.html.clone(),
            ))
            .context("a letter cannot be composed")
    }
}

/// A header as it is. Addresses in it must not be folded: some mail programs then do not find them.
fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str(name),
        value.to_owned(),
        value.to_owned(),
    )
}
