//! Stars, filled and empty, with their number for those who cannot see them.

use leptos::prelude::*;

use super::text::exercise::ExerciseText;
use crate::text::Language;

/// How many stars there are.
const ALL: u8 = 3;

/// So many of three stars.
pub(super) fn stars(earned: u8, language: Language) -> impl IntoView {
    let earned = earned.min(ALL);
    let label = (ExerciseText::of(language).stars_earned)(earned);
    let drawn = "★".repeat(earned.into()) + &"☆".repeat((ALL - earned).into());
    view! {
        <span class="stars" role="img" aria-label=label>
            {drawn}
        </span>
    }
}
