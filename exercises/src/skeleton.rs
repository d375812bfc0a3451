//! The folder of a new exercise, for `latency-lab new exercise`: it works as it stands, and says in its prose what its author
//! has to write instead.
//!
//! Whatever stands between ‹ and › is open: `check` names every file that still has some.

/// The mark that begins an open part.
pub const OPEN: char = '‹';

/// The files of a new exercise: where each belongs in its folder, and its text.
pub fn files() -> [(&'static str, &'static str); 11] {
    [
        ("exercise.toml", include_str!("skeleton/exercise.toml")),
        ("statement.bg.md", include_str!("skeleton/statement.bg.md")),
        ("statement.en.md", include_str!("skeleton/statement.en.md")),
        ("debrief.bg.md", include_str!("skeleton/debrief.bg.md")),
        ("debrief.en.md", include_str!("skeleton/debrief.en.md")),
        ("generator.rs", include_str!("skeleton/generator.rs")),
        ("rust/starter.rs", include_str!("skeleton/rust/starter.rs")),
        (
            "rust/reference.rs",
            include_str!("skeleton/rust/reference.rs"),
        ),
        (
            "rust/wrong-neighbours-only.rs",
            include_str!("skeleton/rust/wrong-neighbours-only.rs"),
        ),
        (
            "rust/slow-early-exit.rs",
            include_str!("skeleton/rust/slow-early-exit.rs"),
        ),
        ("README.md", include_str!("skeleton/README.md")),
    ]
}
