//! How the learner is reminded: by letter, by the browser, by their calendar. Plain forms; only the browser's own part
//! needs a script.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};
use crate::text::Language;

/// The choices of one learner.
#[derive(Clone, Debug)]
pub struct RemindersView {
    /// What was just done, if the page comes after a form.
    pub done: Option<Done>,
    /// Whether this installation sends mail.
    pub mail_configured: bool,
    /// The address that the learner left.
    pub address: Option<Address>,
    /// Whether reminders go to the address.
    pub by_mail: bool,
    /// The hours in which nothing is sent: the first, and the first after them.
    pub quiet_hours: [i8; 2],
    /// The learner's time zone.
    pub time_zone: String,
    /// How many browsers get messages.
    pub browsers: usize,
    /// The key with which a browser subscribes.
    pub push_key: String,
    /// The address of the calendar feed, where it is offered.
    pub calendar_url: Option<String>,
}

/// An address and how far it is.
#[derive(Clone, Debug)]
pub struct Address {
    /// The address.
    pub text: String,
    /// How far it is.
    pub state: AddressState,
}

/// How far an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressState {
    /// It waits for its confirmation.
    Unconfirmed,
    /// Reminders can go to it.
    Confirmed,
    /// It refused letters and was given up.
    Parked,
}

/// What a form did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The address was kept, and a letter is on its way.
    LetterSent,
    /// The address was confirmed.
    Confirmed,
    /// The address was forgotten.
    Removed,
    /// Choices were saved.
    Saved,
    /// The calendar's address is another one.
    CalendarChanged,
    /// Messages to browsers ended.
    PushEnded,
}

impl Done {
    /// Every value.
    const ALL: [Done; 6] = [
        Done::LetterSent,
        Done::Confirmed,
        Done::Removed,
        Done::Saved,
        Done::CalendarChanged,
        Done::PushEnded,
    ];

    /// The word in the page's address.
    pub fn word(self) -> &'static str {
        match self {
            Done::LetterSent => "letter",
            Done::Confirmed => "confirmed",
            Done::Removed => "removed",
            Done::Saved => "saved",
            Done::CalendarChanged => "calendar",
            Done::PushEnded => "push",
        }
    }

    /// What a word in the page's address means.
    pub fn from_word(word: &str) -> Option<Done> {
        Done::ALL.into_iter().find(|done| done.word() == word)
    }
}

/// The page `/bg/account/reminders`. Its forms post to addresses below it.
pub fn render(shell: &Shell, view: RemindersView) -> String {
    to_document(|| {
        let language = shell.language;
        let text = &Text::of(language).reminders;
        let mut frame = layout::Frame::new(shell, text.title);
        frame.islands = false;
        let nonce = shell.nonce.clone();
        let body = view! {
            <div class="page reminders">
                <header class="page-header">
                    <h1>{text.title}</h1>
                    <p class="lead">{text.lead}</p>
                </header>
                {view
                    .done
                    .map(|done| {
                        view! {
                            <p class="notice" role="status">
                                {text.done[Done::ALL.iter().position(|other| *other == done).unwrap_or_default()]}
                            </p>
                        }
                    })}
                <h2>{text.mail}</h2>
                {mail(&view, language)}
                <h2>{text.when}</h2>
                {choices(&view, language)}
                <h2>{text.push}</h2>
                {push(&view, language)}
                <h2>{text.calendar}</h2>
                {calendar(&view, language)}
            </div>
            <script type="module" nonce=nonce src="/push.js"></script>
        };
        layout::document(shell, frame, body)
    })
}

fn action(language: Language, what: &str) -> String {
    format!("/{}/account/reminders/{what}", language.code())
}

fn mail(view: &RemindersView, language: Language) -> AnyView {
    let text = &Text::of(language).reminders;
    if !view.mail_configured {
        return view! { <p class="notice">{text.mail_not_configured}</p> }.into_any();
    }
    let state = view.address.as_ref().map(|address| {
        let sentence = match address.state {
            AddressState::Unconfirmed => text.unconfirmed,
            AddressState::Confirmed => text.confirmed,
            AddressState::Parked => text.parked,
        };
        let remove = action(language, "address/remove");
        view! {
            <p>
                <strong class="address">{address.text.clone()}</strong>
                ": "
                {sentence}
            </p>
            <form method="post" action=remove>
                <button class="button quiet">{text.remove}</button>
            </form>
        }
    });
    view! {
        {state}
        <form class="fields" method="post" action=action(language, "address")>
            <label for="address">
                {if view.address.is_some() { text.other_address } else { text.address }}
            </label>
            <input id="address" name="address" type="email" autocomplete="email" maxlength="254" required/>
            <p><button class="button primary">{text.leave_address}</button></p>
        </form>
    }
    .into_any()
}

fn choices(view: &RemindersView, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).reminders;
    let hours = |chosen: i8| {
        (0..24_i8)
            .map(|hour| {
                view! {
                    <option value=hour.to_string() selected=hour == chosen>
                        {format!("{hour:02}:00")}
                    </option>
                }
            })
            .collect_view()
    };
    let [from, until] = view.quiet_hours;
    view! {
        <p>{text.rule}</p>
        <form class="fields" method="post" action=action(language, "choices")>
            <label class="choice">
                <input type="checkbox" name="by_mail" value="yes" checked=view.by_mail/>
                <span>{text.by_mail}</span>
            </label>
            <fieldset>
                <legend>{text.quiet}</legend>
                <label for="quiet-from">{text.quiet_from}</label>
                <select id="quiet-from" name="quiet_from">{hours(from)}</select>
                <label for="quiet-until">{text.quiet_until}</label>
                <select id="quiet-until" name="quiet_until">{hours(until)}</select>
                <p><small>{text.time_zone} ": " {view.time_zone.clone()}</small></p>
            </fieldset>
            <p><button class="button">{text.save}</button></p>
        </form>
    }
}

/// What the script finds here: the button, the key, and the words for what may happen.
fn push(view: &RemindersView, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).reminders;
    let end = (view.browsers > 0).then(|| {
        view! {
            <form method="post" action=action(language, "push/end")>
                <button class="button quiet">{text.push_end}</button>
            </form>
        }
    });
    view! {
        <p>{text.push_lead}</p>
        <p>{text.browsers.of(u32::try_from(view.browsers).unwrap_or(u32::MAX))}</p>
        <div
            id="push"
            hidden
            data-key=view.push_key.clone()
            data-working=text.push_working
            data-done=text.push_done
            data-denied=text.push_denied
            data-failed=text.push_failed
            data-unsupported=text.push_unsupported
        >
            <p><button class="button" type="button">{text.push_begin}</button></p>
            <p role="status"></p>
        </div>
        <noscript>
            <p>{text.push_needs_scripts}</p>
        </noscript>
        {end}
    }
}

fn calendar(view: &RemindersView, language: Language) -> impl IntoView + use<> {
    let text = &Text::of(language).reminders;
    let offered = view.calendar_url.clone().map(|url| {
        view! {
            <label for="calendar-url">{text.calendar_url}</label>
            <input id="calendar-url" type="text" readonly value=url/>
            <p><small>{text.calendar_secret}</small></p>
        }
    });
    let begin = if offered.is_some() {
        text.calendar_renew
    } else {
        text.calendar_begin
    };
    let end = offered.is_some().then(|| {
        view! {
            <form method="post" action=action(language, "calendar/end")>
                <button class="button quiet">{text.calendar_end}</button>
            </form>
        }
    });
    view! {
        <p>{text.calendar_lead}</p>
        <div class="fields">{offered}</div>
        <form method="post" action=action(language, "calendar")>
            <button class="button">{begin}</button>
        </form>
        {end}
    }
}
