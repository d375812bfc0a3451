//! Accounts: signing in, registering, choosing a password, and the browsers in which one is signed in. Plain forms.

use leptos::prelude::*;

use super::{Shell, layout, text::Text, to_document};
use crate::{
    api::Day,
    text::{Language, format},
};

/// The page `/bg/account/security`.
#[derive(Clone, Debug)]
pub struct SecurityView {
    /// The address and the role's place among learner, instructor and administrator, where there is an account.
    pub account: Option<(String, usize)>,
    /// The browsers in which the learner is known.
    pub sessions: Vec<Session>,
}

/// A browser in which the learner is known.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its name in the form.
    pub name: String,
    /// What it says about itself.
    pub user_agent: String,
    /// When somebody last learned in it.
    pub last_used: Day,
    /// Whether it is this one.
    pub is_this: bool,
}

/// A form of this family of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormView {
    /// Address and password.
    SignIn,
    /// An address, and a password where no letter can be sent.
    Register {
        /// Whether the password is chosen here.
        with_password: bool,
    },
    /// An address that gets a link to a new password.
    Forgotten,
    /// A letter is on its way.
    LetterSent,
    /// A new password.
    ChoosePassword,
}

/// The account and the sessions.
pub fn render_security(shell: &Shell, view: SecurityView) -> String {
    to_document(|| {
        let language = shell.language;
        let text = &Text::of(language).accounts;
        let mut frame = layout::Frame::new(shell, text.title);
        frame.islands = false;
        let account = match view.account {
            Some((email, role)) => view! {
                <p>
                    {text.signed_in_as}
                    " "
                    <strong class="address">{email}</strong>
                    " ("
                    {text.roles[role]}
                    ")"
                </p>
                <form method="post" action=url(language, "security/sign-out")>
                    <button class="button">{text.sign_out}</button>
                </form>
                {(role + 1 == text.roles.len())
                    .then(|| view! { <p><a href=url(language, "people")>{text.people}</a></p> })}
            }
            .into_any(),
            None => view! {
                <p>{text.no_account}</p>
                <p>
                    <a class="button primary" href=url(language, "register")>{text.register}</a>
                    " "
                    <a class="button" href=url(language, "sign-in")>{text.sign_in}</a>
                </p>
            }
            .into_any(),
        };
        let sessions = (!view.sessions.is_empty()).then(|| {
            view! {
                <h2>{text.sessions}</h2>
                <p>{text.sessions_lead}</p>
                <ul class="sessions">
                    {view.sessions.into_iter().map(|session| entry(session, language)).collect_view()}
                </ul>
            }
        });
        let body = view! {
            <div class="page account">
                <header class="page-header">
                    <h1>{text.title}</h1>
                    <p class="lead">{text.lead}</p>
                </header>
                {account}
                {sessions}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn entry(session: Session, language: Language) -> impl IntoView {
    let text = &Text::of(language).accounts;
    let name = if session.user_agent.is_empty() {
        text.unknown_browser.to_owned()
    } else {
        session.user_agent
    };
    let action = if session.is_this {
        view! { <strong>{text.this_browser}</strong> }.into_any()
    } else {
        view! {
            <form method="post" action=url(language, "security/revoke")>
                <input type="hidden" name="session" value=session.name/>
                <button class="button quiet">{text.revoke}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <p>{name} " · " {text.last_used} " " {format::date(&session.last_used, language)}</p>
            {action}
        </li>
    }
}

/// A person with an account, as administrators see them.
#[derive(Clone, Debug)]
pub struct Person {
    /// The learner's number.
    pub learner: i64,
    /// The address that they sign in with.
    pub email: String,
    /// The role's place among learner, instructor and administrator.
    pub role: usize,
    /// Whether it is the administrator who looks, who cannot take away their own role.
    pub is_this: bool,
}

/// The page `/bg/account/people`: who has which role.
pub fn render_people(shell: &Shell, people: Vec<Person>) -> String {
    to_document(|| {
        let language = shell.language;
        let text = &Text::of(language).accounts;
        let mut frame = layout::Frame::new(shell, text.people);
        frame.islands = false;
        let body = view! {
            <div class="page account">
                <header class="page-header">
                    <h1>{text.people}</h1>
                    <p class="lead">{text.people_lead}</p>
                </header>
                <ul class="sessions">
                    {people.into_iter().map(|person| role_form(person, language)).collect_view()}
                </ul>
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn role_form(person: Person, language: Language) -> impl IntoView {
    let text = &Text::of(language).accounts;
    let id = format!("role-{}", person.learner);
    let form = if person.is_this {
        view! { <p>{text.roles[person.role]}</p> }.into_any()
    } else {
        view! {
            <form class="fields" method="post">
                <input type="hidden" name="learner" value=person.learner.to_string()/>
                <label for=id.clone()>{text.role}</label>
                <select id=id name="role">
                    {text
                        .roles
                        .iter()
                        .enumerate()
                        .map(|(place, role)| {
                            view! {
                                <option value=place.to_string() selected=place == person.role>
                                    {*role}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
                " "
                <button class="button">{text.save_role}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li>
            <p><strong class="address">{person.email}</strong></p>
            {form}
        </li>
    }
}

/// A form. It posts to the page's own address.
pub fn render_form(shell: &Shell, view: FormView) -> String {
    to_document(|| {
        let language = shell.language;
        let text = &Text::of(language).accounts;
        let (title, lead, button) = match view {
            FormView::SignIn => (text.sign_in, text.sign_in_lead, text.sign_in),
            FormView::Register {
                with_password: true,
            } => (text.register, text.register_here_lead, text.register),
            FormView::Register {
                with_password: false,
            } => (text.register, text.register_lead, text.send_link),
            FormView::Forgotten => (text.forgotten, text.forgotten_lead, text.send_link),
            FormView::LetterSent => (text.letter_sent, text.letter_sent_lead, ""),
            FormView::ChoosePassword => (text.choose, text.choose_lead, text.choose_button),
        };
        let mut frame = layout::Frame::new(shell, title);
        frame.islands = false;
        let has_address = !matches!(view, FormView::LetterSent | FormView::ChoosePassword);
        let new_password = matches!(
            view,
            FormView::ChoosePassword
                | FormView::Register {
                    with_password: true
                }
        );
        let email = has_address.then(|| {
            view! {
                <label for="email">{text.email}</label>
                <input id="email" name="email" type="email" autocomplete="username" maxlength="254" required/>
            }
        });
        let password = (new_password || view == FormView::SignIn).then(|| {
            let autocomplete = if new_password {
                "new-password"
            } else {
                "current-password"
            };
            view! {
                <label for="password">{text.password}</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete=autocomplete
                    minlength=new_password.then_some("10")
                    required
                />
                {new_password.then(|| view! { <p><small>{text.password_rule}</small></p> })}
            }
        });
        let form = (view != FormView::LetterSent).then(|| {
            view! {
                <form class="fields" method="post">
                    {email}
                    {password}
                    <p><button class="button primary">{button}</button></p>
                </form>
            }
        });
        let ways = (view == FormView::SignIn).then(|| {
            view! {
                <p><a href=url(language, "password")>{text.forgotten}</a></p>
                <p><a href=url(language, "register")>{text.register}</a></p>
            }
        });
        let body = view! {
            <div class="page account">
                <header class="page-header">
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                </header>
                {form}
                {ways}
            </div>
        };
        layout::document(shell, frame, body)
    })
}

fn url(language: Language, what: &str) -> String {
    format!("/{}/account/{what}", language.code())
}
