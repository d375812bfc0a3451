//! Lessons in the database: files are the input, what learners read is here.
//!
//! 1. [`import`] reads the author's files and parses them; what has no errors is published.
//! 2. [`publish`] stores a version with its items; [`identity`] decides which items of the last version live on in it.
//! 3. [`library`] serves the published versions, parsed once per version.
//! 4. [`watch`] imports again whenever a file is saved.

pub mod identity;
pub mod import;
pub mod library;
pub mod publish;
pub mod watch;
