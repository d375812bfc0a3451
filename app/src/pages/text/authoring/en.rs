//! English.

use super::AuthoringText;

pub(in crate::pages::text) const AUTHORING: AuthoringText = AuthoringText {
    search: "Search",
    search_label: "What are you looking for in the lessons?",
    search_button: "Search",
    search_nothing: "Nothing was found. Try another word, or fewer words.",
    run: "Run",
    your_prediction: "What will the program print?",
    see_output: "Compare with the output",
    program: "A program of the lesson",
    output: "Output",
    no_output: "The program printed nothing.",
    predicted: "Your prediction",
    prediction_right: "You predicted the output exactly.",
    prediction_wrong: "The output is another. Where does it part from what you had in mind?",
    back_to_lesson: "To the lesson",
};
