//! A question card: answer, see what a good answer says, rate the recall.
//!
//! 1. Before the answer it is a form; nothing on the page says what is right.
//! 2. Once the server has kept the answer, the card shows it beside the author's, with the rubric to tick.
//! 3. The rating is a second form, whose buttons name the day on which the question would come back.
//!
//! Both forms work as ordinary page loads. In the browser the card sends the same values to the API instead. An answer
//! that is being typed is kept in the browser until the server has it.

use leptos::{
    either::{Either, EitherOf3},
    ev::SubmitEvent,
    prelude::*,
    task::spawn_local,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlButtonElement, HtmlFormElement, KeyboardEvent};

use super::browser;
use crate::{
    api::{AnswerForm, NewAnswer, NewReview, Question, Rating, RatingChoice, Revealed, Scheduled},
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

/// Where a request of the card is.
#[derive(Clone, Debug, PartialEq)]
enum Sending {
    Idle,
    Underway,
    Saved,
    Failed(String),
}

impl Sending {
    fn sentence(&self, text: &IslandText) -> String {
        match self {
            Sending::Idle => String::new(),
            Sending::Underway => text.saving.to_owned(),
            Sending::Saved => text.saved.to_owned(),
            Sending::Failed(sentence) => sentence.clone(),
        }
    }
}

/// The card. `base` is the page whose `/answers` and `/reviews` take the forms.
#[component]
pub(crate) fn QuestionCard(
    language: Language,
    state: QuestionState,
    base: String,
    on_scheduled: Callback<Scheduled>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let QuestionState {
        question,
        answer_id,
        review_id,
        revealed,
        scheduled,
    } = state;
    let item = question.item;
    let prompt_html = question.prompt_html.clone();
    let revealed = RwSignal::new(revealed);
    let scheduled = RwSignal::new(scheduled);

    view! {
        <section class="question" id=format!("q-{}", item.0)>
            <div class="question-prompt prose" inner_html=prompt_html></div>
            {move || match revealed.get() {
                None => {
                    Either::Left(
                        view! {
                            <AnswerEntry
                                text
                                question=question.clone()
                                answer_id=answer_id.clone()
                                action=format!("{base}/answers")
                                revealed
                            />
                        },
                    )
                }
                Some(answered) => {
                    let given = given_html(&question.form, &answered.text);
                    let rating = match scheduled.get() {
                        None => {
                            Either::Left(
                                view! {
                                    <RatingEntry
                                        language
                                        question=question.clone()
                                        revealed=answered.clone()
                                        review_id=review_id.clone()
                                        action=format!("{base}/reviews")
                                        scheduled
                                        on_scheduled
                                    />
                                },
                            )
                        }
                        Some(scheduled) => Either::Right(scheduled_line(&scheduled, language)),
                    };
                    Either::Right(
                        view! {
                            <Comparison text given revealed=answered item=item.0/>
                            {rating}
                        },
                    )
                }
            }}
        </section>
    }
}

/// The form of the answer.
#[component]
fn AnswerEntry(
    text: &'static IslandText,
    question: Question,
    answer_id: String,
    action: String,
    revealed: RwSignal<Option<Revealed>>,
) -> impl IntoView {
    let item = question.item;
    let field_id = format!("answer-{}", item.0);
    let draft_key = format!("answer/{}", item.0);
    let sending = RwSignal::new(Sending::Idle);

    Effect::new({
        let (field_id, draft_key) = (field_id.clone(), draft_key.clone());
        move |_| {
            let field = document().get_element_by_id(&field_id);
            if let (Some(field), Some(draft)) = (field, browser::recall(&draft_key)) {
                _ = js_sys::Reflect::set(&field, &"value".into(), &JsValue::from_str(&draft));
            }
        }
    });

    let keep_draft = {
        let draft_key = draft_key.clone();
        move |event: web_sys::Event| {
            sending.set(Sending::Idle);
            let form = event
                .current_target()
                .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
            if let Some(form) = form {
                browser::remember(&draft_key, &browser::form_values(&form, "text").join(" "));
            }
        }
    };

    let submit = {
        let answer_id = answer_id.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if sending.get_untracked() == Sending::Underway {
                return;
            }
            let form: HtmlFormElement = event_target(&event);
            let answer = NewAnswer {
                id: answer_id.clone(),
                item,
                text: browser::form_values(&form, "text").join(" "),
            };
            sending.set(Sending::Underway);
            let draft_key = draft_key.clone();
            spawn_local(async move {
                match browser::send::<Revealed>("POST", "/api/v1/answers", &answer).await {
                    Ok(answered) => {
                        browser::forget(&draft_key);
                        revealed.set(Some(answered));
                        browser::focus_soon(format!("given-{}", item.0));
                    }
                    Err(failure) => sending.set(Sending::Failed(failure.sentence(text))),
                }
            });
        }
    };

    view! {
        <form class="answer" method="post" action=action on:submit=submit on:input=keep_draft>
            <input type="hidden" name="id" value=answer_id/>
            <input type="hidden" name="item" value=item.0.to_string()/>
            {answer_field(text, &question.form, field_id)}
            <div class="actions">
                <button class="button" type="submit" disabled=move || sending.get() == Sending::Underway>
                    {move || {
                        if matches!(sending.get(), Sending::Failed(_)) { text.retry } else { text.reveal }
                    }}
                </button>
                <p class="status" role="status" class:failed=move || matches!(sending.get(), Sending::Failed(_))>
                    {move || sending.get().sentence(text)}
                </p>
            </div>
        </form>
    }
}

fn answer_field(text: &'static IslandText, form: &AnswerForm, id: String) -> impl IntoView + use<> {
    match form {
        AnswerForm::Open => {
            let submit_on_control_enter = |event: KeyboardEvent| {
                if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                    let field: web_sys::HtmlTextAreaElement = event_target(&event);
                    if let Some(form) = field.form() {
                        _ = form.request_submit();
                    }
                }
            };
            EitherOf3::A(view! {
                <label for=id.clone()>{text.your_answer}</label>
                <textarea
                    id=id
                    name="text"
                    rows="4"
                    maxlength="8000"
                    required
                    aria-keyshortcuts="Control+Enter"
                    on:keydown=submit_on_control_enter
                ></textarea>
            })
        }
        AnswerForm::Short => EitherOf3::B(view! {
            <label for=id.clone()>{text.your_answer}</label>
            <input id=id class="short" type="text" name="text" maxlength="200" required autocomplete="off"/>
        }),
        AnswerForm::Choice { several, choices } => {
            let kind = if *several { "checkbox" } else { "radio" };
            let legend = if *several {
                text.choose_several
            } else {
                text.choose_one
            };
            EitherOf3::C(view! {
                <fieldset class="choices">
                    <legend>{legend}</legend>
                    {tick_boxes(kind, "text", choices.clone())}
                </fieldset>
            })
        }
    }
}

/// Boxes to tick whose values are the positions of their labels, which are sanitised HTML.
fn tick_boxes(kind: &'static str, name: &'static str, labels: Vec<String>) -> impl IntoView {
    labels
        .into_iter()
        .enumerate()
        .map(|(index, label)| {
            view! {
                <label class="choice">
                    <input type=kind name=name value=index.to_string()/>
                    <span inner_html=label></span>
                </label>
            }
        })
        .collect_view()
}

/// The learner's answer as it may be shown: escaped words, or the choices' own sanitised HTML.
fn given_html(form: &AnswerForm, text: &str) -> String {
    match form {
        AnswerForm::Choice { choices, .. } => text
            .split_whitespace()
            .filter_map(|index| choices.get(index.parse::<usize>().ok()?))
            .fold(String::new(), |html, choice| html + "<p>" + choice + "</p>"),
        AnswerForm::Open | AnswerForm::Short => escaped(text),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The learner's answer beside the author's.
#[component]
fn Comparison(
    text: &'static IslandText,
    given: String,
    revealed: Revealed,
    item: i64,
) -> impl IntoView {
    view! {
        <div class="comparison">
            <h4 id=format!("given-{item}") tabindex="-1">{text.you_answered}</h4>
            <div class="given" inner_html=given></div>
            {revealed
                .right
                .map(|right| {
                    view! {
                        <p class=if right { "mark right" } else { "mark wrong" }>
                            {if right { text.right } else { text.wrong }}
                        </p>
                    }
                })}
            <h4>{text.good_answer}</h4>
            <div class="model prose" inner_html=revealed.model_html></div>
        </div>
    }
}

/// The form of the rating.
#[component]
fn RatingEntry(
    language: Language,
    question: Question,
    revealed: Revealed,
    review_id: String,
    action: String,
    scheduled: RwSignal<Option<Scheduled>>,
    on_scheduled: Callback<Scheduled>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let item = question.item;
    let rubric_points = revealed.rubric.len();
    let right = revealed.right;
    let sending = RwSignal::new(Sending::Idle);
    let ticked = RwSignal::new(0_usize);
    let suggestion = move || suggested(rubric_points, ticked.get(), right);

    let count_ticks = move |event: web_sys::Event| {
        let form = event
            .current_target()
            .and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            ticked.set(browser::form_values(&form, "tick").len());
        }
    };

    let submit = {
        let (review_id, answer) = (review_id.clone(), revealed.answer.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let button = event
                .submitter()
                .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
            let rating = button
                .and_then(|button| button.value().parse::<u8>().ok())
                .and_then(|number| Rating::try_from(number).ok());
            let Some(rating) = rating else { return };
            if sending.get_untracked() == Sending::Underway {
                return;
            }
            let form: HtmlFormElement = event_target(&event);
            let review = NewReview {
                id: review_id.clone(),
                item,
                answer: answer.clone(),
                rating,
                ticks: browser::form_values(&form, "tick")
                    .iter()
                    .filter_map(|tick| tick.parse().ok())
                    .collect(),
            };
            sending.set(Sending::Underway);
            spawn_local(async move {
                match browser::send::<Scheduled>("POST", "/api/v1/reviews", &review).await {
                    Ok(led_to) => {
                        sending.set(Sending::Saved);
                        scheduled.set(Some(led_to.clone()));
                        on_scheduled.run(led_to);
                    }
                    Err(failure) => sending.set(Sending::Failed(failure.sentence(text))),
                }
            });
        }
    };

    view! {
        <form class="rating" method="post" action=action on:submit=submit on:change=count_ticks>
            <input type="hidden" name="id" value=review_id/>
            <input type="hidden" name="item" value=item.0.to_string()/>
            <input type="hidden" name="answer" value=revealed.answer/>
            // A form's first button is what Enter in a check box presses; a disabled one makes that nothing.
            <button type="submit" disabled hidden></button>
            {(rubric_points > 0)
                .then(|| {
                    view! {
                        <fieldset class="rubric">
                            <legend>{text.rubric}</legend>
                            {tick_boxes("checkbox", "tick", revealed.rubric)}
                        </fieldset>
                    }
                })}
            <fieldset class="ratings">
                <legend>{text.how_well}</legend>
                <div class="rating-buttons">
                    {revealed
                        .choices
                        .into_iter()
                        .map(|choice| rating_button(choice, language, suggestion, sending))
                        .collect_view()}
                </div>
            </fieldset>
            <p class="status" role="status" class:failed=move || matches!(sending.get(), Sending::Failed(_))>
                {move || sending.get().sentence(text)}
            </p>
        </form>
    }
}

fn rating_button(
    choice: RatingChoice,
    language: Language,
    suggestion: impl Fn() -> Option<Rating> + Copy + Send + Sync + 'static,
    sending: RwSignal<Sending>,
) -> impl IntoView {
    let text = IslandText::of(language);
    let rating = choice.rating;
    let is_suggested = move || suggestion() == Some(rating);
    view! {
        <button
            class="rating-button"
            class:suggested=is_suggested
            type="submit"
            name="rating"
            value=u8::from(rating).to_string()
            disabled=move || sending.get() == Sending::Underway
        >
            <span class="rating-name">{text.rating(rating)}</span>
            <span class="rating-due">{format::from_today(choice.interval_days, language)}</span>
            <span class="rating-hint">{move || if is_suggested() { text.suggested } else { "" }}</span>
        </button>
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

/// What a rating led to, as a line of text.
pub(crate) fn scheduled_line(scheduled: &Scheduled, language: Language) -> impl IntoView + use<> {
    let text = IslandText::of(language);
    view! {
        <p class="scheduled" role="status">
            <strong>{text.rating(scheduled.rating)}</strong>
            {format!(
                " · {} {} ({})",
                text.comes_back,
                format::from_today(scheduled.interval_days, language),
                format::date(&scheduled.due_on, language),
            )}
        </p>
    }
}

#[cfg(test)]
mod tests;
