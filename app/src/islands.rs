//! What moves: the parts of a page that the browser wakes.
//!
//! Everything in an island's props can be read in the page's source, so no answer key and no token is ever one.

pub(crate) mod browser;
pub(crate) mod editor;
pub(crate) mod question;
pub(crate) mod section_index;
pub(crate) mod stages;
pub(crate) mod status;
pub(crate) mod workbench;
