//! Handlers by page family. Each makes three moves: extract, ask the domain, return a page or a value.

pub mod account;
pub mod accounts;
pub mod assets;
pub mod calendar;
pub mod exercises;
pub mod health;
pub mod home;
pub mod images;
pub mod lessons;
pub mod mailed;
pub mod measurement;
pub mod programs;
pub mod progress;
pub mod push;
pub mod quiz;
pub mod reminders;
pub mod review;
pub mod search;
pub mod steps;
pub mod submissions;
pub mod teach;
pub mod worlds;
