//! The server through its own router: requests in, responses and database out. No browser, no network.

mod answers;
mod grading;
mod harness;
mod lessons;
mod listening;
mod profiles;
mod quiz;
mod requests;
mod review;
mod schedule;
mod worker;
