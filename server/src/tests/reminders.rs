//! Reminders: the rule, letters through a real SMTP server, messages to a push service that checks and decrypts them,
//! and the calendar as another program reads it.

mod calendar;
mod letters;
mod push;
mod rule;
pub(super) mod smtp;
