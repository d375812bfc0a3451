//! Words around an exercise: stars, hints, and what is told after passing.

use crate::text::Language;

/// The words in one language.
pub(in crate::pages) struct ExerciseText {
    /// What the boundaries of the stars are called.
    pub(in crate::pages) stars: &'static str,
    /// How many stars were earned, for those who cannot see them.
    pub(in crate::pages) stars_earned: fn(u8) -> String,
    /// The heading of the hints.
    pub(in crate::pages) hints: &'static str,
    /// The heading of one hint, by its number.
    pub(in crate::pages) hint: fn(usize) -> String,
    /// What to consider before opening one.
    pub(in crate::pages) hints_lead: &'static str,
    /// What the catalogue is for.
    pub(in crate::pages) catalog_lead: &'static str,
    /// What stands in an empty catalogue.
    pub(in crate::pages) no_exercises: &'static str,
    /// The heading of what is told after passing.
    pub(in crate::pages) debrief: &'static str,
}

impl ExerciseText {
    /// The words in this language.
    pub(in crate::pages) fn of(language: Language) -> &'static ExerciseText {
        match language {
            Language::Bulgarian => &BULGARIAN,
            Language::English => &ENGLISH,
        }
    }
}

const BULGARIAN: ExerciseText = ExerciseText {
    stars: "Звезди",
    stars_earned: |stars| format!("{stars} от 3 звезди"),
    hints: "Подсказки",
    hint: |number| format!("Подсказка {number}"),
    hints_lead: "Отваряйте ги една по една и само когато сте заседнали: откритото от вас се помни най-добре.",
    catalog_lead: "Всяко упражнение учи една идея. Предскажете ускорението, напишете решението и вижте какво показва измерването.",
    no_exercises: "Тази инсталация няма упражнения.",
    debrief: "След успеха",
};

const ENGLISH: ExerciseText = ExerciseText {
    stars: "Stars",
    stars_earned: |stars| format!("{stars} of 3 stars"),
    hints: "Hints",
    hint: |number| format!("Hint {number}"),
    hints_lead: "Open them one at a time, and only when you are stuck: what you find yourself is what you remember best.",
    catalog_lead: "Each exercise teaches one idea. Predict the speed-up, write the solution, and see what measuring shows.",
    no_exercises: "This installation has no exercises.",
    debrief: "After passing",
};
