//! A question card: answer, see what a good answer says, rate the recall.
//!
//! 1. Before the answer it is a form; nothing on the page says what is right.
//! 2. Once the server has kept the answer, the card shows it beside the author's, with the rubric to tick.
//! 3. The rating is a second form, whose buttons name the day on which the question would come back.
//!
//! Both forms work as ordinary page loads. In the browser the card sends the same values to the API instead. An answer
//! that is being typed is kept in the browser until the server has it.
//!
//! All parts are always there, and hidden when it is not their turn; what is in them is written by [`markup`]. Views
//! that come and go would have to be built in the browser too, which doubles their share of the wasm.

mod card;
pub(crate) mod markup;

use leptos::{ev, prelude::*};
use serde::{Deserialize, Serialize};

use super::browser;
use crate::{
    api::{ItemId, Rating, Revealed, Scheduled},
    text::{IslandText, Language},
};
use card::Card;

/// The event on the document that tells the section index of a rating.
pub(crate) const RATED_EVENT: &str = "latency-lab:rated";

/// What a card begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CardState {
    /// The item that it asks about.
    pub(crate) item: ItemId,
    /// The question; the browser finds it on the page.
    #[serde(skip)]
    pub(crate) prompt_html: String,
    /// The fields of the answer; the browser finds them on the page.
    #[serde(skip)]
    pub(crate) field_html: String,
    /// What may be chosen, as sanitised HTML; nothing where the answer is written.
    pub(crate) choices: Vec<String>,
    /// A fresh UUID for the answer that the learner may give now.
    pub(crate) answer_id: String,
    /// A fresh UUID for the rating that the learner may give now.
    pub(crate) review_id: String,
    /// What the learner sees because the question was answered.
    pub(crate) revealed: Option<Revealed>,
    /// What the learner's rating led to.
    pub(crate) scheduled: Option<Scheduled>,
}

/// The card of one question. `base` is the page whose `/answers` and `/reviews` take the forms. In the review `next` is
/// the page with the next question; there, while the focus is not in a field, the keys 1 to 4 rate and
/// the space bar goes on.
#[island]
pub(crate) fn QuestionCard(
    language: Language,
    state: CardState,
    base: String,
    next: Option<String>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let anchor = format!("q-{}", state.item.0);
    let (prompt, field) = (state.prompt_html.clone(), state.field_html.clone());
    let listens = next.is_some();
    let card = Card::new(language, state, listens);
    browser::on_wake(move || {
        card.restore_draft();
        if listens {
            // The page listens until it goes.
            _ = window_event_listener(ev::keydown, card::act_by_key);
        }
    });

    let comparison = card.revealed(move |revealed| card.comparison(revealed));
    let unanswered = is_empty(comparison);
    let scheduled = Signal::derive(move || {
        card.scheduled.with(|scheduled| {
            let scheduled = scheduled.as_ref();
            scheduled.map_or(String::new(), |scheduled| scheduled.words.clone())
        })
    });
    let unscheduled = is_empty(scheduled);
    let answered = Signal::derive(move || !unanswered.get());
    let unrateable = Signal::derive(move || unanswered.get() || !unscheduled.get());
    let next_link = next.map(|next| {
        view! {
            <p hidden=unscheduled>
                <a class="button primary" id="next" href=next>{text.next_question}</a>
            </p>
        }
    });

    view! {
        <section class="question" id=anchor>
            <div class="question-prompt prose" inner_html=prompt></div>
            {answer_form(card, field, format!("{base}/answers"), answered)}
            <div class="comparison" inner_html=comparison hidden=unanswered></div>
            {rating_form(card, format!("{base}/reviews"), unrateable)}
            <p class="scheduled" role="status" hidden=unscheduled>{scheduled}</p>
            {next_link}
        </section>
    }
}

fn is_empty(signal: Signal<String>) -> Signal<bool> {
    Signal::derive(move || signal.with(String::is_empty))
}

fn answer_form(card: Card, field: String, action: String, hidden: Signal<bool>) -> impl IntoView {
    let failed = card.status.has_failed();
    let label = Signal::derive(move || {
        let text = card.text;
        if failed.get() {
            text.retry
        } else {
            text.reveal
        }
        .to_owned()
    });
    view! {
        <form
            class="answer"
            method="post"
            action=action
            hidden=hidden
            on:submit=move |event| card.send_answer(&event)
            on:input=move |event| card.keep_draft(&event)
            on:keydown=card::submit_on_control_enter
        >
            <input type="hidden" name="id" value=card.answer_id()/>
            <input type="hidden" name="item" value=card.item.0.to_string()/>
            <div inner_html=field></div>
            <div class="actions">
                <button class="button" type="submit" disabled=card.status.is_busy()>{label}</button>
                {card.status.line()}
            </div>
        </form>
    }
}

fn rating_form(card: Card, action: String, hidden: Signal<bool>) -> impl IntoView {
    let text = card.text;
    let answer = card.revealed(|revealed| revealed.answer.clone());
    let rubric = card.revealed(move |revealed| markup::rubric(revealed, text));
    let buttons = Rating::ALL.map(|rating| rating_button(card, rating));
    view! {
        <form
            class="rating"
            method="post"
            action=action
            hidden=hidden
            on:submit=move |event| card.send_rating(&event)
            on:change=move |event| card.count_ticks(&event)
        >
            <input type="hidden" name="id" value=card.review_id()/>
            <input type="hidden" name="item" value=card.item.0.to_string()/>
            <input type="hidden" name="answer" value=answer/>
            // A form's first button is what Enter in a check box presses; a disabled one makes that nothing.
            <button type="submit" disabled hidden></button>
            <fieldset class="rubric" inner_html=rubric hidden=is_empty(rubric)></fieldset>
            <fieldset class="ratings">
                <legend>{text.how_well}</legend>
                <div class="rating-buttons">{buttons}</div>
            </fieldset>
            {card.status.line()}
        </form>
    }
}

fn rating_button(card: Card, rating: Rating) -> impl IntoView {
    let text = card.text;
    let due = card.revealed(move |revealed| {
        let mut choices = revealed.choices.iter();
        let choice = choices.find(|choice| choice.rating == rating);
        choice.map_or(String::new(), |choice| choice.words.clone())
    });
    let is_suggested = Signal::derive(move || card.suggestion() == Some(rating));
    let hint = Signal::derive(move || {
        let words = if is_suggested.get() {
            text.suggested
        } else {
            ""
        };
        words.to_owned()
    });
    view! {
        <button
            class="rating-button"
            class:suggested=is_suggested
            type="submit"
            name="rating"
            value=u8::from(rating).to_string()
            hidden=is_empty(due)
            disabled=card.status.is_busy()
        >
            <span class="rating-name">{text.rating(rating)}</span>
            <span class="rating-due">{due}</span>
            <span class="rating-hint">{hint}</span>
        </button>
    }
}

#[cfg(test)]
mod tests;
