//! What the review says besides its questions.

use crate::text::Counted;

/// The words of a review session in one language.
pub(in crate::pages) struct SessionText {
    pub(in crate::pages) explain: &'static str,
    pub(in crate::pages) last_rating: &'static str,
    pub(in crate::pages) undo: &'static str,
    pub(in crate::pages) pause: &'static str,
    pub(in crate::pages) waiting: Counted,
    pub(in crate::pages) next_at: &'static str,
    pub(in crate::pages) moved: &'static str,
    pub(in crate::pages) question: &'static str,
    pub(in crate::pages) rating: &'static str,
    pub(in crate::pages) comes_back: &'static str,
    /// What a question does after it was rated, before the day.
    pub(in crate::pages) question_returns: &'static str,
    pub(in crate::pages) leech: &'static str,
    pub(in crate::pages) to_progress: &'static str,
    pub(in crate::pages) exercises: &'static str,
    pub(in crate::pages) exercises_lead: &'static str,
    pub(in crate::pages) passed_on: &'static str,
}

pub(super) const BULGARIAN: SessionText = SessionText {
    explain: "Обяснете ми отново",
    last_rating: "Последна оценка",
    undo: "Отмени оценката",
    pause: "Кратка почивка",
    waiting: Counted {
        one: "въпрос се връща в тази сесия",
        other: "въпроса се връщат в тази сесия",
    },
    next_at: "следващият идва в",
    moved: "Какво се премести днес",
    question: "Въпрос",
    rating: "Оценка",
    comes_back: "Връща се",
    question_returns: "въпросът се връща",
    leech: "Забравян е много пъти: прочетете отново обяснението и го свържете с нещо познато.",
    to_progress: "Към напредъка",
    exercises: "Упражнения, които се връщат",
    exercises_lead: "Веднъж вече ги ускорихте. Започнете отново от бавния код и се сравнете със себе си.",
    passed_on: "издържано на",
};

pub(super) const ENGLISH: SessionText = SessionText {
    explain: "Explain it again",
    last_rating: "Last rating",
    undo: "Undo the rating",
    pause: "A short break",
    waiting: Counted {
        one: "question comes back in this session",
        other: "questions come back in this session",
    },
    next_at: "the next one at",
    moved: "What moved today",
    question: "Question",
    rating: "Rating",
    comes_back: "Returns",
    question_returns: "the question returns",
    leech: "It was forgotten many times: read its explanation again, and connect it with something you know.",
    to_progress: "To your progress",
    exercises: "Exercises that return",
    exercises_lead: "You made them faster once. Begin again from the slow code, and compare with yourself.",
    passed_on: "passed on",
};
