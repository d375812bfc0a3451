//! `/bg/account/…`: signing in, registering, passwords, and the browsers in which a learner is known.

use app::{
    pages::accounts::{self as pages, FormView, SecurityView},
    text::Language,
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    accounts::{self, Role, sessions},
    error::Error,
    extract::{Form, LanguageCode, Path},
    learners::{LearnerId, Visitor},
    links::{self, Purpose},
    render::{self, Place},
    retention::day,
    state::AppState,
};

type Addressed = Path<(LanguageCode, String)>;

/// The account and the sessions.
pub async fn page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let mut view = SecurityView {
        account: None,
        sessions: Vec::new(),
    };
    if let Some(learner) = visitor.learner(&state.db).await? {
        let account = accounts::of(&state.db, learner.id).await?;
        view.account = account.map(|account| (account.email, account.role as usize));
        view.sessions = sessions::of(&state.db, learner.id, &visitor)
            .await?
            .into_iter()
            .map(|session| pages::Session {
                name: session.name,
                user_agent: session.user_agent,
                last_used: day::on_the_wire(learner.today(session.last_used_at)),
                is_this: session.is_this,
            })
            .collect();
    }
    let place = Place::page(language, "/account/security");
    Ok(render::page(&state, &place, None, |shell| {
        pages::render_security(shell, view)
    }))
}

/// Who has which role, for administrators.
pub async fn people_page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let administrator = accounts::require(&state, &visitor, Role::Administrator).await?;
    let people = accounts::all(&state.db)
        .await?
        .into_iter()
        .map(|account| pages::Person {
            learner: account.learner.0,
            is_this: account.learner == administrator.learner,
            email: account.email,
            role: account.role as usize,
        })
        .collect();
    let place = Place::page(language, "/account/people");
    Ok(render::page(&state, &place, None, |shell| {
        pages::render_people(shell, people)
    }))
}

/// Gives a person another role. Administrators keep their own, so that there is always one.
pub async fn give_role(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    let administrator = accounts::require(&state, &visitor, Role::Administrator).await?;
    let learner = LearnerId(form.parsed("learner")?);
    let role = Role::ALL.get(form.parsed::<usize>("role")?).copied();
    if let Some(role) = role.filter(|_| learner != administrator.learner) {
        accounts::give_role(&state.db, learner, role).await?;
    }
    let url = format!("/{}/account/people", language.code());
    Ok(Redirect::to(&url).into_response())
}

/// Signs another browser out.
pub async fn revoke(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    form: Form,
) -> Result<Response, Error> {
    if let Some(learner) = visitor.learner(&state.db).await? {
        sessions::revoke(&state.db, learner.id, form.field("session")?).await?;
    }
    Ok(to_security(language).into_response())
}

/// Signs this browser out: whoever goes on in it is a new learner.
pub async fn sign_out(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Result<Response, Error> {
    let mut transaction = state.db.write().await?;
    sessions::end(&mut transaction, &visitor).await?;
    transaction.commit().await?;
    Ok((visitor.renewed().cookie(), to_security(language)).into_response())
}

/// The form of signing in.
pub async fn sign_in_page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Response {
    let page = form(&state, language, "/account/sign-in", FormView::SignIn);
    (visitor.cookie(), page).into_response()
}

/// Signs in.
pub async fn sign_in(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    fields: Form,
) -> Result<Response, Error> {
    let (email, password) = (fields.field("email")?, fields.field("password")?);
    let visitor = accounts::sign_in(&state, visitor, email, password).await?;
    Ok((visitor.cookie(), to_security(language)).into_response())
}

/// The form of registering.
pub async fn register_page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
) -> Response {
    let view = FormView::Register {
        with_password: state.mail.is_none(),
    };
    let page = form(&state, language, "/account/register", view);
    (visitor.cookie(), page).into_response()
}

/// Asks for an account.
pub async fn register(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    fields: Form,
) -> Result<Response, Error> {
    let password = fields.all("password").next();
    let email = fields.field("email")?;
    match accounts::register(&state, visitor, language, email, password).await? {
        None => Ok(form(
            &state,
            language,
            "/account/register",
            FormView::LetterSent,
        )),
        Some(visitor) => Ok((visitor.cookie(), to_security(language)).into_response()),
    }
}

/// The form for a forgotten password.
pub async fn forgotten_page(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
) -> Response {
    form(&state, language, "/account/password", FormView::Forgotten)
}

/// Asks for a link to a new password.
pub async fn forgotten(
    State(state): State<AppState>,
    Path(LanguageCode(language)): Path<LanguageCode>,
    visitor: Visitor,
    fields: Form,
) -> Result<Response, Error> {
    accounts::request_reset(&state, &visitor, language, fields.field("email")?).await?;
    Ok(form(
        &state,
        language,
        "/account/password",
        FormView::LetterSent,
    ))
}

/// Where the letter of a registration leads.
pub async fn choose_to_register(
    State(state): State<AppState>,
    address: Addressed,
    visitor: Visitor,
) -> Result<Response, Error> {
    choose(&state, address, visitor, Purpose::Register, "register").await
}

/// Makes the account.
pub async fn finish_registration(
    State(state): State<AppState>,
    address: Addressed,
    visitor: Visitor,
    fields: Form,
) -> Result<Response, Error> {
    follow(&state, address, visitor, &fields, Purpose::Register).await
}

/// Where the letter about a forgotten password leads.
pub async fn choose_to_reset(
    State(state): State<AppState>,
    address: Addressed,
    visitor: Visitor,
) -> Result<Response, Error> {
    choose(&state, address, visitor, Purpose::Reset, "reset").await
}

/// Sets the new password.
pub async fn reset(
    State(state): State<AppState>,
    address: Addressed,
    visitor: Visitor,
    fields: Form,
) -> Result<Response, Error> {
    follow(&state, address, visitor, &fields, Purpose::Reset).await
}

/// Where an invitation leads.
pub async fn choose_to_accept(
    State(state): State<AppState>,
    address: Addressed,
    visitor: Visitor,
) -> Result<Response, Error> {
    choose(&state, address, visitor, Purpose::Invite, "invite").await
}

/// Accepts it.
pub async fn accept_invitation(
    State(state): State<AppState>,
    address: Addressed,
    visitor: Visitor,
    fields: Form,
) -> Result<Response, Error> {
    follow(&state, address, visitor, &fields, Purpose::Invite).await
}

async fn choose(
    state: &AppState,
    Path((LanguageCode(language), secret)): Addressed,
    visitor: Visitor,
    purpose: Purpose,
    path: &str,
) -> Result<Response, Error> {
    let link = links::look_up(&state.db, purpose, &secret, state.clock.now()).await?;
    if link.used {
        return Err(Error::Refused(axum::http::StatusCode::GONE, |text| {
            text.link_used
        }));
    }
    let path = format!("/{path}/{secret}");
    let page = form(state, language, &path, FormView::ChoosePassword);
    Ok((visitor.cookie(), page).into_response())
}

async fn follow(
    state: &AppState,
    Path((LanguageCode(language), secret)): Addressed,
    visitor: Visitor,
    fields: &Form,
    purpose: Purpose,
) -> Result<Response, Error> {
    let password = fields.field("password")?;
    let visitor = accounts::follow(state, visitor, purpose, &secret, password).await?;
    Ok((visitor.cookie(), to_security(language)).into_response())
}

fn to_security(language: Language) -> Redirect {
    Redirect::to(&format!("/{}/account/security", language.code()))
}

fn form(state: &AppState, language: Language, path: &str, view: FormView) -> Response {
    let place = Place::page(language, path);
    render::page(state, &place, None, |shell| pages::render_form(shell, view))
}
