//! Bulgarian.

use super::AuthoringText;

pub(in crate::pages::text) const AUTHORING: AuthoringText = AuthoringText {
    search: "Търсене",
    search_label: "Какво търсите в уроците?",
    search_button: "Търсене",
    search_nothing: "Нищо не е намерено. Опитайте с друга дума или с по-малко думи.",
    run: "Пускане",
    your_prediction: "Какво ще изведе програмата?",
    see_output: "Сравнение с изхода",
    program: "Програма от урока",
    output: "Изход",
    no_output: "Програмата не изведе нищо.",
    predicted: "Вашето предвиждане",
    prediction_right: "Предвидихте точно изхода.",
    prediction_wrong: "Изходът е друг. Къде се разминава той с представата ви?",
    back_to_lesson: "Към урока",
};
