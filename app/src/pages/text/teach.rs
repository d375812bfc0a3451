//! What the instructor's pages say.

mod bg;
mod en;

pub(super) use bg::TEACH as BULGARIAN;
pub(super) use en::TEACH as ENGLISH;

use crate::text::Counted;

/// The words of the instructor's pages.
pub(crate) struct TeachText {
    pub(crate) teach: &'static str,
    pub(crate) teach_lead: &'static str,
    pub(crate) column_lesson: &'static str,
    pub(crate) column_file: &'static str,
    pub(crate) column_state: &'static str,
    pub(crate) state_published: &'static str,
    pub(crate) state_draft: &'static str,
    pub(crate) state_refused: &'static str,
    pub(crate) state_unfilled: &'static str,
    pub(crate) state_missing: &'static str,
    pub(crate) errors: Counted,
    pub(crate) warnings: Counted,
    pub(crate) hints: Counted,
    pub(crate) new_lesson: &'static str,
    pub(crate) new_number: &'static str,
    pub(crate) new_title: &'static str,
    pub(crate) create: &'static str,
    pub(crate) source: &'static str,
    pub(crate) preview: &'static str,
    pub(crate) no_preview: &'static str,
    pub(crate) problems: &'static str,
    pub(crate) no_problems: &'static str,
    pub(crate) line: &'static str,
    pub(crate) save_draft: &'static str,
    pub(crate) publish: &'static str,
    pub(crate) discard_draft: &'static str,
    pub(crate) draft_saved: &'static str,
    pub(crate) published_now: &'static str,
    pub(crate) draft_discarded: &'static str,
    pub(crate) is_draft: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) created: &'static str,
    pub(crate) conflict: &'static str,
    pub(crate) others: &'static str,
    pub(crate) publish_anyway: &'static str,
    pub(crate) image: &'static str,
    pub(crate) image_alternative: &'static str,
    pub(crate) image_stored: &'static str,
    pub(crate) versions: &'static str,
    pub(crate) version_current: &'static str,
    pub(crate) compare: &'static str,
    pub(crate) restore: &'static str,
    pub(crate) restore_lead: &'static str,
    pub(crate) difference: &'static str,
    pub(crate) no_difference: &'static str,
    pub(crate) back_to_editor: &'static str,
    pub(crate) back_to_teach: &'static str,
}
