//! Reminders with the real program and the real browser: no crash sends one twice, and a message that was encrypted for
//! a browser is shown by its service worker.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
};

use anyhow::{Context, ensure};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};

use crate::harness::{Lab, Process, Scripts, program, workspace};

/// Debian's Python, which has `python3-aiosmtpd`.
const PYTHON: &str = "/usr/bin/python3";

/// The mail server of the server's own tests.
struct SmtpServer {
    process: Child,
    folder: tempfile::TempDir,
    port: String,
}

impl SmtpServer {
    fn start() -> anyhow::Result<SmtpServer> {
        let folder = tempfile::tempdir()?;
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
        let (certificate, key) = (
            folder.path().join("cert.pem"),
            folder.path().join("key.pem"),
        );
        fs::write(&certificate, own.cert.pem())?;
        fs::write(&key, own.signing_key.serialize_pem())?;
        let mut process = Command::new(PYTHON)
            .arg(workspace().join("server/src/tests/reminders/smtp_server.py"))
            .arg("tls")
            .args([&certificate, &key])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut port = String::new();
        BufReader::new(process.stdout.take().context("an output")?).read_line(&mut port)?;
        ensure!(!port.is_empty(), "install Debian's python3-aiosmtpd");
        Ok(SmtpServer {
            process,
            folder,
            port: port.trim().to_owned(),
        })
    }

    /// The flags that name it.
    fn flags(&self) -> Vec<String> {
        let certificate = self.folder.path().join("cert.pem");
        let password = self.folder.path().join("password");
        fs::write(&password, "secret\n").expect("a file");
        let flag = |name: &str, value: &str| [name.to_owned(), value.to_owned()];
        [
            flag("--smtp-host", "localhost"),
            flag("--smtp-port", &self.port),
            flag("--smtp-user", "lab"),
            flag("--smtp-password-file", &password.to_string_lossy()),
            flag("--smtp-certificate", &certificate.to_string_lossy()),
            flag("--mail-from", "Latency Lab <lab@lab.example>"),
        ]
        .concat()
    }

    fn letters(&self) -> anyhow::Result<Vec<Value>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(self.folder.path())? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                files.push(path);
            }
        }
        files.sort();
        files
            .iter()
            .map(|file| Ok(serde_json::from_slice(&fs::read(file)?)?))
            .collect()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn remind(data: &Path, smtp: &SmtpServer, at: Timestamp) -> anyhow::Result<Command> {
    let mut command = Command::new(program()?);
    command
        .current_dir(workspace())
        .args(["remind", "--json", "--at", &at.to_string(), "--data"])
        .arg(data)
        .args(smtp.flags())
        .stderr(Stdio::null())
        .stdout(Stdio::piped());
    Ok(command)
}

#[test]
fn a_reminder_is_sent_at_most_once_also_when_the_program_is_killed_in_the_middle()
-> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let smtp = SmtpServer::start()?;
    let server = Process::start_with(data.path(), &smtp.flags())?;
    let (_, cookie) = server.get("/bg/account/reminders", "")?;
    // This mailbox takes reminders and never says so.
    let address = [("address", "silent@home.example")];
    server.post_form("/bg/account/reminders/address", &cookie, &address)?;
    let letters = smtp.letters()?;
    let text = letters[0]["text"].as_str().context("a text")?;
    let link = text
        .lines()
        .find_map(|line| Some(&line[line.find("/bg/confirm/")?..]))
        .context("the letter has a link")?;
    server.post_form(link, &cookie, &[])?;
    server.post_form("/bg/lessons/22/finish", &cookie, &[])?;
    server.kill()?;

    let tomorrow = Timestamp::now().to_zoned_datetime(TimeZone::get("Europe/Sofia")?) + 1.day();
    let at = tomorrow.with().hour(12).build()?.timestamp();
    let dry = remind(data.path(), &smtp, at)?.arg("--dry-run").output()?;
    let dry: Value = serde_json::from_slice(&dry.stdout)?;
    ensure!(
        dry[0]["send"] == true && dry[0]["reason"] == "plan_row",
        "{dry}"
    );
    ensure!(smtp.letters()?.len() == 1, "a dry run sends nothing");

    let mut dying = remind(data.path(), &smtp, at)?.spawn()?;
    while smtp.letters()?.len() < 2 {
        ensure!(dying.try_wait()?.is_none(), "it ended before it was killed");
        thread::yield_now();
    }
    dying.kill()?;
    dying.wait()?;

    let again = remind(data.path(), &smtp, at)?.output()?;
    let again: Value = serde_json::from_slice(&again.stdout)?;
    ensure!(again[0]["reason"] == "already_today", "{again}");
    ensure!(smtp.letters()?.len() == 2, "it was sent twice");
    Ok(())
}

/// A push service that takes one message and hands its body over.
fn push_service() -> anyhow::Result<(String, thread::JoinHandle<anyhow::Result<Vec<u8>>>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let origin = format!("http://{}", listener.local_addr()?);
    let taking = thread::spawn(move || {
        let (stream, _) = listener.accept()?;
        take(stream)
    });
    Ok((origin, taking))
}

fn take(mut stream: TcpStream) -> anyhow::Result<Vec<u8>> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    stream.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")?;
    Ok(body)
}

/// Makes keys as a browser does, subscribes with them, and keeps the private one on the page.
const SUBSCRIBE: &str = r#"
const [endpoint, done] = arguments;
const text = bytes => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
(async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const auth = crypto.getRandomValues(new Uint8Array(16));
  window.subscription = { pair, point, auth };
  const answer = await fetch("/api/v1/push/subscriptions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ endpoint, p256dh: text(point), auth: text(auth), language: "bg" }),
  });
  await navigator.serviceWorker.register("/sw.js");
  await navigator.serviceWorker.ready;
  done(answer.status);
})().catch(error => done(String(error)));
"#;

/// How often a message is delivered until it is shown.
const DELIVERIES: u32 = 8;

/// Decrypts a message with the browser's own cryptography (RFC 8291).
const DECRYPT: &str = r#"
const [bytes, done] = arguments;
(async () => {
  const body = new Uint8Array(bytes), ascii = new TextEncoder();
  const { pair, point, auth } = window.subscription;
  const salt = body.slice(0, 16), length = body[20], server = body.slice(21, 21 + length);
  const key = await crypto.subtle.importKey("raw", server, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: key }, pair.privateKey, 256);
  const hkdf = async (salt, input, info, bits) => crypto.subtle.deriveBits(
    { name: "HKDF", hash: "SHA-256", salt, info }, await crypto.subtle.importKey("raw", input, "HKDF", false, ["deriveBits"]), bits);
  const input = await hkdf(auth, shared, new Uint8Array([...ascii.encode("WebPush: info\0"), ...point, ...server]), 256);
  const cipher = await hkdf(salt, input, ascii.encode("Content-Encoding: aes128gcm\0"), 128);
  const iv = await hkdf(salt, input, ascii.encode("Content-Encoding: nonce\0"), 96);
  const aes = await crypto.subtle.importKey("raw", cipher, "AES-GCM", false, ["decrypt"]);
  const record = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, aes, body.slice(21 + length)));
  done(new TextDecoder().decode(record.slice(0, -1)));
})().catch(error => done(String(error)));
"#;

/// The notification that is shown; nothing where none is shown within two seconds.
const SHOWN: &str = r#"
const [done] = arguments;
(async () => {
  const registration = await navigator.serviceWorker.ready;
  const end = performance.now() + 2000;
  while (performance.now() < end) {
    const [shown] = await registration.getNotifications();
    if (shown) return done([shown.title, shown.body, shown.lang, shown.data.url]);
    await new Promise(next => setTimeout(next, 20));
  }
  done(null);
})().catch(error => done([String(error)]));
"#;

#[tokio::test]
async fn a_message_that_was_encrypted_for_the_browser_is_shown_by_its_service_worker()
-> anyhow::Result<()> {
    let (origin, taking) = push_service()?;
    let services = vec![origin.clone()];
    Lab::tell_with("push", Scripts::On, services, async |lab| {
        lab.visit("/bg/lessons/22").await?;
        lab.press("#finish button").await?;
        lab.see(".finished").await?;
        lab.visit("/bg/account/reminders").await?;
        lab.see("#push button").await?;
        let permissions = json!({"permissions": ["notifications"], "origin": lab.origin()});
        lab.driver
            .cdp()
            .send_raw("Browser.grantPermissions", permissions)
            .await?;
        let endpoint = json!(format!("{origin}/push/this-browser"));
        let status = lab.driver.execute_async(SUBSCRIBE, vec![endpoint]).await?;
        ensure!(*status.json() == 204, "{}", status.json());

        lab.days_pass(1);
        lab.remind().await?;
        let body = taking
            .join()
            .map_err(|_| anyhow::anyhow!("the push service panicked"))??;
        let message = lab.driver.execute_async(DECRYPT, vec![json!(body)]).await?;
        let message = message.json().as_str().context("a text")?.to_owned();
        ensure!(message.contains("за преговор"), "{message}");

        let tools = lab.driver.cdp();
        tools.send_raw("ServiceWorker.enable", json!({})).await?;
        let delivery = json!({
            "origin": lab.origin(), "registrationId": "0", "data": message
        });
        // A worker that has just become ready does not get every message, and a message's tag lets it be shown once only.
        let mut shown = Value::Null;
        for _ in 0..DELIVERIES {
            tools
                .send_raw("ServiceWorker.deliverPushMessage", delivery.clone())
                .await?;
            let found = lab.driver.execute_async(SHOWN, vec![]).await?;
            shown = found.json().clone();
            if !shown.is_null() {
                break;
            }
        }
        let expected: Value = serde_json::from_str(&message)?;
        ensure!(
            shown == json!([expected["title"], expected["body"], "bg", "/bg/review"]),
            "{shown}"
        );
        Ok(())
    })
    .await
}
