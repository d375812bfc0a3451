//! What a card knows, and what its forms do.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlButtonElement, HtmlElement, HtmlFormElement, KeyboardEvent};

use super::{CardState, RATED_EVENT, markup};
use crate::{
    api::{ItemId, NewAnswer, NewReview, Rating, Revealed, Scheduled},
    islands::{browser, status::Status},
    text::{IslandText, Language},
};

/// The state of a card: handles that closures copy.
#[derive(Clone, Copy)]
pub(super) struct Card {
    pub(super) text: &'static IslandText,
    /// Whether it stands in a review, where items come back within minutes.
    in_session: bool,
    pub(super) item: ItemId,
    given: StoredValue<CardState>,
    revealed: RwSignal<Option<Revealed>>,
    pub(super) scheduled: RwSignal<Option<Scheduled>>,
    pub(super) status: Status,
    /// How many points of the rubric are ticked.
    ticked: RwSignal<u32>,
}

impl Card {
    pub(super) fn new(language: Language, mut state: CardState, in_session: bool) -> Card {
        let text = IslandText::of(language);
        Card {
            text,
            in_session,
            item: state.item,
            revealed: RwSignal::new(state.revealed.take()),
            scheduled: RwSignal::new(state.scheduled.take()),
            given: StoredValue::new(state),
            status: Status::new(text),
            ticked: RwSignal::new(0),
        }
    }

    /// Something about what an answer has revealed, as text that follows it.
    pub(super) fn revealed(
        self,
        of: impl Fn(&Revealed) -> String + Send + Sync + 'static,
    ) -> Signal<String> {
        Signal::derive(move || {
            self.revealed
                .with(|revealed| revealed.as_ref().map_or(String::new(), &of))
        })
    }

    pub(super) fn comparison(self, revealed: &Revealed) -> String {
        self.given
            .with_value(|given| markup::comparison(self.item, &given.choices, revealed, self.text))
    }

    pub(super) fn answer_id(self) -> String {
        self.given.with_value(|given| given.answer_id.clone())
    }

    pub(super) fn review_id(self) -> String {
        self.given.with_value(|given| given.review_id.clone())
    }

    pub(super) fn suggestion(self) -> Option<Rating> {
        let ticked = self.ticked.get();
        self.revealed.with(|revealed| {
            let revealed = revealed.as_ref()?;
            suggested(revealed.rubric.len(), ticked as usize, revealed.right)
        })
    }

    /// Puts what was being typed on an earlier visit into the field.
    pub(super) fn restore_draft(self) {
        let id = markup::field_id(self.item);
        let field = document().get_element_by_id(&id);
        if let (Some(field), Some(draft)) = (field, browser::recall(&id)) {
            _ = js_sys::Reflect::set(&field, &"value".into(), &JsValue::from_str(&draft));
        }
    }

    /// Keeps in the browser what is being typed.
    pub(super) fn keep_draft(self, event: &Event) {
        self.status.clear();
        if let Some(form) = current_form(event) {
            let text = browser::form_values(&form, "text").join(" ");
            browser::remember(&markup::field_id(self.item), &text);
        }
    }

    pub(super) fn count_ticks(self, event: &Event) {
        if let Some(form) = current_form(event) {
            let ticked = browser::form_values(&form, "tick").len();
            self.ticked.set(ticked as u32);
        }
    }

    /// Has the answer kept, and shows what that reveals.
    pub(super) fn send_answer(self, event: &SubmitEvent) {
        event.prevent_default();
        let Some(form) = current_form(event) else {
            return;
        };
        if !self.status.begin() {
            return;
        }
        let answer = NewAnswer {
            id: self.answer_id(),
            item: self.item,
            text: browser::form_values(&form, "text").join(" "),
            session: self.in_session,
        };
        spawn_local(async move {
            match browser::send::<Revealed>("POST", "/api/v1/answers", &answer).await {
                Ok(revealed) => {
                    browser::forget(&markup::field_id(self.item));
                    self.status.clear();
                    self.revealed.set(Some(revealed));
                    browser::focus_soon(markup::given_id(self.item));
                }
                Err(failure) => self.status.failed(&failure.sentence(self.text)),
            }
        });
    }

    /// Has the rating kept, and shows when the question comes back.
    pub(super) fn send_rating(self, event: &SubmitEvent) {
        event.prevent_default();
        let answer = self
            .revealed
            .with_untracked(|revealed| Some(revealed.as_ref()?.answer.clone()));
        let (Some(form), Some(rating), Some(answer)) =
            (current_form(event), pressed_rating(event), answer)
        else {
            return;
        };
        if !self.status.begin() {
            return;
        }
        let ticks = browser::form_values(&form, "tick");
        let review = NewReview {
            id: self.review_id(),
            item: self.item,
            answer,
            rating,
            ticks: ticks.iter().filter_map(|tick| tick.parse().ok()).collect(),
            session: self.in_session,
        };
        spawn_local(async move {
            match browser::send::<Scheduled>("POST", "/api/v1/reviews", &review).await {
                Ok(scheduled) => {
                    self.status.saved();
                    self.scheduled.set(Some(scheduled));
                    browser::focus_soon("next".to_owned());
                    if let Ok(event) = Event::new(RATED_EVENT) {
                        _ = document().dispatch_event(&event);
                    }
                }
                Err(failure) => self.status.failed(&failure.sentence(self.text)),
            }
        });
    }
}

/// The rating that the ticked rubric points or the automatic check suggest; Easy never is.
pub(super) fn suggested(
    rubric_points: usize,
    ticked: usize,
    right: Option<bool>,
) -> Option<Rating> {
    match right {
        Some(true) => Some(Rating::Good),
        Some(false) => Some(Rating::Again),
        None if rubric_points == 0 => None,
        None if ticked == 0 => Some(Rating::Again),
        None if ticked * 2 < rubric_points => Some(Rating::Hard),
        None => Some(Rating::Good),
    }
}

fn current_form(event: &Event) -> Option<HtmlFormElement> {
    event.current_target()?.dyn_into().ok()
}

fn pressed_rating(event: &SubmitEvent) -> Option<Rating> {
    let button: HtmlButtonElement = event.submitter()?.dyn_into().ok()?;
    Rating::try_from(button.value().parse::<u8>().ok()?).ok()
}

pub(super) fn submit_on_control_enter(event: KeyboardEvent) {
    if event.key() == "Enter"
        && (event.ctrl_key() || event.meta_key())
        && let Some(form) = current_form(&event)
    {
        _ = form.request_submit();
    }
}

/// In the review the keys 1 to 4 rate, and the space bar goes on: to the next question, else with the suggested rating, else
/// with Good.
pub(super) fn act_by_key(event: KeyboardEvent) {
    let plain = !(event.ctrl_key() || event.alt_key() || event.meta_key());
    let key = event.key();
    let rating = "form:not([hidden]) button[name=rating]:not([hidden])";
    let selectors = match key.as_str() {
        "1" | "2" | "3" | "4" => [format!("{rating}[value='{key}']"), String::new()],
        " " => [
            format!("p:not([hidden])>#next,{rating}.suggested"),
            format!("{rating}[value='3']"),
        ],
        _ => return,
    };
    if !plain || is_busy_with_keys(&event) {
        return;
    }
    let button = selectors
        .iter()
        .find_map(|selector| document().query_selector(selector).ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        button.click();
    }
}

/// Whether the focus is on something that keys mean something to already.
fn is_busy_with_keys(event: &KeyboardEvent) -> bool {
    let busy = match event.key().as_str() {
        " " => "textarea, input, button, summary",
        _ => "textarea, input[type=text]",
    };
    let target = event.target();
    target
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.matches(busy).unwrap_or(false))
}
