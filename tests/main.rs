//! End to end: the real server in a real browser, story by story.
//!
//! Each test starts a server on a data folder of its own with a clock that it moves, and a Chromium with a new profile.
//! What is missing on the machine fails the test with a sentence; nothing is skipped.

mod accessibility;
mod durability;
mod exercise;
mod findings;
mod grading;
mod harness;
mod keyboard;
mod quiz;
mod reading;
mod readme;
mod reminders;
mod review;
mod without_scripts;
