//! Lessons in the database: files are the input, what learners read is here.
//!
//! 1. [`files`] reads and parses the author's files when they have changed; [`import`] publishes what has no errors.
//! 2. [`publish`] stores a version with its items; [`identity`] decides which items of the last version live on in it.
//! 3. [`library`] serves the published versions, parsed once per version.
//! 4. [`search`] finds what they say, and [`images`] keeps the pictures that they show.
//! 5. [`desk`] changes files from the browser; [`drafts`] keeps what is not published, [`versions`] what was.
//! 6. [`watch`] imports again whenever a file is saved.

pub mod desk;
pub mod drafts;
pub mod files;
pub mod identity;
pub mod images;
pub mod import;
pub mod library;
pub mod publish;
pub mod search;
pub mod versions;
pub mod watch;
