//! What a learner may choose, and what is stored about them.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};

/// The account as one learner sees it. What can be filled in is text, as it was typed.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// The IANA name of the time zone.
    pub time_zone: String,
    /// The names that may be chosen.
    pub time_zones: Vec<String>,
    /// What the clock shows there, where there is such a zone.
    pub now: Option<String>,
    /// The hour at which a new day begins.
    pub day_starts_at_hour: String,
    /// The recall to keep, in per cent.
    pub desired_retention: String,
    /// The most items that come back in a day.
    pub reviews_per_day: String,
    /// The most new items in a day.
    pub new_items_per_day: String,
    /// What is wrong with what was filled in.
    pub problem: Option<String>,
    /// Whether it was just saved.
    pub saved: bool,
    /// Whether everything was just deleted.
    pub deleted: bool,
    /// Whether anything is stored about the visitor.
    pub is_known: bool,
}

/// The page `/bg/account`. Its forms post to it and to `…/delete`; `…/export` is the archive.
pub fn render(shell: &Shell, view: AccountView) -> String {
    to_document(|| {
        let words = Text::of(shell.language);
        let text = &words.account;
        let base = format!("/{}/account", shell.language.code());
        let mut frame = layout::Frame::new(shell, text.title);
        frame.islands = false;
        frame.extra = true;
        let saved = view
            .saved
            .then(|| view! { <p class="notice" role="status">{text.saved}</p> });
        let deleted = view
            .deleted
            .then(|| view! { <p class="notice" role="status">{text.deleted}</p> });
        let problem = view
            .problem
            .clone()
            .map(|problem| view! { <p class="notice failed" role="alert">{problem}</p> });
        let stored = if view.is_known {
            stored(&base, text).into_any()
        } else {
            view! { <p>{text.nothing_stored}</p> }.into_any()
        };
        let body = view! {
            <div class="page account">
                <header class="page-header">
                    <h1>{text.title}</h1>
                    <p class="lead">{text.lead}</p>
                </header>
                {deleted}
                {saved}
                {problem}
                <ul>
                    <li><a href=format!("{base}/reminders")>{words.reminders.title}</a></li>
                    <li><a href=format!("{base}/security")>{words.accounts.title}</a></li>
                </ul>
                {settings(&view, &base, text)}
                <h2>{text.stored}</h2>
                {stored}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn settings(
    view: &AccountView,
    base: &str,
    text: &'static super::text::AccountText,
) -> impl IntoView + use<> {
    let zones = view
        .time_zones
        .iter()
        .map(|zone| view! { <option value=zone.clone()></option> })
        .collect_view();
    let now = view
        .now
        .as_ref()
        .map(|now| format!(" {} {now}.", text.clock_shows));
    view! {
        <form class="settings" method="post" action=base.to_owned()>
            <h2>{text.days}</h2>
            <label for="time-zone">{text.time_zone}</label>
            <input
                id="time-zone"
                type="text"
                name="time_zone"
                value=view.time_zone.clone()
                list="time-zones"
                required
                autocomplete="off"
                aria-describedby="time-zone-help"
            />
            <datalist id="time-zones">{zones}</datalist>
            <p class="help" id="time-zone-help">{text.time_zone_help} {now}</p>
            {number("day-starts", "day_starts_at_hour", &view.day_starts_at_hour, [0, 23], text.day_starts, text.day_starts_help)}
            <h2>{text.review}</h2>
            {number("retention", "desired_retention", &view.desired_retention, [80, 95], text.retention, text.retention_help)}
            {number("reviews", "reviews_per_day", &view.reviews_per_day, [0, 9_999], text.reviews, text.reviews_help)}
            {number("new-items", "new_items_per_day", &view.new_items_per_day, [0, 9_999], text.new_items, text.new_items_help)}
            <button class="button primary" type="submit">{text.save}</button>
        </form>
    }
}

fn number(
    id: &'static str,
    name: &'static str,
    value: &str,
    [least, most]: [u32; 2],
    label: &'static str,
    help: &'static str,
) -> impl IntoView + use<> {
    let help_id = format!("{id}-help");
    view! {
        <label for=id>{label}</label>
        <input
            id=id
            class="number"
            type="number"
            name=name
            value=value.to_owned()
            min=least
            max=most
            step="1"
            required
            aria-describedby=help_id.clone()
        />
        <p class="help" id=help_id>{help}</p>
    }
}

fn stored(base: &str, text: &'static super::text::AccountText) -> impl IntoView + use<> {
    view! {
        <p>{text.export_lead}</p>
        <p><a class="button" href=format!("{base}/export") download="latency-lab.json">{text.export}</a></p>
        <form class="delete" method="post" action=format!("{base}/delete")>
            <p>{text.delete_lead}</p>
            <label class="choice">
                <input type="checkbox" name="understood" value="1" required/>
                <span>{text.understood}</span>
            </label>
            <button class="button quiet" type="submit">{text.delete}</button>
        </form>
    }
}
