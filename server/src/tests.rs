//! The server through its own router: requests in, responses and database out. No browser, no network.

mod account;
mod answers;
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
mod requests;
mod returns;
mod review;
mod schedule;
mod together;
mod worker;
