//! A server with a database of its own, a clock that the test moves, and a client that keeps its cookies.

use std::{collections::BTreeSet, os::unix::fs::PermissionsExt, path::Path};

use app::api::ItemId;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt;
use uuid::Uuid;

use crate::{
    assets::Bundle,
    clock::{Clock, ManualClock},
    config::{Config, DataFolder},
    lessons::import,
    mail::MailConfig,
    router,
    state::AppState,
};

/// A whole lesson in the fewest words, with the model answer `TheModelAnswer` to its first question.
pub const LESSON: &str = include_str!("lesson.md");

/// A server under test.
pub struct TestServer {
    /// Moves time.
    pub clock: ManualClock,
    /// What the requests reach.
    pub state: AppState,
    router: Router,
    folder: TempDir,
    outside: Outside,
    /// As long as it lives, the worker does.
    _stop: watch::Sender<bool>,
}

/// What a server reaches outside: nothing, unless a test starts it.
#[derive(Clone, Default)]
pub struct Outside {
    /// The mail server.
    pub mail: Option<MailConfig>,
    /// The push services.
    pub push_services: Vec<String>,
    /// Whether the server is an author's own.
    pub author: bool,
}

/// The worker's file in the server's folder.
const WORKER: &str = "worker";

impl TestServer {
    /// A server on 24 November 2026, 10:00 in Sofia, with [`LESSON`] as lesson 7 in English.
    pub async fn start() -> TestServer {
        TestServer::prepare(None, Outside::default()).await
    }

    /// The same with a mail server, or a push service.
    pub async fn reaching(outside: Outside) -> TestServer {
        TestServer::prepare(None, outside).await
    }

    /// The same on an author's own machine.
    pub async fn of_author() -> TestServer {
        let outside = Outside {
            author: true,
            ..Outside::default()
        };
        TestServer::prepare(None, outside).await
    }

    /// The same with a worker that does what a shell script says.
    pub async fn with_worker(script: &str) -> TestServer {
        TestServer::prepare(Some(script), Outside::default()).await
    }

    async fn prepare(worker: Option<&str>, outside: Outside) -> TestServer {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["content/en", "content/bg"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("a folder inside it");
        }
        std::fs::write(folder.path().join("content/en/7.md"), LESSON).expect("a lesson");
        if let Some(script) = worker {
            let file = folder.path().join(WORKER);
            std::fs::write(&file, format!("#!/bin/sh\n{script}")).expect("a script");
            std::fs::set_permissions(&file, PermissionsExt::from_mode(0o755))
                .expect("it can be run");
        }
        TestServer::open(
            folder,
            ManualClock::new(
                "2026-11-24T08:00:00Z"
                    .parse::<Timestamp>()
                    .expect("a moment"),
            ),
            outside,
        )
        .await
    }

    /// The same server after it was stopped and started again.
    pub async fn restart(self) -> TestServer {
        let TestServer {
            clock,
            state,
            folder,
            outside,
            ..
        } = self;
        state.db.close().await;
        TestServer::open(folder, clock, outside).await
    }

    async fn open(folder: TempDir, clock: ManualClock, outside: Outside) -> TestServer {
        let config = Config {
            listen: ([127, 0, 0, 1], 0).into(),
            data: DataFolder {
                folder: folder.path().into(),
                database: folder.path().join("latency-lab.db"),
            },
            content: folder.path().join("content"),
            exercises: Path::new(env!("CARGO_MANIFEST_DIR")).join("../exercises/catalog"),
            toolchain: folder.path().join("toolchain"),
            public_url: Some("https://lab.example".to_owned()),
            time_zone: "Europe/Sofia".to_owned(),
            mail: outside.mail.clone(),
            push_services: outside.push_services.clone(),
            author: outside.author,
            worker: Some(folder.path().join(WORKER)).filter(|worker| worker.exists()),
        };
        let state = AppState::open(config, Clock::Manual(clock.clone()), Bundle::default())
            .await
            .expect("a state");
        let (stop, stopped) = watch::channel(false);
        if state.config.worker.is_some() {
            // The tasks end with the test's runtime.
            drop(state.grading.start(&state, stopped));
        }
        let server = TestServer {
            clock,
            router: router::router(state.clone()),
            state,
            folder,
            outside,
            _stop: stop,
        };
        server.import().await;
        server
    }

    /// Imports the lessons, as a save or a start does.
    pub async fn import(&self) -> import::Summary {
        let content = &self.state.config.content;
        self.state
            .importer
            .import(
                &self.state.db,
                self.state.clock.now(),
                content,
                BTreeSet::new(),
            )
            .await
            .expect("an import")
    }

    /// Writes a file of the content folder.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) {
        std::fs::write(self.folder.path().join("content").join(path), text).expect("a file");
    }

    /// The folder of lessons.
    pub fn content(&self) -> &Path {
        &self.state.config.content
    }

    /// Lets days pass.
    pub fn days_pass(&self, days: i64) {
        self.clock.advance(SignedDuration::from_hours(24 * days));
    }

    /// A browser that was never here.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor {
            server: self,
            cookie: String::new(),
        }
    }

    /// How many rows a table has.
    pub async fn count(&self, table: &str) -> i64 {
        let query = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        sqlx::query_scalar(query)
            .fetch_one(self.state.db.reader())
            .await
            .expect("a table")
    }

    /// Makes a visitor a learner, by their first write, and returns the token in their cookie.
    pub async fn learner_of(&self, visitor: &mut Visitor<'_>) -> String {
        let request = Request::put("/api/v1/exercises/memoize/draft")
            .header(header::CONTENT_TYPE, "application/json");
        let draft = serde_json::json!({"language": "rust", "source": ""}).to_string();
        visitor.send(request, draft.into()).await;
        sqlx::query_scalar("SELECT token FROM learners ORDER BY id DESC LIMIT 1")
            .fetch_one(self.state.db.reader())
            .await
            .expect("a learner")
    }

    /// The item at a place of the lesson.
    pub async fn item(&self, kind: app::api::ItemKind, position: usize) -> ItemId {
        let lessons = self
            .state
            .library
            .all(app::text::Language::English)
            .await
            .expect("lessons");
        lessons[0].item(kind, position).expect("an item")
    }
}

/// A browser: it sends its cookies back.
pub struct Visitor<'a> {
    server: &'a TestServer,
    cookie: String,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header's value.
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Visitor<'_> {
    /// Loads a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends JSON.
    pub async fn post_json(&mut self, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_string(body).expect("JSON");
        let request = Request::builder().method(Method::POST).uri(path);
        self.send(
            request.header(header::CONTENT_TYPE, "application/json"),
            Body::from(body),
        )
        .await
    }

    /// Sends a form, as a browser without scripts does.
    pub async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encoded = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
            .collect::<Vec<_>>()
            .join("&");
        let request = Request::builder().method(Method::POST).uri(path);
        let form = "application/x-www-form-urlencoded";
        self.send(
            request.header(header::CONTENT_TYPE, form),
            Body::from(encoded),
        )
        .await
    }

    /// Sends any request.
    pub async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .expect("a request");
        let response = self
            .server
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router always answers");
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie is ASCII");
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), usize::MAX)
            .await
            .expect("a body");
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Answers an item in a review session and rates the answer.
    pub async fn answers_and_rates(&mut self, item: ItemId, rating: u8) -> Answer {
        let answer = self.answers(item, true).await;
        self.rates(item, &answer, rating, true).await
    }

    /// Answers an item in its lesson and rates the answer.
    pub async fn answers_and_rates_in_lesson(&mut self, item: ItemId, rating: u8) -> Answer {
        let answer = self.answers(item, false).await;
        self.rates(item, &answer, rating, false).await
    }

    /// Answers an item; returns the answer's id.
    pub async fn answers(&mut self, item: ItemId, session: bool) -> String {
        let id = Uuid::new_v4().to_string();
        let new =
            serde_json::json!({"id": id, "item": item, "text": "my own words", "session": session});
        let kept = self.post_json("/api/v1/answers", &new).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
        id
    }

    /// Rates an answer.
    pub async fn rates(&mut self, item: ItemId, answer: &str, rating: u8, session: bool) -> Answer {
        let review = serde_json::json!({
            "id": Uuid::new_v4().to_string(), "item": item, "answer": answer, "rating": rating, "ticks": [],
            "session": session
        });
        self.post_json("/api/v1/reviews", &review).await
    }
}
