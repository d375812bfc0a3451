//! Reminders: learners who want it hear from us on the day a memory is about to fade, and not more often than that is
//! worth.
//!
//! 1. [`settings`] knows how a learner is reached and when they are not; [`push`] knows their browsers.
//! 2. [`outlook`] reads what is due and what waiting would cost; [`rule`], a pure function, decides.
//! 3. A [`pass`] goes over the learners: it claims each reminder in the [`outbox`], then sends it. The server makes one
//!    every minute, `latency-lab remind` makes one on demand.
//! 4. [`calendar`] is the other way round: calendars ask.

pub mod calendar;
pub mod letter;
pub mod outbox;
pub mod outlook;
pub mod pass;
pub mod push;
pub mod rule;
pub mod settings;
