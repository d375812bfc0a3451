//! The frame of every page: head, header, footer.

use leptos::prelude::*;

use super::{Shell, text::Text};
use crate::text::Language;

/// What distinguishes one page's frame from another's.
pub(super) struct Frame {
    /// The title of the document, without the name of the site.
    pub(super) title: String,
    /// Where the language switch leads; nothing where the page exists in one language only.
    pub(super) twin: Option<String>,
    /// Whether islands are on the page. A page without them loads no script.
    pub(super) islands: bool,
    /// Whether the styles of what most pages lack are needed: diagrams, programs, the search, the instructor's pages.
    pub(super) extra: bool,
    /// A script of the page's own, which works beside the islands.
    pub(super) script: Option<String>,
    /// Seconds after which the page is loaded again; where islands are on it, only by a browser without scripts.
    pub(super) reload_after_seconds: Option<u32>,
}

impl Frame {
    /// The frame of a page with islands that exists in both languages under one path.
    pub(super) fn new(shell: &Shell, title: impl Into<String>) -> Frame {
        Frame {
            title: title.into(),
            twin: Some(format!("/{}{}", shell.language.other().code(), shell.path)),
            islands: true,
            extra: false,
            script: None,
            reload_after_seconds: None,
        }
    }
}

/// The whole document around `content`.
pub(super) fn document<Content: IntoView + 'static>(
    shell: &Shell,
    frame: Frame,
    content: Content,
) -> impl IntoView + use<Content> {
    let language = shell.language;
    let text = Text::of(language);
    let title = format!("{} · Latency Lab", frame.title);
    view! {
        <html lang=language.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                {frame
                    .reload_after_seconds
                    .map(|seconds| {
                        let seconds = seconds.to_string();
                        if frame.islands {
                            view! {
                                <noscript>
                                    <meta http-equiv="refresh" content=seconds/>
                                </noscript>
                            }
                                .into_any()
                        } else {
                            view! { <meta http-equiv="refresh" content=seconds/> }.into_any()
                        }
                    })}
                {shell
                    .assets
                    .fonts
                    .iter()
                    .map(|url| {
                        view! { <link as="font" rel="preload" href=url.clone() type="font/woff2" crossorigin=""/> }
                    })
                    .collect_view()}
                <link rel="stylesheet" href=shell.assets.style.clone()/>
                {frame
                    .extra
                    .then(|| view! { <link rel="stylesheet" href=shell.assets.extra.clone()/> })}
                <link rel="icon" type="image/svg+xml" href=shell.assets.icon.clone()/>
                {frame.islands.then(|| scripts(shell))}
                {frame
                    .script
                    .map(|script| {
                        view! { <script type="module" nonce=shell.nonce.clone() src=script></script> }
                    })}
            </head>
            <body>
                <a class="skip" href="#content">{text.skip}</a>
                {header(shell, frame.twin)}
                <main id="content" tabindex="-1">{content}</main>
                <footer class="site-footer">
                    <p>{text.footer}</p>
                    <p><a href=format!("/{}/account", shell.language.code())>{text.account.title}</a></p>
                    <p><a href=format!("/{}/measurement", shell.language.code())>{text.measurement.title}</a></p>
                </footer>
            </body>
        </html>
    }
}

fn scripts(shell: &Shell) -> impl IntoView + use<> {
    let assets = shell.assets.clone();
    view! {
        <link rel="modulepreload" href=assets.app.clone()/>
        <link as="fetch" rel="preload" href=assets.wasm.clone() type="application/wasm" crossorigin=""/>
        <script
            type="module"
            nonce=shell.nonce.clone()
            src=assets.boot
            data-app=assets.app
            data-wasm=assets.wasm
        ></script>
    }
}

fn header(shell: &Shell, twin: Option<String>) -> impl IntoView + use<> {
    let language = shell.language;
    let text = Text::of(language);
    let home = format!("/{}/", language.code());
    let exercises = format!("/{}/exercises", language.code());
    let progress = format!("/{}/progress", language.code());
    let review = format!("/{}/review", language.code());
    let current = |path: &str| (shell.path == path).then_some("page");
    view! {
        <header class="site-header">
            <a class="wordmark" href=home.clone()>
                <span class="wordmark-trace" inner_html=TRACE></span>
                "Latency Lab"
            </a>
            <nav aria-label=text.main_navigation>
                <ul>
                    <li><a href=home aria-current=current("/")>{text.course}</a></li>
                    <li><a href=exercises aria-current=current("/exercises")>{text.exercises}</a></li>
                    <li>
                        <a href=review aria-current=current("/review")>
                            {text.review}
                            {shell
                                .due_count
                                .map(|due_count| {
                                    view! {
                                        " "
                                        <span class="due">
                                            <span id="due-count">{due_count}</span>
                                            <span class="visually-hidden">" " {text.due}</span>
                                        </span>
                                    }
                                })}
                        </a>
                    </li>
                    <li><a href=progress aria-current=current("/progress")>{text.progress.link}</a></li>
                    <li><a href=format!("/{}/search", language.code()) aria-current=current("/search")>{text.authoring.search}</a></li>
                    <li>{language_switch(language, twin)}</li>
                </ul>
            </nav>
        </header>
    }
}

/// The same page in the other language; where there is none, the course in the other language.
fn language_switch(language: Language, twin: Option<String>) -> impl IntoView {
    let text = Text::of(language);
    let code = language.other().code();
    let url = twin.unwrap_or_else(|| format!("/{code}/"));
    view! { <a class="switch" href=url hreflang=code lang=code>{text.other_language}</a> }
}

/// The mark of the site: the density of a latency, with its long tail.
const TRACE: &str = r#"<svg viewBox="0 0 34 20" aria-hidden="true" focusable="false"><path class="trace-axis" d="M1 18.5H33"/><path class="trace-curve" d="M1 18C6 18 6 2 10 2s4 12 9 14.2S28 17.6 33 18"/></svg>"#;
