//! The server through its own router: requests in, responses and database out. No browser, no network.

mod account;
mod accounts;
mod answers;
mod bad_input;
mod fitting;
mod grading;
mod harness;
mod kinds;
mod late;
mod lessons;
mod listening;
mod notes;
mod profiles;
mod quiz;
mod reminders;
mod requests;
mod returns;
mod review;
mod schedule;
mod search;
mod teach;
mod together;
mod worker;
