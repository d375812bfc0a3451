//! What the pages around lessons say: the search, and programs.

mod bg;
mod en;

pub(super) use bg::AUTHORING as BULGARIAN;
pub(super) use en::AUTHORING as ENGLISH;

/// The words of the search and of programs.
pub(crate) struct AuthoringText {
    // The search.
    pub(crate) search: &'static str,
    pub(crate) search_label: &'static str,
    pub(crate) search_button: &'static str,
    pub(crate) search_nothing: &'static str,
    // A program of a lesson.
    pub(crate) run: &'static str,
    pub(crate) your_prediction: &'static str,
    pub(crate) see_output: &'static str,
    pub(crate) program: &'static str,
    pub(crate) output: &'static str,
    pub(crate) no_output: &'static str,
    pub(crate) predicted: &'static str,
    pub(crate) prediction_right: &'static str,
    pub(crate) prediction_wrong: &'static str,
    pub(crate) back_to_lesson: &'static str,
}
