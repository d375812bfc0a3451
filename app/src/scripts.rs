//! Scripts that are no part of the bundle, because their addresses must stay the same or because one page needs them.

/// The service worker, at `/sw.js`: browsers tie it to its address, and to everything below that.
pub const SERVICE_WORKER: &str = include_str!("../push/sw.js");

/// What the page of reminders loads.
pub const PUSH: &str = include_str!("../push/push.js");
