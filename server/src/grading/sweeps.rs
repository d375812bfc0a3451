//! What the author's programs come to in a world whose knobs somebody turned. The worker runs them, like everything else.

use app::pages::world::knobs::SweepView;
use exercises::{
    Language,
    link::{Message, Work},
    world::World,
};

use super::{Grading, catalog::Entry};
use crate::text::Text;

impl Grading {
    /// The curves of an exercise's programs in this world. Nothing is kept, and nobody may fill the queue with it.
    ///
    /// # Errors
    /// Why there are none, as a sentence in the words of the page.
    pub async fn sweep(
        &self,
        entry: &Entry,
        language: Language,
        world: World,
        text: &Text,
    ) -> Result<SweepView, String> {
        if let Some(reason) = self.refusal() {
            return Err(format!("{} {reason}", text.grading_unavailable));
        }
        let Ok(_place) = self.shared.running.try_acquire() else {
            return Err(text.busy.to_owned());
        };
        let mut exercise = entry.exercise().clone();
        exercise.world = Some(world);
        let mut messages = self
            .shared
            .link
            .send(Work::Sweep, &exercise, language, "", None);
        let swept = match messages.recv().await {
            Some(Message::Swept { sweep, .. }) => serde_json::to_value(sweep)
                .and_then(serde_json::from_value)
                .map_err(|error| error.to_string()),
            other => Err(format!("{other:?}")),
        };
        swept.map_err(|error| {
            tracing::error!(
                error,
                exercise = entry.slug(),
                "the worker did not run the world"
            );
            text.grading_failed.to_owned()
        })
    }
}
