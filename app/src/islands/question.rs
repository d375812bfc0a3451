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

mod markup;

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlButtonElement, HtmlFormElement, KeyboardEvent};

use super::browser;
use crate::{
    api::{NewAnswer, NewReview, Question, Rating, Revealed, Scheduled},
    text::{IslandText, Language, format},
};

/// A question and how far the learner has come with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuestionState {
    /// The question.
    pub question: Question,
    /// A fresh UUID for the answer that the learner may give now.
    pub answer_id: String,
    /// A fresh UUID for the rating that the learner may give now.
    pub review_id: String,
    /// What the learner sees because the question was answered.
    pub revealed: Option<Revealed>,
    /// What the learner's rating led to.
    pub scheduled: Option<Scheduled>,
}

/// Where the last request of the card is.
#[derive(Clone, Debug, PartialEq)]
enum Sending {
    Idle,
    Underway,
    Saved,
    Failed(String),
}

/// The card: handles that closures copy.
#[derive(Clone, Copy)]
struct Card {
    language: Language,
    text: &'static IslandText,
    /// Nothing where there is no question to show.
    state: RwSignal<Option<QuestionState>>,
    sending: RwSignal<Sending>,
    /// How many points of the rubric are ticked.
    ticked: RwSignal<usize>,
    on_scheduled: Callback<Scheduled>,
}

/// The card of the question in `state`, which may become another question. `base` is the page whose `/answers` and
/// `/reviews` take the forms.
#[component]
pub(crate) fn QuestionCard(
    language: Language,
    state: RwSignal<Option<QuestionState>>,
    base: String,
    on_scheduled: Callback<Scheduled>,
) -> impl IntoView {
    let card = Card {
        language,
        text: IslandText::of(language),
        state,
        sending: RwSignal::new(Sending::Idle),
        ticked: RwSignal::new(0),
        on_scheduled,
    };
    let text = card.text;
    browser::on_wake(move || card.restore_draft());

    let no_question = Signal::derive(move || state.with(Option::is_none));
    let anchor = card.words(|state| format!("q-{}", state.question.item.0));
    let prompt = card.words(|state| state.question.prompt_html.clone());
    let comparison = card.words(move |state| markup::comparison(state, text));
    let unanswered = card.is(|state| state.revealed.is_none());
    let unrated = card.is(|state| state.revealed.is_some() && state.scheduled.is_none());
    let scheduled = card.words(move |state| {
        let scheduled = state.scheduled.as_ref();
        scheduled.map_or(String::new(), |scheduled| {
            scheduled_words(scheduled, language)
        })
    });

    view! {
        <section class="question" id=anchor hidden=no_question>
            <div class="question-prompt prose" inner_html=prompt></div>
            {answer_form(card, format!("{base}/answers"), not(unanswered))}
            <div class="comparison" inner_html=comparison hidden=unanswered></div>
            {rating_form(card, format!("{base}/reviews"), not(unrated))}
            <p class="scheduled" hidden=empty(scheduled)>{scheduled}</p>
        </section>
    }
}

fn not(signal: Signal<bool>) -> Signal<bool> {
    Signal::derive(move || !signal.get())
}

fn empty(signal: Signal<String>) -> Signal<bool> {
    Signal::derive(move || signal.with(String::is_empty))
}

fn answer_form(card: Card, action: String, hidden: Signal<bool>) -> impl IntoView {
    let text = card.text;
    let field = card.words(move |state| markup::answer_field(&state.question, text));
    let label = Signal::derive(move || {
        card.sending.with(|sending| match sending {
            Sending::Failed(_) => text.retry.to_owned(),
            _ => text.reveal.to_owned(),
        })
    });
    view! {
        <form
            class="answer"
            method="post"
            action=action
            hidden=hidden
            on:submit=move |event| card.send_answer(event)
            on:input=move |event| card.keep_draft(&event)
            on:keydown=submit_on_control_enter
        >
            <input type="hidden" name="id" value=card.words(|state| state.answer_id.clone())/>
            <input type="hidden" name="item" value=card.item()/>
            <div inner_html=field></div>
            <div class="actions">
                <button class="button" type="submit" disabled=card.is_sending()>{label}</button>
                {card.status()}
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
            on:submit=move |event| card.send_rating(event)
            on:change=move |event| card.count_ticks(&event)
        >
            <input type="hidden" name="id" value=card.words(|state| state.review_id.clone())/>
            <input type="hidden" name="item" value=card.item()/>
            <input type="hidden" name="answer" value=answer/>
            // A form's first button is what Enter in a check box presses; a disabled one makes that nothing.
            <button type="submit" disabled hidden></button>
            <fieldset class="rubric" inner_html=rubric hidden=empty(rubric)></fieldset>
            <fieldset class="ratings">
                <legend>{text.how_well}</legend>
                <div class="rating-buttons">{buttons}</div>
            </fieldset>
            {card.status()}
        </form>
    }
}

fn rating_button(card: Card, rating: Rating) -> impl IntoView {
    let text = card.text;
    let due = card.revealed(move |revealed| {
        let choice = revealed
            .choices
            .iter()
            .find(|choice| choice.rating == rating);
        choice.map_or(String::new(), |choice| {
            format::from_today(choice.interval_days, card.language)
        })
    });
    let is_suggested = Signal::derive(move || card.suggestion() == Some(rating));
    let hint = Signal::derive(move || {
        if is_suggested.get() {
            text.suggested.to_owned()
        } else {
            String::new()
        }
    });
    view! {
        <button
            class="rating-button"
            class:suggested=is_suggested
            type="submit"
            name="rating"
            value=u8::from(rating).to_string()
            hidden=empty(due)
            disabled=card.is_sending()
        >
            <span class="rating-name">{text.rating(rating)}</span>
            <span class="rating-due">{due}</span>
            <span class="rating-hint">{hint}</span>
        </button>
    }
}

impl Card {
    /// Something about the question, as text that follows it.
    fn words(
        self,
        of: impl Fn(&QuestionState) -> String + Send + Sync + 'static,
    ) -> Signal<String> {
        Signal::derive(move || {
            self.state
                .with(|state| state.as_ref().map_or(String::new(), &of))
        })
    }

    /// Something about what an answer has revealed.
    fn revealed(self, of: impl Fn(&Revealed) -> String + Send + Sync + 'static) -> Signal<String> {
        self.words(move |state| state.revealed.as_ref().map_or(String::new(), &of))
    }

    fn is(self, of: impl Fn(&QuestionState) -> bool + Send + Sync + 'static) -> Signal<bool> {
        Signal::derive(move || self.state.with(|state| state.as_ref().is_some_and(&of)))
    }

    fn item(self) -> Signal<String> {
        self.words(|state| state.question.item.0.to_string())
    }

    fn is_sending(self) -> Signal<bool> {
        Signal::derive(move || self.sending.with(|sending| *sending == Sending::Underway))
    }

    fn status(self) -> impl IntoView {
        let text = self.text;
        let sentence = Signal::derive(move || match self.sending.get() {
            Sending::Idle => String::new(),
            Sending::Underway => text.saving.to_owned(),
            Sending::Saved => text.saved.to_owned(),
            Sending::Failed(sentence) => sentence,
        });
        let failed = Signal::derive(move || {
            self.sending
                .with(|sending| matches!(sending, Sending::Failed(_)))
        });
        view! { <p class="status" role="status" class:failed=failed>{sentence}</p> }
    }

    fn suggestion(self) -> Option<Rating> {
        let ticked = self.ticked.get();
        self.state.with(|state| {
            let revealed = state.as_ref()?.revealed.as_ref()?;
            suggested(revealed.rubric.len(), ticked, revealed.right)
        })
    }

    fn restore_draft(self) {
        let Some(item) = self
            .state
            .with_untracked(|state| Some(state.as_ref()?.question.item))
        else {
            return;
        };
        let field = document().get_element_by_id(&markup::field_id(item));
        if let (Some(field), Some(draft)) = (field, browser::recall(&markup::field_id(item))) {
            _ = js_sys::Reflect::set(&field, &"value".into(), &JsValue::from_str(&draft));
        }
    }

    fn keep_draft(self, event: &web_sys::Event) {
        self.sending.set(Sending::Idle);
        if let (Some(form), Some(state)) = (current_form(event), self.state.get_untracked()) {
            let key = markup::field_id(state.question.item);
            browser::remember(&key, &browser::form_values(&form, "text").join(" "));
        }
    }

    fn send_answer(self, event: SubmitEvent) {
        event.prevent_default();
        let (Some(form), Some(state)) = (current_form(&event), self.state.get_untracked()) else {
            return;
        };
        let item = state.question.item;
        let answer = NewAnswer {
            id: state.answer_id,
            item,
            text: browser::form_values(&form, "text").join(" "),
        };
        if !self.begin_sending() {
            return;
        }
        spawn_local(async move {
            match browser::send::<Revealed>("POST", "/api/v1/answers", &answer).await {
                Ok(revealed) => {
                    browser::forget(&markup::field_id(item));
                    self.sending.set(Sending::Idle);
                    self.ticked.set(0);
                    self.update(|state| state.revealed = Some(revealed));
                    browser::focus_soon(markup::given_id(item));
                }
                Err(failure) => self
                    .sending
                    .set(Sending::Failed(failure.sentence(self.text))),
            }
        });
    }

    fn count_ticks(self, event: &web_sys::Event) {
        if let Some(form) = current_form(event) {
            self.ticked.set(browser::form_values(&form, "tick").len());
        }
    }

    fn send_rating(self, event: SubmitEvent) {
        event.prevent_default();
        let (Some(form), Some(state)) = (current_form(&event), self.state.get_untracked()) else {
            return;
        };
        let (Some(rating), Some(revealed)) = (pressed_rating(&event), state.revealed) else {
            return;
        };
        let review = NewReview {
            id: state.review_id,
            item: state.question.item,
            answer: revealed.answer,
            rating,
            ticks: browser::form_values(&form, "tick")
                .iter()
                .filter_map(|tick| tick.parse().ok())
                .collect(),
        };
        if !self.begin_sending() {
            return;
        }
        spawn_local(async move {
            match browser::send::<Scheduled>("POST", "/api/v1/reviews", &review).await {
                Ok(scheduled) => {
                    self.sending.set(Sending::Saved);
                    self.update(|state| state.scheduled = Some(scheduled.clone()));
                    self.on_scheduled.run(scheduled);
                }
                Err(failure) => self
                    .sending
                    .set(Sending::Failed(failure.sentence(self.text))),
            }
        });
    }

    /// Marks a request as under way; false while another one is.
    fn begin_sending(self) -> bool {
        let free = self
            .sending
            .with_untracked(|sending| *sending != Sending::Underway);
        if free {
            self.sending.set(Sending::Underway);
        }
        free
    }

    fn update(self, change: impl FnOnce(&mut QuestionState)) {
        self.state.update(|state| {
            if let Some(state) = state {
                change(state);
            }
        });
    }
}

fn current_form(event: &web_sys::Event) -> Option<HtmlFormElement> {
    event.current_target()?.dyn_into().ok()
}

fn pressed_rating(event: &SubmitEvent) -> Option<Rating> {
    let button: HtmlButtonElement = event.submitter()?.dyn_into().ok()?;
    Rating::try_from(button.value().parse::<u8>().ok()?).ok()
}

fn submit_on_control_enter(event: KeyboardEvent) {
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        if let Some(form) = current_form(&event) {
            _ = form.request_submit();
        }
    }
}

/// The rating that the ticked rubric points or the automatic check suggest; Easy never is.
fn suggested(rubric_points: usize, ticked: usize, right: Option<bool>) -> Option<Rating> {
    match right {
        Some(true) => Some(Rating::Good),
        Some(false) => Some(Rating::Again),
        None if rubric_points == 0 => None,
        None if ticked == 0 => Some(Rating::Again),
        None if ticked * 2 < rubric_points => Some(Rating::Hard),
        None => Some(Rating::Good),
    }
}

/// What a rating led to, in words.
pub(crate) fn scheduled_words(scheduled: &Scheduled, language: Language) -> String {
    let text = IslandText::of(language);
    format!(
        "{} · {} {} ({})",
        text.rating(scheduled.rating),
        text.comes_back,
        format::from_today(scheduled.interval_days, language),
        format::date(&scheduled.due_on, language),
    )
}

#[cfg(test)]
mod tests;
