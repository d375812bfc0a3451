//! `/bg/lessons/22/programs/…`: what a program of a lesson prints.

use app::pages::program::{self, Prediction, ProgramView};
use axum::{extract::State, response::Response};

use super::lessons;
use crate::{
    error::Error,
    extract::{Form, LanguageCode, Path},
    render::{self, Place},
    state::AppState,
    text::failure,
};

/// The longest prediction that is compared, in characters.
const MOST_CHARACTERS: usize = 2_000;

/// Runs the program; compares what it prints with what the learner predicted, if they did.
pub async fn run(
    State(state): State<AppState>,
    Path((LanguageCode(language), number, key)): Path<(LanguageCode, u32, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (published, _) = lessons::find(&state, language, number).await?;
    let lesson = &published.lesson;
    let program = lesson
        .programs
        .iter()
        .find(|program| program.key.0 == key)
        .ok_or(Error::NotFound)?;
    let report = state.grading.run_program(program).await?;
    let prediction = form.all("prediction").next().map(|text| Prediction {
        is_right: is_same(text, &report.output),
        text: text.chars().take(MOST_CHARACTERS).collect(),
    });
    let view = ProgramView {
        lesson: number,
        title: lesson.title.clone(),
        source_html: content::code(&program.source, "rust").0,
        prediction,
        output: report.output.clone(),
        message: report
            .failure
            .as_ref()
            .map(|of| failure::sentence(of, language)),
    };
    let place = Place::page(language, format!("/lessons/{number}/programs/{key}"));
    Ok(render::page(&state, &place, None, |shell| {
        program::render(shell, view)
    }))
}

/// Whether two outputs are the same to a reader: blanks at the ends of lines and empty lines at the end do not count.
fn is_same(left: &str, right: &str) -> bool {
    let lines = |text: &str| {
        let lines = text
            .trim_end()
            .lines()
            .map(|line| line.trim_end().to_owned());
        lines.collect::<Vec<_>>()
    };
    lines(left) == lines(right)
}
