//! Mail: addresses, letters, and the SMTP server that takes them.
//!
//! 1. [`address`] decides what is an address.
//! 2. A [`letter`] is what a learner gets: text and HTML, and how to be left alone.
//! 3. [`server`] hands letters to the configured SMTP server, and says of each failure whether the letter certainly was
//!    not taken.

pub mod address;
pub mod letter;
pub mod server;

pub use address::Address;
pub use letter::Letter;
pub use server::{MailConfig, MailServer};
