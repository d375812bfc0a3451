//! What is an e-mail address.

use crate::error::Error;

/// The longest address that mail can have (RFC 5321, 4.5.3.1).
const MAXIMUM_BYTES: usize = 254;

/// An address that letters can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(lettre::Address);

impl Address {
    /// Reads what a person typed; spaces around it do not matter.
    ///
    /// # Errors
    /// It has a line break, which could add lines to a letter's head, or it is not an address.
    pub fn read(typed: &str) -> Result<Address, Error> {
        let typed = typed.trim_matches(' ');
        if typed.chars().any(char::is_control) {
            return Err(Error::unprocessable(|text| text.address_has_line_break));
        }
        let invalid = || Error::unprocessable(|text| text.address_invalid);
        if typed.len() > MAXIMUM_BYTES {
            return Err(invalid());
        }
        typed.parse().map(Address).map_err(|_| invalid())
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    /// The form in which two addresses are compared: nobody gives people addresses that differ in case only.
    pub fn lower_case(&self) -> String {
        self.as_str().to_lowercase()
    }

    pub(super) fn inner(&self) -> lettre::Address {
        self.0.clone()
    }
}
