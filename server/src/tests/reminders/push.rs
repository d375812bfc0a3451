//! Web Push against a service that checks the signature and decrypts with keys of its own, by another library than the
//! server's.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    rand::SystemRandom,
    signature::{self, ECDSA_P256_SHA256_FIXED},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    reminders::pass::{self, Entry, Options},
    tests::harness::{Answer, Outside, TestServer, Visitor},
};

/// The headers and the body of what was sent to the endpoint.
type Request = (HeaderMap, Vec<u8>);

/// A push service with one browser behind each of its addresses.
#[derive(Clone)]
struct Service {
    origin: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Service {
    async fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let service = Service {
            origin: format!("http://{}", listener.local_addr().expect("an address")),
            requests: Arc::default(),
        };
        let router = Router::new()
            .route("/push/{browser}", post(Service::take))
            .with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        service
    }

    async fn take(
        State(service): State<Service>,
        Path(browser): Path<String>,
        headers: HeaderMap,
        body: Bytes,
    ) -> StatusCode {
        let mut requests = service.requests.lock().expect("no panic");
        requests.push((headers, body.to_vec()));
        match browser.as_str() {
            "gone" => StatusCode::GONE,
            "unknown" => StatusCode::NOT_FOUND,
            "busy" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::CREATED,
        }
    }

    fn requests(&self) -> Vec<(HeaderMap, Vec<u8>)> {
        self.requests.lock().expect("no panic").clone()
    }
}

/// A browser's keys.
struct Browser {
    private: EphemeralPrivateKey,
    public: Vec<u8>,
    auth: [u8; 16],
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn derive(salt: &[u8], input: &[u8], info: &[u8], length: usize) -> Vec<u8> {
    let mut output = vec![0; length];
    Salt::new(HKDF_SHA256, salt)
        .extract(input)
        .expand(&[info], Length(length))
        .and_then(|key| key.fill(&mut output))
        .expect("a short output");
    output
}

impl Browser {
    fn new() -> Browser {
        let random = SystemRandom::new();
        let private = EphemeralPrivateKey::generate(&ECDH_P256, &random).expect("a key");
        let public = private
            .compute_public_key()
            .expect("a key")
            .as_ref()
            .to_vec();
        Browser {
            private,
            public,
            auth: [7; 16],
        }
    }

    /// Decrypts a message as RFC 8291 and RFC 8188 have it.
    fn decrypt(self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (record_bytes, rest) = rest.split_at(4);
        assert!(u32::from_be_bytes(record_bytes.try_into().expect("4 bytes")) >= 18);
        let (key_bytes, rest) = rest.split_at(1);
        let (server_public, sealed) = rest.split_at(usize::from(key_bytes[0]));
        let info = [b"WebPush: info\0", self.public.as_slice(), server_public].concat();
        let server = UnparsedPublicKey::new(&ECDH_P256, server_public);
        let input = agree_ephemeral(self.private, &server, |shared| {
            derive(&self.auth, shared, &info, 32)
        })
        .expect("an agreement");
        let key = derive(salt, &input, b"Content-Encoding: aes128gcm\0", 16);
        let nonce = derive(salt, &input, b"Content-Encoding: nonce\0", 12);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
        let nonce = Nonce::try_assume_unique_for_key(&nonce).expect("a nonce");
        let mut record = sealed.to_vec();
        let plain = key
            .open_in_place(nonce, Aad::empty(), &mut record)
            .expect("an untouched record");
        let (delimiter, message) = plain.split_last().expect("a delimiter");
        assert_eq!(*delimiter, 2, "the last record");
        serde_json::from_slice(message).expect("JSON")
    }
}

/// The claims of a request's token, after its signature was checked against the key beside it.
fn verified(headers: &HeaderMap) -> (Value, String) {
    let header = headers["authorization"].to_str().expect("ASCII");
    let parameters = header.strip_prefix("vapid ").expect("VAPID");
    let parameter = |name: &str| {
        parameters
            .split(", ")
            .find_map(|parameter| parameter.strip_prefix(name))
            .expect("a parameter")
            .to_owned()
    };
    let (token, key) = (parameter("t="), parameter("k="));
    let (statement, signed) = token.rsplit_once('.').expect("a signature");
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(&key))
        .verify(statement.as_bytes(), &decode(signed))
        .expect("a valid signature");
    let (head, claims) = statement.split_once('.').expect("two parts");
    let head: Value = serde_json::from_slice(&decode(head)).expect("JSON");
    assert_eq!(head, json!({"typ": "JWT", "alg": "ES256"}));
    (serde_json::from_slice(&decode(claims)).expect("JSON"), key)
}

async fn subscribes(visitor: &mut Visitor<'_>, endpoint: &str, browser: &Browser) -> Answer {
    let subscription = json!({
        "endpoint": endpoint,
        "p256dh": URL_SAFE_NO_PAD.encode(&browser.public),
        "auth": URL_SAFE_NO_PAD.encode(browser.auth),
        "language": "bg",
    });
    visitor
        .post_json("/api/v1/push/subscriptions", &subscription)
        .await
}

async fn server_with(service: &Service) -> TestServer {
    TestServer::reaching(Outside {
        push_services: vec![service.origin.clone()],
        ..Outside::default()
    })
    .await
}

async fn pass(server: &TestServer) -> Vec<Entry> {
    let options = Options {
        at: server.state.clock.now(),
        dry_run: false,
        everyone: true,
    };
    let mut entries = Vec::new();
    pass::make(&server.state, options, |entry| entries.push(entry))
        .await
        .expect("a pass");
    entries
}

#[tokio::test]
async fn a_browser_gets_a_message_that_only_it_can_read_from_a_sender_that_the_service_can_check() {
    let service = Service::start().await;
    let server = server_with(&service).await;
    let mut visitor = server.visitor();
    let page = visitor.get("/bg/account/reminders").await.body;
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    let browser = Browser::new();
    let endpoint = format!("{}/push/here", service.origin);
    for _ in 0..2 {
        let kept = subscribes(&mut visitor, &endpoint, &browser).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.body);
    }
    server.days_pass(1);
    let entries = pass(&server).await;
    assert_eq!((entries[0].channel, entries[0].send), ("push", true));
    assert!(!pass(&server).await[0].send, "one a day");

    let requests = service.requests();
    assert_eq!(requests.len(), 1);
    let (headers, body) = &requests[0];
    assert_eq!(headers["content-encoding"], "aes128gcm");
    assert!(headers.contains_key("ttl"));
    let (claims, key) = verified(headers);
    assert!(
        page.contains(&key),
        "browsers subscribe with the key that signs"
    );
    assert_eq!(claims["aud"], service.origin);
    let valid_seconds =
        claims["exp"].as_i64().expect("a number") - server.state.clock.now().as_second();
    assert!((1..=24 * 3600).contains(&valid_seconds));
    let message = browser.decrypt(body);
    assert_eq!(
        message,
        json!({
            "title": "6 въпроса ви чакат за преговор",
            "body": "Explain how a queue forms.",
            "lang": "bg",
            "url": "/bg/review",
        })
    );
}

#[tokio::test]
async fn a_browser_that_is_gone_is_dropped_and_one_whose_service_is_busy_is_not() {
    let service = Service::start().await;
    let server = server_with(&service).await;
    let mut visitor = server.visitor();
    visitor.get("/bg/account/reminders").await;
    visitor.post_form("/en/lessons/7/finish", &[]).await;
    for browser in ["gone", "unknown", "busy"] {
        let endpoint = format!("{}/push/{browser}", service.origin);
        subscribes(&mut visitor, &endpoint, &Browser::new()).await;
    }
    server.days_pass(1);
    assert_eq!(pass(&server).await[0].reason, "refused");
    assert_eq!(server.count("push_subscriptions").await, 1);
    assert_eq!(
        server
            .count("push_subscriptions WHERE endpoint LIKE '%busy'")
            .await,
        1
    );
    visitor
        .post_form("/bg/account/reminders/push/end", &[])
        .await;
    assert_eq!(server.count("push_subscriptions").await, 0);
}

#[tokio::test]
async fn the_server_sends_requests_to_known_push_services_only() {
    let service = Service::start().await;
    let server = TestServer::reaching(Outside {
        push_services: vec![
            service.origin.clone(),
            "https://*.notify.windows.com".to_owned(),
        ],
        ..Outside::default()
    })
    .await;
    let mut visitor = server.visitor();
    visitor.get("/bg/account/reminders").await;
    let browser = Browser::new();
    for endpoint in [
        "http://127.0.0.1:22/push/here",
        "https://evil.example/push",
        "https://notify.windows.com.evil.example/push",
        "https://evil.example/.notify.windows.com/push",
        "https://evil.example?.notify.windows.com/",
        "https://a@wns.notify.windows.com/push",
        &format!("{}@evil.example/push", service.origin),
        &format!("{}.evil.example/push", service.origin),
        "file:///etc/passwd",
        "",
    ] {
        let refused = subscribes(&mut visitor, endpoint, &browser).await;
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{endpoint}"
        );
    }
    let windows = "https://wns2-par02p.notify.windows.com/w/?token=abc";
    assert_eq!(
        subscribes(&mut visitor, windows, &browser).await.status,
        StatusCode::NO_CONTENT
    );
    let short = json!({"endpoint": windows, "p256dh": "AAAA", "auth": "AAAA", "language": "bg"});
    let refused = visitor
        .post_json("/api/v1/push/subscriptions", &short)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_service_worker_is_served_as_a_script_that_browsers_check_again() {
    let server = TestServer::start().await;
    let script = server.visitor().get("/sw.js").await;
    assert!(
        script
            .header(axum::http::header::CONTENT_TYPE)
            .starts_with("text/javascript")
    );
    assert_eq!(script.header(axum::http::header::CACHE_CONTROL), "no-cache");
    assert!(script.body.contains("showNotification"));
}
