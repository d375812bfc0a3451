//! Places of the source with something wrong in them, for the editor to mark: it looks for them in what it is told about
//! its text (`app/editor/marks.js`). On the page they are hidden, since the message beside them names them too.

use leptos::prelude::*;

use crate::api::Mark;

/// The places, hidden.
pub(super) fn marks(marks: Vec<Mark>) -> impl IntoView {
    let mark = |mark: Mark| {
        let from = format!("{}:{}", mark.line, mark.column);
        let to = format!("{}:{}", mark.end_line, mark.end_column);
        view! { <span class="mark" hidden data-from=from data-to=to data-message=mark.message></span> }
    };
    marks.into_iter().map(mark).collect_view()
}
