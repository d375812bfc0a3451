//! Stories about whole lesson files.

mod seed;
