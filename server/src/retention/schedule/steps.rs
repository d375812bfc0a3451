//! Steps inside a session: an item stays for some minutes until it was recalled.
//!
//! Again leads to the first step, Hard repeats the present one in the middle between the first two (in half as long again
//! where there is only one), Good leads to the next step and from the last one out, Easy leads out at once.

use app::api::Rating;

/// The steps of an item that is new, in minutes.
const LEARNING_MINUTES: &[u32] = &[1, 10];

/// The steps of an item that was forgotten, in minutes.
const RELEARNING_MINUTES: &[u32] = &[10];

/// Where an item is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// In the steps of its first session.
    Learning,
    /// Out of them: it comes back after days.
    Review,
    /// In the steps after it was forgotten.
    Relearning,
}

impl Phase {
    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Learning => "learning",
            Phase::Review => "review",
            Phase::Relearning => "relearning",
        }
    }

    /// The phase with this name.
    pub fn from_name(name: &str) -> Option<Phase> {
        [Phase::Learning, Phase::Review, Phase::Relearning]
            .into_iter()
            .find(|phase| phase.name() == name)
    }
}

/// A step that an item is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) phase: Phase,
    /// From 0.
    pub(super) number: usize,
    /// Until it comes back.
    pub(super) minutes: u32,
}

/// The step that `rating` leads to in a session, from `phase` and its step; nothing where it leads out of the steps.
pub(super) fn after(phase: Phase, number: usize, rating: Rating) -> Option<Step> {
    let (phase, steps, number) = match phase {
        Phase::Learning => (Phase::Learning, LEARNING_MINUTES, number),
        Phase::Relearning => (Phase::Relearning, RELEARNING_MINUTES, number),
        Phase::Review if rating == Rating::Again => (Phase::Relearning, RELEARNING_MINUTES, 0),
        Phase::Review => return None,
    };
    let first = *steps.first()?;
    let (number, minutes) = match rating {
        Rating::Again => (0, first),
        Rating::Hard => (
            number,
            match steps.get(1) {
                Some(second) => (first + second).div_ceil(2),
                None => (3 * first).div_ceil(2),
            },
        ),
        Rating::Good => (number + 1, *steps.get(number + 1)?),
        Rating::Easy => return None,
    };
    Some(Step {
        phase,
        number,
        minutes,
    })
}
