//! Why a learner's program has no time to compare, in the learner's language.

mod bulgarian;

use app::text::Language;
use exercises::Failure;

/// One sentence or two: what was found, what is allowed, what to do. A compiler's own words, a panic's, and the names of
/// things in the program stay as they are.
pub fn sentence(failure: &Failure, language: Language) -> String {
    match language {
        Language::English => failure.message(),
        Language::Bulgarian => bulgarian::sentence(failure),
    }
}
