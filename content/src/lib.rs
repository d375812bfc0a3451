//! LESSONS: Markdown in, lesson and diagnostics out.
//!
//! Knows no HTTP, SQL, learner or calendar date.

pub mod diagnostic;
pub mod lesson;
