//! Retention: answers are kept, recall is rated, and items come back when they are about to be forgotten.
//!
//! [`schedule`] and [`day`] are pure: they get the time and the learner as arguments. [`answers`], [`reviews`] and
//! [`finishes`] write the learner's history, and [`memories`] keeps what it amounts to; [`queue`] reads what is due,
//! [`progress`] what a learner has done in a lesson; [`questions`] turns items into what a page may show.

pub mod answers;
pub mod chance;
pub mod day;
pub mod finishes;
pub mod fitting;
pub mod memories;
pub mod notes;
pub mod overview;
pub mod progress;
pub mod questions;
pub mod queue;
pub mod returns;
pub mod reviews;
pub mod schedule;
pub mod session;
pub mod simulation;
pub mod subject;
