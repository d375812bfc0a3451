//! Stories about whole lesson files.

mod answers;
mod author;
mod bytes;
mod concepts;
mod figures;
mod folders;
mod front_matter;
mod html;
mod links;
mod nothing_is_lost;
mod outline;
mod pedagogy;
mod programs;
mod readme;
mod seed;
mod skeleton;
mod steps;
